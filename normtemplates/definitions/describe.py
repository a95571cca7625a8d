"""A norm in plain lines of Dutch, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill as wrap

from normtemplates.definitions.wording import quoted, suggestion
from normtemplates.dutch import enumerate_nl
from normtemplates.errors import RequestError
from normtemplates.model.norm import Norm, Requirement, Theme

_WIDTH = 96


def summary(norm: Norm) -> str:
    """Give how much the norm holds: ``5 thema’s, 57 normen, 16 onderdelen``."""
    themes, parts = len(norm.themes), sum(1 for r in norm.requirements if r.is_part)
    norms = len(norm.requirements) - parts
    words = [
        "1 thema" if themes == 1 else f"{themes} thema’s",
        "1 norm" if norms == 1 else f"{norms} normen",
    ]
    if parts:
        words.append("1 onderdeel" if parts == 1 else f"{parts} onderdelen")
    return ", ".join(words)


def overview(norms: Iterable[Norm]) -> Iterator[str]:
    """Give one line for each of ``norms``."""
    found = tuple(norms)
    codes = max((len(norm.code) for norm in found), default=0)
    editions = max((len(norm.edition) for norm in found), default=0)
    for norm in found:
        yield (f"{norm.code:<{codes}}  {norm.edition:<{editions}}  {norm.title} ({summary(norm)})")


def sentences(norm: Norm) -> Iterator[str]:
    """Give the whole norm: themes with their numbered sentences."""
    yield f"{norm.title}, editie {norm.edition}"
    room = max(len(requirement.number) for requirement in norm.requirements) + 2
    for theme in norm.themes:
        yield ""
        yield theme.heading
        for requirement in theme.requirements:
            if requirement.heading:
                yield requirement.heading
            yield wrap(
                requirement.text,
                _WIDTH,
                initial_indent=f"{requirement.number:<{room}}",
                subsequent_indent=" " * room,
                break_on_hyphens=False,
            )


def one_requirement(norm: Norm, number: str) -> Iterator[str]:
    """Give all that is known of one requirement.

    Raises ``RequestError`` when the norm has no such number.
    """
    requirement = norm.by_number.get(number)
    if requirement is None:
        tail = suggestion(number, norm.by_number) or f" De norm heeft {summary(norm)}."
        raise RequestError(f"Norm {quoted(number)} bestaat niet in {norm.code}.{tail}")
    theme = next(theme for theme in norm.themes if requirement in theme.requirements)
    return _card(norm, theme, requirement)


def _card(norm: Norm, theme: Theme, requirement: Requirement) -> Iterator[str]:
    yield f"{norm.title}, editie {norm.edition}"
    yield f"Thema {theme.heading}"
    yield ""
    if requirement.heading:
        yield requirement.heading
    above = [r for r in norm.requirements if requirement.number.startswith(f"{r.number}.")]
    below = [norm.by_number[number] for number in norm.parts_below(requirement.number)]
    for one in (*above, requirement, *below):
        yield wrap(f"{one.number}  {one.text}", _WIDTH, break_on_hyphens=False)
    facts = [
        ("Herhaling", _years(requirement.recurrence, "elke")),
        ("Niet ouder dan", _years(requirement.max_age, "")),
        ("Bouwt op", ", ".join(requirement.builds_on)),
        *_limits(requirement),
        *(
            (f"Past niet bij {case.kind}", case.ground + (" (vast)" if case.locked else ""))
            for case in requirement.not_fitting
        ),
        ("Toelichting", requirement.explanation),
        ("Voetnoot", requirement.footnote),
        ("Hoe anderen het deden", requirement.guidance),
        ("Opmerking", requirement.remark),
    ]
    told = [(label, value) for label, value in facts if value]
    if told:
        yield ""
    for label, value in told:
        yield wrap(f"{label}: {value}", _WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _limits(requirement: Requirement) -> Iterator[tuple[str, str]]:
    if only := requirement.applies_to:
        yield "Geldt alleen voor", f"{enumerate_nl(only.kinds)} (vast). {only.ground}"


def _years(period: str | None, before: str) -> str:
    """Give a period of whole years in words, ``""`` for ``None``."""
    if period is None:
        return ""
    count = period[1:-1]
    if before:
        return "elk jaar" if count == "1" else f"{before} {count} jaar"
    return f"{count} jaar"
