"""What must not fall apart at the end of a line: a date, a number and its word, ’s-Hertogenbosch.

Done when a letter is made, so that a template of somebody else and a value from a table get it
too. In a narrow cell of a table nothing is held together: there a wide font would cut a date in the
middle of its year.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Final

from lxml import etree

from normtemplates.dutch import month_names

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIXED: Final = "\N{NO-BREAK SPACE}"
_DIGIT: Final = re.compile("[0-9]")
# A clipped word that hangs on the next one: ’s-Hertogenbosch, ’s-Gravenhage.
_CLIPPED: Final = re.compile(r"(?<=[’'][a-z])-(?=[A-Z])")
# An e-mail address: broken at a hyphen, nobody knows whether that belongs to it.
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w.-]+\w")
_NARROW: Final = 2835  # twips, 5 cm


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(month_names()))
    return re.compile(
        rf"(?<!\d)\d{{1,2}} (?:{months}) \d{{4}}\b"
        r"|\b(?:artikel|art\.|norm|thema|bijlage|pagina|blad|lid) (?=\d)"
        r"|€ (?=\d)"
        r"|(?<![\d.,])\d[\d.,]* (?=(?:procent|keer|normen?|punt(?:en)?|uur|dagen|weken|jaar)\b|%)",
        re.I,
    )


def unbroken(text: str) -> str:
    """Give ``text`` with no-break spaces in what belongs together: ``31 december 2024``."""
    if _DIGIT.search(text) is None:  # soon told, and most texts have none
        return text
    return _pattern().sub(lambda found: found[0].replace(" ", _FIXED), text)


def keep_together(tree: etree._Element) -> None:
    """Make the texts of a part of a letter :func:`unbroken`, and its clipped names whole."""
    for text in list(tree.iter(f"{_W}t")):
        words = text.text or ""
        if (kept := unbroken(words)) != words and not _in_narrow_cell(text):
            text.text = kept
        if "-" in words and (hyphens := _hyphens(words)):
            _fix_hyphens(text, hyphens)


def _in_narrow_cell(text: etree._Element) -> bool:
    cell = next(text.iterancestors(f"{_W}tc"), None)
    size = None if cell is None else cell.find(f"{_W}tcPr/{_W}tcW")
    if size is None or size.get(f"{_W}type") != "dxa":
        return False
    width = size.get(f"{_W}w", "")
    return width.isdigit() and 0 < int(width) <= _NARROW


def _hyphens(words: str) -> list[int]:
    """Give the places of the hyphens in ``words`` that do not end a line."""
    addresses = [(one.start(), one.end()) for one in _ADDRESS.finditer(words)]
    return sorted(
        {one.start() for one in _CLIPPED.finditer(words)}
        | {n for begin, end in addresses for n in range(begin, end) if words[n] == "-"}
    )


def _fix_hyphens(text: etree._Element, hyphens: list[int]) -> None:
    """Give the hyphens of ``text`` at these places as Word's own that does not break."""
    run = text.getparent()
    if run is None or run.tag != f"{_W}r":
        return
    words = text.text or ""
    ends = [*hyphens, len(words)]
    first, *others = [
        words[begin:end] for begin, end in zip([0, *(n + 1 for n in hyphens)], ends, strict=True)
    ]
    place = run.index(text)
    text.text = first
    text.set(_SPACE, "preserve")
    for words in others:
        following = copy(text)
        following.text = words
        run[place + 1 : place + 1] = [etree.Element(f"{_W}noBreakHyphen"), following]
        place += 2
