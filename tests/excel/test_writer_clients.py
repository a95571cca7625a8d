"""What LibreOffice and the Open XML SDK say of a file from the writer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from normtemplates.excel.writer import write_workbook
from normtemplates.layout.look import ANSWER
from normtemplates.layout.plan import SheetPlan
from tests.clients.office import Office
from tests.clients.sdk import Validator
from tests.clients.values import read_values
from tests.excel.test_writer import HOSTILE, UNWRITABLE
from tests.excel.writer_plans import full_plan, sample_plan, workbook

pytestmark = pytest.mark.clients


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, list[str]]:
    """A workbook of hostile texts in column A, and the texts; half a character is too much."""
    texts = [text for text in (*HOSTILE, *UNWRITABLE) if text != "\ud800"]
    sheet = SheetPlan("Blad")
    for row, text in enumerate(texts, start=1):
        sheet.put(row, 1, text, ANSWER)
    file = tmp_path / "tekst.xlsx"
    file.write_bytes(write_workbook(workbook(sheet)))
    return file, texts


def test_the_sdk_has_nothing_against_it(sdk: Validator, tmp_path: Path) -> None:
    with_password = sample_plan()
    with_password.password = "Geheim 1!"
    plans = {"vol": full_plan(), "alles": sample_plan(), "slot": with_password}
    files = []
    for name, plan in plans.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(write_workbook(plan))
    assert sdk.complaints_by_file(files) == {file: [] for file in files}


def test_the_sdk_has_nothing_against_hostile_texts(
    sdk: Validator, hostile: tuple[Path, list[str]]
) -> None:
    assert sdk.complaints(hostile[0]) == []


def test_libreoffice_saves_hostile_texts_as_they_were(
    office: Office, hostile: tuple[Path, list[str]], tmp_path: Path
) -> None:
    file, texts = hostile
    cells = read_values(office.convert(file, tmp_path / "weer.xlsx"))["Blad"]
    found = [cells.get((row, 1)) for row in range(1, len(texts) + 1)]
    twice = texts.index("_x005F_x000D_")  # LibreOffice reads it well and saves it badly
    assert found[:twice] + found[twice + 1 :] == texts[:twice] + texts[twice + 1 :]


def test_libreoffice_shows_hostile_texts_as_they_were(
    office: Office, hostile: tuple[Path, list[str]]
) -> None:
    file, texts = hostile
    with office.open(file) as document:
        shown = [row[0] for row in document.read("Blad", f"A1:A{len(texts)}")]
        formulas = [document.formula("Blad", f"A{row}") for row in range(1, 7)]
    assert shown == texts
    # In the formula bar an apostrophe says that it is text.
    assert [one.removeprefix("'") for one in formulas] == texts[:6]


def test_libreoffice_finds_the_sheets_locked(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "vol.xlsx"
    plan = full_plan()
    file.write_bytes(write_workbook(plan))
    with office.open(file) as document:
        assert all(document.is_protected(sheet.name) for sheet in plan.sheets)
        assert not document.type("Overzicht", "B5", "anders")
        assert document.type("Overzicht", "E5", "=1+1")


def test_libreoffice_computes_what_the_writer_wrote(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "vol.xlsx"
    file.write_bytes(write_workbook(full_plan()))
    before, after = read_values(file), office.recalculate(file)
    keys = [(row, column) for row in range(5, 57) for column in range(12, 20)]
    old = {place: before["Overzicht"].get(place) or None for place in keys}
    new = {place: after["Overzicht"].get(place) or None for place in keys}
    texts = {place: text for place, text in new.items() if place[1] == 12}
    assert texts == {place: text for place, text in old.items() if place[1] == 12}
    table = [(row, column) for row in range(5, 11) for column in range(3, 9)]
    assert [after["Beeld"].get(place) for place in table] == [
        before["Beeld"].get(place) for place in table
    ]


def test_libreoffice_grows_a_row_that_is_not_kept(office: Office, tmp_path: Path) -> None:
    sheet = SheetPlan("Blad", heights={1: (49, False), 2: (49, True)})
    for row in (1, 2):
        sheet.put(row, 1, "kort", ANSWER)
    file = tmp_path / "hoogte.xlsx"
    file.write_bytes(write_workbook(workbook(sheet)))
    with office.open(file) as document:
        for cell in ("A1", "A2"):
            assert document.type("Blad", cell, "lange tekst " * 60)
        saved = document.save(tmp_path / "hoger.xlsx")
    heights = [height_of(saved, row) for row in (1, 2)]
    assert heights[0] > 200
    assert heights[1] == pytest.approx(49, abs=1)


def height_of(file: Path, row: int) -> float:
    height = openpyxl.load_workbook(file).worksheets[0].row_dimensions[row].height
    assert height is not None
    return float(height)
