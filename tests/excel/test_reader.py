"""What the reader gives for each thing that a workbook can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtemplates.excel.reader import read_bytes, read_workbook
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Submission, Validation
from tests.package.files import (
    MAIN,
    PACKAGE,
    RELATIONS,
    ROOT_RELATIONS,
    SHEET,
    STRICT,
    STRICT_RELATIONS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    compound,
    relations,
    sheet,
    strings,
    with_sheet,
    workbook,
    workbook_part,
    zipped,
)

EMPTY, TEXT, NUMBER = CellKind.EMPTY, CellKind.TEXT, CellKind.NUMBER
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(data: bytes) -> Submission:
    """Read a file that must be without any trouble."""
    found = read_bytes("overzicht.xlsx", data)
    assert found.troubles == ()
    return found


def first(data: bytes) -> Sheet:
    return read(data).sheets[0]


def one(cell: str, strings: bytes) -> Cell:
    """The only cell of a sheet that holds just this ``<c>``."""
    (found,) = first(with_sheet(f'<row r="2">{cell}</row>', strings=strings)).cells.values()
    return found


RUNS = "<r><rPr><b/></rPr><t>a </t></r><r><t>b</t></r>"
SOUND = '<rPh sb="0" eb="1"><t>klank</t></rPh><phoneticPr fontId="1"/>'
CELLS: list[tuple[str, CellKind, str, str | None]] = [
    ('<c r="B2"/>', EMPTY, "", None),
    ('<c r="B2" t="n"/>', EMPTY, "", None),
    ('<c r="B2"><v/></c>', EMPTY, "", None),
    ('<c r="B2" t="s"/>', EMPTY, "", None),
    ('<c r="B2"><v>12</v></c>', NUMBER, "12", None),
    ('<c r="B2" t="n"><v> -1.5E-07 </v></c>', NUMBER, "-1.5E-07", None),
    ('<c r="B2"><v>.5</v></c>', NUMBER, ".5", None),
    ('<c r="B2"><v>007</v></c>', NUMBER, "007", None),
    ('<c r="B2" t="s"><v>0</v></c>', TEXT, "nul", None),
    ('<c r="B2" t="s"><v>01</v></c>', TEXT, "een", None),
    ('<c r="B2" t="s"><v> 1 </v></c>', TEXT, "een", None),
    ('<c r="B2" t="s"><v>2</v></c>', TEXT, "rijke tekst", None),
    ('<c r="B2" t="s"><v>3</v></c>', TEXT, "漢字", None),
    ('<c r="B2" t="s"><v>4</v></c>', TEXT, "", None),
    ('<c r="B2" t="s"><v>5</v></c>', TEXT, "  blijft  ", None),
    ('<c r="B2" t="s"><v>6</v></c>', TEXT, "valt weg", None),
    ('<c r="B2" t="s"><v>7</v></c>', TEXT, "a\r\nb_x000D_ 😀 \ufffd", None),
    ('<c r="B2" t="s"><v>8</v></c>', TEXT, '<&>"\' \nx', None),
    ('<c r="B2" t="inlineStr"><is><t>hier</t></is></c>', TEXT, "hier", None),
    ('<c r="B2" t="inlineStr"><is/></c>', TEXT, "", None),
    ('<c r="B2" t="inlineStr"><is><t> x </t></is></c>', TEXT, "x", None),
    ('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', TEXT, " x ", None),
    (f'<c r="B2" t="inlineStr"><is>{RUNS}{SOUND}</is></c>', TEXT, "a b", None),
    ('<c r="B2" t="str"><v>uitkomst</v></c>', TEXT, "uitkomst", None),
    ('<c r="B2" t="str"><v>_x0041_b</v></c>', TEXT, "Ab", None),
    ('<c r="B2" t="str"><v> x </v></c>', TEXT, "x", None),
    ('<c r="B2" t="str"><v xml:space="preserve"> x </v></c>', TEXT, " x ", None),
    ('<c r="B2" t="str"><v></v></c>', TEXT, "", None),
    ('<c r="B2" t="b"><v>1</v></c>', CellKind.BOOLEAN, "1", None),
    ('<c r="B2" t="b"><v>false</v></c>', CellKind.BOOLEAN, "0", None),
    ('<c r="B2" t="e"><v>#REF!</v></c>', CellKind.ERROR, "#REF!", None),
    ('<c r="B2" t="d"><v>2025-04-01T00:00:00</v></c>', CellKind.DATE, "2025-04-01T00:00:00", None),
    ('<c r="B2" t="d"><v>2025-04-01</v></c>', CellKind.DATE, "2025-04-01", None),
    ('<c r="B2"><f>A1+1</f><v>3</v></c>', NUMBER, "3", "A1+1"),
    ('<c r="B2"><f>A1+1</f></c>', EMPTY, "", "A1+1"),
    ('<c r="B2"><f>A1+1</f><v></v></c>', EMPTY, "", "A1+1"),
    ('<c r="B2" t="str"><f>A1&amp;"&lt;"</f><v>&lt;</v></c>', TEXT, "<", 'A1&"<"'),
    ('<c r="B2"><f t="shared" si="0"/><v>3</v></c>', NUMBER, "3", ""),
    ('<c r="B2"><f t="shared" ref="B2:B9" si="0">A2</f><v>3</v></c>', NUMBER, "3", "A2"),
    ('<c r="B2"><f t="array" ref="B2">SUM(A1)</f><v>3</v></c>', NUMBER, "3", "SUM(A1)"),
    ('<c r="B2"><f t="dataTable" ref="B2:B3" dt2D="1" r1="A1"/><v>3</v></c>', NUMBER, "3", ""),
    ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellKind.ERROR, "#DIV/0!", "1/0"),
    ('<c r="B2" t="e"><f>1/0</f></c>', EMPTY, "", "1/0"),
    ('<c r="B2" cm="1" vm="2" ph="1"><v>1</v><extLst><ext uri="x"/></extLst></c>', NUMBER, "1",
     None),
]  # fmt: skip

ITEMS = strings(
    "<t>nul</t>",
    "<t>een</t>",
    '<r><rPr><b/></rPr><t>rijke</t></r><r><t xml:space="preserve"> </t></r><r><t>tekst</t></r>',
    '<t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/>',
    "<t/>",
    '<t xml:space="preserve">  blijft  </t>',
    "<t>\n  valt weg\t</t>",
    "<t>a_x000D_\nb_x005F_x000D_ _xD83D__xDE00_ _xD83D_</t>",
    "<t>&lt;&amp;&gt;&quot;&apos; &#10;x</t>",
)


@pytest.mark.parametrize(("cell", "kind", "text", "formula"), CELLS)
def test_cells(cell: str, kind: CellKind, text: str, formula: str | None) -> None:
    assert one(cell, strings=ITEMS) == Cell(2, 2, kind, text, formula, True)


def test_all_of_these_in_one_sheet() -> None:
    rows = "".join(
        f'<row r="{row}">{cell.replace("B2", f"B{row}", 1)}</row>'
        for row, (cell, *_) in enumerate(CELLS, start=1)
    )
    cells = first(with_sheet(rows, strings=ITEMS)).cells
    assert [cell[2:5] for cell in cells.values()] == [case[1:] for case in CELLS]
    assert list(cells) == [(row, 2) for row in range(1, len(CELLS) + 1)]


@pytest.mark.parametrize("length", [100, 200, 300, 5000])
def test_of_a_long_formula_it_is_known_that_it_stands_there(length: int) -> None:
    text = "A" * length
    for tail in ("", "<!-- -->"):  # the second is read the long way
        data = with_sheet(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>{tail}')
        formula = first(data).cell(1, 1).formula
        assert formula == (text if length < 250 else "")


def test_cells_and_rows_without_address_follow_each_other() -> None:
    rows = (
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"/>'
        '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    )
    assert [*first(with_sheet(rows)).cells] == [(1, 1), (1, 4), (1, 5), (6, 1)]


def test_the_last_cell_of_a_sheet() -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert first(with_sheet(rows)).text(1_048_576, 16_384) == "1"


def test_the_format_of_the_cell_says_whether_it_is_locked() -> None:
    rows = '<row r="1"><c r="A1"/><c r="B1" s="0"/><c r="C1" s="1"/><c r="D1" s="2"/></row>'
    found = first(with_sheet(rows))
    assert [cell.locked for cell in found.cells.values()] == [True, True, False, True]
    assert found.cell(9, 9) == Cell(9, 9, EMPTY, "", None, True)


def test_a_workbook_without_styles_or_strings() -> None:
    parts = {
        STYLES: None,
        "xl/sharedStrings.xml": None,
        WORKBOOK_RELATIONS: relations(("worksheet", "worksheets/sheet1.xml")),
        SHEET: sheet('<row r="1"><c r="A1" s="0"><v>1</v></c></row>'),
    }
    assert first(book(parts)).cell(1, 1).locked


@pytest.mark.parametrize(
    ("element", "protected"),
    [
        ("", False),
        ("<sheetProtection/>", False),
        ('<sheetProtection sheet="0" objects="1"/>', False),
        ('<sheetProtection sheet="1"/>', True),
        ('<sheetProtection sheet="true" password="CC1A"/>', True),
    ],
)
def test_protection(element: str, protected: bool) -> None:
    assert first(with_sheet(after=element)).protected is protected


def test_protection_counts_in_its_own_place_only() -> None:
    inside = '<ext uri="x"><a><sheetProtection sheet="1"/></a></ext>'
    assert not first(with_sheet(after=f"<extLst>{inside}</extLst>")).protected


def test_merges() -> None:
    merges = '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="$D$5:C4"/></mergeCells>'
    assert first(with_sheet(after=merges)).merges == (Area(1, 1, 2, 2), Area(4, 3, 5, 4))


def test_hidden_rows_and_columns() -> None:
    rows = (
        '<row r="1" hidden="0" ht="15"/><row r="2" hidden="1"/><row r="3" ht="0" customHeight="1"/>'
        '<row r="4" hidden="true" ht="12.5"/><row r="5" ht="0.0"/>'
    )
    columns = (
        '<cols><col min="1" max="1" width="9.5"/><col min="2" max="3" hidden="1" width="9"/>'
        '<col min="5" max="5" width="0"/><col min="6" max="16384" hidden="false"/></cols>'
    )
    found = first(with_sheet(rows, before=columns))
    assert found.hidden_rows == {2, 3, 4, 5}
    assert found.hidden_columns == ((2, 3), (5, 5))


def test_a_filter_that_is_on() -> None:
    on = '<autoFilter ref="A1:B9"><filterColumn colId="1"><filters blank="1"/></filterColumn>'
    assert first(with_sheet(after=f"{on}</autoFilter>")).filtered
    assert not first(with_sheet(after='<autoFilter ref="A1:B9"/>')).filtered


def test_rows_that_are_hidden_because_they_are_not_listed() -> None:
    rows = '<row r="1"/><row r="3"><c r="A3"/></row><row r="6" hidden="1"/>'
    found = first(with_sheet(rows, before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'))
    assert found.hidden_rows == {2, 4, 5, 6}
    assert not first(with_sheet(rows.replace(' hidden="1"', ""))).hidden_rows


def test_validations() -> None:
    element = (
        '<dataValidations count="3"><dataValidation type="list" allowBlank="1" '
        'showInputMessage="1" showErrorMessage="1" promptTitle="x" sqref="C5:C9 C11"><formula1>'
        'Lijst</formula1></dataValidation><dataValidation type="textLength" errorStyle="warning" '
        'operator="lessThanOrEqual" showErrorMessage="1" sqref="E5"><formula1>2000</formula1>'
        '</dataValidation><dataValidation type="decimal" sqref="$B:$C 7:8"><formula1>1</formula1>'
        "<formula2>A1&lt;2</formula2></dataValidation></dataValidations>"
    )
    assert first(with_sheet(after=element)).validations == (
        Validation("list", "between", "Lijst", "", True, (Area(5, 3, 9, 3), Area(11, 3, 11, 3))),
        Validation("textLength", "lessThanOrEqual", "2000", "", False, (Area(5, 5, 5, 5),)),
        Validation(
            "decimal", "between", "1", "A1<2", False,
            (Area(1, 2, 1_048_576, 3), Area(7, 1, 8, 16_384)),
        ),
    )  # fmt: skip


def test_validations_in_the_extension_list() -> None:
    element = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list" '
        'showErrorMessage="1"><x14:formula1><xm:f>_lijsten!$A$1:$A$4</xm:f></x14:formula1>'
        "<xm:sqref>C5 C7:C8</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    areas = (Area(5, 3, 5, 3), Area(7, 3, 8, 3))
    found = first(with_sheet(after=element)).validations
    assert found == (Validation("list", "between", "_lijsten!$A$1:$A$4", "", True, areas),)


def test_a_list_with_commas_in_its_labels_as_excel_writes_it() -> None:
    element = (
        f'<dataValidations><dataValidation type="list" sqref="A1" xmlns:mc="{MC}">'
        '<mc:AlternateContent><mc:Choice Requires="x12ac"><x12ac:list xmlns:x12ac="x">"a, b",c'
        '</x12ac:list></mc:Choice><mc:Fallback><formula1>"a, b,c"</formula1></mc:Fallback>'
        "</mc:AlternateContent></dataValidation></dataValidations>"
    )
    assert first(with_sheet(after=element)).validations[0].first == '"a, b,c"'


THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def test_comments_of_both_kinds_once_each_and_in_order() -> None:
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    notes = (
        f'<comments xmlns="{MAIN}"><authors><author>Naam</author></authors><commentList>'
        '<comment ref="C9" authorId="0"><text><t>x</t></text></comment>'
        '<comment ref="B2" authorId="0"><text/></comment></commentList></comments>'
    )
    threads = (
        f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="C9" id="1"><text>x</text>'
        '</threadedComment><threadedComment ref="A3" id="2"/></ThreadedComments>'
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("comments", "../comments1.xml"), (kind, "../threadedComments/threadedComment1.xml")
        ),
        "xl/comments1.xml": notes.encode(),
        "xl/threadedComments/threadedComment1.xml": threads.encode(),
    }
    found = read(book(dict(parts)))
    assert found.sheets[0].comments == ((2, 2), (3, 1), (9, 3))
    assert "Naam" not in repr(found)


SHEETS = workbook_part(
    '<sheet name="Één" sheetId="7" r:id="rId4"/>'
    '<sheet name="_x005F_x0041_" sheetId="2" state="hidden" r:id="rId1"/>'
    '<sheet name="Grafiek" sheetId="3" state="veryHidden" r:id="rId5"/>',
    before='<workbookPr date1904="1"/><workbookProtection lockStructure="1"/>',
    after='<definedNames><definedName name="lijst">_lijsten!$A$1:$A$4</definedName>'
    '<definedName name="verborgen" hidden="1">1</definedName>'
    '<definedName name="plaatselijk" localSheetId="0">A1</definedName>'
    '<definedName name="LIJST" localSheetId="1">B1</definedName>'
    '<definedName name="_xlnm.Print_Area" localSheetId="0">A1:B2</definedName>'
    '<definedName name="_xlnm._FilterDatabase" hidden="1">A1</definedName></definedNames>',
)


def several() -> dict[str, bytes]:
    return workbook(
        {
            WORKBOOK: SHEETS,
            WORKBOOK_RELATIONS: relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "/xl/styles.xml"),
                ("worksheet", "/bladen/een.xml"),
                ("chartsheet", "chartsheets/sheet1.xml"),
            ),
            "bladen/een.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>'.encode(),
        }
    )


def test_sheets_stand_in_the_order_of_the_workbook_with_their_states() -> None:
    found = read(zipped(several()))
    assert [(one.name, one.state, len(one.cells)) for one in found.sheets] == [
        ("Één", "visible", 1),
        ("_x0041_", "hidden", 1),
        ("Grafiek", "veryHidden", 0),
    ]
    assert found.sheet("één") is found.sheets[0]


def test_names_dates_and_the_lock_on_the_structure() -> None:
    found = read(zipped(several()))
    assert found.names == {
        "lijst": "_lijsten!$A$1:$A$4",
        "verborgen": "1",
        "plaatselijk": "A1",
    }
    assert found.date1904
    assert found.structure_locked
    plain = read(book())
    assert (plain.names, plain.date1904, plain.structure_locked) == ({}, False, False)


CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CORE = f"{PACKAGE}/metadata/core-properties"


def test_properties_and_title_and_no_person() -> None:
    custom = (
        f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VARIANTS}">'
        '<property fmtid="x" pid="2" name="norm"><vt:lpwstr>noord_x0041_</vt:lpwstr></property>'
        '<property fmtid="x" pid="3" name="editie"><vt:i4>2025</vt:i4></property>'
        '<property fmtid="x" pid="4" name="waar"><vt:bool>true</vt:bool></property>'
        '<property fmtid="x" pid="5" name="rij"><vt:vector size="0" baseType="i4"/></property>'
        "</Properties>"
    )
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Overzicht &amp; meer</dc:title><dc:creator>J. Jansen</dc:creator>"
        "<cp:lastModifiedBy>P. Pieters</cp:lastModifiedBy></cp:coreProperties>"
    )
    root = relations(
        ("officeDocument", WORKBOOK),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("custom-properties", "docProps/custom.xml"),
    )
    found = read(
        book({
            ROOT_RELATIONS: root,
            "docProps/core.xml": core.encode(),
            "docProps/custom.xml": custom.encode(),
        })
    )  # fmt: skip
    assert found.properties == {"norm": "noordA", "editie": "2025", "waar": "true"}
    assert found.title == "Overzicht & meer"
    assert "Jansen" not in repr(found)
    assert "Pieters" not in repr(found)


def test_macros_are_told_and_the_answers_are_read() -> None:
    found = read_bytes("x.xlsm", book({"xl/vbaProject.bin": compound("Root Entry", "VBA")}))
    (trouble,) = found.troubles
    assert (trouble.kind, trouble.fatal, found.fatal) == ("macros", False, False)
    assert found.sheets == read(book()).sheets


def other_ways() -> dict[str, dict[str, bytes]]:
    """The same workbook, written in every way that the standard allows."""
    plain = workbook({SHEET: sheet(
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>',
        '<sheetProtection sheet="1"/>',
    )})  # fmt: skip
    office = [name for name in plain if name.startswith("xl/") and not name.endswith(".rels")]
    strict = {
        name: content.replace(MAIN.encode(), STRICT.encode()).replace(
            RELATIONS.encode(), STRICT_RELATIONS.encode()
        )
        for name, content in plain.items()
    }

    def prefixed(content: bytes) -> bytes:
        text = content.decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        text = text.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        return text.encode()

    def wide(content: bytes) -> bytes:
        return ('<?xml version="1.0" encoding="UTF-16"?>' + content.decode()).encode("utf-16")

    def airy(content: bytes) -> bytes:
        text = content.decode().replace("><", ">\r\n  <")
        return b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\r\n<!-- x -->' + text.encode()

    moved = {
        name.replace("xl/", "werk/map/"): content.replace(b"xl/", b"werk/map/")
        for name, content in plain.items()
    }
    return {
        "plain": plain,
        "strict": strict,
        "prefixed": plain | {name: prefixed(plain[name]) for name in office},
        "UTF-16": plain | {name: wide(plain[name]) for name in office},
        "airy": plain | {name: airy(plain[name]) for name in office},
        "moved": moved,
        "other case": {name.upper().replace("[CONTENT_TYPES]", "[Content_Types]").replace(
            "TYPES].XML", "Types].xml"): content for name, content in plain.items()},
    }  # fmt: skip


@pytest.mark.parametrize("way", other_ways())
def test_the_same_workbook_written_otherwise_reads_the_same(way: str) -> None:
    found = first(zipped(other_ways()[way]))
    assert found.cells == {
        (1, 1): Cell(1, 1, TEXT, "tekst", None, False),
        (1, 2): Cell(1, 2, NUMBER, "2", "1+1", True),
    }
    assert found.protected


def test_a_file_is_read_by_path_and_a_missing_one_is_the_callers(tmp_path: Path) -> None:
    path = tmp_path / "overzicht é.xlsx"
    path.write_bytes(book())
    assert read_workbook(path).name == "overzicht é.xlsx"
    assert read_workbook(path) == read_bytes("overzicht é.xlsx", book())
    with pytest.raises(OSError, match="weg"):
        read_workbook(tmp_path / "weg.xlsx")


def test_the_owner_file_is_told() -> None:
    (trouble,) = read_bytes("~$overzicht.xlsx", b"\x05Naam").troubles
    assert (trouble.kind, trouble.fatal) == ("owner-file", True)
    assert read(book()) == read_bytes("overzicht.xlsx", book())
    assert read_bytes("~$overzicht.xlsx", book()).sheets
