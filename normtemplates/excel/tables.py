"""Tables that the operator brings: a CSV or an .xlsx with a header row.

What a cell says is kept as text, as the person sees it: ``007`` stays ``007`` and the number 12
is ``12``. What cannot be taken for what it shows, such as a formula, is told with its place.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Trouble

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as OpenCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

#: What is wrong with one cell.
CellProblem = Literal["formula", "error", "truth"]

_MOST_ROWS: Final = 10_000
_ZEROS = re.compile(r"0+")


@frozen
class TableCell:
    """One cell: where it stands, as a person says it, and what it says.

    ``day`` is the date in a cell that Excel has as one. ``problem`` says why ``text`` cannot be
    taken, ``None`` when it can.
    """

    where: str
    text: str = ""
    day: date | None = None
    problem: CellProblem | None = None


@frozen
class TableRow:
    """One row under the headers: where it stands, and its cells in the order of the headers."""

    where: str
    cells: tuple[TableCell, ...]


@frozen
class Table:
    """A header row and the rows under it; rows without anything in them are left out.

    ``headers`` are as they stand in the file, with their places; empty ones lie between others.
    """

    headers: tuple[TableCell, ...] = ()
    rows: tuple[TableRow, ...] = field(default=(), repr=False)


class TableError(Exception):
    """No table could be read; ``trouble`` is what is wrong with the file, ``None`` for a CSV."""

    def __init__(self, trouble: Trouble | None = None) -> None:
        """Take the trouble that the package has, if that is it."""
        super().__init__(trouble)
        self.trouble = trouble


def read_csv(data: bytes) -> Table:
    """Read a CSV as a Dutch Excel writes it, or with commas or tabs.

    UTF-8, with a byte order mark or without, UTF-16 with one, and else Windows-1252. Raises
    :class:`TableError` when it is no text.
    """
    text = _decoded(data)
    delimiter = _delimiter(text)
    if text.lower().startswith("sep="):  # a line for Excel alone
        text = "\n" + text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for values in reader:
            lines.append((before + 1, values))
            before = reader.line_num
            if len(lines) > _MOST_ROWS:
                raise TableError
    except csv.Error as error:
        raise TableError from error
    filled = [(line, values) for line, values in lines if any(v.strip() for v in values)]
    if not filled:
        return Table()
    (first, names), *rest = filled
    width = max(len(values) for _, values in filled)
    return Table(
        tuple(_cells_of_line(first, names, width)),
        tuple(
            TableRow(f"regel {line}", tuple(_cells_of_line(line, values, width)))
            for line, values in rest
        ),
    )


def read_xlsx(name: str, data: bytes) -> Table:
    """Read the first sheet with something on it of an .xlsx.

    The file goes through the same gate as a workbook that came back; raises :class:`TableError`
    when it is not let through.
    """
    submission = read_bytes(name, data)
    if submission.fatal:
        raise TableError(next(t for t in submission.troubles if t.fatal))
    from openpyxl import load_workbook  # slow to import, and only wanted here

    book = load_workbook(io.BytesIO(data))
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and (table := _table(sheet)).headers:
                return table
    finally:
        book.close()
    return Table()


def _decoded(data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError


def _delimiter(text: str) -> str:
    """Give what divides the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) > 4:
        return first[4]
    return max(";\t,", key=first.count)


def _cells_of_line(line: int, values: Sequence[str], width: int) -> Iterator[TableCell]:
    for column in range(width):
        text = values[column] if column < len(values) else ""
        yield TableCell(f"regel {line}, kolom {column + 1}", text.strip())


def _table(sheet: Worksheet) -> Table:
    rows = [
        TableRow(f"blad {sheet.title}, rij {number}", tuple(_cell_of(sheet, one) for one in cells))
        for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1)
        if any(one.value not in (None, "") for one in cells)
    ]
    return Table(rows[0].cells, tuple(rows[1:])) if rows else Table()


def _cell_of(sheet: Worksheet, cell: OpenCell | MergedCell) -> TableCell:
    where = f"blad {sheet.title}, vak {cell.coordinate}"
    value = cell.value
    if value is None:
        return TableCell(where)
    if cell.data_type == "f":
        return TableCell(where, str(value), problem="formula")
    if cell.data_type == "e":
        return TableCell(where, str(value), problem="error")
    if isinstance(value, bool):
        return TableCell(where, str(value), problem="truth")
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return TableCell(where, day.isoformat(), day)
    if isinstance(value, int | float):
        return TableCell(where, _number(value, cell.number_format or ""))
    return TableCell(where, str(value).strip())


def _number(value: float, format_: str) -> str:
    """Give a number as its cell shows it, as far as that can be told."""
    if float(value).is_integer():
        whole = str(int(value))
        return whole.zfill(len(format_)) if _ZEROS.fullmatch(format_) else whole
    return repr(value).replace(".", ",")
