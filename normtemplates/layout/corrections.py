"""The sheet Herstellen: every finding of a returned workbook, where it is and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from normtemplates.dutch import enumerate_nl
from normtemplates.layout.contract import Layout
from normtemplates.layout.marks import WHERE_COLUMN, Mark
from normtemplates.layout.places import (
    CORRECTIONS,
    START,
    absolute,
    address,
    coordinates,
    on,
)
from normtemplates.layout.plan import Formula, Link, SheetPlan, WorkbookPlan
from normtemplates.layout.standing import verdict_of
from normtemplates.layout.tables import FIRST_COLUMN, Bold, TableCell, TablePage
from normtemplates.layout.typed import Leftover
from normtemplates.layout.unplaced import Improvement, improved_sheet, unplaced_sheet
from normtemplates.layout.wording import computed, text_values
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
    is ``None`` for what concerns no cell. ``done`` are Dutch sentences about what was done: with
    one that is mended, or was at the same cell; ``codes`` are the rules that all this is about.
    """

    finding: Finding
    mended: bool
    place: Place | None
    done: tuple[str, ...]
    codes: tuple[str, ...]


def tasks_of(
    layout: Layout,
    before: Iterable[Finding],
    after: Iterable[Finding],
    mended: Mapping[str, str],
) -> list[Task]:
    """Give every finding once, what is still to do first, and the worst of that first.

    ``before`` are the findings on the returned file, ``after`` those on the fresh workbook with
    its answers, ``mended`` what is done about the findings of a rule. A finding that is in both is
    still to do, at its cell in the fresh one. What was mended at a cell where there is something
    to do is told there: nobody should wonder whether that cell is ready.
    """
    still = list(after)
    known = {_identity(one) for one in still}
    gone = [(_place_before(layout, one), one) for one in before if _identity(one) not in known]
    tasks = []
    told: set[Finding] = set()
    for one in still:
        place = _place_after(one)
        here = [] if one.severity is Severity.INFO else [f for at, f in gone if at and at == place]
        here = [f for f in here if f not in told]
        told.update(here)
        codes = (one.code, *(f.code for f in here))
        tasks.append(Task(one, False, place, _said(here, mended), tuple(dict.fromkeys(codes))))
    tasks += [
        Task(one, True, place, _said([one], mended), (one.code,))
        for place, one in sorted(gone, key=lambda pair: _in_workbook(*pair))
        if one not in told
    ]
    return sorted(tasks, key=lambda task: (task.mended, not task.mended and _rank(task)))


def _said(findings: Iterable[Finding], mended: Mapping[str, str]) -> tuple[str, ...]:
    """Give what was done about findings; nothing for a rule that does not say."""
    return tuple(dict.fromkeys(mended[one.code] for one in findings if one.code in mended))


def _rank(task: Task) -> int:
    return task.finding.severity.rank


def _in_workbook(place: Place | None, finding: Finding) -> tuple[bool, bool, int, int]:
    """Give the order of the workbook: what concerns no sheet, Start, and then row by row."""
    sheet = place.sheet if place else finding.sheet
    row, column = (place.row, place.column) if place else (0, 0)
    return sheet is not None, sheet != START, row, column


def marks_of(tasks: Iterable[Task], texts: Texts) -> list[Mark]:
    """Give the marks at the cells of ``tasks``."""
    own = texts["herstel"]
    found = []
    for task in tasks:
        place, finding = task.place, task.finding
        if place and place.noted:
            values = {"kind": own[finding.severity.value][0], "message": _message(task, own)}
            text = fill(own["note_done" if task.mended else "note"], values)
            found.append(Mark(place.sheet, place.row, place.column, text, finding.severity))
    return found


def with_corrections(
    plan: WorkbookPlan,
    layout: Layout,
    tasks: Sequence[Task],
    before: Iterable[Finding],
    improvements: Sequence[Improvement],
    leftovers: Sequence[Leftover],
    texts: Texts,
) -> WorkbookPlan:
    """Give ``plan`` with the sheet Herstellen in front, and the two lists where they say something.

    In front, so that the workbook opens there. ``before`` are the findings on the returned file,
    to be counted.
    """
    page = _introduction(plan, layout, bool(improvements), bool(leftovers), texts)
    sheets = [_corrections_sheet(page, layout, tasks, before, texts)]
    sheets += [sheet for sheet in plan.sheets if not sheet.hidden]
    if improvements:
        sheets.append(improved_sheet(layout, improvements, texts))
    if leftovers:
        sheets.append(unplaced_sheet(layout, leftovers, texts["herstel"], texts))
    sheets += [sheet for sheet in plan.sheets if sheet.hidden]
    return evolve(plan, sheets=sheets)


def _introduction(
    plan: WorkbookPlan, layout: Layout, improved: bool, unplaced: bool, texts: Texts
) -> TablePage:
    """Begin the sheet: what to do with this file, and whether it is ready now, as Start says."""
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
    verdict = verdict_of(plan, layout)
    cell = on(START, absolute(verdict.row, verdict.column))
    shown_now = verdict.content.value if isinstance(verdict.content, Formula) else ""
    page.gap()
    page.now(computed(own["now"], {"verdict": cell}, {"verdict": shown_now}), to_start)
    return page


def _corrections_sheet(
    page: TablePage,
    layout: Layout,
    tasks: Sequence[Task],
    before: Iterable[Finding],
    texts: Texts,
) -> SheetPlan:
    own = filled(texts["herstel"], text_values(layout))
    open_tasks = [task for task in tasks if not task.mended]
    to_do = [task for task in open_tasks if task.finding.severity is not Severity.INFO]
    known = [task for task in open_tasks if task.finding.severity is Severity.INFO]
    mended = [task for task in tasks if task.mended]
    counted = {
        "before": _counts(before, own) or own["none"],
        "todo": _counts((task.finding for task in to_do), own) or own["none"],
    }
    page.note(fill(own["counts"], counted))
    page.gap()
    page.header(own["columns"])
    if to_do:
        page.band(fill(own["todo"], {"counts": counted["todo"]}))
        _lines(page, layout, to_do, own)
    else:
        page.band(own["todo_none"], own["todo_none_note"] if mended else "")
    if mended:
        page.band(own["done"], own["done_note"])
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
                Bold(own["done_kind"] if task.mended else own[finding.severity.value][0]),
                where,
                Bold(finding.requirement or ""),
                _header(layout, finding),
                _message(task, own),
                " ".join(task.codes),
            )
        )


def _header(layout: Layout, finding: Finding) -> str:
    """Give the header of the column or the label of the cover field that a finding is about."""
    column = layout.column_by_key.get(finding.field or "")
    if column:
        return column.field.header
    cover = layout.cover_by_key.get(finding.field or "")
    return cover.label if cover else ""


def _message(task: Task, own: Texts) -> str:
    """Say what was done, and what there is to do if anything."""
    if task.mended:
        return " ".join(task.done) or str(own["done_default"])
    return " ".join([*task.done, shown(task.finding.message, _LONGEST_MESSAGE)])


def _counts(findings: Iterable[Finding], own: Texts) -> str:
    """Count what asks for attention, by severity: ``3 fouten en 1 waarschuwing``."""
    number = Counter(one.severity for one in findings)
    parts = []
    for severity in (Severity.FOUT, Severity.WAARSCHUWING):
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
