"""What a program keeps of the workbook that it opens and saves again, measured on the file.

``python -m tests.clients.kept`` measures every client and writes the table of ``docs/clients.md``
anew; ``test_kept.py`` holds the table against what it measures itself.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from lxml import etree

from normtemplates.layout.stamp import PROPERTY_PREFIX
from tests.clients.gnumeric import Gnumeric
from tests.clients.javascript import MODULES, Library
from tests.clients.office import Office
from tests.clients.values import OFFICE, address_of, position, read_values
from tests.mutations.kind import base

PAGE = Path(__file__).parents[2] / "docs" / "clients.md"
START, END = "<!-- measured -->\n", "<!-- end -->\n"

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_EMPTY = etree.fromstring("<nothing/>")

Facts = Mapping[Any, object]
"""What stands where: place -> content. A number may change by one (points, characters)."""


class Book:
    """An .xlsx to look at. Shares no line with the reader of ``normtemplates``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = zipfile.ZipFile(path)
        self.names = set(self._zip.namelist())
        self.workbook = self.part("xl/workbook.xml")
        targets = self.relations("xl/workbook.xml")
        self.parts = {
            one.get("name", ""): targets[one.get(f"{OFFICE}id", "")][1]
            for one in self.workbook.iter(f"{_M}sheet")
        }
        self.sheets = {name: self.part(part) for name, part in self.parts.items()}
        self.styles = self.part("xl/styles.xml")
        self.formats = self.styles.findall(f"{_M}cellXfs/{_M}xf")

    def part(self, name: str) -> etree._Element:
        """The root of a part; an empty element where there is none."""
        return etree.fromstring(self._zip.read(name)) if name in self.names else _EMPTY

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id -> last word of the type, and the part that it points to."""
        path = PurePosixPath(part)
        found = {}
        for one in self.part(f"{path.parent}/_rels/{path.name}.rels"):
            target = one.get("Target", "")
            pieces: list[str] = []
            for piece in PurePosixPath(path.parent, target).parts:
                pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
            full = target.lstrip("/") if target.startswith("/") else "/".join(pieces)
            found[one.get("Id", "")] = (one.get("Type", "").rsplit("/")[-1], full)
        return found

    def cells(self) -> Iterator[tuple[str, etree._Element]]:
        """Every cell with the name of its sheet."""
        for name, root in self.sheets.items():
            for cell in root.iter(f"{_M}c"):
                yield name, cell

    def related(self, kind: str) -> Iterator[tuple[str, str]]:
        """The parts of a kind that sheets point to, with the name of the sheet."""
        for name, part in self.parts.items():
            for one, target in self.relations(part).values():
                if one == kind:
                    yield name, target


def _is_on(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _all(book: Book, tag: str) -> Iterator[tuple[str, etree._Element]]:
    for name, root in book.sheets.items():
        for one in root.iter(f"{{*}}{tag}"):
            yield name, one


def _cells_of(areas: str) -> Iterator[str]:
    for area in areas.split():
        first, _, last = area.replace("$", "").partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        for row in range(top, min(bottom, 200) + 1):
            for column in range(left, min(right, 60) + 1):
                yield address_of(row, column)


def _protected(book: Book) -> Facts:
    return {name: True for name, one in _all(book, "sheetProtection") if _is_on(one, "sheet")}


def _open_cells(book: Book) -> Facts:
    def is_open(style: str) -> bool:
        protection = book.formats[int(style)].find(f"{_M}protection") if book.formats else None
        return protection is not None and protection.get("locked") in ("0", "false")

    return {(name, c.get("r")): True for name, c in book.cells() if is_open(c.get("s", "0"))}


def _structure(book: Book) -> Facts:
    one = book.workbook.find(f"{_M}workbookProtection")
    return {"structure": True} if _is_on(one, "lockStructure") else {}


def _validations(what: Callable[[etree._Element], object]) -> Callable[[Book], Facts]:
    def facts(book: Book) -> Facts:
        found = {}
        for name, one in _all(book, "dataValidation"):
            areas = one.get("sqref") or one.findtext(f"{_XM}sqref") or ""
            for cell in _cells_of(areas):
                if content := what(one):
                    found[name, cell] = content
        return found

    return facts


def _text_of(name: str) -> Callable[[etree._Element], object]:
    return lambda one: " ".join((one.get(name) or "").split())


def _formats(book: Book) -> Facts:
    found: dict[tuple[str, str], int] = {}
    for name, one in _all(book, "conditionalFormatting"):
        rules = sum(1 for _ in one.iter("{*}cfRule"))
        for cell in _cells_of(one.get("sqref") or one.findtext(f"{_XM}sqref") or ""):
            found[name, cell] = found.get((name, cell), 0) + rules
    # As many rules as there were: a number would be let off by one.
    return {place: f"{count} rules" for place, count in found.items()}


def _charts(book: Book) -> Facts:
    return {
        (sheet, number): True
        for sheet, drawing in book.related("drawing")
        for number, (kind, _) in enumerate(sorted(book.relations(drawing).values()))
        if kind == "chart"
    }


def _alt(book: Book) -> Facts:
    return {
        " ".join(one.get("descr", "").split()): True
        for _, drawing in book.related("drawing")
        for one in book.part(drawing).iter("{*}cNvPr")
        if one.get("descr")
    }


def _frozen(book: Book) -> Facts:
    return {
        name: (float(one.get("xSplit", 0)), float(one.get("ySplit", 0)))
        for name, one in _all(book, "pane")
        if one.get("state", "").startswith("frozen")
    }


def _filter(book: Book) -> Facts:
    return {name: one.get("ref") for name, one in _all(book, "autoFilter")}


def _hidden_sheets(book: Book) -> Facts:
    return {
        one.get("name"): True
        for one in book.workbook.iter(f"{_M}sheet")
        if one.get("state", "visible") != "visible"
    }


def _columns(book: Book) -> Iterator[tuple[tuple[str, int], etree._Element]]:
    for name, one in _all(book, "col"):
        for column in range(int(one.get("min", "1")), min(int(one.get("max", "1")), 60) + 1):
            yield (name, column), one


def _hidden_columns(book: Book) -> Facts:
    return {place: True for place, one in _columns(book) if _is_on(one, "hidden")}


def _widths(book: Book) -> Facts:
    return {
        place: float(one.get("width", "0"))
        for place, one in _columns(book)
        if not _is_on(one, "hidden")
    }


def _names(builtin: bool) -> Callable[[Book], Facts]:
    def facts(book: Book) -> Facts:
        found = {}
        for one in book.workbook.iter(f"{_M}definedName"):
            name = one.get("name", "")
            if name.startswith("_xlnm.") is builtin and "FilterDatabase" not in name:
                text = re.sub(r"[$']", "", one.text or "")
                found[name, one.get("localSheetId")] = text
        return found

    return facts


def _properties(book: Book) -> Facts:
    return {
        one.get("name"): [child.text for child in one]
        for one in book.part("docProps/custom.xml")
        if (one.get("name") or "").startswith(PROPERTY_PREFIX)
    }


def _title(book: Book) -> Facts:
    texts = [one.text for one in book.part("docProps/core.xml").iter("{*}title")]
    return {"title": texts[0]} if texts and texts[0] else {}


def _heights(book: Book) -> Facts:
    return {
        (name, one.get("r")): float(one.get("ht", "0"))
        for name, one in _all(book, "row")
        if one.get("ht")
    }


def _growing(book: Book) -> Facts:
    return {
        (name, one.get("r")): True
        for name, one in _all(book, "row")
        if one.get("ht") and not _is_on(one, "customHeight")
    }


def _formulas(book: Book) -> Facts:
    return {(n, c.get("r")): True for n, c in book.cells() if c.find(f"{_M}f") is not None}


def _values(wanted: Callable[[bool], bool]) -> Callable[[Book], Facts]:
    def facts(book: Book) -> Facts:
        formulas = _formulas(book)
        return {
            (name, address): value if isinstance(value, str) else repr(value)
            for name, cells in read_values(book.path).items()
            for place, value in cells.items()
            for address in [address_of(*place)]
            if wanted((name, address) in formulas) and value != ""
        }

    return facts


def _links(book: Book) -> Facts:
    return {(name, one.get("ref")): True for name, one in _all(book, "hyperlink")}


def _fills(book: Book) -> Facts:
    fills = book.styles.findall(f"{_M}fills/{_M}fill")

    def fill(style: str) -> str | None:
        if not book.formats or not fills:
            return None
        color = fills[int(book.formats[int(style)].get("fillId", "0"))].find(
            f"{_M}patternFill/{_M}fgColor"
        )
        return None if color is None else (color.get("rgb") or "")[-6:].upper() or None

    return {(n, c.get("r")): found for n, c in book.cells() if (found := fill(c.get("s", "0")))}


def _print(book: Book) -> Facts:
    return {
        name: (one.get("orientation", "portrait"), one.get("paperSize", "1"))
        for name, one in _all(book, "pageSetup")
    }


FEATURES: Mapping[str, Callable[[Book], Facts]] = {
    "what was typed and printed in cells": _values(lambda formula: not formula),
    "formulas": _formulas,
    "cached values of formulas": _values(lambda formula: formula),
    "protection of sheets": _protected,
    "cells that are open": _open_cells,
    "structure lock": _structure,
    "validations (of the same type)": _validations(lambda one: one.get("type")),
    "prompts": _validations(_text_of("prompt")),
    "stop messages": _validations(_text_of("error")),
    "conditional formats": _formats,
    "fills": _fills,
    "charts": _charts,
    "alt text of charts": _alt,
    "freeze panes": _frozen,
    "filter": _filter,
    "hidden sheets": _hidden_sheets,
    "hidden columns": _hidden_columns,
    "defined names (lists and stamp)": _names(builtin=False),
    "print areas and titles": _names(builtin=True),
    "paper and orientation": _print,
    "custom properties (stamp)": _properties,
    "title of the document": _title,
    "row heights": _heights,
    "rows that grow while one types": _growing,
    "column widths": _widths,
    "links": _links,
}


def kept(before: Facts, after: Facts) -> str:
    """``yes``, ``no``, or how much of it is still there and the same."""

    def same(one: object, other: object) -> bool:
        if isinstance(one, float) and isinstance(other, float):
            return abs(one - other) <= 1
        return one == other

    assert before, "the issued workbook has nothing of this"
    count = sum(1 for place, content in before.items() if same(content, after.get(place)))
    if count in (0, len(before)):
        return "yes" if count else "no"
    return f"{count} of {len(before)}"


class Client(NamedTuple):
    """A program, and how it opens a workbook and saves it again."""

    name: str
    version: Callable[[], str]
    save: Callable[[Path, Path], object]


def _first_number(*command: str) -> str:
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"\d+\.\d+", out.stdout + out.stderr)
    assert found, out
    return found[0]


def _of_package(name: str) -> str:
    return str(json.loads((MODULES / name / "package.json").read_text())["version"])


def clients(office: Office) -> tuple[Client, ...]:
    """Every client that is measured, in the order of the table."""

    def by_way_of_ods(source: Path, target: Path) -> None:
        office.convert(office.convert(source, target.with_suffix(".ods")), target)

    def of_office() -> str:
        return _first_number("soffice", "--version")

    return (
        Client("LibreOffice", of_office, office.convert),
        Client("LibreOffice, as .ods", of_office, by_way_of_ods),
        Client("Gnumeric", lambda: _first_number("ssconvert", "--version"), Gnumeric().convert),
        Client("SheetJS", lambda: _of_package("xlsx"), Library("sheetjs.cjs").save),
        Client("ExcelJS", lambda: _of_package("exceljs"), Library("exceljs.cjs").save),
    )


def measured(client: Client, folder: Path) -> dict[str, str]:
    """What a client keeps of the filled workbook as we issue it, by feature."""
    source, target = folder / "overzicht.xlsx", folder / "terug.xlsx"
    source.write_bytes(base("issued"))
    client.save(source, target)
    before, after = Book(source), Book(target)
    return {name: kept(facts(before), facts(after)) for name, facts in FEATURES.items()}


def table(columns: Mapping[str, Mapping[str, str]]) -> str:
    """The table as Markdown: a row for each feature, a column for each client with version."""
    rows = [["kept of the workbook", *columns], ["---"] * (len(columns) + 1)]
    rows += [[name, *(column[name] for column in columns.values())] for name in FEATURES]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def committed() -> dict[str, dict[str, str]]:
    """The table of the page, by column and feature."""
    text = PAGE.read_text(encoding="utf-8")
    lines = text[text.index(START) + len(START) : text.index(END)].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line]
    head, body = rows[0], rows[2:]
    return {name: {row[0]: row[n] for row in body} for n, name in enumerate(head) if n}


def heading(client: Client) -> str:
    """The heading of a client's column, with its version."""
    return f"{client.name} {client.version()}"


def main() -> int:
    """Write the table anew."""
    columns = {}
    with Office() as office:
        for client in clients(office):
            with tempfile.TemporaryDirectory() as folder:
                columns[heading(client)] = measured(client, Path(folder))
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text[: text.index(START) + len(START)], text[text.index(END) :]
    PAGE.write_text(f"{head}\n{table(columns)}\n{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
