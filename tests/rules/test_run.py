"""All at once, nothing that is no mistake, and nothing that a hostile file can do with it."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from normtemplates.layout import Layout
from normtemplates.layout.conditions import Required, Row
from normtemplates.layout.places import OVERVIEW, START
from normtemplates.model.answers import text_value
from normtemplates.model.finding import ReportStatus, Severity, status_of
from normtemplates.model.submission import Area, CellKind, Validation
from normtemplates.rules import run
from normtemplates.rules.examples import Book
from tests.rules.books import filled, findings, issued, judged, layouts

TWELVE = {
    "NT204": lambda book: book.name_on_start("gemeente Anderstad"),
    "NT207": lambda book: book.set("1.3", "text", "Wij leren niemand de gedragscode"),
    "NT211": lambda book: book.header("priority", "Haast"),
    "NT213": lambda book: book.unprotect(OVERVIEW),
    "NT218": lambda book: book.add("Aantekeningen"),
    "NT220": lambda book: book.beside("2.1.a", "los"),
    "NT302": lambda book: book.set("1.2", "done_on", None),
    "NT303": lambda book: book.set("2.1", "explanation", "volgt"),
    "NT304": lambda book: book.cover("team", None),
    "NT401": lambda book: book.set("1.1", "status", "Ja"),
    "NT402": lambda book: book.set("2.1", "due_on", "eind 2031"),
    "NT407": lambda book: book.formula("1.3", "action", "A1", "iets"),
}


def test_twelve_mistakes_in_one_file_are_twelve_findings() -> None:
    found = findings(*TWELVE.values())
    assert sorted(finding.code for finding in found) == sorted(TWELVE)


@pytest.mark.parametrize("code", TWELVE)
def test_one_mistake_is_one_finding(code: str) -> None:
    assert [finding.code for finding in findings(TWELVE[code])] == [code]


@pytest.mark.parametrize("layout", layouts(), ids=lambda one: one.organisation.kind.code)
def test_a_workbook_that_is_filled_in_has_no_findings(layout: Layout) -> None:
    """Each kind of organisation in each round, as we issue it."""
    assert judged(issued(layout, filled(layout)), layout.round) == ()


@pytest.mark.parametrize("layout", layouts(), ids=lambda one: one.organisation.kind.code)
def test_a_blank_workbook_is_only_empty(layout: Layout) -> None:
    """One finding for each status that is still to be chosen, one for each cover field."""
    presets = layout.presets()
    found = judged(issued(layout, presets), layout.round)
    empty = [slot for slot in layout.rows if slot.requirement.number not in presets.rows]
    required = [one for one in layout.norm.cover if one.required]
    codes = [finding.code for finding in found]
    wanted = ["NT306" if slot.part else "NT301" for slot in empty]
    assert codes == ["NT304"] * len(required) + wanted


def test_no_finding_without_a_workbook_to_look_at() -> None:
    """A refused file has the reason why, and nothing about rows that nobody has read."""
    for change in (
        lambda book: book.trouble("pdf", "Dit is een pdf."),
        lambda book: book.empty_workbook(),
        lambda book: book.ask_next_round(),
    ):
        (found,) = findings(change)
        assert status_of((found,)) is ReportStatus.GEWEIGERD


def test_values_of_another_reader_are_judged_without_their_structure() -> None:
    """An .ods comes without protection, validations, formulas and names."""
    book = Book()
    book.trouble("ods", "Dit is een OpenDocument-werkblad (ods).", fatal=False)
    book.set("1.1", "status", None)
    book.names, book.properties = {}, {}
    for name, sheet in book.sheets.items():
        cells = {
            spot: cell._replace(formula=None, locked=True) for spot, cell in sheet.cells.items()
        }
        book.sheets[name] = evolve(
            sheet, cells=cells, protected=False, validations=(), hidden_columns=()
        )
    submission = book.submission()
    found = run(submission, book.context(submission))
    assert [(one.code, one.severity) for one in found] == [
        ("NT102", Severity.WAARSCHUWING),
        ("NT301", Severity.FOUT),
    ]


# -- what programs do on saving is no tampering ------------------------------------------


def test_stale_or_missing_outcomes_of_our_formulas_are_nothing() -> None:
    book = Book()
    for name, sheet in book.sheets.items():
        cells = {
            spot: cell._replace(kind=CellKind.EMPTY, text="") if cell.formula else cell
            for spot, cell in sheet.cells.items()
        }
        book.sheets[name] = evolve(sheet, cells=cells)
    submission = book.submission()
    assert run(submission, book.context(submission)) == ()


def test_the_lock_on_the_structure_is_nothing() -> None:
    book = Book()
    submission = evolve(book.submission(), structure_locked=False)
    assert run(submission, book.context(submission)) == ()


@pytest.mark.parametrize("way", ["one for a whole column", "as a formula", "down to the end"])
def test_a_validation_counts_for_what_it_does(way: str) -> None:
    book = Book()
    sheet = book.sheets[OVERVIEW]
    wide: list[Validation] = []
    for one in sheet.validations:
        rows = [row for area in one.areas for row in (area.first_row, area.last_row)]
        # Norms and sub-items have lists of their own: that of Status ends at the last norm.
        ends = way == "down to the end" and one.kind != "list"
        last = 1_048_576 if ends else max(rows)
        column = one.areas[0].first_column
        area = Area(min(rows), column, last, column)
        kind = "custom" if way == "as a formula" else one.kind
        wide.append(evolve(one, kind=kind, areas=(area,)))
    book.sheets[OVERVIEW] = evolve(sheet, validations=tuple(wide))
    submission = book.submission()
    assert run(submission, book.context(submission)) == ()


def test_a_paste_takes_one_validation_away() -> None:
    book = Book()
    slot, column = book.layout.row_by_number["2.1"], book.layout.column_by_key["action"].column
    split = book.split_validations(OVERVIEW).sheets[OVERVIEW]
    kept = tuple(
        one
        for one in split.validations
        if not any(area.holds(slot.row, column) for area in one.areas)
    )
    book.sheets[OVERVIEW] = evolve(split, validations=kept)
    submission = book.submission()
    (found,) = run(submission, book.context(submission))
    # Six norms of which one is fixed, and a sub-item that has Status and Toelichting only.
    cells = 5 * len(book.layout.answer_columns) + 2
    assert found.message.startswith(
        f"1 van de {cells} vakken op dit blad (Actie) houdt geen fouten"
    )


def test_one_finding_for_each_merge_and_one_for_a_cell() -> None:
    """On the first answer in it, also when the area begins outside the answers."""
    book = Book()
    row, last = book.layout.row_by_number["1.1"].row, book.layout.row_by_number["1.3"].row
    column = book.layout.column_by_key["check"].column
    merges = (
        Area(row, column, last, column + 1),
        Area(row, column, last, column + 2),  # hostile: it overlaps the first
        Area(1, 1, 1, 5),  # our own title, say
        Area(last + 100, 1, last + 200, 50),
    )
    book.sheets[OVERVIEW] = evolve(book.sheets[OVERVIEW], merges=merges)
    submission = book.submission()
    (found,) = run(submission, book.context(submission))
    place = Book().place("1.1/explanation")
    assert (found.code, found.sheet, found.cell) == ("NT216", *place)


def test_a_validation_of_another_kind_does_not_count() -> None:
    book = Book()
    sheet = book.sheets[START]
    texts = tuple(evolve(one, kind="textLength") for one in sheet.validations)
    book.sheets[START] = evolve(sheet, validations=texts)
    submission = book.submission()
    (found,) = run(submission, book.context(submission))
    assert (found.code, found.sheet) == ("NT214", START)
    assert "2 van de 3" in found.message


# -- rows and columns that went elsewhere ------------------------------------------------


def test_a_message_stands_at_the_cell_that_was_read() -> None:
    book = Book().set("1.1", "status", "Ja").sort_rows()
    last = book.layout.rows[-1].row
    submission = book.submission()
    found = [f for f in run(submission, book.context(submission)) if f.code == "NT401"]
    assert [(f.cell, f.requirement, f.field) for f in found] == [(f"C{last}", "1.1", "status")]


def test_one_finding_for_a_column_that_is_gone_and_none_for_its_rows() -> None:
    found = [f for f in findings(lambda book: book.remove_column("explanation")) if f.field]
    assert [(f.code, f.field) for f in found] == [("NT211", "explanation")]


def test_a_row_that_is_gone_is_told_where_it_belongs() -> None:
    """Start first, then norm by norm, whether there is a cell or not."""
    found = findings(
        lambda book: book.set("1.4", "status", "Ja"),
        lambda book: book.remove_row("1.3"),
        lambda book: book.set("1.1", "status", "Ja"),
        lambda book: book.cover("team", None),
    )
    told = [(one.code, one.requirement) for one in found if one.code in ("NT304", "NT401", "NT208")]
    assert told == [("NT304", None), ("NT401", "1.1"), ("NT208", "1.3"), ("NT401", "1.4")]


def test_one_finding_for_a_sheet_that_is_gone_and_none_for_its_cells() -> None:
    (found,) = findings(lambda book: book.remove(START))
    assert (found.code, found.severity) == ("NT206", Severity.FOUT)


def test_a_row_that_is_fixed_is_not_judged_by_what_was_typed() -> None:
    (found,) = findings(lambda book: book.answer("2.2", "Ontbreekt"))
    assert found.code == "NT221"


def test_many_strange_rows_are_a_few_findings() -> None:
    book = Book()
    row = book.layout.last_row
    sheet = book.sheets[OVERVIEW]
    template = sheet.cell(row, 1)
    extra = {
        (row + place, 1): template._replace(row=row + place, text=f"x{place}")
        for place in range(1, 41)
    }
    book.sheets[OVERVIEW] = evolve(sheet, cells={**sheet.cells, **extra})
    submission = book.submission()
    found = run(submission, book.context(submission))
    assert [one.code for one in found] == ["NT212"] * 6
    assert found[0].cell is None
    assert found[0].message.startswith("Nog 35 regels")


# -- text from the file ------------------------------------------------------------------


def test_what_was_typed_is_shown_short_and_with_nothing_hidden() -> None:
    typed = "Ja\u202e\u0007\n" + "x" * 5000
    found = findings(
        lambda book: book.set("1.1", "status", typed),
        lambda book: book.set("2.1", "due_on", typed),
        lambda book: book.below("\u2066niet", typed),
        lambda book: book.set("1.3", "text", typed),
        lambda book: book.header("evidence", typed),
        lambda book: book.name_on_start(f"gemeente {typed}"),
    )
    assert {one.code for one in found} >= {"NT401", "NT402", "NT212", "NT207", "NT211", "NT204"}
    for one in found:
        assert one.message.isprintable()
        assert len(one.message) < 500
    assert any("U+202E" in one.message for one in found)


def test_personal_data_and_paths_are_not_repeated() -> None:
    secret = {"111222333": "NT502", "NL91ABNA0417164300": "NT502", "06-12345678": "NT502"}
    secret |= {"jan@hotmail.com": "NT502", "\\\\server\\map": "NT506"}
    for text, code in secret.items():
        book = Book().set("1.1", "evidence", f"Zie {text}")
        submission = book.submission()
        (found,) = run(submission, book.context(submission))
        assert found.code == code
        assert text not in found.message


@pytest.mark.parametrize(
    "text",
    [
        "zaak 123456789",  # nine digits that fail the test of eleven
        "Z-111222333",
        "2030/111222333",
        "tel. 14 023",
        "NL91 ABNA 0417 1643 01",
        "www.voorbeeldstad.nl:8080/x",
        "om 10:30 uur",
        "en/of: zie besluit",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert findings(lambda book: book.set("1.1", "evidence", f"Besluit {text}")) == ()


# -- dates -------------------------------------------------------------------------------


def test_a_workbook_that_counts_from_1904() -> None:
    """The same days, written as other numbers."""
    book = Book()
    for name, sheet in book.sheets.items():
        cells = {
            spot: cell._replace(text=str(float(cell.text) - 1462))
            if cell.kind is CellKind.NUMBER and cell.formula is None
            else cell
            for spot, cell in sheet.cells.items()
        }
        book.sheets[name] = evolve(sheet, cells=cells)
    submission = evolve(book.submission(), date1904=True)
    assert run(submission, book.context(submission)) == ()


def test_a_time_of_day_on_the_last_day_is_not_too_late() -> None:
    day = float((date(2030, 4, 1) - date(1899, 12, 30)).days)
    assert findings(lambda book: book.set("1.2", "done_on", day + 0.99)) == ()
    (found,) = findings(lambda book: book.set("1.2", "done_on", day + 1))
    assert found.code == "NT403"
    assert "2 april 2030" in found.message


def test_what_is_empty_is_asked_for_in_the_words_of_the_status_that_needs_it() -> None:
    layout = layouts()[0]
    slot = layout.rows[0]
    (empty,) = [c for c in slot.conditions if isinstance(c, Required) and c.field == "explanation"]
    said = {
        label: empty.describe(Row({layout.status_key: text_value(label)}))
        for label in ("Niet van toepassing", "Ontbreekt")
    }
    assert said["Niet van toepassing"].endswith("is dit nodig. Waarom past de norm niet?")
    assert "past de norm niet" not in said["Ontbreekt"]
