"""One round of the made-up norm, from an empty folder to what came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.office import Office
from tests.third.book import FIRST, WATER, Cli, fill, own_folder


@pytest.fixture(scope="package")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The installed command in an empty folder, with the made-up norm in one of its own."""
    folder = tmp_path_factory.mktemp("derde")
    (folder / "werk").mkdir()
    return Cli(own_folder(folder / "eigen"), folder / "werk")


@pytest.fixture(scope="package")
def issued(cli: Cli) -> Path:
    """The folder with the workbooks and letters of the first round, which is the default one."""
    assert "4 implementatieoverzichten en 4 brieven" in cli.run("build")
    return cli.where / "build" / FIRST


@pytest.fixture(scope="package")
def returned(issued: Path, cli: Cli, office: Office) -> Path:
    """The workbook of the water authority, filled in and saved by LibreOffice."""
    folder = cli.where / "terug"
    folder.mkdir()
    with office.open(issued / WATER) as document:
        fill(document, issued / WATER)
        document.save(folder / "waterschap.xlsx")
    return folder / "waterschap.xlsx"
