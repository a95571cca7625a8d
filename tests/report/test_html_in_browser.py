"""The page in a real browser: it reads, filters by keyboard, fits and asks nothing of the world.

The browser's own parser, layout and accessibility tree are the judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from normtemplates.model.finding import RoundReport
from normtemplates.report.sections import Neighbourhoods
from tests.clients.browser import Browser, Page
from tests.report import pages
from tests.report.pages import HOSTILE, hostile, page, parsed, several

pytestmark = pytest.mark.clients

PAGES: dict[str, tuple[RoundReport, Neighbourhoods]] = {
    **{name: made for name, made in pages.PAGES.items() if name not in ("many", "hostile")},
    "several": (several(9), {}),
    **{f"hostile {place}": hostile(text) for place, text in enumerate(HOSTILE)},
}
WIDTHS = (1280, 768, 360, 320)

Opened = Callable[..., AbstractContextManager[Page]]

# Every run of text that can be seen, with its colour and the background that it stands on.
COLOURS = """
(() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest(".hidden")) continue;
    let ground = element;
    while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
      ground = ground.parentElement;
    found.push([node.data.trim().slice(0, 30), getComputedStyle(element).color,
      ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)"]);
  }
  return found;
})()
"""
TOO_WIDE = """
[...document.querySelectorAll("body *")]
  .filter(e => !e.closest(".box, .hidden, .skip") && e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 0.5)
  .map(e => e.outerHTML.slice(0, 100))
"""
CUT_OFF = """
[...document.querySelectorAll(".finding, .box")]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 100))
"""
# Marked cells that one does not see before scrolling their table.
OUT_OF_SIGHT = """
[...document.querySelectorAll(".box")].filter(box => box.checkVisibility()).filter(box => {
  const cell = box.querySelector(".here"), frame = box.getBoundingClientRect();
  if (!cell) return false;
  const place = cell.getBoundingClientRect();
  return place.right > frame.right + 1 && place.left > frame.left + 1;
}).length
"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Opened:
    """Write a page to a file and open it."""

    @contextmanager
    def opened(name: str, width: int = 1280) -> Iterator[Page]:
        path = tmp_path / "rapport.html"
        path.write_bytes(page(*PAGES[name]).encode("utf-8"))
        with browser.open(path, width=width) as shown:
            yield shown
            assert shown.messages == []
            assert shown.requests == [path.as_uri()]

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_the_browser_reads_what_was_written(opened: Opened, name: str) -> None:
    """Its parser moves, closes and drops nothing; with scripts off as well as on."""
    with opened(name) as shown:
        seen = shown.evaluate("new XMLSerializer().serializeToString(document.documentElement)")
        assert shown.evaluate("document.compatMode") == "CSS1Compat"
        assert shown.evaluate("document.scripts.length") == 0
    assert flat(etree.fromstring(seen)) == flat(parsed(page(*PAGES[name])))


def flat(tree: etree._Element) -> list[tuple[str, dict[str, str], str, str]]:
    """Give every element with its attributes and texts, without namespaces."""
    return [
        (
            etree.QName(e).localname,
            {str(key): str(value) for key, value in e.attrib.items()},
            str(e.text or "").strip(),
            str(e.tail or "").strip(),
        )
        for e in tree.iter()
    ]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_sideways(opened: Opened, name: str) -> None:
    with opened(name) as shown:
        for width in WIDTHS:
            shown.resize(width, 800)
            assert shown.evaluate("[innerWidth, document.scrollingElement.scrollWidth]") == (
                [width, width]
            )
            assert shown.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_cell_that_it_is_about_is_in_sight(opened: Opened, width: int) -> None:
    with opened("one", width) as shown:
        if not shown.evaluate("CSS.supports('scroll-initial-target', 'nearest')"):
            pytest.skip("this Chromium starts every table at its left")
        assert shown.evaluate("document.querySelectorAll('.here').length") > 15
        assert shown.evaluate(OUT_OF_SIGHT) == 0
        assert shown.evaluate("scrollY") == 0


@pytest.mark.parametrize("name", ["one", "two", "blank", "refused"])
def test_all_text_can_be_read(opened: Opened, name: str) -> None:
    """WCAG 2.1, 1.4.3, on the colours that the browser really uses."""
    with opened(name) as shown:
        shown.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        texts = shown.evaluate(COLOURS)
    assert len(texts) > 10
    for text, colour, ground in texts:
        assert contrast(colour, ground) >= 4.5, (text, colour, ground)


