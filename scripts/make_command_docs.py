"""Write docs/commands.md from the command line's own help; ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from normtemplates.cli.main import main as program
from scripts.generated import document, settle

TARGET = document("commands.md")

HEAD = """# Commands

Generated from the program's own `--help` by `scripts/docs-commands`; do not edit.

Exit codes: 0 nothing wrong, 1 findings of severity fout (`check`, `letter lint`,
`letter check`) or faults in a definition (`norm check`), 2 the command could not be carried out.
"""


def helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Give the path and the help text of a command and of all below it."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helps(below, click.Context(below, parent=context, info_name=name))


def text() -> str:
    """Give the whole document."""
    context = click.Context(program, info_name="normtemplates", terminal_width=80)
    parts = [HEAD]
    for path, text in helps(program, context):
        parts.append(f"## {path}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    return settle(TARGET, text(), "docs-commands", arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
