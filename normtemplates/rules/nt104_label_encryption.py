"""NT104: a sensitivity label encrypts the file."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Alleen uw eigen organisatie kan het openen. Kies in Excel een label zonder versleuteling, of"
    " vraag uw ICT-afdeling om hulp. Verstuur het bestand daarna met beveiligde mail."
)


@rule(
    "NT104",
    "label-encryption",
    Severity.FOUT,
    finds="Een vertrouwelijkheidslabel van de eigen organisatie versleutelt het bestand.",
    why="Buiten de eigen organisatie kan niemand het dan openen, ook de ontvanger niet.",
    remedy="Kies een label zonder versleuteling en verstuur het bestand met beveiligde mail.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een werkmap met een label dat versleutelt.",
            lambda book: book.trouble(
                "label", "Dit bestand is versleuteld met een vertrouwelijkheidslabel."
            ),
            ("",),
        ),
    ),
    known_misses=("Een label dat niet versleutelt is geen bevinding: daarmee is niets mis.",),
    troubles=("label",),
)
def label_encryption(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from label_encryption.trouble(submission, _ADVICE)
