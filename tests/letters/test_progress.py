"""The progress letter: what it counts, what it never says, and its chart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date

import attrs
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import LetterError
from normtemplates.letters import LetterTemplate
from normtemplates.letters.progress import Answered, progress_names, told_by_counts
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.reading import Letter, W, text_of, with_parts

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

#: Three of five norms of theme 1, all of theme 6; the rest is missing but for one norm.
DONE = {"1.1", "1.3", "1.5", "6.1", "6.2"}
PARTLY = {"2.3"}
NOT_FITTING = {"5.2"}
SECRET = "De achterdeur van het stadhuis krijgt een slot"

Draw = Callable[..., Letter]


def answers(round_: Round) -> dict[str, Answered]:
    def one(number: str) -> Answered:
        if number in DONE:
            return Answered("uitgevoerd", "Uitgevoerd")
        if number in NOT_FITTING:
            return Answered("niet-van-toepassing", "Niet van toepassing")
        if number in PARTLY:
            return Answered("in-ontwikkeling", "In ontwikkeling", date(2026, 7, 1), SECRET)
        return Answered("ontbreekt", "Ontbreekt", date(2026, 6, 30), SECRET)

    return {r.number: one(r.number) for r in round_.norm.requirements}


@pytest.fixture(scope="module")
def template() -> LetterTemplate:
    path = Definitions().templates.find("letters/voortgangsbrief.docx")
    return LetterTemplate(path.read_bytes(), path.name)


@pytest.fixture
def draw(template: LetterTemplate, round_: Round) -> Draw:
    def drawn(organisation: Organisation, *, detail: bool = False) -> Letter:
        progress = progress_names(organisation, round_, answers(round_), detail=detail)
        return Letter(template.letter(organisation, round_, {}, {"progress": progress}))

    return drawn


def rows(letter: Letter, table: int) -> list[list[str]]:
    found = list(letter.tree().iter(f"{W}tbl"))[table]
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in found.iter(f"{W}tr")]


def test_the_counts_by_theme(draw: Draw, municipality: Organisation) -> None:
    """Noord-Holland has 5 + 11 + 10 + 7 + 12 + 2 norms."""
    counts = rows(draw(municipality), 0)
    assert counts[0] == [
        "Thema", "Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing", "Totaal"
    ]  # fmt: skip
    assert [row[1:] for row in counts[1:]] == [
        ["3", "–", "2", "–", "5"],
        ["–", "1", "10", "–", "11"],
        ["–", "–", "10", "–", "10"],
        ["–", "–", "7", "–", "7"],
        ["–", "–", "11", "1", "12"],
        ["2", "–", "–", "–", "2"],
        ["5", "1", "40", "1", "47"],
    ]


def test_what_it_says(draw: Draw, municipality: Organisation, province: Organisation) -> None:
    text = draw(municipality).text()
    assert (
        "Bij de gemeente Aalsmeer staan 5 normen op ‘Uitgevoerd’, 1 op ‘In ontwikkeling’, 40 op "
        "‘Ontbreekt’ en 1 op ‘Niet van toepassing’."
    ) in text
    assert (
        "Van de 46 normen die bij onze taken passen, zijn er 5 uitgevoerd. Het thema "
        "‘Communicatie’ is helemaal uitgevoerd."
    ) in text
    assert "Er zijn nog 41 normen niet uitgevoerd." in text
    assert rows(draw(municipality), 1)[1:] == [
        ["Eerste helft van 2026", "40"],
        ["Tweede helft van 2026", "1"],
    ]
    assert "artikel 169, tweede lid, van de Gemeentewet" in text
    states = draw(province).text()
    assert "artikel 167, tweede lid, van de Provinciewet" in states
    assert "Aan\tProvinciale Staten van Noord-Holland" in states
    assert "Geachte Statenleden," in states
    assert "provinciesecretaris\tvoorzitter" in states
    for word in ("raad", "college", "burgemeester", "gemeente "):
        assert not re.search(rf"\b{word}", states)


def test_it_names_no_norm_and_no_answer(
    draw: Draw, municipality: Organisation, round_: Round
) -> None:
    letter = draw(municipality)
    everything = " ".join(
        content.decode()
        for name, content in letter.parts.items()
        if name.endswith((".xml", ".svg", ".rels"))
    )
    assert SECRET not in everything
    for requirement in round_.norm.requirements:
        assert requirement.text[:40] not in everything
        assert not re.search(rf"(?<![\d.]){re.escape(requirement.number)}(?![\d.])", letter.text())


def test_detail_names_what_is_still_to_be_done(draw: Draw, municipality: Organisation) -> None:
    letter = draw(municipality, detail=True)
    table = rows(letter, 2)
    assert table[0] == ["Norm", "Actie", "Status en gereed uiterlijk"]
    assert len(table) == 1 + 41
    (row,) = (r for r in table if r[0].startswith("2.3 "))
    assert row[1:] == [SECRET, "In ontwikkeling1 juli 2026"]  # two paragraphs
    assert "Hieronder staan de 41 normen die nog niet zijn uitgevoerd:" in letter.text()
    assert not [r for r in table if r[0].split(" ")[0] in DONE | NOT_FITTING]
    assert "Vertrouwelijk" in letter.text()
    assert "openbaar." not in letter.text()  # not in a prompt either


def test_a_letter_with_detail_says_everywhere_that_it_is_confidential(
    draw: Draw, municipality: Organisation
) -> None:
    secret, public = draw(municipality, detail=True), draw(municipality)
    footers = [text_of(one.tree("word/footer1.xml")) for one in (secret, public)]
    assert [footer.count("vertrouwelijk") for footer in footers] == [1, 0]
    assert "Bijlage\tWat er per norm nog nodig is (vertrouwelijk)" in secret.text()
    assert "Bijlage" not in public.text()
    assert public.text().count("Noem geen zwakke plekken: deze brief is openbaar.") == 2


def test_a_public_letter_says_nothing_of_itself_that_is_untrue(
    round_: Round, template: LetterTemplate, municipality: Organisation
) -> None:
    """Counts can tell how each norm of a theme stands; that no norm is named is always true."""
    nothing = {r.number: Answered("ontbreekt") for r in round_.norm.requirements}
    progress = progress_names(municipality, round_, nothing)
    text = Letter(template.letter(municipality, round_, {}, {"progress": progress})).text()
    assert "elke norm apart" not in text
    assert "en worden er geen normen genoemd." in text


def test_themes_of_which_the_counts_tell_all(round_: Round) -> None:
    """Of :func:`answers`: 3 and 4 are missing, 5 but for what does not fit; 6 is done, 2 mixed."""
    titles = [theme.title for theme in round_.norm.themes]
    assert told_by_counts(round_, answers(round_)) == tuple(titles[2:5])
    every = {r.number: Answered("uitgevoerd") for r in round_.norm.requirements}
    assert told_by_counts(round_, every) == ()
    nothing = {r.number: Answered("ontbreekt") for r in round_.norm.requirements}
    assert told_by_counts(round_, nothing) == tuple(titles)


def test_every_table_has_a_header_row_and_a_grid_that_fits(
    draw: Draw, municipality: Organisation
) -> None:
    for table in draw(municipality, detail=True).tree().iter(f"{W}tbl"):
        found = list(table.iter(f"{W}tr"))
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in found]
        assert marked == [True] + [False] * (len(found) - 1)
        grid = [c.get(f"{W}w") for c in table.iter(f"{W}gridCol")]
        assert sum(int(width or 0) for width in grid) <= 9072  # 16 cm
        for row in found:
            assert [c.get(f"{W}w") for c in row.iter(f"{W}tcW")] == grid


def test_the_chart_has_the_figures_of_the_table(
    draw: Draw, municipality: Organisation, round_: Round
) -> None:
    letter = draw(municipality)
    counts = rows(letter, 0)
    series = list(letter.tree("word/charts/chart1.xml").iter(f"{C}ser"))
    assert len(series) == len(round_.norm.statuses)
    for place, (one, status) in enumerate(zip(series, round_.norm.statuses, strict=True), 1):
        assert one.findtext(f"{C}tx//{C}v") == status.label
        colour = one.find(f"{C}spPr/{A}solidFill/{A}srgbClr")
        assert colour is not None
        assert f"#{colour.get('val')}" == status.strong
        said = {int(p.get("idx", "")): p.findtext(f"{C}v") for p in one.iterfind(f"{C}val//{C}pt")}
        assert [said.get(n, "–") for n in range(6)] == [row[place] for row in counts[1:-1]]
        titles = [p.findtext(f"{C}v") for p in one.iterfind(f"{C}cat//{C}pt")]
        assert titles == [row[0] for row in counts[1:-1]]
        label = one.find(f"{C}dLbls/{C}showVal")
        assert label is not None
        assert label.get("val") == "1"


def test_who_cannot_see_the_chart_is_told_all_of_it(draw: Draw, municipality: Organisation) -> None:
    letter = draw(municipality)
    texts = [e.get("descr") for e in letter.tree().iter(f"{WP}docPr")]
    assert len(texts) == 2  # the chart for Word, the picture for LibreOffice
    assert texts[0] == texts[1]
    assert texts[0]
    assert "1. Bewustwording & Organisatie: 3 keer ‘Uitgevoerd’ en 2 keer ‘Ontbreekt’." in texts[0]
    assert "6. Communicatie: 2 keer ‘Uitgevoerd’" in texts[0]


def test_the_picture_has_every_label(draw: Draw, municipality: Organisation) -> None:
    letter = draw(municipality)
    picture = ET.fromstring(letter.parts["word/media/statusdiagram.svg"])
    said = [e.text for e in picture.iter("{http://www.w3.org/2000/svg}text")]
    for row in rows(letter, 0)[1:-1]:
        assert row[0] in said
    numbers = sorted(int(t) for t in said if t and t.isdigit())
    assert numbers == [1, 1, 2, 2, 3, 7, 10, 10, 11]
    assert b"statusdiagram.svg" in letter.parts["word/_rels/document.xml.rels"]
    assert b"image/svg+xml" in letter.parts["[Content_Types].xml"]


def test_the_same_answers_give_the_same_bytes(draw: Draw, municipality: Organisation) -> None:
    assert draw(municipality).data == draw(municipality).data


def test_all_done_and_nothing_done(round_: Round, municipality: Organisation) -> None:
    every = {r.number: Answered("uitgevoerd") for r in round_.norm.requirements}
    done = progress_names(municipality, round_, every)
    assert done.done == (
        "Alle 47 normen die bij onze taken passen, zijn uitgevoerd. Daarmee is de norm helemaal "
        "uitgevoerd."
    )
    assert done.moments == ()
    nothing = {r.number: Answered("ontbreekt") for r in round_.norm.requirements}
    names = progress_names(municipality, round_, nothing)
    assert names.done == ("Van de 47 normen die bij onze taken passen, is er nog geen uitgevoerd.")
    assert [(m.label, m.count) for m in names.moments] == [("Nog geen datum", "47")]


def test_parts_of_norms_are_counted_apart(municipality: Organisation) -> None:
    """Brabant has 57 norms and 16 sub-items."""
    round_ = Definitions().round("brabant-2023")
    given = {
        r.number: Answered("ja", "Ja") if r.is_part else Answered("uitgevoerd", "Uitgevoerd")
        for r in round_.norm.requirements
    }
    names = progress_names(municipality, round_, given)
    assert names.total == "57"
    assert names.finished
    assert [line.total for line in names.themes] == ["6", "10", "14", "24", "3"]
    assert names.parts.startswith("De 16 onderdelen ")
    assert "16 keer ‘Ja’" in names.parts


def test_detail_names_parts_that_are_not_there_yet(municipality: Organisation) -> None:
    """Brabant's 3.1 ends in “de volgende artikelen:”, and its sub-items go on from there."""
    round_ = Definitions().round("brabant-2023")
    done = Answered("uitgevoerd", "Uitgevoerd")
    given = {
        r.number: Answered("ja", "Ja") if r.is_part else done for r in round_.norm.requirements
    }
    given["3.1"] = Answered("in-ontwikkeling", "In ontwikkeling", date(2024, 3, 1), SECRET)
    given["3.1.2.a"] = Answered("nee", "Nee")
    given["3.1.3"] = Answered("niet-van-toepassing", "Niet van toepassing")
    names = progress_names(municipality, round_, given, detail=True)
    assert [(n.number, n.status, n.action, n.due) for n in names.norms] == [
        ("3.1", "In ontwikkeling", SECRET, "1 maart 2024")
    ]
    assert [(n.number, n.status, n.norm, n.norm_status) for n in names.open_parts] == [
        ("3.1.2.a", "Nee", "3.1", "In ontwikkeling")
    ]
    assert names.planned.startswith("Er is nog 1 norm ")
    assert names.parts.endswith("14 keer ‘Ja’, 1 keer ‘Nee’ en 1 keer ‘Niet van toepassing’.")


