"""One round file -> its keys, and with norm and register -> the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from attrs import frozen

from normtemplates.definitions.norms import check_texts
from normtemplates.definitions.structure import structure
from normtemplates.definitions.toml import Document, read_toml
from normtemplates.definitions.wording import listed, quoted, suggestion
from normtemplates.errors import DefinitionError
from normtemplates.model.norm import Norm
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen
class RoundFile:
    """The keys of a round file; ``norm``, ``edition``, ``register`` and ``previous`` are names."""

    name: str
    title: str
    norm: str
    edition: str
    register: str
    reference_date: date
    return_date: date | None = None
    previous: str | None = None
    default: bool = False


@frozen
class Known:
    """What a round may refer to; each may raise ``DefinitionError`` for its own file.

    ``editions`` are the editions by norm code, ``norm`` and ``register`` load one, ``lineage``
    gives the editions that led to one,
    ``registers`` are their names, ``rounds`` those of all rounds and ``round_file`` reads one.
    """

    editions: Mapping[str, Iterable[str]]
    norm: Callable[[str, str], Norm]
    lineage: Callable[[Norm], tuple[Norm, ...]]
    registers: Iterable[str]
    register: Callable[[str], tuple[Organisation, ...]]
    rounds: Iterable[str]
    round_file: Callable[[str], RoundFile]


def read_round(path: Path, shown: str) -> tuple[Document, RoundFile]:
    """Read the round file at ``path``, called ``shown`` in messages.

    Raises ``DefinitionError`` with all faults that show without looking at another file.
    """
    document = read_toml(path, shown)
    content = structure(document, RoundFile)
    check_texts(document, content)
    if content.name and not _NAME.fullmatch(content.name):
        document.fault(
            ("name",),
            f"{quoted(content.name)} kan geen naam zijn. Gebruik kleine letters, cijfers en "
            "streepjes.",
        )
    elif content.name != path.stem:
        document.fault(
            ("name",),
            f"De ronde heet {quoted(content.name)} en het bestand {quoted(path.name)}. Maak die "
            "gelijk.",
        )
    if content.return_date and content.return_date < content.reference_date:
        document.fault(
            ("return_date",),
            f"De inleverdatum ligt vóór de peildatum ({content.reference_date}). Verbeter een van "
            "de twee.",
        )
    document.raise_faults()
    return document, content


def load_round(document: Document, content: RoundFile, known: Known) -> Round:
    """Give the round of ``content`` with its norm and the organisations of its date.

    Raises ``DefinitionError`` with all faults, those of norm and register included.
    """
    others: list[str] = []
    norm: Norm | None = None
    register: tuple[Organisation, ...] | None = None
    try:
        if _known_norm(document, content, known):
            norm = known.norm(content.norm, content.edition)
    except DefinitionError as error:
        others += error.faults
    try:
        if content.register in known.registers:
            register = known.register(content.register)
        else:
            document.fault(
                ("register",), _unknown("Het register", content.register, known.registers)
            )
    except DefinitionError as error:
        others += error.faults
    try:
        _check_previous(document, content, known)
    except DefinitionError as error:
        others += error.faults
    present = tuple(o for o in register or () if o.valid_on(content.reference_date))
    if register is not None and not present:
        document.fault(
            ("reference_date",),
            f"Op {content.reference_date} bestond geen enkele organisatie van het register "
            f"{quoted(content.register)}. Controleer de peildatum en de datums in het register.",
        )
    if document.faults or others or norm is None:
        raise DefinitionError((*document.faults, *others))
    return Round(
        name=content.name,
        title=content.title,
        norm=norm,
        reference_date=content.reference_date,
        organisations=present,
        return_date=content.return_date,
        previous=content.previous,
        default=content.default,
        lineage=known.lineage(norm),
        not_valid=tuple(o for o in register or () if o not in present),
    )


def _known_norm(document: Document, content: RoundFile, known: Known) -> bool:
    if content.norm not in known.editions:
        document.fault(("norm",), _unknown("De norm", content.norm, known.editions))
        return False
    editions = list(known.editions[content.norm])
    if content.edition not in editions:
        document.fault(("edition",), _unknown("De editie", content.edition, editions))
        return False
    return True


def _check_previous(document: Document, content: RoundFile, known: Known) -> None:
    name = content.previous
    place = ("previous",)
    if name is None:
        return
    if name == content.name:
        document.fault(place, "Een ronde kan niet haar eigen vorige ronde zijn.")
    elif name not in known.rounds:
        document.fault(place, _unknown("De ronde", name, known.rounds))
    else:
        previous = known.round_file(name)
        if previous.norm != content.norm and content.norm in known.editions:
            document.fault(
                place, f"De ronde {quoted(name)} hoort bij een andere norm ({previous.norm})."
            )
        if previous.reference_date >= content.reference_date:
            document.fault(
                place,
                f"De peildatum van {quoted(name)} ({previous.reference_date}) ligt niet vóór die "
                "van deze ronde.",
            )


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    names = list(known)
    tail = suggestion(word, names) or f" Bekend zijn: {listed(names)}."
    return f"{what} {quoted(word)} bestaat niet.{tail}"
