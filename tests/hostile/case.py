"""What a hostile file is, and the good return of Voorbeeldstad that most are made from."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from tests.mutations.kind import base
from tests.package.files import Raw, raw_zip

TYPES = "[Content_Types].xml"
ROOT = "_rels/.rels"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
COVER = "xl/worksheets/sheet1.xml"
OVERVIEW = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
CUSTOM = "docProps/custom.xml"
EXTRA = "xl/worksheets/extra.xml"

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Case(NamedTuple):
    """One hostile file.

    ``codes`` are the rules of which at least one must speak, none for a file that is only odd.
    A file that is ``refused`` must be geweigerd; any other must be read as the good return, with
    its answers, unless ``read`` says that it need not be. ``kills`` marks a file that may cost
    its worker, since the library that reads its format has no limits.
    """

    family: str
    name: str
    make: Callable[[], bytes]
    codes: frozenset[str] = frozenset()
    refused: bool = True
    read: bool = True
    kills: bool = False


def case(
    family: str,
    name: str,
    make: Callable[[], bytes],
    codes: str = "",
    *,
    refused: bool = True,
    read: bool = True,
    kills: bool = False,
) -> Case:
    """Give a row of the table; ``codes`` are numbers of rules with blanks between them."""
    found = frozenset(f"NT{number}" for number in codes.split())
    return Case(family, name, make, found, refused, read, kills)


@cache
def _good() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(base("issued"))) as package:
        return {name: package.read(name) for name in package.namelist()}


def good() -> dict[str, bytes]:
    """Give the parts of the good return, to be spoiled."""
    return dict(_good())


def spoiled(changes: Mapping[str, bytes | None], *, packed: bool = True) -> bytes:
    """Give the good return with other parts; ``None`` takes one away.

    The other parts are stored as they are unless ``packed``.
    """
    members = [one for one in raws() if one.name.decode() not in changes]
    members += [
        Raw(name.encode(), data, method=8 if packed else 0)
        for name, data in changes.items()
        if data is not None
    ]
    return raw_zip(members)


def replaced(part: str, old: str, new: str, *, every: bool = False) -> bytes:
    """Give a part of the good return with something else in it, which must be there."""
    data = _good()[part]
    assert old.encode() in data, (part, old)
    return data.replace(old.encode(), new.encode(), -1 if every else 1)


def edited(part: str, old: str, new: str, *, every: bool = False, packed: bool = True) -> bytes:
    """Give the good return with something else in a part."""
    return spoiled({part: replaced(part, old, new, every=every)}, packed=packed)


@cache
def _packed(part: str) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(_good()[part]) + deflater.flush()


def raws() -> list[Raw]:
    """Give the good return as members, to be spoiled one by one."""
    return [Raw(name.encode(), data, packed=_packed(name)) for name, data in _good().items()]


def with_sheet(content: bytes, *, packed: bool = True) -> bytes:
    """Give the good return with one sheet more."""
    entry = '<sheet name="Extra" sheetId="99" r:id="rIdExtra"/></sheets>'
    changes = {
        BOOK: replaced(BOOK, "</sheets>", entry),
        BOOK_RELATIONS: related(BOOK_RELATIONS, f"{_OFFICE}/worksheet", "worksheets/extra.xml"),
        TYPES: typed(f'<Override PartName="/{EXTRA}" ContentType="{_WORKSHEET}"/>'),
        EXTRA: content,
    }
    return spoiled(changes, packed=packed)


def related(part: str, kind: str, target: str, more: str = "") -> bytes:
    """Give a relationships part with one more, called rIdExtra; a kind may be short."""
    kind = kind if "://" in kind else f"{_OFFICE}/{kind}"
    one = f'<Relationship Id="rIdExtra" Type="{kind}" Target="{target}" {more}/>'
    empty = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b"</Relationships>"
    )
    data = _good().get(part, empty)
    return data.replace(b"</Relationships>", f"{one}</Relationships>".encode())


def typed(entry: str) -> bytes:
    """Give the list of types with one entry more."""
    return replaced(TYPES, "</Types>", f"{entry}</Types>")
