"""The two hidden sheets: the lists that the dropdowns use, and the stamp."""

from __future__ import annotations

from normtemplates.layout import look
from normtemplates.layout.contract import Layout
from normtemplates.layout.earlier import put_earlier
from normtemplates.layout.lists import lists_of
from normtemplates.layout.open_rows import OpenRows
from normtemplates.layout.places import LISTS, META, absolute_area, on
from normtemplates.layout.plan import ColumnPlan, PrintPlan, SheetPlan
from normtemplates.layout.stamp import pairs, stamp_of


def lists_sheet(layout: Layout, opened: OpenRows | None = None) -> tuple[SheetPlan, dict[str, str]]:
    """Draw the lists, a column each, and give the defined names that point to them.

    Right of them stands what Start's list of open rows needs; ``None`` leaves that out. The
    lists go by name and never as a literal in the validation: a comma would split a label there.
    """
    sheet = SheetPlan(LISTS, hidden=True, print=PrintPlan())
    names: dict[str, str] = {}
    column = 0
    for column, one in enumerate(lists_of(layout.norm, layout.round), start=1):
        sheet.put(1, column, one.title, look.KEY)
        for row, label in enumerate(one.kind.labels, start=2):
            sheet.put(row, column, label, look.KEY)
        area = absolute_area(2, column, 1 + len(one.kind.labels), column)
        names[one.kind.source] = on(LISTS, area)
    sheet.columns.append(ColumnPlan(1, column, 28))
    if opened is not None:
        opened.put_on(sheet)
    return sheet, names


#: What the digest of all fixed texts is called, below the parts of the stamp.
TEXTS = "texts"


def meta_sheet(layout: Layout, digest: str = "") -> SheetPlan:
    """Draw the stamp, a part per row: name and value; and the digest of all fixed texts.

    Below it, for a workbook with last round's answers, what it was issued with.
    """
    sheet = SheetPlan(META, hidden=True, print=PrintPlan())
    parts = pairs(stamp_of(layout)) + ([(TEXTS, digest)] if digest else [])
    for row, (name, value) in enumerate(parts, start=1):
        sheet.put(row, 1, name, look.KEY)
        sheet.put(row, 2, value, look.KEY)
    sheet.columns += [ColumnPlan(1, 1, 16), ColumnPlan(2, 2, 40)]
    if layout.earlier:
        put_earlier(sheet, layout.earlier)
    return sheet