def test_the_rows_of_the_annex_are_as_many_as_the_letter_says(
    template: LetterTemplate, municipality: Organisation
) -> None:
    """Norms and sub-items each have a table; of a sub-item it says which norm it belongs to."""
    round_ = Definitions().round("brabant-2023")
    given = {
        r.number: Answered("nee", "Nee") if r.is_part else Answered("uitgevoerd", "Uitgevoerd")
        for r in round_.norm.requirements
    }
    for number in ("1.1", "1.2", "2.1"):
        given[number] = Answered("ontbreekt", "Ontbreekt", date(2024, 3, 1), SECRET)
    progress = progress_names(municipality, round_, given, detail=True)
    letter = Letter(template.letter(municipality, round_, {}, {"progress": progress}))
    text = letter.text()
    assert "Er zijn nog 3 normen niet uitgevoerd." in text
    assert "Hieronder staan de 3 normen die nog niet zijn uitgevoerd:" in text
    assert "Deze 16 onderdelen zijn er nog niet:" in text
    norms, parts = rows(letter, 2), rows(letter, 3)
    assert [row[0].split(" ")[0] for row in norms[1:]] == ["1.1", "1.2", "2.1"]
    assert len(parts) == 1 + 16
    assert parts[0] == ["Onderdeel", "Antwoord", "Hoort bij"]
    assert parts[1][1:] == ["Nee", "norm 3.1 (‘Uitgevoerd’)"]


