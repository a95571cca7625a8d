"""What a cell says on entering it and on refusing what was typed."""

from __future__ import annotations

from normtemplates import dutch
from normtemplates.layout.conditions import Required
from normtemplates.layout.contract import RowSlot
from normtemplates.model.norm import Field
from normtemplates.model.round import Round
from normtemplates.model.texts import fill


def prompt_of(one: Field, slot: RowSlot) -> str:
    """Give the prompt of a field in a row; the last sentence only where it can be needed."""
    if one.prompt_needed and any(
        isinstance(c, Required) and c.field == one.key for c in slot.conditions
    ):
        return f"{one.prompt} {one.prompt_needed}"
    return one.prompt


def stop_of(one: Field, round_: Round) -> str:
    """Give the stop message of a field with the dates of the round written out.

    Raises :class:`~normtemplates.errors.DefinitionError` for an unknown name in it.
    """
    values = {}
    for name, bound in (("not_before", one.not_before), ("not_after", one.not_after)):
        day = round_.date_of(bound) if bound else None
        if day:
            values[name] = dutch.long_date(day)
    return fill(one.stop, values)
