"""Finding the header row, the columns and the rows of an overview, wherever they went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from attrs import frozen

from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key_of_text
from normtemplates.model.norm import FieldKind
from normtemplates.model.submission import Cell, CellKind, Sheet

_SEARCH_ROWS = 60  # a header row further down is no header row any more
_FEWEST_HEADERS = 3


@frozen
class FoundRows:
    """Where the requirements are: physical rows by number, and what was odd about them.

    ``again`` has further rows of a requirement that already has one, ``renumbered`` the number
    as found of rows known by their sentence, ``reworded`` the sentence as found of rows known
    by their number, ``strange`` rows with something in ``Nr`` or ``Norm`` that the norm does
    not have.
    """

    by_number: Mapping[str, int]
    again: Mapping[str, tuple[int, ...]]
    renumbered: Mapping[str, str]
    reworded: Mapping[str, str]
    strange: tuple[int, ...]


def find_header_row(sheet: Sheet, layout: Layout) -> int | None:
    """Give the row with most of the headers, or ``None`` when no row looks like one."""
    wanted = {key_of_text(c.field.header) for c in layout.columns}
    seen: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if row <= _SEARCH_ROWS and cell.kind is CellKind.TEXT:
            key = key_of_text(cell.text)
            if key in wanted:
                seen.setdefault(row, set()).add(key)
    best = max(seen, key=lambda row: (len(seen[row]), -row), default=None)
    if best is None or len(seen[best]) < min(_FEWEST_HEADERS, len(wanted)):
        return None
    return best


def find_columns(
    sheet: Sheet, header_row: int, layout: Layout
) -> tuple[dict[str, int], dict[str, tuple[int, str]]]:
    """Give the columns by field key, and (column, text) of headers that were changed.

    A field whose header is nowhere takes the column that stands, between its neighbours,
    where its header should be.
    """
    last = max((c for r, c in sheet.cells if r == header_row), default=0)
    texts = {c: sheet.text(header_row, c) for c in range(1, last + 1)}
    keyed: dict[str, list[int]] = {}
    for column, text in texts.items():
        keyed.setdefault(key_of_text(text), []).append(column)
    found: dict[str, int] = {}
    for one in layout.columns:
        places = keyed.get(key_of_text(one.field.header), [])
        if places:
            own = one.column in places
            found[one.field.key] = one.column if own else places[0]
    taken = set(found.values())
    changed: dict[str, tuple[int, str]] = {}
    previous = 0
    for one in layout.columns:
        key = one.field.key
        if key not in found:
            column = previous + 1
            if column in taken:
                continue
            found[key] = column
            taken.add(column)
            changed[key] = (column, texts.get(column, ""))
        previous = found[key]
    return found, changed


def find_rows(
    sheet: Sheet, header_row: int, columns: Mapping[str, int], layout: Layout
) -> FoundRows:
    """Find each requirement by number and sentence, then by sentence, then by number."""
    lines = _lines(sheet, header_row, columns, layout)
    found: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    renumbered: dict[str, str] = {}
    reworded: dict[str, str] = {}

    def take(number: str, line: _Line, odd: dict[str, str], as_found: str) -> None:
        if number in found:
            again.setdefault(number, []).append(line.row)
        else:
            found[number] = line.row
            odd[number] = as_found

    whole = [line for line in lines if line.says and _same_number(line.cell, line.says)]
    for line in whole:
        take(line.says or "", line, {}, "")
    others = [line for line in lines if line not in whole]
    lacking = layout.row_by_number.keys() - {line.says for line in lines}
    unclear: list[_Line] = []
    for line in others:
        # Not a sentence that was pasted over another one: its own row is there as well.
        pasted = line.says in found and line.number in lacking
        if line.says and not pasted:
            take(line.says, line, renumbered, line.number)
        else:
            unclear.append(line)
    strange: list[int] = []
    headings = {(b.theme.number, key_of_text(b.theme.title)) for b in layout.bands}
    headings |= {("", key_of_text(h.text)) for h in layout.headings}
    for line in unclear:
        if (line.number, key_of_text(line.text)) in headings:
            continue
        if line.number in layout.row_by_number:
            take(line.number, line, reworded, line.text)
        else:
            strange.append(line.row)
    return FoundRows(
        by_number=found,
        again={number: tuple(places) for number, places in again.items()},
        renumbered=renumbered,
        reworded=reworded,
        strange=tuple(strange),
    )


class _Line(NamedTuple):
    """A row with something in Nr or Norm; ``says`` is the number that its sentence has."""

    row: int
    cell: Cell | None
    number: str
    text: str
    says: str | None


def _lines(
    sheet: Sheet, header_row: int, columns: Mapping[str, int], layout: Layout
) -> list[_Line]:
    number_column = columns.get(layout.norm.field_of_kind(FieldKind.NUMBER).key, 0)
    text_column = columns.get(layout.norm.field_of_kind(FieldKind.SENTENCE).key, 0)
    by_text = {key_of_text(slot.requirement.text): slot.requirement.number for slot in layout.rows}
    rows = {
        row
        for (row, column), cell in sheet.cells.items()
        if row > header_row and column in (number_column, text_column) and cell.text.strip()
    }
    lines = []
    for row in sorted(rows):
        cell = sheet.cells.get((row, number_column))
        text = sheet.text(row, text_column)
        number = cell.text.strip() if cell else ""
        lines.append(_Line(row, cell, number, text, by_text.get(key_of_text(text))))
    return lines


def _same_number(cell: Cell | None, number: str) -> bool:
    if cell is None:
        return False
    if cell.kind is CellKind.NUMBER:  # some program took 2.10 for a number
        try:
            return float(cell.text) == float(number)
        except ValueError:
            return False
    return cell.text.strip() == number
