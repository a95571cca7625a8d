"""``normtemplates``: finds the command, and says in the end what went wrong."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from normtemplates import __version__
from normtemplates.cli.options import templates_option
from normtemplates.errors import NormtemplatesError

# Each lives in a module of the same name, as ``command``; loaded only when it is called.
COMMANDS = {
    "start": "Copy the shipped norms, registers, rounds and letters to begin from.",
    "build": "Make the workbooks and letters of a round.",
    "check": "Check workbooks that came back.",
    "letter": "Make letters to councils.",
    "norm": "List, show and check norms.",
    "rule": "List and show the rules of the check.",
}
_STOPPED = 2


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns errors into lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the commands, in the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command ``cmd_name``; ``None`` when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"normtemplates.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error on purpose becomes its lines and its exit code."""
        _never_fail_on_a_character()
        try:
            return super().invoke(ctx)
        except NormtemplatesError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # of our own output: files have errors of their own
            stdout_gone(error)
            ctx.exit(_STOPPED)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Afgebroken. Er is geen half bestand achtergebleven.", err=True)
            ctx.exit(_STOPPED)


def stdout_gone(error: OSError) -> None:
    """Say that the output could not be written, unless nobody listens any more."""
    # What is left in the buffer would fail again when Python ends.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno != errno.EPIPE:
        what = error.filename or "De uitvoer"
        click.echo(f"{what} kon niet worden geschreven of gelezen: {error.strerror}.", err=True)


def _never_fail_on_a_character() -> None:
    """Let a terminal that lacks a character show its code instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@templates_option
@click.version_option(__version__, prog_name="normtemplates")
def main() -> None:
    """Workbooks, checks and letters from the definition of a norm.

    Exit codes: 0 when all is well, 1 when something must be mended in what was checked, 2
    when the job could not be done.
    """
