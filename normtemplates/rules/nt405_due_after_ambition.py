"""NT405: an action that is due after the day that everyone aims for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normtemplates.layout.conditions import AimBefore
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT405",
    "due-after-ambition",
    Severity.WAARSCHUWING,
    finds="Een actie is pas klaar na de datum waarop iedereen aan de norm wil voldoen.",
    why="Dat kan, maar het is goed om het te weten en uit te leggen.",
    remedy="Kijk of het eerder kan. Zo niet, leg het uit bij de toelichting.",
    good=(
        Case(
            "Klaar op de laatste dag van de ambitie.",
            lambda book: book.set("2.1", "due_on", date(2032, 12, 31)),
        ),
    ),
    bad=(
        Case(
            "Klaar na de ambitie.",
            lambda book: book.set("2.1", "due_on", date(2033, 6, 30)),
            ("2.1/due_on",),
        ),
    ),
    conditions=(AimBefore,),
)
def due_after_ambition(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from due_after_ambition.broken(context)
