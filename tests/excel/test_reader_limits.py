"""Every count of the reader: what reaches its limit is read, one more is refused.

Limits are set to ten, since what counts is where they stop; true ones are reached by the hostile
files.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from normtemplates.excel import _grid, _purse, _strings, _styles, _workbook
from normtemplates.excel.reader import read_bytes
from tests.package.files import (
    MAIN,
    ROOT_RELATIONS,
    STRINGS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    relations,
    sheet,
    strings,
    with_sheet,
    workbook_part,
)
from tests.package.files import SHEET as PART

ONE = '<sheet name="A" sheetId="1" r:id="rId1"/>'
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def lines(count: int, line: str) -> str:
    """``line`` so many times, with its number in it."""
    return "".join([line.format(n=number) for number in range(1, count + 1)])


def sheets(count: int) -> bytes:
    parts = {f"xl/s{n}.xml": sheet() for n in range(1, count + 1)}
    entries = lines(count, '<sheet name="b{n}" sheetId="{n}" r:id="rId{n}"/>')
    rels = relations(*[("worksheet", f"s{n}.xml") for n in range(1, count + 1)])
    return book({**parts, WORKBOOK: workbook_part(entries), WORKBOOK_RELATIONS: rels, PART: None})


def names(count: int) -> bytes:
    inside = lines(count, '<definedName name="n{n}">1</definedName>')
    return book({WORKBOOK: workbook_part(ONE, after=f"<definedNames>{inside}</definedNames>")})


def properties(count: int) -> bytes:
    one = '<property name="p{n}"><v:lpwstr>x</v:lpwstr></property>'
    part = f'<Properties xmlns="{CUSTOM}" xmlns:v="{VARIANTS}">{lines(count, one)}</Properties>'
    root = relations(("officeDocument", WORKBOOK), ("custom-properties", "docProps/custom.xml"))
    return book({ROOT_RELATIONS: root, "docProps/custom.xml": part.encode()})


def styles(count: int) -> bytes:
    part = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * count}</cellXfs></styleSheet>'
    return book({STYLES: part.encode()})


def comments(count: int) -> bytes:
    inside = lines(count, '<comment ref="A{n}"/>')
    part = f'<comments xmlns="{MAIN}"><commentList>{inside}</commentList></comments>'
    rels = relations(("comments", "../comments1.xml"))
    return book({"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/comments1.xml": part.encode()})


def around(before: str, line: str, after: str) -> Callable[[int], bytes]:
    """A sheet with so many of something behind its rows."""
    return lambda count: with_sheet(after=before + lines(count, line) + after)


def cells(count: int) -> bytes:
    return with_sheet(f'<row r="1">{"<c/>" * count}</row>')


def sheet_name(length: int) -> bytes:
    entry = f'<sheet name="{"A" * length}" sheetId="1" r:id="rId1"/>'
    return book({WORKBOOK: workbook_part(entry)})


LIMITS: dict[str, tuple[ModuleType, str, Callable[[int], bytes], str]] = {
    "cells": (_purse, "MAX_CELLS", cells, "limits"),
    "plain cells": (
        _purse, "MAX_CELLS",
        lambda n: with_sheet(lines(n, '<row r="{n}"><c r="A{n}"/></row>')),
        "limits",
    ),
    "rows": (_purse, "MAX_ROWS", lambda n: with_sheet("<row/>" * n), "limits"),
    "merges": (
        _purse, "MAX_AREAS", around("<mergeCells>", '<mergeCell ref="A{n}"/>', "</mergeCells>"),
        "limits",
    ),
    "validations": (
        _purse, "MAX_AREAS",
        # Each takes the room of one more than its areas; it begins with one without any.
        lambda n: with_sheet(
            after="<dataValidations>" + "<dataValidation/>" * n + "</dataValidations>"),
        "limits",
    ),
    "areas of a validation": (
        _grid, "MAX_AREAS",
        around('<dataValidations><dataValidation sqref="', "A{n} ", '"/></dataValidations>'),
        "limits",
    ),
    "hidden columns": (
        _purse, "MAX_AREAS",
        lambda n: with_sheet(
            before="<cols>" + '<col min="1" max="1" hidden="1"/>' * n + "</cols>"),
        "limits",
    ),
    "comments": (_purse, "MAX_AREAS", comments, "limits"),
    "sheets": (_workbook, "MAX_SHEETS", sheets, "limits"),
    "names": (_workbook, "MAX_NAMES", names, "limits"),
    "properties": (_workbook, "MAX_PROPERTIES", properties, "limits"),
    "a sheet's name": (_workbook, "LONGEST_SHEET_NAME", sheet_name, "damaged"),
    "formats": (_styles, "MAX_STYLES", styles, "limits"),
    "shared strings": (
        _strings, "MAX_STRINGS", lambda n: book({STRINGS: strings(*["<r><t>x</t></r>"] * n)}),
        "limits",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LIMITS)
def test_up_to_a_limit_and_no_further(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, make, kind = LIMITS[what]
    monkeypatch.setattr(module, name, 10)
    assert not read_bytes("x.xlsx", make(10)).troubles
    assert [trouble.kind for trouble in read_bytes("x.xlsx", make(11)).troubles] == [kind]


def test_plain_strings_stop_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_strings, "MAX_STRINGS", 10)
    monkeypatch.setattr("normtemplates.excel._plain.MAX_STRINGS", 10)
    assert not read_bytes("x.xlsx", book({STRINGS: strings(*["<t>x</t>"] * 10)})).troubles
    (trouble,) = read_bytes("x.xlsx", book({STRINGS: strings(*["<t>x</t>"] * 11)})).troubles
    assert trouble.kind == "limits"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ('<row r="1048576"><c r="XFD1048576"/></row>', '<row r="1048577"/>'),
        ('<row r="1"><c r="XFD1"/></row>', '<row r="1"><c r="XFE1"/></row>'),
    ],
)
def test_the_last_cell_of_a_sheet(inside: str, outside: str) -> None:
    assert not read_bytes("x.xlsx", with_sheet(inside)).troubles
    (trouble,) = read_bytes("x.xlsx", with_sheet(outside)).troubles
    assert trouble.kind == "damaged"


@pytest.mark.parametrize(
    ("inside", "outside"), [("A1:XFD1048576", "A1:XFE1048576"), ("A1:XFD1048576", "A1:XFD1048577")]
)
def test_the_last_cell_of_an_area(inside: str, outside: str) -> None:
    merge = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
    assert not read_bytes("x.xlsx", with_sheet(after=merge.format(inside))).troubles
    (trouble,) = read_bytes("x.xlsx", with_sheet(after=merge.format(outside))).troubles
    assert trouble.kind == "damaged"
