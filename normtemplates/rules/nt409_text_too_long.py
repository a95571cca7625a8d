"""NT409: more text than fits."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import MaxLength
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT409",
    "text-too-long",
    Severity.FOUT,
    finds="Een tekst is langer dan in het vak past.",
    why=(
        "Een lange tekst leest niemand in een overzicht, en is bij het samenvoegen van "
        "overzichten niet te bewaren."
    ),
    remedy="Maak de tekst korter en verwijs naar een document.",
    good=(Case("Precies zo lang als er past.", lambda book: book.set("2.1", "action", "x" * 300)),),
    bad=(
        Case(
            "Eén teken te veel.", lambda book: book.set("2.1", "action", "x" * 301), ("2.1/action",)
        ),
    ),
    conditions=(MaxLength,),
)
def text_too_long(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from text_too_long.broken(context)
