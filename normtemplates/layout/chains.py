"""Conditions as whole formulas: what Controle says, and which cell is still needed.

AND and OR do not stop at their first answer; only IF does. So a chain asks one condition at a
time, and every condition guards itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from normtemplates.layout.conditions import CellOf, Condition
from normtemplates.layout.contract import ADVISE, DONE, TO_DO
from normtemplates.layout.keys import literal
from normtemplates.model.finding import Severity


def chain(
    conditions: Iterable[Condition], cells: CellOf, blank_keys: tuple[str, ...] | None
) -> str:
    """Give the formula of Controle, without ``=``: the same words as ``control`` gives.

    ``blank_keys`` are the fields that are all empty when nothing was typed; ``None`` leaves
    that first question out.
    """
    every = tuple(conditions)
    steps = [c for c in every if c.severity is Severity.FOUT]
    steps += [c for c in every if c.severity is not Severity.FOUT]
    tests = [(c.formula(cells), said_of(c)) for c in steps]
    if blank_keys:
        tests.insert(0, (blank_formula(blank_keys, cells), TO_DO))
    opening = "".join(f"IF({test},{literal(sentence)}," for test, sentence in tests)
    return f"{opening}{literal(DONE)}{')' * len(tests)}"


def said_of(broken: Condition) -> str:
    """Give what Controle says when this condition is the one it names."""
    return broken.short if broken.severity is Severity.FOUT else ADVISE + broken.short


def blank_formula(field_keys: tuple[str, ...], cells: CellOf) -> str:
    """Give the formula that is true when nothing was typed in any of the fields."""
    tests = [f"LEN({cells.key(field_key)})=0" for field_key in field_keys]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def needed_formula(conditions: Iterable[Condition], cells: CellOf) -> str | None:
    """Give the formula that is true when Controle asks something of a field.

    That is: it is empty and required, or holds what cannot be used. ``conditions`` are those
    of one field; ``None`` when none of them can be broken that badly.
    """
    tests = [c.formula(cells) for c in conditions if c.severity is Severity.FOUT]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def complete_formula(reference: str) -> str:
    """Give the formula that is true when the Controle at ``reference`` counts as complete."""
    done = f"EXACT({reference},{literal(DONE)})"
    return f"OR({done},{advice_formula(reference)})"


def advice_formula(reference: str) -> str:
    """Give the formula that is true when the Controle at ``reference`` asks for another look."""
    return begins_formula(ADVISE, reference)


def begins_formula(text: str, reference: str) -> str:
    """Give the formula that is true when the text at ``reference`` begins with ``text``."""
    return f"IFERROR(FIND({literal(text)},{reference})=1,FALSE)"
