"""Places on a sheet as a file writes them: ``B12``, ``A1:C3``, ``true``, whole numbers.

ECMA-376 part 1, 18.18.7 ST_CellRef, 18.18.62 ST_Ref, 18.18.76 ST_Sqref. What does not parse
is damage.
"""

from __future__ import annotations

import re
from typing import Final

from normtemplates.excel._walk import damaged, too_many
from normtemplates.model.submission import Area

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
"""The lower right cell is XFD1048576 (Excel specifications and limits)."""

MAX_AREAS: Final = 20_000
"""Areas in one list; Excel splits what gets long, and a sheet has some hundred."""

_AREA: Final = re.compile(
    r"\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>[1-9][0-9]{0,6})"
    r"(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>[1-9][0-9]{0,6}))?"
    r"|\$?(?P<c3>[A-Z]{1,3}):\$?(?P<c4>[A-Z]{1,3})"
    r"|\$?(?P<r3>[1-9][0-9]{0,6}):\$?(?P<r4>[1-9][0-9]{0,6})",
    re.ASCII,
)
_WHOLE: Final = re.compile(r"[ \t\r\n]*0*([0-9]{1,10})[ \t\r\n]*", re.ASCII)
_TRUTH: Final = {"1": True, "true": True, "0": False, "false": False}


COLUMNS: Final[dict[str, int]] = {}
"""Number of a column by its letters, as far as :func:`column` has met them: a shortcut."""


def column(letters: str) -> int:
    """Give the number of a column from its letters.

    Raises:
        TroubleError: they are no column of a sheet.
    """
    number = 0
    if not 1 <= len(letters) <= 3:
        raise damaged("Een celverwijzing is niet te lezen.")
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise damaged("Een celverwijzing is niet te lezen.")
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise damaged("Een celverwijzing ligt buiten het blad.")
    COLUMNS[letters] = number
    return number


def whole(text: str) -> int:
    """Read a whole number from 0 of at most ten digits.

    Raises:
        TroubleError: it is none.
    """
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise damaged("Een getal is niet te lezen.")
    return int(match[1])


def truth(text: str | None) -> bool:
    """Read an xsd:boolean; ``None``, an absent attribute, is false.

    Raises:
        TroubleError: it is neither true nor false.
    """
    if text is None:
        return False
    found = _TRUTH.get(text.strip())
    if found is None:
        raise damaged("Een waarde ‘waar of onwaar’ is niet te lezen.")
    return found


def row(text: str) -> int:
    """Read a row number.

    Raises:
        TroubleError: it is none, or lies below the sheet.
    """
    number = whole(text)
    if not 1 <= number <= LAST_ROW:
        raise damaged("Een rij ligt buiten het blad.")
    return number


def area(text: str) -> Area:
    """Read one reference to a cell, a rectangle, whole columns or whole rows.

    Raises:
        TroubleError: it does not parse or lies outside the sheet.
    """
    match = _AREA.fullmatch(text)
    if match is None:
        raise damaged("Een celverwijzing is niet te lezen.")
    if match["c3"]:
        columns = column(match["c3"]), column(match["c4"])
        rows = 1, LAST_ROW
    elif match["r3"]:
        columns = 1, LAST_COLUMN
        rows = row(match["r3"]), row(match["r4"])
    else:
        columns = column(match["c1"]), column(match["c2"] or match["c1"])
        rows = row(match["r1"]), row(match["r2"] or match["r1"])
    return Area(min(rows), min(columns), max(rows), max(columns))


def areas(text: str) -> tuple[Area, ...]:
    """Read a list of references with blanks between them.

    Raises:
        TroubleError: one does not parse, or there are too many.
    """
    found = text.split()
    if len(found) > MAX_AREAS:
        raise too_many("gebieden")
    return tuple([area(one) for one in found])


def cell(text: str) -> tuple[int, int]:
    """Read a reference to one cell: row and column.

    Raises:
        TroubleError: it is none.
    """
    found = area(text)
    if found[:2] != found[2:]:
        raise damaged("Een celverwijzing is niet te lezen.")
    return found[:2]
