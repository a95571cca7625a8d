"""Rules that see all files of a round: which version counts, who is missing, who copied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from attrs import evolve

from normtemplates.model.finding import Finding, Report, ReportStatus, Severity, Standing
from normtemplates.model.organisation import Organisation
from normtemplates.model.returned import Facts, Return, turnout, which_counts
from normtemplates.model.round import Round
from normtemplates.report.words import MESSAGE_LENGTH
from normtemplates.rules import Inbox, RoundRule, round_rules, run_round
from normtemplates.rules.example_folder import Folder
from normtemplates.rules.example_norm import ROUND
from normtemplates.rules.facts import ROW_SIZE
from normtemplates.rules.registry import Case
from normtemplates.rules.round import Told, round_rule
from tests.rules.books import definitions

GOOD, WRONG, REFUSED = ReportStatus
FINDING = Finding("NT304", Severity.WAARSCHUWING, "Iets om nog eens naar te kijken.")


def sent(
    status: ReportStatus = GOOD,
    says: str = "",
    day: int | None = None,
    code: str | None = "GM0000",
    path: str = "",
    rows: bytes = b"",
) -> Return:
    """A file: ``says`` stands for all its answers, ``day`` for when it was saved."""
    modified = datetime(2030, 3, day, tzinfo=UTC) if day else None
    round_ = None if status is REFUSED else ROUND.name
    report = Report(path or f"{says}{day}.xlsx", status, (), code, code, round_)
    return Return(report, Facts(code, modified, says.encode(), rows))


# -- which of several counts -------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "counts", "ground"),
    [
        ((), None, "only"),
        ((sent(WRONG, "a"),), 0, "only"),
        ((sent(GOOD, "a", 1), sent(GOOD, "b", 2)), 1, "last"),
        ((sent(GOOD, "b", 2), sent(GOOD, "a", 1)), 0, "last"),
        ((sent(GOOD, "a", 1), sent(WRONG, "b", 2)), 1, "last"),
        ((sent(GOOD, "a", 1), sent(GOOD, "b", 3), sent(GOOD, "c", 2)), 1, "last"),
        ((sent(GOOD, "a", 1), sent(GOOD, "b", 1)), None, "unknown"),
        ((sent(GOOD, "a", 1), sent(GOOD, "b")), None, "unknown"),
        ((sent(WRONG, "a", 1), sent(GOOD, "b")), 1, "sound"),
        ((sent(WRONG, "a"), sent(WRONG, "b")), None, "unknown"),
        ((sent(WRONG, "a", 2), sent(GOOD, "a", 1)), 1, "same"),
        ((sent(GOOD, "a"), sent(GOOD, "a"), sent(WRONG, "b")), 0, "sound"),
        ((sent(GOOD, "a", 1), sent(GOOD, "b", 2), sent(GOOD, "b", 2)), 1, "last"),
    ],
)
def test_which_counts(files: tuple[Return, ...], counts: int | None, ground: str) -> None:
    expected = None if counts is None else files[counts]
    assert which_counts(files) == (expected, ground)


def test_of_files_that_say_the_same_the_one_that_was_checked_most_counts() -> None:
    """An .ods comes first by name; its structure nobody knows, and the .xlsx files are right."""
    ods = sent(GOOD, "a", path="asten.ods")
    ods = Return(ods.report, evolve(ods.facts, structure=False))
    doubtful = sent(GOOD, "a", 3, path="asten-2.xlsx")
    doubtful = Return(evolve(doubtful.report, findings=(FINDING,)), doubtful.facts)
    clean = sent(GOOD, "a", 1, path="asten-3.xlsx")
    wrong = sent(WRONG, "a", 2, path="asten-4.xlsx")
    assert which_counts((ods, wrong, doubtful, clean)) == (clean, "same")
    assert which_counts((ods, wrong, doubtful)) == (doubtful, "same")
    assert which_counts((ods, wrong)) == (ods, "same")
    assert which_counts((ods, clean, sent(WRONG, "b"))) == (clean, "sound")


def test_files_of_which_nothing_is_known_do_not_say_the_same() -> None:
    assert which_counts((sent(), sent())) == (None, "unknown")


def test_how_each_organisation_stands() -> None:
    """Each file stands with one organisation at most, and what was refused with its sender."""
    files = (
        sent(REFUSED, code="GM0001"),
        sent(GOOD, "a", code="GM0000"),
        sent(REFUSED, code="GM0000"),
        sent(REFUSED, code=None),
        sent(GOOD, "x", code="GM9999"),
    )
    first, second = turnout(ROUND, files)
    assert (first.standing, first.counts, first.refused) == (Standing.AKKOORD, files[1], files[2:3])
    assert (second.standing, second.counts) == (Standing.GEWEIGERD, None)
    assert [one.standing for one in turnout(ROUND, ())] == [Standing.NIET] * 2
    twice = (sent(GOOD, "a"), sent(GOOD, "b"))
    assert turnout(ROUND, twice)[0].standing is Standing.DUBBEL


# -- messages ----------------------------------------------------------------------------


def findings(inbox: Inbox, code: str) -> list[Told]:
    (rule,) = (one for one in round_rules() if one.code == code)
    return list(rule.check(inbox))


def test_on_the_same_day_the_time_is_told() -> None:
    folder = Folder().saved("2030-03-01T09:00:01").add("GM0000", "b.xlsx")
    folder.change(lambda book: book.set("1.1", "status", "Ja")).saved("2030-03-01T09:00:02")
    old, _ = findings(folder.inbox(), "NT601")
    assert "opgeslagen op 1 maart 2030 om 09:00:01 uur (UTC)" in old.finding.message


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    files = tuple(sent(GOOD, says, day=3, path=f"{says}/in.xlsx") for says in "ab")
    one, _ = findings(Inbox(files, ROUND, (ROUND,)), "NT601")
    assert "ook ‘b/in.xlsx’." in one.finding.message


def many(number: int, length: int = 20) -> Round:
    one = ROUND.organisations[0]
    return evolve(
        ROUND,
        organisations=tuple(
            evolve(one, code=f"GM{place:04}", name="N" * length) for place in range(number)
        ),
    )


@pytest.mark.parametrize(("number", "length"), [(45, 12), (57, 28), (342, 60)])
def test_no_name_of_who_is_missing_is_cut_off(number: int, length: int) -> None:
    round_ = many(number, length)
    told = findings(Inbox((), round_, (round_,)), "NT602")
    assert all(len(one.finding.message) <= MESSAGE_LENGTH for one in told)
    text = " ".join(one.finding.message for one in told)
    assert all(text.count(f"({one.code})") == 1 for one in round_.organisations)


def test_a_shipped_round_without_any_return_says_which_part_each_finding_names() -> None:
    round_ = definitions().round("nulmeting-2025")
    told = findings(Inbox((), round_, (round_,)), "NT602")
    assert told[0].report is None
    said = [one.finding.message for one in told]
    assert ["(45 van de 45; deel 1 van 2)" in said[0], "deel 2 van 2" in said[1]] == [True, True]
    assert [text.endswith("Stuur een herinnering.") for text in said] == [False, True]


def test_weesp_went_up_in_amsterdam() -> None:
    """The only merger that the shipped register knows of (24 March 2022)."""
    round_ = definitions().round("nulmeting-2025")
    one = Return(Report("weesp.xlsx", WRONG, (), round=round_.name), Facts("GM0457"))
    (told,) = findings(Inbox((one,), round_, (round_,)), "NT603")
    assert "opgegaan in gemeente Amsterdam (GM0363)" in told.finding.message


def test_an_organisation_that_ended_before_the_reference_date() -> None:
    ended = evolve(
        ROUND.organisations[0], code="GM0009", valid_to=datetime(2029, 12, 31, tzinfo=UTC).date()
    )
    round_ = evolve(ROUND, not_valid=(ended,))
    (told,) = findings(Inbox((sent(code="GM0009"),), round_, (round_,)), "NT603")
    assert "bestond zij niet meer (wel tot en met 31 december 2029)" in told.finding.message


# -- the same answers --------------------------------------------------------------------


def rows(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(ROW_SIZE, "big") for number in numbers)


def alike(*own: bytes) -> list[bool]:
    """Tell for each of so many organisations whether NT604 says something of it."""
    files = [sent(code=f"GM{n:04}", path=str(n), rows=one) for n, one in enumerate(own)]
    told = {
        one.report.path
        for one in findings(Inbox(tuple(files), ROUND, (ROUND,)), "NT604")
        if one.report
    }
    return [str(n) in told for n in range(len(own))]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (range(40), range(40), True),
        (range(5), range(5), True),
        (range(4), range(4), False),  # too few
        (range(40), range(10, 50), True),  # three quarters
        (range(40), range(11, 51), False),
        (range(40), range(10), False),  # a small part of the larger one
        ((), (), False),
    ],
)
def test_three_quarters_and_five_at_least(one: range, other: range, expected: bool) -> None:
    assert alike(rows(*one), rows(*other)) == [expected, expected]


def test_a_row_that_very_many_have_is_an_example() -> None:
    shared = rows(*range(10))
    assert alike(*[shared] * 50) == [True] * 50
    assert alike(*[shared] * 51) == [False] * 51


def test_only_a_few_others_are_named() -> None:
    files = tuple(sent(code=f"GM{n:04}", path=str(n), rows=rows(*range(9))) for n in range(9))
    told = findings(Inbox(files, ROUND, (ROUND,)), "NT604")
    assert len(told) == 9
    assert "GM0003 (GM0003) en 5 andere:" in told[0].finding.message


def test_texts_that_stand_in_the_workbook_when_it_is_issued_are_nobodys_own() -> None:
    """Blank overviews of two provinces in one round share their pre-set grounds, no more."""
    folder = Folder()
    for return_ in folder.add("GM0001").inbox().returns:
        assert len(return_.facts.rows) % ROW_SIZE == 0
        assert return_.facts.rows
    empty = Folder().write_texts("").add("GM0001").write_texts("").inbox()
    assert findings(empty, "NT604") == []


# -- running -----------------------------------------------------------------------------


def test_what_a_round_says_only_warns() -> None:
    assert {one.severity for one in round_rules()} == {Severity.WAARSCHUWING}
    assert [one.code for one in round_rules()] == ["NT601", "NT602", "NT603", "NT604"]


def breaking(error: Exception) -> RoundRule:
    def check(inbox: Inbox) -> Iterator[Told]:
        yield one.on_round("Eerst dit.")
        raise error

    one = round_rule(
        "NT699", "breaking", finds="Iets.", why="Daarom.", remedy="Doe dit.",
        good=(Case("Goed."),), bad=(Case("Fout.", places=("",)),),
    )(check)  # fmt: skip
    return one


def test_a_crash_is_told_and_the_others_go_on() -> None:
    found = run_round(Folder().inbox(), (breaking(KeyError("x")), *round_rules()))
    assert [one.code for one in found.round] == ["NT699", "NT602", "NT900"]
    assert "NT699" in found.round[-1].message
    with pytest.raises(MemoryError):
        run_round(Folder().inbox(), (breaking(MemoryError()),))


def test_an_organisation_that_stands_nowhere_is_no_crash() -> None:
    nobody: tuple[Organisation, ...] = ()
    empty = evolve(ROUND, organisations=nobody)
    assert run_round(Inbox((sent(),), empty, (empty,))).round == ()
