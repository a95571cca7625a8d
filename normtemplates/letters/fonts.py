"""The font of a letter, for the chart in it: a house style has its own.

A document says it in the style of running text or in its defaults, by name or by the place that its
theme gives it (ECMA-376 part 1, 17.3.2.26 and 20.1.4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DEFAULT: Final = "Calibri"
_AFTER_LATIN: Final = ("ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst")


def letter_font(parts: Mapping[str, bytes], kinds: Mapping[str, str]) -> str:
    """Give the font of running text; ``parts`` by name, ``kinds`` their content types.

    Calibri when the document names none.
    """
    of_kind = {kind.rpartition(".")[2]: name for name, kind in kinds.items()}
    styles = _tree(parts.get(of_kind.get("styles+xml", ""), b""))
    theme = _tree(parts.get(of_kind.get("theme+xml", ""), b""))
    if styles is None:
        return _DEFAULT
    normal = [s for s in styles.iter(f"{_W}style") if s.get(f"{_W}default") in ("1", "true", "on")]
    paragraphs = [s for s in normal if s.get(f"{_W}type") == "paragraph"]
    for place in (*paragraphs, *styles.iter(f"{_W}rPrDefault")):
        fonts = place.find(f".//{_W}rFonts")
        if fonts is None:
            continue
        if by_theme := fonts.get(f"{_W}asciiTheme", ""):
            which = "majorFont" if by_theme.startswith("major") else "minorFont"
            latin = None if theme is None else theme.find(f".//{_A}{which}/{_A}latin")
            name = "" if latin is None else latin.get("typeface", "")
        else:
            name = fonts.get(f"{_W}ascii", "")
        if name:
            return name
    return _DEFAULT


def set_chart_font(chart: etree._Element, font: str) -> str:
    """Give the chart part ``chart`` this font unless it has its own; gives the one that it has."""
    texts = chart.find(f"{_C}txPr")
    run = None if texts is None else texts.find(f".//{_A}defRPr")
    if run is None:
        return font
    latin = run.find(f"{_A}latin")
    if latin is not None:
        own = latin.get("typeface", "")
        return font if not own or own.startswith("+") else own
    after = (n for n, child in enumerate(run) if etree.QName(child).localname in _AFTER_LATIN)
    run.insert(next(after, len(run)), etree.Element(f"{_A}latin", typeface=font))
    return font


def _tree(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
