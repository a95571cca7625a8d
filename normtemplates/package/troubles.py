"""The words for what is wrong with a file, and how a foreign text may stand in a message."""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from normtemplates.model.submission import Trouble

Kind = Literal[
    "empty",
    "owner-file",
    "password",
    "label",
    "old-excel",
    "binary-excel",
    "ods",
    "excel",
    "word",
    "powerpoint",
    "pdf",
    "csv",
    "html",
    "image",
    "zip-other",
    "unknown",
    "macros",
    "active",
    "damaged",
    "compression",
    "limits",
    "ambiguous",
    "unsafe-xml",
    "sheet-missing",
]

SHOWN_LENGTH: Final = 60
"""Characters of a foreign text that a message shows: enough to recognise it, one line long."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class TroubleError(Exception):
    """Carries a trouble from where it is seen to where it is handed over; stays inside.

    ``part`` is the zip member, ``None`` when it concerns the file as a whole or is not known
    yet (see :meth:`within`).
    """

    def __init__(self, kind: Kind, detail: str, part: str | None = None) -> None:
        """Take the kind, one plain Dutch sentence, and the zip member if there is one."""
        super().__init__(kind, detail, part)
        self.kind: Kind = kind
        self.detail = detail
        self.part = part

    def within(self, part: str) -> TroubleError:
        """Give the same trouble with the member named, unless it has one already."""
        return self if self.part else TroubleError(self.kind, self.detail, part)

    @property
    def trouble(self) -> Trouble:
        """Give the trouble for the report; the member's name stands in its sentence."""
        if self.part is None:
            return Trouble(self.kind, self.detail)
        part = shown(self.part)
        return Trouble(self.kind, f"{self.detail[:-1]} (onderdeel ‘{part}’).", part)


def shown(text: str) -> str:
    """Make a foreign text fit to stand in a message.

    Control, bidirectional and other invisible characters become ``U+XXXX``, so that nothing
    in the text can hide or turn round; what is longer than :data:`SHOWN_LENGTH` ends in ``…``.
    """
    safe: list[str] = []
    length = 0
    for character in text[: SHOWN_LENGTH + 1]:
        piece = character
        if unicodedata.category(character) in _INVISIBLE:
            piece = f"U+{ord(character):04X}"
        length += len(piece)
        if length > SHOWN_LENGTH:
            return "".join(safe)[: SHOWN_LENGTH - 1] + "…"
        safe.append(piece)
    return "".join(safe)
