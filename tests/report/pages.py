"""Pages of the report to look at, and how to read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from normtemplates.definitions import Definitions
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.page import neighbourhoods
from normtemplates.layout.neighbourhood import NearCell, NearRow, Neighbourhood
from normtemplates.layout.recognise import recognise
from normtemplates.model.finding import Finding, Report, RoundReport, Severity, status_of
from normtemplates.report import render_html
from normtemplates.report.sections import Neighbourhoods
from normtemplates.rules import Context, run
from tests.report.reports import EXTRA, LATE, MISSING, PDF, SHEET, one, report

ROOT = Path(__file__).parents[2]
RETURNED = ROOT / "tests" / "returned"
TEMPLATE = (ROOT / "templates" / "report" / "report.html").read_text(encoding="utf-8")

#: What files and names can hold; each as it would be raw.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; --></style></title><script>1</script>",
    "{{ 7*7 }}{% for x in page %}{% endfor %}",
    "]]><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "javascript:alert(1)//https://voorbeeld.nl/x.js",
    "om\u202ekeer\u2066\u200f",
    "nul\x00bel\x07esc\x1b[31m\x9b",
    "half\ud800\udcff \ufffe \U000e0041",
    "x" * 33_000,
    "regel\r\n\u2028<b>\u2029",
)


def page(round_report: RoundReport, around: Neighbourhoods | None = None) -> str:
    """Draw a report with the shipped template."""
    return render_html(round_report, TEMPLATE, around)


def parsed(html: str) -> etree._Element:
    """Read a page strictly: it must be well-formed XML too, so that nothing is left open."""
    assert html.startswith("<!DOCTYPE html>\n")
    return etree.fromstring(html.encode("utf-8"), etree.XMLParser(resolve_entities=False))


@cache
def checked(*names: str) -> tuple[RoundReport, Neighbourhoods]:
    """Check returned workbooks of Voorbeeldstad for real."""
    rounds = Definitions(ROOT / "tests" / "templates").rounds()
    reports, around = [], {}
    for name in names:
        submission = read_workbook(RETURNED / name)
        recognised = recognise(submission, rounds)
        findings = run(submission, Context(recognised, rounds))
        found = recognised.found
        path = f"tests/returned/{name}"
        organisation = found.organisation if found else None
        reports.append(
            Report(
                path,
                status_of(findings),
                findings,
                organisation.code if organisation else None,
                organisation.full_name if organisation else None,
                found.layout.round.name if found else None,
            )
        )
        around[path] = neighbourhoods(submission, recognised, findings)
    return RoundReport(tuple(reports), "voorbeeld-2025" if len(names) > 1 else None), around


def blank(count: int = 47) -> tuple[RoundReport, Neighbourhoods]:
    """A workbook in which no status was chosen: many findings that say the same."""
    findings = tuple(
        Finding(
            *("NT301", Severity.FOUT, "Status is nog leeg. Kies een status."),
            *("Overzicht", f"C{row}", f"1.{row}", "status"),
        )
        for row in range(5, 5 + count)
    )
    one = report(*findings)
    return RoundReport((one,)), {one.path: {f: near(f, f"1.{f.cell}") for f in findings}}


def near(finding: Finding, text: str) -> Neighbourhood:
    """Surroundings in which every text is ``text``."""
    spot = finding.cell or "C5"
    letter, row = spot[0], int(spot[1:])
    columns = sorted({"A", "B", letter})
    lines = tuple(
        NearRow(
            number,
            tuple(NearCell(c, text, number == row and c == letter) for c in columns),
            number == 3,
        )
        for number in (3, row)
    )
    return Neighbourhood(lines, text)


def hostile(text: str) -> tuple[RoundReport, Neighbourhoods]:
    """Two files and a round in which all that can come from outside is ``text``."""
    evil = Finding("NT401", Severity.FOUT, text, text, "C5", text, "status")
    path = f"retour/{text}.xlsx"
    one = Report(path, status_of((evil,)), (evil,), "GM0000", text, text)
    other = Report("retour/ander.xlsx", status_of(()), (), None, None, None)
    about = Finding("NT602", Severity.INFO, text)
    return RoundReport((one, other), text, (about,)), {path: {evil: near(evil, text)}}


def several(count: int) -> RoundReport:
    """So many files, of every status, with findings of every severity."""
    kinds = ((MISSING, LATE, SHEET, EXTRA), (LATE,), (PDF,), ())
    return RoundReport(
        tuple(
            report(*kinds[n % 4], path=f"retour/{n:03}.xlsx", name=f"gemeente Stad {n:03}")
            for n in range(count)
        ),
        "voorbeeld-2025",
        (Finding("NT602", Severity.WAARSCHUWING, "Nog niet ingeleverd: Ergens. Bel even."),),
    )


#: Every kind of report, by a name for the test.
PAGES: dict[str, tuple[RoundReport, Neighbourhoods]] = {
    "one": checked("met-fouten.xlsx"),
    "good": checked("goed.xlsx"),
    "two": checked("met-fouten.xlsx", "goed.xlsx"),
    "blank": blank(),
    "nothing found": (one(), {}),
    "no files": (RoundReport(()), {}),
    "refused": (RoundReport((report(PDF, path="brief.pdf", name=None),)), {}),
    "many": (several(300), {}),
    "hostile": hostile(HOSTILE[0]),
}


# -- reading a page ----------------------------------------------------------------------


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def with_class(tree: etree._Element, name: str) -> list[etree._Element]:
    return [e for e in tree.iter() if name in e.get("class", "").split()]


def items(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Give code, cell and message of every finding on the page."""
    for item in with_class(tree, "finding"):
        code = text_of(with_class(item, "code")[0]).rpartition(" · ")[2]
        where = text_of(with_class(item, "where")[0])
        message = text_of(item.findall("p")[0])
        single = re.search(r"vak ([A-Z]+\d+)", where)
        places = [text_of(place).split()[0] for place in item.findall("ul/li")]
        for cell in places or [single[1] if single else ""]:
            yield code, cell, message
