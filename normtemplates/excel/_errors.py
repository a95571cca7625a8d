"""Where the error values of an .ods or .xls stand: python-calamine gives them as empty cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from normtemplates.package import biff, compound, gate
from normtemplates.package.archive import MAX_FILE_SIZE, inflate, members

#: By the place of a sheet in the workbook, from 0: row and column from 1, and the error value.
Errors = Mapping[int, Mapping[tuple[int, int], str]]

MAX_ERRORS: Final = 10_000
"""Error values that are told of; an overview has some hundreds of cells."""

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CODES: Final = {  # [MS-XLS] 2.5.198.2
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def errors_in_xls(data: bytes) -> Errors:
    """Find them in the records of an .xls ([MS-XLS] 2.4.23 BoolErr, 2.4.127 Formula)."""
    streams = (compound.stream(data, name, MAX_FILE_SIZE) for name in biff.STREAMS)
    stream = next(filter(None, streams), b"")
    sheets = []
    for kind, at, length in biff.records(stream):
        if kind == 0x0085 and length >= 4:  # BoundSheet8: where a sheet begins
            sheets.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == 0x000A:  # the end of what is said of the workbook
            break
    left = MAX_ERRORS
    found: dict[int, dict[tuple[int, int], str]] = {}
    for index, place in enumerate(sheets):
        for spot, code in _on_sheet(stream, place):
            if not left:
                return found
            left -= 1
            found.setdefault(index, {})[spot] = code
    return found


def _on_sheet(stream: bytes, place: int) -> Iterator[tuple[tuple[int, int], str]]:
    depth = 0
    for kind, at, length in biff.records(stream, place):
        depth += (kind == 0x0809) - (kind == 0x000A)  # a chart on the sheet begins and ends too
        if depth <= 0:
            return
        code = None
        if kind == 0x0205 and length >= 8 and stream[at + 7] == 1:
            code = stream[at + 6]
        elif kind == 0x0006 and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff":
            code = stream[at + 8] if stream[at + 6] == 2 else None
        if code is not None:
            row, column = struct.unpack_from("<HH", stream, at)
            yield (row + 1, column + 1), _CODES.get(code, "#N/A")


_OFFICE, _TABLE, _TEXT = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0 " for name in ("office", "table", "text")
)
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "


def errors_in_ods(data: bytes) -> Errors:
    """Find them in an .ods: the cells that LibreOffice calls so, with the words that it shows.

    Raises:
        TroubleError: the content is damaged or unsafe; it was looked at before.
    """
    content = members(data).get("content.xml")
    if content is None:
        return {}
    reader = _Tables()
    gate.parse(inflate(data, content), "content.xml", reader.attach)
    return reader.found


class _Tables:
    """Counts rows and cells of the sheets, repeated ones too, and keeps the error values."""

    def __init__(self) -> None:
        self.found: dict[int, dict[tuple[int, int], str]] = {}
        self._path: list[str] = []
        self._sheet, self._row, self._column = -1, 0, 0
        self._rows = self._columns = 1
        self._left = MAX_ERRORS
        self._words: list[str] | None = None

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == f"{_TABLE}table" and parent == f"{_OFFICE}spreadsheet":
            self._sheet += 1
            self._row, self._rows = 0, 1
        elif name == f"{_TABLE}table-row":
            self._row += self._rows if self._row else 1
            self._rows = _number(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._column, self._columns = 0, 1
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._column += self._columns if self._column else 1
            self._columns = _number(attributes.get(f"{_TABLE}number-columns-repeated"))
            if attributes.get(f"{_CALC}value-type") == "error" and self._left:
                self._words = []

    def _end(self, name: str) -> None:
        self._path.pop()
        if self._words is not None and name.startswith(_TABLE):
            code = "".join(self._words).strip() or "#N/A"
            last = min(self._column + min(self._columns, self._left), _LAST_COLUMN + 1)
            for column in range(self._column, last if self._row <= _LAST_ROW else 0):
                self.found.setdefault(self._sheet, {})[self._row, column] = code
                self._left -= 1
            self._words = None

    def _text(self, text: str) -> None:
        if self._words is not None and self._path[-1] == f"{_TEXT}p":
            self._words.append(text)


def _number(text: str | None) -> int:
    """Give how often something is repeated; 1 where that is not said."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else 1
