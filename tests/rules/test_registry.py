"""The registry refuses what is no whole rule, finds what is, and survives a rule that crashes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from normtemplates import rules
from normtemplates.errors import RequestError
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission, Trouble
from normtemplates.rules import Context, FileRule, Rule, all_rules, file_rules, rule_of, run
from normtemplates.rules.examples import Book
from normtemplates.rules.registry import Case, RegistryError, discover, in_order, rule

WHOLE: dict[str, Any] = {
    "finds": "Iets.",
    "why": "Daarom.",
    "remedy": "Doe dit.",
    "good": (Case("Goed."),),
    "bad": (Case("Fout.", places=("",)),),
}
MODULE = """
from normtemplates.model.finding import Severity
from normtemplates.rules.registry import Case, rule

@rule("{code}", "{name}", Severity.INFO, finds="Iets.", why="Daarom.", remedy="Doe dit.",
      good=(Case("Goed."),), bad=(Case("Fout.", places=("",)),))
def one(submission, context):
    return iter(())
"""


def silent(submission: Submission, context: Context) -> Iterator[Finding]:
    return iter(())


def made(code: str = "NT777", name: str = "some-name", **parts: Any) -> FileRule:
    return rule(code, name, Severity.INFO, **{**WHOLE, **parts})(silent)


# -- what is refused ---------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", "NT1", "NT0", "NT077", "NT1000", "nt101", "XX101", "NT10a"])
def test_a_bad_code_is_refused(code: str) -> None:
    with pytest.raises(RegistryError, match="is no code"):
        made(code)


def test_a_retired_code_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules.registry, "RETIRED", frozenset({"NT777"}))
    with pytest.raises(RegistryError, match="another rule"):
        made("NT777")


@pytest.mark.parametrize("name", ["", "Some-name", "some_name", "some name", "-name", "name-", "1"])
def test_a_name_that_is_not_kebab_case_is_refused(name: str) -> None:
    with pytest.raises(RegistryError, match="no kebab-case name"):
        made(name=name)


@pytest.mark.parametrize("part", ["finds", "why", "remedy"])
@pytest.mark.parametrize("text", ["", " \n"])
def test_a_rule_that_does_not_explain_itself_is_refused(part: str, text: str) -> None:
    with pytest.raises(RegistryError, match=part):
        made(**{part: text})


@pytest.mark.parametrize("part", ["good", "bad"])
def test_a_rule_without_examples_is_refused(part: str) -> None:
    with pytest.raises(RegistryError, match="needs good and bad examples"):
        rule("NT777", "some-name", Severity.INFO, **{**WHOLE, part: ()})(silent)


def test_examples_say_whether_they_have_findings() -> None:
    with pytest.raises(RegistryError, match="has no finding"):
        made(good=(Case("Goed.", places=("",)),))
    with pytest.raises(RegistryError, match="where its findings stand"):
        made(bad=(Case("Fout."),))


@pytest.mark.parametrize(
    ("two", "what"),
    [
        ([made("NT777", "one"), made("NT777", "two")], "the code NT777"),
        ([made("NT777", "one"), made("NT778", "one")], "the name one"),
    ],
)
def test_twice_is_refused(two: list[Rule], what: str) -> None:
    with pytest.raises(RegistryError, match=f"{what} is there twice"):
        in_order(two)


def test_a_registry_error_is_a_value_error() -> None:
    assert issubclass(RegistryError, ValueError)


# -- discovery ---------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty package that can be imported as ``found_rules``."""
    folder = tmp_path / "found_rules"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "found_rules"]:
        del sys.modules[name]


def imported() -> ModuleType:
    importlib.invalidate_caches()
    return importlib.import_module("found_rules")


def test_rules_are_found_by_walking_the_package(package: Path) -> None:
    """Sorted by code; a module with another name is machinery."""
    for code, name in (("NT802", "second"), ("NT801", "first")):
        text = MODULE.format(code=code, name=name)
        (package / f"{code.lower()}_{name}.py").write_text(text, encoding="utf-8")
    (package / "helper.py").write_text("raise SystemExit", encoding="utf-8")
    assert [(one.code, one.name) for one in discover(imported())] == [
        ("NT801", "first"),
        ("NT802", "second"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", MODULE.format(code="NT803", name="other"), MODULE.format(code="NT801", name="one") * 2],
    ids=["no rule", "another code", "one name for two rules"],
)
def test_a_module_that_does_not_hold_its_own_rule_is_refused(package: Path, text: str) -> None:
    text = text.replace("def one", "def two", 1) if text.count("def one") == 2 else text
    (package / "nt801_first.py").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"nt801_first\.py must hold one rule, NT801"):
        discover(imported())


