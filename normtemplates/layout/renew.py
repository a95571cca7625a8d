"""From the answers of one round to the workbook of the next: what it starts from.

Texts go over, and dates and choices that can still be given. The status does not: it is a
statement about today, and one that was filled in beforehand would stand for an answer that nobody
gave. It stands beside the open one, in a locked column. What has no place is listed.

Of organisations that merged nothing is filled in: their answers stand side by side to choose from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from attrs import define, field, frozen

from normtemplates.layout.contract import Layout, layout_of
from normtemplates.layout.keys import key, key_of_text
from normtemplates.layout.kinds import Date, Kind, Problem, utf16_length
from normtemplates.layout.lists import kind_of
from normtemplates.layout.typed import Leftover, as_seen
from normtemplates.model.answers import EMPTY, Answers, Value, text_value
from normtemplates.model.earlier import Earlier, Predecessor
from normtemplates.model.editions import Successors, along
from normtemplates.model.norm import Field, FieldKind, Norm
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.submission import CellKind
from normtemplates.model.texts import Texts, fill

_CHECKED: Final = (FieldKind.DATE, FieldKind.CHOICE)


@frozen
class Source:
    """What one organisation answered in the round before, by the numbers of its norm."""

    organisation: Organisation
    answers: Answers


@frozen
class Start:
    """What a workbook starts from: last round's status, the answers, and what has no place."""

    earlier: Earlier
    answers: Answers
    unplaced: tuple[Leftover, ...] = ()

    def layout(self, round_: Round, organisation: Organisation) -> Layout:
        """Give the layout of the workbook."""
        return layout_of(round_.norm, round_, organisation, self.earlier)


def start_from(
    round_: Round,
    organisation: Organisation,
    before: Round,
    sources: Sequence[Source],
    places: Successors,
    texts: Texts,
    *,
    merged: bool,
) -> Start:
    """Give what the workbook of ``organisation`` in ``round_`` starts from.

    ``sources`` are the answers in the round ``before``: its own, or (``merged``) those of the
    organisations that went up in it. ``places`` say where the numbers of then went.
    """
    layout = layout_of(round_.norm, round_, organisation, Earlier(before.title))
    movers = [Mover(layout, before.norm, s, places, texts["vorige"], merged) for s in sources]
    for mover in movers:
        mover.move()
    if merged:
        return _merged(layout, before, movers)
    (mover,) = movers
    explains = round_.norm.explaining_field
    explained = {
        number: said
        for number, values in mover.rows.items()
        if explains and (said := as_seen(values.get(explains.key, EMPTY)))
    }
    return Start(
        Earlier(before.title, mover.statuses, explained),
        Answers({**layout.presets().rows, **mover.rows}, mover.cover()),
        tuple(mover.unplaced),
    )


def _merged(layout: Layout, before: Round, movers: Sequence[Mover]) -> Start:
    statuses: dict[str, str] = {}
    for number in layout.row_by_number:
        told = {m.name: m.statuses[number] for m in movers if number in m.statuses}
        alike = len({key_of_text(one) for one in told.values()}) == 1 and len(told) > 1
        if told:
            lines = (f"{name}: {one}" for name, one in told.items())
            statuses[number] = next(iter(told.values())) if alike else "\n".join(lines)
    predecessors = tuple(Predecessor(m.name, m.shown) for m in movers)
    unplaced = tuple(one for m in movers for one in m.unplaced)
    earlier = Earlier(before.title, statuses, predecessors=predecessors)
    return Start(earlier, layout.presets(), unplaced)


def move_to_edition(
    round_: Round, then: Layout, answers: Answers, texts: Texts
) -> tuple[Layout, Answers, tuple[Leftover, ...]]:
    """Take ``answers`` to the edition that ``round_`` has now, from the layout of then.

    Gives the layout of now, the answers in it, and what has no place. Cover fields go over whole.
    """
    at = next(n for n, one in enumerate(round_.lineage) if one is then.norm)
    places = along(round_.lineage[at:])
    earlier = _earlier_along(then.earlier, places) if then.earlier else None
    layout = layout_of(round_.norm, round_, then.organisation, earlier)
    source = Source(then.organisation, answers)
    mover = Mover(layout, then.norm, source, places, texts["vorige"], same_round=True)
    mover.move()
    rows = {**layout.presets().rows, **mover.rows}
    known = {slot.field.key for slot in layout.cover}
    cover = {name: value for name, value in answers.cover.items() if name in known}
    return layout, Answers(rows, cover), tuple(mover.unplaced)


