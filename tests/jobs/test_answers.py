"""The hand-over of answers: exact, without text that nobody asked for, and never silently short."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from normtemplates.errors import OutputError, RequestError
from normtemplates.jobs import answers as job
from normtemplates.jobs.answers import (
    check_answers_path,
    left_out_path,
    sha256_of,
    write_answers,
)
from normtemplates.jobs.output import FolderError
from normtemplates.layout import layout_of
from normtemplates.layout.lint import lint
from normtemplates.model.finding import Report, ReportStatus
from normtemplates.model.fitting import NotFitting
from normtemplates.model.norm import Role
from normtemplates.model.returned import Facts, Return
from normtemplates.model.round import Round
from normtemplates.report.answers import (
    AnswerRow,
    HandOver,
    answer_rows,
    columns,
    guarded,
    hand_over,
    lines_of,
    render_csv,
    render_jsonl,
    render_left_out,
    render_plan,
    unguarded,
)
from tests.clients import fills
from tests.jobs.returns import Returned, found_in, written
from tests.layout.samples import definitions, example_layout

LAYOUT = example_layout()
SHA = "0" * 64
# The columns of the hand-over of Noord-Holland, as those who count were promised them.
COLUMNS = [
    "norm", "edition", "round", "organisation", "organisation_name", "kind", "riec",
    "safety_region", "theme", "requirement", "status", "status_label", "role", "done_on",
    "due_on", "priority", "source_sha256",
]  # fmt: skip
FREE = ["explanation", "evidence", "action", "owner"]


def rows_of(book: Returned, sha256: str = SHA) -> tuple[AnswerRow, ...]:
    found = found_in(book.submission(), book.layout)
    assert found is not None
    return answer_rows(found, sha256)


def report(
    code: str | None = "GM0000",
    status: ReportStatus = ReportStatus.AKKOORD,
    round_: str | None = LAYOUT.round.name,
    says: bytes = b"",
    day: int | None = None,
) -> Return:
    """A file that came back; ``says`` stands for all its answers, ``day`` for when it was saved."""
    modified = day and datetime(2025, 3, day, tzinfo=UTC)
    return Return(
        Report("x.xlsx", status, (), code, round=round_),
        Facts(modified=modified or None, answers=says),
    )


def over(book: Returned | None = None) -> HandOver:
    rows = rows_of(book or Returned())
    return hand_over([(report(), rows)], (LAYOUT.round,))


def parsed(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    head, *rows = [json.loads(line) for line in text.splitlines()]
    return head, rows


def table(text: str) -> list[dict[str, str]]:
    """A CSV as a program of the reader's choice takes it apart."""
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    return [{key: unguarded(value) for key, value in row.items()} for row in reader]


# -- the rows ----------------------------------------------------------------------------


def test_one_row_for_each_norm_in_its_order() -> None:
    rows = rows_of(Returned())
    assert [row.requirement for row in rows] == [r.number for r in LAYOUT.norm.requirements]
    assert [row.theme for row in rows] == [row.requirement.split(".")[0] for row in rows]
    assert {row.source_sha256 for row in rows} == {SHA}


def test_what_stands_in_a_row() -> None:
    book = Returned().answer("1.2", "status", " ONTBREEKT").answer("1.2", "priority", "hoog ")
    book.answer("1.2", "due_on", date(2026, 5, 6))
    _, rows = parsed(render_jsonl(over(book)))
    assert rows[1] == {
        "norm": "noord-holland",
        "edition": "2025",
        "round": "voorbeeld-2025",
        "organisation": "GM0000",
        "organisation_name": "Voorbeeldstad",
        "kind": "gemeente",
        "riec": "RIEC Voorbeeld",
        "safety_region": "Voorbeeldregio",
        "theme": "1",
        "requirement": "1.2",
        "status": "ontbreekt",
        "status_label": "Ontbreekt",
        "role": "missing",
        "done_on": None,
        "due_on": "2026-05-06",
        "priority": "Hoog",
        "source_sha256": SHA,
    }


def test_what_cannot_be_used_where_it_does_not_count_is_not_handed_on() -> None:
    """With status Uitgevoerd nobody looks at the priority, so anything may stand there."""
    book = Returned().answer("1.1", "priority", "Misschien").answer("1.1", "due_on", "ooit")
    row = rows_of(book)[0]
    assert row.role == Role.DONE.value
    assert row.values["priority"] is None
    assert row.values["due_on"] is None


def test_an_addressee_that_is_no_riec_is_none() -> None:
    round_ = definitions().round("nulmeting-2025")
    province = next(o for o in round_.organisations if o.kind.code == "provincie")
    rows = rows_of(Returned(layout_of(round_.norm, round_, province)))
    assert {row.riec for row in rows} == {None}


