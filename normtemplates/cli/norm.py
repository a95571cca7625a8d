"""``normtemplates norm list | show | check``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from normtemplates.cli.options import definitions, templates_option
from normtemplates.definitions import describe
from normtemplates.errors import DefinitionError

_FAULTS = 1


@click.group("norm")
@templates_option
def command() -> None:
    """List, show and check norms."""


@command.command("list")
@templates_option
def list_() -> None:
    """List the norms and their editions."""
    _print(describe.overview(definitions().norms()))


@command.command("show")
@click.argument("code")
@click.argument("number", required=False)
@click.option("--edition", help="Show this edition instead of the newest.")
@templates_option
def show(code: str, number: str | None, edition: str | None) -> None:
    """Show the norm CODE, or all that is known of its requirement NUMBER."""
    norm = definitions().norm(code, edition)
    _print(describe.one_requirement(norm, number) if number else describe.sentences(norm))


@command.command("check")
@click.argument(
    "file", metavar="FILE.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@templates_option
@click.pass_context
def check(ctx: click.Context, file: Path) -> None:
    """Check the norm in FILE.toml and name all its faults.

    Exit code 1 when there are any.
    """
    try:
        norm = definitions().norm_from(file)
    except DefinitionError as error:
        _print(error.faults)
        ctx.exit(_FAULTS)
    click.echo(f"{file} is in orde ({describe.summary(norm)}).")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
