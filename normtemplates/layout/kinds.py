"""Kinds of answer, both ways: what the cell allows, and how what came back is read.

One class per kind, so that the validation that Excel shows and the reading on return change
by the same line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from attrs import frozen

from normtemplates.layout.keys import key, key_of_text
from normtemplates.model.answers import Value, date_value, day_of, text_value
from normtemplates.model.submission import CellKind

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2099, 12, 31)
_FIRST = float(date_value(FIRST_DAY).text)
_AFTER_LAST = float(date_value(LAST_DAY).text) + 1


class Problem(NamedTuple):
    """Why a value cannot be used; ``suggestion`` is what was probably meant, or ``None``."""

    what: Literal["not-in-list", "not-a-date", "too-long", "error"]
    suggestion: str | None = None


@frozen
class CellRule:
    """What a validation lets through and how the cell shows it.

    ``allow`` is the type of validation; for ``list`` ``source`` is the defined name of the
    list, for ``date`` ``first`` and ``last`` bound it, for ``textLength`` ``longest``.
    """

    allow: Literal["list", "date", "textLength"]
    source: str = ""
    first: date = FIRST_DAY
    last: date = LAST_DAY
    longest: int = 32767


def utf16_length(text: str) -> int:
    """Give the length of ``text`` as Excel's LEN counts it, in UTF-16 units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


@frozen
class Text:
    """Free text of at most ``longest`` UTF-16 units; a number or boolean is read as text."""

    longest: int

    def cell_rule(self) -> CellRule:
        """Give the validation of the cell."""
        return CellRule("textLength", longest=self.longest)

    def parse(self, value: Value) -> str | Problem:
        """Read a typed value; ``""`` when the cell is empty."""
        if value.kind is CellKind.ERROR:
            return Problem("error")
        if value.kind is CellKind.TEXT and utf16_length(value.text) > self.longest:
            return Problem("too-long")
        return value.text if key(value) else ""

    def specimens(self) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """Give values that the cell must let through, and values that it must refuse."""
        good = (text_value("a"), text_value("x" * self.longest))
        return good, (text_value("x" * (self.longest + 1)),)


@frozen
class Date:
    """A day; a time of day that comes along is dropped."""

    first: date = FIRST_DAY
    last: date = LAST_DAY

    def cell_rule(self) -> CellRule:
        """Give the validation of the cell."""
        return CellRule("date", first=self.first, last=self.last)

    def parse(self, value: Value) -> date | Problem | None:
        """Read a typed value; ``None`` when the cell is empty.

        Only days from 1990 up to 2099 count as dates: a number outside them is something
        else that was typed.
        """
        if value.kind is CellKind.ERROR:
            return Problem("error")
        if not key(value):
            return None
        if is_day(value):
            return day_of(float(value.text))
        likely = likely_date(value)
        return Problem("not-a-date", likely.strftime("%d-%m-%Y") if likely else None)

    def specimens(self) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """Give values that the cell must let through, and values that it must refuse."""
        good = (date_value(self.first), date_value(self.last))
        bad = (text_value("31-12-2025"), text_value("eind 2025"), Value(CellKind.NUMBER, "7"))
        return good, bad


@frozen
class Choice:
    """One of ``labels``; ``source`` is the defined name of the list in the workbook."""

    labels: tuple[str, ...]
    source: str

    def cell_rule(self) -> CellRule:
        """Give the validation of the cell."""
        return CellRule("list", source=self.source)

    def parse(self, value: Value) -> str | Problem | None:
        """Read a typed value as one of the labels; ``None`` when the cell is empty.

        Case and spaces do not count; any other word is a problem, however near.
        """
        if value.kind is CellKind.ERROR:
            return Problem("error")
        typed = key(value)
        if not typed:
            return None
        for label in self.labels:
            if key_of_text(label) == typed and value.kind is CellKind.TEXT:
                return label
        return Problem("not-in-list", nearest(value.text, self.labels))

    def specimens(self) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """Give values that the cell must let through, and values that it must refuse."""
        good = tuple(text_value(label) for label in self.labels)
        return good, (text_value("geen van deze"), Value(CellKind.NUMBER, "1"))


Kind = Text | Date | Choice


def is_day(value: Value) -> bool:
    """Tell whether ``value`` is a day number from 1990 up to 2099; a boolean never is."""
    if value.kind is not CellKind.NUMBER:
        return False
    return _FIRST <= float(value.text) < _AFTER_LAST


def nearest(text: str, labels: tuple[str, ...]) -> str | None:
    """Give the label that ``text`` probably means, or ``None`` when none is near.

    The first letters of a label of more words mean it too: "n.v.t." is "Niet van toepassing".
    """
    from rapidfuzz import fuzz, process  # not needed as long as everything is right

    wanted = key_of_text(text[:200])
    letters = "".join(filter(str.isalpha, wanted))
    for label in labels:
        words = label.lower().split()
        if len(words) > 1 and letters == "".join(word[0] for word in words):
            return label
    if len(wanted) == 1:  # one letter says too little to guess from
        return None
    keys = {label: key_of_text(label) for label in labels}
    found = process.extractOne(wanted, keys, scorer=fuzz.ratio, score_cutoff=60)
    return str(found[2]) if found else None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari"), ("feb", "februari"), ("mrt", "maart", "mar"), ("apr", "april"),
            ("mei",), ("jun", "juni"), ("jul", "juli"), ("aug", "augustus"),
            ("sep", "september", "sept"), ("okt", "oktober", "oct"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTHS_IN_A_YEAR = 12
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo|\w+dag)\.?,?\s+")
_NUMERIC = re.compile(r"^(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})$")
_NAMED = re.compile(r"^(\d{1,2})[-\s.]*([a-z]+)\.?[-\s]*('?\d{2}|\d{4})$")


def likely_date(value: Value) -> date | None:
    """Give the date that ``value`` was probably meant to be, or ``None`` when in doubt.

    Reads Dutch notations ("31-12-2025", "31/12/25", "31 dec. 2025", "2025-12-31") and a
    number such as 20251231. A notation that could be read in two ways is read day first.
    """
    text = " ".join(value.text.replace("\u00a0", " ").split()).lower()[:60]
    if value.kind is CellKind.NUMBER:
        text = re.sub(r"^(\d{4})(\d{2})(\d{2})(?:\.0+)?$", r"\1-\2-\3", text)
    text = _WEEKDAY.sub("", text)
    if found := _NUMERIC.match(text):
        first, second, third = found.groups()
        if len(first) == 4:
            return _date(int(first), int(second), int(third))
        return _date(_year(third), int(second), int(first))
    if (found := _NAMED.match(text)) and found[2] in _MONTHS:
        return _date(_year(found[3].lstrip("'")), _MONTHS[found[2]], int(found[1]))
    return None


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2\d{4}")


def certain_date(value: Value) -> date | None:
    """Give the date that the text ``value`` can only have meant, or ``None``.

    That is an ISO date, a month in words, or a day that cannot be a month ("31-12-2025", and
    "5-5-2025" too); the year always in full. "4-5-2025" could be the fifth of April.
    """
    found = likely_date(value)
    if found is None or value.kind is not CellKind.TEXT:
        return None
    text = " ".join(value.text.replace("\u00a0", " ").split()).lower()
    if _ISO_DAY.fullmatch(text):
        return found
    if numeric := _DAY_FIRST.fullmatch(text):
        day, month = int(numeric[1]), int(numeric[3])
        return found if day > _MONTHS_IN_A_YEAR or day == month else None
    named = _NAMED.fullmatch(text)
    return found if named and len(named[3]) == len("2025") else None


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