def test_a_fixed_row_has_its_fixed_answer() -> None:
    theme = LAYOUT.norm.themes[0]
    fixed = evolve(
        theme.requirements[0], not_fitting=(NotFitting("gemeente", "Past niet.", locked=True),)
    )
    norm = evolve(
        LAYOUT.norm,
        theme=(
            evolve(theme, requirement=(fixed, *theme.requirements[1:])),
            *LAYOUT.norm.themes[1:],
        ),
    )
    round_ = evolve(LAYOUT.round, norm=norm)
    book = Returned(layout_of(norm, round_, LAYOUT.organisation))
    assert rows_of(book.answer("1.1", "status", "Uitgevoerd"))[0].status == "niet-van-toepassing"


def test_a_return_that_is_not_akkoord_gives_no_rows() -> None:
    with pytest.raises(ValueError, match=r"no status at 2\.3"):
        rows_of(Returned().answer("2.3", "status", "Misschien"))
    found = found_in(Returned().submission(), LAYOUT)
    assert found is not None
    with pytest.raises(ValueError, match="nobody"):
        answer_rows(evolve(found, organisation=None), SHA)


def test_a_real_return(returned: Path) -> None:
    found = found_in(written(returned / "goed.xlsx"), LAYOUT)
    assert found is not None
    rows = answer_rows(found, sha256_of(returned / "goed.xlsx"))
    assert len(rows) == 47
    expected = hashlib.sha256((returned / "goed.xlsx").read_bytes()).hexdigest()
    assert {row.source_sha256 for row in rows} == {expected}
    days = {row.values["due_on"] for row in rows if row.role in ("partly", "missing")}
    assert days == {"2025-12-31"}


# -- the two forms -----------------------------------------------------------------------


def test_the_columns_are_those_that_were_promised() -> None:
    assert list(columns(over())) == COLUMNS
    assert list(columns(over(), with_texts=True)) == [*COLUMNS, *FREE]
    for with_texts in (False, True):
        names = [*COLUMNS, *FREE] if with_texts else COLUMNS
        head, rows = parsed(render_jsonl(over(), with_texts=with_texts))
        assert head["schema"] == "normtemplates/answers/1"
        assert head["columns"] == names
        assert all(list(row) == names for row in rows)
        first = render_csv(over(), with_texts=with_texts).splitlines()[0]
        assert first == ";".join(names)


def test_free_text_only_when_it_is_asked_for() -> None:
    secret = "Jan weet meer"
    book = Returned()
    for field in FREE:
        book.answer("1.2", field, secret)
    book.cover("team", secret)
    given_over = over(book)
    for render in (render_csv, render_jsonl):
        assert secret not in render(given_over)
        assert render(given_over, with_texts=True).count(secret) == len(FREE)


@pytest.mark.parametrize(
    "typed",
    [
        'Eerst dit;\ndan "dat"',
        '=HYPERLINK("http://x")',
        "'=1+1",
        "''@x",
        "'s avonds",
        "+31",
        "-",
        "\ttab",
        "\r\nregel",
        "é \N{GRINNING FACE} \u202e",
        "\x01_x000D_",
        "\ud800 half",
        "2.10",
    ],
)
def test_both_forms_give_the_text_back(typed: str) -> None:
    given_over = over(Returned().answer("1.2", "action", typed))
    _, rows = parsed(render_jsonl(given_over, with_texts=True))
    assert rows[1]["action"] == typed
    render_jsonl(given_over, with_texts=True).encode()
    lines = table(render_csv(given_over, with_texts=True))
    assert lines[1]["action"] == typed
    assert [{k: v or None for k, v in line.items()} for line in lines] == rows


@given(st.text(st.sampled_from("'=+-@\t\r\na1 ")) | st.text())
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r\n")


def test_a_name_with_an_apostrophe_stays_as_it_is() -> None:
    assert guarded("'s-Hertogenbosch") == unguarded("'s-Hertogenbosch") == "'s-Hertogenbosch"


def test_every_cell_is_guarded() -> None:
    """Also what is not typed by anybody: a name in a register of one's own."""
    organisation = evolve(LAYOUT.organisation, name="=1+1", safety_region="@x")
    round_ = evolve(LAYOUT.round, organisations=(organisation,))
    book = Returned(layout_of(LAYOUT.norm, round_, organisation))
    text = render_csv(hand_over([(report(), rows_of(book))], (round_,)))
    assert ";'=1+1;" in text
    assert ";'@x;" in text
    missing = render_left_out(hand_over([], (round_,), round_))
    assert ";'=1+1;" in missing


