"""One worksheet part: protection, columns, rows, merges, validations, comments.

ECMA-376 part 1, 18.3.1.99 worksheet; validations also as Excel 2010 and later write them in
the extension list ([MS-XLSX] 2.4.88 dataValidations).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from attrs import Factory, define

from normtemplates.excel._cells import Rows, Shared, is_zero, read_rows
from normtemplates.excel._grid import LAST_COLUMN, area, areas, cell, truth, whole
from normtemplates.excel._plain import NotPlain, PlainRows, fill_rows, split_rows
from normtemplates.excel._purse import Purse
from normtemplates.excel._strings import decoded
from normtemplates.excel._walk import COMPATIBILITY, Element, damaged, walk
from normtemplates.model.submission import Area, Cell, Validation
from normtemplates.package import TroubleError

# fmt: off
_KINDS: Final = frozenset({
    "none", "whole", "decimal", "list", "date", "time", "textLength", "custom",
})  # ECMA-376 part 1, 18.18.21 ST_DataValidationType
_OPERATORS: Final = frozenset({
    "between", "notBetween", "equal", "notEqual",
    "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual",
})  # 18.18.22 ST_DataValidationOperator
# fmt: on

_X14: Final = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main "
_XM: Final = "http://schemas.microsoft.com/office/excel/2006/main "
_THREADED: Final = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


@define
class Content:
    """What a worksheet part holds; the names are those of the sheet value."""

    cells: dict[tuple[int, int], Cell] = Factory(dict)
    protected: bool = False
    validations: list[Validation] = Factory(list)
    merges: list[Area] = Factory(list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: list[tuple[int, int]] = Factory(list)
    filtered: bool = False


def read_sheet(data: bytes, part: str, shared: Shared) -> Content:
    """Read one worksheet part.

    Raises:
        TroubleError: the part is unsafe or damaged, holds too much, or has no rows element.
    """
    plain_rows = split_rows(data)
    if plain_rows is not None:
        before = shared.purse.copy()
        try:
            return _read(plain_rows.rest, part, shared, plain_rows)
        except (NotPlain, TroubleError) as refused:
            if isinstance(refused, TroubleError) and refused.kind == "limits":
                raise  # no need to count as much once more
            shared.purse = before  # whatever is wrong, the slow way says what
    return _read(data, part, shared, None)


def _read(data: bytes, part: str, shared: Shared, plain_rows: PlainRows | None) -> Content:
    content = Content()
    rows = Rows()
    purse = shared.purse
    found = False

    def build(main: str, parser: expat.XMLParserType) -> Element:
        def data_begins(attributes: dict[str, str]) -> None:
            nonlocal found
            if found:
                raise damaged("Een blad heeft zijn rijen twee keer.")
            found = True
            if plain_rows is not None and parser.CurrentByteIndex != plain_rows.place:
                raise NotPlain
            read_rows(parser, main, len(data), shared, rows)

        def format_begins(attributes: dict[str, str]) -> None:
            if truth(attributes.get("zeroHeight")):
                rows.listed = set()

        def protection_begins(attributes: dict[str, str]) -> None:
            content.protected = truth(attributes.get("sheet"))

        def column_begins(attributes: dict[str, str]) -> None:
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            if not 1 <= first <= last <= LAST_COLUMN:
                raise damaged("Een kolom ligt buiten het blad.")
            width = attributes.get("width")
            if truth(attributes.get("hidden")) or (width is not None and is_zero(width)):
                content.hidden_columns.append((first, last))
                purse.areas(1)

        def filter_begins(attributes: dict[str, str]) -> None:
            content.filtered = True

        def merge_begins(attributes: dict[str, str]) -> None:
            content.merges.append(area(attributes.get("ref", "")))
            purse.areas(1)

        validations = _Validations(content.validations, purse)
        return Element(
            {
                f"{main}sheetFormatPr": Element(begin=format_begins),
                f"{main}cols": Element({f"{main}col": Element(begin=column_begins)}),
                f"{main}sheetData": Element(begin=data_begins),
                f"{main}sheetProtection": Element(begin=protection_begins),
                f"{main}autoFilter": Element({f"{main}filterColumn": Element(begin=filter_begins)}),
                f"{main}mergeCells": Element(
                    {f"{main}mergeCell": Element(begin=merge_begins)}, closed=True
                ),
                f"{main}dataValidations": Element(validations.elements(main), closed=True),
                f"{main}extLst": Element(
                    {
                        f"{main}ext": Element(
                            {f"{_X14}dataValidations": Element(validations.extended())}
                        )
                    }
                ),
            }
        )

    walk(data, part, "worksheet", build)
    if not found:
        raise damaged("Een blad heeft geen rijen.").within(part)
    if rows.listed is not None:
        purse.rows(rows.last - len(rows.listed))
        rows.hidden.update(set(range(1, rows.last + 1)) - rows.listed)
    if plain_rows is not None:
        fill_rows(plain_rows, shared, rows)
    content.cells = rows.cells
    content.hidden_rows = frozenset(rows.hidden)
    return content


class _Validations:
    """Gathers validations, one at a time, from either of their two places."""

    def __init__(self, found: list[Validation], purse: Purse) -> None:
        self._found = found
        self._purse = purse
        self._attributes: dict[str, str] = {}
        self._first = self._second = self._areas = ""

    def elements(self, main: str) -> dict[str, Element]:
        """Give the elements inside ``dataValidations`` (ECMA-376 part 1, 18.3.1.32)."""
        formulas = {
            f"{main}formula1": Element(text=self._set_first),
            f"{main}formula2": Element(text=self._set_second),
        }
        # A list with commas in its labels stands in AlternateContent; what programs before
        # Excel 2010 understand is in the Fallback ([MS-XLSX] 2.3.1.2).
        fallback = Element({f"{COMPATIBILITY} Fallback": Element(formulas)})
        inside = {**formulas, f"{COMPATIBILITY} AlternateContent": fallback}
        return {
            f"{main}dataValidation": Element(inside, begin=self._begins, done=self._done),
        }

    def extended(self) -> dict[str, Element]:
        """Give the elements inside ``x14:dataValidations``: formulas and areas are elements."""

        def formula(take: Callable[[str], None]) -> Element:
            return Element({f"{_XM}f": Element(text=take)})

        formulas = {
            f"{_X14}formula1": formula(self._set_first),
            f"{_X14}formula2": formula(self._set_second),
        }
        fallback = Element({f"{COMPATIBILITY} Fallback": Element(formulas)})
        inside = {
            **formulas,
            f"{COMPATIBILITY} AlternateContent": fallback,
            f"{_XM}sqref": Element(text=self._set_areas),
        }
        return {
            f"{_X14}dataValidation": Element(inside, begin=self._begins, done=self._done),
        }

    def _begins(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._first = self._second = ""
        self._areas = attributes.get("sqref", "")

    def _set_first(self, text: str) -> None:
        self._first = decoded(text)

    def _set_second(self, text: str) -> None:
        self._second = decoded(text)

    def _set_areas(self, text: str) -> None:
        self._areas = text

    def _done(self) -> None:
        get = self._attributes.get
        stops = truth(get("showErrorMessage")) and get("errorStyle", "stop") == "stop"
        kind, operator = get("type", "none"), get("operator", "between")
        if kind not in _KINDS or operator not in _OPERATORS:
            raise damaged("Een invoerregel is niet te lezen.")
        found = areas(self._areas)
        self._purse.areas(1 + len(found))
        self._purse.text(len(self._first) + len(self._second))
        self._found.append(Validation(kind, operator, self._first, self._second, stops, found))


def read_comments(data: bytes, part: str, purse: Purse, *, threaded: bool) -> list[tuple[int, int]]:
    """Read the cells that have a comment: row and column, in the order of the part.

    ECMA-376 part 1, 18.7.6 comments; ``threaded`` for those of Excel 2019 and later
    ([MS-XLSX] 2.6.205). Their texts and authors are not read.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    found: list[tuple[int, int]] = []

    def begins(attributes: dict[str, str]) -> None:
        found.append(cell(attributes.get("ref", "")))
        purse.areas(1)

    def build(main: str, parser: expat.XMLParserType) -> Element:
        if threaded:
            return Element({f"{main}threadedComment": Element(begin=begins)})
        one = Element(begin=begins)
        return Element({f"{main}commentList": Element({f"{main}comment": one})})

    if threaded:
        walk(data, part, "ThreadedComments", build, (_THREADED,))
    else:
        walk(data, part, "comments", build)
    return found
