"""Texts as a file writes them: escapes, blanks, rich text and the shared strings part."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from normtemplates.excel._purse import Purse
from normtemplates.excel._walk import MAIN, SPACE, collector, damaged, too_many
from normtemplates.package import gate

MAX_STRINGS: Final = 200_000
"""Shared strings; an overview has some 500."""

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_BLANKS: Final = " \t\r\n"

# Where in the shared strings we are.
_DOCUMENT, _LIST, _ITEM, _TEXT, _RUN, _RUN_TEXT = range(6)


def decoded(text: str) -> str:
    """Undo the escapes ``_xHHHH_`` (ECMA-376 part 1, 22.9.2.19 ST_Xstring).

    Two that make a surrogate pair become one character; half a pair becomes U+FFFD, since no
    output could carry it.
    """
    if "_x" not in text or _ESCAPE.search(text) is None:  # formulas are full of _xlfn
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def plain(text: str, space: str | None) -> str:
    """Give the text of a ``<t>`` or ``<v>``: blanks at its ends count only when preserved.

    ``space`` is its ``xml:space``, ``None`` when absent; Excel drops them as well then.
    """
    return decoded(text if space == "preserve" else text.strip(_BLANKS))


def shared_strings(data: bytes, part: str) -> dict[str, str]:
    """Read the shared strings (ECMA-376 part 1, 18.4): index as written in a cell -> text.

    Rich text is joined, phonetic hints are left out.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    found: dict[str, str] = {}

    def attach(parser: expat.XMLParserType) -> None:
        skipper = gate.Skipper(parser)
        pieces: list[str] = []
        runs: list[str] = []
        clear = pieces.clear
        item = text = run = extension = ""
        inside = _DOCUMENT
        space: str | None = None
        purse = Purse()

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside, space, item, text, run, extension
            if name == text and inside == _ITEM:
                space = attributes.get(SPACE)
                inside = _TEXT
                clear()
            elif name == item and inside == _LIST:
                inside = _ITEM
            elif name == run and inside == _ITEM:
                inside = _RUN
            elif name == text and inside == _RUN:
                inside = _RUN_TEXT
                clear()
            elif inside == _DOCUMENT:
                namespace, _, local = name.rpartition(" ")
                if local != "sst" or namespace not in MAIN:
                    raise damaged("De lijst van teksten is beschadigd.")
                item, text, run = f"{namespace} si", f"{namespace} t", f"{namespace} r"
                extension = f"{namespace} extLst"
                inside = _LIST
            elif inside in (_ITEM, _RUN) and gate.local(name) not in ("t", "r", "si"):
                skipper.skip()  # formatting and phonetic hints
            elif name == extension and inside == _LIST:
                skipper.skip()
            else:
                raise damaged("De lijst van teksten is beschadigd.")

        def keep(text: str) -> None:
            purse.text(len(text))
            runs.append(text)

        def end(name: str) -> None:
            nonlocal inside
            if inside == _TEXT:
                keep(plain("".join(pieces), space))
                inside = _ITEM
            elif inside == _ITEM:
                found[str(len(found))] = "".join(runs)
                runs.clear()
                if len(found) > MAX_STRINGS:
                    raise too_many("teksten")
                inside = _LIST
            elif inside == _RUN_TEXT:
                # Blanks between runs belong to the sentence, preserved or not.
                keep(decoded("".join(pieces)))
                inside = _RUN
            elif inside == _RUN:
                inside = _ITEM

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = collector(pieces, len(data))

    gate.parse(data, part, attach)
    return found
