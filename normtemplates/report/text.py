"""The report as text, for a terminal or a mail: per file, worst first, and what to do next."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Finding, Report, RoundReport, Severity
from normtemplates.model.shown import shown
from normtemplates.report import words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH: Final = 100  # where nobody can tell how wide the page is
_NAME_LENGTH: Final = 100
_FEWEST_TOGETHER: Final = 6  # findings alike from which they share one line
# Words carry the meaning; colour only helps to find them.
_STYLES: Final = {
    Severity.FOUT: "bold red",
    Severity.WAARSCHUWING: "bold yellow",
    Severity.INFO: "bold cyan",
}


def render_text(
    round_report: RoundReport, console_width: int | None = None, color: bool = False
) -> str:
    """Write the report out in Dutch.

    ``console_width`` is in characters, ``None`` for that of the terminal; ``color`` adds
    ANSI colours, without it the text is plain.
    """
    from rich.console import Console  # slow to import, and only wanted here

    out = io.StringIO()
    width = console_width or shutil.get_terminal_size((_WIDTH, 0)).columns
    console = Console(
        file=out,
        width=max(width, 20),
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for report in round_report.reports:
        _file(console, report)
        console.print()
    several = len(round_report.reports) > 1
    if several:
        console.print(_summary(round_report.reports))
    if round_report.findings:
        _line(console, f"Over de ronde {shown(round_report.round or '')}".rstrip(), "bold")
        _findings(console, round_report.findings)
    if several:
        statuses = (report.status for report in round_report.reports)
        _line(console, f"{words.status_counts(statuses)}.")
    # Rich fills lines with spaces; a text that is mailed or compared has none at its ends.
    lines = [line.rstrip() for line in out.getvalue().rstrip().split("\n")]
    return "\n".join(lines) + "\n"


def _file(console: Console, report: Report) -> None:
    _line(console, words.path(report.path), "bold")
    who = shown(report.organisation_name or "organisatie onbekend", _NAME_LENGTH)
    parts = [who, shown(report.round or "", _NAME_LENGTH), report.status.value]
    _line(console, " · ".join(part for part in parts if part))
    console.print()
    _findings(console, report.findings)
    _line(console, f"Samen: {words.counts(report.findings)}.")
    _line(console, words.verdict(report.status, report.findings), "bold")


def _findings(console: Console, findings: Iterable[Finding]) -> None:
    by_severity: dict[Severity, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    for severity in sorted(by_severity, key=lambda one: one.rank):
        group = by_severity[severity]
        _line(console, f"{words.HEADINGS[severity]} ({len(group)})", _STYLES[severity])
        console.print(_list(group))
        console.print()


def _list(findings: Sequence[Finding]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for where, finding in _lines(findings):
        text = Text()
        if where:
            text.append(where, "bold")
            text.append(" · ")
        text.append(words.message(finding))
        text.append(f" [{finding.code}]", "dim")
        table.add_row("-", text)
    return table


def _lines(findings: Sequence[Finding]) -> Iterator[tuple[str, Finding]]:
    """Give where and what; many findings that say the same in one column share a line."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key: tuple[object, ...] = (finding.code, finding.sheet, finding.field, finding.message)
        if finding.cell is None or finding.requirement is None:
            key = (*key, id(finding))
        alike.setdefault(key, []).append(finding)
    for group in alike.values():
        if len(group) < _FEWEST_TOGETHER:
            for one in group:
                yield _where(one), one
        else:
            cells = f"{words.place(group[0])} tot en met {group[-1].cell}, {len(group)} vakken"
            numbers = enumerate_nl(one.requirement or "" for one in group)
            yield f"{cells} · norm {numbers}", group[0]


def _where(finding: Finding) -> str:
    norm = f"norm {finding.requirement}" if finding.requirement else ""
    return " · ".join(part for part in (words.place(finding), norm) if part)


def _summary(reports: Iterable[Report]) -> Table:
    """Give a table by organisation, in the order of their names: it is no ranking."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title="Overzicht van de bestanden", title_justify="left")
    for header in ("Organisatie", "Status", "Fouten", "Waarschuwingen", "Bestand"):
        number = header in ("Fouten", "Waarschuwingen")
        table.add_column(header, justify="right" if number else "left", overflow="fold")
    for report in sorted(reports, key=_by_name):
        severities = [finding.severity for finding in report.findings]
        table.add_row(
            shown(report.organisation_name or "onbekend", _NAME_LENGTH),
            report.status.value,
            str(severities.count(Severity.FOUT)),
            str(severities.count(Severity.WAARSCHUWING)),
            words.path(report.path),
        )
    return table


def _by_name(report: Report) -> tuple[bool, str, str]:
    name = report.organisation_name
    return (name is None, (name or "").casefold(), report.path)


def _line(console: Console, text: str, style: str = "") -> None:
    from rich.text import Text

    console.print(Text(text, style), overflow="fold", soft_wrap=False)
