"""The page says everything once, in order, for everybody, and takes text for text only."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from attrs import evolve
from lxml import etree

from normtemplates.errors import DefinitionError
from normtemplates.model.finding import Finding, RoundReport, Severity
from normtemplates.report import render_html
from normtemplates.report.sections import Neighbourhoods
from tests.report.pages import (
    HOSTILE,
    ROOT,
    TEMPLATE,
    blank,
    checked,
    hostile,
    near,
    page,
    parsed,
    several,
)
from tests.report.reports import EXTRA, LATE, MISSING, PDF, SHEET, one, report

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


@pytest.fixture(params=PAGES)
def html(request: pytest.FixtureRequest) -> str:
    return page(*PAGES[request.param])


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


# -- the page itself ---------------------------------------------------------------------


def test_ids_are_there_once_and_links_lead_to_them(html: str) -> None:
    tree = parsed(html)
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    links = [e.get("href") for e in tree.iter("a")]
    assert {link[1:] for link in links if link} <= set(ids)
    assert all(link and link.startswith("#") for link in links)


def test_language_title_and_one_first_heading(html: str) -> None:
    tree = parsed(html)
    assert tree.get("lang") == "nl"
    assert tree.findtext("head/title")
    assert text_of(next(tree.iter("h1"))) == " ".join((tree.findtext("head/title") or "").split())


def test_headings_are_in_order(html: str) -> None:
    levels = [int(e.tag[1]) for e in parsed(html).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_what_can_be_used_has_a_name(html: str) -> None:
    tree = parsed(html)
    for box in tree.iter("input"):
        label = box.getparent()
        assert label is not None
        assert label.tag == "label"
        assert text_of(label)
    assert all(text_of(group.findall("legend")[0]) for group in tree.iter("fieldset"))
    for element in tree.iter("a", "summary"):
        assert text_of(element)
    for element in tree.iter():
        if element.get("tabindex") == "0":
            assert element.get("role") == "group"
            assert element.get("aria-label")


def test_tables_have_captions_and_heads(html: str) -> None:
    for table in parsed(html).iter("table"):
        assert text_of(table.findall("caption")[0])
        assert all(th.get("scope") in ("col", "row") for th in table.iter("th"))
        assert all(row.findall("th") for row in table.iter("tr"))
        widths = {len(row) for row in table.iter("tr")}
        assert len(widths) == 1


def test_nothing_comes_from_outside_and_nothing_can_run(html: str) -> None:
    tree = parsed(html)
    allowed = {"href", "content", "http-equiv"}
    for element in tree.iter():
        assert element.tag not in {
            *("script", "link", "img", "iframe", "object", "embed", "form", "base", "svg"),
            *("audio", "video", "source", "template", "noscript"),
        }
        names = {str(name) for name in element.attrib}
        assert not any(name.startswith("on") for name in names)
        assert not names & {"src", "srcset", "style", "action", "ping", "target", "background"}
        for name in names - allowed:
            assert "://" not in (element.get(name) or "")
    style = tree.findtext("head/style") or ""
    assert not re.search(r"url\(|@import|@font-face|expression|//", style)


def test_the_policy_lets_only_our_own_style_in(html: str) -> None:
    tree = parsed(html)
    (meta,) = (m for m in tree.iter("meta") if m.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in (meta.get("content") or "").split(";"))
    digest = hashlib.sha256((tree.findtext("head/style") or "").encode()).digest()
    assert meta.get("http-equiv") == "Content-Security-Policy"
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{base64.b64encode(digest).decode()}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    head = tree.find("head")
    assert head is not None
    assert [child.tag for child in head][:2] == ["meta", "meta"]  # before what it is about


def test_the_character_set_is_said_within_the_first_kilobyte(html: str) -> None:
    assert '<meta charset="utf-8" />' in html[:1000]


def test_no_other_control_character_than_the_end_of_a_line(html: str) -> None:
    assert all(c.isprintable() for c in html if c != "\n")


# -- contrast ----------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one_: str, other: str) -> float:
    light, dark = sorted((luminance(one_), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_can_be_read() -> None:
    """A rule that sets a background sets the colour on it too; other colours stand on white."""
    style = parsed(page(*PAGES["two"])).findtext("head/style") or ""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style)
    assert len(rules) > 40
    colours = set()
    for selector, declarations in rules:
        said = dict(d.strip().split(":", 1) for d in declarations.split(";") if ":" in d)
        colour, background = said.get("color", "").strip(), said.get("background", "").strip()
        colours |= {colour, background} - {""}
        assert not background or colour, f"{selector} has a background and no colour"
        if colour:
            assert contrast(colour, background or "#FFFFFF") >= 4.5, selector
        for name in ("outline", "accent-color", "border-left-color"):
            for mark in re.findall(r"#[0-9A-F]{6}", said.get(name, "")):
                for ground in ("#FFFFFF", background or "#FFFFFF"):
                    assert contrast(mark, ground) >= 3, selector
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)


# -- what it says ------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if name != "hostile"])
def test_every_finding_is_there_once(name: str) -> None:
    round_report, around = PAGES[name]
    findings = [f for r in round_report.reports for f in r.findings] + [*round_report.findings]
    expected = Counter((f.code, f.cell or "", f.message) for f in findings)
    assert Counter(items(parsed(page(round_report, around)))) == expected


def test_where_what_and_what_to_do() -> None:
    around = {"retour/een.xlsx": {MISSING: evolve(near(MISSING, "x"), column="Actie")}}
    tree = parsed(page(one(MISSING), around))
    (item,) = with_class(tree, "finding")
    where = with_class(item, "where")[0]
    assert text_of(where) == "Blad Overzicht, vak H14 · norm 2.3 · Actie"
    assert MISSING.message in text_of(item)
    assert "Fout · NT302" in text_of(item)


def test_a_finding_on_a_sheet_or_on_the_file() -> None:
    tree = parsed(page(one(SHEET, PDF)))
    assert [text_of(h) for h in with_class(tree, "where")] == ["Het bestand", "Blad Start"]


def test_the_worst_comes_first_in_groups_with_their_number() -> None:
    tree = parsed(page(one(EXTRA, SHEET, MISSING, LATE)))
    assert [text_of(h) for h in tree.iter("h3")] == [
        "Fout: dit moet worden hersteld (1)",
        "Waarschuwing: kijk hier nog eens naar (2)",
        "Info: goed om te weten (1)",
    ]
    assert [code for code, _, _ in items(tree)] == ["NT302", "NT213", "NT405", "NT218"]


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ((), "Akkoord. U hoeft niets meer te doen. Gevonden: geen bevindingen."),
        ((LATE,), "Akkoord. Kijk nog naar de waarschuwingen;"),
        ((MISSING,), "Te corrigeren. Herstel de fouten in het overzicht, sla het op"),
        ((PDF,), "Geweigerd. Er is niets uit dit bestand overgenomen."),
    ],
)
def test_the_verdict_says_what_to_do_next(findings: tuple[Finding, ...], says: str) -> None:
    (verdict,) = with_class(parsed(page(one(*findings))), "verdict")
    assert text_of(verdict).startswith(says)


def test_the_table_shows_the_cell_with_its_head_and_marks_it() -> None:
    tree = parsed(page(*checked("met-fouten.xlsx")))
    item = next(i for i in with_class(tree, "finding") if "vak H6" in text_of(i))
    (table,) = item.iter("table")
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["", "A", "B", "C", "G", "H", "I"]
    assert rows[1] == [
        *("3", "Nr", "Norm", "Status"),
        *("Laatst vastgesteld of uitgevoerd", "Actie", "Eigenaar (functie)"),
    ]
    assert rows[2][:2] == ["6", "1.2"]
    assert rows[2][3:] == ["In ontwikkeling", "", "Dit vak: (leeg)", "Teamleider Veiligheid"]
    assert len(with_class(table, "here")) == 1


def test_a_text_that_must_not_be_repeated_is_not_there() -> None:
    around = near(MISSING, "x")
    rows = tuple(
        row._replace(cells=tuple(c._replace(text="", withheld=True) for c in row.cells))
        for row in around.rows
    )
    html = page(one(MISSING), {"retour/een.xlsx": {MISSING: evolve(around, rows=rows)}})
    assert html.count("(niet getoond)") == 6


def test_many_that_say_the_same_share_an_item_with_all_their_places() -> None:
    tree = parsed(page(*blank(47)))
    (item,) = with_class(tree, "finding")
    assert text_of(with_class(item, "where")[0]).startswith("Blad Overzicht, 47 vakken")
    assert len(item.findall("ul/li")) == 47
    assert text_of(item.findall("details/summary")[0]) == "Toon deze 47 vakken"
    assert len(with_class(item, "here")) == 47
    assert len(with_class(parsed(page(*blank(5))), "finding")) == 5


def test_many_without_surroundings() -> None:
    (item,) = with_class(parsed(page(blank(6)[0])), "finding")
    assert len(item.findall("ul/li")) == 6
    assert not item.findall("details")


# -- several files -----------------------------------------------------------------------


def test_a_table_by_organisation_in_the_order_of_names() -> None:
    """No ranking: whoever has most findings is not on top."""
    reports = (
        report(PDF, path="in/c.pdf", name=None),
        report(MISSING, path="in/b.xlsx", name="gemeente Zuiderland"),
        report(LATE, path="in/a.xlsx", name="gemeente Anderstad"),
    )
    tree = parsed(page(RoundReport(reports, "voorbeeld-2025")))
    (table,) = with_class(tree, "files")
    assert [[text_of(cell) for cell in row] for row in table.iter("tr")][1:] == [
        ["gemeente Anderstad", "akkoord", "0", "1", "a.xlsx"],
        ["gemeente Zuiderland", "te corrigeren", "1", "0", "b.xlsx"],
        ["Organisatie onbekend", "geweigerd", "1", "0", "c.pdf"],
    ]
    assert "3 bestanden: 1 akkoord, 1 te corrigeren en 1 geweigerd." in text_of(tree)
    assert [text_of(h) for h in tree.iter("h2")] == [
        *("Samenvatting", "gemeente Anderstad", "gemeente Zuiderland", "Organisatie onbekend"),
    ]


def test_findings_on_the_round() -> None:
    tree = parsed(page(several(2)))
    assert "Over de ronde voorbeeld-2025" in [text_of(h) for h in tree.iter("h2")]
    assert ("NT602", "", "Nog niet ingeleverd: Ergens. Bel even.") in list(items(tree))
    assert "De ronde" in [text_of(h) for h in with_class(tree, "where")]


def test_the_same_finding_in_two_files_has_the_cells_of_its_own_file() -> None:
    reports = tuple(report(MISSING, path=f"{n}.xlsx", name=f"gemeente {n}") for n in "ab")
    around = {f"{n}.xlsx": {MISSING: near(MISSING, f"tekst van {n}")} for n in "ab"}
    tree = parsed(page(RoundReport(reports), around))
    for item, name in zip(with_class(tree, "finding"), "ab", strict=True):
        assert set(re.findall("tekst van .", text_of(item))) == {f"tekst van {name}"}


def test_the_folder_that_all_files_share_is_left_out() -> None:
    """It says who checked them, on what computer."""
    secret = "/home/jansen/retour"
    for paths, names in (
        ([f"{secret}/a.xlsx"], ["a.xlsx"]),
        ([f"{secret}/noord/a.xlsx", f"{secret}/zuid/a.xlsx"], ["noord/a.xlsx", "zuid/a.xlsx"]),
        (["a.xlsx", "b/a.xlsx"], ["a.xlsx", "b/a.xlsx"]),
    ):
        html = page(RoundReport(tuple(report(path=path) for path in paths)))
        assert "jansen" not in html
        tree = parsed(html)
        assert [text_of(b) for b in tree.iter("bdi") if ".xlsx" in text_of(b)][-len(names) :] == (
            names
        )


def test_who_gets_it_is_warned() -> None:
    two = RoundReport(
        tuple(
            evolve(report(path=f"{n}.xlsx", name=f"gemeente {n}"), organisation=f"GM000{n}")
            for n in (1, 2)
        )
    )
    assert "Er staan 2 organisaties in" in page(two)
    assert "organisaties in" not in page(one())


def test_filters_where_there_is_something_to_choose() -> None:
    def boxes(round_report: RoundReport) -> list[str]:
        return [text_of(label) for label in parsed(page(round_report)).iter("label")]

    assert boxes(one(MISSING, LATE, SHEET)) == ["Fouten (1)", "Waarschuwingen (2)"]
    assert boxes(one(MISSING)) == []
    assert boxes(several(4)) == [
        *("Akkoord (2)", "Te corrigeren (1)", "Geweigerd (1)"),
        *("Fouten (2)", "Waarschuwingen (4)", "Info (1)"),
    ]


# -- text from a file is text ------------------------------------------------------------


def skeleton(tree: etree._Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(e.tag), tuple(sorted(str(name) for name in e.attrib))) for e in tree.iter()]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_changes_nothing_on_the_page(text: str) -> None:
    """In messages, sheets, paths, names and cells: the same elements, with other text."""
    html = page(*hostile(text))
    plain = page(*hostile("gewoon"))
    assert skeleton(parsed(html)) == skeleton(parsed(plain))
    if not text.isprintable() or set(text) & set("<>&\"'") or len(text) > 1000:
        assert text not in html
    assert all(c.isprintable() for c in html if c != "\n")
    html.encode("utf-8")
    assert len(html) < len(plain) + 30_000


def test_hostile_text_is_shown_as_what_it_is() -> None:
    for text, as_shown in (
        ("om\u202ekeer", "omU+202Ekeer"),
        ("a\x00b", "aU+0000b"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("a\ud800b", "aU+D800b"),
    ):
        assert f"<p>{as_shown}</p>" in page(*hostile(text))
    cells = with_class(parsed(page(*hostile(HOSTILE[0]))), "here")
    assert [text_of(cell) for cell in cells] == [f"Dit vak: {HOSTILE[0]}"]


# -- the same again, and the template ----------------------------------------------------


def test_the_same_report_gives_the_same_page() -> None:
    """In another process too, where sets have another order."""
    code = (
        "import sys; from tests.report.pages import checked, page; "
        "sys.stdout.buffer.write(page(*checked('met-fouten.xlsx')).encode())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert pages == {page(*checked("met-fouten.xlsx")).encode()}


def test_a_template_saved_on_windows_gives_the_same_page() -> None:
    """Else the policy would keep the style out: browsers read every end of line as one."""
    report_ = one(MISSING)
    assert render_html(report_, TEMPLATE.replace("\n", "\r\n")) == page(report_)


def test_a_template_of_ones_own() -> None:
    own = "{% for file in page.files %}{{ file.counts }}{% endfor %}: {{ page.title }}\n"
    assert render_html(one(MISSING), own) == (
        "1 fout: Controle van het overzicht van gemeente Voorbeeldstad\n"
    )


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("\n{% for %}", "mijn.html, regel 2: een tag klopt niet"),
        ("{{ pagina }}", "mijn.html: een naam in een tag bestaat niet"),
        ("{{ page.titel }}", "mijn.html: een naam in een tag bestaat niet"),
        ("{{ ''.__class__.__mro__ }}", "mijn.html: een tag wil meer dan een rapport mag"),
        ("{{ range(3) }}", "mijn.html: een naam in een tag bestaat niet"),
        ("{% include 'secret' %}", "mijn.html: een tag is niet uit te voeren"),
        ("{{ 1 // 0 }}", "mijn.html: een tag is niet uit te voeren"),
    ],
)
def test_a_template_that_is_wrong_says_so(template: str, says: str) -> None:
    with pytest.raises(DefinitionError) as error:
        render_html(one(MISSING), template, name="mijn.html")
    (fault,) = error.value.faults
    assert fault.startswith(says)
    assert fault.endswith(
        "Herstel de sjabloon, of haal dit bestand weg om de meegeleverde te gebruiken."
    )


def test_severities_have_words_of_their_own() -> None:
    """No colour says what no word says."""
    tree = parsed(page(one(MISSING, LATE, EXTRA)))
    labels = [text_of(code).partition(" · ")[0] for code in with_class(tree, "code")]
    assert labels == ["Fout", "Waarschuwing", "Info"]
    assert len(labels) == len(Severity)
