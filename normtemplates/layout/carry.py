"""Answers of a returned file on their way into a fresh workbook: set right where that is safe.

Safe is what cannot be wrong: a label of a list in other letters or with other spaces, spaces
around a text, a date that was typed as text and can be no other day, and the outcome in the
place of a formula. Anything else goes over as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field, frozen

from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import IGNORED
from normtemplates.layout.kinds import Choice, Date, Kind, certain_date
from normtemplates.layout.lists import kind_of
from normtemplates.layout.places import address
from normtemplates.layout.recognise import Found
from normtemplates.layout.typed import Leftover, as_seen, whole_text
from normtemplates.layout.unplaced import Improvement, What, pieces
from normtemplates.model.answers import EMPTY, Answers, Value, date_value, text_value
from normtemplates.model.norm import Field
from normtemplates.model.submission import Cell, CellKind, Sheet
from normtemplates.model.texts import Texts


@frozen
class Carried:
    """What goes over: the answers, what was set right in them, and what did not fit."""

    answers: Answers
    improvements: tuple[Improvement, ...]
    leftovers: tuple[Leftover, ...]


def carry_over(found: Found, texts: Texts) -> Carried:
    """Take the answers over from a recognised file.

    A row that is fixed gets its fixed answers. A row or column that is not in the file stays
    empty: what nobody answered is not filled in here.
    """
    layout, bag = found.layout, _Bag(texts["herstel"])
    fixed = layout.presets()
    rows: dict[str, Mapping[str, Value]] = {}
    for slot in layout.rows:
        number = slot.requirement.number
        if slot.locked:
            rows[number] = fixed.row(number)
            continue
        values: dict[str, Value] = {}
        for column in layout.answer_columns:
            if column.field.key not in slot.keys:
                continue
            cell = found.cell(number, column.field.key)
            if cell is not None:
                value = found.answers.row(number).get(column.field.key, EMPTY)
                spot = _Spot(
                    layout, column.field, column.field.header, found.sheet, cell, number,
                    (layout.sheet, slot.row, column.column),
                )  # fmt: skip
                values[column.field.key] = bag.take(spot, value)
        rows[number] = values
    cover: dict[str, Value] = {}
    for one in layout.cover:
        place = found.cover.get(one.field.key)
        if place:
            value = found.answers.cover.get(one.field.key, EMPTY)
            spot = _Spot(
                layout, one.field, one.label, place[0], place[0].cell(*place[1:]), "",
                (one.sheet, one.row, one.column),
            )  # fmt: skip
            cover[one.field.key] = bag.take(spot, value)
    return Carried(Answers(rows, cover), tuple(bag.improvements), tuple(bag.leftovers))


@frozen
class _Spot:
    """An answer: its cell in the returned file, and its place in the fresh workbook."""

    layout: Layout
    field: Field
    header: str
    sheet: Sheet
    cell: Cell
    number: str
    target: tuple[str, int, int]

    @property
    def kind(self) -> Kind:
        slot = self.layout.row_by_number.get(self.number)
        part = slot is not None and slot.part
        return kind_of(self.layout.norm, self.layout.round, self.field, part=part)


@define
class _Bag:
    """Gathers what is said about the answers while they are taken over."""

    own: Texts
    improvements: list[Improvement] = field(factory=list)
    leftovers: list[Leftover] = field(factory=list)

    def take(self, spot: _Spot, value: Value) -> Value:
        """Give the answer as it goes over."""
        cell = spot.cell
        is_date = isinstance(spot.kind, Date)
        seen = as_seen(value, date=is_date)
        if value.kind is CellKind.ERROR:  # as a text it would pass for an answer
            self._leave(spot, whole_text(cell, seen, self.own), "why_error")
            return EMPTY
        now, what = safely(value, spot.kind)
        if cell.formula is not None:
            what = "formula" if now.text else "emptied"
            seen = whole_text(cell, "", self.own) or seen
        if now.kind is CellKind.TEXT:
            first, *rest = pieces(now.text)
            for piece in rest:
                self._leave(spot, piece, "why_long")
            now = text_value(first)
        if what:
            self.improvements.append(
                Improvement(
                    *spot.target, spot.number, spot.header, seen, as_seen(now, date=is_date), what
                )
            )
        return now

    def _leave(self, spot: _Spot, text: str, why: str) -> None:
        where = address(spot.cell.row, spot.cell.column)
        self.leftovers.append(Leftover(spot.sheet.name, where, text, self.own[why]))


def safely(value: Value, kind: Kind) -> tuple[Value, What | None]:
    """Give a typed value set right, and what was done to it; ``None`` when nothing was."""
    if value.kind is CellKind.BOOLEAN:
        return text_value(as_seen(value)), "boolean"
    if value.kind is not CellKind.TEXT:
        return value, None
    trimmed = text_value(_trimmed(value.text))
    if isinstance(kind, Choice):
        label = kind.parse(trimmed)
        if isinstance(label, str):
            same = label == value.text
            return (value, None) if same else (text_value(label), "label")
    if isinstance(kind, Date) and (day := certain_date(trimmed)):
        return date_value(day), "date"
    return (value, None) if trimmed.text == value.text else (trimmed, "spaces")


def _trimmed(text: str) -> str:
    """Give ``text`` without what cannot be seen at its ends."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(character: str) -> bool:
    return character in IGNORED or character.isspace()
