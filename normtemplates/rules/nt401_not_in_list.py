"""NT401: a word that the list does not have."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import InList
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT401",
    "not-in-list",
    Severity.FOUT,
    finds="In een vak met een keuzelijst staat een woord dat niet in de lijst staat.",
    why=(
        "Alleen de woorden uit de lijst zijn te tellen. Wij raden niet wat er is bedoeld, hoe "
        "dichtbij het woord ook is; wel doen wij een voorstel."
    ),
    remedy="Kies een woord uit de lijst.",
    good=(
        Case(
            "Hoofdletters en spaties maken geen verschil.",
            lambda book: book.set("1.1", "status", "UITGEVOERD "),
        ),
        Case("Een leeg vak is een andere melding.", lambda book: book.set("2.1", "priority", None)),
    ),
    bad=(
        Case(
            "Een typefout.", lambda book: book.set("1.1", "status", "uitgevoert"), ("1.1/status",)
        ),
        Case(
            "Een eigen woord.",
            lambda book: book.set("2.1", "priority", "Zeer hoog"),
            ("2.1/priority",),
        ),
        Case(
            "Ook in de gegevens over het overzicht.",
            lambda book: book.cover("discussed", "Deels"),
            ("start/discussed",),
        ),
    ),
    known_misses=(
        "Bij een status waarbij het vak niet nodig is, wordt een onbekend woord niet gemeld.",
    ),
    conditions=(InList,),
)
def not_in_list(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from not_in_list.broken(context)
