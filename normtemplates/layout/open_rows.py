"""Which rows are still open: the next ones, in order, for the list on Start.

A hidden column counts, from the top, how many rows are not complete; it first says 3 at the
third such row. So the k-th is where our own number k is found, and every program agrees on it:
no text is looked up, no array is needed, and nothing that Excel 2016 lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from normtemplates.layout import look
from normtemplates.layout.chains import said_of
from normtemplates.layout.contract import (
    ADVISE,
    TO_DO,
    Layout,
    control,
    is_complete,
)
from normtemplates.layout.keys import literal
from normtemplates.layout.lists import lists_of
from normtemplates.layout.measure import text_width
from normtemplates.layout.places import LISTS, absolute, absolute_area, address, column_letters, on
from normtemplates.layout.plan import Formula, SheetPlan
from normtemplates.model.answers import Answers
from normtemplates.model.norm import FieldKind

#: How many open rows Start shows, and the characters that its column of them is wide.
SHOWN, WIDTH = 10, 40.0

_HEADS = ("open", "norm", "plaats")  # on the hidden sheet
_TIGHT = 0.95  # of the width that a label may fill


@frozen(eq=False)
class OpenRows:
    """Where the list of open rows is worked out, and what it comes to for some answers.

    ``says`` is what Controle says of every row, in order.
    """

    layout: Layout
    says: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Give number and beginning of every norm, as much as fits Start's column."""
        return _texts(_Rows(self.layout)).labels

    @property
    def count(self) -> int:
        """Give how many rows are open."""
        return sum(not is_complete(said) for said in self.says)

    def link(self, place: int) -> Formula:
        """Give the link to the ``place``-th open row (from 1); shows nothing when there is none."""
        layout, found = self.layout, self._found(place)
        column = column_letters(layout.column_by_key[layout.status_key].column)
        target = f"{literal('#' + on(layout.sheet, column))}&({found}+{layout.first_row - 1})"
        label = f"INDEX({self._area(1)},{found})"
        index = self._open(place)
        return Formula(
            f'IF({found}=0,"",HYPERLINK({target},{label}))',
            "" if index is None else self.labels[index],
            _texts(_Rows(layout)).shown,
        )

    def says_of(self, place: int) -> Formula:
        """Give what Controle says of the ``place``-th open row, or nothing."""
        layout, found = self.layout, self._found(place)
        column = layout.column_by_key[layout.norm.field_of_kind(FieldKind.CHECK).key].column
        area = on(layout.sheet, absolute_area(layout.first_row, column, layout.last_row, column))
        index = self._open(place)
        return Formula(
            f'IF({found}=0,"",INDEX({area},{found}))',
            "" if index is None else self.says[index],
            _texts(_Rows(layout)).says,
        )

    def put_on(self, sheet: SheetPlan) -> None:
        """Put the counting column, the labels and the places on the hidden sheet."""
        layout, first = self.layout, _first_column(self.layout)
        for offset, head in enumerate(_HEADS):
            sheet.put(1, first + offset, head, look.KEY)
        counted, before = 0, ""
        for slot, said, label in zip(layout.rows, self.says, self.labels, strict=True):
            counted += not is_complete(said)
            complete = on(layout.sheet, absolute(slot.row, layout.complete_column_of(slot)))
            formula = f"{before}1-{complete}"
            sheet.put(slot.row, first, Formula(formula, counted), look.KEY)
            sheet.put(slot.row, first + 1, label, look.KEY)
            before = f"{address(slot.row, first)}+"
        for place in range(1, SHOWN + 1):
            index = self._open(place)
            row = 0 if index is None else layout.rows[index].row - layout.first_row + 1
            text = f"IFERROR(MATCH({place},{self._area(0, own=True)},0),0)"
            sheet.put(1 + place, first + 2, Formula(text, row), look.KEY)

    def _open(self, place: int) -> int | None:
        """Give which row is the ``place``-th open one."""
        opened = [index for index, said in enumerate(self.says) if not is_complete(said)]
        return opened[place - 1] if place <= len(opened) else None

    def _found(self, place: int) -> str:
        return on(LISTS, absolute(1 + place, _first_column(self.layout) + 2))

    def _area(self, offset: int, *, own: bool = False) -> str:
        column = _first_column(self.layout) + offset
        area = absolute_area(self.layout.first_row, column, self.layout.last_row, column)
        return area if own else on(LISTS, area)


def open_rows(layout: Layout, answers: Answers) -> OpenRows:
    """Give the open rows of ``layout`` with ``answers`` filled in."""
    said = (control(layout, slot, layout.row_values(answers, slot)) for slot in layout.rows)
    return OpenRows(layout, tuple(said))


@frozen
class _Texts:
    """What the list can show: the label of each row, and what Controle can say."""

    labels: tuple[str, ...]
    shown: frozenset[str]
    says: frozenset[str]


class _Rows:
    """A layout as a key of the cache: equal when it has the same rows, so the same texts."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def __hash__(self) -> int:
        return hash(self.layout.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rows) and other.layout.rows is self.layout.rows


@lru_cache(maxsize=16)
def _texts(rows: _Rows) -> _Texts:
    slots = rows.layout.rows
    labels = tuple(_short(f"{s.requirement.number} · {s.requirement.text}") for s in slots)
    every = {said_of(condition) for slot in slots for condition in slot.conditions}
    says = {said for said in every if not said.startswith(ADVISE)}
    return _Texts(labels, frozenset(labels), frozenset({TO_DO, *says}))


def _short(text: str) -> str:
    """Cut ``text`` after a word, so that it fits with an ellipsis."""
    room = WIDTH * 7 * _TIGHT
    words = text.split()
    if text_width(" ".join(words), look.LINKED) <= room:
        return " ".join(words)
    while len(words) > 1 and text_width(_ended(words), look.LINKED) > room:
        words.pop()
    return _ended(words)


def _ended(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(".,:;(–- ") + " …"


def _first_column(layout: Layout) -> int:
    """Give the first column right of the lists that the dropdowns use."""
    return len(tuple(lists_of(layout.norm, layout.round))) + 1
