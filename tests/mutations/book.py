"""A returned workbook as a package of parts, to be spoiled and written again as an .xlsx."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property

from lxml import etree

from tests.mutations.worksheet import MAIN, SPACE, Worksheet, set_all, unset

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_M, _ID = f"{{{MAIN}}}", f"{{{RELATIONS}}}id"
WORKBOOK, TYPES, STRINGS = "xl/workbook.xml", "[Content_Types].xml", "xl/sharedStrings.xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Book:
    """The parts of a workbook; a part that was looked at as a tree is written from the tree."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self._trees: dict[str, etree._Element] = {}
        self._sheets: dict[str, Worksheet] = {}
        self.whole: bytes | None = None  # what is sent instead, when it is no package any more

    def tree(self, part: str) -> etree._Element:
        """Give the root of an XML part."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.parts[part])
        return self._trees[part]

    def flush(self) -> None:
        """Write all trees back to bytes."""
        for part, root in self._trees.items():
            self.parts[part] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        self._trees.clear()
        self._sheets.clear()
        self.__dict__.pop("strings", None)

    def data(self, *, packed: bool = True) -> bytes:
        """Give the file."""
        if self.whole is not None:
            return self.whole
        self.flush()
        out = io.BytesIO()
        method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with zipfile.ZipFile(out, "w", method, compresslevel=1) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return out.getvalue()

    def replace(self, part: str, old: str, new: str) -> None:
        """Replace text in a part; it must be there."""
        self.flush()
        before = self.parts[part].decode()
        assert old in before, (part, old)
        self.parts[part] = before.replace(old, new).encode()

    # -- strings -----------------------------------------------------------------------

    @cached_property
    def strings(self) -> list[str]:
        """Give the shared strings."""
        return ["".join(t.text or "" for t in one.iter(f"{_M}t")) for one in self.tree(STRINGS)]

    def intern(self, text: str) -> int:
        """Add a shared string and give its index."""
        known, table = self.strings, self.tree(STRINGS)
        item = etree.SubElement(etree.SubElement(table, f"{_M}si"), f"{_M}t")
        item.text = text
        item.set(SPACE, "preserve")
        for count in ("count", "uniqueCount"):
            unset(table, count)
        known.append(text)
        return len(known) - 1

    # -- sheets ------------------------------------------------------------------------

    @property
    def workbook(self) -> etree._Element:
        """Give the root of the workbook part."""
        return self.tree(WORKBOOK)

    def entry(self, name: str) -> etree._Element:
        """Give the element that names a sheet."""
        return next(one for one in self.workbook.iter(f"{_M}sheet") if one.get("name") == name)

    def part_of(self, name: str) -> str:
        """Give the part that a sheet lives in."""
        wanted = self.entry(name).get(_ID)
        relation = next(
            one for one in self.tree("xl/_rels/workbook.xml.rels") if one.get("Id") == wanted
        )
        target = relation.get("Target", "")
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(self, name: str) -> Worksheet:
        """Give a sheet to edit."""
        if name not in self._sheets:
            root = self.tree(self.part_of(name))
            self._sheets[name] = Worksheet(root, self.intern, lambda: self.strings)
        return self._sheets[name]

    def rename_sheet(self, old: str, new: str) -> None:
        """Rename a sheet, and the references to it in names and formulas."""
        self.entry(old).set("name", new)
        quoted = f"'{new}'!"
        for name in list(self.workbook.iter(f"{_M}definedName")):
            name.text = (name.text or "").replace(f"'{old}'!", quoted).replace(f"{old}!", quoted)
        for sheet in [one.get("name", "") for one in self.workbook.iter(f"{_M}sheet")]:
            for formula in self.sheet(sheet).every("f"):
                text = formula.text or ""
                formula.text = text.replace(f"'{old}'!", quoted).replace(f"{old}!", quoted)

    def remove_sheet(self, name: str) -> None:
        """Delete a sheet with its part; names that pointed there point nowhere."""
        entry, part = self.entry(name), self.part_of(name)
        place = list(self.workbook.iter(f"{_M}sheet")).index(entry)
        relations = self.tree("xl/_rels/workbook.xml.rels")
        relations.remove(next(one for one in relations if one.get("Id") == entry.get(_ID)))
        types = self.tree(TYPES)
        types.remove(next(one for one in types if one.get("PartName") == f"/{part}"))
        for one in list(self.workbook.iter(f"{_M}definedName")):
            parent, own = one.getparent(), one.get("localSheetId")
            assert parent is not None
            if own == str(place):
                parent.remove(one)
            elif own is not None and int(own) > place:
                one.set("localSheetId", str(int(own) - 1))
            if f"{name}!" in (one.text or "") or f"'{name}'!" in (one.text or ""):
                one.text = "#REF!"
        parent = entry.getparent()
        assert parent is not None
        parent.remove(entry)
        self._trees.pop(part, None)
        self._sheets.pop(name, None)
        for own_part in (part, part.replace("worksheets/", "worksheets/_rels/") + ".rels"):
            self.parts.pop(own_part, None)

    def add_sheet(self, name: str, *, state: str | None = None) -> Worksheet:
        """Add an empty sheet at the end."""
        part = f"worksheets/sheet{len(self.parts) + 1}.xml"
        relation = self.add_part(
            f"xl/{part}",
            f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(),
            SHEET_TYPE,
            "xl/_rels/workbook.xml.rels",
            f"{RELATIONS}/worksheet",
            part,
        )
        sheets = next(self.workbook.iter(f"{_M}sheets"))
        highest = max(int(one.get("sheetId", "0")) for one in sheets)
        entry = etree.SubElement(sheets, f"{_M}sheet", name=name, sheetId=str(highest + 1))
        entry.set(_ID, relation)
        if state:
            entry.set("state", state)
        return self.sheet(name)

    # -- parts -------------------------------------------------------------------------

    def add_part(
        self, part: str, data: bytes, kind: str, rels: str, relation: str, target: str
    ) -> str:
        """Add a part with its content type and the relation to it; give the relation's id."""
        self.parts[part] = data
        types = self.tree(TYPES)
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
        return self.relate(rels, relation, target)

    def relate(self, rels: str, kind: str, target: str, **more: str) -> str:
        """Add a relation to the part ``rels``, made where it was not; give its id."""
        if rels not in self.parts:
            self.parts[rels] = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()
        relations = self.tree(rels)
        identity = f"rIdNew{len(relations) + 1}"
        one = etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship")
        set_all(one, Id=identity, Type=kind, Target=target, **more)
        return identity

    def relations_of(self, name: str) -> str:
        """Give the part with the relations of a sheet."""
        return self.part_of(name).replace("worksheets/", "worksheets/_rels/") + ".rels"

    def defined_name(self, name: str) -> etree._Element:
        """Give the element of a defined name."""
        return next(o for o in self.workbook.iter(f"{_M}definedName") if o.get("name") == name)
