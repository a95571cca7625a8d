"""NT408: an error value in an answer."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import NoError
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT408",
    "error-value",
    Severity.FOUT,
    finds="In een vak voor een antwoord staat een foutwaarde, zoals #VERW! of #N/B.",
    why=(
        "Zo’n waarde blijft over als iets is geplakt dat naar andere vakken verwees. Het antwoord"
        " zelf is weg."
    ),
    remedy="Typ het antwoord opnieuw.",
    good=(
        Case(
            "Een antwoord dat met een hekje begint.",
            lambda book: book.set("1.1", "evidence", "#12 in het register"),
        ),
    ),
    bad=(
        Case(
            "Een verwijzing die nergens meer heen gaat.",
            lambda book: book.error("1.1", "evidence"),
            ("1.1/evidence",),
        ),
    ),
    known_misses=(
        (
            "In een .xlsb, en in een .ods die niet met LibreOffice is gemaakt, is een foutwaarde "
            "niet te zien: het vak telt dan als leeg."
        ),
    ),
    conditions=(NoError,),
    mended="De foutwaarde is weg; het vak is nu leeg.",
)
def error_value(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from error_value.broken(context)
