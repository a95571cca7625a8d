"""NT220: something was typed where no answer is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.places import OVERVIEW, UNPLACED, address
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Cell, CellKind, Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_NAMED: Final = 5  # addresses that are named; the rest is counted


@rule(
    "NT220",
    "content-outside",
    Severity.WAARSCHUWING,
    finds="Op het blad met de normen staat iets buiten de vakken voor antwoorden.",
    why="Dat wordt niet gelezen. Misschien is een antwoord in het verkeerde vak getypt of geplakt.",
    remedy="Zet de tekst in het goede vak, of haal hem weg.",
    good=(Case("Er staat niets buiten de vakken."),),
    bad=(
        Case(
            "Rechts naast de tabel is een aantekening gemaakt.",
            lambda book: book.beside("1.1", "Nog navragen"),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "In de balk van een thema is getypt.",
            lambda book: book.in_band("1", "explanation", "Loopt goed"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        "Boven de koppen en op andere bladen wordt niet gezocht.",
        "Een formule buiten de vakken wordt niet gemeld.",
    ),
    mended=f"Wat er stond, staat nu op ‘{UNPLACED}’.",
)
def content_outside(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once what stands below the headers and belongs to nothing."""
    found = context.found
    if found is None:
        return
    stray = sorted((cell.row, cell.column) for cell in _stray(found))
    if not stray:
        return
    named = [address(*spot) for spot in stray[:_NAMED]]
    if len(stray) > _NAMED:
        named.append(f"nog {len(stray) - _NAMED} vakken")
    yield content_outside.on_sheet(
        found.sheet,
        f"Buiten de vakken voor antwoorden staat iets, in {enumerate_nl(named)}. Dat is niet "
        "gelezen. Zet het in het goede vak of haal het weg.",
    )


def _stray(found: Found) -> Iterator[Cell]:
    layout = found.layout
    columns = set(found.columns.values())
    # Key cells; another program may have turned their formulas into values.
    shift = max(columns, default=layout.last_column) - layout.last_column
    own = {column + shift for column in layout.hidden_columns}
    told = {row for rows in found.rows.again.values() for row in rows} | set(found.rows.strange)
    rows = set(found.rows.by_number.values())
    answers = {
        column for one in layout.answer_columns if (column := found.columns.get(one.field.key))
    }
    known = columns | own
    for (row, column), cell in found.sheet.cells.items():
        if row in rows and column in known:
            continue
        if row <= found.header_row or row in told or not _typed(cell):
            continue
        if column in answers or column not in known:
            yield cell


def _typed(cell: Cell) -> bool:
    return cell.formula is None and cell.kind is not CellKind.EMPTY and bool(cell.text.strip())
