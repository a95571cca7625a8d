"""What the workbook computes equals what the check computes, in real spreadsheet programs.

Rows are adversarial on purpose: each condition stands in a column of its own, the chain of
Controle beside them, and every cached value says STALE, so that a program that does not compute
is found out. Mutants of the formulas stand in further columns; each must be caught.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from normtemplates.definitions import Definitions
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.chains import chain, complete_formula
from normtemplates.layout.conditions import (
    Condition,
    InList,
    IsDate,
    MaxLength,
    NotAfter,
    NotBefore,
    Placeholder,
    Required,
    Row,
    Thin,
)
from normtemplates.layout.contract import control, is_complete
from normtemplates.layout.keys import IGNORED, key, key_formula
from normtemplates.layout.places import column_letters
from normtemplates.layout.slots import RowSlot
from normtemplates.layout.step_back import PREVIOUS, PREVIOUS_TEXT, StepBack
from normtemplates.model.answers import EMPTY, Value, date_value, text_value
from normtemplates.model.earlier import Earlier
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import CellKind
from tests.clients.engine import NAMES, Engine
from tests.clients.values import Cells

pytestmark = pytest.mark.clients

ROWS = 5_400
SHEET = "rijen"
SEED = 20250401

# Control characters that XML cannot hold stand in the file as _x000D_; Gnumeric reads that as
# seven letters.
ESCAPED = "".join(c for c in IGNORED if c in "\r\x01")
PLAIN = "".join(c for c in IGNORED if c not in ESCAPED)

Answers = Mapping[str, Value]


def text(value: str) -> Value:
    return Value(CellKind.TEXT, value)


def number(value: float) -> Value:
    return Value(CellKind.NUMBER, repr(value))


def layout() -> Layout:
    """The layout with the most conditions: every date in it is bounded."""
    round_ = Definitions().round("nulmeting-2025")
    return layout_of(round_.norm, round_, round_.organisations[0], Earlier("eerder"))


def slot_with_most(of: Layout) -> RowSlot:
    return max(of.rows, key=lambda slot: len(slot.conditions))


# -- adversarial answers -------------------------------------------------------------------------


def odd_texts() -> list[str]:
    return [
        "*", "?", "~", "~*", "|", "volgt|-", "#", "#N/A", "TRUE", "1", "0", "=1+1", '"', "''",
        "<>", ">=5", "a" * 14, "a" * 15, "a" * 16, " " * 40, "\u2003", "İ", "ß", "ſ", "Kelvin",
        "n.v.t.", "N.V.T.", "x" * 119, "x" * 120, "x" * 121, "y" * 500, "y" * 501,
        "z" * 1000, "z" * 1001, "w" * 2000, "w" * 2001, "w" * 32767, "a\nb", "\n", "\t", "ĳ", "Ĳ",
        "31-12-2025", "2025-12-31", "1 april 2025", "eind 2025", "é" * 15, "É", "ﬁ", "Σ", "ς",
    ]  # fmt: skip


def odd_numbers() -> list[float]:
    days = []
    for day in (
        date(1990, 1, 1), date(2099, 12, 31), date(2025, 4, 1), date(2024, 4, 1),
        date(2027, 12, 31), date(2025, 12, 31), date(2024, 2, 29),
    ):  # fmt: skip
        serial = float(date_value(day).text)
        days += [serial - 1, serial - 0.5, serial, serial + 0.25, serial + 0.999, serial + 1]
    return [*days, 0.0, 1.0, -1.0, 0.5, 15.0, 1e9, 1e300, -1e300, 2958465.0, 73051.0, 20251231.0]


def disguised(label: str, chance: random.Random) -> str:
    """The label with case and ignored characters changed: still the same key."""
    out = []
    for letter in label:
        out.append(letter.upper() if chance.random() < 0.3 else letter.lower())
        if chance.random() < 0.15:
            out.append(chance.choice(ESCAPED if chance.random() < 0.02 else PLAIN))
    return "".join(out)


def rows_of(of: Layout) -> list[Answers]:
    chance = random.Random(SEED)
    norm = of.norm
    labels = {c.field.key: list(c.field.choices) for c in of.answer_columns}
    labels[of.status_key] = [s.label for s in norm.statuses]
    odd = [*map(text, odd_texts()), *map(number, odd_numbers())]
    odd += [Value(CellKind.BOOLEAN, "1"), Value(CellKind.BOOLEAN, "0")]
    errors = [Value(CellKind.ERROR, code) for code in ("#N/A", "#DIV/0!", "#REF!")]
    words = [disguised(w, chance) for w in norm.placeholders]

    def any_value(key_: str, kind: FieldKind) -> Value:
        roll = chance.random()
        if roll < 0.22:
            return EMPTY
        if roll < 0.30:
            return text(chance.choice(words))
        if roll < 0.42:
            return chance.choice([*odd, *errors])
        if labels[key_]:
            label = chance.choice(labels[key_])
            return text(disguised(label, chance) if roll < 0.7 else label)
        if kind is FieldKind.DATE:
            return number(chance.choice(odd_numbers()))
        return text(chance.choice(["Dit is een gewone toelichting van een team.", "kort", "Team"]))

    rows: list[Answers] = [{}]
    sound = text("Dit is een gewone toelichting van een team.")
    for column in of.answer_columns:  # each odd value in each field, for each status
        for status in labels[of.status_key]:
            first = status in labels[of.status_key][:2]
            for value in [*odd, *errors] if first else [*chance.sample(odd, 25), *errors]:
                row = {
                    c.field.key: sound if c.field.kind is FieldKind.TEXT else EMPTY
                    for c in of.answer_columns
                }
                row[of.status_key] = text(status)
                row[column.field.key] = value
                rows.append(row)
    while len(rows) < ROWS:
        rows.append({c.field.key: any_value(c.field.key, c.field.kind) for c in of.answer_columns})
    return [with_earlier(of, row, random.Random(n)) for n, row in enumerate(rows)]


def with_earlier(of: Layout, row: Answers, chance: random.Random) -> Answers:
    """The row with a status and an explanation of the round before, often the one of now."""
    then = chance.choice([*(s.label for s in of.norm.statuses), "", "Stad: Uitgevoerd\nDorp: x"])
    now = row.get("explanation", EMPTY)
    same = disguised(now.text, chance) if now.kind is CellKind.TEXT else ""
    said = chance.choice([now.text if now.kind is CellKind.TEXT else "", same, "Iets anders", ""])
    return {**row, PREVIOUS: text_value(then), PREVIOUS_TEXT: text_value(said[:32767])}


# -- the workbook --------------------------------------------------------------------------------


ROW = "§"  # stands for the row number in a formula that is made once for all rows


def places_of_earlier(of: Layout) -> dict[str, tuple[int, int]]:
    """Where last round's status and explanation stand, and their keys."""
    before = of.previous_column
    assert before
    assert before.key_column
    assert of.earlier_columns
    return {PREVIOUS: (before.column, before.key_column), PREVIOUS_TEXT: of.earlier_columns}


