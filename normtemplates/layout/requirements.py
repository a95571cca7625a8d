"""From a field of the definition to the conditions on its answers."""

from __future__ import annotations

from datetime import date

from normtemplates.layout.conditions import (
    AimBefore,
    Condition,
    InList,
    IsDate,
    MaxAge,
    MaxLength,
    NoError,
    NotAfter,
    NotBefore,
    Placeholder,
    Required,
    StatusRequired,
    Thin,
    Unexpected,
    When,
)
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.step_back import StepBack
from normtemplates.model.norm import DateBound, Field, FieldKind, Norm, Requirement, Role
from normtemplates.model.round import Round

_BOUND_NAMES = {
    DateBound.REFERENCE: "de peildatum",
    DateBound.RETURN: "de inleverdatum",
    DateBound.AMBITION: "de ambitie",
}


def conditions_of(
    norm: Norm,
    round_: Round,
    requirement: Requirement | None,
    cover: Field | None = None,
    label: str = "",
    *,
    beside: bool = False,
) -> tuple[Condition, ...]:
    """Give the conditions on one row of the overview, or on one ``cover`` field.

    ``beside`` says that last round's status stands in the row too.

    In the order in which Controle names them: what makes a cell unreadable first, then the
    columns from left to right, and what only asks for attention last.
    """
    fields = [cover] if cover is not None else [f for f in norm.fields if f.answerable]
    first: list[Condition] = []
    rest: list[Condition] = []
    advice: list[Condition] = []
    for one in fields:
        name = label or one.header
        first.append(NoError(one.key, name, one.brief))
        rest += _hard(norm, round_, requirement, one, name)
        advice += _advice(norm, round_, requirement, one, name)
        if beside:
            advice += _step_back(norm, one, name)
    return (*first, *rest, *advice)


def _hard(
    norm: Norm, round_: Round, requirement: Requirement | None, one: Field, name: str
) -> list[Condition]:
    unused = _when(norm, one.unused_for, negated=True)
    hint = one.help or one.prompt
    found: list[Condition] = []
    if one.kind is FieldKind.STATUS:
        found.append(StatusRequired(one.key, name, one.brief, hint=hint, choice=True))
        labels = tuple(s.label for s in norm.statuses)
        found.append(InList(one.key, name, one.brief, labels=labels))
        return found
    needed = _needed(norm, requirement, one)
    if one.required or needed:
        when = None if one.required else needed
        choice = one.kind is FieldKind.CHOICE
        found.append(Required(one.key, name, one.brief, when, hint, choice=choice))
        if one.kind is FieldKind.TEXT and norm.placeholders:
            words = tuple(dict.fromkeys(key_of_text(w) for w in norm.placeholders))
            found.append(Placeholder(one.key, name, one.brief, when, hint, words=words))
    if one.kind is FieldKind.CHOICE:
        found.append(InList(one.key, name, one.brief, unused, labels=one.choices))
    if one.kind is FieldKind.TEXT and one.max_length:
        found.append(MaxLength(one.key, name, one.brief, longest=one.max_length))
    if one.kind is FieldKind.DATE:
        found.append(IsDate(one.key, name, one.brief, unused, example=one.example))
        for bound, kind in ((one.not_before, NotBefore), (one.not_after, NotAfter)):
            day = round_.date_of(bound) if bound else None
            if bound and day:
                what = _BOUND_NAMES[bound]
                found.append(kind(one.key, name, one.brief, unused, day=day, what=what))
    return found


def _advice(
    norm: Norm, round_: Round, requirement: Requirement | None, one: Field, name: str
) -> list[Condition]:
    needed = _needed(norm, requirement, one)
    found: list[Condition] = []
    if one.min_letters and needed:
        hint = one.help
        found.append(Thin(one.key, name, one.brief, needed, hint, fewest=one.min_letters))
    if one.kind is FieldKind.DATE and one.aim_before:
        day = round_.date_of(one.aim_before)
        unused = _when(norm, one.unused_for, negated=True)
        if day:
            what = _BOUND_NAMES[one.aim_before]
            found.append(AimBefore(one.key, name, one.brief, unused, day=day, what=what))
    if one.kind is FieldKind.DATE and one.recurring_only and requirement and needed:
        end = round_.date_of(one.not_after or DateBound.RETURN)
        for period, words in (
            (requirement.recurrence, "dit elke {} te herhalen"),
            (requirement.max_age, "iets van hooguit {} oud"),
        ):
            if period and end:
                years = int(period.strip("PY"))
                span = "jaar" if years == 1 else f"{years} jaar"
                what = words.format(span)
                day = _years_before(end, years)
                found.append(MaxAge(one.key, name, one.brief, needed, day=day, what=what))
    if one is _first_unused_when_done(norm):
        when = _when(norm, (Role.DONE,))
        found.append(Unexpected(one.key, name, one.brief, when))
    return found


def _step_back(norm: Norm, one: Field, name: str) -> list[StepBack]:
    """Give the condition that a step back is explained, on the field that explains."""
    before = norm.previous_field
    if before is None or one is not explaining(norm):
        return []
    keys = [
        tuple(key_of_text(s.label) for s in norm.statuses if s.role is role)
        for role in (Role.DONE, Role.PARTLY, Role.MISSING)
    ]
    steps = tuple(
        (then, now)
        for place, then in enumerate(keys)
        if then and (now := tuple(k for worse in keys[place + 1 :] for k in worse))
    )
    status = norm.field_of_kind(FieldKind.STATUS).key
    if not steps:
        return []
    return [StepBack(one.key, name, one.brief, status=status, header=before.header, steps=steps)]


def explaining(norm: Norm) -> Field | None:
    """Give the text in which one says how it stands: for any status, needed when not done."""
    texts = (f for f in norm.fields if f.kind is FieldKind.TEXT and not f.unused_for)
    return next((f for f in texts if Role.MISSING in f.required_for), None)


def _first_unused_when_done(norm: Norm) -> Field | None:
    """Give the first text that a finished requirement leaves empty: one warning a row will do."""
    texts = (f for f in norm.fields if f.kind is FieldKind.TEXT and Role.DONE in f.unused_for)
    return next(texts, None)


def _needed(norm: Norm, requirement: Requirement | None, one: Field) -> When | None:
    """Give with which statuses the field must be filled in; ``None`` for never."""
    if one.recurring_only and not (requirement and requirement.recurring):
        return None
    return _when(norm, one.required_for)


def _when(norm: Norm, roles: tuple[Role, ...], *, negated: bool = False) -> When | None:
    statuses = norm.statuses_of(*roles)
    if not statuses:
        return None
    status = norm.field_of_kind(FieldKind.STATUS).key
    return When(status, tuple(key_of_text(s.label) for s in statuses), negated)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
