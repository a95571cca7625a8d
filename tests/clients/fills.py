"""Filling in a workbook in LibreOffice: everything right, or one mistake of each kind.

``python -m tests.clients.fills`` makes the committed returns of Voorbeeldstad anew, also the one
of :mod:`tests.clients.excel_like`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from normtemplates.definitions import Definitions
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.places import OVERVIEW, START, address
from normtemplates.layout.workbook import workbook_plan
from tests.clients.office import Document, Office

TEMPLATES = Path(__file__).parents[1] / "templates"
RETURNED = Path(__file__).parents[1] / "returned"

ROUND = "voorbeeld-2025"
WITH_PARTS = "voorbeeld-brabant-2023"


def definitions() -> Definitions:
    """The definitions with the fictional Voorbeeldstad in them."""
    return Definitions(TEMPLATES)


def voorbeeldstad(round_name: str = ROUND) -> Layout:
    """The layout of the fictional municipality."""
    round_ = definitions().round(round_name)
    return layout_of(round_.norm, round_, round_.organisations[0])


def blank(layout: Layout) -> bytes:
    """The workbook as it is issued."""
    return write_workbook(workbook_plan(layout, layout.presets(), definitions().texts))


def where(layout: Layout, number: str, field: str) -> str:
    """The address of an answer."""
    return layout.address(number, field)


DONE = {"status": "Uitgevoerd", "evidence": "Zaaksysteem, besluit nr. 2025-0000"}
PARTLY = {
    "status": "In ontwikkeling",
    "explanation": "De werkwijze is beschreven, maar nog niet overal bekend.",
    "action": "Werkwijze in elk team bespreken",
    "owner": "Teamleider Veiligheid",
    "due_on": "31-12-2025",
}
MISSING = {
    **PARTLY,
    "status": "Ontbreekt",
    "explanation": "Hier zijn wij nog niet mee begonnen.",
    "priority": "Midden",
}
NOT_FITTING = {
    "status": "Niet van toepassing",
    "explanation": "Deze taak ligt bij de regionale uitvoeringsdienst.",
}
COVER = {
    "decision_date": "14-01-2025",
    "team": "Team Openbare Orde en Veiligheid",
    "email": "veiligheid@voorbeeldstad.example",
    "discussed": "Ja",
}
COVER_WITH_PARTS = {**COVER, "decision_date": "14-01-2023"}


def right_answers(layout: Layout) -> dict[str, dict[str, str]]:
    """Answers in which all four statuses occur and nothing is wrong."""
    kinds = (DONE, PARTLY, DONE, MISSING, DONE, PARTLY, DONE)
    answers = {
        slot.requirement.number: dict(kinds[index % len(kinds)])
        for index, slot in enumerate(layout.rows)
    }
    answers["5.8"] = dict(NOT_FITTING)
    answers["5.9"] = dict(NOT_FITTING)
    for slot in layout.rows:
        if slot.requirement.recurring and answers[slot.requirement.number] == DONE:
            answers[slot.requirement.number]["done_on"] = "14-11-2024"
    return answers


def right_answers_with_parts(layout: Layout) -> dict[str, dict[str, str]]:
    """Answers to a norm with sub-items, in which all words of both lists occur."""
    before = f"{layout.round.reference_date:%d-%m-%Y}"
    after = f"31-12-{layout.round.reference_date.year}"
    partly, missing = {**PARTLY, "due_on": after}, {**MISSING, "due_on": after}
    kinds = (DONE, partly, DONE, missing, DONE, NOT_FITTING, DONE)
    below = ({"status": "Ja"}, {"status": "Nee"}, {"status": "Ja"}, NOT_FITTING)
    answers = {
        slot.requirement.number: dict(kinds[index % len(kinds)])
        for index, slot in enumerate(layout.norm_rows)
        if not slot.locked
    }
    for index, slot in enumerate(layout.part_rows):
        number = slot.requirement.number
        above = {"status": "Nee"} if layout.norm.parts_below(number) else below[index % 4]
        answers[number] = dict(above)
    built_on = {number for slot in layout.rows for number in slot.requirement.builds_on}
    for slot in layout.norm_rows:
        number = slot.requirement.number
        if layout.norm.parts_below(number) or number in built_on:
            answers[number] = dict(partly)
        if slot.requirement.recurring and answers.get(number) == DONE:
            answers[number]["done_on"] = before
    return answers


def type_right(document: Document, layout: Layout) -> None:
    """Type every right answer as a person does."""
    if layout.part_rows:
        answers, cover = right_answers_with_parts(layout), COVER_WITH_PARTS
    else:
        answers, cover = right_answers(layout), COVER
    for number, values in answers.items():
        for field, text in values.items():
            cell = where(layout, number, field)
            assert document.type(OVERVIEW, cell, text), (number, field)
    for slot in layout.cover:
        cell = address(slot.row, slot.column)
        assert document.type(START, cell, cover[slot.field.key]), slot.field.key


class Mistake(NamedTuple):
    """One thing done to a right workbook, and the findings that it must give.

    A finding is (code, sheet, cell); ``cell`` is ``None`` for a whole sheet.
    """

    name: str
    do: Callable[[Document, Layout], object]
    findings: tuple[tuple[str, str, str | None], ...]


def mistakes(layout: Layout) -> list[Mistake]:
    """One mistake for each rule that a filled workbook can show, each on a row of its own."""

    def at(number: str, field: str) -> str:
        return where(layout, number, field)

    def typed(number: str, field: str, text: str) -> Callable[[Document, Layout], object]:
        return lambda document, _: document.type(OVERVIEW, at(number, field), text)

    def put(number: str, field: str, text: str) -> Callable[[Document, Layout], object]:
        return lambda document, _: document.put_text(OVERVIEW, at(number, field), text)

    def found(code: str, number: str, field: str) -> tuple[str, str, str]:
        return (code, OVERVIEW, at(number, field))

    header = address(layout.header_row, layout.column_by_key["evidence"].column)
    team = layout.cover_by_key["team"]
    email = layout.cover_by_key["email"]
    last = layout.rows[-1]
    copied = layout.row_by_number["1.5"]
    copy_row = layout.last_row + 4

    def delete_last(document: Document, _: Layout) -> None:
        document.delete_rows(OVERVIEW, last.row)

    def copy(document: Document, _: Layout) -> None:
        document.put_text(OVERVIEW, address(copy_row, 1), copied.requirement.number)
        document.put_text(OVERVIEW, address(copy_row, 2), copied.requirement.text)

    def unprotect(document: Document, _: Layout) -> None:
        document.unprotect(OVERVIEW)

    sentence = layout.row_by_number["4.2"].requirement.text
    assert "interne informatiepositie" in sentence
    return [
        # Without protection first: the next ones need it gone.
        Mistake("protection removed", unprotect, (("NT213", OVERVIEW, None),)),
        Mistake("row missing", delete_last, (("NT208", OVERVIEW, None),)),
        Mistake("row twice", copy, (("NT209", OVERVIEW, address(copy_row, 1)),)),
        Mistake(
            "organisation changed",
            lambda document, _: document.put_text(START, "B3", "gemeente Anderstad"),
            (("NT204", START, "B3"),),
        ),
        Mistake(
            "norm text changed",
            put("4.2", "text", sentence.replace("interne ", "")),
            (found("NT207", "4.2", "text"),),
        ),
        Mistake("number changed", put("2.9", "number", "2.99"), (found("NT210", "2.9", "number"),)),
        Mistake(
            "header changed",
            lambda document, _: document.put_text(OVERVIEW, header, "Bijlage"),
            (("NT211", OVERVIEW, header),),
        ),
        Mistake("status missing", put("1.1", "status", ""), (found("NT301", "1.1", "status"),)),
        Mistake(
            "required field missing", put("1.2", "action", ""), (found("NT302", "1.2", "action"),)
        ),
        Mistake(
            "placeholder", typed("1.3", "evidence", "N.t.b."), (found("NT303", "1.3", "evidence"),)
        ),
        Mistake(
            "cover field missing",
            lambda document, _: document.put_text(START, address(email.row, email.column), ""),
            (("NT304", START, address(email.row, email.column)),),
        ),
        Mistake(
            "not in list", typed("2.1", "status", "Uitgevoert"), (found("NT401", "2.1", "status"),)
        ),
        Mistake(
            "text for a date",
            put("2.4", "due_on", "31 dec. 2025"),
            (found("NT402", "2.4", "due_on"),),
        ),
        Mistake(
            "after the return date",
            typed("2.5", "done_on", "02-04-2025"),
            (found("NT403", "2.5", "done_on"),),
        ),
        Mistake(
            "before the reference date",
            typed("2.6", "due_on", "31-03-2025"),
            (found("NT404", "2.6", "due_on"),),
        ),
        Mistake(
            "formula in an answer",
            typed("2.7", "evidence", '="zie " & B5'),
            (found("NT407", "2.7", "evidence"),),
        ),
        Mistake(
            "formula that fails",  # two findings: a formula, and what it came to
            typed("2.8", "evidence", "=1/0"),
            (found("NT407", "2.8", "evidence"), found("NT408", "2.8", "evidence")),
        ),
        # Of our own choice:
        Mistake(
            "too long", put("3.1", "evidence", "x" * 501), (found("NT409", "3.1", "evidence"),)
        ),
        Mistake(
            "after the ambition",
            typed("3.4", "due_on", "01-02-2028"),
            (found("NT405", "3.4", "due_on"),),
        ),
        Mistake(
            "formula in a cover field",
            lambda document, _: document.type(
                START, address(team.row, team.column), '="Team " & "Veiligheid"'
            ),
            (("NT407", START, address(team.row, team.column)),),
        ),
    ]


def make_returned() -> None:
    """Make the two returns that stand in the repository."""
    layout = voorbeeldstad()
    RETURNED.mkdir(exist_ok=True)
    issued = RETURNED / "leeg.xlsx"
    issued.write_bytes(blank(layout))
    with Office() as office, office.open(issued) as document:
        type_right(document, layout)
        document.calculate_all()
        document.save(RETURNED / "goed.xlsx")
        for mistake in mistakes(layout):
            mistake.do(document, layout)
        document.calculate_all()
        document.save(RETURNED / "met-fouten.xlsx")
    issued.unlink()


if __name__ == "__main__":
    from tests.clients import excel_like  # which fills in the same answers

    make_returned()
    excel_like.make_returned()
    sys.exit(0)
