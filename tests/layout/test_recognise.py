"""Recognition: whatever was moved, sorted or lost, the answers are found where they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from attrs import evolve

from normtemplates.definitions import Definitions
from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.places import META, OVERVIEW, START
from normtemplates.layout.recognise import Found, recognise
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.round import Round
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission

Change = Callable[[Cell], Cell | None]


@cache
def round_() -> Round:
    return Definitions().round("nulmeting-2025")


@cache
def layout() -> Layout:
    return layout_of(round_().norm, round_(), round_().organisations[3])


@cache
def issued() -> Submission:
    """A workbook in which each answer names its own requirement, as written and read back."""
    rows = {
        slot.requirement.number: {
            layout().status_key: text_value("Uitgevoerd"),
            "evidence": text_value(f"bewijs bij {slot.requirement.number}"),
        }
        for slot in layout().rows
    }
    answers = Answers(rows=rows, cover={"team": text_value("Team Veiligheid")})
    return read_bytes(
        "x.xlsx", write_workbook(workbook_plan(layout(), answers, Definitions().texts))
    )


def changed(sheet_name: str, change: Change, of: Submission | None = None) -> Submission:
    """The submission with every cell of a sheet changed or (``None``) taken away."""
    of = of or issued()
    sheets = []
    for sheet in of.sheets:
        if sheet.name == sheet_name:
            cells = [new for cell in sheet.cells.values() if (new := change(cell))]
            sheet = evolve(sheet, cells={(c.row, c.column): c for c in cells})
        sheets.append(sheet)
    return evolve(of, sheets=tuple(sheets))


def unstamped(of: Submission) -> Submission:
    """The submission as a copy into a new book leaves it: no stamp anywhere."""
    start_less = changed(
        START, lambda c: c._replace(text="") if c.text.startswith("Kenmerk") else c, of
    )
    kept = tuple(s for s in start_less.sheets if s.name != META)
    return evolve(start_less, sheets=kept, names={}, properties={})


def found_in(submission: Submission) -> Found:
    recognised = recognise(submission, [round_()])
    assert recognised.found, recognised.problem
    return recognised.found


def assert_all_answers(found: Found) -> None:
    assert set(found.answers.rows) == {s.requirement.number for s in layout().rows}
    for number, values in found.answers.rows.items():
        assert values["evidence"].text == f"bewijs bij {number}"


def test_an_issued_workbook_is_recognised_by_its_stamps() -> None:
    found = found_in(issued())
    assert set(found.stamps) == {"_meta", "name", "properties", "start"}
    assert len(set(found.stamps.values())) == 1
    assert found.organisation == layout().organisation
    assert found.same_layout is True
    assert found.answers.cover["team"].text == "Team Veiligheid"
    assert_all_answers(found)


@pytest.mark.parametrize("kept", ["_meta", "name", "properties", "start"])
def test_one_stamp_is_enough(kept: str) -> None:
    bare = unstamped(issued())
    whole = issued()
    if kept == "_meta":
        bare = evolve(bare, sheets=whole.sheets)
    elif kept == "name":
        bare = evolve(bare, names=whole.names)
    elif kept == "properties":
        bare = evolve(bare, properties=whole.properties)
    else:
        bare = evolve(bare, sheets=tuple(s for s in whole.sheets if s.name != META))
    found = found_in(bare)
    assert kept in found.stamps
    assert found.organisation == layout().organisation


def test_without_any_stamp_the_content_says_what_it_is() -> None:
    found = found_in(unstamped(issued()))
    assert not found.stamps
    assert found.organisation == layout().organisation
    assert found.same_layout is None
    assert_all_answers(found)


def test_a_lonely_forged_stamp_does_not_win() -> None:
    name = issued().names["nt_stempel"]
    forged = name.replace(layout().organisation.code, round_().organisations[0].code)
    assert forged != name
    found = found_in(evolve(issued(), names={**issued().names, "nt_stempel": forged}))
    assert found.organisation == layout().organisation


def test_sorted_rows() -> None:
    last = layout().last_row
    found = found_in(
        changed(OVERVIEW, lambda c: c if c.row < 4 else c._replace(row=last + 4 - c.row))
    )
    assert_all_answers(found)
    assert found.rows.by_number["6.2"] == 4


def test_inserted_lines_keep_their_physical_coordinates() -> None:
    found = found_in(changed(OVERVIEW, lambda c: c if c.row < 20 else c._replace(row=c.row + 3)))
    assert_all_answers(found)
    slot = layout().row_by_number["6.2"]
    assert found.rows.by_number["6.2"] == slot.row + 3


def test_moved_columns() -> None:
    swap = {5: 6, 6: 5, 3: 8, 8: 3}
    found = found_in(changed(OVERVIEW, lambda c: c._replace(column=swap.get(c.column, c.column))))
    assert_all_answers(found)
    assert found.columns["evidence"] == 5
    assert not found.changed_headers


def test_a_changed_header_keeps_its_column() -> None:
    def change(cell: Cell) -> Cell:
        if (cell.row, cell.column) == (layout().header_row, 6):
            return cell._replace(text="Bijlage")
        return cell

    found = found_in(changed(OVERVIEW, change))
    assert_all_answers(found)
    assert found.changed_headers == {"evidence": (6, "Bijlage")}


def number_to(old: str, new: str) -> Change:
    row = layout().row_by_number[old].row
    return lambda c: c._replace(text=new) if (c.row, c.column) == (row, 1) else c


def test_a_renumbered_row_is_known_by_its_sentence() -> None:
    found = found_in(changed(OVERVIEW, number_to("2.3", "2.99")))
    assert_all_answers(found)
    assert found.rows.renumbered == {"2.3": "2.99"}


def test_a_number_that_another_row_has_is_still_known_by_its_sentence() -> None:
    found = found_in(changed(OVERVIEW, number_to("2.3", "2.4")))
    assert_all_answers(found)
    assert found.rows.renumbered == {"2.3": "2.4"}
    assert not found.rows.again


def test_a_number_that_became_a_number_is_no_change() -> None:
    row = layout().row_by_number["2.10"].row

    def change(cell: Cell) -> Cell:
        if (cell.row, cell.column) == (row, 1):
            return cell._replace(kind=CellKind.NUMBER, text="2.1")
        return cell

    found = found_in(changed(OVERVIEW, change))
    assert_all_answers(found)
    assert not found.rows.renumbered
    assert not found.rows.again


def test_a_reworded_row_is_known_by_its_number() -> None:
    row = layout().row_by_number["4.2"].row
    found = found_in(
        changed(
            OVERVIEW,
            lambda c: c._replace(text="Wij doen iets") if (c.row, c.column) == (row, 2) else c,
        )
    )
    assert_all_answers(found)
    assert found.rows.reworded == {"4.2": "Wij doen iets"}


def test_a_removed_row_lacks_and_a_copied_row_is_seen() -> None:
    gone, copied = (layout().row_by_number[n].row for n in ("3.1", "3.2"))
    lacking = found_in(changed(OVERVIEW, lambda c: None if c.row == gone else c))
    assert "3.1" not in lacking.rows.by_number

    def copy(submission: Submission) -> Submission:
        sheet = submission.sheet(OVERVIEW)
        assert isinstance(sheet, Sheet)
        extra = {
            (80, c.column): c._replace(row=80) for c in sheet.cells.values() if c.row == copied
        }
        whole = evolve(sheet, cells={**sheet.cells, **extra})
        others = [whole if s.name == OVERVIEW else s for s in submission.sheets]
        return evolve(submission, sheets=tuple(others))

    twice = found_in(copy(issued()))
    assert twice.rows.again == {"3.2": (80,)}
    assert twice.rows.by_number["3.2"] == copied


def test_bands_are_no_strange_rows() -> None:
    assert found_in(issued()).rows.strange == ()


def test_dates_of_a_1904_workbook_are_moved() -> None:
    def change(cell: Cell) -> Cell:
        if (cell.row, cell.column) == (layout().rows[0].row, 7):
            return Cell(cell.row, cell.column, CellKind.NUMBER, "44286", None, False)
        return cell

    submission = changed(OVERVIEW, change)
    plain = found_in(submission).answers.row("1.1")["done_on"]
    moved = found_in(evolve(submission, date1904=True)).answers.row("1.1")["done_on"]
    assert plain == Value(CellKind.NUMBER, "44286")
    assert moved.number == 44286 + 1462


def test_another_workbook_is_not_an_overview() -> None:
    sheet = evolve(issued().sheets[0], name="Blad1", cells={})
    other = Submission("begroting.xlsx", sheets=(sheet,))
    assert recognise(other, [round_()]).problem == "not-an-overview"


def test_another_round_is_named() -> None:
    other = evolve(round_(), name="meting-2030")
    recognised = recognise(issued(), [round_()], wanted=other)
    assert recognised.found is None
    assert recognised.problem == "other-round"
    assert recognised.stamp is not None
    assert recognised.stamp.round == "nulmeting-2025"
