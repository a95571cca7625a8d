"""What changed between two editions of a norm, in plain lines of Dutch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from textwrap import fill as wrap

from normtemplates.dutch import enumerate_nl, long_date
from normtemplates.model.editions import along
from normtemplates.model.norm import Change, Norm, Requirement

_WIDTH = 96


def differences(editions: Sequence[Norm]) -> Iterator[str]:
    """Give what the last of ``editions`` changes in the first, by subject.

    ``editions`` follow each other, oldest first. Two norms that do not follow each other may be
    given too: then what has the same number is compared.
    """
    before, now = editions[0], editions[-1]
    yield f"Van {before.title}, editie {before.edition}, naar {now.title}, editie {now.edition}:"
    blocks = (
        ("De norm zelf", list(_identity(before, now))),
        ("Thema’s", list(_themes(before, now))),
        ("Normen", list(_requirements(editions))),
        ("Statussen", list(_scale(before, now))),
        ("Kolommen", list(_fields(before, now))),
    )
    for heading, lines in blocks:
        if lines:
            yield ""
            yield heading
        for line in lines:
            yield wrap(line, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    if not any(lines for _, lines in blocks):
        yield "Er is niets veranderd."


def _identity(before: Norm, now: Norm) -> Iterator[str]:
    for what, old, new in (
        ("De titel", before.title, now.title),
        ("De uitgever", before.issuer, now.issuer),
        ("De website", before.website, now.website),
        ("De datum van het document", _day(before.issued), _day(now.issued)),
        ("De ambitie", _day(before.ambition), _day(now.ambition)),
        ("De evaluatie", before.evaluation, now.evaluation),
    ):
        if old != new:
            yield _changed(what, old, new)


def _themes(before: Norm, now: Norm) -> Iterator[str]:
    old = {theme.number: theme for theme in before.themes}
    new = {theme.number: theme for theme in now.themes}
    for number, theme in old.items():
        other = new.get(number)
        if other is None:
            yield f"Thema {theme.heading} is vervallen."
            continue
        if theme.title != other.title:
            yield _changed(f"Thema {number}", theme.title, other.title)
        if theme.introduction != other.introduction:
            yield f"Thema {number} heeft een andere inleiding."
    for number, theme in new.items():
        if number not in old:
            yield f"Thema {theme.heading} is nieuw."


def _requirements(editions: Sequence[Norm]) -> Iterator[str]:
    before, now = editions[0], editions[-1]
    notes = {n: c for later in editions[1:] for c in later.changes for n in c.old}
    places = along(editions) if _follow(editions) else {n: (n,) for n in before.by_number}
    came_from: dict[str, list[str]] = {}
    for old, found in places.items():
        for number in found:
            if number in now.by_number:
                came_from.setdefault(number, []).append(old)
    for old, found in places.items():
        new = [number for number in found if number in now.by_number]
        why = _why(notes.get(old))
        if not new:
            yield f"Norm {old} is vervallen: ‘{before.by_number[old].text}’.{why}"
        elif len(new) > 1:
            yield f"Norm {old} is gesplitst in {enumerate_nl(new)}.{why}"
        elif len(came_from[new[0]]) > 1:
            together = came_from[new[0]]
            if together[0] == old:
                yield f"De normen {enumerate_nl(together)} zijn samengevoegd tot {new[0]}.{why}"
        elif new[0] != old:
            yield f"Norm {old} heet nu {new[0]}.{why}"
        if len(new) == 1 and len(came_from[new[0]]) == 1:
            yield from _one(before.by_number[old], now.by_number[new[0]])
    for number, requirement in now.by_number.items():
        if number not in came_from:
            yield f"Norm {number} is nieuw: ‘{requirement.text}’."


def _one(old: Requirement, new: Requirement) -> Iterator[str]:
    what = f"Norm {new.number}"
    if old.text != new.text:
        yield _changed(what, old.text, new.text)
    for name, one, other in (
        ("herhaling", old.recurrence, new.recurrence),
        ("hoogste leeftijd van bewijs", old.max_age, new.max_age),
    ):
        if one != other:
            yield _changed(f"{what}, {name}", _years(one), _years(other))
    if old.builds_on != new.builds_on:
        yield _changed(f"{what}, bouwt op", ", ".join(old.builds_on), ", ".join(new.builds_on))


def _scale(before: Norm, now: Norm) -> Iterator[str]:
    yield from _names(
        [s.label for s in before.statuses], [s.label for s in now.statuses], "De status"
    )


def _fields(before: Norm, now: Norm) -> Iterator[str]:
    yield from _names([f.header for f in before.fields], [f.header for f in now.fields], "De kolom")


def _names(old: list[str], new: list[str], what: str) -> Iterator[str]:
    yield from (f"{what} ‘{name}’ is vervallen." for name in old if name not in new)
    yield from (f"{what} ‘{name}’ is nieuw." for name in new if name not in old)
    if sorted(old) == sorted(new) and old != new:
        yield f"{what[3:].capitalize()}: de volgorde is nu {enumerate_nl(new)}."


def _follow(editions: Sequence[Norm]) -> bool:
    return all(
        (later.code, later.previous_edition) == (one.code, one.edition)
        for one, later in pairwise(editions)
    )


def _why(change: Change | None) -> str:
    return f" {change.note}" if change and change.note else ""


def _changed(what: str, old: str, new: str) -> str:
    if not old:
        return f"{what}: nu ‘{new}’, eerst niets."
    if not new:
        return f"{what}: eerst ‘{old}’, nu niets."
    return f"{what}: eerst ‘{old}’, nu ‘{new}’."


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _years(period: str | None) -> str:
    return "" if period is None else f"{period[1:-1]} jaar"
