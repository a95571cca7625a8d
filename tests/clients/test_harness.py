"""The harness itself: each client does what the other tests rely on.

Some tests hold a peculiarity of a client fast. When a newer version mends it, they fail and what
was built around it can go.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.clients.engine import Engine
from tests.clients.fixtures import require
from tests.clients.gnumeric import Gnumeric, GnumericError
from tests.clients.iron import Iron
from tests.clients.office import Office, OfficeCrashError, OfficeError, missing
from tests.clients.sdk import Validator
from tests.clients.values import CellError, address_of, at, position, read_values

STALE = "STALE"

FORMULAS: dict[str, tuple[str, str | float | bool | CellError]] = {
    "C1": ("=A1*2", 3.0),
    "C2": ("=AND(A1>1,A3)", True),
    "C3": ('=A2&"!"', "België é’!"),
    "C4": ("=1/0", CellError("#DIV/0!")),
    "C5": ('=IF(A1>0,"","x")', ""),
    "C6": ("=LEN(B1)", 0.0),
    "C7": ('=IFERROR(LOWER(SUBSTITUTE(A2," ","")),"#")', "belgiëé’"),
    "C8": ("=ISTEXT(A4)", True),
    "C9": ("=A5>=DATE(2025,4,1)", True),
    "C10": ("=1/3", 0.333333333333333),
    "C11": ('=_xlfn.UNICHAR(8203)&"x"', "\u200bx"),
    "C12": ("=EXACT(A2,Ander!A1)", False),
}
"""A formula by its cell, and what every engine must make of it."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with each type of value, stale formulas, a protected and an open cell."""
    path = tmp_path_factory.mktemp("harness") / "book.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Eén blad")
        sheet.write_number("A1", 1.5)
        sheet.write_string("A2", "België é’")
        sheet.write_boolean("A3", True)
        sheet.write_string("A4", "=1+1")
        date = workbook.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_datetime("A5", dt.date(2025, 4, 1), date)
        for cell, (formula, _) in FORMULAS.items():
            sheet.write_formula(cell, formula, None, STALE)
        sheet.write_string("E1", "open", workbook.add_format({"locked": False}))
        sheet.write_string("E2", "locked")
        sheet.protect("", {"select_locked_cells": True})
        shut = workbook.add_worksheet("Dicht")
        shut.write_string("A1", "cannot even be selected")
        shut.protect("", {"select_locked_cells": False, "select_unlocked_cells": True})
        workbook.add_worksheet("Ander").write_string("A1", "België É’")
    return path


# -- values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "place"), [("A1", (1, 1)), ("Z9", (9, 26)), ("AB10", (10, 28))]
)
def test_addresses_go_both_ways(address: str, place: tuple[int, int]) -> None:
    assert position(address) == place
    assert address_of(*place) == address


def test_the_reader_finds_what_was_written(book: Path) -> None:
    sheets = read_values(book)
    assert list(sheets) == ["Eén blad", "Dicht", "Ander"]
    cells = sheets["Eén blad"]
    assert [at(cells, f"A{row}") for row in range(1, 7)] == [
        1.5,
        "België é’",
        True,
        "=1+1",
        45748.0,
        None,
    ]
    assert {at(cells, cell) for cell in FORMULAS} == {STALE}


# -- engines ---------------------------------------------------------------------------------------


def test_an_engine_replaces_stale_values(engine: Engine, book: Path) -> None:
    sheets = engine.recalculate(book)
    assert list(sheets) == ["Eén blad", "Dicht", "Ander"]
    cells = sheets["Eén blad"]
    found = {cell: at(cells, cell) for cell in FORMULAS}
    assert found == {cell: value for cell, (_, value) in FORMULAS.items()}
    assert [type(found[cell]) for cell in ("C2", "C8", "C9", "C12")] == [bool] * 4
    assert at(cells, "A3") is True
    assert at(cells, "A5") == 45748.0


