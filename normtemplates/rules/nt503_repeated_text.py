"""NT503: the same long text on many rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from normtemplates.layout.keys import key_of_text
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import FieldKind, Role
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import AnswerCell
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_MOST: Final = 5  # rows with the same text that nobody wonders at
_FEWEST_LETTERS: Final = 15
_ROOM: Final = 200  # a field with less room asks for a name or a place, which may come back


@rule(
    "NT503",
    "repeated-text",
    Severity.INFO,
    finds="Dezelfde toelichting of actie staat bij meer dan vijf normen.",
    why="Een tekst die overal past, zegt bij geen enkele norm hoe het ervoor staat.",
    remedy="Kijk of de tekst bij elke norm klopt. Zo ja, dan hoeft u niets te doen.",
    good=(Case("Elke norm heeft een eigen tekst."),),
    bad=(
        Case(
            "Zes keer dezelfde toelichting.",
            lambda book: book.everywhere("explanation", "Dit komt in het plan van volgend jaar."),
            ("1.1/explanation",),
        ),
    ),
    known_misses=("Teksten die een paar letters verschillen, tellen niet als dezelfde.",),
)
def repeated_text(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell once of each text, on the first row that has it."""
    groups: dict[tuple[str, str], list[AnswerCell]] = {}
    for one in context.typed:
        if one.number and _explains(one):
            groups.setdefault((one.field.key, key_of_text(one.cell.text)), []).append(one)
    for (_, key), cells in groups.items():
        if len(cells) > _MOST and len(key) >= _FEWEST_LETTERS:
            one = cells[0]
            yield repeated_text.finding(
                f"{one.name} is bij {len(cells)} normen precies hetzelfde. Klopt de tekst bij elk "
                "van die normen, dan hoeft u niets te doen.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )


def _explains(one: AnswerCell) -> bool:
    field = one.field
    roomy = field.max_length is None or field.max_length > _ROOM
    return field.kind is FieldKind.TEXT and roomy and Role.MISSING in field.required_for
