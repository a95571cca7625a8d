"""The whole table: one row for each hostile file."""

from __future__ import annotations

from functools import cache

from tests.hostile import active, books, formats, large, xmls, zips
from tests.hostile.case import Case


@cache
def cases() -> tuple[Case, ...]:
    """Give all rows, no two of the same family and name."""
    return tuple(
        one for part in (zips, xmls, books, large, active, formats) for one in part.cases()
    )
