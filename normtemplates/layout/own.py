"""Telling what stands on a sheet of our own from what somebody typed on it."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from normtemplates.layout.hidden import TEXTS
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import META
from normtemplates.layout.plan import Content, Formula, Item, Link, Rich, SheetPlan
from normtemplates.model.submission import Cell, CellKind, Submission

_LONG = 6  # letters from which a text of ours is known wherever it stands
_ALIKE, _SHORTEST_ALIKE = 60, 5  # of 100, and letters, from which a text is that of another version
_LITERAL = re.compile('"((?:[^"]|"")*)"')
_REFERENCE = re.compile(r"(?:'[^']*'!|[^\W\d]\w*!)?\$?[A-Z]{1,3}\$?\d+")
_COUNTED = "0123456789 .,-–"


class Own:
    """The content of a sheet of ours, drawn anew, to hold cells of a returned file against.

    A text counts as ours where we put it, and a long one also elsewhere, since somebody may have
    inserted a row. A formula counts as ours in the place of one, or when one of ours is like it.
    A value in the place of a formula counts as ours when that formula could have given it: some
    programs keep values only. Rows that were put in or taken out move what stands below them; by
    how much, the long texts of ours nearby tell.
    """

    def __init__(self, sheet: SheetPlan, returned: Mapping[tuple[int, int], Cell]) -> None:
        """Take the sheet, and all cells of the ``returned`` one by row and column.

        Answers count in their own places only.
        """
        self._returned = returned
        self._items = sheet.items
        self._places = {(item.row, item.column): item.content for item in sheet.items}

    def holds(self, cell: Cell) -> bool:
        """Tell whether what is in ``cell`` is ours."""
        here = self._places.get((cell.row, cell.column))
        if cell.formula is not None:
            there = (here, *self._moved(cell))
            return shape(cell.formula) in self._shapes or any(isinstance(c, Formula) for c in there)
        if here is not None and _gives(here, cell):
            return True
        typed = key_of_text(cell.text)
        if len(typed) >= _LONG and typed in self._long:
            return True
        return any(_gives(content, cell) for content in self._moved(cell))

    def resembles(self, cell: Cell) -> bool:
        """Tell whether a text is much like ours in its place, and so that of another version."""
        from rapidfuzz import fuzz  # only old files need it

        typed = key_of_text(cell.text)
        if cell.formula is not None or len(typed) < _SHORTEST_ALIKE:
            return False
        here = [self._places.get((cell.row, cell.column)), *self._moved(cell)]
        texts = [key_of_text(_text(one)) for one in here if not isinstance(one, Formula)]
        return any(typed in text or fuzz.ratio(typed, text) >= _ALIKE for text in texts if text)

    def has_place(self, cell: Cell) -> bool:
        """Tell whether something of ours belongs where ``cell`` is."""
        here = [self._places.get((cell.row, cell.column)), *self._moved(cell)]
        return any(content is not None for content in here)

    def _moved(self, cell: Cell) -> Iterator[Content]:
        """Give what we put where ``cell`` came from, going by the rows around it."""
        place = bisect_right(self._anchors, cell.row, key=lambda one: one[0])
        near = self._anchors[max(place - 1, 0) : place + 1]
        for by in dict.fromkeys(by for _, by in near if by):
            content = self._places.get((cell.row + by, cell.column))
            if content is not None:
                yield content

    @cached_property
    def _anchors(self) -> list[tuple[int, int]]:
        """The returned rows with a text that we have once, and by how much ours is further down."""
        seen: dict[tuple[str, int], list[int]] = {}
        for item in self._items:
            text = key_of_text(fixed_text(item)) if item.style.locked else ""
            if len(text) >= _LONG:
                seen.setdefault((text, item.column), []).append(item.row)
        anchors = {}
        for (row, column), cell in self._returned.items():
            rows = seen.get((key_of_text(cell.text), column), ())
            if len(rows) == 1:
                anchors[row] = rows[0] - row
        return sorted(anchors.items())

    @cached_property
    def _long(self) -> frozenset[str]:
        texts = (fixed_text(item) for item in self._items if item.style.locked)
        return frozenset(map(key_of_text, texts))

    @cached_property
    def _shapes(self) -> frozenset[str]:
        formulas = (item.content for item in self._items if isinstance(item.content, Formula))
        return frozenset({shape(formula.text) for formula in formulas})


def digest_of(sheets: Iterable[SheetPlan]) -> str:
    """Give a digest of all fixed texts on ``sheets``; it stands in each workbook.

    By it one can tell on return whether a text that differs was typed, or was ours at the time.
    """
    digest = hashlib.sha256()
    for sheet in sheets:
        for item in sheet.items:
            if item.style.locked and (text := fixed_text(item)):
                digest.update(f"{sheet.name}|{item.row}|{item.column}|{text}\n".encode())
    return digest.hexdigest()[:16]


def has_texts_of(submission: Submission, sheets: Iterable[SheetPlan]) -> bool:
    """Tell whether a returned file was issued with just the fixed texts of ``sheets``."""
    meta = submission.sheet(META)
    rows = {row for row, _ in meta.cells} if meta else set()
    said = {meta.text(row, 2) for row in rows if meta and meta.text(row, 1) == TEXTS}
    return said == {digest_of(sheet for sheet in sheets if sheet.name != META)}


def shape(formula: str) -> str:
    """Give a formula without its references and spaces: programs write those differently."""
    return re.sub(r"\s|_xlfn\.", "", _REFERENCE.sub("·", formula)).upper()


def is_zero(cell: Cell) -> bool:
    """Tell whether a cell holds the number 0."""
    return cell.kind is CellKind.NUMBER and float(cell.text) == 0


def same(cell: Cell, text: str) -> bool:
    """Tell whether a cell holds ``text``; case, spaces, and number or text do not count."""
    if cell.kind is CellKind.NUMBER:
        try:
            return float(cell.text) == float(text)
        except ValueError:
            return False
    return key_of_text(cell.text) == key_of_text(text)


def fixed_text(item: Item) -> str:
    """Give the text of a cell that does not compute; ``""`` where there is none."""
    return "" if isinstance(item.content, Formula) else _text(item.content)


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
            return cell.text in content.outcomes or _computes(content.text, cell.text)
        # Some programs write 0 where they cannot say what a formula came to.
        return not isinstance(content.value, str) or is_zero(cell)
    return same(cell, _text(content))


def _computes(formula: str, shown: str) -> bool:
    """Tell whether a formula joins its own texts and numbers to ``shown``."""
    rest = shown
    for piece in sorted(_pieces(formula), key=len, reverse=True):
        rest = rest.replace(piece, "")
    return rest != shown and not rest.strip(_COUNTED)


def _pieces(formula: str) -> Iterable[str]:
    return {piece.replace('""', '"') for piece in _LITERAL.findall(formula)} - {""}
