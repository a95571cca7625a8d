"""NT205: made with another layout than the one in force."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT205",
    "older-layout",
    Severity.WAARSCHUWING,
    finds="Het overzicht is gemaakt met een andere versie van de indeling dan nu geldt.",
    why=(
        "Er is daarna iets veranderd aan de kolommen, de teksten of de plaats van de vakken. De "
        "antwoorden worden wel gelezen, maar een vraag kan net anders zijn geweest."
    ),
    remedy="Kijk in het nieuwe overzicht na of uw antwoorden nog kloppen.",
    good=(
        Case("Een overzicht in de indeling van nu."),
        Case("Een overzicht zonder kenmerk.", lambda book: book.lose_stamps()),
    ),
    bad=(
        Case(
            "Een overzicht van vóór een wijziging.",
            lambda book: book.restamp(layout="0", fingerprint="0123456789abcdef"),
            ("",),
        ),
    ),
    mended="Dit overzicht is van de nieuwste versie.",
)
def older_layout(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell that the fingerprint of the stamp is not that of our layout."""
    found, recognised = context.found, context.recognised
    if found is None or found.organisation is None or found.same_layout is not False:
        return
    stamp = recognised.stamp if recognised else None
    editions = ""
    if stamp and stamp.layout != found.layout.edition:
        editions = f" (indeling {shown(stamp.layout, 12)}; nu geldt {found.layout.edition})"
    yield older_layout.finding(
        f"Dit overzicht is gemaakt in een eerdere versie{editions}. Uw antwoorden zijn gelezen. "
        "Kijk in het nieuwe overzicht na of ze nog kloppen."
    )
