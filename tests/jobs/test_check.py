"""Every file that is there gets a report; every path that is not gets a line."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError, RequestError
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs import check
from normtemplates.jobs import returned as reading
from normtemplates.jobs.build import BuildRequest, build_round
from normtemplates.jobs.check import (
    CheckContext,
    CheckRequest,
    CheckResult,
    check_context,
    check_paths,
    check_returned,
    check_workbook,
)
from normtemplates.jobs.isolate import Limits
from normtemplates.model.finding import Finding, Report, ReportStatus, Severity
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from tests.excel.other_formats import ods, xlsb
from tests.jobs.surroundings import ROOT, command, contents, environment

ROUND = "voorbeeld-2025"


@pytest.fixture(scope="module")
def context(templates: Path) -> CheckContext:
    return check_context(Definitions(templates))


def copied(source: Path, *names: Path) -> None:
    for name in names:
        name.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, name)


def checked(result: CheckResult) -> list[str]:
    return [report.path for report in result.report.reports]


# -- one file ----------------------------------------------------------------------------


def test_a_sound_workbook(context: CheckContext, returned: Path) -> None:
    path = returned / "goed.xlsx"
    report = check_workbook(path, context)
    assert {finding.severity for finding in report.findings} <= {Severity.INFO}
    assert attrs.evolve(report, findings=()) == Report(
        path=str(path),
        status=ReportStatus.AKKOORD,
        findings=(),
        organisation="GM0000",
        organisation_name="gemeente Voorbeeldstad",
        round=ROUND,
    )


def test_a_workbook_with_faults(context: CheckContext, returned: Path) -> None:
    """All of them in one pass."""
    report = check_workbook(returned / "met-fouten.xlsx", context)
    assert report.status is ReportStatus.TE_CORRIGEREN
    assert (report.organisation, report.round) == ("GM0000", ROUND)
    assert len({finding.code for finding in report.findings}) > 5


def test_what_we_build_is_read_back(context: CheckContext, templates: Path, tmp_path: Path) -> None:
    """A blank workbook is ours, of this organisation, and has everything still to do."""
    build_round(Definitions(templates), BuildRequest(out=tmp_path, what=["workbooks"]))
    (book,) = (tmp_path / ROUND).glob("*.xlsx")
    report = check_workbook(book, context)
    assert (report.status, report.organisation) == (ReportStatus.TE_CORRIGEREN, "GM0000")
    assert {finding.code for finding in report.findings} == {"NT301", "NT304"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leeg.xlsx", b"", "NT101"),
        ("brief.docx", b"no office file", "NT102"),
        ("scan.pdf", b"%PDF-1.7\n", "NT102"),
        ("half.xlsx", b"PK\x03\x04", "NT106"),
        ("~$overzicht.xlsx", b"\x05clerk" + b" " * 158, "NT112"),
        ("manifest.json", b"{}", "NT102"),
    ],
)
def test_a_file_that_is_no_workbook(
    context: CheckContext, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    report = check_workbook(tmp_path / name, context)
    assert report.status is ReportStatus.GEWEIGERD
    assert (report.organisation, report.round) == (None, None)
    assert [finding.code for finding in report.findings] == [code]


def test_a_path_that_is_not_there(context: CheckContext, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    before = contents(tmp_path)
    for name in ("weg.xlsx", "file/below.xlsx"):
        with pytest.raises(RequestError) as error:
            check_workbook(tmp_path / name, context)
        assert error.value.faults == (f"{tmp_path / name} bestaat niet. Controleer het pad.",)
    assert contents(tmp_path) == before


def test_what_is_no_file(context: CheckContext, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ("", "pipe.xlsx"):
        with pytest.raises(RequestError, match="is geen bestand"):
            check_workbook(tmp_path / name, context)


@pytest.mark.parametrize(("room", "step"), [(reading, "read_workbook"), (check, "recognise")])
def test_a_mistake_of_ours_is_a_finding(
    context: CheckContext,
    returned: Path,
    monkeypatch: pytest.MonkeyPatch,
    room: ModuleType,
    step: str,
) -> None:
    def crash(*arguments: object) -> None:
        raise IndexError

    monkeypatch.setattr(room, step, crash)
    report = check_workbook(returned / "goed.xlsx", context)
    assert report.status is ReportStatus.GEWEIGERD
    assert [finding.code for finding in report.findings] == ["NT900"]


# -- other formats, and files that do harm -----------------------------------------------


def bomb() -> bytes:
    """A small .xlsb with two cells, that is a table of 17 thousand million for whoever opens it."""
    cells = {spot: Cell(*spot, CellKind.TEXT, "a", None, True) for spot in ((1, 1), (2**20, 2**14))}
    return xlsb(Submission("", (Sheet("Overzicht", "visible", cells, False),)))


@pytest.mark.parametrize(("write", "code"), [(ods, "NT102"), (xlsb, "NT105")], ids=["ods", "xlsb"])
def test_another_format_is_checked_for_its_answers(
    context: CheckContext,
    returned: Path,
    tmp_path: Path,
    write: Callable[[Submission], bytes],
    code: str,
) -> None:
    """Akkoord with the warning that the structure could not be looked at."""
    (tmp_path / "retour.xlsx").write_bytes(write(read_workbook(returned / "goed.xlsx")))
    report = check_workbook(tmp_path / "retour.xlsx", context)
    same = check_workbook(returned / "goed.xlsx", context)
    (warning,) = (f for f in report.findings if f.severity is not Severity.INFO)
    assert (warning.code, warning.severity) == (code, Severity.WAARSCHUWING)
    assert "structuur is niet gecontroleerd" in warning.message
    assert (report.status, report.organisation) == (ReportStatus.AKKOORD, "GM0000")
    assert {f.code for f in report.findings} - {code} == {f.code for f in same.findings}


def test_a_workbook_counts_before_a_copy_that_was_read_for_its_values(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    """The .ods has the first name; both say the same."""
    copied(returned / "goed.xlsx", tmp_path / "b.xlsx")
    (tmp_path / "a.ods").write_bytes(ods(read_workbook(returned / "goed.xlsx")))
    result = check_paths([tmp_path], context)
    (counts,) = (one.counts for one in result.report.organisations if one.counts)
    assert Path(counts).name == "b.xlsx"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_kills_its_worker_is_one_finding_and_the_others_go_on(
    context: CheckContext, returned: Path, tmp_path: Path, jobs: int
) -> None:
    copied(returned / "goed.xlsx", tmp_path / "a.xlsx", tmp_path / "c.xlsx")
    copied(returned / "met-fouten.xlsx", tmp_path / "e.xlsx")
    for name in ("b.xlsb", "f.xlsx"):
        (tmp_path / name).write_bytes(bomb())
    (tmp_path / "d.ods").write_bytes(ods(read_workbook(returned / "goed.xlsx")))
    told: list[int] = []
    result = check_paths([tmp_path], context, jobs=jobs, progress=lambda done, _: told.append(done))
    found = {
        Path(r.path).name: (r.status, {f.code for f in r.findings}) for r in result.report.reports
    }
    assert list(found) == ["a.xlsx", "b.xlsb", "c.xlsx", "d.ods", "e.xlsx", "f.xlsx"]
    assert {name: status for name, (status, _) in found.items()} == {
        "a.xlsx": ReportStatus.AKKOORD,
        "b.xlsb": ReportStatus.GEWEIGERD,
        "c.xlsx": ReportStatus.AKKOORD,
        "d.ods": ReportStatus.AKKOORD,
        "e.xlsx": ReportStatus.TE_CORRIGEREN,
        "f.xlsx": ReportStatus.GEWEIGERD,
    }
    assert found["b.xlsb"][1] == found["f.xlsx"][1] == {"NT114"}
    assert told == [1, 2, 3, 4, 5, 6]
    assert multiprocessing.active_children() == []


def test_a_file_that_takes_too_long(context: CheckContext, returned: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ods").write_bytes(ods(read_workbook(returned / "goed.xlsx")))
    for jobs in (1, 2):
        paths = [tmp_path / "a.ods", tmp_path / "weg.xlsx"]
        result = check_paths(paths, context, jobs=jobs, limits=Limits(seconds=0))
        (finding,) = result.report.reports[0].findings
        assert finding.code == "NT114"
        assert "duurde te lang" in finding.message


def test_more_processes_give_the_same_report(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    for number in range(check._FEW):
        copied(returned / "goed.xlsx", tmp_path / f"{number:02}.xlsx")
    copied(returned / "met-fouten.xlsx", tmp_path / "met-fouten.xlsx")
    paths = [tmp_path, tmp_path / "weg.xlsx"]
    one = check_paths(paths, context)  # more than a few: a worker, though only one
    assert one == check_paths(paths, context, jobs=2)
    assert one.faults
    assert len(one.report.reports) == check._FEW + 1
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("lost", ["", "resource fcntl"])
def test_without_what_only_some_systems_have(
    returned: Path, tmp_path: Path, templates: Path, lost: str
) -> None:
    """In the command and in its workers, as on Windows."""
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys\nfor name in {lost.split()}:\n    sys.modules[name] = None\n", "utf-8"
    )
    copied(returned / "goed.xlsx", tmp_path / "in" / "a.xlsx")
    (tmp_path / "in" / "b.xlsb").write_bytes(ods(read_workbook(returned / "goed.xlsx")))
    for jobs in ("1", "2"):
        done = subprocess.run(
            command("check", "--templates", templates, "--format", "json", "--jobs", jobs, "in"),
            cwd=tmp_path,
            env={**environment(), "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        files = json.loads(done.stdout)["files"]
        assert [file["status"] for file in files] == ["akkoord", "akkoord"]


# -- which round -------------------------------------------------------------------------


def test_all_rounds_count_and_the_default_comes_first(templates: Path) -> None:
    names = [round_.name for round_ in check_context(Definitions(templates)).rounds]
    assert names[0] == ROUND
    assert {"nulmeting-2025", "brabant-2023"} < set(names)
    assert len(names) == len(set(names))
    assert check_context(Definitions()).rounds[0].name == "nulmeting-2025"


def test_a_round_that_was_asked_for_is_the_only_one_accepted(
    templates: Path, returned: Path
) -> None:
    definitions = Definitions(templates)
    asked = check_context(definitions, ROUND)
    assert asked.wanted is definitions.round(ROUND)
    assert asked.rounds[0] is asked.wanted
    other = check_context(definitions, "nulmeting-2025")
    report = check_workbook(returned / "goed.xlsx", other)
    assert report.status is ReportStatus.GEWEIGERD
    assert [finding.code for finding in report.findings] == ["NT202"]
    assert "2025, nulmeting (voorbeeld-2025)." in report.findings[0].message
    assert report.organisation == "GM0000"  # whoever collects it wants to know whom to write to
    with pytest.raises(RequestError, match="‘nulmeting-2052’ bestaat niet"):
        check_context(definitions, "nulmeting-2052")


def test_without_a_default_all_rounds_count(tmp_path: Path, templates: Path) -> None:
    own = shutil.copytree(templates, tmp_path / "own")
    shipped = Definitions()
    for round_, folder in ((ROUND, templates), ("nulmeting-2025", shipped.templates.roots[0])):
        text = (folder / "rounds" / f"{round_}.toml").read_text("utf-8")
        text = text.replace("default = true", "default = false")
        (own / "rounds" / f"{round_}.toml").write_text(text, "utf-8")
    context = check_context(Definitions(own))
    names = [round_.name for round_ in context.rounds]
    assert names == sorted(names)
    assert {"nulmeting-2025", ROUND} < set(names)


def test_definitions_with_faults_check_nothing(tmp_path: Path, templates: Path) -> None:
    own = shutil.copytree(templates, tmp_path / "own")
    with (own / "rounds" / f"{ROUND}.toml").open("a", encoding="utf-8") as file:
        file.write("colour = 1\nsize = 2\n")
    with pytest.raises(DefinitionError) as error:
        check_context(Definitions(own))
    assert len(error.value.faults) == 2


# -- several paths -----------------------------------------------------------------------


def test_one_file_says_nothing_of_a_round(context: CheckContext, returned: Path) -> None:
    result = check_paths([returned / "goed.xlsx"], context)
    assert (result.report.round, result.faults, result.exit_code) == (None, (), 0)


def test_a_folder_stands_for_its_files(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    """Also further down, by name; what is hidden is passed over."""
    copied(
        returned / "goed.xlsx",
        *(tmp_path / name for name in ("b.xlsx", "a.xlsx", "riec/c.xlsx", ".hidden.xlsx")),
        *(tmp_path / name for name in (".git/d.xlsx", "Thumbs.db", "desktop.ini", "~$a.xlsx")),
    )
    before = contents(tmp_path)
    told: list[tuple[int, int]] = []
    result = check_paths([tmp_path], context, progress=lambda *done: told.append(done))
    assert checked(result) == [
        str(tmp_path / name) for name in ("a.xlsx", "b.xlsx", "~$a.xlsx", "riec/c.xlsx")
    ]
    assert result.report.round == ROUND
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert contents(tmp_path) == before


def test_a_folder_with_one_file_is_a_round_too(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    copied(returned / "goed.xlsx", tmp_path / "a.xlsx")
    assert check_paths([tmp_path], context).report.round == ROUND


def test_our_own_output_in_a_folder_is_passed_over(
    context: CheckContext, templates: Path, tmp_path: Path
) -> None:
    """Manifest, letters and reports; a workbook counts, since it may be filled in by now."""
    build_round(Definitions(templates), BuildRequest(out=tmp_path))
    folder = tmp_path / ROUND
    (folder / "oud.json").write_text('{"schema": "normtemplates/report/1", "files": []}', "utf-8")
    (folder / "rapport.txt").write_text("report", "utf-8")
    (folder / "anders.json").write_text('{"schema": "iets anders"}', "utf-8")
    result = check_paths([folder], context, own=folder / "rapport.txt")
    assert checked(result) == [
        str(folder / "anders.json"),
        str(folder / "implementatieoverzicht-GM0000-voorbeeldstad.xlsx"),
    ]


def test_a_broken_manifest_in_a_folder_does_not_matter(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    copied(returned / "goed.xlsx", tmp_path / "a.xlsx")
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    result = check_paths([tmp_path], context)
    assert (checked(result), result.exit_code) == ([str(tmp_path / "a.xlsx")], 0)


def test_a_file_that_is_meant_twice_is_checked_once(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    copied(returned / "goed.xlsx", tmp_path / "b.xlsx", tmp_path / "a.xlsx")
    result = check_paths([tmp_path / "b.xlsx", tmp_path, tmp_path / "." / "b.xlsx"], context)
    assert checked(result) == [str(tmp_path / "b.xlsx"), str(tmp_path / "a.xlsx")]


def test_all_paths_that_are_no_good_are_named_and_the_others_checked(
    context: CheckContext, returned: Path, tmp_path: Path
) -> None:
    copied(returned / "goed.xlsx", tmp_path / "files" / "a.xlsx")
    (tmp_path / "files" / "broken.xlsx").symlink_to(tmp_path / "nergens")
    os.mkfifo(tmp_path / "files" / "pipe.json")
    (tmp_path / "empty").mkdir()
    given = [tmp_path / name for name in ("weg.xlsx", "files", "empty", "ook-weg.xlsx")]
    result = check_paths(given, context)
    assert checked(result) == [str(tmp_path / "files" / "a.xlsx")]
    assert sorted(result.faults) == sorted(
        [
            f"In de map {tmp_path / 'empty'} staan geen bestanden om na te kijken.",
            f"{tmp_path / 'files' / 'broken.xlsx'} bestaat niet. Controleer het pad.",
            f"{tmp_path / 'files' / 'pipe.json'} is geen bestand. Controleer het pad.",
            f"{tmp_path / 'ook-weg.xlsx'} bestaat niet. Controleer het pad.",
            f"{tmp_path / 'weg.xlsx'} bestaat niet. Controleer het pad.",
        ]
    )
    assert result.exit_code == 2


def test_the_exit_code_is_the_highest(context: CheckContext, returned: Path) -> None:
    good, bad = returned / "goed.xlsx", returned / "met-fouten.xlsx"
    gone = returned / "weg.xlsx"
    for paths, code in (
        ([good], 0),
        ([good, bad], 1),
        ([bad, gone], 2),
        ([gone, good], 2),
    ):
        assert check_paths(paths, context).exit_code == code
    result = check_paths([good, good.parent], context)
    (report,) = (one for one in result.report.reports if one.path == str(good))
    warned = Finding("NT500", Severity.WAARSCHUWING, "")
    for finding, code in ((warned, 0), (attrs.evolve(warned, severity=Severity.FOUT), 1)):
        alone = attrs.evolve(result.report, reports=(report,), findings=(finding,))
        assert attrs.evolve(result, report=alone).exit_code == code


def test_the_report_never_takes_the_place_of_a_workbook(
    templates: Path, returned: Path, tmp_path: Path
) -> None:
    path = tmp_path / "terug.xlsx"
    path.write_bytes((returned / "goed.xlsx").read_bytes())
    before = path.read_bytes()
    with pytest.raises(RequestError, match="--output"):
        check_returned(Definitions(templates), CheckRequest([path], ROUND, path))
    assert path.read_bytes() == before
