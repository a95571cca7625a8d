"""NT109: two programs could read two different files in it."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Open uw eigen exemplaar in Excel. Lukt dat, sla het dan op als nieuw .xlsx-bestand en stuur "
    "dat. Lukt het niet, vraag dan een nieuw overzicht aan."
)


@rule(
    "NT109",
    "ambiguous-package",
    Severity.FOUT,
    finds="Het bestand is op meer dan één manier te lezen.",
    why=(
        "Twee programma’s kunnen er dan verschillende antwoorden in zien. Daarom wordt er niets "
        "uit overgenomen."
    ),
    remedy="Sla uw eigen exemplaar opnieuw op en stuur dat.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een zip met twee inhoudsopgaven.",
            lambda book: book.trouble(
                "ambiguous", "Het zipbestand is op meer dan één manier te lezen."
            ),
            ("",),
        ),
    ),
    troubles=("ambiguous",),
)
def ambiguous_package(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from ambiguous_package.trouble(submission, _ADVICE)
