"""NT202: an overview of another norm, edition or round than was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.stamp import Stamp
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.round import Round
from normtemplates.model.shown import shown
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT202",
    "other-round",
    Severity.FOUT,
    finds=(
        "Het overzicht is gemaakt voor een andere norm, een andere editie of een andere uitvraag. "
        "Er wordt niets overgenomen."
    ),
    why=(
        "De normen, de vragen of de peildatum zijn daar anders. Antwoorden van toen zijn niet de "
        "antwoorden van nu."
    ),
    remedy="Vul het overzicht van deze uitvraag in en stuur dat.",
    good=(Case("Het overzicht van de uitvraag die wordt nagekeken."),),
    bad=(
        Case(
            "Het overzicht van de vorige uitvraag.",
            lambda book: book.ask_next_round(),
            ("",),
        ),
        Case(
            "Een overzicht van een norm die wij niet kennen.",
            lambda book: book.restamp(norm="andere-norm"),
            ("",),
        ),
        Case(
            "Een overzicht van een andere editie.",
            lambda book: book.restamp(edition="2026"),
            ("",),
        ),
    ),
    known_misses=(
        (
            "Zonder kenmerk is de uitvraag niet te zien. Het overzicht wordt dan gelezen als dat "
            "van de uitvraag waar de tabel bij past."
        ),
    ),
)
def other_round(submission: Submission, context: Context) -> Iterator[Finding]:
    """Refuse an overview of something else; say what it is for and what was asked."""
    recognised = context.recognised
    if recognised is None or not recognised.stamp or not recognised.problem:
        return
    if not recognised.problem.startswith("other-"):
        return
    if recognised.older:
        now = recognised.older.round
        yield other_round.finding(
            f"Dit overzicht is van editie {shown(recognised.stamp.edition)}; nu geldt editie "
            f"{now.norm.edition}. In het correctiebestand staan uw antwoorden in de nieuwe editie, "
            "voor zover ze daar een plaats hebben. Vul dat aan en stuur dat. Hebt u het niet, "
            "vraag er dan de afzender om.",
            refuses=True,
        )
        return
    own = _called(recognised.stamp, context.rounds)
    if recognised.wanted:
        asked = _title(recognised.wanted)
        if own == asked:  # then only the names tell them apart
            own += f" ({shown(recognised.stamp.round)})"
            asked += f" ({recognised.wanted.name})"
        said = f"Gevraagd is: {asked}. Vul het overzicht daarvan in en stuur dat."
    else:
        known = enumerate_nl(dict.fromkeys(_title(one) for one in context.rounds))
        said = f"Die uitvraag kennen wij niet. Bekend is: {known}. Stuur een overzicht daarvan."
    yield other_round.finding(f"Dit overzicht is voor: {own}. {said}", refuses=True)


def _title(round_: Round) -> str:
    return f"{round_.norm.title} {round_.norm.edition}, {round_.title}"


def _called(stamp: Stamp, rounds: Iterable[Round]) -> str:
    """Name what a stamp is for, in our own words as far as we know it."""
    norm, round_ = stamp.norm, stamp.round
    for one in rounds:
        if one.norm.code == stamp.norm:
            norm = one.norm.title
            if (one.norm.edition, one.name) == (stamp.edition, stamp.round):
                return _title(one)
    return f"{shown(norm)} {shown(stamp.edition)}, {shown(round_)}"
