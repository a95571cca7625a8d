"""``normtemplates check``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from normtemplates.cli.options import definitions, templates_option
from normtemplates.errors import NormtemplatesError, OutputError


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
    type=click.Choice(["text", "json"]),
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
@templates_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: Sequence[Path],
    round_name: str | None,
    format_: str,
    output: Path | None,
) -> None:
    """Check workbooks that came back: files, or folders with files.

    Exit code 0 when nothing must be mended, 1 when something must, 2 when a PATH is not there
    or cannot be read. A file that is no workbook is a finding, not an error.
    """
    from normtemplates.cli.progress import progress_bar
    from normtemplates.jobs.check import CheckRequest, check_returned
    from normtemplates.model.finding import RoundReport
    from normtemplates.report import render_json, render_text

    render = render_json if format_ == "json" else render_text
    try:
        if not paths:
            raise click.UsageError("Missing argument 'PATH...'.", ctx)
        request = CheckRequest(paths, round_name, output)
        with progress_bar("Nakijken") as progress:
            result = check_returned(definitions(), request, progress)
    except (NormtemplatesError, click.UsageError):
        if format_ == "json":  # whoever reads it gets a whole document, whatever happened
            with suppress(OutputError):
                _deliver(render(RoundReport(())), output)
        raise
    _deliver(render(result.report), output)
    for fault in result.faults:
        click.echo(fault, err=True)
    ctx.exit(result.exit_code)


def _deliver(text: str, output: Path | None) -> None:
    """Write the report to its file, else print it: it is never lost."""
    from normtemplates.jobs.output import write_file

    text = text.rstrip("\n") + "\n"
    try:
        if output:
            write_file(output, text.encode("utf-8", "backslashreplace"))
            return
    except OutputError:
        click.echo(text, nl=False)
        raise
    click.echo(text, nl=False)
