"""NT209: a requirement has more than one row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind, called
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_MOST: Final = 60  # rows that are told of one by one


@rule(
    "NT209",
    "row-twice",
    Severity.FOUT,
    finds="Een norm heeft meer dan één regel.",
    why="Er zijn dan twee antwoorden op één norm. Alleen het eerste wordt gelezen.",
    remedy="Zet het goede antwoord op de eerste regel en maak de andere regel leeg.",
    good=(Case("Elke norm heeft één regel."),),
    bad=(
        Case(
            "Een regel is onderaan nog eens geplakt.",
            lambda book: book.repeat_row("1.1"),
            ("below/number",),
        ),
    ),
    known_misses=("Na zestig zulke regels volgt één melding voor de rest.",),
    mended="De norm staat er weer één keer, met het antwoord uit de eerste regel.",
)
def row_twice(submission: Submission, context: Context) -> Iterator[Finding]:
    """Point at every further row, and at the one that was read."""
    found = context.found
    if found is None:
        return
    key = found.layout.norm.field_of_kind(FieldKind.NUMBER).key
    again = [(number, row) for number, rows in found.rows.again.items() for row in rows]
    for number, row in again[:_MOST]:
        yield row_twice.finding(
            f"{called(number).capitalize()} staat hier nog een keer. Gelezen is het antwoord in "
            f"rij {found.rows.by_number[number]}. Zet het goede antwoord daar en maak deze regel "
            "leeg.",
            sheet=found.sheet.name,
            cell=spot(found, row, key),
            requirement=number,
        )
    if len(again) > _MOST:
        yield row_twice.finding(
            f"Nog {len(again) - _MOST} regels staan er vaker dan één keer, de eerste in rij "
            f"{again[_MOST][1]}. Maak ook die regels leeg.",
            sheet=found.sheet.name,
        )
