"""The whole way in real LibreOffice: what cannot be typed, what is akkoord, what is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import GUIDE, LISTS, META, OVERVIEW, PICTURE, START, address
from normtemplates.model.finding import Report, ReportStatus, Severity
from tests.clients import fills
from tests.clients.gnumeric import Gnumeric
from tests.clients.office import Office

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def layout() -> Layout:
    return fills.voorbeeldstad()


@pytest.fixture(scope="module")
def issued(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("return") / "overzicht.xlsx"
    path.write_bytes(fills.blank(layout))
    return path


@pytest.fixture(scope="module")
def filled(issued: Path, layout: Layout, office: Office) -> Path:
    """The workbook with every answer right, as LibreOffice saved it."""
    target = issued.with_name("goed.xlsx")
    with office.open(issued) as document:
        fills.type_right(document, layout)
        document.calculate_all()
        document.save(target)
    return target


def check(path: Path) -> Report:
    return check_workbook(path, check_context(fills.definitions(), fills.ROUND))


def test_a_locked_cell_takes_nothing_and_an_answer_cell_takes_text(
    issued: Path, layout: Layout, office: Office
) -> None:
    slot, band = layout.rows[0], layout.bands[0]
    locked = [
        *(
            (OVERVIEW, address(slot.row, c.column))
            for c in layout.columns
            if not c.field.answerable
        ),
        *((OVERVIEW, address(slot.row, c.key_column or 0)) for c in layout.answer_columns),
        (OVERVIEW, address(slot.row, layout.complete_column)),
        (OVERVIEW, address(layout.header_row, 3)),
        (OVERVIEW, address(band.row, 3)),
        (OVERVIEW, address(layout.last_row + 1, 1)),
        (OVERVIEW, address(layout.last_row + 5, 30)),
        (START, "B3"),
        (START, address(layout.cover[0].row, 3)),
        (PICTURE, "C5"),
        (GUIDE, "B3"),
        (LISTS, "A2"),
        (META, "B1"),
    ]
    with office.open(issued) as document:
        for sheet, cell in locked:
            before = document.formula(sheet, cell)
            assert not document.type(sheet, cell, "iets anders"), (sheet, cell)
            assert document.formula(sheet, cell) == before
        for column in layout.answer_columns:
            assert document.type(OVERVIEW, address(slot.row, column.column), "iets")
        for cover in layout.cover:
            assert document.type(START, address(cover.row, cover.column), "iets")


def test_controle_answers_while_one_types(issued: Path, layout: Layout, office: Office) -> None:
    slot = layout.rows[0]
    check_cell = address(slot.row, layout.column_by_key["check"].column)

    def cell(field: str) -> str:
        return layout.address(slot.requirement.number, field)

    with office.open(issued) as document:
        assert document.value(OVERVIEW, check_cell) == "Nog invullen"
        document.type(OVERVIEW, cell("status"), "Ontbreekt")
        assert document.value(OVERVIEW, check_cell) == "Vul ‘Toelichting’ in"
        document.type(OVERVIEW, cell("explanation"), fills.MISSING["explanation"])
        assert document.value(OVERVIEW, check_cell) == "Vul ‘Actie’ in"
        document.type(OVERVIEW, cell("action"), "volgt")
        assert document.value(OVERVIEW, check_cell) == "Werk ‘Actie’ uit"
        for field in ("action", "owner", "due_on", "priority"):
            document.type(OVERVIEW, cell(field), fills.MISSING[field])
        assert document.value(OVERVIEW, check_cell) == "✔ Compleet"


def test_everything_right_is_akkoord(filled: Path) -> None:
    report = check(filled)
    assert report.organisation == "GM0000"
    assert [f for f in report.findings if f.severity is not Severity.INFO] == []
    assert report.status is ReportStatus.AKKOORD


def test_the_workbook_itself_says_that_it_is_complete(
    filled: Path, layout: Layout, office: Office
) -> None:
    """Start, Overzicht and the check agree."""
    total = len(layout.rows)
    check_column = layout.column_by_key["check"].column
    with office.open(filled) as document:
        for slot in layout.rows:
            assert document.value(OVERVIEW, address(slot.row, check_column)) == "✔ Compleet"
        assert document.value(OVERVIEW, address(1, check_column)) == f"{total} van {total} compleet"
        texts = {str(v) for row in document.read(START, "A1:H40") for v in row if v is not None}
    assert f"{total} van {total}" in texts
    assert any("Alles is ingevuld" in text for text in texts)


def test_each_mistake_is_found_on_its_own_cell_in_one_run(
    filled: Path, layout: Layout, office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "met-fouten.xlsx"
    table = fills.mistakes(layout)
    with office.open(filled) as document:
        for mistake in table:
            mistake.do(document, layout)
        document.calculate_all()
        document.save(target)
    report = check(target)
    expected = Counter(finding for mistake in table for finding in mistake.findings)
    found = Counter(
        (f.code, f.sheet, f.cell) for f in report.findings if f.severity is not Severity.INFO
    )
    assert found == expected
    assert report.status is ReportStatus.TE_CORRIGEREN


def test_a_workbook_of_another_round_is_refused(filled: Path) -> None:
    report = check_workbook(filled, check_context(fills.definitions(), "nulmeting-2025"))
    assert [f.code for f in report.findings] == ["NT202"]
    assert report.status is ReportStatus.GEWEIGERD


def test_gnumeric_saves_it_and_every_answer_is_read(
    filled: Path, gnumeric: Gnumeric, tmp_path: Path
) -> None:
    saved = gnumeric.convert(filled, tmp_path / "gnumeric.xlsx")
    report = check(saved)
    assert report.organisation == "GM0000"
    assert [f for f in report.findings if f.severity is Severity.FOUT] == []


@pytest.mark.parametrize(
    ("name", "status"),
    [("goed.xlsx", ReportStatus.AKKOORD), ("met-fouten.xlsx", ReportStatus.TE_CORRIGEREN)],
)
def test_the_committed_returns_are_still_read(name: str, status: ReportStatus) -> None:
    report = check(fills.RETURNED / name)
    assert report.status is status
    if status is ReportStatus.AKKOORD:
        assert all(f.severity is Severity.INFO for f in report.findings)
    else:
        layout = fills.voorbeeldstad()
        expected = Counter(f for mistake in fills.mistakes(layout) for f in mistake.findings)
        worse = (f for f in report.findings if f.severity is not Severity.INFO)
        assert Counter((f.code, f.sheet, f.cell) for f in worse) == expected
