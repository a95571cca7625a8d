"""What happens to sheets, protection, lists and stamps: where a file comes from."""

from __future__ import annotations

from lxml import etree

from normtemplates.layout.contract import NAME_COLUMN, NAME_ROW, TITLE_ROW
from normtemplates.layout.places import (
    GUIDE,
    LISTS,
    META,
    OVERVIEW,
    PICTURE,
    START,
    address,
)
from normtemplates.layout.stamp import (
    PROPERTY_PREFIX,
    STAMP_NAME,
    VISIBLE_PREFIX,
    Stamp,
    stamp_of,
)
from tests.mutations.book import Book
from tests.mutations.kind import (
    DONE,
    LAYOUT,
    MISSING,
    PARTLY,
    Do,
    Kind,
    all_of,
    at,
    clear,
    column,
    dropped,
    elements_set,
    fout,
    info,
    put,
    row_of,
    typed,
    warn,
)
from tests.mutations.worksheet import MAIN, Worksheet

_NAME = address(NAME_ROW, NAME_COLUMN)
_TITLE = address(TITLE_ROW, 1)
_OWN = stamp_of(LAYOUT)
_PLACES = ("_meta", "name", "properties", "start")
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


# -- protection, validations, lists --------------------------------------------------------


def _unprotected(*sheets: str) -> Do:
    return dropped("sheetProtection", *sheets)


def _own_words(*words: str) -> Do:
    """Take the words of a list in the validation itself, as one types them in Excel."""

    def do(book: Book) -> None:
        for one in book.sheet(OVERVIEW).every("formula1"):
            if one.text == "lijst_priority":
                one.text = f'"{",".join(words)}"'

    return do


def _no_validations(*sheets: str) -> Do:
    return dropped("dataValidations", *sheets)


def _removed(*sheets: str) -> Do:
    return all_of(*(_without(name) for name in sheets))


def _without(sheet: str) -> Do:
    return lambda book: book.remove_sheet(sheet)


def _renamed_to(name: str, target: str | None) -> Do:
    """Let a defined name point elsewhere, or take it away."""

    def do(book: Book) -> None:
        one = book.defined_name(name)
        parent = one.getparent()
        assert parent is not None
        if target is None:
            parent.remove(one)
        else:
            one.text = target

    return do


def _area_of(name: str) -> Do:
    """Let the list of statuses be that of another field."""
    return lambda book: _renamed_to("lijst_status", book.defined_name(name).text)(book)


def _state(sheet: str, state: str) -> Do:
    return lambda book: book.entry(sheet).set("state", state)


PROTECTION = (
    Kind("protection", "overview unprotected", _unprotected(OVERVIEW), (warn("NT213"),)),
    Kind("protection", "Start unprotected", _unprotected(START), (warn("NT213", sheet=START),)),
    Kind("protection", "protection switched off",
         lambda book: book.sheet(OVERVIEW).one("sheetProtection").set("sheet", "0"),
         (warn("NT213"),)),
    Kind("protection", "sheets without answers unprotected", _unprotected(PICTURE, GUIDE)),
    Kind("protection", "validations dropped", _no_validations(OVERVIEW), (warn("NT214"),)),
    Kind("protection", "validations dropped everywhere", _no_validations(OVERVIEW, START),
         (warn("NT214"), warn("NT214", sheet=START))),
    Kind("protection", "list replaced by words of one's own", _own_words("Hoog", "Laag"),
         (warn("NT219", sheet=None),)),
    Kind("protection", "list replaced by the same words", _own_words("Hoog", "Midden", "Laag"),
         why="the cell still takes the same answers"),
    Kind("protection", "validations only warn",
         elements_set("dataValidation", errorStyle="warning"),
         (warn("NT214"),)),
    Kind("protection", "validations say nothing",
         elements_set("dataValidation", START, showErrorMessage="0"),
         (warn("NT214", sheet=START),)),
    Kind("protection", "all that a plain program drops",
         all_of(_unprotected(OVERVIEW, START), _no_validations(OVERVIEW, START)),
         tuple(warn(c, sheet=name) for c in ("NT213", "NT214") for name in (OVERVIEW, START))),
    Kind("lists", "a name points to another list", _area_of("lijst_priority"),
         (warn("NT219", sheet=None),)),
    Kind("lists", "a word in a list changed", put("A3", "Bezig", LISTS),
         (warn("NT219", sheet=None),)),
    Kind("lists", "a name gone", _renamed_to("lijst_status", None),
         why="what the list offered cannot be told; the answers themselves are looked at"),
    Kind("lists", "a name points nowhere", _renamed_to("lijst_status", "#REF!")),
)  # fmt: skip

# -- sheets --------------------------------------------------------------------------------

_HIDDEN_ROWS = [row_of(n) for n in (PARTLY, MISSING)]


