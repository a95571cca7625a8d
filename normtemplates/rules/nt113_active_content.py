"""NT113: the file links to or embeds something else."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Dat hoort niet in het overzicht en is niet geopend. Haal het weg, of kopieer uw antwoorden "
    "als ‘Waarden’ naar een nieuw overzicht."
)


@rule(
    "NT113",
    "active-content",
    Severity.WAARSCHUWING,
    finds=(
        "In het bestand zitten koppelingen, ingesloten bestanden of onderdelen die iets kunnen "
        "starten."
    ),
    why=(
        "Het overzicht zoals het is verstuurd heeft die niet. Ze kunnen gegevens ophalen of "
        "schadelijk zijn; er is niets geopend."
    ),
    remedy=(
        "Haal de koppeling of het ingesloten bestand weg; noem een document alleen met naam of "
        "vindplaats."
    ),
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een koppeling naar een ander bestand.",
            lambda book: book.trouble(
                "active", "Dit bestand bevat koppelingen naar andere bestanden.", fatal=False
            ),
            ("",),
        ),
    ),
    troubles=("active",),
    mended="In dit bestand zit alleen het overzicht zelf.",
)
def active_content(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from active_content.trouble(submission, _ADVICE)
