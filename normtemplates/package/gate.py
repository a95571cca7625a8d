"""The gate that every XML member passes: what no honest Office file has is refused here.

The parser is expat, which loads nothing from outside and keeps no tree. A DOCTYPE is refused
(ECMA-376 part 2, 6.2.5.2 forbids it), so there are no entities to expand; only UTF-8 and
UTF-16 are taken (6.2.5.2); depth, attributes and the length of one text are capped.

Element and attribute names come as expat gives them with a namespace separator: the
namespace, a space, the local name; the local name alone when there is no namespace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.parsers import expat

from normtemplates.package.troubles import TroubleError

MAX_DEPTH: Final = 256
"""Elements inside each other; the limit of libxml2, honest parts stay under 40."""

MAX_ATTRIBUTES: Final = 512
"""Attributes of one element; honest parts stay under 60."""

MAX_TEXT: Final = 10_000_000
"""Characters of one text; the limit of libxml2. A cell holds 32 767."""

MAX_TOKEN: Final = 1024 * 1024
"""Bytes of one tag, comment or instruction: what expat looks through again for each chunk."""

MAX_MARKUP: Final = 3_000_000
"""Signs ``<`` and ``=`` in all XML together: what can be looked through in a few seconds."""

MAX_NAMES: Final = 10_000
"""Different names of elements and attributes in one part: expat keeps each until the end."""

MAX_REFERENCES: Final = 70_000
"""Entries of a list of types or relationships; Excel allows 65 530 links on a sheet."""

MAX_REFERENCE_TEXT: Final = 4_000_000
"""Characters in the attributes of such a list together: at most 16 MB of memory."""

CHUNK: Final = 256 * 1024
"""Bytes given to expat at once: after a refusal it still runs to the end of the chunk."""

Attach = Callable[[expat.XMLParserType], None]

_ENCODINGS: Final = frozenset({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
_NOT_XML: Final = "De xml van een onderdeel is beschadigd."


def parse(data: bytes, part: str, attach: Attach | None = None) -> None:
    """Send one part through the gate, and to whoever reads it in the same pass.

    ``attach`` sets the reader's own handlers on the parser; ``None`` only looks. Handlers of a
    reader must bound depth themselves: they know their elements and send the rest to
    :class:`Skipper`. They refuse by raising :class:`TroubleError`, without naming the part.

    Raises:
        TroubleError: the part is unsafe, beyond a limit or no well-formed XML.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ", intern=names)
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = _doctype
    parser.XmlDeclHandler = _declaration
    try:
        if attach is not None:
            attach(parser)
        elif not _within_any_limit(data):
            Skipper(parser).skip()
        if len(data) <= CHUNK:
            parser.Parse(data, True)
            return
        for place in range(0, len(data), CHUNK):
            parser.Parse(data[place : place + CHUNK], False)
            if place + CHUNK - parser.CurrentByteIndex > MAX_TOKEN + CHUNK:
                raise TroubleError("unsafe-xml", "De xml bevat een veel te lang stuk.")
            if len(names) > MAX_NAMES:
                raise TroubleError("unsafe-xml", "De xml bevat te veel verschillende namen.")
        parser.Parse(b"", True)
    except TroubleError as refused:
        raise refused.within(part) from None
    except (expat.ExpatError, ValueError, LookupError):
        # The last two: an encoding that Python does not know, or that is no 8-bit one.
        raise TroubleError("damaged", _NOT_XML, part) from None
    finally:
        # Handlers know the parser: without this all that they hold waits for the collector.
        parser.StartElementHandler = None
        parser.EndElementHandler = None
        parser.CharacterDataHandler = None


class Skipper:
    """Passes over an element that a reader does not know, with everything inside it.

    Set on a fresh parser it passes over the whole document: that is the plain gate.
    """

    def __init__(self, parser: expat.XMLParserType) -> None:
        """Take the parser whose handlers are lent while something is passed over."""
        self._parser = parser
        self._lent: tuple[Any, Any, Any] = (None, None, None)
        depth = 0
        length = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth, length
            depth += 1
            length = 0
            if depth > MAX_DEPTH:
                raise TroubleError("unsafe-xml", "De xml is te diep in elkaar gestapeld.")
            if len(attributes) > MAX_ATTRIBUTES:
                raise too_many_attributes()

        def end(name: str) -> None:
            nonlocal depth, length
            length = 0
            if depth == 0:
                self._give_back()
            else:
                depth -= 1

        def text(data: str) -> None:
            nonlocal length
            length += len(data)
            if length > MAX_TEXT:
                raise TroubleError("unsafe-xml", "De xml bevat een veel te lange tekst.")

        self._start, self._end, self._text = start, end, text

    def skip(self) -> None:
        """Pass over the element that has just begun; its end goes to nobody."""
        parser = self._parser
        self._lent = (
            parser.StartElementHandler,
            parser.EndElementHandler,
            parser.CharacterDataHandler,
        )
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _give_back(self) -> None:
        parser = self._parser
        (
            parser.StartElementHandler,
            parser.EndElementHandler,
            parser.CharacterDataHandler,
        ) = self._lent


class References:
    """Counts the entries of a list of types or relationships, which are all kept."""

    def __init__(self) -> None:
        """Begin with room for all."""
        self._entries = MAX_REFERENCES
        self._characters = MAX_REFERENCE_TEXT

    def count(self, attributes: dict[str, str]) -> None:
        """Count one entry.

        Raises:
            TroubleError: it has too many attributes, or there are too many entries.
        """
        if len(attributes) > MAX_ATTRIBUTES:
            raise too_many_attributes()
        self._entries -= 1
        self._characters -= sum(map(len, attributes.values()))
        if self._entries < 0 or self._characters < 0:
            raise TroubleError("limits", "Het bestand bevat te veel verwijzingen.")


def too_many_attributes() -> TroubleError:
    """Give the refusal of an element with more than :data:`MAX_ATTRIBUTES` attributes."""
    return TroubleError("unsafe-xml", "De xml bevat een element met te veel eigenschappen.")


def local(name: str) -> str:
    """Give the local part of an expat name."""
    return name.rpartition(" ")[2]


def _within_any_limit(data: bytes) -> bool:
    """Tell whether a part is too small to pass a limit, so that expat alone can look at it.

    Each element but the innermost needs an end tag, each attribute a sign ``=``; in UTF-16
    these signs look otherwise.
    """
    return (
        len(data) <= CHUNK
        and b"\x00" not in data
        and data.count(b"</") < MAX_DEPTH
        and data.count(b"=") <= MAX_ATTRIBUTES
    )


def _doctype(*_: object) -> None:
    raise TroubleError("unsafe-xml", "De xml bevat een DOCTYPE.")


def _declaration(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.upper() not in _ENCODINGS:
        raise TroubleError("unsafe-xml", "De xml heeft een tekencodering die niet is toegestaan.")
