"""How the parts of a package refer to each other (ECMA-376 part 2, 6.5 relationships)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from normtemplates.package import gate
from normtemplates.package.troubles import TroubleError

_NAMESPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships "

_KNOWN: Final = re.compile(
    r"http://schemas\.openxmlformats\.org/(?:officeDocument|package)/2006/relationships/"
    r"|http://purl\.oclc\.org/ooxml/(?:officeDocument|package)/relationships/"
    r"|http://schemas\.microsoft\.com/office/[0-9]{4}(?:/[0-9]{2})?/relationships/",
    re.IGNORECASE,
)
"""Transitional, Strict (ECMA-376 part 1, annex A) and Microsoft's own kinds."""


class Relationship(NamedTuple):
    """One reference from a part to another part, or to something outside the package.

    ``kind`` is the last part of a known type (``worksheet``, ``metadata/core-properties``),
    the whole type where we do not know it. ``target`` is a part name without leading ``/``,
    or the target as written when ``external``; ``""`` when it points outside the package.
    """

    kind: str
    target: str
    external: bool


def read(data: bytes, part: str, source: str) -> dict[str, Relationship]:
    """Read the relationships part ``part`` of the part ``source``: id -> relationship.

    ``source`` is ``""`` for the relationships of the package itself.

    Raises:
        TroubleError: the part is unsafe or damaged, or has an id twice.
    """
    found: dict[str, Relationship] = {}

    def attach(parser: expat.XMLParserType) -> None:
        depth = 0
        references = gate.References()

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            if depth == 0 and name != _NAMESPACE + "Relationships":
                raise TroubleError("damaged", "De verwijzingen tussen onderdelen zijn beschadigd.")
            depth += 1
            if depth == 1:
                return
            if depth > 2 or name != _NAMESPACE + "Relationship":
                raise TroubleError("damaged", "De verwijzingen tussen onderdelen zijn beschadigd.")
            references.count(attributes)
            identity = attributes.get("Id", "")
            target = attributes.get("Target")
            if not identity or identity in found or target is None:
                raise TroubleError("damaged", "Een verwijzing tussen onderdelen is beschadigd.")
            external = attributes.get("TargetMode") == "External"
            found[identity] = Relationship(
                _KNOWN.sub("", attributes.get("Type", ""), count=1),
                target if external else resolve(source, target),
                external,
            )

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    gate.parse(data, part, attach)
    return found


def part_of(source: str) -> str:
    """Give the name of the relationships part of ``source`` (``""`` is the package)."""
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def source_of(part: str) -> str | None:
    """Give the part whose relationships stand in ``part``, ``None`` when it holds none.

    The other way of :func:`part_of`.
    """
    folder, _, name = f"/{part}".rpartition("/")
    if not folder.casefold().endswith("/_rels") or not name.casefold().endswith(".rels"):
        return None
    return f"{folder[:-5]}{name[:-5]}".removeprefix("/")


def resolve(source: str, target: str) -> str:
    """Give the part that ``target``, as written in ``source``, points to; ``""`` if none can be.

    A target is relative to the folder of its source, or absolute with ``/`` in front
    (ECMA-376 part 2, 6.5.3.4).
    """
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    steps = [] if path.startswith("/") else source.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
