"""What does not parse, is missing or is too much: refused as a whole, never read as empty."""

from __future__ import annotations

import pytest

from normtemplates.excel import _purse
from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Trouble
from tests.package.files import (
    MAIN,
    PACKAGE,
    ROOT_RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    relations,
    sheet,
    strings,
    with_sheet,
    workbook,
    workbook_part,
    zipped,
)


def refused(data: bytes) -> Trouble:
    found = read_bytes("overzicht.xlsx", data)
    assert found.sheets == ()
    assert found.fatal
    (trouble,) = found.troubles
    return trouble


CELLS = [
    '<c r="A1"><v>x</v></c>',
    '<c r="A1"><v>1,5</v></c>',
    '<c r="A1"><v>NaN</v></c>',
    '<c r="A1"><v>INF</v></c>',
    '<c r="A1"><v>1e999</v></c>',
    '<c r="A1"><v>1_000</v></c>',
    '<c r="A1"><v>٣</v></c>',
    '<c r="A1"><v>0x10</v></c>',
    '<c r="A1"><v>1 2</v></c>',
    f'<c r="A1"><v>{"1" * 300}</v></c>',
    '<c r="A1" t="s"><v>1</v></c>',
    '<c r="A1" t="s"><v>-1</v></c>',
    '<c r="A1" t="s"><v>0.0</v></c>',
    '<c r="A1" t="s"><v></v></c>',
    '<c r="A1" t="s"><v>x</v></c>',
    '<c r="A1" t="b"><v>2</v></c>',
    '<c r="A1" t="b"><v>waar</v></c>',
    '<c r="A1" t="d"><v>gisteren</v></c>',
    '<c r="A1" t="z"><v>1</v></c>',
    '<c r="A1" t="z"/>',
    '<c r="A1" s="3"/>',
    '<c r="A1" s="-1"/>',
    '<c r="A1" s="x"/>',
    '<c r="A2"/>',
    '<c r="1A"/>',
    '<c r="a1"/>',
    '<c r="$A$1"/>',
    '<c r="1"/>',
    '<c r="A"/>',
    '<c r=""/>',
    '<c r="A01"/>',
    '<c r="XFE1"/>',
    '<c r="AAAA1"/>',
    '<c r="A1:B1"/>',
    '<c r="XFD1"/><c/>',
    '<c r="A1"/><c r="A1"/>',
    '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    '<c r="B1"/><c r="A1"/><c/>',
    '<c r="A1"><v>1</v><v>2</v></c>',
    '<c r="A1"><f>1</f><f>2</f></c>',
    '<c r="A1"><v><v>1</v></v></c>',
    '<c r="A1"><v>1<b/></v></c>',
    '<c r="A1"><c r="B1"/></c>',
    '<c r="A1"><is><t>x</t></is></c>',
    '<c r="A1" t="inlineStr"><v>x</v></c>',
    '<c r="A1" t="inlineStr"><is><t>x</t></is><is><t>y</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t>x<t>y</t></t></is></c>',
    '<c r="A1" t="inlineStr"><is><t xmlns="x">x</t></is></c>',
    '<x:c xmlns:x="x" r="A1"/>',
    '<c xmlns="" r="A1"/>',
    '<v>1</v>',
    '<row r="2"/>',
    '<iets/>',
    '<m:AlternateContent xmlns:m="m"><m:Fallback><c r="A1"/></m:Fallback></m:AlternateContent>',
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_cells_that_do_not_parse_are_damage(cell: str) -> None:
    trouble = refused(with_sheet(f'<row r="1">{cell}</row>'))
    assert (trouble.kind, trouble.part) == ("damaged", SHEET)


ROWS = [
    '<row r="0"/>',
    '<row r="1048577"/>',
    '<row r="x"/>',
    '<row r=""/>',
    '<row r="-1"/>',
    '<row r="1048576"/><row/>',
    '<row r="1" hidden="ja"/>',
    '<row r="1" ht="hoog"/>',
    '<row r="1"><c r="A1"/></row><row r="1"><c r="A1"/></row>',
    '<c r="A1"/>',
    '<row r="1"/><c r="A1"/>',
    '<row xmlns="x" r="1"/>',
    '<x:row xmlns:x="x" r="1"/>',
    "</sheetData><sheetData>",
]


@pytest.mark.parametrize("rows", ROWS)
def test_rows_that_do_not_parse_are_damage(rows: str) -> None:
    assert refused(with_sheet(rows)).kind == "damaged"


AFTER = [
    '<mergeCells><mergeCell ref="A1:"/></mergeCells>',
    "<mergeCells><mergeCell/></mergeCells>",
    '<mergeCells><mergeCell ref="A1:XFE2"/></mergeCells>',
    '<mergeCells><mergeCell ref="A0:B2"/></mergeCells>',
    '<mergeCells><anders ref="A1:B2"/></mergeCells>',
    '<mergeCells xmlns="x"><mergeCell ref="A1:B2"/></mergeCells>',
    '<sheetProtection sheet="ja"/>',
    '<sheetProtection xmlns="x" sheet="1"/>',
    '<dataValidations><dataValidation sqref="A1 x"/></dataValidations>',
    '<dataValidations><dataValidation type="iets" sqref="A1"/></dataValidations>',
    '<dataValidations><dataValidation operator="iets" sqref="A1"/></dataValidations>',
    '<dataValidations><dataValidation showErrorMessage="x" sqref="A1"/></dataValidations>',
    '<dataValidations><x:dataValidation xmlns:x="x" sqref="A1"/></dataValidations>',
    '<cols><col min="0" max="1"/></cols>',
    '<cols><col min="1" max="16385"/></cols>',
    '<cols><col min="3" max="2"/></cols>',
    '<cols><col min="1"/></cols>',
    '<cols><col min="1" max="1" width="breed"/></cols>',
]


@pytest.mark.parametrize("after", AFTER)
def test_what_stands_around_the_rows_is_held_to_the_same(after: str) -> None:
    assert refused(with_sheet(after=after)).kind == "damaged"


WRONG = "http://example.org/main"


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, WORKBOOK])
def test_a_wrong_or_missing_namespace_is_damage_never_an_empty_sheet(part: str) -> None:
    honest = workbook()[part]
    for space in (f'xmlns="{WRONG}"', ""):
        content = honest.replace(f'xmlns="{MAIN}"'.encode(), space.encode())
        trouble = refused(book({part: content}))
        assert (trouble.kind, trouble.part) == ("damaged", part)


