"""One norm file -> :class:`~normtemplates.model.norm.Norm`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from normtemplates.definitions.changes import check_changes
from normtemplates.definitions.columns import check_columns
from normtemplates.definitions.sentences import check_sentences
from normtemplates.definitions.structure import structure
from normtemplates.definitions.toml import Document, Place, read_toml
from normtemplates.definitions.wording import Form, comparable, form_faults, quoted
from normtemplates.errors import DefinitionError, RequestError
from normtemplates.model.norm import Norm
from normtemplates.model.organisation import OrganisationKind

# A norm without a site of its own says website = "".
_MAY_BE_EMPTY = {"website"}
# Texts in which paragraphs may follow each other.
_MORE_LINES = {"introduction", "explanation", "footnote", "guidance", "note", "remark"}
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EDITION = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")

#: The folder of the norms, in which each has one of its own.
NORMS = "norms"


def load_norm(
    path: Path,
    shown: str,
    kinds: Mapping[str, OrganisationKind],
    edition_before: Callable[[str, str], Norm] | None = None,
) -> Norm:
    """Read the norm at ``path``, called ``shown`` in messages.

    ``kinds`` are the known kinds of organisation, by code. ``edition_before`` loads another
    edition by code and edition. Raises ``DefinitionError`` with all faults of the file.
    """
    document = read_toml(path, shown)
    norm = structure(document, Norm)
    check_texts(document, norm)
    _check_identity(document, norm)
    _check_place(document, norm, path)
    check_columns(document, norm, kinds)
    check_sentences(document, norm, kinds)
    check_changes(document, norm, _before(document, norm, edition_before))
    document.raise_faults()
    return norm


def _check_place(document: Document, norm: Norm, path: Path) -> None:
    """Note a code or edition that is not that of its place, ``norms/<code>/<edition>.toml``.

    A file that lies elsewhere may have any name.
    """
    folder = path.absolute().parent
    if folder.parent.name != NORMS:
        return
    for key, said, place in (
        ("code", norm.code, f"de map heet {quoted(folder.name)}"),
        ("edition", norm.edition, f"het bestand heet {quoted(path.name)}"),
    ):
        if said != (folder.name if key == "code" else path.stem):
            document.fault((key,), f"Hier staat {quoted(said)}, en {place}. Maak die gelijk.")


def _before(document: Document, norm: Norm, load: Callable[[str, str], Norm] | None) -> Norm | None:
    """Give the edition that ``norm`` follows; ``None`` when that cannot be looked at."""
    edition = norm.previous_edition
    if edition is None or load is None or document.unsure("previous_edition", ""):
        return None
    if edition == norm.edition:
        document.fault(("previous_edition",), "Een editie kan niet zichzelf opvolgen.")
        return None
    try:
        return load(norm.code, edition)
    except RequestError as error:
        document.fault(("previous_edition",), " ".join(error.faults))
    except DefinitionError:  # its faults are told with its own file
        document.fault(
            ("previous_edition",),
            f"In editie {quoted(edition)} staan fouten. Verbeter die eerst.",
        )
    return None


def check_texts(document: Document, value: Any, place: Place = ()) -> None:
    """Note every text inside the attrs value ``value`` that is empty or badly written.

    A text is only allowed to be empty where the model says so by a default.
    """
    for field in attrs.fields(type(value)):
        key = field.alias or field.name
        inner = getattr(value, field.name)
        empty = field.default is not attrs.NOTHING or key in _MAY_BE_EMPTY
        _check_value(document, inner, (*place, key), key, empty)


def _check_value(document: Document, value: Any, place: Place, key: str, empty: bool) -> None:
    if isinstance(value, str):
        if not value and not empty:
            document.fault(place, "Hier staat geen tekst. Vul hem in.")
        for sentence in form_faults(value, Form(lines=key in _MORE_LINES)):
            document.fault(place, sentence)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            _check_value(document, item, (*place, position), key, False)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_value(document, item, (*place, name), name, False)
    elif attrs.has(type(value)):
        check_texts(document, value, place)


def _check_identity(document: Document, norm: Norm) -> None:
    if norm.code and not _CODE.fullmatch(norm.code):
        document.fault(
            ("code",),
            f"{quoted(norm.code)} kan geen code zijn. Gebruik kleine letters, cijfers en "
            "streepjes.",
        )
    if norm.edition and not _EDITION.fullmatch(norm.edition):
        document.fault(
            ("edition",),
            f"{quoted(norm.edition)} kan geen editie zijn. Gebruik bijvoorbeeld het jaar: ‘2025’.",
        )
    if norm.issued and norm.ambition and norm.ambition < norm.issued:
        document.fault(
            ("ambition",),
            f"De ambitie ({norm.ambition}) ligt vóór de datum van het document ({norm.issued}). "
            "Verbeter een van de twee.",
        )
    first: dict[str, int] = {}
    for position, word in enumerate(norm.placeholders):
        place = ("placeholders", position)
        if "|" in word:
            document.fault(place, "Een | kan hier niet: het werkboek scheidt de woorden ermee.")
        if first.setdefault(word, position) != position:
            document.fault(place, f"{quoted(word)} staat er twee keer. Haal er een weg.")
        for status in (*norm.statuses, *norm.part_statuses):
            if word and comparable(word) == comparable(status.label):
                document.fault(
                    place,
                    f"{quoted(word)} is ook een status. Een status kan geen woord voor ‘komt nog’ "
                    "zijn; haal het hier weg.",
                )
