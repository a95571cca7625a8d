"""One worksheet part that is edited as a person or a program would leave it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from normtemplates.layout.places import address, coordinates

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_M = f"{{{MAIN}}}"
_REFERENCE = re.compile(r'("[^"]*")|(?<![\w!.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(])')

#: Gives the new number of a row or column, or ``None`` when it is deleted.
Moved = Callable[[int], int | None]


def set_all(one: etree._Element, **attributes: str) -> None:
    """Set attributes."""
    for name, value in attributes.items():
        one.set(name, value)


def unset(one: etree._Element, *names: str) -> None:
    """Take attributes away, as far as they are there."""
    for name in names:
        if name in one.attrib:
            del one.attrib[name]


class Worksheet:
    """The cells and settings of one sheet; ``intern`` gives the index of a shared string."""

    def __init__(
        self, root: etree._Element, intern: Callable[[str], int], strings: Callable[[], list[str]]
    ) -> None:
        self.root, self._intern, self._strings = root, intern, strings
        self.data = self.one("sheetData")
        self._rows = {int(row.get("r", "0")): row for row in self.data}
        self._cells = {coordinates(c.get("r", "")): c for row in self.data for c in row}

    def one(self, name: str) -> etree._Element:
        """Give the child ``name`` of the worksheet."""
        found = self.root.find(f"{_M}{name}")
        assert found is not None, name
        return found

    def every(self, name: str) -> list[etree._Element]:
        """Give all elements ``name``, however deep."""
        return list(self.root.iter(f"{_M}{name}"))

    def drop(self, name: str) -> None:
        """Take away the child ``name``."""
        self.root.remove(self.one(name))

    def insert_before(self, new: etree._Element, *names: str) -> None:
        """Put ``new`` before the first child that is one of ``names``."""
        wanted = {f"{_M}{name}" for name in names}
        place = next(i for i, child in enumerate(self.root) if child.tag in wanted)
        self.root.insert(place, new)

    # -- cells -------------------------------------------------------------------------

    def row(self, number: int) -> etree._Element:
        """Give the row, made where it was not."""
        if number not in self._rows:
            made = etree.Element(f"{_M}row", r=str(number))
            after = sum(1 for other in self._rows if other < number)
            self.data.insert(after, made)
            self._rows[number] = made
        return self._rows[number]

    def cell(self, ref: str) -> etree._Element:
        """Give the cell, made where it was not."""
        spot = coordinates(ref)
        if spot not in self._cells:
            made = etree.Element(f"{_M}c", r=ref)
            row = self.row(spot[0])
            before = [c for c in row if coordinates(c.get("r", ""))[1] < spot[1]]
            row.insert(len(before), made)
            self._cells[spot] = made
        return self._cells[spot]

    def cells(self) -> Iterator[etree._Element]:
        """Give all cells."""
        yield from self._cells.values()

    def clear(self, ref: str) -> etree._Element:
        """Take the content out and leave the format, as the Delete key does."""
        cell = self.cell(ref)
        unset(cell, "t")
        for child in list(cell):
            cell.remove(child)
        return cell

    def put(self, ref: str, text: str) -> None:
        """Put a text, as a shared string."""
        self._set(ref, "s", str(self._intern(text)))

    def number(self, ref: str, number: str) -> None:
        """Put a number, as written in the file."""
        self._set(ref, None, number)

    def typed(self, ref: str, kind: str, value: str) -> None:
        """Put a value of another type: ``b``, ``e`` or ``d``."""
        self._set(ref, kind, value)

    def formula(self, ref: str, formula: str, cached: str | None = None, kind: str = "str") -> None:
        """Put a formula, with its cached value unless that is ``None``."""
        cell = self.clear(ref)
        etree.SubElement(cell, f"{_M}f").text = formula
        if cached is not None:
            cell.set("t", kind)
            etree.SubElement(cell, f"{_M}v").text = cached

    def text(self, ref: str) -> str:
        """Give what the cell shows, for a text or a number."""
        value = self.cell(ref).findtext(f"{_M}v") or ""
        return self._strings()[int(value)] if self.cell(ref).get("t") == "s" else value

    def _set(self, ref: str, kind: str | None, value: str) -> None:
        cell = self.clear(ref)
        if kind:
            cell.set("t", kind)
        etree.SubElement(cell, f"{_M}v").text = value

    def swap(self, one: str, other: str) -> None:
        """Let two cells change their contents (not their formats)."""
        first, second = self.cell(one), self.cell(other)
        for name in ("t", "s"):
            a, b = first.get(name), second.get(name)
            for cell, value in ((first, b), (second, a)):
                unset(cell, name)
                if value is not None:
                    cell.set(name, value)
        children = list(first), list(second)
        for cell in (first, second):
            for child in list(cell):
                cell.remove(child)
        first.extend(children[1])
        second.extend(children[0])

    # -- rows and columns that move ----------------------------------------------------

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Insert empty rows above row ``at``."""
        self.remap(lambda row: row if row < at else row + count, lambda column: column)

    def delete_rows(self, at: int, count: int = 1) -> None:
        """Delete ``count`` rows from row ``at``."""

        def moved(row: int) -> int | None:
            return row if row < at else None if row < at + count else row - count

        self.remap(moved, lambda column: column)

    def insert_columns(self, at: int, count: int = 1) -> None:
        """Insert empty columns before column ``at``."""
        self.remap(lambda row: row, lambda column: column if column < at else column + count)

    def delete_column(self, at: int) -> None:
        """Delete column ``at``."""
        self.remap(lambda row: row, lambda c: c if c < at else None if c == at else c - 1)

    def move_columns(self, order: dict[int, int]) -> None:
        """Give columns another place, with all that is in them: old number -> new number."""
        self.remap(lambda row: row, lambda column: order.get(column, column))

    def remap(self, rows: Moved, columns: Moved) -> None:
        """Move every cell, and everything that points at cells of this sheet."""
        for number, row in sorted(self._rows.items()):
            to = rows(number)
            if to is None:
                self.data.remove(row)
                continue
            row.set("r", str(to))
            unset(row, "spans")
            kept = []
            for cell in list(row):
                column = columns(coordinates(cell.get("r", ""))[1])
                row.remove(cell)
                if column is not None:
                    cell.set("r", address(to, column))
                    kept.append((column, cell))
            row.extend(cell for _, cell in sorted(kept, key=lambda pair: pair[0]))
        self._remap_columns(columns)
        for formula in (*self.every("f"), *self.every("formula")):
            formula.text = moved_formula(formula.text or "", rows, columns)
        for name, key in (
            ("dataValidation", "sqref"), ("conditionalFormatting", "sqref"), ("mergeCell", "ref"),
            ("hyperlink", "ref"), ("ignoredError", "sqref"),
        ):  # fmt: skip
            for one in self.every(name):
                new = moved_areas(one.get(key, ""), rows, columns)
                parent = one.getparent()
                if new:
                    one.set(key, new)
                elif parent is not None:
                    parent.remove(one)
        self._rows = {int(row.get("r", "0")): row for row in self.data}
        self._cells = {coordinates(c.get("r", "")): c for row in self.data for c in row}

    def split_columns(self) -> dict[int, etree._Element]:
        """Give each column its own ``col`` element."""
        found = {}
        cols = self.one("cols")
        for col in list(cols):
            cols.remove(col)
            for number in range(int(col.get("min", "0")), int(col.get("max", "0")) + 1):
                one = etree.SubElement(cols, col.tag)
                set_all(one, **{str(k): str(v) for k, v in col.attrib.items()})
                one.set("min", str(number))
                one.set("max", str(number))
                found[number] = one
        return found

    def _remap_columns(self, columns: Moved) -> None:
        cols = self.one("cols")
        kept = []
        for number, col in self.split_columns().items():
            to = columns(number)
            cols.remove(col)
            if to is not None:
                col.set("min", str(to))
                col.set("max", str(to))
                kept.append((to, col))
        cols.extend(col for _, col in sorted(kept, key=lambda pair: pair[0]))


def moved_formula(formula: str, rows: Moved, columns: Moved) -> str:
    """Give ``formula`` with every reference to a cell moved along."""

    def moved(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        row, column = coordinates(found[3] + found[5])
        to, across = rows(row), columns(column)
        if to is None or across is None:
            return "#REF!"
        letters = address(1, across)[:-1]
        return f"{found[2]}{letters}{found[4]}{to}"

    return _REFERENCE.sub(moved, formula)


def moved_areas(areas: str, rows: Moved, columns: Moved) -> str:
    """Give a list of areas with each column of each area moved along."""
    found = []
    for one in areas.split():
        first, _, last = one.partition(":")
        (top, left), (bottom, right) = coordinates(first), coordinates(last or first)
        kept = [to for row in range(top, bottom + 1) if (to := rows(row)) is not None]
        across = [to for column in range(left, right + 1) if (to := columns(column)) is not None]
        if not kept or not across:
            continue
        if max(across) - min(across) + 1 == len(across):
            blocks = [(min(across), max(across))]
        else:
            blocks = [(column, column) for column in across]
        found += [f"{address(kept[0], a)}:{address(kept[-1], b)}" for a, b in blocks]
    return " ".join(found)
