"""Real programs work out Start and Beeld from the answers alone: the same as Python said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import PICTURE, START
from normtemplates.layout.plan import Formula, Item, WorkbookPlan
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers
from tests.clients.engine import Engine
from tests.clients.values import Value, address_of
from tests.layout.samples import (
    cover,
    example_answers,
    example_layout,
    layout_with,
    row,
    texts,
)

STALE = "STALE"


def stale(plan: WorkbookPlan) -> WorkbookPlan:
    """The plan with a worthless value stored in every formula."""
    sheets = [evolve(sheet, items=[_stale(item) for item in sheet.items]) for sheet in plan.sheets]
    return evolve(plan, sheets=sheets)


def _stale(item: Item) -> Item:
    if isinstance(item.content, Formula):
        return item._replace(content=Formula(item.content.text, STALE))
    return item


CASES: dict[str, tuple[Callable[[], Layout], Callable[[], Answers]]] = {
    "empty": (example_layout, lambda: Answers()),
    "some": (example_layout, example_answers),
    "all": (
        lambda: layout_with((1, 2)),
        lambda: Answers(rows={n: row("Uitgevoerd") for n in ("1.1", "2.1", "2.2")}, cover=cover()),
    ),
    "one left": (
        lambda: layout_with((1, 2)),
        lambda: Answers(rows={n: row("Uitgevoerd") for n in ("1.1", "2.1")}, cover=cover()),
    ),
}


@pytest.mark.clients
@pytest.mark.parametrize("case", CASES)
def test_every_program_counts_as_python_does(case: str, engine: Engine, tmp_path: Path) -> None:
    layout_of_case, answers_of_case = CASES[case]
    layout: Layout = layout_of_case()
    plan = workbook_plan(layout, answers_of_case(), texts())
    path = tmp_path / "stale.xlsx"
    path.write_bytes(write_workbook(stale(plan)))
    found = engine.recalculate(path)
    wrong: list[tuple[str, object, object]] = []
    for sheet in plan.sheets:
        if sheet.name not in (START, PICTURE):
            continue
        for item in sheet.items:
            if isinstance(item.content, Formula):
                value: Value = found[sheet.name].get((item.row, item.column))
                expected = item.content.value
                if (value or "" if expected == "" else value) != expected:
                    place = f"{sheet.name}!{address_of(item.row, item.column)}"
                    wrong.append((place, expected, value))
    assert not wrong