class AnyRow:
    """The cells of a row whose number is still to come."""

    def __init__(self, of: Layout) -> None:
        self._pairs = {c.field.key: (c.column, c.key_column or 0) for c in of.answer_columns}
        self._pairs |= places_of_earlier(of)

    def value(self, field_key: str) -> str:
        return f"${column_letters(self._pairs[field_key][0])}{ROW}"

    def key(self, field_key: str) -> str:
        return f"${column_letters(self._pairs[field_key][1])}{ROW}"


Mutant = tuple[str, Condition, str]


def mutants_of(slot: RowSlot, cells: AnyRow) -> list[Mutant]:
    """Eleven ways to get a formula a little wrong: what, in which condition, the wrong formula."""
    made: list[Mutant] = []

    def plant(what: str, kind: type[Condition], field: str, old: str, new: str) -> None:
        one = next(c for c in slot.conditions if type(c) is kind and c.field == field)
        formula = one.formula(cells)
        assert old in formula, (what, formula)
        made.append((what, one, formula.replace(old, new)))

    bound = "DATE(2025,4,1)"
    priority, explanation = cells.value("priority"), cells.value("explanation")
    status = cells.key("status")
    plant("a day too far", NotAfter, "done_on", f"{bound}+1", f"{bound}+2")
    plant("the time of day counts", NotAfter, "done_on", f">={bound}+1", f">{bound}")
    plant("the bound itself refused", NotBefore, "due_on", f"<{bound}", f"<={bound}")
    plant("length off by one", MaxLength, "owner", ">120", ">=120")
    plant("wildcards count", Placeholder, "action", "FIND(", "SEARCH(")
    plant("thin off by one", Thin, "explanation", "<15", "<=15")
    plant("a status forgotten", Required, "action", f'EXACT({status},"ontbreekt")', "FALSE")
    plant("errors not set apart", InList, "priority", f"NOT(ISERROR({priority})),", "")
    plant("the century ends early", IsDate, "due_on", "DATE(2100,1,1)", "DATE(2099,1,1)")
    plant(
        "numbers taken for text", Thin, "explanation",
        f"ISTEXT({explanation})", f"NOT(ISERROR({explanation}))",
    )  # fmt: skip
    plant("a step back to missing forgotten", StepBack, "explanation", ',"ontbreekt")', ',"x")')
    return made


