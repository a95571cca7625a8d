"""THE CONTRACT: which cell holds what, for one organisation in one round.

The writer walks a :class:`Layout` to draw, :mod:`~normtemplates.layout.recognise` walks it to
pick up, the rules ask it what belongs where. Pure and frozen; everything that does not depend
on the organisation is worked out once per norm, round and kind of organisation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache

from attrs import evolve, frozen

from normtemplates.layout.conditions import Condition, Row
from normtemplates.layout.places import OVERVIEW, address
from normtemplates.layout.requirements import conditions_of, fields_of, part_status
from normtemplates.layout.slots import Band, Column, CoverSlot, Heading, RowCells, RowSlot
from normtemplates.layout.step_back import PREVIOUS, PREVIOUS_TEXT
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.earlier import Earlier
from normtemplates.model.finding import Severity
from normtemplates.model.norm import FieldKind, Norm, Role
from normtemplates.model.organisation import Organisation, OrganisationKind
from normtemplates.model.round import Round
from normtemplates.model.texts import fill

#: Edition of the layout; raise it when a cell moves, and keep the older one readable.
EDITION = "1"

#: Labels that Controle begins with; the words that count as complete are DONE and ADVISE.
TO_DO, DONE, ADVISE = "Nog invullen", "✔ Compleet", "Let op: "

TITLE_ROW, GROUP_ROW, HEADER_ROW = 1, 2, 3
NAME_ROW, NAME_COLUMN = 3, 2  # the organisation's name on Start


@frozen(eq=False, slots=False)
class Layout:
    """Where everything stands for one organisation in one round.

    ``complete_column`` has 1 in the row of each norm that is complete. For a norm with
    sub-items ``part_columns`` are the columns of their status key and of their 1: they are
    counted apart, so their cells stand apart. ``None`` for a norm without.

    ``earlier`` are the answers of the round before, ``None`` for a workbook without them;
    ``earlier_columns`` then have last round's explanation and its key, both hidden.
    """

    norm: Norm
    round: Round
    organisation: Organisation
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    rows: tuple[RowSlot, ...]
    cover: tuple[CoverSlot, ...]
    complete_column: int
    fingerprint: str
    headings: tuple[Heading, ...] = ()
    part_columns: tuple[int, int] | None = None
    earlier: Earlier | None = None
    earlier_columns: tuple[int, int] | None = None
    sheet: str = OVERVIEW
    header_row: int = HEADER_ROW
    edition: str = EDITION

    @cached_property
    def answer_columns(self) -> tuple[Column, ...]:
        """Give the columns that the respondent fills in, in order."""
        return tuple(c for c in self.columns if c.field.answerable)

    @cached_property
    def column_by_key(self) -> dict[str, Column]:
        """Give the columns by field key."""
        return {c.field.key: c for c in self.columns}

    @cached_property
    def norm_rows(self) -> tuple[RowSlot, ...]:
        """Give the rows of norms, without those of sub-items."""
        return tuple(r for r in self.rows if not r.part)

    @cached_property
    def part_rows(self) -> tuple[RowSlot, ...]:
        """Give the rows of sub-items."""
        return tuple(r for r in self.rows if r.part)

    @cached_property
    def hidden_columns(self) -> tuple[int, ...]:
        """Give the columns of our own to the right: keys and what counts."""
        keys = (c.key_column for c in self.columns if c.key_column)
        return (
            *keys,
            self.complete_column,
            *(self.part_columns or ()),
            *(self.earlier_columns or ()),
        )

    @cached_property
    def previous_column(self) -> Column | None:
        """Give the column with last round's status, where there is one."""
        return next((c for c in self.columns if c.field.kind is FieldKind.PREVIOUS), None)

    @cached_property
    def row_by_number(self) -> dict[str, RowSlot]:
        """Give the rows by requirement number."""
        return {r.requirement.number: r for r in self.rows}

    @cached_property
    def cover_by_key(self) -> dict[str, CoverSlot]:
        """Give the cover fields by field key."""
        return {c.field.key: c for c in self.cover}

    @property
    def first_row(self) -> int:
        """Give the first row below the headers."""
        return self.bands[0].row

    @property
    def last_row(self) -> int:
        """Give the last row of the overview."""
        return self.rows[-1].row

    @property
    def last_column(self) -> int:
        """Give the last visible column of the overview."""
        return self.columns[-1].column

    @cached_property
    def answer_keys(self) -> tuple[str, ...]:
        """Give the keys of the fields that the respondent fills in."""
        return tuple(c.field.key for c in self.answer_columns)

    @cached_property
    def status_key(self) -> str:
        """Give the key of the status field."""
        return self.norm.field_of_kind(FieldKind.STATUS).key

    def cells_of(self, row: int) -> RowCells:
        """Give the references of the cells in ``row`` of the overview."""
        pairs = self._part_pairs if row in self._parts_by_row else self._pairs
        return RowCells(row, pairs, self._part_statuses)

    def key_column(self, slot: RowSlot, field_key: str) -> int:
        """Give the column of the key cell of a field in this row."""
        return (self._part_pairs if slot.part else self._pairs)[field_key][1]

    def complete_column_of(self, slot: RowSlot) -> int:
        """Give the column that says whether this row is complete."""
        return self.part_columns[1] if slot.part and self.part_columns else self.complete_column

    def row_values(self, answers: Answers, slot: RowSlot) -> Mapping[str, Value]:
        """Give what the conditions of a row look at.

        Its answers, the statuses of its sub-items, and the answers of last round.
        """
        number = slot.requirement.number
        found = dict(answers.row(number))
        key = self.status_key
        for below in self.norm.parts_below(number) if self.part_rows else ():
            status = answers.row(below).get(key)
            if status is not None:
                found[part_status(below, key)] = status
        if self.earlier is not None:
            before = {
                PREVIOUS: self.earlier.statuses.get(number),
                PREVIOUS_TEXT: self.earlier.explanations.get(number),
            }
            found |= {name: text_value(text) for name, text in before.items() if text}
        return found

    def cover_cells(self, slot: CoverSlot) -> RowCells:
        """Give the references of a cover field's cells."""
        return RowCells(slot.row, {slot.field.key: (slot.column, slot.key_column)})

    @cached_property
    def _pairs(self) -> dict[str, tuple[int, int]]:
        pairs = {c.field.key: (c.column, c.key_column or 0) for c in self.answer_columns}
        if (before := self.previous_column) and self.earlier_columns:
            pairs[PREVIOUS] = before.column, before.key_column or 0
            pairs[PREVIOUS_TEXT] = self.earlier_columns
        return pairs

    @cached_property
    def _part_pairs(self) -> dict[str, tuple[int, int]]:
        key, columns = self.status_key, self.part_columns
        return self._pairs | ({key: (self._pairs[key][0], columns[0])} if columns else {})

    @cached_property
    def _parts_by_row(self) -> dict[int, RowSlot]:
        return {slot.row: slot for slot in self.part_rows}

    @cached_property
    def _part_statuses(self) -> dict[str, tuple[int, int, int]]:
        key = self.status_key
        pair = self._part_pairs[key]
        return {part_status(s.requirement.number, key): (*pair, s.row) for s in self.part_rows}

    def address(self, number: str, field_key: str) -> str:
        """Give the address where the answer to a requirement belongs: ``H14``."""
        return address(self.row_by_number[number].row, self.column_by_key[field_key].column)

    def presets(self) -> Answers:
        """Give the answers that the blank workbook carries: what does not fit this kind."""
        ground = self.norm.ground_field
        rows: dict[str, dict[str, Value]] = {}
        for slot in self.rows:
            case = self.norm.not_fitting(slot.requirement, self.organisation.kind.code)
            scale = self.norm.scale_for(slot.requirement)
            label = next((s.label for s in scale if s.role is Role.NOT_APPLICABLE), None)
            if case and label:
                grounds = [ground.key] if ground and ground.key in slot.keys else []
                rows[slot.requirement.number] = {
                    self.status_key: text_value(label),
                    **{key: text_value(case.ground) for key in grounds},
                }
        return Answers(rows=rows)


