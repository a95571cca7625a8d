"""The sheet Overzicht as a plan: one row per requirement, with its key cells and Controle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import groupby

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.chains import chain, complete_formula
from normtemplates.layout.contract import (
    GROUP_ROW,
    HEADER_ROW,
    TITLE_ROW,
    Layout,
    control,
    is_complete,
)
from normtemplates.layout.guards import accents, validations
from normtemplates.layout.keys import key, key_formula, key_of_text
from normtemplates.layout.look import Style
from normtemplates.layout.measure import lines_of, row_height
from normtemplates.layout.places import START, absolute, address, in_row
from normtemplates.layout.plan import (
    AccentPlan,
    ColumnPlan,
    Content,
    Formula,
    Item,
    Link,
    PrintPlan,
    SheetPlan,
    ValidationPlan,
)
from normtemplates.layout.slots import Column, Heading, RowSlot
from normtemplates.layout.wording import computed, footer, text_values
from normtemplates.model.answers import EMPTY, Answers, Value
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Area, CellKind
from normtemplates.model.texts import Texts, fill

_PARTS_WIDTH = 24.0  # characters of "en 16 van 16 onderdelen", in bold
_FEWEST_LINES = 2
_TITLE_HEIGHT, _GROUP_HEIGHT, _HEADER_HEIGHT, _BAND_HEIGHT = 24, 18, 44, 21
_SUB_HEADING_HEIGHT = 19

_STYLES = {
    FieldKind.NUMBER: look.NUMBER_CELL,
    FieldKind.SENTENCE: look.SENTENCE_CELL,
    FieldKind.CHECK: look.CHECK_CELL,
    FieldKind.PREVIOUS: look.SENTENCE_CELL,
    FieldKind.STATUS: look.ANSWER_STATUS,
    FieldKind.CHOICE: look.ANSWER,
    FieldKind.TEXT: look.ANSWER,
    FieldKind.DATE: look.ANSWER_DATE,
}
_LOCKED_STYLES = {
    FieldKind.STATUS: look.LOCKED_STATUS,
    FieldKind.CHOICE: look.SENTENCE_CELL,
    FieldKind.TEXT: look.SENTENCE_CELL,
    FieldKind.DATE: look.LOCKED_DATE,
}


@frozen(eq=False)
class _RowFormulas:
    """The formulas of one row: its key cells, Controle and the number that says complete."""

    keys: tuple[str, ...]
    control: str
    complete: str
    earlier: tuple[str, str] | None


def overview_sheet(layout: Layout, answers: Answers, texts: Texts) -> SheetPlan:
    """Draw the overview of ``layout`` with ``answers`` filled in.

    ``texts`` are the house texts. Values of formulas are worked out for ``answers``, since
    most programs show what is stored instead of computing on opening.
    """
    sheet = SheetPlan(layout.sheet, allow_filter=True)
    words = text_values(layout)
    _columns(sheet, layout)
    _headings(sheet, layout, texts, words)
    complete: dict[str, bool] = {}
    number = layout.norm.field_of_kind(FieldKind.NUMBER).key
    check = layout.norm.field_of_kind(FieldKind.CHECK).key
    for slot in layout.rows:
        says = control(layout, slot, layout.row_values(answers, slot))
        complete[slot.requirement.number] = is_complete(says)
        _row(sheet, layout, slot, answers.row(slot.requirement.number), says)
    _bands(sheet, layout, texts, words, complete, number, check)
    for heading in layout.headings:
        _heading(sheet, layout, heading)
    span = layout.first_row, layout.last_row
    column = layout.column_by_key[check].column
    total = _progress(texts, layout, span, layout.rows, complete, parts=False)
    sheet.put(TITLE_ROW, column, total, look.PROGRESS_TOTAL)
    if layout.part_rows:
        parts = _progress(texts, layout, span, layout.rows, complete, parts=True)
        sheet.put(TITLE_ROW, column + 1, parts, look.PROGRESS_TOTAL)
    sheet.validations, sheet.accents = _guards(_Shape(layout))
    first_open = layout.column_by_key[layout.status_key].column
    sheet.freeze = (layout.header_row + 1, _first_scrolling(layout))
    sheet.filter = Area(HEADER_ROW, 1, layout.last_row, layout.last_column)
    sheet.selected = (layout.rows[0].row, first_open)
    sheet.print = PrintPlan(
        paper="A3",
        area=Area(1, 1, layout.last_row, layout.last_column),
        repeat_rows=(1, HEADER_ROW),
        pages_high=0,
        footer=footer(layout, sheet.name, texts),
    )
    return sheet


def _first_scrolling(layout: Layout) -> int:
    """Give the first column after Controle: what stands before it never scrolls away."""
    return layout.column_by_key[layout.norm.field_of_kind(FieldKind.CHECK).key].column + 1


def _legend_column(layout: Layout) -> int:
    """Give where the legend stands: clear of the count of sub-items, beside that of the norms."""
    column = first = _first_scrolling(layout)
    if layout.part_rows:
        widths = {one.column: one.field.width for one in layout.columns}
        while sum(widths.get(c, _PARTS_WIDTH) for c in range(first, column)) < _PARTS_WIDTH:
            column += 1
    return column


def _columns(sheet: SheetPlan, layout: Layout) -> None:
    for one in layout.columns:
        sheet.columns.append(ColumnPlan(one.column, one.column, one.field.width))
    hidden = layout.hidden_columns
    sheet.columns.append(ColumnPlan(min(hidden), max(hidden), 9, hidden=True))


def _headings(sheet: SheetPlan, layout: Layout, texts: Texts, words: Mapping[str, str]) -> None:
    own = texts["overzicht"]
    status = layout.column_by_key[layout.status_key].column
    sheet.heights |= {
        TITLE_ROW: (_TITLE_HEIGHT, True),
        GROUP_ROW: (_GROUP_HEIGHT, True),
        HEADER_ROW: (_HEADER_HEIGHT, True),
    }
    sheet.put(TITLE_ROW, 1, fill(own["title"], words), look.TITLE)
    link = Link(f"#{START}!{address(1, 1)}", own["to_start"])
    sheet.put(TITLE_ROW, status, link, look.LINKED)
    sheet.put(TITLE_ROW, _legend_column(layout), own["legend"], look.LEGEND)
    for group, members in groupby(layout.columns, key=lambda c: c.field.group):
        for offset, one in enumerate(members):
            sheet.put(GROUP_ROW, one.column, None if offset else group, look.GROUP)
    for one in layout.columns:
        style = look.HEADER if one.field.answerable else look.LOCKED_HEADER
        sheet.put(HEADER_ROW, one.column, one.field.header, style)


def _bands(
    sheet: SheetPlan,
    layout: Layout,
    texts: Texts,
    words: Mapping[str, str],
    complete: Mapping[str, bool],
    number: str,
    check: str,
) -> None:
    sentence = layout.norm.field_of_kind(FieldKind.SENTENCE).key
    for band in layout.bands:
        sheet.heights[band.row] = (_BAND_HEIGHT, True)
        slots = [layout.row_by_number[r.number] for r in band.theme.requirements]
        span = band.first, band.last
        for one in layout.columns:
            content: Content = None
            style = look.BAND_CELL
            if one.field.key == number:
                content, style = band.theme.number, look.BAND_TITLE
            elif one.field.key == sentence:
                content, style = band.theme.title, look.BAND_TITLE
            elif one.field.key == check:
                content = _progress(texts, layout, span, slots, complete, parts=False)
            sheet.put(band.row, one.column, content, style)


def _heading(sheet: SheetPlan, layout: Layout, heading: Heading) -> None:
    sentence = layout.norm.field_of_kind(FieldKind.SENTENCE).key
    sheet.heights[heading.row] = (_SUB_HEADING_HEIGHT, True)
    for one in layout.columns:
        content = heading.text if one.field.key == sentence else None
        sheet.put(heading.row, one.column, content, look.SUB_HEADING)


def _progress(
    texts: Texts,
    layout: Layout,
    span: tuple[int, int],
    slots: Iterable[RowSlot],
    complete: Mapping[str, bool],
    *,
    parts: bool,
) -> Formula:
    """Give "3 van 5 compleet" as a formula that counts the norms, or ``parts``, of some rows."""
    counted = [complete[s.requirement.number] for s in slots if s.part is parts]
    column = layout.complete_column
    if parts and layout.part_columns:
        column = layout.part_columns[1]
    count = f"SUM({absolute(span[0], column)}:{absolute(span[1], column)})"
    sentence: str = texts["overzicht"]["progress_parts" if parts else "progress"]
    sentence = sentence.replace("{total}", str(len(counted)))
    return computed(sentence, {"done": count}, {"done": sum(counted)})


class _Shape:
    """A layout as a key of the cache: equal when it has the same rows, so the same formulas."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def __hash__(self) -> int:
        return hash(self.layout.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and other.layout.rows is self.layout.rows


@lru_cache(maxsize=16)
def _formulas(shape: _Shape) -> dict[int, _RowFormulas]:
    """Give the formulas by row; they are the same for every organisation of a kind."""
    layout = shape.layout
    column = layout.column_by_key[layout.norm.field_of_kind(FieldKind.CHECK).key].column
    found = {}
    for slot in layout.rows:
        found[slot.row] = _RowFormulas(
            keys=tuple(
                key_formula(in_row(slot.row, layout.column_by_key[key_].column))
                for key_ in slot.keys
            ),
            control=chain(slot.conditions, layout.cells_of(slot.row), slot.keys),
            complete=f"IF({complete_formula(in_row(slot.row, column))},1,0)",
            earlier=_earlier_keys(layout, slot.row),
        )
    return found


@lru_cache(maxsize=16)
def _guards(shape: _Shape) -> tuple[list[ValidationPlan], list[AccentPlan]]:
    """Give validations and conditional formats; also the same for every one of a kind."""
    return validations(shape.layout), accents(shape.layout)


def _earlier_keys(layout: Layout, row: int) -> tuple[str, str] | None:
    """Give the formulas of the keys of last round's status and explanation."""
    before, hidden = layout.previous_column, layout.earlier_columns
    if before is None or hidden is None:
        return None
    return key_formula(in_row(row, before.column)), key_formula(in_row(row, hidden[0]))


def _row(
    sheet: SheetPlan, layout: Layout, slot: RowSlot, values: Mapping[str, Value], says: str
) -> None:
    row, put = slot.row, sheet.items.append
    formulas = _formulas(_Shape(layout))[row]
    lines = _FEWEST_LINES
    for one in layout.columns:
        kind = one.field.kind
        style = _style(slot, one)
        if kind is FieldKind.NUMBER:
            put(Item(row, one.column, slot.requirement.number, style))
        elif kind is FieldKind.SENTENCE:
            put(Item(row, one.column, slot.requirement.text, style))
            lines = max(lines, lines_of(slot.requirement.text, one.field.width, style))
        elif kind is FieldKind.CHECK:
            put(Item(row, one.column, Formula(formulas.control, says), style))
        elif kind is FieldKind.PREVIOUS:
            before = _earlier(layout, slot)[0]
            put(Item(row, one.column, before or None, style))
            lines = max(lines, lines_of(before, one.field.width, style))
        elif one.field.key not in slot.keys:
            put(Item(row, one.column, None, style))
        else:
            value = values.get(one.field.key, EMPTY)
            put(Item(row, one.column, content_of(value), style))
            if value.kind is CellKind.TEXT:
                lines = max(lines, lines_of(value.text, one.field.width, style))
    for field_key, formula in zip(slot.keys, formulas.keys, strict=True):
        value = values.get(field_key, EMPTY)
        column = layout.key_column(slot, field_key)
        put(Item(row, column, Formula(formula, key(value)), look.KEY))
    complete = Formula(formulas.complete, 1 if is_complete(says) else 0)
    put(Item(row, layout.complete_column_of(slot), complete, look.KEY))
    column_before = layout.previous_column
    # A sub-item's is never looked at, and would count as one of a norm.
    if column_before and layout.earlier_columns and formulas.earlier and not slot.part:
        before, explained = _earlier(layout, slot)
        text_column, key_column = layout.earlier_columns
        key_before, key_explained = formulas.earlier
        keyed = Formula(key_before, key_of_text(before))
        put(Item(row, column_before.key_column or 0, keyed, look.KEY))
        put(Item(row, text_column, explained or None, look.KEY))
        put(Item(row, key_column, Formula(key_explained, key_of_text(explained)), look.KEY))
    sheet.heights[row] = (row_height(lines), False)


def _earlier(layout: Layout, slot: RowSlot) -> tuple[str, str]:
    """Give last round's status and explanation; empty where there was none."""
    earlier, number = layout.earlier, slot.requirement.number
    if earlier is None:
        return "", ""
    return earlier.statuses.get(number, ""), earlier.explanations.get(number, "")


def _style(slot: RowSlot, one: Column) -> Style:
    """Give the style of a cell: sub-items are indented, and gray where they have no answer."""
    kind = one.field.kind
    if slot.part and kind in (FieldKind.NUMBER, FieldKind.SENTENCE):
        return look.PART_NUMBER if kind is FieldKind.NUMBER else _part_sentence(slot)
    if one.field.answerable and one.field.key not in slot.keys:
        return look.NOT_ASKED
    return _LOCKED_STYLES.get(kind, _STYLES[kind]) if slot.locked else _STYLES[kind]


@cache
def _indented(depth: int) -> Style:
    return evolve(look.SENTENCE_CELL, indent=depth)


def _part_sentence(slot: RowSlot) -> Style:
    return _indented(1 + 2 * (slot.requirement.number.count(".") - 1))


def content_of(value: Value) -> Content:
    """Give what to write for an answer; ``None`` for an empty cell."""
    if value.kind is CellKind.NUMBER:
        return float(value.text)
    return value.text or None
