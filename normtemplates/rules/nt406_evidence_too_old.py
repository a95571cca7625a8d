"""NT406: done too long ago for a norm that asks for repetition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normtemplates.layout.conditions import MaxAge
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT406",
    "evidence-too-old",
    Severity.WAARSCHUWING,
    finds="De norm vraagt om herhaling of om iets recents, en de laatste keer is te lang geleden.",
    why=(
        "Wat elk jaar moet gebeuren en drie jaar geleden voor het laatst is gedaan, is niet meer "
        "uitgevoerd."
    ),
    remedy="Vul de laatste datum in, of kies de status die nu past.",
    good=(
        Case(
            "Minder dan een jaar geleden.",
            lambda book: book.set("1.2", "done_on", date(2029, 4, 1)),
        ),
        Case(
            "Een norm die niet om herhaling vraagt.",
            lambda book: book.set("1.1", "done_on", date(2019, 4, 1)),
        ),
    ),
    bad=(
        Case(
            "Langer dan een jaar geleden.",
            lambda book: book.set("1.2", "done_on", date(2029, 3, 31)),
            ("1.2/done_on",),
        ),
    ),
    conditions=(MaxAge,),
)
def evidence_too_old(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from evidence_too_old.broken(context)
