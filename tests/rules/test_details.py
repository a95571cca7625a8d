"""What single rules say, beyond where they say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

from normtemplates.layout.condition import Row
from normtemplates.layout.conditions import PartsDone
from normtemplates.layout.contract import layout_of
from normtemplates.layout.keys import IGNORED, key_of_text
from normtemplates.layout.marks import WHERE_COLUMN
from normtemplates.layout.places import CORRECTIONS, OVERVIEW, START, address, coordinates
from normtemplates.model.answers import text_value
from normtemplates.model.finding import Severity
from normtemplates.model.submission import Cell, CellKind, Sheet
from normtemplates.rules import file_rules, run
from normtemplates.rules.difference import differing
from normtemplates.rules.example_norm import ROUND
from normtemplates.rules.examples import Book
from tests.rules.books import findings, layouts


@pytest.mark.parametrize(
    ("title", "whose"),
    [("Overzicht gemeente Voorbeeldstad", "GM0000"), ("Overzicht van ons", None)],
)
def test_a_sheet_in_a_workbook_of_ones_own_is_of_who_its_title_names(
    title: str, whose: str | None
) -> None:
    """``Verplaatsen of kopiëren`` to a new workbook takes neither Start nor a stamp along."""
    book = Book()
    book.lose_stamps()
    book.title(title)
    whole = book.submission()
    submission = evolve(whole, sheets=tuple(s for s in whole.sheets if s.name == OVERVIEW))
    context = book.context(submission)
    assert context.found
    organisation = context.found.organisation
    assert (organisation.code if organisation else None) == whose
    unknown = [f for f in run(submission, context) if f.code == "NT203"]
    assert len(unknown) == (whose is None)
    for one in unknown:
        assert f"het blad {START}, waarop de naam stond, ook" in one.message
        assert "hier staat" not in one.message


def test_the_old_and_the_new_sentence_are_both_shown() -> None:
    (found,) = findings(
        lambda book: book.set("2.1", "text", "Wij hebben een loket voor signalen"),
    )
    assert "‘Wij hebben een meldpunt voor signalen’" in found.message
    assert "‘Wij hebben een loket voor signalen’" in found.message


def test_a_comment_beside_our_own_notes_in_a_correction_workbook() -> None:
    book = Book()
    book.comment("1.1", "evidence").comment("1.2", "action")
    submission = book.submission()
    sheet = submission.sheet(OVERVIEW)
    assert sheet
    ours, theirs = (address(*spot) for spot in sheet.comments)
    named = Cell(2, WHERE_COLUMN, CellKind.TEXT, f"{OVERVIEW}!{ours}", None, True)
    listed = Sheet(CORRECTIONS, "visible", {(2, WHERE_COLUMN): named}, True)
    submission = evolve(submission, sheets=(*submission.sheets, listed))
    (found,) = run(
        submission,
        book.context(submission),
        tuple(one for one in file_rules() if one.code == "NT504"),
    )
    assert theirs in found.message
    assert ours not in found.message


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("a b c", "a x c", ("a b c", "a x c")),
        (
            "Deze lange zin begint gelijk en eindigt met het woord oud",
            "Deze lange zin begint gelijk en eindigt met het woord nieuw",
            ("…eindigt met het woord oud", "…eindigt met het woord nieuw"),
        ),
        ("Wij doen dit elk jaar", "", ("Wij doen dit elk jaar", "")),
        ("x" * 200, "x" * 100, ("x" * 69 + "…", "x" * 69 + "…")),
    ],
)
def test_differing(one: str, other: str, shown: tuple[str, str]) -> None:
    assert differing(one, other) == shown


def test_which_round_it_is_for_and_which_was_asked() -> None:
    (found,) = findings(lambda book: book.ask_next_round())
    assert "is voor: Voorbeeldnorm 2030, meting 2030. " in found.message
    assert "Gevraagd is: Voorbeeldnorm 2030, meting 2031. " in found.message


def test_which_stamps_contradict_each_other() -> None:
    (found,) = findings(lambda book: book.restamp("start", round="meting-2029"))
    assert "over de uitvraag" in found.message
    assert f"meting-2029 volgens het blad {START}" in found.message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("gemeente  VOORBEELDSTAD ", []),
        ("gemeente Voorbeeldland", ["NT204"]),
        ("Gemeente Anderstad", ["NT204"]),
        ("provincie Anderland", []),  # no kind of organisation that takes part
        ("Team Veiligheid", []),
    ],
)
def test_a_name_in_sight(text: str, codes: list[str]) -> None:
    assert [one.code for one in findings(lambda book: book.name_on_start(text))] == codes


@pytest.mark.parametrize(
    "pair", [("explanation", "action"), ("done_on", "due_on"), ("status", "priority")]
)
def test_headers_that_were_typed_over_are_a_fout_and_columns_that_moved_are_not(
    pair: tuple[str, str],
) -> None:
    one, other = (Book().layout.column_by_key[key].field for key in pair)

    def told(change: Callable[[Book], object]) -> list[Severity]:
        return [found.severity for found in findings(change) if found.code == "NT211"]

    swapped = told(lambda b: b.header(one.key, other.header).header(other.key, one.header))
    assert swapped == [Severity.FOUT]
    assert told(lambda book: book.swap_columns(*pair)) == [Severity.WAARSCHUWING]


def test_a_likely_date_is_offered() -> None:
    (found,) = findings(lambda book: book.set("2.1", "due_on", "31 dec. 2031"))
    assert found.message.endswith("Maak het vak leeg en typ 31-12-2031 opnieuw.")


def test_a_formula_that_fails_is_told_as_both() -> None:
    """The formula has to go; the error is what one sees."""
    found = findings(lambda book: book.error("1.1", "evidence", "#DIV/0!", "1/0"))
    assert [one.code for one in found] == ["NT407", "NT408"]


def test_the_outcome_of_a_formula_is_not_judged() -> None:
    """Nobody typed it: neither empty nor unknown is said of it."""
    for found in (
        findings(lambda book: book.formula("1.1", "status", "A1")),
        findings(lambda book: book.formula("1.1", "status", "A1", "Ja")),
    ):
        assert [one.code for one in found] == ["NT407"]


def test_lists_that_a_program_lost_are_no_changed_lists() -> None:
    """Without its name nobody can tell what a list offers; that it stops nothing is NT214's."""
    assert findings(lambda book: book.names.pop("lijst_status")) == ()
    assert findings(lambda book: book.repoint("status", "OFFSET(A1,0,0,4,1)")) == ()
    assert findings(lambda book: book.repoint("status", "'[1]Blad1'!$A$1:$A$4")) == ()


