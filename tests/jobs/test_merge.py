"""Mail merge: tables as offices make them, in CSV and in Excel, and what is wrong with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import RequestError
from normtemplates.jobs.letters import LetterRequest, drawn_letters
from normtemplates.jobs.merge import Merge, read_merge
from normtemplates.model.round import Round
from tests.letters.reading import Letter


@pytest.fixture(scope="module")
def known() -> Definitions:
    return Definitions()


@pytest.fixture(scope="module")
def round_(known: Definitions) -> Round:
    return known.round("nulmeting-2025")


@pytest.fixture
def csv(tmp_path: Path, round_: Round) -> Callable[..., Merge]:
    def read(text: str, encoding: str = "utf-8-sig") -> Merge:
        path = tmp_path / "waarden.csv"
        path.write_bytes(text.encode(encoding))
        return read_merge(path, round_)

    return read


Xlsx = Callable[..., Merge]


@pytest.fixture
def xlsx(tmp_path: Path, round_: Round) -> Xlsx:
    def read(*rows: list[object], formats: dict[str, str] | None = None) -> Merge:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Gegevens"
        for row in rows:
            sheet.append(row)
        for cell, format_ in (formats or {}).items():
            sheet[cell].number_format = format_
        path = tmp_path / "waarden.xlsx"
        book.save(path)
        return read_merge(path, round_)

    return read


def faults(read: Callable[..., Merge], *args: object, **named: object) -> list[str]:
    with pytest.raises(RequestError) as error:
        read(*args, **named)
    return [fault.partition(", ")[2] for fault in error.value.faults]


# -- CSV ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_csv_as_programs_write_it(
    csv: Callable[..., Merge], encoding: str, delimiter: str
) -> None:
    lines = (
        ["code", "Kenmerk", "Datum van het besluit", "Team"],
        ["GM0358", "007", "14-1-2025", "Coördinatie"],
        ["", "", "", ""],
        ["GM0361", "Z/25/0001", "2025-01-21", ""],
    )
    text = "\r\n".join(delimiter.join(line) for line in lines) + "\r\n"
    assert csv(text, encoding).by_code == {
        "GM0358": {"reference": "007", "decision_date": "14-1-2025", "team": "Coördinatie"},
        "GM0361": {"reference": "Z/25/0001", "decision_date": "2025-01-21"},
    }


def test_a_line_for_excel_and_a_quoted_cell(csv: Callable[..., Merge]) -> None:
    merge = csv('sep=;\r\nCBS-code;"Team"\r\nGM0358;"A; ""B"""\r\n')
    assert merge.by_code == {"GM0358": {"team": 'A; "B"'}}


def test_headers_are_keys_or_labels_in_any_case(csv: Callable[..., Merge]) -> None:
    merge = csv("Gemeente;CODE;portfolio_holder;DATUM VAN DE BRIEF\nAalsmeer;GM0358;wethouder;\n")
    assert merge.by_code == {"GM0358": {"portfolio_holder": "wethouder"}}


def test_all_faults_of_a_csv_at_once(csv: Callable[..., Merge]) -> None:
    found = faults(
        csv,
        "code;Gemeente;Kenmrk;Datum van het besluit;Team\n"
        "GM0358;Aalsmeer;;morgen;A\n"
        "GM9999;;;;\n"
        "358;;;;\n"
        ";;;2025-01-01;\n"
        "GM0358;Alkmaar;;;\n"
        f"GM0361;Alkmaar;;;{'x' * 121}\n",
    )
    assert [fault.partition(":")[0] for fault in found] == [
        "regel 1, kolom 3",
        "regel 2, kolom 4 (Datum van het besluit)",
        "regel 3, kolom 1 (code)",
        "regel 4, kolom 1 (code)",
        "regel 5, kolom 1 (code)",
        "regel 6, kolom 2 (organisatie)",
        "regel 6",  # whose code is there twice as well
        "regel 7, kolom 5 (Team)",
    ]
    assert "Bedoelt u ‘Kenmerk’?" in found[0]
    assert "‘morgen’; dat is geen datum" in found[1]
    assert "Bedoelt u GM0358 (Aalsmeer)?" in found[3]
    assert "Alkmaar" in found[5]
    assert "gemeente Aalsmeer" in found[5]


def test_a_code_that_is_there_twice(csv: Callable[..., Merge]) -> None:
    assert faults(csv, "code;team\nGM0358;A\nGM0361;B\nGM0358;C\n") == [
        "regel 4: GM0358 staat ook op regel 2. Laat één rij staan."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "er staat niets in"),
        ("team\nA\n", "er is geen kolom met de CBS-code"),
        ("code;team\n", "geen enkele rij"),
        ("code;team;Team\nGM0358;A;B\n", "staat er twee keer"),
        ("code;\nGM0358;los\n", "boven deze kolom staat geen kop"),
    ],
)
def test_a_csv_that_is_no_table(csv: Callable[..., Merge], text: str, said: str) -> None:
    assert said in "\n".join(faults(csv, text))


