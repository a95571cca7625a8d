"""NT217: part of the overview is out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.places import OVERVIEW
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import called
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import answer_sheets, structure_known
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_NAMED: Final = 5  # requirements that are named; the rest is counted


@rule(
    "NT217",
    "hidden-cells",
    Severity.WAARSCHUWING,
    finds=(
        "Een blad met antwoorden, een regel of een kolom is verborgen. Komt dat door een filter, "
        "dan is het info: filteren mag."
    ),
    why=(
        "Wat verborgen is, wordt bij het invullen en bespreken gemakkelijk overgeslagen. Het is "
        "wel gelezen."
    ),
    remedy="Maak de regels en kolommen weer zichtbaar of zet het filter uit, en kijk ze na.",
    good=(Case("Alles is te zien; onze eigen hulpkolommen horen verborgen te zijn."),),
    bad=(
        Case(
            "Een regel is verborgen.",
            lambda book: book.hide_row("2.1"),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "Een filter verbergt een regel.",
            lambda book: book.hide_row("2.1", filtered=True),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "Een kolom is verborgen.",
            lambda book: book.hide_column("action"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        "Een regel of kolom die heel smal is gemaakt, telt niet als verborgen.",
        "Wat met de hand is verborgen terwijl er een filter aan staat, telt als gefilterd.",
    ),
    mended="Alle regels en kolommen zijn weer te zien.",
)
def hidden_cells(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet what is hidden in it."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    for sheet in answer_sheets(submission, found):
        if sheet.state != "visible":
            yield hidden_cells.on_sheet(
                sheet,
                "Dit blad is verborgen. Wat erop staat is gelezen. Maak het zichtbaar en kijk na "
                "of alles is ingevuld.",
            )
    rows, columns = list(_rows(found)), list(_columns(found))
    if rows and found.sheet.filtered:
        yield hidden_cells.finding(
            f"Er staat een filter aan. Niet te zien is: {enumerate_nl(rows)}. Dat is wel gelezen.",
            sheet=found.sheet.name,
            severity=Severity.INFO,
        )
        rows = []
    if hidden := [*rows, *columns]:
        yield hidden_cells.on_sheet(
            found.sheet,
            f"Verborgen is: {enumerate_nl(hidden)}. Dat is wel gelezen. Maak het weer zichtbaar, "
            "en kijk na of alles is ingevuld.",
        )


def _rows(found: Found) -> Iterator[str]:
    rows = found.rows.by_number
    numbers = [n for n, row in rows.items() if row in found.sheet.hidden_rows]
    for number in numbers[:_NAMED]:
        yield called(number)
    rest = len(numbers) - _NAMED
    if rest > 0:
        yield f"nog {rest} normen" if rest > 1 else "nog een norm"


def _columns(found: Found) -> Iterator[str]:
    for one in found.layout.columns:
        column = found.columns.get(one.field.key)
        if column and any(first <= column <= last for first, last in found.sheet.hidden_columns):
            yield f"de kolom {one.field.header}"
