"""NT219: a list offers other words than the norm has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.lists import lists_of
from normtemplates.layout.places import coordinates
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import Field, FieldKind
from normtemplates.model.submission import Sheet, Submission
from normtemplates.rules.cells import structure_known, within
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_AREA = re.compile(
    r"(?:'?((?:[^']|'')+?)'?!)?\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
_LONGEST = 1000  # cells of an area that are looked at


@rule(
    "NT219",
    "list-changed",
    Severity.WAARSCHUWING,
    finds="Een keuzelijst biedt andere woorden aan dan bij de norm horen.",
    why=(
        "Wie dan uit de lijst kiest, geeft een antwoord dat wij niet kennen, zonder dat het vak "
        "waarschuwt."
    ),
    remedy="Gebruik een nieuw overzicht; daarin staan de goede lijsten.",
    good=(Case("De lijsten zijn zoals ze waren."),),
    bad=(
        Case(
            "In een lijst is een woord veranderd.",
            lambda book: book.relist("priority", "Hoog", "Gemiddeld", "Laag"),
            ("",),
        ),
        Case(
            "De naam van een lijst wijst naar andere vakken.",
            lambda book: book.repoint("status", book.names["lijst_priority"]),
            ("",),
        ),
        Case(
            "Bij de vakken hoort een eigen lijst, met een ander woord erin.",
            lambda book: book.relist_inline("priority", "Hoog", "Gemiddeld", "Laag"),
            ("",),
        ),
    ),
    known_misses=(
        (
            "Een lijst die met een formule wordt gemaakt of in een ander bestand staat, wordt niet "
            "bekeken."
        ),
    ),
    mended="De keuzelijst heeft weer de goede woorden.",
)
def list_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare what each list offers with the norm: by its defined name, and at the cells."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    for one, kind, part in lists_of(found.layout.norm, found.layout.round):
        right = {key_of_text(label) for label in kind.labels}
        for formula in dict.fromkeys((kind.source, *_at_cells(found, one, part=part))):
            offered = _offered(submission, formula, _sheet_of(found, one))
            if offered and offered != right:
                yield list_changed.finding(
                    f"De keuzelijst van {one.brief}{' bij onderdelen' if part else ''} biedt "
                    "andere woorden aan dan er horen. Kies alleen de woorden uit de uitleg, of "
                    "gebruik een nieuw overzicht.",
                    field=one.key,
                )
                break


def _at_cells(found: Found, one: Field, *, part: bool) -> Iterator[str]:
    """Give what the lists at the cells of a field are made from, of sub-items or of norms."""
    sheet = _sheet_of(found, one)
    if place := found.cover.get(one.key):
        column, rows = place[2], [place[1]]
    else:
        column, by_number = found.columns.get(one.key, 0), found.rows.by_number
        own = one.kind is FieldKind.STATUS  # the other lists are the same for both
        slots = (slot for slot in found.layout.rows if slot.part is part or not own)
        rows = sorted(r for s in slots if (r := by_number.get(s.requirement.number)))
    for validation in sheet.validations if column else ():
        if validation.kind == "list" and any(
            area.first_column <= column <= area.last_column
            and within(rows, area.first_row, area.last_row)
            for area in validation.areas
        ):
            yield validation.first.removeprefix("=")


def _sheet_of(found: Found, one: Field) -> Sheet:
    place = found.cover.get(one.key)
    return place[0] if place else found.sheet


def _offered(submission: Submission, formula: str, here: Sheet) -> set[str]:
    """Give the keys of the labels that a list offers; nothing when that cannot be told."""
    formula = formula.strip()
    if formula[:1] == '"':  # the words themselves (ECMA-376 part 1, 18.3.1.32 dataValidation)
        return {key_of_text(text) for text in formula.strip('"').split(",")} - {""}
    names = {name.casefold(): target for name, target in submission.names.items()}
    area = _AREA.fullmatch(names.get(formula.casefold(), formula).strip())
    if not area:
        return set()
    sheet = submission.sheet(area[1].replace("''", "'")) if area[1] else here
    if sheet is None:
        return set()
    (first, left), (last, right) = coordinates(area[2] + area[3]), coordinates(area[4] + area[5])
    if (last - first + 1) * (right - left + 1) > _LONGEST:
        return set()
    texts = {
        sheet.text(row, column)
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    return {key_of_text(text) for text in texts} - {""}
