"""XlsxWriter with what it lacks; the only module that touches its private parts.

A test compares what comes out with what XlsxWriter's public calls give, part by part, so a
release of XlsxWriter that moves something shows at once. What differs, and why:

- Rows without ``customHeight`` grow while one types; XlsxWriter always writes it with a height,
  and leaves out a height of 15 points, which then is not kept.
- ``<workbookProtection>`` locks the structure; XlsxWriter has no call for it.
- A formula whose value is an empty text is written as a text, not as a number without digits.
- Text that looks like XlsxWriter's own rich text (``<r>…</r>``) stays text; what XML cannot
  hold, and what looks like its escape, is escaped everywhere and once (``_x005F_x000D_`` too).
- A conditional format can make bold text normal again.
- The language of file and charts is Dutch.
- Formulas come as Excel stores them (``_xlfn.`` included), so nothing searches through them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.comments import Comments
from xlsxwriter.core import Core
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.styles import Styles
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellBooleanTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    ColumnInfo,
    Worksheet,
)

__all__ = [
    "BarChart", "Blank", "Book", "Boolean", "Calculated", "ColumnChart", "Format", "Number",
    "Sheet", "Text",
]  # fmt: skip

LANGUAGE = "nl-NL"
_TAGS_WITH_LANGUAGE = ("a:rPr", "a:endParaRPr", "c:lang")

_Attributes = Sequence[tuple[str, object]]

#: The cells as XlsxWriter keeps them in ``Worksheet.table``.
Blank, Boolean, Calculated = CellBlankTuple, CellBooleanTuple, CellFormulaTuple
Number, Text = CellNumberTuple, CellStringTuple

_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_LAST_COLUMN = 16383
_STANDARD_HEIGHT = 20  # pixels

# What a text node cannot hold as it is: markup, and what the format writes as _xHHHH_.
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ESCAPE_ITSELF = re.compile("(?=_x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """Give ``text`` as the text of an XML element whose type is ST_Xstring."""
    if not _SPECIAL.search(text):
        return text
    text = _ESCAPE_ITSELF.sub("_x005F", text)
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text_tag(text: str) -> str:
    preserve = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{preserve}>{escaped(text)}</t>"


@cache
def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(65 + last)


class Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose cells are put into ``table`` and written in bulk."""

    def __init__(self) -> None:
        """Prepare an empty sheet."""
        super().__init__()
        self.kept_heights: set[int] = set()
        self._rest: ColumnInfo | None = None

    def span(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Tell which area the cells in ``table`` take up, counting from 0."""
        self._check_dimensions(first_row, first_column)
        self._check_dimensions(last_row, last_column)

    def fill_columns(self, style: Format) -> None:
        """Give every column without a width of its own, up to the last, this format."""
        last = max(self.col_info, default=-1)
        for column in range(min(last + 1, _LAST_COLUMN) + 1):
            info = self.col_info.setdefault(column, ColumnInfo())
            if info.column_format is None:
                info.column_format = style
        self._rest = self.col_info[column]

    def put_rich(
        self, row: int, column: int, runs: list[tuple[str, Format]], style: Format
    ) -> None:
        """Put text in runs into a cell; XlsxWriter's own call escapes ``_xHHHH_`` twice."""
        xml = "".join(f"<r>{_run_properties(font)}{_text_tag(text)}</r>" for text, font in runs)
        index = self.str_table._get_shared_string_index((xml,))
        self.table[row][column] = Text(index, style)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_col_info(self, col_min: int, col_max: int, col_info: ColumnInfo) -> None:
        last = _LAST_COLUMN if col_info is self._rest else col_max
        super()._write_col_info(col_min, last, col_info)

    def _calculate_spans(self) -> None:
        blocks: dict[int, tuple[int, int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    first, last = min(cells), max(cells)
                    known = blocks.get(row >> 4, (first, last))
                    blocks[row >> 4] = min(first, known[0]), max(last, known[1])
        self.row_spans = {b: f"{first + 1}:{last + 1}" for b, (first, last) in blocks.items()}

    def _write_rows(self) -> None:
        self._calculate_spans()
        marks: dict[int, str] = {}
        out: list[str] = []
        rows = {row for row, cells in self.table.items() if cells}
        for row in sorted(rows.union(self.row_info, self.comments)):
            out.append(self._row_tag(row))
            cells = self.table.get(row)
            if cells:
                out.append(">")
                self._add_cells(out, str(row + 1), cells, marks)
                out.append("</row>")
            else:
                out.append("/>")
        self.fh.write("".join(out))

    def _row_tag(self, row: int) -> str:
        tag = f'<row r="{row + 1}"'
        if spans := self.row_spans.get(row >> 4):
            tag += f' spans="{spans}"'
        if info := self.row_info.get(row):
            kept = row in self.kept_heights
            if kept or info.height != _STANDARD_HEIGHT:
                tag += f' ht="{info.height * 0.75:.16g}"'
            if kept:
                tag += ' customHeight="1"'
        return tag

    def _add_cells(
        self, out: list[str], number: str, cells: dict[int, Any], marks: dict[int, str]
    ) -> None:
        """Add the cells of one row; the innermost loop, so it spells everything out."""
        for column in sorted(cells):
            cell = cells[column]
            kind = type(cell)
            style = cell[0] if kind is Blank else cell[1]
            mark = marks.get(id(style))
            if mark is None:
                mark = marks[id(style)] = f' s="{style._get_xf_index()}"'
            head = f'<c r="{_letters(column)}{number}"{mark}'
            if kind is Blank:
                out.append(f"{head}/>")
            elif kind is Text:
                out.append(f'{head} t="s"><v>{cell[0]}</v></c>')
            elif kind is Calculated:
                out.append(f"{head}{_result(cell)}</v></c>")
            elif kind is Number:
                out.append(f"{head}><v>{cell[0]:.16G}</v></c>")
            else:
                out.append(f'{head} t="b"><v>{cell[0]}</v></c>')


def _result(cell: Any) -> str:
    """Give the rest of a formula's cell, up to the end of its value."""
    formula, _, value = cell
    formula = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if type(value) is str:
        kind = ' t="e"' if value in _ERRORS else ' t="str"'
        value = escaped(value) if value else value
    elif type(value) is bool:
        kind, value = ' t="b"', int(value)
    else:
        kind = ""
    return f"{kind}><f>{formula}</f><v>{value}"


def _run_properties(font: Format) -> str:
    bold = "<b/>" if font.bold else ""
    color = "".join(f' {name}="{value}"' for name, value in font.font_color._attributes())
    return (
        f'<rPr>{bold}<sz val="{font.font_size}"/><color{color}/><rFont val="{font.font_name}"/>'
        f'<family val="{font.font_family}"/><scheme val="{font.font_scheme}"/></rPr>'
    )


class Book(Workbook):  # type: ignore[misc]
    """A workbook, with a locked structure as a rule, whose sheets are :class:`Sheet`."""

    worksheet_class = Sheet

    def __init__(
        self, file: object, password: str | None, font: str, size: float, *, locked: bool = True
    ) -> None:
        """Write to ``file``, nothing on disk; ``password`` guards a structure that is locked."""
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": font, "font_size": size},
        }
        super().__init__(file, options)
        self._password, self._locked = password, locked
        self.plain_formats: list[Format] = []

    def add_accent(self, properties: dict[str, Any], *, takes_bold_away: bool) -> Format:
        """Add the format of a conditional format."""
        accent = self.add_format(properties)
        if takes_bold_away:
            accent._format_key = f"{accent._get_format_key()}:not bold"
            self.plain_formats.append(accent)
        return accent

    def add_own_chart(self, chart: ChartBar | ChartColumn) -> None:
        """Take in a chart of a class of ours, as ``add_chart`` does with its own."""
        chart.embedded = True
        chart.date_1904 = self.date_1904
        chart.remove_timezone = self.remove_timezone
        self.charts.append(chart)

    def _get_packager(self) -> Packager:
        return _Packager()

    def _prepare_fonts(self) -> None:
        super()._prepare_fonts()
        for accent in self.plain_formats:
            accent.has_dxf_font = True

    def _write_book_views(self) -> None:
        attributes: list[tuple[str, object]] = [("lockStructure", 1)]
        if self._password:
            hashed = self.worksheets_objs[0]._encode_password(self._password)
            attributes.insert(0, ("workbookPassword", hashed))
        if self._locked:
            self._xml_empty_tag("workbookProtection", attributes)
        super()._write_book_views()


class _Packager(Packager):  # type: ignore[misc]
    """Writes notes, core properties, shared strings and styles with the classes below."""

    def _write_core_file(self) -> None:
        core = _Core()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()

    def _write_comment_files(self) -> None:
        commented = [sheet for sheet in self.workbook.worksheets() if sheet.has_comments]
        for number, sheet in enumerate(commented, start=1):
            comments = _Comments()
            comments._set_xml_writer(self._filename(f"xl/comments{number}.xml"))
            comments._assemble_xml_file(sheet.comments_list)

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()

    def _write_styles_file(self) -> None:
        book = self.workbook
        styles = _Styles({id(accent) for accent in book.plain_formats})
        styles._set_style_properties(
            [
                book.xf_formats, book.palette, book.font_count, book.num_formats,
                book.border_count, book.fill_count, book.custom_colors, book.dxf_formats,
                book.has_comments,
            ]
        )  # fmt: skip
        styles._set_xml_writer(self._filename("xl/styles.xml"))
        styles._assemble_xml_file()


class _Comments(Comments):  # type: ignore[misc]
    def _write_text_t(self, text: str) -> None:
        self.fh.write(_text_tag(text))


class _Core(Core):  # type: ignore[misc]
    def _write_cp_content_status(self) -> None:
        super()._write_cp_content_status()
        self._xml_data_element("dc:language", LANGUAGE)


class _Strings(SharedStrings):  # type: ignore[misc]
    """Shared strings in bulk; a rich one is a tuple with its XML, everything else is text."""

    def _write_sst_strings(self) -> None:
        out = []
        for string in self.string_table.string_array:
            if type(string) is tuple:
                out.append(f"<si>{string[0]}</si>")
            else:
                out.append(f"<si>{_text_tag(string)}</si>")
        self.fh.write("".join(out))


class _Styles(Styles):  # type: ignore[misc]
    def __init__(self, plain: set[int]) -> None:
        super().__init__()
        self._plain = plain

    def _write_font(self, xf_format: Format, is_dxf_format: bool = False) -> None:
        if not is_dxf_format or id(xf_format) not in self._plain:
            super()._write_font(xf_format, is_dxf_format)
            return
        self._xml_start_tag("font")
        self._xml_empty_tag("b", [("val", 0)])
        self._xml_empty_tag("i", [("val", 0)])
        if xf_format.font_color:
            self._write_color(xf_format.font_color._attributes())
        self._xml_end_tag("font")


class _Dutch:
    """Says in a chart's tags that its texts are Dutch."""

    def _xml_start_tag(self, tag: str, attributes: _Attributes = ()) -> None:
        super()._xml_start_tag(tag, _dutch(tag, attributes))  # type: ignore[misc]

    def _xml_empty_tag(self, tag: str, attributes: _Attributes = ()) -> None:
        super()._xml_empty_tag(tag, _dutch(tag, attributes))  # type: ignore[misc]


def _dutch(tag: str, attributes: _Attributes) -> _Attributes:
    if tag not in _TAGS_WITH_LANGUAGE:
        return attributes
    return [(name, LANGUAGE if value == "en-US" else value) for name, value in attributes]


class BarChart(_Dutch, ChartBar):  # type: ignore[misc]
    """A bar chart with Dutch texts."""


class ColumnChart(_Dutch, ChartColumn):  # type: ignore[misc]
    """A column chart with Dutch texts."""
