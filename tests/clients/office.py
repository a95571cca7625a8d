"""LibreOffice, as a person and as a converter would use it.

One soffice listens for a whole test session; ``uno_driver.py`` talks to it under the system's
Python. A command that takes too long, or a LibreOffice that dies, raises :class:`OfficeCrashError`
in the test that met it; the next :meth:`Office.open` starts afresh.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.clients.values import CellError, Sheets, Value, read_values, settled

SYSTEM_PYTHON = Path("/usr/bin/python3")
"""Distributions build ``uno`` for their own Python alone."""

FILTERS = {
    (".xlsx", "calc"): "Calc MS Excel 2007 XML",
    (".xls", "calc"): "MS Excel 97",
    (".ods", "calc"): "calc8",
    (".pdf", "calc"): "calc_pdf_Export",
    (".docx", "writer"): "MS Word 2007 XML",
    (".odt", "writer"): "writer8",
    (".pdf", "writer"): "writer_pdf_Export",
}
"""The export filter by the suffix of the target and the kind of document."""

KINDS = {".docx": "writer", ".odt": "writer", ".doc": "writer"}
"""What is no text document is a spreadsheet."""

START_SECONDS = 60.0
CALL_SECONDS = 120.0

_numbers = itertools.count(1)


class OfficeError(Exception):
    """LibreOffice refused a command."""


class OfficeCrashError(OfficeError):
    """LibreOffice died or did not answer in time; it has been cleared away."""


def missing() -> str | None:
    """Say what is missing to run LibreOffice, or ``None``."""
    if shutil.which("soffice") is None:
        return "soffice is not installed (apt-get install libreoffice-calc libreoffice-writer)"
    if not SYSTEM_PYTHON.exists():
        return f"{SYSTEM_PYTHON} is not there"
    if subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode:
        return f"{SYSTEM_PYTHON} has no uno (apt-get install python3-uno)"
    return None


class Office:
    """One LibreOffice with a profile of its own; a context manager."""

    def __init__(self, *, locale: str = "nl-NL") -> None:
        """Prepare a LibreOffice whose user types dates and numbers as ``locale`` does."""
        self._locale = locale
        self._folder = Path(tempfile.mkdtemp(prefix="office-"))
        self._soffice: subprocess.Popen[bytes] | None = None
        self._driver: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self.starts = 0

    def __enter__(self) -> Self:
        """Leave the start to the first document."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close LibreOffice and remove its profile."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -- documents -----------------------------------------------------------------------------

    @contextlib.contextmanager
    def open(self, path: Path) -> Iterator[Document]:
        """Open a copy of a file for the length of a ``with`` block.

        The file itself never changes, and a crash leaves no lock beside it.
        ``hidden=False`` keeps what belongs to a window: a file that was loaded hidden loses its
        frozen panes when it is saved.
        """
        self._start()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            copy = shutil.copy(path, folder)
            handle = self.call("open", path=copy)
            try:
                yield Document(self, handle, KINDS.get(path.suffix.lower(), "calc"))
            finally:
                if self._running():
                    self.call("close", document=handle)

    def convert(
        self, source: Path, target: Path, options: Mapping[str, object] | None = None
    ) -> Path:
        """Save ``source`` as ``target``; the suffix says which format."""
        with self.open(source) as document:
            return document.save(target, options)

    def recalculate(self, path: Path) -> Sheets:
        """Return every value of a workbook after a full recalculation."""
        with self.open(path) as document:
            document.calculate_all()
            return document.values()

    # -- the process ---------------------------------------------------------------------------

    def call(self, command: str, *, seconds: float = CALL_SECONDS, **arguments: object) -> Any:
        """Send one command of ``uno_driver.py`` and return its answer."""
        if self._driver is None or self._driver.stdin is None:
            raise OfficeCrashError("LibreOffice is not running")
        try:
            self._driver.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
            self._driver.stdin.flush()
        except OSError as problem:
            self._kill()
            raise OfficeCrashError(f"LibreOffice is gone before {command!r}") from problem
        return self._answer(command, seconds)

    def _answer(self, command: str, seconds: float) -> Any:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._kill()
            raise OfficeCrashError(f"no answer to {command!r} within {seconds:g} s") from None
        if not line:
            self._kill()
            raise OfficeCrashError(f"LibreOffice died at {command!r}; see its output")
        answer = json.loads(line)
        if "error" not in answer:
            return answer["ok"]
        if self._died():
            self._kill()
            raise OfficeCrashError(f"LibreOffice died at {command!r}: {answer['error']}")
        raise OfficeError(f"{command}: {answer['error']}")

    def _died(self) -> bool:
        """Say whether an error means that LibreOffice is gone; its end may take a moment."""
        if self._soffice is None:
            return True
        try:
            self._soffice.wait(0.2)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _start(self) -> None:
        """Start soffice and its driver, unless they run."""
        if self._running():
            return
        self._kill()
        profile = self._folder / f"profile-{next(_numbers)}"
        self._write_settings(profile)
        pipe = f"normtemplates-{os.getpid()}-{next(_numbers)}"
        self._soffice = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--invisible",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                f"-env:UserInstallation={profile.as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        script = Path(__file__).with_name("uno_driver.py")
        self._driver = subprocess.Popen(
            [SYSTEM_PYTHON, "-I", script, pipe, str(START_SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._answers = queue.Queue()
        threading.Thread(
            target=_pump, args=(self._driver.stdout, self._answers), daemon=True
        ).start()
        self._answer("start", START_SECONDS)
        self.starts += 1

    def _running(self) -> bool:
        return (
            self._driver is not None
            and self._driver.poll() is None
            and self._driver.stdin is not None
            and not self._driver.stdin.closed
            and self._soffice is not None
            and self._soffice.poll() is None
        )

    def _write_settings(self, profile: Path) -> None:
        """Lay down the user's locale and switch off what asks questions."""
        settings = (
            ("Setup/L10N", "ooSetupSystemLocale", self._locale),
            ("Office.Common/Misc", "FirstRun", "false"),
            ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
            ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
        )
        items = "".join(
            f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
            f"<value>{value}</value></prop></item>"
            for path, name, value in settings
        )
        folder = profile / "user"
        folder.mkdir(parents=True)
        (folder / "registrymodifications.xcu").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
            encoding="utf-8",
        )

    def stop(self) -> None:
        """Close LibreOffice in good order; kill what does not go by itself."""
        if self._driver is not None and self._driver.stdin is not None:
            with contextlib.suppress(OSError):
                self._driver.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._driver.wait(10)
        if self._soffice is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._soffice.wait(10)
        self._kill()

    def process_groups(self) -> tuple[int, int]:
        """The process groups of the driver and of soffice, for tests of the harness."""
        if self._driver is None or self._soffice is None:
            raise OfficeCrashError("LibreOffice is not running")
        return self._driver.pid, self._soffice.pid

    def abandon(self) -> None:
        """Close the driver's input and no more, as the end of this process would do."""
        if self._driver is not None and self._driver.stdin is not None:
            self._driver.stdin.close()

    def reap(self) -> None:
        """Collect what has ended by itself."""
        for process in (self._driver, self._soffice):
            if process is not None:
                process.poll()

    def _kill(self) -> None:
        """End both processes with all their children and collect them."""
        for process in (self._driver, self._soffice):
            if process is not None:
                _end_group(process)
        if self._driver is not None:
            for stream in (self._driver.stdin, self._driver.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
        self._driver = self._soffice = None


def _end_group(leader: subprocess.Popen[Any]) -> None:
    """Kill a process with its children, and wait a moment for init to collect those."""
    until = time.monotonic() + 1
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
        leader.wait()
        while time.monotonic() < until:
            os.killpg(leader.pid, 0)
            time.sleep(0.01)
    leader.wait()


def _pump(stream: Any, answers: queue.Queue[str]) -> None:
    """Hand on the driver's lines; an empty one says that it ended."""
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            answers.put(line)
    answers.put("")


class Document:
    """One open document. Addresses are as a person writes them: ``Overzicht``, ``C7``."""

    def __init__(self, office: Office, handle: int, kind: str) -> None:
        """Stand for the open document ``handle``."""
        self._office = office
        self.handle = handle
        self._kind = kind

    def _call(self, command: str, **arguments: Any) -> Any:
        return self._office.call(command, document=self.handle, **arguments)

    def save(self, target: Path, options: Mapping[str, object] | None = None) -> Path:
        """Save a copy; the suffix of ``target`` says in which format."""
        name = FILTERS[target.suffix.lower(), self._kind]
        path = str(target.resolve())
        self._call("save", path=path, filter_name=name, options=dict(options or {}))
        return target

    def sheet_names(self) -> list[str]:
        """Return the names of all sheets, hidden ones too."""
        names: list[str] = self._call("sheet_names")
        return names

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._call("rename_sheet", sheet=sheet, name=name)

    def is_protected(self, sheet: str | None = None) -> bool:
        """Say whether a sheet is protected; without a sheet, whether the structure is."""
        return bool(self._call("is_protected", sheet=sheet))

    def protect(self, sheet: str | None = None, password: str = "") -> None:
        """Protect a sheet; without a sheet, the structure."""
        self._call("protect", sheet=sheet, password=password)

    def unprotect(self, sheet: str | None = None, password: str = "") -> None:
        """Take the protection off a sheet or off the structure."""
        self._call("unprotect", sheet=sheet, password=password)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert empty rows above ``row``."""
        self._call("insert_rows", sheet=sheet, row=row, count=count)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Delete rows from ``row`` on."""
        self._call("delete_rows", sheet=sheet, row=row, count=count)

    def type(self, sheet: str, cell: str, text: str) -> bool:
        """Type into a cell as a person does and say whether its content is another now.

        Protection counts; a validation does not, as with a paste. What looks like a number or a
        date in the user's locale becomes one, a leading ``=`` makes a formula. Typing what
        already stands there changes nothing.
        """
        before = self.formula(sheet, cell)
        if not self._call("type_text", sheet=sheet, cell=cell, text=text):
            return False
        return self.formula(sheet, cell) != before

    def row_height(self, sheet: str, row: int) -> int:
        """Give the height of a row, in hundredths of a millimetre."""
        return int(self._call("row_height", sheet=sheet, row=row))

    def follow(self, sheet: str, cell: str) -> tuple[str, str]:
        """Follow the link in a cell as a click does; give the sheet and cell where one is then."""
        name, place = self._call("follow", sheet=sheet, cell=cell)
        return name, place

    def put_text(self, sheet: str, cell: str, text: str) -> None:
        """Put text into a cell past its protection, never taken for a number or a formula."""
        self._call("put", sheet=sheet, cell=cell, kind="text", value=text)

    def put_number(self, sheet: str, cell: str, number: float) -> None:
        """Put a number into a cell past its protection."""
        self._call("put", sheet=sheet, cell=cell, kind="number", value=number)

    def put_formula(self, sheet: str, cell: str, formula: str) -> None:
        """Put a formula in English (``=SUM(A1;A2)``, with semicolons) past the protection."""
        self._call("put", sheet=sheet, cell=cell, kind="formula", value=formula)

    def calculate_all(self) -> None:
        """Recalculate every formula: opening a file does not."""
        self._call("calculate_all")

    def values(self) -> Sheets:
        """Return every value of every sheet, as it stands now.

        Goes through a saved copy: a call for each cell takes a hundred times as long.
        """
        with tempfile.TemporaryDirectory(prefix="office-values-") as folder:
            return read_values(self.save(Path(folder) / "values.xlsx"))

    def read(self, sheet: str, cells: str) -> list[list[Value]]:
        """Return the values of a small range, by row."""
        grid = self._call("read", sheet=sheet, cells=cells)
        return [[_value(value) for value in row] for row in grid]

    def value(self, sheet: str, cell: str) -> Value:
        """Return the value of one cell."""
        return self.read(sheet, cell)[0][0]

    def shown(self, sheet: str, cell: str) -> str:
        """Return what a person sees in a cell."""
        return str(self._call("shown", sheet=sheet, cell=cell))

    def formula(self, sheet: str, cell: str) -> str:
        """Return what stands in the formula bar: the formula in English, or the content."""
        return str(self._call("formula", sheet=sheet, cell=cell))


def _value(raw: Any) -> Value:
    if isinstance(raw, dict):
        return CellError(raw["error"]) if "error" in raw else bool(raw["bool"])
    return raw if raw is None or isinstance(raw, str) else settled(raw)
