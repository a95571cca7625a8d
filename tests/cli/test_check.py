"""``check`` as a person or a program meets it: reports, lines and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.surroundings import (
    Terminal,
    command,
    contents,
    environment,
    living,
    normtemplates,
    small_disk,
    wait_until,
)

ROUND = "voorbeeld-2025"
NOTHING: dict[str, Any] = {"schema": "normtemplates/report/1", "files": [], "round": None}


@pytest.fixture
def inbox(tmp_path: Path, returned: Path) -> Path:
    """A folder with what came back: two workbooks and a letter that is none."""
    folder = tmp_path / "retour"
    folder.mkdir()
    for name in ("goed.xlsx", "met-fouten.xlsx"):
        shutil.copy(returned / name, folder)
    (folder / "brief.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


@pytest.fixture(scope="module")
def known(templates: Path) -> tuple[str, str]:
    return ("--templates", str(templates))


def document(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Give the one whole document on stdout."""
    found: dict[str, Any] = json.loads(done.stdout)
    assert set(found) == {"schema", "files", "round"}
    return found


def test_a_sound_workbook(inbox: Path, known: tuple[str, str]) -> None:
    before = contents(inbox)
    done = normtemplates("check", *known, "goed.xlsx", folder=inbox)
    assert (done.returncode, done.stderr) == (0, "")
    assert "goed.xlsx" in done.stdout
    assert "akkoord" in done.stdout.lower()
    assert contents(inbox) == before


def test_a_workbook_with_faults(inbox: Path, known: tuple[str, str]) -> None:
    done = normtemplates("check", *known, "met-fouten.xlsx", folder=inbox)
    assert (done.returncode, done.stderr) == (1, "")
    assert "NT301" in done.stdout


def test_json_of_one_file(inbox: Path, known: tuple[str, str]) -> None:
    done = normtemplates("check", *known, "--format", "json", "met-fouten.xlsx", folder=inbox)
    assert (done.returncode, done.stderr) == (1, "")
    report = document(done)
    (file,) = report["files"]
    assert report["round"] is None
    assert (file["path"], file["status"]) == ("met-fouten.xlsx", "te corrigeren")
    assert (file["organisation"], file["round"]) == ("GM0000", ROUND)
    assert {finding["code"] for finding in file["findings"]} > {"NT301", "NT401"}


def test_a_file_that_is_no_workbook_is_a_finding(inbox: Path, known: tuple[str, str]) -> None:
    before = contents(inbox)
    done = normtemplates("check", *known, "brief.pdf", folder=inbox)
    assert (done.returncode, done.stderr) == (1, "")
    assert "NT102" in done.stdout
    assert "geweigerd" in done.stdout.lower()
    done = normtemplates("check", *known, "--format", "json", "brief.pdf", folder=inbox)
    assert (done.returncode, done.stderr) == (1, "")
    (file,) = document(done)["files"]
    assert (file["status"], file["organisation"], file["round"]) == ("geweigerd", None, None)
    assert [finding["code"] for finding in file["findings"]] == ["NT102"]
    assert contents(inbox) == before


def test_a_folder(inbox: Path, known: tuple[str, str]) -> None:
    done = normtemplates("check", *known, "--format", "json", "retour", folder=inbox.parent)
    assert (done.returncode, done.stderr) == (1, "")
    report = document(done)
    assert [file["path"] for file in report["files"]] == [
        str(Path("retour", name)) for name in ("brief.pdf", "goed.xlsx", "met-fouten.xlsx")
    ]
    assert report["round"]["name"] == ROUND


def test_a_path_that_is_not_there(inbox: Path, known: tuple[str, str]) -> None:
    before = contents(inbox)
    done = normtemplates("check", *known, "weg.xlsx", folder=inbox)
    assert (done.returncode, done.stderr) == (2, "weg.xlsx bestaat niet. Controleer het pad.\n")
    done = normtemplates("check", *known, "--format", "json", "weg.xlsx", folder=inbox)
    assert (done.returncode, document(done)) == (2, NOTHING)
    assert done.stderr == "weg.xlsx bestaat niet. Controleer het pad.\n"
    assert contents(inbox) == before


