"""The properties of a letter as a file: its title, its dates, who made it and of which round."""

from __future__ import annotations

from typing import Final

from lxml import etree

from normtemplates.layout.stamp import PROPERTY_PREFIX
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

#: The custom property that names the round of a letter; a workbook has the same one.
ROUND_PROPERTY: Final = f"{PROPERTY_PREFIX}round"

_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{{{_OFFICE}/custom-properties}}"
_TYPES = f"{_OFFICE}/docPropsVTypes"
_TEXT = f"{{{_TYPES}}}lpwstr"
_CUSTOM_RELATION = f"{_OFFICE}/relationships/custom-properties"
_CUSTOM_PART = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every custom property (part 4, 7.3.2.2)
_FIRST_ID = 2  # the specification keeps 0 and 1 for itself
_RELATIONS = "_rels/.rels"
_CONTENT_TYPES = "[Content_Types].xml"


def finish_core(tree: etree._Element, organisation: Organisation, round_: Round) -> None:
    """Complete the core properties ``tree`` of a letter.

    Who edited the template is nobody's business and goes out; the sender is the organisation,
    or the issuer of the norm where the template says so.
    The dates are the round's, so that the same letter is the same file tomorrow. A template
    without a title gets one, because a reader without sight hears it first.
    """
    for name in ("lastModifiedBy", "lastPrinted", "revision"):
        for element in tree.findall(f"{_CP}{name}"):
            tree.remove(element)
    if tree.findtext(f"{_DC}creator") != round_.norm.issuer:
        _set(tree, f"{_DC}creator", organisation.full_name)
    if not (tree.findtext(f"{_DC}title") or "").strip():
        _set(tree, f"{_DC}title", f"{round_.norm.title} – {organisation.full_name}")
    for name in ("created", "modified"):
        moment = _set(tree, f"{_DCTERMS}{name}", f"{round_.reference_date.isoformat()}T00:00:00Z")
        moment.set(_XSI_TYPE, "dcterms:W3CDTF")


def round_in(custom: etree._Element | None) -> str:
    """Give the name of the round in the custom properties ``custom``, ``""`` for none."""
    if custom is None:
        return ""
    own = (one for one in custom if one.get("name") == ROUND_PROPERTY)
    return next(("".join(map(str, one.itertext())).strip() for one in own), "")


def with_round(parts: dict[str, bytes], round_: Round) -> dict[str, bytes]:
    """Give the parts of a letter with the name of its round among the custom properties.

    Those that the template has stay as they are. A letter can say nothing that tells two rounds
    of one norm apart; this does, and Word and LibreOffice keep it.
    """
    relations = etree.fromstring(parts[_RELATIONS])
    types = etree.fromstring(parts[_CONTENT_TYPES])
    related = [one for one in relations if one.get("Type") == _CUSTOM_RELATION]
    if related:
        name = related[0].get("Target", "").lstrip("/")
        if name not in parts:
            return parts  # the template is odd; a letter without this is still a letter
        tree = etree.fromstring(parts[name])  # the gate looked at every part
    else:
        name = _CUSTOM_PART
        tree = etree.fromstring(f'<Properties xmlns="{_CUSTOM[1:-1]}" xmlns:vt="{_TYPES}"/>')
        ids = {one.get("Id") for one in relations}
        identity = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        attributes = {"Id": identity, "Type": _CUSTOM_RELATION, "Target": name}
        etree.SubElement(relations, f"{_namespace(relations)}Relationship", attributes)
        attributes = {"PartName": f"/{name}", "ContentType": CUSTOM_TYPE}
        etree.SubElement(types, f"{_namespace(types)}Override", attributes)
    for old in [one for one in tree if one.get("name") == ROUND_PROPERTY]:
        tree.remove(old)
    used = {one.get("pid") for one in tree}
    free = next(str(n) for n in range(_FIRST_ID, _FIRST_ID + len(used) + 1) if str(n) not in used)
    attributes = {"fmtid": _FORMAT, "pid": free, "name": ROUND_PROPERTY}
    etree.SubElement(
        etree.SubElement(tree, f"{_CUSTOM}property", attributes), _TEXT
    ).text = round_.name
    changed = {_CONTENT_TYPES: types, _RELATIONS: relations, name: tree}
    return parts | {
        part: etree.tostring(one, encoding="UTF-8", standalone=True)
        for part, one in changed.items()
    }


def _namespace(tree: etree._Element) -> str:
    return f"{{{etree.QName(tree).namespace}}}"


def _set(tree: etree._Element, tag: str, text: str) -> etree._Element:
    element = tree.find(tag)
    if element is None:
        element = etree.SubElement(tree, tag, nsmap={"dcterms": _DCTERMS[1:-1]})
    element.text = text
    return element
