"""What programs make of a good return: other XML, the same workbook. Nothing may be said of it.

Excel, LibreOffice, SharePoint and other programs write the same content in many ways, and add
parts of their own. Each kind here is one such difference, made on its own.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
from lxml import etree

from normtemplates.layout.places import OVERVIEW, START, address
from tests.mutations.book import RELATIONS, STRINGS, TYPES, Book
from tests.mutations.kind import LAYOUT, Kind, all_of, column, elements_set
from tests.mutations.worksheet import MAIN, set_all, unset

_M = f"{{{MAIN}}}"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_DATES = [one.column for one in LAYOUT.answer_columns if one.field.kind.value == "date"]
_SHEET_RELATIONS = f"{RELATIONS}/"


def _sheets(book: Book) -> list[str]:
    return [one.get("name", "") for one in book.workbook.iter(f"{_M}sheet")]


# -- formulas ------------------------------------------------------------------------------


def _no_cached_values(book: Book) -> None:
    for sheet in _sheets(book):
        for formula in book.sheet(sheet).every("f"):
            cell = formula.getparent()
            assert cell is not None
            unset(cell, "t")
            for value in cell.findall(f"{_M}v"):
                cell.remove(value)


def _stale_cached_values(book: Book) -> None:
    for sheet in _sheets(book):
        for formula in book.sheet(sheet).every("f"):
            cell = formula.getparent()
            assert cell is not None
            ref = cell.get("r", "")
            book.sheet(sheet).formula(ref, formula.text or "", "Nog invullen")


def _other_type_of_cached_values(book: Book) -> None:
    for formula in book.sheet(OVERVIEW).every("f"):
        cell = formula.getparent()
        assert cell is not None
        book.sheet(OVERVIEW).formula(cell.get("r", ""), formula.text or "", "#NAME?", "e")


def _formulas_rewritten(book: Book) -> None:
    """Spaces after commas, function names in lower case, as other programs write them."""
    for formula in book.sheet(OVERVIEW).every("f"):
        pieces = re.split(r'("[^"]*")', formula.text or "")
        for place in range(0, len(pieces), 2):
            pieces[place] = pieces[place].replace(",", ", ").replace("IF(", "if(")
        formula.text = "".join(pieces)


def _shared_formula(book: Book) -> None:
    """Let a column of formulas be one shared formula, as Excel writes what was filled down."""
    check = column("check")
    rows = [slot.row for slot in LAYOUT.rows[:5]]
    for place, row in enumerate(rows):
        formula = book.sheet(OVERVIEW).cell(address(row, check)).find(f"{_M}f")
        assert formula is not None
        formula.set("t", "shared")
        formula.set("si", "0")
        if place:
            formula.text = None
        else:
            formula.set("ref", f"{address(rows[0], check)}:{address(rows[-1], check)}")


# -- cells ---------------------------------------------------------------------------------


def _inline_strings(book: Book) -> None:
    for sheet in _sheets(book):
        own = book.sheet(sheet)
        for cell in own.cells():
            if cell.get("t") == "s":
                text = own.text(cell.get("r", ""))
                own.clear(cell.get("r", ""))
                cell.set("t", "inlineStr")
                item = etree.SubElement(etree.SubElement(cell, f"{_M}is"), f"{_M}t")
                item.text = text
                item.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    # No shared strings are left.
    table = book.tree(STRINGS)
    for child in list(table):
        table.remove(child)


def _rich_text(book: Book) -> None:
    """Make the first letters of every shared string bold, and note how the rest is read."""
    for item in book.tree(STRINGS):
        whole = "".join(t.text or "" for t in item.iter(f"{_M}t"))
        for child in list(item):
            item.remove(child)
        for text, bold in ((whole[:3], True), (whole[3:], False)):
            run = etree.SubElement(item, f"{_M}r")
            if bold:
                etree.SubElement(etree.SubElement(run, f"{_M}rPr"), f"{_M}b")
            part = etree.SubElement(run, f"{_M}t")
            part.text = text
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        spoken = etree.SubElement(item, f"{_M}rPh", sb="0", eb="1")
        etree.SubElement(spoken, f"{_M}t").text = "klank"


def _iso_dates(book: Book) -> None:
    """Write dates as text of type d, as Strict files of Excel do."""
    for slot in LAYOUT.rows:
        for one in _DATES:
            ref = address(slot.row, one)
            value = book.sheet(OVERVIEW).text(ref)
            if value:
                day = date(1899, 12, 30) + timedelta(days=int(float(value)))
                book.sheet(OVERVIEW).typed(ref, "d", f"{day.isoformat()}T00:00:00")


def _counted_from_1904(book: Book) -> None:
    """Count days from 1904, with the numbers that belong to it."""
    next(iter(book.workbook.iter(f"{_M}workbookPr"))).set("date1904", "1")
    spots = [(OVERVIEW, address(slot.row, one)) for slot in LAYOUT.rows for one in _DATES]
    spots += [(START, address(c.row, c.column)) for c in LAYOUT.cover
              if c.field.kind.value == "date"]  # fmt: skip
    for sheet, ref in spots:
        value = book.sheet(sheet).text(ref)
        if value:
            book.sheet(sheet).number(ref, str(int(float(value)) - 1462))


def _numbers_in_full(book: Book) -> None:
    for slot in LAYOUT.rows:
        for one in _DATES:
            ref = address(slot.row, one)
            value = book.sheet(OVERVIEW).text(ref)
            if value:
                book.sheet(OVERVIEW).number(ref, f"{float(value) / 1e4!r}E4")


def _no_addresses(book: Book) -> None:
    """Leave out addresses where they follow from the place, as small programs do."""
    for row in book.sheet(START).data:
        expected = 1
        for cell in row:
            if cell.get("r") == address(int(row.get("r", "0")), expected):
                unset(cell, "r")
                expected += 1
            else:
                break


def _styles_renumbered(book: Book) -> None:
    """Turn the list of cell formats round, and every number that points into it."""
    formats = book.tree("xl/styles.xml").find(f"{_M}cellXfs")
    assert formats is not None
    order = list(formats)
    for one in order:
        formats.remove(one)
    formats.extend(reversed(order))
    last = len(order) - 1
    for sheet in _sheets(book):
        own = book.sheet(sheet)
        for cell in own.cells():
            cell.set("s", str(last - int(cell.get("s", "0"))))
        for name, key in (("row", "s"), ("col", "style")):
            for one in own.every(name):
                if one.get(key) is not None:
                    one.set(key, str(last - int(one.get(key, "0"))))


# -- validations ---------------------------------------------------------------------------


def _validations_split(book: Book) -> None:
    """One validation for each cell, in another order."""
    for sheet in (OVERVIEW, START):
        table = book.sheet(sheet).one("dataValidations")
        for one in list(table):
            table.remove(one)
            for area in one.get("sqref", "").split():
                for ref in _each_cell(area):
                    copied = etree.fromstring(etree.tostring(one))
                    copied.set("sqref", ref)
                    table.insert(0, copied)
        unset(table, "count")


def _each_cell(area: str) -> list[str]:
    first, _, last = area.partition(":")
    letters = first.rstrip("0123456789")
    top, bottom = (int(ref[len(letters) :]) for ref in (first, last or first))
    return [f"{letters}{row}" for row in range(top, bottom + 1)]


def _validations_x14(book: Book) -> None:
    """Write every list in the extension list, as Excel does with lists on another sheet."""
    for name in (OVERVIEW, START):
        sheet = book.sheet(name)
        ext_list = etree.SubElement(sheet.root, f"{_M}extLst")
        ext = etree.SubElement(ext_list, f"{_M}ext", uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}")
        made = etree.SubElement(ext, f"{{{_X14}}}dataValidations")
        for one in sheet.every("dataValidation"):
            if one.get("type") != "list":
                continue
            new = etree.SubElement(made, f"{{{_X14}}}dataValidation")
            set_all(new, **{str(k): str(v) for k, v in one.attrib.items() if k != "sqref"})
            first = etree.SubElement(new, f"{{{_X14}}}formula1")
            etree.SubElement(first, f"{{{_XM}}}f").text = one.findtext(f"{_M}formula1")
            etree.SubElement(new, f"{{{_XM}}}sqref").text = one.get("sqref")
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)


# -- other ways of writing XML and the package -----------------------------------------------


def _prefixed(book: Book) -> None:
    """Give every name a prefix, as some programs do."""
    book.flush()
    for part, data in book.parts.items():
        root = etree.fromstring(data) if part.endswith(".xml") else None
        if root is not None and root.tag.startswith(_M):
            spaces: dict[str, str] = {k or "x": v for k, v in root.nsmap.items()}
            new = etree.Element(root.tag, nsmap=spaces)
            set_all(new, **{str(k): str(v) for k, v in root.attrib.items()})
            new.extend(root)
            book.parts[part] = etree.tostring(new, xml_declaration=True, encoding="UTF-8")
    assert b"<x:sheetData" in book.parts[book.part_of(OVERVIEW)]


_STRICT = (
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/",
     "http://purl.oclc.org/ooxml/drawingml/"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
     "http://purl.oclc.org/ooxml/officeDocument/customProperties"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
     "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
     "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"),
)  # fmt: skip


def _strict(book: Book) -> None:
    """Save as ‘Strict Open XML’."""
    book.workbook.set("conformance", "strict")
    book.flush()
    for part, data in book.parts.items():
        if part == TYPES:
            continue
        for old, new in _STRICT:
            data = data.replace(old.encode(), new.encode())
        book.parts[part] = data


def _utf_16(book: Book) -> None:
    book.flush()
    for part in (book.part_of(OVERVIEW), STRINGS):
        root = etree.fromstring(book.parts[part])
        out = io.BytesIO()
        etree.ElementTree(root).write(out, xml_declaration=True, encoding="UTF-16")
        book.parts[part] = out.getvalue()
    book.flush()


def _indented(book: Book) -> None:
    for sheet in _sheets(book):
        etree.indent(book.sheet(sheet).root)


def _absolute_targets(book: Book) -> None:
    for one in book.tree("xl/_rels/workbook.xml.rels"):
        one.set("Target", "/xl/" + one.get("Target", ""))


def _other_part_names(book: Book) -> None:
    """Name the sheets' parts as other programs do."""
    book.flush()
    rels, types = "xl/_rels/workbook.xml.rels", TYPES
    for place in range(1, 7):
        old, new = f"worksheets/sheet{place}.xml", f"worksheets/Blad_{place}.xml"
        book.parts[f"xl/{new}"] = book.parts.pop(f"xl/{old}")
        relations = f"xl/worksheets/_rels/sheet{place}.xml.rels"
        if relations in book.parts:
            book.parts[f"xl/worksheets/_rels/Blad_{place}.xml.rels"] = book.parts.pop(relations)
            old_rels = f"/xl/worksheets/_rels/sheet{place}.xml.rels"
            if old_rels.encode() in book.parts[types]:
                book.replace(types, old_rels, f"/xl/worksheets/_rels/Blad_{place}.xml.rels")
        book.replace(rels, old, new)
        book.replace(types, f"/xl/{old}", f"/xl/{new}")


