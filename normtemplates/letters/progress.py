"""What a letter may say of an overview that is filled in: counts by theme, and when actions end.

A letter to a council is public. So everything here counts, and names no norm by its number;
only :attr:`ProgressNames.norms` does, and it is empty unless somebody asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from attrs import frozen

from normtemplates.dutch import enumerate_nl, long_date, number_word, sentence_start
from normtemplates.model.norm import Norm, Role, Status
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

_NONE = "–"  # a count of nothing, as on the sheet Beeld
_OPEN = (Role.PARTLY, Role.MISSING)


@frozen
class Answered:
    """One answer of an overview that is akkoord.

    ``status`` is the key of a scale of the norm, and ``label`` its word. ``due`` is when the action
    is done, ``None`` without one; ``action`` what will be done.
    """

    status: str
    label: str = ""
    due: date | None = None
    action: str = ""


@frozen
class StatusNames:
    """One status, as an item of ``progress.statuses`` in a template."""

    label: Annotated[str, "de naam van de status"]
    count: Annotated[str, "hoeveel normen deze status hebben; een streepje voor nul"]


@frozen
class LineNames:
    """One theme with its counts, as an item of ``progress.themes`` in a template."""

    title: Annotated[str, "het nummer en de naam van het thema"]
    counts: Annotated[tuple[str, ...], "per status hoeveel normen, in volgorde van de statussen"]
    total: Annotated[str, "hoeveel normen het thema heeft"]


@frozen
class MomentNames:
    """A half-year, as an item of ``progress.moments`` in a template."""

    label: Annotated[str, "de periode, bijvoorbeeld Eerste helft van 2026"]
    count: Annotated[str, "bij hoeveel normen de actie dan klaar is"]


@frozen
class OpenNames:
    """A norm that is not carried out yet, as an item of ``progress.norms`` in a template."""

    number: Annotated[str, "het nummer van de norm"]
    text: Annotated[str, "de zin van de norm"]
    status: Annotated[str, "de naam van de status"]
    action: Annotated[str, "wat er gaat gebeuren"]
    due: Annotated[str, "wanneer dat klaar is, voluit"]


@frozen
class ProgressNames:
    """How an organisation stands, as ``progress`` in a template."""

    statuses: Annotated[tuple[StatusNames, ...], "de statussen van de norm, met hun aantal"]
    themes: Annotated[tuple[LineNames, ...], "de thema’s met hun aantallen, in volgorde"]
    total: Annotated[str, "hoeveel normen er zijn"]
    summary: Annotated[str, "in een paar zinnen hoe het ervoor staat"]
    done: Annotated[str, "in een paar zinnen wat is uitgevoerd"]
    planned: Annotated[str, "in een paar zinnen wat er nog moet gebeuren"]
    parts: Annotated[str, "in een zin de deelvragen, apart geteld; leeg als de norm er geen heeft"]
    moments: Annotated[
        tuple[MomentNames, ...], "per half jaar bij hoeveel normen de actie dan klaar is"
    ]
    chart_text: Annotated[str, "wat het diagram laat zien, voor wie het niet kan zien"]
    norms: Annotated[
        tuple[OpenNames, ...], "wat nog niet is uitgevoerd, per norm; alleen met --detail"
    ]


def progress_names(
    organisation: Organisation,
    round_: Round,
    answers: Mapping[str, Answered],
    *,
    detail: bool = False,
) -> ProgressNames:
    """Give the names for an overview with ``answers``, by the number of each requirement.

    What is part of a norm is counted apart. With ``detail`` what is not carried out yet is named
    one by one. Raises ``KeyError`` when a norm has no answer: the overview is not akkoord then.
    """
    norm = round_.norm
    by_theme = [
        Counter(answers[r.number].status for r in theme.requirements if not r.is_part)
        for theme in norm.themes
    ]
    totals = sum(by_theme, Counter[str]())
    roles = {status.key: status.role for status in norm.statuses}
    whole = [r for r in norm.requirements if not r.is_part]
    open_ = [r for r in whole if roles[answers[r.number].status] in _OPEN]
    dues = [answers[r.number].due for r in open_]
    lines = tuple(
        LineNames(
            theme.heading,
            tuple(_shown(counts[status.key]) for status in norm.statuses),
            str(counts.total()),
        )
        for theme, counts in zip(norm.themes, by_theme, strict=True)
    )
    return ProgressNames(
        statuses=tuple(StatusNames(s.label, _shown(totals[s.key])) for s in norm.statuses),
        themes=lines,
        total=str(totals.total()),
        summary=_summary(organisation, norm.statuses, totals),
        done=_done(
            round_, [_share(counts, roles, Role.DONE) for counts in by_theme], totals, roles
        ),
        planned=_planned(dues),
        parts=_parts(norm, Counter(answers[r.number].label for r in norm.parts)),
        moments=_moments(dues),
        chart_text=_chart_text(norm.statuses, lines),
        norms=tuple(_open(norm, answers)) if detail else (),
    )


def _open(norm: Norm, answers: Mapping[str, Answered]) -> Iterator[OpenNames]:
    """Give what is not carried out yet, sub-items too: a norm may end in what these go on with."""
    for requirement in norm.requirements:
        answer = answers[requirement.number]
        scale = {status.key: status for status in norm.scale_for(requirement)}
        if scale[answer.status].role in _OPEN:
            yield OpenNames(
                number=requirement.number,
                text=requirement.text,
                status=scale[answer.status].label,
                action=answer.action or _NONE,
                due=long_date(answer.due) if answer.due else _NONE,
            )


def _summary(organisation: Organisation, statuses: tuple[Status, ...], totals: Counter[str]) -> str:
    shares = [f"{totals[s.key]} keer ‘{s.label}’" for s in statuses if totals[s.key]]
    return (
        f"Bij elke norm is één status gekozen. Van de {totals.total()} normen is dat bij "
        f"{organisation.kind.terms['the_organisation']} {organisation.running_name} "
        f"{enumerate_nl(shares)}."
    )


def _share(counts: Counter[str], roles: Mapping[str, Role], role: Role) -> tuple[int, int]:
    """Give how many have ``role``, of how many that are applicable."""
    having = sum(n for key, n in counts.items() if roles[key] is role)
    fitting = sum(n for key, n in counts.items() if roles[key] is not Role.NOT_APPLICABLE)
    return having, fitting


def _done(
    round_: Round,
    shares: list[tuple[int, int]],
    totals: Counter[str],
    roles: Mapping[str, Role],
) -> str:
    done, fitting = _share(totals, roles, Role.DONE)
    if not done:
        return f"Van de {fitting} normen die bij onze taken passen, is er nog geen uitgevoerd."
    verb = "is er 1" if done == 1 else f"zijn er {done}"
    text = f"Van de {fitting} normen die bij onze taken passen, {verb} uitgevoerd."
    whole = [
        f"‘{theme.title}’"
        for theme, (having, of) in zip(round_.norm.themes, shares, strict=True)
        if of and having == of
    ]
    if len(whole) == len(round_.norm.themes):
        return f"{text} Daarmee is de norm helemaal uitgevoerd."
    if whole:
        what = "het thema" if len(whole) == 1 else "de thema’s"
        verb = "is" if len(whole) == 1 else "zijn"
        text += f" {sentence_start(what)} {enumerate_nl(whole)} {verb} helemaal uitgevoerd."
    return text


def _parts(norm: Norm, labels: Counter[str]) -> str:
    if not labels:
        return ""
    scale = dict.fromkeys(s.label for part in norm.parts for s in norm.scale_for(part))
    shares = [f"{labels[label]} keer ‘{label}’" for label in scale if labels[label]]
    return (
        f"Bij enkele normen horen onderdelen, samen {labels.total()}. Die zijn apart geteld: "
        f"{enumerate_nl(shares)}."
    )


def _planned(dues: list[date | None]) -> str:
    if not dues:
        return "Alle normen die bij onze taken passen, zijn uitgevoerd. Wij houden dat bij."
    if len(dues) == 1:
        return "1 norm is nog niet uitgevoerd. Daarvoor is een actie afgesproken."
    return f"{len(dues)} normen zijn nog niet uitgevoerd. Daarvoor zijn acties afgesproken."


def _moments(dues: list[date | None]) -> tuple[MomentNames, ...]:
    halves = Counter((day.year, day.month > 6) for day in dues if day)
    names = [
        MomentNames(f"{'Tweede' if late else 'Eerste'} helft van {year}", str(halves[year, late]))
        for year, late in sorted(halves)
    ]
    if undated := sum(1 for day in dues if day is None):
        names.append(MomentNames("Nog geen datum", str(undated)))
    return tuple(names)


def _chart_text(statuses: tuple[Status, ...], lines: tuple[LineNames, ...]) -> str:
    """Read the chart out, theme by theme; the table beside it has the same figures."""
    said = []
    for line in lines:
        shares = [
            f"{number_word(int(count))} keer {status.label.lower()}"
            for status, count in zip(statuses, line.counts, strict=True)
            if count != _NONE
        ]
        said.append(f"{line.title}: {enumerate_nl(shares)}")
    return f"Staafdiagram met het aantal normen per status. {'. '.join(said)}."


def _shown(count: int) -> str:
    return str(count) if count else _NONE
