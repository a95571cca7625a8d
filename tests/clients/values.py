"""What a spreadsheet program made of a workbook: values by sheet and cell, one form for all.

The reader here shares no line with the one in ``normtemplates``: it reads what LibreOffice and
Gnumeric saved, and a fault in ours must not hide in it. It trusts its input.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True)
class CellError:
    """An error value such as ``#N/A``; a text that merely looks like one stays a ``str``."""

    code: str


DIGITS = 15
"""Excel and LibreOffice write numbers with 15 significant digits, others with 17."""

Value = str | float | bool | CellError | None
"""Every number is a float, also a date; ``None`` is a cell without content."""

Cells = Mapping[tuple[int, int], Value]
"""(row, column), both counted from 1; cells without content are left out."""

Sheets = Mapping[str, Cells]
"""The cells by the name of their sheet."""


def at(cells: Cells, address: str) -> Value:
    """Return the value at an address such as ``B7``."""
    return cells.get(position(address))


def settled(number: float) -> float:
    """Round to the digits that every program keeps, so that two of them can be compared."""
    return float(f"{number:.{DIGITS}g}")


def position(address: str) -> tuple[int, int]:
    """Turn ``B7`` into (7, 2)."""
    column = 0
    for index, character in enumerate(address):
        if character.isdigit():
            return int(address[index:]), column
        column = column * 26 + ord(character) - 64
    raise ValueError(f"no row in {address!r}")


def address_of(row: int, column: int) -> str:
    """Turn (7, 2) into ``B7``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_values(path: Path) -> Sheets:
    """Read the values that an .xlsx carries; nothing is calculated."""
    with zipfile.ZipFile(path) as package:
        strings = _shared_strings(package)
        return {name: _cells(package, part, strings) for name, part in _worksheets(package).items()}


def _worksheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by name, in the order of the workbook."""
    root = _relations(package, "_rels/.rels")
    workbook = next(target for kind, target in root.values() if kind.endswith("/officeDocument"))
    book = PurePosixPath(workbook)
    parts = _relations(package, f"{book.parent}/_rels/{book.name}.rels")
    tree = ET.fromstring(package.read(workbook))
    return {
        sheet.attrib["name"]: str(_resolved(book.parent, parts[sheet.attrib[f"{OFFICE}id"]][1]))
        for sheet in tree.iter(f"{MAIN}sheet")
    }


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Type and target of each relationship, by its id."""
    return {
        relation.attrib["Id"]: (relation.attrib["Type"], relation.attrib["Target"].lstrip("/"))
        for relation in ET.fromstring(package.read(part)).iter(f"{PACKAGE}Relationship")
    }


def _resolved(folder: PurePosixPath, target: str) -> PurePosixPath:
    path = PurePosixPath(target)
    return path if path.parts[0] == folder.parts[0] else folder / path


def _shared_strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    tree = ET.fromstring(package.read("xl/sharedStrings.xml"))
    return [_text(item) for item in tree.findall(f"{MAIN}si")]


def _text(item: ET.Element) -> str:
    """The text of a shared or inline string, rich or plain, without phonetic runs."""
    runs = [*item.findall(f"{MAIN}t"), *item.findall(f"{MAIN}r/{MAIN}t")]
    return _unescaped("".join(run.text or "" for run in runs))


def _unescaped(text: str) -> str:
    """Undo ``_x000D_``, the way in which the format writes what XML cannot hold."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _cells(package: zipfile.ZipFile, part: str, strings: list[str]) -> Cells:
    cells: dict[tuple[int, int], Value] = {}
    with package.open(part) as stream:
        for _, element in ET.iterparse(stream):
            if element.tag == f"{MAIN}c":
                value = _value(element, strings)
                if value is not None:
                    cells[position(element.attrib["r"])] = value
            elif element.tag == f"{MAIN}row":
                element.clear()
    return cells


def _value(cell: ET.Element, strings: list[str]) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return "" if inline is None else _text(inline)
    found = cell.find(f"{MAIN}v")
    if kind == "str" and (found is not None or cell.find(f"{MAIN}f") is not None):
        return _unescaped((found.text if found is not None else None) or "")
    if found is None or found.text is None:
        return None
    if kind == "s":
        return strings[int(found.text)]
    if kind == "b":
        return found.text in ("1", "true")
    if kind == "e":
        return CellError(found.text)
    return settled(float(found.text))
