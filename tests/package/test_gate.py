"""The gate for XML: what no honest part has is refused, in parts that are read and others."""

from __future__ import annotations

import pytest

from normtemplates.excel.reader import read_bytes
from normtemplates.package import gate, inspect
from tests.package.files import SHEET, book, document, workbook, zipped

PROLOG = '<?xml version="1.0" encoding="{}"?>'
ENTITIES = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY x0 "ha">'
    + "".join([f'<!ENTITY x{n} "' + f"&x{n - 1};" * 50 + '">' for n in range(1, 9)])
    + "]><a>&x8;</a>"
)

UNSAFE: list[tuple[str, bytes]] = [
    ("DOCTYPE", b"<!DOCTYPE a><a/>"),
    ("DOCTYPE", ENTITIES.encode()),
    ("DOCTYPE", ENTITIES.encode("utf-16")),
    ("DOCTYPE", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
    ("DOCTYPE", LAUGHS.encode()),
    ("tekencodering", PROLOG.format("ISO-8859-1").encode() + b"<a/>"),
    ("tekencodering", PROLOG.format("windows-1252").encode() + b"<a/>"),
    ("tekencodering", PROLOG.format("utf-7").encode() + b"<a/>"),
    ("tekencodering", PROLOG.format("no-such").encode() + b"<a/>"),
    ("diep", b"<a>" * 300 + b"</a>" * 300),
    ("diep", b"<a>" * 100_000),
    ("diep", ("<a>" * 300 + "</a>" * 300).encode("utf-16")),
    ("eigenschappen", b"<a" + b"".join([b" b%d=''" % n for n in range(600)]) + b"/>"),
    ("lang stuk", b"<a b='" + b"x" * 3_000_000 + b"'/>"),
    ("lang stuk", b"<!--" + b"x" * 3_000_000 + b"--><a/>"),
    ("lange tekst", b"<a>" + b"x" * 10_000_001 + b"</a>"),
    ("namen", b"<a>" + b"".join([b"<b%d/>" % n for n in range(200_000)]) + b"</a>"),
]

DAMAGED = [
    b"",
    b"<a>",
    b"<a></b>",
    b"<a/><b/>",
    b"<a>&x;</a>",
    b"<a b=''  b=''/>",
    b"<x:a/>",
    b"<a>\x01</a>",
    b"<a>\xff</a>",
    b"<a>]]></a>",
    b"geen xml",
    PROLOG.format("utf-16").encode() + b"<a/>",
]

FINE = [
    b"<a/>",
    PROLOG.format("utf-8").encode() + "<a>é</a>".encode(),
    b"\xef\xbb\xbf<a/>",
    (PROLOG.format("UTF-16") + "<a>é</a>").encode("utf-16"),
    (PROLOG.format("UTF-16") + "<a>é</a>").encode("utf-16-be"),
    b"<a>" * 256 + b"</a>" * 256,
    b"<a>" + b"<b c='d'>e</b>" * 100_000 + b"</a>",
]


@pytest.mark.parametrize(("word", "data"), UNSAFE)
@pytest.mark.parametrize("part", ["customXml/item1.xml", "xl/vormen.vml", SHEET])
def test_unsafe_xml_is_refused_read_or_not(part: str, word: str, data: bytes) -> None:
    file = zipped({**workbook(), part: data}, method=0)
    (trouble,) = inspect(file, kind="xlsx").troubles
    assert (trouble.kind, trouble.part) == ("unsafe-xml", part)
    assert word in trouble.detail
    assert f"‘{part}’" in trouble.detail

    (trouble,) = read_bytes("x.xlsx", file).troubles
    if part == SHEET and word not in ("DOCTYPE", "tekencodering", "lang stuk"):
        assert trouble.kind in ("unsafe-xml", "damaged")  # the reader sees a wrong root first
    else:
        assert trouble.kind == "unsafe-xml"
    assert trouble.part == part


@pytest.mark.parametrize("data", DAMAGED)
def test_what_is_no_xml_is_damaged(data: bytes) -> None:
    (trouble,) = inspect(book({"customXml/item1.xml": data}), kind="xlsx").troubles
    assert (trouble.kind, trouble.part) == ("damaged", "customXml/item1.xml")


@pytest.mark.parametrize("data", FINE)
def test_honest_xml_passes(data: bytes) -> None:
    package = inspect(zipped({**workbook(), "customXml/item1.xml": data}, method=0), kind="xlsx")
    assert package.troubles == ()
    assert package.parts["customXml/item1.xml"] == data


def test_a_drawing_that_excel_writes_as_bad_xml_is_no_damage() -> None:
    data = b"<xml><div>een<br>twee</div></xml>"
    assert inspect(book({"xl/drawings/vmlDrawing1.vml": data}), kind="xlsx").troubles == ()


def test_a_part_is_xml_by_its_type_as_well() -> None:
    parts = document({"word/footnotes.bin": b"<!DOCTYPE a><a/>"})
    assert inspect(zipped(parts), kind="docx").troubles == ()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/x+xml"/></Types>'
    )
    assert inspect(zipped(parts), kind="docx").troubles[0].kind == "unsafe-xml"


def test_more_markup_than_can_be_looked_through_is_refused_unread() -> None:
    data = b"<a>" + b"<b c=''/>" * 1_000_000 + b"</a>"
    parts = {**workbook(), **{f"x/{n}.xml": data for n in range(4)}}
    (trouble,) = inspect(zipped(parts, method=0), kind="xlsx").troubles
    assert trouble.kind == "limits"
    assert gate.MAX_MARKUP < 4 * 2_000_000