# -- what is not in it -------------------------------------------------------------------


@pytest.fixture(scope="module")
def round_() -> Round:
    """Five municipalities."""
    organisations = tuple(
        evolve(LAYOUT.organisation, code=f"GM000{n}", name=f"Stad {n}") for n in range(5)
    )
    return evolve(LAYOUT.round, organisations=organisations)


def named(rows: tuple[AnswerRow, ...], code: str, sha256: str = SHA) -> tuple[AnswerRow, ...]:
    return tuple(evolve(row, organisation=code, source_sha256=sha256) for row in rows)


def test_who_is_not_counted_is_named_with_the_reason(round_: Round) -> None:
    rows = rows_of(Returned())
    wrong = report("GM0002", ReportStatus.TE_CORRIGEREN)
    result = hand_over(
        [
            (report("GM0000"), named(rows, "GM0000")),
            (report("GM0001"), named(rows, "GM0001", "1" * 64)),
            (report("GM0001"), named(rows, "GM0001", "2" * 64)),
            (wrong, ()),
            (report(None, ReportStatus.GEWEIGERD, None), ()),
            (report("GM0000", ReportStatus.GEWEIGERD, None), ()),
            (report("GM0003", ReportStatus.GEWEIGERD, None), ()),
        ],
        (round_,),
    )
    assert {row.organisation for row in result.rows} == {"GM0000"}
    reasons = [
        ("GM0001", "dubbel ingeleverd"),
        ("GM0002", "te corrigeren"),
        ("GM0003", "geweigerd"),
        ("GM0004", "niet ingeleverd"),
    ]
    assert [(one.organisation.code, one.reason.value) for one in result.left_out] == reasons
    assert list(lines_of(result)) == [
        "voorbeeld-2025: 1 van de 5 organisaties telt mee.",
        "Dubbel ingeleverd (1): Stad 1 (GM0001).",
        "Te corrigeren (1): Stad 2 (GM0002).",
        "Geweigerd (1): Stad 3 (GM0003).",
        "Niet ingeleverd (1): Stad 4 (GM0004).",
        "1 bestand is van geen organisatie van de ronde. Het telt niet mee.",
    ]
    head, _ = parsed(render_jsonl(result))
    (about,) = head["rounds"]
    assert (about["organisations"], about["counted"]) == (5, 1)
    assert [(one["organisation"], one["reason"]) for one in about["left_out"]] == reasons
    assert head["files_of_nobody"] == 1
    lines = table(render_left_out(result))
    assert [(line["organisation"], line["reason"]) for line in lines] == reasons


def test_the_same_file_twice_counts_once(round_: Round) -> None:
    rows = named(rows_of(Returned()), "GM0000")
    twice = [(report(says=b"same"), rows), (report(says=b"same"), rows)]
    assert hand_over(twice, (round_,)).rows == rows


def test_of_two_versions_the_last_one_counts(round_: Round) -> None:
    """Once, in whatever order the files lie there."""
    before = named(rows_of(Returned()), "GM0000", "1" * 64)
    after = named(rows_of(Returned().answer("1.1", "status", "Ontbreekt")), "GM0000", "2" * 64)
    versions = [(report(says=b"1", day=3), before), (report(says=b"2", day=4), after)]
    for files in (versions, versions[::-1]):
        assert hand_over(files, (round_,)).rows == after


def test_a_last_version_that_must_be_mended_holds_the_organisation_back(round_: Round) -> None:
    """What it said before is not what it says now."""
    rows = named(rows_of(Returned()), "GM0000")
    last = report("GM0000", ReportStatus.TE_CORRIGEREN, says=b"2", day=4)
    result = hand_over([(report(says=b"1", day=3), rows), (last, ())], (round_,))
    assert result.rows == ()
    assert result.left_out[0].reason.value == "te corrigeren"


def test_a_mended_return_counts_beside_the_one_before(round_: Round) -> None:
    rows = named(rows_of(Returned()), "GM0000")
    before = report("GM0000", ReportStatus.TE_CORRIGEREN)
    result = hand_over([(before, ()), (report(), rows)], (round_,))
    assert len(result.rows) == len(rows)


def test_rounds_that_no_file_is_of_do_not_count(round_: Round) -> None:
    other = definitions().round("nulmeting-2025")
    rows = named(rows_of(Returned()), "GM0000")
    assert hand_over([(report(), rows)], (other, round_)).rounds == (round_,)
    assert hand_over([], (other, round_)) == HandOver(())
    asked = hand_over([], (other, round_), other)
    assert len(asked.left_out) == len(other.organisations)


