"""NT212: a row that the norm does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.layout.places import UNPLACED
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_MOST: Final = 5  # rows that are told of one by one


@rule(
    "NT212",
    "unknown-row",
    Severity.WAARSCHUWING,
    finds="Tussen of onder de normen staat een regel die niet in de norm staat.",
    why="Wat daar staat, wordt niet gelezen. Misschien hoort het bij een norm.",
    remedy="Zet de tekst bij de norm waar hij bij hoort, of maak de regel leeg.",
    good=(Case("Er staan alleen regels van de norm."),),
    bad=(
        Case(
            "Onder de tabel is een eigen regel getypt.",
            lambda book: book.below("7", "Onze eigen norm"),
            ("below/number",),
        ),
    ),
    known_misses=("Na vijf zulke regels volgt één melding voor de rest.",),
    mended=f"De regel is weg. Wat er stond, staat op ‘{UNPLACED}’.",
)
def unknown_row(submission: Submission, context: Context) -> Iterator[Finding]:
    """Show what stands in each strange row; the first few only."""
    found = context.found
    if found is None:
        return
    norm = found.layout.norm
    number = norm.field_of_kind(FieldKind.NUMBER).key
    sentence = norm.field_of_kind(FieldKind.SENTENCE).key
    for row in found.rows.strange[:_MOST]:
        spots = (spot(found, row, number), spot(found, row, sentence))
        text = " ".join(found.sheet.text(*one) for one in spots if one)
        yield unknown_row.finding(
            f"Deze regel hoort niet bij de norm: ‘{shown(text)}’. Wat hier staat is niet gelezen. "
            "Zet het bij de goede norm of maak de regel leeg.",
            sheet=found.sheet.name,
            cell=spots[0] or spots[1],
        )
    rest = found.rows.strange[_MOST:]
    if rest:
        yield unknown_row.finding(
            f"Nog {len(rest)} regels horen niet bij de norm, de eerste in rij {rest[0]}. Wat daar "
            "staat is niet gelezen.",
            sheet=found.sheet.name,
        )
