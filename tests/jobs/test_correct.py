"""The correction workbook: whole again, with their answers, every finding, and nothing lost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from normtemplates.excel.reader import read_bytes
from normtemplates.jobs.correct import correction_name, correction_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.carry import carry_over
from normtemplates.layout.keys import IGNORED
from normtemplates.layout.places import (
    CORRECTION_SHEETS,
    CORRECTIONS,
    GUIDE,
    IMPROVED,
    LISTS,
    META,
    OVERVIEW,
    PICTURE,
    START,
    UNPLACED,
    address,
)
from normtemplates.layout.stamp import stamps_in
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import EMPTY, Value, date_value, text_value
from normtemplates.model.finding import Finding, ReportStatus, Severity, status_of
from normtemplates.model.norm import FieldKind, NotFitting
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission
from normtemplates.rules.example_sheets import Typed, sheet_of
from tests.jobs.returns import (
    Returned,
    correction_bytes,
    correction_of,
    findings_on,
    found_in,
    placed,
    unplaced,
    written,
)
from tests.layout.samples import definitions, example_layout, texts
from tests.rules.books import filled

LAYOUT = example_layout()


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


# -- when there is one -------------------------------------------------------------------


def test_nothing_found_gives_nothing() -> None:
    submission = Returned().submission()
    assert findings_on(submission, LAYOUT) == ()
    assert correction_bytes(submission, LAYOUT) is None


def test_information_alone_gives_nothing() -> None:
    """Whoever gets a correction workbook thinks that there is something to do."""
    submission = Returned().answer("1.1", "status", " uitgevoerd").submission()
    assert [f.code for f in findings_on(submission, LAYOUT)] == ["NT501"]
    assert correction_bytes(submission, LAYOUT) is None


def test_a_file_that_was_refused_gives_nothing() -> None:
    submission = spoiled().submission()
    found = found_in(submission, LAYOUT)
    assert found is not None
    refusal = Finding("NT107", Severity.FOUT, "Geweigerd.", refuses=True)
    assert correction_workbook(submission, found, (refusal,), texts()) is None


def test_a_workbook_of_nobody_gives_nothing() -> None:
    """An official workbook has a name on it."""
    submission = spoiled().submission()
    found = found_in(submission, LAYOUT)
    assert found is not None
    stranger = evolve(found, organisation=None)
    assert (
        correction_workbook(submission, stranger, findings_on(submission, LAYOUT), texts()) is None
    )


def test_a_warning_alone_gives_one() -> None:
    submission = Returned().answer("1.2", "due_on", date(2029, 1, 1)).submission()
    assert status_of(findings_on(submission, LAYOUT)) is ReportStatus.AKKOORD
    assert correction_bytes(submission, LAYOUT)


def test_the_same_file_gives_the_same_bytes() -> None:
    submission = spoiled().submission()
    assert correction_bytes(submission, LAYOUT) == correction_bytes(submission, LAYOUT)


def test_the_name_says_whose_it_is() -> None:
    organisation = LAYOUT.organisation
    first = correction_name(organisation)
    assert first == "correctie-GM0000-voorbeeldstad.xlsx"
    assert correction_name(organisation, {first}) == "correctie-GM0000-voorbeeldstad-2.xlsx"


# -- what it is --------------------------------------------------------------------------


def test_what_was_broken_is_whole_again(returned: Path) -> None:
    """Every fixed cell, formula, validation and lock is that of a workbook as we issue it."""
    submission = written(returned / "met-fouten.xlsx")
    correction = correction_of(submission, LAYOUT)
    found = found_in(submission, LAYOUT)
    assert found is not None
    fresh = workbook_plan(LAYOUT, carry_over(found, texts()).answers, texts())
    for plan in fresh.sheets:
        expected, sheet = sheet_of(plan), correction.sheet(plan.name)
        assert sheet is not None
        assert sheet.protected
        assert sheet.merges == expected.merges
        for place, cell in expected.cells.items():
            now = sheet.cell(*place)
            assert (now.formula is None) == (cell.formula is None), (plan.name, place)
            assert now.formula in ("", cell.formula, None)  # a long one is not kept by the reader
            assert now.locked == cell.locked
            if cell.kind is CellKind.TEXT:
                assert now.text == cell.text
        assert {(v.kind, v.stops, v.areas) for v in sheet.validations} == {
            (v.kind, v.stops, v.areas) for v in expected.validations
        }
    assert set(stamps_in(correction).values()) == set(stamps_in(submission).values())
    after = found_in(correction, LAYOUT)
    assert after is not None
    assert after.same_layout
    assert after.organisation is LAYOUT.organisation


def test_the_new_sheets_are_locked_and_come_where_one_looks(returned: Path) -> None:
    correction = correction_of(written(returned / "met-fouten.xlsx"), LAYOUT)
    names = [sheet.name for sheet in correction.sheets]
    assert names == [
        CORRECTIONS, START, OVERVIEW, PICTURE, GUIDE, IMPROVED, UNPLACED, LISTS, META,
    ]  # fmt: skip
    for name in CORRECTION_SHEETS:
        sheet = correction.sheet(name)
        assert sheet is not None
        assert sheet.protected
        assert all(cell.locked for cell in sheet.cells.values())


def test_lists_without_lines_are_left_out() -> None:
    names = [sheet.name for sheet in spoiled().correction().sheets]
    assert CORRECTIONS in names
    assert IMPROVED not in names
    assert UNPLACED not in names


def test_answers_go_over_as_they_were_typed(returned: Path) -> None:
    submission = written(returned / "met-fouten.xlsx")
    correction = correction_of(submission, LAYOUT)
    before, after = found_in(submission, LAYOUT), found_in(correction, LAYOUT)
    assert before is not None
    assert after is not None
    set_right = {(row[1], row[2]) for row in improvements(correction)}
    seen = 0
    for slot in LAYOUT.rows:
        number = slot.requirement.number
        for column in LAYOUT.answer_columns:
            old = before.answers.row(number).get(column.field.key, EMPTY)
            new = after.answers.row(number).get(column.field.key, EMPTY)
            if (number, column.field.header) in set_right or old.kind is CellKind.ERROR:
                continue
            assert (new.kind, new.number or new.text) == (old.kind, old.number or old.text)
            seen += old is not EMPTY
    assert seen > 100
    cover = {key: value.text for key, value in after.answers.cover.items() if value.text}
    assert cover == {key: value.text for key, value in before.answers.cover.items() if value.text}


def test_no_name_path_or_property_goes_along() -> None:
    submission = evolve(
        spoiled().change(OVERVIEW, comments=((5, 3),)).submission(),
        name="C:/Users/tante-betje/overzicht.xlsx",
        title="tante-betje",
        properties={**spoiled().properties, "Author": "tante-betje"},
    )
    data = correction_bytes(submission, LAYOUT)
    assert data is not None
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert not any(b"tante-betje" in package.read(name) for name in package.namelist())
        authors = [p for p in package.namelist() if "comments" in p]
        assert authors
        assert all(b"<author></author>" in package.read(part) for part in authors)


def test_days_that_count_from_1904() -> None:
    book = spoiled()
    book.date1904 = True
    shift = 1462
    due = Value(CellKind.NUMBER, str(int(date_value(date(2026, 5, 6)).text) - shift))
    book.cell(OVERVIEW, Cell(*at("1.2", "due_on"), due.kind, due.text, None, False))
    below = (LAYOUT.last_row + 3, LAYOUT.column_by_key["due_on"].column)
    book.cell(OVERVIEW, Cell(*below, due.kind, due.text, None, False))
    correction = book.correction()
    assert value_in(correction, "1.2", "due_on") == date_value(date(2026, 5, 6))
    assert [one.text for one in unplaced(correction)] == ["06-05-2026"]


# -- what is set right -------------------------------------------------------------------

DAY = date_value(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("status", "in ONTWIKKELING", text_value("In ontwikkeling")),
        ("status", "\u00a0In\u200b ontwikkeling\n", text_value("In ontwikkeling")),
        ("status", "In ontwikkeling\u2003", text_value("In ontwikkeling")),
        ("priority", "hoog ", text_value("Hoog")),
        ("due_on", "31-12-2025", DAY),
        ("due_on", " 2025-12-31 ", DAY),
        ("due_on", "31 dec. 2025", DAY),
        ("due_on", "31/12/2025", DAY),
        ("due_on", "05-05-2025", date_value(date(2025, 5, 5))),
        ("due_on", "4 mei 2025", date_value(date(2025, 5, 4))),
        (
            "action",
            " \u00a0Bespreken in\u00a0elk team\r\n",
            text_value("Bespreken in\u00a0elk team"),
        ),
        ("action", "   ", EMPTY),
    ],
)
def test_what_cannot_be_wrong_is_set_right(field: str, typed: str, expected: Value) -> None:
    correction = spoiled().answer("1.2", field, typed).correction()
    assert value_in(correction, "1.2", field) == expected
    (line,) = improvements(correction)
    assert line[:2] == [f"{OVERVIEW}!{address(*at('1.2', field))}", "1.2"]
    assert line[2] == LAYOUT.column_by_key[field].field.header
    quoted = field != "due_on"  # where what differs cannot be seen
    assert line[3] == (f"‘{typed}’" if quoted else typed)
    if quoted:
        assert line[4] == (f"‘{expected.text}’" if expected.text else "(leeg)")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("status", "uitgevoert"),
        ("status", "Ja"),
        ("priority", "Hoog/Midden"),
        ("due_on", "4-5-2025"),
        ("due_on", "31-12-25"),
        ("due_on", "31 dec 25"),
        ("due_on", "1 mrt '25"),
        ("due_on", "31-02-2025"),
        ("due_on", "ma 31-12-2025"),
        ("due_on", "12/31/2025"),
        ("due_on", "eind 2025"),
        ("due_on", "Q3"),
        ("due_on", 20251231),
        ("due_on", 2025),
        ("action", "31-12-2025"),
        ("action", "in  ontwikkeling"),
        ("action", "=1+1"),
        ("evidence", 20250001),
    ],
)
def test_what_could_be_wrong_stays_as_it_is(field: str, typed: Typed) -> None:
    correction = spoiled().answer("1.2", field, typed).correction()
    value = value_in(correction, "1.2", field)
    assert value.text == str(typed)
    assert value.kind is (CellKind.TEXT if isinstance(typed, str) else CellKind.NUMBER)
    assert improvements(correction) == []


@pytest.mark.parametrize(
    ("field", "outcome", "expected"),
    [
        ("action", "Bespreken ", text_value("Bespreken")),
        ("due_on", date(2025, 12, 31), DAY),
        ("evidence", 12, Value(CellKind.NUMBER, "12")),
        ("action", True, text_value("WAAR")),
        ("action", None, EMPTY),
    ],
)
def test_of_a_formula_what_it_shows_goes_over(field: str, outcome: Typed, expected: Value) -> None:
    book = spoiled().answer("1.2", field, outcome, formula='IF(A1="x","=",B2)')
    correction = book.correction()
    cell = correction.sheets[2].cell(*at("1.2", field))
    assert cell.formula is None
    assert value_in(correction, "1.2", field) == expected
    (line,) = improvements(correction)
    assert line[3] == '=IF(A1="x","=",B2)'


def test_an_error_value_is_no_answer() -> None:
    """As a text it would pass for one."""
    correction = spoiled().error("1.2", "action").correction()
    assert value_in(correction, "1.2", "action") == EMPTY
    assert [(one.sheet, one.cell, one.text) for one in unplaced(correction)] == [
        (OVERVIEW, address(*at("1.2", "action")), "#REF!")
    ]
    codes = {(f.code, f.requirement, f.field) for f in findings_on(correction, LAYOUT)}
    assert ("NT302", "1.2", "action") in codes


def test_a_boolean_goes_over_as_the_word_that_it_shows() -> None:
    correction = spoiled().answer("1.2", "action", True).correction()
    assert value_in(correction, "1.2", "action") == text_value("WAAR")
    assert improvements(correction)[0][3:5] == ["WAAR", "WAAR"]


def test_a_row_that_is_not_there_stays_empty() -> None:
    """A preset of ours would be an answer that nobody gave."""
    row = LAYOUT.row_by_number["1.2"].row
    correction = Returned().move(OVERVIEW, lambda r, c: None if r == row else (r, c)).correction()
    assert not any(
        value_in(correction, "1.2", column.field.key).text for column in LAYOUT.answer_columns
    )


# -- what has no place -------------------------------------------------------------------

BELOW = LAYOUT.last_row + 2
BESIDE = LAYOUT.complete_column + 1
Spoil = Callable[[Returned], Returned]


def twice(book: Returned) -> Returned:
    """The row of 1.2 once more, with another action."""
    row = LAYOUT.row_by_number["1.2"].row
    for (at_row, _), cell in list(book.sheets[OVERVIEW].cells.items()):
        if at_row == row:
            book.cell(OVERVIEW, cell._replace(row=BELOW))
    return book.put(OVERVIEW, BELOW, LAYOUT.column_by_key["action"].column, "Iets anders doen")


def renumbered(book: Returned) -> Returned:
    row = LAYOUT.row_by_number["1.2"].row
    return book.put(OVERVIEW, row, 1, "9.9").put(OVERVIEW, row, 2, "Een zin van onszelf")


def copied_sheet(book: Returned) -> Returned:
    copy = evolve(book.sheets[OVERVIEW], name="Overzicht (2)")
    book.add(copy)
    return book.put(copy.name, *at("1.3", "explanation"), "Alleen in de kopie")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda b: b.put(OVERVIEW, BELOW, 3, "Los"), [(OVERVIEW, f"C{BELOW}", "Los")]),
        (lambda b: b.put(OVERVIEW, 5, BESIDE, "Los"), [(OVERVIEW, address(5, BESIDE), "Los")]),
        (lambda b: b.put(OVERVIEW, 4, 5, "In de balk"), [(OVERVIEW, "E4", "In de balk")]),
        (lambda b: b.put(OVERVIEW, 3, 12, "Kop"), [(OVERVIEW, "L3", "Kop")]),
        (lambda b: b.put(OVERVIEW, 3, 8, "Acties"), [(OVERVIEW, "H3", "Acties")]),
        (lambda b: b.put(OVERVIEW, 1, 1, "Mijn blad"), [(OVERVIEW, "A1", "Mijn blad")]),
        (lambda b: b.put(OVERVIEW, 5, 4, "klaar"), [(OVERVIEW, "D5", "klaar")]),
        (lambda b: b.put(OVERVIEW, 5, 12, "x"), [(OVERVIEW, "L5", "x")]),
        (lambda b: b.put(OVERVIEW, 5, 1, "1.9"), [(OVERVIEW, "A5", "1.9")]),
        (lambda b: b.put(OVERVIEW, 5, 2, "Anders"), [(OVERVIEW, "B5", "Anders")]),
        (lambda b: b.put(OVERVIEW, 60, 9, 5, "2+3"), [(OVERVIEW, "I60", "=2+3 (uitkomst: 5)")]),
        (lambda b: b.put(OVERVIEW, 60, 10, date(2025, 5, 4)), [(OVERVIEW, "J60", "04-05-2025")]),
        (lambda b: b.put(OVERVIEW, 60, 3, 1.5), [(OVERVIEW, "C60", "1,5")]),
        (lambda b: b.put(START, 20, 9, "Memo"), [(START, "I20", "Memo")]),
        (lambda b: b.put(START, 3, 2, "gemeente X"), [(START, "B3", "gemeente X")]),
        (lambda b: b.put(PICTURE, 5, 3, "veel"), [(PICTURE, "C5", "veel")]),
        (lambda b: b.put(LISTS, 2, 1, "Klaar"), [(LISTS, "A2", "Klaar")]),
        (lambda b: b.put(META, 9, 1, "Memo"), [(META, "A9", "Memo")]),
        (
            lambda b: b.add(Sheet("Blad1", "hidden", {}, False)).put("Blad1", 2, 3, "1"),
            [("Blad1", "C2", "1")],
        ),
        (
            copied_sheet,
            [("Overzicht (2)", address(*at("1.3", "explanation")), "Alleen in de kopie")],
        ),
        (
            lambda b: b.change(OVERVIEW, comments=((5, 3),)),
            [(OVERVIEW, "C5", "(een opmerking; de tekst staat in uw eigen bestand)")],
        ),
    ],
)  # fmt: skip
def test_what_has_no_place_is_listed_and_nothing_else(
    spoil: Spoil, expected: list[tuple[str, str, str]]
) -> None:
    correction = spoil(spoiled()).correction()
    assert [(one.sheet, one.cell, one.text) for one in unplaced(correction)] == expected


def test_a_row_that_is_there_twice() -> None:
    correction = twice(spoiled()).correction()
    first = {column.field.key: value_in(correction, "1.2", column.field.key).text
             for column in LAYOUT.answer_columns}  # fmt: skip
    assert first["action"] == "Actie bij norm 1.2"
    left = [one.text for one in unplaced(correction)]
    assert "Iets anders doen" in left
    assert "1.2" not in left
    assert all("norm 1.2" in one.why for one in unplaced(correction))


def test_a_row_that_nobody_knows() -> None:
    correction = renumbered(spoiled()).correction()
    left = [one.text for one in unplaced(correction)]
    assert left[:2] == ["9.9", "Een zin van onszelf"]
    assert "Actie bij norm 1.2" in left


def test_a_text_longer_than_a_cell_can_hold() -> None:
    """Both halves are there, and no character is cut in two."""
    long = ("\N{GRINNING FACE}" * 20_000) + "einde"
    book = spoiled().answer("1.2", "action", "\N{OGHAM SPACE MARK}" + long)
    book.put(OVERVIEW, BELOW, 5, long)
    correction = book.correction()
    begin = value_in(correction, "1.2", "action").text
    pieces = unplaced(correction)
    rest = [one.text for one in pieces if one.cell == address(*at("1.2", "action"))]
    assert begin + "".join(rest) == long
    assert "".join(one.text for one in pieces if one.cell == f"E{BELOW}") == long


def test_the_answer_of_a_fixed_row_is_fixed() -> None:
    norm = LAYOUT.norm
    theme = norm.themes[0]
    fixed = evolve(
        theme.requirements[0], not_fitting=(NotFitting("gemeente", "Past niet.", locked=True),)
    )
    norm = evolve(
        norm, theme=(evolve(theme, requirement=(fixed, *theme.requirements[1:])), *norm.themes[1:])
    )
    round_ = evolve(LAYOUT.round, norm=norm)
    layout = layout_of(norm, round_, LAYOUT.organisation)
    book = Returned(layout).answer("1.1", "status", "Uitgevoerd").answer("1.1", "evidence", "Zie X")
    book.answer("1.2", "action", None)
    correction = book.correction()
    found = found_in(correction, layout)
    assert found is not None
    assert found.answers.row("1.1")["status"].text == "Niet van toepassing"
    left = [(one.cell, one.text) for one in unplaced(correction)]
    assert left == [("C5", "Uitgevoerd"), ("F5", "Zie X")]


def with_one_fout() -> Returned:
    """The same, worked out by the workbook: no formula has the value of before."""
    answers = filled(LAYOUT)
    row = {**answers.row("1.1"), "status": text_value("Misschien")}
    return Returned(answers=evolve(answers, rows={**answers.rows, "1.1": row}))


@pytest.mark.parametrize(
    "change",
    [
        Returned.values_only,
        lambda book: book.move(OVERVIEW, lambda r, c: (r, c + 2)),
        lambda book: book.move(OVERVIEW, lambda r, c: (r + 3, c)),
        lambda book: book.move(OVERVIEW, lambda r, c: (r, c + (c > LAYOUT.last_column))),
        lambda book: swap_columns(book, 5, 8),
        lambda book: reverse_rows(book),
        lambda book: book.move(START, lambda r, c: (r + 1 if r > 12 else r, c)),
        lambda book: book.add(evolve(book.sheets[OVERVIEW], name="Kopie")),
    ],
)
def test_what_is_ours_is_no_text_of_anybody(change: Spoil) -> None:
    """Not the values of our formulas either, which some programs keep alone."""
    assert unplaced(change(with_one_fout()).correction()) == []


@pytest.mark.parametrize("protected", [True, False])
def test_our_texts_of_another_day_are_no_text_of_anybody(protected: bool) -> None:
    """They are known by being others all over, on sheets where nobody could type."""
    newer = {
        **texts(),
        "uitleg": {**texts()["uitleg"], "tips_heading": "Wat u vroeger wilde weten"},
    }
    plan = workbook_plan(LAYOUT, filled(LAYOUT), newer)
    book = spoiled()
    for name in (GUIDE, META):
        book.add(sheet_of(next(sheet for sheet in plan.sheets if sheet.name == name)))
    book.put(START, 20, 9, "Memo").change(GUIDE, protected=protected)
    listed_texts = [one.text for one in unplaced(book.correction())]
    assert listed_texts == ["Memo"] if protected else ["Memo", "Wat u vroeger wilde weten"]


# -- the list of findings ----------------------------------------------------------------


def test_every_finding_is_listed_and_the_worst_comes_first(returned: Path) -> None:
    submission = written(returned / "met-fouten.xlsx")
    correction = correction_of(submission, LAYOUT)
    lines = listed(correction)
    expected = findings_on(submission, LAYOUT)
    codes = {(f.code, f.requirement or "") for f in expected}
    assert codes <= {(line[5], line[2]) for line in lines}
    rows = rows_of(correction, CORRECTIONS)
    start = next(n for n, row in enumerate(rows) if row[0].startswith("Nog te doen"))
    end = next(n for n, row in enumerate(rows) if row[0].startswith("In dit bestand al"))
    kinds = [row[0] for row in rows[start + 1 : end]]
    assert kinds == sorted(kinds, key=["Fout", "Waarschuwing"].index)
    assert rows[start][0] == f"Nog te doen: {kinds.count('Fout')} fouten en 1 waarschuwing"


def test_each_place_in_the_list_is_a_cell_with_what_it_says(returned: Path) -> None:
    """Where there is a cell, its norm and column are those of the line."""
    correction = correction_of(written(returned / "met-fouten.xlsx"), LAYOUT)
    checked = 0
    for _, where, number, header, message, _ in listed(correction):
        sheet_name, _, cell = where.partition("!")
        if not cell or sheet_name != OVERVIEW or not number or not header:
            continue
        key = next(c.field.key for c in LAYOUT.columns if c.field.header == header)
        assert cell == LAYOUT.address(number, key), message
        checked += 1
    assert checked > 10


def test_what_is_left_to_do_is_what_the_check_says(returned: Path) -> None:
    """Of our own sheets and notes it says nothing; what was set right is gone."""
    correction = correction_of(written(returned / "met-fouten.xlsx"), LAYOUT)
    after = findings_on(correction, LAYOUT)
    rows = rows_of(correction, CORRECTIONS)
    names = ("Nog te doen", "In dit bestand al", "Goed om te weten")
    bands = [n for n, row in enumerate(rows) if row[0].startswith(names)]
    still = rows[bands[0] : bands[1]] + rows[bands[2] :]
    promised = sorted((row[5], row[1]) for row in still if row[5].startswith("NT"))
    assert sorted((f.code, f"{f.sheet}!{f.cell}") for f in after) == promised


def test_a_correction_of_a_correction_forgets_nothing() -> None:
    first = twice(spoiled()).put(START, 20, 9, "Memo").correction()
    second = correction_of(first, LAYOUT)
    assert unplaced(second) == unplaced(first)
    assert unplaced(first)
    found = [found_in(one, LAYOUT) for one in (first, second)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].answers == found[1].answers


def test_what_is_typed_on_a_list_whose_protection_is_gone_is_kept() -> None:
    first = twice(spoiled()).correction()
    sheets = []
    for sheet in first.sheets:
        if sheet.name == CORRECTIONS:
            typed = Cell(40, 6, CellKind.TEXT, "Dit hebben wij gedaan", None, True)
            sheet = evolve(sheet, protected=False, cells={**sheet.cells, (40, 6): typed})
        sheets.append(sheet)
    second = correction_of(evolve(first, sheets=tuple(sheets)), LAYOUT)
    assert (CORRECTIONS, "F40", "Dit hebben wij gedaan") in [one[:3] for one in unplaced(second)]


# -- nothing that was typed is lost ------------------------------------------------------

BEGINNINGS = (
    "",
    "=",
    "+",
    "@",
    "-",
    "'",
    " ",
    "\t",
    "\u00a0",
    "_x000D_",
    "<b>&",
    "\N{GRINNING FACE}",
)
typed_texts = st.builds(
    lambda begin, body, end: f"{begin}{body}{end}",
    st.sampled_from(BEGINNINGS),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=8),
    st.sampled_from(("", " ", "\n", "\u200b", "x" * 600)),
)
places = st.tuples(
    st.sampled_from((OVERVIEW, OVERVIEW, OVERVIEW, START, PICTURE, GUIDE, LISTS, META, "Blad1")),
    st.integers(1, LAYOUT.last_row + 6),
    st.integers(1, LAYOUT.complete_column + 3),
)


def swap_columns(book: Returned, one: int, other: int) -> Returned:
    turn = {one: other, other: one}
    return book.move(OVERVIEW, lambda r, c: (r, turn.get(c, c)))


def reverse_rows(book: Returned) -> Returned:
    rows = [slot.row for slot in LAYOUT.rows]
    turn = dict(zip(rows, reversed(rows), strict=True))
    return book.move(OVERVIEW, lambda r, c: (turn.get(r, r), c))


def insert_rows(book: Returned, at_row: int) -> Returned:
    return book.move(OVERVIEW, lambda r, c: (r + 2 if r >= at_row else r, c))


def delete_row(book: Returned, gone: int) -> Returned:
    return book.move(OVERVIEW, lambda r, c: None if r == gone else (r - 1 if r > gone else r, c))


def rename(book: Returned, sheet: str, name: str) -> Returned:
    book.sheets[name] = evolve(book.sheets.pop(sheet), name=name)
    return book


def drop(book: Returned, sheet: str) -> Returned:
    del book.sheets[sheet]
    return book


SHAKES: tuple[Spoil, ...] = (
    lambda book: book,
    Returned.values_only,
    reverse_rows,
    partial(swap_columns, one=5, other=8),
    partial(swap_columns, one=3, other=11),
    partial(insert_rows, at_row=1),
    partial(insert_rows, at_row=20),
    partial(delete_row, gone=LAYOUT.row_by_number["3.3"].row),
    partial(rename, sheet=START, name="Begin"),
    partial(rename, sheet=OVERVIEW, name="Antwoorden"),
    partial(drop, sheet=PICTURE),
    partial(drop, sheet=META),
    twice,
    copied_sheet,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    typed=st.lists(st.tuples(places, typed_texts), min_size=1, max_size=12),
    shake=st.sampled_from(SHAKES),
)
def test_nothing_that_was_typed_is_lost(
    typed: list[tuple[tuple[str, int, int], str]], shake: Spoil
) -> None:
    """Each text stands in a cell for an answer, or is listed; spaces at its ends apart."""
    book = spoiled().add(Sheet("Blad1", "visible", {}, False))
    book = shake(book)
    inserted: dict[tuple[str, int, int], str] = {}
    for number, ((sheet, row, column), text) in enumerate(typed):
        if sheet not in book.sheets:
            continue
        unique = f"{text[:30]}k{number}q{text[30:]}"  # no label, and once only
        book.put(sheet, row, column, unique)
        inserted[sheet, row, column] = unique
    submission = book.submission()
    found = found_in(submission, LAYOUT)
    assume(found is not None and found.organisation is not None)
    correction = correction_of(submission, LAYOUT)
    here = placed(correction, LAYOUT)
    listed_texts = [one.text for one in unplaced(correction)]
    blank = IGNORED + " \u2003\u1680\x0b\x0c\x1c\x1d\x1e\x1f\x85"
    for place, text in inserted.items():
        wanted = text.strip().strip(blank)
        assert any(wanted in one for one in (*here, *listed_texts)), (place, text)


def test_the_property_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the property holds on to is the list, and not some other text of the workbook."""
    monkeypatch.setattr("normtemplates.jobs.correct.leftovers", lambda *_: iter(()))
    correction = spoiled().put(START, 20, 9, "Memo").correction()
    texts_there = [*placed(correction, LAYOUT), *(one.text for one in unplaced(correction))]
    assert not any("Memo" in text for text in texts_there)


def test_every_kind_of_answer_comes_back_for_every_kind_of_organisation() -> None:
    for organisation in {
        o.kind.code: o for o in definitions().round("nulmeting-2025").organisations
    }.values():
        round_ = definitions().round("nulmeting-2025")
        layout = layout_of(round_.norm, round_, organisation)
        book = Returned(layout).answer("1.1", "status", "Misschien")
        data = correction_bytes(book.submission(), layout)
        assert data is not None
        found = found_in(read_bytes("x", data), layout)
        assert found is not None
        assert found.organisation is organisation
        kinds = {one.field.kind for one in layout.answer_columns}
        assert kinds == {FieldKind.STATUS, FieldKind.TEXT, FieldKind.DATE, FieldKind.CHOICE}
