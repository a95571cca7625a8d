"""Kinds both ways: what the cell lets through is what the check can read."""

from __future__ import annotations

from datetime import date

import pytest

from normtemplates.layout.kinds import Choice, Date, Kind, Problem, Text, likely_date, nearest
from normtemplates.model.answers import Value, date_value, text_value
from normtemplates.model.submission import CellKind

KINDS: list[Kind] = [
    Text(20),
    Date(date(2024, 2, 29), date(2025, 4, 1)),
    Choice(("Hoog", "In ontwikkeling"), "lijst_x"),
]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_specimens_are_read_or_refused_as_the_cell_does(kind: Kind) -> None:
    good, bad = kind.specimens()
    assert good
    assert bad
    for value in good:
        assert not isinstance(kind.parse(value), Problem), value
    for value in bad:
        assert isinstance(kind.parse(value), Problem), value


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_an_error_value_is_a_problem_and_an_empty_cell_is_none(kind: Kind) -> None:
    assert kind.parse(Value(CellKind.ERROR, "#N/A")) == Problem("error")
    assert not kind.parse(text_value(" \u00a0\n"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("31-12-2025", date(2025, 12, 31)),
        ("31/12/25", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
        ("31 december 2025", date(2025, 12, 31)),
        ("31 dec. 2025", date(2025, 12, 31)),
        ("woensdag 31 dec 2025", date(2025, 12, 31)),
        ("wo 31-12-2025", date(2025, 12, 31)),
        ("1 mrt '25", date(2025, 3, 1)),
        ("eind 2025", None),
        ("31-02-2025", None),
        ("Q3", None),
        ("2025", None),
        ("", None),
    ],
)
def test_likely_date(typed: str, meant: date | None) -> None:
    assert likely_date(text_value(typed)) == meant


def test_a_number_can_be_a_date_written_without_dashes() -> None:
    assert likely_date(Value(CellKind.NUMBER, "20251231")) == date(2025, 12, 31)
    assert likely_date(Value(CellKind.NUMBER, "46022")) is None


def test_a_time_of_day_is_dropped_and_a_boolean_is_no_date() -> None:
    kind = Date()
    day = float(date_value(date(2025, 4, 1)).text)
    assert kind.parse(Value(CellKind.NUMBER, str(day + 0.99))) == date(2025, 4, 1)
    assert isinstance(kind.parse(Value(CellKind.BOOLEAN, "1")), Problem)


def test_length_counts_utf16_units() -> None:
    assert Text(2).parse(text_value("😀")) == "😀"
    assert isinstance(Text(1).parse(text_value("😀")), Problem)


STATUSES = ("Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("uitgevoert", "Uitgevoerd"),
        ("Ontbrekt", "Ontbreekt"),
        ("in ontwikeling", "In ontwikkeling"),
        ("niet van toepasing", "Niet van toepassing"),
        ("n.v.t.", "Niet van toepassing"),
        ("NVT", "Niet van toepassing"),
        ("n.v.t", "Niet van toepassing"),
        ("n/a", None),
        ("Ja", None),
        ("x", None),
        ("gereed", None),
    ],
)
def test_nearest(typed: str, meant: str | None) -> None:
    assert nearest(typed, STATUSES) == meant
