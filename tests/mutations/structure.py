"""What happens to rows, columns and cells: sorted, moved, merged, hidden, typed over."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from normtemplates.layout.places import OVERVIEW, START, address
from tests.mutations.book import Book
from tests.mutations.kind import (
    DONE,
    LAYOUT,
    MISSING,
    Do,
    Kind,
    all_of,
    at,
    clear,
    column,
    cover,
    fill,
    formula,
    fout,
    header,
    header_text,
    number,
    numbers,
    put,
    row_of,
    uncovered,
    warn,
)
from tests.mutations.worksheet import MAIN, set_all, unset


def _text(number: str) -> str:
    return LAYOUT.row_by_number[number].requirement.text


_TEXT_4_2, _TEXT_1_1 = _text("4.2"), _text("1.1")
_TEAM = LAYOUT.cover_by_key["team"]
_LAST, _BELOW = LAYOUT.last_row, LAYOUT.last_row + 4
_BESIDE = address(row_of(DONE), LAYOUT.complete_column + 3)


def _sheet(do: str, *arguments: int) -> Do:
    """Call a method of the overview's worksheet."""
    return lambda book: getattr(book.sheet(OVERVIEW), do)(*arguments)


def _sorted(rows: Sequence[int], order: Sequence[int]) -> Do:
    """Sort what a person sees (Controle computes on its own row and stays)."""
    columns = [one.column for one in LAYOUT.columns if one.field.key != "check"]

    def do(book: Book) -> None:
        sheet, now = book.sheet(OVERVIEW), list(rows)
        for place, wanted in enumerate(order):
            here = now.index(wanted)
            if here != place:
                for one in columns:
                    sheet.swap(address(rows[place], one), address(rows[here], one))
                now[place], now[here] = now[here], now[place]

    return do


def _copied(from_row: int, to_row: int, *, last: int = LAYOUT.last_column) -> Do:
    """Copy the visible cells of a row over another."""

    def do(book: Book) -> None:
        sheet = book.sheet(OVERVIEW)
        for one in range(1, last + 1):
            source = sheet.cell(address(from_row, one))
            target = sheet.clear(address(to_row, one))
            set_all(target, **{str(k): str(v) for k, v in source.attrib.items() if k != "r"})
            target.extend(etree.fromstring(etree.tostring(child)) for child in source)

    return do


def _merged(area: str, sheet: str = OVERVIEW) -> Do:
    """Merge cells; what stood in all but the first is lost, as in Excel."""

    def do(book: Book) -> None:
        own = book.sheet(sheet)
        found = own.root.find(f"{{{MAIN}}}mergeCells")
        if found is None:
            found = etree.Element(f"{{{MAIN}}}mergeCells")
            own.insert_before(found, "conditionalFormatting", "dataValidations")
        etree.SubElement(found, f"{{{MAIN}}}mergeCell", ref=area)
        unset(found, "count")

    return do


def _hidden_rows(*rows: int, **attributes: str) -> Do:
    def do(book: Book) -> None:
        for row in rows:
            set_all(book.sheet(OVERVIEW).row(row), **(attributes or {"hidden": "1"}))

    return do


def _hidden_column(field: str, **attributes: str) -> Do:
    def do(book: Book) -> None:
        set_all(book.sheet(OVERVIEW).split_columns()[column(field)], **attributes)

    return do


def _key_columns_shown(book: Book) -> None:
    for col in book.sheet(OVERVIEW).split_columns().values():
        unset(col, "hidden")


def _stray(book: Book) -> None:
    for row in range(1001, 4001):
        book.sheet(OVERVIEW).number(address(row, 30), "1")


def _formatted_below(book: Book) -> None:
    for row in range(_LAST + 1, _LAST + 2000):
        book.sheet(OVERVIEW).cell(address(row, 3)).set("s", "1")


_EVERY = [slot.row for slot in LAYOUT.rows]
_BANDED = list(range(LAYOUT.first_row, _LAST + 1))
_SWAPPED = {column("explanation"): column("evidence"), column("evidence"): column("explanation")}


def _columns_swapped(book: Book) -> None:
    book.sheet(OVERVIEW).move_columns(_SWAPPED)


def _column_put_in_front(book: Book) -> None:
    """Cut Prioriteit and insert it before Status."""
    first, last = column("status"), column("priority")
    order = {place: place + 1 for place in range(first, last)} | {last: first}
    book.sheet(OVERVIEW).move_columns(order)


