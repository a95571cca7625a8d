"""Answers by requirement and field: what was typed, not yet judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from attrs import field, frozen

from normtemplates.model.submission import CellKind

_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 date system, from March 1900 on


class Value(NamedTuple):
    """One typed value.

    ``text`` is as :class:`~normtemplates.model.submission.Cell` has it, but day numbers always
    count from 1900.
    """

    kind: CellKind
    text: str

    @property
    def number(self) -> float | None:
        """Give the number, or ``None`` when this is no number (a boolean is none)."""
        return float(self.text) if self.kind is CellKind.NUMBER else None


EMPTY = Value(CellKind.EMPTY, "")


def text_value(text: str) -> Value:
    """Give the value of typing ``text``; empty text is an empty cell."""
    return Value(CellKind.TEXT, text) if text else EMPTY


def date_value(day: date) -> Value:
    """Give the value of typing the date ``day`` (from March 1900 on)."""
    return Value(CellKind.NUMBER, str((day - _EPOCH).days))


def day_of(number: float) -> date:
    """Give the day of a day number of the 1900 system; the time of day is dropped.

    Raises ``OverflowError`` for a number outside the calendar.
    """
    return _EPOCH + timedelta(days=int(number // 1))


@frozen
class Answers:
    """All answers of one organisation: by requirement number and field key, and the cover."""

    rows: Mapping[str, Mapping[str, Value]] = field(factory=dict)
    cover: Mapping[str, Value] = field(factory=dict)

    def row(self, number: str) -> Mapping[str, Value]:
        """Give the answers at requirement ``number``; empty when there are none."""
        return self.rows.get(number, {})
