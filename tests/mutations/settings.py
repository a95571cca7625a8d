"""What else programs and people set or add: view, print, parts of their own. All harmless."""

from __future__ import annotations

from lxml import etree

from normtemplates.layout.places import OVERVIEW, START
from tests.mutations.book import RELATIONS, TYPES, WORKBOOK, Book
from tests.mutations.kind import (
    DONE,
    LAYOUT,
    Do,
    Kind,
    all_of,
    at,
    dropped,
    elements_set,
    info,
    row_of,
)
from tests.mutations.worksheet import MAIN, set_all, unset

_M = f"{{{MAIN}}}"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_SHEETML = f"{_OFFICE}.spreadsheetml"
_MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"


def _comment(book: Book) -> None:
    xml = (
        f'<comments xmlns="{MAIN}"><authors><author>Team</author></authors><commentList>'
        f'<comment ref="{at(DONE, "evidence")}" authorId="0"><text><t>Klopt dit?</t></text>'
        "</comment></commentList></comments>"
    )
    book.add_part(
        "xl/comments1.xml", xml.encode(), f"{_SHEETML}.comments+xml",
        book.relations_of(OVERVIEW), f"{RELATIONS}/comments", "../comments1.xml",
    )  # fmt: skip


def _threaded(book: Book) -> None:
    ref, who = at(DONE, "evidence"), "{0A000000-0000-4000-8000-000000000001}"
    xml = (
        f'<ThreadedComments xmlns="{_THREADED}"><threadedComment ref="{ref}" '
        f'dT="2025-03-01T10:00:00.00" personId="{who}" id="{who}"><text>Klopt dit?</text>'
        "</threadedComment></ThreadedComments>"
    )
    book.add_part(
        "xl/threadedComments/threadedComment1.xml", xml.encode(),
        "application/vnd.ms-excel.threadedcomments+xml", book.relations_of(OVERVIEW),
        f"{_MICROSOFT}/threadedComment", "../threadedComments/threadedComment1.xml",
    )  # fmt: skip
    _persons(book)


def _persons(book: Book) -> None:
    xml = (
        f'<personList xmlns="{_THREADED}"><person displayName="Iemand" '
        'id="{0A000000-0000-4000-8000-000000000001}" userId="x" providerId="None"/></personList>'
    )
    book.add_part(
        "xl/persons/person.xml", xml.encode(), "application/vnd.ms-excel.person+xml",
        _WORKBOOK_RELS, f"{_MICROSOFT}/person", "persons/person.xml",
    )  # fmt: skip


def _label(book: Book) -> None:
    """A sensitivity label that does not encrypt, in both places where Office keeps it."""
    space = "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
    xml = (
        f'<clbl:labelList xmlns:clbl="{space}"><clbl:label id="{{0a0}}" enabled="1" '
        'method="Standard" siteId="{0b0}" removed="0"/></clbl:labelList>'
    )
    book.add_part(
        "docMetadata/LabelInfo.xml", xml.encode(),
        "application/vnd.ms-office.classificationlabels+xml", "_rels/.rels",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
        "docMetadata/LabelInfo.xml",
    )  # fmt: skip
    root = book.tree("docProps/custom.xml")
    one = etree.fromstring(etree.tostring(root[0]))
    one.set("name", "MSIP_Label_0a0_Enabled")
    one.set("pid", str(len(root) + 2))
    one[0].text = "true"
    root.append(one)


def _printer_settings(book: Book) -> None:
    identity = book.add_part(
        "xl/printerSettings/printerSettings1.bin", bytes(range(256)) * 8,
        f"{_SHEETML}.printerSettings", book.relations_of(OVERVIEW),
        f"{RELATIONS}/printerSettings", "../printerSettings/printerSettings1.bin",
    )  # fmt: skip
    book.sheet(OVERVIEW).one("pageSetup").set(f"{{{RELATIONS}}}id", identity)