def _earlier_along(earlier: Earlier, places: Successors) -> Earlier:
    """Take the answers of the round before to the numbers of a later edition."""
    return Earlier(
        earlier.title,
        _along(earlier.statuses, places),
        _along(earlier.explanations, places),
        tuple(Predecessor(one.name, _rows_along(one.rows, places)) for one in earlier.predecessors),
    )


def _along(texts: Mapping[str, str], places: Successors) -> dict[str, str]:
    """Give ``texts`` by the new numbers; different ones for one number each with its own."""
    told: dict[str, dict[str, str]] = {}
    for old, text in texts.items():
        for new in places.get(old, ()):
            told.setdefault(new, {})[old] = text
    return {
        new: next(iter(one.values()))
        if len(set(one.values())) == 1
        else "\n".join(f"{old}: {text}" for old, text in one.items())
        for new, one in told.items()
    }


def _rows_along(
    rows: Mapping[str, Mapping[str, str]], places: Successors
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys(key_ for values in rows.values() for key_ in values):
        texts = {old: values[name] for old, values in rows.items() if name in values}
        for new, text in _along(texts, places).items():
            found.setdefault(new, {})[name] = text
    return found


def _fits(kind: Kind, value: Value) -> bool:
    """Tell whether a date or choice can still be given in this round."""
    parsed = kind.parse(value)
    if isinstance(kind, Date) and isinstance(parsed, date):
        return kind.first <= parsed <= kind.last
    return not isinstance(parsed, Problem)


@define
class Mover:
    """Takes the answers of one organisation to the numbers and columns of another edition.

    ``rows`` are the answers that go over, without statuses; ``statuses`` what the status was, in
    words; ``shown`` everything as a person reads it, each by the new numbers. With ``merged``
    nothing goes over by itself, and only what belongs to no number has no place. In the
    ``same_round``, of another edition, everything goes over as it was typed, and a status where it
    can only be meant for the one requirement.
    """

    layout: Layout
    norm: Norm
    source: Source
    places: Successors
    own: Texts
    merged: bool = False
    same_round: bool = False
    rows: dict[str, dict[str, Value]] = field(factory=dict)
    statuses: dict[str, str] = field(factory=dict)
    shown: dict[str, dict[str, str]] = field(factory=dict)
    unplaced: list[Leftover] = field(factory=list)

    @property
    def name(self) -> str:
        """Give what the organisation is called."""
        return self.source.organisation.running_name

    def move(self) -> None:
        """Take every answer to its place, or list it."""
        olds: dict[str, list[str]] = {}
        for old in self.norm.by_number:
            news = [n for n in self.places.get(old, ()) if n in self.layout.row_by_number]
            if not news:
                self._drop(old)
            for new in news:
                olds.setdefault(new, []).append(old)
        for new in self.layout.row_by_number:
            if new in olds:
                self._place(new, olds[new])

    def cover(self) -> dict[str, Value]:
        """Give the cover fields that go over: who it is stays, what was decided does not."""
        return {
            slot.field.key: value
            for slot in self.layout.cover
            if slot.field.kind is FieldKind.TEXT
            and (value := self.source.answers.cover.get(slot.field.key, EMPTY)) != EMPTY
        }

    # -- one requirement ------------------------------------------------------------------

    def _place(self, new: str, olds: Sequence[str]) -> None:
        slot = self.layout.row_by_number[new]
        presets = self.layout.presets().row(new)
        status = self._status(new, olds)
        values: dict[str, Value] = {}
        for one in self.norm.fields:
            if one.kind is FieldKind.STATUS or one.key not in slot.keys:
                continue
            told = [(o, v) for o in olds if (v := self._value(o, one)) != EMPTY]
            if told:
                self._show(new, one, told)
            if told and not self.merged:
                value = self._one(new, one, told)
                if slot.locked:
                    if key(value) != key(presets.get(one.key, EMPTY)):
                        self._leave(new, one, value, "why_fixed")
                elif value != EMPTY:
                    values[one.key] = value
        if slot.locked or self.merged or not (values or status):
            return
        fixed = presets.get(self.layout.status_key)
        if fixed and key_of_text(status) == key(fixed):
            values[self.layout.status_key] = fixed
        elif self.same_round and status:
            (old, *others) = olds
            if others or len(self.places[old]) > 1:
                self._leave_status(new, olds)
            else:
                values[self.layout.status_key] = text_value(status)
        self.rows[new] = values

    def _status(self, new: str, olds: Sequence[str]) -> str:
        """Note what the status was, of several requirements each with its number."""
        one = self.norm.field_of_kind(FieldKind.STATUS)
        told: dict[str, str] = {}
        for old in olds:
            part = self.norm.by_number[old].is_part
            kind = kind_of(self.norm, self.layout.round, one, part=part)
            value = self._value(old, one)
            label = kind.parse(value) if value != EMPTY else ""
            if isinstance(label, str) and label:
                told[old] = label
            elif isinstance(label, Problem):
                self._leave(old, one, value, "why_status")
        if not told:
            return ""
        alike = len(set(told.values())) == 1 and len(told) == len(olds)
        lines = "\n".join(f"{old}: {label}" for old, label in told.items())
        said = next(iter(told.values())) if alike else lines
        self.statuses[new] = said
        self.shown.setdefault(new, {})[self.layout.status_key] = said
        return said

    def _one(self, new: str, one: Field, told: Sequence[tuple[str, Value]]) -> Value:
        """Give the answer that goes over of those to one or more requirements."""
        target = self.layout.column_by_key.get(one.key)
        if target is None or target.field.kind is not one.kind:
            for old, value in told:
                self._leave(old, one, value, "why_column")
            return EMPTY
        if len({key(value) for _, value in told}) == 1:
            value = told[0][1]
        elif one.kind is FieldKind.TEXT:
            joined = "\n".join(f"{old}: {as_seen(value)}" for old, value in told)
            if utf16_length(joined) > (target.field.max_length or 32767):
                for old, value in told[1:]:
                    self._leave(old, one, value, "why_joined")
                joined = as_seen(told[0][1])
            return text_value(joined)
        else:
            for old, value in told:
                self._leave(old, one, value, "why_joined")
            return EMPTY
        kind = kind_of(self.layout.norm, self.layout.round, target.field)
        if one.kind in _CHECKED and not self.same_round and not _fits(kind, value):
            self._leave(new, one, value, "why_date" if one.kind is FieldKind.DATE else "why_choice")
            return EMPTY
        return value

    def _show(self, new: str, one: Field, told: Sequence[tuple[str, Value]]) -> None:
        seen = {old: as_seen(value, date=one.kind is FieldKind.DATE) for old, value in told}
        lines = "\n".join(f"{old}: {text}" for old, text in seen.items())
        alone = len(set(seen.values())) == 1
        self.shown.setdefault(new, {})[one.key] = next(iter(seen.values())) if alone else lines

    def _leave_status(self, new: str, olds: Sequence[str]) -> None:
        one = self.norm.field_of_kind(FieldKind.STATUS)
        for old in olds:
            if self.places[old][0] == new and (value := self._value(old, one)) != EMPTY:
                self._leave(old, one, value, "why_again")

    # -- what has no place ----------------------------------------------------------------

    def _drop(self, old: str) -> None:
        for one in self.norm.fields:
            if one.answerable and (value := self._value(old, one)) != EMPTY:
                self._leave(old, one, value, "why_dropped")

    def _leave(self, number: str, one: Field, value: Value, why: str) -> None:
        text = as_seen(value, date=one.kind is FieldKind.DATE)
        where = f"{self.name} · {number}" if self.merged else number
        reason = fill(self.own[why], {"number": number, "edition": self.norm.edition})
        self.unplaced.append(Leftover(where, one.header, text, reason))

    def _value(self, old: str, one: Field) -> Value:
        value = self.source.answers.row(old).get(one.key, EMPTY)
        return EMPTY if value.kind is CellKind.TEXT and not key(value) else value
