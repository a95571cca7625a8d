"""What a letter may say of an overview that is filled in: counts by theme, and when actions end.

A letter to a council is public. So everything here counts, and names no norm by its number;
only :attr:`ProgressNames.norms` and :attr:`ProgressNames.open_parts` do, and they are empty unless
somebody asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from attrs import frozen

from normtemplates.dutch import enumerate_nl, long_date, sentence_start
from normtemplates.model.norm import Norm, Requirement, Role, Status
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
class OpenPartNames:
    """A sub-item that is not there yet, as an item of ``progress.open_parts`` in a template."""

    number: Annotated[str, "het nummer van het onderdeel"]
    text: Annotated[str, "de zin van het onderdeel"]
    status: Annotated[str, "de naam van het antwoord"]
    norm: Annotated[str, "het nummer van de norm waar het bij hoort"]
    norm_status: Annotated[str, "de status van die norm"]


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
    finished: Annotated[bool, "of er niets meer te doen is: elke norm en elk onderdeel is er"]
    detail: Annotated[bool, "of de brief normen noemt, en dus vertrouwelijk is"]
    norms: Annotated[
        tuple[OpenNames, ...], "de normen die nog niet zijn uitgevoerd; alleen met --detail"
    ]
    open_parts: Annotated[
        tuple[OpenPartNames, ...], "de onderdelen die er nog niet zijn; alleen met --detail"
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
    open_parts = tuple(_open_parts(norm, answers))
    named = tuple(_open_norm(norm, r, answers[r.number]) for r in open_) if detail else ()
    named_parts = open_parts if detail else ()
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
        finished=not open_ and not open_parts,
        detail=bool(named or named_parts),
        norms=named,
        open_parts=named_parts,
    )


def told_by_counts(round_: Round, answers: Mapping[str, Answered]) -> tuple[str, ...]:
    """Give the themes of which the counts alone say how each norm stands, and that it is open.

    All norms of such a theme that are applicable have one and the same status, and it is not the
    one of what is carried out. ``answers`` are those of :func:`progress_names`.
    """
    roles = {status.key: status.role for status in round_.norm.statuses}
    told = []
    for theme in round_.norm.themes:
        given = {answers[r.number].status for r in theme.requirements if not r.is_part}
        fitting = [key for key in given if roles[key] is not Role.NOT_APPLICABLE]
        if len(fitting) == 1 and roles[fitting[0]] in _OPEN:
            told.append(theme.title)
    return tuple(told)


def _label(norm: Norm, requirement: Requirement, answer: Answered) -> str:
    return next(s.label for s in norm.scale_for(requirement) if s.key == answer.status)


def _open_norm(norm: Norm, requirement: Requirement, answer: Answered) -> OpenNames:
    return OpenNames(
        number=requirement.number,
        text=requirement.text,
        status=_label(norm, requirement, answer),
        action=answer.action or _NONE,
        due=long_date(answer.due) if answer.due else _NONE,
    )


def _open_parts(norm: Norm, answers: Mapping[str, Answered]) -> Iterator[OpenPartNames]:
    """Give the sub-items that are not there yet, each with the norm that it belongs to."""
    whole = None
    for requirement in norm.requirements:
        if not requirement.is_part:
            whole = requirement
            continue
        assert whole is not None
        answer = answers[requirement.number]
        roles = {status.key: status.role for status in norm.scale_for(requirement)}
        if roles[answer.status] in _OPEN:
            yield OpenPartNames(
                number=requirement.number,
                text=requirement.text,
                status=_label(norm, requirement, answer),
                norm=whole.number,
                norm_status=_label(norm, whole, answers[whole.number]),
            )


def _summary(organisation: Organisation, statuses: tuple[Status, ...], totals: Counter[str]) -> str:
    """Say how many norms have each status: ``Bij … staan 24 normen op ‘Uitgevoerd’ en 3 op …``."""
    who = f"{organisation.kind.terms['the_organisation']} {organisation.running_name}"
    chosen = f"Bij elk van de {totals.total()} normen is één status gekozen."
    (first, count), *others = [(s.label, totals[s.key]) for s in statuses if totals[s.key]]
    if not others:
        return f"{chosen} Bij {who} is dat steeds ‘{first}’."
    shares = [f"{_norms(count)} op ‘{first}’", *(f"{n} op ‘{label}’" for label, n in others)]
    return f"{chosen} Bij {who} {'staat' if count == 1 else 'staan'} {enumerate_nl(shares)}."


def _norms(count: int) -> str:
    return f"{count} norm" if count == 1 else f"{count} normen"


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
    if not fitting:
        return "Geen van de normen past bij onze taken."
    if done == fitting:
        return (
            f"Alle {fitting} normen die bij onze taken passen, zijn uitgevoerd. Daarmee is de norm "
            "helemaal uitgevoerd."
        )
    if not done:
        return f"Van de {fitting} normen die bij onze taken passen, is er nog geen uitgevoerd."
    verb = "is er 1" if done == 1 else f"zijn er {done}"
    text = f"Van de {fitting} normen die bij onze taken passen, {verb} uitgevoerd."
    whole = [
        f"‘{theme.title}’"
        for theme, (having, of) in zip(round_.norm.themes, shares, strict=True)
        if of and having == of
    ]
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
    which = (
        "Het ene onderdeel is" if labels.total() == 1 else f"De {labels.total()} onderdelen zijn"
    )
    return f"{which} apart geteld: {enumerate_nl(shares)}."


def _planned(dues: list[date | None]) -> str:
    if not dues:
        return "Alle normen die bij onze taken passen, zijn uitgevoerd. Wij houden dat bij."
    if len(dues) == 1:
        return "Er is nog 1 norm niet uitgevoerd. Daarvoor is een actie afgesproken."
    return f"Er zijn nog {len(dues)} normen niet uitgevoerd. Daarvoor zijn acties afgesproken."


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
            f"{count} keer ‘{status.label}’"
            for status, count in zip(statuses, line.counts, strict=True)
            if count != _NONE
        ]
        said.append(f"{line.title}: {enumerate_nl(shares)}")
    return f"Staafdiagram met het aantal normen per status. {'. '.join(said)}."


def _shown(count: int) -> str:
    return str(count) if count else _NONE
