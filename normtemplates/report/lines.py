"""The table of a round: each organisation in the order of the register, and what it sent.

A norm is no ranking: nobody stands on top for doing badly. Whoever takes part has a line, also
with nothing sent; files of nobody who takes part come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from normtemplates.model.finding import Report, ReportStatus, RoundReport, Severity, Standing

#: What stands behind the status of a file that does not count.
NOT_COUNTED: Final = "telt niet"


@frozen
class Line:
    """One line: a file, or with ``report`` ``None`` an organisation that sent none.

    ``organisation`` is a name, ``None`` when it is not known whose file it is. ``counts`` is false
    for a file that another one of the same organisation takes the place of.
    """

    organisation: str | None
    status: str
    report: Report | None
    counts: bool = True

    def number(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(one.severity is severity for one in self.report.findings) if self.report else 0


def lines_of(round_report: RoundReport) -> tuple[Line, ...]:
    """Give the lines; by the name of the organisation where no round is known."""
    return tuple(_lines(round_report))


def _lines(round_report: RoundReport) -> Iterator[Line]:
    left = {id(one): one for one in round_report.reports}
    by_path = {one.path: one for one in round_report.reports}
    for organisation in round_report.organisations:
        name = organisation.organisation_name
        if organisation.standing is Standing.NIET:
            yield Line(name, Standing.NIET.value, None)
        for path in organisation.paths:
            report = by_path[path]
            left.pop(id(report), None)
            # One that was refused does not count anyway; its status says so.
            counts = path == organisation.counts or report.status is ReportStatus.GEWEIGERD
            yield Line(name, report.status.value, report, counts)
    for report in sorted(left.values(), key=_by_name):
        yield Line(report.organisation_name, report.status.value, report)


def _by_name(report: Report) -> tuple[bool, str, str]:
    name = report.organisation_name
    return (name is None, (name or "").casefold(), report.path)


def handed_in(round_report: RoundReport) -> str:
    """Say of how many organisations there is something; ``""`` when no round is known."""
    total = len(round_report.organisations)
    if not total:
        return ""
    sent = sum(one.standing is not Standing.NIET for one in round_report.organisations)
    return f"Ingeleverd: {sent} van de {total} organisaties."
