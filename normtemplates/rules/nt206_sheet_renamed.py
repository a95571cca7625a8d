"""NT206: a sheet with answers is missing or has another name."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import HIDDEN_SHEETS, START, VISIBLE_SHEETS
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Sheet, Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT206",
    "sheet-renamed",
    Severity.FOUT,
    finds="Een blad met antwoorden is er niet, of heeft een andere naam gekregen.",
    why=(
        "Formules en lijsten wijzen naar de bladen bij hun naam. De tabel met normen vinden wij "
        "ook onder een andere naam (waarschuwing), de gegevens op het blad Start niet (fout)."
    ),
    remedy="Geef het blad zijn naam terug. Is het weg, gebruik dan een nieuw overzicht.",
    good=(Case("Alle bladen hebben hun eigen naam."),),
    bad=(
        Case(
            "Het blad met de normen heeft een andere naam.",
            lambda book: book.rename("Overzicht", "Normen 2030"),
            ("sheet/Normen 2030",),
        ),
        Case("Het blad Start is weggehaald.", lambda book: book.remove("Start"), ("",)),
        Case(
            "Het blad Start heeft een andere naam.",
            lambda book: book.rename("Start", "Begin"),
            ("sheet/Begin",),
        ),
    ),
    known_misses=(
        "Op Beeld en Uitleg staan geen antwoorden: of die er zijn, wordt niet nagekeken.",
    ),
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
    labels = {key_of_text(slot.label) for slot in found.layout.cover}
    own = {name.casefold() for name in (*VISIBLE_SHEETS, *HIDDEN_SHEETS)}
    for sheet in submission.sheets:
        if sheet.name.casefold() not in own and _has_one_of(sheet, labels):
            yield sheet_renamed.finding(
                f"Het blad ‘{START}’ heet nu ‘{shown(sheet.name)}’. Daardoor zijn de gegevens op "
                f"dat blad niet gelezen. Noem het weer ‘{START}’.",
                sheet=sheet.name,
            )
            return
    yield sheet_renamed.finding(
        f"Het blad ‘{START}’ is er niet. Daardoor is niets te lezen van de gegevens die daar "
        "horen. Kopieer uw antwoorden naar een nieuw overzicht en vul ook dat blad in."
    )


def _has_one_of(sheet: Sheet, labels: set[str]) -> bool:
    return any(key_of_text(cell.text) in labels for cell in sheet.cells.values() if cell.text)
