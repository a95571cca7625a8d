"""Start: what it counts, what it says, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest
from attrs import evolve

from normtemplates.errors import DefinitionError
from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.contract import cover_control
from normtemplates.layout.look import NEEDED_ACCENT
from normtemplates.layout.measure import lines_of
from normtemplates.layout.plan import Formula, Link, SheetPlan
from normtemplates.layout.stamp import VISIBLE_PREFIX, Stamp, stamp_of
from normtemplates.layout.start import start_sheet
from normtemplates.layout.typed import Leftover
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.earlier import Earlier, Predecessor
from normtemplates.model.norm import FieldKind
from normtemplates.model.organisation import Region
from normtemplates.model.texts import Texts
from tests.layout.samples import (
    all_text,
    cover,
    definitions,
    example_answers,
    example_layout,
    example_round,
    grid,
    items,
    layout_with,
    row,
    shown,
    texts,
)


def drawn(layout: Layout | None = None, answers: Answers | None = None) -> SheetPlan:
    return start_sheet(layout or example_layout(), answers or Answers(), texts())


def test_progress_by_theme_in_words_and_dots() -> None:
    sheet = drawn(answers=example_answers())
    assert grid(sheet, (6, 6), (12, 8)) == [
        ["1. Bewustwording & Organisatie", "4 van 5", "●●●●○"],
        ["2. Integriteit & Veilige Werkomgeving", "2 van 11", "●●○○○○○○○○○"],
        ["3. Veilige Publieke Taak", "0 van 10", "○○○○○○○○○○"],
        ["4. Informatiepositie & Informatiebeveiliging", "0 van 7", "○○○○○○○"],
        ["5. Beleid & Handhaving", "0 van 12", "○○○○○○○○○○○○"],
        ["6. Communicatie", "0 van 2", "○○"],
        ["Samen", "6 van 47", None],
    ]


def test_progress_counts_the_rows_of_its_own_theme() -> None:
    layout = example_layout()
    formula = items(drawn())[7, 7].content
    assert isinstance(formula, Formula)
    band = layout.bands[1]
    assert re.findall(r"\$[A-Z]+\$(\d+)", formula.text) == [str(band.first), str(band.last)]
    assert formula.text.endswith('&" van "&11')


@pytest.mark.parametrize(
    ("complete", "covered", "says"),
    [
        (3, True, "✔ Alles is ingevuld. U kunt dit overzicht versturen."),
        (3, False, "Nog niet klaar: de gegevens bij dit overzicht."),
        (2, True, "Nog niet klaar: 1 norm."),
        (2, False, "Nog niet klaar: 1 norm en de gegevens bij dit overzicht."),
        (1, True, "Nog niet klaar: 2 normen."),
        (0, False, "Nog niet klaar: 3 normen en de gegevens bij dit overzicht."),
    ],
)
def test_verdict_says_whether_it_can_be_sent(complete: int, covered: bool, says: str) -> None:
    layout = layout_with((1, 2))
    numbers = list(layout.row_by_number)[:complete]
    rows = {number: row("Uitgevoerd") for number in numbers}
    sheet = drawn(layout, Answers(rows=rows, cover=cover() if covered else {}))
    assert grid(sheet, (9, 6), (9, 6)) == [[says]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "✔ Compleet"),
        ({"team": text_value("volgt")}, "Werk ‘Team’ uit"),
        ({"email": text_value("\u00a0")}, "Vul ‘Algemeen e-mailadres’ in"),
        ({"discussed": text_value("Misschien")}, "Kies ‘Besproken in de driehoek’ uit de lijst"),
    ],
)
def test_one_sentence_about_the_cover_fields(change: Mapping[str, Value], says: str) -> None:
    answers = Answers(cover={**cover(), **change})
    assert cover_control(example_layout(), answers.cover) == says
    assert grid(drawn(answers=answers), (13, 4), (13, 4)) == [[says]]


def test_every_cover_field_has_label_cell_key_and_validation() -> None:
    layout = example_layout()
    sheet = drawn(layout, Answers(cover=cover()))
    assert [slot.row for slot in layout.cover] == [14, 15, 16, 17]
    assert [r[0] for r in grid(sheet, (14, 3), (17, 3))] == [
        "Datum besluit van het college over de norm",
        "Team dat dit overzicht maakt",
        "Algemeen e-mailadres van het team",
        "Besproken in de bestuurlijke driehoek",
    ]
    assert [r[0] for r in grid(sheet, (14, 4), (17, 4))] == [
        45671.0,
        "Team Veiligheid",
        "veiligheid@voorbeeldstad.example",
        "Ja",
    ]
    assert [r[0] for r in grid(sheet, (14, 10), (17, 10))] == [
        "45671",
        "teamveiligheid",
        "veiligheid@voorbeeldstad.example",
        "ja",
    ]
    assert [v.areas[0][:2] for v in sheet.validations] == [(r, 4) for r in range(14, 18)]
    assert [v.rule.allow for v in sheet.validations] == ["date", "textLength", "textLength", "list"]
    unlocked = {place for place, item in items(sheet).items() if not item.style.locked}
    assert unlocked == {(r, 4) for r in range(14, 18)}


def test_a_cover_field_turns_yellow_when_it_is_empty_only_if_it_is_required() -> None:
    yellow = [a for a in drawn().accents if a.accent is NEEDED_ACCENT]
    empty = [(a.area.first_row, f"LEN($J{a.area.first_row})=0" in a.formula) for a in yellow]
    assert empty == [(14, False), (15, True), (16, True), (17, True)]


def test_prompts_use_the_words_of_the_kind() -> None:
    round_ = definitions().round("nulmeting-2025")
    province = next(o for o in round_.organisations if o.kind.code == "provincie")
    sheet = drawn(layout_of(round_.norm, round_, province))
    assert "commissaris van de Koning" in sheet.validations[3].prompt
    assert "Gedeputeerde Staten" in sheet.validations[0].prompt
    assert "1 april 2025" in sheet.validations[0].stop
    assert grid(sheet, (14, 3), (14, 3)) == [["Datum besluit van Gedeputeerde Staten over de norm"]]


def test_five_steps_in_one_cell_each() -> None:
    sheet = drawn()
    steps = texts()["start"]["steps"]
    assert len(steps) == 5
    for place, step in enumerate(steps):
        said = f"{step['lead']} {step['text']}".replace("{check}", "Controle")
        said = said.replace("{leader}", "burgemeester").replace("{clerk}", "griffier")
        said = said.replace("{secretary}", "gemeentesecretaris")
        assert grid(sheet, (6 + place, 2), (6 + place, 3)) == [[str(place + 1), said]]
    assert {(m.first_row, m.first_column, m.last_column) for m in sheet.merges} == {
        (2, 2, 4),
        *((r, 3, 4) for r in range(6, 11)),
    }


def test_only_the_first_cell_of_a_merge_has_content() -> None:
    sheet = drawn()
    cells = items(sheet)
    for area in sheet.merges:
        rest = range(area.first_column + 1, area.last_column + 1)
        assert [cells[area.first_row, column].content for column in rest] == [None] * len(rest)


def test_the_merges_reach_the_file() -> None:
    plan = workbook_plan(example_layout(), Answers(), texts())
    sheets = {s.name: s for s in read_bytes("x.xlsx", write_workbook(plan)).sheets}
    for sheet in plan.sheets:
        assert set(sheets[sheet.name].merges) == set(sheet.merges)
    assert sheets["Start"].text(6, 3).startswith("Klik boven in beeld")


def test_more_steps_than_room_is_said() -> None:
    start = {**texts()["start"], "steps": texts()["start"]["steps"] * 2}
    crowded: Texts = {**texts(), "start": start}
    with pytest.raises(DefinitionError, match="hooguit 7 stappen"):
        start_sheet(example_layout(), Answers(), crowded)


@pytest.mark.parametrize(
    ("region", "line"),
    [
        (Region("r", "RIEC Voorbeeld", "a@b.example"), "naar RIEC Voorbeeld, a@b.example"),
        (Region("r", "RIEC Voorbeeld", "", "Postbus 1"), "naar RIEC Voorbeeld"),
        (Region("r", "RIEC Voorbeeld"), "aan de afzender van dit overzicht"),
    ],
)
def test_return_box_invents_no_address(region: Region, line: str) -> None:
    round_ = example_round()
    organisation = evolve(round_.organisations[0], region=region)
    box = grid(drawn(layout_of(round_.norm, round_, organisation)), (1, 6), (2, 6))
    assert box == [["Stuur het overzicht uiterlijk 1 april 2025"], [line]]


def test_return_box_without_a_date() -> None:
    round_ = evolve(example_round(), return_date=None)
    sheet = drawn(layout_of(round_.norm, round_, round_.organisations[0]))
    assert grid(sheet, (1, 6), (1, 6)) == [["Stuur het overzicht terug"]]


def test_a_long_subtitle_breaks_between_its_parts() -> None:
    assert grid(drawn(), (2, 2), (2, 2)) == [
        ["Noord-Hollandse Norm Weerbare Overheid 2025 · nulmeting\npeildatum 1 april 2025"]
    ]


def sheet_row(sheet: SheetPlan, text: str) -> int:
    return next(item.row for item in sheet.items if item.content == text)


def open_list(answers: Answers, layout: Layout | None = None) -> list[list[object]]:
    """The sentence below ‘Wat staat nog open?’ and the lines of the list."""
    sheet = drawn(layout, answers)
    row = sheet_row(sheet, "Wat staat nog open?")
    (intro,), *lines = (
        grid(sheet, (row + 1, 6), (row + 1, 6)),
        *grid(sheet, (row + 2, 6), (row + 11, 7)),
    )
    return [intro, *lines]


def test_the_next_ten_open_rows_with_what_controle_says() -> None:
    intro, *lines = open_list(example_answers())
    assert intro == ["Klik op een norm om erheen te gaan. De eerste tien van 41:"]
    # By hand from example_answers(): 1.4 has no such status, 2.2 has text for a date, …
    assert [str(label).split(" · ")[0] for label, _ in lines] == [
        "1.4", "2.2", "2.3", "2.4", "2.6", "2.7", "2.8", "2.9", "2.10", "2.11",
    ]  # fmt: skip
    assert [says for _, says in lines][4:] == ["Nog invullen"] * 6
    assert lines[0] == ["1.4 · Wij benaderen …", "Kies ‘Status’ uit de lijst"]
    assert lines[2][1] == "Vul ‘Gereed uiterlijk’ in"


def test_the_list_says_when_little_or_nothing_is_open() -> None:
    layout = layout_with((1, 2))
    numbers = list(layout.row_by_number)
    one_left = Answers(rows={number: row("Uitgevoerd") for number in numbers[:2]})
    intro, first, *rest = open_list(one_left, layout)
    assert intro == ["Klik op een norm om erheen te gaan."]
    assert str(first[0]).startswith("2.2 · ")
    assert first[1] == "Nog invullen"
    assert rest == [["", ""]] * 9
    none_left = Answers(rows={number: row("Uitgevoerd") for number in numbers})
    assert open_list(none_left, layout) == [
        ["Alle normen zijn compleet. Mooi, dank u wel."],
        *[["", ""]] * 10,
    ]


def late() -> dict[str, Value]:
    """The answers of a row that is complete, but asks for another look: it is done late."""
    return row("In ontwikkeling", date(2028, 1, 1))


@pytest.mark.parametrize(
    ("advised", "says"),
    [
        (1, "✔ Alles is ingevuld. U kunt dit overzicht versturen. Nog 1 keer ‘Let op’."),
        (3, "✔ Alles is ingevuld. U kunt dit overzicht versturen. Nog 3 keer ‘Let op’."),
    ],
)
def test_the_verdict_says_how_often_to_look_once_more(advised: int, says: str) -> None:
    layout = layout_with((1, 2))
    numbers = list(layout.row_by_number)
    rows = {n: late() if i < advised else row("Uitgevoerd") for i, n in enumerate(numbers)}
    sheet = drawn(layout, Answers(rows=rows, cover=cover()))
    assert grid(sheet, (9, 6), (9, 6)) == [[says]]
    width = sum(c.width for c in sheet.columns if c.first in (6, 7, 8))
    style = items(sheet)[9, 6].style
    assert lines_of(says.replace("3", "47"), width, style) == 1


def test_what_asks_for_another_look_comes_after_what_is_open() -> None:
    layout = layout_with((1, 4))
    rows = {
        "1.1": late(),
        "2.1": row("Uitgevoerd"),
        "2.2": late(),
        "2.3": row("Ontbreekt"),
    }
    intro, *lines = open_list(Answers(rows=rows), layout)
    assert intro == ["Klik op een norm om erheen te gaan."]
    assert [(str(label).split(" · ")[0], says) for label, says in lines] == [
        ("2.3", "Vul ‘Gereed uiterlijk’ in"),
        ("2.4", "Nog invullen"),
        ("1.1", "Let op: ‘Gereed uiterlijk’ is na 2027"),
        ("2.2", "Let op: ‘Gereed uiterlijk’ is na 2027"),
        *[("", "")] * 6,
    ]


@pytest.mark.parametrize(
    ("rows", "intro"),
    [
        (2, "Alles is compleet. Kijk hier nog eens of het klopt."),
        (12, "Alles is compleet. Kijk nog eens of het klopt. De eerste tien van 12:"),
    ],
)
def test_the_list_when_all_is_complete_and_some_asks_for_another_look(
    rows: int, intro: str
) -> None:
    layout = layout_with((rows,))
    answers = Answers(rows={number: late() for number in layout.row_by_number})
    found, *lines = open_list(answers, layout)
    assert found == [intro]
    assert [bool(label) for label, _ in lines] == [place < rows for place in range(10)]


def test_a_sheet_that_not_every_workbook_has_gets_a_link() -> None:
    layout = example_layout()
    sheet = start_sheet(layout, Answers(), texts(), ("Voorgangers", "Niet geplaatst"))
    links = {i.content.text: i.content.target for i in sheet.items if isinstance(i.content, Link)}
    assert links["Naar Voorgangers"] == "#Voorgangers!A1"
    assert links["Naar Niet geplaatst"] == "#'Niet geplaatst'!A1"
    assert not {"Naar Voorgangers", "Naar Niet geplaatst"} & set(all_text(drawn()))


def test_a_workbook_with_more_sheets_leads_to_them_from_start() -> None:
    """Drawn as a whole: what is on Start is what the workbook has."""
    base = example_layout()
    earlier = Earlier("vorige ronde", predecessors=(Predecessor("gemeente Deel", {}),))
    layout = layout_of(base.norm, base.round, base.organisation, earlier)
    left = (Leftover("1.1", "Actie", "Iets", "Deze kolom is er niet meer."),)
    plan = workbook_plan(layout, Answers(), texts(), unplaced=left)
    names = {sheet.name for sheet in plan.sheets if not sheet.hidden}
    linked = {
        i.content.target.split("!")[0].strip("#'")
        for i in plan.sheets[0].items
        if isinstance(i.content, Link)
    }
    assert linked == names - {"Start"}


def test_links_lead_to_the_bands_and_sheets() -> None:
    layout = example_layout()
    links = [i.content for i in drawn().items if isinstance(i.content, Link)]
    assert [link.target for link in links] == [
        *(f"#Overzicht!A{band.row}" for band in layout.bands),
        "#Overzicht!A1",
        "#Beeld!A1",
        "#Uitleg!A1",
    ]


def test_the_stamp_can_be_read_back() -> None:
    layout = example_layout()
    found = [t for t in all_text(drawn()) if t.startswith(VISIBLE_PREFIX)]
    assert [Stamp.read(t.removeprefix(VISIBLE_PREFIX)) for t in found] == [stamp_of(layout)]


def test_it_prints_on_one_landscape_page_without_the_key_cells() -> None:
    sheet = drawn()
    assert (sheet.print.paper, sheet.print.landscape) == ("A4", True)
    assert (sheet.print.pages_wide, sheet.print.pages_high) == (1, 1)
    assert sheet.print.area is not None
    assert sheet.print.area.last_column == 8
    assert sheet.print.area.last_row == max(i.row for i in sheet.items)
    assert [c.first for c in sheet.columns if c.hidden] == [10]


@pytest.mark.parametrize("sizes", [(1,), (3,) * 5, (2,) * 9, (24, 1)])
def test_nothing_collides_whatever_the_number_of_themes(sizes: tuple[int, ...]) -> None:
    layout = layout_with(sizes)
    sheet = drawn(layout)
    cells = items(sheet)  # refuses a cell that is drawn twice
    keys = {(slot.row, slot.key_column) for slot in layout.cover}  # empty beside an empty cell
    listed = cells[sheet_row(sheet, "Wat staat nog open?") + 1, 6]
    assert "Klik op een norm" in str(shown(listed.content))
    below = {p for p in cells if p[0] > listed.row and p[1] in (6, 7)}
    assert {p for p, i in cells.items() if shown(i.content) == ""} - below == keys
    assert all(slot.row in sheet.heights for slot in layout.cover)
    assert cells[6 + len(sizes), 6].content == "Samen"
    width = sum(c.width for c in sheet.columns if c.first == 8)
    assert width >= max(sizes) * 1.5


def test_a_norm_without_cover_fields_needs_only_its_rows() -> None:
    layout = layout_with((1,), norm=evolve(example_round().norm, cover=()))
    sheet = drawn(layout, Answers(rows={"1.1": row("Uitgevoerd")}))
    assert "✔ Alles is ingevuld. U kunt dit overzicht versturen." in all_text(sheet)
    assert not sheet.validations


def test_every_field_kind_of_the_cover_is_drawn() -> None:
    kinds = {slot.field.kind for slot in example_layout().cover}
    assert kinds == {FieldKind.DATE, FieldKind.TEXT, FieldKind.CHOICE}
