"""NT301: a requirement has no status."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import StatusRequired
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT301",
    "status-missing",
    Severity.FOUT,
    finds="Bij een norm is geen status gekozen.",
    why="Elke norm telt mee in het beeld. Zonder status is niet te zien hoe het ervoor staat.",
    remedy="Kies bij elke norm een status uit de lijst.",
    good=(
        Case("Elke norm heeft een status."),
        Case(
            "Een status in kleine letters en met een spatie ervoor.",
            lambda book: book.set("1.1", "status", " uitgevoerd"),
        ),
    ),
    bad=(
        Case(
            "Een regel is nog helemaal leeg.",
            lambda book: book.answer("2.1", None),
            ("2.1/status",),
        ),
        Case(
            "Een vak met alleen een spatie is ook leeg.",
            lambda book: book.set("2.1", "status", " "),
            ("2.1/status",),
        ),
    ),
    conditions=(StatusRequired,),
)
def status_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from status_missing.broken(context)
