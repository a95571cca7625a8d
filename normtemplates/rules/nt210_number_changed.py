"""NT210: the number of a requirement is not the official one."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT210",
    "number-changed",
    Severity.FOUT,
    finds="Bij de zin van een norm staat niet het nummer dat erbij hoort.",
    why=(
        "Nummer en zin wijzen dan naar twee normen. Het antwoord is gelezen bij de zin, maar het "
        "kan voor het nummer bedoeld zijn."
    ),
    remedy="Zet het nummer terug en kijk of het antwoord bij de zin past.",
    good=(
        Case("De nummers zijn zoals ze waren."),
        Case(
            "Een programma heeft van een nummer een getal gemaakt.",
            lambda book: book.set("2.1", "number", 2.1),
        ),
    ),
    bad=(
        Case(
            "Een nummer is veranderd.",
            lambda book: book.set("2.1", "number", "2.7"),
            ("2.1/number",),
        ),
        Case("Een nummer is weg.", lambda book: book.set("2.1", "number", None), ("2.1/number",)),
        Case(
            "Twee nummers zijn verwisseld.",
            lambda book: (book.set("1.1", "number", "1.3"), book.set("1.3", "number", "1.1")),
            ("1.1/number", "1.3/number"),
        ),
    ),
    mended="Het nummer staat er weer zoals het hoort.",
)
def number_changed(submission: Submission, context: Context) -> Iterator[Finding]:
    """Show the number that belongs to the sentence."""
    found = context.found
    if found is None:
        return
    header = found.layout.norm.field_of_kind(FieldKind.NUMBER)
    for number, typed in found.rows.renumbered.items():
        now = f"is veranderd in ‘{shown(typed, 20)}’" if typed else "is leeg"
        yield number_changed.finding(
            f"{header.header} {now}. Bij deze zin hoort {number}. Zet het nummer terug en kijk of "
            "uw antwoord bij de zin past.",
            sheet=found.sheet.name,
            cell=spot(found, found.rows.by_number[number], header.key),
            requirement=number,
            field=header.key,
        )
