"""Whatever is done to a good return: what must be said is said, on its own cell, and no more."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.mutations.judge import FILE, judge, judge_base
from tests.mutations.kind import Kind, base
from tests.mutations.kinds import BASES, KINDS, cases

# What is no workbook any more, and what python-calamine does not read.
_NO_WORKBOOK = {"NT101", "NT102", "NT106", "NT110", "UTF-16"}


def _named(case: tuple[Kind, str]) -> str:
    kind, base_name = case
    return f"{kind.family}-{kind.name}-{base_name}".encode("ascii", "backslashreplace").decode()


@pytest.mark.parametrize("case", cases(), ids=_named)
def test_exactly_what_must_be_said(case: tuple[Kind, str], tmp_path: Path) -> None:
    kind, base_name = case
    outcome = judge(kind, base_name, tmp_path)
    assert outcome.exact, outcome
    data = (tmp_path / FILE).read_bytes()
    assert _differs(data, base(base_name)), "nothing was done to the file"
    if not _NO_WORKBOOK & {kind.name, *(one.code for one in kind.expected)}:
        _opened_by_another_reader(data)


@pytest.mark.parametrize("base_name", BASES)
def test_of_a_good_return_nothing_is_said(base_name: str, tmp_path: Path) -> None:
    assert judge_base(base_name, tmp_path).exact


def _differs(data: bytes, other: bytes) -> bool:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data != other
    return _contents(data) != _contents(other)


def _contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {one.filename: _raw(package, one) for one in package.infolist()}


def _raw(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return package.read(member)
    except zipfile.BadZipFile:  # the check sum is wrong: something was done to it
        return b""


def _opened_by_another_reader(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def test_each_kind_has_a_name_of_its_own() -> None:
    names = Counter((kind.family, kind.name) for kind in KINDS)
    assert [name for name, count in names.items() if count > 1] == []
