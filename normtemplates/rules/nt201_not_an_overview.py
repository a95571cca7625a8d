"""NT201: a workbook, but no overview of a norm that we know."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.places import OVERVIEW
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_HEADERS_NAMED = 3


@rule(
    "NT201",
    "not-an-overview",
    Severity.FOUT,
    finds="De werkmap is geen overzicht van een norm die wij kennen. Er wordt niets overgenomen.",
    why=(
        "Zonder de tabel met nummers en normen is niet te zien bij welke norm een antwoord "
        "hoort. Vaak is een verkeerd bestand meegestuurd."
    ),
    remedy="Stuur de werkmap die u voor deze uitvraag hebt gekregen.",
    good=(
        Case("Een ingevuld overzicht."),
        Case("Een overzicht zonder kenmerk, met de hele tabel.", lambda book: book.lose_stamps()),
    ),
    bad=(
        Case("Een werkmap van uzelf.", lambda book: book.empty_workbook(), ("",)),
        Case(
            "Een overzicht waarvan het blad met de normen is weggehaald.",
            lambda book: book.remove(OVERVIEW),
            ("",),
        ),
    ),
    known_misses=("Een tabel met minder dan een kwart van de normen telt niet als overzicht.",),
)
def not_an_overview(submission: Submission, context: Context) -> Iterator[Finding]:
    """Refuse a workbook in which no table of requirements was found."""
    recognised = context.recognised
    if recognised is None or recognised.problem != "not-an-overview":
        return
    if recognised.stamp:
        said = (
            "Dit is het overzicht dat u kreeg, maar de tabel met de normen is er niet in te vinden."
        )
    else:
        asked = recognised.wanted or next(iter(context.rounds), None)
        fields = asked.norm.fields if asked else ()
        # The status of the round before is not in every workbook.
        named = [one.header for one in fields if one.kind is not FieldKind.PREVIOUS]
        headers = named[:_HEADERS_NAMED]
        columns = f": er is geen tabel met de kolommen {enumerate_nl(headers)}" if headers else ""
        said = f"Dit is een Excel-werkmap, maar geen overzicht dat wij kennen{columns}."
    yield not_an_overview.finding(
        f"{said} Stuur de werkmap die u voor deze uitvraag hebt gekregen.", refuses=True
    )
