"""NT213: a sheet with answers is no longer protected."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import OVERVIEW, START
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import answer_sheets, structure_known
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT213",
    "protection-removed",
    Severity.WAARSCHUWING,
    finds="De beveiliging van een blad met antwoorden is eraf.",
    why=(
        "Zonder beveiliging raken zinnen, nummers en formules gemakkelijk beschadigd. Sommige "
        "programma’s halen haar eraf bij het opslaan; dat is geen kwade wil."
    ),
    remedy=(
        "Kijk of de zinnen en koppen nog kloppen. Gebruik voor een volgende keer een nieuw "
        "overzicht."
    ),
    good=(Case("Beide bladen zijn beveiligd."),),
    bad=(
        Case(
            "De beveiliging van het overzicht is eraf.",
            lambda book: book.unprotect(OVERVIEW),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "Een programma heeft alle beveiliging laten vallen.",
            lambda book: (book.unprotect(START), book.unprotect(OVERVIEW)),
            (f"sheet/{START}", f"sheet/{OVERVIEW}"),
        ),
    ),
    known_misses=(
        (
            "De beveiliging van de bladvolgorde en van bladen zonder antwoorden telt niet mee: "
            "LibreOffice laat die altijd vallen."
        ),
        "Of er een wachtwoord op staat, en welk, wordt niet bekeken.",
    ),
    mended="Het blad is weer beveiligd.",
)
def protection_removed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet with answers."""
    if context.found is None or not structure_known(submission):
        return
    for sheet in answer_sheets(submission, context.found):
        if not sheet.protected:
            yield protection_removed.on_sheet(
                sheet,
                "Dit blad is niet meer beveiligd. Wat u invulde is gelezen; ook de zinnen, koppen "
                "en formules zijn nagekeken. Kijk zelf of er niets verschoven is.",
            )
