"""The group: help without loading, one option everywhere, errors as lines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import click
import pytest
from click.testing import CliRunner

import normtemplates
from normtemplates.cli.main import COMMANDS, main
from normtemplates.errors import DefinitionError, NormtemplatesError, RequestError

PRESENT = [name for name in COMMANDS if find_spec(f"normtemplates.cli.{name}")]


def loaded(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def with_children(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from with_children(child)


def test_help_lists_the_commands_and_loads_none() -> None:
    script = (
        "import sys\n"
        "from normtemplates.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'attrs', 'attr', 'cattrs', 'babel', 'rich', 'openpyxl', 'docx', 'xlsxwriter'}\n"
        "print('loaded:', sorted(m for m in sys.modules if m in heavy or\n"
        "      m.startswith('normtemplates.') and not m.startswith('normtemplates.cli')))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "loaded: ['normtemplates.errors']" in result.stdout
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout


@pytest.mark.parametrize("name", PRESENT)
def test_every_command_and_subcommand_takes_templates_and_has_help(name: str) -> None:
    for command in with_children(loaded(name)):
        names = {option for param in command.params for option in param.opts}
        assert "--templates" in names, command.name
        assert command.help, command.name
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "--templates DIR" in result.stdout


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.stdout.strip() == f"normtemplates, version {normtemplates.__version__}"


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["chek"])
    assert result.exit_code == 2
    assert "No such command 'chek'" in result.stderr


class _OwnError(NormtemplatesError):
    exit_code = 7


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (RequestError("een"), 2, ["een"]),
        (DefinitionError(["een", "twee"]), 2, ["een", "twee"]),
        (_OwnError("drie"), 7, ["drie"]),
        (KeyboardInterrupt(), 2, ["Afgebroken. Er is geen half bestand achtergebleven."]),
        (click.Abort(), 2, ["Afgebroken. Er is geen half bestand achtergebleven."]),
    ],
)
def test_an_error_becomes_its_lines_and_its_exit_code(
    error: BaseException, code: int, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr(main, "get_command", lambda ctx, name: broken)
    result = CliRunner().invoke(main, ["norm"])
    assert result.exit_code == code
    assert result.stderr.splitlines() == lines
    assert result.stdout == ""


def test_a_terminal_without_a_character_shows_its_code() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "normtemplates", "norm", "show", "noord-holland", "1.3"],
        env={"PYTHONIOENCODING": "latin-1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ondermijningsthema\\u2019s" in result.stdout


def test_the_public_names() -> None:
    assert len(normtemplates.__all__) <= 10
    assert normtemplates.NormtemplatesError is NormtemplatesError
    assert set(normtemplates.__all__) <= set(dir(normtemplates))
    with pytest.raises(AttributeError, match="geen_naam"):
        _ = normtemplates.geen_naam
    for name in normtemplates.__all__:
        home = normtemplates._HOME[name]
        if find_spec(home.rpartition(".")[0]) and find_spec(home):
            assert getattr(normtemplates, name).__name__ == name
