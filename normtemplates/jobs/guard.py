"""What a check would write, held against what it reads: nothing that came in is ever lost.

Paths are compared as what they lead to: through links, and in whatever case they are typed.
"""

# ruff: noqa: PTH110, PTH112, PTH113 - those of Path can raise

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from os.path import exists, isdir, isfile
from pathlib import Path
from typing import Final

from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.correct import is_correction_name
from normtemplates.jobs.inbox import is_report
from normtemplates.jobs.made import Wanted
from normtemplates.layout.hand_over import is_hand_over
from normtemplates.model.shown import visible
from normtemplates.report.answers import begins_a_hand_over
from normtemplates.resources import names_of_data

_OUTPUT, _ANSWERS, _CORRECTIONS = "--output", "--answers", "--corrections"
# How a document that nobody could get back begins: of Office, as a zip or in the older form; a PDF.
_DOCUMENTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_HEAD = 400


def overwriting(
    paths: Sequence[Path], output: Path | None, wanted: Wanted, roots: Iterable[Path] = ()
) -> tuple[str, ...]:
    """Say what must not be written where it is wanted, each as a line; ``()`` when all is well.

    ``paths`` are the files and folders to check, ``output`` the file for the report, ``roots`` the
    folders of the templates.
    """
    files = [(_OUTPUT, output)] if output else []
    files += [(_ANSWERS, path) for path in wanted.answer_files]
    folder = [(_CORRECTIONS, wanted.corrections)] if wanted.corrections else []
    data = [root / name for root in roots for name in names_of_data()]
    faults: list[str] = []
    told: set[str] = set()  # of two files of a hand-over, that of the first is enough
    for option, path in (*files, *folder):
        fault = _data(option, path, data)
        if option == _CORRECTIONS:
            fault = fault or _corrections(option, path, paths)
        else:
            fault = fault or _read_too(option, path, paths) or _precious(option, path, paths)
        if fault and option not in told:
            told.add(option)
            faults.append(fault)
    for (one, path), (other, there) in combinations((*files, *folder), 2):
        if _same(path, there):
            faults.append(
                f"{visible(str(path))} staat bij {one} en is ook nodig voor {other}. Kies "
                "verschillende namen."
            )
    if wanted.corrections:
        faults += [
            f"{visible(str(path))} heet als een correctiebestand. Kies bij {option} een andere "
            "naam."
            for option, path in files
            if _same(path.parent, wanted.corrections) and is_correction_name(path.name)
        ]
    return tuple(faults)


def _read_too(option: str, path: Path, paths: Sequence[Path]) -> str:
    if not any(_same(path, one) for one in paths if not isdir(one)):
        return ""
    return (
        f"{visible(str(path))} is een bestand dat u laat nakijken. Kies bij {option} een ander "
        "bestand."
    )


def _data(option: str, path: Path, data: Sequence[Path]) -> str:
    if not any(_within(path, folder) for folder in data):
        return ""
    return (
        f"{visible(str(path))} ligt bij de gegevens waarmee wordt nagekeken. Kies bij {option} een "
        "plaats daarbuiten."
    )


def _precious(option: str, path: Path, paths: Sequence[Path]) -> str:
    """Say that a file that is there already is not one that a check made."""
    if not isfile(path):
        return ""
    if option == _ANSWERS:
        if _is_ours(path):
            return ""
        return (
            f"{visible(str(path))} bestaat al en is geen bestand met antwoorden van een eerdere "
            f"controle. Kies bij {option} een andere naam."
        )
    if _head(path).startswith(_DOCUMENTS):
        return (
            f"{visible(str(path))} is een werkboek of ander document. Kies voor het verslag een "
            f"ander bestand met {option}."
        )
    if any(_within(path, one) for one in paths if isdir(one)) and not is_report(path):
        return (
            f"{visible(str(path))} ligt in een map die u laat nakijken en is geen verslag. Kies "
            f"voor het verslag een ander bestand met {option}."
        )
    return ""


def _corrections(option: str, folder: Path, paths: Sequence[Path]) -> str:
    """Say that correction workbooks would come to lie among what came in.

    A next check would take them for handed in, and one could replace what a municipality sent.
    """
    if isfile(folder):
        return ""  # which is no folder at all, and is told as such
    among = any(
        _within(folder, one) if isdir(one) else _same(one.parent, folder) or _in(one, folder)
        for one in paths
    )
    if among or any(_leads_to(link, paths) for link in _links(folder)):
        return (
            f"De map {visible(str(folder))} hoort bij wat u laat nakijken. Een correctiebestand "
            f"dat daar ligt, telt de volgende keer als ingeleverd. Kies bij {option} een map "
            "daarbuiten."
        )
    return ""


def _in(file: Path, folder: Path) -> bool:
    return _same(Path(os.path.realpath(file)).parent, folder)


def _links(folder: Path) -> Iterator[Path]:
    """Give the links in ``folder`` that a correction workbook would be written through."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_symlink() and is_correction_name(path.name):
                yield path


def _leads_to(link: Path, paths: Sequence[Path]) -> bool:
    return any(_within(link, one) if isdir(one) else _same(link, one) for one in paths)


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a hand-over of answers, or the list beside it, or empty."""
    try:
        if not path.stat().st_size:
            return True
        if path.suffix.lower() == ".xlsx":
            return is_hand_over(read_workbook(path))
    except OSError:
        return False
    return begins_a_hand_over(_head(path).decode("utf-8-sig", "replace"))


def _head(path: Path) -> bytes:
    with suppress(OSError), path.open("rb") as file:
        return file.read(_HEAD)
    return b""


def _within(path: Path, folder: Path) -> bool:
    """Tell whether ``path`` is ``folder`` or lies somewhere below it."""
    real = Path(os.path.realpath(path))
    return any(_same(one, folder) for one in (real, *real.parents))


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to the same; of what is not there yet the name decides."""
    with suppress(OSError):
        return one.samefile(other)
    if exists(one) or exists(other):
        return False
    real, there = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    if _folded(real.name) != _folded(there.name):
        return False
    with suppress(OSError):
        return real.parent.samefile(there.parent)
    return real.parent == there.parent


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
