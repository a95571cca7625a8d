"""Files made for the tests: a small honest workbook and document, and ways to spoil them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
ROOT_RELATIONS = "_rels/.rels"
TYPES = "[Content_Types].xml"


def types(main: str, part: str, *more: str) -> bytes:
    """The list of types, with ``more`` as written."""
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{"".join(more)}</Types>'
    ).encode()


def relations(*entries: tuple[str, str], base: str = RELATIONS) -> bytes:
    """A relationships part of ``(kind, target)``; ids are rId1, rId2…; a kind may be a URI."""
    lines = [
        f'<Relationship Id="rId{number}" '
        f'Type="{kind if "://" in kind else f"{base}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries, start=1)
    ]
    inside = "".join(lines)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()


def sheet(rows: str = "", after: str = "", before: str = "") -> bytes:
    """A worksheet part with these rows, and what stands around them."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def strings(*items: str) -> bytes:
    """A shared strings part of these ``<si>`` contents."""
    inside = "".join([f"<si>{item}</si>" for item in items])
    return f'<sst xmlns="{MAIN}">{inside}</sst>'.encode()


def workbook_part(sheets: str, before: str = "", after: str = "") -> bytes:
    """A workbook part with these ``<sheet>`` elements."""
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheets>{sheets}</sheets>{after}</workbook>"
    ).encode()


def workbook(changes: Mapping[str, bytes | None] | None = None) -> dict[str, bytes]:
    """The parts of a small workbook: one sheet, one text; ``None`` takes a part away."""
    parts: dict[str, bytes] = {
        TYPES: types(f"{SHEET_TYPE}.sheet.main+xml", WORKBOOK),
        ROOT_RELATIONS: relations(("officeDocument", WORKBOOK)),
        WORKBOOK: workbook_part('<sheet name="Blad" sheetId="1" r:id="rId1"/>'),
        WORKBOOK_RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        SHEET: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        STRINGS: strings("<t>tekst</t>"),
        STYLES: (
            f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf applyProtection="0">'
            f'<protection locked="0"/></xf><xf><protection hidden="1"/></xf>'
            f"</cellXfs></styleSheet>"
        ).encode(),
    }
    return _changed(parts, changes)


def document(changes: Mapping[str, bytes | None] | None = None) -> dict[str, bytes]:
    """The parts of a small Word document."""
    name = "word/document.xml"
    parts: dict[str, bytes] = {
        TYPES: types(f"{WORD_TYPE}.document.main+xml", name),
        ROOT_RELATIONS: relations(("officeDocument", name)),
        name: b'<w:document xmlns:w="w"><w:body/></w:document>',
    }
    return _changed(parts, changes)


def _changed(
    parts: dict[str, bytes], changes: Mapping[str, bytes | None] | None
) -> dict[str, bytes]:
    for name, content in (changes or {}).items():
        if content is None:
            del parts[name]
        else:
            parts[name] = content
    return parts


def zipped(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest zip of these parts, by Python's own module."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def book(changes: Mapping[str, bytes | None] | None = None) -> bytes:
    """The small workbook with changes, as a file."""
    return zipped(workbook(changes))


def with_sheet(rows: str = "", after: str = "", before: str = "", **parts: bytes) -> bytes:
    """The small workbook with another sheet; ``strings``, ``styles`` replace those parts."""
    names = {"strings": STRINGS, "styles": STYLES, "workbook": WORKBOOK}
    changes: dict[str, bytes | None] = {SHEET: sheet(rows, after, before)}
    changes |= {names[key]: content for key, content in parts.items()}
    return book(changes)


@dataclass
class Raw:
    """One member of a zip made by hand: what the two headers say, and the data."""

    name: bytes
    data: bytes
    local_name: bytes | None = None
    method: int = 8
    flags: int = 0
    local_flags: int | None = None
    size: int | None = None
    packed_size: int | None = None
    local_size: int | None = None
    crc: int | None = None
    local_crc: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    offset: int | None = None
    disk: int = 0
    packed: bytes | None = None
    trailer: bytes = b""
    written: bool = True  # false: the directory alone names it, at ``offset``


def raw_zip(
    members: Iterable[Raw],
    *,
    gap: bytes = b"",
    comment: bytes = b"",
    end: Callable[[dict[str, int]], None] | None = None,
    before_end: Callable[[int, int, int], bytes] | None = None,
) -> bytes:
    """A zip as the members say; ``end`` may change the fields of the end record.

    ``before_end`` gives bytes to stand before it from count, size and offset of the directory.
    """
    body, central = bytearray(), bytearray()
    count = 0
    for one in members:
        count += 1
        packed = one.packed if one.packed is not None else _packed(one)
        crc = zlib.crc32(one.data) if one.crc is None else one.crc
        size = len(one.data) if one.size is None else one.size
        packed_size = len(packed) if one.packed_size is None else one.packed_size
        offset = len(body) if one.offset is None else one.offset
        local_name = one.name if one.local_name is None else one.local_name
        local_flags = one.flags if one.local_flags is None else one.local_flags
        local_size = size if one.local_size is None else one.local_size
        local_crc = crc if one.local_crc is None else one.local_crc
        streamed = local_flags & 8 and one.local_size == 0
        local = struct.pack(
            "<4sHHHHHIIIHH", b"PK\x03\x04", 20, local_flags, one.method, 0, 0, local_crc,
            0 if streamed else packed_size, local_size, len(local_name), len(one.local_extra),
        )  # fmt: skip
        if one.written:
            body += local + local_name + one.local_extra + packed + one.trailer
        central += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, one.flags, one.method, 0, 0, crc,
            packed_size, size, len(one.name), len(one.extra), 0, one.disk, 0, 0, offset,
        )  # fmt: skip
        central += one.name + one.extra
    body += gap
    fields = {"disk": 0, "first": 0, "here": count, "count": count, "size": len(central)}
    fields |= {"offset": len(body), "comment": len(comment)}
    middle = before_end(count, len(central), len(body)) if before_end else b""
    if end is not None:
        end(fields)
    return bytes(
        body + central + middle + struct.pack("<4sHHHHIIH", b"PK\x05\x06", *fields.values())
        + comment
    )  # fmt: skip


def _packed(one: Raw) -> bytes:
    if one.method != 8:
        return one.data
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(one.data) + deflater.flush()


def raws(changes: Mapping[str, bytes | None] | None = None) -> list[Raw]:
    """The members of the small workbook, to be spoiled one by one."""
    return [Raw(name.encode(), content) for name, content in workbook(changes).items()]


def compound(*names: str, sectors: int = 1, body: bytes = b"") -> bytes:
    """A compound file ([MS-CFB]) whose directory holds these names, over ``sectors`` sectors.

    ``body``, of whole sectors, is the stream called the last of them.
    """
    more = [range(sectors + 1, sectors + 1 + len(body) // 512)] if body else []
    entries = b"".join(
        [
            _entry(name, 5 if not place else 2, *((more[0].start, len(body)) if body else ()))
            for place, name in enumerate(names)
        ]
    )
    size = 512 * sectors
    assert len(entries) <= size
    chain = [*range(2, sectors + 1), 0xFFFFFFFE]  # directory from sector 1; the FAT is sector 0
    for run in more:
        chain += [*run[1:], 0xFFFFFFFE]
    fat = struct.pack("<128I", 0xFFFFFFFD, *chain, *[0xFFFFFFFF] * (127 - len(chain)))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + entries.ljust(size, b"\0") + body


def _entry(name: str, kind: int, first: int = 0, length: int = 0) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    return head + bytes(48) + struct.pack("<IQ", first, length)
