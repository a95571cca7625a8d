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
    withholds=True,
)
def personal_data(submission: Submission, context: Context) -> Iterator[Finding]:
    """Look for each kind in every text; say which kinds, never the data."""
    for one in context.typed:
        kinds = list(kinds_of_data(one.cell.text))
        if kinds:
            verb = "lijkt" if len(kinds) == 1 else "lijken"
            yield personal_data.finding(
                f"Bij {one.name} {verb} {enumerate_nl(kinds)} te staan. Haal dat weg en noem een "
                "functie, een team of een algemeen adres.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )


def kinds_of_data(text: str) -> Iterator[str]:
    """Name what the text holds; a number counts only when its own test says that it can be one.

    That is the test of eleven for a burgerservicenummer, and for an account number its check
    digits (ISO 13616) and the form that it has in its country.
    """
    if not _WORTH_A_LOOK.search(text):
        return
    from stdnum import iban  # takes as long to load as a check takes: most files need it not
    from stdnum.nl import bsn

    if any(bsn.is_valid(found[0]) for found in _BSN.finditer(text)):
        yield "een burgerservicenummer"
    if any(iban.is_valid(found[0]) for found in _IBAN.finditer(text)):
        yield "een rekeningnummer"
    if _MOBILE.search(text):
        yield "een mobiel nummer"
    if "@" in text and _PRIVATE_MAIL.search(text):
        yield "een privémailadres"
