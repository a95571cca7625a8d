"""A return of Voorbeeldstad with all that Excel 365 and SharePoint add to a file or rewrite in it.

No Microsoft Excel can be had for tests. Each step below makes one difference that Excel or
SharePoint makes when a file is saved in them, in the form that their documentation gives:

* ECMA-376 part 1 (SpreadsheetML, DrawingML, properties) and part 3 (markup compatibility:
  ``mc:Ignorable``, ``mc:AlternateContent``);
* [MS-XLSX]: validations under ``x14``, ``x14ac:dyDescent``, ``xr:uid``, ``absPath``, threaded
  comments, persons and future functions (2.2.3);
* [MS-OFFCRYPTO] 2.6.4 and "Microsoft Information Protection SDK metadata" on Microsoft Learn:
  ``docMetadata/LabelInfo.xml`` and ``MSIP_Label_<id>_<name>``;
* [MS-ODRAWXML] and [MS-CTXLS]: colours of charts, content types of a SharePoint library.

The schemas that the Open XML SDK has of these judge the result (``test_excel_like.py``).

``python -m tests.clients.excel_like`` makes the committed return anew. People and ids in it are
invented.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lxml import etree

from normtemplates.layout.places import OVERVIEW, PICTURE, START, address
from tests.clients import fills
from tests.clients.excel_parts import (
    DRAWING,
    MC,
    SHEETML,
    WORKBOOK_RELS,
    XR,
    before,
    chart_colors,
    document_properties,
    printer_settings,
    sensitivity_label,
    sharepoint_library,
    threaded_comment,
    thumbnail,
    uid,
)
from tests.mutations.book import RELATIONS, STRINGS, WORKBOOK, Book
from tests.mutations.kind import LAYOUT, base
from tests.mutations.worksheet import MAIN, SPACE, set_all, unset

TARGET = fills.RETURNED / "excel-sharepoint.xlsx"

_M = f"{{{MAIN}}}"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
_X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
_X15AC = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
_X16R2 = "http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"
_XR2 = "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"
_FAMILY = "http://schemas.microsoft.com/office/thememl/2012/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"


def _sheets(book: Book) -> list[str]:
    return [one.get("name", "") for one in book.workbook.iter(f"{_M}sheet")]


def _declare(book: Book, part: str, ignorable: str, **spaces: str) -> etree._Element:
    """Give the root of a part more prefixes, of which a reader may ignore those ``ignorable``."""
    book.flush()
    old = etree.fromstring(book.parts[part])
    new = etree.Element(old.tag, nsmap={**old.nsmap, "mc": MC, **spaces})  # type: ignore[dict-item]
    set_all(new, **{str(key): str(value) for key, value in old.attrib.items()})
    ignored = (new.get(f"{{{MC}}}Ignorable") or "").split()
    new.set(f"{{{MC}}}Ignorable", " ".join(dict.fromkeys([*ignored, *ignorable.split()])))
    new.extend(old)
    book.parts[part] = etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True)
    return book.tree(part)


def _parsed(xml: str) -> etree._Element:
    return etree.fromstring(xml)


# -- the workbook --------------------------------------------------------------------------


def workbook_rewritten(book: Book) -> None:
    """Version, revision, the path that it was last saved under, the window, calculation."""
    root = _declare(book, WORKBOOK, "x15 xr", x15=_X15, xr=XR)
    version = next(root.iter(f"{_M}fileVersion"))
    set_all(version, appName="xl", lastEdited="7", lowestEdited="7", rupBuild="28227")
    alternate = _parsed(
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:x15="{_X15}"><mc:Choice Requires="x15">'
        f'<x15ac:absPath xmlns:x15ac="{_X15AC}" '
        'url="https://voorbeeldstad.sharepoint.example/sites/ov/Gedeelde documenten/"/>'
        "</mc:Choice></mc:AlternateContent>"
    )
    before(root, alternate, "workbookProtection", "bookViews")
    revision = etree.Element(f"{{{XR}}}revisionPtr", revIDLastSave="0", documentId="13_ncr:1_")
    before(root, revision, "workbookProtection", "bookViews")
    set_all(next(root.iter(f"{_M}workbookView")), xWindow="-120", yWindow="-120", activeTab="1",
            windowWidth="29040", windowHeight="15720")  # fmt: skip
    set_all(next(root.iter(f"{_M}calcPr")), calcId="191029")
    root.append(
        _parsed(
            f'<extLst xmlns="{MAIN}"><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" '
            f'xmlns:x15="{_X15}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
        )
    )


def filter_database(book: Book) -> None:
    """The hidden name that Excel keeps for every filter, also on a sheet that had one once."""
    names = next(book.workbook.iter(f"{_M}definedNames"))
    for place, name in enumerate(_sheets(book)):
        if name in (START, PICTURE):
            one = etree.Element(f"{_M}definedName", name="_xlnm._FilterDatabase", hidden="1")
            set_all(one, localSheetId=str(place))
            one.text = f"{name}!$A$1:$D$9"
            names.insert(0, one)


def calc_chain(book: Book) -> None:
    """The order in which Excel last calculated: every formula of every sheet."""
    cells = [
        f'<c r="{cell.get("r")}" i="{number}"/>'
        for number, name in reversed(list(enumerate(_sheets(book), start=1)))
        for cell in book.sheet(name).cells()
        if cell.find(f"{_M}f") is not None
    ]
    book.add_part(
        "xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{"".join(cells)}</calcChain>'.encode(),
        f"{SHEETML}.calcChain+xml", WORKBOOK_RELS, f"{RELATIONS}/calcChain", "calcChain.xml",
    )  # fmt: skip


# -- the sheets ----------------------------------------------------------------------------


def sheets_rewritten(book: Book) -> None:
    """``xr:uid``, ``x14ac:dyDescent``, ``spans``, another zoom, another sheet in front."""
    for number, name in enumerate(_sheets(book), start=1):
        part = book.part_of(name)
        root = _declare(book, part, "x14ac xr xr2", x14ac=_X14AC, xr=XR, xr2=_XR2)
        root.set(f"{{{XR}}}uid", uid(number))
        for one in root.iter(f"{_M}sheetFormatPr"):
            set_all(one, defaultRowHeight="14.4")
            one.set(f"{{{_X14AC}}}dyDescent", "0.3")
        for row in root.iter(f"{_M}row"):
            row.set(f"{{{_X14AC}}}dyDescent", "0.3")
            if len(row):
                row.set("spans", f"1:{max(len(row), 2)}")
        for view in root.iter(f"{_M}sheetView"):
            set_all(view, zoomScale="85", zoomScaleNormal="85")
            unset(view, "tabSelected")
            if name == OVERVIEW:
                view.set("tabSelected", "1")


def widths_and_heights(book: Book) -> None:
    """Columns that somebody widened, rows that somebody made higher."""
    for one in book.sheet(OVERVIEW).every("col")[:8]:
        one.set("width", f"{float(one.get('width', '10')) + 4.5546875}")
        one.set("bestFit", "1")
    for row in book.sheet(OVERVIEW).every("row")[5:20]:
        set_all(row, ht="72", customHeight="1")


def _areas_by_cell(areas: str) -> list[str]:
    cells = []
    for area in areas.split():
        first, _, last = area.partition(":")
        letters = first.rstrip("0123456789")
        top, bottom = int(first[len(letters) :]), int((last or first)[len(letters) :])
        cells += [f"{letters}{row}" for row in range(top, bottom + 1)]
    return cells


def validations_rewritten(book: Book) -> None:
    """Ranges split, joined and reordered, and lists under ``extLst`` as Excel 2010 and later do.

    One of the lists refers to its cells instead of the name for them, as it does after somebody
    has opened the dialog and pointed at them.
    """
    for name in (OVERVIEW, START):
        sheet = book.sheet(name)
        table = sheet.one("dataValidations")
        moved = []
        for number, one in enumerate(reversed(list(table))):
            table.remove(one)
            cells = _areas_by_cell(one.get("sqref", ""))
            one.set("sqref", " ".join([*cells[1::2], *cells[::2]]))
            if one.get("type") == "list":
                moved.append(one)
            else:
                one.set(f"{{{XR}}}uid", uid(1000 + number))
                table.append(one)
        set_all(table, count=str(len(table)))
        if len(table):
            _declare(book, book.part_of(name), "xr", xr=XR)
            sheet = book.sheet(name)
        else:
            sheet.root.remove(table)
        made = _parsed(
            f'<ext xmlns="{MAIN}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
            f'xmlns:x14="{_X14}"><x14:dataValidations xmlns:xm="{_XM}" count="{len(moved)}"/></ext>'
        )
        for one in moved:
            new = etree.SubElement(made[0], f"{{{_X14}}}dataValidation")
            set_all(new, **{str(k): str(v) for k, v in one.attrib.items() if k != "sqref"})
            first = etree.SubElement(new, f"{{{_X14}}}formula1")
            source = one.findtext(f"{_M}formula1") or ""
            etree.SubElement(first, f"{{{_XM}}}f").text = _pointed_at(book, source)
            etree.SubElement(new, f"{{{_XM}}}sqref").text = one.get("sqref")
        ext_list = etree.SubElement(sheet.root, f"{_M}extLst")
        ext_list.append(made)


def _pointed_at(book: Book, source: str) -> str:
    """The cells that the list of priorities stands for; any other list keeps its name."""
    return (book.defined_name(source).text or source) if "priority" in source else source


def formats_split(book: Book) -> None:
    """Conditional formats in another order, their ranges split by a copy, priorities anew."""
    for name in (START, OVERVIEW, PICTURE):
        root = book.sheet(name).root
        found = root.findall(f"{_M}conditionalFormatting")
        if not found:
            continue
        place = list(root).index(found[0])
        for one in found:
            root.remove(one)
            root.insert(place, one)
        for priority, rule in enumerate(root.iter(f"{_M}cfRule"), start=1):
            rule.set("priority", str(priority))


def formulas_rewritten(book: Book) -> None:
    """Shared formulas where they were filled down, a space here and there, ``ca``."""
    sheet = book.sheet(OVERVIEW)
    for index, column in enumerate(c.key_column for c in LAYOUT.answer_columns if c.key_column):
        for group, band in enumerate(LAYOUT.bands):
            rows = range(band.first, band.last + 1)
            for row in rows:
                formula = sheet.cell(address(row, column)).find(f"{_M}f")
                assert formula is not None
                set_all(formula, t="shared", si=str(index * len(LAYOUT.bands) + group))
                if row == rows[0]:
                    formula.set("ref", f"{address(rows[0], column)}:{address(rows[-1], column)}")
                else:
                    formula.text = None
    for name in (START, OVERVIEW, PICTURE):
        for formula in book.sheet(name).every("f"):
            if formula.get("t") != "shared":
                pieces = re.split(r'("(?:[^"]|"")*")', formula.text or "")
                pieces[::2] = [piece.replace(",", ", ") for piece in pieces[::2]]
                formula.text = "".join(pieces)
                formula.set("ca", "1")


# -- strings, styles, theme ----------------------------------------------------------------


def strings_reordered(book: Book) -> None:
    """The shared strings from last to first, with how one of them is spoken."""
    book.flush()
    table = book.tree(STRINGS)
    items = list(table)
    for item in items:
        table.remove(item)
    table.extend(reversed(items))
    for name in _sheets(book):
        for cell in book.sheet(name).cells():
            value = cell.find(f"{_M}v")
            if cell.get("t") == "s" and value is not None:
                value.text = str(len(items) - 1 - int(value.text or "0"))
    first = table[0]
    for text in first.iter(f"{_M}t"):
        text.set(SPACE, "preserve")
    etree.SubElement(first, f"{_M}phoneticPr", fontId="1", type="noConversion")


def styles_rewritten(book: Book) -> None:
    """More cell formats, in another order; equal ones for conditional formats joined."""
    root = _declare(book, "xl/styles.xml", "x14ac x16r2 xr", x14ac=_X14AC, x16r2=_X16R2, xr=XR)
    next(root.iter(f"{_M}fonts")).set(f"{{{_X14AC}}}knownFonts", "1")
    formats = next(root.iter(f"{_M}cellXfs"))
    old = list(formats)
    for one in old:
        formats.remove(one)
    extra = [etree.fromstring(etree.tostring(one)) for one in old[:3]]
    first, rest = old[0], list(reversed(old[1:]))
    formats.extend([first, *extra, *rest])
    set_all(formats, count=str(len(formats)))
    numbers = {0: 0} | {len(old) - 1 - place: 1 + len(extra) + place for place in range(len(rest))}
    for name in _sheets(book):
        sheet = book.sheet(name)
        for tag, key in (("c", "s"), ("row", "s"), ("col", "style")):
            for one in sheet.every(tag):
                if one.get(key) is not None:
                    one.set(key, str(numbers[int(one.get(key, "0"))]))
    _join_formats(book, root)


def _join_formats(book: Book, root: etree._Element) -> None:
    table = next(root.iter(f"{_M}dxfs"))
    kept: dict[bytes, int] = {}
    number: dict[str, str] = {}
    for place, one in enumerate(list(table)):
        image = etree.tostring(one, method="c14n")
        if image in kept:
            table.remove(one)
        number[str(place)] = str(kept.setdefault(image, len(kept)))
    set_all(table, count=str(len(table)))
    for name in _sheets(book):
        for rule in book.sheet(name).every("cfRule"):
            if rule.get("dxfId") is not None:
                rule.set("dxfId", number[rule.get("dxfId", "")])


def theme_replaced(book: Book) -> None:
    """The theme under its Dutch name, with the family that Excel 2013 and later add."""
    root = book.tree("xl/theme/theme1.xml")
    root.set("name", "Kantoorthema")
    for old in root.findall(f"{{{DRAWING}}}extLst"):
        root.remove(old)
    root.append(
        _parsed(
            f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{{05A4C25C-085E-4340-85A3-A5531E510DB2}}">'
            f'<thm15:themeFamily xmlns:thm15="{_FAMILY}" '
            'name="Office Theme" id="{62F939B6-93AF-4DB8-9C6B-D6C7DFDC589F}" '
            'vid="{4A3C46E8-61CC-4603-A589-7422A47A8E4A}"/></a:ext></a:extLst>'
        )
    )


class Step(NamedTuple):
    """One thing that Excel or SharePoint does; ``parts`` are those that come with it."""

    do: Callable[[Book], None]
    parts: tuple[str, ...] = ()

    @property
    def stands_for(self) -> str:
        """What the step stands for, in a line."""
        return (self.do.__doc__ or "").split("\n", 1)[0]


STEPS = (
    Step(workbook_rewritten),
    Step(filter_database),
    Step(strings_reordered),
    Step(formulas_rewritten),
    Step(validations_rewritten),
    Step(formats_split),
    Step(styles_rewritten),
    Step(sheets_rewritten),
    Step(widths_and_heights),
    Step(theme_replaced),
    Step(calc_chain, ("xl/calcChain.xml",)),
    Step(
        threaded_comment,
        ("xl/persons/person.xml", "xl/threadedComments/threadedComment1.xml", "xl/comments1.xml",
         "xl/drawings/vmlDrawing1.vml"),
    ),
    Step(printer_settings, ("xl/printerSettings/printerSettings1.bin",)),
    Step(sensitivity_label, ("docMetadata/LabelInfo.xml",)),
    Step(sharepoint_library, ("customXml/item1.xml", "customXml/itemProps1.xml")),
    Step(document_properties),
    Step(thumbnail, ("docProps/thumbnail.wmf",)),
    Step(chart_colors, ("xl/charts/colors1.xml",)),
)  # fmt: skip


def made(steps: Sequence[Step] = STEPS) -> bytes:
    """The filled workbook after some of the steps."""
    book = Book(base("issued"))
    for step in steps:
        step.do(book)
    return book.data()


def make_returned() -> None:
    """Make the return that stands in the repository."""
    TARGET.write_bytes(made())


if __name__ == "__main__":
    make_returned()
    sys.exit(0)
