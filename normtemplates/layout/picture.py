"""The sheet Beeld as a plan: counts by theme, a tile per norm, and two charts.

It counts key cells with our own words, as the rows themselves do, so that its figures can
never differ from them. No score, no percentage, no order by result.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from normtemplates.layout import look
from normtemplates.layout.board import (
    COUNT_WIDTH,
    FIRST_ROW,
    GAP_WIDTH,
    HEADER_ROW,
    ROW,
    THEME_COLUMN,
    THEME_WIDTH,
    Board,
)
from normtemplates.layout.changes import Place, changes_table
from normtemplates.layout.charts import quarters_chart, themes_chart
from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key, key_of_text, literal
from normtemplates.layout.look import Accent, Style
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
    ColumnPlan,
    Content,
    Formula,
    Link,
    PrintPlan,
    SheetPlan,
)
from normtemplates.layout.quarters import Quarters, quarters_of
from normtemplates.layout.wording import computed, footer, text_values
from normtemplates.model.answers import EMPTY, Answers
from normtemplates.model.norm import Theme
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill, filled

_TITLE_ROW, _SUBTITLE_ROW = 1, 2

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


def picture_sheet(layout: Layout, answers: Answers, texts: Texts) -> SheetPlan:
    """Draw the sheet Beeld of ``layout`` with ``answers`` counted; ``texts`` are the house texts.

    A word in Status that is no status counts as not filled in.
    """
    words = text_values(layout)
    board = Board(layout, answers, filled(texts["beeld"], words), words)
    sheet = SheetPlan(PICTURE)
    _columns(sheet, board)
    _head(sheet, board)
    _table(sheet, board)
    _tiles(sheet, board)
    themes_chart(sheet, board)
    last = board.second_chart_row - 1
    quarters = quarters_of(layout)
    if quarters is not None:
        last = board.figures_row - 1
        quarters_chart(sheet, board, quarters)
        _figures(sheet, board, quarters)
    for row in range(board.sum_row + 1, last + 1):
        sheet.heights[row] = (ROW, True)
    if layout.earlier:
        place = Place(board.changes_row, THEME_COLUMN, FIRST_ROW)
        changes_table(sheet, layout, layout.earlier, place, texts["beeld"], board.status_of)
    sheet.print = PrintPlan(
        area=Area(1, 1, last, board.last_tile), footer=footer(layout, PICTURE, texts)
    )
    return sheet


def _columns(sheet: SheetPlan, board: Board) -> None:
    sheet.columns += [
        ColumnPlan(1, 1, 2),
        ColumnPlan(THEME_COLUMN, THEME_COLUMN, THEME_WIDTH),
        ColumnPlan(THEME_COLUMN + 1, board.left_column + 1, COUNT_WIDTH),
        ColumnPlan(board.left_column + 2, board.left_column + 2, GAP_WIDTH),
        ColumnPlan(board.first_tile, board.last_tile, board.tile_width),
    ]


def _head(sheet: SheetPlan, board: Board) -> None:
    own, words = board.own, board.words
    sheet.heights |= {_TITLE_ROW: (28, True), _SUBTITLE_ROW: (18, True), 3: (15, True)}
    sheet.put(_TITLE_ROW, 1, fill(own["title"], words), _TITLE)
    sheet.put(_SUBTITLE_ROW, THEME_COLUMN, fill(own["subtitle"], words), _SUBTITLE)
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


def _table(sheet: SheetPlan, board: Board) -> None:
    """Draw the table theme by status, with what is left and the total."""
    own, left = board.own, board.left_column
    sheet.heights[HEADER_ROW] = (33, True)
    sheet.put(HEADER_ROW, THEME_COLUMN, own["theme"], _THEME_HEADER)
    heads = [s.label for s in board.statuses] + [own["not_filled"], own["total"]]
    for column, text in enumerate(heads, start=THEME_COLUMN + 1):
        sheet.put(HEADER_ROW, column, text, _HEADER)
    sums = [0] * (len(heads))
    for row, band in enumerate(board.layout.bands, start=FIRST_ROW):
        sheet.heights[row] = (22, True)
        sheet.put(row, THEME_COLUMN, band.theme.heading, _THEME)
        counts = _counts(board, band.theme)
        cells = board.status_cells(band.first, band.last)
        for offset, status in enumerate(board.statuses):
            formula = f"COUNTIF({cells},{literal(key_of_text(status.label))})"
            content = Formula(formula, counts[offset])
            sheet.put(row, THEME_COLUMN + 1 + offset, content, _COUNT)
        known = f"{in_row(row, THEME_COLUMN + 1)}:{in_row(row, left - 1)}"
        rest = Formula(f"{in_row(row, left + 1)}-SUM({known})", counts[-2])
        sheet.put(row, left, rest, _COUNT)
        sheet.put(row, left + 1, float(counts[-1]), _TOTAL)
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
    sheet.heights[board.sum_row] = (22, True)
    sheet.put(board.sum_row, THEME_COLUMN, own["all"], _LAST_THEME)
    for column, value in enumerate(sums, start=THEME_COLUMN + 1):
        letters = column_letters(column)
        total = f"SUM({letters}${FIRST_ROW}:{letters}${board.sum_row - 1})"
        sheet.put(board.sum_row, column, Formula(total, value), _LAST_TOTAL)
    if board.layout.part_columns:
        sheet.put(board.sum_row + 1, THEME_COLUMN, _parts(board), _SUBTITLE)


def _parts(board: Board) -> Formula:
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


def _counts(board: Board, theme: Theme) -> list[int]:
    """Give how often each status was chosen in a theme, what is left, and the total."""
    chosen = [board.status_of(r.number) for r in theme.norms]
    counts = [sum(1 for c in chosen if c is status) for status in board.statuses]
    return [*counts, len(chosen) - sum(counts), len(chosen)]


def _tiles(sheet: SheetPlan, board: Board) -> None:
    """Draw a cell per norm with the letter of its status, on the rows of the table."""
    status_column = board.layout.column_by_key[board.layout.status_key].key_column or 0
    for column, text in enumerate(_tile_heads(board.layout.norm.themes), start=board.first_tile):
        sheet.put(HEADER_ROW, column, text or None, _TILE_HEADER)
    for row, band in enumerate(board.layout.bands, start=FIRST_ROW):
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
    area = Area(FIRST_ROW, board.first_tile, board.sum_row - 1, last)
    first = address(FIRST_ROW, board.first_tile)
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


def _figures(sheet: SheetPlan, board: Board, quarters: Quarters) -> None:
    """Draw what the second chart shows as a table, for who cannot see a chart."""
    own, row = board.own, board.figures_row
    sheet.heights[row] = (22, True)
    sheet.put(row, THEME_COLUMN, own["figures_heading"], _FIGURES)
    head = row + 1
    sheet.heights[head] = (33, True)
    sheet.put(head, THEME_COLUMN, own["quarters_column"], _THEME_HEADER)
    for column, status in enumerate(quarters.statuses, start=THEME_COLUMN + 1):
        sheet.put(head, column, status.label, _HEADER)
    names = [
        fill(own["quarter"], {"quarter": str((day.month + 2) // 3), "year": str(day.year)})
        for day in quarters.starts
    ]
    for row, name in enumerate([*names, own["later"], own["no_date"]], start=head + 1):
        sheet.heights[row] = (18, True)
        sheet.put(row, THEME_COLUMN, name, _THEME)
    all_status = board.status_cells(board.layout.first_row, board.layout.last_row)
    for column, status in enumerate(quarters.statuses, start=THEME_COLUMN + 1):
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
