"""Parts that Excel 365 and SharePoint add to a file; see :mod:`tests.clients.excel_like`."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from normtemplates.layout.places import OVERVIEW, START
from tests.mutations.book import RELATIONS, TYPES, Book
from tests.mutations.kind import DONE, LAYOUT, at
from tests.mutations.worksheet import MAIN, set_all

COMMENTED = at(DONE, "evidence")
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_M = f"{{{MAIN}}}"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_LABEL, _SITE = "0a000000-0000-4000-8000-00000000000a", "0b000000-0000-4000-8000-00000000000b"
_PERSON = "{0C000000-0000-4000-8000-00000000000C}"
_THREAD = "{0D000000-0000-4000-8000-00000000000D}"


def before(parent: etree._Element, new: etree._Element, *names: str) -> None:
    """Insert before the first child with one of the names, else at the end."""
    wanted = [i for i, child in enumerate(parent) if etree.QName(child).localname in names]
    parent.insert(wanted[0] if wanted else len(parent), new)


def uid(number: int) -> str:
    return f"{{0E000000-0000-4000-8000-{number:012X}}}"


# -- comments ------------------------------------------------------------------------------


def threaded_comment(book: Book) -> None:
    """A comment of Excel 365 with its person, and the note for older versions with its shape."""
    book.add_part(
        "xl/persons/person.xml",
        (
            f'<personList xmlns="{_THREADED}" xmlns:x="{MAIN}"><person displayName="Teamleider" '
            f'id="{_PERSON}" userId="S::team@voorbeeldstad.example::{_SITE}" providerId="AD"/>'
            "</personList>"
        ).encode(),
        "application/vnd.ms-excel.person+xml", WORKBOOK_RELS, f"{_MICROSOFT}/person",
        "persons/person.xml",
    )  # fmt: skip
    relations = book.relations_of(OVERVIEW)
    book.add_part(
        "xl/threadedComments/threadedComment1.xml",
        (
            f'<ThreadedComments xmlns="{_THREADED}" xmlns:x="{MAIN}"><threadedComment '
            f'ref="{COMMENTED}" dT="2025-03-01T10:00:00.00" personId="{_PERSON}" id="{_THREAD}">'
            "<text>Is dit het laatste besluit?</text></threadedComment></ThreadedComments>"
        ).encode(),
        "application/vnd.ms-excel.threadedcomments+xml", relations,
        f"{_MICROSOFT}/threadedComment", "../threadedComments/threadedComment1.xml",
    )  # fmt: skip
    note = (
        "[Opmerkingenthread]\n\nU kunt deze opmerkingenthread lezen in uw versie van Excel. "
        "Eventuele wijzigingen aan de thread gaan echter verloren als het bestand wordt geopend in "
        "een nieuwere versie van Excel. Meer informatie: "
        "https://go.microsoft.com/fwlink/?linkid=870924\n\nOpmerking:\n"
        "    Is dit het laatste besluit?"
    )
    book.add_part(
        "xl/comments1.xml",
        (
            f'<comments xmlns="{MAIN}" xmlns:mc="{MC}" mc:Ignorable="xr" xmlns:xr="{XR}"><authors>'
            f"<author>tc={_THREAD}</author></authors><commentList><comment "
            f'ref="{COMMENTED}" authorId="0" shapeId="0" xr:uid="{_THREAD}"><text>'
            f'<t xml:space="preserve">{note}</t></text></comment></commentList></comments>'
        ).encode(),
        f"{SHEETML}.comments+xml", relations, f"{RELATIONS}/comments", "../comments1.xml",
    )  # fmt: skip
    _default(book, "vml", f"{_OFFICE}.vmlDrawing")
    row, column = (LAYOUT.row_by_number[DONE].row, LAYOUT.column_by_key["evidence"].column)
    book.parts["xl/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape '
        'id="_x0000_s1025" type="#_x0000_t202" style="position:absolute;visibility:hidden">'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape></xml>"
    ).encode()
    identity = book.relate(relations, f"{RELATIONS}/vmlDrawing", "../drawings/vmlDrawing1.vml")
    drawing = etree.Element(f"{_M}legacyDrawing")
    drawing.set(f"{{{RELATIONS}}}id", identity)
    before(book.sheet(OVERVIEW).root, drawing, "tableParts", "extLst")


def _default(book: Book, extension: str, kind: str) -> None:
    types = book.tree(TYPES)
    one = etree.Element(types[0].tag.replace("Override", "Default"))
    set_all(one, Extension=extension, ContentType=kind)
    types.insert(0, one)


# -- parts of their own --------------------------------------------------------------------


def printer_settings(book: Book) -> None:
    """What Windows knows of the printer, for each sheet that was printed."""
    _default(book, "bin", f"{SHEETML}.printerSettings")
    for number, name in enumerate((START, OVERVIEW), start=1):
        part = f"printerSettings/printerSettings{number}.bin"
        # The name of a printer in UTF-16, then a DEVMODE.
        book.parts[f"xl/{part}"] = "Printer gang 2".encode("utf-16-le").ljust(64, b"\0") + bytes(
            range(256)
        )
        identity = book.relate(
            book.relations_of(name), f"{RELATIONS}/printerSettings", f"../{part}"
        )
        book.sheet(name).one("pageSetup").set(f"{{{RELATIONS}}}id", identity)


def sensitivity_label(book: Book) -> None:
    """A label of Microsoft Purview that does not encrypt, in both places where Office keeps it."""
    space = "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
    xml = (
        f'<clbl:labelList xmlns:clbl="{space}"><clbl:label id="{{{_LABEL}}}" enabled="1" '
        f'method="Standard" siteId="{{{_SITE}}}" contentBits="0" removed="0"/></clbl:labelList>'
    )
    book.add_part(
        "docMetadata/LabelInfo.xml", xml.encode(),
        "application/vnd.ms-office.classificationlabels+xml", "_rels/.rels",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
        "docMetadata/LabelInfo.xml",
    )  # fmt: skip
    values = {
        "Enabled": "true", "SetDate": "2025-03-01T10:00:00Z", "Method": "Standard",
        "Name": "Intern", "SiteId": _SITE, "ActionId": _LABEL, "ContentBits": "0",
    }  # fmt: skip
    _properties(book, {f"MSIP_Label_{_LABEL}_{name}": text for name, text in values.items()})


def _properties(book: Book, values: Mapping[str, str]) -> None:
    """Add custom properties after those that are there."""
    root = book.tree("docProps/custom.xml")
    for name, text in values.items():
        one = etree.SubElement(root, root[0].tag)
        set_all(one, fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid=str(len(root) + 1),
                name=name)  # fmt: skip
        etree.SubElement(one, f"{{{_VT}}}lpwstr").text = text


def sharepoint_library(book: Book) -> None:
    """The content type and the columns of a library: properties and ``customXml``."""
    _properties(
        book,
        {"ContentTypeId": "0x010100" + "0A" * 16, "MediaServiceImageTags": "", "Order": "100"},
    )
    metadata = "http://schemas.microsoft.com/office/2006/metadata"
    forms = "http://schemas.microsoft.com/sharepoint/v3/contenttype/forms"
    columns = (
        f'<p:properties xmlns:p="{metadata}/properties" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><documentManagement>'
        '<TaxCatchAll xmlns="0f000000-0000-4000-8000-00000000000f" xsi:nil="true"/>'
        "</documentManagement></p:properties>"
    )
    templates = (
        f'<FormTemplates xmlns="{forms}"><Display>DocumentLibraryForm</Display>'
        "<Edit>DocumentLibraryForm</Edit></FormTemplates>"
    )
    schema_ = (
        f'<ct:contentTypeSchema xmlns:ct="{metadata}/contentType" ct:_="" '
        'ct:contentTypeName="Document"/>'
    )
    items = (
        (columns, f"{metadata}/properties"), (templates, forms),
        (schema_, f"{metadata}/contentType"),
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    for number, (xml, schema) in enumerate(items, start=1):
        book.parts[f"customXml/item{number}.xml"] = xml.encode()
        book.relate(WORKBOOK_RELS, f"{RELATIONS}/customXml", f"../customXml/item{number}.xml")
        book.add_part(
            f"customXml/itemProps{number}.xml",
            (
                f'<ds:datastoreItem ds:itemID="{uid(2000 + number)}" xmlns:ds="{space}">'
                f'<ds:schemaRefs><ds:schemaRef ds:uri="{schema}"/></ds:schemaRefs>'
                "</ds:datastoreItem>"
            ).encode(),
            f"{_OFFICE}.customXmlProperties+xml", f"customXml/_rels/item{number}.xml.rels",
            f"{RELATIONS}/customXmlProps", f"itemProps{number}.xml",
        )  # fmt: skip


def document_properties(book: Book) -> None:
    """Who saved it last and when, and Excel's own account of the sheets, in Dutch."""
    core = book.tree("docProps/core.xml")
    for one in core:
        name = etree.QName(one).localname
        if name == "lastModifiedBy":
            one.text = "Medewerker Voorbeeldstad"
        elif name == "modified":
            one.text = "2025-03-01T10:00:00Z"
    app = book.tree("docProps/app.xml")
    for one in app.iter():
        if one.text == "Worksheets":
            one.text = "Werkbladen"
        elif one.text == "Named Ranges":
            one.text = "Benoemde bereiken"
        elif etree.QName(one).localname == "AppVersion":
            one.text = "16.0300"


def thumbnail(book: Book) -> None:
    """The small picture of ‘Miniatuur opslaan’."""
    _default(book, "wmf", "image/x-wmf")
    book.parts["docProps/thumbnail.wmf"] = b"\xd7\xcd\xc6\x9a" + bytes(60)
    book.relate(
        "_rels/.rels",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/thumbnail.wmf",
    )


def chart_colors(book: Book) -> None:
    """The colours from which Excel 2013 and later would draw further series of a chart."""
    space = "http://schemas.microsoft.com/office/drawing/2012/chartStyle"
    accents = "".join(f'<a:schemeClr val="accent{number}"/>' for number in range(1, 7))
    for number in (1, 2):
        book.add_part(
            f"xl/charts/colors{number}.xml",
            (
                f'<cs:colorStyle xmlns:cs="{space}" xmlns:a="{DRAWING}" meth="cycle" id="10">'
                f"{accents}<cs:variation/></cs:colorStyle>"
            ).encode(),
            "application/vnd.ms-office.chartcolorstyle+xml",
            f"xl/charts/_rels/chart{number}.xml.rels",
            "http://schemas.microsoft.com/office/2011/relationships/chartColorStyle",
            f"colors{number}.xml",
        )  # fmt: skip
