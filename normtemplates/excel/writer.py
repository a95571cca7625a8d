"""A plan of a workbook as the bytes of an .xlsx file.

Turns any :class:`~normtemplates.layout.plan.WorkbookPlan` into a file and knows no sheet or
cell by itself. The same plan gives the same bytes. What Excel would refuse or silently cut is
for :mod:`normtemplates.layout.lint` to find; call that first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from attrs import evolve

from normtemplates.excel._xlsxwriter import (
    BarChart,
    Blank,
    Book,
    Boolean,
    Calculated,
    ColumnChart,
    Format,
    Number,
    Sheet,
    Text,
)
from normtemplates.excel.styles import accent_properties, format_properties, takes_bold_away
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.look import FONT, GRID, INK, NAVY, WHITE, Accent, Style
from normtemplates.layout.places import address
from normtemplates.layout.plan import (
    ChartPlan,
    Formula,
    Item,
    Link,
    PrintPlan,
    Rich,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.model.submission import Area

_BODY_SIZE = 11
_WINDOW = (1920, 820)  # pixels, as Excel itself opens a new workbook
_PAPER = {"A3": 8, "A4": 9}
_MOVE_NOT_SIZE = 2
_NOTE_WIDTH, _NOTE_LINE, _NOTE_LETTERS, _NOTE_HIGHEST = 320, 18, 44, 460
_ALLOWED = {"format_rows": True, "format_columns": True}
# Excel would mark "2.10" as text in Nr, and formulas that differ from their neighbours.
_NO_TRIANGLES = ("number_stored_as_text", "formula_differs", "formula_range")
_CHART_FONT = {"name": FONT, "size": 10, "color": INK}


def write_workbook(plan: WorkbookPlan) -> bytes:
    """Give the .xlsx file of ``plan``."""
    file = BytesIO()
    book = Book(file, plan.password, FONT, _BODY_SIZE, locked=plan.locked)
    book.set_size(*_WINDOW)
    book.set_properties(
        {
            "title": plan.title,
            "subject": plan.subject,
            "company": plan.company,
            "created": datetime.combine(plan.created, time()),
        }
    )
    for name, value in plan.properties.items():
        _sure(book.set_custom_property(name, value, "text"))
    writer = _Writer(book)
    pairs = [(sheet, book.add_worksheet(sheet.name)) for sheet in plan.sheets]
    for sheet, target in pairs:
        writer.draw(sheet, target)
        if plan.locked:
            allowed = {**_ALLOWED, "autofilter": sheet.allow_filter}
            target.protect(plan.password or "", allowed)
    for name, formula in plan.names.items():
        _sure(book.define_name(name, f"={formula}"))
    first = next((target for sheet, target in pairs if not sheet.hidden), pairs[0][1])
    first.activate()
    book.close()
    return file.getvalue()


def _sure(result: int | None) -> None:
    """Refuse what XlsxWriter left out: it only returns a code where the lint was not asked."""
    if result:
        raise ValueError(f"XlsxWriter refused a part of the plan ({result}); lint the plan first")


class _Writer:
    """Draws sheets into one workbook and keeps its formats, each style once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._by_style: dict[Style, Format] = {}
        self._by_identity: dict[int, Format] = {}
        self._accents: dict[Accent, Format] = {}

    def draw(self, plan: SheetPlan, sheet: Sheet) -> None:
        """Draw one sheet."""
        self._columns(plan, sheet)
        self._rows(plan, sheet)
        for area in plan.merges:  # before the cells: it lays blank ones, which they replace
            _sure(sheet.merge_range(*_from_0(area), "", self._format(Style())))
        self._cells(plan.items, sheet)
        for row, column, text in plan.notes:
            _sure(sheet.write_comment(row - 1, column - 1, text, _note_options(text)))
        if plan.freeze:
            sheet.freeze_panes(plan.freeze[0] - 1, plan.freeze[1] - 1)
        if plan.filter:
            _sure(sheet.autofilter(*_from_0(plan.filter)))
        for accent in plan.accents:
            options = {
                "type": "formula",
                "criteria": f"={accent.formula}",
                "format": self._accent(accent.accent),
                "stop_if_true": accent.stop,
            }
            _sure(sheet.conditional_format(*_from_0(accent.area), options))
        for validation in plan.validations:
            _sure(sheet.data_validation(*_from_0(validation.areas[0]), _validation(validation)))
        for chart in plan.charts:
            self._chart(chart, sheet)
        _print_set_up(plan.print, sheet)
        row, column = plan.selected
        sheet.set_selection(row - 1, column - 1, row - 1, column - 1)
        if plan.hidden:
            sheet.hide()
        else:
            sheet.hide_gridlines(2)

    def _columns(self, plan: SheetPlan, sheet: Sheet) -> None:
        for column in plan.columns:
            options = {"hidden": column.hidden}
            _sure(sheet.set_column(column.first - 1, column.last - 1, column.width, None, options))
        if plan.default_style:
            sheet.fill_columns(self._format(plan.default_style))

    def _rows(self, plan: SheetPlan, sheet: Sheet) -> None:
        for row, (height, kept) in plan.heights.items():
            _sure(sheet.set_row(row - 1, height))
            if kept:
                sheet.kept_heights.add(row - 1)

    def _cells(self, items: list[Item], sheet: Sheet) -> None:
        """Put the cells straight into XlsxWriter's table; the writer's innermost loop."""
        if not items:
            return
        table, formats = sheet.table, self._by_identity
        index_of: Callable[[str], int] = sheet.str_table._get_shared_string_index
        for row, column, content, style in items:
            chosen = formats.get(id(style))
            if chosen is None:
                chosen = formats[id(style)] = self._format(style)
            cells = table[row - 1]
            if content is None:
                cells[column - 1] = Blank(chosen)
            elif isinstance(content, str):
                filled = Text(index_of(content), chosen) if content else Blank(chosen)
                cells[column - 1] = filled
            elif isinstance(content, Formula):
                cells[column - 1] = Calculated(content.text, chosen, content.value)
            elif isinstance(content, Link):
                self._link(row - 1, column - 1, content, chosen, sheet)
            elif isinstance(content, Rich):
                self._rich(row - 1, column - 1, content, style, sheet)
            elif isinstance(content, bool):
                cells[column - 1] = Boolean(int(content), chosen)
            else:
                cells[column - 1] = Number(content, chosen)
        rows, columns, _, _ = zip(*items, strict=True)
        sheet.span(min(rows) - 1, min(columns) - 1, max(rows) - 1, max(columns) - 1)
        used = f"{address(min(rows), min(columns))}:{address(max(rows), max(columns))}"
        sheet.ignore_errors(dict.fromkeys(_NO_TRIANGLES, used))

    def _link(self, row: int, column: int, link: Link, style: Format, sheet: Sheet) -> None:
        target = link.target
        if target.startswith("#"):
            target = f"internal:{target[1:]}"
        _sure(sheet.write_url(row, column, target, style, link.text, link.tip or None))

    def _rich(self, row: int, column: int, rich: Rich, style: Style, sheet: Sheet) -> None:
        runs = [(text, self._format(evolve(style, bold=bold))) for text, bold in rich.runs if text]
        if runs:
            sheet.put_rich(row, column, runs, self._format(style))
        else:
            sheet.table[row][column] = Blank(self._format(style))

    def _format(self, style: Style) -> Format:
        known = self._by_style.get(style)
        if known is None:
            known = self._by_style[style] = self._book.add_format(format_properties(style))
        return known

    def _accent(self, accent: Accent) -> Format:
        known = self._accents.get(accent)
        if known is None:
            known = self._accents[accent] = self._book.add_accent(
                accent_properties(accent), takes_bold_away=takes_bold_away(accent)
            )
        return known

    def _chart(self, plan: ChartPlan, sheet: Sheet) -> None:
        stacked = {"subtype": "stacked"}
        chart = BarChart(stacked) if plan.kind == "bar" else ColumnChart(stacked)
        self._book.add_own_chart(chart)
        for series in plan.series:
            label = {"name": FONT, "bold": True, "size": 10, "color": series.label_color}
            chart.add_series(
                {
                    "name": series.name,
                    "categories": series.categories,
                    "values": series.values,
                    "fill": {"color": series.fill},
                    "border": {"color": NAVY, "width": 0.75},
                    "gap": plan.gap,
                    "data_labels": {"value": True, "num_format": "0;;;", "font": label},
                }
            )
        hidden = {"visible": False, "major_gridlines": {"visible": False}}
        shown = {
            "num_font": _CHART_FONT,
            "line": {"color": GRID},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
        }
        if plan.kind == "bar":
            chart.set_x_axis(hidden)
            chart.set_y_axis({**shown, "reverse": True})
        else:
            chart.set_x_axis(shown)
            chart.set_y_axis(hidden)
        font = {"name": FONT, "size": 12, "bold": True, "color": NAVY}
        chart.set_title({"name": plan.title, "name_font": font})
        chart.set_legend({"position": "bottom", "font": _CHART_FONT})
        chart.set_chartarea({"border": {"color": GRID}, "fill": {"color": WHITE}})
        chart.set_size({"width": plan.width, "height": plan.height})
        place = {"object_position": _MOVE_NOT_SIZE, "description": plan.alt}
        _sure(sheet.insert_chart(plan.row - 1, plan.column - 1, chart, place))


