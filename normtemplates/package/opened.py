"""A package that is taken apart member by member, each once and each through the gate."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import unquote

from normtemplates.model.submission import Trouble
from normtemplates.package import archive, compound, contents, gate, magic, relations
from normtemplates.package.contents import ContentTypes
from normtemplates.package.relations import Relationship
from normtemplates.package.troubles import TroubleError

_MARKUP_COUNTED_FROM: Final = 8 * 1024 * 1024
"""Inflated bytes of a package below which its markup is not counted: it cannot take long."""


class Opened:
    """An Office file whose directory, types and main part are known and sound.

    A reader takes the parts that it reads and sends them through :func:`gate.parse` itself;
    :meth:`finish` then sends all others through. Only so is every member checked, and none
    twice. ``types`` are the declared types, ``main`` is the name of the main part, ``kept``
    the bytes of all members after :meth:`finish`, empty unless asked for.
    """

    def __init__(self, data: bytes, kind: Literal["xlsx", "docx"], *, keep: bool = False) -> None:
        """Open the package in ``data``, see that it is of this kind, and ``keep`` its members.

        Raises:
            TroubleError: it is something else, or not safe.
        """
        if refused := magic.identify(data):
            raise refused
        self._data = data
        self._members = archive.members(data)
        self._folded = {name.casefold(): name for name in self._members}
        self._counting = sum(m.size for m in self._members.values()) > _MARKUP_COUNTED_FROM
        self._markup = 0
        self._keep = keep
        self._taken: set[str] = set()
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._active: dict[str, TroubleError] = {}
        self.kept: dict[str, bytes] = {}
        self.types = self._types()
        self.main = self._main()
        content_type = self.types.of(self.main)
        if refused := contents.wrong_main(kind, content_type):
            if refused.kind == "binary-excel":
                self.finish()  # another reader takes it, after this room has looked
            raise refused

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Give what is worth telling but keeps nobody from reading: macros, active content."""
        found = [Trouble(one.kind, one.detail, fatal=False) for one in self._active.values()]
        return tuple(sorted(found, key=lambda trouble: (trouble.kind, trouble.detail)))

    def find(self, part: str) -> str | None:
        """Give the member that a part name means, case aside; ``None`` when there is none."""
        if part in self._members:
            return part
        return self._folded.get(part.casefold()) or self._folded.get(unquote(part).casefold())

    def take(self, part: str) -> bytes:
        """Give the bytes of a member that :meth:`find` gave; the caller gates it.

        Raises:
            TroubleError: the member is damaged, was taken before (a part has one role), or holds
                more markup than can be looked through.
        """
        if part in self._taken:
            raise TroubleError("ambiguous", "Een onderdeel wordt voor twee dingen gebruikt.", part)
        self._taken.add(part)
        data = archive.inflate(self._data, self._members[part])
        if self._counting and self._is_xml(part):
            self._markup += data.count(b"<") + data.count(b"=")
            if self._markup > gate.MAX_MARKUP:
                raise TroubleError("limits", "Het bestand bevat te veel om na te kijken.")
        if data.startswith(compound.MAGIC):
            self._embedded(data)
        if self._keep:
            self.kept[part] = data
        return data

    def relationships(self, source: str) -> dict[str, Relationship]:
        """Give the relationships of a part by id; empty when it has none.

        Raises:
            TroubleError: they are unsafe or damaged.
        """
        part = self.find(relations.part_of(source))
        if part is None:
            return {}
        found = self._relationships.get(part)
        if found is None:
            found = relations.read(self.take(part), part, source)
            if not source:
                self._relationships[part] = found  # asked for again by readers of properties
            for relationship in found.values():
                self._tell(contents.active_relationship(relationship))
        return found

    def finish(self) -> None:
        """Send every member that nobody has taken through the gate.

        Raises:
            TroubleError: one of them is unsafe or damaged.
        """
        for name in self._members:
            if name in self._taken:
                continue
            source = relations.source_of(name)
            if source is not None:
                self.relationships(source)
            elif self._is_xml(name):
                self._gate(name, self.take(name))
            else:
                self.take(name)

    def _gate(self, name: str, data: bytes) -> None:
        try:
            gate.parse(data, name)
        except TroubleError as refused:
            # Excel itself writes drawings in VML that are no XML (<br> without an end, an
            # attribute twice) and opens them again; we read none of them.
            if refused.kind != "damaged" or not name.lower().endswith(".vml"):
                raise
            return
        for found in contents.active_links(data):
            self._tell(found)

    def _is_xml(self, name: str) -> bool:
        return name.lower().endswith((".xml", ".rels", ".vml")) or self.types.of(name).endswith(
            ("+xml", "/xml")
        )

    def _types(self) -> ContentTypes:
        part = self.find(contents.TYPES_PART)
        if part is not None and self.find("mimetype") is not None:
            raise TroubleError("ambiguous", "Dit is een Office- en een OpenDocument-bestand ineen.")
        if part is not None:
            types = ContentTypes()
            self.types = types
            types.read(self.take(part))
            for found in contents.active_types(types):
                self._tell(found)
            return types
        if refused := contents.without_types(self._members):
            raise refused
        self.types = ContentTypes()
        manifest = b""
        if part := self.find("META-INF/manifest.xml"):
            manifest = self.take(part)
            self._gate(part, manifest)
        refused = contents.open_document(self.take("mimetype"), manifest)
        if refused.kind != "password":  # what is encrypted is no XML, and nobody reads it
            self.finish()
        raise refused

    def _main(self) -> str:
        found = [one for one in self.relationships("").values() if one.kind == "officeDocument"]
        if len(found) > 1:
            raise TroubleError("ambiguous", "Het bestand wijst twee hoofdonderdelen aan.")
        part = self.find(found[0].target) if found and not found[0].external else None
        if part is None:
            raise TroubleError("damaged", "Het hoofdonderdeel ontbreekt.")
        return part

    def _embedded(self, data: bytes) -> None:
        """Look for macros under any name: a compound file with a VBA project in it."""
        if {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"} & compound.names(data):
            self._tell(TroubleError("macros", "Dit bestand bevat macro’s."))

    def _tell(self, found: TroubleError | None) -> None:
        if found:
            self._active[found.detail] = found
