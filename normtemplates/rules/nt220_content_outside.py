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
        Case(
            "Bij een onderdeel is een actie getypt, in een grijs vak.",
            lambda book: book.set("2.1.a", "action", "Rooster maken"),
            (f"sheet/{OVERVIEW}",),
        ),
    ),
    known_misses=(
        "In een regel die vaststaat, wordt alleen de status vergeleken.",
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
        left = len(stray) - _NAMED
        named.append("nog 1 vak" if left == 1 else f"nog {left} vakken")
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
    closed = set(_closed(found))
    for (row, column), cell in found.sheet.cells.items():
        if row in rows and column in known and (row, column) not in closed:
            continue
        if row <= found.header_row or row in told or not _typed(cell):
            continue
        if column in answers or column not in known:
            yield cell


def _closed(found: Found) -> Iterator[tuple[int, int]]:
    """Give the cells in the rows of requirements that take no answer: a sub-item has fewer."""
    for slot in found.layout.rows:
        row = found.rows.by_number.get(slot.requirement.number)
        for one in found.layout.answer_columns if row else ():
            column = found.columns.get(one.field.key)
            if row and column and one.field.key not in slot.keys:
                yield row, column


def _typed(cell: Cell) -> bool:
    return cell.formula is None and cell.kind is not CellKind.EMPTY and bool(cell.text.strip())
