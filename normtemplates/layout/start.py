"""The sheet Start as a plan: what to do, where it goes, how far one is, and the cover fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from normtemplates.errors import DefinitionError
from normtemplates.layout import look
from normtemplates.layout.chains import (
    chain,
    complete_formula,
    needed_formula,
    said_of,
)
from normtemplates.layout.contract import (
    DONE,
    NAME_COLUMN,
    NAME_ROW,
    Layout,
    cover_control,
    is_complete,
)
from normtemplates.layout.keys import key, key_formula, literal
from normtemplates.layout.lists import kind_of
from normtemplates.layout.look import Style
from normtemplates.layout.measure import lines_of, row_height, text_width
from normtemplates.layout.open_rows import SHOWN, WIDTH, open_rows
from normtemplates.layout.overview import content_of
from normtemplates.layout.places import (
    GUIDE,
    OVERVIEW,
    PICTURE,
    START,
    absolute,
    address,
    on,
)
from normtemplates.layout.plan import (
    AccentPlan,
    ColumnPlan,
    Content,
    Formula,
    Link,
    PrintPlan,
    Rich,
    SheetPlan,
    ValidationPlan,
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
from normtemplates.layout.standing import (
    BOX,
    COUNT,
    DOTS,
    FIRST_ROW,
    HEADING,
    HEADING_HEIGHT,
    HEADING_ROW,
    LINE_HEIGHT,
    STEP_HEIGHT,
    fields_heading_row,
    open_row,
    put_open,
    put_progress,
)
from normtemplates.layout.wording import footer, text_values
from normtemplates.model.answers import EMPTY, Answers
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill, filled

_TITLE_ROW, _NORM_ROW, _GAP_ROW = 1, 2, 4
_MARK = 2  # a column that the contract does not give
_MARK_WIDTH, _LABEL_WIDTH, _ANSWER_WIDTH, _DOTS_WIDTH = 4.5, 39.0, 33.0, 26.0
_COVER_HEIGHT = 22.0
_PIXELS = 7  # of one character
_DOT_WIDTH = 1.54  # of one dot of 14 points, in characters of Calibri 11
_SEPARATOR = " · "
_LINKS = ((OVERVIEW, "to_overview"), (PICTURE, "to_picture"), (GUIDE, "to_guide"))

_TITLE = Style(size=22, bold=True, color=look.NAVY, valign="vcenter", indent=2)  # in A1
_NORM = Style(size=13, color=look.SUB, valign="vcenter", wrap=True)
_NAME = Style(size=14, bold=True, valign="vcenter")
_BOX_CELL = Style(fill=look.BAND, valign="vcenter", indent=1)
_BOX_TITLE = evolve(_BOX_CELL, size=13, bold=True, color=look.NAVY)
_MARK_CELL = Style(size=16, bold=True, color=look.NAVY, valign="vcenter")
_STEP = Style(wrap=True, valign="vcenter")
_CONTROL = Style(color=look.WARN, bold=True, valign="vcenter", wrap=True, bottom=(2, look.NAVY))
_LABEL = Style(valign="vcenter", wrap=True, right=(1, look.GRID))
_ANSWER = evolve(look.ANSWER, valign="vcenter")
_ANSWER_DATE = evolve(look.ANSWER_DATE, valign="vcenter")
_STAMP = Style(size=9, color=look.SUB, valign="vcenter")


def start_sheet(
    layout: Layout, answers: Answers, texts: Texts, also: Sequence[str] = ()
) -> SheetPlan:
    """Draw the sheet Start of ``layout`` with ``answers`` filled in.

    ``texts`` are the house texts; ``also`` are the sheets that not every workbook has, for a
    link to each. Raises :class:`DefinitionError` when they have more steps
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
    put_progress(sheet, layout, opened, own, ready)
    put_open(sheet, layout, opened, own)
    stamp_row = max(_links(sheet, layout, own, also), open_row(layout) + SHOWN + 1) + 2
    sheet.heights[stamp_row] = (15, True)
    sheet.put(stamp_row, _MARK, VISIBLE_PREFIX + stamp_of(layout).text, _STAMP)
    sheet.print = PrintPlan(area=Area(1, 1, stamp_row, DOTS), footer=footer(layout, START, texts))
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
        HEADING_ROW: (HEADING_HEIGHT, True),
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
        sheet.put(row, BOX, fill(text, words), style)
        for column in (COUNT, DOTS):
            sheet.put(row, column, None, style)


def _steps(sheet: SheetPlan, layout: Layout, own: Texts, words: Mapping[str, str]) -> None:
    most = fields_heading_row(layout) - FIRST_ROW
    if len(own["steps"]) > most:
        raise DefinitionError(
            f"workbook/texts.toml · [[start.steps]] · Er passen hooguit {most} stappen op het "
            f"blad {START}. Voeg stappen samen."
        )
    for column in (_MARK, COVER_LABEL_COLUMN, COVER_COLUMN):
        text = fill(own["steps_heading"], words) if column == _MARK else None
        sheet.put(HEADING_ROW, column, text, HEADING)
    for row, step in enumerate(own["steps"], start=FIRST_ROW):
        lead, rest = fill(step["lead"], words), fill(step["text"], words)
        sheet.put(row, _MARK, str(row - HEADING_ROW), _MARK_CELL)
        content = Rich(((lead, True), (f" {rest}", False)))
        _merged(sheet, Area(row, COVER_LABEL_COLUMN, row, COVER_COLUMN), content, _STEP)
        # A merged row cannot grow. The lead is bold, which leaves less room for the rest.
        wider = text_width(lead, evolve(_STEP, bold=True)) - text_width(lead, _STEP)
        room = _LABEL_WIDTH + _ANSWER_WIDTH - wider / _PIXELS
        lines = lines_of(f"{lead} {rest}", room, _STEP)
        sheet.heights[row] = (max(STEP_HEIGHT, row_height(lines)), True)


def _links(sheet: SheetPlan, layout: Layout, own: Texts, also: Sequence[str]) -> int:
    """Draw the links to the other sheets below the cover fields; give the last row of them."""
    last = layout.cover[-1].row if layout.cover else fields_heading_row(layout) - 1
    links = [(name, own[text]) for name, text in _LINKS]
    links += [(name, fill(own["to_other"], {"sheet": name})) for name in also]
    for row, (name, text) in enumerate(links, start=last + 2):
        link = Link(f"#{on(name, address(1, 1))}", text)
        sheet.put(row, COVER_LABEL_COLUMN, link, look.LINKED)
        sheet.heights.setdefault(row, (LINE_HEIGHT, True))
    return last + 1 + len(links)


def _cover(
    sheet: SheetPlan, layout: Layout, answers: Answers, own: Texts, words: Mapping[str, str]
) -> tuple[str, bool]:
    """Draw the cover fields; give the formula that they are complete, and its value."""
    if not layout.cover:
        return "TRUE", True
    every = tuple(c for slot in layout.cover for c in slot.conditions)
    says = cover_control(layout, answers.cover)
    row = fields_heading_row(layout)
    longest = max(lines_of(said_of(c), _ANSWER_WIDTH, _CONTROL) for c in every)
    sheet.heights[row] = (max(HEADING_HEIGHT, row_height(longest)), True)
    sheet.put(row, _MARK, fill(own["fields_heading"], words), HEADING)
    sheet.put(row, COVER_LABEL_COLUMN, None, HEADING)
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
