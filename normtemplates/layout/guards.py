"""What guards the cells of the overview: validations, and the colours that conditions give."""

from __future__ import annotations

from normtemplates.layout import look
from normtemplates.layout.chains import needed_formula
from normtemplates.layout.conditions import Condition, When
from normtemplates.layout.contract import DONE, TO_DO, Layout
from normtemplates.layout.keys import key_of_text, literal
from normtemplates.layout.lists import kind_of
from normtemplates.layout.look import Accent
from normtemplates.layout.places import in_row
from normtemplates.layout.plan import AccentPlan, ValidationPlan
from normtemplates.layout.prompts import Guidance, guidance_of
from normtemplates.layout.slots import Column
from normtemplates.model.norm import Field, FieldKind, Role
from normtemplates.model.submission import Area


def validations(layout: Layout) -> list[ValidationPlan]:
    """Give one validation per column and prompt; the prompt differs where a field is needed."""
    found: list[ValidationPlan] = []
    for one in layout.answer_columns:
        alike: dict[tuple[Guidance, bool], list[int]] = {}
        for slot in layout.rows:
            if slot.opens(one.field.key):
                guidance = guidance_of(layout.norm, layout.round, one.field, slot)
                alike.setdefault((guidance, slot.part), []).append(slot.row)
        for (guidance, part), rows in alike.items():
            areas = tuple(Area(a, one.column, b, one.column) for a, b in _runs(rows))
            kind = kind_of(layout.norm, layout.round, one.field, part=part)
            found.append(
                ValidationPlan(
                    areas=areas,
                    rule=kind.cell_rule(),
                    prompt_title=guidance.prompt_title,
                    prompt=guidance.prompt,
                    stop_title=guidance.stop_title,
                    stop=guidance.stop,
                )
            )
    return found


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def accents(layout: Layout) -> list[AccentPlan]:
    """Give status tints, needed cells, cells with nothing to do, and Controle's colours."""
    found: list[AccentPlan] = []
    check = layout.norm.field_of_kind(FieldKind.CHECK).key
    first, last = layout.bands[0].first, layout.last_row

    def over(column: int, formula: str, accent: Accent, *, stop: bool = False) -> None:
        area = Area(first, column, last, column)
        found.append(AccentPlan(area, formula, accent, stop))

    cells = layout.cells_of(first)
    status = layout.column_by_key[layout.status_key]
    for one in layout.norm.statuses:
        formula = f"EXACT({cells.key(layout.status_key)},{literal(key_of_text(one.label))})"
        over(status.column, formula, Accent(fill=one.tint), stop=True)
    if layout.part_columns:
        reference = in_row(first, layout.part_columns[0])
        for word in layout.norm.part_statuses:
            formula = f"EXACT({reference},{literal(key_of_text(word.label))})"
            over(status.column, formula, Accent(fill=word.tint), stop=True)
    for column in layout.answer_columns:
        for formula, run in _needed_runs(layout, column.field):
            area = Area(run[0], column.column, run[1], column.column)
            found.append(AccentPlan(area, formula, look.NEEDED_ACCENT))
    for column in layout.answer_columns:
        if unused := _unused(layout, column):
            over(column.column, unused.formula(cells), look.UNUSED_ACCENT)
    reference = in_row(first, layout.column_by_key[check].column)
    column_number = layout.column_by_key[check].column
    over(column_number, f"EXACT({reference},{literal(DONE)})", look.COMPLETE_ACCENT)
    over(column_number, f"EXACT({reference},{literal(TO_DO)})", look.TO_DO_ACCENT)
    return found


def _needed_runs(layout: Layout, one: Field) -> list[tuple[str, tuple[int, int]]]:
    """Give the formula of the yellow accent for each run of rows in which it is the same.

    A run ends at a band: nothing is needed there, though its key cells are empty too.
    """
    runs: list[tuple[tuple[Condition, ...], list[int]]] = []
    for slot in layout.rows:
        own = tuple(c for c in slot.conditions if c.field == one.key)
        if not slot.opens(one.key):
            continue
        if runs and runs[-1][0] == own and runs[-1][1][-1] == slot.row - 1:
            runs[-1][1].append(slot.row)
        else:
            runs.append((own, [slot.row]))
    found = []
    for own, rows in runs:
        formula = needed_formula(own, layout.cells_of(rows[0]))
        if formula:
            found.append((formula, (rows[0], rows[-1])))
    return found


def _unused(layout: Layout, column: Column) -> When | None:
    roles: tuple[Role, ...] = column.field.unused_for
    statuses = layout.norm.statuses_of(*roles)
    if not statuses:
        return None
    return When(layout.status_key, tuple(key_of_text(s.label) for s in statuses))