@pytest.mark.parametrize(
    "content",
    [
        f'<worksheet xmlns="{MAIN}"/>',
        f'<worksheet xmlns="{MAIN}"><x:sheetData xmlns:x="{WRONG}"/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><extLst><ext><sheetData/></ext></extLst></worksheet>',
        f'<chartsheet xmlns="{MAIN}"/>',
        f'<workbook xmlns="{MAIN}"/>',
        f'<worksheet xmlns="{MAIN}"><sheetData/><sheetData/></worksheet>',
    ],
)
def test_a_worksheet_without_its_rows_is_damage(content: str) -> None:
    assert refused(book({SHEET: content.encode()})).kind == "damaged"


@pytest.mark.parametrize(
    "item", ["<si/><t>x</t>", "<t>x</t>", "<si><si/></si>", "<si><t>a<t/></t></si>",
             "<si><r><r/></r></si>", "<x/>", '<si xmlns="x"/>', '<si><t xmlns="x">a</t></si>']
)  # fmt: skip
def test_shared_strings_that_could_shift_are_damage(item: str) -> None:
    content = f'<sst xmlns="{MAIN}"><si><t>nul</t></si>{item}</sst>'
    trouble = refused(book({STRINGS: content.encode()}))
    assert (trouble.kind, trouble.part) == ("damaged", STRINGS)


@pytest.mark.parametrize(
    "inside",
    [
        "<cellXfs><xf/></cellXfs><cellXfs><xf/></cellXfs>",
        "<cellXfs><iets/></cellXfs>",
        '<cellXfs><xf><protection locked="ja"/></xf></cellXfs>',
        '<cellXfs xmlns="x"><xf/></cellXfs>',
    ],
)
def test_styles_that_could_shift_are_damage(inside: str) -> None:
    styles = f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'.encode()
    assert refused(book({STYLES: styles})).kind == "damaged"


