"""The whole workbook of one organisation as a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normtemplates.layout.contract import Layout
from normtemplates.layout.guide import guide_sheet
from normtemplates.layout.hidden import lists_sheet, meta_sheet
from normtemplates.layout.keys import literal
from normtemplates.layout.open_rows import open_rows
from normtemplates.layout.overview import overview_sheet
from normtemplates.layout.own import digest_of
from normtemplates.layout.picture import picture_sheet
from normtemplates.layout.plan import SheetPlan, WorkbookPlan
from normtemplates.layout.predecessors import predecessors_sheet
from normtemplates.layout.stamp import PROPERTY_PREFIX, STAMP_NAME, pairs, stamp_of
from normtemplates.layout.start import start_sheet
from normtemplates.layout.typed import Leftover
from normtemplates.layout.unplaced import unplaced_sheet
from normtemplates.layout.wording import text_values
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.submission import CellKind
from normtemplates.model.texts import Texts, fill


def workbook_plan(
    layout: Layout,
    answers: Answers,
    texts: Texts,
    password: str | None = None,
    unplaced: Sequence[Leftover] = (),
) -> WorkbookPlan:
    """Draw the workbook of ``layout`` with ``answers`` filled in.

    ``answers`` are those that the organisation starts from: the presets of its kind, an
    earlier round's, or what it sent in. ``password`` protects the sheets; ``None`` leaves the
    protection open to anyone, which is enough for a guard rail. ``unplaced`` is what of an
    earlier round's answers has no place in it: a sheet of its own lists that.
    """
    answers = _writable(answers)
    lists, names = lists_sheet(layout, open_rows(layout, answers))
    stamp = stamp_of(layout)
    title = fill(texts["start"]["title"], text_values(layout))
    more: list[SheetPlan] = []
    if layout.earlier and layout.earlier.predecessors:
        more.append(predecessors_sheet(layout, layout.earlier, texts))
    if unplaced:
        more.append(unplaced_sheet(layout, unplaced, texts["vorige"], texts))
    sheets = [
        start_sheet(layout, answers, texts, [sheet.name for sheet in more]),
        overview_sheet(layout, answers, texts),
        picture_sheet(layout, answers, texts),
        guide_sheet(layout, answers, texts),
        *more,
        lists,
    ]
    return WorkbookPlan(
        title=f"{title} {layout.organisation.full_name}",
        subject=f"{layout.norm.title} {layout.norm.edition} · {layout.round.title}",
        company=layout.norm.issuer,
        created=layout.round.reference_date,
        sheets=[*sheets, meta_sheet(layout, digest_of(sheets))],
        names={**names, STAMP_NAME: literal(stamp.text)},
        properties={PROPERTY_PREFIX + name: value for name, value in pairs(stamp)},
        password=password,
    )


def _writable(answers: Answers) -> Answers:
    """Give the answers with booleans and errors of an earlier return as the text they show."""

    def row(values: Mapping[str, Value]) -> dict[str, Value]:
        return {
            field: text_value(value.text)
            if value.kind in (CellKind.BOOLEAN, CellKind.ERROR)
            else value
            for field, value in values.items()
        }

    return Answers(
        {number: row(values) for number, values in answers.rows.items()}, row(answers.cover)
    )
