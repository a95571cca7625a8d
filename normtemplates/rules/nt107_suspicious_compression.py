"""NT107: the file would grow beyond all measure on unpacking."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Het is om veiligheid niet geopend. Open uw eigen exemplaar in Excel. Lukt dat, sla het dan "
    "op als nieuw .xlsx-bestand en stuur dat. Lukt het niet, vraag dan een nieuw overzicht aan."
)


@rule(
    "NT107",
    "suspicious-compression",
    Severity.FOUT,
    finds="Het bestand wordt bij het uitpakken veel groter dan een overzicht ooit is.",
    why=(
        "Zo’n bestand kan een computer laten vastlopen. Een gewoon overzicht komt hier niet bij "
        "in de buurt."
    ),
    remedy="Sla uw eigen exemplaar opnieuw op en stuur dat.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand dat enorm uitdijt.",
            lambda book: book.trouble("compression", "Een onderdeel is verdacht sterk ingepakt."),
            ("",),
        ),
    ),
    troubles=("compression",),
)
def suspicious_compression(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from suspicious_compression.trouble(submission, _ADVICE)
