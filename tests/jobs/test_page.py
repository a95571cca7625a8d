"""What the HTML report is made of: the cells of the file, and the right template."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.page import neighbourhoods, page_template
from normtemplates.layout.places import coordinates
from normtemplates.layout.recognise import recognise
from normtemplates.model.finding import Finding, Report, RoundReport, Severity, status_of
from normtemplates.model.submission import Submission
from normtemplates.report import render_html
from normtemplates.resources import search_path
from normtemplates.rules import Context, FileRule, file_rules, run, withheld_codes
from normtemplates.rules.examples import Book

SHIPPED = Path(__file__).parents[2] / "templates" / "report" / "report.html"


def test_the_shipped_template() -> None:
    template = page_template(search_path())
    assert (template.text, template.name) == (
        SHIPPED.read_text("utf-8"),
        "templates/report/report.html",
    )


def test_an_own_template_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "report" / "report.html"
    own.parent.mkdir()
    own.write_text("\ufeffvan ons", "utf-8")
    template = page_template(search_path(tmp_path))
    assert (template.text, template.name) == ("van ons", str(own))


def test_a_template_that_is_no_utf_8(tmp_path: Path) -> None:
    own = tmp_path / "report" / "report.html"
    own.parent.mkdir()
    own.write_bytes(b"caf\xe9")
    with pytest.raises(DefinitionError, match=r"report\.html kan niet worden gelezen"):
        page_template(search_path(tmp_path))


def test_every_finding_on_a_cell_has_its_surroundings(returned: Path, templates: Path) -> None:
    submission = read_workbook(returned / "met-fouten.xlsx")
    rounds = Definitions(templates).rounds()
    recognised = recognise(submission, rounds)
    findings = run(submission, Context(recognised, rounds))
    around = neighbourhoods(submission, recognised, findings)
    assert around.keys() == {finding for finding in findings if finding.cell}
    for finding, near in around.items():
        cells = [f"{c.column}{row.row}" for row in near.rows for c in row.cells if c.marked]
        assert cells == [finding.cell]


@pytest.mark.parametrize("rule", file_rules(), ids=lambda rule: rule.code)
def test_what_any_rule_finds_can_be_shown(rule: FileRule) -> None:
    """On the workbooks of its own examples; what it does not repeat is nowhere on the page."""
    for case in rule.bad:
        book = Book()
        case.change(book)
        submission = book.submission()
        context = book.context(submission)
        findings = run(submission, context)
        around = neighbourhoods(submission, context.recognised, findings)
        assert around.keys() >= {f for f in findings if f.cell and submission.sheet(f.sheet or "")}
        report = Report("x.xlsx", status_of(findings), findings)
        html = render_html(RoundReport((report,)), SHIPPED.read_text("utf-8"), {"x.xlsx": around})
        for finding, near in around.items():
            cells = [f"{c.column}{row.row}" for row in near.rows for c in row.cells if c.marked]
            assert cells == ([finding.cell] if finding.cell else [])
            if rule.withholds and finding.code == rule.code:
                sheet = submission.sheet(finding.sheet or "")
                assert sheet
                assert sheet.text(*coordinates(finding.cell or "")) not in html


def test_rules_on_data_of_persons_and_places_withhold_it() -> None:
    assert withheld_codes() == {"NT502", "NT506"}


def test_what_a_message_keeps_to_itself_is_not_shown_beside_it(
    returned: Path, templates: Path
) -> None:
    """Nor beside another finding that is about a cell next to it."""
    submission = read_workbook(returned / "met-fouten.xlsx")
    recognised = recognise(submission, Definitions(templates).rounds())
    personal = Finding("NT502", Severity.WAARSCHUWING, "", "Overzicht", "I6", "1.2", "owner")
    path = Finding("NT506", Severity.INFO, "", "Overzicht", "C6", "1.2", "status")
    other = Finding("NT302", Severity.FOUT, "", "Overzicht", "H6", "1.2", "action")
    around = neighbourhoods(submission, recognised, [personal, path, other])
    for finding, columns in ((personal, ["C", "I"]), (path, ["C"]), (other, ["C", "I"])):
        cells = [cell for row in around[finding].rows for cell in row.cells]
        assert [cell.column for cell in cells if cell.withheld] == columns
        assert not {"Teamleider Veiligheid", "In ontwikkeling"} & {cell.text for cell in cells}


def test_a_file_that_could_not_be_read_has_none() -> None:
    refused = Finding("NT102", Severity.FOUT, "Dit is een pdf.", refuses=True)
    assert neighbourhoods(Submission("x.pdf"), None, [refused]) == {}
