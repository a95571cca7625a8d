"""A norm as data: its sentences, its answer scale and the columns of its overview.

Everything here comes from ``templates/norms/<code>/<edition>.toml``; the attribute names are
the keys of that file.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from normtemplates.model.fitting import AppliesTo, NotFitting


class Role(Enum):
    """What a status means to the code; its label is the norm's own business."""

    DONE = "done"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class FieldKind(Enum):
    """What a column of the overview holds."""

    NUMBER = "number"  # the number of the requirement; locked
    SENTENCE = "sentence"  # the official sentence; locked
    CHECK = "check"  # Controle: the formula that says what a row still needs; locked
    PREVIOUS = "previous"  # the status of the round before, where that is known; locked
    STATUS = "status"  # one label of the norm's scale
    CHOICE = "choice"  # one of `choices`
    TEXT = "text"
    DATE = "date"


#: What ``check --answers`` says of every answer; no column with words of its own is called so.
HAND_OVER_KEYS = frozenset(
    {
        *("norm", "edition", "round", "organisation", "organisation_name", "kind", "riec"),
        *("safety_region", "theme", "requirement", "part_of", "status", "status_label", "role"),
        "source_sha256",
    }
)
_MOST = 32_767  # UTF-16 units in a cell
_OURS = (FieldKind.NUMBER, FieldKind.SENTENCE, FieldKind.CHECK, FieldKind.PREVIOUS)


class DateBound(Enum):
    """A date that bounds another; a bound without its date falls away."""

    REFERENCE = "reference_date"  # peildatum, of the round
    RETURN = "return_date"  # of the round; the reference date where it has none
    AMBITION = "ambition"  # of the norm


@frozen
class PartStatus:
    """One word of the scale for sub-items.

    ``meaning`` says when to choose it, ``then`` what else to fill in. ``tint`` is the colour
    of its cells, ``#RRGGBB``.
    """

    key: str
    label: str
    role: Role
    meaning: str
    then: str
    tint: str


@frozen
class Status(PartStatus):
    """One status of the scale.

    ``meaning_first`` is added to the meaning in a first round. ``letter`` stands in the tile;
    ``strong`` with ``on_strong`` (``#RRGGBB``) are for charts and tiles.
    """

    letter: str
    strong: str
    on_strong: str
    meaning_first: str = ""


@frozen
class Field:
    """One column of the overview or one cover field of the Start sheet.

    ``header`` is the exact column header (or the label of the cover field; there it may hold
    terms such as ``{board}``), ``short`` a shorter name for Controle where the header is long.
    ``width`` counts characters, ``width_beside`` those that are left of it beside a column with
    the status of the round before (0 for as many). ``required`` asks for an answer
    whatever the status, ``required_for`` only with a status of one of these roles;
    ``recurring_only`` narrows that to requirements with a recurrence or a maximum age.
    ``unused_for`` are the roles for which there is nothing to fill in. ``parts`` says that
    sub-items have this field too (the status they always have), ``part_required_for`` with
    which roles they need it. ``max_length`` counts
    UTF-16 units, as Excel does; ``min_letters`` is the length under which an answer that is
    required counts as thin. ``not_before`` and ``not_after`` are hard, ``aim_before`` only
    warns. ``prompt`` appears on entering the cell, ``stop`` when what is typed is refused;
    ``prompt_needed`` is added to the prompt of the rows where the field can be required.
    ``help`` and ``example`` are for Uitleg.
    """

    key: str
    header: str
    kind: FieldKind
    short: str = ""
    width: float = 0
    width_beside: float = 0
    group: str = ""
    required: bool = False
    required_for: tuple[Role, ...] = ()
    recurring_only: bool = False
    unused_for: tuple[Role, ...] = ()
    parts: bool = False
    part_required_for: tuple[Role, ...] = ()
    choices: tuple[str, ...] = ()
    max_length: int | None = None
    min_letters: int | None = None
    not_before: DateBound | None = None
    not_after: DateBound | None = None
    aim_before: DateBound | None = None
    prompt_title: str = ""
    prompt: str = ""
    prompt_needed: str = ""
    stop_title: str = ""
    stop: str = ""
    help: str = ""
    example: str = ""

    @property
    def brief(self) -> str:
        """Give the name that fits in Controle."""
        return self.short or self.header

    @property
    def answerable(self) -> bool:
        """Tell whether the respondent fills this field in."""
        return self.kind not in _OURS

    def needed_for(self, role: Role) -> bool:
        """Tell whether a norm with a status of ``role`` needs an answer here."""
        return (self.required or role in self.required_for) and role not in self.unused_for

    @property
    def in_parts(self) -> bool:
        """Tell whether the respondent fills this field in for sub-items."""
        return self.kind is FieldKind.STATUS or self.parts


