"""Reading a part as a tree of the few elements that we know; the rest is passed over.

One expat pass, through the gate. An element counts by namespace and local name in its place
under its parents, so nothing that Excel would not see is taken for content, and an element
that we should know but that has another namespace is damage, never silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers import expat

from normtemplates.package import TroubleError, gate

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN: Final = (TRANSITIONAL, STRICT)
"""The namespaces of SpreadsheetML (ECMA-376 part 4 and part 1, 18)."""

COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
"""The namespace of ``AlternateContent`` (ECMA-376 part 3, 10)."""

SPACE: Final = "http://www.w3.org/XML/1998/namespace space"

_COUNTED_FROM: Final = 4 * 1024 * 1024
"""Bytes of a part below which its text is gathered without counting."""


class Element:
    """An element that we know: what may stand in it, and what is done with it.

    ``begin`` gets its attributes, ``text`` the text directly inside it, ``done`` is called at
    its end. In a ``closed`` element anything that we do not know is damage.
    """

    __slots__ = ("begin", "children", "closed", "done", "text")

    def __init__(
        self,
        children: dict[str, Element] | None = None,
        *,
        begin: Callable[[dict[str, str]], None] | None = None,
        text: Callable[[str], None] | None = None,
        done: Callable[[], None] | None = None,
        closed: bool = False,
    ) -> None:
        """Take the elements that may stand inside, by expat name, and the calls."""
        self.children = children or {}
        self.begin = begin
        self.text = text
        self.done = done
        self.closed = closed


Build = Callable[[str, expat.XMLParserType], Element]


def walk(data: bytes, part: str, root: str, build: Build, spaces: Iterable[str] = MAIN) -> None:
    """Read one part whose root element is called ``root`` in one of the namespaces ``spaces``.

    ``build`` gets that namespace, with a space behind it, and the parser; it gives the root.

    Raises:
        TroubleError: the part is unsafe, damaged, or has another root.
    """

    def attach(parser: expat.XMLParserType) -> None:
        skipper = gate.Skipper(parser)
        pieces: list[str] = []
        stack: list[Element] = []
        here: Element | None = None

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal here
            if len(attributes) > gate.MAX_ATTRIBUTES:
                raise gate.too_many_attributes()
            if here is None:
                known = _root(name, root, spaces, build, parser)
            else:
                child = here.children.get(name)
                if child is None:
                    _unknown(here, name)
                    skipper.skip()
                    return
                known = child
                stack.append(here)
            here = known
            if known.begin is not None:
                known.begin(attributes)
            if known.text is not None:
                pieces.clear()

        def end(name: str) -> None:
            nonlocal here
            assert here is not None  # expat gives no end without its beginning
            if here.text is not None:
                here.text("".join(pieces))
            if here.done is not None:
                here.done()
            if stack:
                here = stack.pop()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = collector(pieces, len(data))

    gate.parse(data, part, attach)


def collector(pieces: list[str], size: int) -> Callable[[str], None]:
    """Give the handler that gathers text in ``pieces``; a large part's texts are counted.

    Whoever reads the pieces clears the list at the beginning of each text.
    """
    if size < _COUNTED_FROM:
        return pieces.append
    length = 0

    def text(data: str) -> None:
        nonlocal length
        length = length + len(data) if pieces else len(data)
        if length > gate.MAX_TEXT:
            raise TroubleError("unsafe-xml", "De xml bevat een veel te lange tekst.")
        pieces.append(data)

    return text


def damaged(detail: str) -> TroubleError:
    """Give the refusal of a part that is not what it should be; ``detail`` is one sentence."""
    return TroubleError("damaged", detail)


def too_many(what: str) -> TroubleError:
    """Give the refusal of more ``what`` (Dutch, plural) than can be looked through."""
    return TroubleError("limits", f"Het bestand bevat te veel {what}.")


def _root(
    name: str, root: str, spaces: Iterable[str], build: Build, parser: expat.XMLParserType
) -> Element:
    space, _, local = name.rpartition(" ")
    if local != root or space not in spaces:
        raise damaged("Een onderdeel is niet wat het moet zijn.")
    return build(f"{space} ", parser)


def _unknown(parent: Element, name: str) -> None:
    """Refuse an unknown element where it cannot be passed over without losing something."""
    local = gate.local(name)
    if parent.closed or any(gate.local(known) == local for known in parent.children):
        raise damaged("Een onderdeel bevat iets wat daar niet hoort.")
