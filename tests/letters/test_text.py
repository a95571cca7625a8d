"""The letters say what the model letter says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import attrs
import pytest

from normtemplates.letters import make_letter
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.conftest import VALUES, Make, TemplateOf
from tests.letters.reading import Letter

#: The model letter, word for word, with its own slips.
MODEL = Path(__file__).with_name("model_letter.txt").read_text(encoding="utf-8")

#: The three slips of the model letter that the template mends; nothing else is mended.
MENDS = {
    "elkaar kunnen verstreken in": "elkaar kunnen versterken in",
    "via de regulier P&C cyclus": "via de reguliere P&C cyclus",
    "dient als nul-meting en": "dient als nulmeting en",
}
#: The one blank of the model letter becomes a content control.
BLANK = {"XX datum XX": "[datum van het collegebesluit]"}
SIGNATURE = ("Slotgroet", "Ondertekening", "Ondertekeningnaam", "Ondertekeningfunctie")
LABELS = ["Collegebesluit", "Deze brief", "1 april 2025", "Elk jaar", "Eind 2027"]


def expected() -> list[str]:
    """Give the paragraphs of the model letter as our letter sets them.

    Besides the mends three things differ, and only in form. The first line is the title of the
    model; ours has a title and a head block of its own. The themes, numbered ``1) …, 2) …``
    inside a sentence, become a numbered list. The planning, a list of bullets, becomes a table
    with a short label before each sentence.
    """
    text = MODEL
    for old, new in {**MENDS, **BLANK}.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    paragraphs: list[str] = []
    labels = iter(LABELS)
    for paragraph in text.strip().split("\n\n")[1:]:
        if paragraph.startswith("• "):
            paragraphs += [next(labels), paragraph[2:]]
        elif "hoofdthema’s: 1) " in paragraph:
            intro, first, *rest = re.split(r",? ?\d\) ", paragraph)
            last, _, after = rest[-1].partition(". ")
            paragraphs += [intro, first, *rest[:-1], last, after]
        else:
            paragraphs.append(paragraph)
    first_label = paragraphs.index(LABELS[0])
    return [*paragraphs[:first_label], "Moment", "Wat gebeurt er", *paragraphs[first_label:]]


def test_the_council_letter_is_the_model_letter(make: Make, municipality: Organisation) -> None:
    letter = make(municipality)
    said = [p.text for p in letter.paragraphs()]
    start = said.index("Achtergrond en context")
    end = said.index("Hoogachtend,")
    assert said[start:end] == expected()


def test_what_stands_around_the_model_text(make: Make, municipality: Organisation) -> None:
    letter = make(municipality)
    said = [p.text for p in letter.paragraphs()]
    assert said[: said.index("Achtergrond en context")] == [
        "Raadsinformatiebrief",
        "Aan\tde gemeenteraad van Aalsmeer",
        "Van\thet college van burgemeester en wethouders van Aalsmeer",
        "Onderwerp\tNoord-Hollandse Norm Weerbare Overheid",
        "Datum\t[datum van de brief]",
        "Kenmerk\t[zaaknummer of kenmerk]",
        "Portefeuillehouder\t[functie, bijvoorbeeld burgemeester]",
        "Team\t[naam van het team]",
        "Bijlage\tNoord-Hollandse Norm Weerbare Overheid (2025)",
        "\t",
        "Geachte raadsleden,",
    ]
    assert letter.of_style(*SIGNATURE) == [
        "Hoogachtend,",
        "burgemeester en wethouders van Aalsmeer,",
        "[naam gemeentesecretaris]\t[naam burgemeester]",
        "gemeentesecretaris\tburgemeester",
    ]
    (footer,) = letter.paragraphs("word/footer1.xml")
    assert footer.text.replace("\xa0", " ") == (
        "gemeente Aalsmeer · Raadsinformatiebrief Noord-Hollandse Norm Weerbare Overheid"
        "\tpagina 1 van 1"
    )


def test_the_letter_to_the_provincial_council(make: Make, province: Organisation) -> None:
    letter = make(province)
    said = [p.text for p in letter.paragraphs()]
    salutation = said.index("Geachte Statenleden,")
    assert said[1:4] == [
        "Aan\tProvinciale Staten van Noord-Holland",
        "Van\tGedeputeerde Staten van Noord-Holland",
        "Onderwerp\tNoord-Hollandse Norm Weerbare Overheid",
    ]
    assert said[salutation + 1] == (
        "Ter uitvoering van art. 167, tweede lid, van de Provinciewet (inzake de actieve "
        "informatieplicht) informeren wij u over het volgende."
    )
    assert letter.of_style(*SIGNATURE, "Kopieaan") == [
        "Hoogachtend,",
        "Gedeputeerde Staten van Noord-Holland,",
        "[naam provinciesecretaris]\t[naam voorzitter]",
        "provinciesecretaris\tvoorzitter",
        "Kopie aan\tgemeenteraden en burgemeesters in Noord-Holland",
    ]


def test_the_provincial_letter_has_the_headings_of_the_model(
    make: Make, municipality: Organisation, province: Organisation
) -> None:
    council = make(municipality).of_style("Heading1")
    states = make(province).of_style("Heading1")
    assert [h.lower().replace("raadslid", "statenlid") for h in council] == [
        h.lower() for h in states
    ]


def test_no_word_of_a_municipality_is_left_in_the_provincial_letter(
    make: Make, province: Organisation
) -> None:
    text = make(province).text()
    for word in ("raadslid", "raadsleden", "college", "burgemeester en", "onze gemeente", "raad "):
        assert not re.search(rf"\b{word}", text, re.IGNORECASE), word
    for word in ("uw gemeente", "als gemeente", "lokaal bestuur"):
        assert word not in text


def test_the_sentences_that_name_no_organisation_are_in_both_letters(
    make: Make, municipality: Organisation, province: Organisation
) -> None:
    """The provincial letter is a text of its own, but what it shares it says alike."""
    states = make(province).text()
    for sentence in (
        "De norm valt nadrukkelijk niet onder interbestuurlijk toezicht.",
        "Dit is urgenter dan ooit.",
        "De norm maakt duidelijk dat weerbaarheid een gedeelde verantwoordelijkheid is.",
    ):
        assert sentence in states
        assert sentence in make(municipality).text()


def test_themes_dates_and_names_come_from_the_definitions(
    round_: Round, municipality: Organisation, province: Organisation, template_of: TemplateOf
) -> None:
    norm = attrs.evolve(
        round_.norm,
        title="Friese Norm",
        name_in_text="Norm",
        edition="2031",
        evaluation="het eerste kwartaal van 2032",
        theme=tuple(
            attrs.evolve(theme, title=f"Thema {theme.number} & meer")
            for theme in round_.norm.themes[:3]
        ),
    )
    other = attrs.evolve(round_, norm=norm, title="2-meting", return_date=date(2031, 5, 1))
    for organisation in (municipality, province):
        letter = Letter(make_letter(template_of(organisation.kind.letter), organisation, other))
        assert letter.of_style("ListNumber") == [f"Thema {n} & meer" for n in (1, 2, 3)]
        assert letter.of_style("Planningmoment")[2:] == ["1 mei 2031", "Elk jaar", "Begin 2032"]
        text = letter.text()
        for said in (
            "Friese Norm (2031)",
            "In het eerste kwartaal van 2032",
            "Uiterlijk 1 mei 2031",
            "dient als 2-meting",
        ):
            assert said in text
        assert re.search("gericht op (3|drie) hoofdthema’s:", text)
        for word in ("Hollandse Norm", "2025", "2027", "april"):
            assert word not in text
        assert letter.core()["title"].endswith(f"Friese Norm – {organisation.full_name}")


def test_a_round_without_a_return_date_and_a_norm_without_evaluation(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    norm = attrs.evolve(round_.norm, evaluation="")
    other = attrs.evolve(round_, norm=norm, return_date=None)
    letter = Letter(make_letter(council_template, municipality, other))
    assert letter.of_style("Planningmoment") == ["Collegebesluit", "Deze brief", "Elk jaar"]


def test_every_organisation_of_the_round_gets_its_letter(make: Make, round_: Round) -> None:
    assert len(round_.organisations) == 45
    names = {o.running_name for o in round_.organisations}
    for organisation in round_.organisations:
        letter = make(organisation)
        text = letter.text()
        own = organisation.running_name
        assert f"van {own},\n" in text
        assert text.count(organisation.full_name + " ·") == 1
        others = names - {own, "Noord-Holland"}
        assert not {n for n in others if re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)}
        assert "{" not in text
        assert organisation.full_name in letter.core()["title"]


def test_all_values(make: Make, municipality: Organisation, province: Organisation) -> None:
    for organisation in (municipality, province):
        letter = make(organisation, **VALUES)
        text = letter.text()
        assert letter.controls() == []
        assert "[" not in text
        for line in (
            "Datum\t21 januari 2025",
            "Kenmerk\tZ/25/123456",
            "Portefeuillehouder\tburgemeester",
            "Team\tTeam Openbare Orde & Veiligheid",
            "mr. A. de Vries\tdrs. B. Jansen",
        ):
            assert line in text.split("\n")
    assert "Wij hebben de norm vastgesteld op 14 januari 2025." in text


def test_the_date_of_the_decision_in_the_model_sentence(
    make: Make, municipality: Organisation
) -> None:
    text = make(municipality, decision_date="14-01-2025").text()
    assert "De norm is op 14 januari 2025 door het college vastgesteld." in text


@pytest.mark.parametrize("kind", ["raadsinformatiebrief", "statenbrief"])
def test_names_and_dates_are_not_written_into_the_templates(
    template_of: TemplateOf, kind: str
) -> None:
    text = Letter(template_of(kind)).text()
    for word in ("Weerbare Overheid", "Hollandse Norm", "2025", "2027", "april", "Bewustwording"):
        assert word not in text
