"""NT303: a word that stands for still to come."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import Placeholder
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT303",
    "placeholder-text",
    Severity.FOUT,
    finds="In een vak dat nodig is, staat alleen een woord als ‘volgt’, ‘n.t.b.’ of een streepje.",
    why=(
        "Zo’n woord vult het vak, maar geeft geen antwoord. Zonder deze controle lijkt de regel "
        "klaar."
    ),
    remedy="Schrijf het antwoord op, of kies de status die nu past.",
    good=(
        Case(
            "Een echt antwoord waarin zo’n woord voorkomt.",
            lambda book: book.set("2.1", "action", "De keuze volgt uit het plan van mei"),
        ),
    ),
    bad=(
        Case(
            "Bij Actie staat alleen ‘volgt’.",
            lambda book: book.set("2.1", "action", "Volgt"),
            ("2.1/action",),
        ),
        Case(
            "Bij Toelichting staat een streepje.",
            lambda book: book.set("2.1", "explanation", "-"),
            ("2.1/explanation",),
        ),
        Case(
            "Ook in de gegevens over het overzicht.",
            lambda book: book.cover("team", "n.t.b."),
            ("start/team",),
        ),
    ),
    known_misses=(
        "Welke woorden tellen, staat bij de norm. Een ander woord zonder inhoud valt niet op.",
    ),
    conditions=(Placeholder,),
)
def placeholder_text(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from placeholder_text.broken(context)
