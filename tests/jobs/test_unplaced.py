"""Nothing that was typed is lost: it is in a cell for an answer, or listed as without a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from normtemplates.layout import layout_of
from normtemplates.layout.hidden import TEXTS
from normtemplates.layout.keys import IGNORED
from normtemplates.layout.places import (
    CORRECTIONS,
    GUIDE,
    LISTS,
    META,
    OVERVIEW,
    PICTURE,
    START,
    address,
)
from normtemplates.layout.stamp import PART
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import text_value
from normtemplates.model.fitting import NotFitting
from normtemplates.model.submission import Cell, CellKind, Sheet
from normtemplates.rules.example_sheets import sheet_of
from tests.jobs.returns import (
    BELOW,
    LAYOUT,
    Returned,
    at,
    correction_of,
    found_in,
    placed,
    spoiled,
    twice,
    unplaced,
    value_in,
)
from tests.layout.samples import texts
from tests.rules.books import filled

# -- what has no place -------------------------------------------------------------------

BESIDE = LAYOUT.complete_column + 1
Spoil = Callable[[Returned], Returned]


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


def test_very_many_texts_share_lines_and_are_all_there() -> None:
    """A sheet of somebody's own may be as large as the reader lets in."""
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, f"tekst {row}.{column}", None, False)
        for row in range(1, 1001)
        for column in range(1, 4)
    }
    book = spoiled().add(Sheet("Groot", "visible", cells, False)).put(OVERVIEW, BELOW, 3, "Los")
    correction = book.correction()
    lines = unplaced(correction)
    assert len(lines) < 10
    assert [one.text for one in lines if one.sheet == OVERVIEW] == [f"C{BELOW}: Los"]
    there = [line for one in lines for line in one.text.split("\n") if one.sheet == "Groot"]
    assert there == [
        f"{address(row, column)}: tekst {row}.{column}" for row, column in sorted(cells)
    ]
    assert lines[1].cell.startswith("A1 tot en met ")
    assert lines[-1].cell.endswith(" tot en met C1000")
    assert unplaced(correction_of(correction, LAYOUT)) == lines


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


def test_why_says_whether_a_cell_of_ours_was_empty() -> None:
    """What stood in an empty cell took the place of no text of ours."""
    book = spoiled().put(START, 20, 9, "Memo").put(START, 1, 1, "Eigen titel")
    why = {one.cell: one.why for one in unplaced(book.correction())}
    assert why["I20"] == "Dit vak is in het overzicht leeg. Hier hoort geen antwoord."
    assert why["A1"] == "Hier hoort een vaste tekst of een formule. Die staat er weer."


@pytest.mark.parametrize("by", [3, -1])
@pytest.mark.parametrize("values", [False, True])
@pytest.mark.parametrize("sheet", [START, PICTURE, GUIDE])
def test_rows_put_in_or_taken_out_move_what_is_ours(sheet: str, values: bool, by: int) -> None:
    """Numbers, short texts and outcomes too, of which no formula is left in .ods."""

    def to(row: int, column: int) -> tuple[int, int] | None:
        if row == 4 and by < 0:
            return None
        return row + by * (row > 4), column

    book = with_one_fout().change(sheet, protected=False).move(sheet, to)
    if values:
        book.values_only()
    book.put(sheet, 30, 40, "Los")
    assert [one[:3] for one in unplaced(book.correction())] == [(sheet, "AN30", "Los")]


def test_a_text_of_an_earlier_version_was_not_typed() -> None:
    """“Sla op en stuur terug … dat heb ik nooit getypt”, of an .ods, which has no protection."""
    step = "Sla op en stuur terug. Vul hieronder uw gegevens in. Stuur dit bestand, geen pdf."
    book = with_one_fout().values_only()
    book.put(META, texts_row(book), 2, "0123456789abcdef").put(START, 10, 3, step)
    book.put(START, 9, 3, "Wij hebben dit al besproken op 3 mei")
    assert [one[1:3] for one in unplaced(book.correction())] == [
        ("C9", "Wij hebben dit al besproken op 3 mei")
    ]


def texts_row(book: Returned) -> int:
    """The row of the digest of all fixed texts, by which a version is known."""
    cells = book.sheets[META].cells.values()
    return next(cell.row for cell in cells if cell.text == TEXTS)


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
        if sheet == META and column == 2 and PART.fullmatch(unique):
            continue  # reads as another part of the stamp, which is a finding and no typed text
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
