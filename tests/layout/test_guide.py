"""Uitleg: every status, column, colour and theme is explained."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from normtemplates.layout import Layout, layout_of
from normtemplates.layout.guide import guide_sheet
from normtemplates.layout.measure import lines_of, row_height
from normtemplates.layout.plan import Link, SheetPlan
from normtemplates.model.answers import Answers
from normtemplates.model.norm import Norm
from tests.layout.samples import (
    all_text,
    definitions,
    example_layout,
    example_round,
    grid,
    items,
    layout_with,
    texts,
)


def drawn(layout: Layout | None = None) -> SheetPlan:
    return guide_sheet(layout or example_layout(), Answers(), texts())


def with_norm(norm: Norm, previous: str | None = None) -> Layout:
    round_ = evolve(example_round(), norm=norm, previous=previous)
    return layout_of(norm, round_, round_.organisations[0])


def row_of(sheet: SheetPlan, text: str) -> int:
    return next(i.row for i in sheet.items if i.content == text)


def test_every_status_is_explained_in_its_own_tint() -> None:
    sheet = drawn()
    start = row_of(sheet, "Kies deze status als") + 1
    norm = example_round().norm
    said = grid(sheet, (start, 2), (start + len(norm.statuses) - 1, 4))
    for status, (label, meaning, then) in zip(norm.statuses, said, strict=True):
        assert (label, then) == (status.label, status.then)
        assert str(meaning).startswith(status.meaning)
    fills = [items(sheet)[start + n, 2].style.fill for n in range(len(norm.statuses))]
    assert fills == [s.tint for s in norm.statuses]


def test_only_a_first_round_is_a_starting_point() -> None:
    norm = example_round().norm
    added = [s.meaning_first for s in norm.statuses if s.meaning_first]
    assert added
    first, later = all_text(drawn(with_norm(norm))), all_text(drawn(with_norm(norm, "eerder")))
    for sentence in added:
        assert any(sentence in t for t in first)
        assert not any(sentence in t for t in later)


def test_every_column_that_has_help_is_explained() -> None:
    sheet = drawn()
    start = row_of(sheet, "Wat vult u in") + 1
    helped = [c.field for c in example_layout().columns if c.field.help]
    assert {f.key for f in example_round().norm.fields if f.answerable} <= {f.key for f in helped}
    assert grid(sheet, (start, 2), (start + len(helped) - 1, 4)) == [
        [f.header, f.help, f.example] for f in helped
    ]


@pytest.mark.parametrize(
    ("name", "board", "three"),
    [
        ("voorbeeld-2025", "het college", "burgemeester, gemeentesecretaris en griffier"),
        (
            "brabant-2023",
            "Gedeputeerde Staten",
            "commissaris van de Koning, provinciesecretaris en statengriffier",
        ),
    ],
)
def test_the_data_on_start_are_explained_in_the_words_of_the_kind(
    name: str, board: str, three: str
) -> None:
    """Which decision, and who are the driehoek: the functions, for that word has more meanings."""
    round_ = definitions().round(name)
    layout = layout_of(round_.norm, round_, round_.organisations[-1])
    sheet = drawn(layout)
    start = row_of(sheet, "Deze vakken staan op het blad ‘Start’.") + 2
    said = grid(sheet, (start, 2), (start + len(layout.cover) - 1, 4))
    assert [label for label, _, _ in said] == [slot.label for slot in layout.cover]
    assert said[0][0] == f"Datum besluit van {board} over de norm"
    assert f"de norm is vastgesteld door {board}." in str(said[0][1])
    assert three in str(said[3][1])
    assert all(example for _, _, example in said)
    steps = [step["text"] for step in texts()["start"]["steps"] if "driehoek" in step["text"]]
    assert steps
    assert all("{leader}, {secretary} en {clerk}" in text for text in steps)


def test_a_norm_without_help_at_its_cover_has_no_table_of_it() -> None:
    norm = example_round().norm
    bare = evolve(norm, cover=tuple(evolve(one, help="") for one in norm.cover))
    assert "Deze vakken staan op het blad ‘Start’." not in all_text(drawn(with_norm(bare)))


def test_the_colours_are_those_of_the_overview() -> None:
    sheet = drawn()
    start = row_of(sheet, "Wat betekent het") + 1
    cells = items(sheet)
    fills = [cells[start + n, 2].style.fill for n in range(3)]
    assert fills == [None, "#FFF3BF", "#D9DEE3"]
    assert [(a.area.first_row, a.accent.outline) for a in sheet.accents] == [(start + 1, "#7A3E00")]


def test_every_tip_spans_two_columns() -> None:
    sheet = drawn()
    tips = texts()["uitleg"]["tips"]
    start = row_of(sheet, "Hoe")
    wide = {m.first_row for m in sheet.merges}
    assert wide >= set(range(start, start + len(tips) + 1))
    assert grid(sheet, (start + 1, 2), (start + len(tips), 3)) == [
        [named(t["what"]), named(t["how"])] for t in tips
    ]


def named(text: str) -> str:
    """The text with the headers of the shipped norm in it."""
    return text.replace("{check}", "Controle").replace("{explanation}", "Toelichting")


def test_every_theme_begins_on_a_new_page_with_a_link_to_its_rows() -> None:
    sheet, layout = drawn(), example_layout()
    heading = row_of(sheet, "De zes thema’s")
    assert sheet.print.breaks_before[0] == heading - 1
    start = heading + 2
    said = grid(sheet, (start, 2), (start + 5, 4))
    assert said == [
        [
            b.theme.heading,
            b.theme.introduction,
            f"Normen {b.theme.number}.1 tot en met {b.theme.requirements[-1].number}",
        ]
        for b in layout.bands
    ]
    links = [items(sheet)[start + n, 4].content for n in range(6)]
    targets = [link.target for link in links if isinstance(link, Link)]
    assert targets == [f"#Overzicht!A{b.row}" for b in layout.bands]


def test_a_theme_of_one_norm() -> None:
    assert "Norm 1.1" in all_text(drawn(layout_with((1, 2))))


def test_guidance_is_marked_as_no_part_of_the_norm() -> None:
    own = texts()["uitleg"]
    layout = layout_with((2,))
    assert own["guidance_heading"] not in all_text(drawn(layout))
    theme = layout.norm.themes[0]
    first = evolve(theme.requirements[0], guidance="Handreiking, bladzijde 12")
    theme = evolve(theme, requirement=(first, theme.requirements[1]))
    sheet = drawn(with_norm(evolve(layout.norm, theme=(theme,))))
    start = row_of(sheet, own["guidance_heading"])
    assert grid(sheet, (start, 2), (start + 3, 3)) == [
        [own["guidance_heading"], None],
        [own["guidance_note"], None],
        own["guidance_columns"],
        ["1.1", "Handreiking, bladzijde 12"],
    ]


def test_guidance_names_its_source_and_prescribes_nothing() -> None:
    """The report's nine paragraphs; only pages that its own text lets us tell."""
    guided = [r for r in example_round().norm.requirements if r.guidance]
    assert len(guided) >= 7
    source = re.compile(
        r"Lokale weerbaarheid \(Bureau Broekhuizen en Verwey-Jonker Instituut\), "
        r"paragraaf ([2-9])(?:, bladzijden? (\d+)(?: en (\d+))?)?\.$"
    )
    pages = {"2": range(7, 10), "3": range(10, 13), "4": range(13, 16), "5": (16,), "7": (20,)}
    for requirement in guided:
        found = source.search(requirement.guidance)
        assert found, requirement.number
        assert all(int(p) in pages[found[1]] for p in found.groups()[1:] if p), requirement.number
        assert len(requirement.guidance) < 230
        words = re.findall(r"\w+", requirement.guidance.casefold())
        assert not {"moet", "moeten", "verplicht", "zorg", "dient", "u", "uw"} & set(words)
    topics = {found[1] for r in guided if (found := source.search(r.guidance))}
    assert topics == {"2", "3", "4", "5", "7", "8", "9"}  # all but leerkring and cliëntelisme


