"""NT504: comments that came along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.marks import own_notes
from normtemplates.layout.places import OVERVIEW, address
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_NAMED: Final = 10  # addresses that are named; the rest is counted


@rule(
    "NT504",
    "comments",
    Severity.INFO,
    finds="Bij vakken staan opmerkingen of notities.",
    why=(
        "Een opmerking wordt niet gelezen als antwoord. Vaak is zij voor collega’s bedoeld, en zij "
        "gaat mee naar iedereen die het overzicht krijgt."
    ),
    remedy="Haal opmerkingen weg die niet voor de ontvanger zijn.",
    good=(Case("Er staan geen opmerkingen bij."),),
    bad=(
        Case(
            "Bij een antwoord staat een opmerking.",
            lambda book: book.comment("1.1", "evidence"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        "Wie in een correctiebestand iets in een van onze eigen notities schrijft, valt niet op.",
    ),
    mended="De opmerkingen zijn niet meegekomen; ze staan nog in uw eigen bestand.",
)
def comments(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet where comments stand; what they say is not repeated."""
    if context.found is None:
        return
    ours = own_notes(submission)  # those of a correction workbook
    for sheet in submission.sheets:
        theirs = sorted({spot for spot in sheet.comments if (sheet.name, *spot) not in ours})
        if theirs:
            places = [address(*spot) for spot in theirs[:_NAMED]]
            if rest := len(theirs) - len(places):
                places.append(f"nog {rest} vakken")
            yield comments.on_sheet(
                sheet,
                f"Op dit blad staan opmerkingen, bij {enumerate_nl(places)}. Ze zijn niet gelezen "
                "als antwoord. Haal ze weg als ze niet voor de ontvanger zijn.",
            )
