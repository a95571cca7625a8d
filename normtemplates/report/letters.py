"""Findings in letters and their templates, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from normtemplates.model.finding import Report, ReportStatus, Severity
from normtemplates.model.shown import shown
from normtemplates.report import words

#: The name and version of the form; a change that could break a reader raises the number.
SCHEMA: Final = "normtemplates/letters/1"
_PLACE_LENGTH: Final = 120


def letters_text(reports: Sequence[Report]) -> str:
    """Write the findings out in Dutch, a line each, worst first."""
    blocks = []
    for report in reports:
        who = [shown(x) for x in (report.organisation_name, report.round) if x]
        lines = [" · ".join([words.path(report.path), *who])]
        for severity in Severity:
            found = [f for f in report.findings if f.severity is severity]
            if found:
                lines += ["", f"{words.HEADINGS[severity]} ({len(found)})"]
            for one in found:
                place = f"{shown(one.sheet, _PLACE_LENGTH)} · " if one.sheet else ""
                lines.append(f"- {place}{words.message(one)}")
        verdict = words.counts(report.findings)
        blocks.append("\n".join([*lines, "", f"{verdict[:1].upper()}{verdict[1:]}."]))
    return "\n\n".join(blocks) + "\n"


def letters_json(reports: Iterable[Report]) -> str:
    """Give the findings as one JSON document that ends in a newline."""
    document = {
        "schema": SCHEMA,
        "files": [
            {
                "path": words.path(report.path),
                "organisation": report.organisation,
                "round": report.round,
                "findings": [
                    {
                        "code": one.code,
                        "severity": one.severity.value,
                        "place": shown(one.sheet, _PLACE_LENGTH) if one.sheet else None,
                        "message": words.message(one),
                    }
                    for one in report.findings
                ],
            }
            for report in reports
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def letters_exit_code(reports: Iterable[Report]) -> int:
    """Give 1 when a letter or template has something that must be mended, else 0."""
    return int(any(report.status is not ReportStatus.AKKOORD for report in reports))
