"""The sheet Beeld as a plan: counts by theme, a tile per norm, and two charts.

It counts key cells with our own words, as the rows themselves do, so that its figures can
never differ from them. No score, no percentage, no order by result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.changes import Place, changes_table
from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key, key_of_text, literal
from normtemplates.layout.look import Accent, Style
from normtemplates.layout.measure import pixels, points_to_pixels
from normtemplates.layout.places import (
    PICTURE,
    START,
    absolute,
    absolute_area,
    address,
    column_letters,
    in_row,
    on,
)
from normtemplates.layout.plan import (
    AccentPlan,
    ChartPlan,
    ColumnPlan,
    Content,
    Formula,
    Link,
    PrintPlan,
    Series,
    SheetPlan,
)
from normtemplates.layout.quarters import Quarters, quarters_of
from normtemplates.layout.wording import computed, footer, text_values
from normtemplates.model.answers import EMPTY, Answers
from normtemplates.model.norm import Status, Theme
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill, filled

_TITLE_ROW, _SUBTITLE_ROW, _HEADER_ROW, _FIRST_ROW = 1, 2, 4, 5
_THEME_COLUMN = 2
_THEME_WIDTH, _COUNT_WIDTH, _GAP_WIDTH = 42.0, 11.5, 3.0
_TILE_WIDTH, _NARROW_TILE_WIDTH, _MOST_WIDE_TILES, _FEWEST_TILES = 4.0, 2.7, 14, 12
_ROW = 15.0  # points of a row that carries a chart
_FIRST_CHART, _PER_THEME, _SECOND_CHART = 300, 40, 210  # pixels high

_TITLE = Style(size=18, bold=True, color=look.NAVY, valign="vcenter", indent=2)  # in A1
_SUBTITLE = Style(color=look.SUB, valign="vcenter")
_HEADER = evolve(look.HEADER, align="center", indent=0, valign="vcenter")
_THEME_HEADER = evolve(look.HEADER, valign="vcenter")
_LINE = (1, look.GRID)
_THEME = Style(valign="vcenter", indent=1, bottom=_LINE)
_COUNT = Style(align="center", valign="vcenter", bottom=_LINE, number_format="0;-0;–")
_TOTAL = evolve(_COUNT, bold=True)
_LAST_THEME = evolve(_THEME, bold=True, bottom=None)
_LAST_TOTAL = evolve(_TOTAL, bottom=None)
_TILE_HEADER = Style(size=9, color=look.SUB, align="center", valign="bottom")
_TILE = Style(bold=True, align="center", valign="vcenter", border=True)
_FIGURES = Style(size=12, bold=True, color=look.NAVY, valign="vcenter")


@frozen(eq=False)
class _Board:
    """Where everything stands on this sheet, and what it counts."""

    layout: Layout
    answers: Answers
    own: Texts
    words: Mapping[str, str]

    @property
    def statuses(self) -> tuple[Status, ...]:
        return self.layout.norm.statuses

    @property
    def left_column(self) -> int:
        """Give the column of what is not filled in; the total stands next to it."""
        return _THEME_COLUMN + len(self.statuses) + 1

    @property
    def first_tile(self) -> int:
        return self.left_column + 3

    @property
    def last_tile(self) -> int:
        most = max(len(theme.norms) for theme in self.layout.norm.themes)
        return self.first_tile + max(most, _FEWEST_TILES) - 1

    @property
    def tile_width(self) -> float:
        wide = self.last_tile - self.first_tile < _MOST_WIDE_TILES
        return _TILE_WIDTH if wide else _NARROW_TILE_WIDTH

    @property
    def sum_row(self) -> int:
        return _FIRST_ROW + len(self.layout.norm.themes)

    @property
    def first_chart_row(self) -> int:
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
        return max(_FIRST_CHART, (len(self.layout.norm.themes) + 1) * _PER_THEME)

    @property
    def second_chart_row(self) -> int:
        return self.first_chart_row + _rows(self.first_chart_height) + 1

    @property
    def figures_row(self) -> int:
        return self.second_chart_row + _rows(_SECOND_CHART)

    @property
    def chart_width(self) -> int:
        widths = [_THEME_WIDTH, *[_COUNT_WIDTH] * (len(self.statuses) + 2), _GAP_WIDTH]
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


def picture_sheet(layout: Layout, answers: Answers, texts: Texts) -> SheetPlan:
    """Draw the sheet Beeld of ``layout`` with ``answers`` counted; ``texts`` are the house texts.

    A word in Status that is no status counts as not filled in.
    """
    words = text_values(layout)
    board = _Board(layout, answers, filled(texts["beeld"], words), words)
    sheet = SheetPlan(PICTURE)
    _columns(sheet, board)
    _head(sheet, board)
    _table(sheet, board)
    _tiles(sheet, board)
    _themes_chart(sheet, board)
    last = board.second_chart_row - 1
    quarters = quarters_of(layout)
    if quarters is not None:
        last = board.figures_row - 1
        _quarters_chart(sheet, board, quarters)
        _figures(sheet, board, quarters)
    for row in range(board.sum_row + 1, last + 1):
        sheet.heights[row] = (_ROW, True)
    if layout.earlier:
        place = Place(board.changes_row, _THEME_COLUMN, _FIRST_ROW)
        changes_table(sheet, layout, layout.earlier, place, texts["beeld"], board.status_of)
    sheet.print = PrintPlan(
        area=Area(1, 1, last, board.last_tile), footer=footer(layout, PICTURE, texts)
    )
    return sheet


def _rows(height: int) -> int:
    """Give how many rows a chart of so many pixels covers."""
    return -(-height // points_to_pixels(_ROW))


def _columns(sheet: SheetPlan, board: _Board) -> None:
    sheet.columns += [
        ColumnPlan(1, 1, 2),
        ColumnPlan(_THEME_COLUMN, _THEME_COLUMN, _THEME_WIDTH),
        ColumnPlan(_THEME_COLUMN + 1, board.left_column + 1, _COUNT_WIDTH),
        ColumnPlan(board.left_column + 2, board.left_column + 2, _GAP_WIDTH),
        ColumnPlan(board.first_tile, board.last_tile, board.tile_width),
    ]


def _head(sheet: SheetPlan, board: _Board) -> None:
    own, words = board.own, board.words
    sheet.heights |= {_TITLE_ROW: (28, True), _SUBTITLE_ROW: (18, True), 3: (15, True)}
    sheet.put(_TITLE_ROW, 1, fill(own["title"], words), _TITLE)
    sheet.put(_SUBTITLE_ROW, _THEME_COLUMN, fill(own["subtitle"], words), _SUBTITLE)
    link = Link(f"#{on(START, address(1, 1))}", own["to_start"])
    sheet.put(_TITLE_ROW, board.first_tile, link, look.LINKED)
    letters = ", ".join(f"{s.letter} = {s.label}" for s in board.statuses)
    legend = fill(own["tiles"], {**words, "letters": letters})
    for row, line in enumerate(filter(None, _halves(legend)), start=_SUBTITLE_ROW):
        sheet.put(row, board.first_tile, line, look.LEGEND)


def _halves(text: str) -> tuple[str, str]:
    """Give ``text`` in two lines that are about as long, broken after a comma."""
    breaks = [place + 1 for place, letter in enumerate(text) if letter == ","] or [len(text)]
    middle = min(breaks, key=lambda place: abs(place - len(text) / 2))
    return text[:middle], text[middle:].lstrip()


def _table(sheet: SheetPlan, board: _Board) -> None:
    """Draw the table theme by status, with what is left and the total."""
    own, left = board.own, board.left_column
    sheet.heights[_HEADER_ROW] = (33, True)
    sheet.put(_HEADER_ROW, _THEME_COLUMN, own["theme"], _THEME_HEADER)
    heads = [s.label for s in board.statuses] + [own["not_filled"], own["total"]]
    for column, text in enumerate(heads, start=_THEME_COLUMN + 1):
        sheet.put(_HEADER_ROW, column, text, _HEADER)
    sums = [0] * (len(heads))
    for row, band in enumerate(board.layout.bands, start=_FIRST_ROW):
        sheet.heights[row] = (22, True)
        sheet.put(row, _THEME_COLUMN, band.theme.heading, _THEME)
        counts = _counts(board, band.theme)
        cells = board.status_cells(band.first, band.last)
        for offset, status in enumerate(board.statuses):
            formula = f"COUNTIF({cells},{literal(key_of_text(status.label))})"
            content = Formula(formula, counts[offset])
            sheet.put(row, _THEME_COLUMN + 1 + offset, content, _COUNT)
        known = f"{in_row(row, _THEME_COLUMN + 1)}:{in_row(row, left - 1)}"
        rest = Formula(f"{in_row(row, left + 1)}-SUM({known})", counts[-2])
        sheet.put(row, left, rest, _COUNT)
        sheet.put(row, left + 1, float(counts[-1]), _TOTAL)
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
    sheet.heights[board.sum_row] = (22, True)
    sheet.put(board.sum_row, _THEME_COLUMN, own["all"], _LAST_THEME)
    for column, value in enumerate(sums, start=_THEME_COLUMN + 1):
        letters = column_letters(column)
        total = f"SUM({letters}${_FIRST_ROW}:{letters}${board.sum_row - 1})"
        sheet.put(board.sum_row, column, Formula(total, value), _LAST_TOTAL)
    if board.layout.part_columns:
        sheet.put(board.sum_row + 1, _THEME_COLUMN, _parts(board), _SUBTITLE)


def _parts(board: _Board) -> Formula:
    """Give the line that counts the sub-items, which have a scale of their own."""
    layout, columns = board.layout, board.layout.part_columns or (0, 0)
    area = absolute_area(layout.first_row, columns[0], layout.last_row, columns[0])
    cells, every = on(layout.sheet, area), layout.part_rows
    typed = [
        key(board.answers.row(s.requirement.number).get(layout.status_key, EMPTY)) for s in every
    ]
    formulas: list[str] = []
    sentence, values = [], {}
    names = [chr(ord("a") + place) for place in range(len(layout.norm.part_statuses))]
    for name, status in zip(names, layout.norm.part_statuses, strict=True):
        label = key_of_text(status.label)
        sentence.append(f"{status.label} {{{name}}}")
        formulas.append(f"COUNTIF({cells},{literal(label)})")
        values[name] = typed.count(label)
    told = dict(zip(names, formulas, strict=True))
    told["left"] = "-".join((str(len(every)), *formulas))
    values["left"] = len(every) - sum(values.values())
    counts = ", ".join(sentence)
    whole = board.own["parts"].replace("{counts}", counts).replace("{total}", str(len(every)))
    return computed(whole, told, values)


def _counts(board: _Board, theme: Theme) -> list[int]:
    """Give how often each status was chosen in a theme, what is left, and the total."""
    chosen = [board.status_of(r.number) for r in theme.norms]
    counts = [sum(1 for c in chosen if c is status) for status in board.statuses]
    return [*counts, len(chosen) - sum(counts), len(chosen)]


def _tiles(sheet: SheetPlan, board: _Board) -> None:
    """Draw a cell per norm with the letter of its status, on the rows of the table."""
    status_column = board.layout.column_by_key[board.layout.status_key].key_column or 0
    for column, text in enumerate(_tile_heads(board.layout.norm.themes), start=board.first_tile):
        sheet.put(_HEADER_ROW, column, text or None, _TILE_HEADER)
    for row, band in enumerate(board.layout.bands, start=_FIRST_ROW):
        for offset, requirement in enumerate(band.theme.norms):
            slot = board.layout.row_by_number[requirement.number]
            reference = on(board.layout.sheet, absolute(slot.row, status_column))
            formula = "".join(
                f"IF(EXACT({reference},{literal(key_of_text(s.label))}),{literal(s.letter)},"
                for s in board.statuses
            )
            formula += '""' + ")" * len(board.statuses)
            chosen = board.status_of(requirement.number)
            content = Formula(formula, chosen.letter if chosen else "")
            sheet.put(row, board.first_tile + offset, content, _TILE)
    most = max(len(band.theme.norms) for band in board.layout.bands)
    last = board.first_tile + most - 1  # a norm with few sentences has room for more tiles
    area = Area(_FIRST_ROW, board.first_tile, board.sum_row - 1, last)
    first = address(_FIRST_ROW, board.first_tile)
    for status in board.statuses:
        accent = Accent(color=status.on_strong, fill=status.strong)
        formula = f"EXACT({first},{literal(status.letter)})"
        sheet.accents.append(AccentPlan(area, formula, accent))


def _tile_heads(themes: Sequence[Theme]) -> list[str]:
    """Give the number within the theme above each column of tiles.

    Empty where it differs between themes.
    """
    most = max(len(theme.norms) for theme in themes)
    found: list[set[str]] = [set() for _ in range(most)]
    for theme in themes:
        for position, requirement in enumerate(theme.norms):
            found[position].add(requirement.number.removeprefix(f"{theme.number}."))
    return [names.pop() if len(names) == 1 else "" for names in found]


def _reference(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Give an area of this sheet as charts refer to it."""
    return "=" + on(PICTURE, absolute_area(first_row, first_column, last_row, last_column))