def test_an_engine_is_fast_enough_for_thousands_of_rows(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        for row in range(3000):
            sheet.write_number(row, 0, row)
            for column in range(1, 11):
                sheet.write_formula(row, column, f"=A{row + 1}*{column}", None, STALE)
    cells = engine.recalculate(path)["Data"]
    assert len(cells) == 33_000
    assert cells[3000, 11] == 29_990.0


@pytest.mark.parametrize("name", ["gnumeric", "office"])
def test_loading_alone_recalculates_nothing(
    name: str, request: pytest.FixtureRequest, book: Path, tmp_path: Path
) -> None:
    client: Gnumeric | Office = request.getfixturevalue(name)
    copy = client.convert(book, tmp_path / "copy.xlsx")
    assert at(read_values(copy)["Eén blad"], "C1") == STALE


# -- LibreOffice -----------------------------------------------------------------------------------


def test_typing_honours_protection(office: Office, book: Path) -> None:
    with office.open(book) as document:
        assert document.is_protected("Eén blad")
        assert document.type("Eén blad", "E1", "typed")
        assert document.value("Eén blad", "E1") == "typed"
        assert not document.type("Eén blad", "E2", "typed")
        assert document.value("Eén blad", "E2") == "locked"
        assert not document.type("Dicht", "A1", "typed")
        assert document.value("Dicht", "A1") == "cannot even be selected"
        # The cell that was reached last has not caught what was meant for another.
        assert document.value("Eén blad", "E1") == "typed"


def test_putting_ignores_protection(office: Office, book: Path) -> None:
    with office.open(book) as document:
        document.put_text("Eén blad", "E2", "=1+1")
        assert document.value("Eén blad", "E2") == "=1+1"
        document.put_number("Eén blad", "E2", 0.5)
        assert document.value("Eén blad", "E2") == 0.5
        document.put_formula("Eén blad", "E2", "=SUM(A1;A1)")
        assert document.value("Eén blad", "E2") == 3.0
        assert document.formula("Eén blad", "E2") == "=SUM(A1;A1)"


def test_typing_is_in_dutch(office: Office, book: Path) -> None:
    with office.open(book) as document:
        for typed, value in (("1-4-2025", 45748.0), ("1,5", 1.5), ("WAAR", True), ("'1,5", "1,5")):
            document.type("Eén blad", "E1", typed)
            assert document.value("Eén blad", "E1") == value
        document.type("Eén blad", "E1", "1,5")
        assert document.shown("Eén blad", "E1") == "1,5"


def test_a_small_range_reads_as_the_whole(office: Office, book: Path) -> None:
    with office.open(book) as document:
        document.calculate_all()
        cells = document.values()["Eén blad"]
        for row, values in enumerate(document.read("Eén blad", "A1:C12"), start=1):
            assert values == [cells.get((row, column)) for column in (1, 2, 3)]
            assert [type(value) for value in values] == [
                type(cells.get((row, column))) for column in (1, 2, 3)
            ]


def test_protection_rows_and_names_can_be_changed(office: Office, book: Path) -> None:
    with office.open(book) as document:
        document.unprotect("Eén blad")
        assert document.type("Eén blad", "E2", "now open")
        document.insert_rows("Eén blad", 2, 3)
        assert document.value("Eén blad", "E5") == "now open"
        document.delete_rows("Eén blad", 1, 4)
        assert document.value("Eén blad", "E1") == "now open"
        document.protect("Eén blad", "secret")
        with pytest.raises(OfficeError):
            document.unprotect("Eén blad", "wrong")
        assert not document.type("Eén blad", "E1", "shut again")
        document.rename_sheet("Eén blad", "Twee")
        assert document.sheet_names() == ["Twee", "Dicht", "Ander"]


@pytest.mark.parametrize(
    ("suffix", "magic"),
    [(".xlsx", b"PK"), (".ods", b"PK"), (".pdf", b"%PDF"), (".xls", b"\xd0\xcf")],
)
def test_every_format_can_be_saved(
    office: Office, book: Path, tmp_path: Path, suffix: str, magic: bytes
) -> None:
    made = office.convert(book, tmp_path / f"copy{suffix}")
    assert made.read_bytes().startswith(magic)


def test_a_file_that_cannot_be_opened_is_said(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(OfficeError), office.open(broken):
        pass


def members_of(group: int) -> list[str]:
    """The processes of a group that live, or that we have not collected.

    Dead grandchildren are init's to collect, and some take their time.
    """
    listed = subprocess.run(
        ["ps", "-e", "-o", "pgid=,ppid=,stat=,comm="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 3) for line in listed.stdout.splitlines()]
    return [
        name
        for number, parent, state, name in rows
        if int(number) == group and (not state.startswith("Z") or int(parent) == os.getpid())
    ]


@pytest.fixture
def own_office() -> Office:
    """Any LibreOffice may be killed but the one that other tests use."""
    require(missing())
    return Office()


def kill_soffice(office: Office) -> None:
    os.killpg(office.process_groups()[1], signal.SIGKILL)


def stop_soffice(office: Office) -> None:
    os.killpg(office.process_groups()[1], signal.SIGSTOP)


@pytest.mark.parametrize("harm", [kill_soffice, stop_soffice])
def test_a_crash_is_said_and_survived(
    own_office: Office, book: Path, harm: Callable[[Office], None]
) -> None:
    with own_office as office:
        with office.open(book) as document:
            groups = office.process_groups()
            harm(office)
            with pytest.raises(OfficeCrashError):
                office.call("sheet_names", seconds=2, document=document.handle)
        assert [members_of(group) for group in groups] == [[], []]
        with office.open(book) as document:
            assert document.value("Eén blad", "A1") == 1.5
        assert office.starts == 2
        groups = office.process_groups()
    assert [members_of(group) for group in groups] == [[], []]


def test_nothing_is_left_when_the_tests_are_killed(own_office: Office, book: Path) -> None:
    """The driver sees its input end, and closes LibreOffice."""
    with own_office as office:
        with office.open(book):
            groups = office.process_groups()
            office.abandon()
        until = time.monotonic() + 20
        while any(members_of(group) for group in groups) and time.monotonic() < until:
            time.sleep(0.1)
            office.reap()
        assert [members_of(group) for group in groups] == [[], []]


# -- Gnumeric --------------------------------------------------------------------------------------


def test_gnumeric_takes_input_and_gives_csv(gnumeric: Gnumeric, book: Path, tmp_path: Path) -> None:
    changed = gnumeric.convert(
        book, tmp_path / "changed.xlsx", recalculate=True, cells={"A1": "10"}
    )
    assert at(read_values(changed)["Eén blad"], "C1") == 20.0
    texts = gnumeric.csv_texts(changed)
    assert len(texts) == 3
    assert texts[0].splitlines()[0].split(",")[:3] == ["10", "", "20"]


def test_gnumeric_says_what_it_cannot_open(gnumeric: Gnumeric, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(GnumericError):
        gnumeric.convert(broken, tmp_path / "copy.xlsx")


# -- IronCalc --------------------------------------------------------------------------------------


def test_ironcalc_takes_input(iron: Iron, book: Path) -> None:
    model = iron.load(book)
    model.put("Eén blad", "A1", 10.0)
    model.put("Eén blad", "A3", False)
    model.put("Eén blad", "A4", None)
    model.put("Eén blad", "A2", "1")
    model.type("Eén blad", "A5", "1")
    model.put_formula("Eén blad", "D1", "=C1+1")
    model.evaluate()
    cells = model.values()["Eén blad"]
    assert [at(cells, cell) for cell in ("C1", "C2", "C3", "C8", "C9", "D1")] == [
        20.0,
        False,
        "1!",
        False,
        False,
        21.0,
    ]
    assert model.value("Eén blad", "C1") == 20.0


# -- Open XML SDK ----------------------------------------------------------------------------------


def replant(source: Path, target: Path, part: str, old: bytes, new: bytes) -> Path:
    """Copy a package with one change in one part."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return target


def test_the_validator_finds_planted_errors(sdk: Validator, book: Path, tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    wrong_element = replant(
        book, tmp_path / "element.xlsx", sheet, b"<sheetData>", b"<bogus/><sheetData>"
    )
    wrong_value = replant(book, tmp_path / "value.xlsx", sheet, b't="b"', b't="nonsense"')
    not_a_package = tmp_path / "text.xlsx"
    not_a_package.write_text("no workbook")
    found = sdk.complaints_by_file([book, wrong_element, wrong_value, not_a_package])
    assert found.pop(book) == []
    assert {path.name: {each.kind for each in each_file} for path, each_file in found.items()} == {
        "element.xlsx": {"Schema"},
        "value.xlsx": {"Schema"},
        "text.xlsx": {"Exception"},
    }
    assert "bogus" in found[wrong_element][0].text
    assert found[wrong_element][0].part == f"/{sheet}"


# -- what is missing -------------------------------------------------------------------------------


def test_a_missing_client_is_skipped_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    require(None)
    with pytest.raises(pytest.skip.Exception, match="LEFT OUT: nothing there"):
        require("nothing there")


def test_a_missing_client_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no client may be left out: nothing there"):
        require("nothing there")
