"""NT604: two organisations handed in the same answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from normtemplates.dutch import enumerate_nl
from normtemplates.model.returned import Return
from normtemplates.rules.facts import ROW_SIZE
from normtemplates.rules.registry import Case
from normtemplates.rules.round import Inbox, Told, round_rule

_FEWEST: Final = 5  # rows that are the same
_SHARE: Final = (3, 4)  # of the rows with words of their own
_COMMON: Final = 50  # overviews with a row from which it is somebody's example, not a copy
_NAMED: Final = 3  # other organisations that a message names


@round_rule(
    "NT604",
    "same-answers",
    finds=(
        "Twee organisaties gaven bij minstens driekwart van hun eigen teksten precies hetzelfde "
        "antwoord."
    ),
    why=(
        "Vaak is dan een ingevuld overzicht van een ander als begin gebruikt en niet aangepast. "
        "Gekeken wordt naar normen met een eigen tekst van twintig letters of meer, en dan naar "
        "alles op die regel: status, teksten en datums. Twee overzichten met vooral dezelfde "
        "statussen, of zonder eigen teksten, zijn niets bijzonders."
    ),
    remedy=(
        "Vraag de organisaties of het klopt. Werken ze samen, bijvoorbeeld in één ambtelijke "
        "organisatie, dan kan het goed zijn."
    ),
    good=(
        Case(
            "Twee organisaties met dezelfde statussen en datums, maar eigen teksten.",
            lambda folder: (
                folder.write_texts("Zo doen wij dat in onze stad"),
                folder.add("GM0001").write_texts("Bij ons op het land gaat het zo"),
            ),
        ),
        Case(
            "Twee organisaties met alleen korte teksten.",
            lambda folder: (
                folder.write_texts("Geregeld"),
                folder.add("GM0001").write_texts("Geregeld"),
            ),
        ),
        Case(
            "Dezelfde organisatie leverde twee keer hetzelfde in: dat zegt NT601.",
            lambda folder: (
                folder.write_texts("Zo doen wij dat in onze stad"),
                folder.add("GM0000", "kopie.xlsx").write_texts("Zo doen wij dat in onze stad"),
            ),
        ),
        Case(
            "Een voorbeeldzin die bij alle normen hetzelfde is, telt als één tekst.",
            lambda folder: (
                folder.write_texts("Dit staat in het plan van het samenwerkingsverband", same=True),
                folder.add("GM0001").write_texts(
                    "Dit staat in het plan van het samenwerkingsverband", same=True
                ),
            ),
        ),
    ),
    bad=(
        Case(
            "Het overzicht van een ander is overgenomen.",
            lambda folder: (
                folder.write_texts("Zo doen wij dat in onze stad"),
                folder.add("GM0001").write_texts("Zo doen wij dat in onze stad"),
            ),
            ("GM0000.xlsx", "GM0001.xlsx"),
        ),
        Case(
            "Overgenomen, met op één regel een andere status.",
            lambda folder: (
                folder.write_texts("Zo doen wij dat in onze stad"),
                folder.add("GM0001")
                .write_texts("Zo doen wij dat in onze stad")
                .change(lambda book: book.set("1.3", "status", "Ontbreekt")),
            ),
            ("GM0000.xlsx", "GM0001.xlsx"),
        ),
    ),
    known_misses=(
        "Wie op meer dan een kwart van de regels iets verandert, al is het een woord of een datum.",
        "Overgenomen antwoorden zonder eigen tekst van twintig letters, of met minder dan vijf.",
        (
            "Een regel die in meer dan vijftig overzichten gelijk is, telt niet: dan is het een "
            "voorbeeldtekst."
        ),
    ),
)
def same_answers(inbox: Inbox) -> Iterator[Told]:
    """Tell on each file with which others it shares its answers."""
    taken = [one for one in inbox.returns if one.taken and one.report.organisation]
    taken.sort(key=lambda one: one.report.round or "")
    for _, returns in groupby(taken, key=lambda one: one.report.round):
        for one, others in _alike(list(returns)):
            yield same_answers.of(one, _message(others))


def _alike(returns: list[Return]) -> Iterator[tuple[Return, list[Return]]]:
    """Give each file with those of other organisations that say the same; each pair twice.

    By way of an index on rows: never every file with every other.
    """
    rows = [_rows(one.facts.rows) for one in returns]
    having: dict[bytes, list[int]] = {}
    for place, its in enumerate(rows):
        for row in its:
            having.setdefault(row, []).append(place)
    for place, one in enumerate(returns):
        shared: Counter[int] = Counter()
        for row in rows[place]:
            if len(having[row]) <= _COMMON:
                shared.update(having[row])
        others = [
            returns[other]
            for other, number in sorted(shared.items())
            if returns[other].report.organisation != one.report.organisation
            and number >= _FEWEST
            and number * _SHARE[1] >= _SHARE[0] * max(len(rows[place]), len(rows[other]))
        ]
        if others:
            yield one, others


def _rows(digests: bytes) -> frozenset[bytes]:
    return frozenset(digests[at : at + ROW_SIZE] for at in range(0, len(digests), ROW_SIZE))


def _message(others: Iterable[Return]) -> str:
    names = list(dict.fromkeys(_name(one) for one in others))
    more = len(names) - _NAMED
    if more > 0:
        names[_NAMED:] = [f"{more} andere" if more > 1 else "1 andere"]
    return (
        f"De antwoorden zijn vrijwel gelijk aan die van {enumerate_nl(names)}: dezelfde statussen, "
        "teksten en datums. Is een overzicht van een ander als begin gebruikt, vraag dan een eigen "
        "overzicht. Werken de organisaties samen, dan kan het kloppen."
    )


def _name(one: Return) -> str:
    return f"{one.report.organisation_name} ({one.report.organisation})"
