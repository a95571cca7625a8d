"""Drive one LibreOffice for the tests: one JSON command a line in, one JSON answer a line out.

Runs under the system's Python, the only one for which distributions build the ``uno`` module,
so it uses the standard library alone. ``office.py`` starts it; the first argument is the name
of the pipe on which soffice listens. At the end of its input it closes LibreOffice.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

ERRORS = 4
"""The flag of ``com.sun.star.sheet.FormulaResult`` for formulas that end in an error."""

LOGICAL = 1024
"""The flag of ``com.sun.star.util.NumberFormat`` for formats that show yes or no."""

SPARE = "XA1000"
"""A cell that nothing of ours uses."""

ERROR_CODES = {
    511: "Err:511",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    503: "#NUM!",
    521: "#NULL!",
    32767: "#N/A",
}
"""How LibreOffice numbers the errors that Excel knows too; any other reads ``Err:<number>``."""


def prop(name: str, value: object) -> Any:
    """Return one UNO property."""
    made = PropertyValue()
    made.Name = name
    made.Value = value
    return made


class Driver:
    """The commands: every public method is one, its keyword arguments come from the JSON."""

    def __init__(self, pipe: str, patience: float) -> None:
        """Connect to the soffice that listens on ``pipe``, waiting until it is up."""
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        until = time.monotonic() + patience
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        services = context.ServiceManager
        self._desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._dispatcher = services.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )
        self._documents: dict[int, Any] = {}
        self._opened = 0

    # -- documents ---------------------------------------------------------------------------

    def open(self, path: str) -> int:
        """Open a file and return its handle; macros never run, links are never updated.

        Not ``Hidden``, which costs a file its frozen panes, and LibreOffice 7.4 its life when
        somebody types into a protected cell. Headless, nothing is shown anyhow.
        """
        document = self._desktop.loadComponentFromURL(
            Path(path).as_uri(),
            "_blank",
            0,
            (prop("MacroExecutionMode", 0), prop("UpdateDocMode", 0)),
        )
        if document is None:
            raise ValueError(f"LibreOffice cannot open {path}")
        self._opened += 1
        self._documents[self._opened] = document
        return self._opened

    def save(self, document: int, path: str, filter_name: str, options: dict[str, object]) -> None:
        """Store a copy through an export filter; ``options`` are the filter's own.

        But for ``Password``, which every filter knows.
        """
        arguments = [prop("FilterName", filter_name)]
        if "Password" in options:
            arguments.append(prop("Password", options.pop("Password")))
        if options:
            data = tuple(prop(name, value) for name, value in options.items())
            arguments.append(
                prop("FilterData", uno.Any("[]com.sun.star.beans.PropertyValue", data))
            )
        self._documents[document].storeToURL(Path(path).as_uri(), tuple(arguments))

    def close(self, document: int) -> None:
        """Close a document without saving."""
        self._documents.pop(document).close(True)

    # -- sheets ------------------------------------------------------------------------------

    def sheet_names(self, document: int) -> list[str]:
        """Return the names of all sheets, hidden ones too, in their order."""
        return list(self._documents[document].Sheets.ElementNames)

    def rename_sheet(self, document: int, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._sheet(document, sheet).setName(name)

    def is_protected(self, document: int, sheet: str | None) -> bool:
        """Say whether a sheet is protected, or without a sheet the structure."""
        return bool(self._protectable(document, sheet).isProtected())

    def protect(self, document: int, sheet: str | None, password: str) -> None:
        """Protect a sheet, or without a sheet the structure."""
        self._protectable(document, sheet).protect(password)

    def unprotect(self, document: int, sheet: str | None, password: str) -> None:
        """Take the protection of a sheet or of the structure off."""
        self._protectable(document, sheet).unprotect(password)

    def insert_rows(self, document: int, sheet: str, row: int, count: int) -> None:
        """Insert empty rows above ``row`` (counted from 1)."""
        self._sheet(document, sheet).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, document: int, sheet: str, row: int, count: int) -> None:
        """Delete rows from ``row`` (counted from 1) on."""
        self._sheet(document, sheet).Rows.removeByIndex(row - 1, count)

    # -- cells -------------------------------------------------------------------------------

    def type_text(self, document: int, sheet: str, cell: str, text: str) -> bool:
        """Type into a cell as a person does; return whether the cell could be reached."""
        frame = self._documents[document].CurrentController
        target = self._sheet(document, sheet)
        frame.setActiveSheet(target)
        column, row = self._address(target, cell)
        self._dispatch(frame, ".uno:GoToCell", prop("ToPoint", cell))
        here = self._documents[document].CurrentSelection.RangeAddress
        if (here.StartColumn, here.StartRow) != (column, row):
            return False
        self._dispatch(frame, ".uno:EnterString", prop("StringName", text))
        return True

    def row_height(self, document: int, sheet: str, row: int) -> int:
        """Return the height of a row (counted from 1), in hundredths of a millimetre."""
        return int(self._sheet(document, sheet).Rows.getByIndex(row - 1).Height)

    def link(self, document: int, sheet: str, cell: str) -> str:
        """Return where the link in a cell leads to: a written one, or that of HYPERLINK."""
        target = self._sheet(document, sheet).getCellRangeByName(cell)
        fields = target.getTextFields().createEnumeration()
        if fields.hasMoreElements():
            return str(fields.nextElement().URL)
        # A link that is worked out is an array: what is shown, and where it leads to.
        spare = self._sheet(document, sheet).getCellRangeByName(SPARE)
        spare.setFormula(f"=INDEX({target.getFormula()[1:]};2)")
        found = str(spare.getString())
        spare.setFormula("")
        return found

    def follow(self, document: int, sheet: str, cell: str) -> list[str]:
        """Open the link in a cell as a click does; return the sheet and address that one is at."""
        frame = self._documents[document].CurrentController
        frame.setActiveSheet(self._sheet(document, sheet))
        self._dispatch(frame, ".uno:GoToCell", prop("ToPoint", cell))
        target = self.link(document, sheet, cell)
        source = (prop("URL", target), prop("Referer", "private:user"))
        self._dispatch(frame, ".uno:Open", *source)
        place = self._documents[document].CurrentSelection.AbsoluteName
        return [part.strip("'") for part in place.replace("$", "").split(".")]

    def put(self, document: int, sheet: str, cell: str, kind: str, value: Any) -> None:
        """Put content into a cell past its protection, as a paste by a macro would."""
        target = self._sheet(document, sheet).getCellRangeByName(cell)
        if kind == "text":
            target.setString(value)
        elif kind == "number":
            target.setValue(value)
        else:
            target.setFormula(value)

    def calculate_all(self, document: int) -> None:
        """Recalculate every formula, whatever the file said."""
        self._documents[document].calculateAll()

    def read(self, document: int, sheet: str, cells: str) -> list[list[Any]]:
        """Return the values of a range.

        Each is null, a text, a number, ``{"bool": …}`` or ``{"error": …}``.
        """
        target = self._sheet(document, sheet)
        area = target.getCellRangeByName(cells)
        origin = area.RangeAddress
        formulas = area.getFormulaArray()
        grid: list[list[Any]] = [
            [
                None if value == "" and not formula else value
                for value, formula in zip(*pair, strict=True)
            ]
            for pair in zip(area.getDataArray(), formulas, strict=True)
        ]
        for found in area.queryFormulaCells(ERRORS).RangeAddresses:
            for row in range(found.StartRow, found.EndRow + 1):
                for column in range(found.StartColumn, found.EndColumn + 1):
                    number = target.getCellByPosition(column, row).getError()
                    name = ERROR_CODES.get(number, f"Err:{number}")
                    grid[row - origin.StartRow][column - origin.StartColumn] = {"error": name}
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                if value in (0.0, 1.0) and self._is_logical(document, area, column, row):
                    values[column] = {"bool": bool(value)}
        return grid

    def shown(self, document: int, sheet: str, cell: str) -> str:
        """Return what a person sees in a cell."""
        return str(self._sheet(document, sheet).getCellRangeByName(cell).getString())

    def formula(self, document: int, sheet: str, cell: str) -> str:
        """Return what stands in the formula bar, in English."""
        return str(self._sheet(document, sheet).getCellRangeByName(cell).getFormula())

    # -- helpers -----------------------------------------------------------------------------

    def _sheet(self, document: int, sheet: str) -> Any:
        return self._documents[document].Sheets.getByName(sheet)

    def _protectable(self, document: int, sheet: str | None) -> Any:
        return self._documents[document] if sheet is None else self._sheet(document, sheet)

    def _dispatch(self, frame: Any, command: str, *arguments: Any) -> None:
        self._dispatcher.executeDispatch(frame.Frame, command, "", 0, arguments)

    @staticmethod
    def _address(sheet: Any, cell: str) -> tuple[int, int]:
        address = sheet.getCellRangeByName(cell).RangeAddress
        return address.StartColumn, address.StartRow

    def _is_logical(self, document: int, area: Any, column: int, row: int) -> bool:
        cell = area.getCellByPosition(column, row)
        formats = self._documents[document].NumberFormats
        if formats.getByKey(cell.NumberFormat).Type & LOGICAL:
            return True
        # A formula in the standard format carries its type unseen; only its text tells.
        return bool(cell.getFormula().startswith("=")) and not cell.getString()[:1].isdigit()

    def stop(self) -> None:
        """Close LibreOffice, whatever is still open in it."""
        # It may be gone already, or go while it is asked to.
        with contextlib.suppress(Exception):
            for document in self._documents.values():
                document.close(True)
            self._desktop.terminate()


def main() -> None:
    """Answer commands until the input ends, then close LibreOffice."""
    driver = Driver(sys.argv[1], float(sys.argv[2]))
    answer({"ok": "ready"})
    for line in sys.stdin:
        request = json.loads(line)
        command = request.pop("do")
        try:
            answer({"ok": getattr(driver, command)(**request)})
        except Exception as problem:  # whatever UNO raises belongs to the test that asked
            answer({"error": f"{type(problem).__name__}: {problem}"})
    driver.stop()


def answer(content: dict[str, object]) -> None:
    """Write one answer."""
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
