"""The correction workbook in real programs: it opens, guides, and filled in it is akkoord."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normtemplates.excel.other import read_other
from normtemplates.excel.reader import read_workbook
from normtemplates.layout.marks import WHERE_COLUMN, own_notes
from normtemplates.layout.places import (
    CORRECTION_SHEETS,
    CORRECTIONS,
    OVERVIEW,
    START,
    address,
    coordinates,
)
from normtemplates.model.finding import Severity
from normtemplates.model.submission import Submission
from tests.clients import fills
from tests.clients.gnumeric import Gnumeric
from tests.clients.office import Document, Office
from tests.clients.sdk import Validator
from tests.jobs.returns import (
    Returned,
    correction_bytes,
    findings_on,
    unplaced,
    written,
)

pytestmark = pytest.mark.clients

LAYOUT = fills.voorbeeldstad()
STILL, MENDED = "Nog te doen", "In dit bestand al hersteld"


def corrected(source: Submission, target: Path) -> Path:
    data = correction_bytes(source, LAYOUT)
    assert data is not None
    target.write_bytes(data)
    return target


@pytest.fixture(scope="module")
def correction(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The correction workbook of the return with all kinds of mistakes."""
    folder = tmp_path_factory.mktemp("correction")
    source = read_workbook(fills.RETURNED / "met-fouten.xlsx")
    return corrected(source, folder / "correctie.xlsx")


def to_do(path: Path) -> list[tuple[str, str]]:
    """The cells that Herstellen says are still to do, by sheet and address."""
    sheet = written(path).sheet(CORRECTIONS)
    assert sheet is not None
    rows = sorted({row for row, _ in sheet.cells})
    first = next(r for r in rows if sheet.text(r, WHERE_COLUMN - 1).startswith(STILL))
    last = next(r for r in rows if sheet.text(r, WHERE_COLUMN - 1).startswith(MENDED))
    places = (sheet.text(row, WHERE_COLUMN) for row in range(first + 1, last))
    return [(name, cell) for name, _, cell in (place.partition("!") for place in places)]


def type_what_is_right(document: Document, sheet: str, cell: str) -> None:
    """Do what the note at a cell asks; a status brings the rest of its row along."""
    row, column = coordinates(cell)
    if sheet == START:
        slot = next(s for s in LAYOUT.cover if s.row == row)
        assert document.type(sheet, cell, fills.COVER[slot.field.key])
        return
    number = next(s.requirement.number for s in LAYOUT.rows if s.row == row)
    key = next(c.field.key for c in LAYOUT.columns if c.column == column)
    answers = fills.right_answers(LAYOUT)[number]
    assert document.type(sheet, cell, answers.get(key, ""))  # nothing is right here too
    if key == LAYOUT.status_key:
        for field, text in answers.items():
            document.type(sheet, LAYOUT.address(number, field), text)


def test_filling_in_what_is_marked_makes_it_akkoord(
    correction: Path, office: Office, tmp_path: Path
) -> None:
    cells = to_do(correction)
    assert len(cells) > 5
    target = tmp_path / "hersteld.xlsx"
    with office.open(correction) as document:
        for sheet, cell in cells:
            type_what_is_right(document, sheet, cell)
        document.calculate_all()
        check = LAYOUT.column_by_key["check"].column
        for slot in LAYOUT.rows:
            assert document.value(OVERVIEW, address(slot.row, check)) == "✔ Compleet"
        says = [text for text in document.values()[CORRECTIONS].values() if "zegt nu" in str(text)]
        assert says == ["Start zegt nu: ✔ Alles is ingevuld. U kunt dit overzicht versturen."]
        document.save(target)
    findings = findings_on(read_workbook(target), LAYOUT)
    assert [f for f in findings if f.severity is not Severity.INFO] == []
    # Nor anything about the sheets and notes that are ours.
    assert {f.code for f in findings} <= {"NT503"}


def test_it_opens_on_the_list_and_the_new_sheets_take_nothing(
    correction: Path, office: Office
) -> None:
    with office.open(correction) as document:
        assert document.sheet_names()[0] == CORRECTIONS
        for name in CORRECTION_SHEETS:
            assert document.is_protected(name)
            for cell in ("B1", "C12", "F40"):
                assert not document.type(name, cell, "iets anders")
        for sheet, cell in to_do(correction):
            assert document.type(sheet, cell, "iets")


def test_the_workbook_counts_as_it_was_drawn(correction: Path, office: Office) -> None:
    """No formula says something else once it is worked out."""
    before = written(correction)
    with office.open(correction) as document:
        document.calculate_all()
        values = document.values()
    for sheet in before.sheets:
        for place, cell in sheet.cells.items():
            if cell.formula is not None and cell.text and not re.fullmatch(r"[\d.]+", cell.text):
                assert values[sheet.name].get(place) == cell.text, (sheet.name, place)


def test_notes_stay_and_are_known_as_ours(
    correction: Path, office: Office, gnumeric: Gnumeric, tmp_path: Path
) -> None:
    """Also after another program has saved the file."""
    saved = [
        office.convert(correction, tmp_path / "office.xlsx"),
        gnumeric.convert(correction, tmp_path / "gnumeric.xlsx"),
    ]
    for path in (correction, *saved):
        submission = read_workbook(path)
        notes = {(sheet.name, *place) for sheet in submission.sheets for place in sheet.comments}
        assert len(notes) > 15
        assert notes <= own_notes(submission)


def test_a_correction_of_what_another_program_saved_says_the_same(
    correction: Path, office: Office, gnumeric: Gnumeric, tmp_path: Path
) -> None:
    """Nothing of ours is taken for something that was typed, and nothing listed gets lost."""
    expected = unplaced(written(correction))
    assert expected
    for path in (
        office.convert(correction, tmp_path / "office.xlsx"),
        gnumeric.convert(correction, tmp_path / "gnumeric.xlsx"),
    ):
        again = corrected(read_workbook(path), tmp_path / "again.xlsx")
        assert unplaced(written(again)) == expected, path.name


def test_an_ods_that_came_back_gives_a_workbook(office: Office, tmp_path: Path) -> None:
    """Formulas, locks and protection are not read from it; still nothing of ours is listed."""
    issued = tmp_path / "goed.xlsx"
    issued.write_bytes(fills.blank(LAYOUT))
    with office.open(issued) as document:
        fills.type_right(document, LAYOUT)
        document.type(OVERVIEW, LAYOUT.address("1.1", "status"), "Misschien")
        document.calculate_all()
        document.save(tmp_path / "goed.ods")
    again = corrected(read_other(tmp_path / "goed.ods"), tmp_path / "again.xlsx")
    assert unplaced(written(again)) == []
    found = findings_on(written(again), LAYOUT)
    assert {f.code for f in found if f.severity is Severity.FOUT} == {"NT401"}


def test_the_sdk_finds_nothing(correction: Path, sdk: Validator, tmp_path: Path) -> None:
    """Nor in one with all that XML cannot hold, and texts as long as they come."""
    book = Returned(LAYOUT).answer("1.1", "status", "Misschien")
    for row, text in enumerate(
        ("\x01_x000D_<b>&\ufffe", "x" * 70_000, "=1+1", "\N{GRINNING FACE}")
    ):
        book.put(OVERVIEW, LAYOUT.last_row + 3 + row, 5, text)
        book.answer(f"1.{row + 2}", "action", text)
        book.answer(f"1.{row + 2}", "due_on", text[:100])
    hostile = corrected(book.submission(), tmp_path / "hostile.xlsx")
    assert sdk.complaints_by_file([correction, hostile]) == {correction: [], hostile: []}
