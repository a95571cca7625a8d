"""The reader against openpyxl, on workbooks saved by XlsxWriter and by real programs.

Where the two may differ it is said: openpyxl leaves ``_xHHHH_`` as it is and turns day numbers
into dates by their number format.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Submission
from tests.clients.gnumeric import Gnumeric
from tests.clients.office import Office

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
    """Read a workbook twice and hold the readers against each other."""
    ours = read_bytes("x.xlsx", data)
    assert ours.troubles == ()
    values: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas: Any = openpyxl.load_workbook(io.BytesIO(data))
    assert [(one.name, one.state) for one in ours.sheets] == [
        (one.title, one.sheet_state) for one in values.worksheets
    ]
    for found in ours.sheets:
        _compare_sheet(found, values[found.name], formulas[found.name])
    assert {name: text for name, text in ours.names.items() if name != "_FilterDatabase"} == {
        name: str(one.value) for name, one in formulas.defined_names.items()
    }
    assert ours.properties == {one.name: str(one.value) for one in formulas.custom_doc_props.props}
    assert ours.title == (formulas.properties.title or "")
    return ours


def _compare_sheet(found: Sheet, values: Any, formulas: Any) -> None:
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
    _compare_rest(found, values)


def _compare_rest(found: Sheet, values: Worksheet) -> None:
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
    ]
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
