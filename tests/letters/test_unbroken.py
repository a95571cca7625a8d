"""What a letter keeps on one line."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import attrs
import pytest
from lxml import etree

from normtemplates.letters import make_letter
from normtemplates.letters.unbroken import keep_together, unbroken
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.conftest import VALUES
from tests.letters.reading import Letter, W


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("vóór 31 december 2024 klaar", "vóór 31~december~2024 klaar"),
        ("1 april 2025, of 2 MEI 2026", "1~april~2025, of 2~MEI~2026"),
        ("artikel 169, tweede lid", "artikel~169, tweede lid"),
        ("Zie art. 12 en norm 2.10.", "Zie art.~12 en norm~2.10."),
        ("€ 1.250 of 10 %", "€~1.250 of 10~%"),
        ("binnen 48 uur, 47 normen", "binnen 48~uur, 47~normen"),
        ("de norm van 2025 en 31 kamers", "de norm van 2025 en 31 kamers"),
        ("131 december 20245", "131 december 20245"),
        ("de normen en artikelen", "de normen en artikelen"),
        ("in 2027 normaal", "in 2027 normaal"),
    ],
)
def test_what_stays_together(text: str, kept: str) -> None:
    assert unbroken(text) == kept.replace("~", "\N{NO-BREAK SPACE}")


def test_a_letter_breaks_no_date_and_no_clipped_name(
    municipality: Organisation, round_: Round, council_template: bytes
) -> None:
    sender = attrs.evolve(municipality, running_name="’s-Hertogenbosch")
    letter = Letter(make_letter(council_template, sender, round_, VALUES))
    texts = [t.text or "" for t in letter.tree().iter(f"{W}t")]
    assert "21\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2025" in texts
    tree = letter.tree()
    cells = [t for cell in tree.iter(f"{W}tc") for t in cell.iter(f"{W}t")]
    outside = [t.text or "" for t in tree.iter(f"{W}t") if t not in cells]
    assert not [t for t in outside if "januari 2025" in t or "april 2025" in t]
    clipped = [
        (before.text or "")[-2:] + (after.text or "")[:13]
        for run in letter.tree().iter(f"{W}r")
        for before, between, after in zip(list(run), list(run)[1:], list(run)[2:], strict=False)
        if between.tag == f"{W}noBreakHyphen"
    ]
    assert clipped == ["’sHertogenbosch"] * len(clipped) != []
    assert "’s-Hertogenbosch" not in ET.tostring(letter.tree(), encoding="unicode")
    # Whoever reads the text gets the name as it is.
    assert "burgemeester en wethouders van ’s-Hertogenbosch," in letter.text()


def test_a_date_in_a_narrow_cell_may_break_at_its_spaces(
    municipality: Organisation, round_: Round, council_template: bytes
) -> None:
    """Else a wide font breaks it in its year: ``30 december 202|4``."""
    letter = Letter(make_letter(council_template, municipality, round_, VALUES))
    rows = [list(row.iter(f"{W}tc")) for row in letter.tree().iter(f"{W}tr")]
    firsts = ["".join(t.text or "" for t in row[0].iter(f"{W}t")) for row in rows]
    assert "1 april 2025" in firsts
    beside = ["".join(t.text or "" for t in row[1].iter(f"{W}t")) for row in rows]
    assert any("14\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2025" in text for text in beside)


def test_an_address_is_not_broken_at_its_hyphen() -> None:
    said = "Mail mijn-team@noord-holland.nl, niet e-mail."
    tree = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{said}</w:t></w:r></w:p>')
    keep_together(tree)
    assert [e.text if e.tag == f"{W}t" else "~" for e in tree[0]] == [
        "Mail mijn", "~", "team@noord", "~", "holland.nl, niet e-mail."
    ]  # fmt: skip
