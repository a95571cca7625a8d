"""NT108: the file holds XML that no office program writes."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Het is om veiligheid niet gelezen. Open uw eigen exemplaar in Excel. Lukt dat, sla het dan "
    "op als nieuw .xlsx-bestand en stuur dat. Lukt het niet, vraag dan een nieuw overzicht aan."
)


@rule(
    "NT108",
    "unsafe-xml",
    Severity.FOUT,
    finds="In het bestand staat xml die geen Office-programma schrijft, zoals een DOCTYPE.",
    why="Daarmee kan een bestand andere bestanden laten openen of een computer laten vastlopen.",
    remedy="Sla uw eigen exemplaar opnieuw op en stuur dat.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand met een DOCTYPE.",
            lambda book: book.trouble("unsafe-xml", "De xml bevat een DOCTYPE."),
            ("",),
        ),
    ),
    troubles=("unsafe-xml",),
)
def unsafe_xml(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from unsafe_xml.trouble(submission, _ADVICE)
