"""Last round's answers in a workbook: written beside the stamp, and read back on return.

The visible column is for people. What the check compares it with stands on the hidden sheet with
the stamp, a row for each requirement: its number, the status and the explanation of then.
"""

from __future__ import annotations

from typing import Final

from normtemplates.layout import look
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import META, PREDECESSORS
from normtemplates.layout.plan import ColumnPlan, SheetPlan
from normtemplates.layout.predecessors import predecessors_in
from normtemplates.model.earlier import Earlier
from normtemplates.model.norm import FieldKind, Norm
from normtemplates.model.submission import Sheet, Submission

_TITLE: Final = "vorige ronde"
_NUMBER: Final = "vorige "  # with the number of the requirement behind it
_SEARCH_ROWS = 60


def put_earlier(sheet: SheetPlan, earlier: Earlier) -> None:
    """Write ``earlier`` below what stands on the sheet with the stamp."""
    row = max((item.row for item in sheet.items), default=0) + 1
    sheet.put(row, 1, _TITLE, look.KEY)
    sheet.put(row, 2, earlier.title, look.KEY)
    for number in dict.fromkeys((*earlier.statuses, *earlier.explanations)):
        row += 1
        sheet.put(row, 1, f"{_NUMBER}{number}", look.KEY)
        sheet.put(row, 2, earlier.statuses.get(number) or None, look.KEY)
        sheet.put(row, 3, earlier.explanations.get(number) or None, look.KEY)
    sheet.columns.append(ColumnPlan(3, 3, 40))


def earlier_in(submission: Submission, norm: Norm) -> Earlier | None:
    """Give what a returned file was issued with; ``None`` for one without last round's status.

    When the hidden sheet is lost only the header of the column tells, and nothing is known of
    what stood in it.
    """
    if norm.previous_field is None:
        return None
    meta = submission.sheet(META)
    found = _on_meta(meta) if meta else None
    if found is None:
        return Earlier("") if _has_column(submission, norm) else None
    sheet = submission.sheet(PREDECESSORS)
    if sheet is None:
        return found
    return Earlier(found.title, found.statuses, found.explanations, predecessors_in(sheet, norm))


def _on_meta(sheet: Sheet) -> Earlier | None:
    title: str | None = None
    statuses: dict[str, str] = {}
    explanations: dict[str, str] = {}
    for row in sorted({row for row, _ in sheet.cells}):
        name = sheet.text(row, 1)
        if name == _TITLE:
            title = sheet.text(row, 2)
        elif name.startswith(_NUMBER):
            number = name.removeprefix(_NUMBER)
            for place, texts in ((2, statuses), (3, explanations)):
                if text := sheet.text(row, place):
                    texts[number] = text
    return None if title is None else Earlier(title, statuses, explanations)


def _has_column(submission: Submission, norm: Norm) -> bool:
    """Tell whether a sheet has the header of the column, in a row with other headers of ours."""
    wanted = {key_of_text(f.header) for f in norm.fields if f.kind is not FieldKind.PREVIOUS}
    header = key_of_text(norm.previous_field.header) if norm.previous_field else ""
    for sheet in submission.sheets:
        rows = {
            row
            for (row, _), cell in sheet.cells.items()
            if row <= _SEARCH_ROWS and key_of_text(cell.text) == header
        }
        for (row, _), cell in sheet.cells.items():
            if row in rows and key_of_text(cell.text) in wanted:
                return True
    return False
