"""What a cell says on entering it and on refusing what was typed."""

from __future__ import annotations

from attrs import frozen

from normtemplates import dutch
from normtemplates.layout.conditions import Required
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.slots import RowSlot
from normtemplates.model.norm import Field, FieldKind, Norm
from normtemplates.model.round import Round
from normtemplates.model.texts import fill


@frozen
class Guidance:
    """What one cell says; titles are at most 32 characters, which is what Excel shows."""

    prompt_title: str
    prompt: str
    stop_title: str
    stop: str


def guidance_of(norm: Norm, round_: Round, one: Field, slot: RowSlot) -> Guidance:
    """Give what the cell of a field says in a row.

    The last sentence of the prompt only where the field can be needed. Of a sub-item both
    sentences come from its own scale, for what the field says is about that of norms. Raises
    :class:`~normtemplates.errors.DefinitionError` for an unknown name in a stop message.
    """
    stop = stop_of(one, round_)
    if slot.part and one.kind is FieldKind.STATUS:
        choice = f"Kies {dutch.one_of(s.label for s in norm.part_statuses)}."
        return Guidance(one.prompt_title, choice, one.stop_title, choice)
    prompt = one.prompt
    needed = [c for c in slot.conditions if isinstance(c, Required) and c.field == one.key]
    if slot.part:
        prompt = _for_part(norm, one, needed)
    elif one.prompt_needed and needed:
        prompt = f"{one.prompt} {one.prompt_needed}"
    return Guidance(one.prompt_title, prompt, one.stop_title, stop)


def _for_part(norm: Norm, one: Field, needed: list[Required]) -> str:
    """Say when a sub-item needs a field, in the words of its own scale."""
    keys = {key for c in needed if c.when for key in c.when.keys}
    labels = [s.label for s in norm.part_statuses if key_of_text(s.label) in keys]
    sentences = [
        one.help or one.header + ".",
        f"Nodig bij {dutch.enumerate_nl(labels)}." if labels else "Dit mag leeg blijven.",
        f"Hooguit {one.max_length} tekens." if one.max_length else "",
    ]
    return " ".join(filter(None, sentences))


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