def test_a_path_that_cannot_be_read(inbox: Path, known: tuple[str, str]) -> None:
    before = contents(inbox)
    (inbox / "goed.xlsx").chmod(0)
    done = normtemplates(
        "check", *known, "--format", "json", "goed.xlsx", folder=inbox, limit="obedient"
    )
    assert (done.returncode, document(done)) == (2, NOTHING)
    line = "goed.xlsx kon niet worden gelezen. Controleer of u het mag openen.\n"
    assert done.stderr == line
    (inbox / "goed.xlsx").chmod(0o644)
    inbox.chmod(0)
    done = normtemplates("check", *known, "retour", folder=inbox.parent, limit="obedient")
    inbox.chmod(0o755)
    assert done.returncode == 2
    assert done.stderr == "retour kon niet worden gelezen. Controleer of u het mag openen.\n"
    assert contents(inbox) == before


def test_good_and_bad_arguments_together(inbox: Path, known: tuple[str, str]) -> None:
    """The highest exit code counts; what can be checked is checked; the rest is named."""
    done = normtemplates(
        "check", *known, "--format", "json", "weg.xlsx", "met-fouten.xlsx", "nergens", "goed.xlsx",
        folder=inbox,
    )  # fmt: skip
    assert done.returncode == 2
    assert [file["path"] for file in document(done)["files"]] == ["met-fouten.xlsx", "goed.xlsx"]
    assert done.stderr == (
        "weg.xlsx bestaat niet. Controleer het pad.\nnergens bestaat niet. Controleer het pad.\n"
    )


def test_all_that_is_wrong_with_the_request_at_once(inbox: Path, known: tuple[str, str]) -> None:
    before = contents(inbox)
    done = normtemplates(
        "check", *known, "--round", "nulmeting-2052", "--format", "json", "goed.xlsx", "weg.xlsx",
        folder=inbox,
    )  # fmt: skip
    assert (done.returncode, document(done)) == (2, NOTHING)
    unknown, absent = done.stderr.splitlines()
    assert unknown.startswith("De ronde ‘nulmeting-2052’ bestaat niet.")
    assert absent == "weg.xlsx bestaat niet. Controleer het pad."
    assert contents(inbox) == before


def test_another_round_than_was_asked_for(inbox: Path, known: tuple[str, str]) -> None:
    done = normtemplates(
        "check", *known, "--round", "nulmeting-2025", "--format", "json", "goed.xlsx", folder=inbox
    )
    assert done.returncode == 1
    (file,) = document(done)["files"]
    assert file["status"] == "geweigerd"


def test_templates_that_are_not_there(inbox: Path) -> None:
    done = normtemplates(
        "check", "--templates", "nergens", "--format", "json", "goed.xlsx", folder=inbox
    )
    assert (done.returncode, document(done)) == (2, NOTHING)
    assert done.stderr.startswith("De map nergens bestaat niet.")


