"""``normtemplates build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normtemplates.cli.options import definitions, templates_option

if TYPE_CHECKING:
    from normtemplates.jobs.build import BuildResult, What

_WHAT: tuple[What, ...] = ("workbooks", "letters")


def _what(ctx: click.Context, param: click.Parameter, given: str | None) -> tuple[What, ...] | None:
    """Split the words at their commas; ``None`` for what fits the round."""
    if given is None:
        return None
    words = [word.strip() for word in given.split(",") if word.strip()]
    unknown = [word for word in words if word not in _WHAT]
    if unknown or not words:
        wrong = ", ".join(repr(word) for word in unknown) or "''"
        raise click.BadParameter(f"{wrong} is not one of {', '.join(_WHAT)}.")
    return tuple(word for word in _WHAT if word in words)


@click.command("build")
@click.option("--norm", metavar="CODE", help="Build the default round of this norm.")
@click.option(
    "--round", "round_name", metavar="NAME", help="Build this round instead of the default."
)
@click.option(
    "--organisation",
    "organisations",
    metavar="CODE",
    multiple=True,
    help="Build for this organisation (CBS code); may be given more than once.  "
    "[default: all of the round]",
)
@click.option(
    "--what",
    metavar="LIST",
    callback=_what,
    help="What to make: workbooks, letters, or both with a comma.  [default: workbooks,letters; "
    "workbooks for a round that follows another]",
)
@click.option(
    "--previous",
    metavar="DIR",
    type=click.Path(readable=False, path_type=Path),
    help="Start from the overviews of the round before, as they came back, in this folder.",
)
@click.option(
    "--password", metavar="TEXT", help="Protect the sheets with this password.  [default: none]"
)
@click.option(
    "--pdf",
    is_flag=True,
    help="Also make an accessible PDF (PDF/UA) of each letter. Needs LibreOffice.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(readable=False, path_type=Path),
    help="Make the folder of the round in this one.  [default: build]",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Spread the work over N processes.  [default: as many as help]",
)
@click.option(
    "--overwrite", is_flag=True, help="Also replace files that were changed after they were made."
)
@templates_option
@click.pass_context
def command(
    ctx: click.Context,
    norm: str | None,
    round_name: str | None,
    organisations: Sequence[str],
    what: tuple[What, ...] | None,
    previous: Path | None,
    password: str | None,
    pdf: bool,
    out: Path | None,
    jobs: int | None,
    overwrite: bool,
) -> None:
    """Make the workbooks and letters of a round.

    They go into a folder with the name of the round, with manifest.json that lists them.
    A file that is still as it was made is replaced; one that somebody changed is left alone and
    named. When a file cannot be made, the others are made all the same, and the exit code is 2.

    With --previous each workbook shows last round's status and has the texts filled in. What was
    not used is named; the exit code is 1 when a file that counts has a fout.
    """
    from normtemplates.cli.progress import progress_bar
    from normtemplates.jobs.build import BuildRequest, build_round
    from normtemplates.jobs.names import OUTPUT

    if pdf and what and "letters" not in what:
        raise click.UsageError("--pdf makes PDFs of letters; add letters to --what.", ctx)
    request = BuildRequest(
        norm, round_name, organisations, what, password or None, out or OUTPUT, jobs, overwrite,
        pdf, previous,
    )  # fmt: skip
    with progress_bar("Maken") as progress:
        result = build_round(definitions(), request, progress)
    for line in (*result.told, *result.before.told):
        click.echo(line, err=True)
    for failure in result.failures:
        for line in failure.lines:
            click.echo(line, err=True)
    click.echo(_summary(result, pdf=pdf))
    ctx.exit(result.exit_code)


def _summary(result: BuildResult, *, pdf: bool) -> str:
    """Say in one line what was made, and what not."""
    from normtemplates.dutch import enumerate_nl
    from normtemplates.jobs.manifest import WORKBOOK

    workbooks = sum(entry.kind == WORKBOOK for entry in result.written)
    pdfs = sum(entry.path.endswith(".pdf") for entry in result.written)
    counts = {"workbooks": workbooks, "letters": len(result.written) - workbooks - pdfs}
    words = {
        "workbooks": ("implementatieoverzicht", "implementatieoverzichten"),
        "letters": ("brief", "brieven"),
    }
    parts = [f"{counts[one]} {words[one][counts[one] != 1]}" for one in result.what]
    if pdf:
        parts.append(f"{pdfs} pdf{'’s' * (pdfs != 1)}")
    verb = "staat" if len(result.written) == 1 and len(parts) == 1 else "staan"
    line = f"{enumerate_nl(parts)} {verb} in {result.folder}."
    if failed := len(result.failures):
        them = "1 bestand kon" if failed == 1 else f"{failed} bestanden konden"
        line += f" {them} niet worden gemaakt; zie hierboven."
    return line
