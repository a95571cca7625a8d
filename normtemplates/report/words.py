"""Words that every form of the report shares: where a finding stands, counts, the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Finding, Report, ReportStatus, Severity
from normtemplates.model.shown import shown, visible

#: The longest message and name of a sheet that a report repeats.
MESSAGE_LENGTH: Final = 1000
SHEET_LENGTH: Final = 60
#: The longest path; no system has longer ones.
PATH_LENGTH: Final = 4096

HEADINGS: Final = {
    Severity.FOUT: "Fout: dit moet worden hersteld",
    Severity.WAARSCHUWING: "Waarschuwing: kijk hier nog eens naar",
    Severity.INFO: "Info: goed om te weten",
}

#: Findings alike from which they share one item.
_FEWEST_TOGETHER: Final = 6

_NAMES: Final = {
    Severity.FOUT: ("fout", "fouten"),
    Severity.WAARSCHUWING: ("waarschuwing", "waarschuwingen"),
    Severity.INFO: ("keer info", "keer info"),
}

_STATUS_NAMES: Final = {
    ReportStatus.AKKOORD: "akkoord",
    ReportStatus.TE_CORRIGEREN: "te corrigeren",
    ReportStatus.GEWEIGERD: "geweigerd",
}


def place(finding: Finding) -> str:
    """Give sheet and cell as a person says them (``Overzicht!H14``); ``""`` for the file."""
    if finding.sheet is None:
        return ""
    sheet = shown(finding.sheet, SHEET_LENGTH)
    return f"{sheet}!{finding.cell}" if finding.cell else sheet


def message(finding: Finding) -> str:
    """Give the message, with nothing hidden in it and of bounded length."""
    return shown(finding.message, MESSAGE_LENGTH)


def path(text: str) -> str:
    """Give a path as the operator gave it; only what cannot be seen is written as a code."""
    return visible(text[:PATH_LENGTH])


def counts(findings: Iterable[Finding]) -> str:
    """Count the findings: ``3 fouten en 1 waarschuwing``; ``geen bevindingen`` for none."""
    found = Counter(finding.severity for finding in findings)
    parts = []
    for severity in Severity:
        number = found[severity]
        if number:
            parts.append(f"{number} {_NAMES[severity][number != 1]}")
    return enumerate_nl(parts) or "geen bevindingen"


def status_counts(statuses: Iterable[ReportStatus]) -> str:
    """Count the files: ``3 bestanden: 2 akkoord en 1 geweigerd``."""
    found = Counter(statuses)
    total = sum(found.values())
    parts = [f"{found[one]} {_STATUS_NAMES[one]}" for one in ReportStatus if found[one]]
    return f"{total} {'bestand' if total == 1 else 'bestanden'}: {enumerate_nl(parts)}"


def verdict(report: Report, *, counts: bool = True) -> str:
    """Say what the status means for the sender, what to do next, and in which file.

    ``counts`` is false for a file that another one of the same organisation takes the place of.
    """
    fresh = f"het correctiebestand ‘{path(report.correction)}’" if report.correction else ""
    if report.status is ReportStatus.GEWEIGERD:
        if fresh:
            return (
                f"Geweigerd. Werk verder in {fresh}, niet in uw eigen bestand: uw antwoorden staan "
                "er al in, voor zover ze passen. Vul het aan, sla het op en stuur dat bestand "
                "terug."
            )
        return (
            "Geweigerd. Er is niets uit dit bestand overgenomen. Doe wat bij de fouten staat en "
            "stuur een nieuw bestand."
        )
    name = report.status.value.capitalize()
    if not counts and not fresh:
        return (
            f"{name}. Dit bestand telt niet mee; de waarschuwing NT601 zegt waarom. Herstel "
            "hierin niets voordat u dat hebt gelezen."
        )
    if report.status is ReportStatus.TE_CORRIGEREN:
        if fresh:
            return (
                f"{name}. Herstel de fouten in {fresh}, niet in uw eigen bestand: uw antwoorden "
                "staan er al in. Het blad ‘Herstellen’ noemt wat u nog doet, en Start zegt "
                "wanneer u klaar bent. Sla het op en stuur dat bestand terug."
            )
        return (
            f"{name}. Herstel de fouten in het overzicht dat u stuurde, of in het "
            "correctiebestand als u dat erbij kreeg. Sla het op en stuur het opnieuw."
        )
    if any(finding.severity is Severity.WAARSCHUWING for finding in report.findings):
        where = f" Wilt u iets veranderen, doe dat dan in {fresh} en stuur dat." if fresh else ""
        return (
            f"{name}. Kijk nog naar de waarschuwingen; klopt het zo, dan hoeft u niets te doen."
            f"{where}"
        )
    return f"{name}. U hoeft niets meer te doen."


def by_severity(findings: Iterable[Finding]) -> Iterator[tuple[Severity, list[Finding]]]:
    """Group findings by severity, worst first."""
    groups: dict[Severity, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.severity, []).append(finding)
    return iter(sorted(groups.items(), key=lambda one: one[0].rank))


def alike(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Put findings together that say the same in one column, when they are many."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key: tuple[object, ...] = (finding.code, finding.sheet, finding.field, finding.message)
        if finding.cell is None or finding.requirement is None:
            key = (*key, id(finding))
        groups.setdefault(key, []).append(finding)
    for group in groups.values():
        if len(group) < _FEWEST_TOGETHER:
            yield from ([one] for one in group)
        else:
            yield group
