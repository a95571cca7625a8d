"""Where everything stands on the sheet Beeld, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key, key_of_text
from normtemplates.layout.measure import pixels, points_to_pixels
from normtemplates.layout.places import absolute_area, on
from normtemplates.model.answers import EMPTY, Answers
from normtemplates.model.norm import Status
from normtemplates.model.texts import Texts

HEADER_ROW, FIRST_ROW = 4, 5
THEME_COLUMN = 2
THEME_WIDTH, COUNT_WIDTH, GAP_WIDTH = 42.0, 11.5, 3.0
ROW = 15.0  # points of a row that carries a chart
SECOND_CHART = 210  # pixels high

_TILE_WIDTH, _NARROW_TILE_WIDTH, _MOST_WIDE_TILES, _FEWEST_TILES = 4.0, 2.7, 14, 12
_FIRST_CHART, _PER_THEME = 300, 40  # pixels high


@frozen(eq=False)
class Board:
    """Where everything stands on this sheet, and what it counts."""

    layout: Layout
    answers: Answers
    own: Texts
    words: Mapping[str, str]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Give the statuses of the norm, one column each."""
        return self.layout.norm.statuses

    @property
    def left_column(self) -> int:
        """Give the column of what is not filled in; the total stands next to it."""
        return THEME_COLUMN + len(self.statuses) + 1

    @property
    def first_tile(self) -> int:
        """Give the column of the first tile."""
        return self.left_column + 3

    @property
    def last_tile(self) -> int:
        """Give the column of the last tile; a norm with few sentences has room for more."""
        most = max(len(theme.norms) for theme in self.layout.norm.themes)
        return self.first_tile + max(most, _FEWEST_TILES) - 1

    @property
    def tile_width(self) -> float:
        """Give how wide a tile is, in characters."""
        wide = self.last_tile - self.first_tile < _MOST_WIDE_TILES
        return _TILE_WIDTH if wide else _NARROW_TILE_WIDTH

    @property
    def sum_row(self) -> int:
        """Give the row of the totals."""
        return FIRST_ROW + len(self.layout.norm.themes)

    @property
    def first_chart_row(self) -> int:
        """Give the row at which the chart of the themes begins."""
        return self.changes_row + self.changes_rows

    @property
    def changes_row(self) -> int:
        """Give the row of the heading above what changed; where the first chart is without it."""
        return self.sum_row + 2

    @property
    def changes_rows(self) -> int:
        """Give how many rows that takes: heading, headers, themes, sum and a gap; or none."""
        return len(self.layout.norm.themes) + 4 if self.layout.earlier else 0

    @property
    def first_chart_height(self) -> int:
        """Give how high that chart is, in pixels."""
        return max(_FIRST_CHART, (len(self.layout.norm.themes) + 1) * _PER_THEME)

    @property
    def second_chart_row(self) -> int:
        """Give the row at which the chart of the quarters begins."""
        return self.first_chart_row + _rows(self.first_chart_height) + 1

    @property
    def figures_row(self) -> int:
        """Give the row of the heading above the figures of that chart."""
        return self.second_chart_row + _rows(SECOND_CHART)

    @property
    def chart_width(self) -> int:
        """Give how wide both charts are, in pixels."""
        widths = [THEME_WIDTH, *[COUNT_WIDTH] * (len(self.statuses) + 2), GAP_WIDTH]
        tiles = self.last_tile - self.first_tile + 1
        return sum(pixels(w) for w in widths) + tiles * pixels(self.tile_width) - 2

    def status_cells(self, first: int, last: int) -> str:
        """Give the status key cells of the rows ``first`` to ``last`` of the overview."""
        column = self.layout.column_by_key[self.layout.status_key].key_column or 0
        return on(self.layout.sheet, absolute_area(first, column, last, column))

    def status_of(self, number: str) -> Status | None:
        """Give the status that was chosen at a requirement; ``None`` for none or no such word."""
        value = self.answers.row(number).get(self.layout.status_key, EMPTY)
        typed = key(value)
        return next((s for s in self.statuses if key_of_text(s.label) == typed), None)


def _rows(height: int) -> int:
    """Give how many rows a chart of so many pixels covers."""
    return -(-height // points_to_pixels(ROW))
