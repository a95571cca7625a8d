"""A norm is data: no line of Python names one, nor a place, a number, a word or a key of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import normtemplates
from normtemplates.definitions import Definitions
from normtemplates.model.norm import FieldKind, Norm

PACKAGE = Path(normtemplates.__file__).parent
ROOT = Path(__file__).parents[2]
NORMS = list({id(r.norm): r.norm for r in Definitions().rounds()}.values())
# The examples of the rules have a norm of their own, whose words are theirs to choose.
EXAMPLES = ("example_", "nt")
# Words of Dutch that happen to be the name of a municipality or a status.
COMMON = {"best", "laren", "bergen", "huizen", "son", "heeze"}
# Strings that are alike by chance, with what they are.
ALLOWED = {
    "begint met een hoofdletter, ook bij ’s-Hertogenbosch en IJsselstein": "what a filter does",
    "Toelichting": "what `norm show` calls the official explanation of a requirement",
    "Ontbreekt": "the sheet of those who sent nothing",
    "Controle van ": "the title of a report",
    "0.1.0": "our version",
}
ALLOWED_KEYS = {
    *("email", "team", "decision_date"),  # of an addressee, and blanks of a letter
    *("explanation", "action"),  # of a requirement, and words of the house texts
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string in a module but for its docstrings: what the program acts on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in documentation:
            yield getattr(node, "lineno", 0), text


def code() -> list[Path]:
    """The package and what makes the letters; scripts that build and measure name a round."""
    return [*sorted(PACKAGE.rglob("*.py")), ROOT / "scripts" / "make_letter_templates.py"]


def working() -> list[Path]:
    return [path for path in code() if not path.name.startswith(EXAMPLES)]


def found(paths: list[Path], wrong: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:80]}"
        for path in paths
        for line, text in literals(path)
        if wrong.search(text) and not any(text.startswith(one) for one in ALLOWED)
    ]


def any_of(words: set[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.I)


def test_no_line_of_python_names_a_norm() -> None:
    names = {
        name.casefold()
        for norm in NORMS
        for name in (norm.code, norm.code.replace("-", "_"), norm.title, norm.name_in_text)
    }
    assert len(names) >= 4
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in code()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if any(name in line.casefold() for name in names)
    ]
    assert named == []


def test_no_string_names_a_place_a_region_or_an_issuer() -> None:
    organisations = [o for round_ in Definitions().rounds() for o in round_.organisations]
    names = {o.running_name for o in organisations} | {o.region.name for o in organisations}
    names |= {o.region.email for o in organisations} | {o.safety_region for o in organisations}
    names |= {norm.issuer for norm in NORMS} | {norm.website for norm in NORMS}
    names = {name for name in names if name and name.casefold() not in COMMON}
    assert len(names) > 100
    assert found(code(), any_of(names)) == []


def test_no_string_is_the_number_of_a_requirement() -> None:
    numbers = re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:\.[a-z])?$")
    known = {r.number for norm in NORMS for r in norm.requirements}
    assert {"3.2.1", "3.2.1.a", "2.10"} <= known
    assert all(numbers.match(number) for number in known)
    assert found(working(), numbers) == []


def words_of(norm: Norm) -> set[str]:
    """The labels, headers and choices that only a norm may know."""
    words = {s.label for s in (*norm.statuses, *norm.part_statuses)}
    words |= {f.header for f in (*norm.fields, *norm.cover)}
    words |= {f.short for f in (*norm.fields, *norm.cover) if f.short}
    return {w for w in words if w not in ("Ja", "Nee", "Status", "Norm", "Nr", "Team")}


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.code)
def test_no_string_says_a_status_or_a_header(norm: Norm) -> None:
    longest = sorted(words_of(norm), key=len, reverse=True)
    whole = re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in longest))
    assert len(longest) > 10
    assert found(working(), whole) == []


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.code)
def test_no_string_is_the_key_of_a_status_or_of_a_column(norm: Norm) -> None:
    keys = {f.key for f in norm.fields if f.answerable and f.kind is not FieldKind.STATUS}
    keys |= {f.key for f in norm.cover} | {s.key for s in norm.statuses if "-" in s.key}
    whole = re.compile(rf"^(?:{'|'.join(map(re.escape, keys - ALLOWED_KEYS))})$")
    assert found(working(), whole) == []
