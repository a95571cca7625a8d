"""NT410: done, and yet something is still to be done."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.conditions import Unexpected
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT410",
    "done-with-open-action",
    Severity.WAARSCHUWING,
    finds="De norm is uitgevoerd, maar er staat nog een actie bij.",
    why="Een van de twee klopt niet: er is nog iets te doen, of de actie is klaar.",
    remedy="Kies een andere status, of haal de actie weg.",
    good=(
        Case("Uitgevoerd zonder actie."),
        Case(
            "Een actie bij een norm in ontwikkeling.",
            lambda book: book.set("1.3", "action", "Training verplicht maken"),
        ),
    ),
    bad=(
        Case(
            "Uitgevoerd met een actie.",
            lambda book: book.set("1.1", "action", "Nog laten vaststellen"),
            ("1.1/action",),
        ),
    ),
    known_misses=(
        (
            "Alleen het eerste tekstvak over acties wordt bekeken: een datum of prioriteit alleen"
            " valt niet op."
        ),
    ),
    conditions=(Unexpected,),
)
def done_with_open_action(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from done_with_open_action.broken(context)
