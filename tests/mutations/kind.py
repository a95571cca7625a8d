"""What a kind of mutation is, and the words in which the tables say where and what.

Everything here follows from the layout that the file was issued with and from what a mutation
means to a person; nothing is asked of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from normtemplates.excel.writer import write_workbook
from normtemplates.layout.places import OVERVIEW, START, address, coordinates
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.finding import Severity
from normtemplates.model.norm import FieldKind
from tests.clients import fills
from tests.mutations.book import Book
from tests.mutations.worksheet import set_all

LAYOUT = fills.voorbeeldstad()
RIGHT = fills.right_answers(LAYOUT)
DONE, PARTLY, MISSING = "1.1", "1.2", "1.4"  # norms with these statuses in a good return
RECURRING, NOT_FITTING = "2.3", "5.8"

Do = Callable[[Book], object]


class Expected(NamedTuple):
    """One finding: how bad, which rule, and where (``None`` for a whole sheet or file)."""

    severity: Severity
    code: str
    sheet: str | None
    cell: str | None


class Kind(NamedTuple):
    """One thing that people or programs do to a good return, and all that must be said of it.

    ``why`` says why, where one might expect something else. ``only`` names the one base that
    it makes sense on: ``"returned"`` (saved by LibreOffice) or ``"issued"`` (by our writer,
    which writes as Excel does).
    """

    family: str
    name: str
    do: Do
    expected: tuple[Expected, ...] = ()
    why: str = ""
    only: str | None = None

    @property
    def harmless(self) -> bool:
        """Tell whether nothing but an info may be said of it."""
        return all(one.severity is Severity.INFO for one in self.expected)


# -- where -------------------------------------------------------------------------------


def at(number: str, field: str) -> str:
    """Give the address of a field of a requirement."""
    return LAYOUT.address(number, field)


def row_of(number: str) -> int:
    """Give the row of a requirement."""
    return LAYOUT.row_by_number[number].row


def column(field: str) -> int:
    """Give the column of a field."""
    return LAYOUT.column_by_key[field].column


def header(field: str) -> str:
    """Give the address of a column's header."""
    return address(LAYOUT.header_row, column(field))


def header_text(field: str) -> str:
    """Give the header of a column."""
    return LAYOUT.column_by_key[field].field.header


def cover(key: str) -> str:
    """Give the address of a field on Start."""
    slot = LAYOUT.cover_by_key[key]
    return address(slot.row, slot.column)


def numbers(status: str | None = None) -> Iterator[str]:
    """Give the requirements, or those with a status in a good return."""
    for number, values in RIGHT.items():
        if status in (None, values["status"]):
            yield number


# -- what must be said -------------------------------------------------------------------


def fout(code: str, cell: str | None = None, sheet: str | None = OVERVIEW) -> Expected:
    """Give a finding that must be mended."""
    return Expected(Severity.FOUT, code, sheet, cell)


def warn(code: str, cell: str | None = None, sheet: str | None = OVERVIEW) -> Expected:
    """Give a finding that asks to look again."""
    return Expected(Severity.WAARSCHUWING, code, sheet, cell)


def info(code: str, cell: str | None = None, sheet: str | None = OVERVIEW) -> Expected:
    """Give a finding that only tells."""
    return Expected(Severity.INFO, code, sheet, cell)


# -- what is done ------------------------------------------------------------------------


def all_of(*steps: Do) -> Do:
    """Do several things, one after another."""

    def do(book: Book) -> None:
        for step in steps:
            step(book)

    return do


def put(ref: str, text: str, sheet: str = OVERVIEW) -> Do:
    """Put a text in a cell, whatever validation it has, as a paste does."""
    return lambda book: book.sheet(sheet).put(ref, text)


def number(ref: str, value: str, sheet: str = OVERVIEW) -> Do:
    """Put a number in a cell."""
    return lambda book: book.sheet(sheet).number(ref, value)


def day(ref: str, value: date, sheet: str = OVERVIEW) -> Do:
    """Put a date in a cell, as the day number that Excel counts from 1900."""
    return number(ref, str((value - date(1899, 12, 30)).days), sheet)


