"""What the writer makes of a plan, read back by openpyxl or straight from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from attrs import evolve
from openpyxl.utils.escape import unescape
from openpyxl.utils.protection import hash_password
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from normtemplates.excel.styles import accent_properties, format_properties, takes_bold_away
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import look
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.look import (
    ANSWER,
    COMPLETE_ACCENT,
    INK,
    NEEDED_ACCENT,
    TITLE,
    Accent,
    Style,
)
from normtemplates.layout.plan import (
    AccentPlan,
    ColumnPlan,
    Formula,
    Link,
    PrintPlan,
    Rich,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.model.submission import Area
from tests.clients.values import CellError, read_values
from tests.excel.writer_plans import FOOTER, full_plan, sample_plan, workbook

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "{=1+1}",
    "+1",
    "-2",
    "@x",
    "http://example.org",
    "internal:Blad!A1",
    "external:c:\\x.xlsx",
    "mailto:x@example.org",
    "_x000D_",
    "_x005F_",
    "_x005F_x000D_",
    "_x000d_ en _X000D_",
    "  spaties voor en na  ",
    "regel één\nregel twee\n",
    "\ttab\tin het midden",
    "&amp; <b>vet</b> \"a\" 'b' ]]>",
    "<r>geen rijke tekst</r>",
    "<r><t>x</t></r>",
    "2.10",
    "007",
    "1E5",
    "TRUE",
    "#N/A",
    "\u200bonzichtbaar\ufeff\u202ebidi",
    "\N{GRINNING FACE} buiten het eerste vlak",
    "x" * 32_767,
    "\N{GRINNING FACE}" * 16_383 + "x",
]
"""Texts that some program takes for a formula, a link, a number, an escape or markup."""

UNWRITABLE = ["\x01", "a\rb", "\x00", "\x0b\x1f", "\ufffe", "\ud800"]
"""Characters that XML cannot hold; the format writes them as ``_x0001_``."""


def one_sheet(sheet: SheetPlan) -> WorkbookPlan:
    return workbook(sheet, names={"lijst": '"a"'})


def column_of(texts: list[str], style: Style = ANSWER) -> WorkbookPlan:
    sheet = SheetPlan("Blad")
    for row, text in enumerate(texts, start=1):
        sheet.put(row, 1, text, style)
    return one_sheet(sheet)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def first_sheet(sheet: SheetPlan) -> str:
    return part(write_workbook(one_sheet(sheet)), "xl/worksheets/sheet1.xml")


def opened(plan: WorkbookPlan) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(plan)), rich_text=False)


def opened_sheet(sheet: SheetPlan) -> Worksheet:
    found = opened(one_sheet(sheet)).worksheets[0]
    assert isinstance(found, Worksheet)
    return found


# -- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("build", [full_plan, sample_plan])
def test_the_same_plan_gives_the_same_bytes(build: object) -> None:
    assert callable(build)
    assert write_workbook(build()) == write_workbook(build())


def test_no_clock_and_no_person_gets_into_the_file() -> None:
    data = write_workbook(full_plan())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.created == properties.modified == datetime(2025, 1, 15)  # noqa: DTZ001
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_properties() -> None:
    plan = full_plan()
    book = opened(plan)
    assert book.properties.title == plan.title
    assert book.properties.subject == plan.subject
    assert book.properties.language == "nl-NL"
    data = write_workbook(plan)
    custom = re.findall(r'name="(\w+)"><vt:lpwstr>([^<]*)<', part(data, "docProps/custom.xml"))
    assert dict(custom) == plan.properties
    app = part(data, "docProps/app.xml")
    assert "<Company>RIEC Voorbeeld</Company>" in app


def test_defined_names() -> None:
    plan = full_plan()
    found = {name: one.attr_text for name, one in opened(plan).defined_names.items()}
    assert found == plan.names


def test_sheets_are_hidden_and_the_first_visible_one_is_open() -> None:
    hidden, shown = SheetPlan("_een", hidden=True), SheetPlan("Twee", selected=(3, 2))
    book = opened(workbook(hidden, shown))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["hidden", "visible"]
    assert book.active is book.worksheets[1]
    assert book.worksheets[1].sheet_view.selection[0].activeCell == "B3"


# -- cells -------------------------------------------------------------------------------------


def test_openpyxl_reads_hostile_texts_back_equal() -> None:
    texts = [text for text in HOSTILE if "x005F_" not in text]  # openpyxl takes that away
    sheet = opened(column_of(texts)).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(1, len(texts) + 1)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_second_reader_reads_them_and_control_characters_back_equal(tmp_path: Path) -> None:
    texts = [*HOSTILE, *UNWRITABLE]
    file = tmp_path / "tekst.xlsx"
    file.write_bytes(write_workbook(column_of(texts)))
    assert [read_values(file)["Blad"][row, 1] for row in range(1, len(texts) + 1)] == texts


def test_openpyxl_needs_help_with_what_xml_cannot_hold() -> None:
    sheet = opened(column_of(UNWRITABLE)).worksheets[0]
    found = [unescape(str(sheet.cell(row, 1).value)) for row in range(1, len(UNWRITABLE) + 1)]
    assert found == UNWRITABLE


@pytest.mark.parametrize("text", [*HOSTILE[:-2], *UNWRITABLE], ids=ascii)
def test_hostile_texts_survive_in_other_cells(tmp_path: Path, text: str) -> None:
    sheet = SheetPlan("Blad")
    sheet.put(1, 1, Rich(((text, True), (text, False))), Style())
    sheet.put(2, 1, Formula("LEN($A$9)", text), Style())
    if text not in UNWRITABLE:  # lint refuses them
        sheet.put(3, 1, Link("#Blad!A1", text), Style())
    file = tmp_path / "tekst.xlsx"
    file.write_bytes(write_workbook(one_sheet(sheet)))
    cells = read_values(file)["Blad"]
    assert cells[1, 1] == text + text
    assert cells[2, 1] == (CellError(text) if text == "#N/A" else text)
    assert cells.get((3, 1)) == (None if text in UNWRITABLE else text)


def test_hostile_texts_survive_in_notes() -> None:
    for text in (*HOSTILE, *UNWRITABLE):
        sheet = SheetPlan("Blad", notes=[(1, 1, text)])
        xml = part(write_workbook(one_sheet(sheet)), "xl/comments1.xml")
        (found,) = ET.fromstring(xml).findall(".//{*}t")
        decoded = re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), found.text or "")
        assert decoded == text


def test_an_empty_text_is_an_empty_cell() -> None:
    sheet = SheetPlan("Blad")
    sheet.put(1, 1, "", ANSWER)
    sheet.put(2, 1, Rich((("", True),)), ANSWER)
    xml = first_sheet(sheet)
    assert re.findall(r'<c r="A\d" s="1"/>', xml) == ['<c r="A1" s="1"/>', '<c r="A2" s="1"/>']


def test_values_keep_their_kind(tmp_path: Path) -> None:
    file = tmp_path / "waarden.xlsx"
    file.write_bytes(write_workbook(sample_plan()))
    cells = read_values(file)["Blad 'één' & meer"]
    assert cells[3, 2] == 45678
    assert cells[4, 2] is True
    assert [cells[row, 2] for row in range(9, 16)] == [
        "tekst & <zo>", "", 3.5, 7, True, False, CellError("#N/A"),
    ]  # fmt: skip


def test_the_value_of_a_formula_that_gives_no_text_is_a_text() -> None:
    sheet = SheetPlan("Blad")
    sheet.put(1, 1, Formula('IF(LEN($B1)=0,"",$B1)', ""), Style())
    cell = '<c r="A1" s="1" t="str"><f>IF(LEN($B1)=0,"",$B1)</f><v></v></c>'
    assert cell in first_sheet(sheet)


def test_every_formula_is_computed_on_opening() -> None:
    assert 'fullCalcOnLoad="1"' in part(write_workbook(full_plan()), "xl/workbook.xml")


def test_formulas_stand_as_they_came() -> None:
    plan = full_plan()
    book = opened(plan)
    for sheet in plan.sheets:
        for item in sheet.items:
            if isinstance(item.content, Formula):
                written = book[sheet.name].cell(item.row, item.column).value
                assert written == f"={item.content.text}"


def test_rich_text_has_its_runs() -> None:
    sheet = SheetPlan("Blad")
    sheet.put(1, 1, Rich((("Vet.", True), (" Gewoon", False))), Style(size=12, color=INK))
    data = write_workbook(one_sheet(sheet))
    value = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).worksheets[0]["A1"].value
    assert [(str(run), bool(run.font.b), run.font.sz) for run in value] == [
        ("Vet.", True, 12),
        (" Gewoon", False, 12),
    ]


def test_links_go_inside_and_outside() -> None:
    sheet = opened(sample_plan()).worksheets[0]
    inside, outside = sheet["B7"].hyperlink, sheet["B8"].hyperlink
    assert inside.location == "'Blad ''één'' & meer'!A1"
    assert inside.tooltip == "Naar boven"
    assert outside.target == "https://example.org/a%20b?x=1&y=2"
    assert outside.location == "hier"
    assert sheet["B8"].value == "Site"


# -- rows and columns --------------------------------------------------------------------------


def test_a_row_that_is_not_kept_grows_while_one_types() -> None:
    sheet = SheetPlan(
        "Blad", heights={1: (49, False), 2: (49, True), 3: (15, True), 4: (15, False)}
    )
    rows = re.findall(r"<row [^>]*>", first_sheet(sheet))
    assert rows == [
        '<row r="1" ht="48.75"/>',
        '<row r="2" ht="48.75" customHeight="1"/>',
        '<row r="3" ht="15" customHeight="1"/>',
        '<row r="4"/>',
    ]


def test_columns() -> None:
    sheet = SheetPlan("Blad", columns=[ColumnPlan(1, 1, 46), ColumnPlan(12, 20, 9, hidden=True)])
    found = opened_sheet(sheet).column_dimensions
    assert found["A"].width == pytest.approx(46.71, abs=0.01)
    assert found["L"].hidden
    assert (found["L"].min, found["L"].max) == (12, 20)


def test_the_default_style_reaches_the_last_column() -> None:
    plan = SheetPlan("Blad", default_style=Style(fill="#EEF1F4"), columns=[ColumnPlan(2, 2, 30)])
    plan.put(3, 2, "x", TITLE)
    xml = first_sheet(plan)
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style="1"', xml)
    assert columns == [("1", "1"), ("2", "2"), ("3", "16384")]
    assert '<dimension ref="B3"/>' in xml


# -- styles ------------------------------------------------------------------------------------

STYLES = {name: value for name, value in vars(look).items() if isinstance(value, Style)}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_looks_as_it_says(name: str) -> None:
    style = STYLES[name]
    sheet = SheetPlan("Blad")
    sheet.put(1, 1, "x", style)
    cell = opened_sheet(sheet)["A1"]
    assert (cell.font.name, cell.font.sz) == ("Calibri", style.size)
    assert (bool(cell.font.b), bool(cell.font.u)) == (style.bold, style.underline)
    assert cell.font.color.rgb == f"FF{style.color[1:]}"
    fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None
    assert fill == (style.fill and f"FF{style.fill[1:]}")
    assert cell.alignment.horizontal == style.align
    vertical = {"vcenter": "center", "bottom": None}.get(style.valign, style.valign)
    assert cell.alignment.vertical == vertical
    assert (cell.alignment.indent, bool(cell.alignment.wrap_text)) == (style.indent, style.wrap)
    assert cell.number_format == (style.number_format or "General")
    assert cell.protection.locked == style.locked
    own = {"top": style.top, "bottom": style.bottom, "right": style.right, "left": None}
    for side, line in own.items():
        ruled = style.border or (style.grid and side in ("right", "bottom"))
        expected = line or ((1, look.GRID) if ruled else None)
        drawn = getattr(cell.border, side)
        assert drawn.style == {1: "thin", 2: "medium", None: None}[expected and expected[0]]
        assert not expected or drawn.color.rgb == f"FF{expected[1][1:]}"


def test_text_and_whole_numbers_have_the_built_in_format() -> None:
    assert format_properties(Style(number_format="@"))["num_format"] == 49
    assert format_properties(Style(number_format="0"))["num_format"] == 1
    assert format_properties(Style(number_format="dd-mm-yyyy"))["num_format"] == "dd-mm-yyyy"


def test_accents() -> None:
    assert accent_properties(Accent()) == {}
    assert accent_properties(NEEDED_ACCENT) == {
        "bg_color": look.NEEDED,
        "border": 1,
        "border_color": look.WARN,
    }
    assert takes_bold_away(COMPLETE_ACCENT)
    assert not takes_bold_away(NEEDED_ACCENT)


def test_equal_styles_are_one_format() -> None:
    sheet = SheetPlan("Blad")
    for row in range(1, 50):
        sheet.put(row, 1, "x", evolve(TITLE))
    styles = part(write_workbook(one_sheet(sheet)), "xl/styles.xml")
    assert '<cellXfs count="2">' in styles


# -- what a sheet allows -----------------------------------------------------------------------


def test_every_sheet_is_protected_and_may_be_read_widened_and_filtered() -> None:
    plan = full_plan()
    book = opened(plan)
    for sheet in plan.sheets:
        lock = book[sheet.name].protection
        assert lock.sheet
        assert not lock.password
        # These attributes say what is forbidden.
        assert not any((lock.formatRows, lock.formatColumns))
        assert not any((lock.selectLockedCells, lock.selectUnlockedCells))
        assert lock.autoFilter is not sheet.allow_filter
        assert lock.objects
        assert lock.scenarios
        assert all((lock.formatCells, lock.insertRows, lock.deleteRows, lock.sort))


def test_the_structure_is_locked_in_the_place_where_the_schema_wants_it() -> None:
    xml = part(write_workbook(sample_plan()), "xl/workbook.xml")
    assert '<workbookProtection lockStructure="1"/><bookViews>' in xml


def test_a_password_guards_sheets_and_structure() -> None:
    plan = sample_plan()
    plan.password = "Geheim 1!"
    book = opened(plan)
    expected = hash_password("Geheim 1!")
    assert {sheet.protection.password for sheet in book.worksheets} == {expected}
    assert book.security.workbookPassword == expected
    assert book.security.lockStructure


def test_validations() -> None:
    sheet = SheetPlan("Blad")
    rules = [
        (CellRule("list", source="lijst"), ("list", None, "lijst", None)),
        (CellRule("textLength", longest=500), ("textLength", "lessThanOrEqual", "500", None)),
        (CellRule("date", last=date(2025, 4, 1)), ("date", None, "32874", "45748")),
    ]
    for row, (rule, _) in enumerate(rules, start=1):
        areas = (Area(row, 1, row, 3), Area(row + 10, 1, row + 20, 1))
        texts = ("Titel", 'Vraag & <b> "a"\nregel', "Let op", "Dat kan niet.")
        sheet.validations.append(ValidationPlan(areas, rule, *texts))
    found = opened_sheet(sheet).data_validations.dataValidation
    for row, (one, (_, expected)) in enumerate(zip(found, rules, strict=True), start=1):
        assert (one.type, one.operator, one.formula1, one.formula2) == expected
        assert str(one.sqref) == f"A{row}:C{row} A{row + 10}:A{row + 20}"
        assert (one.promptTitle, one.prompt) == ("Titel", 'Vraag & <b> "a"\nregel')
        assert (one.errorTitle, one.error) == ("Let op", "Dat kan niet.")
        assert one.showInputMessage
        assert one.showErrorMessage
        assert one.allowBlank
        assert one.errorStyle in (None, "stop")
        assert not one.showDropDown  # true would hide the arrow


def test_conditional_formats_in_their_order() -> None:
    sheet = SheetPlan("Blad")
    area = Area(1, 1, 9, 2)
    sheet.accents = [
        AccentPlan(area, "LEN($A1)=0", NEEDED_ACCENT, stop=True),
        AccentPlan(area, "LEN($A1)>0", COMPLETE_ACCENT),
        AccentPlan(area, "LEN($A1)>9", evolve(COMPLETE_ACCENT, bold=None)),
        AccentPlan(area, "LEN($A1)>99", evolve(COMPLETE_ACCENT, bold=True)),
    ]
    styles = part(write_workbook(one_sheet(sheet)), "xl/styles.xml")
    assert styles.count('<b val="0"/>') == 1
    (found,) = opened_sheet(sheet).conditional_formatting
    assert str(found.sqref) == "A1:B9"
    assert [rule.formula for rule in found.rules] == [[one.formula] for one in sheet.accents]
    assert [rule.priority for rule in found.rules] == [1, 2, 3, 4]
    assert [bool(rule.stopIfTrue) for rule in found.rules] == [True, False, False, False]
    needed, *others = (rule.dxf for rule in found.rules)
    assert needed.fill.bgColor.rgb == f"FF{look.NEEDED[1:]}"
    assert needed.border.left.color.rgb == f"FF{look.WARN[1:]}"
    assert [other.font.b for other in others] == [False, False, True]
    assert {other.font.color.rgb for other in others} == {f"FF{look.NAVY[1:]}"}


# -- charts, notes, print ----------------------------------------------------------------------


def test_charts() -> None:
    data = write_workbook(full_plan())
    bar, column = part(data, "xl/charts/chart1.xml"), part(data, "xl/charts/chart2.xml")
    for chart in (bar, column):
        assert '<c:grouping val="stacked"/>' in chart
        assert '<c:gapWidth val="45"/><c:overlap val="100"/>' in chart
        assert '<c:numFmt formatCode="0;;;" sourceLinked="0"/>' in chart
        assert '<c:legendPos val="b"/>' in chart
        assert 'sz="1200" b="1"' in chart
        assert "gridlines" not in chart.lower()
        assert chart.count('<a:ln w="9525"><a:solidFill><a:srgbClr val="0B3F66"/>') == chart.count(
            "<c:ser>"
        )
        assert '<c:lang val="nl-NL"/>' in chart
    assert '<c:barDir val="bar"/>' in bar
    assert '<c:catAx><c:axId val="50010001"/><c:scaling><c:orientation val="maxMin"/>' in bar
    assert '<c:barDir val="col"/>' in column
    assert "maxMin" not in column
    assert "<c:v>1. Bewustwording &amp; Organisatie</c:v>" in bar  # kept for who does not compute
    drawing = part(data, "xl/drawings/drawing1.xml")
    assert re.findall(r'descr="([^"]{10})', drawing) == ["Staafdiagr", "Kolomdiagr"]
    assert drawing.count('editAs="oneCell"') == 2


def test_notes_name_nobody() -> None:
    data = write_workbook(sample_plan())
    comments = part(data, "xl/comments1.xml")
    assert "<authors><author></author></authors>" in comments
    note = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["B9"].comment
    assert note.text == "Nog één."


def test_a_long_note_gets_a_large_box() -> None:
    sheet = SheetPlan("Blad", notes=[(1, 1, "kort"), (5, 1, "lang " * 60), (9, 1, "x" * 9000)])
    boxes = part(write_workbook(one_sheet(sheet)), "xl/drawings/vmlDrawing1.vml")
    heights = [float(height) for height in re.findall(r"height:([\d.]+)pt", boxes)]
    assert heights[0] < 40 < heights[1] < heights[2] == 345


def test_print_set_up() -> None:
    overview = opened(full_plan())["Overzicht"]
    page = overview.page_setup
    assert (page.paperSize, page.orientation) == (8, "landscape")
    fit = overview.sheet_properties.pageSetUpPr
    assert fit
    assert fit.fitToPage
    assert (page.fitToWidth, page.fitToHeight) == (None, 0)
    assert overview.print_title_rows == "$3:$3"
    assert overview.print_area == "'Overzicht'!$A$1:$K$56"
    margins = overview.page_margins
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.35, 0.35, 0.4, 0.55)
    assert overview.oddFooter
    footer = overview.oddFooter.center
    assert footer
    assert footer.text == "Vertrouwelijk"
    assert overview.auto_filter.ref == "A3:K56"
    assert overview.freeze_panes == "E4"


def test_scale_and_breaks() -> None:
    guide = opened(full_plan())["Uitleg"]
    assert (guide.page_setup.scale, guide.page_setup.orientation) == (68, "portrait")
    assert [one.id for one in guide.row_breaks.brk] == [29]


def test_visible_sheets_have_no_grid_lines() -> None:
    shown = [sheet.sheet_view.showGridLines for sheet in opened(full_plan()).worksheets]
    assert shown == [False] * 4 + [None] * 2


def test_excel_marks_no_text_that_looks_like_a_number() -> None:
    sheet = SheetPlan("Blad")
    sheet.put(2, 2, "2.10", look.NUMBER_CELL)
    sheet.put(5, 3, "x", ANSWER)
    assert '<ignoredError sqref="B2:C5" numberStoredAsText="1"/>' in first_sheet(sheet)


# -- what it refuses ---------------------------------------------------------------------------


def test_what_xlsxwriter_leaves_out_is_an_error() -> None:
    sheet = SheetPlan("Blad", notes=[(1, 1, "x" * 32_768)])
    with pytest.raises(ValueError, match="lint the plan first"):
        write_workbook(one_sheet(sheet))


def test_an_empty_sheet_is_a_sheet() -> None:
    sheet = SheetPlan("Blad", print=PrintPlan(footer=FOOTER))
    assert opened_sheet(sheet)["A1"].value is None
