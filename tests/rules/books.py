"""What the tests of the rules share: findings on a spoiled example, and a real norm as values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from normtemplates.definitions import Definitions
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.recognise import recognise
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.finding import Finding
from normtemplates.model.norm import FieldKind, Role
from normtemplates.model.round import Round
from normtemplates.model.submission import Submission
from normtemplates.rules import Context, run
from normtemplates.rules.example_sheets import sheet_of
from normtemplates.rules.examples import Book


def findings(*changes: Callable[[Book], object]) -> tuple[Finding, ...]:
    """Give all findings on the workbook of the examples after ``changes``."""
    book = Book()
    for change in changes:
        change(book)
    submission = book.submission()
    return run(submission, book.context(submission))


@cache
def definitions() -> Definitions:
    return Definitions()


def filled(layout: Layout) -> Answers:
    """Answers that are right on every row, whatever columns the norm has."""
    norm, round_ = layout.norm, layout.round
    statuses = norm.statuses_of(Role.DONE, Role.PARTLY, Role.MISSING)
    rows: dict[str, dict[str, Value]] = {}
    for place, slot in enumerate(layout.rows):
        requirement = slot.requirement
        # Done or partly where another builds on it; the same all through a set of sub-items.
        status = statuses[0] if requirement.recurring else statuses[place % 2]
        if any(other.number.startswith(f"{requirement.number}.") for other in norm.requirements):
            status = statuses[1]
        if slot.part:  # one of each answer in turn; what it needs is its own
            answer = norm.part_statuses[place % len(norm.part_statuses)]
            if norm.parts_below(requirement.number):
                answer = next(s for s in norm.part_statuses if s.role is Role.MISSING)
            needed = [f for f in norm.fields if answer.role in f.part_required_for]
            rows[requirement.number] = {
                layout.status_key: text_value(answer.label),
                **{f.key: text_value(f"{f.header} bij {requirement.number}") for f in needed},
            }
            continue
        row = {layout.status_key: text_value(status.label)}
        for one in norm.fields:
            due = one.kind is FieldKind.DATE and one.not_before is not None
            if status.role not in one.required_for:
                continue
            if one.recurring_only and not requirement.recurring:
                continue
            if one.kind is FieldKind.DATE:
                day = round_.reference_date
                row[one.key] = date_value(day.replace(day=28) if due else day)
            elif one.kind is FieldKind.CHOICE:
                row[one.key] = text_value(one.choices[place % len(one.choices)])
            else:
                row[one.key] = text_value(f"{one.header} bij norm {requirement.number}")
        rows[requirement.number] = row
    cover: dict[str, Value] = {}
    for one in norm.cover:
        if one.kind is FieldKind.DATE:
            cover[one.key] = date_value(date(round_.reference_date.year, 1, 14))
        elif one.kind is FieldKind.CHOICE:
            cover[one.key] = text_value(one.choices[0])
        else:
            cover[one.key] = text_value("Team Veiligheid")
    fixed = {n: row for n, row in layout.presets().rows.items() if layout.row_by_number[n].locked}
    return Answers({**rows, **fixed}, cover)


def issued(layout: Layout, answers: Answers) -> Submission:
    """Give a workbook as we issue it, with ``answers``, the way the reader gives it."""
    plan = workbook_plan(layout, answers, definitions().texts)
    return Submission(
        name="voorbeeld.xlsx",
        sheets=tuple(sheet_of(sheet) for sheet in plan.sheets),
        names=plan.names,
        properties=plan.properties,
    )


def judged(submission: Submission, round_: Round) -> tuple[Finding, ...]:
    """Give all findings on a workbook of ``round_``."""
    return run(submission, Context(recognise(submission, (round_,)), (round_,)))


def layouts() -> list[Layout]:
    """Give a layout of each kind of organisation in each round that we ship."""
    found = []
    for round_ in definitions().rounds():
        kinds = {one.kind.code: one for one in round_.organisations}
        found += [layout_of(round_.norm, round_, one) for one in kinds.values()]
    return found