def _values_only() -> Do:
    """Copy the whole sheet and paste it over itself as values."""

    def do(book: Book) -> None:
        sheet = book.sheet(OVERVIEW)
        for computed in sheet.every("f"):
            cell = computed.getparent()
            assert cell is not None
            cell.remove(computed)
            if cell.get("t") == "str":
                sheet.put(cell.get("r", ""), sheet.text(cell.get("r", "")))

    return do


ROWS = (
    Kind("rows", "one letter of a norm", put(at("4.2", "text"), _TEXT_4_2.replace("e", "a", 1)),
         (fout("NT207", at("4.2", "text")),)),
    Kind("rows", "norm emptied", clear(at("4.2", "text")), (fout("NT207", at("4.2", "text")),)),
    Kind("rows", "comment typed behind a norm", put(at("4.2", "text"), f"{_TEXT_4_2} (zie 4.1)"),
         (fout("NT207", at("4.2", "text")),)),
    Kind("rows", "number changed", put(at("2.9", "number"), "2.99"),
         (fout("NT210", at("2.9", "number")),)),
    Kind("rows", "number emptied", clear(at("2.9", "number")),
         (fout("NT210", at("2.9", "number")),)),
    Kind("rows", "number turned into a date", number(at("2.3", "number"), "45718"),
         (fout("NT210", at("2.3", "number")),)),
    Kind("rows", "two numbers swapped",
         all_of(put(at("3.1", "number"), "3.2"), put(at("3.2", "number"), "3.1")),
         (fout("NT210", at("3.1", "number")), fout("NT210", at("3.2", "number")))),
    Kind("rows", "number of the norm above", put(at("2.9", "number"), "2.8"),
         (fout("NT210", at("2.9", "number")),)),
    Kind("rows", "sentence of the norm above pasted", put(at("2.9", "text"), _text("2.8")),
         (fout("NT207", at("2.9", "text")),),
         "the norm above has its own row still, so this is the row of 2.9 with another sentence"),
    Kind("rows", "row copied over another, its number put back",
         all_of(_copied(row_of("1.1"), row_of("1.3")), put(at("1.3", "number"), "1.3")),
         (fout("NT207", at("1.3", "text")),)),
    Kind("rows", "number and sentence changed",
         all_of(put(at("3.1", "number"), "3.1-oud"), put(at("3.1", "text"), "Onze eigen zin")),
         (fout("NT208"), warn("NT212", at("3.1", "number")))),
    Kind("rows", "row deleted", _sheet("delete_rows", row_of("3.4")), (fout("NT208"),)),
    Kind("rows", "last row deleted", _sheet("delete_rows", _LAST), (fout("NT208"),)),
    Kind("rows", "three rows deleted", _sheet("delete_rows", row_of("2.9"), 3),
         (fout("NT208"),) * 3),
    Kind("rows", "mistake below a deleted row",
         all_of(clear(at("6.1", "status")), _sheet("delete_rows", row_of("3.4"))),
         (fout("NT208"), fout("NT301", address(row_of("6.1") - 1, column("status")))),
         "the address is where the cell is now"),
    Kind("rows", "mistake below an inserted row",
         all_of(put(at("6.1", "status"), "Gereed"), _sheet("insert_rows", row_of("3.4"), 2)),
         (fout("NT401", address(row_of("6.1") + 2, column("status"))),)),
    Kind("rows", "norm typed again below",
         all_of(put(address(_BELOW, 1), "1.1"), put(address(_BELOW, 2), _TEXT_1_1)),
         (fout("NT209", address(_BELOW, 1)),)),
    Kind("rows", "row copied below with its answers", _copied(row_of("1.5"), _BELOW),
         (fout("NT209", address(_BELOW, 1)),)),
    Kind("rows", "row copied and inserted",
         all_of(_sheet("insert_rows", row_of("2.2")), _copied(row_of("2.1"), row_of("2.2"))),
         (fout("NT209", address(row_of("2.2"), 1)),)),
    Kind("rows", "row copied over another", _copied(row_of("1.1"), row_of("1.3")),
         (fout("NT208"), fout("NT209", address(row_of("1.3"), 1)))),
    Kind("rows", "own norm below",
         all_of(put(address(_BELOW, 1), "7.1"), put(address(_BELOW, 2), "Onze eigen norm")),
         (warn("NT212", address(_BELOW, 1)),)),
    Kind("rows", "own norm inserted with answers",
         all_of(_sheet("insert_rows", row_of("3.4")), _copied(row_of("3.3"), row_of("3.4")),
                put(at("3.4", "number"), "3.3b"), put(at("3.4", "text"), "Onze eigen norm")),
         (warn("NT212", at("3.4", "number")),)),
    Kind("rows", "2.10 became the text 2.1", put(at("2.10", "number"), "2.1"),
         (fout("NT210", at("2.10", "number")),),
         "as a text it is the number of another norm; as a number a program made it"),
    Kind("rows", "rows inserted on Start, with a mistake",
         all_of(clear(cover("team"), sheet=START),
                lambda book: book.sheet(START).insert_rows(LAYOUT.cover[0].row - 2, 2)),
         (fout("NT304", address(_TEAM.row + 2, _TEAM.column), START),)),
    Kind("rows", "label on Start changed",
         put(address(_TEAM.row, _TEAM.column - 1), "Ons team", START)),
    Kind("rows", "headers repeated below",
         _copied(LAYOUT.header_row, _BELOW), (warn("NT212", address(_BELOW, 1)),)),
    Kind("rows", "title rows deleted, with a mistake",
         all_of(clear(at("6.1", "status")), _sheet("delete_rows", 1, 2)),
         (fout("NT301", address(row_of("6.1") - 2, column("status"))),)),
    Kind("rows", "rows sorted by status",
         _sorted(_EVERY, sorted(_EVERY, key=_EVERY.index, reverse=True))),
    Kind("rows", "rows of a theme sorted", _sorted(_EVERY[:5], list(reversed(_EVERY[:5])))),
    Kind("rows", "sorted with the headings of themes", _sorted(_BANDED, _BANDED[::-1]),
         (warn("NT214"), warn("NT215")),
         "every answer is read; a norm on the row of a heading has no validation and no Controle"),
    Kind("rows", "sorted, then a mistake",
         all_of(_sorted(_EVERY, _EVERY[::-1]), put(at("6.2", "status"), "Klaar")),
         (fout("NT401", at("6.2", "status")),),
         "6.2 and 1.1 changed places: the address is that of the row now, the norm is 1.1"),
    Kind("rows", "empty rows inserted", _sheet("insert_rows", row_of("3.4"), 3)),
    Kind("rows", "empty rows inserted above the table", _sheet("insert_rows", 1, 4)),
    Kind("rows", "empty rows below with a format",
         _formatted_below),
    Kind("rows", "2.10 became the number 2.1", number(at("2.10", "number"), "2.1")),
    Kind("rows", "spaces around a number", put(at("2.9", "number"), " 2.9\u00a0")),
    Kind("rows", "norm broken into lines", put(at("4.2", "text"), _TEXT_4_2.replace(" ", "\n", 2))),
    Kind("rows", "double and hard spaces in a norm",
         put(at("4.2", "text"), _TEXT_4_2.replace(" ", "  ", 1).replace(" ", "\u00a0", 1))),
)  # fmt: skip