def test_a_row_too_many_is_told_once() -> None:
    """Its answers are not also called stray."""
    assert [one.code for one in findings(lambda book: book.repeat_row("1.1"))] == ["NT209"]


def test_another_name_for_the_sheet_with_the_table_is_no_fout() -> None:
    (found,) = findings(lambda book: book.rename(OVERVIEW, "Normen"))
    assert (found.code, found.severity) == ("NT206", Severity.WAARSCHUWING)


def test_a_placeholder_is_not_also_called_thin() -> None:
    assert [f.code for f in findings(lambda book: book.set("2.1", "explanation", "x"))] == ["NT303"]


def test_the_terms_of_the_kind_of_organisation_stand_in_hints() -> None:
    """A cover field says ‘het college’, never ‘{board}’."""
    for layout in (*layouts(), layout_of(ROUND.norm, ROUND, ROUND.organisations[0])):
        for slot in layout.cover:
            for condition in slot.conditions:
                assert "{" not in condition.name + condition.brief + condition.short
                assert "{" not in condition.hint


def test_the_status_of_the_norm_is_named_and_not_one_of_ours() -> None:
    (found,) = findings(lambda book: book.set("1.2", "done_on", date(2020, 1, 1)))
    assert "status ‘Uitgevoerd’" in found.message


# -- what the rules lean on in layout ----------------------------------------------------


@pytest.mark.parametrize(("row", "column"), [(1, 1), (14, 8), (9, 26), (9, 27), (1048576, 16384)])
def test_an_address_and_back(row: int, column: int) -> None:
    assert coordinates(address(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "A", "14", "a1", "A1B", "$A$1", "Ä1"])
def test_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        coordinates(text)


def test_the_key_leaves_out_exactly_the_ignored_characters() -> None:
    """Every character in the basic plane, beside letters and a space."""
    table = str.maketrans("", "", IGNORED)
    for code in range(0x10000):
        text = f"A {chr(code)}b"
        assert key_of_text(text) == text.translate(table).lower()


def test_sub_items_with_the_same_answer_are_named_together() -> None:
    """As a person would say it: ``zijn`` for several, ``is`` for one."""
    parts = tuple((number, number) for number in ("3.1.2", "3.1.2.c", "3.1.5"))
    condition = PartsDone("status", "Status", "Status", parts=parts, labels=("Nee", "Deels"))
    yes = {"status": text_value("Uitgevoerd")}
    nos = dict.fromkeys(("3.1.2", "3.1.2.c", "3.1.5"), text_value("Nee"))
    assert condition.describe(Row({**yes, **nos})).startswith(
        "Status is ‘Uitgevoerd’, maar de onderdelen 3.1.2, 3.1.2.c en 3.1.5 zijn ‘Nee’."
    )
    mixed = {**yes, **nos, "3.1.5": text_value("Deels")}
    assert condition.describe(Row(mixed)).startswith(
        "Status is ‘Uitgevoerd’, maar de onderdelen 3.1.2 en 3.1.2.c zijn ‘Nee’ en "
        "onderdeel 3.1.5 is ‘Deels’."
    )
