"""The page says every finding once, in order, with its cells, and how each file stands."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from attrs import evolve

from normtemplates.model.finding import Finding, RoundReport, Severity
from tests.report.pages import (
    PAGES,
    blank,
    checked,
    items,
    near,
    page,
    parsed,
    several,
    text_of,
    with_class,
)
from tests.report.reports import (
    EXTRA,
    LATE,
    MISSING,
    ONE_OF_TWO,
    PDF,
    SHEET,
    TURNOUT,
    one,
    report,
)

# -- what it says ------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if name != "hostile"])
def test_every_finding_is_there_once(name: str) -> None:
    round_report, around = PAGES[name]
    findings = [f for r in round_report.reports for f in r.findings] + [*round_report.findings]
    expected = Counter((f.code, f.cell or "", f.message) for f in findings)
    assert Counter(items(parsed(page(round_report, around)))) == expected


def test_where_what_and_what_to_do() -> None:
    around = {"retour/een.xlsx": {MISSING: evolve(near(MISSING, "x"), column="Actie")}}
    tree = parsed(page(one(MISSING), around))
    (item,) = with_class(tree, "finding")
    where = with_class(item, "where")[0]
    assert text_of(where) == "Blad Overzicht, vak H14 · norm 2.3 · Actie"
    assert MISSING.message in text_of(item)
    assert "Fout · NT302" in text_of(item)


def test_a_finding_on_a_sheet_or_on_the_file() -> None:
    tree = parsed(page(one(SHEET, PDF)))
    assert [text_of(h) for h in with_class(tree, "where")] == ["Het bestand", "Blad Start"]


def test_the_worst_comes_first_in_groups_with_their_number() -> None:
    tree = parsed(page(one(EXTRA, SHEET, MISSING, LATE)))
    assert [text_of(h) for h in tree.iter("h3")] == [
        "Fout: dit moet worden hersteld (1)",
        "Waarschuwing: kijk hier nog eens naar (2)",
        "Info: goed om te weten (1)",
    ]
    assert [code for code, _, _ in items(tree)] == ["NT302", "NT213", "NT405", "NT218"]


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ((), "Akkoord. U hoeft niets meer te doen. Gevonden: geen bevindingen."),
        ((LATE,), "Akkoord. Kijk nog naar de waarschuwingen;"),
        ((MISSING,), "Te corrigeren. Herstel de fouten in het overzicht dat u stuurde, of"),
        ((PDF,), "Geweigerd. Er is niets uit dit bestand overgenomen."),
    ],
)
def test_the_verdict_says_what_to_do_next(findings: tuple[Finding, ...], says: str) -> None:
    (verdict,) = with_class(parsed(page(one(*findings))), "verdict")
    assert text_of(verdict).startswith(says)


def test_the_verdict_names_the_workbook_to_mend_it_in() -> None:
    mended = evolve(report(MISSING), correction="correctie-<b>.xlsx")
    (verdict,) = with_class(parsed(page(RoundReport((mended,)))), "verdict")
    assert "in het correctiebestand ‘correctie-<b>.xlsx’, niet in uw eigen" in text_of(verdict)


def test_what_a_code_and_a_kind_of_finding_are_is_said() -> None:
    """“Wat is NT402? Wat is ‘3 keer info’?”"""
    said = text_of(parsed(page(one(EXTRA, MISSING))))
    assert "De code rechts, zoals NT218, is het nummer van de controle" in said
    assert "Info is alleen goed om te weten." in said
    assert "is het nummer van de controle" not in text_of(parsed(page(one())))


def test_the_table_shows_the_cell_with_its_head_and_marks_it() -> None:
    tree = parsed(page(*checked("met-fouten.xlsx")))
    item = next(i for i in with_class(tree, "finding") if "vak H6" in text_of(i))
    (table,) = item.iter("table")
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["", "A", "B", "C", "G", "H", "I"]
    assert rows[1] == [
        *("3", "Nr", "Norm", "Status"),
        *("Laatst vastgesteld of uitgevoerd", "Actie", "Eigenaar (functie)"),
    ]
    assert rows[2][:2] == ["6", "1.2"]
    assert rows[2][3:] == ["In ontwikkeling", "", "Dit vak: (leeg)", "Teamleider Veiligheid"]
    assert len(with_class(table, "here")) == 1


def test_a_text_that_must_not_be_repeated_is_not_there() -> None:
    around = near(MISSING, "x")
    rows = tuple(
        row._replace(cells=tuple(c._replace(text="", withheld=True) for c in row.cells))
        for row in around.rows
    )
    html = page(one(MISSING), {"retour/een.xlsx": {MISSING: evolve(around, rows=rows)}})
    assert html.count("(niet getoond)") == 6


def test_many_that_say_the_same_share_an_item_with_all_their_places() -> None:
    tree = parsed(page(*blank(47)))
    (item,) = with_class(tree, "finding")
    assert text_of(with_class(item, "where")[0]).startswith("Blad Overzicht, 47 vakken")
    assert len(item.findall("ul/li")) == 47
    assert text_of(item.findall("details/summary")[0]) == "Toon deze 47 vakken"
    assert len(with_class(item, "here")) == 47
    assert len(with_class(parsed(page(*blank(5))), "finding")) == 5


def test_many_without_surroundings() -> None:
    (item,) = with_class(parsed(page(blank(6)[0])), "finding")
    assert len(item.findall("ul/li")) == 6
    assert not item.findall("details")


# -- several files -----------------------------------------------------------------------


def test_a_table_by_organisation_in_the_order_of_names() -> None:
    """No ranking: whoever has most findings is not on top."""
    reports = (
        report(PDF, path="in/c.pdf", name=None),
        report(MISSING, path="in/b.xlsx", name="gemeente Zuiderland"),
        report(LATE, path="in/a.xlsx", name="gemeente Anderstad"),
    )
    tree = parsed(page(RoundReport(reports, "voorbeeld-2025")))
    (table,) = with_class(tree, "files")
    assert [[text_of(cell) for cell in row] for row in table.iter("tr")][1:] == [
        ["gemeente Anderstad", "akkoord", "0", "1", "0", "a.xlsx"],
        ["gemeente Zuiderland", "te corrigeren", "1", "0", "0", "b.xlsx"],
        ["Organisatie onbekend", "geweigerd", "1", "0", "0", "c.pdf"],
    ]
    assert "3 bestanden: 1 akkoord, 1 te corrigeren en 1 geweigerd." in text_of(tree)
    assert [text_of(h) for h in tree.iter("h2")] == [
        *("Samenvatting", "gemeente Anderstad", "gemeente Zuiderland", "Organisatie onbekend"),
    ]


def test_who_takes_part_stands_in_the_table_in_the_order_of_the_register() -> None:
    """Whoever sent nothing too, and which of two files counts."""
    tree = parsed(page(TURNOUT))
    (table,) = with_class(tree, "files")
    assert [[text_of(cell) for cell in row] for row in table.iter("tr")][1:] == [
        ["gemeente Zuiderland", "te corrigeren, telt niet", "1", "0", "0", "oud.xlsx"],
        ["gemeente Zuiderland", "akkoord", "0", "1", "0", "nieuw.xlsx"],
        ["gemeente Anderstad", "niet ingeleverd", "–", "–", "–", "–"],
        ["gemeente Middenveld", "geweigerd", "1", "0", "0", "brief.pdf"],
        ["Organisatie onbekend", "geweigerd", "1", "0", "0", "c.pdf"],
    ]
    assert "Ingeleverd: 2 van de 3 organisaties." in text_of(tree)
    assert "Niet ingeleverd (1)" in text_of(tree)  # to filter by


def test_a_folder_with_one_file_has_the_table_when_others_are_missing() -> None:
    tree = parsed(page(ONE_OF_TWO))
    (table,) = with_class(tree, "files")
    assert len(list(table.iter("tr"))) == 3
    assert "gemeente Zuiderland" in [text_of(h) for h in tree.iter("h2")]


def test_findings_on_the_round() -> None:
    tree = parsed(page(several(2)))
    assert "Over de ronde voorbeeld-2025" in [text_of(h) for h in tree.iter("h2")]
    assert ("NT602", "", "Nog niet ingeleverd: Ergens. Bel even.") in list(items(tree))
    assert "De ronde" in [text_of(h) for h in with_class(tree, "where")]


def test_the_same_finding_in_two_files_has_the_cells_of_its_own_file() -> None:
    reports = tuple(report(MISSING, path=f"{n}.xlsx", name=f"gemeente {n}") for n in "ab")
    around = {f"{n}.xlsx": {MISSING: near(MISSING, f"tekst van {n}")} for n in "ab"}
    tree = parsed(page(RoundReport(reports), around))
    for item, name in zip(with_class(tree, "finding"), "ab", strict=True):
        assert set(re.findall("tekst van .", text_of(item))) == {f"tekst van {name}"}


def test_the_folder_that_all_files_share_is_left_out() -> None:
    """It says who checked them, on what computer."""
    secret = "/home/jansen/retour"
    for paths, names in (
        ([f"{secret}/a.xlsx"], ["a.xlsx"]),
        ([f"{secret}/noord/a.xlsx", f"{secret}/zuid/a.xlsx"], ["noord/a.xlsx", "zuid/a.xlsx"]),
        (["a.xlsx", "b/a.xlsx"], ["a.xlsx", "b/a.xlsx"]),
    ):
        html = page(RoundReport(tuple(report(path=path) for path in paths)))
        assert "jansen" not in html
        tree = parsed(html)
        assert [text_of(b) for b in tree.iter("bdi") if ".xlsx" in text_of(b)][-len(names) :] == (
            names
        )


def test_a_long_path_keeps_its_end() -> None:
    long = f"retour/{'map/' * 200}een.xlsx"
    tree = parsed(page(RoundReport((report(path=long), report(path="ander/twee.xlsx")))))
    names = {text_of(name) for name in tree.iter("bdi")}
    (cut,) = (name for name in names if name.endswith("een.xlsx"))
    assert cut == f"…{long[-254:]}"


def test_who_gets_it_is_warned() -> None:
    two = RoundReport(
        tuple(
            evolve(report(path=f"{n}.xlsx", name=f"gemeente {n}"), organisation=f"GM000{n}")
            for n in (1, 2)
        )
    )
    assert "Er staan 2 organisaties in" in page(two)
    assert "organisaties in" not in page(one())


def test_filters_where_there_is_something_to_choose() -> None:
    def boxes(round_report: RoundReport) -> list[str]:
        return [text_of(label) for label in parsed(page(round_report)).iter("label")]

    assert boxes(one(MISSING, LATE, SHEET)) == ["Fouten (1)", "Waarschuwingen (2)"]
    assert boxes(one(MISSING)) == []
    assert boxes(several(4)) == [
        *("Akkoord (2)", "Te corrigeren (1)", "Geweigerd (1)"),
        *("Fouten (2)", "Waarschuwingen (4)", "Info (1)"),
    ]


def test_severities_have_words_of_their_own() -> None:
    """No colour says what no word says."""
    tree = parsed(page(one(MISSING, LATE, EXTRA)))
    labels = [text_of(code).partition(" · ")[0] for code in with_class(tree, "code")]
    assert labels == ["Fout", "Waarschuwing", "Info"]
    assert len(labels) == len(Severity)
