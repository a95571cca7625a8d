"""Which files a check is about: what somebody names, and what lies in the folders they name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from normtemplates.errors import RequestError
from normtemplates.jobs.manifest import NAME as MANIFEST
from normtemplates.jobs.manifest import WORKBOOK, read_manifest
from normtemplates.model.finding import ReportStatus
from normtemplates.model.shown import visible

# What Windows puts in folders.
_OF_WINDOWS = {"desktop.ini", "thumbs.db"}
# How a document of ours begins, within its first bytes.
_OURS = {
    ".json": b'"schema": "normtemplates/',
    ".jsonl": b'"schema":"normtemplates/',
    ".html": b'<meta name="generator" content="normtemplates"',
}
_HEAD = 200
# A report in words begins with a path and whose it is, and then says this.
_JUDGED = tuple(f" · {status.value}".encode() for status in ReportStatus)
_FIRST_LINES = 5000


def files_in(paths: Sequence[Path], own: Sequence[Path], faults: list[str]) -> list[Path]:
    """Give the files that ``paths`` stand for, in order; add to ``faults`` what is no good.

    The files of ``own`` are left out of folders.
    """
    found: dict[Path, Path] = {}
    ours = {path.resolve() for path in own}
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - which, unlike Path.is_dir, never raises
            found.setdefault(path.resolve(), path)
            continue
        known = len(faults)
        inside = list(_inside(path, faults))
        for file in inside:
            if file.resolve() not in ours:
                found.setdefault(file.resolve(), file)
        if not inside and len(faults) == known:
            faults.append(f"In de map {visible(str(path))} staan geen bestanden om na te kijken.")
    return list(found.values())


def _inside(folder: Path, faults: list[str]) -> Iterator[Path]:
    """Give the files in and below ``folder``, by name; hidden ones and our own left out."""

    def tell(error: OSError) -> None:
        faults.append(unreadable(Path(error.filename)))

    for here, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = Path(here)
        ours = _issued(place) if MANIFEST in names else frozenset()
        for name in sorted(names):
            passed_over = name.startswith(".") or name.lower() in _OF_WINDOWS or name in ours
            if not passed_over and not _of_ours(place / name):
                yield place / name


def _issued(folder: Path) -> frozenset[str]:
    """Give the names that are no workbooks among what was built in ``folder``."""
    try:
        manifest = read_manifest(folder)
    except RequestError:  # whose it is does not matter here
        manifest = None
    files = manifest.files if manifest else ()
    return frozenset({MANIFEST, *(entry.path for entry in files if entry.kind != WORKBOOK)})


def _of_ours(path: Path) -> bool:
    """Tell whether the file is a document that we wrote: a manifest or a report."""
    ours = _OURS.get(path.suffix.lower())
    if ours is None:
        return False
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return False
        with path.open("rb") as file:
            return ours in file.read(_HEAD)
    except OSError:
        return False  # checking it will say why


def is_report(path: Path) -> bool:
    """Tell whether the file reads as a report of a check, in any form, whatever it is called."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(_FIRST_LINES)
        return any(mark in head for mark in (*_OURS.values(), *_JUDGED))
    return False


def absent(path: Path) -> str:
    """Say that a path is not there."""
    return f"{visible(str(path))} bestaat niet. Controleer het pad."


def unreadable(path: Path) -> str:
    """Say that a path cannot be read."""
    return f"{visible(str(path))} kon niet worden gelezen. Controleer of u het mag openen."
