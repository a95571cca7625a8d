"""What a template and a finished letter are both looked at for: safe, clean and accessible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from normtemplates.letters.document import WP, Document, Paragraph, W
from normtemplates.letters.faults import Kind, finding
from normtemplates.model.finding import Finding
from normtemplates.model.organisation import Organisation
from normtemplates.model.shown import shown

_TRACKED: Final = tuple(
    f"{W}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")
)
_ON_THE_WEB: Final = ("http://", "https://", "mailto:", "tel:", "#")


def form_findings(document: Document, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    """Give what is wrong with the form of ``document``; ``kinds`` says how bad each is."""
    for trouble in document.troubles:
        yield finding(kinds, "macros" if trouble.kind == "macros" else "active", trouble.detail)
    for one in document.relationships:
        local = one.external and one.kind == "hyperlink"
        if local and not one.target.lower().startswith(_ON_THE_WEB):
            what = f"de koppeling ‘{shown(one.target)}’ wijst naar een eigen schijf of server"
            yield finding(kinds, "local-link", what)
    yield from _leftovers(document, kinds)
    language = document.language
    if not language.lower().startswith("nl"):
        said = f"de taal is ‘{shown(language)}’" if language else "er staat geen taal in"
        yield finding(kinds, "language", said)
    if not document.title:
        yield finding(kinds, "title", kinds["title"].meaning)
    yield from _headings(document, kinds)
    yield from _pictures_and_tables(document, kinds)


def _leftovers(document: Document, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for code, tags in (("tracked", _TRACKED), ("comments", (f"{W}commentReference",))):
        found = [e for part in document.parts for e in part.tree.iter(*tags)]
        if found:
            what = f"{kinds[code].meaning} ({len(found)})"
            yield finding(kinds, code, what, place_of(document, found[0]))
    for paragraph in document.paragraphs:
        words = "".join(
            "".join(str(t.text or "") for t in run.iter(f"{W}t"))
            for run in paragraph.element.iter(f"{W}r")
            if _on(run.find(f"{W}rPr/{W}vanish"))
        )
        if words.strip():
            yield finding(kinds, "hidden", f"‘{shown(words)}’ is verborgen tekst", paragraph.place)


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def place_of(document: Document, element: etree._Element) -> str | None:
    """Give the place of the paragraph in or round which ``element`` stands."""
    near = [element, *element.iterancestors(), *element.iter(f"{W}p")]
    places = {paragraph.element: paragraph.place for paragraph in document.paragraphs}
    return next((places[one] for one in near if one in places), None)


def _headings(document: Document, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    headings = [p for p in document.body if p.level and p.text.strip()]
    if not headings:
        yield finding(kinds, "headings", "er zijn geen koppen met een kopstijl")
    before = 1
    for heading in headings:
        if heading.level > before + 1:
            what = f"deze kop is van niveau {heading.level}, en die ervoor van niveau {before}"
            yield finding(kinds, "headings", what, heading.place)
        before = heading.level


def _pictures_and_tables(document: Document, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for part in document.parts:
        for picture in part.tree.iter(f"{WP}docPr"):
            marked = any(e.tag.endswith("}decorative") for e in picture.iter("*"))
            if not picture.get("descr", "").strip() and not marked:
                name = shown(picture.get("name", ""))
                what = f"de afbeelding ‘{name}’ heeft geen beschrijving"
                yield finding(kinds, "alt-text", what, place_of(document, picture))
        if part.area != "body":
            continue
        for number, table in enumerate(part.tree.iter(f"{W}tbl"), start=1):
            row = table.find(f"{W}tr")
            if row is not None and row.find(f"{W}trPr/{W}tblHeader") is None:
                yield finding(kinds, "table-header", "geen kopregel", f"tabel {number}")


class Names:
    """Finds organisations that a text names with a word that makes sure who is meant.

    A bare name can be a word (Best, Huizen) or a province in the name of a norm; behind
    ``gemeente`` or ``burgemeester en wethouders van`` it is an organisation.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """Take all organisations that could be named."""
        self._by_name: dict[str, list[Organisation]] = {}
        cues: set[str] = set()
        for one in organisations:
            for name in {_plain(one.running_name), _plain(one.name)}:
                self._by_name.setdefault(name, []).append(one)
            cues.add(one.kind.terms["organisation"])
            words = ("council", "council_short", "board", "board_full", "board_signature", "leader")
            cues |= {f"{one.kind.terms[word]} van" for word in words}
        names = sorted(self._by_name, key=len, reverse=True)
        either = "|".join(re.escape(cue.lower()) for cue in sorted(cues, key=len, reverse=True))
        every = "|".join(re.escape(name) for name in names)
        self._pattern = re.compile(
            rf"\b(?P<cue>{either})\s+(?:de\s+)?(?:gemeente\s+)?(?P<name>{every})(?![\w-])"
            if names
            else r"(?!)"
        )

    def named_in(self, text: str) -> Iterator[tuple[str, tuple[Organisation, ...]]]:
        """Give what the text says and the organisations that bear the name."""
        plain = _plain(text)
        for found in self._pattern.finditer(plain):
            cue = found["cue"]
            bearers = self._by_name[found["name"]]
            # ‘provincie Utrecht’ is not the municipality.
            fitting = [o for o in bearers if cue == o.kind.terms["organisation"].lower()]
            yield text[found.start() : found.end()], tuple(fitting or bearers)


def _plain(text: str) -> str:
    """Give the text for comparing; of the same length."""
    table = str.maketrans("’‘`´\u00a0\t\n\u2011", "''''   -")
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(table)


def said_in(paragraphs: Iterable[Paragraph]) -> str:
    """Give the text of ``paragraphs`` in one piece, for looking something up."""
    return " ".join(_plain(p.text) for p in paragraphs)
