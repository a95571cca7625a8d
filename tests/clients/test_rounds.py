"""Two rounds through LibreOffice: nothing that was typed in the first is lost in the second.

What is expected is the list of what was typed, never what our own code made of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from normtemplates.excel.reader import read_bytes
from normtemplates.jobs.build import BuildRequest, build_round
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout.places import OVERVIEW, UNPLACED, address
from normtemplates.layout.recognise import Found, recognise
from normtemplates.model.answers import day_of
from normtemplates.model.finding import Report, ReportStatus
from normtemplates.model.norm import FieldKind
from tests.clients import fills
from tests.clients.office import Office

pytestmark = pytest.mark.clients

SEED = 20260401
LATER = "voorbeeld-2026"
REFERENCE = date(2026, 4, 1)
SHOWN = "%d-%m-%Y"
STATUSES = ("Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing")
TEXTS = (
    "Gewone toelichting van een team.", "=1+1", "=cmd|'/c calc'!A1", "+31 00", "@x", "-", "2.10",
    "007", "1e5", "WAAR", "31-12-2025", "#N/A", "a\nb\n\nc", "  spaties eromheen  ", "tab\tin",
    'aanhaling "dubbel" en ’enkel’', "<b>&amp;</b>", "_x000D_", "é ñ ĳ Ĳ ß İ Σς",
    "emoji 😀👩‍👩‍👧", "\u202eomgekeerd",
    "smal\u202fharde\u00a0spatie", "x" * 2000, "woord " * 300, "http://voorbeeld.example/?a=1&b=2",
    "'apostrof", "volgt", "Zie norm 1.1; en 2.3, enz.", "{norm} %s &P $A$1", "a|b|c",
)  # fmt: skip
DAYS = (date(2025, 6, 30), date(2025, 12, 31), REFERENCE, date(2026, 12, 31), date(2027, 12, 31))
SAME = "Dit is op orde; elk jaar bekijken wij het opnieuw."

Typed = Mapping[str, Mapping[str, str | date]]


def typed() -> dict[str, dict[str, str | date]]:
    """What is typed in the first round, row by row."""
    chance = random.Random(SEED)
    layout = fills.voorbeeldstad()
    rows: dict[str, dict[str, str | date]] = {}
    for number in layout.row_by_number:
        row: dict[str, str | date] = {"status": chance.choice(STATUSES)}
        for column in layout.answer_columns:
            one = column.field
            if one.kind is FieldKind.TEXT and chance.random() < 0.8:
                row[one.key] = chance.choice([t for t in TEXTS if len(t) <= (one.max_length or 0)])
            elif one.kind is FieldKind.CHOICE and chance.random() < 0.5:
                row[one.key] = chance.choice(one.choices)
        if chance.random() < 0.8:
            row["due_on"] = chance.choice(DAYS)
        rows[number] = row
    rows["1.1"] = {"status": "Uitgevoerd", "explanation": SAME, "evidence": "Besluit 2025-0000"}
    return rows


def found_in(path: Path) -> Found:
    known = fills.definitions()
    found = recognise(read_bytes(path.name, path.read_bytes()), known.rounds()).found
    assert found is not None
    return found


def check(path: Path) -> Report:
    return check_workbook(path, check_context(fills.definitions()))


@pytest.fixture(scope="module")
def first(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first round's workbook, filled in and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("rondes") / "terug"
    folder.mkdir()
    layout = fills.voorbeeldstad()
    issued = folder.parent / "uit.xlsx"
    issued.write_bytes(fills.blank(layout))
    target = folder / "eerste.xlsx"
    with office.open(issued) as document:
        for number, row in typed().items():
            for key, value in row.items():
                cell = layout.address(number, key)
                if isinstance(value, date):
                    assert document.type(OVERVIEW, cell, value.strftime(SHOWN))
                else:
                    document.put_text(OVERVIEW, cell, value)
        document.calculate_all()
        document.save(target)
    return target


@pytest.fixture(scope="module")
def second(first: Path) -> Path:
    """The second round's workbook, made from it."""
    request = BuildRequest(
        round=LATER, what=("workbooks",), out=first.parent.parent / "nieuw", previous=first.parent
    )
    result = build_round(fills.definitions(), request)
    assert not result.failures
    return result.folder / result.written[0].path


def kept(found: Found) -> list[str]:
    """What was typed in the first round and is not where it belongs in the second."""
    lost = []
    for number, row in typed().items():
        answers = found.answers.row(number)
        before = found.cell(number, "previous")
        for key, value in row.items():
            there = answers.get(key)
            if key == "status":
                ok = before is not None and before.text == value
            elif isinstance(value, date):
                is_day = there is not None and there.number is not None
                ok = value < REFERENCE or bool(is_day and day_of(float(there.text)) == value)  # type: ignore[union-attr]
            else:
                ok = there is not None and there.text == value.strip()
            if not ok:
                lost.append(f"{number}/{key}: {value!r} werd {there}")
    return lost


def test_nothing_is_lost_from_one_round_to_the_next(first: Path, second: Path) -> None:
    assert check(first).status is not ReportStatus.GEWEIGERD
    assert kept(found_in(second)) == []
    sheet = read_bytes("", second.read_bytes()).sheet(UNPLACED)
    assert sheet is not None
    listed = {(sheet.text(row, 2), sheet.text(row, 4)) for row in {row for row, _ in sheet.cells}}
    passed = {
        (number, day.strftime(SHOWN))
        for number, row in typed().items()
        if isinstance(day := row.get("due_on"), date) and day < REFERENCE
    }
    assert passed
    assert passed <= listed


def test_the_second_round_comes_back_whole_and_asks_why_of_a_step_back(
    second: Path, office: Office, tmp_path: Path
) -> None:
    layout = found_in(second).layout
    target = tmp_path / "tweede.xlsx"
    with office.open(second) as document:
        cell = layout.address("1.1", "previous")
        assert not document.type(OVERVIEW, cell, "Ontbreekt")  # it is locked
        for number in layout.row_by_number:
            label = "In ontwikkeling" if number == "1.1" else "Uitgevoerd"
            assert document.type(OVERVIEW, layout.address(number, "status"), label)
        for key, text in (("action", "Alles op orde brengen"), ("owner", "Team Veiligheid")):
            assert document.type(OVERVIEW, layout.address("1.1", key), text)
        assert document.type(OVERVIEW, layout.address("1.1", "due_on"), "31-12-2026")
        document.calculate_all()
        row = layout.row_by_number["1.1"].row
        says = document.value(OVERVIEW, address(row, layout.column_by_key["check"].column))
        document.save(target)
    assert says == "Let op: waarom een stap terug?"
    again = found_in(target)
    assert kept(again) == []
    assert again.layout.earlier == layout.earlier
    report = check(target)
    assert report.round == LATER
    assert [f.requirement for f in report.findings if f.code == "NT413"] == ["1.1"]
    assert not [f for f in report.findings if f.code in ("NT220", "NT221")]
