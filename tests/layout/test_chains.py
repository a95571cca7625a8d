"""Chains of conditions: the order of Controle, and what Excel can bear."""

from __future__ import annotations

import re

from normtemplates.layout.chains import blank_formula, chain, complete_formula, needed_formula
from normtemplates.layout.contract import ADVISE, DONE, TO_DO
from normtemplates.layout.requirements import conditions_of
from tests.layout.samples import example_layout, example_round

ALLOWED = {
    "IF", "AND", "OR", "NOT", "ISERROR", "IFERROR", "ISNUMBER", "ISTEXT", "LEN", "SUBSTITUTE",
    "LOWER", "EXACT", "FIND", "DATE", "CHAR",
}  # fmt: skip


def depth(formula: str) -> int:
    """The deepest nesting of brackets outside texts."""
    deepest = level = 0
    for character in re.sub(r'"[^"]*"', '""', formula):
        level += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, level)
    assert level == 0
    return deepest


def test_every_chain_stays_within_what_excel_bears() -> None:
    layout = example_layout()
    for slot in layout.rows:
        formula = chain(slot.conditions, layout.cells_of(slot.row), layout.answer_keys)
        assert len(formula) <= 8192
        assert depth(formula) <= 64
        assert set(re.findall(r"[A-Z]+(?=\()", re.sub(r'"[^"]*"', "", formula))) <= ALLOWED
        assert max(map(len, re.findall(r'"([^"]*)"', formula))) <= 255


def test_empty_first_then_what_is_wrong_then_advice_then_complete() -> None:
    layout = example_layout()
    slot = layout.rows[0]
    advice_first = slot.conditions[::-1]
    formula = chain(advice_first, layout.cells_of(slot.row), layout.answer_keys)
    said = re.findall(r',"((?:[^"]|"")+)",IF', formula)
    assert said[0] == TO_DO
    first_advice = next(i for i, s in enumerate(said) if s.startswith(ADVISE))
    assert all(s.startswith(ADVISE) for s in said[first_advice:])
    assert formula.rstrip(")").endswith(f'"{DONE}"')
    assert formula.startswith("IF(AND(LEN(")


def test_without_blank_keys_nothing_is_asked_about_them() -> None:
    layout = example_layout()
    slot = layout.cover_by_key["team"]
    formula = chain(slot.conditions, layout.cover_cells(slot), None)
    assert TO_DO not in formula
    assert formula.startswith("IF(ISERROR($D15)")
    assert chain((), layout.cover_cells(slot), None) == f'"{DONE}"'


def test_one_blank_field_needs_no_and() -> None:
    layout = example_layout()
    cells = layout.cells_of(5)
    status = layout.column_by_key["status"].key_column
    assert status is not None
    assert blank_formula(("status",), cells) == f"LEN({cells.key('status')})=0"


def test_a_field_that_nothing_asks_for_is_yellow_only_for_what_cannot_be_used() -> None:
    layout = example_layout()
    norm, round_ = example_round().norm, example_round()
    slot = layout.cover_by_key["decision_date"]
    assert needed_formula((), layout.cover_cells(slot)) is None
    optional = needed_formula(slot.conditions, layout.cover_cells(slot))
    assert optional is not None
    assert "ISERROR" in optional
    assert "DATE(" in optional
    assert f"LEN({layout.cover_cells(slot).key('decision_date')})=0" not in optional
    every = conditions_of(norm, round_, norm.by_number["2.3"])
    done_on = tuple(c for c in every if c.field == "done_on")
    needed = needed_formula(done_on, layout.cells_of(5))
    assert needed is not None
    assert "uitgevoerd" in needed


def test_complete_takes_both_words() -> None:
    formula = complete_formula("$D$5")
    assert f'EXACT($D$5,"{DONE}")' in formula
    assert f'IFERROR(FIND("{ADVISE}",$D$5)=1,FALSE)' in formula