# -- Excel ----------------------------------------------------------------------------------


def test_a_cell_is_what_a_person_sees(xlsx: Xlsx) -> None:
    merge = xlsx(
        ["code", "Kenmerk", "Team", "decision_date", "letter_date", "Portefeuillehouder"],
        ["GM0358", 12, 7, date(2025, 1, 14), "21-1-2025", "007"],
        [],
        ["GM0361", 12.5, None, datetime(2025, 1, 15, 9, 30), None, " burgemeester "],  # noqa: DTZ001
        formats={"C2": "000"},
    )
    assert merge.by_code == {
        "GM0358": {
            "reference": "12",
            "team": "007",
            "decision_date": "2025-01-14",
            "letter_date": "21-1-2025",
            "portfolio_holder": "007",
        },
        "GM0361": {
            "reference": "12,5",
            "decision_date": "2025-01-15",
            "portfolio_holder": "burgemeester",
        },
    }


def test_all_faults_of_a_workbook_at_once_with_sheet_and_cell(xlsx: Xlsx) -> None:
    found = faults(
        xlsx,
        ["code", "Kenmerk", "Team", "decision_date", "onzin"],
        ["GM0358", date(2025, 2, 1), "=A1", 45671, None],
        ["GM0361", True, "#N/A", None, None],
    )
    assert [fault.partition(":")[0] for fault in found] == [
        "blad Gegevens, vak E1",
        "blad Gegevens, vak B2 (Kenmerk)",
        "blad Gegevens, vak C2 (Team)",
        "blad Gegevens, vak D2 (Datum van het besluit)",
        "blad Gegevens, vak B3 (Kenmerk)",
        "blad Gegevens, vak C3 (Team)",
    ]
    assert "een datum van gemaakt (1 februari 2025)" in found[1]
    assert "een formule" in found[2]
    assert "‘45671’; dat is geen datum" in found[3]
    assert "WAAR of ONWAAR" in found[4]
    assert "foutwaarde" in found[5]


def test_a_hostile_workbook_does_not_reach_openpyxl(
    tmp_path: Path, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    raw = io.BytesIO()
    book.save(raw)
    path = tmp_path / "waarden.xlsx"
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data
            new.writestr(name, data)
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(RequestError, match="is niet gelezen"):
        read_merge(path, round_)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"%PDF-1.4"), ("a.xlsx", b""), ("a.docx", b"PK\x03\x04"), ("a.csv", b"\0\1\2")],
)
def test_what_is_no_table(tmp_path: Path, round_: Round, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RequestError) as error:
        read_merge(path, round_)
    assert len(error.value.faults) == 1
    with pytest.raises(RequestError, match="is geen bestand"):
        read_merge(tmp_path, round_)


# -- letters --------------------------------------------------------------------------------


def test_a_row_goes_before_set_and_what_lacks_is_told(
    known: Definitions, round_: Round, csv: Callable[..., Merge]
) -> None:
    merge = csv("code;team;reference\nGM0358;Eigen;\nPV27;;K1\n")
    request = LetterRequest(
        ["GM0358", "GM0361"], values={"team": "Algemeen"}, by_code=merge.by_code
    )
    first, second = drawn_letters(known, round_, request)
    assert "Team\tEigen" in Letter(first.data).text()
    assert "Team\tAlgemeen" in Letter(second.data).text()
    notes = list(merge.notes(round_, ["GM0358", "GM0361"]))
    assert "maar nu geen brief: provincie Noord-Holland (PV27)" in notes[0]
    assert "geen rij voor gemeente Alkmaar (GM0361)" in notes[1]


def test_the_letters_of_two_organisations_share_no_value(
    known: Definitions, round_: Round, csv: Callable[..., Merge]
) -> None:
    """A mark of its own in every blank of all 45 organisations."""
    codes = [o.code for o in round_.organisations]
    keys = ("reference", "portfolio_holder", "team", "secretary_name", "leader_name")
    lines = [";".join(("code", *keys))]
    lines += [";".join((code, *(f"{key[:2]}-{code}-x" for key in keys))) for code in codes]
    merge = csv("\n".join(lines))
    for letter in drawn_letters(known, round_, LetterRequest(by_code=merge.by_code)):
        parts = Letter(letter.data).parts
        everything = " ".join(p.decode() for n, p in parts.items() if n.endswith((".xml", ".rels")))
        own = letter.organisation.code
        assert all(f"{key[:2]}-{own}-x" in everything for key in keys)
        assert not [c for c in codes if c != own and f"-{c}-x" in everything]
