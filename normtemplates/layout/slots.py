"""The pieces of a layout: columns, rows, bands and cover fields, and how formulas refer to them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from normtemplates.layout.conditions import Condition
from normtemplates.layout.places import START, absolute, in_row
from normtemplates.model.norm import Field, Requirement, Theme

COVER_LABEL_COLUMN, COVER_COLUMN, COVER_KEY_COLUMN = 3, 4, 10


@frozen
class Column:
    """One column of the overview; ``key_column`` is ``None`` for a locked one."""

    field: Field
    column: int
    key_column: int | None


@frozen
class RowSlot:
    """The row of one requirement, with the conditions that its answers must satisfy.

    ``locked`` says that the whole row is pre-set and cannot be changed. ``keys`` are the
    fields that it has for answers: a sub-item has fewer than a norm.
    """

    requirement: Requirement
    theme: Theme
    row: int
    conditions: tuple[Condition, ...]
    locked: bool
    keys: tuple[str, ...]

    @property
    def part(self) -> bool:
        """Tell whether this is the row of a sub-item."""
        return self.requirement.is_part

    def opens(self, field_key: str) -> bool:
        """Tell whether the respondent may fill the field in."""
        return not self.locked and field_key in self.keys


@frozen
class Heading:
    """The row of a sub-heading of the document."""

    text: str
    row: int


@frozen
class Band:
    """The row of a theme's heading and the first and last row of its requirements."""

    theme: Theme
    row: int
    first: int
    last: int


@frozen
class CoverSlot:
    """One cover field: its label (terms filled in), its cell and its conditions."""

    field: Field
    label: str
    row: int
    conditions: tuple[Condition, ...]
    sheet: str = START
    column: int = COVER_COLUMN
    key_column: int = COVER_KEY_COLUMN


class RowCells:
    """The references of one row's cells, for formulas on the same sheet.

    The statuses of sub-items are found too, by the key that :func:`part_status` gives; they
    stand in rows of their own, and in them wherever this row goes.
    """

    def __init__(
        self,
        row: int,
        columns: Mapping[str, tuple[int, int]],
        parts: Mapping[str, tuple[int, int, int]] | None = None,
    ) -> None:
        """Take the row and, by key, the columns of value and key; of ``parts`` also the row."""
        self._row, self._columns, self._parts = row, columns, parts or {}

    def value(self, field_key: str) -> str:
        """Give the reference of the answer cell."""
        return self._reference(field_key, 0)

    def key(self, field_key: str) -> str:
        """Give the reference of its key cell."""
        return self._reference(field_key, 1)

    def _reference(self, field_key: str, which: int) -> str:
        if field_key in self._columns:
            return in_row(self._row, self._columns[field_key][which])
        *columns, row = self._parts[field_key]
        return absolute(row, columns[which])


class CoverCells:
    """The references of all cover fields together, for the one Controle about them."""

    def __init__(self, cells: Mapping[str, RowCells]) -> None:
        """Take the cells of each field, by its key."""
        self._cells = cells

    def value(self, field_key: str) -> str:
        """Give the reference of the answer cell."""
        return self._cells[field_key].value(field_key)

    def key(self, field_key: str) -> str:
        """Give the reference of its key cell."""
        return self._cells[field_key].key(field_key)
