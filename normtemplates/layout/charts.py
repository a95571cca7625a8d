"""The two charts on the sheet Beeld: the status of each theme, and when actions are done."""

from __future__ import annotations

from normtemplates.layout import look
from normtemplates.layout.board import (
    FIRST_ROW,
    HEADER_ROW,
    SECOND_CHART,
    THEME_COLUMN,
    Board,
)
from normtemplates.layout.places import PICTURE, absolute, absolute_area, on
from normtemplates.layout.plan import ChartPlan, Series, SheetPlan
from normtemplates.layout.quarters import Quarters
from normtemplates.model.texts import fill


def themes_chart(sheet: SheetPlan, board: Board) -> None:
    """Draw the stacked bars: the counts of each theme, in the norm's order."""
    first, last = FIRST_ROW, board.sum_row - 1
    colours = [(s.strong, s.on_strong) for s in board.statuses] + [(look.WHITE, look.INK)]
    series = tuple(
        Series(
            name="=" + on(PICTURE, absolute(HEADER_ROW, column)),
            categories=_reference(first, THEME_COLUMN, last, THEME_COLUMN),
            values=_reference(first, column, last, column),
            fill=fill_,
            label_color=label,
        )
        for column, (fill_, label) in enumerate(colours, start=THEME_COLUMN + 1)
    )
    own, words = board.own, board.words
    sheet.charts.append(
        ChartPlan(
            row=board.first_chart_row,
            column=THEME_COLUMN,
            width=board.chart_width,
            height=board.first_chart_height,
            kind="bar",
            title=fill(own["themes_chart"], words),
            alt=fill(own["themes_chart_alt"], words),
            series=series,
        )
    )


def quarters_chart(sheet: SheetPlan, board: Board, quarters: Quarters) -> None:
    """Draw the stacked columns: in which quarter actions are done."""
    head = board.figures_row + 1
    first, last = head + 1, head + quarters.buckets
    series = tuple(
        Series(
            name="=" + on(PICTURE, absolute(head, column)),
            categories=_reference(first, THEME_COLUMN, last, THEME_COLUMN),
            values=_reference(first, column, last, column),
            fill=status.strong,
            label_color=status.on_strong,
        )
        for column, status in enumerate(quarters.statuses, start=THEME_COLUMN + 1)
    )
    own, words = board.own, board.words
    sheet.charts.append(
        ChartPlan(
            row=board.second_chart_row,
            column=THEME_COLUMN,
            width=board.chart_width,
            height=SECOND_CHART,
            kind="column",
            title=fill(own["quarters_chart"], words),
            alt=fill(own["quarters_chart_alt"], words),
            series=series,
        )
    )


def _reference(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Give an area of this sheet as charts refer to it."""
    return "=" + on(PICTURE, absolute_area(first_row, first_column, last_row, last_column))