def typed(ref: str, kind: str, value: str, sheet: str = OVERVIEW) -> Do:
    """Put a boolean, an error or an ISO date in a cell."""
    return lambda book: book.sheet(sheet).typed(ref, kind, value)


def formula(
    ref: str, text: str, cached: str | None = None, kind: str = "str", sheet: str = OVERVIEW
) -> Do:
    """Put a formula in a cell."""
    return lambda book: book.sheet(sheet).formula(ref, text, cached, kind)


def clear(*refs: str, sheet: str = OVERVIEW) -> Do:
    """Empty cells with the Delete key."""

    def do(book: Book) -> None:
        for ref in refs:
            book.sheet(sheet).clear(ref)

    return do


def fill(answers: Mapping[str, str]) -> Do:
    """Put texts in many cells of the overview."""
    return all_of(*(put(ref, text) for ref, text in answers.items()))


def elements_set(name: str, sheet: str = OVERVIEW, **attributes: str) -> Do:
    """Set attributes of every element ``name`` of a sheet."""

    def do(book: Book) -> None:
        for one in book.sheet(sheet).every(name):
            set_all(one, **attributes)

    return do


def dropped(name: str, *sheets: str) -> Do:
    """Take the child ``name`` away from sheets, where it is there."""

    def do(book: Book) -> None:
        for sheet in sheets:
            if book.sheet(sheet).every(name):
                book.sheet(sheet).drop(name)

    return do


def count_from_1904(book: Book) -> None:
    """Choose the other date system, as an option of Excel does: the numbers stay."""
    next(iter(book.workbook.iter("{*}workbookPr"))).set("date1904", "1")


def uncovered(field: str, *only: str) -> Do:
    """Take the validation off a column, or off the cells of some requirements."""

    def kept(area: str) -> list[str]:
        first, _, last = area.partition(":")
        (top, across), (bottom, _) = coordinates(first), coordinates(last or first)
        if across != column(field):
            return [area]
        gone = {row_of(n) for n in only} or set(range(top, bottom + 1))
        return [address(row, across) for row in range(top, bottom + 1) if row not in gone]

    def do(book: Book) -> None:
        for one in book.sheet(OVERVIEW).every("dataValidation"):
            areas = [cell for area in one.get("sqref", "").split() for cell in kept(area)]
            parent = one.getparent()
            if areas:
                one.set("sqref", " ".join(areas))
            elif parent is not None:
                parent.remove(one)

    return do


# -- what it is done to ------------------------------------------------------------------


@cache
def base(name: str) -> bytes:
    """Give a good return: ``"returned"`` as LibreOffice saved it, ``"issued"`` by our writer."""
    if name == "returned":
        return (fills.RETURNED / "goed.xlsx").read_bytes()
    answers = Answers(
        rows={n: _values(n, values.items()) for n, values in RIGHT.items()},
        cover=_values("", fills.COVER.items()),
    )
    return write_workbook(workbook_plan(LAYOUT, answers, fills.definitions().texts))


def _values(number: str, texts: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """Give right answers as values; long texts are made different for each requirement."""
    found: dict[str, Value] = {}
    for key, text in texts:
        field = (LAYOUT.column_by_key if number else LAYOUT.cover_by_key)[key].field
        if field.kind is FieldKind.DATE:
            d, m, y = (int(part) for part in text.split("-"))
            found[key] = date_value(date(y, m, d))
        elif key in {"explanation", "evidence", "action"}:
            found[key] = text_value(f"{text} (norm {number})")
        else:
            found[key] = text_value(text)
    return found


def mutated(kind: Kind, base_name: str) -> bytes:
    """Give the file after the mutation."""
    book = Book(base(base_name))
    kind.do(book)
    return book.data()


def on_start(code: str, key: str, severity: Severity = Severity.FOUT) -> Expected:
    """Give a finding on a field of Start."""
    return Expected(severity, code, START, cover(key))