def test_all_done_asks_for_nothing_that_is_still_to_be_done(
    template: LetterTemplate, municipality: Organisation
) -> None:
    round_ = Definitions().round("brabant-2023")
    given = {
        r.number: Answered("ja", "Ja") if r.is_part else Answered("uitgevoerd", "Uitgevoerd")
        for r in round_.norm.requirements
    }
    progress = progress_names(municipality, round_, given, detail=True)
    letter = Letter(template.letter(municipality, round_, {}, {"progress": progress}))
    text = letter.text()
    assert "Ons doel is" not in text
    assert "Wat gaan wij nog doen?" not in text
    assert "Bijlage" not in text  # nothing is named, so nothing is confidential
    chart = list(letter.tree("word/charts/chart1.xml").iter(f"{C}ser"))
    assert [one.findtext(f"{C}tx//{C}v") for one in chart] == ["Uitgevoerd"]
    picture = letter.parts["word/media/statusdiagram.svg"].decode()
    assert "Ontbreekt" not in picture  # nor in the legend


def test_the_chart_takes_the_font_of_the_house_style(
    round_: Round, municipality: Organisation
) -> None:
    path = Definitions().templates.find("letters/voortgangsbrief.docx")
    styles = Letter(path.read_bytes()).parts["word/styles.xml"].decode()
    own = with_parts(
        path.read_bytes(), {"word/styles.xml": styles.replace("Calibri", "Verdana").encode()}
    )
    progress = progress_names(municipality, round_, answers(round_))
    letter = Letter(LetterTemplate(own).letter(municipality, round_, {}, {"progress": progress}))
    latin = list(letter.tree("word/charts/chart1.xml").iter(f"{A}latin"))
    assert [one.get("typeface") for one in latin] == ["Verdana"]
    assert b'font-family="Verdana,' in letter.parts["word/media/statusdiagram.svg"]