def _filtered(book: Book) -> None:
    """Filter on the status, as Excel writes it."""
    sheet = book.sheet(OVERVIEW)
    found = sheet.one("autoFilter")
    for child in list(found):
        found.remove(child)
    one = etree.SubElement(found, f"{{{MAIN}}}filterColumn", colId=str(column("status") - 1))
    filters = etree.SubElement(one, f"{{{MAIN}}}filters")
    etree.SubElement(filters, f"{{{MAIN}}}filter", val="Uitgevoerd")
    sheet.one("sheetPr").set("filterMode", "1")
    for row in _HIDDEN_ROWS:
        sheet.row(row).set("hidden", "1")


def _pasted_in_a_new_book(book: Book) -> None:
    """Copy what can be seen of the overview, and paste it as values in an empty workbook."""
    source = book.sheet(OVERVIEW)
    texts = {
        address(row, one.column): (source.cell(address(row, one.column)).get("t"),
                                   source.text(address(row, one.column)))
        for row in range(1, LAYOUT.last_row + 1) for one in LAYOUT.columns
    }  # fmt: skip
    target = book.add_sheet("Blad1")
    for ref, (kind, text) in texts.items():
        if kind in {"s", "str"}:
            target.put(ref, text)
        elif text:
            target.number(ref, text)
    for name in (START, OVERVIEW, PICTURE, GUIDE, LISTS, META):
        book.remove_sheet(name)
    names = next(book.workbook.iter(f"{{{MAIN}}}definedNames"))
    book.workbook.remove(names)
    _stamped({"properties": None})(book)


def _sheets_in_a_new_book(book: Book) -> None:
    """Move both sheets with answers to a new workbook, as ‘Verplaatsen of kopiëren’ does."""
    for name in (PICTURE, GUIDE, META):
        book.remove_sheet(name)
    _stamped({"properties": None})(book)


def _extra(name: str, *, state: str | None = None, text: str = "") -> Do:
    def do(book: Book) -> None:
        sheet: Worksheet = book.add_sheet(name, state=state)
        if text:
            sheet.put("A1", text)

    return do


SHEETS = (
    Kind("sheets", "overview renamed", lambda b: b.rename_sheet(OVERVIEW, "Normen 2025"),
         (warn("NT206", sheet="Normen 2025"),)),
    Kind("sheets", "overview renamed in case only",
         lambda b: b.rename_sheet(OVERVIEW, "OVERZICHT")),
    Kind("sheets", "overview renamed, with a mistake",
         all_of(clear(at(DONE, "status")), lambda b: b.rename_sheet(OVERVIEW, "Normen")),
         (warn("NT206", sheet="Normen"), fout("NT301", at(DONE, "status"), "Normen"))),
    Kind("sheets", "Start renamed", lambda b: b.rename_sheet(START, "Voorblad"),
         (fout("NT206", sheet="Voorblad"),)),
    Kind("sheets", "Start deleted", _removed(START), (fout("NT206", sheet=None),)),
    Kind("sheets", "overview deleted", _removed(OVERVIEW),
         (fout("NT201", sheet=None),)),
    Kind("sheets", "pictures and guide deleted",
         _removed(PICTURE, GUIDE)),
    Kind("sheets", "hidden sheets deleted", _removed(LISTS, META)),
    Kind("sheets", "hidden sheets shown",
         all_of(_state(LISTS, "visible"), _state(META, "visible"))),
    Kind("sheets", "overview hidden", _state(OVERVIEW, "hidden"), (warn("NT217"),)),
    Kind("sheets", "Start very hidden", _state(START, "veryHidden"), (warn("NT217", sheet=START),)),
    Kind("sheets", "sheet of one's own", _extra("Notities", text="nog doen"),
         (info("NT218", sheet="Notities"),)),
    Kind("sheets", "hidden sheet of one's own", _extra("x", state="hidden", text="nog doen"),
         (info("NT218", sheet="x"),)),
    Kind("sheets", "other order of the sheets",
         lambda b: next(iter(b.workbook.iter(f"{{{MAIN}}}sheets"))).append(b.entry(START)),
         why="names by place are not ours to read"),
    Kind("sheets", "filter left on", _filtered, (info("NT217"),),
         "filtering is allowed, and what it hides was read"),
    Kind("sheets", "filter left on, with a mistake in what it hides",
         all_of(clear(at(PARTLY, "owner")), _filtered),
         (info("NT217"), fout("NT302", at(PARTLY, "owner")))),
    Kind("sheets", "values pasted in a new workbook", _pasted_in_a_new_book,
         (fout("NT206", sheet=None), warn("NT206", sheet="Blad1"),
          *(warn(code, sheet="Blad1") for code in ("NT213", "NT214", "NT215")))),
    Kind("sheets", "sheets moved to a new workbook", _sheets_in_a_new_book,
         why="the stamp on Start and the name tell enough"),
)  # fmt: skip

# -- where it comes from -------------------------------------------------------------------


def _stamped(stamps: dict[str, Stamp | None]) -> Do:
    """Write other stamps in some of the four places, or take them away."""

    def do(book: Book) -> None:
        for place, stamp in stamps.items():
            _WRITERS[place](book, stamp)

    return do


