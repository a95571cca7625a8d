"""``build`` as a person meets it: lines, exit codes, and folders that stay whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from normtemplates.jobs.output import BESIDE
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

ROUND = "nulmeting-2025"
AALSMEER = "implementatieoverzicht-GM0358-aalsmeer.xlsx"
STOPPED = "Afgebroken. Er is geen half bestand achtergebleven.\n"

Files = Mapping[str, bytes | None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Everything that a build of the shipped round makes."""
    folder = tmp_path_factory.mktemp("whole")
    done = normtemplates("build", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"45 implementatieoverzichten en 45 brieven staan in {Path('build', ROUND)}.\n"
    )
    assert {path.split("/")[0] for path in contents(folder)} == {"build"}
    return contents(folder / "build" / ROUND)


def says(done: subprocess.CompletedProcess[str]) -> str:
    """Give the one line of a command that could not do its job."""
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_one_organisation_and_one_kind(tmp_path: Path, whole: Files) -> None:
    done = normtemplates(
        "build", "--organisation", "GM0358", "--what", "workbooks", "--out", "x", folder=tmp_path
    )
    assert done.stdout == f"1 implementatieoverzicht staat in {Path('x', ROUND)}.\n"
    made = contents(tmp_path / "x" / ROUND)
    assert set(made) == {AALSMEER, "manifest.json"}
    assert made[AALSMEER] == whole[AALSMEER]


