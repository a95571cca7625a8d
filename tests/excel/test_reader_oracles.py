"""The reader against openpyxl and calamine, on workbooks saved by XlsxWriter and by real programs.

Where they may differ it is said:

* openpyxl leaves ``_xHHHH_`` as it is, leaves out what stands in an extension list, and turns day
  numbers into dates by their number format;
* calamine does that too, gives no errors (an empty text) and strips spaces at the ends of a text
  without ``xml:space``, as Gnumeric writes pieces of rich text.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Submission
from tests.clients.gnumeric import Gnumeric
from tests.clients.javascript import Library
from tests.clients.office import Office
from tests.mutations.book import Book
from tests.mutations.kind import base

BUILT_IN = {"_FilterDatabase", "Print_Area", "Print_Titles"}
"""Names that openpyxl keeps elsewhere; Gnumeric writes some without the sheet that they are of."""

Rule = tuple[str, str, str, set[tuple[int, int, int, int]]]
"""A validation: type, both formulas, and where it holds."""

ROWS = 55
STATUSES = ["Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing"]


def overview() -> bytes:
    """A workbook of the shape of an overview, with one of everything that it may hold."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as made:
        locked = made.add_format({"text_wrap": True, "border": 1})
        open_ = made.add_format({"locked": False})
        day = made.add_format({"locked": False, "num_format": "dd-mm-yyyy"})
        bold = made.add_format({"bold": True})
        cover = made.add_worksheet("Start")
        cover.merge_range("B2:D3", "samen", locked)
        cover.write_rich_string("A1", "deels ", bold, "vet", " en meer", locked)
        cover.write_boolean("A2", True)
        cover.write("A3", "  blanks  ")
        cover.write("A4", "😀 <&>\"' é\nnieuwe regel\ttab")
        cover.write_formula("A5", "=1/0", None, "#DIV/0!")
        cover.write_array_formula("A6:A7", "{=B6:B7*2}", None, 0)
        cover.write_comment("A4", "een opmerking")
        cover.set_row(9, None, None, {"hidden": True})
        cover.set_column("F:G", None, None, {"hidden": True})
        cover.write_number("A8", 1.5e-7)
        cover.write_number("A9", -12345678901234.5)
        sheet = made.add_worksheet("Overzicht")
        for row in range(ROWS):
            sheet.write_string(row, 0, f"{row // 10 + 1}.{row % 10}", locked)
            sheet.write_string(row, 1, f"Wij hebben beleid & regels voor punt {row}.", locked)
            sheet.write_string(row, 2, STATUSES[row % 4], open_)
            long = f'IF(LEN(C{row + 1})=0,"Nog invullen ‘{row}’",' * 12 + '"ok"' + ")" * 12
            sheet.write_formula(row, 3, long, locked, "✔ Compleet")
            sheet.write_datetime(row, 4, datetime(2025, 1, 1) + timedelta(days=row), day)  # noqa: DTZ001
            sheet.write_blank(row, 5, None, open_)
            for column in range(6, 13):
                formula = f'IFERROR(LOWER(SUBSTITUTE(C{row + 1}," ","")),"<>&")'
                sheet.write_formula(row, column, formula, locked, "uitgevoerd")
        sheet.protect("", {"autofilter": True})
        sheet.data_validation("C1:C55", {"validate": "list", "source": "=lijst"})
        sheet.data_validation(
            "E1:E55",
            {"validate": "date", "criteria": ">=", "value": date(2025, 1, 1),
             "error_type": "warning"},
        )  # fmt: skip
        hidden = made.add_worksheet("_lijsten")
        hidden.write_column("A1", STATUSES)
        hidden.hide()
        deep = made.add_worksheet("_meta")
        deep.write_row("A1", ["norm", "noord-holland"])
        deep.very_hidden()
        made.define_name("lijst", "=_lijsten!$A$1:$A$4")
        made.define_name("norm_naam", "=_meta!$B$1")
        made.set_custom_property("norm", "noord-holland")
        made.set_properties({"title": "Overzicht", "author": "J. Jansen"})
    return file.getvalue()


