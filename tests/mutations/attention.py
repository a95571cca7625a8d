"""What asks for attention: persons' data, copies, hidden characters, other spellings."""

from __future__ import annotations

from datetime import date

from normtemplates.layout.places import START
from normtemplates.model.finding import Severity
from tests.mutations.kind import (
    DONE,
    MISSING,
    NOT_FITTING,
    PARTLY,
    Kind,
    all_of,
    at,
    clear,
    cover,
    day,
    fill,
    info,
    number,
    numbers,
    on_start,
    put,
    warn,
)

_EXPLANATION = at(PARTLY, "explanation")
_EVIDENCE = at(DONE, "evidence")
_STATUS = at(DONE, "status")
_DUE = at(PARTLY, "due_on")

PERSONS = tuple(
    Kind("persons", name, put(_EXPLANATION, text), (warn("NT502", _EXPLANATION),))
    for name, text in (
        # 111222333 passes the test of eleven; it is the example of the official design.
        ("BSN", "De melder met nummer 111222333 is gehoord door het team."),
        # From the standard's own examples.
        ("IBAN", "Betaald vanaf NL91 ABNA 0417 1643 00 door de afdeling financiën."),
        ("IBAN without spaces", "Betaald vanaf nl91abna0417164300 door de afdeling."),
        ("private address", "Vragen kunnen naar jan.jansen@gmail.com, die dit oppakt."),
        ("mobile number", "Bereikbaar op 06-12345678 voor wie er vragen over heeft."),
        ("mobile number abroad", "Bereikbaar op +31 6 1234 5678 voor wie er vragen heeft."),
        ("BSN and mobile number", "Melder 111222333 is bereikbaar op 0612345678."),
    )
)

SPELLING = (
    *(
        Kind("spelling", name, put(_STATUS, text), (info("NT501", sheet=None),))
        for name, text in (
            ("status in lower case", "uitgevoerd"),
            ("status in capitals", "UITGEVOERD"),
            ("status with a space behind it", "Uitgevoerd "),
            ("status with a non-breaking space", "\u00a0Uitgevoerd"),
            ("status with a zero-width space", "Uit\u200bgevoerd"),
            ("status with a byte order mark", "\ufeffUitgevoerd"),
            ("status with a line break", "Uitgevoerd\n"),
        )
    ),
    Kind(
        "spelling",
        "spellings of many labels",
        all_of(
            fill({at(n, "status"): "ONTBREEKT" for n in numbers("Ontbreekt")}),
            put(at(NOT_FITTING, "status"), "niet van\u00a0toepassing"),
            put(at(MISSING, "priority"), " midden"),
            put(cover("discussed"), "ja", START),
        ),
        (info("NT501", sheet=None),),
        "one info for the file",
    ),
)

_PARTLY = list(numbers("In ontwikkeling"))[:6]

ATTENTION = (
    Kind(
        "attention",
        "the same text at six norms",
        fill({at(n, "explanation"): "Dit wordt dit jaar opgepakt door het team." for n in _PARTLY}),
        (info("NT503", at(_PARTLY[0], "explanation")),),
        only="issued",
    ),
    Kind(
        "attention",
        "text turned round",
        put(at(PARTLY, "action"), "Werkwijze \u202ebespreken in elk team"),
        (info("NT505", at(PARTLY, "action")),),
    ),
    Kind(
        "attention",
        "a private-use character",
        put(_EVIDENCE, "\uf0b7 Zaaksysteem, besluit 2025-0001"),
        (info("NT505", _EVIDENCE),),
        "the bullet of the font Symbol, pasted from Word",
    ),
    *(
        Kind("attention", name, put(_EVIDENCE, text), (info("NT506", _EVIDENCE),))
        for name, text in (
            ("a drive", "G:\\Veiligheid\\Beleid 2025.docx"),
            ("a server", "\\\\srv-files01\\Veiligheid\\Beleid 2025.docx"),
            ("a file address", "file:///G:/Veiligheid/Beleid.docx"),
            ("an intranet", "Zie http://intranet/veiligheid/beleid"),
        )
    ),
    Kind(
        "attention",
        "a private address on the cover",
        put(cover("email"), "veiligheid.voorbeeldstad@hotmail.com", START),
        (on_start("NT502", "email", Severity.WAARSCHUWING),),
    ),
)

# What looks like one of these, and is none.
FINE = (
    *(
        Kind("fine answers", name, put(ref, text))
        for name, ref, text in (
            ("case number of nine digits", _EVIDENCE, "Zaaknummer Z/25-123456789"),
            ("case number that is no BSN", _EVIDENCE, "Zaak 123456789 in het zaaksysteem"),
            ("leading zeros", _EVIDENCE, "0012345"),
            ("telephone of the switchboard", _EXPLANATION, "Bereikbaar via 14 023 of 023-5551234."),
            ("web address", _EVIDENCE, "https://www.voorbeeldstad.nl/beleid/2025"),
            ("exactly as long as fits", _EVIDENCE, "b" * 500),
            ("begins with an equals sign, as text", _EVIDENCE, "=besluit 12"),
            ("begins with a plus", _EVIDENCE, "+1 besluit"),
            ("begins with a hash sign", _EVIDENCE, "#12 in het register"),
            ("markup in a text", _EVIDENCE, "<b>besluit</b> & bijlage]]>"),
            ("escaped letters in a text", _EVIDENCE, "besluit_x000D_12"),
            ("emoji", _EXPLANATION, "De werkwijze is beschreven 👍🏽 en bekend in elk team."),
            (
                "soft hyphen",
                _EXPLANATION,
                "De werk\u00adwijze is beschreven en bekend in elk team.",
            ),
            (
                "lines in a text",
                _EXPLANATION,
                "De werkwijze is beschreven.\nNog niet overal bekend.",
            ),
            (
                "accents taken apart",
                _EXPLANATION,
                "De coo\u0308rdinator heeft de werkwijze gemaakt.",
            ),
            ("placeholder word in a sentence", _EXPLANATION, "Het besluit volgt in het najaar."),
        )
    ),
    Kind("fine answers", "general address", put(cover("email"), "info@voorbeeldstad.nl", START)),
    Kind("fine answers", "no decision yet", clear(cover("decision_date"), sheet=START)),
    Kind("fine answers", "number for a text", number(_EVIDENCE, "20250012")),
    Kind(
        "fine answers",
        "a date with a time of day",
        number(at(PARTLY, "due_on"), "46022.75"),
    ),
    Kind("fine answers", "done on the return date", day(at("2.3", "done_on"), date(2025, 4, 1))),
    Kind("fine answers", "due on the reference date", day(_DUE, date(2025, 4, 1))),
    Kind("fine answers", "due on the last day of the ambition", day(_DUE, date(2027, 12, 31))),
    Kind("fine answers", "more than was asked", put(at(PARTLY, "evidence"), "Concept in zaak 12")),
)


KINDS = (*PERSONS, *SPELLING, *ATTENTION, *FINE)
