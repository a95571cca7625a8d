"""What a zip file is, from what it declares about itself: its types and its main part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from normtemplates.package import gate
from normtemplates.package.relations import Relationship
from normtemplates.package.troubles import Kind, TroubleError

TYPES_PART: Final = "[Content_Types].xml"

_NAMESPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types "
_DAMAGED: Final = "De lijst van onderdelen is beschadigd."

_OPEN_DOCUMENT: Final[tuple[tuple[bytes, tuple[Kind, str]], ...]] = (
    (b"spreadsheet", ("ods", "Dit is een OpenDocument-werkblad (ods).")),
    (b"text", ("word", "Dit is een OpenDocument-tekst (odt).")),
    (b"presentation", ("powerpoint", "Dit is een OpenDocument-presentatie (odp).")),
)


class ContentTypes:
    """What each part says that it is (ECMA-376 part 2, 7.2.3); names without regard to case."""

    def __init__(self) -> None:
        """Begin with no part declared."""
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}

    def read(self, data: bytes) -> None:
        """Read the part :data:`TYPES_PART`.

        Raises:
            TroubleError: the part is unsafe or damaged.
        """
        gate.parse(data, TYPES_PART, self._attach)

    def _attach(self, parser: expat.XMLParserType) -> None:
        depth = 0
        references = gate.References()

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            if depth == 0 and name != _NAMESPACE + "Types":
                raise TroubleError("damaged", _DAMAGED)
            depth += 1
            if depth == 1:
                return
            references.count(attributes)
            if depth == 2 and name == _NAMESPACE + "Default":
                table, key = self._defaults, attributes.get("Extension", "")
            elif depth == 2 and name == _NAMESPACE + "Override":
                table, key = self._overrides, attributes.get("PartName", "").removeprefix("/")
            else:
                raise TroubleError("damaged", _DAMAGED)
            kind = attributes.get("ContentType", "")
            if not key or not kind or table.setdefault(key.casefold(), kind) != kind:
                raise TroubleError("damaged", _DAMAGED)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def of(self, part: str) -> str:
        """Give the type of a part in lower case; ``""`` when none is declared."""
        name = part.casefold()
        found = self._overrides.get(name)
        if found is None:
            found = self._defaults.get(name.rpartition(".")[2], "")
        return found.partition(";")[0].strip().lower()

    def all(self) -> Iterator[str]:
        """Give every type that is declared, in lower case."""
        for table in (self._defaults, self._overrides):
            yield from (kind.lower() for kind in table.values())


def without_types(names: Iterable[str]) -> TroubleError | None:
    """Say what a zip is that has no list of types; ``None`` when it is an OpenDocument file."""
    names = list(names)
    if "mimetype" in names:
        return None
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return TroubleError("zip-other", "Dit is een bestand van Apple (Numbers of Pages).")
    if any(name in ("xl/workbook.xml", "word/document.xml") for name in names):
        return TroubleError("damaged", "De lijst van onderdelen ontbreekt.", TYPES_PART)
    if any(name.lower().endswith((".xlsx", ".docx")) for name in names):
        return TroubleError("zip-other", "Dit is een zipbestand met daarin een ander bestand.")
    return TroubleError("zip-other", "Dit is een zipbestand, geen Office-bestand.")


def open_document(mimetype: bytes, manifest: bytes) -> TroubleError:
    """Say what an OpenDocument file is, from its ``mimetype`` and its manifest."""
    if b"encryption-data" in manifest:
        return TroubleError("password", "Dit bestand is beveiligd met een wachtwoord.")
    for name, refused in _OPEN_DOCUMENT:
        if mimetype.strip().startswith(b"application/vnd.oasis.opendocument." + name):
            return TroubleError(*refused)
    return TroubleError("zip-other", "Dit is een zipbestand, geen Office-bestand.")


def wrong_main(kind: str, content_type: str) -> TroubleError | None:
    """Say why a main part of this type is not what was asked; ``None`` when it is.

    ``kind`` is ``"xlsx"`` or ``"docx"``; templates and files with macros count as well.
    """
    if "sheet.binary" in content_type:
        if kind == "xlsx":
            return TroubleError("binary-excel", "Dit is een binair Excel-bestand (xlsb).")
        return TroubleError("excel", "Dit is een Excel-bestand.")
    if "spreadsheetml." in content_type or "vnd.ms-excel." in content_type:
        found, refused = "xlsx", TroubleError("excel", "Dit is een Excel-bestand.")
    elif "wordprocessingml." in content_type or "vnd.ms-word." in content_type:
        found, refused = "docx", TroubleError("word", "Dit is een Word-bestand.")
    elif "presentationml." in content_type or "vnd.ms-powerpoint." in content_type:
        return TroubleError("powerpoint", "Dit is een presentatie (PowerPoint).")
    else:
        return TroubleError("unknown", "Dit is een onbekend soort Office-bestand.")
    if not content_type.endswith("main+xml"):
        return TroubleError("damaged", "Het hoofdonderdeel is van een onbekend soort.")
    return None if found == kind else refused


_ACTIVE: Final[dict[str, tuple[Kind, str]]] = {
    "vbaProject": ("macros", "Dit bestand bevat macro’s."),
    "xlMacrosheet": ("macros", "Dit bestand bevat een macroblad van Excel 4."),
    "xlIntlMacrosheet": ("macros", "Dit bestand bevat een macroblad van Excel 4."),
    "externalLink": ("active", "Dit bestand bevat koppelingen naar andere bestanden."),
    "connections": ("active", "Dit bestand haalt gegevens op uit een andere bron."),
    "queryTable": ("active", "Dit bestand haalt gegevens op uit een andere bron."),
    "oleObject": ("active", "Dit bestand bevat een ingesloten bestand."),
    "package": ("active", "Dit bestand bevat een ingesloten bestand."),
    "control": ("active", "Dit bestand bevat een ActiveX-onderdeel."),
    "activeXControlBinary": ("active", "Dit bestand bevat een ActiveX-onderdeel."),
    "ui/extensibility": ("active", "Dit bestand past de knoppen van Office aan."),
    "rdRichValueWebImage": ("active", "Dit bestand haalt een afbeelding van elders op."),
    "webextensiontaskpanes": ("active", "Dit bestand start een invoegtoepassing."),
    "attachedTemplate": ("active", "Dit bestand haalt een sjabloon van elders op."),
    "aFChunk": ("active", "Dit bestand voegt een ander document in."),
    "subDocument": ("active", "Dit bestand voegt een ander document in."),
    "frame": ("active", "Dit bestand voegt een ander document in."),
}


_ACTIVE_TYPES: Final = (
    ("macrosheet", "xlMacrosheet"),
    ("vbaproject", "vbaProject"),
    ("macroenabled", "vbaProject"),
    ("externallink", "externalLink"),
    ("spreadsheetml.connections", "connections"),
    ("querytable", "queryTable"),
    ("oleobject", "oleObject"),
    ("ms-office.activex", "control"),
    ("webextensiontaskpanes", "webextensiontaskpanes"),
)
"""What stands in the type of an active part, and the relationship that leads to such a part."""

_LINKS: Final = {
    "ddeLink": TroubleError(
        "active", "Dit bestand haalt gegevens op uit een ander programma (DDE)."
    ),
    "oleLink": TroubleError(
        "active", "Dit bestand bevat een koppeling met een ander document (OLE)."
    ),
}
"""Kinds of external link that start another program (ECMA-376 part 1, 18.14)."""

_IN_BYTES: Final = tuple(
    name.encode(encoding) for name in _LINKS for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_LINKED: Final = TroubleError("active", "Dit bestand bevat koppelingen naar andere bestanden.")


def active_types(types: ContentTypes) -> Iterator[TroubleError]:
    """Tell of active content that the list of types declares, whatever its parts are called.

    The binary format's own name, in which macros are mentioned, is none.
    """
    for kind in types.all():
        if "sheet.binary" in kind:
            continue
        for word, relationship in _ACTIVE_TYPES:
            if word in kind:
                yield TroubleError(*_ACTIVE[relationship])


def active_relationship(relationship: Relationship) -> TroubleError | None:
    """Tell of active content that a relationship leads to, ``None`` when it is harmless."""
    if relationship.external and relationship.kind == "image":
        return TroubleError(*_ACTIVE["rdRichValueWebImage"])
    if relationship.external and relationship.kind in ("oleObject", "package"):
        return _LINKED
    found = _ACTIVE.get(relationship.kind)
    return TroubleError(*found) if found else None


def active_links(data: bytes) -> Iterator[TroubleError]:
    """Tell of links in an XML part that start another program, whatever the part is called.

    ``data`` must have passed the gate.
    """
    if not any(name in data for name in _IN_BYTES):
        return
    names: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ", intern=names)
    parser.StartElementHandler = lambda name, attributes: None  # so that names are kept
    parser.Parse(data, True)
    found = {gate.local(name) for name in names}
    if "externalLink" in found:
        yield from (trouble for name, trouble in _LINKS.items() if name in found)
