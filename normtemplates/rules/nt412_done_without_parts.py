"""NT412: done, yet one of its sub-items is not."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import PartsDone
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT412",
    "done-without-parts",
    Severity.WAARSCHUWING,
    finds="Een norm is uitgevoerd, maar een onderdeel ervan niet.",
    why="Een norm met onderdelen is pas uitgevoerd als alle onderdelen dat zijn.",
    remedy="Kijk naar de norm en haar onderdelen en verbeter het antwoord dat niet klopt.",
    good=(
        Case(
            "Norm en onderdeel zijn uitgevoerd.",
            lambda book: (
                book.answer("2.1", "Uitgevoerd", evidence="Besluit"),
                book.answer("2.1.a", "Ja"),
            ),
        ),
        Case("De norm zelf is ook nog niet uitgevoerd."),
    ),
    bad=(
        Case(
            "De norm is uitgevoerd, het onderdeel niet.",
            lambda book: (
                book.answer("2.1", "Uitgevoerd", evidence="Besluit"),
                book.answer("2.1.a", "Nee"),
            ),
            ("2.1/status",),
        ),
    ),
    known_misses=("Een onderdeel zonder antwoord is een andere melding.",),
    conditions=(PartsDone,),
)
def done_without_parts(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from done_without_parts.broken(context)
