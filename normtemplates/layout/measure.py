"""How much room text takes: lines in a column, points of a row, pixels of a column.

No program works heights out when it opens a file that gives them, so a line too few is a line
that nobody sees.
"""

from __future__ import annotations

from functools import lru_cache

from normtemplates.layout.look import DEFAULT, Style

_POINTS_PER_LINE = 15
_POINTS_AROUND = 4
_HIGHEST = 409  # points: Excel has no higher row, however long a text is
_PIXELS_PER_POINT = 96 / 72
_INDENT = 10  # pixels
_SAFE = 0.97  # of the width: on screen, letters are fitted to whole pixels

# Widths in Calibri (and Carlito, made to the same widths), in thousandths of the size. What is
# not here is as wide as a digit; beyond the alphabets of Europe it is square.
_CLASSES = (
    (229, " 'ilï"),
    (262, "j,‘’.I·:;"),
    (308, "`()f-[]{}J"),
    (348, "!tr"),
    (395, "/\\sz"),
    (423, '"“”Lcx'),
    (457, "vykFS|"),
    (477, "?Zgaá"),
    (498, "#*+<=>^_eéëè~–TYE"),
    (525, "PXKbdhnpquüoöóC"),
    (552, "RBV○"),
    (610, "AD●"),
    (637, "HGUN"),
    (672, "OQ&"),
    (715, "…%w"),
    (800, "m"),
    (895, "MW@—✔"),
)
_WIDTHS = {letter: width for width, letters in _CLASSES for letter in letters}
_OTHER, _OTHER_WIDE = 507, 1000
_BOLD = 1.04


@lru_cache(maxsize=4096)
def text_width(text: str, style: Style = DEFAULT) -> float:
    """Give the pixels that ``text`` takes on one line; rather too many than too few."""
    units = sum(_WIDTHS.get(c, _OTHER if c < "\u2500" else _OTHER_WIDE) for c in text)
    return units / 1000 * style.size * _PIXELS_PER_POINT * (_BOLD if style.bold else 1)


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float, style: Style = DEFAULT) -> int:
    """Give how many lines ``text`` takes in columns of together ``width`` characters."""
    room = (width * 7 - _INDENT * style.indent) * _SAFE
    space = text_width(" ", style)
    lines = 0
    for part in text.split("\n"):
        lines += 1
        used = 0.0
        for word in part.split(" "):
            wide = text_width(word, style)
            if used and used + space + wide > room:
                lines += 1
                used = 0.0
            used += (space if used else 0.0) + wide
            lines += int(used / room) if used > room else 0
            used = used % room if used > room else used
    return lines


def row_height(lines: int) -> float:
    """Give the height in points of a row with so many lines of Calibri 11, as far as it goes."""
    return min(_HIGHEST, _POINTS_PER_LINE * lines + _POINTS_AROUND)


def pixels(width: float) -> int:
    """Give the pixels of a column that is ``width`` characters of Calibri 11 wide."""
    return int(width * 7 + 0.5) + 5


def points_to_pixels(points: float) -> int:
    """Give the pixels of a height in points."""
    return int(points * _PIXELS_PER_POINT + 0.5)