def _custom_xml(book: Book) -> None:
    """What SharePoint adds to a file in a library."""
    book.add_part(
        "customXml/item1.xml", b"<p:properties xmlns:p='http://schemas.microsoft.com/office/2006/"
        b"metadata/properties'><documentManagement/></p:properties>", "application/xml",
        "_rels/.rels", f"{RELATIONS}/customXml", "customXml/item1.xml",
    )  # fmt: skip


def _calc_chain(book: Book) -> None:
    chain = f'<calcChain xmlns="{MAIN}"><c r="{at(DONE, "check")}" i="2"/></calcChain>'
    book.add_part(
        "xl/calcChain.xml", chain.encode(), f"{_SHEETML}.calcChain+xml", _WORKBOOK_RELS,
        f"{RELATIONS}/calcChain", "calcChain.xml",
    )  # fmt: skip


def _theme_gone(book: Book) -> None:
    part = "xl/theme/theme1.xml"
    book.parts.pop(part)
    for tree, key, value in (
        (TYPES, "PartName", f"/{part}"), (_WORKBOOK_RELS, "Target", "theme/theme1.xml"),
    ):  # fmt: skip
        root = book.tree(tree)
        root.remove(next(one for one in root if one.get(key) == value))


def _thumbnail(book: Book) -> None:
    book.add_part(
        "docProps/thumbnail.wmf", b"\xd7\xcd\xc6\x9a" + bytes(60), "image/x-wmf", "_rels/.rels",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/thumbnail.wmf",
    )  # fmt: skip


def _filter_name(book: Book) -> None:
    """Two more names that Excel makes by itself."""
    names = next(iter(book.workbook.iter(f"{_M}definedNames")))
    for name, place in (("_xlnm._FilterDatabase", "0"), ("_xlnm.Print_Titles", "0")):
        one = etree.SubElement(names, f"{_M}definedName", name=name, localSheetId=place)
        one.text = f"{START}!$A$1:$H$19" if "Filter" in name else f"{START}!$1:$2"


def _without_filter(book: Book) -> None:
    if book.sheet(OVERVIEW).every("autoFilter"):
        book.sheet(OVERVIEW).drop("autoFilter")
    for one in list(book.workbook.iter(f"{_M}definedName")):
        parent = one.getparent()
        if one.get("name") == "_xlnm._FilterDatabase" and parent is not None:
            parent.remove(one)


def _wider(book: Book) -> None:
    for col in book.sheet(OVERVIEW).split_columns().values():
        col.set("width", "60")
    for slot in LAYOUT.rows:
        set_all(book.sheet(OVERVIEW).row(slot.row), ht="120", customHeight="1")


def _columns_in_another_order(book: Book) -> None:
    """Leave out or split what stands in cols, and turn it round."""
    sheet = book.sheet(OVERVIEW)
    each = sheet.split_columns()
    cols = sheet.one("cols")
    for col in each.values():
        cols.remove(col)
    cols.extend(reversed(list(each.values())))


def _rows_say_less(book: Book) -> None:
    for name in (OVERVIEW, START):
        for row in book.sheet(name).data:
            for key in ("spans", "customFormat", "outlineLevel", "collapsed", "hidden"):
                unset(row, key)


def _other_sheet_active(book: Book) -> None:
    next(iter(book.workbook.iter(f"{_M}workbookView"))).set("activeTab", "3")


def _all_dropped(name: str) -> Do:
    def do(book: Book) -> None:
        for one in book.sheet(OVERVIEW).every(name):
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)

    return do


def _structure_unlocked(book: Book) -> None:
    for one in list(book.workbook.iter(f"{_M}workbookProtection")):
        book.workbook.remove(one)


def _who_and_when(book: Book) -> None:
    """Other names and times, and the program that saved it."""
    for part in ("docProps/core.xml", "docProps/app.xml"):
        for one in book.tree(part).iter():
            if str(one.tag).endswith(("creator", "lastModifiedBy")):
                one.text = "Iemand Anders"
            elif str(one.tag).endswith("Application"):
                one.text = "Microsoft Macintosh Excel"


