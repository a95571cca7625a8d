"""Where two texts begin to differ, short enough for a message."""

from __future__ import annotations

from typing import Final

from normtemplates.model.shown import shown

_BEFORE: Final = 15  # characters that are shown of what the two have in common
_ROOM: Final = 70


def differing(one: str, other: str) -> tuple[str, str]:
    """Give both texts from the word in which they begin to differ, with a little before it."""
    one, other = " ".join(one.split()), " ".join(other.split())
    pairs = enumerate(zip(one, other, strict=False))
    common = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = one.rfind(" ", 0, max(0, common - _BEFORE)) + 1 if common > _BEFORE else 0
    return _from(one, start), _from(other, start)


def _from(text: str, start: int) -> str:
    return ("…" if start else "") + shown(text[start:], _ROOM)