def contrast(one_: str, other: str) -> float:
    light, dark = sorted((luminance(one_), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_where_room_is_short_the_cells_beside_it_are_left_out(opened: Opened) -> None:
    with opened("one") as shown:
        rooms = (("screen", 1280, True), ("screen", 360, False), ("print", 680, False))
        for media, width, there in rooms:
            shown.call("Emulation.setEmulatedMedia", media=media)
            shown.resize(width, 800)
            assert (seen(shown, ".sheet .side") > 0) is there
            assert seen(shown, ".sheet .here") > 15


# -- by keyboard -------------------------------------------------------------------------


def focus(shown: Page, id_: str) -> None:
    """Press Tab until the element has the focus, and see that one can see that."""
    for _ in range(60):
        shown.press("Tab")
        if shown.evaluate("document.activeElement.id") == id_:
            ring = "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])"
            style, width = shown.evaluate(f"{ring}(getComputedStyle(document.activeElement))")
            assert style == "solid"
            assert width >= 2
            return
    raise AssertionError(f"{id_} cannot be reached by Tab")


def seen(shown: Page, selector: str) -> int:
    """Count the elements that are in sight."""
    return int(
        shown.evaluate(
            f"[...document.querySelectorAll({selector!r})].filter(e => e.checkVisibility()).length"
        )
    )


def test_the_filter_of_severities(opened: Opened) -> None:
    with opened("two") as shown:
        before = {key: seen(shown, f".{key} .finding") for key in ("fout", "waarschuwing", "info")}
        assert all(before.values())
        assert seen(shown, ".away") == 0
        focus(shown, "toon-fout")
        shown.press(" ")
        assert seen(shown, ".fout .finding") == 0
        assert seen(shown, ".fout h3") == 0
        assert seen(shown, ".info .finding") == before["info"]
        assert [n["name"] for n in shown.accessible() if n["role"] == "checkbox"][2:] == [
            *("Fouten (19)", "Waarschuwingen (2)", "Info (6)"),
        ]
        assert seen(shown, ".away-fout") == 1
        focus(shown, "toon-info")
        shown.press(" ")
        assert seen(shown, ".finding") == before["waarschuwing"]
        focus_back(shown, "toon-fout")
        shown.press(" ")
        assert seen(shown, ".fout .finding") == before["fout"]
        assert seen(shown, ".away-fout") == 0


def focus_back(shown: Page, id_: str) -> None:
    for _ in range(60):
        shown.press("Tab", shift=True)
        if shown.evaluate("document.activeElement.id") == id_:
            return
    raise AssertionError(f"{id_} cannot be reached by Shift+Tab")


def test_the_filter_of_files(opened: Opened) -> None:
    with opened("several") as shown:
        assert (seen(shown, "tbody tr"), seen(shown, "section.akkoord")) == (9, 4)
        focus(shown, "toon-akkoord")
        shown.press(" ")
        assert (seen(shown, "tbody tr"), seen(shown, "section.akkoord")) == (5, 0)
        assert seen(shown, ".away-akkoord") == 1


def test_the_link_past_the_summary(opened: Opened) -> None:
    with opened("two") as shown:
        shown.press("Tab")
        place = "(r => [r.left, r.top])(document.activeElement.getBoundingClientRect())"
        assert min(shown.evaluate(place)) >= 0
        shown.press("Enter")
        assert shown.evaluate("document.activeElement.id") == "bevindingen"
        shown.press("Tab")
        assert shown.evaluate("document.activeElement.closest('#bevindingen') !== null")


def test_many_cells_can_be_opened(opened: Opened) -> None:
    with opened("blank") as shown:
        assert seen(shown, ".here") == 0
        for _ in range(20):
            shown.press("Tab")
            if shown.evaluate("document.activeElement.tagName") == "SUMMARY":
                break
        shown.press("Enter")
        assert seen(shown, ".here") == 47


# -- for a screen reader, and on paper ---------------------------------------------------


@pytest.mark.parametrize("name", ["one", "two", "several", "refused", "no files"])
def test_what_a_screen_reader_meets(opened: Opened, name: str) -> None:
    with opened(name) as shown:
        nodes = shown.accessible()
    by_role: dict[str, list[dict[str, Any]]] = {}
    for node in nodes:
        by_role.setdefault(node["role"], []).append(node)
    for role in ("checkbox", "link", "heading", "table", "columnheader"):
        unnamed = [node for node in by_role.get(role, ()) if not node["name"].strip()]
        assert unnamed == [], role
    levels = [node["level"] for node in by_role["heading"]]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {"main", "banner", "contentinfo"} <= by_role.keys()
    focusable = [n for n in nodes if n.get("focusable") and n["role"] != "RootWebArea"]
    assert all(n["name"].strip() or n["role"] == "generic" for n in focusable)


@pytest.mark.parametrize("name", ["one", "two", "blank"])
def test_on_paper_nothing_is_cut_off_or_closed(opened: Opened, name: str) -> None:
    """An A4 with margins of 1.5 cm is 680 CSS pixels wide."""
    with opened(name, 680) as shown:
        shown.call("Emulation.setEmulatedMedia", media="print")
        assert shown.evaluate(CUT_OFF) == []
        assert seen(shown, "input") == 0
        assert seen(shown, "summary") == 0
        marked = len(PAGES[name][1])
        assert seen(shown, ".here") >= marked
        if shown.evaluate("CSS.supports('selector(details::details-content)')"):
            assert seen(shown, ".here") == shown.evaluate(
                "document.querySelectorAll('.here').length"
            )
