"""Workbooks in another format than .xlsx, for their values only: .ods, .xls and .xlsb.

python-calamine reads them. It ends its process on some hostile files, so call
:func:`read_other` in a worker only (:mod:`normtemplates.jobs.isolate`). What it gives is a
submission with the trouble of its format that is not fatal: protection, validations, formulas
and names were not read, and the rules about those keep silent.

python-calamine gives an error value as an empty cell; where they stand in an .ods or .xls is read
apart. Known to be lost: error values of an .xlsb, and those of an .ods that another program than
LibreOffice wrote; and a .xls or .xlsb shows a number without a date format as it is, also when its
days count from 1904.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from normtemplates.excel._errors import Errors, errors_in_ods, errors_in_xls
from normtemplates.excel._purse import Purse
from normtemplates.excel.reader import read_bytes
from normtemplates.model.submission import Area, Cell, CellKind, Sheet, Submission, Trouble
from normtemplates.package import TroubleError, compound
from normtemplates.package.archive import MAX_FILE_SIZE, members

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    Typed = int | float | str | bool | time | date | datetime | timedelta

FORMATS: Final = frozenset({"ods", "old-excel", "binary-excel"})
"""The kinds of trouble that say that :func:`read_other` may read the file."""

MAX_GRID: Final = 2_000_000
"""Cells of a sheet from A1 to its last one, empty ones included: each costs memory."""

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell knows no time zone; day 0 of the 1900 system, from March 1900 on
_DAY: Final = timedelta(days=1)
_EXACT: Final = 2**53  # from here on a float holds no odd whole numbers


def other_format(submission: Submission) -> Trouble | None:
    """Give the trouble that kept the ordinary reader from a file that :func:`read_other` reads."""
    return next((one for one in submission.troubles if one.fatal and one.kind in FORMATS), None)


def read_other(path: Path) -> Submission:
    """Read a workbook in any format; .xlsx as :func:`~normtemplates.excel.reader.read_workbook`.

    A file that python-calamine cannot read keeps the fatal trouble of its format: it may be
    sound all the same, and the advice to save it as .xlsx holds.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)
    refused = read_bytes(path.name, data)
    trouble = other_format(refused)
    if trouble is None:
        return refused
    try:
        return _read(path.name, data, trouble)
    except TroubleError as found:
        return Submission(path.name, troubles=(found.trouble,))


def _read(name: str, data: bytes, trouble: Trouble) -> Submission:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if len(data) > MAX_FILE_SIZE:
        raise TroubleError("limits", "Het bestand is te groot.")
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = tuple(_sheets(book, _errors(data, trouble.kind)))
    except PasswordError:
        raise TroubleError("password", "Dit bestand is beveiligd met een wachtwoord.") from None
    except (CalamineError, OSError, ValueError, OverflowError):  # all that it says of a file
        return Submission(name, troubles=(trouble,))
    troubles = (evolve(trouble, fatal=False), *_macros(data, trouble.kind))
    return Submission(name, sheets, troubles=troubles)


def _errors(data: bytes, kind: str) -> Errors:
    if kind == "ods":
        return errors_in_ods(data)
    return errors_in_xls(data) if kind == "old-excel" else {}


def _sheets(book: CalamineWorkbook, errors: Errors) -> Iterator[Sheet]:
    """Read all sheets, hidden ones too.

    Raises:
        TroubleError: there is too much in them.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    states = (  # these do not hash
        (SheetVisibleEnum.Visible, "visible"),
        (SheetVisibleEnum.Hidden, "hidden"),
        (SheetVisibleEnum.VeryHidden, "veryHidden"),
    )
    purse = Purse()
    for index, entry in enumerate(book.sheets_metadata):
        state = next(word for kind, word in states if entry.visible == kind)
        if entry.typ != SheetTypeEnum.WorkSheet:
            yield Sheet(entry.name, state, {}, False)
            continue
        sheet = book.get_sheet_by_index(index)
        merges = sheet.merged_cell_ranges or []
        purse.areas(len(merges))
        yield Sheet(
            entry.name,
            state,
            {**_cells(sheet, purse), **_wrong(errors.get(index, {}), purse)},
            False,
            merges=tuple(
                Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in merges
            ),
        )


def _wrong(errors: Mapping[tuple[int, int], str], purse: Purse) -> dict[tuple[int, int], Cell]:
    """Give the cells with an error value.

    Raises:
        TroubleError: there are too many.
    """
    purse.cells(len(errors))
    return {place: Cell(*place, CellKind.ERROR, code, None, True) for place, code in errors.items()}


def _cells(sheet: CalamineSheet, purse: Purse) -> dict[tuple[int, int], Cell]:
    """Give the cells that hold something.

    Raises:
        TroubleError: there are too many.
    """
    if sheet.end is None:
        return {}
    last_row, last_column = sheet.end
    if (last_row + 1) * (last_column + 1) > MAX_GRID:
        raise TroubleError("limits", "Het bestand bevat te veel cellen.")
    found: dict[tuple[int, int], Cell] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        here = [(column, value) for column, value in enumerate(values, start=1) if value != ""]
        purse.cells(len(here))
        for column, value in here:
            kind, text = kind_and_text(value)
            if kind is CellKind.TEXT:
                purse.text(len(text))
            found[row, column] = Cell(row, column, kind, text, None, True)
    return found


def kind_and_text(value: Typed) -> tuple[CellKind, str]:
    """Give a value of python-calamine as a cell has it; a date is a day number from 1900."""
    if isinstance(value, str):
        return CellKind.TEXT, value
    if isinstance(value, bool):
        return CellKind.BOOLEAN, "1" if value else "0"
    number: float
    if isinstance(value, datetime):
        number = (value.replace(tzinfo=None) - _EPOCH) / _DAY
    elif isinstance(value, date):
        number = (value - _EPOCH.date()).days
    elif isinstance(value, time):
        number = (datetime.combine(_EPOCH, value.replace(tzinfo=None)) - _EPOCH) / _DAY
    elif isinstance(value, timedelta):
        number = value / _DAY
    else:
        number = value
    if not isfinite(number):  # a .xls can hold the bits of one
        return CellKind.ERROR, "#NUM!"
    whole = abs(number) < _EXACT and number == int(number)
    return CellKind.NUMBER, str(int(number)) if whole else repr(float(number))


def _macros(data: bytes, kind: str) -> list[Trouble]:
    """Tell of macros, from the names of what the file is made of.

    Raises:
        TroubleError: the zip is no good; it was looked at before.
    """
    if kind == "old-excel":
        there = bool({"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"} & compound.names(data))
    else:
        names = [name.casefold() for name in members(data)]
        there = any(n.endswith("vbaproject.bin") or n.startswith(_ODS_MACROS) for n in names)
    return [Trouble("macros", "Dit bestand bevat macro’s.", fatal=False)] if there else []


_ODS_MACROS: Final = ("basic/", "scripts/")