@pytest.fixture(scope="module")
def made() -> bytes:
    return overview()


def compare(data: bytes) -> Submission:
    """Read a workbook with each reader and hold them against each other."""
    ours = read_bytes("x.xlsx", data)
    assert ours.troubles == ()
    compare_values(ours, data)
    with warnings.catch_warnings():
        for said in (".* extension is not supported", "Workbook contains no default style"):
            warnings.filterwarnings("ignore", said, UserWarning)
        values: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas: Any = openpyxl.load_workbook(io.BytesIO(data))
    assert [(one.name, one.state) for one in ours.sheets] == [
        (one.title, one.sheet_state) for one in values.worksheets
    ]
    extended = _extended(data)
    for found in ours.sheets:
        beyond = extended.get(found.name, [])
        _compare_sheet(found, values[found.name], formulas[found.name], beyond)
    assert {name: text for name, text in ours.names.items() if name not in BUILT_IN} == {
        name: str(one.value) for name, one in formulas.defined_names.items()
    }
    assert ours.properties == {
        one.name: str(one.value or "") for one in formulas.custom_doc_props.props
    }
    assert ours.title == (formulas.properties.title or "")
    return ours


def compare_values(ours: Submission, data: bytes) -> None:
    """Hold every value against what calamine reads."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [sheet.name for sheet in ours.sheets]
    epoch = datetime(1904, 1, 1) if ours.date1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    wrong: list[tuple[str, Cell, object]] = []
    for sheet in ours.sheets:
        seen = set()
        grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for row, values in enumerate(grid, start=1):
            for column, value in enumerate(values, start=1):
                seen.add((row, column))
                if not _as_calamine(sheet.cell(row, column), value, epoch):
                    wrong.append((sheet.name, sheet.cell(row, column), value))
        wrong += [
            (sheet.name, cell, None)
            for place, cell in sheet.cells.items()
            if place not in seen and cell.text
        ]
    assert not wrong, (len(wrong), wrong[:5])


def _as_calamine(cell: Cell, value: Any, epoch: datetime) -> bool:
    """Tell whether calamine's value is ours."""
    if isinstance(value, bool):
        return cell.kind is CellKind.BOOLEAN and cell.text == str(int(value))
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second,
            microseconds=value.microsecond,
        )  # fmt: skip
    if isinstance(value, date):
        value = datetime.combine(value, time()) if not isinstance(value, datetime) else value
        value -= epoch
    if isinstance(value, timedelta):
        # calamine keeps milliseconds
        day = value / timedelta(days=1)
        return cell.kind is CellKind.NUMBER and abs(float(cell.text) - day) < 1e-8
    if isinstance(value, int | float):
        return cell.kind is CellKind.NUMBER and float(cell.text) == float(value)
    if cell.kind is CellKind.ERROR:
        return bool(value == "")
    return cell.text == value or _spaceless(cell.text) == _spaceless(value) != ""


def _spaceless(text: str) -> str:
    return text.replace(" ", "")


def _extended(data: bytes) -> dict[str, list[Rule]]:
    """What stands under ``x14`` in an extension list, by sheet: openpyxl leaves it out."""
    book = Book(data)
    spaces = {
        "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
        "xm": "http://schemas.microsoft.com/office/excel/2006/main",
    }
    return {
        entry.get("name", ""): [
            (
                one.get("type", "none"),
                one.findtext("x14:formula1/xm:f", "", spaces),
                one.findtext("x14:formula2/xm:f", "", spaces),
                {
                    (area.min_row, area.min_col, area.max_row, area.max_col)
                    for area in MultiCellRange(one.findtext("xm:sqref", "", spaces)).ranges
                },
            )
            for one in book.tree(book.part_of(entry.get("name", ""))).iterfind(
                ".//x14:dataValidation", spaces
            )
        ]
        for entry in book.workbook.iter("{*}sheet")
    }


