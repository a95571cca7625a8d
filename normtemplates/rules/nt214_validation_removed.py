"""NT214: cells no longer stop what cannot be an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.contract import kind_of
from normtemplates.layout.places import OVERVIEW, START
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import Field
from normtemplates.model.submission import Sheet, Submission, Validation
from normtemplates.rules.context import Context, answer_cells, structure_known
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
        "Of de grenzen van een controle zijn veranderd, zoals een datum of een lengte, wordt niet "
        "bekeken: de antwoorden zelf worden aan de echte grenzen gehouden.",
    ),
)
def validation_removed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once for each sheet how many cells lost their validation, by what it does."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    total: dict[str, int] = defaultdict(int)
    bare: dict[str, list[Field]] = defaultdict(list)
    coverage: dict[tuple[str, str], list[Validation]] = {}
    sheets: dict[str, Sheet] = {}
    allowed = _allowed(found)
    for _, field, sheet, cell in answer_cells(found):
        sheets[sheet.name] = sheet
        total[sheet.name] += 1
        at = (sheet.name, field.key)
        if at not in coverage:
            coverage[at] = _stopping(sheet, allowed[field.key])
        if not _covered(cell.row, cell.column, coverage[at]):
            bare[sheet.name].append(field)
    for name, fields in bare.items():
        headers = dict.fromkeys(one.brief for one in fields)
        yield validation_removed.on_sheet(
            sheets[name],
            f"{len(fields)} van de {total[name]} vakken op dit blad houden geen fouten meer tegen "
            f"({enumerate_nl(headers)}). Uw antwoorden zijn hier alsnog nagekeken. Plak voortaan "
            "als ‘Waarden’; dan blijven lijsten en controles heel.",
        )


def _allowed(found: Found) -> dict[str, str]:
    """Give for each field what its validation allows."""
    norm, round_ = found.layout.norm, found.layout.round
    fields = (*(c.field for c in found.layout.answer_columns), *norm.cover)
    return {one.key: kind_of(norm, round_, one).cell_rule().allow for one in fields}


def _stopping(sheet: Sheet, allow: str) -> list[Validation]:
    return [one for one in sheet.validations if one.stops and one.kind in (allow, _ANY)]


def _covered(row: int, column: int, validations: Iterable[Validation]) -> bool:
    return any(area.holds(row, column) for one in validations for area in one.areas)
