"""The respondent's page says what the workbook says: the same sentences, the same pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normtemplates.layout.contract import ADVISE, DONE, TO_DO
from tests.layout.samples import definitions, example_round

PAGE = Path(__file__).parents[1] / "docs" / "handleiding-gemeenten.md"


def said() -> str:
    """The page as running text, without its marks."""
    return " ".join(re.sub(r"[*>|]", " ", PAGE.read_text(encoding="utf-8")).split())


def test_the_five_steps_begin_with_the_sentences_of_start() -> None:
    steps = definitions().texts["start"]["steps"]
    places = [said().find(step["lead"].rstrip(".")) for step in steps]
    assert -1 not in places, [s["lead"] for s, p in zip(steps, places, strict=True) if p < 0]
    assert places == sorted(places)


def test_each_status_asks_for_what_uitleg_says() -> None:
    for status in example_round().norm.statuses:
        assert f"{status.label} {status.then}" in said()


def test_colours_and_verdict_are_those_of_the_workbook() -> None:
    own = definitions().texts
    for sentence in own["overzicht"]["legend"].split("  "):
        assert sentence.rstrip(".") in said()
    assert own["start"]["ready"] in said()
    assert f"‘{own['start']['open_heading']}’" in said()


@pytest.mark.parametrize("words", [TO_DO, DONE, ADVISE.strip()])
def test_what_controle_says_is_explained(words: str) -> None:
    assert words in said()


def test_it_fits_one_page_and_its_pictures_are_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", text)
    assert len(pictures) >= 2
    for described, target in pictures:
        assert (PAGE.parent / target).is_file()
        assert len(described) > 20  # for who cannot see it
    assert len(text.split()) < 670
