"""Every command in the documents is one that the command line takes, with options that it has."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from normtemplates.cli.main import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def calls(document: Path) -> Iterator[list[str]]:
    """The arguments of each call of our command in the blocks of ``document``."""
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0].endswith("normtemplates"):
                yield words[1:]


def options(command: click.Command) -> dict[str, bool]:
    """Each option, and whether it takes a value."""
    found = {"--help": False, "-h": False}
    for one in command.params:
        if isinstance(one, click.Option):
            found |= dict.fromkeys((*one.opts, *one.secondary_opts), not one.is_flag)
    return found


def fault(words: list[str]) -> str | None:
    """What the command line would not know, or ``None``."""
    command: click.Command = main
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("-"):
            name, _, value = word.partition("=")
            known = options(command)
            if name not in known:
                return name
            if known[name] and not value:
                rest.pop(0)
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return word
            command = found
    return None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_exists(document: Path) -> None:
    assert [(words, wrong) for words in calls(document) if (wrong := fault(words))] == []


def test_commands_are_found_and_a_wrong_one_would_be() -> None:
    assert len(list(calls(ROOT / "README.md"))) > 10
    assert fault(["check", "in", "--html"]) == "--html"
    assert fault(["norm", "toon"]) == "toon"
    assert fault(["--templates", "x", "build", "--out", "y", "--previous", "z"]) is None
