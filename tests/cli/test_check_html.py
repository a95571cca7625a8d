"""``check --format html``: one page, on screen or in a file, that a later check passes over."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.jobs.surroundings import normtemplates, small_disk

MARK = '<meta name="generator" content="normtemplates" />'


@pytest.fixture
def inbox(tmp_path: Path, returned: Path) -> Path:
    folder = tmp_path / "retour"
    folder.mkdir()
    for name in ("goed.xlsx", "met-fouten.xlsx"):
        shutil.copyfile(returned / name, folder / name)
    return folder


@pytest.fixture
def known(templates: Path) -> tuple[str, ...]:
    return ("--templates", str(templates), "--round", "voorbeeld-2025", "--format", "html")


def test_a_page_on_stdout(inbox: Path, known: tuple[str, ...]) -> None:
    done = normtemplates("check", *known, "met-fouten.xlsx", folder=inbox)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "Dit vak: " in done.stdout


def test_a_page_in_a_file_that_a_later_check_passes_over(
    inbox: Path, known: tuple[str, ...]
) -> None:
    done = normtemplates("check", *known, ".", "--output", "rapport.html", folder=inbox)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "Het verslag staat in rapport.html.\n",
    )
    first = (inbox / "rapport.html").read_text("utf-8")
    assert MARK in first
    again = normtemplates("check", *known, ".", folder=inbox)
    assert again.stdout == first


def test_the_cells_come_from_workers_too(inbox: Path, known: tuple[str, ...]) -> None:
    here = normtemplates("check", *known, ".", folder=inbox)
    spread = normtemplates("check", *known, ".", "--jobs", "2", folder=inbox)
    assert spread.stdout == here.stdout
    assert "Dit vak: " in here.stdout


def test_a_template_of_ones_own(inbox: Path, templates: Path, tmp_path: Path) -> None:
    own = shutil.copytree(templates, tmp_path / "own")
    page = own / "report" / "report.html"
    page.parent.mkdir()
    page.write_text("{{ page.counts }}\n", "utf-8")
    asked = ("check", "--templates", str(own), "--format", "html", "goed.xlsx")
    done = normtemplates(*asked, folder=inbox)
    assert (done.returncode, done.stdout) == (0, "1 bestand: 1 akkoord\n")
    page.write_text("{{ pagina }}", "utf-8")
    done = normtemplates(*asked, folder=inbox)
    assert (done.returncode, done.stdout) == (2, "")
    assert "report.html" in done.stderr


def test_nothing_to_say_is_no_page(inbox: Path, known: tuple[str, ...]) -> None:
    done = normtemplates("check", *known, "weg.xlsx", folder=inbox)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "weg.xlsx bestaat niet. Controleer het pad.\n"


def test_a_page_for_which_there_is_no_room_is_told_in_words(
    inbox: Path, known: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    with small_disk(tmp_path / "disk", "64k") as disk:
        while os.statvfs(disk).f_bavail:
            with (disk / "filler").open("ab") as file:
                file.write(b"x" * 4096)
        done = normtemplates(
            "check", *known, "met-fouten.xlsx", "--output", str(disk / "r.html"), folder=inbox
        )
    words = normtemplates("check", *known[:-2], "met-fouten.xlsx", folder=inbox)
    assert (done.returncode, done.stdout) == (2, words.stdout)
    assert "de schijf is vol" in done.stderr
    assert len(done.stderr.splitlines()) == 1
