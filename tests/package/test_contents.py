"""What an intact zip is, which content in it is active, and how its parts refer to each other."""

from __future__ import annotations

import pytest

from normtemplates.model.submission import Trouble
from normtemplates.package import KINDS, inspect, relations
from tests.package.files import (
    MAIN,
    PACKAGE,
    RELATIONS,
    ROOT_RELATIONS,
    SHEET_TYPE,
    STRICT_RELATIONS,
    TYPES,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    compound,
    document,
    types,
    workbook,
    zipped,
)
from tests.package.files import relations as relations_part

MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
ODF = b"application/vnd.oasis.opendocument."


def refused(data: bytes) -> str:
    (trouble,) = inspect(data, kind="xlsx").troubles
    assert trouble.fatal
    return trouble.kind


def told(data: bytes) -> list[Trouble]:
    package = inspect(data, kind="xlsx")
    assert package.parts
    assert not any(trouble.fatal for trouble in package.troubles)
    return list(package.troubles)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("word", zipped(document())),
        ("powerpoint", book({TYPES: types(SLIDES, WORKBOOK)})),
        ("binary-excel", book({TYPES: types(BINARY, WORKBOOK)})),
        ("unknown", book({TYPES: types("application/x-iets+xml", WORKBOOK)})),
        ("ods", zipped({"mimetype": ODF + b"spreadsheet", "content.xml": b"<a/>"})),
        ("ods", zipped({"mimetype": ODF + b"spreadsheet-template\n", "content.xml": b"<a/>"})),
        ("word", zipped({"mimetype": ODF + b"text"})),
        ("powerpoint", zipped({"mimetype": ODF + b"presentation"})),
        ("zip-other", zipped({"mimetype": b"application/epub+zip"})),
        (
            "password",
            zipped(
                {
                    "mimetype": ODF + b"spreadsheet",
                    "META-INF/manifest.xml": b"<m><encryption-data/></m>",
                    "content.xml": b"\x93\x1f encrypted",
                }
            ),
        ),
        ("unsafe-xml", zipped({"mimetype": ODF + b"spreadsheet", "a.xml": b"<!DOCTYPE a><a/>"})),
        ("zip-other", zipped({"overzicht.xlsx": book()})),
        ("zip-other", zipped({"foto.jpg": b"x"})),
        ("zip-other", zipped({"Index/Document.iwa": b"x"})),
        ("damaged", book({TYPES: None})),
        ("damaged", book({TYPES: b"<Types/>"})),
        ("damaged", book({TYPES: types(f"{SHEET_TYPE}.sheet", WORKBOOK)})),
        ("damaged", book({ROOT_RELATIONS: None})),
        ("damaged", book({WORKBOOK: None})),
        ("ambiguous", zipped({**workbook(), "mimetype": ODF + b"spreadsheet"})),
        (
            "ambiguous",
            book(
                {
                    ROOT_RELATIONS: workbook()[ROOT_RELATIONS].replace(
                        b"</R", b'<Relationship Id="b" Target="b" Type="'
                        + f'{RELATIONS}/officeDocument"/></R'.encode()
                    )
                }
            ),
        ),
    ],
)  # fmt: skip
def test_says_what_it_is(kind: str, data: bytes) -> None:
    assert refused(data) == kind
    assert kind in KINDS


def test_a_binary_workbook_has_passed_the_gate_before_another_reader_takes_it() -> None:
    parts = {TYPES: types(BINARY, WORKBOOK), "docProps/app.xml": b"<!DOCTYPE a><a/>"}
    assert refused(book(parts)) == "unsafe-xml"


def test_a_workbook_is_told_apart_when_a_letter_was_asked_for() -> None:
    assert inspect(book(), kind="docx").troubles[0].kind == "excel"
    assert inspect(book({TYPES: types(BINARY, WORKBOOK)}), kind="docx").troubles[0].kind == "excel"
    assert inspect(zipped(document()), kind="docx").parts == document()


def test_templates_and_strict_files_are_workbooks() -> None:
    assert not told(book({TYPES: types(f"{SHEET_TYPE}.template.main+xml", WORKBOOK)}))
    root = workbook()[ROOT_RELATIONS].replace(RELATIONS.encode(), STRICT_RELATIONS.encode())
    assert not told(book({ROOT_RELATIONS: root}))
    assert not told(book({TYPES: types(f"{SHEET_TYPE}.sheet.main+xml".upper(), WORKBOOK.upper())}))


