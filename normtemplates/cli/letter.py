"""``normtemplates letter make``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from normtemplates.cli.options import definitions, templates_option


@click.group("letter")
@templates_option
def command() -> None:
    """Make letters."""


def _pairs(ctx: click.Context, param: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Split every ``KEY=VALUE``; a value may hold further equals signs."""
    pairs: dict[str, str] = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        key = key.strip()
        if not equals or not key:
            raise click.BadParameter(f"{pair!r} is not KEY=VALUE.")
        if key in pairs:
            raise click.BadParameter(f"{key!r} is given twice.")
        pairs[key] = value
    return pairs


@command.command("make")
@click.option(
    "--organisation",
    "organisations",
    metavar="CODE",
    multiple=True,
    help="Make the letter of this organisation (CBS code); may be given more than once.  "
    "[default: all of the round]",
)
@click.option(
    "--round", "round_name", metavar="NAME", help="Take this round instead of the default."
)
@click.option(
    "--kind",
    metavar="KIND",
    help="Make this kind of letter.  [default: the one to the organisation's own council]",
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Use this Word template (.docx).",
)
@click.option(
    "--set",
    "values",
    metavar="KEY=VALUE",
    multiple=True,
    callback=_pairs,
    help="Fill in a blank: decision_date, letter_date, reference, portfolio_holder, team, "
    "secretary_name or leader_name. What is not given stays a place to fill in.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the letters here.  [default: build/<round>]",
)
@click.option(
    "--overwrite", is_flag=True, help="Also replace letters that were changed after they were made."
)
@templates_option
def make(
    organisations: Sequence[str],
    round_name: str | None,
    kind: str | None,
    template: Path | None,
    values: dict[str, str],
    out: Path | None,
    overwrite: bool,
) -> None:
    """Make the letters of a round as Word documents."""
    from normtemplates.jobs.letters import LetterRequest, make_letters
    from normtemplates.jobs.names import round_folder

    known = definitions()
    round_ = known.round(round_name)
    folder = out or round_folder(round_)
    request = LetterRequest(organisations, kind, template, values, overwrite)
    made = make_letters(known, round_, request, folder)
    if len(made) == 1:
        click.echo(f"De brief staat in {made[0]}.")
    else:
        click.echo(f"{len(made)} brieven staan in {folder}.")
