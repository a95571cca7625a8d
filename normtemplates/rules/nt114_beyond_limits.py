"""NT114: the file is more than can be looked through."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Het is niet nagekeken. Kopieer uw antwoorden als ‘Waarden’ naar een nieuw overzicht en stuur"
    " dat."
)


@rule(
    "NT114",
    "beyond-limits",
    Severity.FOUT,
    finds=(
        "Het bestand is te groot of te vol om na te kijken, of het nakijken duurde te lang of liep"
        " erop vast."
    ),
    why=(
        "Een ingevuld overzicht is klein. Een bestand dat zo groot is, bevat iets anders, of "
        "opmaak tot ver onder de tabel."
    ),
    remedy="Kopieer uw antwoorden als ‘Waarden’ naar een nieuw overzicht en stuur dat.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een bestand dat veel te groot is.",
            lambda book: book.trouble("limits", "Het bestand is te groot."),
            ("",),
        ),
        Case(
            "Een bestand waar het nakijken niet mee klaar komt.",
            lambda book: book.trouble("limits", "Het nakijken van dit bestand duurde te lang."),
            ("",),
        ),
    ),
    troubles=("limits",),
)
def beyond_limits(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from beyond_limits.trouble(submission, _ADVICE)
