"""What only the organisation itself knows, and how it may be given.

In a letter template each of these is a content control whose tag is the key. A blank for
which no value is given stays in the letter as a control with its prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from attrs import frozen

from normtemplates.dutch import enumerate_nl, long_date, parse_date
from normtemplates.errors import LetterError

_YEARS = range(1990, 2100)
# What XML 1.0 has no place for, what breaks a line and what turns its direction.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@frozen
class Blank:
    """One thing to fill in.

    ``key`` is its name in ``--set`` and the tag of its content control, ``label`` its Dutch
    name. ``length`` is how many characters it may have; ``dated`` says that it is a date,
    which the letter writes out.
    """

    key: str
    label: str
    length: int = 120
    dated: bool = False

    def fault_in(self, text: str) -> str:
        """Say in Dutch what is wrong with ``text`` as the value of this blank, or ``""``."""
        if _UNPRINTABLE.search(text):
            return "staan tekens die niet in een brief passen. Geef één regel gewone tekst."
        if len(text) > self.length:
            return (
                f"staan {len(text)} tekens; er passen er hooguit {self.length}. "
                "Maak de tekst korter."
            )
        if self.dated and self.day(text) is None:
            return (
                f"staat ‘{_shown(text)}’; dat is geen datum. Schrijf bijvoorbeeld 2025-01-14, "
                "14-01-2025 of 14 januari 2025."
            )
        return ""

    def day(self, text: str) -> date | None:
        """Read a date that a letter can carry, or give ``None``."""
        day = parse_date(text)
        return day if day and day.year in _YEARS else None

    def written(self, text: str) -> str:
        """Give ``text`` as the letter shows it: a date written out, else the text itself."""
        day = self.day(text) if self.dated else None
        return long_date(day) if day else text


BLANKS = (
    Blank("decision_date", "Datum van het besluit", dated=True),
    Blank("letter_date", "Datum van de brief", dated=True),
    Blank("reference", "Kenmerk", length=40),
    Blank("portfolio_holder", "Portefeuillehouder"),
    Blank("team", "Team"),
    Blank("issuer_team", "Team van de uitvraag"),
    Blank("contact", "E-mailadres van de afzender"),
    Blank("secretary_name", "Naam van de secretaris", length=60),
    Blank("leader_name", "Naam van wie tekent naast de secretaris", length=60),
    Blank("reply_date", "Uiterste datum van terugsturen", dated=True),
    Blank("done_text", "Wat er is gedaan", length=1000),
    Blank("plans_text", "Wat er gaat gebeuren", length=1000),
)
BLANK_BY_KEY = {blank.key: blank for blank in BLANKS}


def written_values(values: Mapping[str, str]) -> dict[str, str]:
    """Check ``values`` (key -> text) and give them as the letter shows them.

    Spaces around a value are dropped, and an empty value counts as not given. All faults are
    raised together, as one ``LetterError``.
    """
    written: dict[str, str] = {}
    faults: list[str] = []
    for key, given in values.items():
        text = given.strip()
        if (blank := BLANK_BY_KEY.get(key)) is None:
            faults.append(_unknown(key))
        elif fault := blank.fault_in(text) if text else "":
            faults.append(f"{key}: in {blank.label} {fault}")
        elif text:
            written[key] = blank.written(text)
    if faults:
        raise LetterError(faults)
    return written


def labels_of(keys: Iterable[str]) -> str:
    """Name blanks in running text, in the order of a letter."""
    wanted = set(keys)
    return enumerate_nl(f"{b.key} ({b.label})" for b in BLANKS if b.key in wanted)


def _unknown(key: str) -> str:
    near = get_close_matches(key.lower(), BLANK_BY_KEY, n=1)
    hint = f"Bedoelt u {near[0]}? " if near else ""
    return (
        f"‘{_shown(key)}’: dit gegeven kent een brief niet. {hint}U kunt geven: "
        f"{enumerate_nl(BLANK_BY_KEY)}."
    )


def _shown(text: str) -> str:
    """Give what somebody typed as a message can show it: short, and without control characters."""
    text = _UNPRINTABLE.sub("�", text)
    return text if len(text) <= 60 else f"{text[:59]}…"
