"""The XML of parts: entities, depth, encodings, namespaces, and parts cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile.case import (
    BOOK,
    COVER,
    CUSTOM,
    OVERVIEW,
    ROOT,
    STRINGS,
    STYLES,
    TYPES,
    Case,
    case,
    edited,
    good,
    spoiled,
)
from tests.package.files import MAIN, STRICT
from tests.package.test_gate import DAMAGED, UNSAFE

_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ITEM = "customXml/item1.xml"
_READ = (TYPES, ROOT, BOOK, COVER, OVERVIEW, STRINGS, STYLES, CUSTOM)


def _declared(part: str, encoding: str, as_: str) -> bytes:
    """A part in another encoding, and what it says that it is; ``""`` says nothing."""
    text = good()[part].decode()
    _, _, rest = text.partition("?>")
    said = f' encoding="{encoding}"' if encoding else ""
    return spoiled({part: f'<?xml version="1.0"{said}?>{rest}'.encode(as_)})


def _doctype(part: str) -> bytes:
    data = good()[part]
    first, _, rest = data.partition(b"?>")
    entity = b'?><!DOCTYPE x [<!ENTITY kwaad SYSTEM "file:///etc/passwd">]>'
    return spoiled({part: first + entity + rest})


def _half(part: str) -> bytes:
    data = good()[part]
    return spoiled({part: data[: len(data) // 2]})


def _other_prefix(part: str) -> bytes:
    """All elements of the default namespace with a prefix, as some programs write them."""
    from lxml import etree

    root = etree.fromstring(good()[part])
    space = root.nsmap[None]
    spaces = {"x\u00e9": space, **{k: v for k, v in root.nsmap.items() if k}}
    again = etree.Element(root.tag, {str(k): str(v) for k, v in root.attrib.items()}, nsmap=spaces)
    again.extend(list(root))
    etree.cleanup_namespaces(again, keep_ns_prefixes=list(spaces))
    data = etree.tostring(again, encoding="UTF-8")
    assert "<x\u00e9:".encode() in data
    return spoiled({part: data})


def _strict() -> bytes:
    """The whole return as Excel saves it as "Strict Open XML Spreadsheet"."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/"
    strict = "http://purl.oclc.org/ooxml/officeDocument/"
    pairs = (
        (MAIN, STRICT),
        (f"{office}relationships", f"{strict}relationships"),
        (f"{office}custom-properties", f"{strict}customProperties"),
        (f"{office}docPropsVTypes", f"{strict}docPropsVTypes"),
        (f"{office}extended-properties", f"{strict}extendedProperties"),
    )
    changes: dict[str, bytes | None] = {}
    for part, data in good().items():
        for old, new in pairs:
            data = data.replace(old.encode(), new.encode())
        changes[part] = data
    root = changes[ROOT]
    assert root is not None
    changes[ROOT] = root.replace(
        b"relationships/custom-properties", b"relationships/customProperties"
    )
    return spoiled(changes)


def _reversed_attributes(part: str) -> bytes:
    from lxml import etree

    root = etree.fromstring(good()[part])
    for one in root.iter():
        items = list(one.attrib.items())[::-1]
        one.attrib.clear()
        one.attrib.update(items)
    return spoiled({part: etree.tostring(root).replace(b'"', b"'")})


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    for part in (_ITEM, OVERVIEW):
        for number, (word, data) in enumerate(UNSAFE):
            # In a part that is read, what is wrong with its root may be seen first.
            codes = "108" if part == _ITEM else "108 106"
            yield case("unsafe xml", f"{word}, {number}, in {part}",
                       partial(spoiled, {part: data}, packed=False), codes)  # fmt: skip
    for part in _READ:
        yield case("unsafe xml", f"a file of the system as an entity in {part}",
                   partial(_doctype, part), "108")  # fmt: skip
    for number, data in enumerate(DAMAGED):
        yield case("broken xml", f"{number}: {data[:20]!r}", partial(spoiled, {_ITEM: data}), "106")
    for part in good():
        yield case("truncation", f"half of the part {part}", partial(_half, part), "106")
    # -- encodings
    for encoding, as_ in (("UTF-16", "utf-16"), ("UTF-16", "utf-16-be"), ("UTF-16LE", "utf-16-le"),
                          ("", "utf-8-sig"), ("utf-8", "utf-8"), ("", "utf-16")):  # fmt: skip
        for part in (OVERVIEW, STRINGS):
            yield case("encoding", f"sound: {part} as {as_} that says {encoding!r}",
                       partial(_declared, part, encoding, as_), refused=False)  # fmt: skip
    for encoding, as_, codes in (
        ("ISO-8859-1", "utf-8", "108"),
        ("windows-1252", "utf-8", "108"),
        ("UTF-7", "utf-8", "108"),
        ("UTF-32", "utf-32", "106 108"),
        ("cp037", "utf-8", "106 108"),
        ("UTF-16", "utf-8", "106"),
        ("UTF-8", "utf-16", "106"),
        ("", "utf-32-le", "106"),
    ):
        yield case("encoding", f"the overview as {as_} that says {encoding!r}",
                   partial(_declared, OVERVIEW, encoding, as_), codes)  # fmt: skip
    for name, raw in (
        ("bytes of Windows-1252", b"\xe9\xe8"),
        ("an overlong slash", b"\xc0\xaf"),
        ("half a surrogate", b"\xed\xa0\x80"),
        ("a zero", b"\x00"),
        ("a character that XML forbids", b"\x0b"),
        ("beyond Unicode", b"\xf5\x80\x80\x80"),
        ("U+FFFE", b"\xef\xbf\xbe"),
        ("a number for U+0000", b"&#0;"),
        ("a number for half a surrogate", b"&#xD800;"),
        ("an entity that is not there", b"&kwaad;"),
    ):
        data = good()[STRINGS]
        place = data.index(b"<t>") + 3
        yield case("encoding", f"{name} in a text",
                   partial(spoiled, {STRINGS: data[:place] + raw + data[place:]}),
                   "106")  # fmt: skip
    # -- namespaces
    for part in (BOOK, COVER, OVERVIEW, STRINGS, STYLES):
        for name, space in (("no", ""), ("a made-up", ' xmlns="http://x.example"'),
                            ("a nearly right", f' xmlns="{MAIN}/"'),
                            ("that of drawings", f' xmlns="{_DRAWINGS}"')):  # fmt: skip
            yield case("namespace", f"{name} namespace in {part}",
                       partial(edited, part, f' xmlns="{MAIN}"', space), "106")  # fmt: skip
    for part in (BOOK, OVERVIEW, STRINGS, STYLES):
        yield case("namespace", f"sound: an odd prefix in {part}", partial(_other_prefix, part),
                   refused=False)  # fmt: skip
    for part in (OVERVIEW, STRINGS, STYLES):
        yield case("namespace", f"sound: attributes turned round in {part}",
                   partial(_reversed_attributes, part), refused=False)  # fmt: skip
    yield case("namespace", "sound: Strict", _strict, refused=False)
    yield case("namespace", "the rows in another namespace",
               partial(edited, OVERVIEW, "<sheetData>", '<sheetData xmlns="x">'),
               "106")  # fmt: skip
