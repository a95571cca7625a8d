"""What comes out of the printer and stands on the screen: pages, widths, and no text cut off."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.look import SENTENCE_CELL
from normtemplates.layout.measure import lines_of, pixels, row_height
from normtemplates.layout.open_rows import WIDTH, open_rows
from normtemplates.layout.overview import overview_sheet
from normtemplates.layout.start import start_sheet
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, text_value
from tests.clients.office import Office
from tests.layout.samples import definitions, example_answers, example_layout, texts

ROUNDS = ("nulmeting-2025", "brabant-2023")
SCREEN = 1366 - 60  # pixels, less the row numbers and the scroll bar


def layouts() -> list[Layout]:
    rounds = [definitions().round(name) for name in ROUNDS]
    return [
        layout_of(r.norm, r, o) for r in rounds for o in (r.organisations[0], r.organisations[-1])
    ]


@pytest.fixture(params=layouts(), ids=lambda one: f"{one.round.name}-{one.organisation.code}")
def layout(request: pytest.FixtureRequest) -> Layout:
    found: Layout = request.param
    return found


def pages_of(path: Path, office: Office) -> tuple[list[tuple[int, ...]], list[str]]:
    """The size in points and the text of every page that LibreOffice prints."""
    pdf = office.convert(path, path.with_suffix(".pdf"))
    command = ["pdfinfo", "-f", "1", "-l", "99", str(pdf)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    sizes = [
        tuple(round(float(x)) for x in line.split(":")[1].split()[:3:2])
        for line in told.splitlines()
        if line.startswith("Page ") and " size:" in line
    ]
    pages = [
        subprocess.run(
            ["pdftotext", "-f", str(n), "-l", str(n), str(pdf), "-"],
            check=True, capture_output=True, text=True,
        ).stdout
        for n in range(1, len(sizes) + 1)
    ]  # fmt: skip
    return sizes, pages


A4, UPRIGHT, A3 = (842, 595), (595, 842), (1191, 842)


@pytest.mark.clients
@pytest.mark.parametrize("place", [0, -1], ids=["gemeente", "provincie"])
def test_pages_of_a_norm_with_sub_items(place: int, office: Office, tmp_path: Path) -> None:
    """Start 1, Overzicht 6 of A3, Beeld 1, Uitleg 2: no page holds a few lines only."""
    round_ = definitions().round("brabant-2023")
    layout = layout_of(round_.norm, round_, round_.organisations[place])
    path = tmp_path / "overzicht.xlsx"
    path.write_bytes(write_workbook(workbook_plan(layout, layout.presets(), texts())))
    sizes, pages = pages_of(path, office)
    assert sizes == [A4, *[A3] * 6, A4, UPRIGHT, UPRIGHT]
    for page in pages[1:7]:
        assert "Bewijs of vindplaats" in page  # the headers are repeated
    assert all(len(page.split()) > 60 for page in pages)
    assert "Handig om te weten" in pages[-1]
    assert all("Vertrouwelijk" in page for page in pages)


@pytest.mark.clients
@pytest.mark.parametrize("answers", [Answers(), example_answers()], ids=["empty", "some"])
def test_pages_that_libreoffice_prints(answers: Answers, office: Office, tmp_path: Path) -> None:
    """Start 1, Overzicht 4 of A3, Beeld 1, Uitleg 3: the last one is no part of the norm."""
    path = tmp_path / "overzicht.xlsx"
    path.write_bytes(write_workbook(workbook_plan(example_layout(), answers, texts())))
    sizes, pages = pages_of(path, office)
    assert sizes == [A4, *[A3] * 4, A4, *[UPRIGHT] * 3]
    for page in pages[1:5]:
        assert "Bewijs of vindplaats" in page  # the headers are repeated
    assert "Hoe anderen het deden" in pages[-1]
    assert all("Vertrouwelijk" in page for page in pages)


def test_what_is_needed_while_typing_stands_side_by_side(layout: Layout) -> None:
    """At 1366 pixels: what never scrolls away, and beside it the answers to an open status."""
    widths = {column.field.key: pixels(column.field.width) for column in layout.columns}
    frozen = sum(widths[key] for key in ("number", "text", "status", "check"))
    later = sum(widths[key] for key in ("action", "owner", "due_on", "priority"))
    assert frozen <= 660
    assert later <= 550
    assert frozen + later <= SCREEN
    assert frozen + sum(widths[k] for k in ("explanation", "evidence", "done_on")) <= SCREEN


def test_start_shows_steps_and_progress_above_the_fold(layout: Layout) -> None:
    """768 pixels less Excel's ribbon, formula bar, tabs and status bar leave about 520."""
    sheet = start_sheet(layout, Answers(), texts())
    assert sum(pixels(c.width) for c in sheet.columns if not c.hidden) <= 1366
    last = 6 + len(layout.norm.themes)  # the row ‘Samen’
    points = sum(sheet.heights.get(row, (15.0, True))[0] for row in range(1, last + 1))
    assert points * 96 / 72 <= 560