def layout_of(
    norm: Norm, round_: Round, organisation: Organisation, earlier: Earlier | None = None
) -> Layout:
    """Give the layout of ``organisation``'s workbook for ``round_`` of ``norm``.

    ``earlier`` are its answers in the round before: they get a column, where the norm has one.
    """
    beside = earlier is not None and norm.previous_field is not None
    shape = _shape(norm, round_, _Kind(organisation.kind), beside)
    columns, bands, rows, cover, complete, fingerprint, headings, parts, last = shape
    return Layout(
        norm=norm,
        round=round_,
        organisation=organisation,
        columns=columns,
        bands=bands,
        rows=rows,
        cover=cover,
        complete_column=complete,
        fingerprint=fingerprint,
        headings=headings,
        part_columns=parts,
        earlier=earlier if beside else None,
        earlier_columns=last,
    )


class _Kind:
    """A kind of organisation as a key of the cache: equal when its code is."""

    def __init__(self, kind: OrganisationKind) -> None:
        self.kind = kind

    def __hash__(self) -> int:
        return hash(self.kind.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kind) and other.kind == self.kind


_Shape = tuple[
    tuple[Column, ...],
    tuple[Band, ...],
    tuple[RowSlot, ...],
    tuple[CoverSlot, ...],
    int,
    str,
    tuple[Heading, ...],
    tuple[int, int] | None,
    tuple[int, int] | None,
]


