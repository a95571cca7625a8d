"""In which quarter actions are done: the same count as formulas and in Python.

A date before the first quarter, beyond 2099 or in words is no date to count by: its action
stands under "no date", as an unknown status stands under "not filled in".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key_of_text, literal
from normtemplates.layout.kinds import LAST_DAY, is_day
from normtemplates.layout.places import absolute_area, on
from normtemplates.model.answers import EMPTY, Answers, day_of
from normtemplates.model.norm import Role, Status

_MOST, _USUAL = 16, 8  # quarters in the chart: at most, and where the norm has no ambition


@frozen
class Quarters:
    """The quarters from the reference date to the ambition, as first days.

    After them come two more buckets: later, and no date. ``statuses`` are those that ask for
    an action, ``due`` is the key of the field that says when it is done and ``dates`` the cells
    that hold it.
    """

    starts: tuple[date, ...]
    statuses: tuple[Status, ...]
    due: str
    dates: str

    @property
    def buckets(self) -> int:
        """Give how many there are, later and no date included."""
        return len(self.starts) + 2

    @property
    def _bounds(self) -> list[date]:
        """Give the first day of each dated bucket, and the day after the last one."""
        return [*self.starts, _next(self.starts[-1]), date(LAST_DAY.year + 1, 1, 1)]

    def formulas(self, status_cells: str, status: Status) -> list[str]:
        """Give a formula for each dated bucket; ``status_cells`` are the key cells of Status."""
        chosen = f"{status_cells},{literal(key_of_text(status.label))}"
        return [
            f'COUNTIFS({chosen},{self.dates},">="&{_day(first)},{self.dates},"<"&{_day(after)})'
            for first, after in zip(self._bounds, self._bounds[1:], strict=False)
        ]

    def counts(self, answers: Answers, numbers: Iterable[str]) -> list[int]:
        """Give how many of the requirements ``numbers`` fall in each bucket."""
        counts = [0] * self.buckets
        for number in numbers:
            counts[self._bucket(answers, number)] += 1
        return counts

    def _bucket(self, answers: Answers, number: str) -> int:
        value = answers.row(number).get(self.due, EMPTY)
        if is_day(value):
            day = day_of(float(value.text))
            for bucket, after in enumerate(self._bounds[1:]):
                if self.starts[0] <= day < after:
                    return bucket
        return self.buckets - 1


def quarters_of(layout: Layout) -> Quarters | None:
    """Give the quarters of a round; ``None`` where no status or column asks when."""
    statuses = layout.norm.statuses_of(Role.PARTLY, Role.MISSING)
    due = layout.norm.due_field
    if due is None or not statuses:
        return None
    column = layout.column_by_key[due.key].column
    cells = absolute_area(layout.first_row, column, layout.last_row, column)
    return Quarters(
        starts=tuple(_starts(layout.round.reference_date, layout.norm.ambition)),
        statuses=statuses,
        due=due.key,
        dates=on(layout.sheet, cells),
    )


def _starts(first: date, ambition: date | None) -> Sequence[date]:
    starts = [date(first.year, (first.month - 1) // 3 * 3 + 1, 1)]
    while len(starts) < _MOST and (
        _next(starts[-1]) <= ambition if ambition else len(starts) < _USUAL
    ):
        starts.append(_next(starts[-1]))
    return starts


def _next(start: date) -> date:
    return date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)


def _day(day: date) -> str:
    # Never a serial number: it means another day in a workbook that counts from 1904.
    return f"DATE({day.year},{day.month},{day.day})"
