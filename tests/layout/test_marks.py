"""Marks: a note and a line on the cell that a finding is about, and nothing else touched."""

from __future__ import annotations

import io

import openpyxl
import pytest
from attrs import evolve

from normtemplates.excel.writer import write_workbook
from normtemplates.layout.chains import needed_formula
from normtemplates.layout.lint import lint
from normtemplates.layout.look import NEEDED, WARN
from normtemplates.layout.marks import WHERE_COLUMN, Mark, marked, own_notes
from normtemplates.layout.places import CORRECTIONS, OVERVIEW, START, address
from normtemplates.layout.plan import AccentPlan, SheetPlan, WorkbookPlan
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers
from normtemplates.model.finding import Severity
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Submission
from tests.layout.samples import example_answers, example_layout, texts

FOUT, WARNING, INFO = Severity.FOUT, Severity.WAARSCHUWING, Severity.INFO
LAYOUT = example_layout()


def plan(answers: Answers | None = None) -> WorkbookPlan:
    return workbook_plan(LAYOUT, example_answers() if answers is None else answers, texts())


def mark(number: str, field: str, text: str = "Kijk hier.", severity: Severity = FOUT) -> Mark:
    slot, column = LAYOUT.row_by_number[number], LAYOUT.column_by_key[field]
    return Mark(OVERVIEW, slot.row, column.column, text, severity)


def sheet_in(book: WorkbookPlan, name: str) -> SheetPlan:
    return next(sheet for sheet in book.sheets if sheet.name == name)


def outlines(book: WorkbookPlan) -> dict[tuple[str, int, int], tuple[int, str]]:
    return {
        (sheet.name, item.row, item.column): item.style.outline
        for sheet in book.sheets
        for item in sheet.items
        if item.style.outline
    }


def test_a_mark_is_a_note_and_a_thick_line() -> None:
    one = mark("1.2", "action", "Actie is nog leeg.")
    book = marked(plan(), [one])
    assert sheet_in(book, OVERVIEW).notes == [(one.row, one.column, "Actie is nog leeg.")]
    assert outlines(book) == {(OVERVIEW, one.row, one.column): (5, WARN)}
    assert lint(book) == []


def test_several_on_one_cell_share_a_note_and_the_worst_comes_first() -> None:
    marks = [
        mark("1.2", "action", "Goed om te weten.", INFO),
        mark("1.2", "action", "Let op.", WARNING),
        mark("1.2", "action", "Fout.", FOUT),
        mark("1.2", "action", "Fout.", FOUT),
    ]
    ((_, _, text),) = sheet_in(marked(plan(), marks), OVERVIEW).notes
    assert text == "Fout.\n\nLet op.\n\nGoed om te weten."


@pytest.mark.parametrize(("severity", "line"), [(FOUT, True), (WARNING, True), (INFO, False)])
def test_information_alone_draws_no_line(severity: Severity, line: bool) -> None:
    book = marked(plan(), [mark("1.2", "action", severity=severity)])
    assert bool(outlines(book)) is line
    assert len(sheet_in(book, OVERVIEW).notes) == 1


def test_all_else_stays_as_it_was() -> None:
    """Also in other workbooks, which share what is the same in all of them."""
    before = plan()
    one, other = mark("1.2", "action"), Mark(START, 15, 4, "Vul in.", FOUT)
    book = marked(before, [one, other])
    assert outlines(before) == {}
    assert all(not sheet.notes for sheet in before.sheets)
    places = {(mark.sheet, mark.row, mark.column) for mark in (one, other)}
    for old, new in zip(before.sheets, book.sheets, strict=True):
        for was, now in zip(old.items, new.items, strict=True):
            if (old.name, was.row, was.column) not in places:
                assert was == now
            assert now._replace(style=evolve(now.style, outline=None)) == was
        assert new.validations == old.validations
    again = plan()
    for old, new in zip(before.sheets, again.sheets, strict=True):
        assert old.accents == new.accents


