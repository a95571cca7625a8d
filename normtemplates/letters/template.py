"""A Word template made ready once, and the letters drawn from it.

docxtpl turns what Word made of a jinja tag (runs split at will, quotes curled, ``{%p`` and
``{%tr``) into jinja source, and that source is compiled once per template. Of a letter nothing
stays behind in it: every letter has its own context and its own parts.

jinja runs in a sandbox without a loader and without globals, so that a template from elsewhere
can neither read a file nor run code. Values for blanks are put in after jinja has run: what
looks like a tag in a value stays text.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import jinja2
import jinja2.meta
from attrs import frozen
from docxtpl.template import DocxTemplate
from jinja2.exceptions import SecurityError
from lxml import etree

from normtemplates.errors import LetterError
from normtemplates.letters.blanks import BLANK_BY_KEY, labels_of, written_values
from normtemplates.letters.chart import CHART_TYPE
from normtemplates.letters.context import DRAWN, context_of
from normtemplates.letters.controls import fill, tags_of_controls
from normtemplates.letters.drawing import draw_charts, parts_with_picture
from normtemplates.letters.fonts import letter_font
from normtemplates.letters.progress import ProgressNames
from normtemplates.letters.properties import CORE_TYPE, finish_core, with_round
from normtemplates.letters.sandbox import (
    MAX_PART,
    MAX_TAGS,
    TooLongError,
    environment,
    limited,
    not_allowed,
    render,
)
from normtemplates.letters.tables import fit_tables
from normtemplates.letters.tags import BLOCK_WORDS, Stray, Tag, tags_in
from normtemplates.letters.unbroken import keep_together
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.package import inspect

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT = f"{_WORD}.document.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
# The parts that hold text, by content type, as a message calls them.
_TEXTS = {
    _DOCUMENT: "de tekst",
    f"{_WORD}.header+xml": "de koptekst",
    f"{_WORD}.footer+xml": "de voettekst",
    f"{_WORD}.footnotes+xml": "de voetnoten",
    f"{_WORD}.endnotes+xml": "de eindnoten",
    CORE_TYPE: "de eigenschappen",
}
# Knows what Word makes of a tag; it holds no document, and nothing of a letter.
_DOCXTPL: Any = DocxTemplate(BytesIO())
_LIMIT = 50_000_000  # bytes when unpacked: a hundred times a letter with a logo
_NO_WORD = "dit is geen Word-document (.docx). Open het in Word en bewaar het als .docx"


class TagError(LetterError):
    """A tag went wrong when a letter was made.

    ``part`` is the name of its part, ``tag`` how many tags that part has before it, or
    ``None`` where that cannot be told.
    """

    def __init__(self, fault: str, part: str, tag: int | None) -> None:
        """Take what is wrong, and where."""
        super().__init__(fault)
        self.part = part
        self.tag = tag


@frozen
class _Text:
    """A part that jinja writes anew for each letter; in ``columns`` a loop makes them.

    ``lines`` are what ``source`` was made of, in which each tag that is no name begins one.
    """

    name: str
    where: str
    core: bool
    columns: bool
    source: jinja2.Template
    lines: tuple[str, ...]


class LetterTemplate:
    """One Word template, checked and compiled."""

    def __init__(self, data: bytes, name: str = "De sjabloon") -> None:
        """Read the template in ``data``; ``name`` stands for it in messages.

        Raises ``LetterError`` when it is no Word document, or when a tag in it cannot be read.
        """
        self._name = name
        parts = self._unpacked(data)
        kinds = self._kinds(parts)
        self._document = next((part for part, kind in kinds.items() if kind == _DOCUMENT), "")
        if not self._document:
            raise self._fault(_NO_WORD)
        jinja = environment()
        self._charts = {p: parts[p] for p, k in kinds.items() if k == CHART_TYPE and p in parts}
        for content in self._charts.values():
            self._parsed(content, "het diagram")
        self._naming = parts_with_picture(parts, self._document) if self._charts else {}
        self._font = letter_font(parts, kinds) if self._charts else ""
        self._used: set[str] = set()
        self._blanks: set[str] = set()
        self._parts: dict[str, bytes | _Text] = {
            part: self._compiled(part, content, kinds[part], jinja)
            if kinds.get(part) in _TEXTS
            else content
            for part, content in parts.items()
        }

    @property
    def draws_on(self) -> frozenset[str]:
        """Give which of the names in :data:`~normtemplates.letters.context.DRAWN` it uses."""
        return frozenset(self._used & DRAWN.keys())

    @property
    def blanks(self) -> frozenset[str]:
        """Give the keys of the blanks that it has; a letter may leave out some of them."""
        return frozenset(self._blanks & BLANK_BY_KEY.keys())

    def letter(
        self,
        organisation: Organisation,
        round_: Round,
        values: Mapping[str, str],
        drawn: Mapping[str, object] | None = None,
    ) -> bytes:
        """Give the letter of ``organisation`` in ``round_`` as a .docx file.

        ``values`` are what only the organisation knows, by the keys of
        :data:`normtemplates.letters.blanks.BLANKS`; ``drawn`` is what :attr:`draws_on` asks for,
        by name. A value for a blank that this letter leaves out is not used. The same arguments
        give the same bytes. Raises ``LetterError`` with all faults of the values, with those that
        the template has no place for, or with what is wrong with the template.
        """
        written = written_values(values)
        if lost := written.keys() - self._blanks:
            raise LetterError(
                f"{self._name}: er is geen plek voor {labels_of(lost)}. Laat dit gegeven weg, of "
                "maak in de sjabloon een inhoudsbesturingselement met deze naam als label."
            )
        context = {**context_of(organisation, round_), **(drawn or {})}
        progress = context.get("progress")
        drawings: dict[str, bytes] = {}
        done: dict[str, bytes] = {}
        for name, part in self._parts.items():
            if isinstance(part, bytes):
                done[name] = part
                continue
            tree = self._rendered(part, context)
            if part.core:
                finish_core(tree, organisation, round_)
            else:
                fill(tree, written)
                keep_together(tree)
                if part.columns:
                    fit_tables(tree)
            if name == self._document and self._naming and isinstance(progress, ProgressNames):
                statuses = round_.norm.statuses
                drawings = draw_charts(self._charts, name, tree, statuses, progress, self._font)
                drawings |= self._naming if len(drawings) > len(self._charts) else {}
            done[name] = _written(tree)
        done |= drawings
        return _packed(with_round(done, round_), round_)

    def _unpacked(self, data: bytes) -> dict[str, bytes]:
        """Give the parts of the package, the list of content types first."""
        package = inspect(data, kind="docx")
        if refused := next((one for one in package.troubles if one.fatal), None):
            raise self._fault(f"{_NO_WORD}. {refused.detail.removesuffix('.')}")
        parts = package.parts
        if sum(map(len, parts.values())) > _LIMIT:
            raise self._fault("dit document is te groot voor een brief")
        if _CONTENT_TYPES not in parts:
            raise self._fault(_NO_WORD)
        return {_CONTENT_TYPES: parts.pop(_CONTENT_TYPES), **parts}

    def _kinds(self, parts: Mapping[str, bytes]) -> dict[str, str]:
        """Give the content type of each part that is named in the list of content types."""
        tree = self._parsed(parts[_CONTENT_TYPES], "de inhoudsopgave")
        return {
            item.get("PartName", "").lstrip("/"): item.get("ContentType", "")
            for item in tree.iterfind("{*}Override")
        }

    def _compiled(self, name: str, content: bytes, kind: str, jinja: jinja2.Environment) -> _Text:
        where = _TEXTS[kind]
        tree = self._parsed(content, where)
        columns = self._guard(tree, where)
        if kind != CORE_TYPE:
            self._blanks |= tags_of_controls(tree)
        source = _DOCXTPL.patch_xml(etree.tostring(tree, encoding="unicode"))
        # One paragraph a line: so a message can quote the paragraph it is about.
        source = re.sub(r"<w:p(?=[ >])", "\n<w:p", source)
        # A tag of its own too, and `-` takes the line away again: so its place can be told.
        source = re.sub(r"(?<=[>}])\{%(?![-+])", "\n{%-", source)
        try:
            tags = jinja.parse(source)
            if said := not_allowed(tags):
                raise self._fault(
                    f"in {where} staat een tag die meer wil dan een brief mag ({said}). Haal die "
                    "tag weg"
                )
            self._used |= jinja2.meta.find_undeclared_variables(tags)
            compiled = jinja.from_string(limited(tags))
            return _Text(
                name, where, kind == CORE_TYPE, columns, compiled, tuple(source.split("\n"))
            )
        except jinja2.TemplateSyntaxError as error:
            near = _plain(source.splitlines()[error.lineno - 1])
            raise self._wrong_tag(where, near, f" ({error.message})") from error
        except (RecursionError, MemoryError, ValueError, SyntaxError) as error:
            raise self._fault(
                f"in {where} staat een tag die te ingewikkeld is. Schrijf het eenvoudiger"
            ) from error

    def _guard(self, tree: etree._Element, where: str) -> bool:
        """See that every tag is closed, short and of a known kind, before docxtpl looks at it.

        Tells whether one of them makes or leaves out columns of a table.
        """
        count = 0
        columns = False
        text, begins = _all_text(tree)
        if len(text) > MAX_PART:
            raise self._fault(f"{where} is te lang voor een brief")
        attributes = (str(v) for e in tree.iter("*") for v in e.attrib.values() if "{" in str(v))
        for one in (text, *attributes):
            for found in tags_in(one):
                count += 1
                near = _short(_around(one, found.start, begins if one is text else []))
                if isinstance(found, Stray) and found.opens:
                    raise self._wrong_tag(where, near, "")
                if isinstance(found, Tag) and found.kind == "{%" and found.word not in BLOCK_WORDS:
                    raise self._wrong_tag(where, near, f" (‘{found.word}’ mag niet)")
                columns = columns or (isinstance(found, Tag) and found.scope == "tc")
        if count > MAX_TAGS:
            raise self._fault(f"in {where} staan te veel tags")
        return columns

    def _wrong_tag(self, where: str, near: str, why: str) -> LetterError:
        return self._fault(
            f"in {where} staat een tag die niet klopt, bij ‘{near}’{why}. Tags zien eruit als "
            "{{ norm.title }}, {%p for theme in themes %} en {%p endfor %}"
        )

    def _rendered(self, part: _Text, context: Mapping[str, object]) -> etree._Element:
        where = part.where
        try:
            text = render(part.source, context).replace("\n<w:p", "<w:p")
        except TooLongError as error:
            what = "gaat een lijst veel te lang door. Haal een van de lijsten in elkaar weg"
            raise self._fault_in(part, error, what) from error
        except jinja2.UndefinedError as error:
            raise self._fault_in(part, error, str(error.message)) from error
        except SecurityError as error:
            what = f"staat een tag die meer wil dan een brief mag ({error.message}). Haal haar weg"
            raise self._fault_in(part, error, what) from error
        except Exception as error:  # the template's own code: anything can come out of it
            what = f"staat een tag die niet uit te voeren is ({error}). Haal die tag weg"
            raise self._fault_in(part, error, what) from error
        if re.search("[\t\n\a\f]", text):
            text = _DOCXTPL.resolve_listing(text)
        return self._parsed(text, where)

    def _parsed(self, content: bytes | str, where: str) -> etree._Element:
        # What no one sees can hold tags that no one looks at.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            tree = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._fault(
                f"{where} is geen geldig Word-document. Staat een {{% if %}} of {{% for %}} in de "
                "ene alinea en het einde in een andere? Schrijf dan {%p if … %} en {%p endif %}, "
                "elk in een eigen alinea"
            ) from error
        if tree.getroottree().docinfo.internalDTD is not None:
            raise self._fault(f"{where} bevat een DOCTYPE; dat hoort niet in een Word-document")
        return tree

    def _fault_in(self, part: _Text, error: Exception, what: str) -> TagError:
        """Give a fault of a tag of ``part`` that raised ``error``; ``what`` follows its place."""
        line = _line_of(error)
        before = sum(1 for _ in _tags_of(part.lines[: line - 1])) if line else None
        near = next((x.source for x in _tags_of(part.lines[line - 1 :])), "") if line else ""
        place = f"in {part.where}, bij ‘{_short(near)}’," if near else f"in {part.where}"
        return TagError(f"{self._name}: {place} {what}.", part.name, before)

    def _fault(self, what: str) -> LetterError:
        return LetterError(f"{self._name}: {what}.")


def _line_of(error: Exception) -> int:
    """Give the line of the template's source on which ``error`` came up; 0 for none."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:  # put there by jinja
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _tags_of(lines: Iterable[str]) -> Iterator[Tag]:
    """Give the tags in lines of source, those in attributes left out."""
    text = re.sub(r"</?\w+:[^>]*>", "", "\n".join(lines))
    return (one for one in tags_in(text) if isinstance(one, Tag))


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", standalone=True)


def _all_text(tree: etree._Element) -> tuple[str, list[int]]:
    """Give all text in one piece, as docxtpl joins it, and where in it each paragraph begins."""
    pieces: list[str] = []
    begins: list[int] = []
    length = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and isinstance(element.tag, str) and element.tag.endswith("}p"):
            begins.append(length)
        if piece := element.text if event == "start" else element.tail:
            pieces.append(str(piece))
            length += len(piece)
    return "".join(pieces), begins


def _around(text: str, place: int, begins: list[int]) -> str:
    """Give the paragraph of ``text`` in which ``place`` is, to some way behind it."""
    before = bisect_right(begins, place)
    return text[begins[before - 1] if before else 0 : place + 60]


def _plain(paragraph: str) -> str:
    """Give the words of a paragraph of source, for a message."""
    return _short(re.sub(r"<[^>]*>", "", paragraph))


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= 80 else f"{words[:79]}…"


def _packed(parts: Mapping[str, bytes], round_: Round) -> bytes:
    """Zip the parts; the dates in the zip are the round's, never today's."""
    day = round_.reference_date
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.create_system = 0  # else it tells on which system the letter was made
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    return packed.getvalue()
