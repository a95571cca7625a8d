"""Does a new edition say of every requirement of the one before where it went?"""

from __future__ import annotations

from normtemplates.definitions.toml import Document
from normtemplates.definitions.wording import listed, quoted, suggestion
from normtemplates.model.norm import Norm


def check_changes(document: Document, norm: Norm, before: Norm | None) -> None:
    """Note what is wrong with the changes of ``norm``.

    ``before`` is the edition that it follows, ``None`` when it names none or that one has
    faults of its own; then only the numbers of this edition are looked at.
    """
    if norm.changes and norm.previous_edition is None:
        document.fault(
            ("change",),
            "Er staan wijzigingen, maar previous_edition ontbreekt. Noem de editie hiervoor.",
        )
    for position, change in enumerate(norm.changes):
        place = ("change", position)
        for key, numbers, known in (
            ("old", change.old, before.by_number if before else None),
            ("new", change.new, norm.by_number),
        ):
            for at, number in enumerate(numbers):
                if known is not None and number not in known:
                    document.fault(
                        (*place, key, at),
                        f"Norm {quoted(number)} bestaat niet in "
                        f"{'deze editie' if key == 'new' else 'de vorige editie'}."
                        f"{suggestion(number, known)}",
                    )
                elif number in numbers[:at]:
                    document.fault((*place, key, at), f"Nummer {number} staat er twee keer.")
        if not change.old:
            document.fault(
                place, "Bij old staat geen nummer. Een nieuwe norm hoeft hier niet te staan."
            )
        if len(change.old) > 1 and len(change.new) > 1:
            document.fault(
                place,
                "Hier gaan meer normen naar meer normen. Schrijf voor elke oude norm een eigen "
                "[[change]].",
            )
    if before is not None:
        _check_complete(document, norm, before)


def _check_complete(document: Document, norm: Norm, before: Norm) -> None:
    """A requirement that is gone without a word could be a slip of the pen."""
    named = {number for change in norm.changes for number in change.old}
    gone = [n for n in before.by_number if n not in named and n not in norm.by_number]
    if gone:
        document.fault(
            ("previous_edition",),
            f"Waar bleven {listed(gone)} van editie {before.edition}? Schrijf een [[change]] met "
            "old en new, en new = [] voor een norm die is vervallen.",
        )
