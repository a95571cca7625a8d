"""Running Dutch: dates, numbers, lists, capitals and names for files."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from normtemplates import dutch


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 4, 1), "1 april 2025"),
        (date(2027, 12, 31), "31 december 2027"),
        (date(2024, 2, 29), "29 februari 2024"),
        (date(2025, 8, 9), "9 augustus 2025"),
        (date(2025, 3, 3), "3 maart 2025"),
    ],
)
def test_long_date_and_back(day: date, text: str) -> None:
    assert dutch.long_date(day) == text
    assert dutch.parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["2025-03-04", "4-3-2025", "04-03-2025", " 4 maart 2025 ", "4 mrt 2025", "4 MRT. 2025"]
)
def test_a_date_as_people_write_it(text: str) -> None:
    assert dutch.parse_date(text) == date(2025, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "morgen",
        "4-3-25",
        "4/3/2025",
        "2025-13-01",
        "2025-02-29",
        "31 juni 2025",
        "4 march 2025",
        "0-0-0000",
        "4 maart",
        "2025-3-4",
        "1 april 2025.",
        "٤ maart 2025 x",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dutch.parse_date(text) is None


def test_every_month_can_be_read_back() -> None:
    for month in range(1, 13):
        day = date(2025, month, 15)
        assert dutch.parse_date(dutch.long_date(day)) == day


@pytest.mark.parametrize(
    ("words", "joined", "choice"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a en b", "a of b"),
        (["a", "b", "c"], "a, b en c", "a, b of c"),
        (["a", "b", "c", "d"], "a, b, c en d", "a, b, c of d"),
        (["{0}", "{1}", "x{2}"], "{0}, {1} en x{2}", "{0}, {1} of x{2}"),
    ],
)
def test_enumerations(words: list[str], joined: str, choice: str) -> None:
    assert dutch.enumerate_nl(words) == joined
    assert dutch.enumerate_nl(iter(words)) == joined
    assert dutch.one_of(words) == choice


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("de norm", "De norm"),
        ("De norm", "De norm"),
        ("’s-Hertogenbosch", "’s-Hertogenbosch"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("’s ochtends", "’s Ochtends"),
        ("'t Gooi", "'t Gooi"),
        ("’t is zo", "’t Is zo"),
        ("ijsbrekers", "IJsbrekers"),
        ("IJmuiden", "IJmuiden"),
        ("ijmuiden", "IJmuiden"),
        ("ĳmuiden", "Ĳmuiden"),
        ("élan", "Élan"),
        ("‘raad’ is een woord", "‘Raad’ is een woord"),
        ("“(de raad)", "“(De raad)"),
        ("2e kwartaal", "2e kwartaal"),
        ("", ""),
        ("…", "…"),
        ("’s", "’s"),
    ],
)
def test_the_capital_of_a_sentence(text: str, start: str) -> None:
    assert dutch.sentence_start(text) == start


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Aalsmeer", "aalsmeer"),
        ("Nuenen, Gerwen en Nederwetten", "nuenen-gerwen-en-nederwetten"),
        ("’s-Hertogenbosch", "s-hertogenbosch"),
        ("'s-Hertogenbosch", "s-hertogenbosch"),
        ("Bergen (NH.)", "bergen-nh"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("De Fryske Marren", "de-fryske-marren"),
        ("Ĳsselstein", "ijsselstein"),
        ("Noordwijk aan Zee / Hout", "noordwijk-aan-zee-hout"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x\0y", "c-x-y"),
        ("a\u200bb", "a-b"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_a_name_for_a_file(name: str, slug: str) -> None:
    assert dutch.slug(name) == slug
    assert dutch.slug(slug) == slug


def test_numbers_up_to_twenty_are_words() -> None:
    words = [dutch.number_word(n) for n in range(22)]
    assert words[0] == "nul"
    assert words[6] == "zes"
    assert words[14] == "veertien"
    assert words[20:] == ["twintig", "21"]
    assert len(set(words)) == 22
    assert dutch.number_word(-1) == "-1"
    assert dutch.number_word(47) == "47"


def test_quarters() -> None:
    assert [dutch.quarter_label(date(2025, month, 28)) for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
        "1e kw 2025", "1e kw 2025", "2e kw 2025", "2e kw 2025",
        "3e kw 2025", "3e kw 2025", "4e kw 2025", "4e kw 2025",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("het vierde kwartaal van 2027", "Eind 2027"),
        ("het eerste kwartaal van 2028", "Begin 2028"),
        ("tweede kwartaal 2028", "Medio 2028"),
        ("het derde kwartaal van 2028", "Medio 2028"),
        ("na 31 december 2024", "Na 31 december 2024"),
        ("", ""),
    ],
)
def test_a_moment_as_a_label(words: str, label: str) -> None:
    assert dutch.moment_label(words) == label


def test_babel_is_loaded_only_for_text(root: Path) -> None:
    """The command line imports this module at every start."""
    script = "import sys; import normtemplates.dutch; print('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
