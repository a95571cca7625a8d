"""``normtemplates norm list | show | check | diff``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from normtemplates.cli.options import definitions, templates_option
from normtemplates.definitions import Definitions, compare, describe
from normtemplates.errors import DefinitionError
from normtemplates.model.norm import Norm

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


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("now", metavar="B")
@templates_option
def diff(before: str, now: str) -> None:
    """Say in words what changed between two editions.

    A and B are CODE/EDITION such as CODE/2025, CODE for the newest edition, or a FILE.toml.
    """
    known = definitions()
    old, new = _edition(known, before), _edition(known, now)
    editions = known.lineage(new) if old.code == new.code else (new,)
    first = next((n for n, one in enumerate(editions) if one.edition == old.edition), None)
    between = editions[first + 1 :] if first is not None else (new,)
    _print(compare.differences((old, *between) if new is not old else (old,)))


def _edition(known: Definitions, named: str) -> Norm:
    if named.lower().endswith(".toml"):
        return known.norm_from(Path(named))
    code, _, edition = named.partition("/")
    return known.norm(code, edition or None)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