def test_no_sentence_of_the_norm_is_cut_off(layout: Layout) -> None:
    sheet = overview_sheet(layout, Answers(), texts())
    width = layout.column_by_key["text"].field.width
    for slot in layout.rows:
        needed = row_height(lines_of(slot.requirement.text, width, SENTENCE_CELL))
        height, kept = sheet.heights[slot.row]
        assert height >= needed, slot.requirement.number
        assert not kept, slot.requirement.number  # so that the row grows while one types


def test_the_list_of_open_rows_fits_on_start(layout: Layout) -> None:
    opened = open_rows(layout, Answers())
    sheet = start_sheet(layout, Answers(), texts())
    width = {c.first: c.width for c in sheet.columns}
    assert all(lines_of(label, WIDTH) == 1 for label in opened.labels)
    says = opened.says_of(1).outcomes
    assert says
    assert all(lines_of(said, width[7] + width[8]) == 1 for said in says)
    for text in ("open_advice", "open_advice_more", "open_more"):
        assert lines_of(texts()["start"][text], width[6] + width[7] + width[8]) == 1


@pytest.mark.clients
def test_a_row_grows_while_one_types(office: Office, tmp_path: Path) -> None:
    layout = example_layout()
    path = tmp_path / "groeit.xlsx"
    path.write_bytes(write_workbook(workbook_plan(layout, Answers(), texts())))
    with office.open(path) as document:
        row = layout.row_by_number["2.1"].row
        before = document.row_height("Overzicht", row)
        cell = layout.address("2.1", "explanation")
        assert document.type("Overzicht", cell, "Het protocol is klaar. " * 30)
        assert document.row_height("Overzicht", row) > 3 * before


def test_a_long_answer_that_is_carried_over_is_seen_in_full() -> None:
    layout = example_layout()
    long = "Het protocol is klaar, de training nog niet. " * 12
    rows = {"2.1": {"explanation": text_value(long)}}
    sheet = overview_sheet(layout, Answers(rows=rows), texts())
    width = layout.column_by_key["explanation"].field.width
    height, _ = sheet.heights[layout.row_by_number["2.1"].row]
    assert height >= row_height(lines_of(long, width, SENTENCE_CELL))


@pytest.mark.clients
def test_the_outline_of_what_is_needed_stays_whole_in_libreoffice(
    office: Office, tmp_path: Path
) -> None:
    """Where two cells meet, LibreOffice draws the line of the right or the lower one.

    So none of an answer's neighbours may have a line there, as issued and once it was saved; the
    accent has four. Their colour LibreOffice loses on saving: it writes a black line.
    """
    layout = layouts()[2]
    issued, saved = tmp_path / "uit.xlsx", tmp_path / "terug.xlsx"
    issued.write_bytes(write_workbook(workbook_plan(layout, Answers(), texts())))
    with office.open(issued) as document:
        document.save(saved)
    for path in (issued, saved):
        sheet = openpyxl.load_workbook(path)["Overzicht"]
        for slot in layout.rows:
            for one in layout.answer_columns:
                right = sheet.cell(slot.row, one.column + 1).border.left
                below = sheet.cell(slot.row + 1, one.column).border.top
                assert not (right and right.style), (path.name, slot.row, one.column)
                # The line above the band of a theme is thick, and wins from any other.
                assert not (below and below.style == "thin"), (path.name, slot.row, one.column)
        outlined = 0
        for formatted in sheet.conditional_formatting:
            for rule in formatted.rules:
                border = rule.dxf.border if rule.dxf else None
                if border and border.left and border.left.style:
                    outlined += 1
                    assert border.right.style == border.top.style == border.bottom.style == "thin"
        assert outlined, path.name
