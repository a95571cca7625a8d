"""NT105: a workbook in another format of Excel than .xlsx."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Open het bestand, kies ‘Opslaan als’ met als type ‘Excel-werkmap (.xlsx)’ en stuur dat "
    "bestand."
)
_MILD = (
    "Uw antwoorden zijn nagekeken. De structuur is niet gecontroleerd: of het werkblad nog heel "
    "is, is hierin niet te zien. Sla het de volgende keer op als ‘Excel-werkmap (.xlsx)’."
)


@rule(
    "NT105",
    "old-format",
    Severity.FOUT,
    finds="De werkmap is opgeslagen als .xls of .xlsb in plaats van .xlsx.",
    why=(
        "In die formaten is niet goed te zien of het werkblad nog heel is. Ook kunnen lijsten en "
        "controles verloren zijn gegaan."
    ),
    remedy="Sla de werkmap op als .xlsx.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een .xls-bestand waarvan alleen de antwoorden zijn gelezen.",
            lambda book: book.trouble(
                "old-excel", "Dit is een oud Excel-bestand (xls).", fatal=False
            ),
            ("",),
        ),
        Case(
            "Een .xlsb-bestand dat niet is gelezen.",
            lambda book: book.trouble("binary-excel", "Dit is een binair Excel-bestand (xlsb)."),
            ("",),
        ),
    ),
    troubles=(
        "old-excel",
        "binary-excel",
    ),
    mended="Dit bestand is een Excel-werkmap van nu (.xlsx), met uw antwoorden.",
)
def old_format(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from old_format.trouble(submission, _ADVICE, _MILD)