def _from_0(area: Area) -> tuple[int, int, int, int]:
    return (
        area.first_row - 1,
        area.first_column - 1,
        area.last_row - 1,
        area.last_column - 1,
    )


def _validation(plan: ValidationPlan) -> dict[str, Any]:
    return {
        **_rule(plan.rule),
        "input_title": plan.prompt_title,
        "input_message": plan.prompt,
        "error_title": plan.stop_title,
        "error_message": plan.stop,
        "error_type": "stop",
        "ignore_blank": True,
        "other_cells": [list(_from_0(area)) for area in plan.areas[1:]],
    }


def _rule(rule: CellRule) -> dict[str, Any]:
    if rule.allow == "list":
        return {"validate": "list", "source": f"={rule.source}"}
    if rule.allow == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": rule.first,
            "maximum": rule.last,
        }
    return {"validate": "length", "criteria": "<=", "value": rule.longest}


def _note_options(text: str) -> dict[str, Any]:
    """Give a box that shows the whole text, or the most of it that fits a screen."""
    lines = sum(max(1, math.ceil(len(line) / _NOTE_LETTERS)) for line in text.split("\n"))
    height = min(_NOTE_HIGHEST, _NOTE_LINE * lines + _NOTE_LINE)
    return {"font_name": FONT, "font_size": 10, "width": _NOTE_WIDTH, "height": height}


def _print_set_up(plan: PrintPlan, sheet: Sheet) -> None:
    sheet.set_paper(_PAPER[plan.paper])
    if plan.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(*plan.margins)
    if plan.scale:
        sheet.set_print_scale(plan.scale)
    else:
        sheet.fit_to_pages(plan.pages_wide, plan.pages_high)
    if plan.area:
        _sure(sheet.print_area(*_from_0(plan.area)))
    if plan.repeat_rows:
        first, last = plan.repeat_rows
        sheet.repeat_rows(first - 1, last - 1)
    sheet.set_h_pagebreaks([row - 1 for row in plan.breaks_before])
    if plan.footer:
        sheet.set_footer(plan.footer)
