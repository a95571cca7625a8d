"""The official workbook, filled in in LibreOffice and sent as .ods or .xls: no answer is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtemplates.excel.other import read_other
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout import Layout
from normtemplates.layout.recognise import Found, recognise
from normtemplates.layout.stamp import stamps_in
from normtemplates.model.finding import ReportStatus, Severity
from normtemplates.model.submission import Submission
from tests.clients import fills
from tests.clients.gnumeric import Gnumeric
from tests.clients.office import Office

pytestmark = pytest.mark.clients

# What cannot be seen without the structure: protection, and formulas in answers.
_UNSEEN = {"NT213", "NT407"}


@pytest.fixture(scope="module")
def layout() -> Layout:
    return fills.voorbeeldstad()


@pytest.fixture(scope="module")
def folder(layout: Layout, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All right and with mistakes, each typed once and saved in three formats."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "leeg.xlsx").write_bytes(fills.blank(layout))
    with office.open(folder / "leeg.xlsx") as document:
        fills.type_right(document, layout)
        document.calculate_all()
        for suffix in (".xlsx", ".ods", ".xls"):
            document.save(folder / f"goed{suffix}")
        for mistake in fills.mistakes(layout):
            mistake.do(document, layout)
        document.calculate_all()
        for suffix in (".xlsx", ".ods", ".xls"):
            document.save(folder / f"met-fouten{suffix}")
    return folder


def found(submission: Submission) -> Found:
    context = check_context(fills.definitions(), fills.ROUND)
    recognised = recognise(submission, context.rounds, context.wanted).found
    assert recognised
    return recognised


@pytest.mark.parametrize(("suffix", "code"), [(".ods", "NT102"), (".xls", "NT105")])
def test_every_answer_comes_back(folder: Path, suffix: str, code: str) -> None:
    mine = read_workbook(folder / "goed.xlsx")
    theirs = read_other(folder / f"goed{suffix}")
    assert found(theirs).answers == found(mine).answers
    assert sum(map(len, found(theirs).answers.rows.values())) > 150
    assert set(stamps_in(theirs)) == {"_meta", "start"}
    report = check_workbook(
        folder / f"goed{suffix}", check_context(fills.definitions(), fills.ROUND)
    )
    assert report.status is ReportStatus.AKKOORD
    worse = [f for f in report.findings if f.severity is not Severity.INFO]
    assert [(f.code, f.severity) for f in worse] == [(code, Severity.WAARSCHUWING)]


@pytest.mark.parametrize(("suffix", "code"), [(".ods", "NT102"), (".xls", "NT105")])
def test_the_same_mistakes_are_found(folder: Path, suffix: str, code: str) -> None:
    context = check_context(fills.definitions(), fills.ROUND)

    def told(name: str) -> set[tuple[str, str | None, str | None]]:
        report = check_workbook(folder / name, context)
        return {
            (f.code, f.sheet, f.cell) for f in report.findings if f.severity is not Severity.INFO
        }

    expected = {one for one in told("met-fouten.xlsx") if one[0] not in _UNSEEN}
    assert told(f"met-fouten{suffix}") - {(code, None, None)} == expected


@pytest.mark.parametrize("suffix", [".ods", ".xls"])
def test_a_password_is_told_as_one(
    folder: Path, office: Office, tmp_path: Path, suffix: str
) -> None:
    with office.open(folder / "goed.xlsx") as document:
        document.save(tmp_path / f"geheim{suffix}", {"Password": "geheim123"})
    context = check_context(fills.definitions(), fills.ROUND)
    report = check_workbook(tmp_path / f"geheim{suffix}", context)
    assert [f.code for f in report.findings] == ["NT103"]


def test_gnumeric_saves_it_as_xls(folder: Path, gnumeric: Gnumeric, tmp_path: Path) -> None:
    saved = gnumeric.convert(folder / "goed.xlsx", tmp_path / "gnumeric.xls")
    assert found(read_other(saved)).answers == found(read_workbook(folder / "goed.xlsx")).answers


def test_an_ods_that_gnumeric_made_is_refused_with_what_to_do(
    folder: Path, gnumeric: Gnumeric, tmp_path: Path
) -> None:
    """The library stumbles over the line breaks in it; the file itself is sound."""
    saved = gnumeric.convert(folder / "goed.xlsx", tmp_path / "gnumeric.ods")
    report = check_workbook(saved, check_context(fills.definitions(), fills.ROUND))
    (finding,) = report.findings
    assert finding.code == "NT102"
    assert "‘Opslaan als’ met als type ‘Excel-werkmap (.xlsx)’" in finding.message
