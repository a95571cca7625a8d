"""NT203: it cannot be told whose overview it is."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.contract import NAME_COLUMN, NAME_ROW
from normtemplates.layout.places import START
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.round import Round
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT203",
    "organisation-unknown",
    Severity.FOUT,
    finds="Het is niet te zien van welke organisatie het overzicht is, of die doet niet mee.",
    why=(
        "De antwoorden horen bij één organisatie. Zonder die naam, of met een code die niet in de "
        "lijst van deze uitvraag staat, is er niemand om ze bij te schrijven."
    ),
    remedy="Gebruik het overzicht dat voor uw organisatie is gemaakt.",
    good=(
        Case("Het overzicht van een organisatie die meedoet."),
        Case(
            f"Het kenmerk is weg, maar de naam staat nog op {START}.",
            lambda book: book.lose_stamps(),
        ),
        Case(
            f"Het kenmerk en de naam op {START} zijn weg; boven het overzicht staat de naam nog.",
            lambda book: (book.lose_stamps(), book.name_on_start("")),
        ),
    ),
    bad=(
        Case(
            "Een overzicht van een organisatie die niet meedoet.",
            lambda book: book.restamp(organisation="GM9999"),
            ("name",),
        ),
        Case(
            "Een overzicht van een gemeente die is opgegaan in een andere.",
            lambda book: book.restamp(organisation="GM0002"),
            ("name",),
        ),
        Case(
            "Het kenmerk is weg, en ook beide namen: op Start en boven het overzicht.",
            lambda book: (book.lose_stamps(), book.name_on_start(""), book.title("")),
            ("name",),
        ),
    ),
)
def organisation_unknown(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell that no organisation of the round could be named."""
    found, recognised = context.found, context.recognised
    if found is None or recognised is None or found.organisation is not None:
        return
    start = submission.sheet(START)
    if recognised.stamp:
        message = _not_taking_part(recognised.stamp.organisation, found.layout.round)
    else:
        message = _nameless(there=start is not None)
    yield organisation_unknown.finding(
        message,
        sheet=start.name if start else None,
        cell=(NAME_ROW, NAME_COLUMN) if start else None,
    )


def _nameless(*, there: bool) -> str:
    """Say what is missing; ``there`` says that the sheet for the name is."""
    said = "Er is niet te zien van welke organisatie dit overzicht is: het kenmerk is weg, en"
    if there:
        return (
            f"{said} op het blad {START} en boven het overzicht staat niet de naam van een "
            "organisatie die meedoet. Gebruik het overzicht dat voor uw organisatie is gemaakt, of "
            "zet de naam terug zoals die er stond."
        )
    return (
        f"{said} het blad {START}, waarop de naam stond, ook. Boven het overzicht staat niet de "
        "naam van een organisatie die meedoet. Gebruik het overzicht dat voor uw organisatie is "
        "gemaakt, en kopieer uw antwoorden daar als ‘Waarden’ in."
    )


def _not_taking_part(code: str, round_: Round) -> str:
    said = f"De organisatie met code {shown(code)} doet niet mee aan de {round_.title}"
    for one in round_.organisations:
        if code in one.predecessors:
            return (
                f"{said}: zij is opgegaan in {one.full_name} ({one.code}). Gebruik het overzicht "
                "van die organisatie."
            )
    return f"{said}. Gebruik het overzicht dat voor uw organisatie is gemaakt."
