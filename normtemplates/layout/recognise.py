"""From a returned file to answers: which norm, which round, who, and what stands where.

The stamp is asked first, the content after it. Rows are found by the number in ``Nr`` and by
their sentence, columns by their header, so that sorted rows, moved columns, inserted lines
and another program's save still read. Physical coordinates are kept for every message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from normtemplates.layout.contract import TITLE_ROW, Layout, layout_of
from normtemplates.layout.earlier import earlier_in
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import START
from normtemplates.layout.rows import FoundRows, find_columns, find_header_row, find_rows
from normtemplates.layout.stamp import Stamp, stamps_in
from normtemplates.model.answers import EMPTY, Answers, Value, date_value
from normtemplates.model.norm import FieldKind
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission

_DAYS_1904 = 1462  # between the two date systems (ECMA-376 part 1, 18.17.4.1)
_ORDER_OF_TRUST = ("_meta", "name", "start", "properties")

Problem = Literal["not-an-overview", "other-norm", "other-edition", "other-round"]


@frozen
class Found:
    """What was recognised in one returned overview.

    ``organisation`` is ``None`` when no stamp and no text names one of the round; ``layout``
    is then that of an organisation of the round, good enough to read by. ``columns`` and
    ``headers`` (as found, where they differ) go by field key, ``rows`` has the physical rows.
    ``stamps`` are all stamps by place; ``same_layout`` says that the file was issued with
    exactly this layout (``None`` without a stamp).
    """

    layout: Layout
    organisation: Organisation | None
    sheet: Sheet
    header_row: int
    columns: Mapping[str, int]
    changed_headers: Mapping[str, tuple[int, str]]
    rows: FoundRows
    cover: Mapping[str, tuple[Sheet, int, int]]
    answers: Answers
    stamps: Mapping[str, Stamp] = field(factory=dict)
    same_layout: bool | None = None

    def cell(self, number: str, field_key: str) -> Cell | None:
        """Give the cell with the answer to a requirement; ``None`` where row or column lack."""
        row, column = self.rows.by_number.get(number), self.columns.get(field_key)
        if row is None or column is None:
            return None
        return self.sheet.cell(row, column)

    def cover_cell(self, field_key: str) -> Cell | None:
        """Give the cell with a cover field; ``None`` where the sheet lacks."""
        place = self.cover.get(field_key)
        return place[0].cell(place[1], place[2]) if place else None


@frozen
class Older:
    """An overview of an earlier edition: what was recognised, and the round as it is now."""

    found: Found
    round: Round


@frozen
class Recognised:
    """The outcome: ``found``, or the ``problem`` that no answer could be placed for.

    ``stamp`` is the stamp that counted, also with a problem; ``wanted`` is the round that the
    operator asked for, or ``None``. ``older`` is what was recognised of an overview of an earlier
    edition in a round that has a later one now: nothing of it counts, but it can be carried over.
    """

    found: Found | None
    problem: Problem | None
    stamp: Stamp | None
    wanted: Round | None
    older: Older | None = None


def recognise(
    submission: Submission, rounds: Sequence[Round], wanted: Round | None = None
) -> Recognised:
    """Find out what ``submission`` is and pick up its answers.

    ``rounds`` are all rounds known, in the order to try; with ``wanted`` only that round is
    accepted. Pure; raises nothing for any file that the reader could read.
    """
    stamps = stamps_in(submission)
    stamp = _trusted(stamps)
    accepted = [wanted] if wanted else list(rounds)
    if stamp is None:
        return _by_content(submission, accepted, wanted)
    round_ = next((r for r in accepted if _issued_for(stamp, r)), None)
    if round_ is None:
        older = _older(submission, accepted, stamps, stamp)
        return Recognised(None, _mismatch(stamp, accepted), stamp, wanted, older)
    found = _pick_up(submission, round_, round_.organisation(stamp.organisation), stamps, stamp)
    return Recognised(found, None if found else "not-an-overview", stamp, wanted)


def _trusted(stamps: Mapping[str, Stamp]) -> Stamp | None:
    """Give the stamp that most places agree on; a draw goes to the place hardest to change."""
    if not stamps:
        return None
    count = Counter(stamps.values())
    best = max(count.values())
    return next(stamps[p] for p in _ORDER_OF_TRUST if p in stamps and count[stamps[p]] == best)


def _issued_for(stamp: Stamp, round_: Round) -> bool:
    norm = round_.norm
    return (stamp.norm, stamp.edition, stamp.round) == (norm.code, norm.edition, round_.name)


def _older(
    submission: Submission, accepted: Sequence[Round], stamps: Mapping[str, Stamp], stamp: Stamp
) -> Older | None:
    """Pick up an overview of an edition that the one of its round follows."""
    for round_ in accepted:
        for norm in round_.lineage[:-1]:
            then = evolve(round_, norm=norm)
            organisation = round_.organisation(stamp.organisation)
            if organisation and _issued_for(stamp, then):
                found = _pick_up(submission, then, organisation, stamps, stamp)
                return Older(found, round_) if found else None
    return None


def _mismatch(stamp: Stamp, accepted: Sequence[Round]) -> Problem:
    if all(stamp.norm != r.norm.code for r in accepted):
        return "other-norm"
    if all((stamp.norm, stamp.edition) != (r.norm.code, r.norm.edition) for r in accepted):
        return "other-edition"
    return "other-round"


def _by_content(
    submission: Submission, accepted: Sequence[Round], wanted: Round | None
) -> Recognised:
    for round_ in accepted:
        organisation = _named(submission, round_)
        found = _pick_up(submission, round_, organisation, {}, None)
        if found and organisation is None and (titled := _titled(found.sheet, round_)):
            found = _pick_up(submission, round_, titled, {}, None)
        if found:
            return Recognised(found, None, None, wanted)
    return Recognised(None, "not-an-overview", None, wanted)


def _named(submission: Submission, round_: Round) -> Organisation | None:
    """Find the organisation whose name with its kind ("gemeente Bergen") stands on Start."""
    start = submission.sheet(START)
    texts = {cell.text.strip() for cell in start.cells.values()} if start else set()
    named = [o for o in round_.organisations if o.full_name in texts]
    return named[0] if len(named) == 1 else None


def _titled(sheet: Sheet, round_: Round) -> Organisation | None:
    """Find the organisation whose name with its kind ends the title above the overview.

    That is all that tells it when somebody copied the sheet into a workbook of their own.
    """
    title = f" {' '.join(sheet.text(TITLE_ROW, 1).split())}"
    named = [o for o in round_.organisations if title.endswith(f" {o.full_name}")]
    return named[0] if len(named) == 1 else None


def _pick_up(
    submission: Submission,
    round_: Round,
    organisation: Organisation | None,
    stamps: Mapping[str, Stamp],
    stamp: Stamp | None,
) -> Found | None:
    if not round_.organisations:
        return None
    earlier = earlier_in(submission, round_.norm) if round_.previous else None
    layout = layout_of(round_.norm, round_, organisation or round_.organisations[0], earlier)
    best: tuple[Sheet, int, FoundRows] | None = None
    for sheet in _overview_first(submission, layout):
        header_row = find_header_row(sheet, layout)
        if header_row is None:
            continue
        columns, changed = find_columns(sheet, header_row, layout)
        rows = find_rows(sheet, header_row, columns, layout)
        if best is None or len(rows.by_number) > len(best[2].by_number):
            best = (sheet, header_row, rows)
        if len(rows.by_number) * 2 > len(layout.rows):
            break
    if best is None or len(best[2].by_number) * 4 < len(layout.rows):
        return None
    sheet, header_row, rows = best
    columns, changed = find_columns(sheet, header_row, layout)
    cover = _find_cover(submission, layout)
    return Found(
        layout=layout,
        organisation=organisation,
        sheet=sheet,
        header_row=header_row,
        columns=columns,
        changed_headers=changed,
        rows=rows,
        cover=cover,
        answers=_answers(submission, layout, sheet, columns, rows, cover),
        stamps=stamps,
        same_layout=None if stamp is None else layout.fingerprint.startswith(stamp.fingerprint),
    )


def _overview_first(submission: Submission, layout: Layout) -> list[Sheet]:
    return sorted(submission.sheets, key=lambda s: s.name.casefold() != layout.sheet.casefold())


def _find_cover(submission: Submission, layout: Layout) -> dict[str, tuple[Sheet, int, int]]:
    start = submission.sheet(START)
    if start is None:
        return {}
    labels = {key_of_text(slot.label): slot for slot in layout.cover}
    found: dict[str, tuple[Sheet, int, int]] = {}
    for (row, column), cell in start.cells.items():
        slot = labels.get(key_of_text(cell.text)) if cell.text else None
        if slot:
            found.setdefault(slot.field.key, (start, row, column + 1))
    for slot in layout.cover:  # a changed label does not hide the answer
        found.setdefault(slot.field.key, (start, slot.row, slot.column))
    return found


def _answers(
    submission: Submission,
    layout: Layout,
    sheet: Sheet,
    columns: Mapping[str, int],
    rows: FoundRows,
    cover: Mapping[str, tuple[Sheet, int, int]],
) -> Answers:
    shift = _DAYS_1904 if submission.date1904 else 0
    wanted = [(c.field.key, c.field.kind, columns.get(c.field.key)) for c in layout.answer_columns]
    cells = sheet.cells
    by_number: dict[str, dict[str, Value]] = {}
    for number, row in rows.by_number.items():
        values: dict[str, Value] = {}
        for key, kind, column in wanted:
            cell = cells.get((row, column)) if column else None
            if cell is not None and cell.kind is not CellKind.EMPTY:
                values[key] = _value(cell, shift if kind is FieldKind.DATE else 0)
        by_number[number] = values
    front: dict[str, Value] = {}
    for slot in layout.cover:
        place = cover.get(slot.field.key)
        if place:
            is_date = slot.field.kind is FieldKind.DATE
            front[slot.field.key] = _value(place[0].cell(*place[1:]), shift if is_date else 0)
    return Answers(rows=by_number, cover=front)


def value_at(submission: Submission, cell: Cell, *, date: bool = False) -> Value:
    """Give what stands in a cell of ``submission``, whatever cell it is.

    With ``date`` a number is a day number; those of the answer always count from 1900.
    """
    return _value(cell, _DAYS_1904 if date and submission.date1904 else 0)


def _value(cell: Cell, shift: int) -> Value:
    if cell.kind is CellKind.NUMBER and shift:
        return Value(CellKind.NUMBER, repr(float(cell.text) + shift))
    if cell.kind is CellKind.DATE:
        try:
            return date_value(date.fromisoformat(cell.text[:10]))
        except ValueError:
            return Value(CellKind.TEXT, cell.text)
    return Value(cell.kind, cell.text) if cell.text or cell.kind is not CellKind.TEXT else EMPTY