# -- the files ---------------------------------------------------------------------------


def test_csv_opens_in_a_dutch_excel_at_a_double_click(tmp_path: Path) -> None:
    path = tmp_path / "antwoorden.csv"
    assert write_answers(path, over()) == (path, tmp_path / "antwoorden.ontbrekend.csv")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfnorm;edition;")
    assert data.count(b"\r\n") == 48
    beside = left_out_path(path).read_bytes()
    assert beside.decode("utf-8-sig").splitlines()[0].endswith(";reason")


def test_jsonl_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "antwoorden.JSONL"
    assert write_answers(path, over(), with_texts=True) == (path,)
    assert [one.name for one in tmp_path.iterdir()] == ["antwoorden.JSONL"]
    assert len(path.read_bytes().splitlines()) == 48


def test_a_workbook_to_sort_and_count_in(tmp_path: Path) -> None:
    """Read by another library: text stays text, dates are dates, nothing is locked."""
    path = tmp_path / "antwoorden.xlsx"
    text = '=HYPERLINK("http://x")'
    given_over = over(Returned().answer("1.2", "action", text))
    assert lint(render_plan(given_over, with_texts=True)) == []
    assert write_answers(path, given_over, with_texts=True) == (path,)
    book = openpyxl.load_workbook(path)
    answers, left_out = book["Antwoorden"], book["Niet meegeteld"]
    header, *rows = answers.iter_rows()
    assert [cell.value for cell in header] == [*COLUMNS, *FREE]
    place = {cell.value: index for index, cell in enumerate(header)}
    numbers = [row[place["requirement"]] for row in rows]
    assert [cell.value for cell in numbers] == [row.requirement for row in given_over.rows]
    assert {cell.data_type for cell in numbers} == {"s"}
    action = rows[1][place["action"]]
    assert (action.value, action.data_type) == (text, "s")
    days = [str(cell.value)[:10] for row in rows if (cell := row[place["due_on"]]).value]
    assert days == [day for row in given_over.rows if (day := row.values["due_on"])]
    assert [cell.value for cell in next(left_out.iter_rows())][-1] == "reason"
    assert left_out.max_row == 1
    assert not answers.protection.sheet
    assert not (book.security and book.security.lockStructure)


def test_sub_items_say_which_norm_they_are_of() -> None:
    """Who counts norms must be able to leave them out."""
    layout = fills.voorbeeldstad(fills.WITH_PARTS)
    one = report(round_=layout.round.name)
    given_over = hand_over([(one, rows_of(Returned(layout)))], (layout.round,))
    names = columns(given_over)
    assert names[: names.index("part_of") + 1][-2:] == ("requirement", "part_of")
    parts = {row["requirement"]: row["part_of"] for row in table(render_csv(given_over))}
    assert len(parts) == 73
    assert sum(not norm for norm in parts.values()) == 57
    assert (parts["3.1"], parts["3.1.2.a"], parts["3.2.2"]) == ("", "3.1", "3.2")


def test_half_a_character_does_not_stop_the_rest(tmp_path: Path) -> None:
    given_over = over(Returned().answer("1.2", "action", "half \ud800 teken"))
    write_answers(tmp_path / "a.xlsx", given_over, with_texts=True)
    for name in ("a.csv", "a.jsonl"):
        write_answers(tmp_path / name, given_over, with_texts=True)
        assert b"\\ud800 teken" in (tmp_path / name).read_bytes()


def test_nobody_missing_leaves_no_old_list_of_who_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_answers(path, hand_over([], (LAYOUT.round,), LAYOUT.round))
    assert len(left_out_path(path).read_bytes().splitlines()) == 2
    write_answers(path, over())
    assert len(left_out_path(path).read_bytes().splitlines()) == 1


def test_rows_are_never_there_without_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list goes first; when the rows cannot be written, the old ones stay whole."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    written_to: list[str] = []

    def refuse(target: Path, data: bytes) -> None:
        written_to.append(target.name)
        raise OutputError("vol")

    monkeypatch.setattr(job, "write_file", refuse)
    with pytest.raises(OutputError):
        write_answers(path, over())
    assert written_to == ["a.ontbrekend.csv"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["antwoorden", "antwoorden.xls", "antwoorden.csv.txt", ".csv"])
def test_a_name_that_does_not_say_which_form(tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match=r"eindigt niet op .csv, .jsonl of .xlsx"):
        check_answers_path(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="bestaat niet"):
        check_answers_path(tmp_path / "weg" / "a.csv")
