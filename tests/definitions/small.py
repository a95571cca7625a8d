"""A norm as small as a good one can be, to spoil in one place or in many."""

from __future__ import annotations

from pathlib import Path

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError

GOOD = """\
code = "proef"
edition = "2025"
title = "Proefnorm"
name_in_text = "Proefnorm"
issuer = "provincie Voorbeeld"
website = "www.example.org"
source = "De proefnorm"
issued = 2025-01-01
ambition = 2027-12-31
placeholders = ["-", "volgt"]

[[scale]]
key = "gedaan"
label = "Gedaan"
role = "done"
letter = "G"
meaning = "Wij doen dit."
then = "Bewijs."
strong = "#0B3F66"
on_strong = "#FFFFFF"
tint = "#A9CBE6"

[[scale]]
key = "past-niet"
label = "Past niet"
role = "not_applicable"
letter = "P"
meaning = "Dit past niet bij ons."
then = "Toelichting."
strong = "#D5D9DE"
on_strong = "#1F2933"
tint = "#DDE1E6"

[[part_scale]]
key = "ja"
label = "Ja"
role = "done"
meaning = "Dit deel is er."
then = "Niets."
tint = "#A9CBE6"

[[part_scale]]
key = "deel-past-niet"
label = "Past niet bij ons"
role = "not_applicable"
meaning = "Dit deel past niet."
then = "Niets."
tint = "#DDE1E6"

[[field]]
key = "number"
header = "Nr"
kind = "number"
width = 5.5
group = "De norm"

[[field]]
key = "text"
header = "Norm"
kind = "sentence"
width = 46
group = "De norm"

[[field]]
key = "status"
header = "Status"
kind = "status"
width = 17
group = "Antwoord"
required = true
prompt_title = "Kies een status"
prompt = "Kies wat past."
stop_title = "Kies uit de lijst"
stop = "Kies Gedaan of Past niet."

[[field]]
key = "check"
header = "Controle"
kind = "check"
width = 20
group = "Antwoord"

[[field]]
key = "explanation"
header = "Toelichting"
kind = "text"
width = 36
group = "Meer"
required_for = ["not_applicable"]
max_length = 200
min_letters = 15
prompt_title = "Hoe staat het ervoor?"
prompt = "Beschrijf het."
stop_title = "Te lang"
stop = "Hooguit 200 tekens."

[[field]]
key = "done_on"
header = "Datum"
kind = "date"
width = 13
group = "Meer"
required_for = ["done"]
recurring_only = true
unused_for = ["not_applicable"]
not_after = "return_date"
prompt_title = "Wanneer?"
prompt = "Vul de datum in."
prompt_needed = "Nodig bij Gedaan."
stop_title = "Geen datum"
stop = "Niet na {not_after}."

[[cover]]
key = "discussed"
header = "Besproken in {council}"
kind = "choice"
choices = ["Ja", "Nog niet"]
prompt_title = "Besproken?"
prompt = "Kies Ja als {board} dit besprak."
stop_title = "Kies uit de lijst"
stop = "Kies Ja of Nog niet."

[[theme]]
number = "1"
title = "Eerste thema"
introduction = "Waar het over gaat."

[[theme.requirement]]
number = "1.1"
text = "Wij doen dit"

[[theme.requirement]]
number = "1.2"
text = "Wij doen dat jaarlijks"
recurrence = "P1Y"
builds_on = ["1.1"]

[[theme.requirement]]
number = "1.2.1"
text = "Wij doen het eerste deel"

[[theme.requirement]]
number = "1.2.1.a"
text = "Wij doen het kleinste deel"

[[theme]]
number = "2"
title = "Tweede thema"
introduction = "Nog iets."

[[theme.requirement]]
number = "2.9"
text = "Wij doen iets anders"
max_age = "P5Y"

[[theme.requirement.not_fitting]]
kind = "provincie"
ground = "Een provincie kan dit niet doen."

[[theme.requirement]]
number = "2.10"
text = "Wij doen het laatste"
"""

Change = tuple[str, str]


def spoiled(*changes: Change) -> str:
    """Give the good norm with the first occurrence of each old text replaced by the new."""
    text = GOOD
    for old, new in changes:
        assert old in text, f"not in the norm: {old!r}"
        text = text.replace(old, new, 1)
    return text


def line_of(text: str, part: str, after: int = 0) -> int:
    """Give the number of the first line of ``text`` from ``after`` on that holds ``part``."""
    return text[: text.index(part, after)].count("\n") + 1


def faults_of(text: str, folder: Path) -> tuple[str, ...]:
    """Give the faults of a norm with this text, without the name of the file."""
    path = folder / "proef.toml"
    path.write_text(text, encoding="utf-8")
    try:
        Definitions().norm_from(path)
    except DefinitionError as error:
        return tuple(fault.removeprefix(str(path)) for fault in error.faults)
    return ()
