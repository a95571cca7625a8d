"""Progress, bands, counts, tiles and quarters of whole workbooks: four engines against Python.

The adversarial answers of ``test_differential`` stand in real workbooks of every norm, in the size
that it has, and once in a workbook with thousands of rows. Every stored value is worthless, and
whatever a sheet computes is compared, wherever it stands. Only of the key cells no more is asked
than whether they are empty: programs put some letters in lower case in their own way, and
``test_differential`` shows that no condition minds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of, workbook
from normtemplates.layout.chains import said_of
from normtemplates.layout.conditions import NoError
from normtemplates.layout.contract import DONE
from normtemplates.layout.places import OVERVIEW, PICTURE, START
from normtemplates.layout.plan import Content, Formula, Item, WorkbookPlan
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import EMPTY, Answers, Value, date_value, text_value
from normtemplates.model.norm import FieldKind, Role
from normtemplates.model.submission import CellKind
from tests.clients import fills
from tests.clients.engine import NAMES, Engine
from tests.clients.iron import Iron
from tests.clients.test_differential import (
    ESCAPED,
    SEED,
    disguised,
    has_astral,
    has_escaped,
    odd_numbers,
    odd_texts,
    rows_of,
)
from tests.clients.values import Sheets, address_of, settled
from tests.layout.samples import layout_with
from tests.layout.test_dashboards_in_clients import stale

pytestmark = pytest.mark.clients

PER_THEME = 870  # rows in each of six themes
REAL = 6  # workbooks of every norm in its real size

# What a formula stands in for: neither can be written as a plain value.
_AS_FORMULA = {
    CellKind.ERROR: {"#N/A": "NA()", "#DIV/0!": "1/0", "#REF!": "#REF!"},
    CellKind.BOOLEAN: {"1": "TRUE", "0": "FALSE"},
}

Row = Mapping[str, Value]


def usable(rows: Sequence[Row]) -> list[Row]:
    """The rows that mean the same everywhere; the others are judged one by one elsewhere."""
    return [row for row in rows if not has_astral(row) and not has_escaped(row)]


def cover_of(layout: Layout, chance: random.Random) -> dict[str, Value]:
    """Adversarial answers on Start."""

    def one(choices: Sequence[str], kind: FieldKind) -> Value:
        roll = chance.random()
        if roll < 0.2:
            return EMPTY
        if roll < 0.3:
            return Value(CellKind.ERROR, "#N/A")
        if roll < 0.5:
            return Value(CellKind.TEXT, chance.choice(odd_texts()))
        if kind is FieldKind.DATE or roll < 0.6:
            return Value(CellKind.NUMBER, repr(chance.choice(odd_numbers())))
        return Value(CellKind.TEXT, chance.choice([*choices, "Team Veiligheid", "a@b.example"]))

    return {slot.field.key: one(slot.field.choices, slot.field.kind) for slot in layout.cover}


def with_sub_items(layout: Layout, rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """The rows with what sub-items and the norms above them are asked.

    Their own words, and rows that are right but for what stands in another row.
    """
    status = layout.status_key
    words = [one.label for one in layout.norm.part_statuses]
    sound = text_value("Dit is een gewone toelichting van een team.")
    found: list[Row] = []
    for slot, row in zip(layout.rows, rows, strict=True):
        roll = chance.random()
        if slot.part and roll < 0.8:
            word = chance.choice(words)
            value = text_value(word if roll < 0.4 else disguised(word, chance))
            row = {status: value, "explanation": sound} if roll < 0.6 else {**row, status: value}
        elif slot.part and roll < 0.9:
            row = {**row, status: EMPTY}
        elif layout.norm.parts_below(slot.requirement.number) and roll < 0.8:
            above = chance.choice(layout.norm.statuses)
            row = {
                f.key: sound if f.kind is FieldKind.TEXT else text_value(f.choices[0])
                for f in layout.norm.fields
                if f.kind in (FieldKind.TEXT, FieldKind.CHOICE) and above.role not in f.unused_for
            }
            row = {**row, status: text_value(above.label)}
            if above.role in (Role.PARTLY, Role.MISSING):
                row["due_on"] = date_value(layout.round.reference_date + timedelta(days=90))
        elif layout.norm.parts_below(slot.requirement.number):
            row = {"explanation": sound}
        found.append(row)
    return [new if usable([new]) else old for new, old in zip(found, rows, strict=True)]


class Case:
    """A whole workbook with answers, and what Python says that it computes."""

    def __init__(self, layout: Layout, rows: Sequence[Row], cover: Mapping[str, Value]) -> None:
        self.layout = layout
        numbers = [slot.requirement.number for slot in layout.rows]
        self.answers = Answers(rows=dict(zip(numbers, rows, strict=True)), cover=cover)
        self.plan = workbook_plan(layout, self.answers, fills.definitions().texts)
        self._typed = self._formulas_for_what_is_typed()
        self.computed = {
            (sheet.name, item.row, item.column): item.content.value
            for sheet in self.plan.sheets
            for item in sheet.items
            if isinstance(item.content, Formula)
        }
        keys = {c.key_column for c in layout.answer_columns}
        self.keys = {
            *((OVERVIEW, slot.row, column) for slot in layout.rows for column in keys if column),
            *((START, slot.row, slot.key_column) for slot in layout.cover),
        }

    def _formulas_for_what_is_typed(self) -> dict[tuple[str, int, int], Formula]:
        layout, found = self.layout, {}
        places = [
            ((OVERVIEW, slot.row, column.column), self.answers.row(slot.requirement.number), column)
            for slot in layout.rows
            for column in layout.answer_columns
        ]
        values = [(place, row.get(column.field.key, EMPTY)) for place, row, column in places]
        values += [
            ((START, slot.row, slot.column), self.answers.cover.get(slot.field.key, EMPTY))
            for slot in layout.cover
        ]
        for place, value in values:
            if value.kind in _AS_FORMULA:
                found[place] = Formula(_AS_FORMULA[value.kind][value.text], value.text)
        return found

    def write(self, path: Path) -> Path:
        """Write the workbook with worthless values, and what only a formula can stand for."""

        def content(sheet: str, row: int, column: int, own: Content) -> Content:
            return self._typed.get((sheet, row, column), own)

        plan: WorkbookPlan = stale(self.plan)
        for sheet in plan.sheets:
            sheet.items = [
                item._replace(content=content(sheet.name, item.row, item.column, item.content))
                for item in sheet.items
            ]
        path.write_bytes(write_workbook(plan))
        return path

    def differences(self, found: Sheets) -> list[tuple[str, object, object]]:
        """Everything that an engine computed otherwise than Python: where, expected, found."""
        wrong: list[tuple[str, object, object]] = []
        for (sheet, row, column), expected in self.computed.items():
            value = found[sheet].get((row, column))
            if (sheet, row, column) in self.keys:
                same = bool(value) is bool(expected) and value != "STALE"
            elif isinstance(expected, str):
                same = (value or "") == expected if expected == "" else value == expected
            elif isinstance(expected, bool):
                same = value is expected
            else:
                same = not isinstance(value, bool) and value == settled(float(expected))
            if not same:
                wrong.append((f"{sheet}!{address_of(row, column)}", expected, value))
        return wrong


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Case]]:
    """The workbooks, on disk, and what is known of them."""
    folder = tmp_path_factory.mktemp("whole")
    chance = random.Random(SEED)
    made = []
    with pytest.MonkeyPatch.context() as patch:
        # We write no errors or booleans ourselves; here they stand for what people have typed.
        patch.setattr(workbook, "_writable", lambda answers: answers)
        big = layout_with((PER_THEME,) * 6)
        rows = usable(rows_of(big))
        assert len(rows) >= len(big.rows), "there are too few adversarial rows"
        made.append(Case(big, chance.sample(rows, len(big.rows)), cover_of(big, chance)))
        for round_ in fills.definitions().rounds():
            layout = layout_of(round_.norm, round_, round_.organisations[0])
            rows = usable(rows_of(layout))
            for _ in range(REAL):
                sample = with_sub_items(layout, chance.sample(rows, len(layout.rows)), chance)
                made.append(Case(layout, sample, cover_of(layout, chance)))
    return [(case.write(folder / f"{n}.xlsx"), case) for n, case in enumerate(made)]


def test_the_sample_is_adversarial(cases: list[tuple[Path, Case]]) -> None:
    """There are thousands of rows, and what is counted takes many values."""
    assert sum(len(case.layout.rows) for _, case in cases) >= 5_000
    for sheet in (START, OVERVIEW, PICTURE):
        seen = Counter(
            value
            for _, case in cases
            for (name, row, column), value in case.computed.items()
            if name == sheet and (name, row, column) not in case.keys
        )
        assert len(seen) > 30, (sheet, seen)
    kinds = Counter(
        value.kind
        for _, case in cases
        for row in case.answers.rows.values()
        for value in row.values()
    )
    assert min(kinds[kind] for kind in (CellKind.ERROR, CellKind.BOOLEAN, CellKind.NUMBER)) > 50
    assert all(c not in v.text for _, case in cases for c in ESCAPED
               for row in case.answers.rows.values() for v in row.values())  # fmt: skip


def test_the_sample_breaks_every_condition_on_sub_items(cases: list[tuple[Path, Case]]) -> None:
    """Left open, out of the list, and at odds with the norm above; and what is right."""
    said: Counter[str] = Counter()
    asked = set()
    for _, case in cases:
        layout = case.layout
        if not layout.part_rows:
            continue
        column = layout.column_by_key[layout.norm.field_of_kind(FieldKind.CHECK).key].column
        for slot in layout.rows:
            if slot.part or layout.norm.parts_below(slot.requirement.number):
                said[str(case.computed[OVERVIEW, slot.row, column])] += 1
                asked |= {
                    said_of(c)
                    for c in slot.conditions
                    if c.field == layout.status_key and not isinstance(c, NoError)
                }
    assert len(asked) >= 4
    assert {one for one in asked if said[one] < 2} == set()
    assert said[DONE] > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_computes_what_python_does(
    name: str, cases: list[tuple[Path, Case]], request: pytest.FixtureRequest
) -> None:
    engine: Engine = request.getfixturevalue(name)
    wrong = {
        path.name: (len(differences), differences[:5])
        for path, case in cases
        if (differences := case.differences(engine.recalculate(path)))
    }
    assert not wrong


@pytest.mark.parametrize("sheet", [START, OVERVIEW, PICTURE])
def test_a_wrong_formula_is_caught(
    sheet: str, cases: list[tuple[Path, Case]], iron: Iron, tmp_path: Path
) -> None:
    """One number too many in any formula that counts shows as a difference on its cell."""
    _, case = cases[-1]
    sound = case.plan
    hit: list[str] = []

    def spoiled(name: str, item: Item) -> Item:
        content = item.content
        if name == sheet and isinstance(content, Formula) and "SUM(" in content.text and not hit:
            hit.append(f"{sheet}!{address_of(item.row, item.column)}")
            return item._replace(
                content=content._replace(text=content.text.replace("SUM(", "SUM(1,"))
            )
        return item

    case.plan = evolve(
        sound,
        sheets=[evolve(s, items=[spoiled(s.name, i) for i in s.items]) for s in sound.sheets],
    )
    try:
        differences = case.differences(iron.recalculate(case.write(tmp_path / "fout.xlsx")))
    finally:
        case.plan = sound
    assert hit[0] in [place for place, _, _ in differences]
