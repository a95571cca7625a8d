"""What the letter after a check may say: what to mend, and what to look at again."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen


@frozen
class GroupNames:
    """What is to be said of one norm, or of one sheet, as an item of ``feedback.mend``."""

    title: Annotated[str, "het nummer van de norm, of de naam van het blad"]
    texts: Annotated[tuple[str, ...], "de bevindingen, elk met hun vak"]


@frozen
class FeedbackNames:
    """The outcome of a check, as ``feedback`` in a template."""

    refused: Annotated[bool, "of er niets uit het bestand is overgenomen"]
    mend: Annotated[tuple[GroupNames, ...], "wat moet worden hersteld, per norm"]
    mend_count: Annotated[str, "hoeveel punten dat zijn, in woorden"]
    look: Annotated[tuple[GroupNames, ...], "waar nog eens naar te kijken is, per norm"]
    correction: Annotated[str, "de naam van het correctiebestand, leeg als er geen is"]
    return_to: Annotated[str, "waar het overzicht heen gaat, met e-mailadres"]
    ask: Annotated[str, "bij wie men met vragen terechtkan"]


def mend_count(number: int) -> str:
    """Say how many points are to be mended, as the end of a sentence."""
    return (
        "1 punt moet nog worden hersteld"
        if number == 1
        else (f"{number} punten moeten nog worden hersteld")
    )