def _by_openpyxl(book: Book) -> None:
    """Open and save with openpyxl, as scripts do."""
    opened = openpyxl.load_workbook(io.BytesIO(book.data()))
    out = io.BytesIO()
    opened.save(out)
    book.whole = out.getvalue()


KINDS = (
    Kind("cached values", "none at all", _no_cached_values),
    Kind("cached values", "stale", _stale_cached_values),
    Kind("cached values", "of another type", _other_type_of_cached_values),
    Kind("formulas", "rewritten", _formulas_rewritten),
    Kind("formulas", "shared", _shared_formula),
    Kind("formulas", "marked for calculation", elements_set("f", ca="1")),
    Kind("content", "inline strings", _inline_strings),
    Kind("content", "rich text", _rich_text),
    Kind("content", "ISO dates", _iso_dates),
    Kind("content", "days counted from 1904", _counted_from_1904),
    Kind("content", "numbers with an exponent", _numbers_in_full),
    Kind("content", "cells without an address", _no_addresses),
    Kind("content", "styles renumbered", _styles_renumbered),
    Kind("validations", "one for each cell, in another order", _validations_split),
    Kind("validations", "lists in the extension list", _validations_x14),
    Kind("validations", "prompts left out", elements_set("dataValidation", prompt="", error="")),
    Kind("validations", "input messages off", elements_set("dataValidation", showInputMessage="0")),
    Kind("xml", "every name with a prefix", _prefixed),
    Kind("xml", "Strict", _strict),
    Kind("xml", "Strict with ISO dates", all_of(_iso_dates, _strict)),
    Kind("xml", "UTF-16", _utf_16),
    Kind("xml", "indented", _indented),
    Kind("xml", "absolute targets", _absolute_targets),
    Kind("xml", "other names of parts", _other_part_names),
    Kind("programs", "saved by openpyxl", _by_openpyxl),
    Kind("programs", "lists in the extension list, split, no cached values",
         all_of(_validations_split, _validations_x14, _no_cached_values)),
)  # fmt: skip
