"""Where the rules look in a returned file: sheets, cells and rows of what was recognised."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import (
    CORRECTION_SHEETS,
    HIDDEN_SHEETS,
    PREDECESSORS,
    START,
    VISIBLE_SHEETS,
)
from normtemplates.layout.recognise import Found
from normtemplates.model.norm import Field
from normtemplates.model.submission import Cell, Sheet, Submission

# Read by another reader, which gives values and nothing else.
_VALUES_ONLY = frozenset({"old-excel", "binary-excel", "ods"})

#: The names of our own sheets; case does not count.
OUR_SHEETS = frozenset(
    name.casefold() for name in (*VISIBLE_SHEETS, *HIDDEN_SHEETS, *CORRECTION_SHEETS, PREDECESSORS)
)


class AnswerCell(NamedTuple):
    """A cell for an answer; ``number`` is ``None`` on the cover, ``name`` its header or label."""

    number: str | None
    field: Field
    name: str
    sheet: Sheet
    cell: Cell


def structure_known(submission: Submission) -> bool:
    """Tell whether protection, validations, formulas and names were read at all.

    Not from an .ods, .xls or .xlsb, which another reader opens for its values only.
    """
    return not any(trouble.kind in _VALUES_ONLY for trouble in submission.troubles)


def answer_cells(found: Found) -> Iterator[AnswerCell]:
    """Give each cell that is open for an answer, row by row and then the cover.

    Rows that are fixed, rows and columns that are not there are passed over.
    """
    sheet = found.sheet
    columns = [
        (one.field, column)
        for one in found.layout.answer_columns
        if (column := found.columns.get(one.field.key))
    ]
    for slot in found.layout.rows:
        row = found.rows.by_number.get(slot.requirement.number)
        if row is None:
            continue
        for one, column in columns:
            if not slot.opens(one.key):
                continue
            cell = sheet.cell(row, column)
            yield AnswerCell(slot.requirement.number, one, one.header, sheet, cell)
    for cover in found.layout.cover:
        place = found.cover.get(cover.field.key)
        if place is not None:
            start, row, column = place
            yield AnswerCell(None, cover.field, cover.label, start, start.cell(row, column))


def answer_sheets(submission: Submission, found: Found) -> list[Sheet]:
    """Give the sheets that hold answers, as far as they are there."""
    start = submission.sheet(START)
    return [start, found.sheet] if start else [found.sheet]


def renamed_start(submission: Submission, found: Found) -> Sheet | None:
    """Give the sheet that is Start under another name, if there is one."""
    if submission.sheet(START) is not None:
        return None
    labels = {key_of_text(slot.label) for slot in found.layout.cover}
    for sheet in submission.sheets:
        if sheet.name.casefold() in OUR_SHEETS or sheet is found.sheet:
            continue
        if any(key_of_text(cell.text) in labels for cell in sheet.cells.values() if cell.text):
            return sheet
    return None


def within(numbers: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Give those of the sorted ``numbers`` that lie from ``first`` to ``last``.

    The time it takes does not depend on how far apart these are: an area in a hostile file may
    reach from the first row to the last, and there may be many.
    """
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def spot(found: Found, row: int, field_key: str) -> tuple[int, int] | None:
    """Give row and column of a field in a row of the file; ``None`` without that column."""
    column = found.columns.get(field_key)
    return (row, column) if column else None
