"""The properties of a letter as a file: its title, its dates and who made it."""

from __future__ import annotations

from lxml import etree

from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


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


def _set(tree: etree._Element, tag: str, text: str) -> etree._Element:
    element = tree.find(tag)
    if element is None:
        element = etree.SubElement(tree, tag, nsmap={"dcterms": _DCTERMS[1:-1]})
    element.text = text
    return element
