"""No hostile file fools, crashes or exhausts the check, writes beside it or calls anybody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.hostile.case import case
from tests.hostile.judge import run
from tests.hostile.table import cases
from tests.mutations.kind import base


def test_the_table_is_what_it_should_be() -> None:
    rows = cases()
    assert len(rows) >= 200
    assert max(Counter((one.family, one.name) for one in rows).values()) == 1
    codes = {code for one in rows for code in one.codes if one.refused}
    assert {f"NT{number}" for number in (101, 102, 103, 105, 106, 107, 108, 109, 110, 114)} <= codes


@pytest.mark.timeout(600)
def test_every_file_of_the_table(tmp_path: Path) -> None:
    """All in one run of the command, with correction workbooks, hand-over and HTML on."""
    folder = tmp_path / "alles"
    folder.mkdir()
    outcome = run(folder)
    assert outcome.faults == ()
    assert {f"{one.family}: {one.name}": what for one, what in outcome.wrong.items()} == {}
    assert len(outcome.results) == len(cases())


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    """A good file that should be refused, one without its code, and other answers."""
    folder = tmp_path / "proef"
    folder.mkdir()
    bad = case("x", "good", lambda: base("issued"))
    silent = case("x", "silent", lambda: b"%PDF-1.7", "106")
    other = case("x", "other", lambda: base("returned"), refused=False)
    outcome = run(folder, (bad, silent, other))
    assert outcome.wrong[bad].startswith("not refused: akkoord")
    assert outcome.wrong[silent].startswith("no NT106: geweigerd")
    assert outcome.wrong[other].startswith("akkoord with other answers")
    assert outcome.faults == ()
