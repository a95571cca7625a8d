"""NT402: text or a number where a date belongs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normtemplates.layout.conditions import IsDate
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT402",
    "not-a-date",
    Severity.FOUT,
    finds="In een vak voor een datum staat tekst of een getal dat geen datum is.",
    why=(
        "Met zo’n datum is niet te rekenen. ‘Eind 2031’ of ‘Q3’ zegt ook niet op welke dag iets "
        "klaar is."
    ),
    remedy="Typ de datum als dag-maand-jaar.",
    good=(Case("Een datum.", lambda book: book.set("2.1", "due_on", date(2031, 12, 31))),),
    bad=(
        Case(
            "Een datum die als tekst is geplakt.",
            lambda book: book.set("2.1", "due_on", "31 dec. 2031"),
            ("2.1/due_on",),
        ),
        Case("Een periode.", lambda book: book.set("2.1", "due_on", "eind 2031"), ("2.1/due_on",)),
        Case("Een jaartal.", lambda book: book.set("1.2", "done_on", 2030), ("1.2/done_on",)),
        Case(
            "Ook in de gegevens over het overzicht.",
            lambda book: book.cover("decision_date", "maart 2030"),
            ("start/decision_date",),
        ),
    ),
    known_misses=(
        "Dag en maand die zijn verwisseld, zijn niet te zien als beide onder de 13 liggen.",
    ),
    conditions=(IsDate,),
    mended="Van de tekst is een datum gemaakt.",
)
def not_a_date(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from not_a_date.broken(context)