def test_a_bad_rule_fails_on_import(package: Path) -> None:
    text = MODULE.format(code="NT80", name="first")
    (package / "nt80_first.py").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match="'NT80' is no code"):
        discover(imported())


def test_two_modules_with_one_code(package: Path) -> None:
    for name in ("first", "second"):
        text = MODULE.format(code="NT801", name=name)
        (package / f"nt801_{name}.py").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match="NT801 is there twice"):
        discover(imported())


def test_every_module_of_ours_is_found() -> None:
    folder = Path(rules.__file__).parent
    names = {path.stem for path in folder.glob("nt*.py")}
    named = {f"{one.code.lower()}_{one.name.replace('-', '_')}" for one in all_rules()}
    assert names == named
    assert [one.code for one in all_rules()] == sorted(one.code for one in all_rules())


def test_rule_of() -> None:
    assert rule_of(" nt301 ").code == "NT301"
    with pytest.raises(RequestError, match="‘NT999’ bestaat niet"):
        rule_of("NT999")


# -- running -----------------------------------------------------------------------------


def breaking(rule_code: str, error: Exception) -> FileRule:
    def check(submission: Submission, context: Context) -> Iterator[Finding]:
        yield Finding(rule_code, Severity.INFO, "Eerst dit.")
        raise error

    return rule(rule_code, "breaking", Severity.INFO, **WHOLE)(check)


def sound() -> tuple[Submission, Context]:
    book = Book()
    submission = book.submission()
    return submission, book.context(submission)


def test_a_crash_is_told_and_the_others_go_on() -> None:
    book = Book().set("1.1", "status", None)
    submission = book.submission()
    every = (breaking("NT199", KeyError("x")), *file_rules())
    found = run(submission, book.context(submission), every)
    assert [finding.code for finding in found] == ["NT199", "NT900", "NT301"]
    crash = found[1]
    assert crash.severity is Severity.FOUT
    assert not crash.refuses
    for part in ("NT199", "KeyError", "fout van ons, niet van u", "Meld dit"):
        assert part in crash.message


def test_a_crash_in_one_condition_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from normtemplates.layout.conditions import Placeholder

    def crash(self: Placeholder, row: object) -> bool:
        raise ZeroDivisionError

    book = Book().set("1.1", "status", "uitgevoert")
    monkeypatch.setattr(Placeholder, "_violated", crash)
    submission = book.submission()
    found = run(submission, book.context(submission))
    assert [finding.code for finding in found] == ["NT900", "NT401"]
    assert "NT303" in found[0].message
    assert "ZeroDivisionError" in found[0].message


def test_running_out_of_memory_is_not_ours_to_catch() -> None:
    submission, context = sound()
    with pytest.raises(MemoryError):
        run(submission, context, (breaking("NT199", MemoryError()),))


@pytest.mark.parametrize(
    "submission",
    [Submission("x.xlsx"), Submission("x.xlsx", troubles=(Trouble("not-known-yet"),))],
    ids=["unread", "a trouble that no rule knows"],
)
def test_a_file_that_nothing_was_taken_from_never_passes(submission: Submission) -> None:
    (found,) = run(submission, Context(None))
    assert found.code == "NT900"
    assert found.refuses
    assert "Er is niets gelezen" in found.message


def test_findings_stand_in_order() -> None:
    """The file first, then sheet by sheet, row by row, column by column, code by code."""

    def scattered(submission: Submission, context: Context) -> Iterator[Finding]:
        places = [
            ("Overzicht", (10, 1)), ("Overzicht", (9, 30)), ("Overzicht", None), ("Start", (3, 2)),
            ("Weg", None), (None, None), ("Overzicht", (9, 3)),
        ]  # fmt: skip
        for sheet, cell in places:
            yield one.finding("x", sheet=sheet, cell=cell)

    one = rule("NT777", "scattered", Severity.INFO, **WHOLE)(scattered)
    submission, context = sound()
    found = [(f.sheet, f.cell) for f in run(submission, context, (one,))]
    assert found == [
        (None, None), ("Start", "B3"), ("Overzicht", None), ("Overzicht", "C9"),
        ("Overzicht", "AD9"), ("Overzicht", "A10"), ("Weg", None),
    ]  # fmt: skip


def test_running_twice_gives_the_same() -> None:
    submission, context = sound()
    assert run(submission, context) == run(submission, context) == ()
