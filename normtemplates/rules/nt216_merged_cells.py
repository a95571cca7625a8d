"""NT216: answer cells were merged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import AnswerCell, within
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
    mended="De vakken staan weer los van elkaar.",
)
def merged_cells(submission: Submission, context: Context) -> Iterator[Finding]:
    """Point at the first answer cell in each merged area."""
    by_sheet: dict[str, list[AnswerCell]] = {}
    for one in context.cells:
        if one.sheet.merges:
            by_sheet.setdefault(one.sheet.name, []).append(one)
    for cells in by_sheet.values():
        for one in _first_of_each_merge(cells):
            yield merged_cells.finding(
                f"{one.name} is samengevoegd met een ander vak. Alleen hier is een antwoord "
                "gelezen. Klik het vak aan, kies nog een keer ‘Samenvoegen’ en vul elk vak "
                "apart in.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )


def _first_of_each_merge(cells: list[AnswerCell]) -> Iterator[AnswerCell]:
    """Give the answer cells of one sheet that are the first in a merged area, each once."""
    by_spot = {(one.cell.row, one.cell.column): one for one in cells}
    rows = sorted({row for row, _ in by_spot})
    columns = sorted({column for _, column in by_spot})
    told: set[tuple[int, int]] = set()
    for area in cells[0].sheet.merges:
        across = within(columns, area.first_column, area.last_column)
        down = within(rows, area.first_row, area.last_row) if across else ()
        for spot in product(down[:1], across[:1]):
            if spot in by_spot and spot not in told:
                told.add(spot)
                yield by_spot[spot]
