"""Writing files whole or not at all, and saying in one Dutch line why it did not work.

A file is first written beside its place under a name of its own (:data:`BESIDE`) and then
moved, so that nobody ever sees half a file: not after Ctrl-C, not on a full disk, not when two
runs write into the same folder. What stood there before stays until the new file is whole.
"""

from __future__ import annotations

import errno
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from normtemplates.errors import OutputError

#: How the name of a file that is not whole yet begins; a run that was killed can leave one.
BESIDE = ".normtemplates-"

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class FolderError(OutputError):
    """No file can be written in this folder now, so that trying the next one is no use."""


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, which appears whole or stays as it was.

    A link is followed; what is no file on disk (``/dev/null``, a pipe) is written to directly.
    Raises ``FolderError`` when the folder takes no files at all, ``OutputError`` when only
    this one cannot be written.
    """
    target = _target(path)
    if target is None:
        _write_through(path, data)
        return
    beside = _beside(target)
    whole = False
    try:
        with beside.open("xb") as file:
            file.write(data)
        whole = True
        beside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            kind = OutputError if whole else FolderError
            raise kind(_reason(path, error, replacing=whole)) from error
        raise


def check_writable(path: Path) -> None:
    """Raise ``OutputError`` when ``path`` cannot be written, before any work is done for it."""
    target = _target(path)
    if target is None:
        return
    beside = _beside(target)
    try:
        beside.touch(exist_ok=False)
    except OSError as error:
        raise FolderError(_reason(path, error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def output_folder(folder: Path) -> Iterator[None]:
    """Make ``folder`` and its parents; remove afterwards what was made and stayed empty.

    Raises ``FolderError`` when it cannot be made.
    """
    made: list[Path] = []
    try:
        try:
            for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
                with suppress(FileExistsError):  # another run can be quicker
                    missing.mkdir()
                    made.append(missing)
            if not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "", str(folder))
        except OSError as error:
            raise FolderError(_reason(folder, error, folder)) from error
        yield
    finally:
        for new in reversed(made):
            with suppress(OSError):  # it is not empty
                new.rmdir()


def _beside(target: Path) -> Path:
    """Give a name in the folder of ``target`` that no other run has."""
    return target.parent / f"{BESIDE}{secrets.token_hex(8)}.tmp"


def _target(path: Path) -> Path | None:
    """Give the file to replace; ``None`` for what is no file on disk."""
    try:
        target = path.resolve()
        mode = target.stat().st_mode if target.exists() else stat.S_IFREG
    except OSError as error:
        raise OutputError(_reason(path, error)) from error
    if stat.S_ISDIR(mode):
        raise OutputError(
            f"{path} is een map; hier hoort een bestand. Verplaats of hernoem de map, en probeer "
            "het opnieuw."
        )
    return target if stat.S_ISREG(mode) else None


def _write_through(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(_reason(path, error)) from error


def _reason(
    path: Path, error: OSError, folder: Path | None = None, *, replacing: bool = False
) -> str:
    """Say why ``path`` could not be written, and what to do.

    ``folder`` is the folder it goes into; ``replacing`` says that the new file was whole and
    only its place could not be taken.
    """
    folder = folder or path.parent
    if error.errno in _FULL:
        return f"In de map {folder} kon niet worden geschreven: de schijf is vol. Maak ruimte vrij."
    if error.errno == errno.EFBIG:
        return f"{path} kon niet worden geschreven: het bestand is groter dan hier mag."
    # Windows says of a path that is too long that it is not there.
    absent = error.errno == errno.ENOENT
    if error.errno == errno.ENAMETOOLONG or (absent and _nearest(folder) == folder):
        return f"{path} kon niet worden geschreven: de naam is te lang. Kies een kortere."
    if absent:
        return f"De map {folder} bestaat niet. Maak de map, of kies een andere."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        blame = _nearest(folder)
        return f"{blame} is een bestand, geen map. Kies een andere map."
    if replacing and isinstance(error, PermissionError):
        return (
            f"{path} kon niet worden vervangen. Staat het bestand nog open, bijvoorbeeld in Excel "
            "of Word? Sluit het en probeer het opnieuw."
        )
    if error.errno in _DENIED:
        return f"In de map {_nearest(folder)} mag u niet schrijven. Kies een andere map."
    why = error.strerror or type(error).__name__
    return f"{path} kon niet worden geschreven ({why}). Kies een andere map."


def _nearest(folder: Path) -> Path:
    """Give the nearest part of the path of ``folder`` that is there."""
    with suppress(OSError):
        return next((f for f in (folder, *folder.parents) if f.exists()), folder)
    return folder
