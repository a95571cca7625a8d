"""Content controls: the blanks of a letter, filled in or left open.

A blank is a content control (``w:sdt``) whose tag is its key; it may stand in a line, round a
paragraph or round a table cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def tags_of_controls(tree: etree._Element) -> set[str]:
    """Give the tags of the content controls in ``tree``, ``""`` for those without one."""
    return {_tag(control) for control in tree.iter(f"{_W}sdt")}


def fill(tree: etree._Element, values: Mapping[str, str]) -> None:
    """Put ``values`` (tag -> text) in place of their content controls, as plain text.

    As when somebody types in the control, the text takes the
    format that the control prescribes for it (``w:rPr`` in its properties), not that of the
    prompt; a control without one leaves the text as plain as the paragraph around it.
    """
    for control in list(tree.iter(f"{_W}sdt")) if values else ():
        tag = _tag(control)
        if tag in values:
            _replace(control, values[tag])


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else tag.get(f"{_W}val", "")


def _replace(control: etree._Element, text: str) -> None:
    """Put ``text`` where ``control`` stands; of what it held one paragraph or cell stays."""
    content = control.find(f"{_W}sdtContent")
    parent = control.getparent()
    if content is None or parent is None:
        return
    run = _run(text, control.find(f"{_W}sdtPr/{_W}rPr"))
    paragraph = next(content.iter(f"{_W}p"), None)
    if paragraph is None:
        kept = [run]
    else:
        for child in list(paragraph):
            if child.tag != f"{_W}pPr":
                paragraph.remove(child)
        paragraph.append(run)
        in_table = content[0].tag in (f"{_W}tc", f"{_W}tr")
        kept = list(content) if in_table else [paragraph]
    place = parent.index(control)
    parent[place : place + 1] = kept


def _run(text: str, properties: etree._Element | None) -> etree._Element:
    run = etree.Element(f"{_W}r")
    if properties is not None:
        run.append(deepcopy(properties))
    etree.SubElement(run, f"{_W}t", {_XML_SPACE: "preserve"}).text = text
    return run
