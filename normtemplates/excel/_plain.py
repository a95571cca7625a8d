r"""The fast lane for cells and shared strings in the plain form in which clients write them.

Nearly all cells of an honest file look like ``<c r="B4" s="3" t="s"><v>17</v></c>``, and one
regular expression takes them apart with a third of what expat's callbacks cost; a whole file is
read in four fifths of the time. So that nothing is read otherwise than expat would:

* the rows are those of one ``sheetData``, where expat says that it begins, without carriage
  returns, other entities than XML's own or characters that XML forbids;
* every character between the tags of ``sheetData`` or ``sst`` must belong to a cell, a string
  or the tag of a row: each cell in exactly this form, its attributes at most once;
* what is left when they are taken out, the tags of the rows included, goes to expat.

Whatever is not so, or is damaged in any way, goes to expat as a whole: ``None`` here, or
:class:`NotPlain`. A test holds both ways against each other.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from normtemplates.excel._cells import COUNTED_FROM, LONGEST_FORMULA, Rows, Shared, cell_value
from normtemplates.excel._grid import column
from normtemplates.excel._strings import MAX_STRINGS, decoded, plain, shared_strings
from normtemplates.model.submission import Cell, CellKind

MAX_PLAIN: Final = 4 * 1024 * 1024
"""Bytes of a part that may go this way: it needs memory for a second copy."""

# Cells: groups are row tag, column, row, format, type, formula attributes, formula, value.
_CELL: Final = re.compile(
    rb'(<row r="[^<>]*>|</row>)'
    rb'|<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]{1,9})")?'
    rb"(?:/>|>"
    rb'(?:<f((?: t="(?:shared|array|normal)")?(?: aca="[a-z01]{1,5}")?(?: ref="[A-Z0-9:]{1,30}")?'
    rb'(?: ca="[a-z01]{1,5}")?(?: si="[0-9]{1,9}")?)(?:/>|>([^<]*+)</f>))?'
    rb"(?:<v>([^<]*+)</v>)?</c>)"
)
_CELL_FIELDS: Final = 9  # eight groups and what stands between two matches

# Strings: groups are "blanks count", the text, and an item that is written otherwise.
_STRING: Final = re.compile(
    rb'<si><t( xml:space="preserve")?>([^<]*+)</t></si>|(<si>(?!<t[ >]).*?</si>)', re.DOTALL
)
_STRING_FIELDS: Final = 4

_TEXT: Final = CellKind.TEXT
_FORBIDDEN: Final = bytes(set(range(32)) - {9, 10})
_OTHER_ENTITY: Final = re.compile(rb"&(?!(?:quot|amp|gt|lt|apos|#10);)")
_ENTITIES: Final = (  # the ampersand last, so that nothing is undone twice
    (b"&quot;", b'"'),
    (b"&gt;", b">"),
    (b"&lt;", b"<"),
    (b"&apos;", b"'"),
    (b"&#10;", b"\n"),
    (b"&amp;", b"&"),
)


class NotPlain(Exception):  # noqa: N818 - says which way to go, not that something is wrong
    """Sends a part the other way; never leaves the reader."""


class PlainRows(NamedTuple):
    """The fields of all cells, and the part without them; ``place`` is where its rows begin."""

    rest: bytes
    place: int
    fields: list[bytes | None]


def split_rows(data: bytes) -> PlainRows | None:
    """Take the cells out of a worksheet part; ``None`` when they are not all plain.

    Whether the rows truly begin at ``place`` is for the caller to see, from expat.
    """
    place = data.find(b"<sheetData>")
    first, last = place + len(b"<sheetData>"), data.rfind(b"</sheetData>")
    middle = _stretch(data, first, last) if place >= 0 else None
    if middle is None:
        return None
    fields: list[bytes | None] = list(_CELL.split(middle))
    if any(fields[::_CELL_FIELDS]):
        return None
    tags = b"".join([tag for tag in fields[1::_CELL_FIELDS] if tag])
    return PlainRows(data[:first] + tags + data[last:], place, fields)


def fill_rows(plain_rows: PlainRows, shared: Shared, found: Rows) -> None:
    """Put the cells into ``found``, which expat has seen the rows of.

    Raises:
        NotPlain: a cell is not so plain after all.
        TroubleError: a cell is damaged, or there are too many.
    """
    fields = plain_rows.fields
    cells, strings, purse, columns = found.cells, shared.strings_of_bytes, shared.purse, _COLUMNS
    locks = shared.locks_of_bytes
    new = tuple.__new__
    count = number = 0
    digits: bytes | None = None
    try:
        for tag, letters, row, style, written, attributes, inner, raw in zip(
            *(fields[index::_CELL_FIELDS] for index in range(1, _CELL_FIELDS)), strict=True
        ):
            if letters is None:
                digits = None  # nothing may stand outside a row
                if tag is not None and tag != b"</row>" and not tag.endswith(b"/>"):
                    digits = tag[8 : tag.index(b'"', 8)]
                    if not digits.isdigit():
                        raise NotPlain
                    number = int(digits)
                continue
            if row != digits or written == b"inlineStr":
                raise NotPlain
            formula = None
            if attributes is not None:
                formula = ""
                if inner is not None and len(attributes) + len(inner) + 3 <= LONGEST_FORMULA:
                    formula = decoded(_decoded(inner))
                    if len(formula) > COUNTED_FROM:
                        purse.text(len(formula))
            if written == b"s":
                kind, text = _TEXT, strings[raw or b""]
            else:
                value = None if raw is None else _decoded(raw)
                kind, text = cell_value(written and written.decode(), value, None, purse)
            place = columns.get(letters) or _column(letters)
            cells[number, place] = new(Cell, (number, place, kind, text, formula, locks[style]))
            count += 1
    except (
        KeyError,
        UnicodeDecodeError,
    ):  # a string or a format that is not there, or an index written otherwise
        raise NotPlain from None
    if len(cells) != count:
        raise NotPlain
    purse.cells(count)


def plain_strings(data: bytes, part: str) -> dict[str, str] | None:
    """Read a shared strings part; ``None`` when it is not written plainly.

    Items of rich text go to expat, together and in their order.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    first, last = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
    before = 2 if data.startswith(b"<?xml") else 1
    if first < 0 or data.count(b"<", 0, first) != before or data[last:].strip() != b"</sst>":
        return None  # something else than the tag of the list stands before or behind
    middle = _stretch(data, first, last)
    if middle is None or b"<!" in middle or b"<?" in middle:
        return None
    fields: list[bytes | None] = list(_STRING.split(middle))
    if any(fields[::_STRING_FIELDS]):
        return None
    others = fields[3::_STRING_FIELDS]
    rest = b"".join([data[:first], *filter(None, others), data[last:]])
    found = shared_strings(rest, part)
    if len(fields) // _STRING_FIELDS > MAX_STRINGS or len(found) != sum(map(bool, others)):
        return None
    rich = iter(found.values())
    texts = [
        next(rich) if raw is None else plain(_decoded(raw), "preserve" if space else None)
        for space, raw in zip(fields[1::_STRING_FIELDS], fields[2::_STRING_FIELDS], strict=True)
    ]
    return {str(index): text for index, text in enumerate(texts)}


def _stretch(data: bytes, first: int, last: int) -> bytes | None:
    """Give a stretch of a part; ``None`` if expat would see it otherwise, or refuse it."""
    if last < first or len(data) > MAX_PLAIN:
        return None
    stretch = data[first:last]
    if (
        len(stretch.translate(None, _FORBIDDEN)) != len(stretch)
        or (b"]" in stretch and b"]]>" in stretch)
        or b"\xef" in stretch  # U+FFFE and U+FFFF, and others that are as rare
        or _OTHER_ENTITY.search(stretch)
    ):
        return None
    try:
        if not stretch.isascii():
            stretch.decode()
    except UnicodeDecodeError:
        return None
    return stretch


def _decoded(raw: bytes) -> str:
    """Decode a text of a stretch, and undo the entities that may stand in one."""
    if b"&" in raw:
        for entity, character in _ENTITIES:
            raw = raw.replace(entity, character)
    return raw.decode()


_COLUMNS: Final[dict[bytes, int]] = {}


def _column(letters: bytes) -> int:
    _COLUMNS[letters] = column(letters.decode())
    return _COLUMNS[letters]
