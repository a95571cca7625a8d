"""The correction workbook: whole again, with their answers, every finding, and nothing lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.correct import correction_name, correction_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.carry import carry_over
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
from normtemplates.layout.recognise import recognise
from normtemplates.layout.stamp import stamps_in
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import EMPTY, Value, date_value, text_value
from normtemplates.model.finding import Finding, ReportStatus, Severity, status_of
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Cell, CellKind, Submission
from normtemplates.rules import Context, file_rules, mended_texts, run
from normtemplates.rules.example_sheets import Typed, sheet_of
from normtemplates.rules.examples import Book
from tests.jobs.returns import (
    LAYOUT,
    Returned,
    at,
    correction_bytes,
    correction_of,
    findings_on,
    found_in,
    improvements,
    listed,
    rows_of,
    spoiled,
    unplaced,
    value_in,
    written,
)
from tests.layout.samples import definitions, texts

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


def test_a_warning_alone_gives_nothing() -> None:
    """What is akkoord need not come back."""
    submission = Returned().answer("1.2", "due_on", date(2029, 1, 1)).submission()
    assert any(f.severity is Severity.WAARSCHUWING for f in findings_on(submission, LAYOUT))
    assert status_of(findings_on(submission, LAYOUT)) is ReportStatus.AKKOORD
    assert correction_bytes(submission, LAYOUT) is None


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
    # Nothing can be taken over where there is nothing.
    assert ("overgenomen" in line[5]) is bool(expected.text)


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


# -- the list of findings ----------------------------------------------------------------


def test_every_finding_is_listed_and_the_worst_comes_first(returned: Path) -> None:
    submission = written(returned / "met-fouten.xlsx")
    correction = correction_of(submission, LAYOUT)
    lines = listed(correction)
    expected = findings_on(submission, LAYOUT)
    codes = {(f.code, f.requirement or "") for f in expected}
    assert codes <= {(code, line[2]) for line in lines for code in line[5].split()}
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


def bands_of(correction: Submission) -> dict[str, list[list[str]]]:
    """The lines of Herstellen by the first words of the band that they stand below."""
    bands: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for row in rows_of(correction, CORRECTIONS):
        if row[5].startswith("NT"):
            lines.append(row)
        elif row[0].startswith(("Nog te doen", "In dit bestand al", "Goed om te weten")):
            lines = bands.setdefault(row[0][:12], [])
    return bands


def test_no_cell_is_both_to_do_and_mended() -> None:
    """“E37 staat bij ‘Nog te doen’ én bij ‘al hersteld’. Is hij nu klaar?”"""
    book = spoiled().error("1.2", "action").answer("1.2", "due_on", "31 dec. 2025")
    bands = bands_of(book.correction())
    to_do, done = bands["Nog te doen:"], bands["In dit besta"]
    assert [row[1] for row in done] == [f"{OVERVIEW}!{address(*at('1.2', 'due_on'))}"]
    emptied = [row for row in to_do if row[1] == f"{OVERVIEW}!{address(*at('1.2', 'action'))}"]
    assert [row[5] for row in emptied] == ["NT302 NT408"]
    assert emptied[0][4].startswith("De foutwaarde is weg; het vak is nu leeg. Actie is nog leeg.")


def test_what_was_mended_gives_no_orders(returned: Path) -> None:
    """“Zet de zin terug – moet ik nu wel of niet iets doen?”"""
    submission = written(returned / "met-fouten.xlsx")
    done = bands_of(correction_of(submission, LAYOUT))["In dit besta"]
    asked = {f.code: f.message for f in findings_on(submission, LAYOUT)}
    assert {"NT207", "NT210", "NT213"} <= {row[5] for row in done}
    for row in done:
        assert row[0] == "Hersteld"
        assert not {row[4], *row[4].split(". ")} & {*asked[row[5]].split(". "), asked[row[5]]}


def test_a_rule_says_what_was_done_about_its_finding() -> None:
    """Every rule of which a correction workbook mends an example."""
    mended: set[str] = set()
    for rule in file_rules():
        for case in rule.bad:
            book = Book()
            case.change(book)
            submission = book.submission()
            context = book.context(submission)
            found, findings = context.found, run(submission, context)
            if found is None or found.organisation is None or any(f.refuses for f in findings):
                continue
            rounds = (found.layout.round,)
            plan = workbook_plan(found.layout, carry_over(found, texts()).answers, texts())
            fresh = read_bytes("", write_workbook(plan))
            left = {f.code for f in run(fresh, Context(recognise(fresh, rounds), rounds))}
            mended |= {f.code for f in findings} - left
    assert len(mended) > 20
    assert mended <= mended_texts().keys()


def test_it_counts_as_the_report_does_and_says_why_it_differs(returned: Path) -> None:
    """“Rapport: 21 fouten. Herstellen: 19 te doen + 5 al hersteld = 24. Welke klopt?”"""
    submission = written(returned / "met-fouten.xlsx")
    correction = correction_of(submission, LAYOUT)
    rows = [row[0] for row in rows_of(correction, CORRECTIONS)]
    (said,) = (text for text in rows if "dan in het rapport?" in text)

    def counts(findings: Iterable[Finding]) -> str:
        rank = [f.severity for f in findings]
        return f"{rank.count(Severity.FOUT)} fouten en {rank.count(Severity.WAARSCHUWING)} waarsch"

    assert f"in het bestand dat u stuurde: {counts(findings_on(submission, LAYOUT))}" in said
    left = [f for f in findings_on(correction, LAYOUT) if f.severity is not Severity.INFO]
    assert f"te doen is: {counts(left)}"[:30] in said
    # What is mended is not counted as if it were to do.
    assert [text for text in rows if text.startswith("In dit bestand al hersteld")] == [
        "In dit bestand al hersteld: u hoeft hier niets te doen"
    ]


def test_it_says_that_start_says_when_one_is_ready() -> None:
    """“Wanneer ben ik klaar? De lijst op Herstellen verandert niet.”"""
    sheet = spoiled().correction().sheet(CORRECTIONS)
    assert sheet is not None
    (now,) = (cell for cell in sheet.cells.values() if cell.formula)
    assert now.text == "Start zegt nu: Nog niet klaar: 1 norm."
    texts_there = [cell.text for cell in sheet.cells.values()]
    assert texts_there.count("Naar Start") == 2
    assert any("De lijst op dit blad" in text and "veranderen niet" in text for text in texts_there)


def test_what_is_left_to_do_is_what_the_check_says(returned: Path) -> None:
    """Of our own sheets and notes it says nothing; what was set right is gone."""
    correction = correction_of(written(returned / "met-fouten.xlsx"), LAYOUT)
    after = findings_on(correction, LAYOUT)
    rows = rows_of(correction, CORRECTIONS)
    names = ("Nog te doen", "In dit bestand al", "Goed om te weten")
    bands = [n for n, row in enumerate(rows) if row[0].startswith(names)]
    still = rows[bands[0] : bands[1]] + rows[bands[2] :]
    # Behind the rule of what is left stands that of what was mended at the same cell.
    promised = sorted((row[5].split()[0], row[1]) for row in still if row[5].startswith("NT"))
    assert sorted((f.code, f"{f.sheet}!{f.cell}") for f in after) == promised
