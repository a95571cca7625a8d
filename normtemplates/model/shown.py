"""How text from a returned file may stand in a message: short, on one line, nothing hidden."""

from __future__ import annotations

import unicodedata
from typing import Final

#: Characters that a message shows of a text: enough to recognise it, no more than a line.
LIMIT: Final = 60

# Control, format (bidirectional too), surrogate, private use, unassigned, line and paragraph.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    """Give ``text`` with every control, bidirectional or other invisible character as U+XXXX."""
    if text.isprintable():
        return text
    return "".join(
        f"U+{ord(character):04X}" if unicodedata.category(character) in _INVISIBLE else character
        for character in text
    )


def shown(text: str, limit: int = LIMIT) -> str:
    """Give ``text`` as it may stand in a message, at most ``limit`` characters long.

    White space becomes one space, what cannot be seen becomes U+XXXX, and what is too long
    ends in ``…``; a code is never cut in two.
    """
    pieces: list[str] = []
    length = 0
    for character in " ".join(text.split()):
        piece = visible(character)
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            while length > limit - 1:
                length -= len(pieces.pop())
            return "".join(pieces) + "…"
    return "".join(pieces)
