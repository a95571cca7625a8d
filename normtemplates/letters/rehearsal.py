"""A letter made for trial: what is wrong with a template only shows in what it makes.

Lists inside lists that take too long, a filter on what it is not for, a cell that is left without
a paragraph: each is found before somebody makes a hundred letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from lxml import etree

from normtemplates.errors import LetterError
from normtemplates.letters.document import Document, W
from normtemplates.letters.faults import TEMPLATE, finding
from normtemplates.letters.form import place_of
from normtemplates.letters.sample import samples
from normtemplates.letters.tags import Tag, tags_in
from normtemplates.letters.template import LetterTemplate, TagError
from normtemplates.model.finding import Finding
from normtemplates.model.round import Round
from normtemplates.package import TroubleError

_NAME: Final = "de sjabloon"


def rehearse(
    document: Document, data: bytes, blanks: Collection[str], rounds: Iterable[Round]
) -> Iterator[Finding]:
    """Give what goes wrong when letters of ``rounds`` are made of the template in ``data``.

    ``document`` is that template as lint reads it, ``blanks`` are the keys of its blanks. What goes
    wrong in one place is told once.
    """
    try:
        template = LetterTemplate(data, _NAME)
    except LetterError as error:
        yield from (finding(TEMPLATE, "make", _bare(fault)) for fault in error.faults)
        return
    told: set[tuple[str | None, str]] = set()
    for sample in samples(rounds, blanks):
        drawn = {name: sample.drawn[name] for name in template.draws_on}
        found: list[tuple[str | None, str]] = []
        try:
            letter = template.letter(sample.organisation, sample.round, sample.values, drawn)
            found += _not_whole(letter)
        except TagError as error:
            found += [(_place(document, error), _bare(fault)) for fault in error.faults]
        except LetterError as error:
            found += [(None, _bare(fault)) for fault in error.faults]
        for place, what in found:
            if (place, what) not in told:
                told.add((place, what))
                yield finding(TEMPLATE, "trial", f"{sample.title} lukt niet: {what}", place)


def _bare(fault: str) -> str:
    return fault.removeprefix(f"{_NAME}: ").rstrip(".")


def _place(document: Document, error: TagError) -> str | None:
    """Give the place of the paragraph with the tag that went wrong."""
    part = next((one for one in document.parts if one.name == error.part), None)
    if error.tag is None or part is None:
        return None
    count = 0
    for paragraph in part.paragraphs:
        count += sum(isinstance(one, Tag) for one in tags_in(paragraph.text))
        if count > error.tag:
            return paragraph.place
    return None


def _not_whole(letter: bytes) -> Iterator[tuple[None, str]]:
    """Say of a letter what Word would call damaged."""
    try:
        document = Document(letter)
    except TroubleError as refused:
        yield None, refused.detail
        return
    for part in document.parts:
        for element in part.tree.iter(f"{W}tbl", f"{W}tr", f"{W}tc"):
            if what := _hollow(element):
                near = place_of(document, element)
                yield None, f"{what} ({near} van die brief)" if near else what


def _hollow(element: etree._Element) -> str:
    """Say what a table, row or cell lacks; ``""`` for nothing."""
    inside = [str(child.tag) for child in element.iterdescendants(f"{W}tr", f"{W}tc", f"{W}p")]
    if element.tag == f"{W}tbl" and f"{W}tr" not in inside:
        return "een tabel houdt geen enkele rij over. Zet de {%p if … %} om de hele tabel"
    if element.tag == f"{W}tr" and f"{W}tc" not in inside:
        return "een rij houdt geen enkele cel over. Laat één cel buiten de {%tc … %}"
    if element.tag == f"{W}tc":
        last = element[-1] if len(element) else element
        if next(last.iter(f"{W}p"), None) is None:
            return "een cel houdt geen alinea over. Zet er nog een alinea bij, buiten de {%p … %}"
    return ""