def test_no_path_at_all(tmp_path: Path) -> None:
    done = normtemplates("check", "--format", "json", folder=tmp_path)
    assert (done.returncode, document(done)) == (2, NOTHING)
    assert "Missing argument 'PATH...'" in done.stderr
    done = normtemplates("check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


def test_json_is_utf_8_in_any_terminal(inbox: Path, known: tuple[str, str]) -> None:
    shutil.copyfile(inbox / "met-fouten.xlsx", inbox / "één 😀.xlsx")
    done = subprocess.run(
        command("check", *known, "--format", "json", "één 😀.xlsx"),
        cwd=inbox,
        env={**environment(), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    (file,) = json.loads(done.stdout.decode("utf-8"))["files"]
    assert file["path"] == "één 😀.xlsx"
    assert any("‘" in finding["message"] for finding in file["findings"])


def test_a_name_that_plays_tricks(tmp_path: Path, known: tuple[str, str]) -> None:
    """A line is a line, also when a file's name holds its end."""
    for name in (b"a\nb.xlsx", b"c\x1b[2J.xlsx", b"d\xff.xlsx"):
        (tmp_path / os.fsdecode(name)).symlink_to(f"nergens-{len(name)}")
    done = normtemplates("check", *known, ".", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 3
    assert "\x1b" not in done.stderr


# -- into a file -------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_report_in_a_file(inbox: Path, known: tuple[str, str], format_: str) -> None:
    """The same as on stdout, and no file of the folder when the folder is checked again."""
    printed = normtemplates("check", *known, "--format", format_, ".", folder=inbox)
    for _ in range(2):
        done = normtemplates(
            "check", *known, "--format", format_, "--output", "rapport", ".", folder=inbox
        )
        assert (done.returncode, done.stdout, done.stderr) == (
            1,
            "",
            "Het verslag staat in rapport.\n",
        )
        assert (inbox / "rapport").read_text("utf-8") == printed.stdout
    assert set(contents(inbox)) == {"brief.pdf", "goed.xlsx", "met-fouten.xlsx", "rapport"}


def test_a_document_in_the_file_also_when_nothing_was_checked(
    inbox: Path, known: tuple[str, str]
) -> None:
    done = normtemplates(
        "check", *known, "--format", "json", "--output", "r.json", "weg.xlsx", folder=inbox
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads((inbox / "r.json").read_text("utf-8")) == NOTHING


def test_a_report_that_has_no_place(inbox: Path, known: tuple[str, str]) -> None:
    """Known before the work is done; a program still gets its document."""
    (inbox / "locked").mkdir()
    (inbox / "locked").chmod(0o555)
    before = contents(inbox)
    for output, line in (
        ("nergens/r.json", "De map nergens bestaat niet. Maak de map, of kies een andere."),
        ("goed.xlsx/r.json", "goed.xlsx is een bestand, geen map. Kies een andere map."),
        ("locked/r.json", "In de map locked mag u niet schrijven. Kies een andere map."),
    ):
        arguments = ("--format", "json", "--output", str(Path(output)), "goed.xlsx")
        done = normtemplates("check", *known, *arguments, folder=inbox, limit="obedient")
        assert (done.returncode, document(done)) == (2, NOTHING)
        assert done.stderr == line + "\n"
    done = normtemplates("check", *known, "--output", "locked", "goed.xlsx", folder=inbox)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("locked is een map; hier hoort een bestand.")
    assert contents(inbox) == before


def test_a_full_disk_loses_no_report(inbox: Path, known: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk", "64k") as disk:
        (disk / "r.json").write_bytes(b"mine")
        while os.statvfs(disk).f_bavail:
            with (disk / "filler").open("ab") as file:
                file.write(b"x" * 4096)
        before = contents(disk)
        arguments = ("--format", "json", "--output", str(disk / "r.json"))
        done = normtemplates("check", *known, *arguments, "met-fouten.xlsx", folder=inbox)
        assert done.returncode == 2
        assert [file["path"] for file in document(done)["files"]] == ["met-fouten.xlsx"]
        assert "de schijf is vol" in done.stderr
        assert contents(disk) == before


# -- several processes -------------------------------------------------------------------


def test_jobs_change_nothing_in_the_report(inbox: Path, known: tuple[str, str]) -> None:
    runs = [
        normtemplates("check", *known, *jobs, "--format", "json", ".", "weg.xlsx", folder=inbox)
        for jobs in ((), ("--jobs", "1"), ("--jobs", "3"))
    ]
    assert len({(done.returncode, done.stdout, done.stderr) for done in runs}) == 1
    assert len(document(runs[0])["files"]) == 3
    done = normtemplates("check", *known, "--jobs", "0", "goed.xlsx", folder=inbox)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--jobs" in done.stderr


# -- people who are in a hurry ------------------------------------------------------------


def test_ctrl_c(inbox: Path, known: tuple[str, str]) -> None:
    """The report of last time stays, and nothing else is there, no process either."""
    for number in range(300):
        shutil.copyfile(inbox / "met-fouten.xlsx", inbox / f"{number:03}.xlsx")
    (inbox.parent / "rapport.json").write_bytes(b"mine")
    before = contents(inbox.parent)
    with (
        Terminal() as terminal,
        subprocess.Popen(
            command("check", *known, "--format", "json", "--output", "rapport.json", "retour"),
            cwd=inbox.parent,
            env={**environment(), "TERM": "xterm"},
            stdout=subprocess.PIPE,
            stderr=terminal.end,
            encoding="utf-8",
            start_new_session=True,
        ) as run,
    ):
        wait_until(lambda: "Nakijken" in terminal.shown(), run)
        os.killpg(run.pid, signal.SIGINT)
        stdout, _ = run.communicate(timeout=10)
        shown = terminal.shown()
    wait_until(lambda: not living(run.pid))
    assert (run.returncode, stdout) == (2, "")
    assert shown.splitlines()[-1] == "Afgebroken. Er is geen half bestand achtergebleven."
    assert "100%" not in shown
    assert contents(inbox.parent) == before
