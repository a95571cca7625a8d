"""The house texts: all there, and every fault of a file of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions, fill
from normtemplates.definitions.texts import _OWN_TERMS, WORKBOOK_TERMS
from normtemplates.errors import DefinitionError
from normtemplates.resources import shipped

SHIPPED = (shipped() / "workbook" / "texts.toml").read_text(encoding="utf-8")


def faults_of(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "workbook").mkdir(exist_ok=True)
    path = folder / "workbook" / "texts.toml"
    path.write_text(text, encoding="utf-8")
    try:
        _ = Definitions(folder).texts
    except DefinitionError as error:
        return tuple(fault.removeprefix(str(path)) for fault in error.faults)
    return ()


def test_the_words_that_the_design_fixes() -> None:
    texts = Definitions().texts
    assert [step["lead"] for step in texts["start"]["steps"]] == [
        "Klik boven in beeld op ‘Bewerken inschakelen’ en lees ‘Uitleg’.",
        "Kies bij elke norm een status.",
        "Vul de gele vakken in.",
        "Bespreek het beeld.",
        "Sla op en stuur terug.",
    ]
    assert texts["footer"]["centre"] == "Vertrouwelijk"
    assert texts["overzicht"]["legend"] == (
        "Wit = u kunt invullen.  Geel = nog nodig.  Grijs = u hoeft niets te doen."
    )
    assert [row["kind"] for row in texts["uitleg"]["colours"]] == ["white", "yellow", "grey"]
    assert "geen ranglijst" in texts["beeld"]["subtitle"]


def test_every_word_of_a_workbook_can_be_filled_in() -> None:
    definitions = Definitions()
    known = dict.fromkeys(WORKBOOK_TERMS, "x") | definitions.kinds["gemeente"].terms
    # What the workbook works out belongs to one text each; see the notes in the file.
    own = dict.fromkeys(frozenset().union(*_OWN_TERMS.values()), "x")
    named = set(re.findall(r"\{(\w+)\}", re.sub(r"(?m)^#.*$", "", SHIPPED)))
    assert named - set(own) <= set(known)
    assert "{" not in fill("".join(f"{{{name}}}" for name in sorted(named)), known | own)


@pytest.mark.parametrize(
    ("old", "new", "place", "piece"),
    [
        ('centre = "Vertrouwelijk"\n', "", "sleutel ‘footer.centre’", "ontbreekt"),
        ("centre =", "center =", "sleutel ‘footer.center’", "Bedoelt u ‘centre’?"),
        ('"Vertrouwelijk"', "5", "sleutel ‘footer.centre’", "hoort tekst"),
        ('"Vertrouwelijk"', '" "', "sleutel ‘footer.centre’", "geen tekst"),
        ('"Vertrouwelijk"', '"Ver\\ttrouwelijk"', "sleutel ‘footer.centre’", "U+0009"),
        ('"Vertrouwelijk"', '"Ver {x}"', "sleutel ‘footer.centre’", "{x} kan hier niet"),
        ('"Vertrouwelijk"', '"Ver {rund}"', "sleutel ‘footer.centre’", "Bedoelt u ‘round’?"),
        ('"Vertrouwelijk"', '"Nog {done.x}"', "sleutel ‘footer.centre’", "losse accolade"),
        ('"Totaal"', '"Totaal {done}"', "sleutel ‘beeld.total’", "{done} kan hier niet"),
        ('["Wat", "Hoe"]', '["Wat"]', "sleutel ‘uitleg.tips_columns’", "Hier horen 2 teksten"),
        ('["Wat", "Hoe"]', '"Wat"', "sleutel ‘uitleg.tips_columns’", "hoort een lijst"),
        ('["Wat", "Hoe"]', '["Wat", 1]', "‘uitleg.tips_columns’ · waarde 2", "hoort tekst"),
        ('lead = "Bespreek', 'leed = "Bespreek', "[[start.steps]] 4 · sleutel ‘leed’", "‘lead’?"),
        ('kind = "grey"', 'kind = "rood"', "[[uitleg.colours]] 3", "Kies uit: white, yellow"),
        ("[footer]", "[foter]", "sleutel ‘foter’", "Bedoelt u ‘footer’?"),
    ],
)
def test_each_fault_of_a_text_file(
    old: str, new: str, place: str, piece: str, tmp_path: Path
) -> None:
    assert old in SHIPPED
    faults = faults_of(tmp_path, SHIPPED.replace(old, new, 1))
    about = [f for f in faults if place in f and piece in f]
    assert len(about) == 1, faults
    # A misspelt key is missing as well.
    others = [f for f in faults if f not in about]
    assert len(others) <= 1
    assert all("Deze sleutel ontbreekt" in f for f in others)


def test_sections_and_lists_of_the_wrong_shape(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "footer = 3\n[uitleg]\ncolours = [1]\ntips = []\n")
    assert [f for f in faults if "Hier hoort een tabel [footer]" in f]
    assert [f for f in faults if "‘uitleg.colours’ · waarde 1 · Hier hoort een tabel." in f]
    assert [f for f in faults if "‘uitleg.tips’ · Hier hoort een lijst." in f]
    assert [f for f in faults if "sleutel ‘start’ · Deze sleutel ontbreekt" in f]


def test_fill_only_knows_plain_names() -> None:
    values = {"a": "{b}", "b": "B"}
    assert fill("{a} en {b}: 100 %", values) == "{b} en B: 100 %"
    with pytest.raises(DefinitionError, match="c"):
        fill("{c}", values)
