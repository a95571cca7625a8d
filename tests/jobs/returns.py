"""Workbooks of Voorbeeldstad that came back, as the reader gives them, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from attrs import evolve

from normtemplates.excel.reader import read_bytes
from normtemplates.jobs.correct import correction_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import (
    CORRECTIONS,
    IMPROVED,
    OVERVIEW,
    START,
    UNPLACED,
)
from normtemplates.layout.recognise import Found, recognise
from normtemplates.layout.tables import FIRST_COLUMN
from normtemplates.layout.typed import Leftover
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import EMPTY, Answers, Value
from normtemplates.model.finding import Finding
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from normtemplates.rules import Context, run
from normtemplates.rules.example_sheets import Typed, sheet_of, value_of
from tests.layout.samples import example_layout, texts
from tests.rules.books import filled

TEXT_PLACE = 2  # of the text, among the columns of the list of what has no place


class Returned:
    """A workbook as we issue it with ``answers``, to be spoiled; every method gives it back."""

    def __init__(self, layout: Layout | None = None, answers: Answers | None = None) -> None:
        self.layout = layout or example_layout()
        answers = filled(self.layout) if answers is None else answers
        plan = workbook_plan(self.layout, answers, texts())
        self.sheets = {sheet.name: sheet_of(sheet) for sheet in plan.sheets}
        self.names, self.properties = plan.names, plan.properties
        self.date1904 = False

    # -- what is done to it ---------------------------------------------------------------

    def put(
        self, sheet: str, row: int, column: int, typed: Typed, formula: str | None = None
    ) -> Self:
        """Put something in any cell."""
        value = value_of(typed)
        return self.cell(sheet, Cell(row, column, value.kind, value.text, formula, False))

    def cell(self, sheet: str, cell: Cell) -> Self:
        """Put a cell; a locked one only takes something when the protection is gone."""
        old = self.sheets[sheet]
        locked = old.cell(cell.row, cell.column).locked
        cells = {**old.cells, (cell.row, cell.column): cell._replace(locked=locked)}
        return self.change(sheet, cells=cells, protected=old.protected and not locked)

    def answer(self, number: str, field: str, typed: Typed, formula: str | None = None) -> Self:
        """Put something in the cell for an answer."""
        column = self.layout.column_by_key[field].column
        return self.put(OVERVIEW, self.layout.row_by_number[number].row, column, typed, formula)

    def error(self, number: str, field: str, code: str = "#REF!") -> Self:
        column = self.layout.column_by_key[field].column
        row = self.layout.row_by_number[number].row
        return self.cell(OVERVIEW, Cell(row, column, CellKind.ERROR, code, None, False))

    def cover(self, field: str, typed: Typed) -> Self:
        slot = self.layout.cover_by_key[field]
        return self.put(START, slot.row, slot.column, typed)

    def change(self, sheet: str, **parts: object) -> Self:
        self.sheets[sheet] = evolve(self.sheets[sheet], **parts)  # type: ignore[arg-type]
        return self

    def add(self, sheet: Sheet) -> Self:
        self.sheets[sheet.name] = sheet
        return self

    def move(self, sheet: str, to: Callable[[int, int], tuple[int, int] | None]) -> Self:
        """Move every cell; ``None`` takes it away."""
        cells = {}
        for (row, column), cell in self.sheets[sheet].cells.items():
            if place := to(row, column):
                cells[place] = cell._replace(row=place[0], column=place[1])
        return self.change(sheet, cells=cells)

    def values_only(self) -> Self:
        """Keep the values of all formulas, as some programs do."""
        for name, sheet in self.sheets.items():
            cells = {place: cell._replace(formula=None) for place, cell in sheet.cells.items()}
            self.change(name, cells=cells, protected=False)
        return self

    # -- what comes out -------------------------------------------------------------------

    def submission(self) -> Submission:
        return Submission(
            name="overzicht.xlsx",
            sheets=tuple(self.sheets.values()),
            names=dict(self.names),
            properties=dict(self.properties),
            date1904=self.date1904,
        )

    def correction(self) -> Submission:
        """The correction workbook, read back."""
        return correction_of(self.submission(), self.layout)


def found_in(submission: Submission, layout: Layout) -> Found | None:
    return recognise(submission, (layout.round,), layout.round).found


def findings_on(submission: Submission, layout: Layout) -> tuple[Finding, ...]:
    recognised = recognise(submission, (layout.round,), layout.round)
    return run(submission, Context(recognised, (layout.round,)))


def correction_bytes(submission: Submission, layout: Layout) -> bytes | None:
    """The correction workbook as the check would make it."""
    found = found_in(submission, layout)
    assert found is not None
    findings = findings_on(submission, layout)
    return correction_workbook(submission, found, findings, texts())


def correction_of(submission: Submission, layout: Layout) -> Submission:
    data = correction_bytes(submission, layout)
    assert data is not None
    read = read_bytes("correctie.xlsx", data)
    assert not read.troubles
    return read


def unplaced(correction: Submission) -> list[Leftover]:
    """What the correction workbook lists as without a place, as a person reads it."""
    return _table(correction.sheet(UNPLACED))


def _table(sheet: Sheet | None) -> list[Leftover]:
    if sheet is None:
        return []
    rows = sorted({row for row, _ in sheet.cells})
    table = [[sheet.text(row, FIRST_COLUMN + place) for place in range(4)] for row in rows]
    header = next(place for place, row in enumerate(table) if row[0] == "Blad")
    return [Leftover(*row) for row in table[header + 1 :]]


def placed(correction: Submission, layout: Layout) -> list[str]:
    """Every text in a cell for an answer."""
    found = found_in(correction, layout)
    assert found is not None
    answers = found.answers
    values = [value for row in answers.rows.values() for value in row.values()]
    return [value.text for value in (*values, *answers.cover.values())]


def written(path: Path) -> Submission:
    return read_bytes(path.name, path.read_bytes())


# -- Voorbeeldstad ---------------------------------------------------------------------------

LAYOUT = example_layout()
#: A row under the table.
BELOW = LAYOUT.last_row + 2


def spoiled() -> Returned:
    """With one fout, so that there is something to correct."""
    return Returned().answer("1.1", "status", "Misschien")


def at(number: str, field: str) -> tuple[int, int]:
    return LAYOUT.row_by_number[number].row, LAYOUT.column_by_key[field].column


def value_in(correction: Submission, number: str, field: str) -> Value:
    found = found_in(correction, LAYOUT)
    assert found is not None
    return found.answers.row(number).get(field, EMPTY)


def rows_of(correction: Submission, name: str) -> list[list[str]]:
    """What a person reads on one of the sheets that are new, row by row."""
    sheet = correction.sheet(name)
    if sheet is None:
        return []
    rows = sorted({row for row, _ in sheet.cells})
    return [[sheet.text(row, column) for column in range(2, 8)] for row in rows]


def improvements(correction: Submission) -> list[list[str]]:
    rows = rows_of(correction, IMPROVED)
    header = next((n for n, row in enumerate(rows) if row[0] == "Vak"), 0)
    return rows[header + 1 :]


def listed(correction: Submission) -> list[list[str]]:
    """The lines of Herstellen that stand for a finding."""
    return [row for row in rows_of(correction, CORRECTIONS) if row[5].startswith("NT")]


def twice(book: Returned) -> Returned:
    """The row of 1.2 once more, with another action."""
    row = LAYOUT.row_by_number["1.2"].row
    for (at_row, _), cell in list(book.sheets[OVERVIEW].cells.items()):
        if at_row == row:
            book.cell(OVERVIEW, cell._replace(row=BELOW))
    return book.put(OVERVIEW, BELOW, LAYOUT.column_by_key["action"].column, "Iets anders doen")
