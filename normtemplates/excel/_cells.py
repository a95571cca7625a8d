"""The rows and cells of one worksheet: the part of the reader that decides its speed.

It takes over the parser at ``sheetData`` (ECMA-376 part 1, 18.3.1.80) and gives it back at
its end. There it knows every element that may stand in it and refuses any other: a cell that
cannot be placed must not vanish.
"""

from __future__ import annotations

import re
from math import isinf
from typing import Final
from xml.parsers import expat

from normtemplates.excel._grid import COLUMNS, LAST_COLUMN, LAST_ROW, column, row, truth, whole
from normtemplates.excel._purse import Purse
from normtemplates.excel._strings import decoded, plain
from normtemplates.excel._walk import SPACE, collector, damaged
from normtemplates.model.submission import Cell, CellKind
from normtemplates.package import gate

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DATE: Final = re.compile(
    r"-?[0-9]{4,}-[01][0-9](?:-[0-3][0-9])?(?:T[0-9:.]+)?(?:Z|[+-][0-9:]+)?|T?[0-9]{2}:[0-9:.]+Z?"
)
LONGEST_FORMULA: Final = 256
"""Bytes of a formula in the file, its tag included, whose text is kept.

Of a longer one it is known that it stands there: the overview's own take up most of the file,
nobody needs their text, and to unpack it costs more than all that is read besides.
"""

_HEIGHTS: Final = 1_000  # row heights that are remembered: most rows have one of a few
_LONGEST_NUMBER: Final = 255  # characters; Excel writes 24 at most
COUNTED_FROM: Final = 32
"""Characters of a text of one cell that are counted: shorter ones cannot add up to much."""

# Where in the rows we are.
_DATA, _ROW, _CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN, _RUN_TEXT = range(9)


class Shared:
    """What the cells of all sheets of a workbook look up, and how much they may still hold."""

    def __init__(self, strings: dict[str, str], locked: dict[str, bool], purse: Purse) -> None:
        """Take the shared strings and the formats, both by index as written."""
        self.strings = strings
        self.locked = locked
        self.purse = purse
        self.strings_of_bytes = {index.encode(): text for index, text in strings.items()}
        self.locks_of_bytes: dict[bytes | None, bool] = {None: self.lock("0")}
        self.locks_of_bytes.update({index.encode(): lock for index, lock in locked.items()})

    def string(self, written: str) -> str:
        """Give the shared string whose index is not written in the plain way.

        Raises:
            TroubleError: there is none.
        """
        found = self.strings.get(str(whole(written)))
        if found is None:
            raise damaged("Een cel verwijst naar een tekst die er niet is.")
        return found

    def lock(self, written: str) -> bool:
        """Give whether the format locks whose index is not written in the plain way.

        Raises:
            TroubleError: there is none.
        """
        found = self.locked.get(str(whole(written)))
        if found is None:
            raise damaged("Een cel verwijst naar een opmaakstijl die er niet is.")
        return found


class Rows:
    """What was found in the rows of one sheet; ``listed`` only if the sheet hides all others."""

    def __init__(self) -> None:
        """Begin empty."""
        self.cells: dict[tuple[int, int], Cell] = {}
        self.hidden: set[int] = set()
        self.listed: set[int] | None = None
        self.last = 0


