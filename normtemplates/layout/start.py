"""The sheet Start as a plan: what to do, where it goes, how far one is, and the cover fields."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from normtemplates.errors import DefinitionError
from normtemplates.layout import look
from normtemplates.layout.chains import chain, complete_formula, needed_formula, said_of
from normtemplates.layout.contract import (
    DONE,
    NAME_COLUMN,
    NAME_ROW,
    TO_DO,
    Layout,
    cover_control,
    is_complete,
)
from normtemplates.layout.keys import key, key_formula, literal
from normtemplates.layout.lists import kind_of
from normtemplates.layout.look import Accent, Style
from normtemplates.layout.measure import lines_of, row_height
from normtemplates.layout.open_rows import SHOWN, WIDTH, OpenRows, open_rows
from normtemplates.layout.overview import content_of
from normtemplates.layout.places import (
    GUIDE,
    OVERVIEW,
    PICTURE,
    START,
    absolute,
    absolute_area,
    address,
    in_row,
    on,
)
from normtemplates.layout.plan import (
    AccentPlan,
    ColumnPlan,
    Content,
    Formula,
    Item,
    Link,
    PrintPlan,
    Rich,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.layout.prompts import stop_of
from normtemplates.layout.slots import (
    COVER_COLUMN,
    COVER_KEY_COLUMN,
    COVER_LABEL_COLUMN,
    CoverCells,
    CoverSlot,
)
from normtemplates.layout.stamp import VISIBLE_PREFIX, stamp_of
from normtemplates.layout.wording import computed, footer, text_values
from normtemplates.model.answers import EMPTY, Answers
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill, filled

_TITLE_ROW, _NORM_ROW, _GAP_ROW, _HEADING_ROW, _FIRST_ROW = 1, 2, 4, 5, 6
_MARK, _BOX, _COUNT, _DOTS = 2, 6, 7, 8  # the columns that the contract does not give
_MARK_WIDTH, _LABEL_WIDTH, _ANSWER_WIDTH, _DOTS_WIDTH = 4.5, 36.0, 30.0, 21.0
_STEP_HEIGHT, _COVER_HEIGHT, _HEADING_HEIGHT, _OPEN_HEIGHT = 34.0, 22.0, 22.0, 19.0
_DOT_WIDTH = 1.54  # of one dot of 14 points, in characters of Calibri 11
_SEPARATOR = " · "
_LINKS = ((OVERVIEW, "to_overview"), (PICTURE, "to_picture"), (GUIDE, "to_guide"))

_TITLE = Style(size=22, bold=True, color=look.NAVY, valign="vcenter", indent=2)  # in A1
_NORM = Style(size=13, color=look.SUB, valign="vcenter", wrap=True)
_NAME = Style(size=14, bold=True, valign="vcenter")
_BOX_CELL = Style(fill=look.BAND, valign="vcenter", indent=1)
_BOX_TITLE = evolve(_BOX_CELL, size=13, bold=True, color=look.NAVY)
_HEADING = Style(size=13, bold=True, color=look.NAVY, valign="vcenter", bottom=(2, look.NAVY))
_COLUMN_HEADING = evolve(_HEADING, size=11)
_MARK_CELL = Style(size=16, bold=True, color=look.NAVY, valign="vcenter")
_STEP = Style(wrap=True, valign="vcenter")
_LINE = (1, look.GRID)
_THEME = evolve(look.LINKED, bottom=_LINE)
_PROGRESS = evolve(look.PLAIN, bottom=_LINE)
_DOT = Style(size=14, color=look.NAVY, valign="vcenter", bottom=_LINE)
_TOTAL = Style(bold=True, valign="vcenter")
_VERDICT = Style(size=12, bold=True, color=look.WARN, valign="vcenter")
_INTRO = Style(color=look.SUB, valign="vcenter")
_NEEDED = Style(color=look.WARN, valign="vcenter")
_CONTROL = Style(color=look.WARN, bold=True, valign="vcenter", wrap=True, bottom=(2, look.NAVY))
_LABEL = Style(valign="vcenter", wrap=True)
_ANSWER = evolve(look.ANSWER, valign="vcenter")
_ANSWER_DATE = evolve(look.ANSWER_DATE, valign="vcenter")
_STAMP = Style(size=9, color=look.SUB, valign="vcenter")
_READY_ACCENT = Accent(color=look.NAVY)
_UNTOUCHED_ACCENT = Accent(color=look.SUB)


def start_sheet(layout: Layout, answers: Answers, texts: Texts) -> SheetPlan:
    """Draw the sheet Start of ``layout`` with ``answers`` filled in.

    ``texts`` are the house texts. Raises :class:`DefinitionError` when they have more steps
    than there is room for.
    """
    words = text_values(layout)
    own = filled(texts["start"], words)
    sheet = SheetPlan(START)
    _columns(sheet, layout)
    _head(sheet, own, words)
    _box(sheet, layout, own, words)
    _steps(sheet, layout, own, words)
    ready = _cover(sheet, layout, answers, own, words)
    opened = open_rows(layout, answers)
    _progress(sheet, layout, opened, own, ready)
    _open(sheet, layout, opened, own)
    stamp_row = max(_links(sheet, layout, own), _open_row(layout) + SHOWN + 1) + 2
    sheet.heights[stamp_row] = (15, True)
    sheet.put(stamp_row, _MARK, VISIBLE_PREFIX + stamp_of(layout).text, _STAMP)
    sheet.print = PrintPlan(area=Area(1, 1, stamp_row, _DOTS), footer=footer(layout, START, texts))
    return sheet


def _columns(sheet: SheetPlan, layout: Layout) -> None:
    most = max(len(theme.norms) for theme in layout.norm.themes)
    dots = max(_DOTS_WIDTH, float(round(most * _DOT_WIDTH)))
    widths = (2.0, _MARK_WIDTH, _LABEL_WIDTH, _ANSWER_WIDTH, 3.0, WIDTH, 13.0, dots)
    sheet.columns += [ColumnPlan(c, c, width) for c, width in enumerate(widths, start=1)]
    sheet.columns.append(ColumnPlan(COVER_KEY_COLUMN, COVER_KEY_COLUMN, 9, hidden=True))


def _head(sheet: SheetPlan, own: Texts, words: Mapping[str, str]) -> None:
    norm = _broken(fill(own["subtitle"], words), _MARK_WIDTH + _LABEL_WIDTH + _ANSWER_WIDTH)
    sheet.put(_TITLE_ROW, 1, fill(own["title"], words), _TITLE)
    _merged(sheet, Area(_NORM_ROW, _MARK, _NORM_ROW, COVER_COLUMN), norm, _NORM)
    sheet.put(NAME_ROW, NAME_COLUMN, fill(own["organisation"], words), _NAME)
    sheet.heights |= {
        _TITLE_ROW: (28, True),
        _NORM_ROW: (17.0 * (norm.count("\n") + 1) + 2, True),
        NAME_ROW: (22, True),
        _GAP_ROW: (6, True),
        _HEADING_ROW: (_HEADING_HEIGHT, True),
    }


def _merged(sheet: SheetPlan, area: Area, content: Content, style: Style) -> None:
    """Put ``content`` in an area of one row that shows as one cell."""
    sheet.put(area.first_row, area.first_column, content, style)
    for column in range(area.first_column + 1, area.last_column + 1):
        sheet.put(area.first_row, column, None, style)
    sheet.merges.append(area)


def _broken(text: str, width: float) -> str:
    """Break ``text`` at its dots into lines that fit, so that no date is torn apart."""
    lines: list[str] = []
    for part in text.split(_SEPARATOR):
        longer = _SEPARATOR.join((lines[-1], part)) if lines else part
        if lines and lines_of(longer, width, _NORM) == 1:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def _box(sheet: SheetPlan, layout: Layout, own: Texts, words: Mapping[str, str]) -> None:
    region = layout.organisation.region
    title = own["box_title"] if layout.round.return_date else own["box_title_no_date"]
    if region.email:
        to = own["box_to"]
    else:
        to = own["box_to_no_email"] if region.post else own["box_to_sender"]
    lines = ((_TITLE_ROW, title), (_NORM_ROW, to), (NAME_ROW, own["box_safe"]))
    for row, text in lines:
        style = _BOX_TITLE if row == _TITLE_ROW else _BOX_CELL
        sheet.put(row, _BOX, fill(text, words), style)
        for column in (_COUNT, _DOTS):
            sheet.put(row, column, None, style)


def _steps(sheet: SheetPlan, layout: Layout, own: Texts, words: Mapping[str, str]) -> None:
    room = _fields_heading_row(layout) - _FIRST_ROW
    if len(own["steps"]) > room:
        raise DefinitionError(
            f"workbook/texts.toml · [[start.steps]] · Er passen hooguit {room} stappen op het "
            f"blad {START}. Voeg stappen samen."
        )
    for column in (_MARK, COVER_LABEL_COLUMN, COVER_COLUMN):
        text = fill(own["steps_heading"], words) if column == _MARK else None
        sheet.put(_HEADING_ROW, column, text, _HEADING)
    for row, step in enumerate(own["steps"], start=_FIRST_ROW):
        lead, rest = fill(step["lead"], words), fill(step["text"], words)
        sheet.put(row, _MARK, str(row - _HEADING_ROW), _MARK_CELL)
        content = Rich(((lead, True), (f" {rest}", False)))
        _merged(sheet, Area(row, COVER_LABEL_COLUMN, row, COVER_COLUMN), content, _STEP)
        bold = evolve(_STEP, bold=True)  # the lead is; a merged row cannot grow
        lines = lines_of(f"{lead} {rest}", _LABEL_WIDTH + _ANSWER_WIDTH, bold)
        sheet.heights[row] = (max(_STEP_HEIGHT, row_height(lines)), True)


def _fields_heading_row(layout: Layout) -> int:
    """Give the row above the cover fields, which stands below table and verdict."""
    return layout.cover[0].row - 1 if layout.cover else max(13, _verdict_row(layout))


def _verdict_row(layout: Layout) -> int:
    return _FIRST_ROW + len(layout.norm.themes) + (2 if layout.part_rows else 1)


def _progress(
    sheet: SheetPlan, layout: Layout, opened: OpenRows, own: Texts, cover_ready: tuple[str, bool]
) -> None:
    """Draw a row per theme, their sum and the verdict."""
    words = text_values(layout)
    says = dict(zip(layout.row_by_number, opened.says, strict=True))
    sheet.put(_HEADING_ROW, _BOX, fill(own["progress_heading"], words), _HEADING)
    sheet.put(_HEADING_ROW, _COUNT, own["progress_column"], _COLUMN_HEADING)
    sheet.put(_HEADING_ROW, _DOTS, None, _COLUMN_HEADING)
    ready = 0
    for row, band in enumerate(layout.bands, start=_FIRST_ROW):
        total = len(band.theme.norms)
        done = sum(is_complete(says[r.number]) for r in band.theme.norms)
        ready += done
        count = _sum(layout, band.first, band.last)
        target = f"#{on(layout.sheet, address(band.row, 1))}"
        sheet.put(row, _BOX, Link(target, band.theme.heading), _THEME)
        sheet.put(row, _COUNT, _of(own, count, done, total), _PROGRESS)
        dots = f"REPT({literal('●')},{count})&REPT({literal('○')},{total}-{count})"
        shown = "●" * done + "○" * (total - done)
        sheet.put(row, _DOTS, Formula(dots, shown), _DOT)
        sheet.heights.setdefault(row, (_STEP_HEIGHT, True))
    row = _FIRST_ROW + len(layout.bands)
    count = _sum(layout, layout.first_row, layout.last_row)
    sheet.put(row, _BOX, own["progress_total"], _TOTAL)
    sheet.put(row, _COUNT, _of(own, count, ready, len(layout.norm_rows)), _TOTAL)
    sheet.heights.setdefault(row, (_HEADING_HEIGHT, True))
    if layout.part_rows:
        row += 1
        count = _sum(layout, layout.first_row, layout.last_row, parts=True)
        done = sum(is_complete(says[s.requirement.number]) for s in layout.part_rows)
        sheet.put(row, _BOX, own["progress_parts"], _TOTAL)
        sheet.put(row, _COUNT, _of(own, count, done, len(layout.part_rows)), _TOTAL)
        sheet.heights.setdefault(row, (_HEADING_HEIGHT, True))
    _verdict(sheet, layout, own, opened.count, cover_ready, row + 1)


def _open_row(layout: Layout) -> int:
    """Give the row of the heading above the open rows, beside the first cover field."""
    return _fields_heading_row(layout) + 1


def _open(sheet: SheetPlan, layout: Layout, opened: OpenRows, own: Texts) -> None:
    """Draw the next open rows: a link to each, and what Controle says there."""
    row = _open_row(layout)
    sheet.put(row, _BOX, own["open_heading"], _HEADING)
    sheet.put(row, _COUNT, own["open_column"], _COLUMN_HEADING)
    sheet.put(row, _DOTS, None, _COLUMN_HEADING)
    left = _left(layout)
    none, some = literal(own["open_none"]), literal(own["open_some"])
    more = computed(own["open_more"], {"count": left}, {"count": opened.count})
    shown = own["open_some"] if opened.count <= SHOWN else more.value
    text = f"IF({left}=0,{none},IF({left}>{SHOWN},{more.text},{some}))"
    stored = shown if opened.count else own["open_none"]
    sheet.put(row + 1, _BOX, Formula(text, stored), _INTRO)
    first = row + 2
    for place in range(1, SHOWN + 1):
        sheet.put(first + place - 1, _BOX, opened.link(place), look.LINKED)
        sheet.put(first + place - 1, _COUNT, opened.says_of(place), _NEEDED)
    for one in range(row, first + SHOWN):
        sheet.heights.setdefault(one, (_OPEN_HEIGHT, True))
    area = Area(first, _COUNT, first + SHOWN - 1, _COUNT)
    untouched = f"EXACT({in_row(first, _COUNT)},{literal(TO_DO)})"
    sheet.accents.append(AccentPlan(area, untouched, _UNTOUCHED_ACCENT))


def _links(sheet: SheetPlan, layout: Layout, own: Texts) -> int:
    """Draw the links to the other sheets below the cover fields; give the last row of them."""
    last = layout.cover[-1].row if layout.cover else _fields_heading_row(layout) - 1
    rows = range(last + 2, last + 2 + len(_LINKS))
    for row, (name, text) in zip(rows, _LINKS, strict=True):
        sheet.put(
            row, COVER_LABEL_COLUMN, Link(f"#{on(name, address(1, 1))}", own[text]), look.LINKED
        )
        sheet.heights.setdefault(row, (_OPEN_HEIGHT, True))
    return rows[-1]


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
    return next(one for one in items if (one.row, one.column) == (_verdict_row(layout), _BOX))


def _verdict(
    sheet: SheetPlan, layout: Layout, own: Texts, value: int, cover: tuple[str, bool], row: int
) -> None:
    """Say in one line whether the overview can be sent; ``value`` rows are not finished."""
    (cover_formula, cover_value), left = cover, _left(layout)
    one_key, more_key = ("todo_row", "todo_rows") if layout.part_rows else ("todo_one", "todo_more")

    def both(complete: str, incomplete: str) -> tuple[str, str]:
        counted = {"count": left}, {"count": value}
        first, second = computed(own[complete], *counted), computed(own[incomplete], *counted)
        stored = first.value if cover_value else second.value
        return f"IF({cover_formula},{first.text},{second.text})", str(stored)

    none, one = both("ready", "todo_fields"), both(one_key, f"{one_key}_fields")
    more = both(more_key, f"{more_key}_fields")
    text = f"IF({left}=0,{none[0]},IF({left}=1,{one[0]},{more[0]}))"
    sheet.put(row, _BOX, Formula(text, (none, one, more)[min(value, 2)][1]), _VERDICT)
    sheet.heights.setdefault(row, (_HEADING_HEIGHT, True))
    formula = f"EXACT({absolute(row, _BOX)},{literal(own['ready'])})"
    sheet.accents.append(AccentPlan(Area(row, _BOX, row, _BOX), formula, _READY_ACCENT))


def _cover(
    sheet: SheetPlan, layout: Layout, answers: Answers, own: Texts, words: Mapping[str, str]
) -> tuple[str, bool]:
    """Draw the cover fields; give the formula that they are complete, and its value."""
    if not layout.cover:
        return "TRUE", True
    every = tuple(c for slot in layout.cover for c in slot.conditions)
    says = cover_control(layout, answers.cover)
    row = _fields_heading_row(layout)
    longest = max(lines_of(said_of(c), _ANSWER_WIDTH, _CONTROL) for c in every)
    sheet.heights[row] = (max(_HEADING_HEIGHT, row_height(longest)), True)
    sheet.put(row, _MARK, fill(own["fields_heading"], words), _HEADING)
    sheet.put(row, COVER_LABEL_COLUMN, None, _HEADING)
    cells = CoverCells({key: layout.cover_cells(s) for key, s in layout.cover_by_key.items()})
    formula = chain(every, cells, None)
    sheet.put(row, COVER_COLUMN, Formula(formula, says), _CONTROL)
    reference = absolute(row, COVER_COLUMN)
    sheet.accents.append(
        AccentPlan(
            Area(row, COVER_COLUMN, row, COVER_COLUMN),
            f"EXACT({reference},{literal(DONE)})",
            look.COMPLETE_ACCENT,
        )
    )
    for slot in layout.cover:
        _cover_field(sheet, layout, slot, answers, words)
    return complete_formula(reference), is_complete(says)


def _cover_field(
    sheet: SheetPlan,
    layout: Layout,
    slot: CoverSlot,
    answers: Answers,
    words: Mapping[str, str],
) -> None:
    one, cells = slot.field, layout.cover_cells(slot)
    value = answers.cover.get(one.key, EMPTY)
    content: Content = content_of(value)
    style = _ANSWER_DATE if one.kind is FieldKind.DATE else _ANSWER
    sheet.put(slot.row, COVER_LABEL_COLUMN, slot.label, _LABEL)
    sheet.put(slot.row, slot.column, content, style)
    formula = key_formula(cells.value(one.key))
    sheet.put(slot.row, slot.key_column, Formula(formula, key(value)), look.KEY)
    lines = max(
        lines_of(slot.label, _LABEL_WIDTH, _LABEL), lines_of(value.text, _ANSWER_WIDTH, style)
    )
    sheet.heights[slot.row] = (max(_COVER_HEIGHT, row_height(lines)), False)
    area = Area(slot.row, slot.column, slot.row, slot.column)
    sheet.validations.append(
        ValidationPlan(
            areas=(area,),
            rule=kind_of(layout.norm, layout.round, one).cell_rule(),
            prompt_title=one.prompt_title,
            prompt=fill(one.prompt, words),
            stop_title=one.stop_title,
            stop=stop_of(one, layout.round),
        )
    )
    if needed := needed_formula(slot.conditions, cells):
        sheet.accents.append(AccentPlan(area, needed, look.NEEDED_ACCENT))
