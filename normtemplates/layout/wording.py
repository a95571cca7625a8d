"""House texts with the words of one workbook: names, dates, and sentences that compute."""

from __future__ import annotations

import re
from collections.abc import Mapping

from normtemplates.dutch import long_date, number_word
from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import literal
from normtemplates.layout.plan import Formula
from normtemplates.model.norm import FieldKind
from normtemplates.model.texts import Texts, fill

_NAME = re.compile(r"(\{[a-z_]+\})")


def text_values(layout: Layout) -> dict[str, str]:
    """Give the words that a house text may name, for one organisation in one round."""
    norm, round_, organisation = layout.norm, layout.round, layout.organisation
    check = norm.field_of_kind(FieldKind.CHECK).header
    explaining = norm.explaining_field or norm.ground_field
    return {
        **organisation.kind.terms,
        "check": check,
        "explanation": explaining.header if explaining else check,
        "norm": f"{norm.title} {norm.edition}",
        "norm_in_text": norm.name_in_text,
        "round": round_.title,
        "reference_date": long_date(round_.reference_date),
        "return_date": long_date(round_.return_date) if round_.return_date else "",
        "organisation_full": organisation.full_name,
        "return_to": organisation.region.name,
        "email": organisation.region.email,
        "website": norm.website,
        "themes_count": number_word(len(norm.themes)),
    }


def footer(layout: Layout, sheet_name: str, texts: Texts) -> str:
    """Give the footer of a sheet in Excel's codes, 8 points high."""
    own = texts["footer"]
    values = {name: _escaped(value) for name, value in text_values(layout).items()}
    values |= {"sheet": _escaped(sheet_name), "page": "&P", "pages": "&N"}
    parts = (("&L", own["left"]), ("&C", own["centre"]), ("&R", own["right"]))
    return "".join(place + _sized(fill(_escaped(text), values)) for place, text in parts)


def computed(text: str, formulas: Mapping[str, str], values: Mapping[str, object]) -> Formula:
    """Give ``text`` as a formula: ``{name}`` becomes the outcome of ``formulas[name]``.

    ``values`` are the outcomes themselves, for the value that is stored along.
    """
    parts = [part for part in _NAME.split(text) if part]
    pieces = [formulas[p[1:-1]] if _NAME.fullmatch(p) else literal(p) for p in parts]
    stored = fill(text, {name: str(value) for name, value in values.items()})
    return Formula("&".join(pieces), stored)


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _sized(text: str) -> str:
    # A digit right after the size would be read as part of it.
    return f"&8 {text}" if text[:1].isdigit() else f"&8{text}"