def read_rows(
    parser: expat.XMLParserType, main: str, size: int, shared: Shared, found: Rows
) -> None:
    """Take over the parser inside ``sheetData`` until its end; called from a handler.

    ``main`` is the namespace with a space behind it, ``size`` that of the part. All refusals
    are raised from the handlers.
    """
    lent = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
    skipper = gate.Skipper(parser)
    pieces: list[str] = []
    runs: list[str] = []
    heights: dict[str, bool] = {}
    clear = pieces.clear
    tag_row, tag_cell, tag_value = f"{main}row", f"{main}c", f"{main}v"
    tag_formula, tag_inline = f"{main}f", f"{main}is"
    tag_text, tag_run, tag_extension = f"{main}t", f"{main}r", f"{main}extLst"
    cells, strings, locks, purse = found.cells, shared.strings, shared.locked, shared.purse
    new = tuple.__new__
    inside = _DATA
    count = row_count = number = width = place = begun = 0
    digits = ""
    written: str | None = None
    value: str | None = None
    formula: str | None = None
    space: str | None = None
    locked: bool | None = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, place, written, value, formula, space, locked, begun
        if name == tag_cell and inside == _ROW:
            inside = _CELL
            reference = attributes.get("r")
            if reference is None:
                place += 1
                if place > LAST_COLUMN:
                    raise damaged("Een cel ligt buiten het blad.")
            elif reference[-width:] == digits:
                letters = reference[:-width]
                place = COLUMNS.get(letters) or column(letters)
            else:
                raise damaged("Een cel staat in een andere rij dan zij zegt.")
            style = attributes.get("s", "0")
            locked = locks.get(style)
            if locked is None:
                locked = shared.lock(style)
            if len(attributes) > gate.MAX_ATTRIBUTES:
                raise gate.too_many_attributes()
            written = attributes.get("t")
            value = formula = None
        elif name == tag_value and inside == _CELL and value is None and written != "inlineStr":
            inside = _VALUE
            space = attributes.get(SPACE) if attributes else None
            clear()
        elif name == tag_formula and inside == _CELL and formula is None:
            inside = _FORMULA
            begun = parser.CurrentByteIndex
            clear()
        elif name == tag_row and inside == _DATA:
            row_begins(attributes)
        elif name == tag_inline and inside == _CELL and value is None and written == "inlineStr":
            inside = _INLINE
            runs.clear()
        elif inside in (_INLINE, _RUN):
            in_inline(name, attributes)
        elif name == tag_extension and inside in (_ROW, _CELL):
            skipper.skip()
        else:
            raise damaged("Tussen de cellen staat iets wat daar niet hoort.")

    def row_begins(attributes: dict[str, str]) -> None:
        nonlocal inside, number, digits, width, place
        inside = _ROW
        number += 1
        digits = str(number)
        given = attributes.get("r", digits)
        if given != digits or number > LAST_ROW:
            number = row(given)
            digits = str(number)
        width = len(digits)
        place = 0
        if len(attributes) > gate.MAX_ATTRIBUTES:
            raise gate.too_many_attributes()
        hidden = attributes.get("hidden")
        height = attributes.get("ht")
        if height is not None:
            zero = heights.get(height)
            if zero is None:
                zero = is_zero(height)
                if len(heights) < _HEIGHTS:
                    heights[height] = zero
            if zero:
                found.hidden.add(number)
        if hidden is not None and truth(hidden):
            found.hidden.add(number)
        if found.listed is not None:
            found.listed.add(number)
        found.last = max(found.last, number)

    def in_inline(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, space
        if name == tag_text:
            space = attributes.get(SPACE)
            inside = _TEXT if inside == _INLINE else _RUN_TEXT
            clear()
        elif name == tag_run and inside == _INLINE:
            inside = _RUN
        elif gate.local(name) in ("t", "r", "is"):
            raise damaged("Tussen de cellen staat iets wat daar niet hoort.")
        else:
            skipper.skip()  # formatting and phonetic hints

    def end(name: str) -> None:
        nonlocal inside, count, row_count, value, formula
        if inside == _VALUE:
            value = pieces[0] if len(pieces) == 1 else "".join(pieces)
            inside = _CELL
        elif inside == _CELL:
            inside = _ROW
            count += 1
            if written == "s" and value:
                kind = _TEXT_KIND
                text = strings.get(value)
                if text is None:
                    text = shared.string(value)
            else:
                kind, text = cell_value(written, value, space, purse)
            cells[number, place] = new(Cell, (number, place, kind, text, formula, locked))
        elif inside == _FORMULA:
            formula = ""
            if parser.CurrentByteIndex - begun <= LONGEST_FORMULA:
                formula = decoded("".join(pieces))
                if len(formula) > COUNTED_FROM:
                    purse.text(len(formula))
            inside = _CELL
        elif inside == _ROW:
            inside = _DATA
            if len(cells) != count:
                raise damaged("Een cel komt twee keer voor.")
            purse.row(count - row_count)
            row_count = count
        elif inside == _DATA:
            parser.StartElementHandler, parser.EndElementHandler = lent[0], lent[1]
            parser.CharacterDataHandler = lent[2]
            if lent[1] is not None:
                lent[1](name)
        else:
            inline_ends()

    def keep(text: str) -> None:
        purse.text(len(text))
        runs.append(text)

    def inline_ends() -> None:
        nonlocal inside, value
        if inside == _TEXT:
            keep(plain("".join(pieces), space))
            inside = _INLINE
        elif inside == _RUN_TEXT:
            # Blanks between runs belong to the sentence, preserved or not.
            keep(decoded("".join(pieces)))
            inside = _RUN
        elif inside == _RUN:
            inside = _INLINE
        else:
            value = "".join(runs)
            inside = _CELL

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = collector(pieces, size)


_TEXT_KIND: Final = CellKind.TEXT
_NUMBER_KIND: Final = CellKind.NUMBER


def cell_value(
    written: str | None, value: str | None, space: str | None, purse: Purse
) -> tuple[CellKind, str]:
    """Give kind and text of a cell from its type and the text of its value.

    ``written`` is the type (ECMA-376 part 1, 18.18.11), ``None`` for a number, and never that
    of a shared string with an index; ``value`` is ``None`` where the cell has no value, ``""``
    where it has one without text; ``space`` is the ``xml:space`` of the value.

    Raises:
        TroubleError: the value is not of that type, or there is too much text.
    """
    if not value:
        if value is not None and written in ("str", "inlineStr"):
            return _TEXT_KIND, ""
        # Writers that do not calculate leave a formula an empty value.
        if written in _TYPES and (value is None or written != "s"):
            return CellKind.EMPTY, ""
        raise damaged("De waarde van een cel is niet te lezen.")
    if written is None or written == "n":
        return _NUMBER_KIND, _number(value)
    if written == "inlineStr":
        return _TEXT_KIND, value  # counted run by run
    if len(value) > COUNTED_FROM:
        purse.text(len(value))
    if written == "str":
        return _TEXT_KIND, plain(value, space)
    value = value.strip()
    if written == "b":
        return CellKind.BOOLEAN, "1" if truth(value) else "0"
    if written == "e":
        return CellKind.ERROR, decoded(value)
    if written == "d" and _DATE.fullmatch(value):
        return CellKind.DATE, value
    raise damaged("De waarde van een cel is niet te lezen.")


_TYPES: Final = frozenset({None, "n", "s", "str", "inlineStr", "b", "e", "d"})


def _number(text: str) -> str:
    """Give a number as written, blanks aside (xsd:double without INF and NaN).

    Raises:
        TroubleError: it is none that Excel can hold.
    """
    found = text.strip()
    if len(found) > _LONGEST_NUMBER or not _NUMBER.fullmatch(found) or isinf(float(found)):
        raise damaged("Een getal is niet te lezen.")
    return found


def is_zero(text: str) -> bool:
    """Tell whether a width or height is nothing.

    Raises:
        TroubleError: it is no number.
    """
    return float(_number(text)) == 0
