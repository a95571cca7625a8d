"""The house texts of the workbook: read, and checked for what the workbook needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from normtemplates.definitions.toml import Document, Place, read_toml
from normtemplates.definitions.wording import (
    Form,
    form_faults,
    has_stray_brace,
    listed,
    placeholders,
    quoted,
    suggestion,
)
from normtemplates.model.organisation import KIND_TERMS
from normtemplates.model.texts import Texts, fill

__all__ = ["WORKBOOK_TERMS", "Texts", "fill", "load_texts"]

#: What every workbook fills in, besides the words of the kind of organisation.
WORKBOOK_TERMS = frozenset(
    {
        "norm",
        "norm_in_text",
        "round",
        "reference_date",
        "return_date",
        "organisation_full",
        "return_to",
        "email",
        "website",
        "themes_count",
        "check",
        "explanation",
    }
)

# What each section must hold: None for a text, a number for a list of so many texts, a tuple
# for a list of tables with these keys.
_Shape = int | tuple[str, ...] | None
_SHAPES: dict[str, dict[str, _Shape]] = {
    "start": {
        "title": None,
        "subtitle": None,
        "organisation": None,
        "box_title": None,
        "box_title_no_date": None,
        "box_to": None,
        "box_to_no_email": None,
        "box_to_sender": None,
        "box_safe": None,
        "steps_heading": None,
        "progress_heading": None,
        "progress_column": None,
        "progress_total": None,
        "progress_parts": None,
        "progress": None,
        "fields_heading": None,
        "ready": None,
        "ready_advice": None,
        "todo_one": None,
        "todo_more": None,
        "todo_fields": None,
        "todo_one_fields": None,
        "todo_more_fields": None,
        "todo_row": None,
        "todo_rows": None,
        "todo_row_fields": None,
        "todo_rows_fields": None,
        "open_heading": None,
        "open_column": None,
        "open_some": None,
        "open_more": None,
        "open_none": None,
        "open_advice": None,
        "open_advice_more": None,
        "to_overview": None,
        "to_picture": None,
        "to_guide": None,
        "to_other": None,
        "steps": ("lead", "text"),
    },
    "overzicht": {
        "title": None,
        "to_start": None,
        "legend": None,
        "progress": None,
        "progress_parts": None,
    },
    "beeld": {
        "title": None,
        "subtitle": None,
        "theme": None,
        "not_filled": None,
        "parts": None,
        "total": None,
        "all": None,
        "tiles": None,
        "themes_chart": None,
        "themes_chart_alt": None,
        "quarters_chart": None,
        "quarters_chart_alt": None,
        "quarters_column": None,
        "quarter": None,
        "later": None,
        "no_date": None,
        "figures_heading": None,
        "to_start": None,
        "changes_heading": None,
        "change": None,
    },
    "uitleg": {
        "title": None,
        "statuses_heading": None,
        "statuses_columns": 3,
        "parts_heading": None,
        "parts_note": None,
        "footnotes_heading": None,
        "footnotes_columns": 2,
        "note": None,
        "fields_heading": None,
        "fields_columns": 3,
        "cover_heading": None,
        "cover_note": None,
        "cover_columns": 3,
        "colours_heading": None,
        "colours_columns": 3,
        "colours": ("kind", "name", "meaning", "action"),
        "tips_heading": None,
        "tips_columns": 2,
        "tips": ("what", "how"),
        "themes_heading": None,
        "themes_columns": 3,
        "theme_norms": None,
        "theme_norm": None,
        "guidance_heading": None,
        "guidance_note": None,
        "guidance_columns": 2,
        "site": None,
        "to_start": None,
    },
    "herstel": {
        "title": None,
        "subtitle": None,
        "to_start": None,
        "to_corrections": None,
        "steps_heading": None,
        "steps": ("lead", "text"),
        "see_improved": None,
        "see_unplaced": None,
        "todo": None,
        "todo_none": None,
        "todo_none_note": None,
        "known": None,
        "known_note": None,
        "done": None,
        "done_note": None,
        "done_kind": None,
        "done_default": None,
        "now": None,
        "counts": None,
        "none": None,
        "columns": 6,
        "whole_file": None,
        "fout": 2,
        "waarschuwing": 2,
        "info": 2,
        "note": None,
        "note_done": None,
        "improved_title": None,
        "improved_intro": None,
        "improved_columns": 6,
        "improved_label": None,
        "improved_spaces": None,
        "improved_date": None,
        "improved_formula": None,
        "improved_emptied": None,
        "improved_boolean": None,
        "nothing": None,
        "unplaced_title": None,
        "unplaced_intro": None,
        "unplaced_columns": 4,
        "from_to": None,
        "outcome": None,
        "comment": None,
        "why_twice": None,
        "why_strange": None,
        "why_outside": None,
        "why_ours": None,
        "why_fixed": None,
        "why_sheet": None,
        "why_comment": None,
        "why_error": None,
        "why_long": None,
    },
    "vorige": {
        "to_start": None,
        "unplaced_title": None,
        "unplaced_intro": None,
        "unplaced_columns": 4,
        "from_to": None,
        "why_dropped": None,
        "why_fixed": None,
        "why_status": None,
        "why_column": None,
        "why_joined": None,
        "why_again": None,
        "why_date": None,
        "why_choice": None,
    },
    "voorgangers": {"title": None, "intro": None, "field": None, "to_start": None},
    "footer": {"left": None, "centre": None, "right": None},
}
# Words that the workbook itself works out, by the text in which they may stand.
_OWN_TERMS: dict[Place, frozenset[str]] = {
    ("start", "progress"): frozenset({"done", "total"}),
    ("start", "todo_more"): frozenset({"count"}),
    ("start", "todo_more_fields"): frozenset({"count"}),
    ("start", "todo_rows"): frozenset({"count"}),
    ("start", "todo_rows_fields"): frozenset({"count"}),
    ("start", "open_more"): frozenset({"count"}),
    ("start", "open_advice_more"): frozenset({"count"}),
    ("start", "ready_advice"): frozenset({"count"}),
    ("start", "to_other"): frozenset({"sheet"}),
    ("overzicht", "progress"): frozenset({"done", "total"}),
    ("overzicht", "progress_parts"): frozenset({"done", "total"}),
    ("beeld", "parts"): frozenset({"counts", "total", "left"}),
    ("beeld", "tiles"): frozenset({"letters"}),
    ("beeld", "quarter"): frozenset({"quarter", "year"}),
    ("uitleg", "theme_norms"): frozenset({"first", "last"}),
    ("uitleg", "theme_norm"): frozenset({"first"}),
    ("herstel", "todo"): frozenset({"counts"}),
    ("herstel", "now"): frozenset({"verdict"}),
    ("herstel", "counts"): frozenset({"before", "todo"}),
    ("herstel", "note"): frozenset({"kind", "message"}),
    ("herstel", "note_done"): frozenset({"message"}),
    ("herstel", "from_to"): frozenset({"first", "last"}),
    ("herstel", "outcome"): frozenset({"formula", "outcome"}),
    ("herstel", "why_twice"): frozenset({"number"}),
    ("herstel", "why_fixed"): frozenset({"number"}),
    ("beeld", "changes_heading"): frozenset({"previous_round"}),
    ("beeld", "change"): frozenset({"then", "now"}),
    ("vorige", "from_to"): frozenset({"first", "last"}),
    **{
        ("vorige", why): frozenset({"number", "edition"})
        for why in (
            "why_dropped",
            "why_fixed",
            "why_status",
            "why_column",
            "why_joined",
            "why_again",
            "why_date",
            "why_choice",
        )
    },
    ("voorgangers", "title"): frozenset({"previous_round"}),
    ("voorgangers", "intro"): frozenset({"previous_round"}),
    ("footer", "right"): frozenset({"sheet", "page", "pages"}),
}
_COLOURS = ("white", "yellow", "grey")


def load_texts(path: Path, shown: str) -> Texts:
    """Read the house texts at ``path``, called ``shown`` in messages.

    Every key that the workbook needs is there afterwards. Raises ``DefinitionError`` with all
    faults of the file.
    """
    document = read_toml(path, shown)
    data = document.data
    _check_keys(document, (), data, list(_SHAPES))
    for section, shapes in _SHAPES.items():
        table = data.get(section)
        if table is None:
            continue
        if not isinstance(table, dict):
            document.unusable((section,), f"Hier hoort een tabel [{section}].")
            continue
        _check_keys(document, (section,), table, list(shapes))
        for key, shape in shapes.items():
            if key in table:
                _check_shape(document, (section, key), table[key], shape)
    _check_colours(document, data)
    document.raise_faults()
    return data


def _check_keys(
    document: Document, place: Place, table: Mapping[str, Any], known: list[str]
) -> None:
    for key in known:
        if key not in table:
            document.unusable((*place, key), "Deze sleutel ontbreekt. Voeg hem toe.")
    for key in table:
        if key not in known:
            tail = suggestion(key, known) or f" Bekend zijn: {listed(known)}."
            document.unknown_key((*place, key), f"Deze sleutel is onbekend.{tail}")


def _check_shape(document: Document, place: Place, value: Any, shape: _Shape) -> None:
    if shape is None:
        _check_text(document, place, value, place)
    elif not isinstance(value, list) or not value:
        document.unusable(place, "Hier hoort een lijst.")
    elif isinstance(shape, int):
        if len(value) != shape:
            document.unusable(place, f"Hier horen {shape} teksten; er staan er {len(value)}.")
        for position, item in enumerate(value):
            _check_text(document, (*place, position), item, place)
    else:
        for position, item in enumerate(value):
            at = (*place, position)
            if not isinstance(item, dict):
                document.unusable(at, "Hier hoort een tabel.")
                continue
            _check_keys(document, at, item, list(shape))
            for key in shape:
                if key in item:
                    _check_text(document, (*at, key), item[key], place)


def _check_text(document: Document, place: Place, value: Any, owner: Place) -> None:
    if not isinstance(value, str):
        document.unusable(place, "Hier hoort tekst tussen aanhalingstekens.")
        return
    if not value.strip():
        document.fault(place, "Hier staat geen tekst. Vul hem in.")
    # Spaces at an end or in a row are meant: some texts are joined to others.
    for sentence in form_faults(value, Form(tight=False)):
        document.fault(place, sentence)
    known = KIND_TERMS | WORKBOOK_TERMS | _OWN_TERMS.get(owner, frozenset())
    for name in placeholders(value):
        if name not in known:
            tail = suggestion(name, sorted(known))
            document.fault(place, f"Het woord {{{name}}} kan hier niet.{tail}")
    if has_stray_brace(value):
        document.fault(place, "Er staat een losse accolade. Schrijf {woord} of haal haar weg.")


def _check_colours(document: Document, data: Mapping[str, Any]) -> None:
    uitleg = data.get("uitleg")
    rows = uitleg.get("colours") if isinstance(uitleg, dict) else None
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        kind = row.get("kind") if isinstance(row, dict) else None
        if isinstance(kind, str) and kind not in _COLOURS:
            document.fault(
                ("uitleg", "colours", position, "kind"),
                f"{quoted(kind)} is geen kleur van het werkboek. Kies uit: {listed(_COLOURS)}.",
            )
