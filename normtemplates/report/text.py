"""The report as text, for a terminal or a mail: per file, worst first, and what to do next."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Finding, Report, RoundReport, Severity
from normtemplates.model.norm import called, is_part
from normtemplates.model.shown import shown
from normtemplates.report import words
from normtemplates.report.lines import NOT_COUNTED, Line, handed_in, lines_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH: Final = 100  # where nobody can tell how wide the page is
_NAME_LENGTH: Final = 100
_COUNTED: Final = {
    Severity.FOUT: "Fouten",
    Severity.WAARSCHUWING: "Waarsch.",
    Severity.INFO: "Info",
}
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
    lines = lines_of(round_report)
    for line in lines:
        if line.report:
            _file(console, line.report, line.counts)
            console.print()
    several = len(lines) > 1
    if several:
        console.print(_summary(lines))
    if round_report.findings:
        _line(console, f"Over de ronde {shown(round_report.round or '')}".rstrip(), "bold")
        _findings(console, round_report.findings)
    if several:
        statuses = (report.status for report in round_report.reports)
        sent = handed_in(round_report)
        _line(console, " ".join([f"{words.status_counts(statuses)}.", sent]).rstrip())
    # Rich fills lines with spaces; a text that is mailed or compared has none at its ends.
    text = [line.rstrip() for line in out.getvalue().rstrip().split("\n")]
    return "\n".join(text) + "\n"


def _file(console: Console, report: Report, counts: bool) -> None:
    _line(console, words.path(report.path), "bold")
    who = shown(report.organisation_name or "organisatie onbekend", _NAME_LENGTH)
    parts = [who, shown(report.round or "", _NAME_LENGTH), report.status.value]
    _line(console, " · ".join(part for part in parts if part))
    console.print()
    _findings(console, report.findings)
    _line(console, f"Samen: {words.counts(report.findings)}.")
    _line(console, words.verdict(report, counts=counts), "bold")


def _findings(console: Console, findings: Iterable[Finding]) -> None:
    for severity, group in words.by_severity(findings):
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
    for group in words.alike(findings):
        first = group[0]
        if len(group) == 1:
            yield _where(first), first
        else:
            cells = f"{words.place(first)} tot en met {group[-1].cell}, {len(group)} vakken"
            yield f"{cells} · {_called(one.requirement or '' for one in group)}", first


def _called(numbers: Iterable[str]) -> str:
    """Name several requirements, norms first: ``norm 1.1 en 1.2 en onderdeel 3.1.2``."""
    kinds: dict[str, list[str]] = {}
    for number in sorted(numbers, key=is_part):  # else in their own order
        kinds.setdefault(called(number).partition(" ")[0], []).append(number)
    return enumerate_nl(f"{kind} {enumerate_nl(own)}" for kind, own in kinds.items())


def _where(finding: Finding) -> str:
    norm = called(finding.requirement) if finding.requirement else ""
    return " · ".join(part for part in (words.place(finding), norm) if part)


def _summary(lines: Iterable[Line]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title="Overzicht van de bestanden", title_justify="left")
    for header, shortest in (("Organisatie", 12), ("Status", 14)):
        table.add_column(header, overflow="fold", min_width=shortest)
    for header in _COUNTED.values():
        table.add_column(header, justify="right", overflow="fold")
    table.add_column("Bestand", overflow="fold")
    for line in lines:
        table.add_row(
            shown(line.organisation or "onbekend", _NAME_LENGTH),
            line.status if line.counts else f"{line.status}, {NOT_COUNTED}",
            *(str(line.number(one)) if line.report else "–" for one in _COUNTED),
            words.path(line.report.path) if line.report else "–",
        )
    return table


def _line(console: Console, text: str, style: str = "") -> None:
    from rich.text import Text

    console.print(Text(text, style), overflow="fold", soft_wrap=False)
