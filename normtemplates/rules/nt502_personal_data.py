"""NT502: data on a person in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

# Most texts have nothing like it, and are passed over with one look.
_WORTH_A_LOOK = re.compile(r"[@\d](?:(?<=@)|[\d ().-]{7})")
_BSN = re.compile(r"(?<![\w./-])\d{9}(?![\w/-]|\.\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")
_MOBILE = re.compile(r"(?<![\w.])(?:\+31|0031|0)[ -]?\(?0?\)?6(?:[ -]?\d){8}(?![\w-])")
_PRIVATE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|yahoo|ziggo|kpnmail|planet|hetnet|home"
    r"|xs4all|casema|chello|upcmail|telfort|protonmail|proton)\.(?:com|nl|me)\b",
    re.IGNORECASE,
)


@rule(
    "NT502",
    "personal-data",
    Severity.WAARSCHUWING,
    finds=(
        "In een antwoord lijkt een burgerservicenummer, een rekeningnummer, een mobiel nummer of "
        "een privémailadres te staan. De melding noemt het gegeven zelf niet."
    ),
    why=(
        "Het overzicht gaat langs veel mensen. Gegevens van personen horen er niet in: een functie "
        "of een team is genoeg."
    ),
    remedy="Haal het gegeven weg en noem een functie, een team of een algemeen adres.",
    good=(
        Case(
            "Een zaaknummer is geen persoonsgegeven.",
            lambda book: book.set("1.1", "evidence", "Besluit, zaak Z-123456782 (2030/0012)"),
        ),
        Case(
            "Een algemeen mailadres.",
            lambda book: book.set("1.1", "evidence", "Te vinden via meldpunt@voorbeeldstad.nl"),
        ),
    ),
    bad=(
        Case(
            "Een burgerservicenummer.",
            lambda book: book.set("2.1", "explanation", "Melding over 111222333 loopt nog"),
            ("2.1/explanation",),
        ),
        Case(
            "Een rekeningnummer.",
            lambda book: book.set("2.1", "explanation", "Betaald op NL91 ABNA 0417 1643 00"),
            ("2.1/explanation",),
        ),
        Case(
            "Een mobiel nummer en een privéadres: één melding per vak.",
            lambda book: book.set("2.1", "action", "Bel 06-12345678 of mail jan@gmail.com"),
            ("2.1/action",),
        ),
    ),
    known_misses=(
        "Namen van personen worden niet herkend.",
        "Een los nummer van negen cijfers kan toevallig aan de elfproef voldoen.",
    ),
)
def personal_data(submission: Submission, context: Context) -> Iterator[Finding]:
    """Look for each kind in every text; say which kinds, never the data."""
    for one in context.typed:
        kinds = list(_kinds(one.cell.text))
        if kinds:
            yield personal_data.finding(
                f"Bij {one.name} lijkt {enumerate_nl(kinds)} te staan. Haal dat weg en noem een "
                "functie, een team of een algemeen adres.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )


def _kinds(text: str) -> Iterator[str]:
    if not _WORTH_A_LOOK.search(text):
        return
    if any(_is_bsn(found[0]) for found in _BSN.finditer(text)):
        yield "een burgerservicenummer"
    if any(_is_iban(found[0]) for found in _IBAN.finditer(text)):
        yield "een rekeningnummer"
    if _MOBILE.search(text):
        yield "een mobiel nummer"
    if "@" in text and _PRIVATE_MAIL.search(text):
        yield "een privémailadres"


def _is_bsn(text: str) -> bool:
    """Tell whether nine digits pass the test of eleven (Logisch ontwerp BSN, bijlage 1)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True))
    return total % 11 == 0 and total != 0


def _is_iban(text: str) -> bool:
    """Tell whether the check digits of an account number are right (ISO 13616, modulo 97)."""
    plain = text.replace(" ", "").upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1
