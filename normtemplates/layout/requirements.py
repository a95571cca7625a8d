"""From a field of the definition to the conditions on its answers."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from normtemplates import dutch
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
    PartRequired,
    PartsBegun,
    PartsDone,
    Placeholder,
    Required,
    StatusRequired,
    Thin,
    Unexpected,
    When,
)
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.step_back import StepBack
from normtemplates.model.norm import (
    DateBound,
    Field,
    FieldKind,
    Norm,
    PartStatus,
    Requirement,
    Role,
)
from normtemplates.model.round import Round

_BOUND_NAMES = {
    DateBound.REFERENCE: "de peildatum",
    DateBound.RETURN: "de inleverdatum",
    DateBound.AMBITION: "de ambitie",
}


def fields_of(norm: Norm, requirement: Requirement | None) -> tuple[Field, ...]:
    """Give the columns that are answered for a requirement; a sub-item has fewer."""
    part = requirement is not None and requirement.is_part
    return tuple(f for f in norm.fields if f.answerable and (f.in_parts or not part))


def part_status(number: str, status_key: str) -> str:
    """Give the key by which a norm's conditions know the status of its sub-item ``number``."""
    return f"{number}/{status_key}"


@frozen
class _Line:
    """What a row is about; ``requirement`` is ``None`` for a cover field."""

    norm: Norm
    round: Round
    requirement: Requirement | None

    @property
    def part(self) -> bool:
        return self.requirement is not None and self.requirement.is_part

    @property
    def scale(self) -> tuple[PartStatus, ...]:
        return self.norm.part_statuses if self.part else self.norm.statuses

    def when(self, roles: tuple[Role, ...], *, negated: bool = False) -> When | None:
        """Give the statuses with one of ``roles``; ``None`` where there is none."""
        labels = tuple(key_of_text(s.label) for s in self.scale if s.role in roles)
        return When(_status_key(self.norm), labels, negated) if labels else None

    def unused(self, one: Field) -> When | None:
        """Give the statuses with which the field is used, when it is not with all."""
        return self.when(one.unused_for, negated=True)

    def needed(self, one: Field) -> When | None:
        """Give with which statuses the field must be filled in; ``None`` for never."""
        if self.part:
            return self.when(one.part_required_for)
        if one.recurring_only and not (self.requirement and self.requirement.recurring):
            return None
        return self.when(one.required_for)


def _status_key(norm: Norm) -> str:
    return norm.field_of_kind(FieldKind.STATUS).key


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
    fields = fields_of(norm, requirement) if cover is None else (cover,)
    line = _Line(norm, round_, requirement)
    first: list[Condition] = []
    rest: list[Condition] = []
    advice: list[Condition] = []
    for one in fields:
        name = label or one.header
        first.append(NoError(one.key, name, one.brief))
        rest += _hard(line, one, name)
        advice += _advice(line, one, name)
        if beside and not line.part:
            advice += _step_back(norm, one, name)
    return (*first, *rest, *advice)


def _hard(line: _Line, one: Field, name: str) -> list[Condition]:
    norm, unused, hint = line.norm, line.unused(one), one.help or one.prompt
    found: list[Condition] = []
    if one.kind is FieldKind.STATUS:
        labels = tuple(s.label for s in line.scale)
        if line.part:
            do = f"Kies {dutch.one_of(labels)}."
            found.append(PartRequired(one.key, name, one.brief, hint=do, choice=True))
        else:
            found.append(StatusRequired(one.key, name, one.brief, hint=hint, choice=True))
        found.append(InList(one.key, name, one.brief, labels=labels))
        return found
    needed = line.needed(one)
    required = one.required and not line.part
    if required or needed:
        when = None if required else needed
        choice = one.kind is FieldKind.CHOICE
        hints = _own_hints(line, one)
        found.append(Required(one.key, name, one.brief, when, hint, choice=choice, hints=hints))
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
            day = line.round.date_of(bound) if bound else None
            if bound and day:
                what = _name_of(line.round, bound)
                found.append(kind(one.key, name, one.brief, unused, day=day, what=what))
    return found


def _own_hints(line: _Line, one: Field) -> tuple[tuple[str, str], ...]:
    """Give what a status asks in this field, where its own words begin with the field's name."""
    prefix = f"{one.header}: "
    return tuple(
        (key_of_text(s.label), dutch.sentence_start(s.then.removeprefix(prefix)))
        for s in line.scale
        if s.then.startswith(prefix)
    )


def _name_of(round_: Round, bound: DateBound) -> str:
    """Name a bound as it is: a round without a return date is bounded by its reference date."""
    if bound is DateBound.RETURN and round_.return_date is None:
        bound = DateBound.REFERENCE
    return _BOUND_NAMES[bound]


def _advice(line: _Line, one: Field, name: str) -> list[Condition]:
    needed = line.needed(one)
    found: list[Condition] = []
    if one.min_letters and needed:
        hint = one.help
        found.append(Thin(one.key, name, one.brief, needed, hint, fewest=one.min_letters))
    if one.kind is FieldKind.DATE and one.aim_before:
        day = line.round.date_of(one.aim_before)
        if day and day > line.round.reference_date:  # later on, every action comes too late for it
            what = line.norm.ambition_in_text or f"uiterlijk {dutch.long_date(day)}"
            found.append(AimBefore(one.key, name, one.brief, line.unused(one), day=day, what=what))
    requirement = line.requirement
    if one.kind is FieldKind.DATE and one.recurring_only and requirement and needed:
        end = line.round.date_of(one.not_after or DateBound.RETURN)
        for period, words in (
            (requirement.recurrence, "dit {} te herhalen"),
            (requirement.max_age, "iets van hooguit {} oud"),
        ):
            if period and end:
                years = int(period.strip("PY"))
                if period is requirement.recurrence:
                    span = "elk jaar" if years == 1 else f"elke {years} jaar"
                else:
                    span = "een jaar" if years == 1 else f"{years} jaar"
                what = words.format(span)
                day = _years_before(end, years)
                found.append(MaxAge(one.key, name, one.brief, needed, day=day, what=what))
    if one is line.norm.action_field and not line.part:  # one warning a row will do
        found.append(Unexpected(one.key, name, one.brief, line.when((Role.DONE,))))
    if one.kind is FieldKind.STATUS and requirement:
        found += _parts(line, requirement, one, name)
    return found


def _step_back(norm: Norm, one: Field, name: str) -> list[StepBack]:
    """Give the condition that a step back is explained, on the field that explains."""
    before = norm.previous_field
    if before is None or one is not norm.explaining_field:
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


def _parts(
    line: _Line, requirement: Requirement, one: Field, name: str
) -> list[PartsDone | PartsBegun]:
    """Give the conditions that no sub-item gainsays the status; none without sub-items.

    Where the scale has no word between done and missing, what is missing may have begun.
    """
    below = tuple(
        (number, part_status(number, one.key))
        for number in line.norm.parts_below(requirement.number)
    )
    between = any(s.role is Role.PARTLY for s in line.scale)
    idle = (Role.MISSING, Role.NOT_APPLICABLE) if between else (Role.NOT_APPLICABLE,)
    found: list[PartsDone | PartsBegun] = []
    for condition, roles, gainsaid in (
        (PartsDone, (Role.DONE,), (Role.PARTLY, Role.MISSING)),
        (PartsBegun, idle, (Role.DONE,)),
    ):
        when = line.when(roles)
        labels = tuple(s.label for s in line.norm.part_statuses if s.role in gainsaid)
        if below and labels and when:
            found.append(condition(one.key, name, one.brief, when, parts=below, labels=labels))
    return found


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
