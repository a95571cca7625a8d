"""``normtemplates start DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from normtemplates.cli.options import templates_option
from normtemplates.resources import copy_shipped


@click.command("start")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@templates_option
def command(folder: Path) -> None:
    """Copy the shipped norms, registers, rounds and letters to DIR, to begin from.

    A file that is in DIR already is kept as it is. The copy is always of the shipped set,
    whatever --templates says.
    """
    copied = copy_shipped(folder)
    for relative in copied.kept:
        click.echo(f"{folder / relative} bestond al en is niet veranderd.")
    count = len(copied.written)
    click.echo(f"{'1 bestand' if count == 1 else f'{count} bestanden'} gezet in {folder}.")
    click.echo(f"Gebruik ze met --templates {folder} of met NORMTEMPLATES_DIR={folder}.")