@pytest.mark.parametrize(
    "sheets",
    [
        "",
        '<sheet name="A" sheetId="1"/>',
        '<sheet sheetId="1" r:id="rId1"/>',
        '<sheet name="A" sheetId="1" r:id="rId1" state="half"/>',
        f'<sheet name="{"A" * 300}" sheetId="1" r:id="rId1"/>',
        '<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId1"/>',
        '<sheet name="A" sheetId="1" r:id="rId1"/><iets/>',
        '<sheet name="A" sheetId="1" r:id="rId1"/></sheets><sheets>',
    ],
)
def test_a_broken_list_of_sheets_is_damage(sheets: str) -> None:
    trouble = refused(book({WORKBOOK: workbook_part(sheets)}))
    assert (trouble.kind, trouble.part) == ("damaged", WORKBOOK)


def test_the_same_name_twice_is_damage() -> None:
    names = '<definedName name="a">1</definedName><definedName name="A">2</definedName>'
    part = workbook_part('<sheet name="A" sheetId="1" r:id="rId1"/>',
                         after=f"<definedNames>{names}</definedNames>")  # fmt: skip
    assert refused(book({WORKBOOK: part})).kind == "damaged"


@pytest.mark.parametrize(
    "name", ["Auto_Open", "_xlnm.Auto_Open", "AUTO_CLOSE", "auto_open.2", "_xlnm.Auto_Activate"]
)
def test_a_name_that_starts_something_is_told(name: str) -> None:
    names = f'<definedNames><definedName name="{name}">Macro1!$A$1</definedName></definedNames>'
    found = read_bytes("x.xlsx", book({WORKBOOK: workbook_part(ONE, after=names)}))
    (trouble,) = found.troubles
    assert (trouble.kind, trouble.fatal) == ("macros", False)
    assert "start iets" in trouble.detail


def test_other_names_start_nothing() -> None:
    names = '<definedNames><definedName name="Mijn_Auto_Open">1</definedName></definedNames>'
    assert not read_bytes("x.xlsx", book({WORKBOOK: workbook_part(ONE, after=names)})).troubles


def test_a_sheet_without_its_part_is_missing_and_named() -> None:
    for target in ("worksheets/weg.xml", "../../buiten.xml"):
        trouble = refused(
            book({WORKBOOK_RELATIONS: relations(("worksheet", target))})
        )  # fmt: skip
        assert trouble.kind == "sheet-missing"
        assert "‘Blad’" in trouble.detail
    strange = workbook_part('<sheet name="a&#x202e;b" sheetId="1" r:id="rId9"/>')
    assert "‘aU+202Eb’" in refused(book({WORKBOOK: strange})).detail


def test_a_sheet_outside_the_package_or_of_another_kind_is_missing() -> None:
    outside = relations(("worksheet", "http://example.org/x")).replace(
        b"/></R", b' TargetMode="External"/></R'
    )
    assert refused(book({WORKBOOK_RELATIONS: outside})).kind == "sheet-missing"
    other = relations(("theme", "worksheets/sheet1.xml"))
    assert refused(book({WORKBOOK_RELATIONS: other})).kind == "sheet-missing"


def test_two_sheets_from_one_part_are_ambiguous() -> None:
    two = workbook_part(
        '<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId1"/>'
    )
    trouble = refused(book({WORKBOOK: two}))
    assert (trouble.kind, trouble.part) == ("ambiguous", SHEET)


@pytest.mark.parametrize("kind", ["sharedStrings", "styles"])
def test_a_reference_to_a_part_that_is_not_there_is_damage(kind: str) -> None:
    base = [("worksheet", "worksheets/sheet1.xml")]
    own = f"{kind}.xml"
    for more in ([(kind, "weg.xml")], [(kind, own), (kind, own)]):
        rels = relations(*base, *more)
        assert refused(book({WORKBOOK_RELATIONS: rels})).kind == "damaged"


