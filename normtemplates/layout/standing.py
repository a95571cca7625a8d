"""The right half of Start: how far one is, by theme and in all, and which rows are still open."""

from __future__ import annotations

from attrs import evolve

from normtemplates.layout import look
from normtemplates.layout.chains import begins_formula
from normtemplates.layout.contract import TO_DO, Layout, is_complete
from normtemplates.layout.keys import literal
from normtemplates.layout.look import Accent, Style
from normtemplates.layout.open_rows import SHOWN, OpenRows
from normtemplates.layout.places import START, absolute, absolute_area, address, in_row, on
from normtemplates.layout.plan import AccentPlan, Formula, Item, Link, SheetPlan, WorkbookPlan
from normtemplates.layout.wording import computed, text_values
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill

HEADING_ROW, FIRST_ROW = 5, 6
BOX, COUNT, DOTS = 6, 7, 8  # columns
STEP_HEIGHT, HEADING_HEIGHT, LINE_HEIGHT = 34.0, 22.0, 19.0

HEADING = Style(size=13, bold=True, color=look.NAVY, valign="vcenter", bottom=(2, look.NAVY))
_COLUMN_HEADING = evolve(HEADING, size=11)
_LINE = (1, look.GRID)
_THEME = evolve(look.LINKED, bottom=_LINE)
_PROGRESS = evolve(look.PLAIN, bottom=_LINE)
_DOT = Style(size=14, color=look.NAVY, valign="vcenter", bottom=_LINE)
_TOTAL = Style(bold=True, valign="vcenter")
_VERDICT = Style(size=12, bold=True, color=look.WARN, valign="vcenter")
_INTRO = Style(color=look.SUB, valign="vcenter")
_NEEDED = Style(color=look.WARN, valign="vcenter")
_READY_ACCENT = Accent(color=look.NAVY)
_UNTOUCHED_ACCENT = Accent(color=look.SUB)


def put_progress(
    sheet: SheetPlan, layout: Layout, opened: OpenRows, own: Texts, cover_ready: tuple[str, bool]
) -> None:
    """Draw a row per theme, their sum and the verdict."""
    words = text_values(layout)
    says = dict(zip(layout.row_by_number, opened.says, strict=True))
    sheet.put(HEADING_ROW, BOX, fill(own["progress_heading"], words), HEADING)
    sheet.put(HEADING_ROW, COUNT, own["progress_column"], _COLUMN_HEADING)
    sheet.put(HEADING_ROW, DOTS, None, _COLUMN_HEADING)
    ready = 0
    for row, band in enumerate(layout.bands, start=FIRST_ROW):
        total = len(band.theme.norms)
        done = sum(is_complete(says[r.number]) for r in band.theme.norms)
        ready += done
        count = _sum(layout, band.first, band.last)
        target = f"#{on(layout.sheet, address(band.row, 1))}"
        sheet.put(row, BOX, Link(target, band.theme.heading), _THEME)
        sheet.put(row, COUNT, _of(own, count, done, total), _PROGRESS)
        dots = f"REPT({literal('●')},{count})&REPT({literal('○')},{total}-{count})"
        shown = "●" * done + "○" * (total - done)
        sheet.put(row, DOTS, Formula(dots, shown), _DOT)
        sheet.heights.setdefault(row, (HEADING_HEIGHT, True))  # beside a step it is higher
    row = FIRST_ROW + len(layout.bands)
    count = _sum(layout, layout.first_row, layout.last_row)
    sheet.put(row, BOX, own["progress_total"], _TOTAL)
    sheet.put(row, COUNT, _of(own, count, ready, len(layout.norm_rows)), _TOTAL)
    sheet.heights.setdefault(row, (HEADING_HEIGHT, True))
    if layout.part_rows:
        row += 1
        count = _sum(layout, layout.first_row, layout.last_row, parts=True)
        done = sum(is_complete(says[s.requirement.number]) for s in layout.part_rows)
        sheet.put(row, BOX, own["progress_parts"], _TOTAL)
        sheet.put(row, COUNT, _of(own, count, done, len(layout.part_rows)), _TOTAL)
        sheet.heights.setdefault(row, (HEADING_HEIGHT, True))
    _verdict(sheet, layout, own, opened, cover_ready, row + 1)


def open_row(layout: Layout) -> int:
    """Give the row of the heading above the open rows, beside the first cover field."""
    return fields_heading_row(layout) + 1


