"""Planned sheets as values, the way the reader gives them: no Excel file in between."""

from __future__ import annotations

from datetime import date

from normtemplates.layout.kinds import CellRule
from normtemplates.layout.plan import Formula, Item, Link, Rich, SheetPlan
from normtemplates.model.answers import EMPTY, Value, date_value, text_value
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Validation

Typed = str | int | float | bool | date | None


def value_of(typed: Typed) -> Value:
    """Give the value of typing ``typed``."""
    if typed is None:
        return EMPTY
    if isinstance(typed, str):
        return text_value(typed)
    if isinstance(typed, bool):
        return Value(CellKind.BOOLEAN, str(int(typed)))
    if isinstance(typed, date):
        return date_value(typed)
    return Value(CellKind.NUMBER, str(typed))


def cell_of(item: Item) -> Cell:
    """Give a planned cell as the reader gives it."""
    content = item.content
    formula = content.text if isinstance(content, Formula) else None
    typed: Typed
    if isinstance(content, Formula):
        typed = content.value
    elif isinstance(content, Link):
        typed = content.text
    elif isinstance(content, Rich):
        typed = "".join(text for text, _ in content.runs)
    else:
        typed = content
    return Cell(item.row, item.column, *value_of(typed), formula, item.style.locked)


def sheet_of(plan: SheetPlan) -> Sheet:
    """Give a planned sheet as the reader gives it."""
    hidden = tuple((c.first, c.last) for c in plan.columns if c.hidden)
    return Sheet(
        name=plan.name,
        state="hidden" if plan.hidden else "visible",
        cells={(item.row, item.column): cell_of(item) for item in plan.items},
        protected=True,
        validations=tuple(validation_of(one.rule, one.areas) for one in plan.validations),
        merges=tuple(plan.merges),
        hidden_columns=hidden,
    )


def validation_of(rule: CellRule, areas: tuple[Area, ...]) -> Validation:
    """Give the validation of a kind of answer as the reader gives it."""
    if rule.allow == "list":
        return Validation("list", "between", rule.source, "", True, areas)
    if rule.allow == "date":
        first, last = date_value(rule.first).text, date_value(rule.last).text
        return Validation("date", "between", first, last, True, areas)
    return Validation("textLength", "lessThanOrEqual", str(rule.longest), "", True, areas)
