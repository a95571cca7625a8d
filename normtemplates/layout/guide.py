"""The sheet Uitleg as a plan: what each status and column means, and what the themes are about."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from normtemplates.layout import look
from normtemplates.layout.contract import Layout
from normtemplates.layout.look import Style
from normtemplates.layout.measure import lines_of, row_height
from normtemplates.layout.places import GUIDE, START, address, on
from normtemplates.layout.plan import AccentPlan, ColumnPlan, Content, Link, PrintPlan, SheetPlan
from normtemplates.layout.wording import footer, text_values
from normtemplates.model.answers import Answers
from normtemplates.model.norm import Field, PartStatus, Status
from normtemplates.model.submission import Area
from normtemplates.model.texts import Texts, fill, filled

_FIRST, _SECOND, _THIRD = 2, 3, 4
_WIDTHS = {_FIRST: 28.0, _SECOND: 62.0, _THIRD: 44.0}
_SCALE = 68  # LibreOffice needs less than 73 to keep the columns on one page
_PAGE = 1120.0  # points on one A4 at that scale, less the margins

_TITLE = Style(size=18, bold=True, color=look.NAVY, valign="vcenter", indent=2)  # in A1
_HEADING = Style(size=13, bold=True, color=look.NAVY, valign="vcenter")
_NOTE = Style(color=look.SUB, valign="vcenter")
_HEADER = evolve(look.HEADER, valign="vcenter")
_CELL = Style(indent=1, wrap=True, border=True)
_NAME = evolve(_CELL, bold=True)
_LINK = evolve(look.LINKED, indent=1, wrap=True, border=True, valign="top")
_COLOURS = {
    "white": _NAME,
    "yellow": evolve(_NAME, fill=look.NEEDED),
    "grey": evolve(_NAME, fill=look.UNUSED),
}


@frozen
class _Cell:
    """One cell of a table; ``style`` ``None`` for the usual one of its column."""

    content: Content
    style: Style | None = None

    @property
    def text(self) -> str:
        return self.content.text if isinstance(self.content, Link) else str(self.content)


class _Page:
    """The sheet while it is drawn from top to bottom."""

    def __init__(self) -> None:
        self.sheet = SheetPlan(GUIDE)
        self.row = 1

    def heading(self, text: str, note: str = "") -> None:
        """Begin a part: a blank row, its heading, and a line below it when there is one."""
        self.sheet.heights[self.row] = (12, True)
        self.row += 1
        self.sheet.heights[self.row] = (22, True)
        self.sheet.put(self.row, _FIRST, text, _HEADING)
        self.row += 1
        if note:
            self.sheet.heights[self.row] = (20, True)
            self.sheet.put(self.row, _FIRST, note, _NOTE)
            self.row += 1

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[_Cell]]) -> None:
        """Draw a table; in one of two columns the second spans what is left."""
        wide = len(headers) == 2
        self.sheet.heights[self.row] = (21, True)
        self._line([_Cell(text, _HEADER) for text in headers], wide=wide)
        for cells in rows:
            lines = max(self._lines(cell, column, wide) for column, cell in self._placed(cells))
            self.sheet.heights[self.row] = (row_height(lines), False)
            self._line(cells, wide=wide)

    def _line(self, cells: Sequence[_Cell], *, wide: bool) -> None:
        for column, cell in self._placed(cells):
            style = cell.style or (_NAME if column == _FIRST else _CELL)
            self.sheet.put(self.row, column, cell.content, style)
        if wide:
            self.sheet.put(self.row, _THIRD, None, cells[1].style or _CELL)
            self.sheet.merges.append(Area(self.row, _SECOND, self.row, _THIRD))
        self.row += 1

    def _lines(self, cell: _Cell, column: int, wide: bool) -> int:
        width = _WIDTHS[column]
        if wide and column == _SECOND:
            width += _WIDTHS[_THIRD]
        style = cell.style or (_NAME if column == _FIRST else _CELL)
        return lines_of(cell.text, width, style)

    @staticmethod
    def _placed(cells: Sequence[_Cell]) -> list[tuple[int, _Cell]]:
        return list(enumerate(cells, start=_FIRST))


def guide_sheet(layout: Layout, answers: Answers, texts: Texts) -> SheetPlan:
    """Draw the sheet Uitleg of ``layout``; ``answers`` change nothing on it."""
    words = text_values(layout)
    own = filled(texts["uitleg"], words)
    page = _Page()
    sheet = page.sheet
    sheet.columns.append(ColumnPlan(1, 1, 2))
    sheet.columns += [ColumnPlan(c, c, width) for c, width in _WIDTHS.items()]
    sheet.heights[page.row] = (28, True)
    sheet.put(page.row, 1, fill(own["title"], words), _TITLE)
    sheet.put(page.row, _THIRD, Link(f"#{on(START, address(1, 1))}", own["to_start"]), look.LINKED)
    page.row += 1

    page.heading(own["statuses_heading"])
    page.table(own["statuses_columns"], [_status(layout, s) for s in layout.norm.statuses])
    if layout.part_rows:
        page.heading(own["parts_heading"], own["parts_note"])
        page.table(own["statuses_columns"], [_status(layout, s) for s in layout.norm.part_statuses])
    page.heading(own["fields_heading"])
    helped = [c.field for c in layout.columns if c.field.help]
    page.table(own["fields_columns"], [_column(layout, f) for f in helped])
    cover = [slot for slot in layout.cover if slot.field.help]
    if cover:
        page.heading(own["cover_heading"], own["cover_note"])
        page.table(
            own["cover_columns"],
            [
                [_Cell(s.label), _Cell(fill(s.field.help, words)), _Cell(s.field.example)]
                for s in cover
            ],
        )
    page.heading(own["colours_heading"])
    page.table(
        own["colours_columns"],
        [
            [_Cell(c["name"], _COLOURS[c["kind"]]), _Cell(c["meaning"]), _Cell(c["action"])]
            for c in own["colours"]
        ],
    )
    needed = [i for i in sheet.items if i.style is _COLOURS["yellow"]]
    for cell in needed:  # with the outline that it has on the overview
        area = Area(cell.row, cell.column, cell.row, cell.column)
        sheet.accents.append(AccentPlan(area, "TRUE", look.NEEDED_ACCENT))
    tips = page.row
    page.heading(own["tips_heading"])
    page.table(own["tips_columns"], [[_Cell(t["what"]), _Cell(t["how"])] for t in own["tips"]])

    themes = page.row
    page.heading(fill(own["themes_heading"], words))
    page.table(own["themes_columns"], _themes(layout, own))
    _document(page, layout, own)
    _site(page, layout, own, words)
    if _height(sheet, 1, themes) <= _PAGE:
        pages = [themes]
    else:
        pages = [tips] if _height(sheet, tips, page.row) <= _PAGE else [tips, themes]
    if any(requirement.guidance for requirement in layout.norm.requirements):
        pages.append(page.row)  # on a page by itself: it is no part of the norm
        _guidance(page, layout, own)
    sheet.print = PrintPlan(
        landscape=False,
        area=Area(1, 1, page.row - 1, _THIRD),
        scale=_SCALE,
        breaks_before=tuple(pages),
        footer=footer(layout, GUIDE, texts),
    )
    return sheet


def _height(sheet: SheetPlan, first: int, end: int) -> float:
    """Give the points of the rows from ``first`` up to ``end``."""
    return sum(sheet.heights[row][0] for row in range(first, end))


def _status(layout: Layout, status: PartStatus) -> list[_Cell]:
    meaning = status.meaning
    if isinstance(status, Status) and layout.round.first and status.meaning_first:
        meaning = f"{meaning} {status.meaning_first}"
    name = _Cell(status.label, evolve(_NAME, fill=status.tint))
    return [name, _Cell(meaning), _Cell(status.then)]


def _column(layout: Layout, one: Field) -> list[_Cell]:
    return [_Cell(one.header), _Cell(one.help), _Cell(one.example)]


def _themes(layout: Layout, own: Texts) -> list[list[_Cell]]:
    rows = []
    for band in layout.bands:
        numbers = [r.number for r in band.theme.norms]
        text = own["theme_norms"] if len(numbers) > 1 else own["theme_norm"]
        norms = fill(text, {"first": numbers[0], "last": numbers[-1]})
        link = Link(f"#{on(layout.sheet, address(band.row, 1))}", norms)
        rows.append([_Cell(band.theme.heading), _Cell(band.theme.introduction), _Cell(link, _LINK)])
    return rows


def _document(page: _Page, layout: Layout, own: Texts) -> None:
    """Draw the document's own footnotes and its note to the reader, where it has them."""
    noted = [[_Cell(r.number), _Cell(r.footnote)] for r in layout.norm.requirements if r.footnote]
    if layout.norm.note:
        noted.insert(0, [_Cell(own["note"]), _Cell(layout.norm.note)])
    if noted:
        page.heading(own["footnotes_heading"])
        page.table(own["footnotes_columns"], noted)


def _guidance(page: _Page, layout: Layout, own: Texts) -> None:
    """Draw our own pointers to how others did it, marked as no part of the norm."""
    guided = [r for r in layout.norm.requirements if r.guidance]
    if guided:
        page.heading(own["guidance_heading"], own["guidance_note"])
        page.table(own["guidance_columns"], [[_Cell(r.number), _Cell(r.guidance)] for r in guided])


def _site(page: _Page, layout: Layout, own: Texts, words: dict[str, str]) -> None:
    website = layout.norm.website
    if website:
        page.sheet.heights[page.row] = (12, True)
        page.row += 1
        target = website if "://" in website else f"https://{website}"
        page.sheet.heights[page.row] = (22, True)
        page.sheet.put(page.row, _FIRST, Link(target, fill(own["site"], words)), look.LINKED)
        page.row += 1
