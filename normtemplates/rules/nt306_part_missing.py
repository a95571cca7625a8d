"""NT306: a sub-item has no answer."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import PartRequired
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT306",
    "part-missing",
    Severity.FOUT,
    finds="Bij een onderdeel van een norm is geen antwoord gekozen.",
    why="Of een norm is uitgevoerd, blijkt uit de onderdelen. Daarom vragen wij elk onderdeel.",
    remedy="Kies bij elk onderdeel een antwoord uit de lijst.",
    good=(
        Case("Elk onderdeel heeft een antwoord."),
        Case(
            "Een antwoord in hoofdletters.",
            lambda book: book.set("2.1.a", "status", "NEE"),
        ),
    ),
    bad=(
        Case(
            "Een onderdeel is nog leeg.",
            lambda book: book.answer("2.1.a", None),
            ("2.1.a/status",),
        ),
    ),
    conditions=(PartRequired,),
)
def part_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from part_missing.broken(context)
