"""NT208: the row of a requirement is not there."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import OVERVIEW
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import called
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT208",
    "row-missing",
    Severity.FOUT,
    finds="De regel van een norm is uit het overzicht verdwenen.",
    why="Dan is er geen antwoord op die norm, en geen vak om het in te vullen.",
    remedy=(
        "Kopieer uw antwoorden als ‘Waarden’ naar een nieuw overzicht; daarin staan alle normen."
    ),
    good=(
        Case("Alle normen hebben een regel."),
        Case("De regels zijn gesorteerd.", lambda book: book.sort_rows()),
    ),
    bad=(
        Case(
            "Een regel is verwijderd.",
            lambda book: book.remove_row("2.1"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        (
            "Een regel waarvan nummer en zin allebei zijn veranderd, telt als verdwenen en als "
            "onbekend."
        ),
    ),
    mended="De regel van de norm staat er weer.",
)
def row_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Name every requirement that has no row."""
    found = context.found
    if found is None:
        return
    for slot in found.layout.rows:
        number = slot.requirement.number
        if number not in found.rows.by_number:
            yield row_missing.finding(
                f"De regel van {called(number)} (‘{shown(slot.requirement.text)}’) is er niet, dus "
                "ook geen antwoord. Kopieer uw antwoorden als ‘Waarden’ naar een nieuw overzicht "
                "en vul deze regel daar in.",
                sheet=found.sheet.name,
                requirement=number,
            )
