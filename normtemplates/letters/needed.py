"""What every letter has: whose it is, its date, a greeting, who signs, the themes it announces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from normtemplates.letters.document import Document, W
from normtemplates.letters.faults import TEMPLATE, finding
from normtemplates.letters.labels import tag_of
from normtemplates.letters.tags import Tag, tags_in
from normtemplates.model.finding import Finding

_GREETING: Final = re.compile(
    r"(met (vriendelijke|hartelijke) groet|vriendelijke groet|hoogachtend|met hoogachting)", re.I
)
_ORGANISATION: Final = re.compile(r"\{\{-?\s*organisation\.(name|full_name|the_name|official_name)")
_NORM: Final = re.compile(r"\{\{-?\s*norm\.(title|name_in_text)")
_SIGNER: Final = re.compile(r"\{\{-?\s*(organisation|terms\.board|norm\.issuer)")
_SIGNING_BLANKS: Final = {"secretary_name", "leader_name", "team", "issuer_team"}
_THEME_COUNT: Final = re.compile(r"\btheme_count(_word)?\b")
_THEME_LOOP: Final = re.compile(r"\bfor (\w+) in themes\b")
_THEME_MAP: Final = re.compile(r"\bthemes\b.*\bmap\b.*\btitle\b")


def needed(document: Document, keys: Collection[str], *, named: bool) -> Iterator[Finding]:
    """Say what every letter has and this template has not; ``named`` is whose alone it is."""
    text = "\n".join(p.text for p in document.body)
    everywhere = "\n".join(p.text for p in document.paragraphs if p.area != "properties")
    if not named and not _ORGANISATION.search(everywhere):
        yield _missing("de naam van de organisatie: {{ organisation.name }}")
    if not _NORM.search(text):
        yield _missing("de naam van de norm: {{ norm.title }}")
    if "letter_date" not in keys:
        yield _missing("de datum van de brief: een invulvak met het label letter_date")
    if not re.search(r"\bterms\.(board_)?salutation\b|\b(Geachte?|Beste)\b", text):
        yield _missing("de aanhef: {{ terms.salutation }} of {{ terms.board_salutation }}")
    yield from _theme_list(document)
    body = document.body
    place = next((n for n, p in enumerate(body) if _GREETING.match(p.text.strip())), None)
    if place is None:
        yield _missing("de slotgroet, zoals ‘Hoogachtend,’")
        return
    after = body[place:]
    signing = any(_SIGNER.search(p.text) for p in after)
    blanks = {tag_of(e) for p in after for e in p.element.iter(f"{W}sdt")}
    if not signing and not blanks & _SIGNING_BLANKS:
        yield _missing(
            "de ondertekening, na de slotgroet: {{ terms.board_signature }} van "
            "{{ organisation.name }}, of een invulvak met het label secretary_name of leader_name"
        )


def _missing(what: str) -> Finding:
    return finding(TEMPLATE, "required", f"in de sjabloon ontbreekt {what}")


def _theme_list(document: Document) -> Iterator[Finding]:
    """Say that themes are announced, with a colon or in a loop, and their names are not there."""
    tags = [(p, t.inside) for p in document.body for t in tags_in(p.text) if isinstance(t, Tag)]
    loops = [(p, found[1]) for p, inside in tags if (found := _THEME_LOOP.search(inside))]
    names = "|".join({"theme", *(name for _, name in loops)})
    listed = re.compile(rf"\b({names})\.title\b")
    if any(listed.search(inside) or _THEME_MAP.search(inside) for _, inside in tags):
        return
    counted = (p for p, inside in tags if _THEME_COUNT.search(inside))
    announced = [p for p in counted if p.text.rstrip().endswith(":")] + [p for p, _ in loops]
    if announced:
        what = (
            "in de sjabloon ontbreken de namen van de thema’s: {{ theme.title }}, tussen {%p for "
            "theme in themes %} en {%p endfor %}"
        )
        yield finding(TEMPLATE, "required", what, announced[0].place)
