"""Hostile files in other formats, which python-calamine reads in a worker: .ods, .xls, .xlsb."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from functools import cache, partial

from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from tests.excel.other_formats import ods, ods_of, packed, xlsb
from tests.hostile.case import Case, case
from tests.mutations.kind import base
from tests.package.files import compound

_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_LAST = (1_048_576, 16_384)


@cache
def _return() -> Submission:
    return read_bytes("overzicht.xlsx", base("issued"))


def _book(*spots: tuple[int, int]) -> Submission:
    cells = {spot: Cell(*spot, CellKind.TEXT, "a", None, True) for spot in spots}
    return Submission("", (Sheet("Overzicht", "visible", cells, False),))


def _table(inside: str) -> bytes:
    return ods_of(f'<table:table table:name="Overzicht">{inside}</table:table>')


def _repeated(rows: int, columns: int, text: str = "x") -> bytes:
    return _table(
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="string" table:number-columns-repeated="{columns}"><text:p>{text}'
        "</text:p></table:table-cell></table:table-row>"
    )


def _valued(kind: str, attribute: str, value: str) -> bytes:
    return _table(
        f'<table:table-row><table:table-cell office:value-type="{kind}" office:{attribute}='
        f'"{value}"/></table:table-row>'
    )


def _cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def _flipped(data: bytes, seed: int) -> bytes:
    rnd = random.Random(seed)
    found = bytearray(data)
    for place in rnd.sample(range(4, len(found)), 200):
        found[place] ^= 1 << rnd.randrange(8)
    return bytes(found)


def _records(seed: int) -> bytes:
    """A binary workbook, zipped well, of which records were changed."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsb(_return()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    rnd = random.Random(seed)
    for name, data in parts.items():
        if name.endswith(".bin"):
            found = bytearray(data)
            for place in rnd.sample(range(len(found)), min(len(found), 20)):
                found[place] = rnd.randrange(256)
            parts[name] = bytes(found)
    return packed(dict(parts))


def _workbook_stream(stream: bytes) -> bytes:
    """A compound file whose stream ``Workbook`` holds these BIFF records."""
    stream = stream.ljust(4096, b"\0")
    sectors = (len(stream) + 511) // 512
    directory = 1
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    ) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)  # fmt: skip

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 2**32 - 1,
            2**32 - 1, child) + bytes(36) + struct.pack("<IQ", start, size)
        )  # fmt: skip

    entries = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(
        "Workbook", 2, 2**32 - 1, 2, len(stream)
    )
    return (
        header + struct.pack("<128I", *fat[:128]) + entries.ljust(512, b"\0")
        + stream.ljust(sectors * 512, b"\0")
    )  # fmt: skip


def _biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join([struct.pack("<HH", kind, len(data)) + data for kind, data in records])


_BOF = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
_BOF_SHEET = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
_EOF = (0x000A, b"")


