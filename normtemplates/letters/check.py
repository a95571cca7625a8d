"""A finished letter read back: what is still open, left over or of somebody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import frozen
from lxml import etree

from normtemplates.dutch import long_date, parse_date
from normtemplates.letters.blanks import BLANK_BY_KEY
from normtemplates.letters.document import Document, Paragraph, W
from normtemplates.letters.faults import LETTER, finding
from normtemplates.letters.form import Names, form_findings, place_of, said_in
from normtemplates.letters.tags import Stray, Tag, tags_in
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.shown import shown
from normtemplates.package import TroubleError

_PROMPTS: Final = re.compile(
    r"(?<!\w)\[[^\[\]]*[^\W\d_]{2,}[^\[\]]*\]"  # [datum van de brief]
    r"|\bXX+\b[^.\n]{0,40}?\bXX+\b|\bX{3,}\b|\b[xX]{2}-[xX]{2}-[\dxX]{2,4}\b"
    r"|_{3,}|\.{4,}|…{2,}"
    r"|\b(?:n\.?\s?t\.?\s?b\.?|n\.?\s?n\.?\s?b\.?)(?!\w)|\bnader in te vullen\b|\blorem ipsum\b",
)
_DATES: Final = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d{1,2}\s+[a-zé]{3,9}\.?\s+\d{4}\b"
)
_DATE_LINE: Final = re.compile(r"\s*datum\b[^\d]{0,40}", re.I)
_DECISION: Final = re.compile(r"\b(besluit|besloten|vastgesteld|collegebesluit)\b", re.I)
_FIRST_LINES: Final = 12  # paragraphs of a letter in which its head stands
_LAST_LINES: Final = 8  # and in which it is signed


@frozen
class Checked:
    """What a letter is and what was found in it; ``None`` for what could not be told."""

    findings: tuple[Finding, ...]
    organisation: Organisation | None = None
    round: Round | None = None


def check(
    data: bytes,
    rounds: Sequence[Round],
    organisation: Organisation | None = None,
    round_: Round | None = None,
    others: Iterable[Organisation] = (),
) -> Checked:
    """Give what is wrong with the letter in ``data``, in the order of the letter.

    Which of ``rounds`` it is about and of whom it is follows from its title and its text, unless
    ``organisation`` and ``round_`` say so. ``others`` are all organisations that it could name by
    mistake.
    """
    try:
        document = Document(data)
    except TroubleError as refused:
        return Checked((finding(LETTER, "no-word", refused.detail),), organisation, round_)
    found = list(form_findings(document, LETTER))
    everyone = {o.code: o for o in (*others, *(o for r in rounds for o in r.organisations))}
    names = Names(everyone.values())
    round_ = round_ or _round_of(document, rounds)
    organisation = organisation or _whose(document, names, round_)
    found += _open_blanks(document)
    found += _prompts(document)
    if round_ is None:
        found.append(finding(LETTER, "round", LETTER["round"].meaning))
    else:
        found += _themes(document, round_)
    found += _dates(document, round_)
    if organisation is None:
        found.append(finding(LETTER, "who", LETTER["who"].meaning))
    else:
        found += _others(document, names, organisation, round_)
    order = {paragraph.place: place for place, paragraph in enumerate(document.paragraphs)}
    findings = sorted(dict.fromkeys(found), key=lambda f: order.get(f.sheet or "", -1))
    return Checked(tuple(findings), organisation, round_)


# -- what it is -------------------------------------------------------------------------------


def _round_of(document: Document, rounds: Sequence[Round]) -> Round | None:
    """Give the round that the letter was made for, as its properties say; else as its text does.

    That is one of the norm that it names most: the one of which it names the reference date, then
    the title, then the default, then the last.
    """
    if made_for := next((r for r in rounds if r.name == document.round_name), None):
        return made_for
    text = f"{document.title} {said_in(document.paragraphs)}".lower()
    counted = Counter({r.norm.title: text.count(r.norm.title.lower()) for r in rounds})
    if not counted or not counted.most_common(1)[0][1]:
        return None
    title = counted.most_common(1)[0][0]
    about = [r for r in rounds if r.norm.title == title]

    def fits(round_: Round) -> tuple[bool, bool, bool, date]:
        day = re.search(rf"(?<!\d){re.escape(long_date(round_.reference_date))}", text)
        named = re.search(rf"(?<!\w){re.escape(round_.title.lower())}(?!\w)", text)
        return day is not None, named is not None, round_.default, round_.reference_date

    return max(about, key=fits)


def _whose(document: Document, names: Names, round_: Round | None) -> Organisation | None:
    """Give whose letter it is: from who made it, the title, the head, then the whole text.

    Of a letter that the issuer of the norm made, the title says to whom it goes.
    """
    head = [p.text for p in document.body[:_FIRST_LINES]]
    whole = [p.text for p in document.paragraphs if p.area != "properties"]
    named = [[document.creator], [document.title]]
    if round_ and document.creator.lower() == round_.norm.issuer.lower():
        named.reverse()
    for texts in (*named, head, whole):
        counted = Counter(
            bearers[0].code
            for text in texts
            for _, bearers in names.named_in(text)
            if len(bearers) == 1
        )
        first = counted.most_common(2)
        if first and (len(first) == 1 or first[0][1] > first[1][1]):
            return next(
                bearers[0]
                for text in texts
                for _, bearers in names.named_in(text)
                if bearers[0].code == first[0][0]
            )
    return None


# -- what is open -----------------------------------------------------------------------------


def _open_blanks(document: Document) -> Iterator[Finding]:
    for part in document.parts:
        for control in part.tree.iter(f"{W}sdt"):
            properties = control.find(f"{W}sdtPr")
            text = "".join(t.text or "" for t in control.iter(f"{W}t")).strip()
            showing = properties is not None and (properties.find(f"{W}showingPlcHdr") is not None)
            if showing or not text:
                name = _label(properties) or text
                what = f"‘{shown(name)}’ is nog niet ingevuld"
                yield finding(LETTER, "blank-open", what, place_of(document, control))


def _label(properties: etree._Element | None) -> str:
    if properties is None:
        return ""
    tag = properties.find(f"{W}tag")
    key = "" if tag is None else tag.get(f"{W}val", "")
    if key in BLANK_BY_KEY:
        return BLANK_BY_KEY[key].label
    alias = properties.find(f"{W}alias")
    return "" if alias is None else alias.get(f"{W}val", "")


def _prompts(document: Document) -> Iterator[Finding]:
    for paragraph in document.paragraphs:
        text = _without_open_blanks(paragraph)
        for found in _PROMPTS.finditer(text):
            what = f"hier staat nog ‘{shown(found[0])}’"
            yield finding(LETTER, "prompt", what, paragraph.place)
        for one in tags_in(paragraph.text):
            said = paragraph.text[one.start : one.end] if isinstance(one, Tag) else one.text
            if isinstance(one, Tag | Stray):
                what = f"hier staat nog ‘{shown(said)}’"
                yield finding(LETTER, "braces", what, paragraph.place)


def _without_open_blanks(paragraph: Paragraph) -> str:
    """Give the text but for what an open blank shows, which is told already."""
    open_: set[etree._Element] = set()
    for piece in dict.fromkeys(paragraph.pieces):
        for control in piece.iterancestors(f"{W}sdt"):
            if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                open_.add(piece)
    pairs = zip(paragraph.text, paragraph.pieces, strict=False)
    return "".join(" " if piece in open_ else character for character, piece in pairs)


# -- what does not fit ------------------------------------------------------------------------


def _themes(document: Document, round_: Round) -> Iterator[Finding]:
    """Tell of themes that the letter to a council, or any letter that lists them, lacks."""
    text = " ".join(said_in(document.body).split())
    missing = [t for t in round_.norm.themes if " ".join(t.title.lower().split()) not in text]
    for_council = any(
        kind.lower() in f"{document.title} {' '.join(p.text for p in document.body[:2])}".lower()
        for kind in {o.kind.letter for o in round_.organisations}
    )
    if missing and (for_council or len(missing) < len(round_.norm.themes)):
        for theme in missing:
            what = f"thema {theme.number} ‘{shown(theme.title)}’ staat niet in de brief"
            yield finding(LETTER, "themes", what)


def _dates(document: Document, round_: Round | None) -> Iterator[Finding]:
    issued, since = _since(round_) if round_ else (None, "")
    sent: tuple[date, Paragraph] | None = None
    decided: tuple[date, Paragraph] | None = None
    for number, paragraph in enumerate(document.body):
        for found in _DATES.finditer(paragraph.text):
            day = parse_date(found[0])
            before = paragraph.text[: found.start()]
            head = number < _FIRST_LINES and _DATE_LINE.fullmatch(before) is not None
            if day is None:
                what = f"‘{shown(found[0])}’ is geen bestaande datum"
                # ‘12 van 2025’ is no date at all, and no fault.
                if head or _looks_like_date(found[0]):
                    yield finding(LETTER, "date", what, paragraph.place)
                continue
            decision = _DECISION.search(paragraph.text) is not None
            if head:
                sent = sent or (day, paragraph)
            elif decision:
                decided = decided or (day, paragraph)
            if issued and day < issued and (head or decision):
                what = f"{long_date(day)} ligt {since}"
                sure = head and round_ is not None and round_.norm.issued is not None
                severity = Severity.FOUT if sure else Severity.WAARSCHUWING
                yield finding(LETTER, "date", what, paragraph.place, severity)
    if sent and decided and sent[0] < decided[0]:
        what = (
            f"de brief is van {long_date(sent[0])} en het besluit van {long_date(decided[0])}: "
            "de brief ligt vóór het besluit"
        )
        yield finding(LETTER, "date", what, sent[1].place, Severity.WAARSCHUWING)


def _since(round_: Round) -> tuple[date | None, str]:
    """Give from when there can be letters about the norm, and in Dutch where an earlier day lies.

    A norm without a date has an edition: in the year before it there may have been decisions.
    """
    norm = round_.norm
    if norm.issued:
        return norm.issued, f"vóór de norm van {long_date(norm.issued)}"
    year = re.match(r"(?:19|20)\d\d", norm.edition)
    if year is None:
        return None, ""
    return date(int(year[0]) - 1, 1, 1), f"ruim vóór de editie {norm.edition} van de norm"


def _looks_like_date(text: str) -> bool:
    """Tell whether a text has a month in it, by number or name, and only its day is wrong."""
    if "-" in text:
        return True
    return parse_date(re.sub(r"^\d+", "1", text)) is not None


def _others(
    document: Document, names: Names, organisation: Organisation, round_: Round | None
) -> Iterator[Finding]:
    issuer = round_.norm.issuer.lower() if round_ else ""
    body = document.body
    sender = {p.place for p in (*body[:_FIRST_LINES], *body[-_LAST_LINES:])}
    own = False
    for paragraph in document.paragraphs:
        for said, bearers in names.named_in(paragraph.text):
            if any(one.code == organisation.code for one in bearers):
                own = True
            elif not any(one.full_name.lower() in issuer for one in bearers):
                badly = paragraph.area != "body" or paragraph.place in sender
                what = f"‘{shown(said)}’ is niet {organisation.full_name}"
                severity = Severity.FOUT if badly else Severity.WAARSCHUWING
                yield finding(LETTER, "other", what, paragraph.place, severity)
    if not own:
        what = f"{organisation.full_name} wordt nergens genoemd"
        yield finding(LETTER, "other", what)
