"""Every fault of a template at once, each with its place: before anybody makes letters with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import jinja2
from attrs import frozen
from jinja2 import nodes
from lxml import etree

from normtemplates.letters.blanks import BLANK_BY_KEY
from normtemplates.letters.document import Document, Paragraph, Part, W
from normtemplates.letters.faults import TEMPLATE, finding
from normtemplates.letters.form import Names, form_findings
from normtemplates.letters.labels import label_findings, tag_of
from normtemplates.letters.needed import needed
from normtemplates.letters.rehearsal import rehearse
from normtemplates.letters.sandbox import environment, not_allowed
from normtemplates.letters.tags import BLOCK_WORDS, Stray, Tag, tags_in
from normtemplates.letters.typed import WrongNameError, check_printed, for_scope, kind_of, outside
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.shown import shown
from normtemplates.package import TroubleError

_ONE_BRACE: Final = re.compile(r"(?<!\{)\{\s*([a-z_]+)(?:\.[a-z_]+)*\s*\}(?!\})")
_PLAIN_BETWEEN: Final = {f"{W}{n}" for n in ("r", "proofErr", "bookmarkStart", "bookmarkEnd")}
_MADE_OF: Final = {
    "hyperlink": "een koppeling",
    "sdtContent": "een invulvak",
    "ins": "een bijgehouden wijziging",
    "moveTo": "een bijgehouden wijziging",
    "smartTag": "een slim label",
    "fldSimple": "een veld",
}
# With these faults alone a letter can be made for trial.
_NO_HINDRANCE: Final = {"required", "other", "language", "comments", "local-link"}
_ENDS: Final = {"endfor": "for", "endif": "if"}
_SCOPES: Final = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc"}


def lint(
    data: bytes,
    organisations: Iterable[Organisation] = (),
    own: Collection[str] = (),
    rounds: Iterable[Round] = (),
) -> tuple[Finding, ...]:
    """Give every fault of the template in ``data``, in the order of the document.

    ``organisations`` are those whose names a template must not carry, but for the one with a
    code in ``own`` when that is a single one. When its tags have no fault, letters of ``rounds``
    are made for trial.
    """
    try:
        document = Document(data)
    except TroubleError as refused:
        return (finding(TEMPLATE, "no-word", refused.detail),)
    if not document.main_type.endswith("wordprocessingml.document.main+xml"):
        what = "dit is een Word-sjabloon (.dotx) of een document met macro’s"
        return (finding(TEMPLATE, "no-word", what),)
    found = list(form_findings(document, TEMPLATE))
    tags = [t for p in document.paragraphs for t in tags_in(p.text) if isinstance(t, Tag)]
    controls = [e for part in document.parts for e in part.tree.iter(f"{W}sdt")]
    keys = {tag_of(control) for control in controls} & BLANK_BY_KEY.keys()
    for part in document.parts:
        found += _PartLint(part).findings()
    found += label_findings(document, controls)
    if tags:
        others = list(_named(document, organisations, own))
        found += needed(document, keys, named=others != [*_named(document, organisations)])
        found += others
    else:
        what = "er staat geen enkele tag in; dit is een brief die al is gemaakt, of een leeg blad"
        found.append(finding(TEMPLATE, "finished", what))
    if all(one.severity is not Severity.FOUT or one.code in _NO_HINDRANCE for one in found):
        found += rehearse(document, data, keys, rounds)
    order = {paragraph.place: place for place, paragraph in enumerate(document.paragraphs)}
    return tuple(sorted(dict.fromkeys(found), key=lambda f: order.get(f.sheet or "", -1)))


@frozen
class _Open:
    """A block that was begun: its tag, where, and the names outside it."""

    tag: Tag
    paragraph: Paragraph
    scope: dict[str, Any]


class _PartLint:
    """Looks at the tags of one part, which jinja sees as one text."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._jinja = environment()
        self._scope = outside()
        self._blocks: list[_Open] = []
        self._found: list[Finding] = []

    def findings(self) -> list[Finding]:
        carried = ""  # the closing that the paragraph before still waits for
        for number, paragraph in enumerate(self._part.paragraphs):
            text = paragraph.text
            tags: list[Tag] = []
            for one in tags_in(text):
                if isinstance(one, Tag):
                    tags.append(one)
                    self._tag(one, paragraph)
                elif one.opens:
                    carried = self._open(one, paragraph, number)
                elif carried and one.text == carried:
                    carried = ""
                else:
                    self._add("braces", f"‘{one.text}’ hoort bij geen tag", paragraph)
            outside_tags = _without(text, tags)
            for brace in _ONE_BRACE.finditer(outside_tags):
                if brace[1] in self._scope:
                    what = f"‘{brace[0]}’ heeft aan elke kant één accolade te weinig"
                    self._add("braces", what, paragraph)
            self._lost(paragraph, tags, outside_tags)
        for block in self._blocks:
            what = f"‘{block.tag.source}’ heeft geen einde"
            self._add("block-open", what, block.paragraph)
        self._attributes()
        return self._found

    def _add(self, code: str, what: str, paragraph: Paragraph) -> None:
        self._found.append(finding(TEMPLATE, code, what, paragraph.place))

    def _open(self, stray: Stray, paragraph: Paragraph, number: int) -> str:
        """Tell of a tag that does not end here; give the closing that comes in the next one."""
        near = shown(paragraph.text[stray.start :])
        following = self._part.paragraphs[number + 1 : number + 2]
        closing = "}}" if stray.text == "{{" else f"{stray.text[1]}}}"
        rest = following[0].text if following else ""
        if (end := rest.find(closing)) >= 0 and "{" not in rest[:end]:
            self._add("tag-split", f"de tag ‘{near}’ loopt door in de volgende alinea", paragraph)
            return closing
        self._add("tag-open", f"de tag ‘{near}’ houdt niet op", paragraph)
        return ""

    def _tag(self, tag: Tag, paragraph: Paragraph) -> None:
        if what := _split(tag, paragraph):
            self._add("tag-split", f"door de tag ‘{shown(tag.source)}’ loopt {what}", paragraph)
        if tag.kind == "{#":
            return
        if tag.kind == "{{":
            if tree := self._parsed(tag.source, tag, paragraph):
                for output in tree.find_all(nodes.Output):
                    for node in output.nodes:
                        if not isinstance(node, nodes.TemplateData):
                            self._names(
                                lambda n=node: check_printed(n, self._scope), tag, paragraph
                            )
        elif tag.word not in BLOCK_WORDS:
            what = f"‘{shown(tag.source)}’ begint met een woord dat een brief niet kent"
            self._add("tag-forbidden", what, paragraph)
        elif tag.word in _ENDS:
            self._end(tag, paragraph)
        elif tag.word == "else":
            self._inside("else", paragraph)
        elif tag.word == "elif":
            if self._inside("elif", paragraph):
                self._condition(tag, paragraph)
        else:
            self._begin(tag, paragraph)

    def _begin(self, tag: Tag, paragraph: Paragraph) -> None:
        self._blocks.append(_Open(tag, paragraph, self._scope))
        if tag.word == "if":
            self._condition(tag, paragraph)
            return
        tree = self._parsed(f"{tag.source}{{% endfor %}}", tag, paragraph)
        loop = tree and next(tree.find_all(nodes.For), None)
        if loop:
            self._names(lambda: self._enter(loop), tag, paragraph)

    def _enter(self, loop: nodes.For) -> None:
        name = loop.target.name if isinstance(loop.target, nodes.Name) else ""
        # What is inside is looked at all the same when the list is wrong.
        before, self._scope = self._scope, {**self._scope, name: None}
        self._scope = for_scope(loop, before)

    def _condition(self, tag: Tag, paragraph: Paragraph) -> None:
        source = f"{{% if {tag.inside.removeprefix(tag.word)} %}}{{% endif %}}"
        tree = self._parsed(source, tag, paragraph)
        choice = tree and next(tree.find_all(nodes.If), None)
        if choice:
            self._names(lambda: kind_of(choice.test, self._scope), tag, paragraph)

    def _inside(self, word: str, paragraph: Paragraph) -> bool:
        if self._blocks:
            return True
        self._add("block-open", f"‘{word}’ staat niet in een if", paragraph)
        return False

    def _end(self, tag: Tag, paragraph: Paragraph) -> None:
        wanted = _ENDS[tag.word]
        if not any(block.tag.word == wanted for block in self._blocks):
            self._add("block-open", f"‘{tag.source}’ heeft geen begin", paragraph)
            return
        while (block := self._blocks.pop()).tag.word != wanted:
            what = f"‘{block.tag.source}’ heeft geen einde vóór ‘{tag.source}’"
            self._add("block-open", what, block.paragraph)
        self._scope = block.scope
        if not _fits(block.tag, block.paragraph.element, tag, paragraph.element):
            what = f"‘{_shown(block.tag)}’ en ‘{_shown(tag)}’ passen niet bij elkaar"
            self._add("block-place", what, block.paragraph)

    def _parsed(self, source: str, tag: Tag, paragraph: Paragraph) -> nodes.Template | None:
        try:
            tree = self._jinja.parse(source)
        except (jinja2.TemplateSyntaxError, ValueError, RecursionError, MemoryError):
            self._add("tag-wrong", f"‘{shown(tag.source)}’ is niet te lezen", paragraph)
            return None
        if said := not_allowed(tree):
            self._add("tag-forbidden", f"in ‘{shown(tag.source)}’: {said}", paragraph)
            return None
        return tree

    def _names(self, look: Any, tag: Tag, paragraph: Paragraph) -> None:
        try:
            look()
        except WrongNameError as error:
            self._add("name", f"in ‘{shown(tag.source)}’: {error}", paragraph)

    def _lost(self, paragraph: Paragraph, tags: list[Tag], beside: str) -> None:
        """See that nothing stands beside a tag that takes its paragraph or row away."""
        for tag in tags:
            if tag.scope not in _SCOPES:
                continue
            near = [paragraph.element, *paragraph.element.iterancestors()]
            around = next((e for e in near if e.tag == _SCOPES[tag.scope]), None)
            if around is None:
                what = f"‘{_shown(tag)}’ staat niet in een tabel"
                self._add("block-place", what, paragraph)
                continue
            words = beside
            if tag.scope != "p":
                inside = [p for p in self._part.paragraphs if around in p.element.iterancestors()]
                words = "".join(
                    _without(p.text, [t for t in tags_in(p.text) if isinstance(t, Tag)])
                    for p in inside
                )
            if words.strip():
                what = f"‘{shown(words)}’ naast ‘{_shown(tag)}’ valt weg"
                self._add("text-lost", what, paragraph)
            elif tag.scope == "p" and len(tags) > 1:
                self._add("text-lost", "van meer tags in één alinea blijft er één over", paragraph)

    def _attributes(self) -> None:
        """Look at tags where no text is, as in the description of a picture."""
        for element in self._part.tree.iter("*"):
            for value in map(str, element.attrib.values()):
                if "{" not in value:
                    continue
                place = Paragraph("body", "een afbeelding of vak", value, "", 0, element, ())
                for one in tags_in(value):
                    if isinstance(one, Tag) and one.kind == "{{":
                        self._tag(one, place)
                    elif isinstance(one, Stray):
                        self._add("braces", f"‘{shown(value)}’ heeft losse accolades", place)


