"""The base of all conditions: what a row is, when a condition holds, its two faces."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Protocol

from attrs import frozen

from normtemplates.layout.keys import key, literal
from normtemplates.model.answers import EMPTY, Value
from normtemplates.model.finding import Severity
from normtemplates.model.shown import shown as shown_text
from normtemplates.model.submission import CellKind


class CellOf(Protocol):
    """Where the cells of a row are, for a formula."""

    def value(self, field_key: str) -> str:
        """Give the reference of the answer cell, such as ``$C5``."""

    def key(self, field_key: str) -> str:
        """Give the reference of its key cell."""


class Row:
    """The typed values of one row with their keys, each key worked out once."""

    __slots__ = ("_keys", "_values")

    def __init__(self, values: Mapping[str, Value]) -> None:
        """Take the values by field key; a field that is not there is empty."""
        self._values = values
        self._keys: dict[str, str] = {}

    def value(self, field_key: str) -> Value:
        """Give the typed value."""
        return self._values.get(field_key, EMPTY)

    def key(self, field_key: str) -> str:
        """Give the key of the typed value."""
        found = self._keys.get(field_key)
        if found is None:
            found = self._keys[field_key] = key(self.value(field_key))
        return found

    def blank(self, field_keys: Iterable[str]) -> bool:
        """Tell whether nothing was typed in any of the fields."""
        return not any(self.key(field_key) for field_key in field_keys)


@frozen
class When:
    """With which statuses a condition holds: one of ``keys``, or (``negated``) none of them.

    ``keys`` are label keys of the scale. An empty or unknown status is none of them.
    """

    status: str
    keys: tuple[str, ...]
    negated: bool = False

    def holds(self, row: Row) -> bool:
        """Tell whether the row's status is one of those meant."""
        return (row.key(self.status) in self.keys) is not self.negated

    def formula(self, cells: CellOf) -> str:
        """Give the same as a formula."""
        one = one_of(cells.key(self.status), self.keys)
        return f"NOT({one})" if self.negated else one


@frozen
class Condition:
    """Base of all conditions: about ``field``, called ``name`` in full and ``brief`` in short.

    ``when`` is ``None`` for a condition that holds whatever the status. ``hint`` says what to
    do, for the finding.
    """

    field: str
    name: str
    brief: str
    when: When | None = None
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """Give how bad it is; a row with warnings only counts as complete."""
        return Severity.FOUT

    @property
    @abstractmethod
    def short(self) -> str:
        """Give the sentence for Controle."""

    @abstractmethod
    def describe(self, row: Row) -> str:
        """Give the sentence of the finding: what, and what to do."""

    @abstractmethod
    def _violated(self, row: Row) -> bool: ...

    @abstractmethod
    def _formula(self, cells: CellOf) -> str: ...

    def violated_by(self, row: Row) -> bool:
        """Tell whether the typed row breaks this condition."""
        return (self.when is None or self.when.holds(row)) and self._violated(row)

    def formula(self, cells: CellOf) -> str:
        """Give a formula, without ``=``, that is true when the row breaks this condition."""
        own = self._formula(cells)
        return own if self.when is None else f"AND({self.when.formula(cells)},{own})"


def one_of(reference: str, keys: tuple[str, ...]) -> str:
    """Give the formula that is true when the key cell holds one of ``keys``."""
    tests = [f"EXACT({reference},{literal(one)})" for one in keys]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def shown(value: Value) -> str:
    """Give what was typed as the cell shows it, short enough and with nothing hidden in it."""
    if value.kind is CellKind.BOOLEAN:
        return "WAAR" if value.text == "1" else "ONWAAR"
    if value.kind is CellKind.NUMBER:
        return shown_text(value.text.replace(".", ","))
    return shown_text(value.text)
