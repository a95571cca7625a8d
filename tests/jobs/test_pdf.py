"""PDFs beside the letters: whole, accessible, noted, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normtemplates.cli.main import main
from normtemplates.office import OfficeError, find_office, pdfs_of
from tests.clients import office as client
from tests.clients.fixtures import require
from tests.jobs.surroundings import command, contents, environment, wait_until

NAME = "raadsinformatiebrief-GM0358-aalsmeer"
DAY = date(2025, 4, 1)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files that is our own, to see what stays behind in it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An soffice that starts another program and waits for it for ever, as the real one may.

    Gives the file in which it writes the number of the other program's process.
    """
    folder = tmp_path / "bin"
    folder.mkdir()
    told = tmp_path / "child"
    program = folder / "soffice"
    program.write_text(
        f'#!/bin/sh\nsleep 600 &\necho $! >"{told}.new"\nmv "{told}.new" "{told}"\nwait\n',
        encoding="ascii",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return told


def running(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not collected yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.parametrize(
    "words",
    [
        ["letter", "make", "--organisation", "GM0358", "--pdf"],
        ["build", "--organisation", "GM0358", "--pdf"],
    ],
)
def test_without_libreoffice_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    with pytest.raises(OfficeError):
        find_office()
    result = run(*words, "--out", tmp_path / "uit")
    assert result.exit_code == 2
    assert result.stderr.startswith("LibreOffice is niet gevonden, en --pdf heeft het nodig.")
    assert result.stdout == ""
    assert not (tmp_path / "uit").exists()


@needs_proc
def test_a_libreoffice_that_hangs_is_ended_with_all_that_it_started(
    scratch: Path, hanging: Path
) -> None:
    with pytest.raises(OfficeError, match="na 1 seconden niet klaar"):
        pdfs_of([b"x"], DAY, start_seconds=1, document_seconds=0)
    assert not running(int(hanging.read_text(encoding="ascii")))
    assert not list(scratch.iterdir())


def test_a_libreoffice_that_fails_is_told(
    scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 77\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OfficeError, match="geen pdf maken"):
        pdfs_of([b"x"], DAY)
    program.chmod(0o644)
    with pytest.raises(OfficeError, match="niet gevonden"):
        pdfs_of([b"x"], DAY)
    assert not list(scratch.iterdir())


@needs_proc
def test_ctrl_c_leaves_nothing_behind(scratch: Path, hanging: Path, tmp_path: Path) -> None:
    words = ("letter", "make", "--organisation", "GM0358", "--pdf", "--out", tmp_path / "uit")
    with subprocess.Popen(
        command(*words),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        wait_until(hanging.exists, process)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert said == "Afgebroken. Er is geen half bestand achtergebleven.\n"
    assert not running(int(hanging.read_text(encoding="ascii")))
    assert not list(scratch.iterdir())
    assert not (tmp_path / "uit").exists()


def test_pdfs_are_of_letters(tmp_path: Path) -> None:
    result = run("build", "--what", "workbooks", "--pdf", "--out", tmp_path)
    assert result.exit_code == 2
    assert "--pdf makes PDFs of letters" in result.stderr


@pytest.mark.clients
def test_letter_make_puts_the_pdf_beside_the_letter(scratch: Path, tmp_path: Path) -> None:
    require(client.missing())
    out = tmp_path / "uit"
    words = ("letter", "make", "--organisation", "GM0358", "--pdf", "--out", out)
    result = run(*words)
    assert result.output == f"De brief staat in {out / NAME}.docx, met de pdf ernaast.\n"
    first = contents(out)
    assert set(first) == {f"{NAME}.docx", f"{NAME}.pdf"}
    require(None if shutil.which("pdfinfo") else "pdfinfo is not installed (poppler-utils)")
    told = subprocess.run(
        ["pdfinfo", "-isodates", out / f"{NAME}.pdf"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    facts = {line.partition(":")[0]: line.partition(":")[2].strip() for line in told.splitlines()}
    assert facts["Tagged"] == "yes"
    assert facts["Form"] == "none"  # a blank is text, no field of a form
    assert facts["Pages"] == "3"
    assert facts["CreationDate"].startswith("2025-04-01T00:00:00")
    assert facts["Title"].startswith("Raadsinformatiebrief Noord-Hollandse Norm")
    assert run(*words).exit_code == 0
    assert contents(out) == first  # the same bytes again
    assert not list(scratch.iterdir())


@pytest.mark.clients
def test_build_notes_the_pdfs(scratch: Path, tmp_path: Path) -> None:
    require(client.missing())
    require(None if find_spec("page") else "page-validation is not installed")
    codes = ("--organisation", "GM0358", "--organisation", "PV27")
    words = ("build", "--pdf", "--what", "letters", *codes, "--out", tmp_path / "uit")
    result = run(*words)
    folder = tmp_path / "uit" / "nulmeting-2025"
    assert result.output == f"2 brieven en 2 pdf’s staan in {folder}.\n"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    assert [(one["path"], one["kind"]) for one in listed] == [
        (f"{NAME}.docx", "raadsinformatiebrief"),
        (f"{NAME}.pdf", "raadsinformatiebrief"),
        ("statenbrief-PV27-noord-holland.docx", "statenbrief"),
        ("statenbrief-PV27-noord-holland.pdf", "statenbrief"),
    ]
    for path in folder.glob("*.pdf"):
        report = import_module("page").validate_pdf(path)
        assert [f"{f.rule_id}: {f.message}" for f in report.failures] == []
    # A PDF that somebody signed is not lost.
    signed = folder / f"{NAME}.pdf"
    signed.write_bytes(signed.read_bytes() + b"% signed")
    result = run(*words)
    assert result.exit_code == 2
    assert f"{signed} is veranderd nadat het is gemaakt" in result.stderr
    assert signed.read_bytes().endswith(b"% signed")
    assert not list(scratch.iterdir())


@pytest.mark.clients
def test_one_document_that_fails_does_not_cost_the_others_theirs(scratch: Path) -> None:
    require(client.missing())
    letter = Path("templates/letters/statenbrief.docx").read_bytes()
    first, broken, last = pdfs_of([letter, b"PK\x03\x04 no document", letter], DAY)
    assert first
    assert first == last
    assert broken is None
