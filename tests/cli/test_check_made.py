"""``check`` with ``--corrections`` and ``--answers``: what is made besides the report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from babel.dates import format_date

from tests.jobs.surroundings import contents, normtemplates

ROUND = ("--round", "voorbeeld-2025")


@pytest.fixture
def folder(tmp_path: Path, returned: Path, templates: Path) -> Path:
    """Two returns of Voorbeeldstad, one of them with mistakes, and the templates beside them."""
    (tmp_path / "in").mkdir()
    for name in ("goed.xlsx", "met-fouten.xlsx"):
        shutil.copyfile(returned / name, tmp_path / "in" / name)
    shutil.copytree(templates, tmp_path / "templates")
    return tmp_path


def check(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = normtemplates(
        "check", "in", "--templates", "templates", *ROUND, *arguments, folder=folder
    )
    return done.returncode, done.stdout, done.stderr


def test_a_correction_workbook_for_whoever_must_mend_something(folder: Path) -> None:
    code, out, err = check(folder, "--corrections", "terug/nieuw")
    assert code == 1
    assert "te corrigeren" in out
    path = Path("terug", "nieuw", "correctie-GM0000-voorbeeldstad.xlsx")
    assert f"{path} is geschreven." in err.splitlines()
    assert [one.name for one in (folder / "terug" / "nieuw").iterdir()] == [path.name]
    assert f"in het correctiebestand ‘{path.name}’, niet in uw" in " ".join(out.split())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_page_names_the_workbook_to_work_in(folder: Path, jobs: str) -> None:
    (folder / "in" / "goed.xlsx").unlink()
    arguments = ("--format", "html", "--corrections", "terug", "--jobs", jobs)
    _, out, _ = check(folder, *arguments)
    (made,) = (folder / "terug").iterdir()
    assert f"in het correctiebestand ‘{made.name}’, niet in uw eigen bestand" in out
    assert "terug/" not in out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_answers_of_what_is_akkoord(folder: Path, jobs: str) -> None:
    (folder / "in" / "met-fouten.xlsx").unlink()
    code, _, err = check(folder, "--answers", "a.jsonl", "--with-texts", "--jobs", jobs)
    assert code == 0
    assert "voorbeeld-2025: 1 van de 1 organisaties telt mee." in err.splitlines()
    text = (folder / "a.jsonl").read_text(encoding="utf-8")
    head, *rows = [json.loads(line) for line in text.splitlines()]
    assert (head["schema"], len(rows)) == ("normtemplates/answers/1", 47)
    assert rows[0]["evidence"]


def test_of_two_versions_the_one_that_libreoffice_saved_last_counts(folder: Path) -> None:
    """That is the one with mistakes, by a second; the other one is not counted in its place."""
    code, out, err = check(folder, "--answers", "a.jsonl", "--format", "json")
    assert code == 1
    assert "Te corrigeren (1): Voorbeeldstad (GM0000)." in err.splitlines()
    assert len((folder / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    document = json.loads(out)
    good, bad = (one["path"] for one in document["files"])
    assert document["round"]["organisations"] == [
        {"organisation": "GM0000", "status": "te corrigeren", "paths": [good, bad], "counts": bad}
    ]
    for file in document["files"]:
        (twice,) = (one for one in file["findings"] if one["code"] == "NT601")
        assert (twice["severity"], twice["sheet"], twice["cell"]) == ("waarschuwing", None, None)
        saved = openpyxl.load_workbook(folder / file["path"]).properties.modified
        assert format_date(saved, "d MMMM y", locale="nl") in twice["message"]


def test_what_was_made_did_not_come_back(folder: Path) -> None:
    """A second run over the same folder makes the same."""
    arguments = ("--corrections", "terug", "--answers", "in/a.csv", "--format", "json")
    first = check(folder, *arguments)
    made = contents(folder)
    assert {
        "terug/correctie-GM0000-voorbeeldstad.xlsx",
        "in/a.csv",
        "in/a.ontbrekend.csv",
    } < set(made)
    assert check(folder, *arguments) == first
    assert contents(folder) == made
    assert len(json.loads(first[1])["files"]) == 2


def test_no_folder_is_left_when_there_is_nothing_to_mend(folder: Path) -> None:
    (folder / "in" / "met-fouten.xlsx").unlink()
    assert check(folder, "--corrections", "terug")[0] == 0
    assert not (folder / "terug").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--with-texts",), "--with-texts needs --answers FILE."),
        (("--answers", "a.xls"), "eindigt niet op .csv, .jsonl of .xlsx"),
        (("--answers", "weg/a.csv"), "De map weg bestaat niet"),
        (("--corrections", "in/goed.xlsx"), "is een bestand, geen map"),
    ],
)
def test_what_cannot_be_made_is_said_before_any_work(
    folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = contents(folder)
    code, out, err = check(folder, *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert contents(folder) == before