def _no_properties(book: Book) -> None:
    for part in ("docProps/core.xml", "docProps/app.xml"):
        book.parts.pop(part)
        for tree in (TYPES, "_rels/.rels"):
            root = book.tree(tree)
            for one in list(root):
                if part in (one.get("PartName", "").lstrip("/"), one.get("Target")):
                    root.remove(one)


def _grouped(book: Book) -> None:
    for row in range(row_of("2.1"), row_of("2.11") + 1):
        book.sheet(OVERVIEW).row(row).set("outlineLevel", "1")


def _link_on_an_answer(book: Book) -> None:
    """Excel makes a link of an address that is typed."""
    address = "https://www.voorbeeldstad.nl/beleid"
    identity = book.relate(
        book.relations_of(OVERVIEW), f"{RELATIONS}/hyperlink", address, TargetMode="External"
    )
    link = etree.SubElement(book.sheet(OVERVIEW).one("hyperlinks"), f"{_M}hyperlink")
    link.set("ref", at(DONE, "evidence"))
    link.set(f"{{{RELATIONS}}}id", identity)
    book.sheet(OVERVIEW).put(at(DONE, "evidence"), address)


_COMMENTED = (info("NT504"),)

KINDS = (
    Kind("view", "wider columns, higher rows", _wider),
    Kind("view", "another zoom", elements_set("sheetView", zoomScale="60", zoomScaleNormal="60")),
    Kind("view", "page layout", elements_set("sheetView", view="pageLayout")),
    Kind("view", "panes no longer frozen", _all_dropped("pane")),
    Kind("view", "another sheet active", _other_sheet_active),
    Kind("view", "rows grouped", _grouped),
    Kind("view", "filter taken off", _without_filter),
    Kind("print", "other print settings",
         elements_set("pageSetup", paperSize="9", orientation="portrait")),
    Kind("print", "no print settings",
         all_of(*(dropped(one, START, OVERVIEW)
                  for one in ("pageSetup", "headerFooter", "pageMargins")))),
    Kind("look", "conditional formats gone", _all_dropped("conditionalFormatting")),
    Kind("look", "column order in cols", _columns_in_another_order),
    Kind("look", "rows without spans and flags", _rows_say_less),
    Kind("look", "no dimension", dropped("dimension", START, OVERVIEW)),
    Kind("look", "theme gone", _theme_gone, only="issued"),
    Kind("look", "theme changed", lambda b: b.replace("xl/theme/theme1.xml", "4F81BD", "C00000"),
         only="issued"),
    Kind("parts", "comment", _comment, _COMMENTED),
    Kind("parts", "threaded comment with its person", _threaded, _COMMENTED),
    Kind("parts", "persons", _persons),
    Kind("parts", "sensitivity label", _label),
    Kind("parts", "printer settings", _printer_settings),
    Kind("parts", "customXml of SharePoint", _custom_xml),
    Kind("parts", "calcChain", _calc_chain),
    Kind("parts", "thumbnail", _thumbnail),
    Kind("parts", "link on an answer", _link_on_an_answer),
    Kind("workbook", "names that Excel makes", _filter_name),
    Kind("workbook", "structure lock gone", _structure_unlocked),
    Kind("workbook", "calculation settings gone",
         lambda b: b.workbook.remove(next(iter(b.workbook.iter(f"{_M}calcPr"))))),
    Kind("workbook", "a remark in the XML", lambda b: b.replace(
        WORKBOOK, "<bookViews>", "<!-- --><bookViews>")),
    Kind("properties", "another author and program", _who_and_when),
    Kind("properties", "no document properties", _no_properties),
    Kind("combined", "label, printer, comment, wider columns, another sheet",
         all_of(_label, _printer_settings, _comment, _wider, _other_sheet_active), _COMMENTED),
)  # fmt: skip
