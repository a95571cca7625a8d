"""What stands around a finding: a few cells of the returned file, to be shown beside it.

In the overview that is the header row and the row of the norm, with number, sentence and
status, the cell itself and the cells next to it; anywhere else the cells around it. Cells keep
the coordinates that they have in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import evolve, frozen

from normtemplates.layout.kinds import is_day
from normtemplates.layout.places import column_letters, coordinates
from normtemplates.layout.recognise import Found
from normtemplates.model.answers import Value, day_of
from normtemplates.model.finding import Finding
from normtemplates.model.norm import FieldKind
from normtemplates.model.shown import shown
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission

#: Characters that are shown of a cell, and of the one that a finding is about.
LENGTH: Final = 140
MARKED_LENGTH: Final = 300

_LAST_COLUMN, _LAST_ROW = 16384, 1048576
_CONTEXT = (FieldKind.NUMBER, FieldKind.SENTENCE, FieldKind.STATUS)
_BOOLEANS = {"1": "WAAR", "0": "ONWAAR"}


class NearCell(NamedTuple):
    """One cell: its column's letters, and its text as a person sees it.

    ``marked`` is the cell that the finding is about, ``formula`` says that it is one.
    ``withheld`` stands for a text that must not be repeated.
    """

    column: str
    text: str
    marked: bool = False
    formula: bool = False
    withheld: bool = False


class NearRow(NamedTuple):
    """One row by its number in the file; ``header`` for the one with the headers."""

    row: int
    cells: tuple[NearCell, ...]
    header: bool = False


@frozen
class Neighbourhood:
    """Rows with the same columns; ``column`` is the official header or label of the field.

    ``beside`` are the letters of columns that are only there because they are near.
    """

    rows: tuple[NearRow, ...]
    column: str = ""
    beside: frozenset[str] = frozenset()

    @property
    def letters(self) -> tuple[str, ...]:
        """Give the letters of the columns, in order."""
        return tuple(cell.column for cell in self.rows[0].cells)

    @property
    def gaps(self) -> tuple[bool, ...]:
        """Tell of each column whether columns were left out between it and the one before."""
        numbers = [coordinates(f"{letters}1")[1] for letters in self.letters]
        return (False, *(after - before > 1 for before, after in pairwise(numbers)))


def neighbourhood(
    submission: Submission,
    finding: Finding,
    found: Found | None = None,
    *,
    radius: int = 1,
    withheld: Collection[tuple[str, str]] = (),
) -> Neighbourhood | None:
    """Give what stands around ``finding``, ``None`` when it is about no cell and no row.

    ``radius`` is how many cells on either side; ``withheld`` are (sheet, address) of cells
    whose text is not repeated. Texts are cut to length and hide nothing.
    """
    name = finding.sheet
    overview = found if found is not None and found.sheet.name == name else None
    sheet = overview.sheet if overview else submission.sheet(name) if name else None
    if name is None or sheet is None:
        return None
    spot = _coordinates(finding.cell)
    if overview:
        rows, columns = _in_overview(overview, finding, spot, radius)
    else:
        rows, columns = _around(sheet, found, spot, radius)
    if not rows or not columns:
        return None
    kept = {_coordinates(cell) for where, cell in withheld if where == name}
    header = overview.header_row if overview else None
    lines = []
    for row in rows:
        places = [(row, column) for column in columns]
        cells = tuple(_near(sheet, found, place, spot, place in kept) for place in places)
        lines.append(NearRow(row, cells, row == header))
    needed = {*_context(overview), spot[1] if spot else 0} if overview else set(columns)
    beside = frozenset(column_letters(column) for column in columns if column not in needed)
    return Neighbourhood(tuple(lines), _column_of(found, finding, spot), beside)


def together(each: Iterable[Neighbourhood]) -> Neighbourhood | None:
    """Give all rows of several neighbourhoods as one; ``None`` when their columns differ."""
    parts = list(each)
    if not parts or len({part.letters for part in parts}) > 1:
        return None
    rows: dict[int, NearRow] = {}
    for row in (row for part in parts for row in part.rows):
        known = rows.get(row.row)
        if known:
            pairs = zip(known.cells, row.cells, strict=True)
            row = known._replace(cells=tuple(a if a.marked else b for a, b in pairs))
        rows[row.row] = row
    return evolve(parts[0], rows=tuple(rows[number] for number in sorted(rows)))


def _coordinates(cell: str | None) -> tuple[int, int] | None:
    try:
        return coordinates(cell) if cell else None
    except ValueError:
        return None


def _in_overview(
    found: Found, finding: Finding, spot: tuple[int, int] | None, radius: int
) -> tuple[list[int], list[int]]:
    """Give the rows and the columns to show of the overview."""
    own = found.rows.by_number.get(finding.requirement or "")
    wanted = {row for row in (own, spot[0] if spot else None) if row is not None}
    columns = _context(found)
    if spot:
        near = set(_span(spot[1], radius, _LAST_COLUMN))
        known = set(found.columns.values())
        if spot[1] in known:  # what stands further to the right are cells of our own
            near &= known
        columns |= {c for c in near if c == spot[1] or not _hidden_column(found.sheet, c)}
    rows = sorted(wanted | {found.header_row}) if wanted else []
    return rows, sorted(columns)


def _context(found: Found) -> set[int]:
    """Give the columns that say which row of the overview this is."""
    keys = (found.layout.norm.field_of_kind(kind).key for kind in _CONTEXT)
    return {found.columns[key] for key in keys if key in found.columns}


def _around(
    sheet: Sheet, found: Found | None, spot: tuple[int, int] | None, radius: int
) -> tuple[list[int], list[int]]:
    """Give rows and columns around a cell, without those that hide or that hold nothing.

    Of a field on the cover only its own row: what it asks for stands beside it.
    """
    if spot is None:
        return [], []
    cover = found.cover.values() if found else ()
    on_cover = any(s is sheet and (row, column) == spot for s, row, column in cover)
    high = 0 if on_cover else radius
    rows = [r for r in _span(spot[0], high, _LAST_ROW) if r not in sheet.hidden_rows]
    columns = [c for c in _span(spot[1], radius, _LAST_COLUMN) if not _hidden_column(sheet, c)]
    rows, columns = sorted({*rows, spot[0]}), sorted({*columns, spot[1]})
    filled = {(r, c) for r in rows for c in columns if sheet.text(r, c).strip()} | {spot}
    return (
        [row for row in rows if any((row, c) in filled for c in columns)],
        [column for column in columns if any((r, column) in filled for r in rows)],
    )


def _span(middle: int, radius: int, last: int) -> range:
    return range(max(1, middle - radius), min(last, middle + radius) + 1)


def _hidden_column(sheet: Sheet, column: int) -> bool:
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def _near(
    sheet: Sheet,
    found: Found | None,
    place: tuple[int, int],
    spot: tuple[int, int] | None,
    withheld: bool,
) -> NearCell:
    cell = sheet.cell(*place)
    marked = place == spot
    letters = column_letters(place[1])
    if withheld:
        return NearCell(letters, "", marked, withheld=True)
    text = _text(cell, _date_at(sheet, found, place))
    limit = MARKED_LENGTH if marked else LENGTH
    return NearCell(letters, shown(text, limit), marked, marked and cell.formula is not None)


def _text(cell: Cell, date: Value | None) -> str:
    """Give the text of a cell as Excel shows it in Dutch."""
    if date is not None and is_day(date):
        return day_of(float(date.text)).strftime("%d-%m-%Y")
    if cell.kind is CellKind.BOOLEAN:
        return _BOOLEANS.get(cell.text, cell.text)
    return cell.text.replace(".", ",") if cell.kind is CellKind.NUMBER else cell.text


def _date_at(sheet: Sheet, found: Found | None, place: tuple[int, int]) -> Value | None:
    """Give the answer at a place where a date belongs, ``None`` anywhere else."""
    if found is None:
        return None
    row, column = place
    if sheet is found.sheet:
        number = next((n for n, r in found.rows.by_number.items() if r == row), None)
        for one in found.layout.answer_columns:
            if one.field.kind is FieldKind.DATE and found.columns.get(one.field.key) == column:
                return found.answers.row(number).get(one.field.key) if number else None
    for slot in found.layout.cover:
        there = found.cover.get(slot.field.key)
        if slot.field.kind is FieldKind.DATE and there and there[0] is sheet and there[1:] == place:
            return found.answers.cover.get(slot.field.key)
    return None


def _column_of(found: Found | None, finding: Finding, spot: tuple[int, int] | None) -> str:
    """Give the official header of the column, or the label of the field on the cover."""
    if found is None:
        return ""
    layout = found.layout
    key = finding.field
    if key is None and spot and finding.sheet == found.sheet.name:
        key = next((k for k, column in found.columns.items() if column == spot[1]), None)
    if key in layout.column_by_key and finding.sheet == found.sheet.name:
        return layout.column_by_key[key].field.header
    return layout.cover_by_key[key].label if key in layout.cover_by_key else ""
