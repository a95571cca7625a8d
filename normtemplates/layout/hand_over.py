"""The hand-over of answers as a workbook plan: plain tables to sort, filter and count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.plan import ColumnPlan, PrintPlan, SheetPlan, WorkbookPlan
from normtemplates.model.answers import date_value
from normtemplates.model.submission import Area, Submission

_ANSWERS, _LEFT_OUT = "Antwoorden", "Niet meegeteld"
_NARROWEST, _WIDEST = 10.0, 40.0
_MEASURED = 200  # rows that are looked at for the width of a column

_HEADER = evolve(look.HEADER, wrap=False, valign="vcenter")
_TEXT = look.Style(number_format="@")
_DATE = look.Style(number_format=look.DATE_FORMAT)


@frozen
class PlainTable:
    """A header and rows; ``None`` is an empty cell, a ``date`` shows as one."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str | date | None]]


def hand_over_plan(made_on: date, answers: PlainTable, left_out: PlainTable) -> WorkbookPlan:
    """Give a workbook without protection, with who is not in it on the second sheet."""
    return WorkbookPlan(
        title=_ANSWERS,
        subject="",
        company="",
        created=made_on,
        sheets=[_sheet(_ANSWERS, answers), _sheet(_LEFT_OUT, left_out)],
        names={},
        properties={},
        locked=False,
    )


def is_hand_over(submission: Submission) -> bool:
    """Tell whether a file that was read is such a workbook, perhaps saved again since."""
    return submission.title == _ANSWERS and all(map(submission.sheet, (_ANSWERS, _LEFT_OUT)))


def _sheet(name: str, table: PlainTable) -> SheetPlan:
    sheet = SheetPlan(name, freeze=(2, 1))
    for column, header in enumerate(table.headers, start=1):
        sheet.put(1, column, header, _HEADER)
        shown = [len(str(row[column - 1] or "")) for row in table.rows[:_MEASURED]]
        width = min(_WIDEST, max(_NARROWEST, len(header), *shown, 0) + 4)
        sheet.columns.append(ColumnPlan(column, column, width))
    for row, values in enumerate(table.rows, start=2):
        for column, value in enumerate(values, start=1):
            if isinstance(value, date):
                sheet.put(row, column, date_value(value).number, _DATE)
            elif value:
                sheet.put(row, column, value, _TEXT)
    last = len(table.rows) + 1
    sheet.filter = Area(1, 1, last, len(table.headers))
    sheet.print = PrintPlan(repeat_rows=(1, 1), pages_high=0)
    return sheet
