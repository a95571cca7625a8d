"""NT603: an overview of an organisation that does not take part in the round."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl, long_date
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.shown import shown
from normtemplates.rules.registry import Case
from normtemplates.rules.round import Inbox, Told, round_rule


@round_rule(
    "NT603",
    "outside-the-round",
    finds="Een overzicht is van een organisatie die niet meedoet aan deze ronde.",
    why=(
        "Zo’n overzicht telt niet mee. Misschien hoort het bij een andere ronde, of bestond de "
        "organisatie op de peildatum niet (meer) en levert een andere voor haar in."
    ),
    remedy=(
        "Haal het bestand uit de map. Hoort de organisatie er toch bij, zet haar dan in het "
        "register en stuur haar een eigen overzicht."
    ),
    good=(
        Case("De organisatie doet mee.", lambda folder: folder.add("GM0001")),
        Case(
            "Er staat geen kenmerk meer in het bestand, maar de naam is die van een organisatie "
            "die meedoet.",
            lambda folder: folder.add("GM0001", change=lambda book: book.lose_stamps()),
        ),
    ),
    bad=(
        Case(
            "De code staat in geen enkel register.",
            lambda folder: folder.add(
                "GM0001", change=lambda book: book.restamp(organisation="GM9999")
            ),
            ("GM0001.xlsx",),
        ),
        Case(
            "De gemeente is vóór de peildatum opgegaan in een andere.",
            lambda folder: folder.add(
                "GM0001", change=lambda book: book.restamp(organisation="GM0002")
            ),
            ("GM0001.xlsx",),
        ),
        Case(
            "De gemeente bestaat pas na de peildatum.",
            lambda folder: folder.add(
                "GM0001", change=lambda book: book.restamp(organisation="GM0003")
            ),
            ("GM0001.xlsx",),
        ),
        Case(
            "De organisatie doet mee aan een andere ronde.",
            lambda folder: folder.add("GM0004", round_=folder.next_round),
            ("GM0004.xlsx",),
        ),
    ),
    known_misses=(
        "Zonder kenmerk is de code niet te zien. Dan staat bij het bestand alleen NT203.",
    ),
)
def outside_the_round(inbox: Inbox) -> Iterator[Told]:
    """Say of each such file whose code it is, as far as any register knows."""
    for one in inbox.returns:
        code, round_ = one.facts.stamped, inbox.round_of(one)
        known = one.report.organisation
        if code is None or round_ is None or (known and round_.organisation(known)):
            continue
        if round_.organisation(code) is None:
            yield outside_the_round.of(one, _message(code, round_, inbox))


def _message(code: str, round_: Round, inbox: Inbox) -> str:
    known = _known(code, inbox.rounds)
    who = (
        f"{known.full_name} ({known.code})" if known else f"een organisatie met code {shown(code)}"
    )
    said = f"Dit overzicht is van {who}, die niet meedoet aan de {round_.title}"
    day = round_.reference_date
    successor = next((one for one in round_.organisations if code in one.predecessors), None)
    if successor:
        return (
            f"{said}: zij is opgegaan in {successor.full_name} ({successor.code}). Haal het "
            "bestand uit de map, en vraag het overzicht van die organisatie."
        )
    absent = next((one for one in round_.not_valid if one.code == code), None)
    if absent:
        if absent.valid_from and absent.valid_from > day:
            why = f"nog niet (wel vanaf {long_date(absent.valid_from)})"
        else:
            last = f" (wel tot en met {long_date(absent.valid_to)})" if absent.valid_to else ""
            why = f"niet meer{last}"
        return (
            f"{said}. Op de peildatum, {long_date(day)}, bestond zij {why}. Haal het bestand uit "
            "de map, of verbeter het register."
        )
    others = [r.name for r in inbox.rounds if r is not round_ and r.organisation(code)]
    if others:
        return f"{said}, wel aan {enumerate_nl(others)}. Haal het bestand uit de map."
    return (
        f"{said}: de code staat in geen register. Vraag de afzender van wie het is, en haal het "
        "bestand uit de map."
    )


def _known(code: str, rounds: tuple[Round, ...]) -> Organisation | None:
    every = (one for r in rounds for one in (*r.organisations, *r.not_valid))
    return next((one for one in every if one.code == code), None)