COLUMNS = (
    Kind("columns", "header changed", put(header("evidence"), "Bijlage"),
         (fout("NT211", header("evidence")),)),
    Kind("columns", "header emptied", clear(header("action")),
         (fout("NT211", header("action")),)),
    Kind("columns", "two headers side by side changed",
         all_of(put(header("evidence"), "Bijlage"), put(header("done_on"), "Wanneer")),
         (fout("NT211", header("evidence")), fout("NT211", header("done_on")))),
    Kind("columns", "header of Controle changed", put(header("check"), "Check"),
         (fout("NT211", header("check")),)),
    Kind("columns", "header row deleted", _sheet("delete_rows", LAYOUT.header_row),
         (fout("NT201", sheet=None),),
         "without headers no answer can be placed with certainty"),
    Kind("columns", "key columns deleted",
         all_of(*(_sheet("delete_column", LAYOUT.last_column + 1)
                  for _ in range(LAYOUT.complete_column - LAYOUT.last_column))),
         (warn("NT215"),)),
    Kind("columns", "headers swapped",
         all_of(put(header("explanation"), header_text("evidence")),
                put(header("evidence"), header_text("explanation"))),
         (fout("NT211", header("explanation")),
          *(fout("NT302", at(n, "evidence")) for s in ("In ontwikkeling", "Ontbreekt",
                                                      "Niet van toepassing") for n in numbers(s)),
          *(fout("NT302", at(n, "explanation")) for n in numbers("Uitgevoerd"))),
         "every answer now stands under another question, so what is needed is not there"),
    Kind("columns", "whole columns swapped", _columns_swapped,
         (warn("NT211", header("explanation")),)),
    Kind("columns", "column deleted", _sheet("delete_column", column("action")),
         (fout("NT211"),)),
    Kind("columns", "column of one's own between",
         all_of(_sheet("insert_columns", column("action")),
                put(header("action"), "Opmerking"),
                put(at(DONE, "action"), "Nog navragen bij de teamleider")),
         (warn("NT220"),)),
    Kind("columns", "empty column between", _sheet("insert_columns", column("action"))),
    Kind("columns", "empty column in front", _sheet("insert_columns", 1)),
    Kind("columns", "column in front, with a mistake",
         all_of(clear(at("6.1", "status")), _sheet("insert_columns", 1)),
         (fout("NT301", address(row_of("6.1"), column("status") + 1)),)),
    Kind("columns", "a column put in front of another", _column_put_in_front,
         (warn("NT211", header("status")),), "where the first column stands that has moved"),
    Kind("columns", "whole overview pasted as values", _values_only(), (warn("NT215"),)),
    Kind("columns", "pasted as values, and an empty column between",
         all_of(_values_only(), _sheet("insert_columns", column("action"))), (warn("NT215"),)),
    Kind("columns", "header in capitals", put(header("action"), "ACTIE")),
    Kind("columns", "header with a line break",
         put(header("evidence"), header_text("evidence").replace(" ", "\n"))),
    Kind("columns", "key columns shown",
         _key_columns_shown),
)  # fmt: skip

