"""The report as JSON, for programs; ``docs/report.schema.json`` says what may stand in it."""

from __future__ import annotations

import json
from typing import Any, Final

from normtemplates.model.finding import Finding, HandedIn, Report, RoundReport
from normtemplates.model.shown import shown
from normtemplates.report import words

#: The name and version of the form; a change that could break a reader raises the number.
SCHEMA: Final = "normtemplates/report/1"


def render_json(round_report: RoundReport) -> str:
    """Give the report as one JSON document that ends in a newline.

    ``round`` is null when the report is not about a round.
    """
    about_round = round_report.round is not None or bool(round_report.findings)
    document = {
        "schema": SCHEMA,
        "files": [_file(report) for report in round_report.reports],
        "round": {
            "name": round_report.round,
            "findings": [_finding(one) for one in round_report.findings],
            "organisations": [_organisation(one) for one in round_report.organisations],
        }
        if about_round
        else None,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _file(report: Report) -> dict[str, Any]:
    return {
        "path": words.path(report.path),
        "organisation": report.organisation,
        "round": report.round,
        "status": report.status.value,
        "findings": [_finding(one) for one in report.findings],
    }


def _organisation(one: HandedIn) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "status": one.standing.value,
        "paths": [words.path(path) for path in one.paths],
        "counts": None if one.counts is None else words.path(one.counts),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    sheet = finding.sheet
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": None if sheet is None else shown(sheet, words.SHEET_LENGTH),
        "cell": finding.cell,
        "requirement": finding.requirement,
        "field": finding.field,
        "message": words.message(finding),
    }
