"""NT218: a sheet that we did not make."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import HIDDEN_SHEETS, VISIBLE_SHEETS
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context, answer_sheets
from normtemplates.rules.registry import Case, rule


@rule(
    "NT218",
    "extra-sheet",
    Severity.INFO,
    finds="In de werkmap zit een blad dat er niet in hoort.",
    why=(
        "Wat daarop staat wordt niet gelezen. Het gaat ook mee naar iedereen die het overzicht "
        "krijgt, dus een blad met eigen aantekeningen kan per ongeluk worden verspreid."
    ),
    remedy="Verwijder het blad als het er niet in hoort.",
    good=(Case("Alleen onze eigen bladen zitten erin."),),
    bad=(
        Case(
            "Er is een blad met aantekeningen bij gezet.",
            lambda book: book.add("Aantekeningen"),
            ("sheet/Aantekeningen",),
        ),
    ),
)
def extra_sheet(submission: Submission, context: Context) -> Iterator[Finding]:
    """Name every sheet that is neither ours nor read as one of ours."""
    found = context.found
    if found is None:
        return
    known = {name.casefold() for name in (*VISIBLE_SHEETS, *HIDDEN_SHEETS)}
    known |= {sheet.name.casefold() for sheet in answer_sheets(submission, found)}
    for sheet in submission.sheets:
        if sheet.name.casefold() not in known:
            hidden = "" if sheet.state == "visible" else " Het is verborgen."
            yield extra_sheet.on_sheet(
                sheet,
                f"Dit blad hoort niet bij het overzicht en is niet gelezen.{hidden} Verwijder het "
                "als u het niet wilt meesturen.",
            )
