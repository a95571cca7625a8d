"""NT110: a sheet that the workbook names is not in the file."""

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
    "NT110",
    "sheet-part-missing",
    Severity.FOUT,
    finds="De werkmap noemt een blad dat niet in het bestand zit.",
    why="Wat op dat blad stond is weg. Zonder deze melding zou dat niemand opvallen.",
    remedy="Sla uw eigen exemplaar opnieuw op en stuur dat.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een werkmap waarin een blad ontbreekt.",
            lambda book: book.trouble(
                "sheet-missing", "Het blad ‘Normen’ zit niet in het bestand."
            ),
            ("",),
        ),
    ),
    troubles=("sheet-missing",),
)
def sheet_part_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from sheet_part_missing.trouble(submission, _ADVICE)