def is_part(number: str) -> bool:
    """Tell whether ``number`` is of a sub-item of a norm: ``3.1.2`` and ``3.2.1.a`` are."""
    return number.count(".") > 1


def called(number: str) -> str:
    """Name the requirement with ``number`` in running text: ``norm 3.1``, ``onderdeel 3.1.2``."""
    return f"{'onderdeel' if is_part(number) else 'norm'} {number}"


@frozen
class Requirement:
    """One numbered sentence of the norm, verbatim.

    ``number`` is text without a final dot (``"2.10"``). ``heading`` is the sub-heading that
    the document has above it. ``recurrence`` and ``max_age`` are ISO 8601 periods in whole
    years (``"P1Y"``) or ``None``. ``builds_on`` are numbers. ``applies_to`` is ``None`` for
    a sentence that speaks to everyone. ``explanation`` is the official toelichting (empty
    where we have none), ``footnote`` the document's own footnote, ``guidance`` our own
    pointer to a handreiking, ``remark`` a slip of the issuer or what changed since.
    """

    number: str
    text: str
    heading: str = ""
    recurrence: str | None = None
    max_age: str | None = None
    builds_on: tuple[str, ...] = ()
    applies_to: AppliesTo | None = None
    not_fitting: tuple[NotFitting, ...] = ()
    explanation: str = ""
    footnote: str = ""
    guidance: str = ""
    remark: str = ""

    @property
    def recurring(self) -> bool:
        """Tell whether the sentence asks for repetition or for something recent."""
        return self.recurrence is not None or self.max_age is not None

    @property
    def is_part(self) -> bool:
        """Tell whether it is a sub-item of a norm: ``3.1.2`` and ``3.2.1.a`` are, ``3.1`` not."""
        return is_part(self.number)

    @property
    def part_of(self) -> str | None:
        """Give the number of the norm that this is a sub-item of; ``None`` for a norm itself."""
        return ".".join(self.number.split(".")[:2]) if self.is_part else None

    def not_fitting_for(self, kind: str) -> NotFitting | None:
        """Give why it does not fit organisations of ``kind``, or ``None``."""
        only = self.applies_to
        if only is not None and kind not in only.kinds:
            return NotFitting(kind, only.ground, locked=True, ours=False)
        for case in self.not_fitting:
            if case.kind == kind:
                return case
        return None


@frozen
class Change:
    """What this edition did with requirements of the edition before it.

    ``old`` are numbers of that edition, ``new`` numbers of this one. One to one is renumbered,
    one to several split, several to one put together, ``new`` empty dropped.
    Numbers that no change names kept their number. ``note`` says why, in Dutch.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    note: str = ""


@frozen
class Theme:
    """One theme with its introduction and requirements, in the norm's order."""

    number: str
    title: str
    introduction: str
    requirements: tuple[Requirement, ...] = field(alias="requirement")

    @property
    def norms(self) -> tuple[Requirement, ...]:
        """Give the norms by themselves, without their sub-items."""
        return tuple(r for r in self.requirements if not r.is_part)

    @property
    def heading(self) -> str:
        """Give number and title as one line: ``1. Bewustwording & Organisatie``."""
        return f"{self.number}. {self.title}"


