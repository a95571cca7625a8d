"""NT216: answer cells were merged."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import OVERVIEW
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context, answer_cells
from normtemplates.rules.registry import Case, rule


@rule(
    "NT216",
    "merged-cells",
    Severity.WAARSCHUWING,
    finds="Vakken voor antwoorden zijn samengevoegd.",
    why=(
        "In samengevoegde vakken past maar één antwoord; dat telt alleen voor het eerste vak. De "
        "andere antwoorden zijn bij het samenvoegen verdwenen."
    ),
    remedy="Maak de samenvoeging ongedaan en vul elk vak apart in.",
    good=(Case("Elk antwoord heeft zijn eigen vak."),),
    bad=(
        Case(
            "Toelichting en Bewijs zijn samengevoegd.",
            lambda book: book.merge("2.1", "explanation", "evidence"),
            ("2.1/explanation",),
        ),
    ),
)
def merged_cells(submission: Submission, context: Context) -> Iterator[Finding]:
    """Point at the first answer cell in each merged area."""
    found = context.found
    if found is None or not (found.sheet.merges or any(s.merges for s in submission.sheets)):
        return
    told: set[tuple[str, int, int]] = set()
    for number, field, sheet, cell in answer_cells(found):
        for area in sheet.merges:
            at = (sheet.name, area.first_row, area.first_column)
            if area.holds(cell.row, cell.column) and at not in told:
                told.add(at)
                yield merged_cells.finding(
                    f"{field.header} is samengevoegd met een ander vak. Alleen hier is een "
                    f"antwoord gelezen. Klik het vak aan, kies ‘Samenvoegen’ nog een keer en vul "
                    "elk vak apart in.",
                    sheet=sheet.name,
                    cell=(cell.row, cell.column),
                    requirement=number,
                    field=field.key,
                )