def test_a_letter_from_a_return_without_one(
    template: LetterTemplate, municipality: Organisation, round_: Round
) -> None:
    assert template.draws_on == {"progress"}
    with pytest.raises(LetterError, match="Geef een overzicht met --return"):
        template.letter(municipality, round_, {})


def test_a_norm_with_two_statuses(
    template: LetterTemplate, municipality: Organisation, round_: Round
) -> None:
    """The table has a column for each status, and the widths follow."""
    norm = attrs.evolve(round_.norm, scale=round_.norm.statuses[:2])
    other = attrs.evolve(round_, norm=norm)
    given = {r.number: Answered("uitgevoerd", "Uitgevoerd") for r in norm.requirements}
    progress = progress_names(municipality, other, given)
    letter = Letter(template.letter(municipality, other, {}, {"progress": progress}))
    assert rows(letter, 0)[0] == ["Thema", "Uitgevoerd", "In ontwikkeling", "Totaal"]
    grid = [c.get(f"{W}w") for c in next(letter.tree().iter(f"{W}tbl")).iter(f"{W}gridCol")]
    assert len(grid) == 4


def test_the_shipped_template_holds_the_chart_alone() -> None:
    path = Definitions().templates.find("letters/voortgangsbrief.docx")
    assert "word/media/statusdiagram.svg" not in Letter(path.read_bytes()).parts
