"""Every function in a built workbook is one that Excel 2016 has, and is spelled as files must.

The versions are those of Microsoft's page "Excel functions (alphabetical)", which marks what came
with Excel 2007 or later; what carries no mark there was in Excel 97-2003 already. What came after
Excel 2007 stands in a file with the prefix ``_xlfn.`` ([MS-XLSX] 2.2.3); without
it Excel says ``#NAME?``, and with it a version that lacks the function does.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from normtemplates.definitions import Definitions
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.workbook import workbook_plan

BEFORE_2007 = 2003
SINCE = {
    **dict.fromkeys(
        (
            "AND", "CHAR", "COUNT", "COUNTA", "COUNTIF", "DATE", "EXACT", "FIND", "HYPERLINK", "IF",
            "INDEX", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MIN",
            "MOD", "NOT", "OR", "REPT", "ROW", "ROWS", "SMALL", "SUBSTITUTE", "SUM", "SUMPRODUCT",
            "TEXT",
        ),
        BEFORE_2007,
    ),
    "COUNTIFS": 2007,
    "IFERROR": 2007,
    "SUMIFS": 2007,
    "UNICHAR": 2013,
}  # fmt: skip
"""The version of Excel that first had a function; add one only after looking it up."""

FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_CALL = re.compile(r"([A-Za-z_][\w.]*)\(")
_TEXT = re.compile('"(?:[^"]|"")*"')


def calls_of(data: bytes) -> set[str]:
    """Every function that is called in a workbook: in cells, rules, validations, names, charts."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                for one in etree.fromstring(package.read(name)).iter(
                    *(f"{{*}}{f}" for f in FORMULAS)
                ):
                    found.update(_CALL.findall(_TEXT.sub('""', one.text or "")))
    return found


@pytest.fixture(scope="module")
def called() -> set[str]:
    """The functions of the workbooks of the first organisation of each kind, in every round."""
    definitions = Definitions()
    found: set[str] = set()
    for round_ in definitions.rounds():
        for organisation in {o.kind.code: o for o in round_.organisations}.values():
            layout = layout_of(round_.norm, round_, organisation)
            found |= calls_of(
                write_workbook(workbook_plan(layout, layout.presets(), definitions.texts))
            )
    return found


def test_excel_2016_has_every_function(called: set[str]) -> None:
    assert {"IF", "COUNTIFS", "_xlfn.UNICHAR"} <= called, "the formulas were not found"
    bare = {name.removeprefix("_xlfn.") for name in called}
    assert bare <= SINCE.keys(), "look up which version of Excel brought these"
    assert {name for name in bare if SINCE[name] > 2016} == set()


def test_younger_functions_have_their_prefix(called: set[str]) -> None:
    for name in called:
        bare = name.removeprefix("_xlfn.")
        assert name.startswith("_xlfn.") is (SINCE[bare] > 2007), name


def test_a_function_inside_a_text_is_none() -> None:
    sheet = b'<x xmlns="m"><f>IF(LEN(A1)=0,"XLOOKUP(1)",_xlfn.UNICHAR(8203))</f></x>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("a.xml", sheet)
    assert calls_of(file.getvalue()) == {"IF", "LEN", "_xlfn.UNICHAR"}