def _in_meta(book: Book, stamp: Stamp | None) -> None:
    if stamp is None:
        book.remove_sheet(META)
        return
    sheet = book.sheet(META)
    for row in range(1, 30):
        part = getattr(stamp, sheet.text(address(row, 1)), None) if sheet.text(
            address(row, 1)) else None  # fmt: skip
        if part is not None:
            sheet.put(address(row, 2), part)


def _in_name(book: Book, stamp: Stamp | None) -> None:
    _renamed_to(STAMP_NAME, f'"{stamp.text}"' if stamp else None)(book)


def _in_properties(book: Book, stamp: Stamp | None) -> None:
    root = book.tree("docProps/custom.xml")
    for one in list(root):
        name = one.get("name", "").removeprefix(PROPERTY_PREFIX)
        if stamp is None:
            root.remove(one)
        else:
            one[0].text = getattr(stamp, name)


def _in_sight(book: Book, stamp: Stamp | None) -> None:
    sheet = book.sheet(START)
    for cell in list(sheet.cells()):
        ref = cell.get("r", "")
        if sheet.text(ref).startswith(VISIBLE_PREFIX):
            sheet.put(ref, VISIBLE_PREFIX + stamp.text if stamp else "")


_WRITERS = {
    "_meta": _in_meta, "name": _in_name, "properties": _in_properties, "start": _in_sight,
}  # fmt: skip


def _everywhere(**parts: str) -> Do:
    return _stamped(dict.fromkeys(_PLACES, Stamp(**{**_parts(), **parts})))


def _parts() -> dict[str, str]:
    return {
        "norm": _OWN.norm, "edition": _OWN.edition, "round": _OWN.round,
        "organisation": _OWN.organisation, "layout": _OWN.layout, "fingerprint": _OWN.fingerprint,
    }  # fmt: skip


def _here(place: str, **parts: str) -> Do:
    return _stamped({place: Stamp(**{**_parts(), **parts})})


_CONTRADICTION = (fout("NT204", sheet=None),)

ORIGIN = (
    Kind("origin", "another name on Start", put(_NAME, "gemeente Anderstad", START),
         (fout("NT204", _NAME, START),)),
    Kind("origin", "another name above the overview",
         put(_TITLE, "Overzicht gemeente Anderstad"), (fout("NT204", _TITLE),)),
    Kind("origin", "a name like one's own above the overview",
         put(_TITLE, "Overzicht gemeente 's-Anderstad"), (fout("NT204", _TITLE),)),
    *(Kind("origin", f"title {text!r}", put(_TITLE, text))
      for text in ("Overzicht gemeente Voorbeeldstad 2025", "Overzicht van onze gemeente", "",
                   "Overzicht Gemeente VOORBEELDSTAD, definitief")),
    *(Kind("origin", f"another organisation in {place}", _here(place, organisation="GM0001"),
           _CONTRADICTION) for place in _PLACES),
    Kind("origin", "another fingerprint in one place", _here("name", fingerprint="0" * 16),
         _CONTRADICTION),
    Kind("origin", "an organisation that takes no part", _everywhere(organisation="GM0001"),
         (fout("NT203", _NAME, START),)),
    Kind("origin", "an older layout", _everywhere(fingerprint="0123456789abcdef"),
         (warn("NT205", sheet=None),)),
    Kind("origin", "an older layout, with a mistake",
         all_of(_everywhere(layout="0", fingerprint="0123456789abcdef"),
                clear(at(DONE, "status"))),
         (warn("NT205", sheet=None), fout("NT301", at(DONE, "status")))),
    Kind("origin", "another round", _everywhere(round="nulmeting-2024"),
         (fout("NT202", sheet=None),)),
    Kind("origin", "another norm", _everywhere(norm="limburg"), (fout("NT202", sheet=None),)),
    *(Kind("origin", f"stamp gone from {place}", _stamped({place: None})) for place in _PLACES),
    Kind("origin", "all stamps gone", _stamped(dict.fromkeys(_PLACES)),
         why="the name on Start tells whose it is, the headers and sentences what"),
    Kind("origin", "all stamps and the name gone",
         all_of(_stamped(dict.fromkeys(_PLACES)), clear(_NAME, sheet=START)),
         why="the title above the overview names it"),
    Kind("origin", "all stamps and all names gone",
         all_of(_stamped(dict.fromkeys(_PLACES)), clear(_NAME, sheet=START), clear(_TITLE)),
         (fout("NT203", _NAME, START),)),
    Kind("origin", "name on Start in capitals", put(_NAME, "GEMEENTE VOORBEELDSTAD", START)),
    Kind("origin", "name on Start gone", clear(_NAME, sheet=START)),
    Kind("origin", "error in place of the name", typed(_NAME, "e", "#REF!", START)),
)  # fmt: skip

KINDS = (*PROTECTION, *SHEETS, *ORIGIN)