@frozen(eq=False, slots=False)
class Norm:
    """One edition of a norm.

    ``ambition`` is the last day by which everyone wants to comply and ``ambition_in_text`` the
    norm's own words for it ("vóór 31 december 2024"), ``evaluation`` the moment of evaluation in
    words, ``issued`` the date of the document; each ``None`` where the source
    gives none. ``placeholders`` are words that stand for "still to come". ``name_in_text``
    is how running text calls the norm after its first mention, ``note`` what the document
    itself says about its terms. ``previous_edition`` is the edition that this one follows, or
    ``None``, and ``changes`` what it did with its numbers. Equality is identity: a norm is
    loaded once.
    """

    code: str
    edition: str
    title: str
    name_in_text: str
    issuer: str
    website: str
    source: str
    statuses: tuple[Status, ...] = field(alias="scale")
    fields: tuple[Field, ...] = field(alias="field")
    cover: tuple[Field, ...]
    themes: tuple[Theme, ...] = field(alias="theme")
    part_statuses: tuple[PartStatus, ...] = field(default=(), alias="part_scale")
    placeholders: tuple[str, ...] = ()
    issued: date | None = None
    ambition: date | None = None
    ambition_in_text: str = ""
    evaluation: str = ""
    note: str = ""
    previous_edition: str | None = None
    changes: tuple[Change, ...] = field(default=(), alias="change")

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Give all requirements in order, sub-items among them."""
        return tuple(r for theme in self.themes for r in theme.requirements)

    @cached_property
    def parts(self) -> tuple[Requirement, ...]:
        """Give the sub-items, in order."""
        return tuple(r for r in self.requirements if r.is_part)

    def parts_below(self, number: str) -> tuple[str, ...]:
        """Give the numbers of all sub-items below a requirement, however deep."""
        return tuple(r.number for r in self.parts if r.number.startswith(f"{number}."))

    @cached_property
    def by_number(self) -> dict[str, Requirement]:
        """Give the requirements by number."""
        return {r.number: r for r in self.requirements}

    def not_fitting(self, requirement: Requirement, kind: str) -> NotFitting | None:
        """Give why a requirement does not fit ``kind``, or ``None``.

        What holds for a norm holds for its sub-items.
        """
        number = requirement.number
        while number in self.by_number:
            if case := self.by_number[number].not_fitting_for(kind):
                return case
            number = number.rpartition(".")[0]
        return None

    @cached_property
    def field_by_key(self) -> dict[str, Field]:
        """Give the columns and cover fields by key."""
        return {f.key: f for f in (*self.fields, *self.cover)}

    def field_of_kind(self, kind: FieldKind) -> Field:
        """Give the one column of ``kind``.

        The loader sees to it that there is just one of number, sentence, check and status.
        """
        return next(f for f in self.fields if f.kind is kind)

    @cached_property
    def previous_field(self) -> Field | None:
        """Give the column for the status of the round before; ``None`` for a norm without."""
        return next((f for f in self.fields if f.kind is FieldKind.PREVIOUS), None)

    @cached_property
    def explaining_field(self) -> Field | None:
        """Give the text in which one says how it stands; ``None`` without one.

        It is there for any status, and needed when a requirement is not done.
        """
        texts = (f for f in self.fields if f.kind is FieldKind.TEXT and not f.unused_for)
        return next((f for f in texts if f.needed_for(Role.MISSING)), None)

    @cached_property
    def ground_field(self) -> Field | None:
        """Give the text that says why a requirement does not fit; ``None`` without one.

        One that is needed then goes before one that is only open.
        """
        role = Role.NOT_APPLICABLE
        texts = [f for f in self.fields if f.kind is FieldKind.TEXT and role not in f.unused_for]
        return next((f for f in texts if f.needed_for(role)), next(iter(texts), None))

    @cached_property
    def action_field(self) -> Field | None:
        """Give the text that says what will still be done; ``None`` without one.

        A finished requirement leaves it empty. Where there are more such texts, as for who will
        do it, it is the one with most room.
        """
        texts = [f for f in self.fields if f.kind is FieldKind.TEXT and Role.DONE in f.unused_for]
        return max(texts, key=lambda f: f.max_length or _MOST, default=None)

    @cached_property
    def due_field(self) -> Field | None:
        """Give the date on which that is done; ``None`` without one."""
        dates = [f for f in self.fields if f.kind is FieldKind.DATE]
        ahead = [f for f in dates if Role.DONE in f.unused_for]
        ahead += [f for f in dates if f.aim_before or f.not_before]
        return next(iter(ahead), None)

    def statuses_of(self, *roles: Role) -> tuple[Status, ...]:
        """Give the statuses that have one of ``roles``, in the scale's order."""
        return tuple(s for s in self.statuses if s.role in roles)

    def scale_for(self, requirement: Requirement) -> tuple[PartStatus, ...]:
        """Give the scale that a requirement is answered with: sub-items have their own."""
        return self.part_statuses if requirement.is_part else self.statuses
