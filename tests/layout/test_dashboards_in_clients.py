"""Real programs work out Start and Beeld from the answers alone: the same as Python said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout
from normtemplates.layout.places import LISTS, OVERVIEW, PICTURE, START
from normtemplates.layout.plan import Formula, Item, WorkbookPlan
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers
from tests.clients import fills
from tests.clients.engine import Engine
from tests.clients.office import Document, Office
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
        if sheet.name not in (START, PICTURE, LISTS):
            continue
        for item in sheet.items:
            if isinstance(item.content, Formula):
                value: Value = found[sheet.name].get((item.row, item.column))
                expected = item.content.value
                if (value or "" if expected == "" else value) != expected:
                    place = f"{sheet.name}!{address_of(item.row, item.column)}"
                    wrong.append((place, expected, value))
    assert not wrong


@pytest.mark.clients
def test_the_list_on_start_leads_to_the_rows_that_are_open_now(
    office: Office, tmp_path: Path
) -> None:
    """Typed, calculated and clicked in LibreOffice: the list follows, and so does the link."""
    layout = example_layout()
    path = tmp_path / "open.xlsx"
    path.write_bytes(write_workbook(workbook_plan(layout, Answers(), texts())))
    cells = [f"F{line}" for line in range(16, 26)]
    numbers = [slot.requirement.number for slot in layout.rows]

    def listed(document: Document) -> list[str]:
        return [document.shown(START, cell).split(" · ")[0] for cell in cells]

    def leads_to(document: Document) -> list[tuple[str, str]]:
        return [document.follow(START, cell) for cell in cells]

    def rows_of(chosen: list[str]) -> list[tuple[str, str]]:
        return [(OVERVIEW, layout.address(number, "status")) for number in chosen]

    with office.open(path) as document:
        assert listed(document) == numbers[:10]
        assert leads_to(document) == rows_of(numbers[:10])
        for number in ("1.2", "2.1"):
            for field, text in fills.DONE.items():
                assert document.type(OVERVIEW, layout.address(number, field), text)
        assert document.type(OVERVIEW, layout.address("1.3", "status"), "Ontbreekt")
        left = [number for number in numbers if number not in ("1.2", "2.1")][:10]
        assert listed(document) == left
        assert leads_to(document) == rows_of(left)
        assert document.shown(START, "G16") == "Nog invullen"
        assert document.shown(START, "G17") == "Vul ‘Toelichting’ in"
        assert document.shown(START, "F15").endswith("De eerste tien van 45:")