def test_comments_that_are_not_there_are_damage() -> None:
    rels = {"xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "weg.xml"))}
    assert refused(book({**rels})).kind == "damaged"


def test_the_same_property_twice_is_damage() -> None:
    one = '<property name="norm"><v:lpwstr xmlns:v="{}">x</v:lpwstr></property>'.format(
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    )
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    custom = f'<Properties xmlns="{space}">{one * 2}</Properties>'
    root = relations(("officeDocument", WORKBOOK), ("custom-properties", "docProps/custom.xml"))
    trouble = refused(book({ROOT_RELATIONS: root, "docProps/custom.xml": custom.encode()}))
    assert (trouble.kind, trouble.part) == ("damaged", "docProps/custom.xml")
    assert PACKAGE.encode() in root


def cells(count: int) -> str:
    return f'<row r="1">{"<c/>" * count}</row>'


def plain_cells(letters: str) -> str:
    return '<row r="1">' + "".join([f'<c r="{letter}1"/>' for letter in letters]) + "</row>"


ONE = '<sheet name="A" sheetId="1" r:id="rId1"/>'
TWO = ONE + '<sheet name="B" sheetId="2" r:id="rId2"/>'
TWO_SHEETS = book(
    {
        WORKBOOK: workbook_part(TWO),
        WORKBOOK_RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "twee.xml")
        ),
        SHEET: sheet(cells(6)),
        "xl/twee.xml": sheet(plain_cells("ABCDEF")),
    }
)
AREAS = "A1 " * 11
MERGES = '<mergeCell ref="A1"/>' * 11
NAME = "<definedName name='n'>elf letters</definedName>"
INLINE = '<row r="1"><c t="inlineStr"><is>{}</is></c></row>'
LIMITS = {
    "cells": ("MAX_CELLS", with_sheet(cells(11))),
    "plain cells": ("MAX_CELLS", with_sheet(plain_cells("ABCDEFGHIJK"))),
    "cells of two sheets": ("MAX_CELLS", TWO_SHEETS),
    "rows": ("MAX_ROWS", with_sheet("<row/>" * 11)),
    "rows that are not there": (
        "MAX_ROWS",
        with_sheet('<row r="12"/>', before='<sheetFormatPr zeroHeight="1"/>'),
    ),
    "merges": ("MAX_AREAS", with_sheet(after=f"<mergeCells>{MERGES}</mergeCells>")),
    "areas of validations": (
        "MAX_AREAS",
        with_sheet(after=f'<dataValidations><dataValidation sqref="{AREAS}"/></dataValidations>'),
    ),
    "hidden columns": (
        "MAX_AREAS",
        with_sheet(before="<cols>" + '<col min="1" max="1" hidden="1"/>' * 11 + "</cols>"),
    ),
    "text": ("MAX_CHARACTERS", with_sheet(INLINE.format("<t>elf letters</t>"))),
    "text of runs": ("MAX_CHARACTERS", with_sheet(INLINE.format("<r><t>x</t></r>" * 11))),
    "results": (
        "MAX_CHARACTERS",
        with_sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 40}</v></c></row>'),
    ),
    "formulas": (
        "MAX_CHARACTERS",
        with_sheet(f'<row r="1"><c r="A1"><f>{"x" * 40}</f></c></row>'),
    ),
    "rich strings": (
        "MAX_CHARACTERS",
        book({STRINGS: strings("<r><t>elf</t></r><r><t> letters</t></r>")}),
    ),
    "names": (
        "MAX_CHARACTERS",
        book({WORKBOOK: workbook_part(ONE, after=f"<definedNames>{NAME}</definedNames>")}),
    ),
}


@pytest.mark.parametrize("what", LIMITS)
def test_what_is_too_much_is_refused(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, data = LIMITS[what]
    assert not read_bytes("x.xlsx", data).fatal
    monkeypatch.setattr(_purse, limit, 10)
    assert refused(data).kind == "limits"


def test_a_sheet_beyond_the_true_limit_is_refused() -> None:
    rows = "".join([f'<row r="{row}">{"<c/>" * 250}</row>' for row in range(1, 1_000)])
    data = zipped(workbook({SHEET: sheet(rows)}), method=0)
    assert refused(data).kind == "limits"
