"""The manifest says what was issued, and survives later runs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest

from normtemplates import __version__
from normtemplates.definitions import Definitions
from normtemplates.errors import RequestError
from normtemplates.jobs.manifest import (
    Entry,
    Manifest,
    add_to_manifest,
    manifest_for,
    read_manifest,
)
from normtemplates.model.round import Round
from tests.jobs.surroundings import contents

A = Entry("a.xlsx", "GM0000", "workbook", "aa")
B = Entry("b.docx", "GM0000", "raadsinformatiebrief", "bb")


@pytest.fixture(scope="module")
def round_(templates: Path) -> Round:
    return Definitions(templates).round("voorbeeld-2025")


def issue(folder: Path, round_: Round, *entries: Entry) -> None:
    for entry in entries:
        (folder / entry.path).touch()
    add_to_manifest(folder, round_, entries)


def test_a_folder_without_one(tmp_path: Path, round_: Round) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "nergens") is None
    assert manifest_for(tmp_path, round_).files == ()


def test_what_stands_in_it(tmp_path: Path, round_: Round) -> None:
    issue(tmp_path, round_, B, A)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == {
        "schema": "normtemplates/manifest/1",
        "version": __version__,
        "norm": "noord-holland",
        "edition": "2025",
        "round": "voorbeeld-2025",
        "files": [attrs.asdict(A), attrs.asdict(B)],
    }
    assert read_manifest(tmp_path) == Manifest("noord-holland", "2025", "voorbeeld-2025", (A, B))


def test_a_later_run_adds_and_replaces(tmp_path: Path, round_: Round) -> None:
    issue(tmp_path, round_, A)
    issue(tmp_path, round_, B)
    assert manifest_for(tmp_path, round_).files == (A, B)
    newer = attrs.evolve(A, sha256="ab")
    issue(tmp_path, round_, newer)
    assert manifest_for(tmp_path, round_).files == (newer, B)


def test_the_same_again_gives_the_same_bytes(tmp_path: Path, round_: Round) -> None:
    issue(tmp_path, round_, A, B)
    before = contents(tmp_path)
    issue(tmp_path, round_, B)
    issue(tmp_path, round_, A)
    assert contents(tmp_path) == before


def test_an_entry_falls_away_with_its_file(tmp_path: Path, round_: Round) -> None:
    issue(tmp_path, round_, A, B)
    (tmp_path / "a.xlsx").unlink()
    issue(tmp_path, round_)
    assert manifest_for(tmp_path, round_).files == (B,)


def test_a_file_changed_by_hand_keeps_what_was_issued(tmp_path: Path, round_: Round) -> None:
    issue(tmp_path, round_, A)
    (tmp_path / "a.xlsx").write_bytes(b"changed")
    issue(tmp_path, round_, B)
    assert manifest_for(tmp_path, round_).files == (A, B)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": "normtemplates/manifest/99"}',
        b'{"schema": "normtemplates/manifest/1"}',
        b'{"schema": "normtemplates/manifest/1", "files": 3}',
        b'{"schema": "normtemplates/manifest/1", "files": [{}]}',
        b'{"schema": "normtemplates/manifest/1", "files": [], "norm": 1, "edition": 2, "round": 3}',
        json.dumps(
            {
                "schema": "normtemplates/manifest/1",
                "norm": "x",
                "edition": "x",
                "round": "x",
                "files": [attrs.asdict(attrs.evolve(A, path="../a.xlsx"))],
            }
        ).encode(),
        json.dumps(
            {
                "schema": "normtemplates/manifest/1",
                "norm": "x",
                "edition": "x",
                "round": "x",
                "files": [{**attrs.asdict(A), "sha256": None}],
            }
        ).encode(),
    ],
)
def test_a_broken_one_is_one_clear_line(tmp_path: Path, round_: Round, text: bytes) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(text)
    with pytest.raises(RequestError) as error:
        add_to_manifest(tmp_path, round_, [])
    (line,) = error.value.faults
    assert line == (
        f"{path} is beschadigd of van een andere versie van normtemplates. Verplaats of "
        "verwijder dit bestand, en probeer het opnieuw."
    )
    assert contents(tmp_path) == {"manifest.json": text}


def test_one_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(RequestError, match="kon niet worden gelezen"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("change", ["round", "edition", "norm"])
def test_one_of_another_round(tmp_path: Path, round_: Round, change: str) -> None:
    issue(tmp_path, round_, A)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), change: "anders"}), "utf-8")
    before = contents(tmp_path)
    with pytest.raises(RequestError, match=r"staan al bestanden van .*Kies een andere map met"):
        issue(tmp_path, round_, A)
    assert contents(tmp_path) == before


def test_runs_at_the_same_time_keep_the_entries_of_each_other(
    tmp_path: Path, round_: Round
) -> None:
    entries = [Entry(f"{n}.docx", "GM0000", "raadsinformatiebrief", "aa") for n in range(80)]
    with ThreadPoolExecutor(8) as runs:
        list(runs.map(lambda entry: issue(tmp_path, round_, entry), entries))
    assert set(manifest_for(tmp_path, round_).files) == set(entries)
    assert not [name for name in contents(tmp_path) if name.startswith(".")]


def test_a_run_that_holds_the_folder_is_waited_for_in_another_process(
    tmp_path: Path, round_: Round
) -> None:
    held = "import sys, time; from pathlib import Path; from normtemplates.jobs.lock import locked"
    held += "\nwith locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(1)"
    with subprocess.Popen(
        [sys.executable, "-c", held, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        started = time.monotonic()
        issue(tmp_path, round_, A)
        waited = time.monotonic() - started
    assert waited > 0.5
    assert manifest_for(tmp_path, round_).files == (A,)


def test_a_file_of_somebody_else_is_not_said_to_be_made_by_us(tmp_path: Path) -> None:
    manifest = Manifest("noord-holland", "2025", "voorbeeld-2025", (A,))
    assert "is veranderd nadat het is gemaakt" in manifest.kept(tmp_path, A.path)
    ours_it_is_not = manifest.kept(tmp_path, B.path)
    assert ours_it_is_not.startswith(f"{tmp_path / B.path} bestaat al")
    assert "veranderd" not in ours_it_is_not


def test_a_name_that_is_too_long_is_called_so(tmp_path: Path, round_: Round) -> None:
    with pytest.raises(RequestError, match="de naam is te lang") as error:
        manifest_for(tmp_path / ("a" * 300), round_)
    assert "manifest.json" not in error.value.faults[0]
