"""The table on Beeld of what changed since the round before: how many norms, then and now.

In words and in the norm's order; no difference is worked out, for that would be a score.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from attrs import evolve

from normtemplates.layout import look
from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key_of_text, literal
from normtemplates.layout.look import Style
from normtemplates.layout.places import absolute_area, in_row, on
from normtemplates.layout.plan import SheetPlan
from normtemplates.layout.wording import computed, text_values
from normtemplates.model.earlier import Earlier
from normtemplates.model.norm import Status
from normtemplates.model.texts import Texts, fill

_HEADING = Style(size=12, bold=True, color=look.NAVY, valign="vcenter")
_HEADER = evolve(look.HEADER, align="center", indent=0, valign="vcenter")
_THEME_HEADER = evolve(look.HEADER, valign="vcenter")
_THEME = Style(valign="vcenter", indent=1, bottom=(1, look.GRID))
_CHANGE = Style(size=10, align="center", valign="vcenter", bottom=(1, look.GRID))
_LAST_THEME = evolve(_THEME, bold=True, bottom=None)
_LAST_CHANGE = evolve(_CHANGE, bold=True, bottom=None)


class Place(NamedTuple):
    """Where the table begins, and in which row the counts of now begin, theme by theme."""

    row: int
    column: int
    now: int


def changes_table(
    sheet: SheetPlan,
    layout: Layout,
    earlier: Earlier,
    place: Place,
    own: Texts,
    status_of: Callable[[str], Status | None],
) -> None:
    """Draw how many norms had each status then, and have it now; the sum last.

    ``own`` are the house texts of the sheet. ``status_of`` gives the status chosen now at a
    number, for the values that are stored along. Where predecessors differ nothing was one status.
    """
    row, statuses = place.row, layout.norm.statuses
    before = layout.previous_column
    column_then = (before.key_column if before else None) or 0
    words = {**text_values(layout), "previous_round": earlier.title}
    sheet.heights[row] = (22, True)
    sheet.put(row, place.column, fill(own["changes_heading"], words), _HEADING)
    row += 1
    sheet.heights[row] = (33, True)
    sheet.put(row, place.column, own["theme"], _THEME_HEADER)
    for column, status in enumerate(statuses, start=place.column + 1):
        sheet.put(row, column, status.label, _HEADER)
    themes = [(b.theme.heading, b.theme.norms, (b.first, b.last)) for b in layout.bands]
    norms = tuple(slot.requirement for slot in layout.norm_rows)
    whole = (own["all"], norms, (layout.first_row, layout.last_row))
    for offset, (name, requirements, (first, last)) in enumerate((*themes, whole)):
        row += 1
        total = offset == len(themes)
        sheet.heights[row] = (22, True)
        sheet.put(row, place.column, name, _LAST_THEME if total else _THEME)
        area = on(layout.sheet, absolute_area(first, column_then, last, column_then))
        for column, status in enumerate(statuses, start=place.column + 1):
            label = key_of_text(status.label)
            had = (key_of_text(earlier.statuses.get(r.number, "")) for r in requirements)
            values = {
                "then": sum(one == label for one in had),
                "now": sum(status_of(r.number) is status for r in requirements),
            }
            formulas = {
                "then": f"COUNTIF({area},{literal(label)})",
                "now": in_row(place.now + offset, column),
            }
            content = computed(own["change"], formulas, values)
            sheet.put(row, column, content, _LAST_CHANGE if total else _CHANGE)
