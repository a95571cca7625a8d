"""Which kind of answer a field takes, and the lists that it is chosen from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normtemplates.layout.kinds import Choice, Date, Kind, Text
from normtemplates.model.norm import Field, FieldKind, Norm
from normtemplates.model.round import Round


class ListOf(NamedTuple):
    """The list of a field; ``part`` says that it is the one of sub-items."""

    field: Field
    kind: Choice
    part: bool

    @property
    def title(self) -> str:
        """Give what stands above it on the sheet with the lists."""
        return f"{self.field.brief} (onderdeel)" if self.part else self.field.brief


def lists_of(norm: Norm, round_: Round) -> Iterator[ListOf]:
    """Give every list of ``norm``, of its columns first and then of the cover."""
    for one in (*norm.fields, *norm.cover):
        kind = kind_of(norm, round_, one) if one.answerable else None
        if isinstance(kind, Choice):
            yield ListOf(one, kind, part=False)
        if one.kind is FieldKind.STATUS and norm.parts:
            kind = kind_of(norm, round_, one, part=True)
            if isinstance(kind, Choice):
                yield ListOf(one, kind, part=True)


def list_name(one: Field, *, part: bool = False) -> str:
    """Give the defined name of the list that a field takes its labels from.

    ``part`` asks for the one of sub-items, which have a scale of their own.
    """
    own = part and one.kind is FieldKind.STATUS
    return f"lijst_{one.key}_onderdeel" if own else f"lijst_{one.key}"


def kind_of(norm: Norm, round_: Round, one: Field, *, part: bool = False) -> Kind:
    """Give the kind of answer that a field takes, with its bounds in this round.

    ``part`` says that it is the field of a sub-item. Raises ``ValueError`` for a field that
    nobody fills in.
    """
    if one.kind is FieldKind.STATUS:
        scale = norm.part_statuses if part else norm.statuses
        return Choice(tuple(s.label for s in scale), list_name(one, part=part))
    if one.kind is FieldKind.CHOICE:
        return Choice(one.choices, list_name(one))
    if one.kind is FieldKind.TEXT:
        return Text(one.max_length or 32767)
    if one.kind is FieldKind.DATE:
        first = round_.date_of(one.not_before) if one.not_before else None
        last = round_.date_of(one.not_after) if one.not_after else None
        standard = Date()
        return Date(first or standard.first, last or standard.last)
    raise ValueError(f"nobody fills in {one.key}")
