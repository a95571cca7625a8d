"""Folders, disks and processes that misbehave for real, also when the tests run as root."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def contents(folder: Path) -> Mapping[str, bytes | None]:
    """Give everything in ``folder``: bytes by path, ``None`` for a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def command(*arguments: str | Path, limit: str = "") -> list[str]:
    """Give the command line of ``normtemplates``; ``limit`` as ``limited.py`` takes it."""
    launcher = [str(Path(__file__).with_name("limited.py")), limit] if limit else []
    return [sys.executable, *launcher, "-m", "normtemplates", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Give the environment in which the checkout is found from any folder."""
    ours = ("NORMTEMPLATES_DIR", "COLUMNS", "LINES")  # pytest-xdist sets the width of the page
    kept = {k: v for k, v in os.environ.items() if k not in ours}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def normtemplates(
    *arguments: str | Path, folder: Path, limit: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``normtemplates`` as a process of its own in ``folder``."""
    return subprocess.run(
        command(*arguments, limit=limit),
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def wait_until(condition: Callable[[], bool], run: subprocess.Popen[str] | None = None) -> None:
    """Wait for ``condition``, as long as ``run`` runs."""
    end = time.monotonic() + 60
    while not condition():
        assert run is None or run.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < end
        time.sleep(0.001)


def living(group: int) -> list[int]:
    """Give the processes of a group that still run, as Linux tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # just gone
            state, _, its_group = path.read_text("utf-8").rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append(int(path.parent.name))
    return found


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Give a disk of ``size`` (``300k``) at ``folder``, which must exist.

    Without the right to mount one the test is skipped, and says so.
    """
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"LEFT OUT: no disk could be mounted ({made.stderr.decode().strip()})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


class Terminal:
    """A terminal of which one can read what a process shows on it."""

    def __init__(self) -> None:
        self._main, self.end = os.openpty()
        os.set_blocking(self._main, False)
        self._shown = b""

    def shown(self) -> str:
        """Give all that was shown until now."""
        with suppress(OSError):  # nothing more to read
            while more := os.read(self._main, 4096):
                self._shown += more
        return self._shown.decode("utf-8")

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.end)
        os.close(self._main)
