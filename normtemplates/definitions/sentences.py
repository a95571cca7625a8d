"""Are the themes and requirements of a norm sound: numbers, order, what builds on what?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from normtemplates.definitions.toml import Document, Place
from normtemplates.definitions.wording import listed, quoted, suggestion, units, words_of
from normtemplates.model.norm import FieldKind, Norm, Requirement, Role, Theme
from normtemplates.model.organisation import OrganisationKind

_THEME_NUMBER = re.compile(r"[1-9][0-9]?")
_NUMBER = re.compile(r"[1-9][0-9]?(\.[1-9][0-9]?)+(\.[a-z])?")
_PERIOD = re.compile(r"P[1-9][0-9]?Y")


def check_sentences(document: Document, norm: Norm, kinds: Mapping[str, OrganisationKind]) -> None:
    """Note what is wrong with themes and requirements of ``norm``."""
    _check_themes(document, norm)
    _check_numbers(document, norm)
    _check_doubles(document, norm)
    for place, _, requirement in _walk(norm):
        _check_periods(document, place, requirement)
        _check_builds_on(document, place, requirement, norm)
        _check_not_fitting(document, place, requirement, norm, kinds)
    _check_circles(document, norm)


def _walk(norm: Norm) -> Iterator[tuple[Place, Theme, Requirement]]:
    for t, theme in enumerate(norm.themes):
        for r, requirement in enumerate(theme.requirements):
            yield ("theme", t, "requirement", r), theme, requirement


def _check_themes(document: Document, norm: Norm) -> None:
    if not norm.themes:
        document.fault(("theme",), "De norm heeft geen thema’s. Voeg [[theme]] toe.")
    previous = 0
    for position, theme in enumerate(norm.themes):
        place = ("theme", position)
        if not theme.requirements:
            document.fault((*place, "requirement"), "Dit thema heeft geen normen. Voeg ze toe.")
        if not _THEME_NUMBER.fullmatch(theme.number):
            if theme.number:
                document.fault(
                    (*place, "number"),
                    f'{quoted(theme.number)} kan geen nummer zijn. Schrijf bijvoorbeeld "2".',
                )
        elif int(theme.number) <= previous:
            document.fault(
                (*place, "number"),
                f"Thema {theme.number} komt na thema {previous}. Zet de thema’s op volgorde, elk "
                "met een eigen nummer.",
            )
        else:
            previous = int(theme.number)


def _check_numbers(document: Document, norm: Norm) -> None:
    seen: set[str] = set()
    previous = ""
    for place, theme, requirement in _walk(norm):
        number = requirement.number
        at = (*place, "number")
        if not number:
            continue
        if not _NUMBER.fullmatch(number):
            document.fault(
                at,
                f'{quoted(number)} kan geen nummer zijn. Schrijf bijvoorbeeld "2.10" of '
                '"3.2.1.a", zonder punt aan het eind.',
            )
            continue
        if number in seen:
            document.fault(at, f"Nummer {number} staat er al. Geef elke norm een eigen nummer.")
            continue
        seen.add(number)
        if not _THEME_NUMBER.fullmatch(theme.number):
            continue
        if not number.startswith(f"{theme.number}."):
            document.fault(
                at, f"Nummer {number} begint niet met het nummer van het thema ({theme.number})."
            )
            continue
        if previous and _order(number) < _order(previous):
            document.fault(at, f"Nummer {number} komt na {previous}. Zet de normen op volgorde.")
            continue
        previous = number
        above = number.rpartition(".")[0]
        if "." in above and above not in seen:
            document.fault(
                at, f"Nummer {number} hoort onder {above}, maar die is er niet. Voeg hem toe."
            )


def _order(number: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(p), "") if p.isdigit() else (0, p) for p in number.split("."))


def _check_doubles(document: Document, norm: Norm) -> None:
    """A returned row that lost its number is recognised by its sentence."""
    first: dict[str, str] = {}
    for place, _, requirement in _walk(norm):
        words = words_of(requirement.text)
        if words and words in first:
            document.fault(
                (*place, "text"),
                f"Dezelfde zin staat bij {first[words]}. Controleer welke van de twee klopt.",
            )
        first.setdefault(words, requirement.number)


def _check_periods(document: Document, place: Place, requirement: Requirement) -> None:
    for key in ("recurrence", "max_age"):
        period = getattr(requirement, key)
        if period is not None and not _PERIOD.fullmatch(period):
            document.fault(
                (*place, key),
                f'{quoted(period)} is geen termijn. Schrijf hele jaren, bijvoorbeeld "P1Y".',
            )


def _check_builds_on(
    document: Document, place: Place, requirement: Requirement, norm: Norm
) -> None:
    for position, number in enumerate(requirement.builds_on):
        at = (*place, "builds_on", position)
        if number == requirement.number:
            document.fault(at, "Een norm kan niet op zichzelf bouwen. Haal het nummer weg.")
        elif number in requirement.builds_on[:position]:
            document.fault(at, f"Nummer {number} staat er twee keer. Haal er een weg.")
        elif number and number not in norm.by_number:
            tail = suggestion(number, norm.by_number)
            document.fault(at, f"Norm {quoted(number)} bestaat niet.{tail}")


def _check_circles(document: Document, norm: Norm) -> None:
    below = {number: _reached(number, norm) for number in norm.by_number}
    for place, _, requirement in _walk(norm):
        number = requirement.number
        circle = [n for n in sorted(below[number] - {number}) if number in below[n]]
        if circle:
            document.fault(
                (*place, "builds_on"),
                f"Deze norm bouwt in een kring op zichzelf, via {listed(circle)}. Haal er een weg.",
            )


def _reached(number: str, norm: Norm) -> set[str]:
    """Give the numbers that ``number`` builds on, directly or by way of others."""
    reached: set[str] = set()
    waiting = [number]
    while waiting:
        for other in norm.by_number[waiting.pop()].builds_on:
            if other not in reached and other in norm.by_number:
                reached.add(other)
                waiting.append(other)
    return reached


def _check_not_fitting(
    document: Document,
    place: Place,
    requirement: Requirement,
    norm: Norm,
    kinds: Mapping[str, OrganisationKind],
) -> None:
    room = min(
        (
            field.max_length
            for field in norm.fields
            if field.kind is FieldKind.TEXT
            and field.max_length
            and Role.NOT_APPLICABLE in field.required_for
        ),
        default=None,
    )
    grounds: list[tuple[Place, str]] = []
    if only := requirement.applies_to:
        at = (*place, "applies_to")
        grounds.append((at, only.ground))
        for position, kind in enumerate(only.kinds):
            _check_kind(document, (*at, "kinds", position), kind, only.kinds[:position], kinds)
    seen: set[str] = set()
    for position, case in enumerate(requirement.not_fitting):
        at = (*place, "not_fitting", position)
        grounds.append((at, case.ground))
        _check_kind(document, (*at, "kind"), case.kind, seen, kinds)
        seen.add(case.kind)
    for at, ground in grounds:
        if room is not None and units(ground) > room:
            document.fault(
                (*at, "ground"),
                f"De reden is langer dan {room} tekens en past niet in haar kolom. Maak haar "
                "korter.",
            )


def _check_kind(
    document: Document,
    place: Place,
    kind: str,
    before: Container[str],
    kinds: Mapping[str, OrganisationKind],
) -> None:
    if kind and kind not in kinds:
        tail = suggestion(kind, kinds) or f" Bekend zijn: {listed(kinds)}."
        document.fault(place, f"De soort organisatie {quoted(kind)} is onbekend.{tail}")
    if kind in before:
        document.fault(place, f"{quoted(kind)} staat er twee keer.")
