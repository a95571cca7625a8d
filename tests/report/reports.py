"""Reports to write out, made without any workbook."""

from __future__ import annotations

from normtemplates.model.finding import (
    Finding,
    HandedIn,
    Report,
    RoundReport,
    Severity,
    Standing,
    status_of,
)

MISSING = Finding(
    "NT302",
    Severity.FOUT,
    "Actie is nog leeg. Bij status ‘In ontwikkeling’ is dit nodig. Schrijf kort op wat er nog "
    "klaar moet.",
    sheet="Overzicht",
    cell="H14",
    requirement="2.3",
    field="action",
)
LATE = Finding(
    "NT405", Severity.WAARSCHUWING, "Gereed uiterlijk is laat. Kan het eerder?",
    "Overzicht", "J14", "2.3", "due_on",
)  # fmt: skip
SHEET = Finding("NT213", Severity.WAARSCHUWING, "Dit blad is open. Kijk het na.", "Start")
EXTRA = Finding("NT218", Severity.INFO, "Dit blad hoort er niet bij. Haal het weg.", "Blad1")
PDF = Finding("NT102", Severity.FOUT, "Dit is een pdf. Stuur het Excel-bestand.", refuses=True)


def report(
    *findings: Finding, path: str = "retour/een.xlsx", name: str | None = "gemeente Voorbeeldstad"
) -> Report:
    """Give the report on a file with ``findings``; without a name nobody knows whose it is."""
    code = "GM0000" if name else None
    round_ = None if any(one.refuses for one in findings) else "voorbeeld-2025"
    return Report(path, status_of(findings), findings, code, name, round_)


def one(*findings: Finding) -> RoundReport:
    """Give the outcome of checking one file."""
    return RoundReport((report(*findings),))


#: A round of three, not in the order of names: one sent twice, one nothing, one a letter.
TURNOUT = RoundReport(
    (
        report(PDF, path="in/brief.pdf", name="gemeente Middenveld"),
        report(PDF, path="in/c.pdf", name=None),
        report(LATE, path="in/nieuw.xlsx", name="gemeente Zuiderland"),
        report(MISSING, path="in/oud.xlsx", name="gemeente Zuiderland"),
    ),
    "voorbeeld-2025",
    (),
    (
        HandedIn(
            "GM0001",
            "gemeente Zuiderland",
            Standing.AKKOORD,
            ("in/oud.xlsx", "in/nieuw.xlsx"),
            "in/nieuw.xlsx",
        ),
        HandedIn("GM0002", "gemeente Anderstad", Standing.NIET),
        HandedIn("GM0003", "gemeente Middenveld", Standing.GEWEIGERD, ("in/brief.pdf",)),
    ),
)

#: A folder with one file, of a round of two.
ONE_OF_TWO = RoundReport(
    (report(LATE, path="in/a.xlsx", name="gemeente Zuiderland"),),
    "voorbeeld-2025",
    (),
    (
        HandedIn("GM0002", "gemeente Anderstad", Standing.NIET),
        HandedIn("GM0001", "gemeente Zuiderland", Standing.AKKOORD, ("in/a.xlsx",), "in/a.xlsx"),
    ),
)
