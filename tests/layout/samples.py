"""What the tests of the sheets share: a layout, answers with known counts, and lookups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from attrs import evolve

from normtemplates.definitions import Definitions
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.kinds import likely_date
from normtemplates.layout.plan import Content, Formula, Item, Link, Rich, SheetPlan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.norm import Norm, Theme
from normtemplates.model.round import Round
from normtemplates.model.submission import CellKind
from normtemplates.model.texts import Texts
from tests.clients import fills

TEMPLATES = Path(__file__).parents[1] / "templates"


@cache
def definitions() -> Definitions:
    return Definitions(TEMPLATES)


def texts() -> Texts:
    return definitions().texts


def example_round() -> Round:
    return definitions().round("voorbeeld-2025")


@cache
def example_layout() -> Layout:
    """The fictional Voorbeeldstad in the norm with 5 + 11 + 10 + 7 + 12 + 2 rows."""
    round_ = example_round()
    return layout_of(round_.norm, round_, round_.organisations[0])


def layout_with(
    sizes: Sequence[int] = (1, 2), norm: Norm | None = None, round_: Round | None = None
) -> Layout:
    """A layout whose themes have so many rows, numbered plainly."""
    round_ = round_ or example_round()
    norm = norm or round_.norm
    themes = tuple(
        _theme(norm.themes[index % len(norm.themes)], str(index + 1), size)
        for index, size in enumerate(sizes)
    )
    norm = evolve(norm, theme=themes)
    return layout_of(norm, evolve(round_, norm=norm), round_.organisations[0])


def _theme(theme: Theme, number: str, size: int) -> Theme:
    first = theme.requirements[0]
    rows = tuple(evolve(first, number=f"{number}.{place}") for place in range(1, size + 1))
    return evolve(theme, number=number, requirement=rows)


def row(status: str, due: Value | date | None = None) -> dict[str, Value]:
    """The answers of a row that is complete with this status, but perhaps for the date."""
    answers = {
        "status": text_value(status),
        "explanation": text_value("Het protocol is klaar, de training nog niet."),
    }
    if status == "Uitgevoerd":
        return {"status": text_value(status), "evidence": text_value("Collegebesluit 2024-0000")}
    if status != "Niet van toepassing":
        answers["action"] = text_value("Gedragscode ook laten gelden voor externen")
        answers["owner"] = text_value("Teamleider Veiligheid")
        answers["priority"] = text_value("Midden")
        if due is not None:
            answers["due_on"] = date_value(due) if isinstance(due, date) else due
    return answers


def cover() -> dict[str, Value]:
    """All cover fields, filled in well."""
    return {
        "decision_date": date_value(date(2025, 1, 14)),
        "team": text_value("Team Veiligheid"),
        "email": text_value("veiligheid@voorbeeldstad.example"),
        "discussed": text_value("Ja"),
    }


def example_answers() -> Answers:
    """Ten rows of which six are complete; every way to have or lack a date is among them."""
    evening = Value(CellKind.NUMBER, str(float(date_value(date(2025, 4, 1)).text) + 0.75))
    rows = {
        "1.1": row("Uitgevoerd"),
        "1.2": row("In\u00a0 ontwikkelinG", date(2025, 6, 30)),
        "1.3": row("Ontbreekt", date(2027, 12, 31)),
        "1.4": row("Misschien", date(2025, 6, 30)),
        "1.5": row("Niet van toepassing"),
        "2.1": row("In ontwikkeling", date(2028, 1, 1)),  # late, but that is only advice
        "2.2": row("Ontbreekt", text_value("eind 2025")),
        "2.3": row("In ontwikkeling"),
        "2.4": row("Ontbreekt", date(2025, 3, 31)),
        "2.5": row("In ontwikkeling", evening),
    }
    return Answers(rows=rows, cover={"team": text_value("Team Veiligheid")})


def typed(text: str) -> Value:
    """What typing gives: a date where it looks like one."""
    day = likely_date(text_value(text))
    return date_value(day) if day else text_value(text)


def with_parts() -> Layout:
    """Two themes with sub-items, of Voorbeeldstad."""
    return fills.voorbeeldstad(fills.WITH_PARTS)


def answers_with_parts() -> Answers:
    """Everything complete, and four things to look at again: one is done but for a sub-item."""
    layout = with_parts()
    rows = {
        number: {field: typed(text) for field, text in values.items()}
        for number, values in fills.right_answers_with_parts(layout).items()
    }
    above = next(
        s.requirement.number
        for s in layout.norm_rows
        if layout.norm.parts_below(s.requirement.number)
    )
    rows[above] = {field: typed(text) for field, text in fills.DONE.items()}
    rows[layout.norm.parts_below(above)[0]] = {"status": text_value("Nee")}
    for number in ("1.2", "2.2", "2.4"):
        rows[number] |= {"explanation": text_value("Kort.")}
    return Answers(rows=rows, cover={key: typed(text) for key, text in fills.COVER.items()})


def items(sheet: SheetPlan) -> dict[tuple[int, int], Item]:
    """The cells by row and column; a cell that is drawn twice is a fault."""
    found: dict[tuple[int, int], Item] = {}
    for item in sheet.items:
        place = (item.row, item.column)
        assert place not in found, f"{sheet.name}: {place} is drawn twice"
        found[place] = item
    return found


def shown(content: Content) -> str | float | None:
    """What a reader sees in a cell."""
    if isinstance(content, Formula):
        return content.value
    if isinstance(content, Link):
        return content.text
    if isinstance(content, Rich):
        return "".join(text for text, _ in content.runs)
    return content


def grid(sheet: SheetPlan, first: tuple[int, int], last: tuple[int, int]) -> list[list[object]]:
    """What a reader sees in an area; ``None`` where nothing stands."""
    cells = {place: shown(item.content) for place, item in items(sheet).items()}
    return [
        [cells.get((r, c)) for c in range(first[1], last[1] + 1)]
        for r in range(first[0], last[0] + 1)
    ]


def all_text(sheet: SheetPlan) -> list[str]:
    """Every text on the sheet that stands fast."""
    return [str(shown(i.content)) for i in sheet.items if i.content is not None]
