"""NT501: case or spaces were set right, and the answer accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtemplates.layout.keys import key_of_text
from normtemplates.layout.lists import lists_of
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind, called
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import AnswerCell
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT501",
    "accepted-after-normalising",
    Severity.INFO,
    finds="Een woord uit een keuzelijst was anders geschreven: met andere hoofdletters of spaties.",
    why=(
        "Dat gebeurt vanzelf bij typen en plakken, en het is duidelijk wat er is bedoeld. Wij "
        "zeggen het, zodat niets stil wordt veranderd."
    ),
    remedy="U hoeft niets te doen.",
    good=(
        Case("De woorden zijn zoals in de lijst."),
        Case(
            "Een ander woord wordt nooit stil veranderd.",
            lambda book: book.set("1.1", "status", "uitgevoert"),
        ),
    ),
    bad=(
        Case(
            "Kleine letters en spaties, op meer plaatsen: één melding.",
            lambda book: (
                book.set("1.1", "status", " uitgevoerd"),
                book.set("2.1", "priority", "HOOG"),
            ),
            ("",),
        ),
    ),
    mended="De antwoorden staan er nu zoals in de lijst.",
)
def accepted_after_normalising(submission: Submission, context: Context) -> Iterator[Finding]:
    """Count them in one finding for the whole file, with the first as an example."""
    found = context.found
    if found is None:
        return
    changed = list(_changed(found, context.typed))
    if changed:
        one, label = changed[0]
        where = called(one.number) if one.number else one.name
        how_many = "Bij 1 antwoord is" if len(changed) == 1 else f"Bij {len(changed)} antwoorden is"
        yield accepted_after_normalising.finding(
            f"{how_many} een verschil in hoofdletters of spaties rechtgezet, bijvoorbeeld "
            f"‘{shown(one.cell.text)}’ in ‘{label}’ bij {where}. U hoeft niets te doen."
        )


def _changed(found: Found, typed: Iterable[AnswerCell]) -> Iterator[tuple[AnswerCell, str]]:
    labels: dict[tuple[str, bool], dict[str, str]] = {}
    for one, kind, part in lists_of(found.layout.norm, found.layout.round):
        labels[one.key, part] = {key_of_text(label): label for label in kind.labels}
    parts = {slot.requirement.number for slot in found.layout.part_rows}
    for one_cell in typed:
        own = one_cell.number in parts and one_cell.field.kind is FieldKind.STATUS
        known = labels.get((one_cell.field.key, own))
        if known and one_cell.cell.text not in known.values():
            label = known.get(key_of_text(one_cell.cell.text))
            if label:
                yield one_cell, label
