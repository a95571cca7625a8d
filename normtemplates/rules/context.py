"""What the rules know of a returned file besides its cells, worked out once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import NamedTuple

from attrs import field, frozen

from normtemplates.layout.conditions import Condition, NoError, Required, Row
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.recognise import Found, Recognised
from normtemplates.layout.step_back import StepBack
from normtemplates.model.answers import Value
from normtemplates.model.finding import Severity
from normtemplates.model.norm import Role
from normtemplates.model.round import Round
from normtemplates.model.submission import Cell, CellKind, Sheet
from normtemplates.rules.cells import AnswerCell, answer_cells


class Crash(NamedTuple):
    """A rule that crashed: its code (``""`` for the check as a whole) and the kind of error."""

    rule: str
    error: str
    refuses: bool = False


class Broken(NamedTuple):
    """A condition that an answer breaks; ``number`` is ``None`` on a cover field."""

    condition: Condition
    row: Row
    sheet: Sheet
    cell: Cell
    number: str | None


@frozen(eq=False, slots=False)
class Context:
    """What is known around a submission.

    ``recognised`` is ``None`` when the file could not be read. ``rounds`` are all rounds
    known; ``crashes`` are filled in by the registry.
    """

    recognised: Recognised | None
    rounds: tuple[Round, ...] = ()
    crashes: tuple[Crash, ...] = field(default=())

    @property
    def found(self) -> Found | None:
        """Give what was recognised, or ``None`` when no answer was taken."""
        return self.recognised.found if self.recognised else None

    def broken(self, kind: type[Condition]) -> Iterator[Broken]:
        """Give the broken conditions of exactly the class ``kind``, in the order of the rows.

        Raises the exception again that a condition of this class raised.
        """
        found, failures = self._judged
        yield from found.get(kind, ())
        if kind in failures:
            raise failures[kind]

    @cached_property
    def cells(self) -> tuple[AnswerCell, ...]:
        """Give each cell that is open for an answer, row by row and then the cover."""
        return tuple(answer_cells(self.found)) if self.found else ()

    @cached_property
    def typed(self) -> tuple[AnswerCell, ...]:
        """Give those of :attr:`cells` in which text was typed."""
        return tuple(
            one
            for one in self.cells
            if one.cell.kind is CellKind.TEXT and one.cell.formula is None and one.cell.text
        )

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Give the role of the status by requirement; those without a known status lack."""
        found = self.found
        if found is None:
            return {}
        layout = found.layout
        told: dict[str, Role] = {}
        for slot in layout.rows:
            number = slot.requirement.number
            value = found.answers.row(number).get(layout.status_key)
            typed = key_of_text(value.text) if value else ""
            for status in layout.norm.scale_for(slot.requirement):
                if typed and key_of_text(status.label) == typed:
                    told[number] = status.role
        return told

    @cached_property
    def _judged(
        self,
    ) -> tuple[dict[type[Condition], list[Broken]], dict[type[Condition], Exception]]:
        """Judge every row and the cover once; the rules of conditions share the outcome."""
        by_kind: dict[type[Condition], list[Broken]] = {}
        failures: dict[type[Condition], Exception] = {}
        for one in _judge(self.found, failures) if self.found else ():
            by_kind.setdefault(type(one.condition), []).append(one)
        return by_kind, failures


def _judge(found: Found, failures: dict[type[Condition], Exception]) -> Iterator[Broken]:
    """Give every broken condition that is worth telling.

    Nothing on a row or column that is not there (another rule says so), on a row that is
    fixed, or on the outcome of a formula, which nobody typed (an error value apart, since that
    is in sight); and no warning on a cell that must be mended anyway.
    """
    for slot in found.layout.rows:
        number = slot.requirement.number
        if slot.locked or number not in found.rows.by_number:
            continue
        values = found.layout.row_values(found.answers, slot)
        broken = _violated(slot.conditions, values, failures)
        yield from _told(broken, number, found.sheet, partial(found.cell, number))
    for cover in found.layout.cover:
        place = found.cover.get(cover.field.key)
        if place is not None:
            broken = _violated(cover.conditions, found.answers.cover, failures)
            yield from _told(broken, None, place[0], found.cover_cell)


def _violated(
    conditions: tuple[Condition, ...],
    values: Mapping[str, Value],
    failures: dict[type[Condition], Exception],
) -> list[tuple[Condition, Row]]:
    row = Row(values)
    broken = []
    for condition in conditions:
        # Nothing but being empty can be wrong with an empty cell; most cells are.
        if condition.field not in values and not isinstance(condition, Required | StepBack):
            continue
        try:
            if condition.violated_by(row):
                broken.append((condition, row))
        except Exception as error:  # told of once, by the rule of this class
            failures.setdefault(type(condition), error)
    return broken


def _told(
    broken: list[tuple[Condition, Row]],
    number: str | None,
    sheet: Sheet,
    cell_of: Callable[[str], Cell | None],
) -> Iterator[Broken]:
    wrong = {one.field for one, _ in broken if one.severity is Severity.FOUT}
    for one, row in broken:
        cell = cell_of(one.field)
        if cell is None or (cell.formula is not None and not isinstance(one, NoError)):
            continue
        if one.severity is Severity.FOUT or one.field not in wrong:
            yield Broken(one, row, sheet, cell, number)