def put_open(sheet: SheetPlan, layout: Layout, opened: OpenRows, own: Texts) -> None:
    """Draw the next open rows: a link to each, and what Controle says there."""
    row = open_row(layout)
    sheet.put(row, BOX, own["open_heading"], HEADING)
    sheet.put(row, COUNT, own["open_column"], _COLUMN_HEADING)
    sheet.put(row, DOTS, None, _COLUMN_HEADING)
    left = _left(layout)
    asked, advised = opened.advised_formula, opened.advised
    todo = _listed(own, left, opened.count, "open_some", "open_more")
    look_at = _listed(own, asked, advised, "open_advice", "open_advice_more")
    none = own["open_none"]
    text = f"IF({left}=0,IF({asked}=0,{literal(none)},{look_at.text}),{todo.text})"
    shown = todo.value if opened.count else look_at.value if advised else none
    sheet.put(row + 1, BOX, Formula(text, shown), _INTRO)
    first = row + 2
    for place in range(1, SHOWN + 1):
        sheet.put(first + place - 1, BOX, opened.link(place), look.LINKED)
        sheet.put(first + place - 1, COUNT, opened.says_of(place), _NEEDED)
    for one in range(row, first + SHOWN):
        sheet.heights.setdefault(one, (LINE_HEIGHT, True))
    area = Area(first, COUNT, first + SHOWN - 1, COUNT)
    untouched = f"EXACT({in_row(first, COUNT)},{literal(TO_DO)})"
    sheet.accents.append(AccentPlan(area, untouched, _UNTOUCHED_ACCENT))


def _listed(own: Texts, count: str, value: int, some: str, more: str) -> Formula:
    """Give the text ``some`` when ``count`` rows fit on the list, else ``more``."""
    both = [computed(own[name], {"count": count}, {"count": value}) for name in (some, more)]
    text = f"IF({count}>{SHOWN},{both[1].text},{both[0].text})"
    return Formula(text, both[value > SHOWN].value)


def _left(layout: Layout) -> str:
    """Give how many rows are not complete, sub-items among them."""
    span = layout.first_row, layout.last_row
    left = f"{len(layout.rows)}-{_sum(layout, *span)}"
    return f"{left}-{_sum(layout, *span, parts=True)}" if layout.part_rows else left


def _sum(layout: Layout, first: int, last: int, *, parts: bool = False) -> str:
    """Give how many of the norms, or ``parts``, in the rows ``first`` to ``last`` are complete."""
    column = layout.complete_column
    if parts and layout.part_columns:
        column = layout.part_columns[1]
    return f"SUM({on(layout.sheet, absolute_area(first, column, last, column))})"


def _of(own: Texts, count: str, done: int, total: int) -> Formula:
    return computed(
        own["progress"], {"done": count, "total": str(total)}, {"done": done, "total": total}
    )


def verdict_of(plan: WorkbookPlan, layout: Layout) -> Item:
    """Give the cell of Start in ``plan`` that says whether the overview can be sent."""
    items = (item for sheet in plan.sheets if sheet.name == START for item in sheet.items)
    return next(one for one in items if (one.row, one.column) == (_verdict_row(layout), BOX))


def _verdict(
    sheet: SheetPlan,
    layout: Layout,
    own: Texts,
    opened: OpenRows,
    cover: tuple[str, bool],
    row: int,
) -> None:
    """Say in one line whether the overview can be sent, and how often to look once more."""
    (cover_formula, cover_value), left, value = cover, _left(layout), opened.count
    one_key, more_key = ("todo_row", "todo_rows") if layout.part_rows else ("todo_one", "todo_more")
    counted = {"count": left}, {"count": value}

    def both(complete: Formula, incomplete: str) -> tuple[str, str]:
        second = computed(own[incomplete], *counted)
        stored = complete.value if cover_value else second.value
        return f"IF({cover_formula},{complete.text},{second.text})", str(stored)

    asked, advised = opened.advised_formula, opened.advised
    ready, advice = (
        own["ready"],
        computed(own["ready_advice"], {"count": asked}, {"count": advised}),
    )
    sound = Formula(
        f"IF({asked}=0,{literal(ready)},{advice.text})", advice.value if advised else ready
    )
    none = both(sound, "todo_fields")
    one = both(computed(own[one_key], *counted), f"{one_key}_fields")
    more = both(computed(own[more_key], *counted), f"{more_key}_fields")
    text = f"IF({left}=0,{none[0]},IF({left}=1,{one[0]},{more[0]}))"
    sheet.put(row, BOX, Formula(text, (none, one, more)[min(value, 2)][1]), _VERDICT)
    sheet.heights.setdefault(row, (HEADING_HEIGHT, True))
    place = absolute(row, BOX)
    formula = f"EXACT({place},{literal(ready)})"
    if begin := own["ready_advice"].split("{")[0]:
        formula = f"OR({formula},{begins_formula(begin, place)})"
    sheet.accents.append(AccentPlan(Area(row, BOX, row, BOX), formula, _READY_ACCENT))


def fields_heading_row(layout: Layout) -> int:
    """Give the row above the cover fields, which stands below table and verdict."""
    return layout.cover[0].row - 1 if layout.cover else max(13, _verdict_row(layout))


def _verdict_row(layout: Layout) -> int:
    return FIRST_ROW + len(layout.norm.themes) + (2 if layout.part_rows else 1)
