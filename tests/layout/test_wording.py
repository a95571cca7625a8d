"""House texts: the words that they may name, footers, and sentences that compute."""

from __future__ import annotations

import pytest
from attrs import evolve

from normtemplates.definitions.texts import WORKBOOK_TERMS
from normtemplates.errors import DefinitionError
from normtemplates.layout import layout_of
from normtemplates.layout.plan import Formula
from normtemplates.layout.wording import computed, footer, text_values
from normtemplates.model.organisation import KIND_TERMS
from tests.layout.samples import example_layout, example_round, texts


def test_every_word_that_a_text_file_may_name_is_there() -> None:
    assert set(text_values(example_layout())) == WORKBOOK_TERMS | KIND_TERMS


def test_the_words_of_voorbeeldstad() -> None:
    words = text_values(example_layout())
    assert words["norm"] == "Noord-Hollandse Norm Weerbare Overheid 2025"
    assert words["organisation_full"] == "gemeente Voorbeeldstad"
    assert words["reference_date"] == "1 april 2025"
    assert words["themes_count"] == "zes"
    assert words["return_to"] == "RIEC Voorbeeld"


def test_no_return_date_is_no_words() -> None:
    round_ = evolve(example_round(), return_date=None)
    assert text_values(layout_of(round_.norm, round_, round_.organisations[0]))["return_date"] == ""


def test_footer_in_codes() -> None:
    assert footer(example_layout(), "Start", texts()) == (
        "&L&8Noord-Hollandse Norm Weerbare Overheid 2025 · nulmeting · gemeente Voorbeeldstad"
        "&C&8Vertrouwelijk"
        "&R&8Start · pagina &P van &N"
    )


def test_footer_escapes_names_and_keeps_digits_apart_from_the_size() -> None:
    norm = evolve(example_round().norm, title="6 Regels & Afspraken")
    round_ = evolve(example_round(), norm=norm)
    layout = layout_of(norm, round_, evolve(round_.organisations[0], running_name="Aa & Hunze"))
    assert footer(layout, "Start", texts()).startswith(
        "&L&8 6 Regels && Afspraken 2025 · nulmeting · gemeente Aa && Hunze&C"
    )


def test_a_sentence_that_computes() -> None:
    made = computed('{done} van "{total}"', {"done": "A1", "total": "5"}, {"done": 3, "total": 5})
    assert made == Formula('A1&" van """&5&""""', '3 van "5"')
    assert computed("Klaar", {}, {}) == Formula('"Klaar"', "Klaar")


def test_a_sentence_with_an_unknown_word() -> None:
    with pytest.raises((DefinitionError, KeyError)):
        computed("{nooit}", {}, {})
