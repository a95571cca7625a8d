"""TOML and CSV files under ``templates/`` -> the model; all faults of a file at once."""

from normtemplates.definitions.store import Definitions
from normtemplates.definitions.texts import fill

__all__ = ["Definitions", "fill"]
