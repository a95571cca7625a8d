"""Where fuzzing begins: small sound workbooks, their parts, and files that are refused."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from functools import cache
from pathlib import Path

from normtemplates.excel.writer import write_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.workbook import workbook_plan
from normtemplates.rules.example_norm import ROUND
from tests.layout.samples import texts
from tests.package.files import (
    MAIN,
    PACKAGE,
    RELATIONS,
    ROOT_RELATIONS,
    SHEET,
    STRINGS,
    WORKBOOK,
    book,
    compound,
    relations,
    sheet,
    strings,
    workbook,
    workbook_part,
    zipped,
)
from tests.rules.books import filled

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_THREADED_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def _odd() -> dict[str, bytes]:
    """A workbook with one of everything that the reader knows."""
    rule = (
        '<dataValidations><dataValidation type="list" sqref="A1:B2 D4" showErrorMessage="1">'
        "<formula1>$A$1</formula1><formula2>2</formula2></dataValidation></dataValidations>"
    )
    extended = (
        f'<extLst><ext><x:dataValidations xmlns:x="{_X14}" xmlns:m="{_XM}"><x:dataValidation '
        'type="custom"><x:formula1><m:f>A1</m:f></x:formula1><m:sqref>C3</m:sqref>'
        "</x:dataValidation></x:dataValidations></ext></extLst>"
    )
    return workbook(
        {
            SHEET: sheet(
                '<row r="1" ht="15" hidden="1"><c r="A1" s="1" t="s"><v>0</v></c>'
                '<c r="B1" t="str"><f>1+1</f><v>a_x000D_b</v></c><c r="C1" t="inlineStr"><is><r>'
                "<rPr/><t>x</t></r></is></c></row><row><c/><c><v>1.5E+3</v></c>"
                '<c t="d"><v>2025-01-01</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c>'
                '<c><f t="shared" si="0" ref="A1:B2">A1</f></c></row>',
                '<sheetProtection sheet="1"/><autoFilter ref="A1:B2"><filterColumn colId="0"/>'
                '</autoFilter><mergeCells><mergeCell ref="A1:B2"/></mergeCells>' + rule + extended,
                '<sheetFormatPr zeroHeight="0"/><cols><col min="1" max="3" hidden="1"/></cols>',
            ),
            STRINGS: strings("<t>tekst</t>", "<r><t>rijke</t></r><rPh><t>x</t></rPh>"),
            WORKBOOK: workbook_part(
                '<sheet name="Blad" sheetId="1" r:id="rId1" state="visible"/>',
                '<workbookPr date1904="0"/><workbookProtection lockStructure="1"/>',
                '<definedNames><definedName name="n" localSheetId="0">Blad!$A$1</definedName>'
                '<definedName name="_xlnm.Print_Area">Blad!$A$1</definedName></definedNames>',
            ),
            ROOT_RELATIONS: relations(
                ("officeDocument", WORKBOOK), ("custom-properties", "docProps/custom.xml")
            ),
            "docProps/custom.xml": (
                f'<Properties xmlns="{_CUSTOM}" xmlns:v="{_VARIANTS}"><property name="norm">'
                "<v:lpwstr>x</v:lpwstr></property></Properties>"
            ).encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("comments", "../comments1.xml"), (_THREADED_KIND, "../threaded.xml"),
                ("oleObject", "../embeddings/iets.bin"),
            ),
            "xl/comments1.xml": (
                f'<comments xmlns="{MAIN}"><commentList><comment ref="A1"><text><t>x</t></text>'
                "</comment></commentList></comments>"
            ).encode(),
            "xl/threaded.xml": (
                f'<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="B2"/>'
                "</ThreadedComments>"
            ).encode(),
            "xl/embeddings/iets.bin": compound("Root Entry", "VBA"),
        }
    )  # fmt: skip


def _overview() -> dict[str, bytes]:
    """The overview of the examples' norm, filled in."""
    layout = layout_of(ROUND.norm, ROUND, ROUND.organisations[0])
    data = write_workbook(workbook_plan(layout, filled(layout), texts()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def books() -> tuple[dict[str, bytes], ...]:
    """Give the workbooks, as parts, that :func:`rebuilt` changes one part of."""
    return _odd(), _overview()


def split(data: bytes) -> tuple[int, str, bytes]:
    """Give which workbook, which part of it and what should stand there, whatever ``data`` is."""
    head, _, content = data.partition(b"\n")
    number = (head[0] if head else 0) % len(books())
    names = list(books()[number])
    part = head[1:].decode("utf-8", "replace")
    return number, part if part in names else names[sum(head) % len(names)], content


def joined(number: int, part: str, content: bytes) -> bytes:
    """Give the input that :func:`split` takes apart."""
    return bytes([ord("0") + number]) + part.encode() + b"\n" + content


def rebuilt(data: bytes) -> bytes:
    """Give the workbook of an input as a sound zip."""
    number, part, content = split(data)
    return zipped({**books()[number], part: content}, method=zipfile.ZIP_STORED)


def seeds(target: str) -> list[bytes]:
    """Give the first inputs of a target."""
    if target == "part":
        return [
            joined(number, name, content)
            for number, parts in enumerate(books())
            for name, content in parts.items()
            if len(content) < 60_000
        ]
    return [
        zipped(_odd(), method=zipfile.ZIP_STORED), book(), book({WORKBOOK: b"<a/>"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        compound("Root Entry", "EncryptedPackage"), compound("Workbook"), b"a;b\nc;d\n",
        f'<Types xmlns="{PACKAGE}/content-types"/>'.encode(), RELATIONS.encode(), b"%PDF-1.7",
    ]  # fmt: skip


def main(target: str, folder: str) -> None:
    """Write the first inputs into a folder; what is there stays."""
    for data in seeds(target):
        (Path(folder) / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
