"""NT207: the sentence of a requirement is not the official one."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.difference import differing
from normtemplates.rules.registry import Case, rule


@rule(
    "NT207",
    "norm-text-changed",
    Severity.FOUT,
    finds="De zin van een norm is veranderd of weggehaald. De oude en de nieuwe zin staan erbij.",
    why=(
        "Wie een andere zin leest, geeft antwoord op een andere vraag. De zinnen zijn letterlijk "
        "zoals ze zijn vastgesteld."
    ),
    remedy="Zet de zin terug, of kopieer uw antwoorden als ‘Waarden’ naar een nieuw overzicht.",
    good=(
        Case("De zinnen zijn zoals ze waren."),
        Case(
            "Een programma heeft een regel in de zin afgebroken.",
            lambda book: book.set("2.1", "text", "Wij hebben een\nmeldpunt voor signalen"),
        ),
    ),
    bad=(
        Case(
            "Er is een woord toegevoegd.",
            lambda book: book.set("2.1", "text", "Wij hebben soms een meldpunt voor signalen"),
            ("2.1/text",),
        ),
        Case(
            "De zin is weg.",
            lambda book: book.set("2.1", "text", None),
            ("2.1/text",),
        ),
    ),
    known_misses=("Hoofdletters, spaties en regeleinden tellen niet als verschil.",),
    mended="De zin van de norm staat er weer zoals hij hoort.",
)
def norm_text_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Show the official sentence beside the one in the file."""
    found = context.found
    if found is None:
        return
    header = found.layout.norm.field_of_kind(FieldKind.SENTENCE)
    for number, text in found.rows.reworded.items():
        official, own = differing(found.layout.row_by_number[number].requirement.text, text)
        now = f"er staat ‘{own}’" if text.strip() else "er staat niets"
        yield norm_text_changed.finding(
            f"{header.header} is veranderd: er hoort ‘{official}’ te staan, {now}. Zet de zin "
            "terug en kijk of uw antwoord erbij past.",
            sheet=found.sheet.name,
            cell=spot(found, found.rows.by_number[number], header.key),
            requirement=number,
            field=header.key,
        )
