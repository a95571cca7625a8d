"""Text from a file, as it may stand in a message."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from normtemplates.model.shown import LIMIT, shown, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Ja", "Ja"),
        ("  twee   woorden\n\ten een regel ", "twee woorden en een regel"),
        ("harde\u00a0spatie", "harde spatie"),
        ("a\u202eb", "aU+202Eb"),
        ("\x00\x1b[31m", "U+0000U+001B[31m"),
        ("😀 en é", "😀 en é"),
        ("\ud800", "U+D800"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("limit", [1, 2, 7, 60])
def test_no_longer_than_allowed_and_no_code_in_two(limit: int) -> None:
    for text in ("x" * 100, "\u202e" * 100, "ab\u202e" * 40):
        found = shown(text, limit)
        assert len(found) <= limit
        assert found.endswith("…")
        whole = found.removesuffix("…").replace("U+202E", "")
        assert set(whole) <= {"x", "a", "b"}


def test_just_fitting_is_not_cut() -> None:
    assert shown("x" * LIMIT) == "x" * LIMIT
    assert shown("x" * (LIMIT + 1)) == "x" * (LIMIT - 1) + "…"


def test_nothing_invisible_is_left_of_any_character() -> None:
    """Every character there is, but for spaces of other widths, which are seen as room."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        found = visible(character)
        assert found.isprintable() or unicodedata.category(character) == "Zs", hex(code)
