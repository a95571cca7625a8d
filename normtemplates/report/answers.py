"""The hand-over of answers to whoever counts: one row for each organisation and norm.

No free text unless it is asked for, and always with it which organisations are not in it. Three
forms with the same rows:

- **JSONL**, for programs, exact. The first line is an object with ``schema``, ``columns`` and
  ``rounds``; every further line is a row. What is empty is ``null``.
- **CSV**, for a person with a Dutch Excel: semicolons, UTF-8 with a byte order mark, CRLF, so
  that it opens at a double click. A text that a spreadsheet could take for a formula has ``'`` in
  front (:func:`guarded`); :func:`unguarded` takes it away again. Excel itself may take ``2.10``
  for a number when it opens a CSV: import it as text, or use one of the others.
- **A workbook**, for a person who sorts and counts: two sheets without protection, text that
  stays text, and dates that Excel knows as such.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import field, fields, frozen

from normtemplates.dutch import sentence_start
from normtemplates.layout.contract import Layout
from normtemplates.layout.hand_over import PlainTable, hand_over_plan
from normtemplates.layout.kinds import Problem
from normtemplates.layout.lists import kind_of
from normtemplates.layout.plan import WorkbookPlan
from normtemplates.layout.recognise import Found
from normtemplates.layout.slots import RowSlot
from normtemplates.model.answers import EMPTY, Value
from normtemplates.model.finding import Standing
from normtemplates.model.norm import Field, FieldKind, Norm
from normtemplates.model.organisation import Organisation
from normtemplates.model.returned import Return, turnout
from normtemplates.model.round import Round

#: The name and version of the form; a change that could break a reader raises the number.
SCHEMA: Final = "normtemplates/answers/1"

_FREE = (FieldKind.TEXT,)
_COUNTED = (FieldKind.DATE, FieldKind.CHOICE)
# Programs run a cell that begins so; apostrophes before it are kept apart by one more.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


@frozen
class AnswerRow:
    """The answer of one organisation to one requirement.

    ``part_of`` is the norm of a sub-item, which counts apart; ``None`` for a norm. ``status`` is
    the key of the scale and ``role`` what it means. ``values`` are dates (ISO)
    and choices by field key, ``texts`` the free texts (none when nobody asked for them); ``None``
    for what is empty or, in a field that does not count with this status, cannot be used.
    ``source_sha256`` is of the file that came in.
    """

    norm: str
    edition: str
    round: str
    organisation: str
    organisation_name: str
    kind: str
    riec: str | None
    safety_region: str | None
    theme: str
    requirement: str
    part_of: str | None
    status: str
    status_label: str
    role: str
    values: Mapping[str, str | None]
    source_sha256: str
    texts: Mapping[str, str | None]


_FIXED = tuple(
    one.name for one in fields(AnswerRow) if one.name not in ("values", "source_sha256", "texts")
)


@frozen
class LeftOut:
    """An organisation of a round that is not in the hand-over, and why."""

    round: Round
    organisation: Organisation
    reason: Standing


@frozen
class HandOver:
    """What is handed on: the rows, and what is not there.

    ``unplaced`` is how many files could not be put to the name of an organisation.
    """

    rounds: tuple[Round, ...]
    rows: tuple[AnswerRow, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())
    unplaced: int = 0


def answer_rows(found: Found, sha256: str, *, with_texts: bool = True) -> tuple[AnswerRow, ...]:
    """Give the rows of a return that is ``akkoord``, in the order of the norm.

    ``sha256`` is of the file. Without ``with_texts`` the free texts stay behind: whoever checks
    a thousand files keeps all rows, and nobody asked for these. A row that is fixed has its
    fixed answers, whatever was typed. Raises ``ValueError`` for a return without a status
    somewhere, which is not ``akkoord``.
    """
    layout = found.layout
    if found.organisation is None:
        raise ValueError("a return of nobody")
    rows = []
    fixed = layout.presets()
    for slot in layout.rows:
        number = slot.requirement.number
        answers = (fixed if slot.locked else found.answers).row(number)
        read = {
            one.field.key: _read(layout, slot, one.field, answers.get(one.field.key, EMPTY))
            for one in layout.answer_columns
            if one.field.key in slot.keys
        }
        label = read[layout.status_key]
        status = next(
            (s for s in layout.norm.scale_for(slot.requirement) if s.label == label), None
        )
        if status is None:
            raise ValueError(f"no status at {number}")
        rows.append(
            AnswerRow(
                **_of_round(layout.round),
                **_of_organisation(found.organisation),
                theme=slot.theme.number,
                requirement=number,
                part_of=slot.requirement.part_of,
                status=status.key,
                status_label=status.label,
                role=status.role.value,
                values={key: read.get(key) for key in _keys(layout.norm, _COUNTED)},
                source_sha256=sha256,
                texts=({k: read.get(k) for k in _keys(layout.norm, _FREE)} if with_texts else {}),
            )
        )
    return tuple(rows)


def hand_over(
    returns: Iterable[tuple[Return, Sequence[AnswerRow]]],
    rounds: Sequence[Round],
    wanted: Round | None = None,
) -> HandOver:
    """Put together what is handed on from all files that were checked.

    ``returns`` are files, with the rows of those that are ``akkoord``. ``rounds`` are all rounds
    known; only the one that was asked for counts, else all that a file is of. An organisation
    counts once at most: :func:`~normtemplates.model.returned.which_counts` says with which file,
    and it is left out when that one is not ``akkoord``, or nobody can tell which it is. A file
    that was refused is of no round, but its sender did send something.
    """
    rows_of = dict(returns)
    named = {one.report.round for one in rows_of}
    chosen = (wanted,) if wanted else tuple(one for one in rounds if one.name in named)
    counted: list[AnswerRow] = []
    left_out: list[LeftOut] = []
    placed: set[Return] = set()
    for round_ in chosen:
        for turn in turnout(round_, rows_of):
            placed |= {*turn.returns, *turn.refused}
            if turn.counts and turn.standing is Standing.AKKOORD and rows_of[turn.counts]:
                counted += rows_of[turn.counts]
            else:
                left_out.append(LeftOut(round_, turn.organisation, turn.standing))
    unplaced = len(rows_of.keys() - placed)
    return HandOver(chosen, tuple(counted), tuple(left_out), unplaced)


def columns(over: HandOver, *, with_texts: bool = False) -> tuple[str, ...]:
    """Give the names of the columns; those of dates and choices are the keys of the norm.

    ``part_of`` is there when one of the norms has sub-items.
    """
    norms = [one.norm for one in over.rounds]
    parts = any(norm.parts for norm in norms)
    fixed = [name for name in _FIXED if parts or name != "part_of"]
    counted = dict.fromkeys(key for norm in norms for key in _keys(norm, _COUNTED))
    free = dict.fromkeys(key for norm in norms for key in _keys(norm, _FREE))
    return (*fixed, *counted, "source_sha256", *(free if with_texts else ()))


def render_jsonl(over: HandOver, *, with_texts: bool = False) -> str:
    """Give the hand-over as lines of JSON, the first of which tells what it holds."""
    names = columns(over, with_texts=with_texts)
    head = {
        "schema": SCHEMA,
        "columns": names,
        "rounds": [_round(over, one) for one in over.rounds],
        "files_of_nobody": over.unplaced,
    }
    lines = [head, *(_record(row, names) for row in over.rows)]
    return "".join(_json(line) + "\n" for line in lines)


def render_csv(over: HandOver, *, with_texts: bool = False) -> str:
    """Give the rows as CSV."""
    names = columns(over, with_texts=with_texts)
    return _csv(names, (list(_record(row, names).values()) for row in over.rows))


def render_left_out(over: HandOver) -> str:
    """Give the organisations that are not in it as CSV; with no rows below the header for none."""
    return _csv(_LEFT_OUT, _left_out(over))


def render_plan(over: HandOver, *, with_texts: bool = False) -> WorkbookPlan:
    """Give the rows, and the organisations that are not in it, as the sheets of a workbook."""
    names = columns(over, with_texts=with_texts)
    norms = [one.norm for one in over.rounds]
    dates = {one.key for norm in norms for one in norm.fields if one.kind is FieldKind.DATE}
    rows = [
        [date.fromisoformat(v) if v and k in dates else v for k, v in _record(row, names).items()]
        for row in over.rows
    ]
    made_on = max((one.reference_date for one in over.rounds), default=date(2000, 1, 1))
    left_out = PlainTable(_LEFT_OUT, _left_out(over))
    return hand_over_plan(made_on, PlainTable(names, rows), left_out)


def begins_a_hand_over(head: str) -> bool:
    """Tell whether a text that begins with ``head`` is a CSV or JSONL made here."""
    return head.startswith((";".join((*_ABOUT_ROUND, "")), f'{{"schema":"{SCHEMA.split("/")[0]}/'))


def lines_of(over: HandOver) -> Iterator[str]:
    """Say for the operator, in Dutch, what is in the hand-over and what is not."""
    for round_ in over.rounds:
        missing = [one for one in over.left_out if one.round is round_]
        total = len(round_.organisations)
        verb = "telt" if total - len(missing) == 1 else "tellen"
        yield f"{round_.name}: {total - len(missing)} van de {total} organisaties {verb} mee."
        by_reason: dict[str, list[str]] = {}
        for one in missing:
            who = f"{one.organisation.name} ({one.organisation.code})"
            by_reason.setdefault(one.reason.value, []).append(who)
        for reason, names in by_reason.items():
            yield f"{sentence_start(reason)} ({len(names)}): {', '.join(names)}."
    if over.unplaced == 1:
        yield "1 bestand is van geen organisatie van de ronde. Het telt niet mee."
    elif over.unplaced:
        them = f"{over.unplaced} bestanden"
        yield f"{them} zijn van geen organisatie van de ronde. Ze tellen niet mee."


def guarded(text: str) -> str:
    """Give ``text`` so that no spreadsheet takes it for a formula: with ``'`` in front of that.

    Any text that begins with = + - @, a tab or the end of a line, perhaps after apostrophes.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Give what :func:`guarded` was given."""
    return text[1:] if text[:1] == "'" and _LIKE_A_FORMULA.match(text) else text


# -- parts -----------------------------------------------------------------------------------

_ABOUT_ROUND = ("norm", "edition", "round")
_ABOUT_ORGANISATION = ("organisation", "organisation_name", "kind", "riec", "safety_region")
_LEFT_OUT = (*_ABOUT_ROUND, *_ABOUT_ORGANISATION, "reason")


def _left_out(over: HandOver) -> list[list[str | None]]:
    return [
        [
            *_of_round(one.round).values(),
            *_of_organisation(one.organisation).values(),
            one.reason.value,
        ]
        for one in over.left_out
    ]


def _of_round(one: Round) -> dict[str, str]:
    return dict(zip(_ABOUT_ROUND, (one.norm.code, one.norm.edition, one.name), strict=True))


def _of_organisation(one: Organisation) -> dict[str, Any]:
    riec = one.region.name if one.region.riec else None
    values = (one.code, one.name, one.kind.code, riec, one.safety_region or None)
    return dict(zip(_ABOUT_ORGANISATION, values, strict=True))


def _keys(norm: Norm, kinds: Sequence[FieldKind]) -> list[str]:
    return [one.key for one in norm.fields if one.kind in kinds]


def _read(layout: Layout, slot: RowSlot, one: Field, value: Value) -> str | None:
    """Read an answer: a label, a date as ISO, or a text; ``None`` when it is empty or useless."""
    read = kind_of(layout.norm, layout.round, one, part=slot.part).parse(value)
    if isinstance(read, Problem):
        return None
    return read.isoformat() if isinstance(read, date) else read or None


def _round(over: HandOver, round_: Round) -> dict[str, Any]:
    missing = [one for one in over.left_out if one.round is round_]
    return {
        **_of_round(round_),
        "organisations": len(round_.organisations),
        "counted": len(round_.organisations) - len(missing),
        "left_out": [
            {**_of_organisation(one.organisation), "reason": one.reason.value} for one in missing
        ],
    }


def _record(row: AnswerRow, names: Iterable[str]) -> dict[str, str | None]:
    own = {**row.values, **row.texts, "source_sha256": row.source_sha256}
    return {name: getattr(row, name) if name in _FIXED else own.get(name) for name in names}


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a character, which a damaged text can hold, has no form in UTF-8.
    return text if _encodes(text) else json.dumps(value, separators=(",", ":"))


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _csv(names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([guarded(value or "") for value in row])
    return out.getvalue()
