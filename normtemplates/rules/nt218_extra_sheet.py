"""NT218: a sheet that we did not make."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import UNPLACED
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import OUR_SHEETS, answer_sheets, renamed_start
from normtemplates.rules.context import Context
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
    mended=f"Het blad is weg. Wat erop stond, staat op ‘{UNPLACED}’.",
)
def extra_sheet(submission: Submission, context: Context) -> Iterator[Finding]:
    """Name every sheet that is neither ours nor read as one of ours."""
    found = context.found
    if found is None:
        return
    read = [*answer_sheets(submission, found), renamed_start(submission, found)]
    for sheet in submission.sheets:
        if sheet.name.casefold() not in OUR_SHEETS and not any(sheet is one for one in read):
            hidden = "" if sheet.state == "visible" else " Het is verborgen."
            yield extra_sheet.on_sheet(
                sheet,
                f"Dit blad hoort niet bij het overzicht en is niet gelezen.{hidden} Verwijder het "
                "als u het niet wilt meesturen.",
            )
