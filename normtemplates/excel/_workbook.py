"""The workbook part and the document properties: which sheets there are and what they are.

ECMA-376 part 1, 18.2 workbook, 15.2.12 document properties.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from xml.parsers import expat

from attrs import Factory, define

from normtemplates.excel._grid import truth
from normtemplates.excel._purse import Purse
from normtemplates.excel._strings import decoded
from normtemplates.excel._walk import STRICT, Element, damaged, too_many, walk

MAX_SHEETS: Final = 200
"""Sheets of a workbook; an overview has six."""

MAX_NAMES: Final = 20_000
"""Defined names; an overview has some 400, copied workbooks gather thousands of stray ones."""

MAX_PROPERTIES: Final = 1_000
"""Custom properties; an overview has a dozen, labels and document systems add some."""

LONGEST_SHEET_NAME: Final = 255
"""Characters of a sheet's name and of its reference; Excel allows 31 in a name, others more."""

_BUILT_IN: Final = "_xlnm."

_STARTS: Final = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")
"""Names of macros that run by themselves; Excel takes longer ones that begin so as well."""

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships id"

_STATES: Final = frozenset({"visible", "hidden", "veryHidden"})

_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_CUSTOM: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
)
_VARIANTS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
# fmt: off
_VARIANT_KINDS: Final = (
    "lpwstr", "lpstr", "bstr", "i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint",
    "r4", "r8", "decimal", "bool", "date", "filetime",
)
# fmt: on


@define
class SheetEntry:
    """A sheet as the workbook names it; ``relation`` is the id of its relationship."""

    name: str
    state: str
    relation: str


@define
class Workbook:
    """What the workbook part says; ``starts`` when a name makes something run by itself."""

    sheets: list[SheetEntry] = Factory(list)
    names: dict[str, str] = Factory(dict)
    date1904: bool = False
    structure_locked: bool = False
    starts: bool = False


def read_workbook_part(data: bytes, part: str, purse: Purse) -> Workbook:
    """Read the workbook part.

    Names that Excel makes itself are left out; a name of one sheet counts where the workbook
    has none of the same name.

    Raises:
        TroubleError: the part is unsafe or damaged, holds too much, or names no sheet.
    """
    book = Workbook()
    of_sheets: dict[str, str] = {}
    folded: set[str] = set()
    names_folded: set[str] = set()
    lists = 0
    current: dict[str, str] = {}
    number_of_names = 0

    def build(main: str, parser: expat.XMLParserType) -> Element:
        relation = _STRICT_RELATIONS if main.startswith(STRICT) else _RELATIONS

        def properties(attributes: dict[str, str]) -> None:
            book.date1904 = truth(attributes.get("date1904"))

        def protection(attributes: dict[str, str]) -> None:
            book.structure_locked = truth(attributes.get("lockStructure"))

        def sheets(attributes: dict[str, str]) -> None:
            nonlocal lists
            lists += 1

        def sheet(attributes: dict[str, str]) -> None:
            name = decoded(attributes.get("name", ""))
            state = attributes.get("state", "visible")
            identity = attributes.get(relation, "")
            key = name.casefold()
            if not name or not identity or state not in _STATES or key in folded:
                raise damaged("De lijst van bladen is beschadigd.")
            if len(book.sheets) >= MAX_SHEETS:
                raise too_many("bladen")
            if max(len(name), len(identity)) > LONGEST_SHEET_NAME:
                raise damaged("De naam van een blad is te lang.")
            folded.add(key)
            book.sheets.append(SheetEntry(name, state, identity))

        def name_begins(attributes: dict[str, str]) -> None:
            nonlocal current, number_of_names
            current = attributes
            number_of_names += 1
            if number_of_names > MAX_NAMES:
                raise too_many("namen")

        def name_text(text: str) -> None:
            name = decoded(current.get("name", ""))
            if not name:
                raise damaged("Een naam in het bestand is beschadigd.")
            if name.lower().removeprefix(_BUILT_IN).startswith(_STARTS):
                book.starts = True
            if name.lower().startswith(_BUILT_IN):
                return
            purse.text(len(name) + len(text))
            if "localSheetId" in current:
                of_sheets.setdefault(name, decoded(text))
                return
            if name.casefold() in names_folded:
                raise damaged("Een naam in het bestand komt twee keer voor.")
            names_folded.add(name.casefold())
            book.names[name] = decoded(text)

        name_element = Element(begin=name_begins, text=name_text)
        return Element(
            {
                f"{main}workbookPr": Element(begin=properties),
                f"{main}workbookProtection": Element(begin=protection),
                f"{main}sheets": Element(
                    {f"{main}sheet": Element(begin=sheet)}, begin=sheets, closed=True
                ),
                f"{main}definedNames": Element({f"{main}definedName": name_element}),
            }
        )

    walk(data, part, "workbook", build)
    if not book.sheets or lists > 1:
        raise damaged("De lijst van bladen is beschadigd.").within(part)
    for name, formula in of_sheets.items():
        if name.casefold() not in names_folded:
            book.names[name] = formula
    return book


def read_core(data: bytes, part: str, purse: Purse) -> tuple[str, datetime | None]:
    """Read the title and the moment of last saving from the core properties, and nothing else.

    A moment that is not later than the one of making says only that the program that saved the
    file does not keep it, and is ``None``, as is one that cannot be read. Names of persons, which
    stand beside it, are never looked at.

    Raises:
        TroubleError: the part is unsafe or damaged.
    """
    found = {"title": "", "created": "", "modified": ""}

    def build(main: str, parser: expat.XMLParserType) -> Element:
        def into(name: str) -> Element:
            def take(text: str) -> None:
                purse.text(len(text))
                found[name] = decoded(text)

            return Element(text=take)

        return Element(
            {
                f"{_DUBLIN_CORE} title": into("title"),
                f"{_TERMS} created": into("created"),
                f"{_TERMS} modified": into("modified"),
            }
        )

    walk(data, part, "coreProperties", build, (_CORE,))
    created, modified = _moment(found["created"]), _moment(found["modified"])
    return found["title"], modified if modified and (not created or created < modified) else None


def _moment(text: str) -> datetime | None:
    """Read a moment (W3CDTF, ECMA-376 part 2, 11.1); one without a zone is in UTC."""
    text = text.strip()
    try:
        found = datetime.fromisoformat(text) if "T" in text else None
        # A fraction of a second is no more than which program wrote it.
        return found and found.replace(microsecond=0, tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_properties(data: bytes, part: str, purse: Purse) -> dict[str, str]:
    """Read the custom properties that have a plain value: name -> value as written.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    found: dict[str, str] = {}
    name = ""

    def begins(attributes: dict[str, str]) -> None:
        nonlocal name
        name = decoded(attributes.get("name", ""))

    def value(text: str) -> None:
        if not name or (name in found):
            raise damaged("De eigenschappen van het bestand zijn beschadigd.")
        if len(found) >= MAX_PROPERTIES:
            raise too_many("eigenschappen")
        purse.text(len(name) + len(text))
        found[name] = decoded(text)

    def build(main: str, parser: expat.XMLParserType) -> Element:
        plain = Element(text=value)
        kinds = {f"{space} {kind}": plain for space in _VARIANTS for kind in _VARIANT_KINDS}
        return Element({f"{main}property": Element(kinds, begin=begins)})

    walk(data, part, "Properties", build, _CUSTOM)
    return found
