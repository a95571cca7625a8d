"""How a letter is made up: page, styles, lists, tables, language; and the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.conftest import Make
from tests.letters.reading import Letter, W, value

TWIPS = 1440 / 2.54  # a centimetre


@pytest.fixture(params=["municipality", "province"])
def letter(request: pytest.FixtureRequest, make: Make) -> Letter:
    return make(request.getfixturevalue(request.param))


def near(twips: str | None, centimetres: float) -> bool:
    return twips is not None and abs(int(twips) - centimetres * TWIPS) < 2


def test_the_language_is_dutch(letter: Letter) -> None:
    defaults = letter.tree("word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    (language,) = defaults.iter(f"{W}lang")
    assert value(language) == "nl-NL"
    assert letter.core()["language"] == "nl-NL"
    for part in ("word/document.xml", "word/footer1.xml"):
        assert not list(letter.tree(part).iter(f"{W}lang"))


def test_the_title_says_what_it_is_and_whose(make: Make, municipality: Organisation) -> None:
    assert make(municipality).core()["title"] == (
        "Raadsinformatiebrief Noord-Hollandse Norm Weerbare Overheid – gemeente Aalsmeer"
    )


def test_headings_are_headings(letter: Letter) -> None:
    assert len(letter.of_style("Heading1")) == 7
    assert len(letter.of_style("Title")) == 1
    names = {
        s.get(f"{W}styleId"): value(s.find(f"{W}name"))
        for s in letter.tree("word/styles.xml").iter(f"{W}style")
    }
    # By these names Word, and what reads aloud, know them in any language.
    assert names["Heading1"] == "heading 1"
    assert names["Title"] == "Title"
    assert names["ListNumber"] == "List Number"
    (heading,) = (
        s
        for s in letter.tree("word/styles.xml").iter(f"{W}style")
        if s.get(f"{W}styleId") == "Heading1"
    )
    assert heading.find(f"{W}pPr/{W}keepNext") is not None
    assert value(heading.find(f"{W}pPr/{W}outlineLvl")) == "0"


def test_every_style_that_is_used_exists_and_nothing_is_formatted_by_hand(letter: Letter) -> None:
    known = {s.get(f"{W}styleId") for s in letter.tree("word/styles.xml").iter(f"{W}style")}
    for part in ("word/document.xml", "word/footer1.xml"):
        tree = letter.tree(part)
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert {value(s) for s in tree.iter(f"{W}{kind}")} <= known
        for properties in tree.iter(f"{W}rPr"):
            assert [child.tag for child in properties] == [f"{W}rStyle"]


def test_the_themes_are_a_real_list(letter: Letter, round_: Round) -> None:
    assert letter.of_style("ListNumber") == [theme.title for theme in round_.norm.themes]
    (style,) = (
        s
        for s in letter.tree("word/styles.xml").iter(f"{W}style")
        if s.get(f"{W}styleId") == "ListNumber"
    )
    number = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
    numbers = letter.tree("word/numbering.xml")
    (instance,) = (n for n in numbers.iter(f"{W}num") if n.get(f"{W}numId") == number)
    (abstract,) = (
        a
        for a in numbers.iter(f"{W}abstractNum")
        if a.get(f"{W}abstractNumId") == value(instance.find(f"{W}abstractNumId"))
    )
    assert [value(f) for f in abstract.iter(f"{W}numFmt")] == ["decimal"]


def test_the_planning_is_a_table_that_can_be_read_aloud(letter: Letter) -> None:
    (table,) = letter.tree().iter(f"{W}tbl")
    widths = [column.get(f"{W}w") for column in table.iter(f"{W}gridCol")]
    assert near(widths[0], 4.6)
    assert near(widths[1], 11.4)
    rows = list(table.iter(f"{W}tr"))
    assert len(rows) == 6
    marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert marked == [True, False, False, False, False, False]
    for row in rows:
        assert row.find(f"{W}trPr/{W}cantSplit") is not None
        cells = [cell.get(f"{W}w") for cell in row.iter(f"{W}tcW")]
        assert cells == widths
    assert value(table.find(f"{W}tblPr/{W}tblCaption")) == "Planning: moment en wat gebeurt er"


def test_the_page(letter: Letter) -> None:
    (section,) = letter.tree().iter(f"{W}sectPr")
    size = section.find(f"{W}pgSz")
    margins = section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    assert near(size.get(f"{W}w"), 21.0)
    assert near(size.get(f"{W}h"), 29.7)
    for side, centimetres in {
        "left": 2.5,
        "right": 2.5,
        "top": 2.2,
        "bottom": 2.2,
        "footer": 1.1,
    }.items():
        assert near(margins.get(f"{W}{side}"), centimetres), side
    settings = letter.tree("word/settings.xml")
    assert value(settings.find(f"{W}autoHyphenation")) == "0"


def test_only_calibri(letter: Letter) -> None:
    fonts = {
        font
        for part in ("word/styles.xml", "word/document.xml", "word/footer1.xml")
        for element in letter.tree(part).iter(f"{W}rFonts")
        for font in element.attrib.values()
    }
    assert fonts == {"Calibri"}


def test_the_last_words_stay_with_the_signature(letter: Letter) -> None:
    paragraphs = list(letter.tree().iter(f"{W}p"))
    styles = [value(p.find(f"{W}pPr/{W}pStyle")) for p in paragraphs]
    last = paragraphs[styles.index("Slotgroet") - 1]
    assert last.find(f"{W}pPr/{W}keepNext") is not None


def test_small(letter: Letter) -> None:
    assert len(letter.data) < 15_000


def test_no_date_is_today(letter: Letter) -> None:
    assert letter.dates == {(2025, 4, 1, 0, 0, 0)}
    core = letter.core()
    assert core["created"] == core["modified"] == "2025-04-01T00:00:00Z"
    assert "lastModifiedBy" not in core


SAME = """
import hashlib
from normtemplates.definitions import Definitions
from normtemplates.jobs.letters import LetterRequest, drawn_letters
known = Definitions()
values = {"letter_date": "2025-01-21", "team": "A"}
letters = drawn_letters(known, known.round("nulmeting-2025"), LetterRequest(values=values))
digest = hashlib.sha256(b"".join(letter.data for letter in letters))
print(digest.hexdigest(), len(letters))
"""


def test_the_same_bytes_every_time(root: Path) -> None:
    """In another process, another time zone, with another order of sets."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SAME],
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    }
    (line,) = said
    assert line.endswith(" 45\n")


def test_the_templates_are_what_their_script_makes(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "make_letter_templates.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
