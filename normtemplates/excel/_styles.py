"""Which cell formats lock their cells (ECMA-376 part 1, 18.8.10 cellXfs, 18.8.33 protection)."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from normtemplates.excel._grid import truth
from normtemplates.excel._walk import Element, damaged, too_many, walk

MAX_STYLES: Final = 65_490
"""Cell formats; Excel's own limit."""

NO_STYLES: Final = {"0": True}
"""The formats of a workbook without a styles part: the default one, which locks."""


def locked_by_format(data: bytes, part: str) -> dict[str, bool]:
    """Read the styles part: format index as written in a cell -> whether it locks.

    The ``protection`` of the format itself counts, whatever ``applyProtection`` says, as in
    Excel; without one a cell is locked.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    found: dict[str, bool] = {}
    lists = 0

    def build(main: str, parser: expat.XMLParserType) -> Element:
        def formats(attributes: dict[str, str]) -> None:
            nonlocal lists
            lists += 1

        def one(attributes: dict[str, str]) -> None:
            if len(found) >= MAX_STYLES:
                raise too_many("opmaakstijlen")
            found[str(len(found))] = True

        def protection(attributes: dict[str, str]) -> None:
            if "locked" in attributes:
                found[str(len(found) - 1)] = truth(attributes["locked"])

        lock = Element(begin=protection)
        single = Element({f"{main}protection": lock}, begin=one)
        several = Element({f"{main}xf": single}, begin=formats, closed=True)
        return Element({f"{main}cellXfs": several})

    walk(data, part, "styleSheet", build)
    if lists > 1:
        raise damaged("De opmaakstijlen zijn beschadigd.")
    return found or NO_STYLES
