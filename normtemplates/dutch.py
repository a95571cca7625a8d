"""Dates, numbers, names and lists in running Dutch.

Babel knows the months and the "a, b en c"; it is imported on first use, so that a command
which writes no text starts without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal

_LOCALE = "nl"
_APOSTROPHES = "'’‘ʼ`´"
_NUMBER_WORDS = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
)

# 's-Hertogenbosch, 't Gooi, ’s ochtends: a clipped word never takes the capital.
_CLIPPED = re.compile(rf"[{_APOSTROPHES}][a-z](?:[ -]|$)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DIGITS = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s+([^\W\d_]+)\.?\s+(\d{4})")
_QUARTER_IN_WORDS = re.compile(r"(?:het )?(eerste|tweede|derde|vierde) kwartaal (?:van )?(\d{4})")
_PART_OF_YEAR = {"eerste": "Begin", "tweede": "Medio", "derde": "Medio", "vierde": "Eind"}


@cache
def long_date(day: date) -> str:
    """Write a date out: ``1 april 2025``."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=_LOCALE)


def parse_date(text: str) -> date | None:
    """Read a date as people here write it, or give ``None``.

    Taken: ``2025-04-01``, ``1-4-2025``, ``01-04-2025`` and ``1 april 2025``. Nothing else:
    a year of two digits or a month before the day could mean another day.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DIGITS.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.fullmatch(text):
        day, month, year = int(found[1]), month_names().get(found[2].lower(), 0), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def month_names() -> dict[str, int]:
    """Give the number of each month by its name and by its usual short form."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=_LOCALE).items():
            names[name.rstrip(".")] = number
    return names


def enumerate_nl(words: Iterable[str]) -> str:
    """Join words as running text does: ``a, b en c``; nothing gives ``""``."""
    return _joined(words, "standard")


def one_of(words: Iterable[str]) -> str:
    """Join words to choose from: ``a, b of c``; nothing gives ``""``."""
    return _joined(words, "or")


def _joined(words: Iterable[str], style: Literal["standard", "or"]) -> str:
    from babel.lists import format_list

    return format_list(list(words), style=style, locale=_LOCALE)


def sentence_start(text: str) -> str:
    """Give ``text`` the capital that begins a sentence.

    A clipped word stays small and the next one takes the capital (``’s-Hertogenbosch``,
    ``’s Ochtends``); ``ij`` goes up as one letter (``IJmuiden``); opening quotes and
    brackets are passed over; a text that begins with a digit stays as it is.
    """
    start = 0
    while start < len(text):
        if _CLIPPED.match(text, start):
            start += 3
        elif text[start].isalnum():
            break
        else:
            start += 1
    length = 2 if text[start : start + 2].lower() == "ij" else 1
    return text[:start] + text[start : start + length].upper() + text[start + length :]


def slug(name: str) -> str:
    """Make a name fit for a file name: small ASCII letters, digits and single hyphens.

    ``Nuenen, Gerwen en Nederwetten`` gives ``nuenen-gerwen-en-nederwetten``,
    ``’s-Hertogenbosch`` gives ``s-hertogenbosch``. A name without any such letter gives ``""``.
    """
    plain = unicodedata.normalize("NFKD", name.translate({ord(c): None for c in _APOSTROPHES}))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def number_word(number: int) -> str:
    """Write a number up to twenty as a word (``zes``), any other in digits (``21``)."""
    return _NUMBER_WORDS[number] if 0 <= number < len(_NUMBER_WORDS) else str(number)


def quarter_label(day: date) -> str:
    """Name the quarter of a day in little room: ``2e kw 2025``."""
    return f"{(day.month + 2) // 3}e kw {day.year}"


def moment_label(words: str) -> str:
    """Shorten a moment in words to a label: ``het vierde kwartaal van 2027``, ``Eind 2027``.

    What is no quarter keeps its words and only gets a capital.
    """
    if found := _QUARTER_IN_WORDS.fullmatch(words.strip()):
        return f"{_PART_OF_YEAR[found[1]]} {found[2]}"
    return sentence_start(words.strip())
