"""The report on several files: which round they are of, what the round says, and who is left."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from normtemplates.model.finding import Finding, HandedIn, Report, RoundReport
from normtemplates.model.returned import Return, Turnout
from normtemplates.model.round import Round
from normtemplates.rules import Inbox, run_round


def round_report(
    returns: Sequence[Return], rounds: Sequence[Round], wanted: Round | None = None
) -> RoundReport:
    """Put the reports together with what the rules say of them as a round.

    The round is ``wanted``, else the one of ``rounds`` that all files are of. A finding about one
    of the files stands in its report, behind what was found on the file as a whole.
    """
    inbox = Inbox(tuple(returns), wanted or _the_one(returns, rounds), tuple(rounds))
    told = run_round(inbox)
    reports = tuple(
        _with(one.report, told.files[one.report.path]) if one.report.path in told.files
        else one.report
        for one in returns
    )  # fmt: skip
    return RoundReport(
        reports,
        inbox.round.name if inbox.round else None,
        told.round,
        tuple(_handed_in(one) for one in inbox.turnouts) if inbox.round else (),
    )


def _the_one(returns: Sequence[Return], rounds: Sequence[Round]) -> Round | None:
    """Give the round of all files that are of one; ``None`` when they differ."""
    names = {one.report.round for one in returns if one.report.round}
    return next((r for r in rounds if names == {r.name}), None)


def _with(report: Report, found: Sequence[Finding]) -> Report:
    whole = sum(1 for one in report.findings if one.sheet is None)
    return evolve(report, findings=(*report.findings[:whole], *found, *report.findings[whole:]))


def _handed_in(one: Turnout) -> HandedIn:
    return HandedIn(
        one.organisation.code,
        one.organisation.full_name,
        one.standing,
        tuple(each.report.path for each in (*one.returns, *one.refused)),
        one.counts.report.path if one.counts else None,
    )
