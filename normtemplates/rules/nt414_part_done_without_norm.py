"""NT414: not begun or not applicable, yet one of its sub-items is done."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import PartsBegun
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT414",
    "part-done-without-norm",
    Severity.WAARSCHUWING,
    finds="Een norm ontbreekt of is niet van toepassing, maar een onderdeel ervan is er wel.",
    why="Wie een onderdeel heeft geregeld, is met de norm begonnen, en dan past hij ook.",
    remedy="Kijk naar de norm en haar onderdelen en verbeter het antwoord dat niet klopt.",
    good=(
        Case(
            "Een deel is geregeld en de norm is in ontwikkeling.",
            lambda book: (
                book.set("2.1", "status", "In ontwikkeling"),
                book.answer("2.1.a", "Ja"),
            ),
        ),
        Case("Norm en onderdeel ontbreken allebei."),
    ),
    bad=(
        Case(
            "De norm ontbreekt, het onderdeel is er.",
            lambda book: (book.set("2.1", "status", "Ontbreekt"), book.answer("2.1.a", "Ja")),
            ("2.1/status",),
        ),
        Case(
            "De norm is niet van toepassing, het onderdeel is er.",
            lambda book: (
                book.answer("2.1", "Niet van toepassing", explanation="Dit doet de regio."),
                book.answer("2.1.a", "Ja"),
            ),
            ("2.1/status",),
        ),
    ),
    known_misses=(
        "Kent de lijst geen woord tussen klaar en niet klaar, dan mag een deel al klaar zijn.",
    ),
    conditions=(PartsBegun,),
)
def part_done_without_norm(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from part_done_without_norm.broken(context)
