"""Names and addresses: the only module that spells a sheet name or a cell address."""

from __future__ import annotations

from functools import lru_cache

START = "Start"
OVERVIEW = "Overzicht"
PICTURE = "Beeld"
GUIDE = "Uitleg"
LISTS = "_lijsten"
META = "_meta"

# Only in a correction workbook: what to do, what we set right, what has no place.
CORRECTIONS = "Herstellen"
IMPROVED = "Verbeterd"
UNPLACED = "Niet geplaatst"

# Only for an organisation that others went up in: what those answered in the round before.
PREDECESSORS = "Voorgangers"

VISIBLE_SHEETS = (START, OVERVIEW, PICTURE, GUIDE)
HIDDEN_SHEETS = (LISTS, META)
CORRECTION_SHEETS = (CORRECTIONS, IMPROVED, UNPLACED)


@lru_cache(maxsize=512)
def column_letters(column: int) -> str:
    """Give the letters of a column that counts from 1: 28 is ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Give the address as a person says it: ``H14``."""
    return f"{column_letters(column)}{row}"


def coordinates(cell: str) -> tuple[int, int]:
    """Give row and column of an address, the other way of :func:`address`.

    Raises ``ValueError`` for anything else.
    """
    letters = cell.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and letters.isupper()) or letters == cell:
        raise ValueError(f"no address: {cell!r}")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column


def on(sheet: str, reference: str) -> str:
    """Give ``reference`` as seen from another sheet."""
    return f"{sheet}!{reference}" if sheet.isalnum() else f"'{sheet}'!{reference}"


def absolute(row: int, column: int) -> str:
    """Give the address that stays put when copied: ``$H$14``."""
    return f"${column_letters(column)}${row}"


def in_row(row: int, column: int) -> str:
    """Give the address that keeps its column: ``$H14``."""
    return f"${column_letters(column)}{row}"


def absolute_area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Give the address of an area that stays put: ``$A$1:$B$2``."""
    return f"{absolute(first_row, first_column)}:{absolute(last_row, last_column)}"
