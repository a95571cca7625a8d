"""NT411: done, yet the norm that it builds on is missing."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.norm import Role
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import spot
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT411",
    "done-without-base",
    Severity.WAARSCHUWING,
    finds="Een norm is uitgevoerd, terwijl de norm waarop hij bouwt er nog niet is.",
    why=(
        "Wie uitvoert wat in een beleid staat, heeft dat beleid. Een van de twee antwoorden klopt "
        "dan meestal niet."
    ),
    remedy="Kijk naar beide normen en verbeter de status die niet klopt.",
    good=(
        Case(
            "Beide zijn uitgevoerd.",
            lambda book: book.answer("1.3", "Uitgevoerd", evidence="Verslag van de training"),
        ),
        Case(
            "De norm waarop hij bouwt is in ontwikkeling.",
            lambda book: (
                book.answer("1.3", "Uitgevoerd", evidence="Verslag van de training"),
                book.set("1.1", "status", "In ontwikkeling"),
            ),
        ),
    ),
    bad=(
        Case(
            "De training is gegeven, maar de gedragscode ontbreekt.",
            lambda book: (
                book.answer("1.3", "Uitgevoerd", evidence="Verslag van de training"),
                book.set("1.1", "status", "Ontbreekt"),
            ),
            ("1.3/status",),
        ),
    ),
    known_misses=(
        "Welke norm op welke bouwt, staat in de norm zelf; wat daar niet staat, telt niet.",
    ),
)
def done_without_base(submission: Submission, context: Context) -> Iterator[Finding]:
    """Compare the status of each requirement with those that it builds on."""
    found, roles = context.found, context.roles
    if found is None:
        return
    layout = found.layout
    for slot in layout.rows:
        number = slot.requirement.number
        if roles.get(number) is not Role.DONE or not slot.requirement.builds_on:
            continue
        for base in slot.requirement.builds_on:
            if roles.get(base) is Role.MISSING:
                status = layout.column_by_key[layout.status_key].field
                label = found.answers.row(number)[layout.status_key].text.strip()
                missing = found.answers.row(base)[layout.status_key].text.strip()
                yield done_without_base.finding(
                    f"{status.header} is ‘{label}’, maar deze norm bouwt op norm {base} en die "
                    f"staat op ‘{missing}’. Klopt dat niet, verbeter dan een van de twee.",
                    sheet=found.sheet.name,
                    cell=spot(found, found.rows.by_number[number], layout.status_key),
                    requirement=number,
                    field=layout.status_key,
                )
