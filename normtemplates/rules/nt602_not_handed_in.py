"""NT602: organisations of the round that sent nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Standing
from normtemplates.rules.registry import Case
from normtemplates.rules.round import Inbox, Told, round_rule

# Names in one finding: reports cut off what is longer than a thousand characters.
_ROOM = 700


@round_rule(
    "NT602",
    "not-handed-in",
    finds=(
        "Van een organisatie die meedoet, is er nog geen overzicht. De melding staat bij de ronde "
        "en noemt alle organisaties, in de volgorde van het register."
    ),
    why="Wie de antwoorden telt, moet weten van wie ze er nog niet zijn.",
    remedy=(
        "Stuur de organisaties een herinnering, of vraag hun RIEC of er iets is binnengekomen. "
        "Kijk ook of er een bestand is waarvan de afzender niet te zien is."
    ),
    good=(
        Case("Iedereen heeft ingeleverd.", lambda folder: folder.add("GM0001")),
        Case(
            "Er is iets ingeleverd dat is geweigerd: wat ermee moet, staat bij dat bestand.",
            lambda folder: folder.add(
                "GM0001",
                change=lambda book: book.restamp(round="meting-2029", organisation="GM0001"),
            ),
        ),
    ),
    bad=(
        Case("Eén organisatie heeft nog niets ingeleverd.", places=("",)),
        Case(
            "Van een bestand is niet te zien van wie het is; het kan van een ander zijn.",
            lambda folder: folder.add(
                "GM0001",
                change=lambda book: (book.lose_stamps(), book.name_on_start(""), book.title("")),
            ),
            ("",),
        ),
        Case(
            "De bestanden horen bij verschillende rondes.",
            lambda folder: folder.add("GM0001", round_=folder.next_round).any_round(),
            ("",),
        ),
    ),
    known_misses=(
        (
            "Ook wie u niets hebt gestuurd, staat erbij: dat is aan de bestanden niet te zien. Wie "
            "meedoet, staat in het register."
        ),
        "Er wordt alleen gekeken in de bestanden en mappen die u noemt.",
    ),
)
def not_handed_in(inbox: Inbox) -> Iterator[Told]:
    """Name all of them together, in as few findings as reports have room for."""
    if inbox.round is None:
        yield not_handed_in.on_round(_no_round(inbox))
        return
    missing = [
        f"{turn.organisation.name} ({turn.organisation.code})"
        for turn in inbox.turnouts
        if turn.standing is Standing.NIET
    ]
    unknown = sum(1 for one in inbox.returns if one.report.organisation is None)
    advice = "Stuur een herinnering."
    if unknown:
        files = "1 bestand is" if unknown == 1 else f"{unknown} bestanden is"
        advice = f"Van {files} niet te zien wie het stuurde; kijk daar eerst naar. {advice}"
    total = f"{len(missing)} van de {len(inbox.round.organisations)}"
    parts = list(_parts(missing))
    for place, names in enumerate(parts, start=1):
        which = f"; deel {place} van {len(parts)}" if len(parts) > 1 else ""
        then = f" {advice}" if place == len(parts) else ""
        yield not_handed_in.on_round(
            f"Nog niet ingeleverd ({total}{which}): {enumerate_nl(names)}.{then}"
        )


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for name in names:
        if part and sum(len(one) + 2 for one in part) + len(name) > _ROOM:
            yield part
            part = []
        part.append(name)
    if part:
        yield part


def _no_round(inbox: Inbox) -> str:
    named = sorted({one.report.round for one in inbox.returns if one.report.round})
    why = (
        f"De bestanden horen bij verschillende rondes ({enumerate_nl(named)})"
        if named
        else "Van geen van de bestanden is te zien bij welke ronde het hoort"
    )
    return (
        f"{why}. Daarom is niet te zeggen wie er nog niet heeft ingeleverd. Noem de ronde met "
        "--round."
    )
