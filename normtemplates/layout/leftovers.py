"""What somebody typed that has no place in a fresh workbook: nothing of it may get lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from normtemplates.layout.chains import said_of
from normtemplates.layout.contract import DONE, TO_DO, Layout
from normtemplates.layout.hidden import TEXTS
from normtemplates.layout.keys import ERROR_KEY, key, key_of_text
from normtemplates.layout.marks import own_notes
from normtemplates.layout.own import Own, has_texts_of, is_zero, same
from normtemplates.layout.places import (
    CORRECTION_SHEETS,
    META,
    START,
    UNPLACED,
    address,
)
from normtemplates.layout.plan import SheetPlan
from normtemplates.layout.recognise import Found, value_at
from normtemplates.layout.stamp import PART, VISIBLE_PREFIX, Stamp, pairs, stamp_of
from normtemplates.layout.typed import Leftover, as_seen, is_typed, whole_text
from normtemplates.layout.unplaced import earlier
from normtemplates.model.answers import EMPTY, Value
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from normtemplates.model.texts import Texts, fill

_FEWEST_OF_A_COPY, _SAMPLE = 20, 1000  # cells
_CORRECTIONS = frozenset(name.casefold() for name in CORRECTION_SHEETS)


def leftovers(
    submission: Submission, found: Found, sheets: Sequence[SheetPlan], texts: Texts
) -> Iterator[Leftover]:
    """Give all that was typed outside the cells that answers are read from, sheet by sheet.

    ``sheets`` are the plans of a fresh workbook with the answers carried over. Comments are
    only named, for they are not read. What an earlier correction workbook listed comes first.
    """
    own = texts["herstel"]
    yield from earlier(submission)
    plans = {sheet.name.casefold(): sheet for sheet in sheets}
    ours = own_notes(submission)
    older = not has_texts_of(submission, sheets)
    for sheet in submission.sheets:
        name = sheet.name.casefold()
        if sheet is found.sheet:
            plan = plans[found.layout.sheet.casefold()]
            yield from _Overview(submission, found, plan, own, older).leftovers()
        elif name in _CORRECTIONS:
            yield from _correction(submission, sheet, own)
        elif name in plans:
            yield from _ours(submission, found, sheet, plans[name], own, older)
        else:
            yield from _foreign(submission, sheet, sheets, own)
        for row, column in sheet.comments:
            if (sheet.name, row, column) not in ours:
                where = address(row, column)
                yield Leftover(sheet.name, where, own["comment"], own["why_comment"])


def _leftover(
    submission: Submission, sheet: Sheet, cell: Cell, own: Texts, why: str, *, date: bool = False
) -> Leftover:
    seen = as_seen(value_at(submission, cell, date=date), date=date)
    return Leftover(sheet.name, address(cell.row, cell.column), whole_text(cell, seen, own), why)


def _in_order(sheet: Sheet) -> Iterator[Cell]:
    """Give the cells in which something is typed, row by row."""
    for place in sorted(place for place, cell in sheet.cells.items() if is_typed(cell)):
        yield sheet.cells[place]


# -- sheets without answers, Start, and sheets of somebody else --------------------------------


def _ours(
    submission: Submission, found: Found, sheet: Sheet, plan: SheetPlan, own: Texts, older: bool
) -> Iterator[Leftover]:
    """Look at a sheet of ours that is not the overview.

    ``older`` says that its fixed texts can be others than now.
    """
    known = Own(plan, sheet.cells)
    is_start = sheet.name.casefold() == START.casefold()
    answers, keys = _cover_cells(found) if is_start else (frozenset(), {})
    stamp_parts = {TEXTS, *(name for name, _ in pairs(stamp_of(found.layout)))}
    for cell in _in_order(sheet):
        place = (cell.row, cell.column)
        if place in answers or (place in keys and _is_key(cell, keys[place])):
            continue
        if known.holds(cell) or _is_stamp(sheet, cell, stamp_parts):
            continue
        if older and _was_ours(sheet, cell, known):
            continue
        yield _leftover(submission, sheet, cell, own, _why_on_ours(cell, known, own))


def _was_ours(sheet: Sheet, cell: Cell, known: Own) -> bool:
    """Tell whether a text is one of an earlier version.

    On a protected sheet nobody else could put it there. Where protection is gone or was not read
    (.ods), it must be much like that of now.
    """
    return (sheet.protected and cell.locked) or known.resembles(cell)


def _why_on_ours(cell: Cell, known: Own, own: Texts) -> str:
    return str(own["why_ours" if known.has_place(cell) else "why_outside"])


def _is_stamp(sheet: Sheet, cell: Cell, parts: Collection[str]) -> bool:
    """Tell whether a cell has (a part of) a stamp; what is wrong with that is a finding."""
    if cell.text.startswith(VISIBLE_PREFIX):
        return Stamp.read(cell.text.removeprefix(VISIBLE_PREFIX)) is not None
    named = sheet.name.casefold() == META and sheet.text(cell.row, 1) in parts
    return named and PART.fullmatch(cell.text) is not None


_Spot = tuple[int, int]


def _cover_cells(found: Found) -> tuple[frozenset[_Spot], dict[_Spot, Value]]:
    """Give the places of the cover fields, and those of their key cells with what was typed."""
    answers: set[_Spot] = set()
    keys: dict[_Spot, Value] = {}
    for slot in found.layout.cover:
        place = found.cover.get(slot.field.key)
        if place:
            _, row, column = place
            answers.add((row, column))
            typed = found.answers.cover.get(slot.field.key, EMPTY)
            keys[row, column + slot.key_column - slot.column] = typed
    return frozenset(answers), keys


def _is_key(cell: Cell, answer: Value) -> bool:
    """Tell whether a key cell computes, or has the key of ``answer``.

    Of a number or boolean programs make different keys.
    """
    if cell.formula is not None or is_zero(cell) or cell.text == ERROR_KEY:
        return True
    if answer.kind is CellKind.NUMBER:
        try:
            return float(cell.text.replace(",", ".")) == float(answer.text)
        except ValueError:
            return False
    return answer.kind is CellKind.BOOLEAN or key_of_text(cell.text) == key(answer)


def _foreign(
    submission: Submission, sheet: Sheet, sheets: Sequence[SheetPlan], own: Texts
) -> Iterator[Leftover]:
    """Look at a sheet that is not ours; of a copy of one of ours only what differs counts."""
    cells = list(_in_order(sheet))
    sample = cells[:_SAMPLE]
    ours = (Own(one, sheet.cells) for one in sheets)
    known = next((one for one in ours if _is_copy(sample, one)), None)
    for cell in cells:
        if known is None or not known.holds(cell):
            yield _leftover(submission, sheet, cell, own, own["why_sheet"])


def _is_copy(cells: Sequence[Cell], of: Own) -> bool:
    """Tell whether so much is ours that the rest cannot be meant as a sheet by itself."""
    held = sum(of.holds(cell) for cell in cells)
    return held >= _FEWEST_OF_A_COPY and held * 2 > len(cells)


def _correction(submission: Submission, sheet: Sheet, own: Texts) -> Iterator[Leftover]:
    """Look at a sheet of an earlier correction workbook: ours, as long as it is protected."""
    if sheet.protected or sheet.name.casefold() == UNPLACED.casefold():
        return
    for cell in _in_order(sheet):
        yield _leftover(submission, sheet, cell, own, own["why_ours"])


# -- the overview ------------------------------------------------------------------------------


class _Overview:
    """The overview of a returned file, cell by cell."""

    def __init__(
        self, submission: Submission, found: Found, plan: SheetPlan, own: Texts, older: bool
    ) -> None:
        self._older = older
        self._submission, self._found, self._own_texts = submission, found, own
        self._layout: Layout = found.layout
        self._sheet = found.sheet
        self._known = Own(plan, found.sheet.cells)
        norm = found.layout.norm
        columns = found.columns
        self._number = columns.get(norm.field_of_kind(FieldKind.NUMBER).key)
        self._sentence = columns.get(norm.field_of_kind(FieldKind.SENTENCE).key)
        self._check = columns.get(norm.field_of_kind(FieldKind.CHECK).key)
        self._answers = {
            columns[one.field.key]: one.field
            for one in found.layout.answer_columns
            if one.field.key in columns
        }
        self._rows = {row: number for number, row in found.rows.by_number.items()}
        self._again = {row: number for number, rows in found.rows.again.items() for row in rows}
        self._strange = frozenset(found.rows.strange)

    def leftovers(self) -> Iterator[Leftover]:
        """Give what has no place, in the order of the cells."""
        for cell in _in_order(self._sheet):
            if why := self._why(cell):
                one = self._answers.get(cell.column)
                date = one is not None and one.kind is FieldKind.DATE
                yield _leftover(
                    self._submission, self._sheet, cell, self._own_texts, why, date=date
                )

    def _why(self, cell: Cell) -> str:
        """Say why a cell has no place; ``""`` when it is carried over, or ours."""
        own, row = self._own_texts, cell.row
        if row == self._found.header_row:
            return own["why_ours"] if self._changes_header(cell) else ""
        if row < self._found.header_row:
            if self._known.holds(cell):
                return ""
            if self._older and _was_ours(self._sheet, cell, self._known):
                return ""
            return _why_on_ours(cell, self._known, own)
        if cell.column not in self._answers:
            return self._why_beside(cell)
        if row in self._rows:
            slot = self._layout.row_by_number[self._rows[row]]
            number = slot.requirement.number
            one = self._answers[cell.column]
            if not slot.locked and one.key not in slot.keys:
                return str(own["why_outside"])
            if not slot.locked or self._is_preset(cell, number):
                return ""
            return fill(own["why_fixed"], {"number": number})
        if row in self._again:
            return fill(own["why_twice"], {"number": self._again[row]})
        return str(own["why_strange" if row in self._strange else "why_outside"])

    def _changes_header(self, cell: Cell) -> bool:
        for one in self._layout.columns:
            if self._found.columns.get(one.field.key) == cell.column:
                return not same(cell, one.field.header)
        return not self._known.holds(cell)

    def _is_preset(self, cell: Cell, number: str) -> bool:
        field = self._answers[cell.column]
        preset = self._layout.presets().row(number).get(field.key, EMPTY)
        return cell.formula is None and same(cell, preset.text)

    def _why_beside(self, cell: Cell) -> str:
        """Say why a cell below the headers that is for no answer has no place."""
        own, row = self._own_texts, cell.row
        number = self._rows.get(row) or self._again.get(row)
        if cell.column in (self._number, self._sentence):
            if row in self._strange:
                return str(own["why_strange"])
            return "" if self._is_official(cell, number) else str(own["why_ours"])
        if self._computes(cell, number) or self._is_earlier(cell, number):
            return ""
        if cell.column == self._check or cell.column in self._keys:
            return str(own["why_ours"])
        return str(own["why_strange" if row in self._strange else "why_outside"])

    def _is_official(self, cell: Cell, number: str | None) -> bool:
        """Tell whether number or sentence is that of its row, or of the band of a theme."""
        if number is None:
            return cell.row in self._bands
        requirement = self._layout.row_by_number[number].requirement
        return same(cell, number if cell.column == self._number else requirement.text)

    @cached_property
    def _bands(self) -> frozenset[int]:
        """The rows that are neither of a requirement nor strange: they have a theme's heading."""
        headed = {
            row
            for row, column in self._sheet.cells
            if column in (self._number, self._sentence) and row > self._found.header_row
        }
        return frozenset(headed - self._rows.keys() - self._again.keys() - self._strange)

    def _is_earlier(self, cell: Cell, number: str | None) -> bool:
        """Tell whether the cell has what stood there of last round, or its key."""
        layout, earlier = self._layout, self._layout.earlier
        before = layout.previous_column
        if number is None or earlier is None or before is None:
            return False
        at = self._found.columns.get(before.field.key, 0)
        shift = at - before.column
        status = earlier.statuses.get(number, "")
        if cell.column == at:
            return same(cell, status)
        explained = earlier.explanations.get(number, "")
        hidden = layout.earlier_columns or (0, 0)
        if cell.column == hidden[0] + shift:
            return same(cell, explained)
        texts = {(before.key_column or 0) + shift: status, hidden[1] + shift: explained}
        text = texts.get(cell.column)
        return text is not None and (cell.formula is not None or is_zero(cell) or same(cell, text))

    def _computes(self, cell: Cell, number: str | None) -> bool:
        """Tell whether the cell is one of ours that compute, or has the value of one."""
        if cell.formula is not None:
            ours = cell.column in self._keys or cell.column == self._check
            return ours or self._known.holds(cell) or self._is_outcome(cell)
        if cell.column == self._check:
            if is_zero(cell):
                return True
            if number is None:
                return self._known.holds(cell)
            return key_of_text(cell.text) in self._sayings[number]
        if cell.column not in self._keys:
            return False
        field_key = self._keys[cell.column]
        if field_key is None:
            return cell.kind is not CellKind.TEXT and float(cell.text) in (0, 1)
        column = self._found.columns.get(field_key)
        return column is not None and _is_key(cell, self._answer(cell.row, column))

    def _is_outcome(self, cell: Cell) -> bool:
        """Tell whether a formula too long to be kept, in an unknown column, is a key cell."""
        if cell.formula or cell.kind is CellKind.NUMBER:
            return not cell.formula and float(cell.text) in (0, 1)
        value = cell._replace(formula=None)
        return any(_is_key(value, self._answer(cell.row, column)) for column in self._answers)

    def _answer(self, row: int, column: int) -> Value:
        return value_at(self._submission, self._sheet.cell(row, column))

    @cached_property
    def _keys(self) -> Mapping[int, str | None]:
        """The hidden columns by place: a field's key, ``None`` for the one that counts rows.

        They have no headers, so they are known only when all columns moved alike.
        """
        layout, columns = self._layout, self._found.columns
        shifts = {columns.get(one.field.key, 0) - one.column for one in layout.columns}
        if len(shifts) != 1:
            return {}
        shift = shifts.pop()
        hidden: dict[int, str | None] = {
            one.key_column + shift: one.field.key for one in layout.answer_columns if one.key_column
        }
        if layout.part_columns:
            status, complete = layout.part_columns
            hidden |= {status + shift: layout.status_key, complete + shift: None}
        return {**hidden, layout.complete_column + shift: None}

    @cached_property
    def _sayings(self) -> Mapping[str, frozenset[str]]:
        """All that Controle can say, by requirement: some programs keep that and no formula."""
        return {
            slot.requirement.number: frozenset(
                key_of_text(text) for text in (TO_DO, DONE, *map(said_of, slot.conditions))
            )
            for slot in self._layout.rows
        }
