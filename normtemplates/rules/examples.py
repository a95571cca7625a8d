"""The workbook of the examples, as values: sound and filled in, and easy to spoil in one place.

No Excel file is made: the plan of the overview and the stamps come from ``layout`` as the
writer gets them, and stand here as the reader gives them. Tests and the manual run the rules
on what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from normtemplates.layout.contract import (
    COVER_LABEL_COLUMN,
    NAME_COLUMN,
    NAME_ROW,
    TITLE_ROW,
    Layout,
    kind_of,
    layout_of,
    list_name,
)
from normtemplates.layout.hidden import lists_sheet, meta_sheet
from normtemplates.layout.keys import key, key_formula, literal
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.overview import overview_sheet
from normtemplates.layout.places import GUIDE, LISTS, META, OVERVIEW, PICTURE, START, address
from normtemplates.layout.plan import Formula, Item, Link, Rich, SheetPlan
from normtemplates.layout.recognise import recognise
from normtemplates.layout.stamp import (
    PROPERTY_PREFIX,
    STAMP_NAME,
    VISIBLE_PREFIX,
    pairs,
    stamp_of,
)
from normtemplates.model.answers import EMPTY, Answers, Value, date_value, text_value
from normtemplates.model.round import Round
from normtemplates.model.submission import (
    Area,
    Cell,
    CellKind,
    Sheet,
    Submission,
    Trouble,
    Validation,
)
from normtemplates.rules.context import Context, Crash
from normtemplates.rules.example_norm import NEXT_ROUND, ROUND

Typed = str | int | float | bool | date | None

_TEXTS = {
    "overzicht": {
        "title": "Overzicht {organisation_full}",
        "to_start": "Naar Start",
        "legend": "",
        "progress": "{done} van {total} compleet",
        "previous": "Vorige status",
    },
    "footer": {"left": "", "centre": "", "right": ""},
}

_ANSWERS: dict[str, dict[str, Typed]] = {
    "1.1": {"status": "Uitgevoerd", "evidence": "Besluit van 12 maart, zaak 2030-0000"},
    "1.2": {
        "status": "Uitgevoerd",
        "evidence": "Verslagen op het intranet",
        "done_on": date(2030, 1, 15),
    },
    "1.3": {
        "status": "In ontwikkeling",
        "explanation": "De training is klaar, maar nog niet verplicht.",
        "action": "Training verplicht maken",
        "due_on": date(2031, 6, 30),
    },
    "2.1": {
        "status": "Ontbreekt",
        "explanation": "Er is nog geen meldpunt gekozen.",
        "action": "Meldpunt kiezen en bekendmaken",
        "due_on": date(2031, 12, 31),
        "priority": "Hoog",
    },
    "2.1.a": {
        "status": "Ontbreekt",
        "explanation": "Dit kan pas als er een meldpunt is.",
        "action": "Afspraak maken met de meldkamer",
        "due_on": date(2032, 6, 30),
        "priority": "Laag",
    },
}

_COVER: dict[str, Typed] = {
    "decision_date": date(2030, 3, 12),
    "team": "Team Veiligheid",
    "discussed": "Ja",
}


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
    content, formula = item.content, None
    if isinstance(content, Formula):
        content, formula = content.value, content.text
    if isinstance(content, Link):
        content = content.text
    elif isinstance(content, Rich):
        content = "".join(text for text, _ in content.runs)
    kind, text = value_of(content)
    return Cell(item.row, item.column, kind, text, formula, item.style.locked)


def sheet_of(plan: SheetPlan) -> Sheet:
    """Give a planned sheet as the reader gives it."""
    hidden = tuple((c.first, c.last) for c in plan.columns if c.hidden)
    return Sheet(
        name=plan.name,
        state="hidden" if plan.hidden else "visible",
        cells={(item.row, item.column): cell_of(item) for item in plan.items},
        protected=True,
        validations=tuple(_validation(one.rule, one.areas) for one in plan.validations),
        merges=tuple(plan.merges),
        hidden_columns=hidden,
    )


def _validation(rule: CellRule, areas: tuple[Area, ...]) -> Validation:
    if rule.allow == "list":
        return Validation("list", "between", rule.source, "", True, areas)
    if rule.allow == "date":
        first, last = date_value(rule.first).text, date_value(rule.last).text
        return Validation("date", "between", first, last, True, areas)
    return Validation("textLength", "lessThanOrEqual", str(rule.longest), "", True, areas)


class Book:
    """A filled-in workbook of the made-up norm, with something spoiled in it by an example."""

    def __init__(self) -> None:
        """Begin with a workbook in which no rule finds anything."""
        self.layout: Layout = layout_of(ROUND.norm, ROUND, ROUND.organisations[0])
        rows = {n: {k: value_of(t) for k, t in row.items()} for n, row in _ANSWERS.items()}
        answers = Answers({**self.layout.presets().rows, **rows})
        lists, names = lists_sheet(self.layout)
        stamp = stamp_of(self.layout)
        self.names = {**names, STAMP_NAME: literal(stamp.text)}
        self.properties = {PROPERTY_PREFIX + name: text for name, text in pairs(stamp)}
        sheets = [
            self._start(),
            sheet_of(overview_sheet(self.layout, answers, _TEXTS)),
            Sheet(PICTURE, "visible", {}, protected=True),
            Sheet(GUIDE, "visible", {}, protected=True),
            sheet_of(lists),
            sheet_of(meta_sheet(self.layout)),
        ]
        self.sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in sheets}
        self.troubles: list[Trouble] = []
        self.crashes: list[Crash] = []
        self.wanted: Round | None = None

    def _start(self) -> Sheet:
        cells: dict[tuple[int, int], Cell] = {}
        validations: list[Validation] = []

        def put(
            row: int, column: int, value: Value, formula: str | None = None, locked: bool = True
        ) -> None:
            cells[row, column] = Cell(row, column, *value, formula, locked)

        put(NAME_ROW, NAME_COLUMN, text_value(self.layout.organisation.full_name))
        for slot in self.layout.cover:
            value = value_of(_COVER[slot.field.key])
            put(slot.row, COVER_LABEL_COLUMN, text_value(slot.label))
            put(slot.row, slot.column, value, locked=False)
            formula = key_formula(address(slot.row, slot.column))
            put(slot.row, slot.key_column, text_value(key(value)), formula)
            kind = kind_of(self.layout.norm, self.layout.round, slot.field)
            area = Area(slot.row, slot.column, slot.row, slot.column)
            validations.append(_validation(kind.cell_rule(), (area,)))
        stamp = text_value(VISIBLE_PREFIX + stamp_of(self.layout).text)
        put(self._stamp_row, NAME_COLUMN, stamp)
        return Sheet(START, "visible", cells, protected=True, validations=tuple(validations))

    @property
    def _stamp_row(self) -> int:
        return self.layout.cover[-1].row + 2

    # -- what a respondent does -----------------------------------------------------------

    def set(self, number: str, field_key: str, typed: Typed) -> None:
        """Type something in the row of a requirement; ``None`` empties the cell."""
        self._type(OVERVIEW, self._spot(number, field_key), value_of(typed))

    def answer(self, number: str, status: str | None, **typed: Typed) -> None:
        """Give a row these answers and no others."""
        for column in self.layout.answer_columns:
            self.set(number, column.field.key, typed.get(column.field.key))
        self.set(number, self.layout.status_key, status)

    def cover(self, field_key: str, typed: Typed) -> None:
        """Type something in a cover field."""
        slot = self.layout.cover_by_key[field_key]
        self._type(START, (slot.row, slot.column), value_of(typed))

    def formula(self, number: str, field_key: str, formula: str, result: Typed = None) -> None:
        """Put a formula in the row of a requirement."""
        self._type(OVERVIEW, self._spot(number, field_key), value_of(result), formula)

    def cover_formula(self, field_key: str, formula: str, result: Typed = None) -> None:
        """Put a formula in a cover field."""
        slot = self.layout.cover_by_key[field_key]
        self._type(START, (slot.row, slot.column), value_of(result), formula)

    def error(self, number: str, field_key: str, code: str = "#REF!") -> None:
        """Put an error value in the row of a requirement."""
        self._type(OVERVIEW, self._spot(number, field_key), Value(CellKind.ERROR, code))

    def beside(self, number: str, typed: Typed) -> None:
        """Type something to the right of everything, on the row of a requirement."""
        spot = (self.layout.row_by_number[number].row, self.layout.complete_column + 1)
        self._type(OVERVIEW, spot, value_of(typed))

    def in_band(self, theme: str, field_key: str, typed: Typed) -> None:
        """Type something in the band of a theme."""
        row = next(band.row for band in self.layout.bands if band.theme.number == theme)
        spot = (row, self.layout.column_by_key[field_key].column)
        self._type(OVERVIEW, spot, value_of(typed))

    def below(self, number: str, sentence: str) -> None:
        """Type a row of one's own below the last one."""
        row = self.layout.last_row + 1
        for column, typed in zip(self.layout.columns[:2], (number, sentence), strict=True):
            self._type(OVERVIEW, (row, column.column), value_of(typed))

    # -- what happens to structure --------------------------------------------------------

    def header(self, field_key: str, text: str) -> None:
        """Change the header of a column."""
        spot = (self.layout.header_row, self.layout.column_by_key[field_key].column)
        self._type(OVERVIEW, spot, value_of(text))

    def swap_columns(self, one: str, other: str) -> None:
        """Let two columns change places, with all that stands in them."""
        first = self.layout.column_by_key[one].column
        second = self.layout.column_by_key[other].column
        turn = {first: second, second: first}
        cells = {
            (row, turn.get(column, column)): cell._replace(column=turn.get(column, column))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
        }
        self._change(OVERVIEW, cells=cells)

    def remove_column(self, field_key: str) -> None:
        """Take a whole column away; what stands to the right of it moves up."""
        gone = self.layout.column_by_key[field_key].column
        cells = {
            (row, column - (column > gone)): cell._replace(column=column - (column > gone))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
            if column != gone
        }
        self._change(OVERVIEW, cells=cells)

    def remove_row(self, number: str) -> None:
        """Empty the row of a requirement, its number and sentence too."""
        row = self.layout.row_by_number[number].row
        cells = {spot: c for spot, c in self.sheets[OVERVIEW].cells.items() if spot[0] != row}
        self._change(OVERVIEW, cells=cells)

    def repeat_row(self, number: str) -> None:
        """Copy the row of a requirement to below the last one."""
        row, copy = self.layout.row_by_number[number].row, self.layout.last_row + 1
        cells = dict(self.sheets[OVERVIEW].cells)
        for (at, column), cell in self.sheets[OVERVIEW].cells.items():
            if at == row:
                cells[copy, column] = cell._replace(row=copy)
        self._change(OVERVIEW, cells=cells)

    def sort_rows(self) -> None:
        """Turn the order of all rows round, as sorting does."""
        rows = [slot.row for slot in self.layout.rows]
        turn = dict(zip(rows, reversed(rows), strict=True))
        cells = {
            (turn.get(row, row), column): cell._replace(row=turn.get(row, row))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
        }
        self._change(OVERVIEW, cells=cells)

    def rename(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._change(sheet, name=name)

    def remove(self, sheet: str) -> None:
        """Take a sheet away."""
        del self.sheets[sheet]

    def add(self, name: str) -> None:
        """Add an empty sheet at the end."""
        self.sheets[name] = Sheet(name, "visible", {}, protected=False)

    def unprotect(self, sheet: str) -> None:
        """Take the protection of a sheet away."""
        self._change(sheet, protected=False)

    def drop_validations(self, sheet: str) -> None:
        """Lose all validations of a sheet, as some programs do on saving."""
        self._change(sheet, validations=())

    def split_validations(self, sheet: str) -> None:
        """Write the same validations in another way: one for each row."""
        single = [
            evolve(one, areas=(Area(row, area.first_column, row, area.last_column),))
            for one in self.sheets[sheet].validations
            for area in one.areas
            for row in range(area.first_row, area.last_row + 1)
        ]
        self._change(sheet, validations=tuple(single))

    def only_warn(self, sheet: str) -> None:
        """Let the validations of a sheet warn and no longer stop."""
        changed = tuple(evolve(one, stops=False) for one in self.sheets[sheet].validations)
        self._change(sheet, validations=changed)

    def overwrite_key(self, number: str, field_key: str) -> None:
        """Put a value over the formula of a hidden key cell."""
        column = self.layout.column_by_key[field_key].key_column or 0
        self._type(OVERVIEW, (self.layout.row_by_number[number].row, column), value_of("x"))

    def merge(self, number: str, first: str, last: str) -> None:
        """Merge the cells of a row from one column to another."""
        row, left = self._spot(number, first)
        right = self._spot(number, last)[1]
        merges = (*self.sheets[OVERVIEW].merges, Area(row, left, row, right))
        self._change(OVERVIEW, merges=merges)

    def hide_row(self, number: str) -> None:
        """Hide the row of a requirement."""
        hidden = self.sheets[OVERVIEW].hidden_rows | {self.layout.row_by_number[number].row}
        self._change(OVERVIEW, hidden_rows=hidden)

    def hide_column(self, field_key: str) -> None:
        """Hide a column."""
        column = self.layout.column_by_key[field_key].column
        hidden = (*self.sheets[OVERVIEW].hidden_columns, (column, column))
        self._change(OVERVIEW, hidden_columns=hidden)

    def relist(self, field_key: str, *labels: str) -> None:
        """Change the labels in the list of a choice field."""
        one = self.layout.norm.field_by_key[field_key]
        place = next(
            column
            for (row, column), cell in self.sheets[LISTS].cells.items()
            if row == 1 and cell.text == one.brief
        )
        cells = dict(self.sheets[LISTS].cells)
        for row, label in enumerate(labels, start=2):
            cells[row, place] = Cell(row, place, CellKind.TEXT, label, None, True)
        self._change(LISTS, cells=cells)

    def repoint(self, field_key: str, formula: str) -> None:
        """Let the defined name of a list point elsewhere."""
        self.names[list_name(self.layout.norm.field_by_key[field_key])] = formula

    # -- who and what it is for -----------------------------------------------------------

    def restamp(self, *places: str, **parts: str) -> None:
        """Change parts of the stamp in ``places``: ``_meta``, ``name``, ``properties``, ``start``.

        In all of them when none is named.
        """
        stamp = evolve(stamp_of(self.layout), **parts)
        for place in places or ("_meta", "name", "properties", "start"):
            if place == "_meta":
                for row, (_, text) in enumerate(pairs(stamp), start=1):
                    self._type(META, (row, 2), text_value(text))
            elif place == "name":
                self.names[STAMP_NAME] = literal(stamp.text)
            elif place == "properties":
                self.properties = {PROPERTY_PREFIX + name: text for name, text in pairs(stamp)}
            else:
                text = text_value(VISIBLE_PREFIX + stamp.text)
                self._type(START, (self._stamp_row, NAME_COLUMN), text)

    def lose_stamps(self) -> None:
        """Lose the stamp everywhere."""
        self.names.pop(STAMP_NAME)
        self.properties.clear()
        self.remove(META)
        self._type(START, (self._stamp_row, NAME_COLUMN), EMPTY)

    def name_on_start(self, text: str) -> None:
        """Change the name of the organisation on Start."""
        self._type(START, (NAME_ROW, NAME_COLUMN), value_of(text))

    def title(self, text: str) -> None:
        """Change the title of the overview."""
        self._type(OVERVIEW, (TITLE_ROW, 1), value_of(text))

    def ask_next_round(self) -> None:
        """Let the operator ask for the next round."""
        self.wanted = NEXT_ROUND

    def empty_workbook(self) -> None:
        """Hand in a workbook of one's own."""
        self.sheets = {}
        self.names, self.properties = {}, {}
        self.add("Blad1")

    def trouble(self, kind: str, detail: str = "", *, fatal: bool = True) -> None:
        """Let something be wrong with the file itself."""
        self.troubles.append(Trouble(kind, detail, fatal=fatal))
        if fatal:
            self.sheets = {}

    def crash(self, code: str, error: str = "ValueError") -> None:
        """Let the rule ``code`` have crashed."""
        self.crashes.append(Crash(code, error))

    # -- what comes out -------------------------------------------------------------------

    def submission(self) -> Submission:
        """Give the workbook as the reader gives it."""
        return Submission(
            name="voorbeeld.xlsx",
            sheets=tuple(self.sheets.values()),
            names=dict(self.names),
            properties=dict(self.properties),
            structure_locked=True,
            troubles=tuple(self.troubles),
        )

    def context(self, submission: Submission) -> Context:
        """Give what the rules know about ``submission``, of the rounds that are known here."""
        rounds = (ROUND, NEXT_ROUND)
        recognised = None if submission.fatal else recognise(submission, rounds, self.wanted)
        return Context(recognised, rounds, tuple(self.crashes))

    def place(self, text: str) -> tuple[str | None, str | None]:
        """Give sheet and address of a place in an example, each ``None`` where there is none.

        ``""`` is the file, ``sheet/Start`` a sheet, ``1.1/status`` an answer, ``start/team`` a
        cover field, ``start/name`` the organisation's name, ``header/status`` a header,
        ``below/number`` the row below the last, ``title`` the title of the overview.
        """
        if not text:
            return None, None
        left, _, right = text.partition("/")
        if left == "sheet":
            return right, None
        if left == "title":
            return OVERVIEW, address(TITLE_ROW, 1)
        if text == "start/name":
            return START, address(NAME_ROW, NAME_COLUMN)
        if left == "start":
            slot = self.layout.cover_by_key[right]
            return START, address(slot.row, slot.column)
        column = self.layout.column_by_key.get(right)
        if left == "header" and column:
            return OVERVIEW, address(self.layout.header_row, column.column)
        if left == "below" and column:
            return OVERVIEW, address(self.layout.last_row + 1, column.column)
        if left == "beside":
            spot = (self.layout.row_by_number[right].row, self.layout.complete_column + 1)
            return OVERVIEW, address(*spot)
        return OVERVIEW, self.layout.address(left, right)

    def _spot(self, number: str, field_key: str) -> tuple[int, int]:
        row = self.layout.row_by_number[number].row
        return row, self.layout.column_by_key[field_key].column

    def _type(
        self, sheet: str, spot: tuple[int, int], value: Value, formula: str | None = None
    ) -> None:
        locked = self.sheets[sheet].cell(*spot).locked
        cells = {**self.sheets[sheet].cells, spot: Cell(*spot, *value, formula, locked)}
        self._change(sheet, cells=cells)

    def _change(self, sheet: str, **parts: object) -> None:
        self.sheets[sheet] = evolve(self.sheets[sheet], **parts)


def names_of(sheets: Iterable[Sheet]) -> list[str]:
    """Give the names of sheets, in order."""
    return [sheet.name for sheet in sheets]
