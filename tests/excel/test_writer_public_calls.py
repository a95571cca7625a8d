"""The writer against XlsxWriter's public calls: the same bytes, but for what is listed here."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
import xlsxwriter
from attrs import evolve

from normtemplates.excel import writer
from normtemplates.excel._xlsxwriter import Format, Sheet
from normtemplates.layout.look import NAVY, SUB, Accent
from normtemplates.layout.plan import Formula, Item, Link, Rich, SheetPlan, WorkbookPlan
from normtemplates.layout.workbook import workbook_plan
from tests.excel.writer_plans import full_plan, sample_plan
from tests.layout.samples import example_layout, texts


class PublicBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """XlsxWriter's own workbook; no class of ours."""

    def __init__(
        self, file: object, password: str | None, font: str, size: float, *, locked: bool
    ) -> None:
        fonts = {"font_name": font, "font_size": size}
        super().__init__(file, {"in_memory": True, "default_format_properties": fonts})

    def add_accent(self, properties: dict[str, Any], *, takes_bold_away: bool) -> Format:
        return self.add_format(properties)

    def add_own_chart(self, chart: Any) -> None:
        chart.embedded = True
        self.charts.append(chart)


class PublicWriter(writer._Writer):
    """Puts every cell by a public call."""

    def _rows(self, plan: SheetPlan, sheet: Sheet) -> None:
        for row, (height, _) in plan.heights.items():
            sheet.set_row(row - 1, height)

    def _cells(self, items: list[Item], sheet: Sheet) -> None:
        for row, column, content, style in items:
            place = row - 1, column - 1
            chosen = self._format(style)
            if isinstance(content, Formula):
                sheet.write_formula(*place, f"={content.text}", chosen, content.value)
            elif isinstance(content, Link):
                self._link(*place, content, chosen, sheet)
            elif isinstance(content, Rich):
                parts: list[object] = []
                for text, bold in content.runs:
                    parts += [self._format(evolve(style, bold=bold)), text]
                sheet.write_rich_string(*place, *parts, chosen)
            elif isinstance(content, str):
                sheet.write_string(*place, content, chosen)
            elif content is None:
                sheet.write_blank(*place, None, chosen)
            elif isinstance(content, bool):
                sheet.write_boolean(*place, content, chosen)
            else:
                sheet.write_number(*place, content, chosen)
        rows, columns, _, _ = zip(*items, strict=True)
        area = min(rows) - 1, min(columns) - 1, max(rows) - 1, max(columns) - 1
        used = xlsxwriter.utility.xl_range(*area)
        sheet.ignore_errors(dict.fromkeys(writer._NO_TRIANGLES, used))


def parts(data: bytes) -> dict[str, str]:
    """The parts of a package by name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def without_additions(name: str, text: str) -> str:
    """Undo what the writer does on purpose and XlsxWriter cannot."""
    if name == "xl/workbook.xml":
        return text.replace('<workbookProtection lockStructure="1"/>', "")
    if name == "docProps/core.xml":
        return text.replace("<dc:language>nl-NL</dc:language>", "")
    if name == "xl/styles.xml":
        return text.replace('<b val="0"/><i val="0"/>', "")
    if name.startswith("xl/worksheets/sheet"):
        text = re.sub(r'( ht="[\d.]+")(?! customHeight)', r'\1 customHeight="1"', text)
        return re.sub(r' t="str"(><f>[^<]*</f><v></v>)', r"\1", text)
    return text


def comparable(plan: WorkbookPlan) -> WorkbookPlan:
    """Leave out of the sample what XlsxWriter gets wrong; other tests cover it."""
    for sheet in plan.sheets:
        sheet.default_style = None  # its public way makes the used area 16 384 columns wide
        sheet.heights = {row: one for row, one in sheet.heights.items() if one[0] != 15}
    sheet = plan.sheets[0]
    # XlsxWriter escapes _x000D_ in rich text twice.
    sheet.items = [
        item._replace(content=Rich((("Vet.", True), (" Gewoon & <zo>", False))))
        if isinstance(item.content, Rich)
        else item
        for item in sheet.items
    ]
    # The same colours as accents that take bold away: one format to XlsxWriter, two to us.
    alike = (Accent(color=NAVY), Accent(color=SUB))
    sheet.accents = [one for one in sheet.accents if one.accent not in alike]
    return plan


def real_plan() -> WorkbookPlan:
    layout = example_layout()
    return workbook_plan(layout, layout.presets(), texts())


@pytest.mark.parametrize("build", [real_plan, full_plan, sample_plan])
def test_the_bytes_are_those_of_the_public_calls(
    monkeypatch: pytest.MonkeyPatch, build: Any
) -> None:
    ours = parts(writer.write_workbook(comparable(build())))
    monkeypatch.setattr(writer, "Book", PublicBook)
    monkeypatch.setattr(writer, "_Writer", PublicWriter)
    theirs = parts(writer.write_workbook(comparable(build())))
    assert list(ours) == list(theirs)
    for name, text in ours.items():
        assert without_additions(name, text) == theirs[name], name


def test_the_additions_are_there() -> None:
    ours = parts(writer.write_workbook(sample_plan()))
    touched = [name for name, text in ours.items() if without_additions(name, text) != text]
    assert touched == [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "docProps/core.xml",
    ]


def test_a_chart_differs_from_the_public_one_in_its_language_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = parts(writer.write_workbook(sample_plan()))
    monkeypatch.setattr(writer, "BarChart", xlsxwriter.chart_bar.ChartBar)
    monkeypatch.setattr(writer, "ColumnChart", xlsxwriter.chart_column.ChartColumn)
    theirs = parts(writer.write_workbook(sample_plan()))
    charts = [name for name in ours if name.startswith("xl/charts/")]
    assert len(charts) == 2
    for name in charts:
        assert "en-US" not in ours[name]
        assert ours[name] == theirs[name].replace("en-US", "nl-NL")
