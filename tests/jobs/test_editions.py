"""An overview of an earlier edition: in a later round, and sent in after the edition changed.

The expected places are those that ``tests/definitions/editions.py`` says in words: 1.1 is called
1.2 now, 1.2 was split in 1.3 and 1.4, 1.3 and 1.4 were put together as 1.5, 1.5 was dropped.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.before import read_before
from normtemplates.jobs.check import CheckRequest, check_returned
from normtemplates.jobs.made import Wanted
from normtemplates.layout import layout_of
from normtemplates.layout.places import UNPLACED
from normtemplates.layout.recognise import recognise
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.earlier import Earlier
from tests.definitions.editions import two_editions
from tests.layout.samples import TEMPLATES

ROUND = """\
name = "{name}"
title = "{name}"
norm = "proef"
edition = "{edition}"
register = "voorbeeld"
reference_date = {year}-04-01
"""
COLUMN = """\
[[field]]
key = "previous"
header = "Vorige status"
kind = "previous"
width = 14
group = "{group}"

[[field]]
key = "status"
"""
STATUS = '[[field]]\nkey = "status"\n'
SAID = {n: f"Dit is de toelichting van toen bij {n}." for n in ("1.1", "1.2", "1.3", "1.4", "1.5")}


def templates(folder: Path, edition: str = "2025") -> Path:
    """Both editions; a first round of ``edition``, and one after it of the new edition."""
    path = two_editions(folder)
    for one in (path, path.with_name("2025.toml")):
        text = one.read_text(encoding="utf-8")
        before = text[: text.index(STATUS)]
        group = before[before.rindex("group = ") :].split('"')[1] if "group = " in before else ""
        text = text.replace(STATUS, COLUMN.format(group=group), 1)
        one.write_text(text, encoding="utf-8")
    shutil.copytree(TEMPLATES / "registers", folder / "registers", dirs_exist_ok=True)
    (folder / "rounds").mkdir(exist_ok=True)
    first = ROUND.format(name="eerst", edition=edition, year=2025)
    (folder / "rounds" / "eerst.toml").write_text(first, encoding="utf-8")
    if edition == "2025":
        later = ROUND.format(name="later", edition="2026", year=2026) + 'previous = "eerst"\n'
        (folder / "rounds" / "later.toml").write_text(later, encoding="utf-8")
    return folder


def sent(folder: Path, out: Path) -> Path:
    """The overview that came back in the first round, of the old edition."""
    known = Definitions(folder)
    round_ = known.round("eerst")
    done, *_, _last = (s.label for s in round_.norm.statuses)
    rows: dict[str, dict[str, Value]] = {
        n: {"status": text_value(done), "explanation": text_value(text)} for n, text in SAID.items()
    }
    layout = layout_of(round_.norm, round_, round_.organisations[0])
    out.mkdir()
    path = out / "a.xlsx"
    path.write_bytes(write_workbook(workbook_plan(layout, Answers(rows), known.texts)))
    return path


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    return sent(templates(tmp_path / "oud"), tmp_path / "terug")


def test_the_next_round_starts_where_the_edition_says(returned: Path, tmp_path: Path) -> None:
    known = Definitions(tmp_path / "oud")
    round_ = known.round("later")
    found = read_before(known, round_, returned.parent, round_.organisations, known.texts)
    (start,) = found.starts.values()
    said = {n: row["explanation"].text for n, row in start.answers.rows.items()}
    assert said == {
        "1.2": SAID["1.1"],
        "1.3": SAID["1.2"],
        "1.4": SAID["1.2"],
        "1.5": f"1.3: {SAID['1.3']}\n1.4: {SAID['1.4']}",
    }
    assert set(start.earlier.statuses) == {"1.2", "1.3", "1.4", "1.5"}
    assert SAID["1.5"] in {one.text for one in start.unplaced}
    assert all("status" not in row for row in start.answers.rows.values())


def test_sent_in_after_the_edition_changed(returned: Path, tmp_path: Path) -> None:
    known = Definitions(templates(tmp_path / "nieuw", "2026"))
    wanted = Wanted(corrections=tmp_path / "correcties")
    result = check_returned(known, CheckRequest([returned], "eerst", wanted=wanted))
    (report,) = result.report.reports
    assert [f.code for f in report.findings] == ["NT202"]
    assert "editie 2025; nu geldt editie 2026" in report.findings[0].message
    assert (result.faults, result.exit_code) == ((), 1)
    (path,) = result.written
    submission = read_bytes(path.name, path.read_bytes())
    found = recognise(submission, (known.round("eerst"),)).found
    assert found is not None
    said = {n: row["explanation"].text for n, row in found.answers.rows.items() if row}
    assert said["1.2"] == SAID["1.1"]
    assert said["1.3"] == said["1.4"] == SAID["1.2"]
    assert said["1.5"] == f"1.3: {SAID['1.3']}\n1.4: {SAID['1.4']}"
    chosen = {n for n, row in found.answers.rows.items() if "status" in row}
    assert chosen == {"1.2"}  # a status holds for one sentence only
    sheet = submission.sheet(UNPLACED)
    assert sheet is not None
    assert SAID["1.5"] in {cell.text for cell in sheet.cells.values()}


def test_a_correction_keeps_the_status_of_the_round_before(tmp_path: Path) -> None:
    """Issued with it in the old edition, sent in after the edition changed: by the new numbers."""
    then, now = (templates(tmp_path / name) for name in ("oud", "nieuw"))
    later = then / "rounds" / "later.toml"
    later.write_text(
        later.read_text(encoding="utf-8").replace('edition = "2026"', 'edition = "2025"'),
        encoding="utf-8",
    )
    known = Definitions(then)
    round_ = known.round("later")
    statuses = dict(zip(SAID, ("A", "B", "C", "D", "E"), strict=True))
    layout = layout_of(round_.norm, round_, round_.organisations[0], Earlier("eerst", statuses))
    rows = {n: {"explanation": text_value(text)} for n, text in SAID.items()}
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_workbook(workbook_plan(layout, Answers(rows), known.texts)))
    known = Definitions(now)
    wanted = Wanted(corrections=tmp_path / "correcties")
    result = check_returned(known, CheckRequest([path], "later", wanted=wanted))
    (written,) = result.written
    submission = read_bytes(written.name, written.read_bytes())
    found = recognise(submission, (known.round("later"),)).found
    assert found is not None
    column = found.layout.previous_column
    assert column is not None
    shown = {
        number: found.sheet.text(slot.row, column.column)
        for number, slot in found.layout.row_by_number.items()
    }
    expected = {"1.2": "A", "1.3": "B", "1.4": "B", "1.5": "1.3: C\n1.4: D"}
    assert {n: text for n, text in shown.items() if text} == expected
    assert found.layout.earlier is not None
    assert found.layout.earlier.statuses == expected


def test_an_edition_that_nothing_follows_is_refused_as_before(
    returned: Path, tmp_path: Path
) -> None:
    folder = templates(tmp_path / "nieuw", "2026")
    path = folder / "norms" / "proef" / "2026.toml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("[[change]]"), text.index("[[theme]]")
    text = (text[:start] + text[end:]).replace('previous_edition = "2025"\n', "")
    path.write_text(text, encoding="utf-8")
    wanted = Wanted(corrections=tmp_path / "correcties")
    result = check_returned(Definitions(folder), CheckRequest([returned], "eerst", wanted=wanted))
    assert [f.code for f in result.report.reports[0].findings] == ["NT202"]
    assert not result.written
