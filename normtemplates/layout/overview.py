"""The sheet Overzicht as a plan: one row per requirement, with its key cells and Controle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby

from attrs import frozen

from normtemplates.layout import look
from normtemplates.layout.chains import chain, complete_formula, needed_formula
from normtemplates.layout.conditions import Condition, When
from normtemplates.layout.contract import (
    DONE,
    GROUP_ROW,
    HEADER_ROW,
    TITLE_ROW,
    TO_DO,
    Column,
    Layout,
    RowSlot,
    control,
    is_complete,
    kind_of,
)
from normtemplates.layout.keys import key, key_formula, key_of_text, literal
from normtemplates.layout.look import Accent
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
from normtemplates.layout.prompts import prompt_of, stop_of
from normtemplates.layout.wording import footer, text_values
from normtemplates.model.answers import EMPTY, Answers, Value
from normtemplates.model.norm import Field, FieldKind, Role
from normtemplates.model.submission import Area, CellKind
from normtemplates.model.texts import Texts, fill

_FEWEST_LINES = 2
_TITLE_HEIGHT, _GROUP_HEIGHT, _HEADER_HEIGHT, _BAND_HEIGHT = 24, 18, 44, 21

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
        values = answers.row(slot.requirement.number)
        says = control(layout, slot, layout.row_values(answers, slot))
        complete[slot.requirement.number] = is_complete(says)
        _row(sheet, layout, slot, values, says)
    _bands(sheet, layout, texts, words, complete, number, check)
    done = sum(complete.values())
    total = len(layout.rows)
    column = layout.column_by_key[check].column
    sheet.put(
        TITLE_ROW,
        column,
        _progress(texts, _sum(layout, layout.first_row, layout.last_row), total, done),
        look.PROGRESS_TOTAL,
    )
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
    sheet.put(TITLE_ROW, _first_scrolling(layout), own["legend"], look.LEGEND)
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
        done = sum(complete[r.number] for r in band.theme.requirements)
        total = len(band.theme.requirements)
        for one in layout.columns:
            content: Content = None
            style = look.BAND_CELL
            if one.field.key == number:
                content, style = band.theme.number, look.BAND_TITLE
            elif one.field.key == sentence:
                content, style = band.theme.title, look.BAND_TITLE
            elif one.field.key == check:
                content = _progress(texts, _sum(layout, band.first, band.last), total, done)
            sheet.put(band.row, one.column, content, style)


def _sum(layout: Layout, first: int, last: int) -> str:
    column = layout.complete_column
    return f"SUM({absolute(first, column)}:{absolute(last, column)})"


def _progress(texts: Texts, count: str, total: int, done: int) -> Formula:
    """Give "3 van 5 compleet" as a formula around ``count``."""
    sentence: str = texts["overzicht"]["progress"].replace("{total}", str(total))
    before, after = sentence.split("{done}")
    parts = [literal(before)] if before else []
    parts += [count, literal(after)]
    return Formula("&".join(parts), sentence.replace("{done}", str(done)))


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
            keys=tuple(key_formula(in_row(slot.row, c.column)) for c in layout.answer_columns),
            control=chain(slot.conditions, layout.cells_of(slot.row), layout.answer_keys),
            complete=f"IF({complete_formula(in_row(slot.row, column))},1,0)",
            earlier=_earlier_keys(layout, slot.row),
        )
    return found


@lru_cache(maxsize=16)
def _guards(shape: _Shape) -> tuple[list[ValidationPlan], list[AccentPlan]]:
    """Give validations and conditional formats; also the same for every one of a kind."""
    return _validations(shape.layout), _accents(shape.layout)


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
        style = _LOCKED_STYLES.get(kind, _STYLES[kind]) if slot.locked else _STYLES[kind]
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
        else:
            value = values.get(one.field.key, EMPTY)
            put(Item(row, one.column, content_of(value), style))
            if value.kind is CellKind.TEXT:
                lines = max(lines, lines_of(value.text, one.field.width, style))
    for one, formula in zip(layout.answer_columns, formulas.keys, strict=True):
        value = values.get(one.field.key, EMPTY)
        put(Item(row, one.key_column or 0, Formula(formula, key(value)), look.KEY))
    complete = Formula(formulas.complete, 1 if is_complete(says) else 0)
    put(Item(row, layout.complete_column, complete, look.KEY))
    column_before = layout.previous_column
    if column_before and layout.earlier_columns and formulas.earlier:
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


def content_of(value: Value) -> Content:
    """Give what to write for an answer; ``None`` for an empty cell."""
    if value.kind is CellKind.NUMBER:
        return float(value.text)
    return value.text or None


def _validations(layout: Layout) -> list[ValidationPlan]:
    """Give one validation per column and prompt; the prompt differs where a field is needed."""
    found: list[ValidationPlan] = []
    for one in layout.answer_columns:
        kind = kind_of(layout.norm, layout.round, one.field)
        by_prompt: dict[str, list[int]] = {}
        for slot in layout.rows:
            if not slot.locked:
                by_prompt.setdefault(prompt_of(one.field, slot), []).append(slot.row)
        for prompt, rows in by_prompt.items():
            areas = tuple(Area(a, one.column, b, one.column) for a, b in _runs(rows))
            found.append(
                ValidationPlan(
                    areas=areas,
                    rule=kind.cell_rule(),
                    prompt_title=one.field.prompt_title,
                    prompt=prompt,
                    stop_title=one.field.stop_title,
                    stop=stop_of(one.field, layout.round),
                )
            )
    return found


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _accents(layout: Layout) -> list[AccentPlan]:
    """Give status tints, needed cells, cells with nothing to do, and Controle's colours."""
    found: list[AccentPlan] = []
    check = layout.norm.field_of_kind(FieldKind.CHECK).key
    first, last = layout.bands[0].first, layout.last_row

    def over(column: int, formula: str, accent: Accent, *, stop: bool = False) -> None:
        area = Area(first, column, last, column)
        found.append(AccentPlan(area, formula, accent, stop))

    cells = layout.cells_of(first)
    status = layout.column_by_key[layout.status_key]
    for one in layout.norm.statuses:
        formula = f"EXACT({cells.key(layout.status_key)},{literal(key_of_text(one.label))})"
        over(status.column, formula, Accent(fill=one.tint), stop=True)
    for column in layout.answer_columns:
        for formula, run in _needed_runs(layout, column.field):
            area = Area(run[0], column.column, run[1], column.column)
            found.append(AccentPlan(area, formula, look.NEEDED_ACCENT))
    for column in layout.answer_columns:
        if unused := _unused(layout, column):
            over(column.column, unused.formula(cells), look.UNUSED_ACCENT)
    reference = in_row(first, layout.column_by_key[check].column)
    column_number = layout.column_by_key[check].column
    over(column_number, f"EXACT({reference},{literal(DONE)})", look.COMPLETE_ACCENT)
    over(column_number, f"EXACT({reference},{literal(TO_DO)})", look.TO_DO_ACCENT)
    return found


def _needed_runs(layout: Layout, one: Field) -> list[tuple[str, tuple[int, int]]]:
    """Give the formula of the yellow accent for each run of rows in which it is the same.

    A run ends at a band: nothing is needed there, though its key cells are empty too.
    """
    runs: list[tuple[tuple[Condition, ...], list[int]]] = []
    for slot in layout.rows:
        own = tuple(c for c in slot.conditions if c.field == one.key)
        if slot.locked:
            continue
        if runs and runs[-1][0] == own and runs[-1][1][-1] == slot.row - 1:
            runs[-1][1].append(slot.row)
        else:
            runs.append((own, [slot.row]))
    found = []
    for own, rows in runs:
        formula = needed_formula(own, layout.cells_of(rows[0]))
        if formula:
            found.append((formula, (rows[0], rows[-1])))
    return found


def _unused(layout: Layout, column: Column) -> When | None:
    roles: tuple[Role, ...] = column.field.unused_for
    statuses = layout.norm.statuses_of(*roles)
    if not statuses:
        return None
    return When(layout.status_key, tuple(key_of_text(s.label) for s in statuses))