def put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value) -> None:
    if value.kind is CellKind.TEXT:
        sheet.write_string(row, column, value.text)
    elif value.kind is CellKind.NUMBER:
        sheet.write_number(row, column, float(value.text))
    elif value.kind is CellKind.BOOLEAN:
        sheet.write_boolean(row, column, value.text == "1")
    elif value.kind is CellKind.ERROR:
        made = {"#N/A": "=NA()", "#DIV/0!": "=1/0", "#REF!": "=#REF!"}[value.text]
        sheet.write_formula(row, column, made, None, value.text)


class Sample:
    """The workbook of adversarial rows, and where in it everything stands."""

    def __init__(self, folder: Path) -> None:
        self.layout = layout()
        self.slot = slot_with_most(self.layout)
        self.rows = rows_of(self.layout)
        self.path = folder / "rijen.xlsx"
        cells = AnyRow(self.layout)
        self.mutants = mutants_of(self.slot, cells)
        self.first = max(self.layout.hidden_columns) + 1
        check = self.layout.norm.field_of_kind(FieldKind.CHECK).key
        self.check_column = self.layout.column_by_key[check].column
        self._formulas = {
            c.key_column: key_formula(cells.value(c.field.key)) for c in self.layout.answer_columns
        }
        self.earlier = places_of_earlier(self.layout)
        for name, (_, key_column) in self.earlier.items():
            self._formulas[key_column] = key_formula(cells.value(name))
        self._formulas[self.check_column] = chain(
            self.slot.conditions, cells, self.layout.answer_keys
        )
        controle = f"${column_letters(self.check_column)}{ROW}"
        self._formulas[self.layout.complete_column] = f"IF({complete_formula(controle)},1,0)"
        every = [c.formula(cells) for c in self.slot.conditions]
        every += [formula for _, _, formula in self.mutants]
        self._formulas |= dict(enumerate(every, start=self.first))

    def write(self) -> None:
        book = xlsxwriter.Workbook(self.path)
        sheet = book.add_worksheet(SHEET)
        for row, values in enumerate(self.rows, start=1):
            for column in self.layout.answer_columns:
                put(sheet, row - 1, column.column - 1, values.get(column.field.key, EMPTY))
            for name, (place, _) in self.earlier.items():
                put(sheet, row - 1, place - 1, values.get(name, EMPTY))
            for at, formula in self._formulas.items():
                assert at is not None
                own = "=" + formula.replace(ROW, str(row))
                sheet.write_formula(row - 1, at - 1, own, None, "STALE")
        book.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    made = Sample(tmp_path_factory.mktemp("differential"))
    made.write()
    return made


class Computed:
    """What each engine makes of the sample, worked out when it is first asked for."""

    def __init__(self, sample: Sample, request: pytest.FixtureRequest) -> None:
        self._sample = sample
        self._request = request
        self._found: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self._found:
            engine: Engine = self._request.getfixturevalue(name)
            self._found[name] = engine.recalculate(self._sample.path)[SHEET]
        return self._found[name]


