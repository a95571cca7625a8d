"""NT211: a column has another header, another place, or is not there."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.lists import kind_of
from normtemplates.layout.places import OVERVIEW
from normtemplates.layout.recognise import Found
from normtemplates.model.answers import date_value
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import Field
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission, Validation
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT211",
    "header-changed",
    Severity.FOUT,
    finds=(
        "De kop van een kolom is veranderd of verwisseld, of de kolom is er niet (fout), of hele "
        "kolommen staan in een andere volgorde (waarschuwing)."
    ),
    why=(
        "Aan de kop is te zien welk antwoord in de kolom staat. Zijn twee koppen verwisseld, dan "
        "komt elk antwoord bij de verkeerde vraag terecht."
    ),
    remedy="Zet de koppen terug zoals ze waren, of gebruik een nieuw overzicht.",
    good=(
        Case("De koppen zijn zoals ze waren."),
        Case("Een kop in hoofdletters.", lambda book: book.header("action", "ACTIE")),
    ),
    bad=(
        Case(
            "Een kop is veranderd.",
            lambda book: book.header("evidence", "Opmerkingen"),
            ("header/evidence",),
        ),
        Case(
            "Een kolom is verwijderd.",
            lambda book: book.remove_column("action"),
            (f"sheet/{OVERVIEW}",),
        ),
        Case(
            "Twee koppen zijn verwisseld.",
            lambda book: (
                book.header("explanation", "Actie"),
                book.header("action", "Toelichting"),
            ),
            ("header/explanation",),
        ),
        Case(
            "Twee hele kolommen hebben van plaats gewisseld.",
            lambda book: book.swap_columns("explanation", "action"),
            ("header/explanation",),
        ),
    ),
    known_misses=(
        (
            "Zijn ook de controles op de vakken weg, dan is niet te zien of hele kolommen zijn "
            "verplaatst. Dat telt dan als fout."
        ),
    ),
    mended="De kolommen en hun koppen staan er weer zoals ze horen.",
)
def header_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Look at headers that changed, columns that lack, and the order of the columns."""
    found = context.found
    if found is None:
        return
    sheet = found.sheet.name
    for one in (column.field for column in found.layout.columns):
        if one.key in found.changed_headers:
            column, text = found.changed_headers[one.key]
            now = f"heet nu ‘{shown(text)}’" if text.strip() else "heeft geen kop meer"
            yield header_changed.finding(
                f"De kolom {one.header} {now}. De antwoorden zijn gelezen alsof de kop er nog "
                f"staat. Zet ‘{one.header}’ terug en kijk of de antwoorden in de goede kolom "
                "staan.",
                sheet=sheet,
                cell=(found.header_row, column),
                field=one.key,
            )
        elif one.key not in found.columns:
            yield header_changed.finding(
                f"De kolom {one.header} is er niet. Kopieer uw antwoorden als ‘Waarden’ naar een "
                "nieuw overzicht en vul deze kolom daar in.",
                sheet=sheet,
                field=one.key,
            )
    yield from _order(found)


def _order(found: Found) -> Iterator[Finding]:
    """Tell once of columns that stand in another order than in the layout.

    Whole columns take their validations along when they are moved; headers that were typed
    over do not, and then the answers below them are those to another question.
    """
    here = [one.field for one in found.layout.columns if one.field.key in found.columns]
    by_place = sorted(here, key=lambda one: found.columns[one.key])
    moved = [one for one, other in zip(by_place, here, strict=True) if one is not other]
    if not moved:
        return
    names = enumerate_nl(one.header for one in moved)
    if all(_moved_along(found, one) for one in moved):
        severity = Severity.WAARSCHUWING
        message = (
            f"De kolommen {names} staan in een andere volgorde. Elk antwoord is gelezen onder de "
            "kop die erboven staat. Kijk of alle antwoorden onder de goede kop staan."
        )
    else:
        severity = Severity.FOUT
        message = (
            f"De koppen {names} staan in een andere volgorde. Misschien zijn alleen de koppen "
            "veranderd. Kijk welke antwoorden bij welke kop horen, en zorg dat ze onder elkaar "
            "staan zoals in een nieuw overzicht."
        )
    yield header_changed.finding(
        message,
        sheet=found.sheet.name,
        cell=spot(found, found.header_row, moved[0].key),
        field=moved[0].key,
        severity=severity,
    )


def _moved_along(found: Found, one: Field) -> bool:
    """Tell whether the cells below a header still take the answers that belong to it."""
    if not one.answerable:  # rows are known by what stands in these columns
        return True
    layout = found.layout
    rule = kind_of(layout.norm, layout.round, one).cell_rule()
    opened = {s.requirement.number for s in layout.norm_rows if s.opens(one.key)}
    rows = [row for number, row in found.rows.by_number.items() if number in opened]
    return any(
        validation.kind == rule.allow and _fits(validation, rule)
        for validation in found.sheet.validations
        for area in validation.areas
        if any(area.holds(row, found.columns[one.key]) for row in rows[:1])
    )


def _fits(validation: Validation, rule: CellRule) -> bool:
    first = validation.first.strip()
    if rule.allow == "list":
        return first.casefold().endswith(rule.source.casefold())
    wanted = rule.longest if rule.allow == "textLength" else float(date_value(rule.first).text)
    try:
        return float(first) == wanted
    except ValueError:
        return False
