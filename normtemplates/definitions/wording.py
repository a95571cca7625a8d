"""Is a text written as it should be? And: how faults quote and compare words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from attrs import frozen

#: The longest text that a cell holds, in UTF-16 units.
LONGEST = 32_767
_SPACES = re.compile(r"\s+")
# The characters that a key cell of the workbook removes; a test compares the two.
_IGNORED = str.maketrans("", "", " \u00a0\u200b\ufeff\u202f\t\n\r\u0001")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@frozen
class Form:
    """How free a text is: may it have more ``lines``, and spaces that are not ``tight``."""

    lines: bool = False
    tight: bool = True


def units(text: str) -> int:
    """Give the length of ``text`` in UTF-16 units, as Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def comparable(text: str) -> str:
    """Give what is left of ``text`` without spaces and case; two labels must differ in it."""
    return text.translate(_IGNORED).lower()


def quoted(value: object, longest: int = 60) -> str:
    """Give ``value`` between quotation marks for a message, short and with nothing invisible."""
    text = str(value)
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"‘{''.join(c if c.isprintable() else code_point(c) for c in text)}’"


def code_point(character: str) -> str:
    """Give a character as its code: ``U+00A0``."""
    return f"U+{ord(character):04X}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """Give a question that names the known word nearest to ``word``, or ``""``.

    It has a space in front, to be put after a sentence.
    """
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Bedoelt u {quoted(near[0])}?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Give ``words`` as a plain enumeration: ``a, b, c``."""
    return ", ".join(words)


def placeholders(text: str) -> tuple[str, ...]:
    """Give the names between braces in ``text``, in order."""
    return tuple(_PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """Tell whether ``text`` holds a brace that belongs to no ``{name}``."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def form_faults(text: str, form: Form = Form()) -> Iterator[str]:
    """Give, as Dutch sentences, what is wrong with how ``text`` is written.

    Empty text is not judged here. Each kind of fault is named once, with its first place.
    """
    if units(text) > LONGEST:
        yield f"De tekst is langer dan {LONGEST} tekens. Zoveel past er niet in een cel."
    if form.tight:
        yield from _space_faults(text, form)
    seen: set[str] = set()
    for position, character in enumerate(text):
        sentence = _character_fault(character, form)
        if sentence and sentence not in seen:
            seen.add(sentence)
            around = quoted(text[max(0, position - 12) : position + 12])
            yield sentence.format(code=code_point(character), around=around)
    if not seen and unicodedata.normalize("NFC", text) != text:
        yield (
            "Letters en accenten staan los van elkaar (geen NFC). Typ de letters met een accent "
            "opnieuw."
        )


def _space_faults(text: str, form: Form) -> Iterator[str]:
    parts = text.split("\n") if form.lines else [text]
    if any(part != part.strip(" ") for part in parts):
        yield "De tekst begint of eindigt met een spatie. Haal die weg."
    double = next((part for part in parts if "  " in part.strip(" ")), None)
    if double is not None:
        around = quoted(double[max(0, double.index("  ") - 12) :][:26])
        yield f"Er staan twee spaties achter elkaar, bij {around}. Maak er één van."


def _character_fault(character: str, form: Form) -> str:
    """Give a sentence with ``{code}`` and ``{around}`` for a wrong character, or ``""``."""
    if character == " " or (character == "\n" and form.lines):
        return ""
    kind = unicodedata.category(character)
    if character == "\n":
        return "De tekst loopt door op een nieuwe regel, bij {around}. Zet alles op één regel."
    if kind in ("Cc", "Cs", "Cn", "Co"):
        return "Er staat een teken dat niet te zien is ({code}), bij {around}. Haal het weg."
    if kind == "Cf":
        return "Er staat een onzichtbaar teken ({code}), bij {around}. Haal het weg."
    if kind.startswith("Z"):
        return "Er staat een bijzondere spatie ({code}), bij {around}. Typ een gewone spatie."
    if not kind.startswith("L") or character.isascii():
        return ""
    if not unicodedata.name(character, "").startswith("LATIN"):
        return "Een letter komt niet uit ons alfabet ({code}), bij {around}. Typ hem opnieuw."
    if len(unicodedata.normalize("NFKC", character)) > 1:
        return "Een teken staat voor meer letters ({code}), bij {around}. Typ de letters los."
    return ""


def words_of(text: str) -> str:
    """Give ``text`` with every run of white space as one space and in lower case."""
    return _SPACES.sub(" ", text).strip().lower()