def _themes_chart(sheet: SheetPlan, board: _Board) -> None:
    """Draw the stacked bars: the counts of each theme, in the norm's order."""
    first, last = _FIRST_ROW, board.sum_row - 1
    colours = [(s.strong, s.on_strong) for s in board.statuses] + [(look.WHITE, look.INK)]
    series = tuple(
        Series(
            name="=" + on(PICTURE, absolute(_HEADER_ROW, column)),
            categories=_reference(first, _THEME_COLUMN, last, _THEME_COLUMN),
            values=_reference(first, column, last, column),
            fill=fill_,
            label_color=label,
        )
        for column, (fill_, label) in enumerate(colours, start=_THEME_COLUMN + 1)
    )
    own, words = board.own, board.words
    sheet.charts.append(
        ChartPlan(
            row=board.first_chart_row,
            column=_THEME_COLUMN,
            width=board.chart_width,
            height=board.first_chart_height,
            kind="bar",
            title=fill(own["themes_chart"], words),
            alt=fill(own["themes_chart_alt"], words),
            series=series,
        )
    )


def _quarters_chart(sheet: SheetPlan, board: _Board, quarters: Quarters) -> None:
    """Draw the stacked columns: in which quarter actions are done."""
    head = board.figures_row + 1
    first, last = head + 1, head + quarters.buckets
    series = tuple(
        Series(
            name="=" + on(PICTURE, absolute(head, column)),
            categories=_reference(first, _THEME_COLUMN, last, _THEME_COLUMN),
            values=_reference(first, column, last, column),
            fill=status.strong,
            label_color=status.on_strong,
        )
        for column, status in enumerate(quarters.statuses, start=_THEME_COLUMN + 1)
    )
    own, words = board.own, board.words
    sheet.charts.append(
        ChartPlan(
            row=board.second_chart_row,
            column=_THEME_COLUMN,
            width=board.chart_width,
            height=_SECOND_CHART,
            kind="column",
            title=fill(own["quarters_chart"], words),
            alt=fill(own["quarters_chart_alt"], words),
            series=series,
        )
    )