def _shown(tag: Tag) -> str:
    return shown(f"{tag.kind}{tag.scope} {tag.inside} {'%}' if tag.kind == '{%' else '}}'}")


def _without(text: str, tags: Iterable[Tag]) -> str:
    for tag in reversed(list(tags)):
        text = text[: tag.start] + text[tag.end :]
    return text


def _split(tag: Tag, paragraph: Paragraph) -> str:
    """Say what runs through a tag that docxtpl cannot put together again; ``""`` for nothing."""
    runs = dict.fromkeys(p.getparent() for p in paragraph.pieces[tag.start : tag.end])
    known = [run for run in runs if run is not None and run.tag == f"{W}r"]
    if len(known) < 2:
        return ""
    parents = dict.fromkeys(run.getparent() for run in known)
    if len(parents) > 1:
        names = [etree.QName(p).localname for p in parents if p is not None and p.tag != f"{W}p"]
        return next((_MADE_OF[name] for name in names if name in _MADE_OF), "een ander onderdeel")
    element = known[0]
    while (following := element.getnext()) is not None and element is not known[-1]:
        element = following
        if element.tag not in _PLAIN_BETWEEN:
            name = etree.QName(element).localname
            return _MADE_OF.get("sdtContent" if name == "sdt" else name, "een ander onderdeel")
        if next(element.iter(f"{W}fldChar", f"{W}drawing"), None) is not None:
            return "een veld of afbeelding"
    return ""


def _fits(first: Tag, begin: etree._Element, last: Tag, end: etree._Element) -> bool:
    """Tell whether what stands between two tags is whole: text, paragraphs, rows or cells."""
    if first.scope != last.scope:
        return False
    if first.scope in ("", "r"):
        return begin is end
    kind = _SCOPES[first.scope]
    around = [
        next((x for x in (e, *e.iterancestors()) if x.tag == kind), None) for e in (begin, end)
    ]
    first_one, last_one = around
    if first_one is None or last_one is None:
        return True  # told elsewhere
    return first_one.getparent() is last_one.getparent()


def _named(
    document: Document, organisations: Iterable[Organisation], own: Collection[str] = ()
) -> Iterator[Finding]:
    names = Names(organisations)
    for paragraph in document.paragraphs:
        for said, bearers in names.named_in(paragraph.text):
            if len(own) == 1 and any(one.code in own for one in bearers):
                continue
            yield finding(
                TEMPLATE, "other", f"‘{shown(said)}’ staat vast in de tekst", paragraph.place
            )
