"""``normtemplates check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normtemplates.cli.options import definitions, templates_folder, templates_option
from normtemplates.errors import NormtemplatesError, OutputError

if TYPE_CHECKING:
    from normtemplates.jobs.check import CheckResult
    from normtemplates.jobs.page import PageTemplate
    from normtemplates.model.finding import RoundReport

_WIDTH = 100  # characters on a line of a report in a file


@click.command("check")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, type=click.Path(readable=False, path_type=Path)
)  # none at all is looked at below, for the sake of JSON
@click.option(
    "--round",
    "round_name",
    metavar="NAME",
    help="Accept only overviews of this round.  [default: of any known round]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    help="Write the report to FILE instead of printing it.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Spread the work over N processes.  [default: as many as help]",
)
@click.option(
    "--corrections",
    metavar="DIR",
    type=click.Path(readable=False, path_type=Path),
    help="Put a fresh workbook in DIR for each file to mend: its answers, with the findings "
    "marked. DIR lies outside every PATH.",
)
@click.option(
    "--answers",
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    help="Write the answers of what is akkoord to FILE, .csv, .xlsx or .jsonl.",
)
@click.option("--with-texts", is_flag=True, help="Add the free texts to --answers.")
@templates_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: Sequence[Path],
    round_name: str | None,
    format_: str,
    output: Path | None,
    jobs: int | None,
    corrections: Path | None,
    answers: Path | None,
    with_texts: bool,
) -> None:
    """Check workbooks that came back: files, or folders with files.

    Exit code 0 when nothing must be mended, 1 when something must, 2 when a PATH is not there
    or cannot be read. A file that is no workbook is a finding, not an error.
    """
    from normtemplates.cli.progress import progress_bar
    from normtemplates.jobs.check import CheckRequest, CheckResult, check_returned
    from normtemplates.jobs.guard import overwriting
    from normtemplates.jobs.made import Wanted
    from normtemplates.jobs.page import page_template
    from normtemplates.model.finding import RoundReport

    html = format_ == "html"
    wanted = Wanted(corrections, answers, with_texts)
    try:
        if not paths:
            raise click.UsageError("Missing argument 'PATH...'.", ctx)
        if with_texts and not answers:
            raise click.UsageError("--with-texts needs --answers FILE.", ctx)
        known = definitions()
        template = page_template(known.templates) if html else None
        request = CheckRequest(paths, round_name, output, jobs, html, wanted)
        with progress_bar("Nakijken") as progress:
            result = check_returned(known, request, progress)
    except (NormtemplatesError, click.UsageError):
        if format_ == "json":  # whoever reads it gets a whole document, whatever happened
            folder = templates_folder()
            lost_now = overwriting(paths, output, wanted, (folder,) if folder else ())
            with suppress(OutputError):
                _deliver(CheckResult(RoundReport(())), format_, None if lost_now else output)
        raise
    if result.report.reports or format_ == "json":
        _deliver(result, format_, output, template)
    for path in result.written:
        click.echo(f"{path} is geschreven.", err=True)
    for line in (*result.told, *result.faults):
        click.echo(line, err=True)
    ctx.exit(result.exit_code)


def _deliver(
    result: CheckResult, format_: str, output: Path | None, template: PageTemplate | None = None
) -> None:
    """Write the report to its file, else print it: it is never lost.

    A page that finds no place is printed as plain text, below which one sees what went wrong.
    """
    from normtemplates.jobs.output import write_file
    from normtemplates.report import render_html, render_json, render_text

    report = result.report
    if template:
        text = render_html(report, template.text, result.around, name=template.name)
    elif format_ == "json":
        text = render_json(report)
    elif output:
        text = render_text(report, _WIDTH)
    else:
        text = _in_words(report)
    try:
        if output:
            write_file(output, text.encode("utf-8", "backslashreplace"))
            click.echo(f"Het verslag staat in {output}.", err=True)
            return
    except OutputError:
        if template:
            _print(_in_words(report), "text")
        else:
            _print(text, format_)
        raise
    _print(text, format_)


def _in_words(report: RoundReport) -> str:
    """Give the report for the screen."""
    from normtemplates.report import render_text

    return render_text(report, color=sys.stdout.isatty() and "NO_COLOR" not in os.environ)


def _print(text: str, format_: str) -> None:
    """Print a text in the terminal's own encoding, but what a program reads always in UTF-8."""
    plain = format_ == "text"
    click.echo(text if plain else text.encode("utf-8", "backslashreplace"), nl=False)
