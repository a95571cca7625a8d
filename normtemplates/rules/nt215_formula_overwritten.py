"""NT215: our own formulas were overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normtemplates.layout.places import OVERVIEW
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Cell, Sheet, Submission
from normtemplates.rules.cells import structure_known
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT215",
    "formula-overwritten",
    Severity.WAARSCHUWING,
    finds="In een vak dat zelf rekent, zoals Controle, staat geen formule meer.",
    why="Controle en de tellingen zeggen dan niet meer wat er nog nodig is.",
    remedy="Ga af op dit verslag. Een nieuw overzicht rekent weer.",
    good=(Case("Alle formules staan er nog."),),
    bad=(
        Case(
            "In Controle is iets getypt.",
            lambda book: book.set("1.1", "check", "klaar"),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "Een verborgen hulpvak is overschreven.",
            lambda book: book.overwrite_key("1.1", "status"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        (
            "Een formule die door een andere is vervangen, telt niet: programma’s schrijven "
            "formules vaak anders op."
        ),
        "De formules van de tellingen en grafieken worden niet bekeken.",
    ),
    mended="De formules staan er weer.",
)
def formula_overwritten(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet how many formulas are gone."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    lost: Counter[str] = Counter()
    sheets: dict[str, Sheet] = {}
    for sheet, cell in _computing(found):
        if cell.formula is None:
            lost[sheet.name] += 1
            sheets[sheet.name] = sheet
    for name, count in lost.items():
        cells = "1 vak" if count == 1 else f"{count} vakken"
        yield formula_overwritten.on_sheet(
            sheets[name],
            f"In {cells} op dit blad staat geen formule meer. Daardoor kan het blad zeggen dat "
            "iets klaar is terwijl dat niet zo is. Uw antwoorden zijn hier opnieuw nagekeken.",
        )


def _computing(found: Found) -> Iterator[tuple[Sheet, Cell]]:
    """Give the cells of Controle, and the key cells where they can be found.

    Key cells have no header: they are looked for only when no column has moved.
    """
    layout, sheet = found.layout, found.sheet
    check = found.columns.get(layout.norm.field_of_kind(FieldKind.CHECK).key)
    shifts = {found.columns.get(one.field.key, 0) - one.column for one in layout.columns}
    shift = shifts.pop() if len(shifts) == 1 else None
    for number, row in found.rows.by_number.items():
        slot_of_row = layout.row_by_number[number]
        keys = [layout.key_column(slot_of_row, key) for key in slot_of_row.keys]
        if check:
            yield sheet, sheet.cell(row, check)
        if shift is not None:
            for column in keys:
                yield sheet, sheet.cell(row, column + shift)
    for slot in layout.cover:
        place = found.cover.get(slot.field.key)
        if place:
            start, row, column = place
            yield start, start.cell(row, column + slot.key_column - slot.column)
