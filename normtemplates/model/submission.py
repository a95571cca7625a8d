"""What stands in a returned file, as read: cells, protection, names; no meaning yet.

The reader fills these values, :mod:`normtemplates.layout.recognise` gives them meaning.
Rows and columns count from 1, as a spreadsheet shows them.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from attrs import field, frozen


class CellKind(Enum):
    """What a cell holds, as the file says (ECMA-376 part 1, 18.18.11 ST_CellType)."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"  # only t="d": an ISO 8601 date as text; other dates are NUMBER


class Cell(NamedTuple):
    """One cell.

    ``text`` is the text itself, the number as written in the file, ``"1"``/``"0"`` for a
    boolean, the code (``#REF!``) for an error, the ISO text for a date, ``""`` when empty.
    For a cell with a formula it is the cached result. ``formula`` is the formula without
    ``=``, ``""`` when it is long (the reader keeps no more than 256 bytes: that one stands here is
    what counts), or ``None`` when the cell holds a value. ``locked`` says whether the cell's own
    format locks it (which only counts on a protected sheet).
    """

    row: int
    column: int
    kind: CellKind
    text: str
    formula: str | None
    locked: bool


class Area(NamedTuple):
    """A rectangle of cells, both ends included, counting from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell at ``row``, ``column`` lies inside."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@frozen
class Validation:
    """One data validation: what it allows (``list``, ``date``, ``textLength``…) and where.

    ``first`` and ``second`` are the formulas as written, ``""`` when absent; ``stops`` is
    false when the validation only warns or informs, or shows no message at all.
    """

    kind: str
    operator: str
    first: str
    second: str
    stops: bool
    areas: tuple[Area, ...]


@frozen
class Sheet:
    """One worksheet with its physical coordinates."""

    name: str
    state: str  # "visible", "hidden" or "veryHidden"
    cells: dict[tuple[int, int], Cell]
    protected: bool
    validations: tuple[Validation, ...] = ()
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last, both included
    comments: tuple[tuple[int, int], ...] = ()  # (row, column) of cells with a comment
    filtered: bool = False  # a filter is on, and hides the rows that it does not let through

    def cell(self, row: int, column: int) -> Cell:
        """Give the cell at ``row``, ``column``; an empty one where the file has none."""
        found = self.cells.get((row, column))
        return found or Cell(row, column, CellKind.EMPTY, "", None, True)

    def text(self, row: int, column: int) -> str:
        """Give the text at ``row``, ``column``, ``""`` where there is none."""
        found = self.cells.get((row, column))
        return found.text if found else ""


@frozen
class Trouble:
    """Something wrong with the file itself, before any answer is read.

    ``kind`` is a short English word that a rule of family NT1 answers to (see
    :mod:`normtemplates.package`), ``detail`` a plain Dutch phrase for the message (no
    part of the file's own text unless escaped), ``part`` the name of the zip member or
    ``None``. ``fatal`` says that no answer was taken from the file.
    """

    kind: str
    detail: str = ""
    part: str | None = None
    fatal: bool = True


@frozen
class Submission:
    """A returned file as read: its sheets, its names and properties, and what was wrong.

    ``sheets`` is empty when a fatal trouble kept the file closed. ``names`` are the
    defined names of the workbook (name -> formula without ``=``), ``properties`` the
    custom document properties. ``date1904`` says that day numbers count from 1904. ``modified``
    is when a program saved it last, by the clock of that machine; ``None`` when unknown.
    """

    name: str
    sheets: tuple[Sheet, ...] = ()
    names: dict[str, str] = field(factory=dict)
    properties: dict[str, str] = field(factory=dict)
    title: str = ""
    date1904: bool = False
    structure_locked: bool = False
    troubles: tuple[Trouble, ...] = ()
    modified: datetime | None = None

    @property
    def fatal(self) -> bool:
        """Tell whether the file could not be read."""
        return any(trouble.fatal for trouble in self.troubles)

    def sheet(self, name: str) -> Sheet | None:
        """Give the sheet called ``name`` (case counts not, as in Excel), or ``None``."""
        wanted = name.casefold()
        for sheet in self.sheets:
            if sheet.name.casefold() == wanted:
                return sheet
        return None
