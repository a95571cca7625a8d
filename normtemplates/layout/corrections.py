"""The sheet Herstellen: every finding of a returned workbook, where it is and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.contract import Layout
from normtemplates.layout.marks import WHERE_COLUMN, Mark
from normtemplates.layout.places import (
    CORRECTIONS,
    START,
    address,
    coordinates,
    on,
)
from normtemplates.layout.plan import Link, SheetPlan, WorkbookPlan
from normtemplates.layout.tables import FIRST_COLUMN, Bold, TableCell, TablePage
from normtemplates.layout.typed import Leftover
from normtemplates.layout.unplaced import Improvement, improved_sheet, unplaced_sheet
from normtemplates.layout.wording import text_values
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.texts import Texts, fill, filled

_WIDTHS = (16, 17, 8, 30, 102, 9)
_LONGEST_MESSAGE = 1000
assert FIRST_COLUMN + 1 == WHERE_COLUMN


@frozen
class Place:
    """A cell of the fresh workbook; ``noted`` says that a note may stand at it."""

    sheet: str
    row: int
    column: int
    noted: bool = True


@frozen
class Task:
    """A finding in a correction workbook.

    ``mended`` says that it was true of the returned file and is not of the fresh one. ``place``
    is ``None`` for what concerns no cell.
    """

    finding: Finding
    mended: bool
    place: Place | None


def tasks_of(layout: Layout, before: Iterable[Finding], after: Iterable[Finding]) -> list[Task]:
    """Give every finding once, what is still to do first, and the worst of that first.

    ``before`` are the findings on the returned file, ``after`` those on the fresh workbook with
    its answers. A finding that is in both is still to do, at its cell in the fresh one.
    """
    still = list(after)
    known = {_identity(one) for one in still}
    tasks = [Task(one, False, _place_after(one)) for one in still]
    tasks += [
        Task(one, True, _place_before(layout, one)) for one in before if _identity(one) not in known
    ]
    return sorted(tasks, key=lambda task: (task.mended, task.finding.severity.rank))


def marks_of(tasks: Iterable[Task], texts: Texts) -> list[Mark]:
    """Give the marks at the cells of ``tasks``."""
    own = texts["herstel"]
    found = []
    for task in tasks:
        place, finding = task.place, task.finding
        if place and place.noted:
            values = {"kind": own[finding.severity.value][0], "message": _message(finding)}
            text = fill(own["note_done" if task.mended else "note"], values)
            found.append(Mark(place.sheet, place.row, place.column, text, finding.severity))
    return found


def with_corrections(
    plan: WorkbookPlan,
    layout: Layout,
    tasks: Sequence[Task],
    improvements: Sequence[Improvement],
    leftovers: Sequence[Leftover],
    texts: Texts,
) -> WorkbookPlan:
    """Give ``plan`` with the sheet Herstellen in front, and the two lists where they say something.

    In front, so that the workbook opens there.
    """
    sheets = [_corrections_sheet(layout, tasks, bool(improvements), bool(leftovers), texts)]
    sheets += [sheet for sheet in plan.sheets if not sheet.hidden]
    if improvements:
        sheets.append(improved_sheet(layout, improvements, texts))
    if leftovers:
        sheets.append(unplaced_sheet(layout, leftovers, texts["herstel"], texts))
    sheets += [sheet for sheet in plan.sheets if sheet.hidden]
    return evolve(plan, sheets=sheets)


def _corrections_sheet(
    layout: Layout, tasks: Sequence[Task], improved: bool, unplaced: bool, texts: Texts
) -> SheetPlan:
    words = text_values(layout)
    own = filled(texts["herstel"], words)
    page = TablePage(CORRECTIONS, _WIDTHS)
    to_start = Link(f"#{on(START, address(1, 1))}", own["to_start"])
    page.title(fill(own["title"], words), fill(own["subtitle"], words), to_start)
    page.gap()
    page.heading(own["steps_heading"])
    also = [own["see_improved"]] * improved + [own["see_unplaced"]] * unplaced
    # The third step is about what we did with the answers.
    page.steps(
        [
            (step["lead"], " ".join([step["text"], *also] if place == 2 else [step["text"]]))
            for place, step in enumerate(own["steps"])
        ]
    )
    page.gap()
    page.header(own["columns"])
    open_tasks = [task for task in tasks if not task.mended]
    to_do = [task for task in open_tasks if task.finding.severity is not Severity.INFO]
    known = [task for task in open_tasks if task.finding.severity is Severity.INFO]
    mended = [task for task in tasks if task.mended]
    if to_do:
        page.band(fill(own["todo"], {"counts": _counts(to_do, own)}))
        _lines(page, layout, to_do, own)
    else:
        page.band(own["todo_none"], own["todo_none_note"] if mended else "")
    if mended:
        page.band(fill(own["done"], {"counts": _counts(mended, own)}), own["done_note"])
        _lines(page, layout, mended, own)
    if known:
        page.band(own["known"], own["known_note"])
        _lines(page, layout, known, own)
    return page.done(layout, texts)


def _lines(page: TablePage, layout: Layout, tasks: Iterable[Task], own: Texts) -> None:
    for task in tasks:
        finding, place = task.finding, task.place
        where: TableCell = own["whole_file"]
        if place:
            target = on(place.sheet, address(place.row, place.column))
            where = Link(f"#{target}", target)
        elif finding.sheet:
            where = shown(finding.sheet)
        page.line(
            (
                Bold(own[finding.severity.value][0]),
                where,
                Bold(finding.requirement or ""),
                _header(layout, finding),
                _message(finding),
                finding.code,
            )
        )


def _header(layout: Layout, finding: Finding) -> str:
    """Give the header of the column or the label of the cover field that a finding is about."""
    column = layout.column_by_key.get(finding.field or "")
    if column:
        return column.field.header
    cover = layout.cover_by_key.get(finding.field or "")
    return cover.label if cover else ""


def _message(finding: Finding) -> str:
    return shown(finding.message, _LONGEST_MESSAGE)


def _counts(tasks: Iterable[Task], own: Texts) -> str:
    """Count by severity: ``3 fouten en 1 waarschuwing``."""
    number = Counter(task.finding.severity for task in tasks)
    parts = []
    for severity in Severity:
        if count := number[severity]:
            one, more = own[severity.value]
            parts.append(f"{count} {one.lower() if count == 1 else more}")
    return enumerate_nl(parts)


def _identity(finding: Finding) -> tuple[str | None, ...]:
    """Give what makes two findings on two workbooks the same; coordinates differ."""
    return finding.code, finding.requirement, finding.field


def _place_after(finding: Finding) -> Place | None:
    """Give the cell of a finding on the fresh workbook."""
    if finding.sheet is None or finding.cell is None:
        return None
    return Place(finding.sheet, *coordinates(finding.cell))


def _place_before(layout: Layout, finding: Finding) -> Place | None:
    """Give the cell of the fresh workbook where a finding on the returned file belongs."""
    slot = layout.row_by_number.get(finding.requirement or "")
    column = layout.column_by_key.get(finding.field or "")
    if slot:
        field = column or layout.column_by_key[layout.status_key]
        return Place(layout.sheet, slot.row, field.column)
    if column:
        return Place(layout.sheet, layout.header_row, column.column, noted=False)
    cover = layout.cover_by_key.get(finding.field or "")
    return Place(cover.sheet, cover.row, cover.column) if cover else None
