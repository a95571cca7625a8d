"""Norms that cannot apply to a province: fixed where the norm says so, else only filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.utils import get_column_letter

from normtemplates.cli.main import main
from tests.clients.office import Office

NOT = "Niet van toepassing"
#: Of each norm: who it is for, what its sentences exclude, and what is our reading.
CASES = {
    "brabant": ("PV30", ("3.1", "3.6", "3.7"), ()),
    "noord-holland": ("PV27", (), ("5.2", "5.8", "5.9")),
}


def issued(norm: str, code: str, folder: Path) -> Path:
    words = ["build", "--norm", norm, "--organisation", code, "--what", "workbooks"]
    result = CliRunner().invoke(main, [*words, "--out", str(folder)])
    assert result.exit_code == 0, result.output
    (path,) = folder.rglob(f"*-{code}-*.xlsx")
    return path


def statuses(path: Path) -> dict[str, tuple[str, object, bool, object]]:
    """Of each row the address of its status, what stands there, if it is locked, and its ground."""
    sheet = openpyxl.load_workbook(path)["Overzicht"]
    header = next(r for r in sheet.iter_rows() if {"Nr", "Status"} <= {c.value for c in r})
    names = {cell.value: place for place, cell in enumerate(header, 1)}
    found: dict[str, tuple[str, object, bool, object]] = {}
    for row in sheet.iter_rows(min_row=(header[0].row or 0) + 1):
        number, status = row[names["Nr"] - 1].value, row[names["Status"] - 1]
        if number:
            address = f"{get_column_letter(names['Status'])}{status.row}"
            ground = row[names["Toelichting"] - 1].value
            found[str(number)] = (address, status.value, status.protection.locked, ground)
    return found


@pytest.mark.parametrize("norm", CASES)
def test_what_cannot_apply_is_fixed_or_filled_in(norm: str, tmp_path: Path) -> None:
    code, fixed, preset = CASES[norm]
    found = statuses(issued(norm, code, tmp_path))
    for number, (_, value, locked, ground) in found.items():
        parent = ".".join(number.split(".")[:2])
        if "." not in number:  # a theme
            continue
        assert locked is (parent in fixed), number
        assert value == (NOT if parent in (*fixed, *preset) else None), number
        if number in (*fixed, *preset):
            assert isinstance(ground, str), number
            assert len(ground) >= 15, number


@pytest.mark.parametrize("norm", CASES)
def test_nothing_is_fixed_for_a_municipality(norm: str, tmp_path: Path) -> None:
    code = {"brabant": "GM1723", "noord-holland": "GM0358"}[norm]
    found = statuses(issued(norm, code, tmp_path))
    rows = [number for number in found if "." in number]
    assert len(rows) == {"brabant": 73, "noord-holland": 47}[norm]
    assert {found[number][1:] for number in rows} == {(None, False, None)}


@pytest.mark.clients
@pytest.mark.parametrize("norm", CASES)
def test_a_person_can_change_what_is_only_filled_in(
    norm: str, tmp_path: Path, office: Office
) -> None:
    code, fixed, preset = CASES[norm]
    path = issued(norm, code, tmp_path)
    places = {number: address for number, (address, *_) in statuses(path).items()}
    with office.open(path) as document:
        assert [document.type("Overzicht", places[n], "Uitgevoerd") for n in fixed] == [
            False for _ in fixed
        ]
        assert [document.type("Overzicht", places[n], "Uitgevoerd") for n in preset] == [
            True for _ in preset
        ]
