"""NT221: the answer of a row that is fixed was changed."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.keys import key, key_of_text
from normtemplates.layout.recognise import Found
from normtemplates.model.answers import EMPTY
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT221",
    "fixed-row-changed",
    Severity.WAARSCHUWING,
    finds=(
        "Het vaste antwoord bij een norm die niet voor deze soort organisatie is, is veranderd, of "
        "de status van de vorige ronde."
    ),
    why="Zo’n antwoord is al ingevuld en hoort vast te staan. Uw wijziging telt niet.",
    remedy=(
        "U hoeft niets te doen. Geldt de norm wel voor u, of klopt de vorige status niet, meld dat "
        "dan aan de afzender."
    ),
    good=(
        Case("Het vaste antwoord staat er nog."),
        Case(
            "De vorige status staat er nog, in andere letters.",
            lambda book: (
                book.a_round_later(n1_1=("In ontwikkeling", "")),
                book.set("1.1", "previous", "IN ONTWIKKELING"),
            ),
        ),
    ),
    bad=(
        Case(
            "Bij een norm die vaststaat is een andere status gekozen.",
            lambda book: book.set("2.2", "status", "Uitgevoerd"),
            ("2.2/status",),
        ),
        Case(
            "Het vaste antwoord is weggehaald.",
            lambda book: book.set("2.2", "status", None),
            ("2.2/status",),
        ),
        Case(
            "De vorige status is veranderd.",
            lambda book: (
                book.a_round_later(n1_1=("Ontbreekt", "")),
                book.set("1.1", "previous", "Uitgevoerd"),
            ),
            ("1.1/previous",),
        ),
    ),
    known_misses=(
        "Alleen de status wordt vergeleken, niet de toelichting erbij.",
        "Is het verborgen blad met de gegevens weg, dan is niet te zien wat de vorige status was.",
    ),
    mended="Het vaste antwoord staat er weer.",
)
def fixed_row_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare what is fixed with what stood in it: whole rows, and the status of last round."""
    found = context.found
    if found is None or found.organisation is None:
        return
    yield from _rows(found)
    yield from _previous(found)


def _rows(found: Found) -> Iterator[Finding]:
    layout = found.layout
    presets = layout.presets()
    for slot in layout.rows:
        number = slot.requirement.number
        row = found.rows.by_number.get(number)
        if not slot.locked or row is None or layout.status_key not in found.columns:
            continue
        fixed = presets.row(number).get(layout.status_key, EMPTY)
        typed = found.answers.row(number).get(layout.status_key, EMPTY)
        if key(typed) != key(fixed):
            now = f"‘{shown(typed.text)}’" if typed.text else "niets"
            yield fixed_row_changed.finding(
                f"{layout.column_by_key[layout.status_key].field.header} staat hier vast op "
                f"‘{fixed.text}’, maar er staat {now}. Dat telt niet. Geldt deze norm wel voor u, "
                "meld het dan aan de afzender.",
                sheet=found.sheet.name,
                cell=spot(found, row, layout.status_key),
                requirement=number,
                field=layout.status_key,
            )


def _previous(found: Found) -> Iterator[Finding]:
    before, earlier = found.layout.previous_column, found.layout.earlier
    if before is None or earlier is None or not earlier.title:
        return
    header = before.field.header
    for slot in found.layout.rows:
        number = slot.requirement.number
        cell = found.cell(number, before.field.key)
        was = earlier.statuses.get(number, "")
        if cell is None or key_of_text(cell.text) == key_of_text(was):
            continue
        now = f"‘{shown(cell.text)}’" if cell.text.strip() else "niets"
        stood = f"‘{shown(was)}’" if was else "niets"
        yield fixed_row_changed.finding(
            f"Bij {header} hoort {stood} te staan, maar er staat {now}. Dat telt niet. Klopt de "
            "status van toen niet, meld dat dan aan de afzender.",
            sheet=found.sheet.name,
            cell=(cell.row, cell.column),
            requirement=number,
            field=before.field.key,
        )
