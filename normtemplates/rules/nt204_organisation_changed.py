"""NT204: the stamps contradict each other, or a visible name contradicts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.contract import NAME_COLUMN, NAME_ROW, TITLE_ROW
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import START
from normtemplates.layout.recognise import Found
from normtemplates.layout.stamp import pairs
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_PLACES = {
    "_meta": "het verborgen blad",
    "name": "de namen van de werkmap",
    "properties": "de eigenschappen",
    "start": f"het blad {START}",
}
_PARTS = {
    "norm": "de norm",
    "edition": "de editie",
    "round": "de uitvraag",
    "organisation": "de organisatie",
    "layout": "de indeling",
    "fingerprint": "de indeling",
}
_REMEDY = (
    "Gebruik het overzicht dat voor uw organisatie is gemaakt en kopieer uw antwoorden daar als "
    "‘Waarden’ in."
)


@rule(
    "NT204",
    "organisation-changed",
    Severity.FOUT,
    finds=(
        "De kenmerken in het bestand spreken elkaar tegen, of er staat een andere naam dan het "
        "kenmerk zegt."
    ),
    why=(
        "Zo’n overzicht is meestal het overzicht van een ander, met een nieuwe naam erop. De "
        "antwoorden kunnen dan bij de verkeerde organisatie terechtkomen."
    ),
    remedy=_REMEDY,
    good=(
        Case("Kenmerken en namen zijn gelijk."),
        Case(
            "Een programma heeft de eigenschappen van het bestand niet bewaard.",
            lambda book: book.properties.clear(),
        ),
        Case(
            f"De naam op {START} is leeggemaakt.",
            lambda book: book.name_on_start(""),
        ),
    ),
    bad=(
        Case(
            f"Op {START} staat de naam van een andere gemeente.",
            lambda book: book.name_on_start("gemeente Voorbeeldland"),
            ("name",),
        ),
        Case(
            "Boven het overzicht staat een andere naam.",
            lambda book: book.title("Blad van gemeente Voorbeeldland"),
            ("title",),
        ),
        Case(
            "In de eigenschappen staat een andere organisatie dan in de rest van het bestand.",
            lambda book: book.restamp("properties", organisation="GM0001"),
            ("",),
        ),
    ),
    known_misses=(
        (
            "Wie alle kenmerken en alle namen verandert, levert een goed overzicht van een andere "
            "organisatie in. Dat is aan het bestand niet te zien."
        ),
    ),
    mended="Dit overzicht staat weer op naam van uw organisatie.",
)
def organisation_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare all stamps with each other, and the names in sight with the organisation."""
    found = context.found
    if found is None or found.organisation is None:
        return
    if len(set(found.stamps.values())) > 1:
        yield organisation_changed.finding(_contradiction(found))
    start = submission.sheet(START)
    for sheet, row, column in ((start, NAME_ROW, NAME_COLUMN), (found.sheet, TITLE_ROW, 1)):
        text = sheet.text(row, column) if sheet else ""
        if sheet and _names_another(text, found.organisation, found):
            message = (
                f"Hier staat ‘{shown(text)}’, maar dit overzicht is gemaakt voor "
                f"{found.organisation.full_name}. {_REMEDY}"
            )
            yield organisation_changed.finding(message, sheet=sheet.name, cell=(row, column))


def _contradiction(found: Found) -> str:
    """Say which part differs where; a different organisation before anything else."""
    said: dict[str, dict[str, list[str]]] = {}
    for place, stamp in found.stamps.items():
        for part, value in pairs(stamp):
            said.setdefault(part, {}).setdefault(value, []).append(_PLACES[place])
    differing = [part for part, values in said.items() if len(values) > 1]
    part = "organisation" if "organisation" in differing else differing[0]
    versions = [f"{shown(value)} volgens {enumerate_nl(p)}" for value, p in said[part].items()]
    return (
        f"De kenmerken in dit bestand spreken elkaar tegen over {_PARTS[part]}: "
        f"{', '.join(versions)}. {_REMEDY}"
    )


def _names_another(text: str, own: Organisation, found: Found) -> bool:
    """Tell whether ``text`` ends with, or reads as, the name of somebody else."""
    typed = key_of_text(text)
    if typed.endswith(_key(own)):
        return False
    known = found.layout.round.organisations
    kinds = {one.kind.terms["organisation"] for one in known}
    if text.strip().casefold().startswith(tuple(f"{kind} " for kind in kinds)):
        return True
    return any(typed.endswith(_key(one)) for one in known) or any(
        _names_after(text, kind, own) for kind in kinds
    )


def _names_after(text: str, kind: str, own: Organisation) -> bool:
    """Tell whether a name that is not ``own`` follows the word for its kind: "gemeente X"."""
    found = re.search(rf"\s(?i:{re.escape(kind)})\s+((?:['’][st][- ])?[A-Z].*)", text)
    if not found:
        return False
    return not key_of_text(f"{kind} {found[1]}").startswith(_key(own))


def _key(organisation: Organisation) -> str:
    return key_of_text(organisation.full_name)
