"""``check``: what came back, read, recognised and judged; one report for each file.

A file that is there is always a report, whatever is in it. A path that is not there or cannot
be read is the operator's business: it is named, and the other files are checked all the same.

A few files are checked in this process; more are spread over workers with limits, where one
that outlasts or kills its worker is a finding and the others go on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from attrs import evolve, field, frozen

from normtemplates.definitions import Definitions
from normtemplates.errors import NormtemplatesError, RequestError
from normtemplates.jobs.faults import Faults
from normtemplates.jobs.guard import overwriting
from normtemplates.jobs.inbox import absent, files_in, unreadable
from normtemplates.jobs.isolate import Limits, Lost, Pool
from normtemplates.jobs.made import (
    NO_EXTRAS,
    NOTHING_MADE,
    NOTHING_WANTED,
    Extras,
    Made,
    Making,
    Wanted,
    extras_of,
)
from normtemplates.jobs.output import check_writable
from normtemplates.jobs.page import neighbourhoods
from normtemplates.jobs.processes import how_many
from normtemplates.jobs.returned import Reader, WorkerError, lost
from normtemplates.jobs.turnout import round_report
from normtemplates.layout.neighbourhood import Neighbourhood
from normtemplates.layout.recognise import Recognised, recognise
from normtemplates.model.finding import Finding, Report, RoundReport, Severity, status_of
from normtemplates.model.organisation import Organisation
from normtemplates.model.returned import NO_FACTS, Facts, Return
from normtemplates.model.round import Round
from normtemplates.model.shown import visible
from normtemplates.model.submission import Submission
from normtemplates.rules import Context, facts_of, run

#: Told how many files of how many are done.
Progress = Callable[[int, int], object]

# Up to so many files are checked in this process: a worker takes longer to start.
_FEW = 20
# A process more is worth its start for so many files.
_WORTH_A_PROCESS = 40


@frozen
class CheckRequest:
    """What to check: files and folders, of any round or of one.

    ``output`` is the file that the report will be written to, ``None`` for none. ``jobs`` is the
    number of processes, ``None`` for as many as help. ``cells`` asks for the cells around
    findings too, ``wanted`` for what is to be made besides the report.
    """

    paths: Sequence[Path]
    round: str | None = None
    output: Path | None = None
    jobs: int | None = 1
    cells: bool = False
    wanted: Wanted = NOTHING_WANTED


@frozen
class CheckContext:
    """The rounds that a file may belong to, in the order to try.

    With ``wanted`` only that round is accepted, with ``cells`` the cells around findings are
    kept; ``making`` is what to make of each file besides.
    """

    rounds: tuple[Round, ...]
    wanted: Round | None = None
    cells: bool = False
    making: Making = NOTHING_MADE


@frozen
class Checked:
    """The report on one file, and what else was asked for.

    ``facts`` are for the rules about a round, ``around`` the cells around its findings, ``extras``
    what was made of it.
    """

    report: Report
    facts: Facts = NO_FACTS
    around: Mapping[Finding, Neighbourhood] = field(factory=dict)
    extras: Extras = NO_EXTRAS


@frozen
class CheckResult:
    """The reports, and the arguments that there is no report of, each as a line.

    ``around`` are the cells around findings, by path and finding, when they were asked for;
    ``written`` the files that were made besides, ``told`` lines about what is in the hand-over
    of answers and what is not.
    """

    report: RoundReport
    faults: tuple[str, ...] = ()
    around: Mapping[str, Mapping[Finding, Neighbourhood]] = field(factory=dict)
    written: tuple[Path, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Give 0 when all is well, 1 with a fout in a file, 2 when a path was no good."""
        if self.faults:
            return RequestError.exit_code
        findings = [f for report in self.report.reports for f in report.findings]
        wrong = any(f.severity is Severity.FOUT for f in (*findings, *self.report.findings))
        return 1 if wrong else 0


