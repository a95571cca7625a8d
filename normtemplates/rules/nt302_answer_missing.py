"""NT302: a field that this status asks for is empty."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import Required
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT302",
    "answer-missing",
    Severity.FOUT,
    finds="Een vak dat bij de gekozen status hoort, is nog leeg.",
    why=(
        "Een status zonder onderbouwing of actie zegt weinig. Wat nodig is, hangt af van de status."
    ),
    remedy="Vul het vak in, of kies een andere status als die beter past.",
    good=(
        Case("Alles wat bij de status hoort, is ingevuld."),
        Case(
            "Bij ‘Uitgevoerd’ is een toelichting niet nodig.",
            lambda book: book.set("1.1", "explanation", None),
        ),
    ),
    bad=(
        Case(
            "In ontwikkeling, maar zonder actie.",
            lambda book: book.set("1.3", "action", None),
            ("1.3/action",),
        ),
        Case(
            "Een norm die elk jaar terugkomt, zonder datum.",
            lambda book: book.set("1.2", "done_on", None),
            ("1.2/done_on",),
        ),
        Case(
            "Alleen de status is ingevuld.",
            lambda book: book.answer("2.1", "Ontbreekt"),
            (
                "2.1/explanation",
                "2.1/action",
                "2.1/due_on",
                "2.1/priority",
            ),
        ),
    ),
    conditions=(Required,),
    on="rows",
)
def answer_missing(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from answer_missing.broken(context)