def test_guidance_stands_on_a_page_by_itself_below_the_link_to_the_norm() -> None:
    own, sheet = texts()["uitleg"], drawn()
    start = row_of(sheet, own["guidance_heading"])
    assert sheet.print.breaks_before[-1] == start - 1
    (site,) = [
        i.row for i in sheet.items if isinstance(i.content, Link) and "://" in i.content.target
    ]
    assert site < start
    assert not any(r.explanation for r in example_round().norm.requirements)


@pytest.mark.parametrize(
    ("website", "targets"),
    [
        ("www.voorbeeld.example", ["https://www.voorbeeld.example"]),
        ("http://voorbeeld.example/norm", ["http://voorbeeld.example/norm"]),
        ("", []),
    ],
)
def test_the_website_is_a_link_where_there_is_one(website: str, targets: list[str]) -> None:
    sheet = drawn(with_norm(evolve(example_round().norm, website=website)))
    links = [i.content for i in sheet.items if isinstance(i.content, Link)]
    assert [link.target for link in links if "://" in link.target] == targets


@pytest.mark.parametrize("kind", ["gemeente", "provincie"])
def test_no_text_is_cut_off(kind: str) -> None:
    round_ = definitions().round("nulmeting-2025")
    organisation = next(o for o in round_.organisations if o.kind.code == kind)
    sheet = drawn(layout_of(round_.norm, round_, organisation))
    widths = {c.first: c.width for c in sheet.columns}
    wide = {(m.first_row, m.first_column) for m in sheet.merges}
    for item in sheet.items:
        if isinstance(item.content, str) and item.style.wrap:
            width = widths[item.column]
            if (item.row, item.column) in wide:
                width += widths[item.column + 1]
            height, kept = sheet.heights[item.row]
            lines = lines_of(item.content, width, item.style)
            assert height >= (row_height(lines) if item.style.border else 15 * lines), item.content
            assert kept is not item.style.border  # text rows may grow, headers stay


def test_it_prints_upright_at_a_scale_that_fits() -> None:
    sheet = drawn()
    assert (sheet.print.paper, sheet.print.landscape, sheet.print.scale) == ("A4", False, 68)
    width = sum(c.width * 7 + 5 for c in sheet.columns) * 0.75 * 0.68
    assert width < 595 - 0.7 * 72


def test_no_cell_is_empty_or_drawn_twice() -> None:
    sheet = drawn()
    cells = items(sheet)
    beside = {(m.first_row, m.last_column) for m in sheet.merges}
    assert {place for place, item in cells.items() if item.content is None} == beside
    assert all(text.strip() for text in all_text(sheet))
    assert not any("{" in text for text in all_text(sheet))
