"""The names that a letter template may use, each with its meaning.

A template sees these values and nothing else: plain texts and tuples of them, drawn from the
norm, the round and the register. :func:`names` lists them for the documentation and for the
message about an unknown name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, get_args, get_type_hints

import attrs
from attrs import frozen

from normtemplates.dutch import long_date, moment_label, number_word
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
        ),
        terms=dict(organisation.kind.terms),
    )
    return {field.name: getattr(context, field.name) for field in attrs.fields(LetterContext)}


def names() -> Iterator[tuple[str, str]]:
    """Give every name with its meaning in Dutch, as a template writes it: ``norm.title``."""
    parts = {
        "norm": NormNames,
        "themes": ThemeNames,
        "round": RoundNames,
        "organisation": OrganisationNames,
    }
    for name, meaning in _meanings(LetterContext):
        part = parts.get(name)
        if part is None or part is ThemeNames:
            yield name, meaning
        if part is not None:
            # A template goes through the themes one by one, each as `theme`.
            prefix = "theme" if part is ThemeNames else name
            for inner, inner_meaning in _meanings(part):
                yield f"{prefix}.{inner}", inner_meaning


def _meanings(part: type) -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(part, include_extras=True).items():
        yield name, get_args(hint)[1]
