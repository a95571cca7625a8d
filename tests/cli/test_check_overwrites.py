"""``check`` never writes over what it reads: what came in, and the data it checks with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import RequestError
from normtemplates.jobs.check import CheckRequest, check_returned
from normtemplates.jobs.guard import overwriting
from normtemplates.jobs.made import Wanted
from tests.jobs.surroundings import contents, normtemplates

OURS = "correctie-GM0000-voorbeeldstad.xlsx"


@pytest.fixture
def folder(tmp_path: Path, returned: Path, templates: Path) -> Path:
    """Two returns of Voorbeeldstad in ``in``, with ways to it, and the data in ``data``."""
    (tmp_path / "in" / "mei").mkdir(parents=True)
    shutil.copyfile(returned / "goed.xlsx", tmp_path / "in" / "goed.xlsx")
    shutil.copyfile(returned / "met-fouten.xlsx", tmp_path / "in" / "mei" / "fout.xlsx")
    (tmp_path / "in" / "brief.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "in" / "lijst.csv").write_text("norm;status\n1.1;ja\n", "utf-8")
    (tmp_path / "way").symlink_to("in")
    (tmp_path / "link.xlsx").symlink_to(Path("in", "goed.xlsx"))
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / OURS).symlink_to(Path("..", "in", "goed.xlsx"))
    shutil.copytree(templates, tmp_path / "data")
    shutil.copyfile(returned / "goed.xlsx", tmp_path / "eigen.xlsx")
    return tmp_path


def check(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = normtemplates("check", "--templates", "data", *arguments, folder=folder)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        # The correction workbooks would be handed in.
        (("in", "--corrections", "in"), "De map in hoort bij wat u laat nakijken."),
        (("in", "--corrections", "way/terug"), "De map way/terug hoort bij"),
        (("way", "--corrections", "in/mei/terug"), "De map in/mei/terug hoort bij"),
        (("in/goed.xlsx", "--corrections", "in"), "De map in hoort bij"),
        (("link.xlsx", "--corrections", "in"), "De map in hoort bij"),
        (("in", "--corrections", "back"), "De map back hoort bij"),
        (("in", "--corrections", "data/rounds"), "data/rounds ligt bij de gegevens"),
        # The answers.
        (("in/goed.xlsx", "--answers", "in/goed.xlsx"), "is een bestand dat u laat nakijken"),
        (("in/goed.xlsx", "--answers", "link.xlsx"), "link.xlsx is een bestand dat u laat"),
        (("in/lijst.csv", "--answers", "way/lijst.csv"), "is een bestand dat u laat nakijken"),
        (("in", "--answers", "way/goed.xlsx"), "bestaat al en is geen bestand met antwoorden"),
        (("in", "--answers", "in/lijst.csv"), "bestaat al en is geen bestand met antwoorden"),
        (("in", "--answers", "eigen.xlsx"), "bestaat al en is geen bestand met antwoorden"),
        (("in", "--answers", "data/registers/voorbeeld.csv"), "ligt bij de gegevens"),
        (("in", "--answers", "data/registers/nieuw.csv"), "ligt bij de gegevens"),
        # The report.
        (("in/lijst.csv", "--output", "way/lijst.csv"), "is een bestand dat u laat nakijken"),
        (("in", "--output", "in/brief.pdf"), "is een werkboek of ander document"),
        (("in", "--output", "in/lijst.csv"), "ligt in een map die u laat nakijken en is geen"),
        (("in", "--output", "data/rounds/voorbeeld-2025.toml"), "ligt bij de gegevens"),
        # Two at one place.
        (("in", "--answers", "a.csv", "--output", "a.csv"), "Kies verschillende namen."),
        (("in", "--answers", "a.csv", "--output", "A.CSV"), "Kies verschillende namen."),
        (("in", "--answers", "a.csv", "--output", "a.ontbrekend.csv"), "Kies verschillende namen."),
        (("in", "--answers", "a.csv", "--corrections", "a.csv"), "Kies verschillende namen."),
        (("in", "--answers", f"back/../mei/{OURS}", "--corrections", "mei"), "correctiebestand"),
    ],
)
def test_nothing_that_is_read_is_written_over(
    folder: Path, arguments: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "mei").mkdir()
    before = contents(folder)
    monkeypatch.chdir(folder)
    given = {key: Path(value) for key, value in zip(arguments[1::2], arguments[2::2], strict=True)}
    wanted = Wanted(given.get("--corrections"), given.get("--answers"))
    request = CheckRequest([Path(arguments[0])], output=given.get("--output"), wanted=wanted)
    with pytest.raises(RequestError) as refused:
        check_returned(Definitions(Path("data")), request)
    assert len(refused.value.faults) == 1
    assert says in refused.value.faults[0]
    assert contents(folder) == before


@pytest.mark.parametrize("option", ["--corrections", "--answers", "--output"])
def test_it_is_refused_before_any_work(folder: Path, option: str) -> None:
    """A program that asks for JSON gets its document, but not in that file."""
    place = "in" if option == "--corrections" else "in/lijst.csv"
    before = contents(folder)
    code, out, err = check(folder, "in", option, place)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    code, out, again = check(folder, "in", option, place, "--format", "json")
    assert (code, json.loads(out)["files"], again) == (2, [], err)
    assert contents(folder) == before


def test_a_folder_above_what_came_in_leaves_nothing_out(folder: Path) -> None:
    code, out, _ = check(folder, "in/mei", "--corrections", ".", "--answers", "a.jsonl")
    assert code == 1
    assert "te corrigeren" in out
    assert (folder / OURS).is_file()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl"])
def test_what_an_earlier_check_made_is_replaced(folder: Path, name: str) -> None:
    arguments = ("in/goed.xlsx", "--answers", name, "--output", "verslag")
    assert check(folder, *arguments)[0] == 0
    before = contents(folder)
    assert check(folder, *arguments)[0] == 0
    assert contents(folder) == before


def test_a_name_that_only_looks_the_same_is_another_file(folder: Path) -> None:
    (folder / "IN").mkdir()
    paths, wanted = [folder / "in"], Wanted(folder / "IN", folder / "in.csv")
    same = (folder / "IN").samefile(folder / "in")
    assert bool(overwriting(paths, folder / "in.txt", wanted)) is same
