"""Do the columns and cover fields of a norm go together?"""

from __future__ import annotations

from collections.abc import Iterable

from normtemplates.definitions.toml import Document, Place
from normtemplates.definitions.wording import comparable, quoted
from normtemplates.model.norm import HAND_OVER_KEYS, FieldKind, Norm, Role

_ONE_EACH = (FieldKind.NUMBER, FieldKind.SENTENCE, FieldKind.STATUS, FieldKind.CHECK)
# What a row is about before what one answers, and that before what is said of the answer.
_BEFORE = (
    (FieldKind.NUMBER, FieldKind.STATUS),
    (FieldKind.SENTENCE, FieldKind.STATUS),
    (FieldKind.STATUS, FieldKind.CHECK),
)


def check_column_set(document: Document, norm: Norm) -> None:
    """Judge the columns together: one of each, names unique, groups in one piece."""
    both = [*norm.fields, *norm.cover]
    places: list[Place] = [
        *(("field", i, "key") for i in range(len(norm.fields))),
        *(("cover", i, "key") for i in range(len(norm.cover))),
    ]
    unique_at(document, places, [f.key for f in both], "Geef elke kolom en elk vak een eigen key.")
    tail = "Hoofdletters en spaties maken geen verschil; kies een andere kop."
    unique(document, "field", "header", [f.header for f in norm.fields], tail)
    unique(document, "cover", "header", [f.header for f in norm.cover], tail)
    if not document.unsure("field", "kind"):
        for kind in _ONE_EACH:
            found = [i for i, f in enumerate(norm.fields) if f.kind is kind]
            if not found:
                document.fault(
                    ("field",), f'Er is geen kolom met kind = "{kind.value}". Voeg er een toe.'
                )
            for position in found[1:]:
                document.fault(
                    ("field", position, "kind"),
                    f'Er is al een kolom met kind = "{kind.value}". Er mag er één zijn.',
                )
        _check_previous(document, norm)
        _check_order(document, norm)
    _check_uses(document, norm)
    ended: set[str] = set()
    previous = ""
    for position, field in enumerate(norm.fields):
        if field.group != previous:
            ended.add(previous)
            previous = field.group
            if field.group and field.group in ended:
                document.fault(
                    ("field", position, "group"),
                    f"De groep {quoted(field.group)} is al geëindigd. Zet kolommen van een groep "
                    "naast elkaar.",
                )


def _check_order(document: Document, norm: Norm) -> None:
    """Judge the order of the columns that every norm has; others may stand between them."""
    place = {f.kind: position for position, f in reversed(list(enumerate(norm.fields)))}
    for left, right in _BEFORE:
        if left in place and right in place and place[left] > place[right]:
            document.fault(
                ("field", place[right]),
                f'De kolom met kind = "{right.value}" staat vóór die met kind = "{left.value}". '
                "Zet number en sentence vóór status, en check erachter.",
            )


def _check_uses(document: Document, norm: Norm) -> None:
    """Judge keys that mean something elsewhere, and whether a ground has a place to stand."""
    for position, field in enumerate(norm.fields):
        if field.answerable and field.kind is not FieldKind.STATUS and field.key in HAND_OVER_KEYS:
            document.fault(
                ("field", position, "key"),
                f"{quoted(field.key)} heet al een kolom van de antwoorden die u doorgeeft "
                "(check --answers). Kies een andere key.",
            )
    grounds = any(r.not_fitting or r.applies_to for r in norm.requirements)
    fitting = grounds and norm.statuses_of(Role.NOT_APPLICABLE)
    if fitting and norm.ground_field is None and not document.unsure("field", "kind"):
        document.fault(
            ("field",),
            "Een norm past niet bij elke organisatie (not_fitting of applies_to), maar geen kolom "
            'kan de reden tonen. Zet "not_applicable" in required_for van een kolom met kind = '
            '"text".',
        )


def _check_previous(document: Document, norm: Norm) -> None:
    """Judge the column for last round's status: at most one, left of the status itself."""
    kinds = [f.kind for f in norm.fields]
    found = [i for i, kind in enumerate(kinds) if kind is FieldKind.PREVIOUS]
    for position in found[1:]:
        document.fault(
            ("field", position, "kind"),
            'Er is al een kolom met kind = "previous". Er mag er één zijn.',
        )
    if found and kinds[found[0] + 1 : found[0] + 2] != [FieldKind.STATUS]:
        document.fault(
            ("field", found[0]),
            "De vorige status hoort meteen links van de status. Zet deze kolom daar.",
        )


def unique(document: Document, table: str, key: str, values: Iterable[str], advice: str) -> None:
    """Note every ``key`` of the items of ``table`` that, without spaces and case, is not new."""
    found = list(values)
    unique_at(document, [(table, i, key) for i in range(len(found))], found, advice)


def unique_at(
    document: Document, places: Iterable[Place], values: Iterable[str], advice: str
) -> None:
    """Note every value that, without spaces and case, was there before."""
    first: dict[str, Place] = {}
    for place, value in zip(places, values, strict=True):
        known = first.setdefault(comparable(value), place)
        if value and known != place:
            line = document.line(known)
            document.fault(
                place,
                f"{quoted(value)} staat er al{f' (regel {line})' if line else ''}. {advice}",
            )
