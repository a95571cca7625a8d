"""The names that a letter template may use, each with its meaning.

A template sees these values and nothing else: plain texts and tuples of them, drawn from the
norm, the round and the register. :func:`names` lists them for the documentation and for the
message about an unknown name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, get_args, get_type_hints

import attrs
from attrs import frozen

from normtemplates.dutch import long_date, moment_label, number_word
from normtemplates.letters.feedback import FeedbackNames, GroupNames
from normtemplates.letters.progress import (
    LineNames,
    MomentNames,
    OpenNames,
    OpenPartNames,
    ProgressNames,
    StatusNames,
)
from normtemplates.letters.workbook import StepNames, WorkbookNames
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round


@frozen
class NormNames:
    """The norm, as ``norm`` in a template."""

    title: Annotated[str, "de volledige naam van de norm"]
    name_in_text: Annotated[str, "de naam van de norm in lopende tekst"]
    edition: Annotated[str, "de editie, bijvoorbeeld 2025"]
    issuer: Annotated[str, "wie de norm uitgeeft"]
    website: Annotated[str, "het adres van de site over de norm, leeg als er geen is"]
    ambition: Annotated[str, "de dag waarop iedereen wil voldoen, leeg als er geen is"]
    evaluation: Annotated[str, "wanneer de norm wordt geëvalueerd, leeg als dat niet vaststaat"]
    evaluation_label: Annotated[str, "hetzelfde in een paar woorden, bijvoorbeeld Eind 2027"]
    count: Annotated[int, "hoeveel normen er zijn, in cijfers"]
    part_count: Annotated[int, "hoeveel onderdelen er daarbij zijn, in cijfers; 0 voor geen"]
    issued: Annotated[str, "de datum van het document, leeg als die er niet is"]
    ambition_before: Annotated[str, "de dag na die van ambition: vóór die dag wil iedereen voldoen"]
    ambition_in_text: Annotated[
        str, "wanneer iedereen wil voldoen, in de woorden van de norm, bijvoorbeeld in 2027"
    ]


@frozen
class ThemeNames:
    """One theme of the norm, as an item of ``themes`` in a template."""

    number: Annotated[str, "het nummer van het thema"]
    title: Annotated[str, "de naam van het thema"]
    introduction: Annotated[str, "de inleiding van het thema"]


@frozen
class RoundNames:
    """The round, as ``round`` in a template."""

    title: Annotated[str, "de naam van de ronde, bijvoorbeeld nulmeting"]
    reference_date: Annotated[str, "de peildatum, bijvoorbeeld 1 april 2025"]
    return_date: Annotated[str, "de inleverdatum, leeg als er geen is"]


@frozen
class OrganisationNames:
    """The sender, as ``organisation`` in a template."""

    code: Annotated[str, "de CBS-code, bijvoorbeeld GM0000"]
    name: Annotated[str, "de naam in lopende tekst, bijvoorbeeld Voorbeeldstad"]
    full_name: Annotated[str, "de naam met de soort ervoor, bijvoorbeeld gemeente Voorbeeldstad"]
    official_name: Annotated[str, "de officiële naam"]
    province: Annotated[str, "de provincie waarin de organisatie ligt"]
    region: Annotated[str, "waar het ingevulde overzicht heen gaat, bijvoorbeeld een RIEC"]
    the_name: Annotated[str, "de naam met lidwoord, bijvoorbeeld de gemeente Voorbeeldstad"]
    return_email: Annotated[str, "het e-mailadres daarvan, leeg als er geen bekend is"]
    return_post: Annotated[str, "het postadres daarvan, leeg als er geen bekend is"]


@frozen
class LetterContext:
    """All names of one letter."""

    norm: Annotated[NormNames, "de norm"]
    themes: Annotated[tuple[ThemeNames, ...], "de thema’s van de norm, in volgorde"]
    theme_count: Annotated[int, "hoeveel thema’s er zijn, in cijfers"]
    theme_count_word: Annotated[str, "hoeveel thema’s er zijn, tot en met twintig in woorden"]
    round: Annotated[RoundNames, "de ronde"]
    organisation: Annotated[OrganisationNames, "de afzender"]
    terms: Annotated[
        Mapping[str, str], "de woorden bij deze soort organisatie, uit registers/kinds.toml"
    ]


def context_of(organisation: Organisation, round_: Round) -> dict[str, object]:
    """Give the names of one letter: the attributes of :class:`LetterContext`."""
    norm = round_.norm
    context = LetterContext(
        norm=NormNames(
            title=norm.title,
            name_in_text=norm.name_in_text,
            edition=norm.edition,
            issuer=norm.issuer,
            website=norm.website,
            ambition=long_date(norm.ambition) if norm.ambition else "",
            evaluation=norm.evaluation,
            evaluation_label=moment_label(norm.evaluation),
            count=sum(not r.is_part for r in norm.requirements),
            part_count=sum(r.is_part for r in norm.requirements),
            issued=long_date(norm.issued) if norm.issued else "",
            ambition_before=long_date(norm.ambition + timedelta(days=1)) if norm.ambition else "",
            ambition_in_text=norm.ambition_in_text
            or (f"uiterlijk {long_date(norm.ambition)}" if norm.ambition else ""),
        ),
        themes=tuple(ThemeNames(t.number, t.title, t.introduction) for t in norm.themes),
        theme_count=len(norm.themes),
        theme_count_word=number_word(len(norm.themes)),
        round=RoundNames(
            title=round_.title,
            reference_date=long_date(round_.reference_date),
            return_date=long_date(round_.return_date) if round_.return_date else "",
        ),
        organisation=OrganisationNames(
            code=organisation.code,
            name=organisation.running_name,
            full_name=organisation.full_name,
            official_name=organisation.name,
            province=organisation.province,
            region=organisation.region.name,
            the_name=f"{organisation.kind.terms['the_organisation']} {organisation.running_name}",
            return_email=organisation.region.email,
            return_post=organisation.region.post,
        ),
        terms=dict(organisation.kind.terms),
    )
    return {field.name: getattr(context, field.name) for field in attrs.fields(LetterContext)}


#: Names that are there only with what they are drawn from: the house texts, or a return.
DRAWN: Mapping[str, type] = {
    "workbook": WorkbookNames,
    "progress": ProgressNames,
    "feedback": FeedbackNames,
}
# How a template calls the items of a list, in the loops of the shipped letters.
_ITEMS: Mapping[str, tuple[str, type]] = {
    "themes": ("theme", ThemeNames),
    "workbook.steps": ("step", StepNames),
    "progress.statuses": ("status", StatusNames),
    "progress.themes": ("line", LineNames),
    "progress.moments": ("moment", MomentNames),
    "progress.norms": ("row", OpenNames),
    "progress.open_parts": ("part", OpenPartNames),
    "feedback.mend": ("group", GroupNames),
}
_PARTS: Mapping[str, type] = {
    "norm": NormNames,
    "round": RoundNames,
    "organisation": OrganisationNames,
}


def names() -> Iterator[tuple[str, str]]:
    """Give every name with its meaning in Dutch, as a template writes it: ``norm.title``.

    The names of :data:`DRAWN` come last.
    """
    for name, meaning in _meanings(LetterContext):
        if name not in _PARTS:
            yield name, meaning
        yield from _inside(name, _PARTS.get(name))
    for name, part in DRAWN.items():
        yield from _inside(name, part)


def prefix_of(part: object) -> str:
    """Give how a template calls ``part``, a value or its class, with its dot: ``norm.``.

    ``""`` for what has no name.
    """
    wanted = part if isinstance(part, type) else type(part)
    named = {**_PARTS, **DRAWN, **dict(_ITEMS.values())}
    return next((f"{name}." for name, kind in named.items() if kind is wanted), "")


def _inside(name: str, part: type | None) -> Iterator[tuple[str, str]]:
    """Give the names in a part, or in an item of the list ``name``."""
    if part is not None:
        for inner, meaning in _meanings(part):
            yield f"{name}.{inner}", meaning
            yield from _inside(f"{name}.{inner}", None)
    elif name in _ITEMS:
        item, kind = _ITEMS[name]
        for inner, meaning in _meanings(kind):
            yield f"{item}.{inner}", meaning


def _meanings(part: type) -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(part, include_extras=True).items():
        yield name, get_args(hint)[1]
