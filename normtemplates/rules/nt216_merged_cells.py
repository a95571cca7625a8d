"""NT216: answer cells were merged."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
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
    for one in context.cells:
        for area in one.sheet.merges:
            at = (one.sheet.name, area.first_row, area.first_column)
            if area.holds(one.cell.row, one.cell.column) and at not in told:
                told.add(at)
                yield merged_cells.finding(
                    f"{one.name} is samengevoegd met een ander vak. Alleen hier is een antwoord "
                    "gelezen. Klik het vak aan, kies nog een keer ‘Samenvoegen’ en vul elk vak "
                    "apart in.",
                    sheet=one.sheet.name,
                    cell=(one.cell.row, one.cell.column),
                    requirement=one.number,
                    field=one.field.key,
                )