def check_returned(
    definitions: Definitions, request: CheckRequest, progress: Progress | None = None
) -> CheckResult:
    """Check all that ``request`` names.

    Paths that are no good are in the result, and the others are checked all the same. Raises
    ``NormtemplatesError`` with all faults of request and definitions when nothing can be
    checked at all, or the report could not be written.
    """
    faults = Faults()
    context = CheckContext(())
    if request.output:
        with faults:
            check_writable(request.output)
    with faults:
        roots = definitions.templates.roots
        if lost_now := overwriting(request.paths, request.output, request.wanted, roots):
            raise RequestError(lost_now)
    with faults:
        request.wanted.check()
    with faults:
        context = evolve(check_context(definitions, request.round), cells=request.cells)
    with faults:
        texts = definitions.texts if request.wanted.corrections else None
        context = evolve(
            context, making=Making(texts, bool(request.wanted.answers), request.wanted.with_texts)
        )
    if faults:
        with faults:
            if gone := [path for path in request.paths if not os.path.lexists(path)]:
                raise RequestError(absent(path) for path in gone)
        faults.raise_all()
    return check_paths(
        request.paths,
        context,
        own=request.output,
        progress=progress,
        jobs=request.jobs,
        wanted=request.wanted,
    )


def check_context(definitions: Definitions, round_name: str | None = None) -> CheckContext:
    """Give the context for all rounds, the default one first, or for one round.

    Raises ``RequestError`` for an unknown round, ``DefinitionError`` for faults in any file
    that is needed.
    """
    if round_name is not None:
        wanted = definitions.round(round_name)
        others: tuple[Round, ...] = ()
        with suppress(NormtemplatesError):  # they only serve to name what a file is for
            others = tuple(r for r in definitions.rounds() if r is not wanted)
        return CheckContext((wanted, *others), wanted)
    every = definitions.rounds()
    try:
        default = definitions.round()
    except RequestError:  # no round is the default one
        return CheckContext(every)
    return CheckContext((default, *(r for r in every if r is not default)))


def check_workbook(path: Path, context: CheckContext, reader: Reader | None = None) -> Report:
    """Check the file at ``path``; with ``reader`` its worker for other formats is used again.

    Raises ``RequestError`` only when it is not there or cannot be read. A file that is no
    workbook has a report that says so.
    """
    if reader is None:
        with Reader() as own:
            return checked_file(path, context, own).report
    return checked_file(path, context, reader).report


