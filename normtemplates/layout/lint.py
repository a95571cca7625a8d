"""What Excel would refuse, repair or silently cut in a plan, found before it is written.

No validator catches these: a prompt that is too long or a comma in a list give a file that is
valid XML, and a person at a municipality is the first to see that it is broken. The limits are
Excel's documented ones; a stop message longer than 224 characters is cut off on the screen.

Any text may stand in a cell or a note, for there the writer escapes what XML cannot hold; the
text of a link is written in a second place too, where it cannot.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from normtemplates.errors import DefinitionError
from normtemplates.layout.formula_lint import (
    LAST_ROW,
    UNWRITABLE,
    excess,
    facts_of,
    inside,
)
from normtemplates.layout.places import address
from normtemplates.layout.plan import (
    AccentPlan,
    ChartPlan,
    Content,
    Formula,
    Link,
    PrintPlan,
    Rich,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.model.submission import Area

LONGEST_TEXT = 32_767
LONGEST_TITLE, LONGEST_PROMPT, LONGEST_STOP = 32, 255, 224
WIDEST, HIGHEST = 255, 409

_NAME = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*(?:c\d*)?|c\d*|true|false|_xlnm\..*", re.IGNORECASE)
_SHEET_NAME = re.compile(r"(?!')[^][:*?/\\]+(?<!')")
_LINK = re.compile(r"#.+![A-Z]{1,3}[1-9]\d*|https?://\S+|mailto:\S+")


def lint(plan: WorkbookPlan) -> list[str]:
    """Give everything that is wrong with ``plan``, each line naming sheet and cell."""
    known = _Known(
        frozenset(sheet.name.casefold() for sheet in plan.sheets),
        frozenset(name.casefold() for name in plan.names),
    )
    found = list(_workbook(plan, known))
    for sheet in plan.sheets:
        found += _sheet(sheet, known)
    return found


def check_plan(plan: WorkbookPlan) -> None:
    """Raise ``DefinitionError`` with everything that is wrong with ``plan``."""
    if found := lint(plan):
        raise DefinitionError(found)


@frozen
class _Known:
    """The sheets and defined names that a formula may refer to, casefolded."""

    sheets: frozenset[str]
    names: frozenset[str]


def _formula(text: str, known: _Known) -> Iterator[str]:
    facts = facts_of(text)
    yield from facts.faults
    if not facts.sheets <= known.sheets:
        yield f"no sheet is called {_listed(facts.sheets - known.sheets)}"
    if not facts.names <= known.names:
        yield f"no name is defined as {_listed(facts.names - known.names)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _proper(area: Area) -> bool:
    """Tell whether the area lies inside the sheet, its first corner first."""
    if area.first_row > area.last_row or area.first_column > area.last_column:
        return False
    return inside(area.first_row, area.first_column) and inside(area.last_row, area.last_column)


def _label(what: str, text: str, longest: int, *, needed: bool = False) -> Iterator[str]:
    """Check a text that stands outside the cells, where nothing can be escaped."""
    if needed and not text.strip():
        yield f"{what} is empty"
    if length := excess(text, longest):
        yield f"{what} has {length} characters, more than {longest}"
    if strange := UNWRITABLE.search(text):
        yield f"{what} cannot have {strange[0]!r}"


# -- the workbook ------------------------------------------------------------------------------


def _workbook(plan: WorkbookPlan, known: _Known) -> Iterator[str]:
    if all(sheet.hidden for sheet in plan.sheets):
        yield "workbook: no sheet is visible"
    seen: set[str] = set()
    for sheet in plan.sheets:
        key = sheet.name.casefold()
        if key in seen:
            yield f"{sheet.name}: another sheet has this name"
        seen.add(key)
        for fault in _label("the sheet name", sheet.name, 31, needed=True):
            yield f"{sheet.name}: {fault}"
        if not _SHEET_NAME.fullmatch(sheet.name) or key == "history":
            yield f"{sheet.name}: Excel does not take this as the name of a sheet"
    if len(known.names) < len(plan.names):
        yield "workbook: two defined names differ in case only"
    for name, formula in plan.names.items():
        if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name) or len(name) > 255:
            yield f"name {name}: Excel does not take this as a name"
        for fault in _formula(formula, known):
            yield f"name {name}: {fault}"
    for key, value in plan.properties.items():
        for fault in (*_label("the key", key, 255, needed=True), *_label("the value", value, 255)):
            yield f"property {key}: {fault}"
    for what in ("title", "subject", "company"):
        for fault in _label(f"the {what}", getattr(plan, what), 255):
            yield f"workbook: {fault}"
    password = plan.password or ""
    if len(password) > 255 or not (password.isascii() and password.isprintable()):
        yield "workbook: programs read other passwords than plain ASCII in different ways"


# -- a sheet -----------------------------------------------------------------------------------


def _sheet(sheet: SheetPlan, known: _Known) -> Iterator[str]:
    used = _used(sheet)
    if used and not _proper(used):
        yield f"{sheet.name}: {used} lies outside the sheet"
    open_cells: set[tuple[int, int]] = set()
    yield from _items(sheet, known, open_cells)
    yield from _validations(sheet, known, open_cells)
    for accent in sheet.accents:
        for fault in _accent(accent, known, used):
            yield f"{sheet.name}!{_corner(accent.area)}: {fault}"
    for chart in sheet.charts:
        for fault in _chart(chart, known):
            yield f"{sheet.name}!{address(chart.row, chart.column)}: {fault}"
    yield from _notes(sheet)
    for fault in (*_measures(sheet), *_view(sheet), *_print(sheet.print)):
        yield f"{sheet.name}: {fault}"


def _used(sheet: SheetPlan) -> Area | None:
    if not sheet.items:
        return None
    rows, columns, _, _ = zip(*sheet.items, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def _items(sheet: SheetPlan, known: _Known, open_cells: set[tuple[int, int]]) -> Iterator[str]:
    """Check the cells and collect those that are not locked; runs 1 500 times a workbook."""
    seen = set()
    for row, column, content, style in sheet.items:
        place = (row, column)
        if place in seen:
            yield f"{sheet.name}!{address(row, column)}: the cell is there twice"
        seen.add(place)
        if not style.locked:
            open_cells.add(place)
        if content is None:
            continue
        kind = type(content)
        if kind is str and len(content) < LONGEST_TEXT // 2:  # type: ignore[arg-type]
            continue
        if kind is Formula and _is_fine(content, known):  # type: ignore[arg-type]
            continue
        for fault in _content(content, known):
            yield f"{sheet.name}!{address(row, column)}: {fault}"
    if sheet.default_style and not sheet.default_style.locked:
        yield f"{sheet.name}: the default style unlocks every cell"


def _is_fine(formula: Formula, known: _Known) -> bool:
    """Tell at once whether there is nothing to say about a formula with a short value."""
    text, value, _ = formula
    facts = facts_of(text)
    if facts.faults or not (facts.sheets <= known.sheets and facts.names <= known.names):
        return False
    return type(value) is bool or (type(value) is str and len(value) < LONGEST_TEXT // 2)


def _content(content: Content, known: _Known) -> Iterator[str]:
    if isinstance(content, Formula):
        yield from _formula(content.text, known)
        yield from _value(content.value)
    elif isinstance(content, Link):
        yield from _label("the text of the link", content.text, LONGEST_TEXT)
        yield from _label("the tip", content.tip, 255)
        yield from _label("the link", content.target, 2079)
        if not _LINK.fullmatch(content.target):
            yield f"{content.target!r} is no #Sheet!A1, https:// or mailto: link"
        elif content.target.startswith("#"):
            yield from _formula(content.target[1:], known)
    elif isinstance(content, Rich):
        yield from _value("".join(text for text, _ in content.runs))
    else:
        yield from _value(content)


def _value(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if length := excess(value, LONGEST_TEXT):
            yield f"the text has {length} characters, more than {LONGEST_TEXT}"
    elif isinstance(value, int | float) and not math.isfinite(value):
        yield f"{value} is no number that a cell can hold"


def _validations(
    sheet: SheetPlan, known: _Known, open_cells: set[tuple[int, int]]
) -> Iterator[str]:
    covered: set[tuple[int, int]] = set()
    for validation in sheet.validations:
        where = f"{sheet.name}!{_corner(validation.areas[0])}" if validation.areas else sheet.name
        for fault in _validation(validation, known):
            yield f"{where}: {fault}"
        for area in validation.areas:
            cells = set(_cells(area)) if _proper(area) else set()
            if not cells:
                yield f"{where}: the validation's area lies outside the sheet"
            for cell in sorted(cells & covered):
                yield f"{sheet.name}!{address(*cell)}: the cell has two validations"
            covered |= cells
    for cell in sorted(open_cells - covered):
        yield f"{sheet.name}!{address(*cell)}: an unlocked cell without validation"
    for cell in sorted(covered - open_cells):
        yield f"{sheet.name}!{address(*cell)}: a validation on a locked cell"


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def _validation(plan: ValidationPlan, known: _Known) -> Iterator[str]:
    if not plan.areas:
        yield "the validation has no area"
    yield from _label("the prompt's title", plan.prompt_title, LONGEST_TITLE, needed=True)
    yield from _label("the prompt", plan.prompt, LONGEST_PROMPT, needed=True)
    yield from _label("the stop message's title", plan.stop_title, LONGEST_TITLE, needed=True)
    yield from _label("the stop message", plan.stop, LONGEST_STOP, needed=True)
    rule = plan.rule
    if rule.allow == "list":
        if not _NAME.fullmatch(rule.source):
            yield "the list must be a defined name: a literal splits its labels at commas"
        elif rule.source.casefold() not in known.names:
            yield f"no name is defined as {rule.source}"
    elif rule.allow == "date" and rule.first > rule.last:
        yield "the first date lies after the last"
    elif rule.allow == "textLength" and not 0 < rule.longest <= LONGEST_TEXT:
        yield f"no text has {rule.longest} characters at most"


def _accent(plan: AccentPlan, known: _Known, used: Area | None) -> Iterator[str]:
    yield from _formula(plan.formula, known)
    area = plan.area
    corners = ((area.first_row, area.first_column), (area.last_row, area.last_column))
    if not (used and _proper(area) and all(used.holds(*corner) for corner in corners)):
        yield "the conditional format lies outside the used area"


def _chart(plan: ChartPlan, known: _Known) -> Iterator[str]:
    yield from _label("the chart's alt text", plan.alt, 1024, needed=True)
    yield from _label("the chart's title", plan.title, 255, needed=True)
    if plan.title.startswith("="):
        yield "the chart's title must be a text, no formula"
    if not plan.series:
        yield "the chart has no series"
    if not inside(plan.row, plan.column) or plan.width <= 0 or plan.height <= 0:
        yield "the chart lies outside the sheet or has no size"
    for series in plan.series:
        references = [series.categories, series.values]
        if series.name.startswith("="):
            references.append(series.name)
        else:
            yield from _label("the name of the series", series.name, 255, needed=True)
        for reference in references:
            if not reference.startswith("=") or not facts_of(reference[1:]).sheets:
                yield f"{reference!r} is no reference to a sheet"
            yield from _formula(reference.removeprefix("="), known)


def _notes(sheet: SheetPlan) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for row, column, text in sheet.notes:
        where = f"{sheet.name}!{address(row, column)}"
        if not inside(row, column):
            yield f"{sheet.name}: a note lies outside the sheet"
        if (row, column) in seen:
            yield f"{where}: the cell has two notes"
        seen.add((row, column))
        for fault in _value(text) if text else ("the note is empty",):
            yield f"{where}: {fault}"


def _measures(sheet: SheetPlan) -> Iterator[str]:
    taken: set[int] = set()
    for column in sheet.columns:
        own = range(column.first, column.last + 1)
        if not own or not (inside(1, column.first) and inside(1, column.last)):
            yield f"columns {column.first} to {column.last} lie outside the sheet"
        elif not taken.isdisjoint(own):
            yield f"columns {column.first} to {column.last} have two widths"
        taken.update(own)
        if not 0 <= column.width <= WIDEST:
            yield f"column {column.first} is {column.width} characters wide, more than {WIDEST}"
    for row, (height, _) in sheet.heights.items():
        if not inside(row, 1):
            yield f"row {row} lies outside the sheet"
        if not 0 < height <= HIGHEST:
            yield f"row {row} is {height} points high, more than {HIGHEST}"


def _view(sheet: SheetPlan) -> Iterator[str]:
    if not inside(*sheet.selected):
        yield "the selected cell lies outside the sheet"
    if sheet.freeze and (not inside(*sheet.freeze) or sheet.freeze == (1, 1)):
        yield "there is nothing to freeze, or it lies outside the sheet"
    if sheet.filter and not _proper(sheet.filter):
        yield "the filter lies outside the sheet"


def _print(plan: PrintPlan) -> Iterator[str]:
    yield from _label("the footer", plan.footer, 255)
    if plan.area and not _proper(plan.area):
        yield "the print area lies outside the sheet"
    if plan.repeat_rows and not 0 < plan.repeat_rows[0] <= plan.repeat_rows[1] <= LAST_ROW:
        yield "the rows to repeat lie outside the sheet"
    if plan.scale is not None and not 10 <= plan.scale <= 400:
        yield f"a scale of {plan.scale} % is not between 10 and 400"
    if plan.breaks_before and not plan.scale:
        yield "Excel ignores breaks when it fits the sheet to pages"
    if any(not 1 < row <= LAST_ROW for row in plan.breaks_before):
        yield "a page break lies outside the sheet"
    if min(plan.margins) < 0 or plan.pages_wide < 0 or plan.pages_high < 0:
        yield "a margin or a number of pages is negative"


def _corner(area: Area) -> str:
    return address(area.first_row, area.first_column)
