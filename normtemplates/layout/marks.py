"""Findings on their cells: a note that says what is wrong, and a thick line around the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.places import CORRECTIONS, coordinates
from normtemplates.layout.plan import AccentPlan, SheetPlan, WorkbookPlan
from normtemplates.model.finding import Severity
from normtemplates.model.submission import Area, Submission

#: The column of the sheet Herstellen that names a cell as ``Overzicht!H14``.
WHERE_COLUMN = 3


@frozen
class Mark:
    """What to say at one cell; ``severity`` decides whether the cell is outlined too."""

    sheet: str
    row: int
    column: int
    text: str
    severity: Severity

    @property
    def outlined(self) -> bool:
        """Tell whether the cell asks for attention: information alone is a note and no more."""
        return self.severity is not Severity.INFO


def marked(plan: WorkbookPlan, marks: Iterable[Mark]) -> WorkbookPlan:
    """Give ``plan`` with the marks on its cells; several on one cell share a note, worst first.

    A note shows on pointing at its cell, also on a protected sheet. The line around a cell says
    in print and in black and white which cells have one.
    """
    by_sheet: dict[str, dict[tuple[int, int], list[Mark]]] = {}
    for mark in sorted(marks, key=lambda one: one.severity.rank):
        cells = by_sheet.setdefault(mark.sheet, {})
        cells.setdefault((mark.row, mark.column), []).append(mark)
    sheets = [_with_marks(sheet, by_sheet.get(sheet.name, {})) for sheet in plan.sheets]
    return evolve(plan, sheets=sheets)


def _with_marks(sheet: SheetPlan, cells: Mapping[tuple[int, int], list[Mark]]) -> SheetPlan:
    outlined = {place for place, marks in cells.items() if any(m.outlined for m in marks)}
    items = [
        item._replace(style=evolve(item.style, outline=look.MARK))
        if (item.row, item.column) in outlined
        else item
        for item in sheet.items
    ]
    accents = [one for place in sorted(outlined) for one in _without_line(sheet, *place)]
    notes = [
        (row, column, "\n\n".join(dict.fromkeys(mark.text for mark in marks)))
        for (row, column), marks in cells.items()
    ]
    return evolve(
        sheet, items=items, notes=[*sheet.notes, *notes], accents=[*accents, *sheet.accents]
    )


def _without_line(sheet: SheetPlan, row: int, column: int) -> Iterator[AccentPlan]:
    """Give the accents that outline a cell once more, for that cell and without their line.

    A conditional format's thin line takes the place of the cell's own thick one. These come
    first and stop the others.
    """
    for one in sheet.accents:
        if one.accent.outline and one.area.holds(row, column):
            first = one.area.first_row
            formula = re.sub(rf"(\$[A-Z]+){first}(?!\d)", rf"\g<1>{row}", one.formula)
            accent = evolve(one.accent, outline=None)
            yield AccentPlan(Area(row, column, row, column), formula, accent, stop=True)


def own_notes(submission: Submission) -> frozenset[tuple[str, int, int]]:
    """Give (sheet, row, column) of the cells where a correction workbook had a note of ours.

    The sheet Herstellen names them; without it there are none.
    """
    sheet = submission.sheet(CORRECTIONS)
    named: set[tuple[str, int, int]] = set()
    for (_, column), cell in sheet.cells.items() if sheet else ():
        name, _, place = cell.text.rpartition("!")
        if column == WHERE_COLUMN and name:
            try:
                named.add((name, *coordinates(place)))
            except ValueError:  # a text of somebody's own
                continue
    return frozenset(named)