def checked_file(path: Path, context: CheckContext, reader: Reader) -> Checked:
    """Check the file at ``path`` and give what ``context`` asks for besides the report.

    Raises as :func:`check_workbook` does.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise RequestError(f"{visible(str(path))} is geen bestand. Controleer het pad.")
        submission, recognised = _read(path, context, reader)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RequestError(absent(path)) from error
    except OSError as error:
        raise RequestError(unreadable(path)) from error
    return _judged(path, context, submission, recognised)


def _judged(
    path: Path, context: CheckContext, submission: Submission, recognised: Recognised | None
) -> Checked:
    findings = run(submission, Context(recognised, context.rounds))
    found = recognised.found if recognised else None
    organisation = found.organisation if found else _sender(recognised, context)
    report = Report(
        path=str(path),
        status=status_of(findings),
        findings=findings,
        organisation=organisation.code if organisation else None,
        organisation_name=organisation.full_name if organisation else None,
        round=found.layout.round.name if found else None,
    )
    around = neighbourhoods(submission, recognised, findings) if context.cells else {}
    extras = extras_of(context.making, path, submission, recognised, report)
    return Checked(report, facts_of(submission, recognised), around, extras)


def _sender(recognised: Recognised | None, context: CheckContext) -> Organisation | None:
    """Give who sent an overview that was not taken, as far as its stamp says so."""
    stamp = recognised.stamp if recognised else None
    if stamp is None:
        return None
    known = (r.organisation(stamp.organisation) for r in context.rounds)
    return next((one for one in known if one), None)


def check_paths(
    paths: Sequence[Path],
    context: CheckContext,
    *,
    own: Path | None = None,
    progress: Progress | None = None,
    jobs: int | None = 1,
    limits: Limits | None = None,
    wanted: Wanted = NOTHING_WANTED,
) -> CheckResult:
    """Check every file in ``paths``; a folder stands for the files in it, also further down.

    Passed over in a folder: what is hidden, what normtemplates wrote itself (manifest, letters,
    reports, ``own``, the file that the report will be written to, and the answers ``wanted``
    besides). No folder of ``paths`` may hold the one for correction workbooks. A file that is
    meant twice is checked once. ``progress`` is told how many of how many are done. ``jobs`` and
    ``wanted`` as in :class:`CheckRequest`; ``limits`` is what one file may take in a worker.

    Raises ``NormtemplatesError`` when no worker can be started, or no folder made for what is
    wanted.
    """
    faults: list[str] = []
    files = files_in(paths, (*((own,) if own else ()), *wanted.answer_files), faults)
    checked: list[Checked] = []
    processes = how_many(jobs, len(files), _WORTH_A_PROCESS)
    here = processes == 1 and len(files) <= _FEW
    with (
        Made(wanted, context.rounds, context.wanted) as made,
        closing(
            _here(files, context, limits) if here else _spread(files, context, limits, processes)
        ) as outcomes,
    ):
        for done, outcome in enumerate(outcomes, start=1):
            if isinstance(outcome, Checked):
                made.take(Return(outcome.report, outcome.facts), outcome.extras)
                checked.append(evolve(outcome, extras=NO_EXTRAS))  # it is on disk now
            else:
                faults += outcome
            if progress:
                progress(done, len(files))
        made.finish()
    faults += made.faults
    checked = [
        evolve(one, report=evolve(one.report, correction=made.corrections.get(one.report.path)))
        for one in checked
    ]
    # One file says nothing about a round; several, or a folder, do.
    several = bool(checked) and (len(files) > 1 or files != list(paths))
    returns = tuple(Return(one.report, one.facts) for one in checked)
    report = round_report(returns, context.rounds, context.wanted) if several else _alone(checked)
    around = {one.report.path: one.around for one in checked}
    return CheckResult(report, tuple(faults), around, made.written, made.told)


def _alone(checked: Sequence[Checked]) -> RoundReport:
    return RoundReport(tuple(one.report for one in checked))


# A report, or why there is none.
_Outcome = Checked | tuple[str, ...]


def _here(
    files: Sequence[Path], context: CheckContext, limits: Limits | None
) -> Generator[_Outcome, None, None]:
    """Check the files in this process."""
    with Reader(limits) as reader:
        for path in files:
            yield _checked(context, path, reader)


def _spread(
    files: Sequence[Path], context: CheckContext, limits: Limits | None, processes: int
) -> Generator[_Outcome, None, None]:
    """Check the files in workers."""
    with Pool(_checked, context, processes, limits) as pool:
        for path, outcome in zip(files, pool.map(files), strict=True):
            if not isinstance(outcome, Lost):
                yield outcome.value
                continue
            try:
                submission = lost(path, outcome)
            except WorkerError:
                submission = Submission(path.name)
            yield _judged(path, context, submission, None)


def _checked(context: CheckContext, path: Path, reader: Reader | None = None) -> _Outcome:
    try:
        if reader:
            return checked_file(path, context, reader)
        with Reader() as own:
            return checked_file(path, context, own)
    except RequestError as error:
        return error.faults


def _read(
    path: Path, context: CheckContext, reader: Reader
) -> tuple[Submission, Recognised | None]:
    """Read and recognise a file; a mistake of ours leaves it unread, which the rules tell."""
    try:
        submission = reader.read(path)
        if submission.fatal:
            return submission, None
        return submission, recognise(submission, context.rounds, context.wanted)
    except (OSError, MemoryError, NormtemplatesError):
        raise
    except Exception:
        return Submission(path.name), None