CELLS = (
    Kind("cells", "two answers merged",
         all_of(clear(at(DONE, "evidence")), clear(at(DONE, "explanation")),
                put(at(DONE, "explanation"), "Zaaksysteem, besluit 2025-0001"),
                _merged(f"{at(DONE, 'explanation')}:{at(DONE, 'evidence')}")),
         (warn("NT216", at(DONE, "explanation")), fout("NT302", at(DONE, "evidence")))),
    Kind("cells", "answers of two norms merged",
         all_of(clear(at("1.5", "owner")), _merged(f"{at(MISSING, 'owner')}:{at('1.5', 'owner')}")),
         (warn("NT216", at(MISSING, "owner")),)),
    Kind("cells", "hidden row", _hidden_rows(row_of(DONE)), (warn("NT217"),)),
    Kind("cells", "hidden rows of a whole theme",
         _hidden_rows(*range(row_of("2.1"), row_of("3.1") - 1)), (warn("NT217"),)),
    Kind("cells", "row of no height", _hidden_rows(row_of(DONE), ht="0", customHeight="1"),
         (warn("NT217"),)),
    Kind("cells", "hidden column", _hidden_column("action", hidden="1"), (warn("NT217"),)),
    Kind("cells", "column of no width", _hidden_column("owner", width="0"), (warn("NT217"),)),
    Kind("cells", "note beside the table", put(_BESIDE, "nog navragen"), (warn("NT220"),)),
    Kind("cells", "text in the heading of a theme",
         put(address(LAYOUT.bands[1].row, column("explanation")), "Loopt goed"), (warn("NT220"),)),
    Kind("cells", "status typed in the row above",
         all_of(clear(at("2.1", "status")),
                put(address(LAYOUT.bands[1].row, column("status")), "Uitgevoerd")),
         (warn("NT220"), fout("NT301", at("2.1", "status")))),
    Kind("cells", "stray text far below", put(address(1_048_576, 3), "x"), (warn("NT220"),)),
    Kind("cells", "three thousand stray cells",
         _stray, (warn("NT220"),)),
    Kind("cells", "a space far below", put(address(5000, 3), " ")),
    Kind("cells", "a sum of one's own beside the table", formula(_BESIDE, "1+1", "2", "n")),
    Kind("cells", "typed over Controle", put(at(DONE, "check"), "✔ Compleet"), (warn("NT215"),)),
    Kind("cells", "Controle pasted as values",
         fill({at(n, "check"): "✔ Compleet" for n in numbers()}), (warn("NT215"),)),
    Kind("cells", "key cell typed over",
         put(address(row_of(DONE), LAYOUT.column_by_key["status"].key_column or 0), "uitgevoerd"),
         (warn("NT215"),)),
    Kind("cells", "key cell of the cover typed over",
         put(address(LAYOUT.cover_by_key["team"].row, LAYOUT.cover_by_key["team"].key_column),
             "x", START), (warn("NT215", sheet=START),)),
    Kind("cells", "Controle computes an error",
         formula(at(DONE, "check"), "#REF!", "#REF!", "e"),
         why="still a formula; what is shown is not read"),
    Kind("cells", "validation pasted away in one cell", uncovered("status", DONE),
         (warn("NT214"),)),
    Kind("cells", "validation pasted away in a column", uncovered("due_on"), (warn("NT214"),)),
)  # fmt: skip

KINDS = (*ROWS, *COLUMNS, *CELLS)
