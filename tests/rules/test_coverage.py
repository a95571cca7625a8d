"""Nothing falls between two rules: each condition and each trouble has exactly one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from normtemplates.layout import Layout
from normtemplates.layout.conditions import Condition, Required, Row
from normtemplates.model.answers import text_value
from normtemplates.package import KINDS
from normtemplates.rules import file_rules
from normtemplates.rules.examples import Book
from tests.rules.books import layouts


def answered() -> Counter[tuple[type[Condition], str]]:
    """Count the rules that answer for each class, on rows and on the cover."""
    return Counter(
        (kind, where)
        for rule in file_rules()
        for kind in rule.conditions
        for where in (("rows", "cover") if rule.on == "both" else (rule.on,))
    )


def used(layout: Layout) -> set[tuple[type[Condition], str]]:
    rows = {(type(c), "rows") for slot in layout.rows for c in slot.conditions}
    return rows | {(type(c), "cover") for slot in layout.cover for c in slot.conditions}


@pytest.mark.parametrize("layout", [*layouts(), Book().layout], ids=lambda one: one.round.name)
def test_every_condition_has_one_rule(layout: Layout) -> None:
    rules = answered()
    assert {pair: rules[pair] for pair in used(layout)} == dict.fromkeys(used(layout), 1)


def test_no_rule_answers_for_a_condition_twice() -> None:
    assert set(answered().values()) == {1}


def below(kind: Any) -> set[Any]:
    return {kind}.union(*(below(one) for one in kind.__subclasses__()))


def test_every_class_of_condition_has_a_rule() -> None:
    concrete = {k for k in below(Condition) if not getattr(k, "__abstractmethods__", None)}
    # attrs makes a class with slots beside the one that was written; only the last one counts.
    names = {kind.__name__ for kind in concrete if not kind.__name__.startswith("_")}
    assert names - {"Condition"} == {kind.__name__ for kind, _ in answered()}


def test_the_severity_of_a_condition_is_that_of_its_rule() -> None:
    by_kind = {kind: rule for rule in file_rules() for kind in rule.conditions}
    for layout in layouts():
        for slot in layout.rows:
            for condition in slot.conditions:
                assert condition.severity is by_kind[type(condition)].severity


def test_every_trouble_has_one_rule() -> None:
    told = Counter(kind for rule in file_rules() for kind in rule.troubles)
    assert told == Counter(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_trouble_refuses_the_file(kind: str) -> None:
    """Whatever is wrong, and also when the room that found it gave no words for it."""
    book = Book().trouble(kind)
    submission = book.submission()
    from normtemplates.rules import run

    (found,) = run(submission, book.context(submission))
    assert found.refuses
    assert found.code.startswith("NT1")
    assert found.message.startswith("Er is iets mis met dit bestand. ")


@pytest.mark.parametrize("layout", [*layouts(), Book().layout], ids=lambda one: one.round.name)
def test_only_a_required_answer_can_be_wrong_with_an_empty_cell(layout: Layout) -> None:
    """The shared judging leans on it: it passes over all else where nothing was typed."""
    for status in ("", *(one.label for one in layout.norm.statuses)):
        row = Row({layout.status_key: text_value(status)})
        cover = [condition for slot in layout.cover for condition in slot.conditions]
        for condition in (c for slot in layout.rows for c in slot.conditions):
            if condition.field != layout.status_key and condition.violated_by(row):
                assert isinstance(condition, Required)
        assert all(isinstance(c, Required) for c in cover if c.violated_by(Row({})))
