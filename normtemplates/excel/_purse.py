"""What a whole workbook may hold: counted down while its parts are read."""

from __future__ import annotations

from typing import Final

from normtemplates.excel._walk import too_many

MAX_CELLS: Final = 200_000
"""Cells, empty ones with a format included; an overview has some 2 000."""

MAX_ROWS: Final = 300_000
"""Rows that are listed or hidden; an overview has some 200."""

MAX_AREAS: Final = 100_000
"""Merges, validations and their areas, comments, hidden columns; an overview has some 300."""

MAX_CHARACTERS: Final = 8_000_000
"""Characters in all texts and formulas: at most 32 MB of memory, shared strings apart."""


class Purse:
    """The room that is left; what takes more is refused."""

    def __init__(self) -> None:
        """Begin full."""
        self._cells = MAX_CELLS
        self._rows = MAX_ROWS
        self._areas = MAX_AREAS
        self._characters = MAX_CHARACTERS

    def copy(self) -> Purse:
        """Give a purse that holds the same, to try something that may be done over."""
        other = Purse()
        other.__dict__.update(self.__dict__)
        return other

    def cells(self, count: int) -> None:
        """Take the room for cells.

        Raises:
            TroubleError: there is no room left; so for all.
        """
        self._cells -= count
        if self._cells < 0:
            raise too_many("cellen")

    def row(self, cells: int) -> None:
        """Take the room for one row and its cells."""
        self._rows -= 1
        self._cells -= cells
        if self._rows < 0 or self._cells < 0:
            raise too_many("rijen" if self._rows < 0 else "cellen")

    def rows(self, count: int) -> None:
        """Take the room for rows without cells."""
        self._rows -= count
        if self._rows < 0:
            raise too_many("rijen")

    def areas(self, count: int) -> None:
        """Take the room for areas."""
        self._areas -= count
        if self._areas < 0:
            raise too_many("gebieden")

    def text(self, length: int) -> None:
        """Take the room for one text."""
        self._characters -= length
        if self._characters < 0:
            raise too_many("tekst")
