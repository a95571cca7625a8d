"""NT407: an answer is a formula."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT407",
    "formula-in-answer",
    Severity.FOUT,
    finds="In een vak voor een antwoord staat een formule.",
    why=(
        "Wat een formule laat zien, verandert mee met andere vakken of bestanden. Wij kunnen niet "
        "weten of het nog is wat u bedoelde, en een formule kan schadelijk zijn."
    ),
    remedy="Typ het antwoord zelf, of kopieer het en plak het als ‘Waarden’.",
    good=(
        Case(
            "Een tekst die met een isgelijkteken begint.",
            lambda book: book.set("1.1", "evidence", "= zie besluit"),
        ),
    ),
    bad=(
        Case(
            "Een verwijzing naar een ander vak.",
            lambda book: book.formula("2.1.a", "explanation", "E9", "Er is nog geen meldpunt."),
            ("2.1.a/explanation",),
        ),
        Case(
            "Een formule zonder uitkomst.",
            lambda book: book.formula("1.1", "status", "HYPERLINK(A1)"),
            ("1.1/status",),
        ),
        Case(
            "Ook in de gegevens over het overzicht.",
            lambda book: book.cover_formula("team", "A1", "Team Veiligheid"),
            ("start/team",),
        ),
    ),
    known_misses=(
        (
            "Wat er verder mis is met de uitkomst van een formule, wordt niet gemeld: het antwoord "
            "moet toch opnieuw."
        ),
    ),
    mended="De formule is weg. Liet zij een antwoord zien, dan staat dat er nu.",
)
def formula_in_answer(submission: Submission, context: Context) -> Iterator[Finding]:
    """Point at every formula in a cell for an answer."""
    found = context.found
    if found is None:
        return
    for one in context.cells:
        if one.cell.formula is not None:
            yield formula_in_answer.finding(
                f"{one.name} is een formule. Typ het antwoord zelf, of kopieer het en plak het als "
                "‘Waarden’.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )
