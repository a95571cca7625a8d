"""NT501: case or spaces were set right, and the answer accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtemplates.layout.contract import kind_of
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.kinds import Choice
from normtemplates.layout.recognise import Found
from normtemplates.model.finding import Finding, Severity
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
)
def accepted_after_normalising(submission: Submission, context: Context) -> Iterator[Finding]:
    """Count them in one finding for the whole file, with the first as an example."""
    found = context.found
    if found is None:
        return
    changed = list(_changed(found, context.typed))
    if changed:
        one, label = changed[0]
        where = f"norm {one.number}" if one.number else one.name
        how_many = "Bij 1 antwoord is" if len(changed) == 1 else f"Bij {len(changed)} antwoorden is"
        yield accepted_after_normalising.finding(
            f"{how_many} een verschil in hoofdletters of spaties rechtgezet, bijvoorbeeld "
            f"‘{shown(one.cell.text)}’ in ‘{label}’ bij {where}. U hoeft niets te doen."
        )


def _changed(found: Found, typed: Iterable[AnswerCell]) -> Iterator[tuple[AnswerCell, str]]:
    norm, round_ = found.layout.norm, found.layout.round
    labels: dict[str, dict[str, str]] = {}
    for one in (*norm.fields, *norm.cover):
        kind = kind_of(norm, round_, one) if one.answerable else None
        if isinstance(kind, Choice):
            labels[one.key] = {key_of_text(label): label for label in kind.labels}
    for one_cell in typed:
        known = labels.get(one_cell.field.key)
        if known and one_cell.cell.text not in known.values():
            label = known.get(key_of_text(one_cell.cell.text))
            if label:
                yield one_cell, label
