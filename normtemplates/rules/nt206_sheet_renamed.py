"""NT206: a sheet with answers is missing or has another name."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.places import GUIDE, OVERVIEW, PICTURE, START
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import renamed_start
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT206",
    "sheet-renamed",
    Severity.FOUT,
    finds="Een blad met antwoorden is er niet, of heeft een andere naam gekregen.",
    why=(
        "Formules en lijsten wijzen naar de bladen bij hun naam. De tabel met normen vinden wij "
        f"ook onder een andere naam (waarschuwing), de gegevens op het blad {START} niet (fout)."
    ),
    remedy="Geef het blad zijn naam terug. Is het weg, gebruik dan een nieuw overzicht.",
    good=(Case("Alle bladen hebben hun eigen naam."),),
    bad=(
        Case(
            "Het blad met de normen heeft een andere naam.",
            lambda book: book.rename(OVERVIEW, "Normen 2030"),
            ("sheet/Normen 2030",),
        ),
        Case(f"Het blad {START} is weggehaald.", lambda book: book.remove(START), ("",)),
        Case(
            f"Het blad {START} heeft een andere naam.",
            lambda book: book.rename(START, "Begin"),
            ("sheet/Begin",),
        ),
    ),
    known_misses=(
        f"Op {PICTURE} en {GUIDE} staan geen antwoorden: of die er zijn, wordt niet nagekeken.",
    ),
    mended="Het blad staat er weer, onder zijn eigen naam.",
)
def sheet_renamed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Look at the two sheets that hold answers."""
    found = context.found
    if found is None:
        return
    wanted, name = found.layout.sheet, found.sheet.name
    if name.casefold() != wanted.casefold():
        why = f"Het blad ‘{wanted}’ heet nu ‘{shown(name)}’."
        if submission.sheet(wanted):
            why = f"De meeste normen staan op dit blad en niet op ‘{wanted}’."
        yield sheet_renamed.finding(
            f"{why} De antwoorden zijn van dit blad gelezen. Noem het weer ‘{wanted}’.",
            sheet=name,
            severity=Severity.WAARSCHUWING,
        )
    if submission.sheet(START) is None and found.layout.cover:
        yield from _start(submission, found)


def _start(submission: Submission, found: Found) -> Iterator[Finding]:
    sheet = renamed_start(submission, found)
    if sheet:
        yield sheet_renamed.finding(
            f"Het blad ‘{START}’ heet nu ‘{shown(sheet.name)}’. Daardoor zijn de gegevens op dat "
            f"blad niet gelezen. Noem het weer ‘{START}’.",
            sheet=sheet.name,
        )
    else:
        yield sheet_renamed.finding(
            f"Het blad ‘{START}’ is er niet. Daardoor is niets te lezen van de gegevens die daar "
            "horen. Kopieer uw antwoorden naar een nieuw overzicht en vul ook dat blad in."
        )
