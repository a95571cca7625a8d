"""The jinja tags in a piece of text, and the braces that are part of none.

docxtpl turns Word's XML into jinja source with patterns that take a tag from its opening to the
next closing, wherever that is. So whether every tag is closed is looked at first: an open one
would swallow what stands after it, and keep those patterns busy for hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from attrs import frozen

from normtemplates.letters.sandbox import MAX_TAG

#: The words that a ``{% … %}`` may begin with.
BLOCK_WORDS: Final = ("for", "endfor", "if", "elif", "else", "endif")

_OPENING: Final = re.compile(r"\{[{%#]")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRAY: Final = re.compile(r"[}%#]\}|\{[{%#]")
_SCOPE: Final = re.compile(r"(p|tr|tc|r)(?=\s)")
_STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")

Scope = Literal["", "p", "tr", "tc", "r"]


@frozen
class Tag:
    """One tag: ``kind`` is its opening (``{{``, ``{%``, ``{#``), ``inside`` what it says.

    ``scope`` is what docxtpl takes away with the tag: ``p`` its paragraph, ``tr`` its row, ``tc``
    its cell, ``r`` its run, ``""`` nothing. ``start`` and ``end`` are places in the text.
    """

    kind: str
    scope: str
    inside: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """Give the first word of a ``{% … %}``; ``""`` for another kind."""
        return (self.inside.split(None, 1) or [""])[0] if self.kind == "{%" else ""

    @property
    def source(self) -> str:
        """Give the tag as jinja reads it."""
        return f"{self.kind} {self.inside} {_CLOSING[self.kind]}"


@frozen
class Stray:
    """Braces that are part of no tag: ``text`` are they, ``opens`` says that a tag never ends."""

    text: str
    start: int
    opens: bool


def tags_in(text: str) -> Iterator[Tag | Stray]:
    """Give tags and stray braces in order."""
    place = 0
    while found := _OPENING.search(text, place):
        yield from _strays(text, place, found.start())
        kind = found[0]
        end = text.find(_CLOSING[kind], found.end())
        if end < 0 or end - found.end() > MAX_TAG:
            yield Stray(kind, found.start(), opens=True)
            place = found.end()
            continue
        yield _tag(kind, text[found.end() : end], found.start(), end + 2)
        place = end + 2
    yield from _strays(text, place, len(text))


def _strays(text: str, start: int, end: int) -> Iterator[Stray]:
    for found in _STRAY.finditer(text, start, end):
        yield Stray(found[0], found.start(), opens=False)


def _tag(kind: str, inside: str, start: int, end: int) -> Tag:
    scope = ""
    # docxtpl knows its own letters only right behind the braces: `{%p if`, not `{% p if`.
    if found := _SCOPE.match(inside):
        scope = found[1]
        inside = inside[found.end() :]
    inside = inside.removeprefix("-").removesuffix("-").strip()
    return Tag(kind, scope, inside.translate(_STRAIGHT), start, end)
