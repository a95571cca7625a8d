"""NT101: the file holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = "Open uw eigen exemplaar van het overzicht, sla het op en stuur het opnieuw."


@rule(
    "NT101",
    "empty-file",
    Severity.FOUT,
    finds="Het bestand is leeg.",
    why=(
        "Bij het opslaan of versturen is de inhoud verloren gegaan. Er is dan niets om na te "
        "kijken."
    ),
    remedy="Open uw eigen exemplaar, sla het op en stuur het opnieuw.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand van nul bytes.",
            lambda book: book.trouble("empty", "Dit bestand is leeg."),
            ("",),
        ),
    ),
    troubles=("empty",),
)
def empty_file(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from empty_file.trouble(submission, _ADVICE)