@lru_cache(maxsize=64)
def _shape(norm: Norm, round_: Round, keyed: _Kind, beside: bool) -> _Shape:
    kind = keyed.kind
    fields = [f for f in norm.fields if beside or f.kind is not FieldKind.PREVIOUS]
    if beside:
        fields = [evolve(f, width=f.width_beside or f.width) for f in fields]
    width = len(fields)
    columns: list[Column] = []
    for number, one in enumerate(fields, start=1):
        keyed_too = one.answerable or one.kind is FieldKind.PREVIOUS
        hidden = width + 1 + sum(1 for c in columns if c.key_column) if keyed_too else None
        columns.append(Column(one, number, hidden))
    complete = width + 1 + sum(1 for c in columns if c.key_column)

    bands: list[Band] = []
    rows: list[RowSlot] = []
    headings: list[Heading] = []
    row = HEADER_ROW
    for theme in norm.themes:
        row += 1
        band_row = row
        for requirement in theme.requirements:
            if requirement.heading:
                row += 1
                headings.append(Heading(requirement.heading, row))
            row += 1
            case = norm.not_fitting(requirement, kind.code)
            locked = bool(case and case.locked)  # nobody can change it, so nothing is asked
            conditions = conditions_of(norm, round_, requirement, beside=beside)
            rows.append(
                RowSlot(
                    requirement, theme, row, () if locked else conditions,
                    locked=locked,
                    keys=tuple(f.key for f in fields_of(norm, requirement)),
                )
            )  # fmt: skip
        bands.append(Band(theme, band_row, band_row + 1, row))

    # Below the table of progress, which has a row more for sub-items.
    first_cover = max(14, len(norm.themes) + (9 if norm.parts else 8))
    cover = []
    for offset, one in enumerate(norm.cover):
        label = one.header.format_map(kind.terms)
        in_terms = evolve(
            one,
            header=label,
            help=fill(one.help, kind.terms),
            prompt=fill(one.prompt, kind.terms),
        )
        conditions = conditions_of(norm, round_, None, in_terms, label)
        cover.append(CoverSlot(one, label, first_cover + offset, conditions))
    parts = (complete + 1, complete + 2) if norm.parts else None
    after = complete + (2 if parts else 0)
    last = (after + 1, after + 2) if beside else None
    return (
        tuple(columns), tuple(bands), tuple(rows), tuple(cover), complete,
        _fingerprint(columns, rows, cover), tuple(headings), parts, last,
    )  # fmt: skip


def _fingerprint(columns: list[Column], rows: list[RowSlot], cover: list[CoverSlot]) -> str:
    """Digest numbers, texts, keys, kinds and coordinates: what must be equal to read alike."""
    parts = [EDITION]
    parts += [f"{c.column}|{c.field.key}|{c.field.kind.value}|{c.field.header}" for c in columns]
    parts += [f"{r.row}|{r.requirement.number}|{r.requirement.text}" for r in rows]
    parts += [f"{c.row}|{c.field.key}|{c.field.kind.value}|{c.label}" for c in cover]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def first_violation(conditions: tuple[Condition, ...], row: Row) -> Condition | None:
    """Give the first broken condition as Controle picks it: a fout before a warning."""
    advice = None
    for condition in conditions:
        if condition.violated_by(row):
            if condition.severity is Severity.FOUT:
                return condition
            advice = advice or condition
    return advice


def control(layout: Layout, slot: RowSlot, values: Mapping[str, Value]) -> str:
    """Give what Controle shows for a row with these values, as ``row_values`` gives them."""
    row = Row(values)
    if row.blank(slot.keys):
        return TO_DO
    return _sentence(first_violation(slot.conditions, row))


def cover_control(layout: Layout, values: Mapping[str, Value]) -> str:
    """Give what Controle shows for the cover fields."""
    row = Row(values)
    every = tuple(c for slot in layout.cover for c in slot.conditions)
    return _sentence(first_violation(every, row))


def _sentence(broken: Condition | None) -> str:
    if broken is None:
        return DONE
    return broken.short if broken.severity is Severity.FOUT else ADVISE + broken.short


def is_complete(control_text: str) -> bool:
    """Tell whether a row with this text in Controle counts as complete."""
    return control_text == DONE or control_text.startswith(ADVISE)
