"""A step back since the round before that nobody explained."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from normtemplates.layout.condition import CellOf, Condition, Row, one_of, shown
from normtemplates.model.finding import Severity

#: By what name conditions know last round's status and last round's explanation.
PREVIOUS: Final = "previous/status"
PREVIOUS_TEXT: Final = "previous/explanation"


@frozen
class StepBack(Condition):
    """Where less is in order than the round before, the explanation says something new.

    ``status`` is the key of the status field; ``steps`` pairs the keys of statuses of then with
    those of now that are a step back from them. ``header`` is what the column of then is called.
    """

    status: str = field(kw_only=True)
    header: str = field(kw_only=True)
    steps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = field(kw_only=True)

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return "waarom een stap terug?"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        then, now = shown(row.value(PREVIOUS)), shown(row.value(self.status))
        same = "leeg" if not row.key(self.field) else "dezelfde als toen"
        return (
            f"{self.header} was ‘{then}’ en nu staat er ‘{now}’, maar {self.name} is {same}. "
            f"Schrijf bij {self.name} in een paar woorden wat er sindsdien is veranderd."
        )

    def _violated(self, row: Row) -> bool:
        then, now = row.key(PREVIOUS), row.key(self.status)
        if not any(then in before and now in after for before, after in self.steps):
            return False
        explained = row.key(self.field)
        return not explained or explained == row.key(PREVIOUS_TEXT)

    def _formula(self, cells: CellOf) -> str:
        then, now, text = cells.key(PREVIOUS), cells.key(self.status), cells.key(self.field)
        tests = [f"AND({one_of(then, a)},{one_of(now, b)})" for a, b in self.steps]
        back = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        same = f"EXACT({text},{cells.key(PREVIOUS_TEXT)})"
        return f"IF({back},IF(LEN({text})=0,TRUE,{same}),FALSE)"
