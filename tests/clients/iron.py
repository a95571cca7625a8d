"""IronCalc, a spreadsheet engine inside the process: by far the fastest of the three.

It knows values and formulas and little else: no protection, no validations.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.clients.values import CellError, Sheets, Value, position, settled

if TYPE_CHECKING:
    import ironcalc


def missing() -> str | None:
    """Say what is missing to run IronCalc, or ``None``."""
    return None if find_spec("ironcalc") else "ironcalc is not installed (scripts/environment test)"


class Model:
    """A loaded workbook whose inputs can be changed and whose values can be read."""

    def __init__(self, path: Path) -> None:
        """Load an .xlsx; its formulas keep the values of the file until ``evaluate``."""
        import ironcalc

        self._model: ironcalc.Model = ironcalc.load_from_xlsx(str(path))
        self._names = [str(sheet["name"]) for sheet in self._model.get_worksheets_properties()]

    def type(self, sheet: str, cell: str, text: str) -> None:
        """Enter text as a person does: a number, a formula, yes or no, or plain text."""
        self._model.set_user_input(self._names.index(sheet), *position(cell), text)

    def put(self, sheet: str, cell: str, value: str | float | bool | None) -> None:
        """Put a value of just this type into a cell."""
        where = (self._names.index(sheet), *position(cell))
        if value is None:
            self._model.clear_cell_contents(*where)
        elif isinstance(value, bool):
            self._model.update_cell_with_bool(*where, value)
        elif isinstance(value, str):
            self._model.update_cell_with_text(*where, value)
        else:
            self._model.update_cell_with_number(*where, float(value))

    def put_formula(self, sheet: str, cell: str, formula: str) -> None:
        """Put a formula, with its leading ``=`` and commas, into a cell."""
        self._model.update_cell_with_formula(self._names.index(sheet), *position(cell), formula)

    def evaluate(self) -> None:
        """Recalculate every formula."""
        self._model.evaluate()

    def value(self, sheet: str, cell: str) -> Value:
        """Return the value of one cell."""
        return self._value(self._names.index(sheet), *position(cell))

    def values(self) -> Sheets:
        """Return every value of every sheet."""
        sheets: list[dict[tuple[int, int], Value]] = [{} for _ in self._names]
        for sheet, row, column in self._model.get_all_cells():
            value = self._value(sheet, row, column)
            if value is not None:
                sheets[sheet][row, column] = value
        return dict(zip(self._names, sheets, strict=True))

    def _value(self, sheet: int, row: int, column: int) -> Value:
        value: Any = self._model.get_cell_value(sheet, row, column)
        if isinstance(value, str):
            kind = self._model.get_cell_type(sheet, row, column)
            return CellError(value) if kind == kind.ErrorValue else value
        if value is None or isinstance(value, bool):
            return value
        return settled(float(value))


class Iron:
    """What IronCalc can do for a test; keeps nothing between two calls."""

    def load(self, path: Path) -> Model:
        """Load a workbook to change and read."""
        return Model(path)

    def recalculate(self, path: Path) -> Sheets:
        """Return every value of a workbook after a recalculation."""
        model = Model(path)
        model.evaluate()
        return model.values()
