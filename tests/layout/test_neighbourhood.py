"""What stands around a finding is what stands there in the file, at the same coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from normtemplates.excel.reader import read_workbook
from normtemplates.layout.neighbourhood import (
    LENGTH,
    MARKED_LENGTH,
    NearCell,
    Neighbourhood,
    neighbourhood,
    together,
)
from normtemplates.layout.places import OVERVIEW, START, address
from normtemplates.layout.recognise import Found, recognise
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from tests.layout.samples import definitions

FILE = Path(__file__).parents[1] / "returned" / "met-fouten.xlsx"


def at(cell: str | None, number: str | None = None, field: str | None = None) -> Finding:
    return Finding("NT999", Severity.FOUT, "Iets.", OVERVIEW, cell, number, field)


@cache
def returned() -> tuple[Submission, Found]:
    return found_in(read_workbook(FILE))


def found_in(submission: Submission) -> tuple[Submission, Found]:
    found = recognise(submission, definitions().rounds()).found
    assert found is not None
    return submission, found


def around(
    finding: Finding, radius: int = 1, **wanted: frozenset[tuple[str, str]]
) -> Neighbourhood:
    submission, found = returned()
    near = neighbourhood(submission, finding, found, radius=radius, **wanted)
    assert near is not None
    return near


def texts(near: Neighbourhood) -> Mapping[str, str]:
    return {f"{c.column}{row.row}": c.text for row in near.rows for c in row.cells}


def marked(near: Neighbourhood) -> list[str]:
    return [f"{c.column}{row.row}" for row in near.rows for c in row.cells if c.marked]


def with_cells(change: Mapping[tuple[int, int], Cell | None]) -> tuple[Submission, Found]:
    """The returned file with cells of the overview changed or (``None``) taken away."""
    submission, found = returned()
    cells = dict(found.sheet.cells)
    for place, cell in change.items():
        if cell is None:
            cells.pop(place, None)
        else:
            cells[place] = cell
    sheet = evolve(found.sheet, cells=cells)
    sheets = tuple(sheet if one is found.sheet else one for one in submission.sheets)
    return found_in(evolve(submission, sheets=sheets))


# -- what is shown -----------------------------------------------------------------------


def test_the_row_of_the_norm_and_the_cells_beside_it() -> None:
    near = around(at("H6", "1.2", "action"))
    assert [row.row for row in near.rows] == [3, 6]
    assert [row.header for row in near.rows] == [True, False]
    assert near.letters == ("A", "B", "C", "G", "H", "I")
    assert near.gaps == (False, False, False, True, False, False)
    assert near.beside == {"G", "I"}
    assert near.column == "Actie"
    assert marked(near) == ["H6"]
    assert texts(near)["A6"] == "1.2"
    assert texts(near)["C6"] == "In ontwikkeling"
    assert texts(near)["H3"] == "Actie"


@pytest.mark.parametrize("radius", [0, 1, 2])
def test_every_text_is_what_another_reader_finds_there(radius: int) -> None:
    """A second opinion (openpyxl) on every cell that any finding could be about."""
    _, found = returned()
    book = openpyxl.load_workbook(FILE, data_only=True)
    for number, row in found.rows.by_number.items():
        for key, column in found.columns.items():
            near = around(at(address(row, column), number, key), radius)
            assert marked(near) == [address(row, column)]
            for cell, text in texts(near).items():
                value = book[found.sheet.name][cell].value
                if isinstance(value, datetime):
                    value = value.strftime("%d-%m-%Y")
                plain = " ".join(str(value if value is not None else "").split())
                assert text == plain or text == plain[: len(text) - 1] + "…"


def test_a_wider_radius_shows_more() -> None:
    assert around(at("H6", "1.2", "action"), 2).letters == ("A", "B", "C", "F", "G", "H", "I", "J")
    assert around(at("H6", "1.2", "action"), 0).letters == ("A", "B", "C", "H")


def test_another_row_than_that_of_the_norm_is_shown_beside_it() -> None:
    near = around(at("A60", "1.5"))
    assert [row.row for row in near.rows] == [3, 9, 60]
    assert marked(near) == ["A60"]
    assert near.column == "Nr"


def test_a_row_without_a_cell_is_shown_unmarked() -> None:
    near = around(at(None, "1.2"))
    assert [row.row for row in near.rows] == [3, 6]
    assert marked(near) == []


def test_the_header_row_alone() -> None:
    near = around(at("F3", field="evidence"))
    assert [row.row for row in near.rows] == [3]
    assert near.column == "Bewijs of vindplaats"
    assert texts(near)["F3"] == "Bijlage"


def test_a_cover_field_stands_beside_its_label() -> None:
    near = around(evolve(at("D15", field="team"), sheet=START))
    assert texts(near) == {"C15": "Team dat dit overzicht maakt", "D15": "Team Veiligheid"}
    assert near.column == "Team dat dit overzicht maakt"
    assert [cell.formula for cell in near.rows[0].cells] == [False, True]


def test_elsewhere_the_cells_around_it_but_no_empty_ones() -> None:
    near = around(evolve(at("B3"), sheet=START))
    assert near.letters == ("B",)
    assert [row.row for row in near.rows] == [2, 3]
    assert near.column == ""


@pytest.mark.parametrize(
    "finding",
    [
        Finding("NT102", Severity.FOUT, "Dit is een pdf."),
        at(None),
        at(None, "6.2"),  # its row is gone
        evolve(at(None), sheet=START),
        evolve(at("B3"), sheet="Nergens"),
        at("geen adres"),
    ],
)
def test_what_is_about_no_cell_and_no_row_has_none(finding: Finding) -> None:
    submission, found = returned()
    assert neighbourhood(submission, finding, found) is None


def test_an_overview_that_was_not_recognised_shows_the_cells_around() -> None:
    submission, _ = returned()
    near = neighbourhood(submission, at("H6", "1.2", "action"))
    assert near is not None
    assert marked(near) == ["H6"]
    assert near.column == ""


def test_the_edges_of_a_sheet() -> None:
    cells = {(1, 1): Cell(1, 1, CellKind.TEXT, "a", None, False)}
    last = Cell(1048576, 16384, CellKind.TEXT, "z", None, False)
    sheet = Sheet("Blad", "visible", {**cells, (1048576, 16384): last}, False)
    submission = Submission("x.xlsx", (sheet,))
    for cell, text in (("A1", "a"), ("XFD1048576", "z")):
        near = neighbourhood(submission, evolve(at(cell), sheet="Blad"), radius=2)
        assert near is not None
        assert texts(near) == {cell: text}


def test_columns_that_were_moved_keep_their_own_letters() -> None:
    """Our hidden cells right of the last column are not shown, hidden or not."""
    submission, found = returned()
    moved = {
        (row, column + 2): cell._replace(column=column + 2)
        for (row, column), cell in found.sheet.cells.items()
        if column <= 11
    }
    sheet = evolve(found.sheet, cells=moved, hidden_columns=(), merges=())
    sheets = tuple(sheet if one is found.sheet else one for one in submission.sheets)
    submission, found = found_in(evolve(submission, sheets=sheets))
    near = neighbourhood(submission, at("J6", "1.2", "action"), found)
    assert near is not None
    assert near.letters == ("C", "D", "E", "I", "J", "K")
    last = neighbourhood(submission, at("M6", "1.2", "priority"), found)
    assert last is not None
    assert last.letters == ("C", "D", "E", "L", "M")


def test_hidden_rows_and_columns_stay_hidden() -> None:
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, f"{row}-{column}", None, False)
        for row in (1, 2, 3)
        for column in (1, 2, 3)
    }
    sheet = Sheet(
        "Blad", "visible", cells, False, hidden_rows=frozenset({1, 2}), hidden_columns=((1, 2),)
    )
    near = neighbourhood(Submission("x.xlsx", (sheet,)), evolve(at("B2"), sheet="Blad"))
    assert near is not None
    assert texts(near) == {"B2": "2-2", "C2": "2-3", "B3": "3-2", "C3": "3-3"}


# -- how texts are shown -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (CellKind.NUMBER, "2.5", "2,5"),
        (CellKind.BOOLEAN, "1", "WAAR"),
        (CellKind.BOOLEAN, "0", "ONWAAR"),
        (CellKind.ERROR, "#REF!", "#REF!"),
        (CellKind.TEXT, "een\n twee\t", "een twee"),
        (CellKind.TEXT, "om\u202ekeer\x00", "omU+202EkeerU+0000"),
        (CellKind.EMPTY, "", ""),
    ],
)
def test_a_value_as_a_person_sees_it(kind: CellKind, text: str, shown: str) -> None:
    submission, found = with_cells({(6, 8): Cell(6, 8, kind, text, None, False)})
    near = neighbourhood(submission, at("H6", "1.2", "action"), found)
    assert near is not None
    assert texts(near)["H6"] == shown


@pytest.mark.parametrize(("date1904", "day"), [(False, "01-04-2025"), (True, "02-04-2029")])
def test_a_day_in_either_date_system(date1904: bool, day: str) -> None:
    """45748 is 1 April 2025; in a file that counts from 1904 it is 1 462 days later."""
    submission, _ = with_cells({(6, 7): Cell(6, 7, CellKind.NUMBER, "45748", None, False)})
    submission, found = found_in(evolve(submission, date1904=date1904))
    near = neighbourhood(submission, at("G6", "1.2", "done_on"), found)
    assert near is not None
    assert texts(near)["G6"] == day


def test_long_texts_are_cut_the_marked_one_later() -> None:
    long = "woord " * 6000
    change: dict[tuple[int, int], Cell | None] = {
        (6, column): Cell(6, column, CellKind.TEXT, long, None, False) for column in (7, 8)
    }
    submission, found = with_cells(change)
    near = neighbourhood(submission, at("H6", "1.2", "action"), found)
    assert near is not None
    assert LENGTH - 6 <= len(texts(near)["G6"]) <= LENGTH
    assert MARKED_LENGTH - 6 <= len(texts(near)["H6"]) <= MARKED_LENGTH


def test_what_must_not_be_repeated_is_left_out_wherever_it_stands() -> None:
    kept = frozenset({(OVERVIEW, "I6")})
    for cell, field in (("I6", "owner"), ("H6", "action")):
        near = around(at(cell, "1.2", field), withheld=kept)
        (one,) = (c for row in near.rows for c in row.cells if c.withheld)
        assert one == NearCell("I", "", cell == "I6", withheld=True)


# -- together ----------------------------------------------------------------------------


def test_rows_of_several_findings_together() -> None:
    near = together([around(at("C5", "1.1", "status")), around(at("C11", "2.1", "status"))])
    assert near is not None
    assert [row.row for row in near.rows] == [3, 5, 11]
    assert marked(near) == ["C5", "C11"]


def test_a_row_that_two_findings_share_keeps_both_marks() -> None:
    near = together([around(at("A60", "1.5")), around(at("A9", "1.5"))])
    assert near is not None
    assert marked(near) == ["A9", "A60"]


def test_other_columns_do_not_go_together() -> None:
    parts = [around(at("C5", "1.1", "status")), around(at("H6", "1.2", "action"))]
    assert together(parts) is None
    assert together([]) is None
