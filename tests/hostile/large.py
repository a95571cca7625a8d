"""A hundred thousand of each thing, a million rows, one merge over a whole sheet."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile.case import (
    BOOK,
    BOOK_RELATIONS,
    CUSTOM,
    OVERVIEW,
    STRINGS,
    STYLES,
    TYPES,
    Case,
    case,
    edited,
    good,
    related,
    replaced,
    spoiled,
    with_sheet,
)
from tests.package.files import MAIN, PACKAGE, sheet

_MANY = 100_000
Line = Callable[[int], str]


def _lines(count: int, line: Line) -> str:
    return "".join([line(number) for number in range(1, count + 1)])


def _in_part(part: str, end: str, count: int, line: Line) -> bytes:
    """The good return with many lines before an end tag, stored so that it is no bomb."""
    return edited(part, end, _lines(count, line) + end, packed=False)


def _rows(count: int, line: Line) -> bytes:
    return with_sheet(sheet(_lines(count, line)), packed=False)


def _after(before: str, count: int, line: Line, behind: str) -> bytes:
    return with_sheet(sheet(after=before + _lines(count, line) + behind), packed=False)


def _comments(count: int) -> bytes:
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    inside = _lines(
        count, lambda n: f'<comment ref="A{n}" authorId="0"><text><t>x</t></text></comment>'
    )
    part = f'<comments xmlns="{MAIN}"><authors/><commentList>{inside}</commentList></comments>'
    return spoiled(
        {rels: related(rels, "comments", "../comments9.xml"), "xl/comments9.xml": part.encode()},
        packed=False,
    )


def _long_rule() -> bytes:
    """The good return, whose first validation covers many cells more."""
    before, tag, rest = good()[OVERVIEW].decode().partition("<dataValidation ")
    more = _lines(_MANY, lambda n: f"XFD{n} ")
    part = before + tag + rest.replace('sqref="', f'sqref="{more}', 1)
    return spoiled({OVERVIEW: part.encode()}, packed=False)


def _heavy(pieces: int) -> bytes:
    """A part of so many MB that is packed as tightly as is allowed, nearly."""
    rnd = random.Random(3)
    piece = [b"<b>" + b64encode(rnd.randbytes(12_000)) + b"x" * 984_000 + b"</b>" for _ in range(3)]
    return spoiled({"customXml/item1.xml": b"<a>" + b"".join(piece * (pieces // 3)) + b"</a>"})


def _sheets(count: int) -> bytes:
    entries = _lines(count, lambda n: f'<sheet name="b{n}" sheetId="{n + 99}" r:id="rId{n}"/>')
    return spoiled({BOOK: replaced(BOOK, "</sheets>", entries + "</sheets>")}, packed=False)


def _real_sheets(count: int) -> bytes:
    """Sheets that each have a part, as far as a package may have parts."""
    entries = _lines(count, lambda n: f'<sheet name="b{n}" sheetId="{n + 99}" r:id="rIdX{n}"/>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = _lines(
        count, lambda n: f'<Relationship Id="rIdX{n}" Type="{kind}" Target="worksheets/x{n}.xml"/>'
    )
    parts: dict[str, bytes | None] = {
        f"xl/worksheets/x{n}.xml": sheet() for n in range(1, count + 1)
    }
    return spoiled(
        {
            **parts,
            BOOK: replaced(BOOK, "</sheets>", entries + "</sheets>"),
            BOOK_RELATIONS: replaced(BOOK_RELATIONS, "</Rel", rels + "</Rel"),
        }
    )


def _types(count: int) -> bytes:
    return _in_part(
        TYPES, "</Types>", count, lambda n: f'<Override PartName="/x{n}" ContentType="a/b"/>'
    )


def _relations(count: int) -> bytes:
    return _in_part(
        BOOK_RELATIONS, "</Relationships>", count,
        lambda n: f'<Relationship Id="x{n}" Type="a:b" Target="c"/>',
    )  # fmt: skip


def _other_relations(count: int) -> bytes:
    inside = _lines(count, lambda n: f'<Relationship Id="x{n}" Type="a:b" Target="c"/>')
    part = f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
    return spoiled({"xl/_rels/x.xml.rels": part.encode()}, packed=False)


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    for name, make, codes in (
        ("a million rows", partial(_rows, 1_000_000, lambda n: f'<row r="{n}"/>'), "114"),
        ("a million rows without numbers", partial(_rows, 1_000_000, lambda n: "<row/>"), "114"),
        ("a million cells", partial(_rows, 1_000, lambda n: f'<row r="{n}">{"<c/>" * 1_000}</row>'),
         "114"),
        ("rows as wide as a sheet",
         partial(_rows, 100, lambda n: f'<row r="{n}">{"<c/>" * 16_384}</row>'), "114"),
        ("all rows hidden but the last", lambda: with_sheet(
            sheet('<row r="1048576"/>', before='<sheetFormatPr zeroHeight="1"/>')), "114"),
        ("100 000 names", partial(_in_part, BOOK, "</definedNames>", _MANY,
         lambda n: f'<definedName name="n{n}">A{n}</definedName>'), "114"),
        ("100 000 validations", partial(_after, "<dataValidations>", _MANY,
         lambda n: f'<dataValidation sqref="A{n}"/>', "</dataValidations>"), "114"),
        ("one validation over 100 000 areas", partial(
            _after, '<dataValidations><dataValidation sqref="', _MANY, lambda n: f"A{n} ",
            '"/></dataValidations>'), "114"),
        ("100 001 merges", partial(_after, "<mergeCells>", _MANY + 1,
         lambda n: f'<mergeCell ref="A{n}:B{n}"/>', "</mergeCells>"), "114"),
        ("100 000 formats", partial(_in_part, STYLES, "</cellXfs>", _MANY,
         lambda n: f'<xf numFmtId="{n}"/>'), "114"),
        ("100 000 sheets", partial(_sheets, _MANY), "114"),
        ("900 sheets with a part each", partial(_real_sheets, 900), "114"),
        ("100 001 comments", partial(_comments, _MANY + 1), "114"),
        ("200 001 shared strings", partial(_in_part, STRINGS, "</sst>", 200_001,
         lambda n: f"<si><t>tekst {n}</t></si>"), "114"),
        ("100 000 properties", partial(_in_part, CUSTOM, "</Properties>", _MANY,
         lambda n: f'<property name="p{n}"><vt:lpwstr>x</vt:lpwstr></property>'), "114"),
        ("100 000 hidden columns more", lambda: with_sheet(sheet(before="<cols>" + _lines(
            _MANY + 1, lambda n: f'<col min="{n % 9 + 1}" max="9" hidden="1"/>') + "</cols>"),
            packed=False), "114"),
        ("100 000 types", partial(_types, _MANY), "114"),
        ("100 000 relations of the workbook", partial(_relations, _MANY), "114"),
        ("100 000 relations of nothing", partial(_other_relations, _MANY), "114"),
        ("100 000 different elements", partial(_after, "", _MANY, lambda n: f"<e{n}/>", ""), "108"),
        ("100 000 texts of 100 characters", partial(
            _rows, _MANY, lambda n: f'<row r="{n}"><c t="str"><v>{n:0100}</v></c></row>'), "114"),
        ("one text of 11 million characters", lambda: with_sheet(sheet(
            f'<row r="1"><c t="inlineStr"><is><t>{"x" * 11_000_000}</t></is></c></row>'),
            packed=False), "108 114"),
        ("one text in a million runs", lambda: with_sheet(sheet(
            '<row r="1"><c t="inlineStr"><is>' + "<r><t>x</t></r>" * 1_000_000 + "</is></c></row>"),
            packed=False), "114"),
        ("4 million signs of markup", lambda: spoiled({"customXml/item1.xml":
            b"<a>" + b"<b c=''/>" * 4_000_000 + b"</a>"}, packed=False), "114"),
        ("100 000 areas in the rule that covers the statuses", _long_rule, "114"),
    ):  # fmt: skip
        yield case("too much", name, make, codes)
    for name, make, codes in (
        ("one merge over a sheet", lambda: with_sheet(sheet(
            after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), "218"),
        ("one validation over a sheet", lambda: with_sheet(sheet(
            after='<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"/>'
            "</dataValidations>")), "218"),
        ("one merge over the overview", lambda: edited(
            OVERVIEW, "</sheetData>", '</sheetData><mergeCells count="1">'
            '<mergeCell ref="A1:XFD1048576"/></mergeCells>'), "216"),
        ("a cell in the last corner of the overview", lambda: edited(
            OVERVIEW, "</sheetData>",
            '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'), "220"),
        ("all columns of the overview hidden", lambda: edited(
            OVERVIEW, "<cols>", '<cols><col min="1" max="16384" hidden="1"/>'), "217"),
        ("100 000 shared strings that nobody uses", partial(_in_part, STRINGS, "</sst>", _MANY,
         lambda n: f"<si><t>tekst {n}</t></si>"), ""),
        ("100 000 conditional formats", partial(
            _after, "", _MANY, lambda n: f'<conditionalFormatting sqref="A{n}"/>', ""), "218"),
        ("100 000 links", partial(_after, "<hyperlinks>", _MANY,
         lambda n: f'<hyperlink ref="A{n}" location="B{n}"/>', "</hyperlinks>"), "218"),
        ("190 000 cells more", partial(
            _rows, 190, lambda n: f'<row r="{n}">{"<c/>" * 1_000}</row>'), "218"),
        ("10 000 names more", partial(_in_part, BOOK, "</definedNames>", 10_000,
         lambda n: f'<definedName name="n{n}">#REF!</definedName>'), ""),
        ("50 000 comments", partial(_comments, 50_000), "504"),
        ("96 MB in a part that nobody reads", partial(_heavy, 96), ""),
        ("150 sheets more", partial(_real_sheets, 150), "218"),
    ):  # fmt: skip
        yield case("much", name, make, codes, refused=False)
