"""A norm with sub-items, filled in in real LibreOffice: own list, own count, and the check."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import OVERVIEW, PICTURE, START, address
from normtemplates.model.finding import Report, ReportStatus, Severity
from tests.clients import fills
from tests.clients.office import Document, Office

pytestmark = pytest.mark.clients

COLUMNS = "A1:Z60"


@pytest.fixture(scope="module")
def layout() -> Layout:
    return fills.voorbeeldstad(fills.WITH_PARTS)


@pytest.fixture(scope="module")
def issued(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parts") / "overzicht.xlsx"
    path.write_bytes(fills.blank(layout))
    return path


@pytest.fixture(scope="module")
def filled(issued: Path, layout: Layout, office: Office) -> Path:
    target = issued.with_name("goed.xlsx")
    with office.open(issued) as document:
        fills.type_right(document, layout)
        document.calculate_all()
        document.save(target)
    return target


def check(path: Path) -> Report:
    return check_workbook(path, check_context(fills.definitions(), fills.WITH_PARTS))


def read(document: Document, sheet: str) -> set[str]:
    return {str(v) for row in document.read(sheet, COLUMNS) for v in row if v is not None}


def test_only_the_columns_that_a_sub_item_needs_are_open(
    issued: Path, layout: Layout, office: Office
) -> None:
    slot = layout.row_by_number["3.2.1.a"]
    with office.open(issued) as document:
        taken = {
            column.field.key: document.type(OVERVIEW, address(slot.row, column.column), "iets")
            for column in layout.answer_columns
        }
        heading = layout.headings[0]
        assert not document.type(OVERVIEW, address(heading.row, 4), "iets")
    assert {key for key, typed in taken.items() if typed} == {"status", "explanation"}


def test_everything_right_is_akkoord(filled: Path) -> None:
    report = check(filled)
    assert [f for f in report.findings if f.severity is not Severity.INFO] == []
    assert report.status is ReportStatus.AKKOORD


def test_sub_items_are_counted_apart(filled: Path, layout: Layout, office: Office) -> None:
    answers = fills.right_answers_with_parts(layout)
    numbers = {slot.requirement.number for slot in layout.part_rows}
    assert (len(layout.norm_rows), len(numbers)) == (57, 16)
    counts = Counter(values["status"] for number, values in answers.items() if number in numbers)
    told = ", ".join(f"{word} {counts[word]}" for word in ("Ja", "Nee", "Niet van toepassing"))
    with office.open(filled) as document:
        start, overview = read(document, START), read(document, OVERVIEW)
        picture = read(document, PICTURE)
    assert {"57 van 57", "16 van 16"} <= start
    assert {"57 van 57 compleet", "en 16 van 16 onderdelen"} <= overview
    assert f"Onderdelen (16): {told}, nog niet ingevuld 0" in picture


def test_each_mistake_is_found_on_its_own_cell(
    filled: Path, layout: Layout, office: Office, tmp_path: Path
) -> None:
    def at(number: str, field: str) -> str:
        return layout.address(number, field)

    done, idle = (
        slot.requirement.number
        for slot in layout.norm_rows
        if layout.norm.parts_below(slot.requirement.number)
    )
    below = layout.norm.parts_below(done)
    empty, strange, silent = [
        s.requirement.number for s in layout.part_rows if s.requirement.number not in below
    ][:3]
    status, explanation = layout.status_key, "explanation"
    target = tmp_path / "met-fouten.xlsx"
    with office.open(filled) as document:
        for field, text in fills.DONE.items():
            document.put_text(OVERVIEW, at(done, field), text)
        for field in ("explanation", "action", "owner", "due_on", "priority"):
            document.put_text(OVERVIEW, at(done, field), "")
        document.put_text(OVERVIEW, at(below[0], status), "Nee")
        document.put_text(OVERVIEW, at(idle, status), "Niet van toepassing")
        document.put_text(OVERVIEW, at(empty, status), "")
        document.put_text(OVERVIEW, at(strange, status), "Uitgevoerd")
        document.put_text(OVERVIEW, at(silent, status), "Niet van toepassing")
        document.put_text(OVERVIEW, at(silent, explanation), "")
        document.calculate_all()
        document.save(target)
    report = check(target)
    found = {(f.code, f.cell) for f in report.findings if f.severity is not Severity.INFO}
    assert found == {
        ("NT412", at(done, status)),
        ("NT414", at(idle, status)),
        ("NT306", at(empty, status)),
        ("NT401", at(strange, status)),
        ("NT302", at(silent, explanation)),
    }
    assert report.status is ReportStatus.TE_CORRIGEREN
