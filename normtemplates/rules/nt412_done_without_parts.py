"""NT412: done, yet one of its sub-items is not."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.dutch import enumerate_nl
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import Role
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_OPEN = (Role.PARTLY, Role.MISSING)


@rule(
    "NT412",
    "done-without-parts",
    Severity.WAARSCHUWING,
    finds="Een norm is uitgevoerd, maar een onderdeel ervan nog niet.",
    why="Een norm met onderdelen is pas uitgevoerd als alle onderdelen dat zijn.",
    remedy="Kijk naar de norm en haar onderdelen en verbeter de status die niet klopt.",
    good=(
        Case(
            "Norm en onderdeel zijn uitgevoerd.",
            lambda book: (
                book.answer("2.1", "Uitgevoerd", evidence="Besluit"),
                book.answer("2.1.a", "Uitgevoerd", evidence="Rooster"),
            ),
        ),
        Case("De norm zelf is ook nog niet uitgevoerd."),
    ),
    bad=(
        Case(
            "De norm is uitgevoerd, het onderdeel ontbreekt.",
            lambda book: book.answer("2.1", "Uitgevoerd", evidence="Besluit"),
            ("2.1/status",),
        ),
    ),
    known_misses=("Een onderdeel zonder status is een andere melding.",),
)
def done_without_parts(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare the status of each requirement with those of the numbers below its own."""
    found, roles = context.found, context.roles
    if found is None:
        return
    layout = found.layout
    parts: dict[str, list[str]] = {}
    for slot in layout.rows:
        number = slot.requirement.number
        if roles.get(number) in _OPEN:
            parts.setdefault(number.rpartition(".")[0], []).append(number)
    for number, below in parts.items():
        if roles.get(number) is Role.DONE:
            status = layout.column_by_key[layout.status_key].field
            label = found.answers.row(number)[layout.status_key].text.strip()
            yield done_without_parts.finding(
                f"{status.header} is ‘{label}’, maar onderdeel {enumerate_nl(below)} is dat nog "
                "niet. Kijk welke status niet klopt.",
                sheet=found.sheet.name,
                cell=spot(found, found.rows.by_number[number], layout.status_key),
                requirement=number,
                field=layout.status_key,
            )
