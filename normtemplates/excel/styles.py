"""Styles and accents of the layout as the format properties of XlsxWriter."""

from __future__ import annotations

from functools import cache

from normtemplates.layout.look import FONT, GRID, Accent, Style

Properties = dict[str, str | float | bool]

_THIN = 1
_BUILT_IN_FORMATS = {"@": 49, "0": 1}


@cache
def format_properties(style: Style) -> Properties:
    """Give the properties of a cell's format; do not change the dictionary.

    Built-in number formats go by their number: that is how a program knows a text cell.
    """
    properties: Properties = {
        "font_name": FONT,
        "font_size": style.size,
        "font_color": style.color,
        "align": style.align,
        "valign": style.valign,
        "locked": style.locked,
    }
    if style.bold:
        properties["bold"] = True
    if style.underline:
        properties["underline"] = 1
    if style.fill:
        properties |= {"pattern": 1, "fg_color": style.fill}
    if style.indent:
        properties["indent"] = style.indent
    if style.wrap:
        properties["text_wrap"] = True
    if style.border:
        properties |= {"border": _THIN, "border_color": GRID}
    for side in ("right", "bottom") if style.grid else ():
        properties |= {side: _THIN, f"{side}_color": GRID}
    if style.outline:
        properties |= {"border": style.outline[0], "border_color": style.outline[1]}
    for side, line in (("top", style.top), ("bottom", style.bottom), ("right", style.right)):
        if line:
            properties |= {side: line[0], f"{side}_color": line[1]}
    if style.number_format:
        code = style.number_format
        properties["num_format"] = _BUILT_IN_FORMATS.get(code, code)
    if style.hidden_formula:
        properties["hidden"] = True
    return properties


@cache
def accent_properties(accent: Accent) -> Properties:
    """Give the properties of a conditional format; do not change the dictionary.

    ``bold`` is there only when it is true: XlsxWriter cannot say "not bold", so the writer
    asks :func:`takes_bold_away`.
    """
    properties: Properties = {}
    if accent.color:
        properties["font_color"] = accent.color
    if accent.fill:
        properties["bg_color"] = accent.fill
    if accent.bold:
        properties["bold"] = True
    if accent.outline:
        properties |= {"border": _THIN, "border_color": accent.outline}
    return properties


def takes_bold_away(accent: Accent) -> bool:
    """Tell whether the accent makes a bold cell normal again."""
    return accent.bold is False
