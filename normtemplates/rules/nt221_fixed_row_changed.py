"""NT221: the answer of a row that is fixed was changed."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.keys import key
from normtemplates.model.answers import EMPTY
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT221",
    "fixed-row-changed",
    Severity.WAARSCHUWING,
    finds="Het vaste antwoord bij een norm die niet voor deze soort organisatie is, is veranderd.",
    why="Zo’n norm is al ingevuld en hoort vast te staan. Uw wijziging telt niet.",
    remedy="U hoeft niets te doen. Geldt de norm wel voor u, meld het dan aan de afzender.",
    good=(Case("Het vaste antwoord staat er nog."),),
    bad=(
        Case(
            "Bij een norm die vaststaat is een andere status gekozen.",
            lambda book: book.set("2.2", "status", "Uitgevoerd"),
            ("2.2/status",),
        ),
        Case(
            "Het vaste antwoord is weggehaald.",
            lambda book: book.set("2.2", "status", None),
            ("2.2/status",),
        ),
    ),
    known_misses=("Alleen de status wordt vergeleken, niet de toelichting erbij.",),
)
def fixed_row_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare the status of each row that is fixed with what stood in it."""
    found = context.found
    if found is None or found.organisation is None:
        return
    layout = found.layout
    presets = layout.presets()
    for slot in layout.rows:
        number = slot.requirement.number
        row = found.rows.by_number.get(number)
        if not slot.locked or row is None or layout.status_key not in found.columns:
            continue
        fixed = presets.row(number).get(layout.status_key, EMPTY)
        typed = found.answers.row(number).get(layout.status_key, EMPTY)
        if key(typed) != key(fixed):
            now = f"‘{shown(typed.text)}’" if typed.text else "niets"
            yield fixed_row_changed.finding(
                f"{layout.column_by_key[layout.status_key].field.header} staat hier vast op "
                f"‘{fixed.text}’, maar er staat {now}. Dat telt niet. Geldt deze norm wel voor u, "
                "meld het dan aan de afzender.",
                sheet=found.sheet.name,
                cell=spot(found, row, layout.status_key),
                requirement=number,
                field=layout.status_key,
            )
