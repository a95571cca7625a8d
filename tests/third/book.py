"""The made-up norm: its folder, the installed command, and what one fills in by hand.

Cells are found by reading a workbook with openpyxl, headers and numbers as a person sees them;
nothing here asks our own code where something stands.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scripts.make_letter_templates import template_of
from tests.clients.office import Document

SOURCE = Path(__file__).parents[1] / "templates-third"
COMMAND = Path(sys.executable).with_name("normtemplates")
OVERVIEW, START = "Overzicht", "Start"
FIRST, SECOND = "eerste-2032", "tweede-2033"
WATER = "implementatieoverzicht-WS0000-voorbeeldwater-dijk.xlsx"
PROVINCE = "implementatieoverzicht-PV00-voorbeeldland.xlsx"
CITY = "implementatieoverzicht-GM0000-voorbeeldstad.xlsx"
SHARED = "implementatieoverzicht-GR0000-samen-voorbeeld.xlsx"

NUMBER, STATUS, CHECK = "Afspraak", "Stand", "Klopt het zo?"
TODO = {
    "Stand": "Nog niet",
    "Uw verhaal": "Hier zijn wij nog niet aan toegekomen.",
    "Terrein": "Buiten, op straat",
    "Wanneer": "31-12-2032",
    "Stap": "Werkwijze maken en bespreken",
    "Wie": "Team Water",
}
DONE = {
    "Stand": "Geborgd",
    "Waar blijkt het uit?": "Besluit 2031-0000",
    "Terrein": "Bestuur",
}
ABSENT = {
    "Stand": "Past niet bij ons",
    "Uw verhaal": "Deze taak hebben anderen.",
    "Terrein": "Bedrijfsvoering",
}
#: Right answers for the water authority: 2.2 and 2.2.1 speak to municipalities only.
RIGHT: Mapping[str, Mapping[str, str]] = {
    "1.1": {**DONE, "Bekeken op": "14-01-2032"},
    "1.2": TODO,
    "1.3": DONE,
    "2.1": {**TODO, "Wanneer": "30-06-2034"},
    "2.1.1": {"Stand": "Half", "Uw verhaal": "Alleen bij de grote sluizen."},
    "2.1.1.a": {"Stand": "Aanwezig"},
    "2.1.1.b": {"Stand": "Afwezig"},
    "2.1.2": {"Stand": "Geen taak", "Uw verhaal": "De wegen zijn van anderen."},
    "2.3": DONE,
    "2.10": ABSENT,
}
COVER: Mapping[str, str] = {
    "Gezien door het algemeen bestuur": "Gezien",
    "Afdeling": "Afdeling Bestuur",
    "Vastgesteld door het dagelijks bestuur op": "14-03-2032",
}


def own_folder(target: Path) -> Path:
    """Copy the folder for ``--templates``; the letters are made of their texts."""
    shutil.copytree(SOURCE, target)
    for text in target.rglob("letters/**/*.txt"):
        text.with_suffix(".docx").write_bytes(template_of(text.read_text(encoding="utf-8")))
        text.unlink()
    return target


class Cli:
    """The installed command, in an empty folder and with a folder of one's own."""

    def __init__(self, own: Path, where: Path) -> None:
        """Take the folder for ``--templates`` and the one to work in."""
        self.own, self.where = own, where

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Run ``normtemplates`` and give what it says; fails on another exit code."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NORMTEMPLATES")}
        done = subprocess.run(
            [str(COMMAND), *map(str, words), "--templates", str(self.own)],
            cwd=self.where,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


def sheet_of(path: Path, name: str = OVERVIEW) -> Worksheet:
    """Read a sheet with openpyxl."""
    return openpyxl.load_workbook(path)[name]


def cells(sheet: Worksheet) -> dict[tuple[str, str], str]:
    """Give the address of every answer by number and header, as one reads them off."""
    header = next(
        row for row in sheet.iter_rows() if {NUMBER, STATUS} <= {cell.value for cell in row}
    )
    columns = {str(cell.value): place for place, cell in enumerate(header, 1) if cell.value}
    found = {}
    for row in range((header[0].row or 0) + 1, sheet.max_row + 1):
        number = sheet.cell(row, columns[NUMBER]).value
        if number:
            for name, column in columns.items():
                found[str(number), name] = f"{get_column_letter(column)}{row}"
    return found


def cover_cells(sheet: Worksheet) -> dict[str, str]:
    """Give the address beside each label of the cover fields."""
    return {
        str(cell.value): f"{get_column_letter(place + 1)}{cell.row}"
        for row in sheet.iter_rows()
        for place, cell in enumerate(row, 1)
        if cell.value in COVER
    }


def fill(document: Document, path: Path, answers: Mapping[str, Mapping[str, str]] = RIGHT) -> None:
    """Type ``answers`` and the cover fields as a person does, where they do not stand yet."""
    places = cells(sheet_of(path))
    typed = {
        (OVERVIEW, places[number, name]): text
        for number, row in answers.items()
        for name, text in row.items()
    }
    typed |= {(START, c): COVER[label] for label, c in cover_cells(sheet_of(path, START)).items()}
    book = openpyxl.load_workbook(path)
    for (sheet, cell), text in typed.items():
        before = book[sheet][cell].value
        there = f"{before:%d-%m-%Y}" if isinstance(before, date) else before
        assert there == text or document.type(sheet, cell, text), (sheet, cell, text)
    document.calculate_all()
