"""The labels of the blanks in a template: without them nobody can fill a blank in by name.

LibreOffice 7.4 keeps the content controls of a document and drops the label (``w:tag``) and the
title (``w:alias``) of each. So a template that was saved there has only nameless ones left.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from lxml import etree

from normtemplates.letters.blanks import BLANK_BY_KEY, BLANKS
from normtemplates.letters.document import Document, W
from normtemplates.letters.faults import TEMPLATE, finding
from normtemplates.letters.form import place_of
from normtemplates.model.finding import Finding
from normtemplates.model.shown import shown

_FUNCTION: Final = re.compile(r"\bterms\.(\w+)")


def tag_of(control: etree._Element) -> str:
    """Give the label of a content control, by which a letter knows it; ``""`` without one."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


def label_findings(document: Document, controls: Collection[etree._Element]) -> Iterator[Finding]:
    """Tell of blanks without a label that letters know; ``controls`` are all of ``document``."""
    known = ", ".join(blank.key for blank in BLANKS)
    labels = {blank.label.lower(): blank.key for blank in BLANKS}
    if not any(tag_of(control) or _title_of(control) for control in controls):
        yield from _all_lost(document, controls, labels)
        return
    for control in controls:
        tag = tag_of(control)
        name = _title_of(control)
        ours = control.find(f"{W}sdtPr/{W}docPartObj") is not None
        bound = control.find(f"{W}sdtPr/{W}dataBinding") is not None
        if tag in BLANK_BY_KEY or ours or bound:
            continue
        if tag:
            near = get_close_matches(tag.lower(), BLANK_BY_KEY, n=1)
            hint = f"Bedoelt u {near[0]}?" if near else f"Kies uit {known}"
            what = f"het label ‘{shown(tag)}’ bestaat niet. {hint}"
        elif name.lower() in labels:
            what = f"het vak ‘{shown(name)}’ heeft geen label. Bedoelt u {labels[name.lower()]}?"
        else:
            continue  # a field of their own, for who finishes the letter
        yield finding(TEMPLATE, "blank", what, place_of(document, control))


def _title_of(control: etree._Element) -> str:
    alias = control.find(f"{W}sdtPr/{W}alias")
    return "" if alias is None else alias.get(f"{W}val", "")


def _all_lost(
    document: Document, controls: Collection[etree._Element], labels: Mapping[str, str]
) -> Iterator[Finding]:
    """Tell of every blank that shows its prompt, when none has a label any more, and why."""
    left = dict(labels)
    found: list[Finding] = []
    for control in controls:
        said = "".join(t.text or "" for t in control.iter(f"{W}t")).strip()
        if not (said.startswith("[") and said.endswith("]")):
            continue  # filled in, or nothing of ours
        paragraph = next(control.iterancestors(f"{W}p"), None)
        before = None if paragraph is None else next(paragraph.iter(f"{W}t"), None)
        words = ("" if before is None else before.text or "", said.strip("[]"))
        near = [one for w in words for one in get_close_matches(w.strip().lower(), left, 1, 0.7)]
        # “naam {{ terms.secretary }}” for the name of the secretary.
        functions = {f"{function}_name" for function in _FUNCTION.findall(words[1])}
        near += [one for one, key in left.items() if key in functions]
        hint = f" Het was waarschijnlijk {left.pop(near[0])}" if near else ""
        what = f"het vak ‘{shown(said)}’ heeft geen label.{hint}"
        found.append(finding(TEMPLATE, "blank", what, place_of(document, control)))
    if found:
        yield finding(TEMPLATE, "labels", TEMPLATE["labels"].meaning)
        yield from found
