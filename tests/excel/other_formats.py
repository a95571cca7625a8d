"""Small files in other formats, written here byte by byte: values only, as Excel would put them.

After OpenDocument 1.2 part 1 and [MS-XLSB]; no library that reads them had a hand in it.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from normtemplates.model.submission import Cell, CellKind, Sheet, Submission

_HIDDEN = {"visible": 0, "hidden": 1, "veryHidden": 2}


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Give a zip file with these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


# -- OpenDocument -----------------------------------------------------------------------

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(submission: Submission, dates: frozenset[tuple[str, int]] = frozenset()) -> bytes:
    """Give a workbook as .ods; ``dates`` are sheets and columns whose numbers are dates."""
    tables = (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{sheet.state}">'
        f"{''.join(_ods_rows(sheet, dates))}</table:table>"
        for sheet in submission.sheets
    )
    return ods_of("".join(tables))


def ods_of(tables: str, **more: str) -> bytes:
    """Give an .ods with these tables; ``more`` are members besides."""
    spaces = " ".join(
        f'xmlns:{short}="{_URN}{long}:1.0"'
        for short, long in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        )
    )  # fmt: skip
    styles = "".join(
        f'<style:style style:name="{state}" style:family="table">'
        f'<style:table-properties table:display="{str(not hidden).lower()}"/></style:style>'
        for state, hidden in _HIDDEN.items()
    )
    content = (
        f'<office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    manifest = (
        f'<m:manifest xmlns:m="{_URN}manifest:1.0" m:version="1.2">'
        f"{entry.format('/', _ODS)}{entry.format('content.xml', 'text/xml')}</m:manifest>"
    )
    return packed(
        {"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest, **more}
    )


def _ods_rows(sheet: Sheet, dates: frozenset[tuple[str, int]]) -> Iterator[str]:
    before = 0
    for row, cells in _rows(sheet):
        if row - before > 1:
            yield (
                f'<table:table-row table:number-rows-repeated="{row - before - 1}">'
                "<table:table-cell/></table:table-row>"
            )
        before, last = row, 0
        yield "<table:table-row>"
        for cell in cells:
            if (gap := cell.column - last - 1) > 0:
                yield f'<table:table-cell table:number-columns-repeated="{gap}"/>'
            last = cell.column
            yield _ods_cell(cell, (sheet.name, cell.column) in dates)
        yield "</table:table-row>"


def _ods_cell(cell: Cell, is_date: bool) -> str:
    if cell.kind is CellKind.NUMBER and is_date:
        day = date(1899, 12, 30) + timedelta(days=int(cell.text))
        typed = f'office:value-type="date" office:date-value="{day.isoformat()}"'
    elif cell.kind is CellKind.NUMBER:
        typed = f'office:value-type="float" office:value="{cell.text}"'
    elif cell.kind is CellKind.BOOLEAN:
        value = "true" if cell.text == "1" else "false"
        typed = f'office:value-type="boolean" office:boolean-value="{value}"'
    else:
        typed = 'office:value-type="string"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
    return f"<table:table-cell {typed}>{lines}</table:table-cell>"


# -- Binary Excel -----------------------------------------------------------------------

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb(submission: Submission, **more: str) -> bytes:
    """Give a workbook as .xlsb; ``more`` are members besides."""
    sheets = list(enumerate(submission.sheets, start=1))
    book = b"".join(
        (
            _record(131),  # BrtBeginBook
            _record(143),  # BrtBeginBundleShs
            *(
                _record(
                    156,  # BrtBundleSh: state, id, relationship, name
                    struct.pack("<II", _HIDDEN[sheet.state], number)
                    + _wide(f"rId{number}")
                    + _wide(sheet.name),
                )
                for number, sheet in sheets
            ),
            _record(144),
            _record(132),
        )
    )
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    in_book = "".join(
        relation.format(f"rId{n}", _OFFICE, "worksheet", f"worksheets/sheet{n}.bin")
        for n, _ in sheets
    )
    root = relation.format("rId1", _OFFICE, "officeDocument", "xl/workbook.bin")
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_TYPES}">'
                '<Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/>'
                '<Override PartName="/xl/workbook.bin" ContentType='
                '"application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
            ),
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": (
                f'<Relationships xmlns="{_RELATIONS}">{in_book}</Relationships>'
            ),
            **{f"xl/worksheets/sheet{n}.bin": _binary_sheet(sheet) for n, sheet in sheets},
            **more,
        }
    )


def _binary_sheet(sheet: Sheet) -> bytes:
    last_row = max((row for row, _ in sheet.cells), default=1)
    last_column = max((column for _, column in sheet.cells), default=1)
    size = struct.pack("<IIII", 0, last_row - 1, 0, last_column - 1)
    data = [_record(129), _record(148, size), _record(145)]  # BrtBeginSheet, WsDim, SheetData
    for row, cells in _rows(sheet):
        data.append(_record(0, struct.pack("<IIHHBI", row - 1, 0, 300, 0, 0, 0)))
        data += [_binary_cell(cell) for cell in cells]
    return b"".join((*data, _record(146), _record(130)))


def _binary_cell(cell: Cell) -> bytes:
    place = struct.pack("<II", cell.column - 1, 0)
    if cell.kind is CellKind.NUMBER:
        return _record(5, place + struct.pack("<d", float(cell.text)))  # BrtCellReal
    if cell.kind is CellKind.BOOLEAN:
        return _record(4, place + bytes([int(cell.text)]))  # BrtCellBool
    if cell.kind is CellKind.ERROR:
        return _record(3, place + b"\x07")  # BrtCellError, #DIV/0!
    return _record(6, place + _wide(cell.text))  # BrtCellSt


def _record(kind: int, data: bytes = b"") -> bytes:
    """A record: kind and size in pieces of seven bits, the lowest first ([MS-XLSB] 2.1.4)."""
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    pieces = bytearray()
    while number > 0x7F:
        pieces.append(number & 0x7F | 0x80)
        number >>= 7
    pieces.append(number)
    return bytes(pieces)


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _rows(sheet: Sheet) -> Iterator[tuple[int, Iterable[Cell]]]:
    """Each row that has a cell with something in it, and those cells in order."""
    rows: dict[int, list[Cell]] = {}
    for spot in sorted(sheet.cells):
        if sheet.cells[spot].text:
            rows.setdefault(spot[0], []).append(sheet.cells[spot])
    return iter(rows.items())
