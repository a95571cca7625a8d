"""What the spreadsheet engines have in common, for tests that run on each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tests.clients.values import Sheets

NAMES = ("office", "gnumeric", "iron", "hyperformula")
"""The fixtures whose values are engines."""


class Engine(Protocol):
    """A program that can work out a workbook."""

    def recalculate(self, path: Path) -> Sheets:
        """Return every value of a workbook after a full recalculation."""
        ...
