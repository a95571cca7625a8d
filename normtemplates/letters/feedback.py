"""What the letter after a check may say: what to mend, and what to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from attrs import frozen

from normtemplates.dutch import enumerate_nl, number_word


@frozen
class GroupNames:
    """What is to be said of one norm, or of one sheet, as an item of ``feedback.mend``."""

    title: Annotated[str, "het nummer van de norm, of de naam van het blad"]
    texts: Annotated[tuple[str, ...], "de bevindingen, elk met hun vak"]


@frozen
class FeedbackNames:
    """The outcome of a check, as ``feedback`` in a template."""

    refused: Annotated[bool, "of er niets uit het bestand is overgenomen"]
    mend: Annotated[tuple[GroupNames, ...], "wat nog moet worden hersteld, per norm"]
    mend_count: Annotated[str, "hoeveel punten dat zijn, als zin zonder punt"]
    look: Annotated[tuple[GroupNames, ...], "waar nog eens naar te kijken is, per norm"]
    correction: Annotated[str, "de naam van het correctiebestand, leeg als er geen is"]
    mended: Annotated[
        str, "waar daarin al iets is hersteld, in lopende tekst; leeg als dat nergens is"
    ]
    return_to: Annotated[str, "waar het overzicht heen gaat, met e-mailadres"]
    ask: Annotated[str, "bij wie men met vragen terechtkan"]


def mend_count(number: int) -> str:
    """Say how many points are to be mended: a sentence that does not begin with a number."""
    if number == 1:
        return "Er moet nog één punt worden hersteld"
    return f"Er moeten nog {number_word(number)} punten worden hersteld"


def places_in_words(
    *, whole: bool, sheets: Sequence[str], norms: Sequence[str], parts: Sequence[str]
) -> str:
    """Say where something was, in running text: ``op het blad Start en bij norm 1.5``.

    ``whole`` is for what concerns the whole file; ``sheets`` are names of sheets, ``norms`` and
    ``parts`` numbers of norms and of sub-items. ``""`` for nowhere.
    """
    places = (
        "in het bestand als geheel" if whole else "",
        _several(sheets, "op het blad", "op de bladen"),
        _several(norms, "bij norm", "bij de normen"),
        _several(parts, "bij onderdeel", "bij de onderdelen"),
    )
    return enumerate_nl(place for place in places if place)


def _several(names: Sequence[str], one: str, more: str) -> str:
    return f"{one if len(names) == 1 else more} {enumerate_nl(names)}" if names else ""
