"""Telling what stands on a sheet of our own from what somebody typed on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.plan import Content, Formula, Item, Link, Rich, SheetPlan
from normtemplates.model.submission import Cell, CellKind

_LONG = 6  # letters from which a text of ours is known wherever it stands
_LITERAL = re.compile('"((?:[^"]|"")*)"')
_REFERENCE = re.compile(r"(?:'[^']*'!|[^\W\d]\w*!)?\$?[A-Z]{1,3}\$?\d+")
_COUNTED = "0123456789 .,-–"


class Own:
    """The content of a sheet of ours, drawn anew, to hold cells of a returned file against.

    A text counts as ours where we put it, and a long one also elsewhere, since somebody may have
    inserted a row. A formula counts as ours in the place of one, or when one of ours is like it.
    A value in the place of a formula counts as ours when that formula could have given it: some
    programs keep values only.
    """

    def __init__(self, sheet: SheetPlan) -> None:
        """Take the sheet; answers on it count in their own places only."""
        self._items = sheet.items
        self._places = {(item.row, item.column): item.content for item in sheet.items}

    def holds(self, cell: Cell) -> bool:
        """Tell whether what is in ``cell`` is ours."""
        here = self._places.get((cell.row, cell.column))
        if cell.formula is not None:
            return isinstance(here, Formula) or shape(cell.formula) in self._shapes
        if here is not None and _gives(here, cell):
            return True
        typed = key_of_text(cell.text)
        return len(typed) >= _LONG and typed in self._long

    @cached_property
    def _long(self) -> frozenset[str]:
        locked = (item for item in self._items if item.style.locked)
        return frozenset(key_of_text(text) for item in locked for text in _texts(item))

    @cached_property
    def _shapes(self) -> frozenset[str]:
        formulas = (item.content for item in self._items if isinstance(item.content, Formula))
        return frozenset({shape(formula.text) for formula in formulas})


def shape(formula: str) -> str:
    """Give a formula without its references and spaces: programs write those differently."""
    return re.sub(r"\s|_xlfn\.", "", _REFERENCE.sub("·", formula)).upper()


def same(cell: Cell, text: str) -> bool:
    """Tell whether a cell holds ``text``; case, spaces, and number or text do not count."""
    if cell.kind is CellKind.NUMBER:
        try:
            return float(cell.text) == float(text)
        except ValueError:
            return False
    return key_of_text(cell.text) == key_of_text(text)


def _texts(item: Item) -> Iterator[str]:
    if not isinstance(item.content, Formula):
        text = _text(item.content)
        if text:
            yield text


def _text(content: Content) -> str:
    if isinstance(content, Link):
        return content.text
    if isinstance(content, Rich):
        return "".join(text for text, _ in content.runs)
    return "" if content is None else str(content)


def _gives(content: Content, cell: Cell) -> bool:
    """Tell whether ``content`` can show what is in ``cell``."""
    if isinstance(content, Formula):
        if cell.kind is CellKind.TEXT:
            return _computes(content.text, cell.text)
        return not isinstance(content.value, str)
    return same(cell, _text(content))


def _computes(formula: str, shown: str) -> bool:
    """Tell whether a formula joins its own texts and numbers to ``shown``."""
    rest = shown
    for piece in sorted(_pieces(formula), key=len, reverse=True):
        rest = rest.replace(piece, "")
    return rest != shown and not rest.strip(_COUNTED)


def _pieces(formula: str) -> Iterable[str]:
    return {piece.replace('""', '"') for piece in _LITERAL.findall(formula)} - {""}
