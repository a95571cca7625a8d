"""The same filled workbook, saved by every client: all answers are read, and nothing is a fout.

Twice: filled in by a person in LibreOffice and then saved by a client, and filled in by the client
itself. What a client destroyed is told once for each sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from normtemplates.excel.other import read_other
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import OVERVIEW, START, address
from normtemplates.layout.recognise import recognise
from normtemplates.layout.stamp import stamp_of
from normtemplates.model.answers import Answers
from normtemplates.model.finding import Report, ReportStatus, Severity
from normtemplates.model.norm import Field, FieldKind
from tests.clients import fills
from tests.clients.gnumeric import Gnumeric
from tests.clients.javascript import Library, Typed
from tests.clients.office import Office

pytestmark = pytest.mark.clients

CLIENTS = ("office", "office-ods", "gnumeric", "sheetjs", "exceljs")
LIBRARIES = ("sheetjs", "exceljs")

# What each of them destroys of a file that LibreOffice saved, and of one that we issued.
SHEETS = (START, OVERVIEW)
Told = dict[tuple[str, str | None], int]
PROTECTION: Told = {("NT213", sheet): 1 for sheet in SHEETS}
VALIDATIONS: Told = {("NT214", sheet): 1 for sheet in SHEETS}
OTHER_FORMAT: Told = {("NT102", None): 1}
OF_LIBREOFFICE: dict[str, Told] = {
    "office": {},
    "office-ods": {**OTHER_FORMAT},
    "gnumeric": {**VALIDATIONS},
    "sheetjs": {**PROTECTION, **VALIDATIONS},
    "exceljs": {**PROTECTION},
}
OF_US: dict[str, Told] = {
    "sheetjs": {**PROTECTION, **VALIDATIONS},
    "exceljs": {},
}


@pytest.fixture(scope="module")
def layout() -> Layout:
    return fills.voorbeeldstad()


@pytest.fixture(scope="module")
def issued(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved-by") / "leeg.xlsx"
    path.write_bytes(fills.blank(layout))
    return path


@pytest.fixture(scope="module")
def typed_in_libreoffice(issued: Path, layout: Layout, office: Office) -> Path:
    with office.open(issued) as document:
        fills.type_right(document, layout)
        document.calculate_all()
        return document.save(issued.with_name("getypt.xlsx"))


def as_typed(one: Field, text: str) -> str | int:
    """A date as the number of its day, anything else as text."""
    if one.kind is not FieldKind.DATE:
        return text
    day, month, year = (int(part) for part in text.split("-"))
    return (date(year, month, day) - date(1899, 12, 30)).days


def right(layout: Layout) -> Iterator[Typed]:
    """Every right answer, for a library to type."""
    for number, values in fills.right_answers(layout).items():
        for key, text in values.items():
            one = layout.column_by_key[key].field
            yield OVERVIEW, fills.where(layout, number, key), as_typed(one, text)
    for slot in layout.cover:
        text = fills.COVER[slot.field.key]
        yield START, address(slot.row, slot.column), as_typed(slot.field, text)


def expected(layout: Layout) -> Counter[tuple[str, str, str]]:
    """What was typed, as (number, field, text); a date by the number of its day."""
    found = {
        (number, key, str(as_typed(layout.column_by_key[key].field, text)))
        for number, values in fills.right_answers(layout).items()
        for key, text in values.items()
    }
    found |= {
        ("", slot.field.key, str(as_typed(slot.field, fills.COVER[slot.field.key])))
        for slot in layout.cover
    }
    return Counter(found)


def read(path: Path) -> Counter[tuple[str, str, str]]:
    """What the check reads in a file, in the same form."""
    context = check_context(fills.definitions(), fills.ROUND)
    submission = read_other(path) if path.suffix == ".ods" else read_workbook(path)
    found = recognise(submission, context.rounds, context.wanted).found
    assert found
    answers: Answers = found.answers
    rows = [*answers.rows.items(), ("", answers.cover)]
    return Counter(
        (number, key, value.text if value.number is None else f"{value.number:g}")
        for number, values in rows
        for key, value in values.items()
        if value.text
    )


def check(path: Path) -> Report:
    return check_workbook(path, check_context(fills.definitions(), fills.ROUND))


def told(report: Report) -> Told:
    """How often each warning is given on each sheet."""
    worse = (f for f in report.findings if f.severity is not Severity.INFO)
    return dict(Counter((f.code, f.sheet) for f in worse))


@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_person_typed_is_read_after_any_client(
    client: str, typed_in_libreoffice: Path, layout: Layout, tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    source, target = typed_in_libreoffice, tmp_path / "terug.xlsx"
    if client in LIBRARIES:
        library: Library = request.getfixturevalue(client)
        library.save(source, target)
    elif client == "gnumeric":
        gnumeric: Gnumeric = request.getfixturevalue(client)
        gnumeric.convert(source, target)
    else:
        office: Office = request.getfixturevalue("office")
        target = target.with_suffix(".ods" if client == "office-ods" else ".xlsx")
        office.convert(source, target)
    report = check(target)
    assert report.organisation == "GM0000"
    assert read(target) == expected(layout)
    assert report.status is ReportStatus.AKKOORD
    assert told(report) == OF_LIBREOFFICE[client]


@pytest.mark.parametrize("client", LIBRARIES)
def test_what_a_library_typed_is_read(
    client: str, issued: Path, layout: Layout, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    library: Library = request.getfixturevalue(client)
    target = library.save(issued, tmp_path / "ingevuld.xlsx", right(layout))
    report = check(target)
    assert report.organisation == stamp_of(layout).organisation
    assert read(target) == expected(layout)
    assert report.status is ReportStatus.AKKOORD
    assert told(report) == OF_US[client]
    assert [f.code for f in report.findings if f.severity is Severity.INFO] == ["NT503"] * 3


@pytest.mark.parametrize("client", LIBRARIES)
def test_a_mistake_in_a_saved_file_is_found_on_its_cell(
    client: str, issued: Path, layout: Layout, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A lost validation does not hide what is wrong."""
    library: Library = request.getfixturevalue(client)
    wrong: list[Typed] = [
        (OVERVIEW, fills.where(layout, "2.1", "status"), "Uitgevoert"),
        (OVERVIEW, fills.where(layout, "1.1", "evidence"), ""),
    ]
    target = library.save(issued, tmp_path / "fout.xlsx", [*right(layout), *wrong])
    serious = {(f.code, f.cell) for f in check(target).findings if f.severity is Severity.FOUT}
    assert serious == {
        ("NT401", fills.where(layout, "2.1", "status")),
        ("NT302", fills.where(layout, "1.1", "evidence")),
    }
