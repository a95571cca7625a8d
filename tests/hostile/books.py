"""What a workbook says of itself: references, numbers and dates, duplicates, orphans."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.excel.test_reader_damage import AFTER, CELLS, ROWS
from tests.hostile.case import (
    BOOK,
    BOOK_RELATIONS,
    CUSTOM,
    EXTRA,
    OVERVIEW,
    ROOT,
    STRINGS,
    STYLES,
    TYPES,
    Case,
    case,
    edited,
    good,
    related,
    replaced,
    spoiled,
    typed,
    with_sheet,
)
from tests.package.files import sheet

_FIRST_SHEET = '<sheet name="Start" sheetId="1" r:id="rId1"/>'
_ORPHAN = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def _cell(cell: str) -> bytes:
    # The list is that of a workbook with one text and three formats; this one has more.
    cell = cell.replace('t="s"><v>1<', 't="s"><v>99999<').replace('s="3"', 's="99999"')
    return with_sheet(sheet(f'<row r="1">{cell}</row>'))


def _sheet(rows: str, after: str) -> bytes:
    return with_sheet(sheet(rows, after))


def _twice(part: str, what: str, end: str) -> bytes:
    """A part with one of its elements twice."""
    text = good()[part].decode()
    first = text.index(what)
    last = text.index(end, first) + len(end)
    return spoiled({part: (text[:last] + text[first:last] + text[last:]).encode()})


def _target(name: str, target: str, more: str = "") -> bytes:
    """The relation to a part leads elsewhere."""
    text = good()[BOOK_RELATIONS].decode()
    return spoiled(
        {BOOK_RELATIONS: text.replace(f'Target="{name}"', f'Target="{target}" {more}').encode()}
    )


def _name(name: str, value: str, attributes: str = "") -> bytes:
    one = f'<definedName name="{name}"{attributes}>{value}</definedName></definedNames>'
    return edited(BOOK, "</definedNames>", one)


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    for cell in CELLS:
        yield case("cells", cell[:60], partial(_cell, cell), "106")
    for rows in ROWS:
        yield case("rows", rows[:60], partial(_sheet, rows, ""), "106")
    for after in AFTER:
        yield case("references", after[:70],
                   partial(_sheet, "", after), "106")  # fmt: skip
    for name, cell in (
        ("a date on 30 February", '<c r="A1" t="d"><v>2025-02-30</v></c>'),
        ("a date in the year 99999", '<c r="A1" t="d"><v>99999-01-01</v></c>'),
        ("a day before all days", '<c r="A1"><v>-1E+300</v></c>'),
        ("a number of 250 digits", f'<c r="A1"><v>{"9" * 250}</v></c>'),
        ("the smallest number", '<c r="A1"><v>5E-324</v></c>'),
        ("minus zero", '<c r="A1"><v>-0</v></c>'),
        ("an error that is not one of Excel's", '<c r="A1" t="e"><v>#KWAAD!</v></c>'),
        ("a text of 40 000 characters", f'<c r="A1" t="str"><v>{"x" * 40_000}</v></c>'),
        ("a formula of 100 000 characters", f'<c r="A1"><f>{"1+" * 50_000}1</f></c>'),
        ("a formula that refers to itself", '<c r="A1"><f>A1</f><v>0</v></c>'),
        ("control characters in escapes",
         '<c r="A1" t="str"><v>_x0000__xD83D__xDE00__x001B_</v></c>'),
    ):  # fmt: skip
        # An extra sheet is a warning, and no more.
        yield case("numbers and dates", name, partial(_cell, cell), "218 406 402 106",
                   refused=False)  # fmt: skip
    # -- twice
    for name, make, codes in (
        ("a sheet's name", partial(edited, BOOK, 'name="Beeld"', 'name="OVERZICHT"'), "106"),
        ("a sheet's part", partial(edited, BOOK, 'r:id="rId3"', 'r:id="rId2"'), "109"),
        ("a sheet", partial(_twice, BOOK, _FIRST_SHEET, "/>"), "106"),
        ("the list of sheets", partial(_twice, BOOK, "<sheets>", "</sheets>"), "106"),
        ("a name", lambda: spoiled({BOOK: replaced(
            BOOK, "lijst_priority", "LIJST_STATUS")}), "106"),
        ("the rows of a sheet", partial(edited, OVERVIEW, "</sheetData>",
                                        "</sheetData><sheetData/>"), "106"),
        ("a row of the overview", partial(_twice, OVERVIEW, '<row r="5"', "</row>"), "106"),
        ("a cell of the overview", partial(_twice, OVERVIEW, '<c r="A5"', "</c>"), "106"),
        ("a relation", partial(_twice, BOOK_RELATIONS, "<Relationship ", "/>"), "106"),
        ("a type", lambda: spoiled({TYPES: typed(
            '<Override PartName="/xl/workbook.xml" ContentType="text/plain"/>')}), "106"),
        ("the main part", lambda: spoiled({ROOT: related(
            ROOT, "officeDocument", "xl/anders.xml"), "xl/anders.xml": good()[BOOK]}), "109"),
        ("the shared strings", lambda: spoiled({BOOK_RELATIONS: related(
            BOOK_RELATIONS, "sharedStrings", "anders.xml"), "xl/anders.xml": good()[STRINGS]}),
         "106"),
        ("the formats", lambda: spoiled({BOOK_RELATIONS: related(
            BOOK_RELATIONS, "styles", "anders.xml"), "xl/anders.xml": good()[STYLES]}), "106"),
        ("a property", partial(_twice, CUSTOM, "<property ", "</property>"), "106"),
        ("the list of formats", partial(_twice, STYLES, "<cellXfs", "</cellXfs>"), "106"),
        ("the list of types, in other letters", lambda: spoiled(
            {"[content_types].XML": good()[TYPES]}), "109"),
        ("two kinds of package in one", lambda: spoiled(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "109"),
    ):  # fmt: skip
        yield case("twice", name, make, codes)
    # -- parts that lead nowhere, or elsewhere
    own = "worksheets/sheet2.xml"
    for name, make, codes in (
        ("the overview's part is gone", partial(spoiled, {OVERVIEW: None}), "110"),
        ("the overview's part lies outside", partial(_target, own, "../../../etc/passwd"), "110"),
        ("the overview's part is a file of the system",
         partial(_target, own, "file:///etc/passwd", 'TargetMode="External"'), "110"),
        ("the overview's part is on the internet",
         partial(_target, own, "https://x.example/blad.xml", 'TargetMode="External"'), "110"),
        ("the overview's part is the list of texts", partial(_target, own, "sharedStrings.xml"),
         "106 109"),
        ("the overview's part is the workbook", partial(_target, own, "workbook.xml"), "109 106"),
        ("the overview's part is its own relations",
         partial(_target, own, "_rels/workbook.xml.rels"), "109 106"),
        ("the texts are gone", partial(spoiled, {STRINGS: None}), "106"),
        ("the formats are gone", partial(spoiled, {STYLES: None}), "106"),
        ("the texts are elsewhere",
         partial(_target, "sharedStrings.xml", "http://x.example", 'TargetMode="External"'), "106"),
        ("the relation to the texts is gone",
         lambda: spoiled({BOOK_RELATIONS: good()[BOOK_RELATIONS].replace(
             b"relationships/sharedStrings", b"relationships/anders")}), "106"),
        ("no list of types", partial(spoiled, {TYPES: None}), "106"),
        ("no relations of the package", partial(spoiled, {ROOT: None}), "106"),
        ("no workbook", partial(spoiled, {BOOK: None}), "106"),
        ("no relations of the workbook", partial(spoiled, {BOOK_RELATIONS: None}), "110"),
        ("a workbook without sheets",
         lambda: spoiled({BOOK: good()[BOOK].partition(b"<sheets>")[0] + b"</workbook>"}), "106"),
        ("a sheet for each of the relations there are not",
         partial(edited, BOOK, 'r:id="rId2"', 'r:id="rId999"'), "110"),
        ("a main part that is a Word document",
         partial(edited, TYPES, "spreadsheetml.sheet.main", "wordprocessingml.document.main"),
         "102"),
    ):  # fmt: skip
        yield case("astray", name, make, codes)
    for name, make in (
        ("a worksheet that nothing leads to", partial(spoiled, {EXTRA: _ORPHAN})),
        ("a worksheet with a relation, yet no sheet", lambda: spoiled({
            EXTRA: _ORPHAN, BOOK_RELATIONS: related(
                BOOK_RELATIONS, "worksheet", "worksheets/extra.xml")})),
        ("relations of a part that is not there",
         lambda: spoiled({"xl/_rels/weg.xml.rels": related("x", "hyperlink", "weg")})),
        ("a second workbook part", lambda: spoiled({"xl/workbook2.xml": good()[BOOK]})),
        ("a relation in a circle", lambda: spoiled({BOOK_RELATIONS: related(
            BOOK_RELATIONS, "customXml", "workbook.xml")})),
        ("a name that points outside", partial(_name, "buiten", "Overzicht!$XFE$9999999")),
        ("a name with a formula in it", partial(_name, "f", "1+1")),
        ("an odd local sheet", partial(_name, "lokaal", "1", ' localSheetId="99999"')),
        ("a thousand merged areas over each other", lambda: edited(OVERVIEW, "</mergeCells>",
            '<mergeCell ref="XFA1:XFD9"/>' * 1000 + "</mergeCells>")
            if b"</mergeCells>" in good()[OVERVIEW] else with_sheet(sheet(
                after="<mergeCells>" + '<mergeCell ref="A1:D9"/>' * 1000 + "</mergeCells>"))),
    ):  # fmt: skip
        yield case("orphan", name, make, refused=False)