@pytest.mark.parametrize("number", ["1.1", "1.5", "2.1", "5.9", "6.2"])
def test_a_cell_that_is_needed_stays_yellow_inside_the_line(number: str) -> None:
    """Its own conditional format, without a line, comes before the one with the thin line."""
    one = mark(number, "action")
    sheet = sheet_in(marked(plan(), [one]), OVERVIEW)
    first = sheet.accents[0]
    slot = LAYOUT.row_by_number[number]
    own = tuple(c for c in slot.conditions if c.field == "action")
    assert first.formula == needed_formula(own, LAYOUT.cells_of(slot.row))
    assert first.area == Area(one.row, one.column, one.row, one.column)
    assert (first.accent.fill, first.accent.outline, first.stop) == (NEEDED, None, True)
    rest = sheet_in(plan(), OVERVIEW).accents
    assert sheet.accents[1:] == rest


def test_a_cell_without_such_a_format_gets_none() -> None:
    book = marked(plan(), [mark("1.1", "text")])
    assert sheet_in(book, OVERVIEW).accents == sheet_in(plan(), OVERVIEW).accents


def test_a_literal_that_looks_like_a_reference_is_a_fault_of_ours_that_the_lint_sees() -> None:
    """The formula of a run of rows is moved to one of them; what it compares with stays."""
    sheet = SheetPlan("Blad")
    book = plan()
    for row in (5, 6):
        sheet.put(row, 2, None, sheet_in(book, OVERVIEW).items[0].style)
    accent = next(a for a in sheet_in(book, OVERVIEW).accents if a.accent.outline)
    formula = 'AND(EXACT($C5,"55"),LEN($B5)=0,LEN($B55)=0)'
    sheet.accents.append(AccentPlan(Area(5, 2, 6, 2), formula, accent.accent))
    one = evolve(book, sheets=[sheet])
    first = sheet_in(marked(one, [Mark("Blad", 6, 2, "Kijk.", FOUT)]), "Blad").accents[0]
    assert first.formula == 'AND(EXACT($C6,"55"),LEN($B6)=0,LEN($B55)=0)'


def test_excel_would_show_it() -> None:
    """By the reading of openpyxl: the note without an author, the line on all four sides."""
    one = mark("1.2", "action", "Actie is nog leeg.\nKijk <b>hier</b> & daar.")
    data = write_workbook(marked(plan(), [one]))
    sheet = openpyxl.load_workbook(io.BytesIO(data))[OVERVIEW]
    cell = sheet[address(one.row, one.column)]
    assert cell.comment is not None
    assert cell.comment.text == one.text
    assert cell.comment.author in ("", "None")  # as openpyxl reads an empty one
    for side in ("left", "right", "top", "bottom"):
        line = getattr(cell.border, side)
        assert (line.style, line.color.rgb) == ("thick", f"FF{WARN[1:]}")
    assert sheet.protection.sheet
    assert not cell.protection.locked


# -- which notes are ours ----------------------------------------------------------------


def corrections(*texts_there: str) -> Submission:
    cells = {
        (row, WHERE_COLUMN): Cell(row, WHERE_COLUMN, CellKind.TEXT, text, None, True)
        for row, text in enumerate(texts_there, start=1)
    }
    return Submission("x.xlsx", sheets=(Sheet(CORRECTIONS, "visible", cells, True),))


def test_our_notes_are_known_by_the_list_of_findings() -> None:
    book = corrections("Waar", "Overzicht!H14", "Start!D16", "Hele bestand", "Overzicht")
    assert own_notes(book) == {(OVERVIEW, 14, 8), (START, 16, 4)}


@pytest.mark.parametrize(
    "text", ["!", "Overzicht!", "Overzicht!14", "a!b!C", "!A1", "x!A1B2", "𝟙!A𝟙"]
)
def test_any_text_in_the_list_does_no_harm(text: str) -> None:
    assert own_notes(corrections(text)) <= {("x", 1, 1)}


def test_without_the_list_no_note_is_ours() -> None:
    assert own_notes(Submission("x.xlsx")) == frozenset()
