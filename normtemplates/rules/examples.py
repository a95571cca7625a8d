"""What can happen to a workbook, for the examples of the rules: spoiling it in one place.

Tests and the manual run the rules on what comes out.
"""

from __future__ import annotations

from typing import Self

from attrs import evolve

from normtemplates.layout.contract import NAME_COLUMN, NAME_ROW, TITLE_ROW
from normtemplates.layout.keys import literal
from normtemplates.layout.lists import list_name
from normtemplates.layout.places import LISTS, META, OVERVIEW, START
from normtemplates.layout.stamp import (
    PROPERTY_PREFIX,
    STAMP_NAME,
    VISIBLE_PREFIX,
    pairs,
    stamp_of,
)
from normtemplates.model.answers import EMPTY, Value, text_value
from normtemplates.model.earlier import Earlier
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Trouble
from normtemplates.rules.context import Crash
from normtemplates.rules.example_book import Workbook
from normtemplates.rules.example_norm import NEXT_ROUND, ROUND
from normtemplates.rules.example_sheets import Typed, value_of


class Book(Workbook):
    """The workbook of the examples; every method spoils it in one way and gives it back."""

    # -- what a respondent does -----------------------------------------------------------

    def set(self, number: str, field_key: str, typed: Typed) -> Self:
        """Type something in the row of a requirement; ``None`` empties the cell."""
        self._type(OVERVIEW, self._spot(number, field_key), value_of(typed))
        return self

    def answer(self, number: str, status: str | None, **typed: Typed) -> Self:
        """Give a row these answers and no others."""
        for column in self.layout.answer_columns:
            if column.field.key in self.layout.row_by_number[number].keys:
                self.set(number, column.field.key, typed.get(column.field.key))
        self.set(number, self.layout.status_key, status)
        return self

    def cover(self, field_key: str, typed: Typed) -> Self:
        """Type something in a cover field."""
        slot = self.layout.cover_by_key[field_key]
        self._type(START, (slot.row, slot.column), value_of(typed))
        return self

    def formula(self, number: str, field_key: str, formula: str, result: Typed = None) -> Self:
        """Put a formula in the row of a requirement."""
        self._type(OVERVIEW, self._spot(number, field_key), value_of(result), formula)
        return self

    def cover_formula(self, field_key: str, formula: str, result: Typed = None) -> Self:
        """Put a formula in a cover field."""
        slot = self.layout.cover_by_key[field_key]
        self._type(START, (slot.row, slot.column), value_of(result), formula)
        return self

    def everywhere(self, field_key: str, typed: Typed) -> Self:
        """Type the same in every row that is open."""
        for slot in self.layout.rows:
            if slot.opens(field_key):
                self.set(slot.requirement.number, field_key, typed)
        return self

    def error(
        self, number: str, field_key: str, code: str = "#REF!", formula: str | None = None
    ) -> Self:
        """Put an error value in the row of a requirement, or a formula that comes to one."""
        self._type(OVERVIEW, self._spot(number, field_key), Value(CellKind.ERROR, code), formula)
        return self

    def beside(self, number: str, typed: Typed) -> Self:
        """Type something to the right of everything, on the row of a requirement."""
        spot = (self.layout.row_by_number[number].row, max(self.layout.hidden_columns) + 1)
        self._type(OVERVIEW, spot, value_of(typed))
        return self

    def in_band(self, theme: str, field_key: str, typed: Typed) -> Self:
        """Type something in the band of a theme."""
        row = next(band.row for band in self.layout.bands if band.theme.number == theme)
        spot = (row, self.layout.column_by_key[field_key].column)
        self._type(OVERVIEW, spot, value_of(typed))
        return self

    def below(self, number: str, sentence: str) -> Self:
        """Type a row of one's own below the last one."""
        row = self.layout.last_row + 1
        for column, typed in zip(self.layout.columns[:2], (number, sentence), strict=True):
            self._type(OVERVIEW, (row, column.column), value_of(typed))
        return self

    # -- what happens to structure --------------------------------------------------------

    def header(self, field_key: str, text: str) -> Self:
        """Change the header of a column."""
        spot = (self.layout.header_row, self.layout.column_by_key[field_key].column)
        self._type(OVERVIEW, spot, value_of(text))
        return self

    def swap_columns(self, one: str, other: str) -> Self:
        """Let two columns change places, with all that stands in them."""
        first = self.layout.column_by_key[one].column
        second = self.layout.column_by_key[other].column
        turn = {first: second, second: first}
        cells = {
            (row, turn.get(column, column)): cell._replace(column=turn.get(column, column))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
        }
        validations = []
        for validation in self.sheets[OVERVIEW].validations:
            at = turn.get(validation.areas[0].first_column, validation.areas[0].first_column)
            areas = tuple(a._replace(first_column=at, last_column=at) for a in validation.areas)
            validations.append(evolve(validation, areas=areas))
        self._change(OVERVIEW, cells=cells, validations=tuple(validations))
        return self

    def remove_column(self, field_key: str) -> Self:
        """Take a whole column away; what stands to the right of it moves up."""
        gone = self.layout.column_by_key[field_key].column
        cells = {
            (row, column - (column > gone)): cell._replace(column=column - (column > gone))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
            if column != gone
        }
        self._change(OVERVIEW, cells=cells)
        return self

    def remove_row(self, number: str) -> Self:
        """Empty the row of a requirement, its number and sentence too."""
        row = self.layout.row_by_number[number].row
        cells = {spot: c for spot, c in self.sheets[OVERVIEW].cells.items() if spot[0] != row}
        self._change(OVERVIEW, cells=cells)
        return self

    def repeat_row(self, number: str) -> Self:
        """Copy the row of a requirement to below the last one."""
        row, copy = self.layout.row_by_number[number].row, self.layout.last_row + 1
        cells = dict(self.sheets[OVERVIEW].cells)
        for (at, column), cell in self.sheets[OVERVIEW].cells.items():
            if at == row:
                cells[copy, column] = cell._replace(row=copy)
        self._change(OVERVIEW, cells=cells)
        return self

    def sort_rows(self) -> Self:
        """Turn the order of all rows round, as sorting does."""
        rows = [slot.row for slot in self.layout.rows]
        turn = dict(zip(rows, reversed(rows), strict=True))
        cells = {
            (turn.get(row, row), column): cell._replace(row=turn.get(row, row))
            for (row, column), cell in self.sheets[OVERVIEW].cells.items()
        }
        self._change(OVERVIEW, cells=cells)
        return self

    def rename(self, sheet: str, name: str) -> Self:
        """Give a sheet another name."""
        self._change(sheet, name=name)
        return self

    def remove(self, sheet: str) -> Self:
        """Take a sheet away."""
        del self.sheets[sheet]
        return self

    def add(self, name: str) -> Self:
        """Add an empty sheet at the end."""
        self.sheets[name] = Sheet(name, "visible", {}, protected=False)
        return self

    def unprotect(self, sheet: str) -> Self:
        """Take the protection of a sheet away."""
        self._change(sheet, protected=False)
        return self

    def drop_validations(self, sheet: str) -> Self:
        """Lose all validations of a sheet, as some programs do on saving."""
        self._change(sheet, validations=())
        return self

    def split_validations(self, sheet: str) -> Self:
        """Write the same validations in another way: one for each row."""
        single = [
            evolve(one, areas=(Area(row, area.first_column, row, area.last_column),))
            for one in self.sheets[sheet].validations
            for area in one.areas
            for row in range(area.first_row, area.last_row + 1)
        ]
        self._change(sheet, validations=tuple(single))
        return self

    def only_warn(self, sheet: str) -> Self:
        """Let the validations of a sheet warn and no longer stop."""
        changed = tuple(evolve(one, stops=False) for one in self.sheets[sheet].validations)
        self._change(sheet, validations=changed)
        return self

    def overwrite_key(self, number: str, field_key: str) -> Self:
        """Put a value over the formula of a hidden key cell."""
        slot = self.layout.row_by_number[number]
        column = self.layout.key_column(slot, field_key)
        self._type(OVERVIEW, (slot.row, column), value_of("x"))
        return self

    def comment(self, number: str, field_key: str) -> Self:
        """Add a comment to an answer."""
        spots = (*self.sheets[OVERVIEW].comments, self._spot(number, field_key))
        self._change(OVERVIEW, comments=spots)
        return self

    def merge(self, number: str, first: str, last: str) -> Self:
        """Merge the cells of a row from one column to another."""
        row, left = self._spot(number, first)
        right = self._spot(number, last)[1]
        merges = (*self.sheets[OVERVIEW].merges, Area(row, left, row, right))
        self._change(OVERVIEW, merges=merges)
        return self

    def hide_row(self, number: str, *, filtered: bool = False) -> Self:
        """Hide the row of a requirement, by hand or because a filter is on."""
        hidden = self.sheets[OVERVIEW].hidden_rows | {self.layout.row_by_number[number].row}
        self._change(OVERVIEW, hidden_rows=hidden, filtered=filtered)
        return self

    def hide_column(self, field_key: str) -> Self:
        """Hide a column."""
        column = self.layout.column_by_key[field_key].column
        hidden = (*self.sheets[OVERVIEW].hidden_columns, (column, column))
        self._change(OVERVIEW, hidden_columns=hidden)
        return self

    def relist(self, field_key: str, *labels: str) -> Self:
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
        return self

    def relist_inline(self, field_key: str, *labels: str) -> Self:
        """Put a list of words at the cells of a choice field, in the place of the named one."""
        name = list_name(self.layout.norm.field_by_key[field_key])
        for sheet in list(self.sheets.values()):
            changed = tuple(
                evolve(one, first=f'"{",".join(labels)}"') if one.first == name else one
                for one in sheet.validations
            )
            self._change(sheet.name, validations=changed)
        return self

    def repoint(self, field_key: str, formula: str) -> Self:
        """Let the defined name of a list point elsewhere."""
        self.names[list_name(self.layout.norm.field_by_key[field_key])] = formula
        return self

    # -- who and what it is for -----------------------------------------------------------

    def restamp(self, *places: str, **parts: str) -> Self:
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
                shown = text_value(VISIBLE_PREFIX + stamp.text)
                self._type(START, (self.stamp_row, NAME_COLUMN), shown)
        return self

    def lose_stamps(self) -> Self:
        """Lose the stamp everywhere."""
        self.names.pop(STAMP_NAME)
        self.properties.clear()
        self.remove(META)
        self._type(START, (self.stamp_row, NAME_COLUMN), EMPTY)
        return self

    def a_round_later(self, **before: tuple[str, str]) -> Self:
        """Be the workbook of the next round, with status and explanation of the round before.

        Of each requirement: ``n1_1=("Uitgevoerd", "")`` is that of 1.1.
        """
        told = {name[1:].replace("_", "."): pair for name, pair in before.items()}
        statuses = {number: status for number, (status, _) in told.items()}
        texts = {number: text for number, (_, text) in told.items() if text}
        self._begin(NEXT_ROUND, "GM0000", Earlier(ROUND.title, statuses, texts))
        return self

    def name_on_start(self, text: str) -> Self:
        """Change the name of the organisation on Start."""
        self._type(START, (NAME_ROW, NAME_COLUMN), value_of(text))
        return self

    def title(self, text: str) -> Self:
        """Change the title of the overview."""
        self._type(OVERVIEW, (TITLE_ROW, 1), value_of(text))
        return self

    def ask_next_round(self) -> Self:
        """Let the operator ask for the next round."""
        self.wanted = NEXT_ROUND
        return self

    def empty_workbook(self) -> Self:
        """Hand in a workbook of one's own."""
        self.sheets = {}
        self.names, self.properties = {}, {}
        self.add("Blad1")
        return self

    def trouble(self, kind: str, detail: str = "", *, fatal: bool = True) -> Self:
        """Let something be wrong with the file itself."""
        self.troubles.append(Trouble(kind, detail, fatal=fatal))
        if fatal:
            self.sheets = {}
        return self

    def crash(self, code: str, error: str = "ValueError") -> Self:
        """Let the rule ``code`` have crashed."""
        self.crashes.append(Crash(code, error))
        return self
