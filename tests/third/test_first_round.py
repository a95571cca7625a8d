"""The made-up norm without any other program: what is issued, and what is said of the norm."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.third.book import (
    CITY,
    FIRST,
    NUMBER,
    OVERVIEW,
    PROVINCE,
    SHARED,
    START,
    STATUS,
    WATER,
    Cli,
    cells,
    cover_cells,
    sheet_of,
)

NUMBERS = [
    "1.1", "1.2", "1.3", "2.1", "2.1.1", "2.1.1.a", "2.1.1.b", "2.1.2", "2.2", "2.2.1", "2.3",
    "2.10",
]  # fmt: skip


def test_the_norm_is_listed_shown_checked_and_compared(cli: Cli) -> None:
    assert "afspraken      2031" in cli.run("norm", "list")
    assert "2.1.1.a  bij sluizen;" in cli.run("norm", "show", "afspraken", "2.1.1.a")
    whole = cli.run("norm", "show", "afspraken")
    assert "Geld" in whole.splitlines()
    for edition in ("2031", "2033"):
        file = cli.own / "norms" / "afspraken" / f"{edition}.toml"
        assert "is in orde (2 thema’s, 7 normen, 5 onderdelen)" in cli.run("norm", "check", file)
    said = cli.run("norm", "diff", "afspraken/2031", "afspraken/2033")
    assert "Norm 1.3 heet nu 1.4. Er kwam een afspraak tussen." in said
    assert "Norm 2.10 is vervallen" in said
    assert "De status ‘Op weg’ is nieuw." in said


@pytest.mark.parametrize("name", [CITY, PROVINCE, WATER, SHARED])
def test_the_columns_are_those_of_the_norm(issued: Path, name: str) -> None:
    sheet = sheet_of(issued / name)
    header = next(r for r in sheet.iter_rows(values_only=True) if NUMBER in r and STATUS in r)
    assert [h for h in header if h] == [
        "Uw verhaal", "Afspraak", "Wat wij afspreken", "Stand", "Klopt het zo?", "Bekeken op",
        "Waar blijkt het uit?", "Terrein", "Wanneer", "Wie", "Stap",
    ]  # fmt: skip
    numbers = list(dict.fromkeys(number for number, _ in cells(sheet)))
    assert numbers == ["1", *NUMBERS[:3], "2", *NUMBERS[3:]]


def test_no_word_of_a_shipped_norm_is_in_it(issued: Path) -> None:
    book = openpyxl.load_workbook(issued / WATER)
    texts = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            texts |= {str(rule.prompt), str(rule.error), str(rule.promptTitle)}
    ours = (
        "Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing", "Controle",
        "Toelichting", "Bewijs", "Gereed uiterlijk", "Prioriteit", "Eigenaar", "‘Status’",
    )  # fmt: skip
    assert [(word, text) for word in ours for text in texts if word in text] == []


def test_what_cannot_apply_is_fixed_or_only_filled_in(issued: Path) -> None:
    fixed = ("Past niet bij ons", "Deze afspraak gaat alleen over gemeenten.", True)
    for name in (PROVINCE, WATER, SHARED):
        assert standing(issued / name, "2.2") == fixed
        assert standing(issued / name, "2.2.1") == ("Geen taak", fixed[1], True)
    assert standing(issued / CITY, "2.2") == (None, None, False)
    preset = ("Past niet bij ons", "De deelnemers doen de inkoop zelf.", False)
    assert standing(issued / SHARED, "2.3") == preset
    assert standing(issued / WATER, "2.3") == (None, None, False)


def standing(path: Path, number: str) -> tuple[object, object, bool]:
    """The status and the ground of a row, and whether they are locked."""
    sheet, places = sheet_of(path), cells(sheet_of(path))
    status, ground = (sheet[places[number, name]] for name in (STATUS, "Uw verhaal"))
    assert status.protection.locked is ground.protection.locked
    return status.value, ground.value, status.protection.locked


def test_the_blank_workbook_lacks_every_answer_at_its_own_cell(cli: Cli, issued: Path) -> None:
    said = cli.run("check", issued / WATER, "--format", "json", code=1)
    (file,) = json.loads(said)["files"]
    assert (file["organisation"], file["round"]) == ("WS0000", FIRST)
    places = cells(sheet_of(issued / WATER))
    lacking = {f["cell"] for f in file["findings"] if f["field"] == "stand"}
    open_ = [number for number in NUMBERS if not number.startswith("2.2")]
    assert lacking == {places[number, STATUS] for number in open_}
    cover = cover_cells(sheet_of(issued / WATER, START))
    missing = {f["cell"] for f in file["findings"] if f["sheet"] == START}
    assert missing == {cover["Gezien door het algemeen bestuur"], cover["Afdeling"]}
    assert OVERVIEW in said


def test_a_finished_letter_is_clean(cli: Cli) -> None:
    values = {
        "decision_date": "2032-01-14", "letter_date": "2032-01-21", "reference": "Z/32/0001",
        "secretary_name": "A. de Vries", "leader_name": "B. Jansen",
    }  # fmt: skip
    sets = [word for key, value in values.items() for word in ("--set", f"{key}={value}")]
    cli.run("letter", "make", "--organisation", "WS0000", *sets, "--out", "klaar")
    (letter,) = (cli.where / "klaar").glob("bestuursbrief-WS0000-*.docx")
    assert "waterschap Voorbeeldwater & Dijk" in cli.run("letter", "check", letter)
    template = cli.own / "letters" / "afspraken" / "bestuursbrief.docx"
    assert "Geen bevindingen." in cli.run("letter", "lint", template)


def test_letters_go_to_the_council_of_each_kind(cli: Cli, issued: Path) -> None:
    assert sorted(path.name for path in issued.glob("*.docx")) == [
        "bestuursbrief-GR0000-samen-voorbeeld.docx",
        "bestuursbrief-WS0000-voorbeeldwater-dijk.docx",
        "raadsinformatiebrief-GM0000-voorbeeldstad.docx",
        "statenbrief-PV00-voorbeeldland.docx",
    ]
    said = cli.run("letter", "make", "--kind", "statenbrief", "--organisation", "WS0000", code=2)
    assert "hierbij hoort geen statenbrief maar een bestuursbrief" in said
