"""Room for text: against widths that a font engine measured with Carlito's own glyphs."""

from __future__ import annotations

import textwrap

import pytest

from normtemplates.layout.look import Style
from normtemplates.layout.measure import lines_of, pixels, points_to_pixels, row_height, text_width
from tests.layout.samples import example_round

# (text, size, bold, pixels at 96 dpi), measured with FreeType on Carlito.
MEASURED = [
    ("Wij hebben een integriteitsbeleid vastgesteld", 11, False, 268.8),
    (
        "Wij zijn ons bewust van de risico’s van het verspreiden van persoonlijke gegevens",
        11,
        False,
        481.2,
    ),
    ("Collegebesluit, zaaknummer 2024-0000", 11, False, 235.5),
    ("MAXIMALE BREEDTE IN HOOFDLETTERS", 11, False, 237.0),
    ("illicit, ‘fijn’: (ill.)", 11, False, 91.2),
    ("Nog niet klaar: 12 normen en de gegevens bij dit overzicht.", 12, True, 389.4),
    ("Noord-Hollandse Norm Weerbare Overheid 2025 · nulmeting", 13, False, 428.8),
    ("●●●●●●●●●●●●○○○○○○○○○○○○", 14, False, 258.5),
]


@pytest.mark.parametrize(("text", "size", "bold", "measured"), MEASURED)
def test_width_is_measured_with_little_to_spare(
    text: str, size: float, bold: bool, measured: float
) -> None:
    width = text_width(text, Style(size=size, bold=bold))
    assert measured <= width * 1.005
    assert width <= measured * 1.05


@pytest.mark.parametrize("width", [36, 46, 62])
def test_lines_lie_near_what_wrapping_by_letters_gives(width: int) -> None:
    style = Style(indent=1, wrap=True)
    for requirement in example_round().norm.requirements:
        by_letters = len(textwrap.wrap(requirement.text, width))
        assert by_letters - 1 <= lines_of(requirement.text, width, style) <= by_letters + 1


def test_a_narrow_column_breaks_more_often_than_its_letters_say() -> None:
    text = (
        "Wij verwerken signalen van medewerkers en politieke ambtsdragers volgens een vastgesteld "
        "werkproces en de richtlijnen voor interne gegevensdeling"
    )
    assert len(textwrap.wrap(text, 22)) < lines_of(text, 22, Style(indent=1))


def test_line_breaks_and_long_words_count() -> None:
    assert lines_of("", 20) == 1
    assert lines_of("a\n\nb", 20) == 3
    assert lines_of("x" * 100, 20) >= 5
    assert lines_of("kort " + "x" * 100 + " kort", 20) >= 6


def test_heights_and_pixels_as_excel_counts_them() -> None:
    assert (row_height(1), row_height(7)) == (19, 109)
    assert (pixels(2), pixels(11.5), pixels(46)) == (19, 86, 327)
    assert (points_to_pixels(15), points_to_pixels(24)) == (20, 32)
