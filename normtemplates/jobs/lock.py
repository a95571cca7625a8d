"""One run at a time: what two runs read, change and write again in one folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from normtemplates.jobs.output import BESIDE

_PATIENCE: Final = 10.0  # seconds; what is done under a lock takes some milliseconds
_PAUSE: Final = 0.01


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of ``folder`` that ask for the same.

    The system lets go of it when a run ends, however it ends. Where there are no locks (some
    network drives), or when another run holds on to it, the work is done without one after a
    while: that is no worse than none at all. The folder must be there.
    """
    handle, beside = _opened(folder)
    try:
        if handle is not None:
            _wait(handle)
        yield
    finally:
        if handle is not None:
            os.close(handle)
        if beside is not None:
            with suppress(OSError):  # another run has it open
                beside.unlink(missing_ok=True)


def _opened(folder: Path) -> tuple[int | None, Path | None]:
    """Give what to lock, and the file that was made for it; ``None`` where it cannot be opened.

    A folder can be locked itself; not on Windows, where a file in it takes its place.
    """
    beside = folder / f"{BESIDE}lock.tmp" if sys.platform == "win32" else None
    try:
        if beside is None:
            return os.open(folder, os.O_RDONLY), None
        return os.open(beside, os.O_RDWR | os.O_CREAT), beside
    except OSError:
        return None, None


def _wait(handle: int) -> None:
    end = time.monotonic() + _PATIENCE
    while not _taken(handle) and time.monotonic() < end:
        time.sleep(_PAUSE)


def _taken(handle: int) -> bool:
    """Tell whether we have the lock, or there are none here at all."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # another run has it
        return False
    except OSError:
        return True
    return True
