"""A sheet with a title and a table, drawn from top to bottom: locked, wrapped, ready to print."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.contract import Layout
from normtemplates.layout.look import Style
from normtemplates.layout.measure import lines_of, row_height
from normtemplates.layout.plan import ColumnPlan, Formula, Link, PrintPlan, Rich, SheetPlan
from normtemplates.layout.wording import footer
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts

FIRST_COLUMN = 2

_TITLE_HEIGHT, _LINE_HEIGHT, _GAP, _HEADER_HEIGHT, _BAND_HEIGHT = 28, 20, 10, 21, 21
_SURELY_HIGHEST = 6000  # letters that fill the highest row there is, in any column here

_TITLE = Style(size=18, bold=True, color=look.NAVY, valign="vcenter")
_SUBTITLE = Style(size=12, color=look.SUB, valign="vcenter")
_NOTE = Style(wrap=True, valign="vcenter")
_HEADING = Style(size=13, bold=True, color=look.NAVY, valign="vcenter")
_NOW = Style(size=12, bold=True, color=look.WARN, valign="vcenter")
_HEADER = evolve(look.HEADER, valign="vcenter")
_CELL = Style(indent=1, wrap=True, border=True)
_NAME = evolve(_CELL, bold=True)
_BAND_NOTE = evolve(_CELL, valign="vcenter")


@frozen
class Bold:
    """A text in bold, in a table."""

    text: str


TableCell = str | Link | Bold
_STYLES: dict[type[TableCell], Style] = {
    str: _CELL,
    Bold: _NAME,
    Link: evolve(look.LINKED, indent=1, wrap=True, border=True, valign="top"),
}


class TablePage:
    """One sheet while it is drawn; ``widths`` are those of its columns, in characters."""

    def __init__(self, name: str, widths: Sequence[float]) -> None:
        """Begin an empty sheet called ``name``."""
        self.sheet = SheetPlan(name)
        self.row = 1
        self._widths = list(widths)
        self._last = FIRST_COLUMN + len(self._widths) - 1
        self.sheet.columns.append(ColumnPlan(1, 1, 2))
        for column, width in enumerate(self._widths, start=FIRST_COLUMN):
            self.sheet.columns.append(ColumnPlan(column, column, width))

    def title(self, text: str, subtitle: str, link: Link) -> None:
        """Draw the title with a line below it, and a link at the right."""
        self.sheet.put(self.row, FIRST_COLUMN, text, _TITLE)
        self.sheet.put(self.row, self._last, link, evolve(look.LINKED, align="right"))
        self._next(_TITLE_HEIGHT)
        if subtitle:
            self.sheet.put(self.row, FIRST_COLUMN, subtitle, _SUBTITLE)
            self._next(_LINE_HEIGHT)

    def gap(self) -> None:
        """Leave a little room."""
        self._next(_GAP)

    def heading(self, text: str) -> None:
        """Draw a heading."""
        self.sheet.put(self.row, FIRST_COLUMN, text, _HEADING)
        self._next(_HEADER_HEIGHT)

    def note(self, text: str) -> None:
        """Draw a text over the whole width."""
        self._wide(text, _NOTE)

    def steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Draw numbered steps, each a lead in bold and a text."""
        for number, (lead, text) in enumerate(steps, start=1):
            self._wide(Rich(((f"{number}. {lead}", True), (f" {text}", False))), _NOTE)

    def now(self, says: Formula, link: Link) -> None:
        """Draw what is computed at this moment, and below it a link to where that is."""
        self.sheet.put(self.row, FIRST_COLUMN, says, _NOW)
        self._next(_HEADER_HEIGHT)
        self.sheet.put(self.row, FIRST_COLUMN, link, look.LINKED)
        self._next(_LINE_HEIGHT)

    def band(self, text: str, note: str = "") -> None:
        """Draw a band across the table, with a text below it when there is one."""
        for column in range(FIRST_COLUMN, self._last + 1):
            style = look.BAND_TITLE if column == FIRST_COLUMN else look.BAND_CELL
            self.sheet.put(self.row, column, text if column == FIRST_COLUMN else None, style)
        self._next(_BAND_HEIGHT)
        if note:
            self._wide(note, _BAND_NOTE)

    def header(self, texts: Sequence[str]) -> None:
        """Draw the headers of the table; they repeat on every page."""
        for column, text in enumerate(texts, start=FIRST_COLUMN):
            self.sheet.put(self.row, column, text, _HEADER)
        self.sheet.print.repeat_rows = (self.row, self.row)
        self._next(_HEADER_HEIGHT)

    def line(self, cells: Sequence[TableCell]) -> None:
        """Draw a row of the table, as high as its longest text needs."""
        lines = 1
        for column, cell in enumerate(cells, start=FIRST_COLUMN):
            style = _STYLES[type(cell)]
            text = cell if isinstance(cell, str) else cell.text
            content = cell if isinstance(cell, Link) else text
            self.sheet.put(self.row, column, content or None, style)
            width = self._widths[column - FIRST_COLUMN]
            highest = len(text) > _SURELY_HIGHEST
            lines = max(lines, len(text) if highest else lines_of(text, width, style))
        self._next(row_height(lines), kept=False)

    def done(self, layout: Layout, texts: Texts) -> SheetPlan:
        """Give the finished sheet, set up to print."""
        sheet = self.sheet
        sheet.print = PrintPlan(
            area=Area(1, 1, max(self.row - 1, 1), self._last),
            repeat_rows=sheet.print.repeat_rows,
            pages_high=0,
            footer=footer(layout, sheet.name, texts),
        )
        return sheet

    def _wide(self, content: str | Rich, style: Style) -> None:
        """Draw a text in one cell that is as wide as the table."""
        self.sheet.put(self.row, FIRST_COLUMN, content, style)
        for column in range(FIRST_COLUMN + 1, self._last + 1):
            self.sheet.put(self.row, column, None, style)
        self.sheet.merges.append(Area(self.row, FIRST_COLUMN, self.row, self._last))
        runs = content.runs if isinstance(content, Rich) else ((content, False),)
        measured = evolve(style, bold=isinstance(content, Rich))  # a merged row cannot grow
        lines = lines_of("".join(text for text, _ in runs), sum(self._widths), measured)
        self._next(max(_LINE_HEIGHT, row_height(lines)))

    def _next(self, height: float, *, kept: bool = True) -> None:
        self.sheet.heights[self.row] = (height, kept)
        self.row += 1
