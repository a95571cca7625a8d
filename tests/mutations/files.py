"""What happens to the file itself on its way back."""

from __future__ import annotations

from normtemplates.layout.places import OVERVIEW
from tests.mutations.book import RELATIONS, SHEET_TYPE, TYPES, Book
from tests.mutations.kind import Do, Expected, Kind, fout, warn


def _sent(data: bytes) -> Do:
    def do(book: Book) -> None:
        book.whole = data

    return do


def _cut_off(book: Book) -> None:
    data = book.data()
    book.whole = data[: len(data) // 2]


def _part_lost(book: Book) -> None:
    book.parts.pop(book.part_of(OVERVIEW))


def _bytes_changed(book: Book) -> None:
    """Change a few letters inside the stored text of a part; its check sum stays."""
    book.whole = book.data(packed=False).replace(b"<sheetData>", b"<sheetDatq>")


def _macros(book: Book) -> None:
    book.add_part(
        "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "application/vnd.ms-office.vbaProject", "xl/_rels/workbook.xml.rels",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin",
    )  # fmt: skip
    book.replace(
        TYPES,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )


def _linked(book: Book) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book.add_part(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{main}"><externalBook xmlns:r="{RELATIONS}" r:id="rId1"/>'
        "</externalLink>".encode(),
        SHEET_TYPE.replace("worksheet+xml", "externalLink+xml"),
        "xl/_rels/workbook.xml.rels", f"{RELATIONS}/externalLink",
        "externalLinks/externalLink1.xml",
    )  # fmt: skip
    book.relate(
        "xl/externalLinks/_rels/externalLink1.xml.rels", f"{RELATIONS}/externalLinkPath",
        "file:///C:/cijfers.xlsx", TargetMode="External",
    )  # fmt: skip


def _refused(code: str) -> tuple[Expected, ...]:
    return (fout(code, sheet=None),)


KINDS = (
    Kind("file", "empty file", _sent(b""), _refused("NT101")),
    Kind("file", "a PDF with the name of a workbook", _sent(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n"),
         _refused("NT102")),
    Kind("file", "a web page", _sent(b"<html><body><table><tr><td>1.1</td></tr></table>"),
         _refused("NT102")),
    Kind("file", "half a file", _cut_off, _refused("NT106")),
    Kind("file", "bytes changed on the way", _bytes_changed, _refused("NT106")),
    Kind("file", "part of a sheet lost", _part_lost, _refused("NT110")),
    Kind("file", "macros", _macros, (warn("NT111", sheet=None),)),
    Kind("file", "link to another workbook", _linked, (warn("NT113", sheet=None),)),
)  # fmt: skip
