"""The made-up norm through LibreOffice: filled in, checked, written about, and a round later."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.clients.office import Office
from tests.clients.sdk import Validator
from tests.letters.reading import Letter
from tests.third.book import (
    CHECK,
    OVERVIEW,
    RIGHT,
    SECOND,
    STATUS,
    WATER,
    Cli,
    cells,
    fill,
    sheet_of,
)

pytestmark = pytest.mark.clients


def test_a_right_filling_in_is_akkoord(cli: Cli, returned: Path) -> None:
    said = json.loads(cli.run("check", returned, "--format", "json"))
    (file,) = said["files"]
    assert (file["status"], file["findings"]) == ("akkoord", [])
    sheet, places = sheet_of(returned), cells(sheet_of(returned))
    open_rows = {place[0] for place in places if place[1] == CHECK and "." in place[0]}
    values = openpyxl.load_workbook(returned, data_only=True)[OVERVIEW]
    says = {number: values[places[number, CHECK]].value for number in open_rows}
    assert set(says.values()) == {"✔ Compleet"}  # the fixed rows as well
    assert sheet[places["2.2", STATUS]].value == "Past niet bij ons"


def test_a_fixed_row_cannot_be_typed_in_and_a_preset_one_can(
    cli: Cli, issued: Path, office: Office
) -> None:
    shared = next(issued.glob("implementatieoverzicht-GR0000-*.xlsx"))
    places = cells(sheet_of(shared))
    with office.open(shared) as document:
        for name in (STATUS, "Uw verhaal", "Terrein"):
            assert not document.type(OVERVIEW, places["2.2", name], "Bestuur")
        assert not document.type(OVERVIEW, places["2.2.1", STATUS], "Aanwezig")
        assert document.type(OVERVIEW, places["2.3", STATUS], "Geborgd")


#: What is spoiled: number, header, what is put there, and the rule that says so.
SPOILED = (
    ("1.1", STATUS, "Geborgt", "NT401"),
    ("1.2", "Stap", "", "NT302"),
    ("1.3", "Terrein", "Buiten op straat", "NT401"),
    ("2.1", "Wanneer", "01-01-2031", "NT404"),
    ("2.1.1", "Uw verhaal", "", "NT302"),
    ("2.1.1.a", STATUS, "", "NT306"),
    ("2.1.2", "Uw verhaal", "volgt", "NT303"),
    ("2.3", "Bekeken op", "01-03-2032", "NT403"),
)


@pytest.fixture(scope="module")
def spoiled(returned: Path, cli: Cli, office: Office) -> Path:
    places, target = cells(sheet_of(returned)), cli.where / "mis" / "waterschap.xlsx"
    target.parent.mkdir()
    with office.open(returned) as document:
        for number, name, text, _ in SPOILED:
            if name in ("Wanneer", "Bekeken op"):
                assert document.type(OVERVIEW, places[number, name], text)
            else:
                document.put_text(OVERVIEW, places[number, name], text)
        document.save(target)
    return target


def test_each_fault_is_found_at_its_own_cell(cli: Cli, spoiled: Path) -> None:
    said = json.loads(cli.run("check", spoiled, "--format", "json", code=1))
    places = cells(sheet_of(spoiled))
    found = {(f["code"], f["cell"]) for f in said["files"][0]["findings"]}
    assert found == {(code, places[number, name]) for number, name, _, code in SPOILED}


def test_a_report_and_a_workbook_to_mend(cli: Cli, spoiled: Path, sdk: Validator) -> None:
    words = ("--format", "html", "--output", "rapport.html", "--corrections", "herstel")
    cli.run("check", spoiled, *words, code=1)
    page = (cli.where / "rapport.html").read_text(encoding="utf-8")
    assert "Geborgt" in page
    (mended,) = (cli.where / "herstel").glob("*.xlsx")
    assert sdk.complaints(mended) == []
    sheet, places = sheet_of(mended), cells(sheet_of(mended))
    assert sheet[places["1.2", "Uw verhaal"]].value == RIGHT["1.2"]["Uw verhaal"]
    noted = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert noted == {places[number, name] for number, name, _, _ in SPOILED}


def test_answers_are_handed_on_under_the_norms_own_keys(cli: Cli, returned: Path) -> None:
    cli.run("check", returned, "--answers", "antwoorden.csv", "--with-texts")
    with (cli.where / "antwoorden.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["requirement"]: row for row in csv.DictReader(file, delimiter=";")}
    assert len(rows) == 12
    assert rows["1.1"]["bekeken"] == "2032-01-14"
    assert (rows["2.1"]["wanneer"], rows["2.1"]["terrein"]) == ("2034-06-30", "Buiten, op straat")
    assert rows["2.1.1.b"]["status_label"] == "Afwezig"
    assert rows["1.2"]["wie"] == "Team Water"
    assert rows["2.2"]["role"] == "not_applicable"


def test_every_kind_of_letter(cli: Cli, returned: Path, spoiled: Path, sdk: Validator) -> None:
    def made(*words: str | Path) -> str:
        cli.run("letter", "make", *words, "--organisation", "WS0000", "--out", "brieven")
        newest = max((cli.where / "brieven").glob("*.docx"), key=lambda p: p.stat().st_mtime_ns)
        assert sdk.complaints(newest) == []
        return Letter(newest.read_bytes()).text()

    progress = made("--kind", "voortgangsbrief", "--return", returned)
    # Counted by hand in RIGHT, with 2.2 that is fixed.
    assert "3 normen op ‘Geborgd’, 2 op ‘Nog niet’ en 2 op ‘Past niet bij ons’" in progress
    assert "Tweede helft van 2032" in progress
    assert "Werkwijze maken" not in progress
    detail = made("--kind", "voortgangsbrief", "--return", returned, "--detail")
    assert "Werkwijze maken en bespreken" in detail
    assert "30 juni 2034" in detail
    feedback = made("--kind", "terugkoppelbrief", "--return", spoiled)
    assert len(SPOILED) == 8
    assert "Er moeten nog acht punten worden hersteld" in feedback
    with_workbook = made("--kind", "aanbiedingsbrief")
    assert "Bij ‘Klopt het zo?’ staat wat er op die regel nog nodig is." in with_workbook
    cli.run("letter", "make", "--organisation", "WS0000", "--pdf", "--out", "pdf")
    (pdf,) = (cli.where / "pdf").glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_round_later_with_the_next_edition(
    cli: Cli, returned: Path, office: Office, sdk: Validator
) -> None:
    cli.run("build", "--round", SECOND, "--previous", returned.parent, "--what", "workbooks")
    workbook = cli.where / "build" / SECOND / WATER
    assert sdk.complaints(workbook) == []
    sheet, places = sheet_of(workbook), cells(sheet_of(workbook))
    before = {
        number: sheet[cell].value
        for (number, name), cell in places.items()
        if name == "Vorige keer" and number.count(".") == 1
    }
    assert before == {
        "1.1": "Geborgd", "1.2": "Nog niet", "1.3": None, "1.4": "Geborgd", "2.1": "Nog niet",
        "2.2": "Past niet bij ons", "2.3": "Geborgd",
    }  # fmt: skip
    # 2.1 was to be done after this reference date, 1.2 before it.
    assert sheet[places["2.1", "Stap"]].value == RIGHT["2.1"]["Stap"]
    left = openpyxl.load_workbook(workbook)["Niet geplaatst"]
    listed = {str(cell.value) for row in left.iter_rows() for cell in row}
    assert {"Deze taak hebben anderen.", "Norm 2.10 van editie 2031 is vervallen."} <= listed
    later = {number: dict(row) for number, row in RIGHT.items() if number not in ("2.10", "1.3")}
    later |= {"1.3": dict(RIGHT["1.3"]), "1.4": dict(RIGHT["1.3"])}
    later["1.1"] = {
        "Stand": "Op weg", "Uw verhaal": "Het gesprek is dit jaar uitgesteld.",
        "Terrein": "Bestuur", "Wanneer": "31-12-2033", "Stap": "Gesprek plannen", "Wie": "Griffie",
    }  # fmt: skip
    later["1.2"]["Wanneer"] = "31-12-2033"
    target = cli.where / "terug-2.xlsx"
    with office.open(workbook) as document:
        fill(document, workbook, later)
        assert document.value(OVERVIEW, places["1.1", CHECK]) == "✔ Compleet"
        document.save(target)
    said = json.loads(cli.run("check", target, "--format", "json"))
    (file,) = said["files"]
    assert (file["status"], file["round"]) == ("akkoord", SECOND)
    assert [f for f in file["findings"] if f["severity"] == "fout"] == []
