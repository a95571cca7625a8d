"""Two lists in a correction workbook: what was set right, and what has no place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from normtemplates.layout.contract import Layout
from normtemplates.layout.formula_lint import excess
from normtemplates.layout.places import CORRECTIONS, IMPROVED, START, UNPLACED, address, on
from normtemplates.layout.plan import Link, SheetPlan
from normtemplates.layout.tables import FIRST_COLUMN, Bold, TablePage
from normtemplates.layout.typed import Leftover
from normtemplates.model.submission import Submission
from normtemplates.model.texts import Texts, fill

_IMPROVED_WIDTHS = (18, 8, 30, 44, 44, 36)
_UNPLACED_WIDTHS = (22, 10, 100, 48)
_FIRST_ROW = 5  # of the list of what has no place
_LONGEST_SHOWN, _LONGEST_END = 400, 60  # characters of an answer that was set right
_MOST_LINES = 1000  # that a person can still go through
_ROOM = 15_000  # characters that share a line: few enough for a cell, whatever they are
#: The most that one cell holds, in UTF-16 units.
LONGEST_CELL = 32_767


#: What was done to an answer.
What = Literal["label", "spaces", "date", "formula", "emptied", "boolean"]


class Improvement(NamedTuple):
    """An answer that was set right, at its cell in the fresh workbook.

    ``number`` is ``""`` on the cover, ``header`` the header or label; ``was`` and ``now`` are
    shown, ``what`` says what was done.
    """

    sheet: str
    row: int
    column: int
    number: str
    header: str
    was: str
    now: str
    what: What


def improved_sheet(layout: Layout, improvements: Iterable[Improvement], texts: Texts) -> SheetPlan:
    """Draw the list of what was set right, each with a link to its cell."""
    own = texts["herstel"]
    page = TablePage(IMPROVED, _IMPROVED_WIDTHS)
    page.title(own["improved_title"], "", _to_corrections(own))
    page.note(own["improved_intro"])
    page.gap()
    page.header(own["improved_columns"])
    for one in improvements:
        place = on(one.sheet, address(one.row, one.column))
        was, now = (_brief(text, one.what) or own["nothing"] for text in (one.was, one.now))
        page.line(
            (
                Link(f"#{place}", place),
                Bold(one.number),
                one.header,
                was,
                now,
                own[f"improved_{one.what}"],
            )
        )
    return page.done(layout, texts)


def unplaced_sheet(
    layout: Layout, leftovers: Iterable[Leftover], own: Texts, texts: Texts
) -> SheetPlan:
    """Draw the list of what has no place; a text that is too long for a cell takes several.

    ``own`` are the house texts for it: in a correction workbook others than in a new round's.

    Of very many texts those that stand together share a line, or nobody could open the workbook.
    """
    page = TablePage(UNPLACED, _UNPLACED_WIDTHS)
    back = _to_corrections(own) if "to_corrections" in own else _to_start(own)
    page.title(own["unplaced_title"], "", back)
    page.note(own["unplaced_intro"])
    page.gap()
    page.header(own["unplaced_columns"])
    for one in packed(list(leftovers), own["from_to"]):
        for piece in pieces(one.text):
            page.line((Bold(one.sheet), one.cell, piece, one.why))
    return page.done(layout, texts)


def packed(leftovers: Sequence[Leftover], from_to: str) -> Iterator[Leftover]:
    """Give ``leftovers``, and when they are very many those of one sheet and reason together.

    A text then stands behind its cell; ``from_to`` names the first and the last one.
    """
    if len(leftovers) <= _MOST_LINES:
        yield from leftovers
        return
    for (sheet, why), group in groupby(leftovers, key=lambda one: (one.sheet, one.why)):
        lines: list[str] = []
        first = last = ""
        room = _ROOM
        for one in group:
            line = f"{one.cell}: {one.text}"
            if lines and len(line) > room:
                yield _joined(sheet, first, last, lines, why, from_to)
                lines, room = [], _ROOM
            first, last = one.cell if not lines else first, one.cell
            lines.append(line)
            room -= len(line)
        yield _joined(sheet, first, last, lines, why, from_to)


def _joined(
    sheet: str, first: str, last: str, lines: list[str], why: str, from_to: str
) -> Leftover:
    cells = first if first == last else fill(from_to, {"first": first, "last": last})
    return Leftover(sheet, cells, "\n".join(lines), why)


def earlier(submission: Submission) -> Iterator[Leftover]:
    """Give what an earlier correction workbook listed as without a place."""
    sheet = submission.sheet(UNPLACED)
    last = max((row for row, _ in sheet.cells), default=0) if sheet else 0
    for row in range(_FIRST_ROW, last + 1):
        texts = [sheet.text(row, FIRST_COLUMN + place) for place in range(4)] if sheet else []
        if any(text.strip() for text in texts):
            yield Leftover(*texts)


def pieces(text: str) -> Iterator[str]:
    """Cut ``text`` into pieces that each fit in a cell; most texts are one piece."""
    while excess(text, LONGEST_CELL):
        # A character beyond the basic plane takes two units and must not be cut in two.
        end = LONGEST_CELL
        while excess(text[:end], LONGEST_CELL):
            end -= excess(text[:end], LONGEST_CELL) - LONGEST_CELL + 1 >> 1
        yield text[:end]
        text = text[end:]
    yield text


def _to_corrections(own: Texts) -> Link:
    return Link(f"#{on(CORRECTIONS, address(1, 1))}", own["to_corrections"])


def _to_start(own: Texts) -> Link:
    return Link(f"#{on(START, address(1, 1))}", own["to_start"])


def _brief(text: str, what: What) -> str:
    """Give both ends of a text, which stands whole in its cell; quoted where spaces matter."""
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[: _LONGEST_SHOWN - _LONGEST_END]} … {text[-_LONGEST_END:]}"
    return f"‘{text}’" if text and what in ("label", "spaces") else text