def _compare_sheet(found: Sheet, values: Any, formulas: Any, beyond: list[Rule]) -> None:
    theirs = {
        (cell.row, cell.column): cell for line in values.iter_rows() for cell in line
    }  # fmt: skip
    assert set(found.cells) <= set(theirs)
    for place, other in theirs.items():
        formula = formulas.cell(*place)
        cell = found.cell(*place)
        if type(other).__name__ == "MergedCell":
            assert cell.text == ""
            continue
        assert _same(cell, other), (found.name, cell, other.value)
        assert (cell.formula is not None) == (formula.data_type == "f"), (found.name, cell)
        if cell.formula and isinstance(formula.value, str):
            assert "=" + cell.formula == formula.value
        if place in found.cells:
            assert cell.locked == other.protection.locked, (found.name, cell)
    assert found.protected == values.protection.sheet
    assert set(found.merges) == {
        Area(one.min_row, one.min_col, one.max_row, one.max_col)
        for one in values.merged_cells.ranges
    }
    assert found.hidden_rows == {
        number for number, row in values.row_dimensions.items() if row.hidden
    }
    _compare_rest(found, values, beyond)


def _compare_rest(found: Sheet, values: Worksheet, beyond: list[Rule]) -> None:
    assert [
        (one.kind, one.first, one.second, {tuple(area) for area in one.areas})
        for one in found.validations
    ] == [
        (
            one.type,
            one.formula1 or "",
            one.formula2 or "",
            {(a.min_row, a.min_col, a.max_row, a.max_col) for a in one.sqref.ranges},
        )
        for one in values.data_validations.dataValidation
    ] + beyond
    assert set(found.comments) == {
        (cell.row, cell.column)
        for line in values.iter_rows()
        for cell in line
        if getattr(cell, "comment", None)
    }


def _same(cell: Cell, other: Any) -> bool:
    """Tell whether both readers saw the same value."""
    value = other.value
    if value is None:
        return cell.kind is CellKind.EMPTY or cell.text == ""
    if other.data_type == "e":
        return cell.kind is CellKind.ERROR and cell.text == value
    if isinstance(value, bool):
        return cell.kind is CellKind.BOOLEAN and cell.text == str(int(value))
    if isinstance(value, datetime | date | time | timedelta):
        value = to_excel(value)  # type: ignore[no-untyped-call]
    if isinstance(value, int | float):
        return cell.kind is CellKind.NUMBER and float(cell.text) == float(value)
    return cell.kind is CellKind.TEXT and cell.text == value


def test_a_workbook_from_xlsxwriter(made: bytes) -> None:
    found = compare(made)
    sheet = found.sheet("Overzicht")
    assert sheet is not None
    assert len(sheet.cells) == ROWS * 13
    assert sum(cell.formula is not None for cell in sheet.cells.values()) == ROWS * 8
    assert [one.stops for one in sheet.validations] == [True, False]
    assert found.sheets[0].hidden_columns == ((6, 7),)
    assert "Jansen" not in repr(found)


def test_a_workbook_from_openpyxl(made: bytes) -> None:
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(made)).save(file)
    compare(file.getvalue())


