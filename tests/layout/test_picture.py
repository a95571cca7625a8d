"""Beeld: its counts, tiles, charts and figures."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve

from normtemplates.layout import Layout, layout_of
from normtemplates.layout.picture import picture_sheet
from normtemplates.layout.plan import Formula, SheetPlan
from normtemplates.layout.quarters import quarters_of
from normtemplates.model.answers import Answers, Value
from normtemplates.model.norm import Role
from normtemplates.model.submission import CellKind
from tests.layout.samples import (
    all_text,
    example_answers,
    example_layout,
    example_round,
    grid,
    items,
    layout_with,
    row,
    texts,
)


def drawn(layout: Layout | None = None, answers: Answers | None = None) -> SheetPlan:
    return picture_sheet(layout or example_layout(), answers or Answers(), texts())


def test_counts_by_theme_and_status() -> None:
    sheet = drawn(answers=example_answers())
    assert grid(sheet, (4, 2), (11, 8)) == [
        ["Thema", "Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing",
         "Nog niet ingevuld", "Totaal"],
        ["1. Bewustwording & Organisatie", 1, 1, 1, 1, 1, 5],
        ["2. Integriteit & Veilige Werkomgeving", 0, 3, 2, 0, 6, 11],
        ["3. Veilige Publieke Taak", 0, 0, 0, 0, 10, 10],
        ["4. Informatiepositie & Informatiebeveiliging", 0, 0, 0, 0, 7, 7],
        ["5. Beleid & Handhaving", 0, 0, 0, 0, 12, 12],
        ["6. Communicatie", 0, 0, 0, 0, 2, 2],
        ["Samen", 1, 4, 3, 1, 38, 47],
    ]  # fmt: skip


def test_a_tile_per_norm_with_the_letter_of_its_status() -> None:
    sheet = drawn(answers=example_answers())
    tiles = grid(sheet, (4, 10), (10, 21))
    assert tiles[0] == [str(n) for n in range(1, 13)]
    assert tiles[1] == ["U", "I", "O", "", "N"] + [None] * 7
    assert tiles[2] == ["I", "O", "I", "O", "I", "", "", "", "", "", "", None]
    assert [sum(t is not None for t in r) for r in tiles[1:]] == [5, 11, 10, 7, 12, 2]


def test_tiles_look_at_the_row_of_their_own_norm() -> None:
    layout = example_layout()
    cells = items(drawn())
    rows = []
    for theme_row, band in enumerate(layout.bands, start=5):
        for offset in range(band.last - band.first + 1):
            formula = cells[theme_row, 10 + offset].content
            assert isinstance(formula, Formula)
            rows += sorted({int(r) for r in re.findall(r"Overzicht!\$[A-Z]+\$(\d+)", formula.text)})
    assert rows == [slot.row for slot in layout.rows]


def test_every_status_has_its_strong_colour_on_the_tiles() -> None:
    sheet = drawn()
    assert [(a.formula, a.accent.fill, a.accent.color) for a in sheet.accents] == [
        (f'EXACT(J5,"{s.letter}")', s.strong, s.on_strong) for s in example_round().norm.statuses
    ]
    assert {a.area for a in sheet.accents} == {(5, 10, 10, 21)}


def test_the_legend_names_every_letter() -> None:
    assert grid(drawn(), (2, 10), (3, 10)) == [
        ["Per norm: U = Uitgevoerd, I = In ontwikkeling, O = Ontbreekt,"],
        ["N = Niet van toepassing, leeg = nog niet ingevuld"],
    ]


def test_actions_by_quarter() -> None:
    sheet = drawn(answers=example_answers())
    assert grid(sheet, (40, 2), (54, 4)) == [
        ["De aantallen per kwartaal", None, None],
        ["Kwartaal", "In ontwikkeling", "Ontbreekt"],
        ["2e kw 2025", 2, 0],
        ["3e kw 2025", 0, 0],
        ["4e kw 2025", 0, 0],
        ["1e kw 2026", 0, 0],
        ["2e kw 2026", 0, 0],
        ["3e kw 2026", 0, 0],
        ["4e kw 2026", 0, 0],
        ["1e kw 2027", 0, 0],
        ["2e kw 2027", 0, 0],
        ["3e kw 2027", 0, 0],
        ["4e kw 2027", 0, 1],
        ["Later", 1, 0],
        ["Geen datum", 1, 2],
    ]


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2025, 3, 31), 12),  # before the first quarter: no date to count by
        (date(2025, 4, 1), 0),
        (date(2025, 6, 30), 0),
        (date(2025, 7, 1), 1),
        (date(2025, 12, 31), 2),
        (date(2026, 1, 1), 3),
        (date(2027, 12, 31), 10),
        (date(2028, 1, 1), 11),
        (date(2099, 12, 31), 11),
        (Value(CellKind.NUMBER, "73051"), 12),  # 1 January 2100
        (Value(CellKind.NUMBER, "20251231"), 12),
        (Value(CellKind.BOOLEAN, "1"), 12),
        (Value(CellKind.ERROR, "#REF!"), 12),
        (None, 12),
    ],
)
def test_the_bounds_of_the_quarters(day: date | Value | None, place: int) -> None:
    quarters = quarters_of(example_layout())
    assert quarters is not None
    answers = Answers(rows={"3.1": row("Ontbreekt", day)})
    expected = [0] * 13
    expected[place] = 1
    assert quarters.counts(answers, ["3.1"]) == expected


@pytest.mark.parametrize(
    ("reference", "ambition", "starts"),
    [
        (date(2023, 7, 1), date(2024, 12, 30), 6),
        (date(2025, 11, 30), date(2026, 1, 1), 2),
        (date(2025, 4, 1), date(2025, 1, 1), 1),  # an ambition that is past
        (date(2025, 4, 1), None, 8),
        (date(2025, 4, 1), date(2060, 1, 1), 16),
    ],
)
def test_from_the_reference_date_to_the_ambition(
    reference: date, ambition: date | None, starts: int
) -> None:
    norm = evolve(example_round().norm, ambition=ambition)
    round_ = evolve(example_round(), norm=norm, reference_date=reference)
    quarters = quarters_of(layout_of(norm, round_, round_.organisations[0]))
    assert quarters is not None
    assert len(quarters.starts) == starts
    assert quarters.starts[0] <= reference
    assert {(d.month - 1) % 3 for d in quarters.starts} == {0}
    assert len({(d.year, d.month) for d in quarters.starts}) == starts


def test_charts_draw_the_tables() -> None:
    sheet = drawn()
    first, second = sheet.charts
    assert (first.row, first.column, first.width, first.height) == (13, 2, 1235, 300)
    assert (second.row, second.column, second.width, second.height) == (29, 2, 1235, 210)
    assert (first.kind, second.kind) == ("bar", "column")
    assert [s.name for s in first.series] == [f"=Beeld!${c}$4" for c in "CDEFG"]
    assert [s.values for s in first.series] == [f"=Beeld!${c}$5:${c}$10" for c in "CDEFG"]
    assert {s.categories for s in first.series} == {"=Beeld!$B$5:$B$10"}
    assert [s.name for s in second.series] == ["=Beeld!$C$41", "=Beeld!$D$41"]
    assert [s.values for s in second.series] == ["=Beeld!$C$42:$C$54", "=Beeld!$D$42:$D$54"]
    assert {s.categories for s in second.series} == {"=Beeld!$B$42:$B$54"}
    norm = example_round().norm
    strong = [s.strong for s in norm.statuses]
    assert [s.fill for s in first.series] == [*strong, "#FFFFFF"]
    assert [s.fill for s in second.series] == strong[1:3]


def test_who_cannot_see_a_chart_is_told() -> None:
    for chart in drawn().charts:
        assert len(chart.alt) > 60
        assert "aantal normen" in chart.alt
        assert "tabel" in chart.alt


def test_charts_end_before_the_figures_and_on_the_page() -> None:
    sheet = drawn()
    area = sheet.print.area
    assert area == (1, 1, 39, 21)
    below = sheet.charts[1].row + -(-sheet.charts[1].height // 20)
    assert below == 40
    assert all(sheet.heights[r] == (15, True) for r in range(12, 40))
    assert (sheet.print.pages_wide, sheet.print.pages_high) == (1, 1)


def test_no_score() -> None:
    said = " ".join(all_text(drawn(answers=example_answers())))
    assert "%" not in said
    assert "geen score en geen ranglijst" in said


def test_a_norm_without_a_date_for_actions_has_one_chart() -> None:
    norm = example_round().norm
    fields = tuple(f for f in norm.fields if f.key != "due_on")
    sheet = drawn(layout_with((2, 3), norm=evolve(norm, field=fields)))
    assert [c.kind for c in sheet.charts] == ["bar"]
    assert "Kwartaal" not in all_text(sheet)
    assert sheet.print.area is not None
    assert sheet.print.area.last_row < sheet.charts[0].row + 16


def test_another_scale_takes_other_columns() -> None:
    norm = example_round().norm
    two = tuple(s for s in norm.statuses if s.role in (Role.DONE, Role.MISSING))
    layout = layout_with((2, 1), norm=evolve(norm, scale=two))
    sheet = drawn(layout, Answers(rows={"1.1": row("Uitgevoerd"), "1.2": row("Ontbreekt")}))
    assert grid(sheet, (4, 2), (7, 9)) == [
        ["Thema", "Uitgevoerd", "Ontbreekt", "Nog niet ingevuld", "Totaal", None, "1", "2"],
        ["1. Bewustwording & Organisatie", 1, 1, 0, 2, None, "U", "O"],
        ["2. Integriteit & Veilige Werkomgeving", 0, 0, 1, 1, None, "", None],
        ["Samen", 1, 1, 1, 3, None, None, None],
    ]


def test_no_number_above_a_tile_where_it_would_be_wrong() -> None:
    layout = layout_with((4, 3))
    theme = layout.norm.themes[1]
    numbers = ("2.1", "2.4", "2.5")
    rows = tuple(evolve(r, number=n) for r, n in zip(theme.requirements, numbers, strict=True))
    norm = evolve(layout.norm, theme=(layout.norm.themes[0], evolve(theme, requirement=rows)))
    round_ = evolve(example_round(), norm=norm)
    sheet = drawn(layout_of(norm, round_, round_.organisations[0]))
    assert grid(sheet, (4, 10), (4, 13)) == [["1", None, None, "4"]]


@pytest.mark.parametrize("sizes", [(1,), (24, 3), (30,) * 3, (2,) * 12])
def test_nothing_collides_whatever_the_size_of_the_norm(sizes: tuple[int, ...]) -> None:
    sheet = drawn(layout_with(sizes))
    items(sheet)
    area = sheet.print.area
    assert area is not None
    assert area.last_column >= 9 + max(sizes)
    first, second = sheet.charts
    assert first.row > 5 + len(sizes)
    assert first.row + -(-first.height // 20) < second.row
    assert max(i.row for i in sheet.items) > area.last_row  # the figures are not printed