def _figures(sheet: SheetPlan, board: _Board, quarters: Quarters) -> None:
    """Draw what the second chart shows as a table, for who cannot see a chart."""
    own, row = board.own, board.figures_row
    sheet.heights[row] = (22, True)
    sheet.put(row, _THEME_COLUMN, own["figures_heading"], _FIGURES)
    head = row + 1
    sheet.heights[head] = (33, True)
    sheet.put(head, _THEME_COLUMN, own["quarters_column"], _THEME_HEADER)
    for column, status in enumerate(quarters.statuses, start=_THEME_COLUMN + 1):
        sheet.put(head, column, status.label, _HEADER)
    names = [
        fill(own["quarter"], {"quarter": str((day.month + 2) // 3), "year": str(day.year)})
        for day in quarters.starts
    ]
    for row, name in enumerate([*names, own["later"], own["no_date"]], start=head + 1):
        sheet.heights[row] = (18, True)
        sheet.put(row, _THEME_COLUMN, name, _THEME)
    all_status = board.status_cells(board.layout.first_row, board.layout.last_row)
    for column, status in enumerate(quarters.statuses, start=_THEME_COLUMN + 1):
        chosen = [
            slot.requirement.number
            for slot in board.layout.norm_rows
            if board.status_of(slot.requirement.number) is status
        ]
        formulas = quarters.formulas(all_status, status)
        letters = column_letters(column)
        dated = f"SUM({letters}{head + 1}:{letters}{head + len(formulas)})"
        count = f"COUNTIF({all_status},{literal(key_of_text(status.label))})"
        contents: list[Content] = [
            Formula(formula, value)
            for formula, value in zip(
                [*formulas, f"{count}-{dated}"], quarters.counts(board.answers, chosen), strict=True
            )
        ]
        for row, content in enumerate(contents, start=head + 1):
            sheet.put(row, column, content, _COUNT)
