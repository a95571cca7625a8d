"""The workbook of the examples before anything is spoiled: sound and filled in.

The plan of the overview and the stamps come from ``layout`` as the writer gets them, and stand
here as the reader gives them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve

from normtemplates.layout.contract import NAME_COLUMN, NAME_ROW, TITLE_ROW, Layout, layout_of
from normtemplates.layout.hidden import lists_sheet, meta_sheet
from normtemplates.layout.keys import key, key_formula, literal
from normtemplates.layout.lists import kind_of
from normtemplates.layout.overview import overview_sheet
from normtemplates.layout.places import GUIDE, OVERVIEW, PICTURE, START, address
from normtemplates.layout.recognise import recognise
from normtemplates.layout.slots import COVER_LABEL_COLUMN
from normtemplates.layout.stamp import (
    PROPERTY_PREFIX,
    STAMP_NAME,
    VISIBLE_PREFIX,
    pairs,
    stamp_of,
)
from normtemplates.model.answers import Answers, Value, text_value
from normtemplates.model.earlier import Earlier
from normtemplates.model.round import Round
from normtemplates.model.submission import Area, Cell, Sheet, Submission, Trouble, Validation
from normtemplates.rules.context import Context, Crash
from normtemplates.rules.example_norm import NEXT_ROUND, ROUND
from normtemplates.rules.example_sheets import Typed, sheet_of, validation_of, value_of

_TEXTS = {
    "overzicht": {
        "title": "Overzicht {organisation_full}",
        "to_start": "Naar Start",
        "legend": "",
        "progress": "{done} van {total} compleet",
        "progress_parts": "onderdelen: {done} van {total}",
    },
    "footer": {"left": "", "centre": "", "right": ""},
}

_ANSWERS: dict[str, dict[str, Typed]] = {
    "1.1": {"status": "Uitgevoerd", "evidence": "Besluit van 12 maart, zaak 2030-0000"},
    "1.2": {
        "status": "Uitgevoerd",
        "evidence": "Verslagen op het intranet",
        "done_on": date(2030, 1, 15),
    },
    "1.3": {
        "status": "In ontwikkeling",
        "explanation": "De training is klaar, maar nog niet verplicht.",
        "action": "Training verplicht maken",
        "due_on": date(2031, 6, 30),
    },
    "1.4": {
        "status": "Niet van toepassing",
        "explanation": "Er werken bij ons geen vrijwilligers.",
    },
    "2.1": {
        "status": "Ontbreekt",
        "explanation": "Er is nog geen meldpunt gekozen.",
        "action": "Meldpunt kiezen en bekendmaken",
        "due_on": date(2031, 12, 31),
        "priority": "Hoog",
    },
    "2.1.a": {
        "status": "Nee",
        "explanation": "Dit kan pas als er een meldpunt is.",
    },
}

_COVER: dict[str, Typed] = {
    "decision_date": date(2030, 3, 12),
    "team": "Team Veiligheid",
    "discussed": "Ja",
}


class Workbook:
    """A filled-in workbook of the made-up norm, as the reader gives it."""

    def __init__(self, round_: Round = ROUND, code: str = "GM0000") -> None:
        """Begin with a workbook of an organisation in which no rule finds anything."""
        self.troubles: list[Trouble] = []
        self.crashes: list[Crash] = []
        self.wanted: Round | None = None
        self._begin(round_, code, None)

    def _begin(self, round_: Round, code: str, earlier: Earlier | None) -> None:
        organisation = next(one for one in round_.organisations if one.code == code)
        self.layout: Layout = layout_of(round_.norm, round_, organisation, earlier)
        rows = {n: {k: value_of(t) for k, t in row.items()} for n, row in _ANSWERS.items()}
        answers = Answers({**self.layout.presets().rows, **rows})
        lists, names = lists_sheet(self.layout)
        stamp = stamp_of(self.layout)
        self.names = {**names, STAMP_NAME: literal(stamp.text)}
        self.properties = {PROPERTY_PREFIX + name: text for name, text in pairs(stamp)}
        sheets = [
            self._start(),
            sheet_of(overview_sheet(self.layout, answers, _TEXTS)),
            Sheet(PICTURE, "visible", {}, protected=True),
            Sheet(GUIDE, "visible", {}, protected=True),
            sheet_of(lists),
            sheet_of(meta_sheet(self.layout)),
        ]
        self.sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in sheets}

    def _start(self) -> Sheet:
        cells: dict[tuple[int, int], Cell] = {}
        validations: list[Validation] = []

        def put(
            row: int, column: int, value: Value, formula: str | None = None, locked: bool = True
        ) -> None:
            cells[row, column] = Cell(row, column, *value, formula, locked)

        put(NAME_ROW, NAME_COLUMN, text_value(self.layout.organisation.full_name))
        for slot in self.layout.cover:
            value = value_of(_COVER[slot.field.key])
            put(slot.row, COVER_LABEL_COLUMN, text_value(slot.label))
            put(slot.row, slot.column, value, locked=False)
            formula = key_formula(address(slot.row, slot.column))
            put(slot.row, slot.key_column, text_value(key(value)), formula)
            kind = kind_of(self.layout.norm, self.layout.round, slot.field)
            area = Area(slot.row, slot.column, slot.row, slot.column)
            validations.append(validation_of(kind.cell_rule(), (area,)))
        stamp = text_value(VISIBLE_PREFIX + stamp_of(self.layout).text)
        put(self.stamp_row, NAME_COLUMN, stamp)
        return Sheet(START, "visible", cells, protected=True, validations=tuple(validations))

    @property
    def stamp_row(self) -> int:
        """Give the row of the stamp in sight."""
        return self.layout.cover[-1].row + 2

    # -- what comes out -------------------------------------------------------------------

    def submission(self) -> Submission:
        """Give the workbook as the reader gives it."""
        return Submission(
            name="voorbeeld.xlsx",
            sheets=tuple(self.sheets.values()),
            names=dict(self.names),
            properties=dict(self.properties),
            structure_locked=True,
            troubles=tuple(self.troubles),
        )

    def context(self, submission: Submission) -> Context:
        """Give what the rules know about ``submission``, of the rounds that are known here."""
        rounds = (ROUND, NEXT_ROUND)
        recognised = None if submission.fatal else recognise(submission, rounds, self.wanted)
        return Context(recognised, rounds, tuple(self.crashes))

    def place(self, text: str) -> tuple[str | None, str | None]:
        """Give sheet and address of a place in an example, each ``None`` where there is none.

        ``""`` is the file, ``sheet/Start`` a sheet, ``1.1/status`` an answer, ``start/team`` a
        cover field, ``name`` the organisation's name, ``title`` the title of the overview,
        ``header/status`` a header, ``below/number`` the row below the last.
        """
        left, _, right = text.partition("/")
        if left in ("", "sheet"):
            return right or None, None
        if left == "start":
            slot = self.layout.cover_by_key[right]
            return START, address(slot.row, slot.column)
        if left == "name":
            return START, address(NAME_ROW, NAME_COLUMN)
        rows = {
            "title": TITLE_ROW,
            "header": self.layout.header_row,
            "below": self.layout.last_row + 1,
        }
        row = rows.get(left) or self.layout.row_by_number[left].row
        return OVERVIEW, address(row, self.layout.column_by_key[right].column if right else 1)

    def _spot(self, number: str, field_key: str) -> tuple[int, int]:
        row = self.layout.row_by_number[number].row
        return row, self.layout.column_by_key[field_key].column

    def _type(
        self, sheet: str, spot: tuple[int, int], value: Value, formula: str | None = None
    ) -> None:
        locked = self.sheets[sheet].cell(*spot).locked
        cells = {**self.sheets[sheet].cells, spot: Cell(*spot, *value, formula, locked)}
        self._change(sheet, cells=cells)

    def _change(self, sheet: str, **parts: Any) -> None:
        self.sheets[sheet] = evolve(self.sheets[sheet], **parts)
