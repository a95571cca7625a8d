"""A Word document as ``lint`` and ``check`` look at it: its paragraphs, each with its place.

Nothing is read before the package gate let the file through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from attrs import field, frozen
from lxml import etree

from normtemplates.letters.properties import CORE_TYPE, CUSTOM_TYPE, round_in
from normtemplates.model.shown import shown
from normtemplates.model.submission import Trouble
from normtemplates.package import TroubleError, relations
from normtemplates.package.opened import Opened
from normtemplates.package.relations import Relationship

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EXCERPT: Final = 40

Area = Literal["body", "header", "footer", "notes", "properties"]
_AREAS: Final[tuple[tuple[str, Area, str], ...]] = (
    (".document.main+xml", "body", ""),
    (".header+xml", "header", "koptekst"),
    (".footer+xml", "footer", "voettekst"),
    (".footnotes+xml", "notes", "voetnoten"),
    (".endnotes+xml", "notes", "eindnoten"),
)


@frozen(eq=False)
class Paragraph:
    """A paragraph.

    ``place`` says where in Dutch (``tabel 1, rij 2``); ``text`` is what it shows, with tabs and
    line ends; ``pieces`` are the elements that its characters come from, one for each.
    ``level`` is that of a heading, 0 for running text.
    """

    area: Area
    place: str
    text: str
    style: str
    level: int
    element: etree._Element
    pieces: tuple[etree._Element, ...] = field(repr=False)


@frozen(eq=False)
class Part:
    """A part with text, by its ``name`` in the package, and its paragraphs in order."""

    name: str
    area: Area
    tree: etree._Element
    paragraphs: tuple[Paragraph, ...]


class Document:
    """A Word document that the gate let through; raises ``TroubleError`` in its making."""

    def __init__(self, data: bytes) -> None:
        """Read every part of ``data``."""
        opened = Opened(data, "docx", keep=True)
        opened.finish()
        self.troubles: tuple[Trouble, ...] = opened.troubles
        self.main_type = opened.types.of(opened.main)
        self._data = opened.kept
        self._types = {name: opened.types.of(name) for name in self._data}
        self._styles = self._read_styles()
        self.parts = tuple(self._parts())

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Give the paragraphs of all parts, the body first."""
        return tuple(one for part in self.parts for one in part.paragraphs)

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """Give the paragraphs of the letter itself."""
        return tuple(one for one in self.paragraphs if one.area == "body")

    @cached_property
    def title(self) -> str:
        """Give the title in the properties, ``""`` without any."""
        return self._core(f"{_DC}title")

    @cached_property
    def creator(self) -> str:
        """Give who is said to have made it, ``""`` when nobody is."""
        return self._core(f"{_DC}creator")

    def _core(self, tag: str) -> str:
        core = self._tree_of(CORE_TYPE)
        return "" if core is None else (core.findtext(tag) or "").strip()

    @cached_property
    def core(self) -> etree._Element | None:
        """Give the properties, ``None`` when there are none."""
        return self._tree_of(CORE_TYPE)

    @cached_property
    def round_name(self) -> str:
        """Give the name of the round that it was made for, ``""`` when nothing says so."""
        return round_in(self._tree_of(CUSTOM_TYPE))

    @cached_property
    def language(self) -> str:
        """Give the language of the running text (``nl-NL``), ``""`` when none is said."""
        found = self._style_tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        said = "" if found is None else found.get(f"{W}val", "")
        for style in self._style_tree.iter(f"{W}style"):
            inside = style.find(f"{W}rPr/{W}lang")
            if style.get(f"{W}default") == "1" and inside is not None:
                said = inside.get(f"{W}val", "") or said
        return said

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """Give every reference of every part."""
        found: list[Relationship] = []
        for name, data in self._data.items():
            source = relations.source_of(name)
            if source is not None:
                found += relations.read(data, name, source).values()
        return tuple(found)

    @cached_property
    def has_comments(self) -> bool:
        """Tell whether there are comments in the text."""
        return any(
            next(part.tree.iter(f"{W}commentReference"), None) is not None for part in self.parts
        )

    # -- reading ------------------------------------------------------------------------------

    def _tree_of(self, kind: str) -> etree._Element | None:
        name = next((n for n, known in self._types.items() if known == kind), None)
        return None if name is None else _parsed(self._data[name])

    def _read_styles(self) -> dict[str, int]:
        """Give the level of each style that makes headings (``Heading 1`` is 1)."""
        tree = self._tree_of(f"{_WORD}.styles+xml")
        self._style_tree = etree.Element(f"{W}styles") if tree is None else tree
        levels: dict[str, int] = {}
        for style in self._style_tree.iter(f"{W}style"):
            name = _val(style.find(f"{W}name")).lower()
            outline = _val(style.find(f"{W}pPr/{W}outlineLvl"))
            if name.startswith("heading ") and name[8:].isdigit():
                levels[style.get(f"{W}styleId", "")] = int(name[8:])
            elif outline.isdigit() and int(outline) < 9:
                levels[style.get(f"{W}styleId", "")] = int(outline) + 1
        return levels

    def _parts(self) -> Iterator[Part]:
        for end, area, name in _AREAS:
            for part, kind in self._types.items():
                # A template (.dotx) and one with macros have a body too.
                fits = kind == f"{_WORD}{end}"
                if area == "body":
                    fits = kind.endswith("main+xml") and "word" in kind
                if fits:
                    tree = _parsed(self._data[part])
                    yield Part(part, area, tree, tuple(self._paragraphs(tree, area, name)))
        core = self._tree_of(CORE_TYPE)
        if core is not None:
            name = next(n for n, known in self._types.items() if known == CORE_TYPE)
            yield Part(name, "properties", core, tuple(_property(one) for one in core))

    def _paragraphs(self, tree: etree._Element, area: Area, name: str) -> Iterator[Paragraph]:
        tables = {table: number for number, table in enumerate(tree.iter(f"{W}tbl"), start=1)}
        for count, element in enumerate(tree.iter(f"{W}p"), start=1):
            pieces = list(_pieces(element))
            text = "".join(character for character, _ in pieces)
            row = next(element.iterancestors(f"{W}tr"), None)
            style = _val(element.find(f"{W}pPr/{W}pStyle"))
            level = self._styles.get(style, 0)
            if row is not None:
                table = next(row.iterancestors(f"{W}tbl"))
                number = list(table.iter(f"{W}tr")).index(row) + 1
                place = f"tabel {tables[table]}, rij {number}"
            elif level and text.strip():
                place = f"kop ‘{shown(text, _EXCERPT)}’"
            elif text.strip():
                place = f"alinea {count} (‘{shown(text, _EXCERPT)}’)"
            else:
                place = f"alinea {count}"
            place = f"{name}, {place}" if name else place
            origins = tuple(origin for _, origin in pieces)
            yield Paragraph(area, place, text, style, level, element, origins)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TroubleError("damaged", "De xml van een onderdeel is beschadigd.") from error


def _property(element: etree._Element) -> Paragraph:
    text = element.text or ""
    name = "titel" if element.tag == f"{_DC}title" else etree.QName(element).localname
    return Paragraph(
        "properties", f"eigenschappen, {name}", text, "", 0, element, (element,) * len(text)
    )


def _pieces(paragraph: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Give each character with its element; not those of a text box, which has its own."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}t":
            for character in element.text or "":
                yield character, element
        elif element.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t", element
        elif element.tag in (f"{W}br", f"{W}cr"):
            yield "\n", element
        elif element.tag == f"{W}noBreakHyphen":
            yield "-", element
        elif element.tag not in (f"{W}pPr", f"{W}p", f"{W}rPr", f"{W}sdtPr"):
            inside = [c for c in element if c.tag != f"{W}p"]
            waiting += reversed(inside)


def _val(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")
