"""Comparing words as the workbook does, and quoting them safely."""

from __future__ import annotations

import pytest

from normtemplates.definitions.columns import contrast
from normtemplates.definitions.wording import comparable, quoted, suggestion, units


def test_labels_are_compared_as_the_key_cells_of_the_workbook_do() -> None:
    keys = pytest.importorskip("normtemplates.layout.keys")
    for code in range(0x3000):
        text = f"A{chr(code)}b"
        assert comparable(text) == keys.key_of_text(text), hex(code)
    assert comparable("\ufeffIn Ontwikkeling\u202f") == "inontwikkeling"


def test_length_counts_as_excel_counts() -> None:
    assert units("é") == 1
    assert units("🙂") == 2


def test_a_quote_shows_what_cannot_be_seen_and_ends() -> None:
    assert quoted("a\u202eb\x1b[2J") == "‘aU+202EbU+001B[2J’"
    assert len(quoted("x" * 500)) == 62


def test_a_suggestion_is_near_or_none() -> None:
    assert suggestion("recurence", ["recurrence", "remark"]) == " Bedoelt u ‘recurrence’?"
    assert suggestion("zzz", ["recurrence", "remark"]) == ""


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # from the palette of the look, worked out there with another tool
        ("#1F2933", "#FFFFFF", 14.8),
        ("#0B3F66", "#FFFFFF", 11.0),
        ("#B5540F", "#FFFFFF", 4.95),
        ("#A9CBE6", "#1F2933", 8.7),
        ("#000000", "#FFFFFF", 21.0),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.06)
    assert contrast(other, one) == contrast(one, other)
