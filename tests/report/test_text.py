"""The text says where, what and what to do, worst first, and fits on the page."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from normtemplates.model.finding import Finding, RoundReport, Severity
from normtemplates.report import render_text
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


def written(round_report: RoundReport) -> str:
    """Give the text on a page on which no line has to break."""
    return render_text(round_report, 300)


def unwrapped(text: str) -> str:
    """Give the text with its lines joined, so that a test need not know where they break."""
    return " ".join(text.split())


def test_where_what_and_what_to_do() -> None:
    text = unwrapped(written(one(MISSING)))
    assert (
        "Overzicht!H14 · norm 2.3 · Actie is nog leeg. Bij status ‘In ontwikkeling’ is dit nodig. "
        "Schrijf kort op wat er nog klaar moet. [NT302]"
    ) in text


def test_the_head_says_which_file_whose_and_how_it_stands() -> None:
    lines = written(one(MISSING)).splitlines()
    assert lines[0] == "retour/een.xlsx"
    assert lines[1] == "gemeente Voorbeeldstad · voorbeeld-2025 · te corrigeren"


def test_a_refused_file() -> None:
    text = written(RoundReport((report(PDF, path="brief.pdf", name=None),)))
    assert text.splitlines()[:2] == ["brief.pdf", "organisatie onbekend · geweigerd"]
    assert "\n- Dit is een pdf. Stuur het Excel-bestand. [NT102]\n" in text
    assert "Er is niets uit dit bestand overgenomen" in text


def test_the_worst_comes_first_then_by_place() -> None:
    second = evolve(MISSING, cell="H20", requirement="3.1")
    text = written(one(SHEET, EXTRA, MISSING, LATE, second))
    places = [text.index(word) for word in ("H14", "H20", "Start ·", "J14", "Blad1")]
    assert places == sorted(places)


def test_headings_count_and_carry_the_meaning_in_words() -> None:
    text = written(one(MISSING, LATE, SHEET, EXTRA))
    for heading in (
        "Fout: dit moet worden hersteld (1)",
        "Waarschuwing: kijk hier nog eens naar (2)",
        "Info: goed om te weten (1)",
        "Samen: 1 fout, 2 waarschuwingen en 1 keer info.",
    ):
        assert heading in text.splitlines()


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ((), "Akkoord. U hoeft niets meer te doen."),
        ((EXTRA,), "Akkoord. U hoeft niets meer te doen."),
        ((LATE,), "Akkoord. Kijk nog naar de waarschuwingen"),
        ((MISSING,), "Te corrigeren. Herstel de fouten"),
        ((PDF,), "Geweigerd. Er is niets uit dit bestand overgenomen."),
    ],
)
def test_the_verdict_says_what_to_do_next(findings: tuple[Finding, ...], says: str) -> None:
    last = written(one(*findings)).splitlines()[-1]
    assert last.startswith(says)


NEW = "correctie-GM0000-voorbeeldstad.xlsx"


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        (MISSING, f"Herstel de fouten in het correctiebestand ‘{NEW}’, niet in uw eigen bestand:"),
        (LATE, f"Wilt u iets veranderen, doe dat dan in het correctiebestand ‘{NEW}’ en stuur dat"),
        (PDF, f"Werk verder in het correctiebestand ‘{NEW}’, niet in uw eigen bestand:"),
    ],
)
def test_the_verdict_says_in_which_file(finding: Finding, says: str) -> None:
    """Who had both asked: in wélk bestand, het mijne of de ‘correctie’?"""
    outcome = RoundReport((evolve(report(finding), correction=NEW),))
    assert says in written(outcome).splitlines()[-1]
    assert NEW not in written(one(finding))


def test_a_file_that_does_not_count_asks_for_no_work() -> None:
    text = written(TURNOUT)
    old = text[text.index("in/oud.xlsx") :]
    assert "Te corrigeren. Dit bestand telt niet mee; de waarschuwing NT601 zegt waarom." in old


def test_nothing_wrong_is_said_too() -> None:
    assert "Samen: geen bevindingen." in written(one())


def test_every_finding_is_there() -> None:
    findings = [
        Finding("NT777", Severity.FOUT, f"Bevinding {n}. Doe iets.", "Overzicht", f"C{n}", f"1.{n}")
        for n in range(1, 80)
    ]
    text = unwrapped(written(one(*findings)))
    for n in range(1, 80):
        assert f"Overzicht!C{n} · norm 1.{n} · Bevinding {n}. Doe iets." in text


def test_many_that_say_the_same_share_a_line_with_all_their_numbers() -> None:
    findings = [
        Finding("NT301", Severity.FOUT, "Status is nog leeg.", "Overzicht", f"C{n}", f"1.{n}", "s")
        for n in range(5, 12)
    ]
    text = unwrapped(written(one(*findings, MISSING)))
    assert "Fout: dit moet worden hersteld (8)" in text
    assert text.count("Status is nog leeg.") == 1
    assert "Overzicht!C5 tot en met C11, 7 vakken" in text
    assert "norm 1.5, 1.6, 1.7, 1.8, 1.9, 1.10 en 1.11 · Status" in text
    few = unwrapped(written(one(*findings[:5])))
    assert few.count("Status is nog leeg.") == 5


@pytest.mark.parametrize("width", [30, 60, 100, 160])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    several = RoundReport((report(MISSING, LATE), report(PDF, path="x" * 90, name=None)))
    text = render_text(several, width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "x" * 90 in "".join(text.split())
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_a_wrapped_finding_hangs_under_its_own_text() -> None:
    lines = render_text(one(MISSING), 50).splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("- "))
    assert all(line.startswith("  ") for line in lines[start + 1 : start + 3])


# -- several files -----------------------------------------------------------------------

SEVERAL = RoundReport(
    (
        report(PDF, path="c.pdf", name=None),
        report(MISSING, path="b.xlsx", name="gemeente Zuiderland"),
        report(LATE, path="a.xlsx", name="gemeente Anderstad"),
    ),
    "voorbeeld-2025",
    (Finding("NT602", Severity.WAARSCHUWING, "Nog niet ingeleverd: Voorbeeldland. Bel even."),),
)


def test_a_table_by_organisation_in_the_order_of_names() -> None:
    """No ranking: whoever has most findings is not on top."""
    text = written(SEVERAL)
    table = text[text.index("Overzicht van de bestanden") :]
    rows = [line.split() for line in table.splitlines() if re.search(r"\.(xlsx|pdf)$", line)]
    assert rows == [
        ["gemeente", "Anderstad", "akkoord", "0", "1", "0", "a.xlsx"],
        ["gemeente", "Zuiderland", "te", "corrigeren", "1", "0", "0", "b.xlsx"],
        ["onbekend", "geweigerd", "1", "0", "0", "c.pdf"],
    ]


def test_who_takes_part_stands_in_the_table_in_the_order_of_the_register() -> None:
    """Whoever sent nothing too, and which of two files counts."""
    text = render_text(TURNOUT, 140)
    table = text[text.index("Overzicht van de bestanden") :].splitlines()
    rows = [re.split(r"  +", line.strip()) for line in table[4:9]]
    assert rows == [
        ["gemeente Zuiderland", "te corrigeren, telt niet", "1", "0", "0", "in/oud.xlsx"],
        ["gemeente Zuiderland", "akkoord", "0", "1", "0", "in/nieuw.xlsx"],
        ["gemeente Anderstad", "niet ingeleverd", "–", "–", "–", "–"],
        ["gemeente Middenveld", "geweigerd", "1", "0", "0", "in/brief.pdf"],
        ["onbekend", "geweigerd", "1", "0", "0", "in/c.pdf"],
    ]
    last = "4 bestanden: 1 akkoord, 1 te corrigeren en 2 geweigerd. "
    assert text.splitlines()[-1] == f"{last}Ingeleverd: 2 van de 3 organisaties."


def test_a_folder_with_one_file_has_the_table_when_others_are_missing() -> None:
    text = written(ONE_OF_TWO)
    assert "niet ingeleverd" in text
    assert text.splitlines()[-1] == "1 bestand: 1 akkoord. Ingeleverd: 1 van de 2 organisaties."


def test_the_round_and_the_total() -> None:
    text = written(SEVERAL)
    assert "Over de ronde voorbeeld-2025\n" in text
    assert "- Nog niet ingeleverd: Voorbeeldland. Bel even. [NT602]\n" in text
    last = text.splitlines()[-1]
    assert last == "3 bestanden: 1 akkoord, 1 te corrigeren en 1 geweigerd."


def test_no_table_for_one_file() -> None:
    assert "Overzicht van de bestanden" not in written(one(MISSING))


def test_no_files_at_all() -> None:
    assert written(RoundReport(())) == "\n"


# -- a terminal, a pipe, and a hostile file ----------------------------------------------


def test_plain_unless_asked() -> None:
    assert "\x1b" not in written(SEVERAL)
    assert "\x1b[" in render_text(SEVERAL, color=True)


def test_colour_changes_no_word() -> None:
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", render_text(SEVERAL, 100, color=True))
    assert unwrapped(coloured) == unwrapped(render_text(SEVERAL, 100))


def test_text_from_a_file_is_only_text() -> None:
    """No markup, no emoji codes, no escapes, nothing that turns the line round."""
    nasty = "[red]x[/red] :smile: \x1b[31m \u202e\u0007\x9b31m https://x.nl"
    finding = Finding("NT401", Severity.FOUT, nasty + "y" * 5000, nasty[:40], "C5", "1.1", "status")
    text = written(RoundReport((report(finding, path=f"{nasty}.xlsx", name=nasty),)))
    assert all(line.isprintable() for line in text.splitlines())
    for part in ("[red]x[/red]", ":smile:", "U+001B", "U+202E", "U+0007", "U+009B"):
        assert part in text
    assert len(text) < 2500


def test_a_path_that_is_no_unicode() -> None:
    text = written(RoundReport((report(path="retour/caf\udce9.xlsx"),)))
    assert "retour/cafU+DCE9.xlsx" in text
    text.encode("utf-8")
