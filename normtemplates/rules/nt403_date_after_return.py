"""NT403: a date after the day of handing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normtemplates.layout.conditions import NotAfter
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT403",
    "date-after-return",
    Severity.FOUT,
    finds="Een datum van iets dat al is gebeurd, ligt na de dag van inleveren.",
    why=(
        "Wat nog moet gebeuren, kan niet het bewijs zijn dat iets is uitgevoerd. Vaak is het een "
        "tikfout in het jaar."
    ),
    remedy="Verbeter de datum, of kies de status die nu past.",
    good=(
        Case(
            "Een datum op de dag van inleveren.",
            lambda book: book.set("1.2", "done_on", date(2030, 4, 1)),
        ),
    ),
    bad=(
        Case(
            "Een datum na de dag van inleveren.",
            lambda book: book.set("1.2", "done_on", date(2030, 4, 2)),
            ("1.2/done_on",),
        ),
        Case(
            "Een besluit in de toekomst.",
            lambda book: book.cover("decision_date", date(2031, 3, 12)),
            ("start/decision_date",),
        ),
    ),
    conditions=(NotAfter,),
)
def date_after_return(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from date_after_return.broken(context)