def test_a_round_that_follows_another_announces_nothing(tmp_path: Path, templates: Path) -> None:
    """The letters to councils announce the norm; a year later nobody sends them again."""
    words = ("build", "--round", "voorbeeld-2026", "--templates", str(templates), "--out", "x")
    done = normtemplates(*words, folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout == f"1 implementatieoverzicht staat in {Path('x', 'voorbeeld-2026')}.\n"
    (line,) = done.stderr.splitlines()
    assert "volgt op voorbeeld-2025" in line
    assert "--kind voortgangsbrief" in line
    assert "--what workbooks,letters" in line
    assert not list(tmp_path.rglob("*.docx"))
    asked = normtemplates(*words, "--what", "letters", folder=tmp_path)
    assert (asked.returncode, len(list(tmp_path.rglob("*.docx")))) == (0, 1)
    assert "hoort bij de eerste ronde" in asked.stderr
    pdf = normtemplates(*words, "--pdf", folder=tmp_path)
    assert "--what workbooks,letters" in says(pdf)


def test_own_templates(tmp_path: Path, templates: Path) -> None:
    done = normtemplates("build", "--templates", templates, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(contents(tmp_path / "build" / "voorbeeld-2025")) == 3


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--what", "letters,pdf"], "'pdf' is not one of workbooks, letters."),
        (["--what", ","], "'' is not one of workbooks, letters."),
        (["--jobs", "0"], "0 is not in the range x>=1."),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, arguments: list[str], line: str) -> None:
    done = normtemplates("build", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert line in done.stderr
    assert contents(tmp_path) == {}


def test_an_unknown_organisation(tmp_path: Path) -> None:
    line = says(normtemplates("build", "--organisation", "GM9999", folder=tmp_path))
    assert "‘GM9999’ hoort niet bij de ronde nulmeting-2025" in line
    assert contents(tmp_path) == {}


def test_an_unknown_round(tmp_path: Path) -> None:
    line = says(normtemplates("build", "--round", "nulmeting-2052", folder=tmp_path))
    assert line.startswith("De ronde ‘nulmeting-2052’ bestaat niet.")
    assert contents(tmp_path) == {}


def test_templates_that_are_not_there(tmp_path: Path) -> None:
    line = says(normtemplates("build", "--templates", "nergens", folder=tmp_path))
    assert line.startswith("De map nergens bestaat niet.")
    assert contents(tmp_path) == {}


def test_a_folder_in_which_one_may_not_write(tmp_path: Path) -> None:
    out = tmp_path / "locked"
    out.mkdir()
    (out / "mine").write_bytes(b"mine")
    before = contents(tmp_path)
    out.chmod(0o555)
    done = normtemplates("build", "--out", "locked", folder=tmp_path, limit="obedient")
    out.chmod(0o755)
    assert says(done) == "In de map locked mag u niet schrijven. Kies een andere map."
    assert contents(tmp_path) == before


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    before = contents(tmp_path)
    done = normtemplates("build", "--out", Path("file", "below"), folder=tmp_path)
    assert says(done) == "file is een bestand, geen map. Kies een andere map."
    assert contents(tmp_path) == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk(tmp_path: Path, whole: Files, jobs: str) -> None:
    """What fitted is whole, and nothing else is left."""
    with small_disk(tmp_path, "700k") as disk:
        (disk / "mine").write_bytes(b"mine")
        done = normtemplates("build", "--jobs", jobs, folder=disk)
        folder = Path("build", ROUND)
        assert says(done) == (
            f"In de map {folder} kon niet worden geschreven: de schijf is vol. Maak ruimte vrij."
        )
        assert (disk / "mine").read_bytes() == b"mine"
        made = dict(contents(disk / folder))
        made.pop("manifest.json", None)
        assert 3 < len(made) < 90
        assert made == {name: whole[name] for name in made}


def test_a_full_disk_keeps_what_was_there(tmp_path: Path, whole: Files) -> None:
    """The new files are as large as the old ones, so that replacing finds no room."""
    size = sum(len(data or b"") for data in whole.values())
    with small_disk(tmp_path, f"{size // 1024 + 2000}k") as disk:
        assert normtemplates("build", folder=disk).returncode == 0
        folder = disk / "build" / ROUND
        assert contents(folder) == whole
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filler").write_bytes(b"x" * (free - 8192))
        done = normtemplates("build", folder=disk)
        assert "de schijf is vol" in says(done)
        assert contents(folder) == whole


def test_files_that_may_not_grow_so_large(tmp_path: Path) -> None:
    done = normtemplates("build", folder=tmp_path, limit="file-size=10000")
    assert says(done).endswith("kon niet worden geschreven: het bestand is groter dan hier mag.")
    assert contents(tmp_path) == {}


def test_a_file_that_fails_is_named_and_the_others_are_made(tmp_path: Path, whole: Files) -> None:
    (tmp_path / "build" / ROUND / AALSMEER).mkdir(parents=True)
    done = normtemplates("build", folder=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("gemeente Aalsmeer (GM0358) · implementatieoverzicht · ")
    assert done.stdout == (
        f"44 implementatieoverzichten en 45 brieven staan in {Path('build', ROUND)}. "
        "1 bestand kon niet worden gemaakt; zie hierboven.\n"
    )
    made = dict(contents(tmp_path / "build" / ROUND))
    assert made.pop(AALSMEER) is None
    made.pop("manifest.json")
    assert made == {name: whole[name] for name in whole if name not in (AALSMEER, "manifest.json")}


def test_two_runs_at_once_into_one_folder(tmp_path: Path, whole: Files) -> None:
    runs = [
        subprocess.Popen(
            command("build", "--what", what),
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
        )
        for what in ("workbooks", "workbooks,letters")
    ]
    assert [run.wait(120) for run in runs] == [0, 0]
    assert contents(tmp_path / "build" / ROUND) == whole


# -- Ctrl-C ------------------------------------------------------------------------------


def interrupted(folder: Path, when: Callable[[int], bool], *arguments: str) -> str:
    """Press Ctrl-C in a terminal of its own as soon as ``when``, given the process; give stderr."""
    with subprocess.Popen(
        command("build", *arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # its own group of processes, as a terminal has
    ) as run:
        wait_until(lambda: when(run.pid), run)
        os.killpg(run.pid, signal.SIGINT)
        stdout, stderr = run.communicate(timeout=60)
        assert (run.returncode, stdout) == (2, "")
    wait_until(lambda: not living(run.pid))
    return stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_halfway_over_an_earlier_build(tmp_path: Path, whole: Files, jobs: str) -> None:
    """Every file is the old one or the new one, and the manifest knows which."""
    assert normtemplates("build", "--password", "x", folder=tmp_path).returncode == 0
    (tmp_path / "mine").write_bytes(b"mine")
    folder = tmp_path / "build" / ROUND
    before = contents(folder)
    first = folder / AALSMEER
    assert (
        interrupted(tmp_path, lambda pid: first.read_bytes() == whole[AALSMEER], "--jobs", jobs)
        == STOPPED
    )
    after = dict(contents(folder))
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert set(after) == set(before)
    manifest = json.loads(after.pop("manifest.json") or b"")
    assert all(after[name] in (before[name], whole[name]) for name in after)
    assert any(after[name] != whole[name] for name in after), "it was finished already"
    assert {one["path"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(data or b"").hexdigest() for name, data in after.items()
    }


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_in_an_empty_folder(tmp_path: Path, whole: Files, jobs: str) -> None:
    first = tmp_path / "build" / ROUND / AALSMEER
    assert interrupted(tmp_path, lambda pid: first.exists(), "--jobs", jobs) == STOPPED
    after = dict(contents(tmp_path / "build" / ROUND))
    manifest = json.loads(after.pop("manifest.json") or b"")
    assert not any(name.startswith(BESIDE) for name in after)
    assert after == {name: whole[name] for name in after}
    assert sorted(after) == [one["path"] for one in manifest["files"]]


def test_ctrl_c_while_the_helpers_start(tmp_path: Path) -> None:
    """Helpers that are not ready yet say nothing and are gone too."""
    # This process, the tracker of resources that Python itself starts, and both helpers.
    assert interrupted(tmp_path, lambda pid: len(living(pid)) == 4, "--jobs", "2") == STOPPED
    assert contents(tmp_path) == {}


def test_no_helper_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("build", "--jobs", "2"),
        cwd=tmp_path,
        env=environment(),
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        first = tmp_path / "build" / ROUND / AALSMEER
        wait_until(first.exists, run)
        run.kill()
        run.wait()
    wait_until(lambda: not living(run.pid))


# -- progress ----------------------------------------------------------------------------


def test_a_terminal_shows_progress_on_stderr_only(tmp_path: Path, templates: Path) -> None:
    with (
        Terminal() as terminal,
        subprocess.Popen(
            command("build", "--templates", str(templates)),
            cwd=tmp_path,
            env={**environment(), "TERM": "xterm"},
            stdout=subprocess.PIPE,
            stderr=terminal.end,
            encoding="utf-8",
        ) as run,
    ):
        stdout, _ = run.communicate(timeout=60)
        assert "Maken" in terminal.shown()
        assert "100%" in terminal.shown()
    assert stdout.startswith("1 implementatieoverzicht en 1 brief staan in ")
