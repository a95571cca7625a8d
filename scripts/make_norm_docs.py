"""Write the tables in docs/eigen-norm.md from the code; ``--check`` only compares.

Which keys there are, which may be left out and what they hold comes from the classes that a file is
read into. What a key means stands here, and a key without a meaning, or the reverse, is an error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from normtemplates.definitions.registers import ORGANISATION_COLUMNS, REGION_COLUMNS
from normtemplates.definitions.rounds import RoundFile
from normtemplates.model.fitting import AppliesTo, NotFitting
from normtemplates.model.norm import (
    Change,
    Field,
    Norm,
    PartStatus,
    Requirement,
    Status,
    Theme,
)
from normtemplates.model.organisation import KIND_TERMS
from scripts.generated import document, settle, table, with_tables

TARGET = document("eigen-norm.md")
_WORDS = {str: "tekst", int: "heel getal", float: "getal", bool: "true of false", date: "datum"}

_NORM = """
code: naam in opdrachten; kleine letters, cijfers en streepjes
edition: de editie; ook de naam van het bestand
title: de volledige naam
name_in_text: hoe een zin de norm noemt na de eerste keer
issuer: wie de norm uitgeeft en de overzichten verstuurt
website: adres van de site; "" als er geen is
source: het document waar de zinnen uit komen
scale: de statussen, elk in een eigen blok
field: de kolommen, in de volgorde van het blad
cover: de vakken op het blad Start
theme: de thema’s, met daarin de normen
part_scale: de antwoorden bij onderdelen; nodig als er onderdelen zijn
placeholders: woorden die geen antwoord zijn, zoals "volgt"
issued: de datum van het document
ambition: de dag waarop iedereen wil voldoen
ambition_in_text: die dag zoals een zin haar noemt
evaluation: wanneer de norm wordt geëvalueerd, in woorden
note: wat het document zelf zegt over zijn woorden
previous_edition: de editie waar deze op volgt
change: wat deze editie met de nummers deed
"""
_STATUS = """
key: naam in doorgegeven antwoorden; kleine letters en streepjes
label: het woord in de lijst
role: wat de status betekent voor het programma
letter: de letter in de tegel op Beeld
meaning: wanneer men dit kiest
then: wat men dan ook invult
strong: kleur in diagram en tegel, zoals #0B3F66
on_strong: kleur van de letters daarop
tint: kleur van het vak in Overzicht
meaning_first: wat er in een eerste ronde bij de betekenis komt
"""
_FIELD = """
key: naam in doorgegeven antwoorden; kleine letters, cijfers en _
header: de kop; in een vak op Start mogen woorden als {board}
kind: wat erin komt
short: kortere naam, waar de kop te lang is
width: breedte in tekens
width_beside: breedte naast de vorige status
group: de kop boven kolommen die bij elkaar horen
required: altijd nodig
required_for: nodig bij een status met een van deze rollen
recurring_only: dat alleen bij een norm met recurrence of max_age
unused_for: bij deze rollen valt er niets in te vullen
parts: onderdelen hebben dit vak ook
part_required_for: bij deze rollen heeft een onderdeel het nodig
choices: waaruit men kiest, bij kind "choice"
max_length: hoogste aantal tekens van een tekst
min_letters: met minder letters is de tekst te kort
not_before: de datum mag er niet vóór liggen
not_after: de datum mag er niet na liggen
aim_before: erna mag, maar dan vraagt het overzicht er aandacht voor
prompt_title: kop van de uitleg bij het vak, hooguit 32 tekens
prompt: de uitleg bij het vak; samen met prompt_needed hooguit 255 tekens
prompt_needed: wat daarbij komt op regels waar het vak nodig kan zijn
stop_title: kop van de melding bij een fout, hooguit 32 tekens
stop: de melding bij een fout, hooguit 224 tekens
help: de uitleg op het blad Uitleg
example: het voorbeeld op het blad Uitleg
"""
_THEME = """
number: het nummer
title: de naam
introduction: de inleiding, letterlijk
requirement: de normen en onderdelen, in volgorde
"""
_REQUIREMENT = """
number: het nummer zonder punt erachter; met twee punten of meer is het een onderdeel
text: de zin, letterlijk
heading: de tussenkop die erboven staat
recurrence: hoe vaak het terugkomt; "P1Y" is elk jaar
max_age: hoe oud het mag zijn; "P5Y" is vijf jaar
builds_on: nummers van normen waar deze op bouwt
applies_to: voor wie de zin alleen geldt; bij anderen staat het antwoord vast
not_fitting: bij wie de norm niet past; een blok voor elke soort
explanation: de officiële toelichting
footnote: de voetnoot van het document
guidance: onze verwijzing naar een handreiking
remark: een slip van de uitgever, of wat sindsdien veranderde
"""
_APPLIES = """
kinds: de soorten organisaties waar de zin voor geldt
ground: waarom niet voor anderen; hooguit 200 tekens
"""
_FITTING = """
kind: de soort organisatie
ground: waarom de norm daar niet past; hooguit 200 tekens
locked: de organisatie kan het niet veranderen
ours: onze lezing; false als een bron het zegt
"""
_CHANGE = """
old: nummers in de vorige editie
new: nummers in deze editie; leeg als de norm vervalt
note: waarom, in een zin
"""
_ROUND = """
name: naam in opdrachten; ook de naam van het bestand
title: het woord in een zin, zoals nulmeting
norm: de code van de norm
edition: de editie
register: de naam van het register, zonder .csv
reference_date: de peildatum
return_date: de inleverdatum
previous: de ronde hiervoor
default: de ronde die build neemt als u er geen noemt
"""
_ORGANISATION = """
code: twee hoofdletters en twee tot vier cijfers, zoals GM0000; van het CBS waar dat een code heeft
kind: de soort organisatie
name: de officiële naam
running_name: de naam in een zin, zonder de soort ervoor
region: de key van wie het overzicht ontvangt
safety_region: de veiligheidsregio; mag leeg
province: de provincie; mag leeg
valid_from: vanaf welke dag zij bestaat; mag leeg
valid_to: tot en met welke dag; mag leeg
predecessors: codes van voorgangers, met een | ertussen; mag leeg
note: voor uzelf; mag leeg
"""
_REGION = """
key: de naam voor het register; kleine letters en streepjes
name: de naam in een zin
email: het e-mailadres; mag leeg
post: het postadres; mag leeg
riec: ja of nee
"""
_TERMS = """
organisation: de soort
the_organisation: met het lidwoord
council: wie controleert
the_council: met het lidwoord
council_short: kort
the_council_short: kort, met het lidwoord
member: één lid
members: meer leden
salutation: de aanhef van een brief
board_salutation: de aanhef van een brief aan wie bestuurt
board: wie bestuurt, met het lidwoord
board_full: voluit
board_signature: zoals onder een brief
leader: de eerste van de bestuurlijke driehoek
secretary: de tweede
clerk: de derde
signatory: wie tekent naast de secretaris
duty: waarom het bestuur informeert, na ‘Ter uitvoering van’
"""
_CLASSES: Mapping[str, tuple[type, str]] = {
    "norm": (Norm, _NORM),
    "scale": (Status, _STATUS),
    "field": (Field, _FIELD),
    "theme": (Theme, _THEME),
    "requirement": (Requirement, _REQUIREMENT),
    "applies_to": (AppliesTo, _APPLIES),
    "not_fitting": (NotFitting, _FITTING),
    "change": (Change, _CHANGE),
    "round": (RoundFile, _ROUND),
}


def meanings(text: str, known: Iterable[str], what: str) -> dict[str, str]:
    """Give the meaning of each key, in the order of ``known``; stops when they do not match."""
    found = dict(line.split(": ", 1) for line in text.strip().splitlines())
    keys = list(known)
    if set(found) != set(keys):
        raise SystemExit(f"{what}: {sorted(set(found) ^ set(keys))} is here or there only")
    return {key: found[key] for key in keys}


def holds(kind: Any) -> str:
    """Say in Dutch what a value of a type is."""
    inner = [one for one in get_args(kind) if one not in (NoneType, ...)]
    if get_origin(kind) is tuple:
        one = inner[0]
        return "blokken" if attrs.has(one) else f"lijst: {holds(one)}"
    if inner:
        return holds(inner[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    return "blok" if attrs.has(kind) else _WORDS[kind]


def keys_of(cls: type, text: str) -> str:
    """Give the table of the keys that a block of ``cls`` may have; those that must come first."""
    hints = get_type_hints(cls)
    fields = sorted(attrs.fields(cls), key=lambda one: one.default is not attrs.NOTHING)
    known = {one.alias or one.name: one for one in fields}
    rows = []
    for key, meaning in meanings(text, known, cls.__name__).items():
        must = "ja" if known[key].default is attrs.NOTHING else ""
        rows.append((f"`{key}`", must, holds(hints[known[key].name]), meaning))
    return table(("sleutel", "moet", "wat erin staat", "betekenis"), rows)


def columns_of(known: Iterable[str], text: str) -> str:
    """Give the table of columns, or words, with what each means."""
    rows = ((f"`{key}`", said) for key, said in meanings(text, known, "columns").items())
    return table(("naam", "betekenis"), rows)


def tables() -> dict[str, str]:
    """Give every table by its mark."""
    parts = {one.name for one in attrs.fields(PartStatus)}
    shared = [line for line in _STATUS.strip().splitlines() if line.split(":")[0] in parts]
    ordered = [line.split(":")[0] for line in _TERMS.strip().splitlines()]
    return {
        **{mark: keys_of(cls, text) for mark, (cls, text) in _CLASSES.items()},
        "part_scale": keys_of(PartStatus, "\n".join(shared)),
        "register": columns_of(ORGANISATION_COLUMNS, _ORGANISATION),
        "regions": columns_of(REGION_COLUMNS, _REGION),
        "kind": columns_of(sorted(KIND_TERMS, key=ordered.index), _TERMS),
    }


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    return settle(TARGET, with_tables(TARGET, tables()), "docs-norm", arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
