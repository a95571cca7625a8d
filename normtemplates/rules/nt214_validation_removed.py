"""NT214: cells no longer stop what cannot be an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.lists import kind_of
from normtemplates.layout.places import OVERVIEW, START
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Sheet, Submission
from normtemplates.rules.cells import structure_known, within
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

#: Some programs write any validation as a formula of their own.
_ANY = "custom"


@rule(
    "NT214",
    "validation-removed",
    Severity.WAARSCHUWING,
    finds="Vakken op een blad houden niet meer tegen wat daar geen antwoord kan zijn.",
    why=(
        "Plakken neemt de keuzelijst en de controle van een vak weg, en sommige programma’s "
        "bewaren ze niet. Daarna kan er van alles in het vak komen."
    ),
    remedy="Plak voortaan als ‘Waarden’. Een nieuw overzicht heeft alle lijsten en controles weer.",
    good=(
        Case("Alle vakken hebben hun controle."),
        Case(
            "Een programma heeft de controles anders opgeschreven: een per vak.",
            lambda book: book.split_validations(OVERVIEW),
        ),
    ),
    bad=(
        Case(
            "Een programma heeft alle controles laten vallen.",
            lambda book: book.drop_validations(OVERVIEW),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "De controles waarschuwen alleen nog.",
            lambda book: book.only_warn(START),
            (f"sheet/{START}",),
        ),
    ),
    known_misses=(
        (
            "Of de grenzen van een controle zijn veranderd, zoals een datum of een lengte, wordt "
            "niet bekeken: de antwoorden zelf worden aan de echte grenzen gehouden."
        ),
    ),
    mended="De vakken houden fouten weer tegen.",
)
def validation_removed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet how many cells lost their validation, by what it does."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    total: Counter[str] = Counter()
    bare: dict[str, list[tuple[_Strip, int]]] = defaultdict(list)
    for strip in _strips(found):
        total[strip.sheet.name] += len(strip.rows)
        lost = len(strip.rows - _stopping(strip))
        if lost:
            bare[strip.sheet.name].append((strip, lost))
    for name, strips in bare.items():
        count = sum(lost for _, lost in strips)
        headers = enumerate_nl(strip.name for strip, _ in strips)
        which = f"{count} van de {total[name]} vakken op dit blad ({headers})"
        if count == total[name]:
            which = "De vakken op dit blad"
        verb = "houdt" if count == 1 else "houden"
        yield validation_removed.on_sheet(
            strips[0][0].sheet,
            f"{which} {verb} geen fouten meer tegen. Dat komt door plakken, of door het programma "
            "waarmee is opgeslagen. Uw antwoorden zijn hier alsnog nagekeken. Plak voortaan als "
            "‘Waarden’; dan blijven lijsten en controles heel.",
        )


class _Strip(NamedTuple):
    """Cells below each other that take the same kind of answer."""

    name: str
    sheet: Sheet
    column: int
    rows: frozenset[int]
    allow: str


def _strips(found: Found) -> Iterator[_Strip]:
    norm, round_ = found.layout.norm, found.layout.round
    by_number = found.rows.by_number
    for one in (column.field for column in found.layout.answer_columns):
        at = found.columns.get(one.key)
        if at:
            allow = kind_of(norm, round_, one).cell_rule().allow
            slots = (slot for slot in found.layout.rows if slot.opens(one.key))
            rows = (by_number.get(slot.requirement.number) for slot in slots)
            open_rows = frozenset(row for row in rows if row)
            yield _Strip(one.header, found.sheet, at, open_rows, allow)
    for slot in found.layout.cover:
        place = found.cover.get(slot.field.key)
        if place:
            sheet, row, at = place
            allow = kind_of(norm, round_, slot.field).cell_rule().allow
            yield _Strip(slot.label, sheet, at, frozenset({row}), allow)


def _stopping(strip: _Strip) -> set[int]:
    """Give the rows that a validation of the right kind covers and that it stops."""
    wanted = sorted(strip.rows)
    rows: set[int] = set()
    for validation in strip.sheet.validations:
        if validation.stops and validation.kind in (strip.allow, _ANY):
            for area in validation.areas:
                if area.first_column <= strip.column <= area.last_column:
                    rows.update(within(wanted, area.first_row, area.last_row))
    return rows
