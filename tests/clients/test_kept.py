"""The table of docs/clients.md says what the clients of today keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients import kept
from tests.clients.gnumeric import Gnumeric
from tests.clients.javascript import Library
from tests.clients.office import Office
from tests.mutations.kind import base

pytestmark = pytest.mark.clients

CLIENTS = ("LibreOffice", "LibreOffice, as .ods", "Gnumeric", "SheetJS", "ExcelJS")


@pytest.mark.parametrize("name", CLIENTS)
def test_the_table_says_what_is_kept(
    name: str, office: Office, gnumeric: Gnumeric, sheetjs: Library, exceljs: Library,
    tmp_path: Path,
) -> None:  # fmt: skip
    client = next(one for one in kept.clients(office) if one.name == name)
    heading, table = kept.heading(client), kept.committed()
    if heading not in table:
        pytest.skip(f"docs/clients.md has no {heading}; python -m tests.clients.kept measures it")
    assert kept.measured(client, tmp_path) == table[heading]


def test_the_table_names_every_client(office: Office) -> None:
    assert tuple(one.name for one in kept.clients(office)) == CLIENTS
    assert [heading.rsplit(" ", 1)[0] for heading in kept.committed()] == list(CLIENTS)
    for column in kept.committed().values():
        assert list(column) == list(kept.FEATURES)


def test_losing_a_thing_is_seen(tmp_path: Path) -> None:
    """Each feature is there in the issued workbook, and is missed where it is not."""
    path = tmp_path / "overzicht.xlsx"
    path.write_bytes(base("issued"))
    book = kept.Book(path)
    for name, facts in kept.FEATURES.items():
        found = facts(book)
        assert kept.kept(found, found) == "yes", name
        assert kept.kept(found, {}) == "no", name
        if len(found) > 2:
            fewer = dict(list(found.items())[1:])
            assert kept.kept(found, fewer) == f"{len(found) - 1} of {len(found)}", name
    assert kept.kept({1: 15.0}, {1: 15.7}) == "yes"
    assert kept.kept({1: 15.0}, {1: 17.0}) == "no"
