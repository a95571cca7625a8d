"""NT214: cells no longer stop what cannot be an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.contract import kind_of
from normtemplates.layout.places import OVERVIEW, START
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import AnswerCell, structure_known
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
)
def validation_removed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet how many cells lost their validation, by what it does."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    total: Counter[str] = Counter()
    bare: dict[str, list[AnswerCell]] = defaultdict(list)
    covered: dict[tuple[str, str], set[int]] = {}
    allowed = _allowed(found)
    last = max((one.cell.row for one in context.cells), default=0)
    for one in context.cells:
        total[one.sheet.name] += 1
        at = (one.sheet.name, one.field.key)
        if at not in covered:
            covered[at] = _rows(one, allowed[one.field.key], last)
        if one.cell.row not in covered[at]:
            bare[one.sheet.name].append(one)
    for name, cells in bare.items():
        which = f"{len(cells)} van de {total[name]} vakken op dit blad"
        which += f" ({enumerate_nl(dict.fromkeys(one.name for one in cells))})"
        if len(cells) == total[name]:
            which = "De vakken op dit blad"
        verb = "houdt" if which.startswith("1 ") else "houden"
        yield validation_removed.on_sheet(
            cells[0].sheet,
            f"{which} {verb} geen fouten meer tegen. Uw antwoorden zijn hier alsnog nagekeken. "
            "Plak voortaan als ‘Waarden’; dan blijven lijsten en controles heel.",
        )


def _allowed(found: Found) -> dict[str, str]:
    """Give for each field what its validation allows."""
    norm, round_ = found.layout.norm, found.layout.round
    fields = (*(c.field for c in found.layout.answer_columns), *norm.cover)
    return {one.key: kind_of(norm, round_, one).cell_rule().allow for one in fields}


def _rows(one: AnswerCell, allow: str, last: int) -> set[int]:
    """Give the rows up to ``last`` where the column of ``one`` has a validation that stops."""
    rows: set[int] = set()
    for validation in one.sheet.validations:
        if validation.stops and validation.kind in (allow, _ANY):
            for area in validation.areas:
                if area.first_column <= one.cell.column <= area.last_column:
                    rows.update(range(area.first_row, min(area.last_row, last) + 1))
    return rows
