"""The key of a typed value: what is left when spaces and case are taken away.

The workbook computes it in a hidden key cell, the check computes it in Python; both remove
exactly the same characters, so that they can never disagree on what counts as empty or as a
label of a list.
"""

from __future__ import annotations

from normtemplates.model.answers import Value
from normtemplates.model.submission import CellKind

# What invisibly comes along with pasted text: spaces of all widths that Office programs
# produce, line breaks, the byte order mark, and U+0001, which some exports leave behind.
IGNORED = " \u00a0\u200b\ufeff\u202f\t\n\r\u0001"
_REMOVE = str.maketrans("", "", IGNORED)

#: The key of an error value such as ``#REF!``; conditions tell it apart by the value itself.
ERROR_KEY = "#"


def key_of_text(text: str) -> str:
    """Give the key of ``text``: without the ignored characters, in lower case."""
    short = text.replace(" ", "")
    if not short.isprintable():  # none of the others is; most texts have none of them
        short = short.translate(_REMOVE)
    return short.lower()


def key(value: Value) -> str:
    """Give the key of a typed value; ``""`` for an empty one.

    A number or boolean has some key that is not empty; which one differs between
    spreadsheet programs, so nothing may compare it with a literal.
    """
    if value.kind is CellKind.ERROR:
        return ERROR_KEY
    return key_of_text(value.text)


def key_formula(reference: str) -> str:
    """Give the formula of a key cell for the cell at ``reference``, without ``=``.

    Every function in it exists in Excel 2007 but UNICHAR, which came with Excel 2013.
    """
    inner = reference
    for character in IGNORED:
        inner = f"SUBSTITUTE({inner},{_character(character)},"
        inner += '"")'
    return f'IFERROR(LOWER({inner}),"{ERROR_KEY}")'


def _character(character: str) -> str:
    if character == " ":
        return '" "'
    code = ord(character)
    # CHAR above 31 depends on the code page of the machine.
    return f"CHAR({code})" if code < 32 else f"_xlfn.UNICHAR({code})"


def literal(text: str) -> str:
    """Give ``text`` as a string literal in a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
