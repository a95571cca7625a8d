"""Writing the hand-over of answers: whole or not at all, with what is not in it beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from normtemplates.errors import RequestError
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.output import check_writable, write_file
from normtemplates.model.shown import visible
from normtemplates.report.answers import (
    HandOver,
    render_csv,
    render_jsonl,
    render_left_out,
    render_plan,
)

_CSV, _JSONL, _XLSX = ".csv", ".jsonl", ".xlsx"
_LEFT_OUT: Final = ".ontbrekend.csv"


def check_answers_path(path: Path) -> None:
    """Raise before any work is done when no hand-over can be written to ``path``.

    ``RequestError`` for a name that does not say which form, ``OutputError`` for a folder that
    takes no files.
    """
    suffix = path.suffix.lower()
    if suffix not in (_CSV, _JSONL, _XLSX):
        raise RequestError(
            f"{visible(str(path))} eindigt niet op {_CSV}, {_JSONL} of {_XLSX}. Kies een naam die "
            "dat doet."
        )
    check_writable(path)
    if suffix == _CSV:
        check_writable(left_out_path(path))


def left_out_path(path: Path) -> Path:
    """Give the file beside a CSV that names the organisations that are not in it."""
    return path.with_name(f"{path.stem}{_LEFT_OUT}")


def files_of(path: Path) -> tuple[Path, ...]:
    """Give the files that :func:`write_answers` writes for a hand-over at ``path``."""
    return (path, left_out_path(path)) if path.suffix.lower() == _CSV else (path,)


def write_answers(path: Path, over: HandOver, *, with_texts: bool = False) -> tuple[Path, ...]:
    """Write the hand-over to ``path``, in the form that its name says; give what was written.

    Beside a CSV goes a second one with the organisations that are not in it, and that one first:
    rows without it could be taken for everybody. Raises as :func:`check_answers_path` does.
    """
    check_answers_path(path)
    if path.suffix.lower() == _JSONL:
        write_file(path, render_jsonl(over, with_texts=with_texts).encode())
        return (path,)
    if path.suffix.lower() == _XLSX:
        write_file(path, write_workbook(render_plan(over, with_texts=with_texts)))
        return (path,)
    beside = left_out_path(path)
    write_file(beside, _bytes(render_left_out(over)))
    write_file(path, _bytes(render_csv(over, with_texts=with_texts)))
    return (path, beside)


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file, as the rows of the hand-over have it.

    Raises ``OSError`` when it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8-sig", "backslashreplace")
