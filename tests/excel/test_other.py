"""Values from .ods and .xlsb, told from the .xlsx; .xls is among the tests with real clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from normtemplates.excel import _purse, other
from normtemplates.excel.other import FORMATS, kind_and_text, other_format, read_other
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.check import check_context
from normtemplates.layout.recognise import Found, recognise
from normtemplates.layout.stamp import stamps_in
from normtemplates.model.submission import Cell, CellKind, Sheet, Submission, Trouble
from normtemplates.package import compound
from normtemplates.package.archive import MAX_FILE_SIZE
from tests.clients import fills
from tests.excel.other_formats import ods, ods_of, packed, xlsb

DATES = frozenset({("Overzicht", 7), ("Overzicht", 10), ("Start", 4)})
Write = Callable[[Submission], bytes]


@pytest.fixture(scope="module")
def filled(returned: Path) -> Submission:
    return read_workbook(returned / "goed.xlsx")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Submission]:
    """Read what another program could have sent."""

    def reading(data: bytes) -> Submission:
        (tmp_path / "retour.bin").write_bytes(data)
        return read_other(tmp_path / "retour.bin")

    return reading


def found(submission: Submission) -> Found:
    context = check_context(fills.definitions())
    recognised = recognise(submission, context.rounds).found
    assert recognised
    return recognised


def one_sheet(*cells: Cell, name: str = "Blad", state: str = "visible") -> Submission:
    return Submission("", (Sheet(name, state, {(c.row, c.column): c for c in cells}, False),))


def cell(row: int, column: int, kind: CellKind, text: str) -> Cell:
    return Cell(row, column, kind, text, None, True)


@pytest.mark.parametrize(
    ("write", "kind"),
    [(lambda s: ods(s, DATES), "ods"), (ods, "ods"), (xlsb, "binary-excel")],
    ids=["ods", "ods without dates", "xlsb"],
)
def test_every_answer_is_that_of_the_xlsx(
    filled: Submission, read: Callable[[bytes], Submission], write: Write, kind: str
) -> None:
    submission = read(write(filled))
    assert [(t.kind, t.fatal) for t in submission.troubles] == [(kind, False)]
    assert [(s.name, s.state != "visible") for s in submission.sheets] == [
        (s.name, s.state != "visible") for s in filled.sheets
    ]
    for mine, theirs in zip(filled.sheets, submission.sheets, strict=True):
        assert {spot: (c.kind, c.text) for spot, c in theirs.cells.items()} == {
            spot: (c.kind, c.text) for spot, c in mine.cells.items() if c.text
        }
    assert found(submission).answers == found(filled).answers
    assert set(stamps_in(submission)) == {"_meta", "start"}
    assert found(submission).organisation == found(filled).organisation


@pytest.mark.parametrize("write", [ods, xlsb])
def test_cells_keep_their_place_and_kind(read: Callable[[bytes], Submission], write: Write) -> None:
    """Also far from A1, and nothing but what is there."""
    cells = [
        cell(3, 2, CellKind.TEXT, "  twee\nregels €😀"),
        cell(3, 5, CellKind.NUMBER, "2.5"),
        cell(40, 2, CellKind.BOOLEAN, "1"),
        cell(41, 3, CellKind.BOOLEAN, "0"),
        cell(42, 27, CellKind.NUMBER, "45000"),
    ]
    (sheet,) = read(write(one_sheet(*cells, state="hidden"))).sheets
    assert list(sheet.cells.values()) == cells
    assert sheet.state == "hidden"


def test_error_values_of_an_ods_stand_where_libreoffice_has_them(
    read: Callable[[bytes], Submission],
) -> None:
    """Rows and cells that are repeated count; the form is that of LibreOffice 7.4."""
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

    def wrong(words: str, more: str = "") -> str:
        return (
            f'<table:table-cell xmlns:c="{calc}" office:value-type="string" {more} '
            'office:string-value="" c:value-type="error">'
            f"<text:p>{words}</text:p></table:table-cell>"
        )

    filled = "<table:table-cell office:value-type='string'><text:p>Ja</text:p></table:table-cell>"
    tables = (
        "<table:table table:name='A'><table:table-row table:number-rows-repeated='3'>"
        f"{filled}</table:table-row><table:table-row>"
        f"<table:table-cell table:number-columns-repeated='4'/>{wrong('#DIV/0!')}"
        f"<table:covered-table-cell/>{filled}</table:table-row></table:table>"
        "<table:table table:name='B'><table:table-row>"
        f"{wrong('#N/B', 'table:number-columns-repeated=' + chr(39) + '2' + chr(39))}{filled}"
        "</table:table-row></table:table>"
    )
    first, second = read(ods_of(tables)).sheets
    assert {place for place, one in first.cells.items() if one.text == "Ja"} == {
        (1, 1), (2, 1), (3, 1), (4, 7),
    }  # fmt: skip
    assert first.cell(4, 5) == cell(4, 5, CellKind.ERROR, "#DIV/0!")
    assert {place: one.text for place, one in second.cells.items()} == {
        (1, 1): "#N/B", (1, 2): "#N/B", (1, 3): "Ja",
    }  # fmt: skip


def test_an_error_value_reads_as_empty(read: Callable[[bytes], Submission]) -> None:
    """A known loss, written down in the rule."""
    (sheet,) = read(xlsb(one_sheet(cell(1, 1, CellKind.ERROR, "#DIV/0!")))).sheets
    assert sheet.cells == {}


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("Ja", CellKind.TEXT, "Ja"),
        (True, CellKind.BOOLEAN, "1"),
        (False, CellKind.BOOLEAN, "0"),
        (47.0, CellKind.NUMBER, "47"),
        (2.1, CellKind.NUMBER, "2.1"),
        (-3, CellKind.NUMBER, "-3"),
        (1e300, CellKind.NUMBER, "1e+300"),
        (float("nan"), CellKind.ERROR, "#NUM!"),
        (float("inf"), CellKind.ERROR, "#NUM!"),
        (date(2025, 1, 14), CellKind.NUMBER, "45671"),
        (datetime(2025, 1, 14, 18, 0), CellKind.NUMBER, "45671.75"),  # noqa: DTZ001
        (datetime(2025, 1, 14, tzinfo=UTC), CellKind.NUMBER, "45671"),
        (time(12, 0), CellKind.NUMBER, "0.5"),
        (timedelta(hours=30), CellKind.NUMBER, "1.25"),
    ],
)
def test_values(value: float | str | date | time | timedelta, kind: CellKind, text: str) -> None:
    assert kind_and_text(value) == (kind, text)


@pytest.mark.parametrize(
    "data",
    [
        ods_of("\n<table:table table:name='A'><table:table-row>x</table:table-row></table:table>"),
        xlsb(one_sheet()).replace(b"worksheets/sheet1", b"worksheets/sheet2"),
        xlsb(one_sheet(), **{"xl/worksheets/sheet1.bin": "\x01"}),
        compound.MAGIC + b"\x00" * 600 + "Workbook".encode("utf-16-le") + b"\x00" * 600,
    ],
    ids=["ods", "xlsb", "xlsb cut off", "xls"],
)
def test_what_the_library_cannot_read_keeps_its_advice(
    read: Callable[[bytes], Submission], data: bytes
) -> None:
    submission = read(data)
    assert other_format(submission)
    assert (submission.sheets, len(submission.troubles)) == ((), 1)


def test_too_much_is_refused(
    read: Callable[[bytes], Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other, "MAX_GRID", 900)
    monkeypatch.setattr(_purse, "MAX_CELLS", 99)
    many = [cell(n // 10 + 1, n % 10 + 1, CellKind.NUMBER, "1") for n in range(100)]
    assert len(read(xlsb(one_sheet(*many[:99]))).sheets) == 1
    for data in (
        xlsb(one_sheet(*many)),
        xlsb(one_sheet(many[0], cell(301, 3, CellKind.TEXT, "b"))),
        compound.MAGIC + "Workbook".encode("utf-16-le") + bytes(MAX_FILE_SIZE),
    ):
        assert [trouble.kind for trouble in read(data).troubles] == ["limits"]


def test_macros_are_told(read: Callable[[bytes], Submission]) -> None:
    book = one_sheet(cell(1, 1, CellKind.TEXT, "a"))
    for data in (
        xlsb(book, **{"xl/vbaProject.bin": "x"}),
        ods_of("<table:table table:name='A'/>", **{"Basic/Standard/Module1.xml": "<a/>"}),
    ):
        troubles = read(data).troubles
        assert [(t.kind, t.fatal) for t in troubles][1:] == [("macros", False)]
        assert troubles[0].kind in FORMATS


def test_what_is_not_safe_is_not_given_to_the_library(
    filled: Submission, read: Callable[[bytes], Submission]
) -> None:
    doctype = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        }
    )
    assert [trouble.kind for trouble in read(doctype).troubles] == ["unsafe-xml"]
    assert [trouble.kind for trouble in read(ods(filled)[:-30]).troubles] == ["damaged"]


def test_an_xlsx_is_read_as_ever(returned: Path, filled: Submission) -> None:
    assert read_other(returned / "goed.xlsx") == filled
    assert other_format(filled) is None
    harmless = evolve(filled, troubles=(Trouble("ods", fatal=False),))
    assert other_format(harmless) is None
