"""Which rows are still open, and which ask for another look: in order, for the list on Start.

A hidden column counts, from the top, how many rows are not complete; it first says 3 at the
third such row. A second one counts on from there the rows that say "Let op". So the k-th is where
our own number k is found, and every program agrees on it: no text is looked up, no array is
needed, and nothing that Excel 2016 lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from normtemplates.layout import look
from normtemplates.layout.chains import advice_formula, said_of
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

# On the hidden sheet: three columns with a line for each row of the overview, then three with
# one for each line of Start's list.
_HEADS = ("open", "norm", "let op", "plaats", "controle", "kolom")
_OPEN, _LABEL, _ADVISED, _PLACE, _SAYS, _COLUMN = range(6)
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

    @property
    def advised(self) -> int:
        """Give how many rows are complete, and ask for another look."""
        return sum(said.startswith(ADVISE) for said in self.says)

    @property
    def advised_formula(self) -> str:
        """Give the formula of :attr:`advised`."""
        last = self.layout.last_row
        return "-".join(on(LISTS, absolute(last, self._at(c))) for c in (_ADVISED, _OPEN))

    def link(self, place: int) -> Formula:
        """Give the link to the ``place``-th row of the list (from 1); shows nothing without one.

        It leads to the cell that Controle speaks of.
        """
        layout, found = self.layout, self._on_list(place, _PLACE)
        column = self._on_list(place, _COLUMN)
        row = f"({found}+{layout.first_row - 1})"
        target = f"{literal('#' + on(layout.sheet, ''))}&{column}&{row}"
        label = f"INDEX({on(LISTS, self._area(_LABEL))},{found})"
        index = self._listed(place)
        return Formula(
            f'IF({found}=0,"",HYPERLINK({target},{label}))',
            "" if index is None else self.labels[index],
            _texts(_Rows(layout)).shown,
        )

    def says_of(self, place: int) -> Formula:
        """Give what Controle says of the ``place``-th row of the list, or nothing."""
        found, says = self._on_list(place, _PLACE), self._on_list(place, _SAYS)
        index = self._listed(place)
        shown = "" if index is None else self.says[index]
        return Formula(f'IF({found}=0,"",{says})', shown, _texts(_Rows(self.layout)).says)

    def put_on(self, sheet: SheetPlan) -> None:
        """Put on the hidden sheet what the list is worked out from."""
        for offset, head in enumerate(_HEADS):
            sheet.put(1, self._at(offset), head, look.KEY)
        self._put_counts(sheet)
        for place in range(1, SHOWN + 1):
            self._put_line(sheet, place)

    def _put_counts(self, sheet: SheetPlan) -> None:
        layout = self.layout
        opened, advised, before, also_before = 0, self.count, "", ""
        total = absolute(layout.last_row, self._at(_OPEN))
        for slot, said, label in zip(layout.rows, self.says, self.labels, strict=True):
            opened += not is_complete(said)
            advised += said.startswith(ADVISE)
            complete = on(layout.sheet, absolute(slot.row, layout.complete_column_of(slot)))
            check = on(layout.sheet, absolute(slot.row, self._check))
            advice = f"IF({advice_formula(check)},1,0)"
            for offset, content in (
                (_OPEN, Formula(f"{before}1-{complete}", opened)),
                (_LABEL, label),
                (_ADVISED, Formula(f"{also_before or total}+{advice}", advised)),
            ):
                sheet.put(slot.row, self._at(offset), content, look.KEY)
            before = f"{address(slot.row, self._at(_OPEN))}+"
            also_before = address(slot.row, self._at(_ADVISED))

    def _put_line(self, sheet: SheetPlan, place: int) -> None:
        layout, index, row = self.layout, self._listed(place), 1 + place
        found = 0 if index is None else layout.rows[index].row - layout.first_row + 1
        says = "" if index is None else self.says[index]
        later = f"IFERROR(MATCH({place},{self._area(_ADVISED)},0),0)"
        text = f"IFERROR(MATCH({place},{self._area(_OPEN)},0),{later})"
        sheet.put(row, self._at(_PLACE), Formula(text, found), look.KEY)
        at = absolute(row, self._at(_PLACE))
        area = absolute_area(layout.first_row, self._check, layout.last_row, self._check)
        text = f'IF({at}=0,"",INDEX({on(layout.sheet, area)},{at}))'
        texts = _texts(_Rows(layout))
        sheet.put(row, self._at(_SAYS), Formula(text, says, texts.says), look.KEY)
        columns = texts.columns
        at = absolute(row, self._at(_SAYS))
        pieces = [
            f"IF(OR({','.join(f'EXACT({at},{literal(t)})' for t in said)}),{literal(column)},"
            for column, said in columns.items()
        ]
        status = column_letters(layout.column_by_key[layout.status_key].column)
        named = (column for column, said in columns.items() if says in said)
        text = f"{''.join(pieces)}{literal(status)}{')' * len(pieces)}"
        outcomes = frozenset({status, *columns})
        sheet.put(row, self._at(_COLUMN), Formula(text, next(named, status), outcomes), look.KEY)

    @property
    def _check(self) -> int:
        layout = self.layout
        return layout.column_by_key[layout.norm.field_of_kind(FieldKind.CHECK).key].column

    def _listed(self, place: int) -> int | None:
        """Give which row is the ``place``-th: first what is open, then what to look at again."""
        says = list(enumerate(self.says))
        listed = [index for index, said in says if not is_complete(said)]
        listed += [index for index, said in says if said.startswith(ADVISE)]
        return listed[place - 1] if place <= len(listed) else None

    def _at(self, offset: int) -> int:
        return _first_column(self.layout) + offset

    def _on_list(self, place: int, offset: int) -> str:
        return on(LISTS, absolute(1 + place, self._at(offset)))

    def _area(self, offset: int) -> str:
        column = self._at(offset)
        return absolute_area(self.layout.first_row, column, self.layout.last_row, column)


def open_rows(layout: Layout, answers: Answers) -> OpenRows:
    """Give the open rows of ``layout`` with ``answers`` filled in."""
    said = (control(layout, slot, layout.row_values(answers, slot)) for slot in layout.rows)
    return OpenRows(layout, tuple(said))


@frozen
class _Texts:
    """What the list can show: the label of each row, and what Controle can say.

    ``columns`` has, by the letters of a column, what Controle says of a cell in it.
    """

    labels: tuple[str, ...]
    shown: frozenset[str]
    says: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]


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
    layout = rows.layout
    slots = layout.rows
    labels = tuple(_short(f"{s.requirement.number} · {s.requirement.text}") for s in slots)
    every = {said_of(c): c.field for slot in slots for c in slot.conditions}
    columns: dict[str, tuple[str, ...]] = {}
    for said, field in sorted(every.items()):
        letters = column_letters(layout.column_by_key[field].column)
        columns[letters] = (*columns.get(letters, ()), said)
    return _Texts(labels, frozenset(labels), frozenset({TO_DO, *every}), columns)


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
