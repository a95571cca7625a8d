"""Folders, disks and processes that misbehave for real, also when the tests run as root."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    kept = {k: v for k, v in os.environ.items() if k != "NORMTEMPLATES_DIR"}
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