VBA = f'<Relationship Id="v" Type="{MICROSOFT}/vbaProject" Target="iets.bin"/></R'
OLE_TYPE = "application/vnd.openxmlformats-officedocument.oleObject"
LINK = f'<x:externalLink xmlns:x="{MAIN}"><x:%s/></x:externalLink>'
ACTIVE: list[tuple[str, str, dict[str, bytes | None]]] = [
    ("macros", "macro’s", {TYPES: types(MACROS, WORKBOOK)}),
    ("macros", "macro’s", {"xl/plaatje.bin": compound("Root Entry", "VBA", "dir")}),
    (
        "macros",
        "macro’s",
        {WORKBOOK_RELATIONS: workbook()[WORKBOOK_RELATIONS].replace(b"</R", VBA.encode())},
    ),
    (
        "macros",
        "macro’s",
        {
            TYPES: types(
                f"{SHEET_TYPE}.sheet.main+xml",
                WORKBOOK,
                '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>',
            )
        },
    ),
    ("macros", "Excel 4", {"xl/_rels/a.xml.rels": b"%s/xlMacrosheet" % MICROSOFT.encode()}),
    ("active", "andere bestanden", {"xl/_rels/a.xml.rels": b"externalLink"}),
    ("active", "andere bron", {"xl/_rels/a.xml.rels": b"connections"}),
    ("active", "ingesloten", {"xl/worksheets/_rels/sheet1.xml.rels": b"oleObject"}),
    ("active", "ingesloten", {"xl/drawings/_rels/d.xml.rels": b"package"}),
    ("active", "ActiveX", {"xl/worksheets/_rels/sheet1.xml.rels": b"control"}),
    ("active", "knoppen", {"x/_rels/y.rels": b"%s/ui/extensibility" % MICROSOFT.encode()}),
    ("active", "(DDE)", {"xl/onschuldig.xml": (LINK % "ddeLink").encode()}),
    ("active", "(DDE)", {"xl/onschuldig.xml": (LINK % "ddeLink").encode("utf-16")}),
    ("active", "(OLE)", {"xl/onschuldig.xml": (LINK % "oleLink").encode()}),
    (
        "active",
        "ingesloten",
        {
            TYPES: types(
                f"{SHEET_TYPE}.sheet.main+xml",
                WORKBOOK,
                f'<Override PartName="/xl/x.dat" ContentType="{OLE_TYPE}"/>',
            )
        },
    ),
    (
        "active",
        "afbeelding",
        {"xl/_rels/a.xml.rels": b"%s/rdRichValueWebImage" % MICROSOFT.encode()},
    ),
    ("active", "sjabloon", {"word/_rels/settings.xml.rels": b"attachedTemplate"}),
]


@pytest.mark.parametrize(("kind", "word", "changes"), ACTIVE)
def test_active_content_is_told_and_keeps_nobody_from_reading(
    kind: str, word: str, changes: dict[str, bytes | None]
) -> None:
    made = {
        name: _relation(content) if content and b"<" not in content and content[:1] != b"\xd0"
        else content
        for name, content in changes.items()
    }  # fmt: skip
    (trouble,) = told(book(made))
    assert (trouble.kind, trouble.fatal) == (kind, False)
    assert word in trouble.detail
    assert kind in KINDS


def _relation(kind: bytes) -> bytes:
    return relations_part((kind.decode(), "ergens"))


def test_an_ole_object_elsewhere_is_a_link() -> None:
    part = relations_part(("oleObject", "file://server/x.doc"))
    part = part.replace(b"/></R", b' TargetMode="External"/></R')
    (trouble,) = told(book({"xl/worksheets/_rels/sheet1.xml.rels": part}))
    assert "koppelingen naar andere bestanden" in trouble.detail


def test_words_of_a_user_are_no_link() -> None:
    assert not told(book({"customXml/item1.xml": b"<ddeLink>externalLink</ddeLink>"}))


def test_each_active_content_is_told_once_and_in_order() -> None:
    rels = {
        f"xl/worksheets/_rels/sheet{number}.xml.rels": _relation(kind)
        for number, kind in enumerate([b"oleObject", b"oleObject", b"control", b"externalLink"])
    }
    details = [trouble.detail for trouble in told(book(rels))]
    assert len(details) == 3
    assert details == sorted(details)


HARMLESS = ["printerSettings", "customXml", "theme", "calcChain", "drawing", "thumbnail",
            "hyperlink", "ctrlProp", "vmlDrawing", "comments"]  # fmt: skip


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_excel_writes_by_itself_is_not_active(kind: str) -> None:
    assert not told(book({"xl/worksheets/_rels/sheet2.xml.rels": _relation(kind.encode())}))


def test_sensitivity_labels_and_persons_are_not_active() -> None:
    uri = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    root = workbook()[ROOT_RELATIONS].replace(
        b"</R",
        f'<Relationship Id="l" Type="{uri}" Target="docMetadata/LabelInfo.xml"/></R'.encode(),
    )
    assert not told(book({ROOT_RELATIONS: root, "docMetadata/LabelInfo.xml": b"<l/>"}))


@pytest.mark.parametrize(
    ("source", "target", "part"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("xl/workbook.xml", "/xl/a.xml", "xl/a.xml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "./a.xml#deel", "xl/a.xml"),
        ("xl/workbook.xml", "mijn%20blad.xml", "xl/mijn blad.xml"),
        ("xl/workbook.xml", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "../../../etc/passwd", ""),
        ("xl/workbook.xml", "", "xl"),
    ],
)
def test_targets_are_resolved_inside_the_package(source: str, target: str, part: str) -> None:
    assert relations.resolve(source, target) == part


@pytest.mark.parametrize("source", ["", "xl/workbook.xml", "a/b/c.bin", "los.xml"])
def test_a_part_and_its_relationships_lead_to_each_other(source: str) -> None:
    assert relations.source_of(relations.part_of(source)) == source


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/a.rels", "rels/.rels", "_rels/x.xml"])
def test_other_parts_hold_no_relationships(part: str) -> None:
    assert relations.source_of(part) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<a/>",
        '<Relationship Id="a"/>',
        '<Relationship Target="a"/>',
        '<Relationship Id="a" Target="a"/><Relationship Id="a" Target="b"/>',
        '<Relationship Id="a" Target="a"><x/></Relationship>',
    ],
)
def test_broken_relationships_are_damage(inside: str) -> None:
    part = f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
    assert refused(book({"xl/_rels/iets.xml.rels": part.encode()})) == "damaged"


def test_relationships_of_another_namespace_are_damage() -> None:
    assert refused(book({"xl/_rels/iets.xml.rels": b"<Relationships/>"})) == "damaged"
