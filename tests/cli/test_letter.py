"""``normtemplates letter make``: letters in a folder, faults in lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normtemplates.cli.main import main
from normtemplates.jobs.manifest import read_manifest
from tests.jobs.surroundings import contents, normtemplates
from tests.letters.reading import Letter

ONE = "raadsinformatiebrief-GM0358-aalsmeer.docx"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["letter", "make", *map(str, words)])


def test_one_letter(tmp_path: Path) -> None:
    result = run(
        "--organisation", "GM0358", "--out", tmp_path / "uit",
        "--set", "letter_date=2025-01-21", "--set", "reference=a=b",
    )  # fmt: skip
    path = tmp_path / "uit" / ONE
    assert (result.exit_code, result.output) == (0, f"De brief staat in {path}.\n")
    text = Letter(path.read_bytes()).text()
    assert "Datum\t21 januari 2025" in text
    assert "Kenmerk\ta=b" in text


def test_the_whole_round_goes_into_its_folder_under_build(tmp_path: Path) -> None:
    done = normtemplates("letter", "make", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    folder = Path("build") / "nulmeting-2025"
    assert done.stdout == f"45 brieven staan in {folder}.\n"
    letters = {path.name for path in (tmp_path / folder).glob("*.docx")}
    assert len(letters) == 45
    manifest = read_manifest(tmp_path / folder)
    assert manifest
    assert {entry.path for entry in manifest.files} == letters


def test_another_folder_of_definitions(tmp_path: Path, templates: Path) -> None:
    result = run("--templates", templates, "--out", tmp_path)
    assert result.exit_code == 0
    assert list(contents(tmp_path)) == ["raadsinformatiebrief-GM0000-voorbeeldstad.docx"]
    result = run("--templates", templates, "--round", "nulmeting-2025", "--out", tmp_path)
    assert len(contents(tmp_path)) == 46


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--organisation", "GM9999"], "‘GM9999’ hoort niet bij de ronde nulmeting-2025."),
        (["--set", "letter_date=morgen"], "letter_date: in Datum van de brief staat ‘morgen’;"),
        (["--set", "datum=2025-01-01"], "‘datum’: dit gegeven kent een brief niet."),
        (["--kind", "onzin"], "Voor de norm noord-holland is er geen sjabloon voor een ‘onzin’."),
        (["--round", "onzin"], "onzin"),
        (["--set", "letter_date"], "'letter_date' is not KEY=VALUE."),
        (["--set", "team=A", "--set", "team=B"], "'team' is given twice."),
        (["--template", "weg.docx"], "weg.docx"),
    ],
)
def test_a_fault_is_a_line_and_exit_code_2(tmp_path: Path, words: list[str], said: str) -> None:
    result = run(*words, "--out", tmp_path / "uit")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "uit").exists()


def test_all_faults_of_the_values_in_one_go(tmp_path: Path) -> None:
    result = run("--organisation", "GM0358", "--set", "letter_date=x", "--set",
                 f"reference={'x' * 41}", "--set", "datm=1", "--out", tmp_path)  # fmt: skip
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 3


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_bytes(b"mine")
    result = run("--organisation", "GM0358", "--out", tmp_path / "bestand")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert contents(tmp_path) == {"bestand": b"mine"}


def test_help_loads_no_word_library(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.jobs.surroundings import environment

    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from normtemplates.cli.main import main\n"
        "assert CliRunner().invoke(main, ['letter', 'make', '--help']).exit_code == 0\n"
        "print({'docxtpl', 'docx', 'lxml', 'jinja2', 'babel'} & sys.modules.keys())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), cwd=tmp_path,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "set()"


def test_the_letter_of_a_round_that_follows_another(templates: Path, tmp_path: Path) -> None:
    """It is made when asked for, with a line that says it announces the norm."""
    made = {
        name: run("--templates", templates, "--round", name, "--out", tmp_path / name)
        for name in ("voorbeeld-2025", "voorbeeld-2026")
    }
    assert [one.exit_code for one in made.values()] == [0, 0]
    assert made["voorbeeld-2025"].stderr == ""
    assert "hoort bij de eerste ronde" in made["voorbeeld-2026"].stderr
