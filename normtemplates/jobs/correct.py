"""The correction workbook: a fresh overview for whoever sent one in that is not right yet.

It is drawn anew, so that sentences, numbers, lists and protection are whole again; the answers
are carried over, each finding stands at its cell, and nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from normtemplates.excel.reader import read_bytes
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.names import file_name
from normtemplates.layout.carry import carry_over
from normtemplates.layout.corrections import Task, marks_of, tasks_of, with_corrections
from normtemplates.layout.leftovers import leftovers
from normtemplates.layout.lint import check_plan
from normtemplates.layout.marks import marked
from normtemplates.layout.plan import WorkbookPlan
from normtemplates.layout.recognise import Found, Older, recognise
from normtemplates.layout.renew import move_to_edition
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.submission import Submission
from normtemplates.model.texts import Texts
from normtemplates.rules import Context, mended_texts, run

_CORRECTION = "correctie"


def correction_workbook(
    submission: Submission, found: Found, findings: Sequence[Finding], texts: Texts
) -> bytes | None:
    """Give a correction workbook for a returned file; ``None`` where there is nothing to correct.

    That is when there is no fout (what is akkoord need not come back), when it was refused, and
    when it cannot be told whose it is: an official workbook is somebody's. ``texts`` are the
    house texts.
    """
    if not _worth_it(found, findings):
        return None
    carried = carry_over(found, texts)
    plan = workbook_plan(found.layout, carried.answers, texts)
    still = _still(plan, found.layout.round)
    tasks = tasks_of(found.layout, findings, still, mended_texts())
    left = (*leftovers(submission, found, plan.sheets, texts), *carried.leftovers)
    plan = with_corrections(
        marked(plan, marks_of(tasks, texts)),
        found.layout,
        tasks,
        findings,
        carried.improvements,
        tuple(dict.fromkeys(left)),
        texts,
    )
    check_plan(plan)
    return write_workbook(plan)


def correction_tasks(
    found: Found, findings: Sequence[Finding], texts: Texts
) -> tuple[Task, ...] | None:
    """Give what the correction workbook of a returned file says on its sheet Herstellen.

    ``None`` where :func:`correction_workbook` makes none.
    """
    if not _worth_it(found, findings):
        return None
    plan = workbook_plan(found.layout, carry_over(found, texts).answers, texts)
    still = _still(plan, found.layout.round)
    return tuple(tasks_of(found.layout, findings, still, mended_texts()))


def correction_of_older(
    submission: Submission, older: Older, findings: Sequence[Finding], texts: Texts
) -> bytes:
    """Give the workbook of the edition of now for an overview of an earlier one.

    The answers are carried over as far as the editions say where they went.
    """
    carried = carry_over(older.found, texts)
    then = older.found.layout
    layout, answers, unplaced = move_to_edition(older.round, then, carried.answers, texts)
    plan = workbook_plan(layout, answers, texts)
    as_it_was = workbook_plan(then, carried.answers, texts)
    tasks = tasks_of(layout, findings, _still(plan, older.round), mended_texts())
    left = (
        *leftovers(submission, older.found, as_it_was.sheets, texts),
        *carried.leftovers,
        *unplaced,
    )
    plan = with_corrections(
        marked(plan, marks_of(tasks, texts)),
        layout,
        tasks,
        findings,
        (),
        tuple(dict.fromkeys(left)),
        texts,
    )
    check_plan(plan)
    return write_workbook(plan)


def correction_name(organisation: Organisation, taken: Collection[str] = ()) -> str:
    """Give the name of the correction workbook of ``organisation``.

    Of several for one organisation the later ones get a number; ``taken`` are the names that
    are in use.
    """
    number, name = 1, file_name(_CORRECTION, organisation, ".xlsx")
    while name in taken:
        number += 1
        name = file_name(_CORRECTION, organisation, f"-{number}.xlsx")
    return name


def is_correction_name(name: str) -> bool:
    """Tell whether a correction workbook could be called so."""
    return name.lower().startswith(f"{_CORRECTION}-") and name.lower().endswith(".xlsx")


def _worth_it(found: Found, findings: Sequence[Finding]) -> bool:
    worth_it = any(f.severity is Severity.FOUT for f in findings)
    return worth_it and found.organisation is not None and not any(f.refuses for f in findings)


def _still(plan: WorkbookPlan, round_: Round) -> tuple[Finding, ...]:
    """Give what the check finds on the fresh workbook itself, so that the two cannot differ."""
    fresh = read_bytes("", write_workbook(plan))
    return run(fresh, Context(recognise(fresh, (round_,), round_), (round_,)))
