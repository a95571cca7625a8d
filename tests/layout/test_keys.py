"""Keys: what counts as empty, as a label, as the same."""

from __future__ import annotations

import pytest

from normtemplates.layout.keys import IGNORED, key, key_formula, key_of_text, literal
from normtemplates.model.answers import EMPTY, Value, text_value
from normtemplates.model.submission import CellKind


@pytest.mark.parametrize("character", IGNORED)
def test_an_ignored_character_leaves_no_trace(character: str) -> None:
    assert key(text_value(character)) == ""
    assert key(text_value(f"In{character}ontwikkeling")) == "inontwikkeling"


@pytest.mark.parametrize("other", ["\u2003", "\u200c", "\x0b", "\u00ad"])
def test_every_other_character_stays(other: str) -> None:
    assert other in key_of_text(f"a{other}b")


def test_keys_by_kind() -> None:
    assert key(EMPTY) == ""
    assert key(Value(CellKind.TEXT, "")) == ""
    assert key(Value(CellKind.NUMBER, "0")) != ""
    assert key(Value(CellKind.BOOLEAN, "0")) != ""
    assert key(Value(CellKind.ERROR, "#REF!")) == "#"


def test_the_formula_removes_each_ignored_character_once() -> None:
    formula = key_formula("$C5")
    assert formula.count("SUBSTITUTE(") == len(IGNORED)
    assert "CHAR(160)" not in formula.replace("UNICHAR(160)", "")


def test_a_literal_doubles_its_quotes() -> None:
    assert literal('zeg "ja"') == '"zeg ""ja"""'