@pytest.fixture(scope="module")
def computed(request: pytest.FixtureRequest, sample: Sample) -> Computed:
    return Computed(sample, request)


# -- known and documented differences ------------------------------------------------------------


def has_astral(values: Answers) -> bool:
    return any(ch > "\uffff" for v in values.values() for ch in v.text)


def has_escaped(values: Answers) -> bool:
    return any(c in v.text for v in values.values() for c in ESCAPED)


def exempt(engine: str, values: Answers) -> bool:
    """LEN counts astral characters differently, and Gnumeric does not read ``_x000D_`` back."""
    return has_astral(values) or (engine == "gnumeric" and has_escaped(values))


# -- the tests -----------------------------------------------------------------------------------


def test_the_sample_is_adversarial(sample: Sample) -> None:
    """Every condition is broken by many rows and kept by many, in few that are exempt."""
    assert len(sample.rows) >= 5_000
    assert len(sample.mutants) == 11
    assert sum(exempt("gnumeric", values) for values in sample.rows) < 200
    for condition in sample.slot.conditions:
        broken = sum(condition.violated_by(Row(values)) for values in sample.rows)
        assert 10 <= broken <= len(sample.rows) - 10, (condition.short, broken)


def test_the_workbook_computes_the_same_formulas(sample: Sample) -> None:
    cells = AnyRow(sample.layout)
    for slot in (sample.layout.rows[0], sample.slot, sample.layout.rows[-1]):
        for condition in slot.conditions:
            general = condition.formula(cells).replace(ROW, str(slot.row))
            assert general == condition.formula(sample.layout.cells_of(slot.row))


@pytest.mark.parametrize("engine", NAMES)
def test_every_value_was_computed(computed: Computed, engine: str) -> None:
    assert "STALE" not in computed[engine].values()


@pytest.mark.parametrize("engine", NAMES)
def test_every_condition_agrees(sample: Sample, computed: Computed, engine: str) -> None:
    wrong = []
    for row, values in enumerate(sample.rows, start=1):
        if exempt(engine, values):
            continue
        typed = Row(values)
        for at, condition in enumerate(sample.slot.conditions, start=sample.first):
            expected = condition.violated_by(typed)
            if computed[engine].get((row, at)) is not expected:
                shown = {k: v.text[:30] for k, v in values.items() if v is not EMPTY}
                wrong.append(
                    (row, condition.short, expected, computed[engine].get((row, at)), shown)
                )
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize("engine", NAMES)
def test_controle_agrees(sample: Sample, computed: Computed, engine: str) -> None:
    wrong = []
    for row, values in enumerate(sample.rows, start=1):
        if exempt(engine, values):
            continue
        says = control(sample.layout, sample.slot, values)
        found = computed[engine].get((row, sample.check_column))
        done = computed[engine].get((row, sample.layout.complete_column))
        if found != says or done != float(is_complete(says)):
            wrong.append((row, says, found, done))
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize("engine", NAMES)
def test_empty_keys_agree(sample: Sample, computed: Computed, engine: str) -> None:
    wrong = []
    for row, values in enumerate(sample.rows, start=1):
        for column in sample.layout.answer_columns:
            assert column.key_column
            typed = key(values.get(column.field.key, EMPTY))
            found = computed[engine].get((row, column.key_column)) or ""
            if bool(typed) is not bool(found) and not exempt(engine, values):
                wrong.append((row, column.field.key, typed, found))
    assert not wrong, (len(wrong), wrong[:5])


def test_every_planted_mutant_is_caught(sample: Sample, computed: Computed) -> None:
    at = sample.first + len(sample.slot.conditions)
    for offset, (what, condition, _) in enumerate(sample.mutants):
        caught = {
            engine: sum(
                cells.get((row, at + offset)) is not condition.violated_by(Row(values))
                for row, values in enumerate(sample.rows, start=1)
                if not exempt(engine, values)
            )
            for engine in NAMES
            for cells in [computed[engine]]
        }
        assert any(caught.values()), what
