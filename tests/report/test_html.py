"""The page is sound, closed to the world and for everybody, and takes text for text only."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from lxml import etree

from normtemplates.errors import DefinitionError
from normtemplates.report import render_html
from tests.report.pages import (
    HOSTILE,
    PAGES,
    ROOT,
    TEMPLATE,
    checked,
    hostile,
    page,
    parsed,
    text_of,
    with_class,
)
from tests.report.reports import MISSING, one


@pytest.fixture(params=PAGES)
def html(request: pytest.FixtureRequest) -> str:
    return page(*PAGES[request.param])


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
        assert table.findall("tbody/tr/td")
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
    following = [str(element.tag) for element in meta.itersiblings()]
    assert "style" in following  # a policy counts for what comes after it


def test_the_beginning_says_what_it_is(html: str) -> None:
    """The character set to browsers, and to a later check of the folder that it is ours."""
    assert '<meta charset="utf-8" />' in html[:200]
    assert '<meta name="generator" content="normtemplates" />' in html[:200]


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
