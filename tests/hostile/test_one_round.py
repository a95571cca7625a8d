"""All mistakes of a file are said in one run, so that nobody needs a second round for them."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.one_round import MISTAKES, said_in_one_round


def test_twelve_mistakes_are_said_in_one_run(tmp_path: Path) -> None:
    """A real file with twelve mistakes of twelve rules: exactly those, each on its own cell."""
    assert len({one.code for one in MISTAKES.values()}) == 12
    assert said_in_one_round(tmp_path) == set(MISTAKES.values())
