"""What somebody typed in a returned file, in words for a list: where it stood, and what it was."""

from __future__ import annotations

from typing import NamedTuple

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.kinds import is_day
from normtemplates.model.answers import Value, day_of
from normtemplates.model.submission import Cell, CellKind
from normtemplates.model.texts import Texts, fill

_BOOLEANS = {"1": "WAAR", "0": "ONWAAR"}
_DAY = "%d-%m-%Y"


class Leftover(NamedTuple):
    """Something typed that has no place in a fresh workbook.

    ``sheet`` and ``cell`` (address) are those of the returned file, ``text`` is what stood
    there, whole, ``why`` a Dutch sentence.
    """

    sheet: str
    cell: str
    text: str
    why: str


def as_seen(value: Value, *, date: bool = False) -> str:
    """Give a value as a person sees it in a Dutch Excel; with ``date`` a day number is a day."""
    if value.kind is CellKind.BOOLEAN:
        return _BOOLEANS.get(value.text, value.text)
    if value.kind is not CellKind.NUMBER:
        return value.text
    if date and is_day(value):
        return day_of(float(value.text)).strftime(_DAY)
    return f"{float(value.text):.15g}".replace(".", ",")


def is_typed(cell: Cell) -> bool:
    """Tell whether there is something in a cell: a formula, or more than spaces."""
    return bool(cell.formula) or bool(key_of_text(cell.text))


def whole_text(cell: Cell, seen: str, own: Texts) -> str:
    """Give all that is in a cell that shows ``seen``: of a formula that and what it shows.

    ``own`` are the house texts of a correction.
    """
    if not cell.formula:  # "" is a formula that the reader does not keep
        return seen
    formula = f"={cell.formula}"
    return fill(own["outcome"], {"formula": formula, "outcome": seen}) if seen else formula
