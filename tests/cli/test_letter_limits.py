"""A template or a letter that keeps a computer busy: a clear message, and soon."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from normtemplates.cli.main import main
from normtemplates.definitions import Definitions
from normtemplates.jobs import letter_check
from normtemplates.jobs.isolate import Limits
from tests.letters.reading import with_body, with_line

KIND = "raadsinformatiebrief"
ROW = "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
SAID = "nakijken duurt te lang of kost te veel geheugen"


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return Definitions().templates.find(f"letters/{KIND}.docx").read_bytes()


@pytest.fixture(scope="module")
def endless(shipped: bytes) -> bytes:
    """Give a template with so many rows that looking at it takes minutes."""
    name = "<w:p><w:r><w:t>{{ norm.title }}</w:t></w:r></w:p>"
    return with_body(shipped, f"<w:tbl>{ROW * 60_000}</w:tbl>{name}")


@pytest.fixture
def folder(templates: Path, tmp_path: Path) -> Path:
    """Give a folder for --templates with room for a letter of one's own."""
    own = tmp_path / "eigen"
    shutil.copytree(templates, own)
    (own / "letters").mkdir()
    return own


def test_lint_ends_a_template_that_goes_on_and_on(endless: bytes, tmp_path: Path) -> None:
    path = tmp_path / "eindeloos.docx"
    path.write_bytes(endless)
    begin = time.monotonic()
    result = CliRunner().invoke(main, ["letter", "lint", str(path)])
    # The limit itself is 10 s; the rest is the start of a worker on a busy machine.
    assert time.monotonic() - begin < 60
    assert result.exit_code == 1
    assert SAID in " ".join(result.stdout.split())
    assert "normtemplates start" in result.stdout


def test_check_ends_a_letter_that_goes_on_and_on(
    endless: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_check, "_LIMITS", Limits(seconds=2.0))
    path = tmp_path / "brief.docx"
    path.write_bytes(endless)
    result = CliRunner().invoke(main, ["letter", "check", str(path)])
    assert result.exit_code == 1
    assert SAID in " ".join(result.stdout.split())


NINE_LOOPS = "".join(f"{{% for a{n} in themes %}}" for n in range(9)) + "{% endfor %}" * 9
HOSTILE = {
    "runs code": ("{{ ''.__class__.__mro__ }}", "is geen gegeven van een brief"),
    "reads a file": ("{% include '/etc/passwd' %}", "begint met een woord dat een brief niet kent"),
    "grows": (NINE_LOOPS, "gaat een lijst veel te lang door"),
    "goes on": (None, SAID),
}


@pytest.mark.parametrize("how", HOSTILE)
@pytest.mark.parametrize(
    "command", [("letter", "make"), ("build", "--what", "letters")], ids=lambda words: words[0]
)
def test_a_template_in_a_folder_is_as_little_trusted_as_one_alone(
    shipped: bytes,
    endless: bytes,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    how: str,
) -> None:
    text, said = HOSTILE[how]
    if how == "goes on":
        monkeypatch.setattr(letter_check, "_LIMITS", Limits(seconds=2.0))
    own = folder / "letters" / f"{KIND}.docx"
    (folder / "letters" / "noord-holland").mkdir()
    own = own.parent / "noord-holland" / own.name
    own.write_bytes(endless if text is None else with_line(shipped, text))
    out = tmp_path / "uit"
    words = [*command, "--templates", str(folder), "--out", str(out)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not out.exists()
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_copy_of_ours_that_nobody_changed_needs_no_look(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking takes a worker; whoever copied all templates does not wait for it."""

    def never(*_: object) -> None:
        raise AssertionError("looked at")

    monkeypatch.setattr(letter_check, "lint_templates", never)
    name = f"letters/noord-holland/{KIND}.docx"
    (folder / "letters" / "noord-holland").mkdir()
    shutil.copy(Definitions().templates.find(name), folder / name)
    words = ["letter", "make", "--templates", str(folder), "--out", str(tmp_path / "uit")]
    assert CliRunner().invoke(main, words).exit_code == 0
