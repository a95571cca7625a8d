"""Norms for a resilient government as data: workbooks, checks and letters drawn from them.

The names below are the whole public face; each is loaded when it is first asked for, so that
importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normtemplates.definitions import Definitions
    from normtemplates.errors import NormtemplatesError
    from normtemplates.jobs.build import build_round
    from normtemplates.jobs.check import check_workbook
    from normtemplates.layout import layout_of
    from normtemplates.letters import make_letter
    from normtemplates.model.finding import Finding, Report

__version__ = "0.1.0"

__all__ = [
    "Definitions",
    "Finding",
    "NormtemplatesError",
    "Report",
    "build_round",
    "check_workbook",
    "layout_of",
    "make_letter",
]

_HOME = {
    "Definitions": "normtemplates.definitions",
    "Finding": "normtemplates.model.finding",
    "NormtemplatesError": "normtemplates.errors",
    "Report": "normtemplates.model.finding",
    "build_round": "normtemplates.jobs.build",
    "check_workbook": "normtemplates.jobs.check",
    "layout_of": "normtemplates.layout",
    "make_letter": "normtemplates.letters",
}


def __getattr__(name: str) -> object:
    """Load the public name ``name`` (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Give the public names, loaded or not."""
    return sorted({*globals(), *__all__})
