"""The sheet with what organisations that merged answered, side by side to choose from."""

from __future__ import annotations

from normtemplates.layout.contract import Layout
from normtemplates.layout.keys import key_of_text
from normtemplates.layout.places import PREDECESSORS, START, address, on
from normtemplates.layout.plan import Link, SheetPlan
from normtemplates.layout.tables import FIRST_COLUMN, Bold, TablePage
from normtemplates.layout.wording import text_values
from normtemplates.model.earlier import Earlier, Predecessor
from normtemplates.model.norm import FieldKind, Norm
from normtemplates.model.submission import Sheet
from normtemplates.model.texts import Texts, fill, filled

_NUMBER_WIDTH, _NORM_WIDTH, _FIELD_WIDTH = 8, 40, 20
_ROOM = 120  # characters that the columns of the predecessors share
_FIXED = 3  # columns in front of those
_SEARCH_ROWS = 20


def predecessors_sheet(layout: Layout, earlier: Earlier, texts: Texts) -> SheetPlan:
    """Draw what each predecessor answered: a line for each field that one of them filled in."""
    words = text_values(layout)
    own = filled(texts["voorgangers"], words)
    names = [one.name for one in earlier.predecessors]
    each = max(24, _ROOM // len(names))
    page = TablePage(PREDECESSORS, (_NUMBER_WIDTH, _NORM_WIDTH, _FIELD_WIDTH, *[each] * len(names)))
    values = {**words, "previous_round": earlier.title}
    page.title(
        fill(own["title"], values), "", Link(f"#{on(START, address(1, 1))}", own["to_start"])
    )
    page.note(fill(own["intro"], values))
    page.gap()
    number, sentence = (
        layout.norm.field_of_kind(kind) for kind in (FieldKind.NUMBER, FieldKind.SENTENCE)
    )
    page.header((number.header, sentence.header, own["field"], *names))
    for slot in layout.rows:
        at = slot.requirement.number
        rows = [one.rows.get(at, {}) for one in earlier.predecessors]
        told = [f for f in layout.norm.fields if any(row.get(f.key) for row in rows)]
        for place, one in enumerate(told):
            label = Bold(one.header) if one.kind is FieldKind.STATUS else one.header
            page.line(
                (
                    Bold(at),
                    "" if place else slot.requirement.text,
                    label,
                    *(row.get(one.key, "") for row in rows),
                )
            )
    return page.done(layout, texts)


def predecessors_in(sheet: Sheet, norm: Norm) -> tuple[Predecessor, ...]:
    """Read the sheet back from a returned file; empty when it is not ours any more."""
    fields = {key_of_text(f.header): f.key for f in norm.fields}
    number = key_of_text(norm.field_of_kind(FieldKind.NUMBER).header)
    head = next(
        (r for r in range(1, _SEARCH_ROWS) if key_of_text(sheet.text(r, FIRST_COLUMN)) == number),
        None,
    )
    if head is None:
        return ()
    first = FIRST_COLUMN + _FIXED
    names: list[str] = []
    while name := sheet.text(head, first + len(names)):
        names.append(name)
    rows: list[dict[str, dict[str, str]]] = [{} for _ in names]
    for row in range(head + 1, max((r for r, _ in sheet.cells), default=head) + 1):
        at = sheet.text(row, FIRST_COLUMN)
        key = fields.get(key_of_text(sheet.text(row, FIRST_COLUMN + _FIXED - 1)))
        if key is None or at not in norm.by_number:
            continue
        for place, own in enumerate(rows):
            if text := sheet.text(row, first + place):
                own.setdefault(at, {})[key] = text
    return tuple(Predecessor(n, own) for n, own in zip(names, rows, strict=True))
