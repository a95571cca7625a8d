"""NT304: a field about the overview itself is empty."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import Required
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT304",
    "cover-missing",
    Severity.FOUT,
    finds="Een gegeven over het overzicht zelf is nog leeg.",
    why=(
        "Zonder deze gegevens weet de ontvanger niet wie hij kan bellen en of het beeld is "
        "besproken."
    ),
    remedy="Vul de gele vakken op het eerste blad in.",
    good=(
        Case("Alles wat nodig is, is ingevuld."),
        Case(
            "De datum van het besluit mag leeg zijn.",
            lambda book: book.cover("decision_date", None),
        ),
    ),
    bad=(
        Case("Het team is niet ingevuld.", lambda book: book.cover("team", None), ("start/team",)),
        Case(
            "Er is niet gekozen of het is besproken.",
            lambda book: book.cover("discussed", None),
            ("start/discussed",),
        ),
    ),
    conditions=(Required,),
    on="cover",
)
def cover_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from cover_missing.broken(context)
