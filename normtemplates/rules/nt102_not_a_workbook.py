"""NT102: the file is something else than a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = {
    "pdf": "Een pdf is niet na te kijken. Stuur het ingevulde Excel-bestand zelf (.xlsx).",
    "word": (
        "In een tekstdocument staan de antwoorden niet bij hun norm. Stuur het ingevulde Excel-"
        "bestand zelf (.xlsx)."
    ),
    "powerpoint": (
        "In een presentatie staan de antwoorden niet bij hun norm. Stuur het ingevulde Excel-"
        "bestand zelf (.xlsx)."
    ),
    "image": (
        "Een foto of schermafdruk is niet na te kijken. Stuur het ingevulde Excel-bestand zelf "
        "(.xlsx)."
    ),
    "csv": (
        "Daarin staat maar één blad, zonder opmaak. Stuur de Excel-werkmap (.xlsx) waarin u hebt "
        "ingevuld."
    ),
    "html": (
        "Open uw eigen exemplaar in Excel, kies ‘Opslaan als’ met als type ‘Excel-werkmap "
        "(.xlsx)’ en stuur dat bestand."
    ),
    "ods": (
        "Open het bestand, kies ‘Opslaan als’ met als type ‘Excel-werkmap (.xlsx)’ en stuur dat "
        "bestand."
    ),
    "zip-other": "Haal de Excel-werkmap eruit en stuur alleen dat bestand (.xlsx).",
    "excel": "Stuur de ingevulde werkmap als .xlsx.",
    "unknown": "Stuur het ingevulde Excel-bestand zelf (.xlsx).",
}
_MILD = (
    "Uw antwoorden zijn nagekeken. De structuur is niet gecontroleerd: of het werkblad nog heel "
    "is, is hierin niet te zien. Sla het de volgende keer op als ‘Excel-werkmap (.xlsx)’."
)


@rule(
    "NT102",
    "not-a-workbook",
    Severity.FOUT,
    finds="Het bestand is iets anders dan een Excel-werkmap. De melding zegt wat het is.",
    why=(
        "Alleen in de werkmap zelf staan de antwoorden bij hun norm. Van een pdf, een foto of een"
        " tekst kan niemand dat zeker overnemen."
    ),
    remedy="Stuur de ingevulde Excel-werkmap (.xlsx).",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een pdf van het overzicht.",
            lambda book: book.trouble("pdf", "Dit is een pdf."),
            ("",),
        ),
        Case(
            "Een Word-bestand.",
            lambda book: book.trouble("word", "Dit is een Word-bestand."),
            ("",),
        ),
        Case(
            "Een schermafdruk.",
            lambda book: book.trouble("image", "Dit is een afbeelding (png)."),
            ("",),
        ),
        Case(
            "Een ingepakte map.",
            lambda book: book.trouble("zip-other", "Dit is een zipbestand, geen Office-bestand."),
            ("",),
        ),
        Case(
            "Een OpenDocument-werkblad dat niet is gelezen.",
            lambda book: book.trouble("ods", "Dit is een OpenDocument-werkblad (ods)."),
            ("",),
        ),
        Case(
            "Een OpenDocument-werkblad waarvan alleen de antwoorden zijn gelezen.",
            lambda book: book.trouble(
                "ods", "Dit is een OpenDocument-werkblad (ods).", fatal=False
            ),
            ("",),
        ),
    ),
    troubles=(
        "pdf",
        "word",
        "powerpoint",
        "image",
        "csv",
        "html",
        "ods",
        "zip-other",
        "excel",
        "unknown",
    ),
    mended="Dit bestand is weer een Excel-werkmap (.xlsx), met uw antwoorden.",
)
def not_a_workbook(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from not_a_workbook.trouble(submission, _ADVICE, _MILD)
