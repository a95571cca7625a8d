"""Every rule finds what its bad examples say, where they say it, and nothing in the good ones."""

from __future__ import annotations

import re

import pytest

from normtemplates.model.finding import Finding, Severity
from normtemplates.rules import FileRule, RoundRule, Rule, all_rules, run, run_round
from normtemplates.rules.example_folder import Folder, told
from normtemplates.rules.examples import Book
from normtemplates.rules.registry import Case
from tests.rules.books import findings


def cases(kind: str) -> list[object]:
    return [
        pytest.param(rule, case, id=f"{rule.code}-{place}")
        for rule in all_rules()
        for place, case in enumerate(getattr(rule, kind))
    ]


def of(rule: Rule, case: Case) -> list[Finding]:
    if isinstance(rule, RoundRule):
        return [one.finding for one in told(rule, case)]
    return [finding for finding in findings(case.change) if finding.code == rule.code]


def test_the_workbook_of_the_examples_is_sound() -> None:
    assert findings() == ()


def test_nothing_is_to_be_said_of_the_folder_of_the_examples_but_who_is_missing() -> None:
    found = run_round(Folder().inbox())
    assert ([one.code for one in found.round], found.files) == (["NT602"], {})


@pytest.mark.parametrize(("rule", "case"), cases("good"))
def test_good(rule: Rule, case: Case) -> None:
    assert of(rule, case) == []


@pytest.mark.parametrize(("rule", "case"), cases("bad"))
def test_bad(rule: Rule, case: Case) -> None:
    if isinstance(rule, RoundRule):
        said = told(rule, case)
        assert tuple(one.report.path if one.report else "" for one in said) == case.places
        assert {one.finding.code for one in said} == {rule.code}
        return
    assert isinstance(rule, FileRule)
    found = of(rule, case)
    book = Book()
    case.change(book)  # it may be of a later round
    places = [book.place(place) for place in case.places]
    assert [(finding.sheet, finding.cell) for finding in found] == places


@pytest.mark.parametrize(("rule", "case"), cases("bad"))
def test_a_message_says_what_and_what_to_do(rule: Rule, case: Case) -> None:
    for finding in of(rule, case):
        text = finding.message
        assert re.search(r"[.!?] [A-Z‘]", text), text  # what, then what to do
        assert text.endswith((".", "?")), text
        assert text == " ".join(text.split()), text
        assert "{" not in text, text
        assert not re.search(r"\b(None|True|False|NaN)\b", text), text
        assert len(text) <= 400, text


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_severity_is_the_worst_of_its_findings(rule: Rule) -> None:
    found = [finding for case in rule.bad for finding in of(rule, case)]
    assert min(found, key=lambda finding: finding.severity.rank).severity is rule.severity


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_texts_for_the_manual_are_sentences(rule: Rule) -> None:
    titles = [case.title for case in (*rule.good, *rule.bad)]
    for text in (rule.finds, rule.why, rule.remedy, *titles, *rule.known_misses):
        assert text.endswith("."), text
        assert text == " ".join(text.split()), text


def test_an_empty_cell_is_never_called_missing() -> None:
    """‘Ontbreekt’ is a status: of a cell we say that it is still empty."""
    for number, field_key in (("1.1", "status"), ("1.3", "action"), ("1.2", "done_on")):
        book = Book().set(number, field_key, None)
        submission = book.submission()
        (found,) = run(submission, book.context(submission))
        header = book.layout.column_by_key[field_key].field.header
        assert found.message.startswith(f"{header} is nog leeg.")
        assert found.severity is Severity.FOUT
    (found,) = findings(lambda book: book.cover("team", None))
    assert found.message.startswith("Team dat dit overzicht maakt is nog leeg.")
