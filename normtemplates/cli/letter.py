"""``normtemplates letter``: make, lint and check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normtemplates.cli.options import definitions, templates_option

if TYPE_CHECKING:
    from normtemplates.model.finding import Report


@click.group("letter")
@templates_option
def command() -> None:
    """Make letters, and check templates and letters."""


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
    help="Make this kind of letter: raadsinformatiebrief, statenbrief, voortgangsbrief, "
    "aanbiedingsbrief, terugkoppelbrief, or one of your own.  [default: the one to the "
    "organisation's own council]",
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
    "issuer_team, contact, secretary_name, leader_name, reply_date, done_text or plans_text. What "
    "is not given stays a place to fill in.",
)
@click.option(
    "--values",
    "table",
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    help="Fill in blanks from this table (.csv or .xlsx): one row for each organisation, with its "
    "code and a column for each blank. A row goes before --set.",
)
@click.option(
    "--return",
    "returns",
    metavar="FILE",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    help="Draw the letter from this overview that came back, or from all in a folder; may be given "
    "more than once. For voortgangsbrief and terugkoppelbrief.",
)
@click.option(
    "--detail",
    is_flag=True,
    help="Name in a voortgangsbrief which norms are not carried out yet. Not for publication.",
)
@click.option(
    "--pdf",
    is_flag=True,
    help="Also make an accessible PDF (PDF/UA) of each letter. Needs LibreOffice.",
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
@click.pass_context
def make(
    ctx: click.Context,
    organisations: Sequence[str],
    round_name: str | None,
    kind: str | None,
    template: Path | None,
    values: dict[str, str],
    table: Path | None,
    returns: Sequence[Path],
    detail: bool,
    pdf: bool,
    out: Path | None,
    overwrite: bool,
) -> None:
    """Make the letters of a round as Word documents.

    Exit code 2 when a letter could not be made.
    """
    from normtemplates.jobs.drawn import read_returns
    from normtemplates.jobs.letters import LetterRequest, addressed, make_letters
    from normtemplates.jobs.merge import read_merge
    from normtemplates.jobs.names import round_folder

    known = definitions()
    came_back = read_returns(known, returns, round_name) if returns else None
    round_ = came_back.round if came_back else known.round(round_name)
    merge = read_merge(table, round_) if table else None
    folder = out or round_folder(round_)
    request = LetterRequest(
        organisations,
        kind,
        template,
        values,
        overwrite,
        merge.by_code if merge else {},
        came_back.files if came_back else (),
        detail,
        pdf,
        strict=template is not None,
    )
    made = make_letters(known, round_, request, folder, lambda line: click.echo(line, err=True))
    if merge:
        chosen = addressed(known, round_, request)
        for line in merge.notes(round_, [one.code for one in chosen]):
            click.echo(line, err=True)
    letters = [path for path in made if path.suffix != ".pdf"]
    beside = ", met de pdf ernaast" if pdf else ""
    if len(letters) == 1:
        click.echo(f"De brief staat in {letters[0]}{beside}.")
    else:
        click.echo(f"{len(letters)} brieven staan in {folder}{beside}.")
    for line in came_back.passed_over if came_back else ():
        click.echo(line, err=True)
    if came_back and came_back.unplaced:
        for line in came_back.unplaced:
            click.echo(line, err=True)
        ctx.exit(2)


_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)


@command.command("lint")
@click.argument(
    "paths",
    metavar="TEMPLATE.docx...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),
)
@click.option(
    "--organisation",
    "organisations",
    metavar="CODE",
    multiple=True,
    help="The template is only for this organisation (CBS code), which it may name.",
)
@_FORMAT
@templates_option
@click.pass_context
def lint(
    ctx: click.Context, paths: Sequence[Path], organisations: Sequence[str], format_: str
) -> None:
    """Look for every fault in a Word template for letters.

    Exit code 0 when nothing must be mended, 1 when something must, 2 when a file is not there.
    """
    from normtemplates.jobs.letter_check import lint_templates

    _tell(ctx, lint_templates(definitions(), paths, organisations), format_)


@command.command("check")
@click.argument(
    "paths",
    metavar="LETTER.docx...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),
)
@click.option(
    "--organisation",
    metavar="CODE",
    help="The sender (CBS code).  [default: as the letter says]",
)
@click.option(
    "--round", "round_name", metavar="NAME", help="The round.  [default: as the letter says]"
)
@_FORMAT
@templates_option
@click.pass_context
def check(
    ctx: click.Context,
    paths: Sequence[Path],
    organisation: str | None,
    round_name: str | None,
    format_: str,
) -> None:
    """Look for what is open, left over or wrong in a finished letter.

    Exit code 0 when nothing must be mended, 1 when something must, 2 when a file is not there.
    """
    from normtemplates.jobs.letter_check import check_letters

    _tell(ctx, check_letters(definitions(), paths, organisation, round_name), format_)


def _tell(ctx: click.Context, reports: Sequence[Report], format_: str) -> None:
    from normtemplates.report.letters import letters_exit_code, letters_json, letters_text

    if format_ == "json":
        click.echo(letters_json(reports).encode("utf-8", "backslashreplace"), nl=False)
    else:
        click.echo(letters_text(reports), nl=False)
    ctx.exit(letters_exit_code(reports))
