"""Colours and cell styles: frozen values that the writer turns into formats.

Contrast ratios and luma of the palette stand in ``docs/architecture.md``; a test computes them.
"""

from __future__ import annotations

from typing import Literal

from attrs import evolve, frozen

INK = "#1F2933"
SUB = "#52606D"
NAVY = "#0B3F66"
SLATE = "#4A5763"
LINK = "#0B5394"
WARN = "#7A3E00"
BAND = "#CFDAE4"
LOCKED = "#EEF1F4"
NEEDED = "#FFF3BF"
UNUSED = "#D9DEE3"
GRID = "#B8C2CC"
WHITE = "#FFFFFF"

FONT = "Calibri"
DATE_FORMAT = "dd-mm-yyyy"


@frozen
class Style:
    """How a cell looks; ``None`` leaves a property at the program's own default.

    ``border`` draws all four sides in the grid colour, ``grid`` only the right and the lower one:
    where two cells meet, LibreOffice draws the line of the right or lower cell, so a cell whose
    neighbours have none there keeps the outline of its accent. ``outline`` draws all four in a
    line of its own; ``top``, ``bottom`` and ``right`` are one side. Lines are (line, colour) with
    XlsxWriter's line numbers (1 thin, 2 medium, 5 thick). ``indent`` goes with an explicit left
    alignment, which LibreOffice needs.
    """

    size: float = 11
    bold: bool = False
    underline: bool = False
    color: str = INK
    fill: str | None = None
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "vcenter", "bottom"] = "top"
    indent: int = 0
    wrap: bool = False
    border: bool = False
    grid: bool = False
    outline: tuple[int, str] | None = None
    top: tuple[int, str] | None = None
    bottom: tuple[int, str] | None = None
    right: tuple[int, str] | None = None
    number_format: str | None = None
    locked: bool = True
    hidden_formula: bool = False


@frozen
class Accent:
    """How a conditional format changes a cell."""

    color: str | None = None
    fill: str | None = None
    bold: bool | None = None
    outline: str | None = None


DEFAULT = Style()
PLAIN = Style(valign="vcenter")
TITLE = Style(size=15, bold=True, color=NAVY, valign="vcenter")
LINKED = Style(color=LINK, underline=True, valign="vcenter")
LEGEND = Style(size=10, color=SUB, valign="vcenter")
GROUP = Style(size=10, bold=True, color=NAVY, valign="vcenter", bottom=(2, NAVY))
HEADER = Style(
    size=10.5, bold=True, color=WHITE, fill=NAVY, wrap=True, indent=1, right=(1, WHITE)
)  # fmt: skip
LOCKED_HEADER = evolve(HEADER, fill=SLATE)
BAND_CELL = Style(fill=BAND, valign="vcenter", indent=1, top=(2, NAVY))
BAND_TITLE = evolve(BAND_CELL, size=12, bold=True, color=NAVY)
NUMBER_CELL = Style(bold=True, fill=LOCKED, indent=1, grid=True, number_format="@")
SENTENCE_CELL = Style(fill=LOCKED, indent=1, wrap=True, grid=True)
PART_NUMBER = Style(color=SUB, fill=LOCKED, indent=1, grid=True, number_format="@")
NOT_ASKED = Style(fill=UNUSED, indent=1, grid=True)
SUB_HEADING = Style(bold=True, color=NAVY, fill=LOCKED, valign="vcenter", indent=1, grid=True)
CHECK_CELL = Style(color=WARN, bold=True, fill=LOCKED, indent=1, wrap=True, grid=True)
ANSWER = Style(indent=1, wrap=True, grid=True, locked=False)
ANSWER_STATUS = evolve(ANSWER, bold=True)
ANSWER_DATE = evolve(ANSWER, number_format=DATE_FORMAT)
LOCKED_STATUS = evolve(SENTENCE_CELL, bold=True)
LOCKED_DATE = evolve(SENTENCE_CELL, number_format=DATE_FORMAT)
PROGRESS_TOTAL = Style(bold=True, color=NAVY, valign="vcenter", indent=1)
KEY = Style(color=SUB)
MARK = (5, WARN)

NEEDED_ACCENT = Accent(fill=NEEDED, outline=WARN)
UNUSED_ACCENT = Accent(fill=UNUSED)
COMPLETE_ACCENT = Accent(color=NAVY, bold=False)
TO_DO_ACCENT = Accent(color=SUB, bold=False)
