"""NT305: a required text that says very little."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import Thin
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT305",
    "explanation-thin",
    Severity.WAARSCHUWING,
    finds="Een tekst die bij de status hoort, is wel erg kort.",
    why=(
        "Een ander moet uit de tekst kunnen opmaken hoe het ervoor staat. Met een paar letters "
        "lukt dat niet."
    ),
    remedy="Schrijf er een zin bij, als dat kan.",
    good=(
        Case("Een toelichting van een zin."),
        Case(
            "Bij ‘Uitgevoerd’ mag een toelichting kort zijn.",
            lambda book: book.set("1.1", "explanation", "Loopt"),
        ),
    ),
    bad=(
        Case(
            "Een toelichting van één woord.",
            lambda book: book.set("2.1", "explanation", "Bezig"),
            ("2.1/explanation",),
        ),
    ),
    known_misses=("Een lange tekst zonder inhoud valt niet op.",),
    conditions=(Thin,),
)
def explanation_thin(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from explanation_thin.broken(context)