def _xls(*in_sheet: tuple[int, bytes], at: int | None = None) -> bytes:
    name = b"Overzicht"
    bound = 4 + 8 + len(name)
    place = 20 + bound + 4 if at is None else at
    sheet = (0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
    return _workbook_stream(_biff(_BOF, sheet, _EOF, _BOF_SHEET, *in_sheet, _EOF))


def _number(row: int, column: int, bits: int) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHQ", row, column, 0, bits)


def _flipped_ods(seed: int) -> bytes:
    return _flipped(ods(_return()), seed)


def _flipped_xls(seed: int) -> bytes:
    return _flipped(_xls(_number(0, 0, 0), _number(9, 9, 0)), seed)


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for name, make, codes in (
        ("an entity", lambda: packed({"mimetype": _SPREADSHEET, "content.xml": entity}), "108"),
        ("300 elements deep",
         lambda: _table("<table:table-row>" * 300 + "</table:table-row>" * 300), "108"),
        ("20 MB of blanks", lambda: _table(" " * 20_000_000), "107"),
        ("cut in two", lambda: _cut(ods(_return()), 0.5), "106"),
        ("no content", lambda: packed({"mimetype": _SPREADSHEET}), "102"),
        ("content that is no XML", lambda: packed({"mimetype": _SPREADSHEET, "content.xml": "x"}),
         "106"),
        ("content of another kind",
         lambda: packed({"mimetype": _SPREADSHEET, "content.xml": "<a/>"}),
         "102 201"),
        ("one cell seventeen thousand million times", partial(_repeated, *_LAST), "114 102"),
        ("one cell a million times in a row", partial(_repeated, 1, 2_000_001), "114 201"),
        ("rows four thousand million times", partial(_repeated, 2**32 - 1, 1), "114 102"),
        ("rows minus one times", partial(_repeated, -1, 1), "102 201"),
        ("columns more than any number", partial(_repeated, 1, 10**40), "102 114"),
        ("3 000 rows of 1 000 texts", partial(_repeated, 3_000, 1_000, "x" * 1_000), "114"),
        ("a date on 30 February", partial(_valued, "date", "date-value", "2025-02-30"), "102 201"),
        ("a date in the year 999999", partial(_valued, "date", "date-value", "999999-01-01"),
         "102 201"),
        ("a number that is none", partial(_valued, "float", "value", "één"), "102 201"),
        ("a number without end", partial(_valued, "float", "value", "1e9999"), "102 201"),
        ("a time of minus all hours", partial(_valued, "time", "time-value", "-PT9999999999H"),
         "102 201"),
        ("a boolean that is neither", partial(_valued, "boolean", "boolean-value", "ja"),
         "102 201"),
        ("a password", lambda: packed({"mimetype": _SPREADSHEET, "content.xml": "x",
            "META-INF/manifest.xml": "<m><encryption-data/></m>"}), "103"),
        ("a mimetype with 10 MB behind it", lambda: packed({
            "mimetype": _SPREADSHEET + " " * 10_000_000, "content.xml": "<a/>"}), "107"),
    ):  # fmt: skip
        yield case("ods", name, make, codes, kills=True)
    for seed in range(5):
        yield case("ods", f"200 bits flipped, seed {seed}",
                   partial(_flipped_ods, seed), "106 107 109 102",
                   kills=True)  # fmt: skip
    for name, make, codes in (
        ("a table of seventeen thousand million cells", lambda: xlsb(_book((1, 1), _LAST)), "114"),
        ("one cell in the last corner", lambda: xlsb(_book(_LAST)), "114 201"),
        ("a DOCTYPE in a part", lambda: xlsb(_book((1, 1)), **{"docProps/app.xml": entity}), "108"),
        ("a sheet that is not there", lambda: xlsb(_book((1, 1)), **{
            "xl/_rels/workbook.bin.rels": "<Relationships xmlns="
            '"http://schemas.openxmlformats.org/package/2006/relationships"/>'}), "105 201 114"),
        ("a sheet of zeros", lambda: xlsb(_book((1, 1)), **{
            "xl/worksheets/sheet1.bin": "\0" * 5_000}), "105 201"),
        ("a record longer than the part", lambda: xlsb(_book((1, 1)), **{
            "xl/worksheets/sheet1.bin": "\x06\x7f\x7f\x7f"}), "105 201 114"),
        ("cut in two", lambda: _cut(xlsb(_return()), 0.5), "106"),
    ):  # fmt: skip
        yield case("xlsb", name, make, codes, kills=True)
    for seed in range(12):
        yield case("xlsb", f"20 bytes of each part changed, seed {seed}", partial(_records, seed),
                   refused=False, read=False, kills=True)  # fmt: skip
    for name, make, codes in (
        ("a workbook without a stream", lambda: compound("Root Entry", "Workbook"), "105"),
        ("a stream of zeros", lambda: _workbook_stream(bytes(8_000)), "105"),
        ("a stream of ones", lambda: _workbook_stream(b"\xff" * 8_000), "105"),
        ("a sheet that begins beyond the end", lambda: _xls(at=2**31), "105 114"),
        ("a sheet that is the workbook itself", lambda: _xls(at=0), "105 201"),
        ("a number that is none", lambda: _xls(_number(0, 0, 0x7FF8 << 48)), "201 105"),
        ("a number without end", lambda: _xls(_number(0, 0, 0x7FF0 << 48)), "201 105"),
        ("a cell in the last corner", lambda: _xls(_number(65_535, 65_535, 0)), "114 201 105"),
        ("two cells, with four thousand million between them",
         lambda: _xls(_number(0, 0, 0), _number(65_535, 65_535, 0)), "114"),
        ("a dimension of everything", lambda: _xls(
            (0x0200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 2**16 - 1, 0))), "114 201 105"),
        ("a text that says that it is longer", lambda: _xls(
            (0x0204, struct.pack("<HHHH", 0, 0, 0, 60_000) + b"x")), "105 201"),
        ("a merge over everything", lambda: _xls(
            _number(0, 0, 0), (0x00E5, struct.pack("<HHHHH", 1, 0, 65_535, 0, 65_535))), "201 105"),
        ("60 000 merges that are not there", lambda: _xls(
            _number(0, 0, 0), (0x00E5, struct.pack("<H", 60_000))), "105 201 114"),
        ("shared texts that are not there", lambda: _xls(
            (0x00FD, struct.pack("<HHHI", 0, 0, 0, 2**32 - 1))), "105 201"),
        ("a stream that goes in a circle", lambda: _circle(), "105 114 102"),
        ("cut in two", lambda: _cut(_xls(_number(0, 0, 0)), 0.5), "105 102"),
    ):  # fmt: skip
        yield case("xls", name, make, codes, kills=True)
    for seed in range(8):
        yield case("xls", f"200 bits flipped, seed {seed}",
                   partial(_flipped_xls, seed),
                   "105 102 201 114 103 104", kills=True)  # fmt: skip


def _circle() -> bytes:
    data = bytearray(_xls(_number(0, 0, 0)))
    struct.pack_into(
        "<I", data, 512 + 4 * 3, 2
    )  # the second sector of the stream leads to the first
    return bytes(data)
