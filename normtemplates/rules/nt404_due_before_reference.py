"""NT404: a date that an action was due before the round began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normtemplates.layout.conditions import NotBefore
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT404",
    "due-before-reference",
    Severity.FOUT,
    finds="De datum waarop een actie klaar is, ligt vóór de peildatum.",
    why=(
        "Een actie die nog loopt, kan niet klaar zijn vóór de dag waarop het overzicht de stand "
        "geeft."
    ),
    remedy="Vul een nieuwe datum in, of kies ‘Uitgevoerd’ als de actie klaar is.",
    good=(
        Case(
            "Klaar op de peildatum zelf.", lambda book: book.set("2.1", "due_on", date(2030, 4, 1))
        ),
    ),
    bad=(
        Case(
            "Een datum van vorig jaar.",
            lambda book: book.set("2.1", "due_on", date(2029, 12, 31)),
            ("2.1/due_on",),
        ),
    ),
    conditions=(NotBefore,),
)
def due_before_reference(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from due_before_reference.broken(context)
