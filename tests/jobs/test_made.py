"""What a check makes besides its report: each file where it belongs, and no report lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.errors import OutputError, RequestError
from normtemplates.excel.reader import read_bytes
from normtemplates.jobs import made
from normtemplates.jobs.made import NOTHING_MADE, NOTHING_WANTED, Extras, Made, Making, Wanted
from normtemplates.jobs.output import FolderError, write_file
from normtemplates.layout.recognise import recognise
from normtemplates.model.finding import Report, status_of
from normtemplates.model.returned import Return
from normtemplates.model.submission import Submission
from normtemplates.rules import facts_of
from tests.jobs.returns import Returned, findings_on, found_in
from tests.layout.samples import example_layout, texts

LAYOUT = example_layout()
ROUNDS = (LAYOUT.round,)
BOTH = Making(texts(), answers=True)


def judged(book: Returned) -> tuple[Submission, Report]:
    submission = book.submission()
    findings = findings_on(submission, LAYOUT)
    organisation = LAYOUT.organisation
    return submission, Report(
        "x.xlsx", status_of(findings), findings, organisation.code, round=LAYOUT.round.name
    )


def extras(book: Returned, path: Path, making: Making = BOTH) -> tuple[Return, Extras]:
    submission, report = judged(book)
    report = evolve(report, path=str(path))
    path.write_bytes(b"as it came in")
    recognised = recognise(submission, ROUNDS)
    facts = facts_of(submission, recognised)
    return Return(report, facts), made.extras_of(making, path, submission, recognised, report)


def good() -> Returned:
    return Returned()


def bad() -> Returned:
    return Returned().answer("1.1", "status", "Misschien")


def test_what_is_akkoord_gives_rows_and_what_is_not_a_workbook(tmp_path: Path) -> None:
    _, of_good = extras(good(), tmp_path / "good.xlsx")
    assert (of_good.correction, len(of_good.rows), of_good.fault) == (None, 47, "")
    _, of_bad = extras(bad(), tmp_path / "bad.xlsx")
    assert of_bad.rows == ()
    assert of_bad.correction
    assert found_in(read_bytes("x", of_bad.correction), LAYOUT)


def test_nothing_is_made_that_nobody_asked_for(tmp_path: Path) -> None:
    for book in (good(), bad()):
        assert extras(book, tmp_path / "x.xlsx", NOTHING_MADE)[1] == Extras()
    with Made(NOTHING_WANTED, ROUNDS) as sink:
        sink.take(*extras(bad(), tmp_path / "x.xlsx"))
        sink.finish()
    assert (sink.written, sink.faults, sink.told) == ((), [], ())
    assert NOTHING_WANTED.answer_files == ()


def test_a_file_that_nothing_was_read_from_gives_nothing(tmp_path: Path) -> None:
    submission, report = Submission("x.xlsx"), judged(bad())[1]
    assert made.extras_of(BOTH, tmp_path, submission, None, report) == Extras()


def test_a_mistake_of_ours_costs_nobody_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*arguments: object) -> None:
        raise IndexError

    monkeypatch.setattr(made, "correction_workbook", crash)
    _, one = extras(bad(), tmp_path / "x.xlsx")
    assert one.correction is None
    assert "onverwachte fout (IndexError)" in one.fault
    with Made(Wanted(tmp_path / "new"), ROUNDS) as sink:
        sink.take(Return(judged(bad())[1]), one)
        sink.finish()
    assert sink.faults == [one.fault]
    assert not (tmp_path / "new").exists()


def test_every_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    """Of two that both have a fout nobody can tell which counts: each has a workbook."""
    folder, answers = tmp_path / "new" / "corrections", tmp_path / "answers.csv"
    with Made(Wanted(folder, answers), ROUNDS) as sink:
        for place, book in enumerate((bad(), bad().answer("1.2", "status", "Misschien"))):
            sink.take(*extras(book, tmp_path / f"{place}.xlsx"))
        sink.finish()
    assert list(sink.corrections.values()) == [path.name for path in sink.written[:2]]
    assert sink.written == (
        folder / "correctie-GM0000-voorbeeldstad.xlsx",
        folder / "correctie-GM0000-voorbeeldstad-2.xlsx",
        answers,
        tmp_path / "answers.ontbrekend.csv",
    )
    assert all(path.is_file() for path in sink.written)
    assert sink.told[0] == "voorbeeld-2025: 0 van de 1 organisaties tellen mee."
    # What one must not check as if it had come back.
    assert Wanted(folder, answers).answer_files == sink.written[-2:]


def at(when: int, book: Returned, path: Path) -> tuple[Return, Extras]:
    """Give what came of a workbook that was saved on a day of March."""
    one, made_of_it = extras(book, path)
    facts = evolve(one.facts, modified=datetime(2030, 3, when, tzinfo=UTC))
    return Return(one.report, facts), made_of_it


def test_only_the_version_that_counts_has_a_correction_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    newer = bad().answer("1.2", "status", "Nieuwste")
    with Made(Wanted(folder), ROUNDS) as sink:
        sink.take(*at(1, bad(), tmp_path / "old.xlsx"))
        sink.take(*at(20, newer, tmp_path / "new.xlsx"))
        sink.finish()
    name = "correctie-GM0000-voorbeeldstad.xlsx"
    assert [one.name for one in folder.iterdir()] == [name]
    assert sink.written == (folder / name,)
    assert sink.corrections == {str(tmp_path / "new.xlsx"): name}
    found = found_in(read_bytes("x", (folder / name).read_bytes()), LAYOUT)
    assert found
    assert found.answers.row("1.2")["status"].text == "Nieuwste"


def test_an_older_version_has_none_when_the_newer_one_is_akkoord(tmp_path: Path) -> None:
    with Made(Wanted(tmp_path / "new"), ROUNDS) as sink:
        sink.take(*at(1, bad(), tmp_path / "old.xlsx"))
        sink.take(*at(20, good(), tmp_path / "new.xlsx"))
        sink.finish()
    assert (sink.written, sink.corrections, sink.faults) == ((), {}, [])
    assert not (tmp_path / "new").exists()


def test_a_workbook_that_cannot_be_written_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = [OutputError("is open in Excel"), None]

    def write(path: Path, data: bytes) -> None:
        if error := refused.pop(0):
            raise error
        write_file(path, data)

    monkeypatch.setattr(made, "write_file", write)
    with Made(Wanted(tmp_path / "new"), ROUNDS) as sink:
        for _ in range(2):
            sink.take(*extras(bad(), tmp_path / "x.xlsx"))
    assert sink.faults == ["is open in Excel"]
    assert [path.name for path in sink.written] == ["correctie-GM0000-voorbeeldstad.xlsx"]


def test_a_disk_that_is_full_is_said_once_and_costs_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise FolderError("de schijf is vol")

    monkeypatch.setattr(made, "write_file", full)
    with Made(Wanted(tmp_path / "new"), ROUNDS) as sink:
        for _ in range(3):
            sink.take(*extras(bad(), tmp_path / "x.xlsx"))
        sink.finish()
    assert (sink.faults, sink.written) == (["de schijf is vol"], ())


def test_answers_that_cannot_be_written_cost_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with Made(Wanted(answers=tmp_path / "a.jsonl"), ROUNDS) as sink:
        sink.take(*extras(good(), tmp_path / "x.xlsx"))
        sink.finish()
    assert len(sink.faults) == 1
    assert "is een map" in sink.faults[0]
    assert sink.told


def test_a_folder_that_cannot_be_made_ends_it_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(FolderError, match="geen map"),
        Made(Wanted(tmp_path / "file" / "x"), ROUNDS),
    ):
        pass


def test_a_name_that_cannot_be_is_said_before_any_work(tmp_path: Path) -> None:
    Wanted(answers=tmp_path / "a.csv").check()
    with pytest.raises(RequestError):
        Wanted(answers=tmp_path / "a.txt").check()