def test_what_can_stand_in_a_cell() -> None:
    """Dates around the days that are odd, numbers as written, escapes, errors, and no more."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as made:
        day = made.add_format({"num_format": "dd-mm-yyyy"})
        moment = made.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        clock = made.add_format({"num_format": "hh:mm:ss"})
        bold = made.add_format({"bold": True})
        sheet = made.add_worksheet("Alles")
        for row, number in enumerate((61, 25569, 36526, 45748, 73050, 2958465)):
            sheet.write_number(row, 0, number, day)
            sheet.write_number(row, 1, number + 0.75, moment)
            sheet.write_number(row, 2, 0.5 + row / 1000, clock)
        for row, value in enumerate((0.1, 1e-300, 1e300, -0.0, 2**53, 1 / 3, 123456789012345.0)):
            sheet.write_number(row, 3, value)
        for row, text in enumerate(
            ("007", "1e5", " voor en na ", "regel\nregel", "_x000D_", "\r\x01", "=1+1", "#N/A",
             "TRUE", "Ĳ́😀", "<a href='x'>&amp;</a>", "'s-Hertogenbosch")
        ):  # fmt: skip
            sheet.write_string(row, 4, text)
        for row, code in enumerate(
            ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
        ):
            sheet.write_formula(row, 5, "=NA()", None, code)
        sheet.write_formula(7, 5, "=TRUE", None, True)
        sheet.write_formula(8, 5, '="a"&"b"', None, "ab")
        sheet.write_boolean(9, 5, False)
        sheet.write_rich_string(10, 5, "deels ", bold, " vet ", "en niet")
    data = file.getvalue()
    ours = read_bytes("x.xlsx", data)
    compare_values(ours, data)
    book: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=False)
    for line in book["Alles"].iter_rows():
        for other in line:
            cell = ours.sheets[0].cell(other.row, other.column)
            if isinstance(other.value, str) and "_x" in other.value:
                # openpyxl leaves this to its caller, but for a doubly escaped one
                assert cell.text in (unescape(other.value), other.value)
            else:
                assert _same(cell, other), (cell, other.value)


@pytest.mark.parametrize("base_name", ["issued", "returned"])
def test_the_workbooks_of_the_mutations(base_name: str) -> None:
    compare(base(base_name))


@pytest.mark.clients
@pytest.mark.parametrize("client", ["office", "gnumeric", "sheetjs", "exceljs"])
def test_the_filled_overview_saved_by_a_client(
    client: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    source, target = tmp_path / "bron.xlsx", tmp_path / "terug.xlsx"
    source.write_bytes(base("issued"))
    running: Office | Gnumeric | Library = request.getfixturevalue(client)
    if isinstance(running, Library):
        running.save(source, target)
    else:
        running.convert(source, target)
    compare(target.read_bytes())


def test_the_workbooks_that_came_back(returned: Path) -> None:
    files = sorted(returned.glob("*.xlsx"))
    assert files
    for file in files:
        compare(file.read_bytes())


@pytest.mark.clients
def test_a_workbook_saved_by_libreoffice(made: bytes, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "bron.xlsx"
    source.write_bytes(made)
    found = compare(office.convert(source, tmp_path / "terug.xlsx").read_bytes())
    _compare_answers(read_bytes("x.xlsx", made), found)


@pytest.mark.clients
def test_a_workbook_saved_by_gnumeric(made: bytes, gnumeric: Gnumeric, tmp_path: Path) -> None:
    source = tmp_path / "bron.xlsx"
    source.write_bytes(made)
    found = read_bytes("x.xlsx", gnumeric.convert(source, tmp_path / "terug.xlsx").read_bytes())
    assert not found.fatal
    _compare_answers(read_bytes("x.xlsx", made), found)


@pytest.mark.clients
@pytest.mark.parametrize(
    ("suffix", "kind"), [(".ods", "ods"), (".xls", "old-excel"), (".pdf", "pdf")]
)
def test_other_formats_of_libreoffice_are_told_apart(
    made: bytes, office: Office, tmp_path: Path, suffix: str, kind: str
) -> None:
    source = tmp_path / "bron.xlsx"
    source.write_bytes(made)
    data = office.convert(source, tmp_path / f"anders{suffix}").read_bytes()
    (trouble,) = read_bytes("overzicht.xlsx", data).troubles
    assert trouble.kind == kind


def _compare_answers(before: Submission, after: Submission) -> None:
    """What a client kept: every value, formula and open cell of the overview itself."""
    one, two = before.sheet("Overzicht"), after.sheet("Overzicht")
    assert one is not None
    assert two is not None
    assert two.protected
    for place, cell in one.cells.items():
        other = two.cell(*place)
        assert (other.kind, other.text, other.locked, other.formula is None) == (
            cell.kind, cell.text, cell.locked, cell.formula is None,
        )  # fmt: skip
