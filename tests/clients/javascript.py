"""SheetJS, ExcelJS and HyperFormula: the libraries in which web applications handle workbooks.

``scripts/test`` installs them under ``.cache/npm`` from the lock file in this folder; the scripts
in ``node/`` run them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.clients.values import CellError, Sheets, Value, settled

SECONDS = 240.0
MODULES = Path(__file__).parents[2] / ".cache" / "npm" / "node_modules"
SCRIPTS = Path(__file__).with_name("node")

Typed = tuple[str, str, str | int]
"""Sheet, address, and what is typed there: a text, or the number of a day."""


class JavaScriptError(Exception):
    """A library refused a file or did not end in time."""


def missing(package: str) -> str | None:
    """Say what is missing to run a library, or ``None``."""
    if shutil.which("node") is None:
        return "node is not installed (apt-get install nodejs npm)"
    if not (MODULES / package).is_dir():
        return f"{package} is not installed (scripts/test does)"
    return None


class Library:
    """A library that opens a workbook and saves what it understood of it."""

    def __init__(self, script: str) -> None:
        """Stand for the library that ``script`` of the folder ``node`` drives."""
        self._script = script

    def save(self, source: Path, target: Path, typed: Iterable[Typed] = ()) -> Path:
        """Open ``source``, enter what is ``typed``, and save as ``target``."""
        cells = [
            (sheet, cell, value if isinstance(value, str) else {"day": value})
            for sheet, cell, value in typed
        ]
        _run(self._script, str(source), str(target), given=json.dumps(cells))
        if not target.exists():
            raise JavaScriptError(f"{self._script} wrote no {target.name}")
        return target


class HyperFormula:
    """The fourth engine; keeps nothing between two calls."""

    def recalculate(self, path: Path) -> Sheets:
        """Return every value of a workbook after a recalculation."""
        found = json.loads(_run("hyperformula.cjs", str(path)))
        return {
            name: {(row, column): _value(value) for row, column, value in cells}
            for name, cells in found.items()
        }


def _value(raw: Any) -> Value:
    if isinstance(raw, dict):
        return CellError(raw["error"])
    return raw if isinstance(raw, bool | str) else settled(float(raw))


def _run(script: str, *arguments: str, given: str = "") -> str:
    """Run a script under Node and give what it wrote."""
    environment = {**os.environ, "NODE_PATH": str(MODULES), "TZ": "UTC"}
    try:
        done = subprocess.run(
            ["node", str(SCRIPTS / script), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=given,
            timeout=SECONDS,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise JavaScriptError(f"no end within {SECONDS:g} s: {script}") from None
    if done.returncode:
        raise JavaScriptError(f"{script}: exit {done.returncode}\n{done.stderr}")
    return done.stdout
