"""Conditions on dates; each guards itself, since AND and OR do not stop at their first answer."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from normtemplates import dutch
from normtemplates.layout.condition import CellOf, Condition, Row, shown
from normtemplates.layout.kinds import FIRST_DAY, LAST_DAY, is_day, likely_date
from normtemplates.model.answers import Value, date_value, day_of
from normtemplates.model.finding import Severity
from normtemplates.model.submission import CellKind

_PAST = float(date_value(LAST_DAY).text) + 1
_LAST_SHOWN = 2958466.0  # the first number that Excel shows no date for: after 31-12-9999


@frozen
class IsDate(Condition):
    """The field holds a date, or nothing; ``example`` is one that fits, ``""`` for none."""

    example: str = field(default="", kw_only=True)

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"Typ een datum bij ‘{self.brief}’"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding, with the date that was probably meant."""
        value = row.value(self.field)
        likely = likely_date(value)
        do = "Vul een datum in als dag-maand-jaar"
        if likely:
            do = f"Maak het vak leeg en typ {likely:%d-%m-%Y} opnieuw"
        elif self.example:
            do += f", zoals {self.example}"
        what = f"‘{shown(value)}’. Dat is geen datum"
        if likely and value.kind is CellKind.TEXT:
            what = f"‘{shown(value)}’ als tekst, niet als datum"
        elif far := _far_day(value):
            what = f"{dutch.long_date(far)}. Dat kan niet kloppen: kijk naar het jaartal"
        return f"Bij {self.name} staat {what}. {do}."

    def _violated(self, row: Row) -> bool:
        value = row.value(self.field)
        return bool(row.key(self.field)) and value.kind is not CellKind.ERROR and not is_day(value)

    def _formula(self, cells: CellOf) -> str:
        value = cells.value(self.field)
        return (
            f"AND(LEN({cells.key(self.field)})>0,NOT(ISERROR({value})),"
            f"NOT({_day_guard(value, 'TRUE')}))"
        )


def _far_day(value: Value) -> date | None:
    """Give the day of a number past the dates that are taken, as far as a cell can show it."""
    number = value.number
    if number is None or not _PAST <= number < _LAST_SHOWN:
        return None
    return day_of(number)


@frozen
class _Bound(Condition):
    day: date = field(kw_only=True)
    what: str = field(kw_only=True)  # "de peildatum": for the sentence

    @property
    def _written(self) -> str:
        return dutch.long_date(self.day)

    def _typed(self, row: Row) -> str:
        return dutch.long_date(day_of(float(row.value(self.field).text)))


@frozen
class NotBefore(_Bound):
    """The date is not before ``day``."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"‘{self.brief}’ ligt te vroeg"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"{self.name} is {self._typed(row)}. Dat ligt vóór {self.what} "
            f"({self._written}). Vul een latere datum in."
        )

    def _violated(self, row: Row) -> bool:
        value = row.value(self.field)
        return is_day(value) and day_of(float(value.text)) < self.day

    def _formula(self, cells: CellOf) -> str:
        value = cells.value(self.field)
        return _day_guard(value, f"{value}<{_date_formula(self.day)}")


@frozen
class NotAfter(_Bound):
    """The date is not after ``day``; a time of day on that day is not after it."""

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"‘{self.brief}’ ligt te laat"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"{self.name} is {self._typed(row)}. Dat ligt na {self.what} ({self._written}). "
            "Vul een eerdere datum in."
        )

    def _violated(self, row: Row) -> bool:
        value = row.value(self.field)
        return is_day(value) and day_of(float(value.text)) > self.day

    def _formula(self, cells: CellOf) -> str:
        value = cells.value(self.field)
        return _day_guard(value, f"{value}>={_date_formula(self.day)}+1")


@frozen
class AimBefore(NotAfter):
    """The date is not after the day that everyone aims for; that only asks for attention."""

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"‘{self.brief}’ is na {self.day.year}"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        return (
            f"{self.name} is {self._typed(row)}. De ambitie is: klaar {self.what}. Kan het "
            "eerder? Zo niet, leg dat dan uit bij de toelichting."
        )


@frozen
class MaxAge(NotBefore):
    """What was done is recent enough for a norm that asks for repetition."""

    @property
    def severity(self) -> Severity:
        """Give how bad it is."""
        return Severity.WAARSCHUWING

    @property
    def short(self) -> str:
        """Give the sentence for Controle."""
        return f"‘{self.brief}’ is lang geleden"

    def describe(self, row: Row) -> str:
        """Give the sentence of the finding."""
        status = f" ‘{shown(row.value(self.when.status))}’" if self.when else ""
        return (
            f"{self.name} is {self._typed(row)}. De norm vraagt {self.what}, dus op "
            f"{self._written} of later. Klopt de status{status} nog?"
        )


def _date_formula(day: date) -> str:
    # Never a serial number: it means another day in a workbook that counts from 1904.
    return f"DATE({day.year},{day.month},{day.day})"


def _day_guard(reference: str, test: str) -> str:
    """Give ``test`` where the cell holds a day, else FALSE; AND would not stop at the guard."""
    first, after = _date_formula(FIRST_DAY), _date_formula(date(LAST_DAY.year + 1, 1, 1))
    inside = f"AND({reference}>={first},{reference}<{after})"
    inner = inside if test == "TRUE" else f"IF({inside},{test},FALSE)"
    return f"IF(ISNUMBER({reference}),{inner},FALSE)"
