"""A workbook as a plan: what stands where and how it looks, before any file format.

:mod:`normtemplates.layout` draws plans, ``excel/writer.py`` turns any plan into a file and
knows no cell by itself; our lint reads plans too. Rows and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from attrs import field, mutable

from normtemplates.layout.kinds import CellRule
from normtemplates.layout.look import Accent, Style
from normtemplates.model.submission import Area


class Formula(NamedTuple):
    """A formula without ``=`` and the value that it has when the workbook is written.

    ``outcomes`` are texts that it can come to, where those stand on another sheet.
    """

    text: str
    value: str | float | bool
    outcomes: frozenset[str] = frozenset()


class Link(NamedTuple):
    """A link with the text that is shown; ``target`` is ``#Sheet!A1`` or a web address."""

    target: str
    text: str
    tip: str = ""


class Rich(NamedTuple):
    """Text in runs, each ``(text, bold)``."""

    runs: tuple[tuple[str, bool], ...]


Content = str | float | Formula | Link | Rich | None


class Item(NamedTuple):
    """One cell; ``content`` is ``None`` for a cell that only has a style."""

    row: int
    column: int
    content: Content
    style: Style


@mutable
class ColumnPlan:
    """Width (in characters) of the columns ``first`` to ``last``; ``hidden`` hides them."""

    first: int
    last: int
    width: float
    hidden: bool = False


@mutable
class ValidationPlan:
    """A validation with its prompt and stop message (titles ≤ 32, 255 and 224 characters)."""

    areas: tuple[Area, ...]
    rule: CellRule
    prompt_title: str
    prompt: str
    stop_title: str
    stop: str


@mutable
class AccentPlan:
    """A conditional format: ``formula`` (without ``=``) is as seen from the area's first cell."""

    area: Area
    formula: str
    accent: Accent
    stop: bool = False


class Series(NamedTuple):
    """One series of a chart; references are ``=Sheet!$A$1:$A$9``, ``name`` too or a text."""

    name: str
    categories: str
    values: str
    fill: str
    label_color: str


@mutable
class ChartPlan:
    """A stacked chart anchored at (``row``, ``column``), its size in pixels, with alt text."""

    row: int
    column: int
    width: int
    height: int
    kind: Literal["bar", "column"]
    title: str
    alt: str
    series: tuple[Series, ...]
    gap: int = 45


@mutable
class PrintPlan:
    """How a sheet prints; ``pages_high`` 0 means as many as needed. Margins in inches."""

    paper: Literal["A3", "A4"] = "A4"
    landscape: bool = True
    area: Area | None = None
    repeat_rows: tuple[int, int] | None = None
    pages_wide: int = 1
    pages_high: int = 1
    scale: int | None = None  # instead of fitting to pages
    breaks_before: tuple[int, ...] = ()
    margins: tuple[float, float, float, float] = (0.35, 0.35, 0.4, 0.55)  # l, r, t, b
    footer: str = ""


@mutable
class SheetPlan:
    """One sheet. ``heights`` are (points, kept): a row that is not kept grows while one types.

    ``merges`` are areas that show as one cell; only the first cell of each has content, the
    others repeat its style. Only for fixed text: an answer cell is never merged.
    """

    name: str
    items: list[Item] = field(factory=list)
    columns: list[ColumnPlan] = field(factory=list)
    heights: dict[int, tuple[float, bool]] = field(factory=dict)
    merges: list[Area] = field(factory=list)
    default_style: Style | None = None
    freeze: tuple[int, int] | None = None  # first row and column that scroll
    filter: Area | None = None
    validations: list[ValidationPlan] = field(factory=list)
    accents: list[AccentPlan] = field(factory=list)
    charts: list[ChartPlan] = field(factory=list)
    notes: list[tuple[int, int, str]] = field(factory=list)
    print: PrintPlan = field(factory=PrintPlan)
    hidden: bool = False
    selected: tuple[int, int] = (1, 1)
    allow_filter: bool = False

    def put(self, row: int, column: int, content: Content, style: Style) -> None:
        """Put ``content`` in one cell."""
        self.items.append(Item(row, column, content, style))


@mutable
class WorkbookPlan:
    """A whole workbook. ``names`` are defined names (name -> formula without ``=``).

    ``locked`` protects the sheets and the structure, with ``password`` when there is one.
    ``created`` stands in the file's properties, so that the same plan gives the same bytes.
    """

    title: str
    subject: str
    company: str
    created: date
    sheets: Sequence[SheetPlan]
    names: dict[str, str]
    properties: dict[str, str]
    password: str | None = None
    locked: bool = True
