"""What a formula refers to, and what Excel or another program would not take of it.

Nothing is parsed: a formula is searched with a handful of patterns once its literals are out
of the way, which is fast and sees all that our own formulas can do wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from normtemplates.layout.kinds import utf16_length

#: The functions that mean the same in every program that our tests run, and no others: the
#: conditions use the first two lines, what counts and draws on Start and Beeld the third, and
#: Start's list of open rows the last: MATCH only for a number of our own (in a text it would see
#: wildcards), HYPERLINK only to a place in the workbook itself.
FUNCTIONS = frozenset(
    {
        "AND", "CHAR", "DATE", "EXACT", "FIND", "IF", "IFERROR", "ISERROR", "ISNUMBER", "ISTEXT",
        "LEN", "LOWER", "NOT", "OR", "SUBSTITUTE", "_xlfn.UNICHAR",
        "COUNTIF", "COUNTIFS", "REPT", "SUM",
        "HYPERLINK", "INDEX", "MATCH",
    }
)  # fmt: skip

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_FORMULA, LONGEST_LITERAL, DEEPEST = 8_192, 255, 64

#: What XML cannot hold, or would change, where nothing can be escaped.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_LITERAL = re.compile('"(?:[^"]|"")*"')
# A plain reference such as $C14 or $A:$K matches without a group: there are thousands of them.
_WORD = re.compile(
    r"\$?[A-Z]{1,2}(?:\$?[1-9]\d{0,5}|:\$?[A-Z]{1,2})(?![\w.(!$])"
    r"|('(?:[^']|'')+'!|\$?[^\W\d][\w.$]*[(!]?)"
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)", re.IGNORECASE)
_NO_BRACKETS = re.compile("[^()]+")
_STRANGE = re.compile(r"[^\w\s$.,:()+\-*/^&=<>%\"'!]")
_TEXT_COMPARED = ('=""', '>""', '""=', '""<>')
_MATCH_OTHER = re.compile(r"MATCH\((?!\d+,.*?,0\))")
_LINK_OUTSIDE = re.compile(r'HYPERLINK\((?!"#)')
_WIDE_CHAR = re.compile(r"CHAR\((?!(?:[12]?\d|3[01])\))")


@frozen
class FormulaFacts:
    """The sheets and defined names of a formula, casefolded, and its faults."""

    sheets: frozenset[str]
    names: frozenset[str]
    faults: tuple[str, ...]


@lru_cache(maxsize=16_384)  # all workbooks of a round share their formulas
def facts_of(text: str) -> FormulaFacts:
    """Give what the formula ``text`` (without ``=``) refers to and what is wrong with it."""
    bare = _LITERAL.sub('""', text)
    sheets: set[str] = set()
    names: set[str] = set()
    faults: list[str] = []
    for word in sorted(set(_WORD.findall(bare)) - {"", "TRUE", "FALSE"}):
        if word.endswith("!"):
            sheets.add(word[:-1].strip("'").replace("''", "'").casefold())
        elif word.endswith("("):
            if word[:-1] not in FUNCTIONS:
                faults.append(f"function {word[:-1]} is not among the allowed ones")
        elif reference := _REFERENCE.fullmatch(word):
            if not inside(int(reference[2]), _number(reference[1])):
                faults.append(f"{word} lies outside a sheet")
        else:
            names.add(word.casefold())
    faults += _form_faults(text, bare)
    return FormulaFacts(frozenset(sheets), frozenset(names), tuple(faults))


def _form_faults(text: str, bare: str) -> Iterator[str]:
    if not text or text.startswith("="):
        yield "the formula is empty or begins with ="
    if length := excess(text, LONGEST_FORMULA):
        yield f"the formula has {length} characters, more than {LONGEST_FORMULA}"
    for literal in _LITERAL.findall(text):
        inner = literal[1:-1]
        if length := excess(inner.replace('""', '"'), LONGEST_LITERAL):
            yield f"a text in the formula has {length} characters, more than {LONGEST_LITERAL}"
    if bare.count('"') % 2:
        yield "a text in the formula has no end"
    brackets, depth = _NO_BRACKETS.sub("", bare), 0
    while "()" in brackets:
        brackets = brackets.replace("()", "")
        depth += 1
    if brackets:
        yield "the brackets of the formula do not match"
    if depth > DEEPEST:
        yield f"the formula is nested {depth} levels deep, more than {DEEPEST}"
    if strange := _STRANGE.search(bare) or UNWRITABLE.search(text):
        yield f"the formula cannot have {strange[0]!r}"
    if any(sign in bare for sign in _TEXT_COMPARED):
        yield "the formula compares text with = or <>; programs differ, use EXACT or LEN"
    if _WIDE_CHAR.search(bare.replace("UNICHAR(", "(")):
        yield "CHAR above 31 depends on the machine; use _xlfn.UNICHAR"
    if _MATCH_OTHER.search(bare):
        yield "MATCH may only look for a number of our own, and exactly: MATCH(3,…,0)"
    if _LINK_OUTSIDE.search(text):
        yield 'HYPERLINK may only lead to a place in this workbook: HYPERLINK("#…'


def excess(text: str, most: int) -> int:
    """Give the length of ``text`` in UTF-16 units if it is more than ``most``, else 0."""
    if 2 * len(text) <= most or (length := utf16_length(text)) <= most:
        return 0
    return length


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def inside(row: int, column: int) -> bool:
    """Tell whether a sheet has this cell."""
    return 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN
