"""The JSON has the promised form, and its schema refuses any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from normtemplates.model.finding import Finding, RoundReport, Severity
from normtemplates.report import render_json
from normtemplates.rules import file_rules, run
from normtemplates.rules.examples import Book
from tests.report.reports import EXTRA, LATE, MISSING, PDF, SHEET, TURNOUT, one, report

ROUND = RoundReport(
    (report(MISSING, LATE, SHEET, EXTRA), report(PDF, path="b.pdf", name=None)),
    "voorbeeld-2025",
    (Finding("NT602", Severity.WAARSCHUWING, "Nog niet ingeleverd: Voorbeeldland."),),
)


@pytest.fixture(scope="module")
def validator(root: Path) -> jsonschema.Draft202012Validator:
    text = (root / "docs" / "report.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_form_is_the_promised_one() -> None:
    """Written out by hand, key by key and in this order."""
    assert render_json(one(MISSING, SHEET)) == (
        "{\n"
        '  "schema": "normtemplates/report/1",\n'
        '  "files": [\n'
        "    {\n"
        '      "path": "retour/een.xlsx",\n'
        '      "organisation": "GM0000",\n'
        '      "round": "voorbeeld-2025",\n'
        '      "status": "te corrigeren",\n'
        '      "findings": [\n'
        "        {\n"
        '          "code": "NT302",\n'
        '          "severity": "fout",\n'
        '          "sheet": "Overzicht",\n'
        '          "cell": "H14",\n'
        '          "requirement": "2.3",\n'
        '          "field": "action",\n'
        '          "message": "Actie is nog leeg. Bij status ‘In ontwikkeling’ is dit nodig. '
        'Schrijf kort op wat er nog klaar moet."\n'
        "        },\n"
        "        {\n"
        '          "code": "NT213",\n'
        '          "severity": "waarschuwing",\n'
        '          "sheet": "Start",\n'
        '          "cell": null,\n'
        '          "requirement": null,\n'
        '          "field": null,\n'
        '          "message": "Dit blad is open. Kijk het na."\n'
        "        }\n"
        "      ]\n"
        "    }\n"
        "  ],\n"
        '  "round": null\n'
        "}\n"
    )


def test_a_round() -> None:
    document = json.loads(render_json(ROUND))
    assert document["round"]["name"] == "voorbeeld-2025"
    assert [one["code"] for one in document["round"]["findings"]] == ["NT602"]
    refused = document["files"][1]
    assert (refused["status"], refused["organisation"], refused["round"]) == (
        "geweigerd",
        None,
        None,
    )


def test_nothing_at_all(validator: jsonschema.Draft202012Validator) -> None:
    document = json.loads(render_json(RoundReport(())))
    assert document == {"schema": "normtemplates/report/1", "files": [], "round": None}
    validator.validate(document)


@pytest.mark.parametrize("given", [ROUND, one(), one(MISSING, LATE)], ids=["round", "0", "2"])
def test_what_we_write_is_valid(
    validator: jsonschema.Draft202012Validator, given: RoundReport
) -> None:
    validator.validate(json.loads(render_json(given)))


def test_every_finding_of_every_rule_is_valid(validator: jsonschema.Draft202012Validator) -> None:
    reports = []
    for rule in file_rules():
        for case in rule.bad:
            book = Book()
            case.change(book)
            submission = book.submission()
            reports.append(report(*run(submission, book.context(submission))))
    validator.validate(json.loads(render_json(RoundReport(tuple(reports)))))


def test_who_takes_part_and_which_file_counts(validator: jsonschema.Draft202012Validator) -> None:
    document = json.loads(render_json(TURNOUT))
    validator.validate(document)
    keys = ("organisation", "status", "paths", "counts")
    expected: tuple[tuple[object, ...], ...] = (
        ("GM0001", "akkoord", ["in/oud.xlsx", "in/nieuw.xlsx"], "in/nieuw.xlsx"),
        ("GM0002", "niet ingeleverd", [], None),
        ("GM0003", "geweigerd", ["in/brief.pdf"], None),
    )
    found = document["round"]["organisations"]
    assert found == [dict(zip(keys, one, strict=True)) for one in expected]
    found[0]["status"] = "kwijt"
    assert not validator.is_valid(document)


Spoil = Callable[[dict[str, Any]], object]
SPOILED: dict[str, Spoil] = {
    "another schema": lambda d: d.update(schema="normtemplates/report/2"),
    "no round": lambda d: d.pop("round"),
    "something extra": lambda d: d.update(extra=1),
    "something extra in a file": lambda d: d["files"][0].update(author="x"),
    "an unknown status": lambda d: d["files"][0].update(status="goed"),
    "no organisation": lambda d: d["files"][0].pop("organisation"),
    "an unknown severity": lambda d: d["files"][0]["findings"][0].update(severity="error"),
    "a code that is none": lambda d: d["files"][0]["findings"][0].update(code="NT1"),
    "an empty cell": lambda d: d["files"][0]["findings"][0].update(cell=""),
    "no cell": lambda d: d["files"][0]["findings"][0].pop("cell"),
    "no message": lambda d: d["files"][0]["findings"][0].update(message=""),
    "a round that is a text": lambda d: d.update(round="voorbeeld-2025"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_the_schema_refuses_what_is_not_so(
    validator: jsonschema.Draft202012Validator, name: str
) -> None:
    document = json.loads(render_json(ROUND))
    assert validator.is_valid(document)
    SPOILED[name](document)
    assert not validator.is_valid(document)


def test_text_from_a_file_is_escaped_and_bounded(
    validator: jsonschema.Draft202012Validator,
) -> None:
    nasty = "x\u202e\x00\x1b\ud800</script>" + "é" * 5000
    finding = Finding("NT401", Severity.FOUT, nasty, nasty, "C5", "1.1", "status")
    text = render_json(RoundReport((report(finding, path="a\nb\udce9.xlsx"),)))
    text.encode("utf-8")
    assert all(line.isprintable() for line in text.splitlines())
    document = json.loads(text)
    validator.validate(document)
    found = document["files"][0]["findings"][0]
    assert found["message"].startswith("xU+202EU+0000U+001BU+D800</script>éé")
    assert (len(found["message"]), len(found["sheet"])) == (1000, 60)
    assert document["files"][0]["path"] == "aU+000AbU+DCE9.xlsx"


def test_dutch_stands_as_it_is() -> None:
    """Not as codes: people read this too."""
    assert "‘In ontwikkeling’" in render_json(one(MISSING))
