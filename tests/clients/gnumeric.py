"""Gnumeric, through ssconvert."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.clients.values import Sheets, read_values

SECONDS = 120.0


class GnumericError(Exception):
    """ssconvert failed."""


def missing() -> str | None:
    """Say what is missing to run Gnumeric, or ``None``."""
    if shutil.which("ssconvert") is None:
        return "ssconvert is not installed (apt-get install gnumeric)"
    return None


class Gnumeric:
    """What Gnumeric can do for a test; keeps nothing between two calls."""

    def convert(
        self,
        source: Path,
        target: Path,
        *,
        recalculate: bool = False,
        cells: Mapping[str, str] | None = None,
    ) -> Path:
        """Save ``source`` in the format that the suffix of ``target`` says.

        Gnumeric keeps the values that the file carries unless ``recalculate`` is set. ``cells`` are
        entered first, as if typed, by address (``Sheet1!B2``, or ``B2`` on the first sheet).
        """
        command = ["ssconvert"]
        command += ["--recalc"] if recalculate else []
        command += [f"--set={address}={text}" for address, text in (cells or {}).items()]
        _run([*command, str(source), str(target)])
        if not target.exists():
            raise GnumericError(f"ssconvert wrote no {target.name}")
        return target

    def recalculate(self, path: Path) -> Sheets:
        """Return every value of a workbook after a full recalculation."""
        with tempfile.TemporaryDirectory(prefix="gnumeric-") as folder:
            target = Path(folder) / "recalculated.xlsx"
            return read_values(self.convert(path, target, recalculate=True))

    def csv_texts(self, path: Path) -> list[str]:
        """Return each sheet as the text of a CSV file, in the order of the workbook."""
        with tempfile.TemporaryDirectory(prefix="gnumeric-") as folder:
            target = Path(folder) / "sheet-%n.csv"
            _run(["ssconvert", "-S", "--export-type=Gnumeric_stf:stf_csv", str(path), str(target)])
            made = sorted(Path(folder).iterdir(), key=lambda file: int(file.stem.split("-")[1]))
            return [file.read_text(encoding="utf-8") for file in made]


def _run(command: list[str]) -> None:
    """Run ssconvert in an English UTF-8 locale, without a screen."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    environment.pop("DISPLAY", None)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise GnumericError(f"no end within {SECONDS:g} s: {' '.join(command)}") from None
    if done.returncode:
        raise GnumericError(f"exit {done.returncode}: {' '.join(command)}\n{done.stderr}")
