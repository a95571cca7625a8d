"""NT106: the file is broken."""

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
    "NT106",
    "damaged-file",
    Severity.FOUT,
    finds="Het bestand is beschadigd of niet compleet.",
    why=(
        "Een half bestand kan antwoorden missen zonder dat iemand het ziet. Daarom wordt er niets"
        " uit overgenomen."
    ),
    remedy="Sla uw eigen exemplaar opnieuw op en stuur het nog een keer.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand dat halverwege ophoudt.",
            lambda book: book.trouble("damaged", "Het bestand is beschadigd of onvolledig."),
            ("",),
        ),
    ),
    troubles=("damaged",),
)
def damaged_file(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from damaged_file.trouble(submission, _ADVICE)
