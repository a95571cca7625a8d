"""``build --previous``: what a round starts from, and what is said of what it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.definitions import Definitions
from normtemplates.errors import RequestError
from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.before import Before, read_before, sources_of
from normtemplates.jobs.build import BuildRequest, build_round
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.jobs.correct import correction_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.places import OVERVIEW, PICTURE, PREDECESSORS, UNPLACED
from normtemplates.layout.recognise import Found, recognise
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.rules import Context, run
from tests.layout.samples import cover, definitions, row, texts

DONE, PARTLY, MISSING = "Uitgevoerd", "In ontwikkeling", "Ontbreekt"
LATE = date(2026, 12, 31)
GONE = date(2025, 12, 31)

THEN: dict[str, dict[str, Value]] = {
    "1.1": row(DONE),
    "1.2": row(PARTLY, LATE),
    "1.3": row(MISSING, GONE),
    "2.3": {**row(DONE), "done_on": date_value(date(2024, 11, 14))},
    "5.8": row("Niet van toepassing"),
}


def then() -> Round:
    return definitions().round("voorbeeld-2025")


def now() -> Round:
    return definitions().round("voorbeeld-2026")


def returned(
    folder: Path,
    rows: dict[str, dict[str, Value]],
    name: str = "a.xlsx",
    organisation: Organisation | None = None,
) -> Path:
    """A file that came back in the round of 2025; every other row is done."""
    round_ = then()
    layout = layout_of(round_.norm, round_, organisation or round_.organisations[0])
    whole = {number: row(DONE) for number in layout.row_by_number}
    whole["2.3"]["done_on"] = date_value(date(2024, 11, 14))
    answers = Answers({**whole, **rows}, cover())
    path = folder / name
    path.write_bytes(write_workbook(workbook_plan(layout, answers, texts())))
    return path


def before(folder: Path, round_: Round | None = None) -> Before:
    round_ = round_ or now()
    return read_before(definitions(), round_, folder, round_.organisations, texts())


def built(folder: Path, out: Path) -> Path:
    request = BuildRequest(round="voorbeeld-2026", what=("workbooks",), out=out, previous=folder)
    result = build_round(definitions(), request)
    assert not result.failures
    return result.folder / result.written[0].path


def found_in(path: Path) -> Found:
    found = recognise(read_bytes(path.name, path.read_bytes()), (now(), then())).found
    assert found is not None
    return found


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    (tmp_path / "terug").mkdir()
    returned(tmp_path / "terug", THEN)
    return built(tmp_path / "terug", tmp_path / "nieuw")


def test_the_status_of_then_stands_beside_an_open_one(issued: Path) -> None:
    found = found_in(issued)
    assert found.same_layout
    earlier = found.layout.earlier
    assert earlier is not None
    assert earlier.title == "nulmeting"
    assert len(earlier.statuses) == 47
    for number, values in THEN.items():
        assert found.cell(number, "previous").text == values["status"].text  # type: ignore[union-attr]
        assert "status" not in found.answers.row(number)
    assert found.cell("1.1", "previous").locked  # type: ignore[union-attr]


def test_texts_and_dates_that_can_still_be_given_go_over(issued: Path) -> None:
    answers = found_in(issued).answers
    assert {k: v.text for k, v in answers.row("1.2").items()} == {
        k: v.text for k, v in THEN["1.2"].items() if k != "status"
    }
    assert answers.row("2.3")["done_on"].number == THEN["2.3"]["done_on"].number
    assert "due_on" not in answers.row("1.3")
    assert answers.row("1.3")["priority"] == THEN["1.3"]["priority"]
    assert answers.cover["team"] == cover()["team"]
    assert not answers.cover["decision_date"].text
    assert not answers.cover["discussed"].text


def test_what_has_no_place_is_on_a_sheet_of_its_own(issued: Path) -> None:
    sheet = read_bytes("", issued.read_bytes()).sheet(UNPLACED)
    assert sheet is not None
    lines = [[sheet.text(r, c) for c in range(2, 6)] for r in sorted({r for r, _ in sheet.cells})]
    assert ["1.3", "Gereed uiterlijk", "31-12-2025"] in [line[:3] for line in lines]


def test_the_new_workbook_asks_for_a_status_and_nothing_is_wrong_with_it(issued: Path) -> None:
    report = check_workbook(issued, check_context(definitions()))
    assert report.round == "voorbeeld-2026"
    assert {f.code for f in report.findings} <= {"NT301", "NT304", "NT503"}
    assert sum(f.code == "NT301" for f in report.findings) == 47


def test_with_and_without_the_column_both_read(issued: Path, tmp_path: Path) -> None:
    plain = layout_of(now().norm, now(), now().organisations[0])
    path = tmp_path / "leeg.xlsx"
    path.write_bytes(write_workbook(workbook_plan(plain, plain.presets(), texts())))
    assert found_in(path).same_layout
    assert found_in(path).layout.previous_column is None
    beside = found_in(issued).layout
    assert beside.fingerprint != plain.fingerprint
    headers = [c.field.header for c in beside.columns]
    assert headers[:4] == ["Nr", "Norm", "Vorige status", "Status"]
    assert [c.field.header for c in plain.columns] == [h for h in headers if h != "Vorige status"]


def refill(issued: Path, rows: dict[str, dict[str, Value]]) -> tuple[Layout, bytes]:
    """The new workbook filled in: as it was, with other answers on some rows."""
    found = found_in(issued)
    whole = {
        number: {**row(DONE), **found.answers.row(number), "status": text_value(DONE)}
        for number in found.layout.row_by_number
    }
    whole["2.3"]["done_on"] = date_value(date(2025, 11, 14))
    for number, values in rows.items():
        whole[number] = values
    answers = Answers(whole, cover())
    return found.layout, write_workbook(workbook_plan(found.layout, answers, texts()))


def codes(data: bytes) -> list[tuple[str, str | None]]:
    submission = read_bytes("", data)
    recognised = recognise(submission, (now(), then()))
    findings = run(submission, Context(recognised, (now(), then())))
    return [(f.code, f.requirement) for f in findings]


def test_a_step_back_must_be_explained(tmp_path: Path) -> None:
    same = text_value("Dit is op orde en wordt elk jaar bekeken.")
    rows = {"1.1": {**row(DONE), "explanation": same}, "1.2": {**row(DONE), "explanation": same}}
    returned(tmp_path, rows)
    issued = built(tmp_path, tmp_path / "nieuw")
    back = {**row(PARTLY, LATE), "explanation": same}
    told = {**row(PARTLY, LATE), "explanation": text_value("De coördinator vertrok in mei.")}
    _, data = refill(issued, {"1.1": back, "1.2": told})
    assert ("NT413", "1.1") in codes(data)
    assert ("NT413", "1.2") not in codes(data)


def test_a_locked_status_of_then_that_was_changed_is_told_and_restored(issued: Path) -> None:
    layout, data = refill(issued, {"1.4": {}})  # without a fout there is nothing to mend
    submission = read_bytes("", data)
    spot = layout.row_by_number["1.3"].row, layout.column_by_key["previous"].column
    sheet = submission.sheet(OVERVIEW)
    assert sheet is not None
    cells = {**sheet.cells, spot: sheet.cell(*spot)._replace(text=DONE)}
    changed = evolve(
        submission,
        sheets=tuple(
            evolve(s, cells=cells) if s.name == OVERVIEW else s for s in submission.sheets
        ),
    )
    recognised = recognise(changed, (now(),))
    findings = run(changed, Context(recognised, (now(),)))
    assert [(f.code, f.cell) for f in findings if f.code == "NT221"] == [("NT221", "C7")]
    assert recognised.found is not None
    correction = correction_workbook(changed, recognised.found, findings, texts())
    assert correction is not None
    again = recognise(read_bytes("", correction), (now(),)).found
    assert again is not None
    assert again.cell("1.3", "previous").text == MISSING  # type: ignore[union-attr]
    assert again.layout.earlier == recognised.found.layout.earlier


def test_what_needs_no_scrolling_fits_beside_the_rest(issued: Path) -> None:
    """Number, norm, both statuses and Controle: at most 660 of the 1366 pixels of a laptop."""
    layout = found_in(issued).layout
    frozen = layout.columns[: layout.column_by_key["check"].column]
    assert [c.field.header for c in frozen][-3:] == ["Vorige status", "Status", "Controle"]
    assert sum(7 * c.field.width + 5 for c in frozen) <= 660
    plan = workbook_plan(layout, Answers(), texts())
    (sheet,) = (one for one in plan.sheets if one.name == OVERVIEW)
    assert sheet.freeze == (layout.header_row + 1, len(frozen) + 1)


def test_beeld_says_how_many_then_and_now(issued: Path) -> None:
    """Of the five norms of theme 1 two changed since: one is done, and nothing lacks any more."""
    _, data = refill(issued, {})
    sheet = read_bytes("", data).sheet(PICTURE)
    assert sheet is not None
    rows = [r for (r, _), cell in sheet.cells.items() if cell.text.startswith("was ")]
    first = [sheet.text(min(rows), column) for column in range(3, 7)]
    assert first == ["was 3, nu 5", "was 1, nu 0", "was 1, nu 0", "was 0, nu 0"]
    assert sheet.text(max(rows), 3) == "was 44, nu 47"


# -- which files count --------------------------------------------------------------------------


def test_an_overview_that_is_not_right_yet_is_used_and_told(tmp_path: Path) -> None:
    returned(tmp_path, {"1.1": {"status": text_value(DONE)}, "1.2": row("Misschien")})
    found = before(tmp_path)
    assert found.wrong
    assert len(found.told) == 1
    assert "Toch gebruikt" in found.told[0]
    start = found.starts["GM0000"]
    assert start.earlier.statuses["1.1"] == DONE
    assert "1.2" not in start.earlier.statuses
    assert ("1.2", "Status", "Misschien") in [one[:3] for one in start.unplaced]


def test_a_refused_file_is_not_used_and_the_rest_is(tmp_path: Path) -> None:
    returned(tmp_path, THEN)
    (tmp_path / "brief.xlsx").write_bytes(b"geen werkboek")
    found = before(tmp_path)
    assert found.wrong
    assert any("brief.xlsx" in line and "niet gebruikt" in line for line in found.told)
    assert found.starts["GM0000"].earlier.statuses["1.3"] == MISSING


def test_a_version_that_another_one_passes_over_is_not_used_nor_a_fault(tmp_path: Path) -> None:
    returned(tmp_path, THEN, "breda.xlsx")
    returned(tmp_path, {"1.1": row("Misschien")}, "breda-oud.xlsx")
    found = before(tmp_path)
    assert [line for line in found.told if "breda-oud.xlsx" in line] == list(found.told)
    assert "is niet gebruikt" in found.told[0]
    assert len(found.told) == 1
    assert not found.wrong


def test_of_two_versions_that_nobody_can_choose_from_none_is_called_used(tmp_path: Path) -> None:
    for name, status in (("een", "Misschien"), ("twee", "Wellicht")):
        returned(tmp_path, {"1.1": row(status)}, f"{name}.xlsx")
    with pytest.raises(RequestError) as caught:
        before(tmp_path)
    assert not any("Toch gebruikt" in line for line in caught.value.faults)


def test_of_who_was_not_chosen_nothing_is_told(tmp_path: Path) -> None:
    first, _ = two_rounds(())
    second = evolve(now(), organisations=(CITY, VILLAGE))
    returned(tmp_path, THEN, "stad.xlsx", CITY)
    returned(tmp_path, {"1.1": row("Misschien")}, "dorp.xlsx", VILLAGE)
    returned(tmp_path, {"1.1": row("Wellicht")}, "dorp-2.xlsx", VILLAGE)
    known = _Known(first)
    found = read_before(known, second, tmp_path, [CITY], texts())
    assert (found.told, found.wrong) == ((), False)
    every = read_before(known, second, tmp_path, [CITY, VILLAGE], texts())
    assert every.wrong
    assert "gemeente Voorbeelddorp" in every.told[0]


def test_nothing_to_use_is_no_job(tmp_path: Path) -> None:
    (tmp_path / "brief.xlsx").write_bytes(b"geen werkboek")
    with pytest.raises(RequestError) as caught:
        before(tmp_path)
    assert "te gebruiken" in caught.value.faults[-1]


def test_all_that_stands_in_the_way_is_named_at_once(tmp_path: Path) -> None:
    bare = evolve(then().norm, field=tuple(f for f in then().norm.fields if f.key != "previous"))
    with pytest.raises(RequestError) as caught:
        before(tmp_path / "weg", evolve(then(), norm=bare))
    assert len(caught.value.faults) == 3


def test_a_round_without_previous_answers_says_who_begins_without(tmp_path: Path) -> None:
    other = evolve(then().organisations[0], code="GM0001", running_name="Voorbeelddorp")
    returned(tmp_path, THEN)
    round_ = evolve(now(), organisations=(*now().organisations, other))
    found = before(tmp_path, round_)
    assert list(found.starts) == ["GM0000"]
    assert found.told == ("Zonder antwoorden van de nulmeting begonnen: gemeente Voorbeelddorp.",)


# -- mergers ------------------------------------------------------------------------------------


CITY = definitions().round("voorbeeld-2025").organisations[0]
VILLAGE = evolve(CITY, code="GM0001", name="Voorbeelddorp", running_name="Voorbeelddorp")
MERGED = evolve(CITY, predecessors=("GM0001",))


def two_rounds(later: tuple[Organisation, ...]) -> tuple[Round, Round]:
    return evolve(then(), organisations=(CITY, VILLAGE)), evolve(now(), organisations=later)


def test_whose_answers_count(tmp_path: Path) -> None:
    first, second = two_rounds((MERGED,))
    assert sources_of(MERGED, first, second) == ("GM0000", "GM0001")
    first, second = two_rounds((MERGED, VILLAGE))  # the register knows, but it is not that day
    assert sources_of(MERGED, first, second) == ("GM0000",)
    assert sources_of(VILLAGE, first, second) == ("GM0001",)
    third = evolve(second, organisations=(MERGED,), reference_date=date(2027, 4, 1))
    assert sources_of(MERGED, evolve(second, organisations=(MERGED,)), third) == ("GM0000",)


def test_wijdemeren_into_hilversum_as_planned() -> None:
    """The planned merger, in a register of the tests; no answers."""
    known = definitions()
    early, late = known.round("samenvoeging-2026"), known.round("samenvoeging-2027")
    hilversum = late.organisation("GM0402")
    assert hilversum is not None
    assert late.organisation("GM1696") is None
    assert early.organisation("GM1696") is not None
    assert sources_of(hilversum, early, late) == ("GM0402", "GM1696")


class _Known(Definitions):
    """The definitions of the tests with two municipalities in the first round."""

    def __init__(self, first: Round) -> None:
        super().__init__(definitions().templates)
        self._rounds["voorbeeld-2025"] = first


def merged(folder: Path) -> tuple[Before, Round]:
    first, second = two_rounds((MERGED,))
    returned(folder, THEN, "stad.xlsx", CITY)
    other = {"1.1": row(MISSING, LATE), "1.2": row(PARTLY, LATE)}
    other["1.1"]["explanation"] = text_value("Het dorp heeft hier nog niets voor.")
    returned(folder, other, "dorp.xlsx", VILLAGE)
    known = _Known(first)
    second = evolve(second, norm=first.norm)
    return read_before(known, second, folder, second.organisations, texts()), second


def test_predecessors_stand_side_by_side_and_nothing_is_chosen_for_them(tmp_path: Path) -> None:
    found, round_ = merged(tmp_path)
    assert not found.wrong
    start = found.starts["GM0000"]
    assert start.earlier.statuses["1.1"] == f"Voorbeeldstad: {DONE}\nVoorbeelddorp: {MISSING}"
    assert start.earlier.statuses["1.2"] == PARTLY
    assert not start.answers.rows
    layout = start.layout(round_, MERGED)
    plan = workbook_plan(layout, start.answers, texts(), None, start.unplaced)
    data = read_bytes("", write_workbook(plan))
    sheet = data.sheet(PREDECESSORS)
    assert sheet is not None
    shown = {cell.text for cell in sheet.cells.values()}
    assert {"Voorbeeldstad", "Voorbeelddorp", "Het dorp heeft hier nog niets voor."} <= shown
    read = recognise(data, (round_,)).found
    assert read is not None
    assert read.layout.earlier == start.earlier


def test_one_predecessor_that_sent_nothing_is_named(tmp_path: Path) -> None:
    first, second = two_rounds((MERGED,))
    returned(tmp_path, THEN, "stad.xlsx", CITY)
    found = read_before(_Known(first), second, tmp_path, second.organisations, texts())
    assert found.starts["GM0000"].earlier.statuses["1.1"] == f"Voorbeeldstad: {DONE}"
    assert any("gemeente Voorbeelddorp" in line for line in found.told)


def test_nobody_gets_the_answers_of_another(tmp_path: Path) -> None:
    first, _ = two_rounds(())
    second = evolve(now(), organisations=(CITY, VILLAGE))
    secrets = {}
    for name, one in (("stad", CITY), ("dorp", VILLAGE)):
        secret = f"Alleen {one.running_name} weet dit van zichzelf."
        rows = {
            n: {**row(MISSING, GONE), "explanation": text_value(secret)} for n in ("1.1", "6.2")
        }
        returned(tmp_path, rows, f"{name}.xlsx", one)
        secrets[one.code] = secret
    known = _Known(first)
    found = read_before(known, second, tmp_path, second.organisations, texts())
    for one in (CITY, VILLAGE):
        start = found.starts[one.code]
        layout = start.layout(second, one)
        plan = workbook_plan(layout, start.answers, texts(), None, start.unplaced)
        sheets = read_bytes("", write_workbook(plan)).sheets
        every = "\n".join(c.text for s in sheets for c in s.cells.values())
        assert secrets[one.code] in every
        assert not any(s in every for code, s in secrets.items() if code != one.code)
