"""The built workbook against EN 301 549 v3.2.1, chapter 10 (documents); each test names its clause.

Read from the package with openpyxl and plain XML, never from our own plans, so that what is held
is what a screen reader or an eye meets. Contrast is WCAG 2.1's formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers
from tests.layout.samples import answers_with_parts, definitions, example_answers, texts

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
Cell = Any  # openpyxl's cells are of two classes, of which one lacks half
VISIBLE = ["Start", "Overzicht", "Beeld", "Uitleg"]

CASES = [
    (round_.name, organisation.code)
    for round_ in (
        definitions().round(n) for n in ("voorbeeld-2025", "nulmeting-2025", "brabant-2023")
    )
    for organisation in (round_.organisations[0], round_.organisations[-1])
] + [("voorbeeld-2025", "empty"), ("voorbeeld-brabant-2023", "filled")]


@cache
def package(case: tuple[str, str]) -> bytes:
    name, code = case
    round_ = definitions().round(name)
    chosen = [o for o in round_.organisations if o.code == code] or [round_.organisations[0]]
    layout = layout_of(round_.norm, round_, chosen[0])
    answers = example_answers() if name == "voorbeeld-2025" and code != "empty" else Answers()
    if code == "filled":
        answers = answers_with_parts()
    return write_workbook(workbook_plan(layout, answers, texts()))


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case))
def data(request: pytest.FixtureRequest) -> bytes:
    return package(request.param)


@pytest.fixture
def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return ET.fromstring(opened.read(name))


def parts(data: bytes, pattern: str) -> list[ET.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        names = [name for name in opened.namelist() if re.fullmatch(pattern, name)]
    return [part(data, name) for name in names]


def visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def open_cells(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


# -- colours -----------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance of RRGGBB."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)  # W3C's own example


def ink(font: object) -> str | None:
    colour = getattr(font, "color", None)
    return colour.rgb[-6:] if colour is not None and isinstance(colour.rgb, str) else None


def paper(cell: Cell) -> str:
    return cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type == "solid" else "FFFFFF"


def accents(sheet: Worksheet) -> Iterator[tuple[list[Cell], object, list[str]]]:
    """The cells of every conditional format, what it changes, and its formulas."""
    for formatted in sheet.conditional_formatting:
        for rule in formatted.rules:
            cells = [
                cell
                for area in formatted.sqref.ranges
                for row in sheet[area.coord if ":" in area.coord else f"{area.coord}:{area.coord}"]
                for cell in row
            ]
            yield cells, rule.dxf, rule.formula


def accent_fill(change: object) -> str | None:
    fill = getattr(change, "fill", None)
    return fill.bgColor.rgb[-6:] if fill is not None else None


# -- 10.1 perceivable --------------------------------------------------------------------------


def test_10_1_1_1_every_chart_has_a_text_of_its_own(data: bytes) -> None:
    frames = [
        f for d in parts(data, r"xl/drawings/drawing\d+\.xml") for f in d.iter(f"{DRAWN}cNvPr")
    ]
    said = [frame.get("descr", "") for frame in frames]
    assert len(said) == len(parts(data, r"xl/charts/chart\d+\.xml")) == 2
    assert len(set(said)) == 2
    assert all(len(text) > 40 and "tabel" in text for text in said)  # the figures stand beside it


def test_10_1_3_1_header_rows_are_marked(book: Workbook) -> None:
    """Repeated on paper, frozen on the screen, and the head of a filter."""
    sheet = book["Overzicht"]
    assert sheet.print_title_rows == "$1:$3"
    assert int(re.sub(r"\D", "", sheet.freeze_panes or "")) == 4
    first, last = sheet.auto_filter.ref.split(":")
    assert first == "A3"
    heads = [cell.value for cell in sheet[3][: sheet[last].column]]
    assert all(isinstance(head, str) and head.strip() for head in heads)
    assert len(set(heads)) == len(heads)


def test_10_1_3_1_no_answer_cell_is_merged(book: Workbook) -> None:
    for sheet in visible(book):
        merged = {(c.row, c.column) for area in sheet.merged_cells.ranges
                  for row in sheet[area.coord] for c in row}  # fmt: skip
        assert not [c.coordinate for c in open_cells(sheet) if (c.row, c.column) in merged]
    assert not book["Overzicht"].merged_cells.ranges


def test_10_1_3_2_reading_begins_with_the_title_of_the_sheet(book: Workbook) -> None:
    for sheet in visible(book):
        first = sheet["A1"]
        assert isinstance(first.value, str)
        assert first.font.size >= 15
        assert first.font.bold


def test_10_1_4_1_a_colour_never_says_it_alone(book: Workbook) -> None:
    """A fill follows a text that is in the cell, or comes with an outline and with Controle."""
    sheet = book["Overzicht"]
    headers = {cell.value: cell.column for cell in sheet[3]}
    legend = " ".join(str(c.value) for c in sheet[1] if c.value)
    for cells, change, formulas in accents(sheet):
        column = cells[0].column
        if accent_fill(change) is None or (
            column == headers["Status"] and "EXACT" in formulas[0] and ("LEN" not in formulas[0])
        ):
            continue  # no fill, or the tint of the word in the cell itself
        border = getattr(change, "border", None)
        if border is not None and border.left is not None and border.left.style:
            assert "Geel = nog nodig" in legend  # and Controle names the first such cell
        else:
            assert "Grijs = u hoeft niets te doen" in legend
    for cells, change, formulas in accents(book["Beeld"]):
        assert re.search(r'EXACT\(\$?[A-Z]+\$?\d+,"[A-Z]"\)', formulas[0])  # the letter is there
        assert accent_fill(change)
        assert cells


def test_10_1_4_3_every_text_stands_out_from_its_cell(book: Workbook) -> None:
    """At least 4.5 : 1, under every conditional format that can fall on the cell as well."""
    seen = 0
    for sheet in visible(book):
        for row in sheet.iter_rows():
            cell: Cell
            for cell in row:
                if cell.value is None and cell.protection.locked:
                    continue
                if sheet.column_dimensions[cell.column_letter].hidden:
                    continue
                seen += 1
                ratio = contrast(ink(cell.font) or "000000", paper(cell))
                assert ratio >= 4.5, (sheet.title, cell.coordinate, ratio)
        for cells, change, _ in accents(sheet):
            for cell in cells:
                colour = ink(getattr(change, "font", None)) or ink(cell.font) or "000000"
                ratio = contrast(colour, accent_fill(change) or paper(cell))
                assert ratio >= 4.5, (sheet.title, cell.coordinate, ratio)
    assert seen > 500


def test_10_1_4_3_colours_of_two_accents_together_stand_out(book: Workbook) -> None:
    """One accent may give the letters and another the fill of the same cell."""
    for sheet in visible(book):
        inks: dict[str, set[str]] = {}
        fills: dict[str, set[str]] = {}
        for cells, change, _ in accents(sheet):
            for cell in cells:
                if accent_fill(change) and ink(getattr(change, "font", None)):
                    continue  # comes as a pair, tested above; a stop or a letter keeps it alone
                fills.setdefault(cell.coordinate, {paper(cell)}).update(
                    filter(None, [accent_fill(change)])
                )
                inks.setdefault(cell.coordinate, {ink(cell.font) or "000000"}).update(
                    filter(None, [ink(getattr(change, "font", None))])
                )
        for place, colours in inks.items():
            for one in colours:
                for other in fills[place]:
                    assert contrast(one, other) >= 4.5, (sheet.title, place, one, other)


def test_10_1_4_3_labels_in_charts_stand_out(data: bytes) -> None:
    def colour(element: ET.Element | None, path: str) -> str:
        found = element.find(path) if element is not None else None
        assert found is not None, path
        return found.get("val", "")

    for chart in parts(data, r"xl/charts/chart\d+\.xml"):
        for series in chart.iter(f"{C}ser"):
            fill = colour(series, f"{C}spPr/{A}solidFill/{A}srgbClr")
            label = colour(
                series, f"{C}dLbls/{C}txPr/{A}p/{A}pPr/{A}defRPr/{A}solidFill/{A}srgbClr"
            )
            assert contrast(label, fill) >= 4.5, (label, fill)


def test_10_1_4_11_what_is_needed_and_each_segment_has_a_line_that_shows(
    data: bytes, book: Workbook
) -> None:
    outlined = 0
    for sheet in visible(book):
        for _, change, _ in accents(sheet):
            border = getattr(change, "border", None)
            if border is not None and border.left is not None and border.left.style:
                outlined += 1
                assert contrast(border.left.color.rgb[-6:], "FFFFFF") >= 3
                assert contrast(border.left.color.rgb[-6:], accent_fill(change) or "FFFFFF") >= 3
    assert outlined
    for chart in parts(data, r"xl/charts/chart\d+\.xml"):
        for series in chart.iter(f"{C}ser"):
            line = series.find(f"{C}spPr/{A}ln/{A}solidFill/{A}srgbClr")
            assert line is not None
            assert contrast(line.get("val", ""), "FFFFFF") >= 3


# -- 10.2 operable -----------------------------------------------------------------------------


def test_10_2_4_2_the_document_and_its_sheets_have_titles(data: bytes, book: Workbook) -> None:
    assert book.properties.title.startswith("Implementatieoverzicht ")
    assert [sheet.title for sheet in visible(book)] == VISIBLE
    (core,) = parts(data, r"docProps/core\.xml")
    assert core.find("{http://purl.org/dc/elements/1.1/}title") is not None


def test_10_2_4_3_tab_goes_through_the_answers_in_reading_order(book: Workbook) -> None:
    """Tab goes right and then down: the open cells must stand as they are read."""
    start, overview = open_cells(book["Start"]), open_cells(book["Overzicht"])
    assert len({cell.column for cell in start}) == 1
    columns = sorted({cell.column for cell in overview})
    headers = {cell.column: cell.value for cell in book["Overzicht"][3]}
    assert [headers[c] for c in columns][:2] == ["Status", "Toelichting"]
    assert columns[-1] == max(c for c, head in headers.items() if head and c)
    assert not open_cells(book["Beeld"])
    assert not open_cells(book["Uitleg"])
    active = book["Overzicht"].sheet_view.selection[-1].activeCell
    assert active == overview[0].coordinate
    assert book.active is not None
    assert book.active.title == "Start"


def test_10_2_4_4_every_link_says_where_it_goes(book: Workbook) -> None:
    for sheet in visible(book):
        said: dict[str, set[str]] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    target = str(cell.hyperlink.location or cell.hyperlink.target)
                    said.setdefault(str(cell.value), set()).add(target)
                    assert len(str(cell.value)) > 5
        assert all(len(targets) == 1 for targets in said.values()), said


# -- 10.3 understandable -----------------------------------------------------------------------


def test_10_3_1_1_the_language_is_dutch(data: bytes) -> None:
    (core,) = parts(data, r"docProps/core\.xml")
    assert core.findtext("{http://purl.org/dc/elements/1.1/}language") == "nl-NL"
    for chart in parts(data, r"xl/charts/chart\d+\.xml"):
        said = {e.get("lang") for e in chart.iter() if e.get("lang")}
        assert said == {"nl-NL"}


def test_10_3_3_1_and_2_every_answer_cell_says_what_it_wants_and_what_is_wrong(
    book: Workbook,
) -> None:
    for sheet in visible(book):
        told: dict[str, object] = {}
        for rule in sheet.data_validations.dataValidation:
            assert rule.showInputMessage
            assert rule.showErrorMessage
            assert all((rule.promptTitle, rule.prompt, rule.errorTitle, rule.error))
            for area in rule.sqref.ranges:
                for row in area.rows:
                    for line, column in row:
                        told[sheet.cell(line, column).coordinate] = rule
        assert {cell.coordinate for cell in open_cells(sheet)} == set(told)
