"""The validator of Microsoft's Open XML SDK, which judges .xlsx and .docx alike.

The npm package brings one self-contained program for each platform; ``scripts/test`` installs
it under ``.cache/npm`` from the lock file in this folder. It takes one file a call.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60.0
PROCESSES = 2
MODULES = Path(__file__).parents[2] / ".cache" / "npm" / "node_modules" / "@xarsh"


class ValidatorError(Exception):
    """The validator itself failed."""


@dataclass(frozen=True)
class Complaint:
    """One thing that the SDK holds against a file."""

    kind: str
    """Schema, Semantic, Package, MarkupCompatibility, or Exception: it cannot be opened."""
    part: str
    xpath: str
    text: str


def program() -> Path | None:
    """Find the validator: ``OOXML_VALIDATOR_CLI``, else what npm installed."""
    named = os.environ.get("OOXML_VALIDATOR_CLI", "").strip()
    found = [Path(named)] if named else sorted(MODULES.glob("ooxml-validator-*/ooxml-validator*"))
    return next((path for path in found if path.is_file()), None)


def missing() -> str | None:
    """Say what is missing to run the validator, or ``None``."""
    return None if program() else "the Open XML SDK validator is not installed (scripts/test does)"


class Validator:
    """Judges files; keeps nothing between two calls."""

    def __init__(self) -> None:
        """Find the program."""
        found = program()
        if found is None:
            raise ValidatorError(str(missing()))
        self._program = found

    def complaints(self, path: Path) -> list[Complaint]:
        """Return what the SDK says against one file; nothing when it is valid."""
        done = subprocess.run(
            [self._program, path],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
        try:
            errors = json.loads(done.stdout)["errors"]
        except (ValueError, KeyError):
            raise ValidatorError(f"{path}: exit {done.returncode}\n{done.stderr}") from None
        return [
            Complaint(
                kind=error["errorType"],
                part=error["path"] or "",
                xpath=error["xPath"] or "",
                text=error["description"],
            )
            for error in errors
        ]

    def complaints_by_file(self, paths: Iterable[Path]) -> dict[Path, list[Complaint]]:
        """Return what the SDK says against each of several files, two at a time."""
        files = list(paths)
        with ThreadPoolExecutor(PROCESSES) as pool:
            return dict(zip(files, pool.map(self.complaints, files), strict=True))
