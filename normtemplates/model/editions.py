"""Where the requirements of an earlier edition went: one step at a time, oldest edition first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from normtemplates.model.norm import Norm

#: For each number of the earlier edition the numbers of the later one that took its place.
Successors = Mapping[str, tuple[str, ...]]


def successors(before: Norm, now: Norm) -> Successors:
    """Give where the numbers of ``before`` went in ``now``, the edition that follows it.

    A number that no change names kept its number. Empty for a requirement that was dropped.
    """
    moved: dict[str, list[str]] = {}
    for change in now.changes:
        for number in change.old:
            moved.setdefault(number, []).extend(change.new)
    return {
        number: tuple(dict.fromkeys(moved[number]))
        if number in moved
        else ((number,) if number in now.by_number else ())
        for number in before.by_number
    }


def along(editions: Sequence[Norm]) -> Successors:
    """Give where the numbers of the first of ``editions`` went in the last.

    ``editions`` follow each other; with a single one every number kept its place.
    """
    places: dict[str, tuple[str, ...]] = {number: (number,) for number in editions[0].by_number}
    for before, now in pairwise(editions):
        step = successors(before, now)
        places = {
            number: tuple(dict.fromkeys(new for one in here for new in step.get(one, ())))
            for number, here in places.items()
        }
    return places
