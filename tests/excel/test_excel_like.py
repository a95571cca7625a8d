"""No false alarm from Excel or SharePoint: what they add or rewrite is no tampering.

What each step stands for is told in :mod:`tests.clients.excel_like`. Not among them is a task pane
of an add-in (``xl/webextensions``): that starts a program when the file is opened, and is told as
active content (NT113).
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from normtemplates.excel.reader import read_bytes
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout.places import OVERVIEW, address
from normtemplates.layout.recognise import recognise
from normtemplates.model.answers import Answers
from normtemplates.model.finding import Finding, ReportStatus, Severity
from tests.clients import fills
from tests.clients.excel_like import STEPS, TARGET, Step, made
from tests.clients.office import Office
from tests.clients.sdk import Validator
from tests.clients.values import read_values
from tests.mutations.book import Book
from tests.mutations.kind import DONE, LAYOUT, base, row_of

COMMENT = {"NT504"}  # comments are told, as info


def check(path: Path) -> list[Finding]:
    report = check_workbook(path, check_context(fills.definitions(), fills.ROUND))
    assert report.organisation == "GM0000"
    assert report.status is ReportStatus.AKKOORD
    return list(report.findings)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def members(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return set(package.namelist())


def answers(data: bytes) -> Answers:
    context = check_context(fills.definitions(), fills.ROUND)
    found = recognise(read_bytes("x.xlsx", data), context.rounds, context.wanted).found
    assert found
    return found.answers


@pytest.fixture(scope="module")
def everything() -> bytes:
    return made()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.do.__name__)
def test_each_on_its_own_is_no_finding(step: Step, tmp_path: Path) -> None:
    data = made([step])
    assert step.stands_for.endswith((".", ",")), step
    assert set(step.parts) <= members(data) - members(base("issued"))
    assert data != base("issued")
    findings = check(written(tmp_path / "x.xlsx", data))
    assert [f for f in findings if f.severity is not Severity.INFO] == []
    comments = COMMENT if "xl/comments1.xml" in step.parts else set()
    assert {f.code for f in findings} == comments
    assert answers(data) == answers(base("issued"))


def test_the_committed_return_is_akkoord() -> None:
    findings = check(TARGET)
    assert {(f.severity, f.code) for f in findings} == {(Severity.INFO, code) for code in COMMENT}


def test_the_committed_return_has_every_part(everything: bytes) -> None:
    """Run ``python -m tests.clients.excel_like`` after a change of the layout or of a step."""
    found = members(TARGET.read_bytes())
    assert found == members(everything)
    assert {part for step in STEPS for part in step.parts} <= found
    assert answers(TARGET.read_bytes()) == answers(base("issued"))


def test_lists_under_the_extension_list_still_count(everything: bytes, tmp_path: Path) -> None:
    """They were read, not overlooked: without them the sheet is told to stop nothing there."""
    book = Book(everything)
    book.sheet(OVERVIEW).drop("extLst")
    findings = check(written(tmp_path / "x.xlsx", book.data()))
    assert {(f.code, f.sheet) for f in findings} - {("NT504", OVERVIEW)} == {("NT214", OVERVIEW)}


def test_a_list_that_points_at_other_cells_is_found(everything: bytes, tmp_path: Path) -> None:
    book = Book(everything)
    for one in book.sheet(OVERVIEW).root.iter("{*}f"):
        if "_lijsten" in (one.text or ""):
            one.text = "_lijsten!$A$2:$A$5"
    findings = check(written(tmp_path / "x.xlsx", book.data()))
    assert {f.code for f in findings} - COMMENT == {"NT219"}


def test_a_formula_that_was_shared_and_is_gone_is_found(everything: bytes, tmp_path: Path) -> None:
    column = LAYOUT.column_by_key[LAYOUT.status_key].key_column
    assert column
    book = Book(everything)
    book.sheet(OVERVIEW).put(address(row_of(DONE) + 1, column), "uitgevoerd")
    findings = check(written(tmp_path / "x.xlsx", book.data()))
    assert {(f.code, f.sheet) for f in findings} - {("NT504", OVERVIEW)} == {("NT215", OVERVIEW)}


@pytest.mark.clients
def test_the_open_xml_sdk_finds_no_error(sdk: Validator, tmp_path: Path) -> None:
    files = [
        written(tmp_path / f"{number}-{step.do.__name__}.xlsx", made([step]))
        for number, step in enumerate(STEPS)
    ]
    found = sdk.complaints_by_file([TARGET, *files])
    assert {path.name: complaints for path, complaints in found.items() if complaints} == {}


@pytest.mark.clients
def test_libreoffice_reads_the_same(everything: bytes, office: Office, tmp_path: Path) -> None:
    """A second program agrees that only the form of the file has changed."""
    issued = written(tmp_path / "x.xlsx", base("issued"))
    before = read_values(office.convert(issued, tmp_path / "een.xlsx"))
    saved = written(tmp_path / "y.xlsx", everything)
    assert read_values(office.convert(saved, tmp_path / "twee.xlsx")) == before
