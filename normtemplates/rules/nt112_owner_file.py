"""NT112: the file that Office keeps beside an open document."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Er staan geen antwoorden in. Sluit het overzicht in Excel en stuur het bestand zonder ~$ in "
    "de naam."
)


@rule(
    "NT112",
    "owner-file",
    Severity.FOUT,
    finds="Dit is het verborgen bestand (~$) dat Office maakt zolang een document openstaat.",
    why="Er staan geen antwoorden in. Het gaat mee als iemand een hele map verstuurt.",
    remedy="Sluit het overzicht en stuur het bestand zelf.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand dat met ~$ begint.",
            lambda book: book.trouble("owner-file", "Dit is een hulpbestand van Office (~$)."),
            ("",),
        ),
    ),
    troubles=("owner-file",),
)
def owner_file(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from owner_file.trouble(submission, _ADVICE)
