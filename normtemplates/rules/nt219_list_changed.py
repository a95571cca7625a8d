"""NT219: a list offers other words than the norm has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normtemplates.layout.contract import kind_of, list_name
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.kinds import Choice
from normtemplates.layout.places import coordinates
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import structure_known
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_AREA = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
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
    ),
    known_misses=(
        (
            "Een lijst die met een formule wordt gemaakt of in een ander bestand staat, wordt niet "
            "bekeken."
        ),
    ),
)
def list_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Read each list by its defined name and compare it with the norm."""
    found = context.found
    if found is None or not structure_known(submission):
        return
    norm, round_ = found.layout.norm, found.layout.round
    for one in (*norm.fields, *norm.cover):
        kind = kind_of(norm, round_, one) if one.answerable else None
        if not isinstance(kind, Choice):
            continue
        offered = _labels(submission, submission.names.get(list_name(one), ""))
        if offered and offered != {key_of_text(label) for label in kind.labels}:
            yield list_changed.finding(
                f"De keuzelijst van {one.brief} biedt andere woorden aan dan er horen. Kies alleen "
                "de woorden uit de uitleg, of gebruik een nieuw overzicht.",
                field=one.key,
            )


def _labels(submission: Submission, formula: str) -> set[str]:
    """Give the keys of the labels that a name points to; nothing when that cannot be told."""
    area = _AREA.fullmatch(formula.strip())
    sheet = submission.sheet(area[1].replace("''", "'")) if area else None
    if not area or not sheet:
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
