"""NT900: one of our rules crashed."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import INTERNAL_ERROR, Case, rule


@rule(
    INTERNAL_ERROR,
    "internal-error",
    Severity.FOUT,
    finds="Een van onze eigen controles is vastgelopen.",
    why=(
        "Dan is iets niet nagekeken. Dat moet te zien zijn, anders lijkt het of alles in orde is. "
        "Het is een fout van ons, niet van u."
    ),
    remedy="Meld het met dit bestand aan de beheerder van normtemplates. De rest is wel nagekeken.",
    good=(Case("Geen enkele controle loopt vast."),),
    bad=(
        Case(
            "Een controle loopt vast; de andere gaan door.",
            lambda book: book.crash("NT401"),
            ("",),
        ),
    ),
    mended="De controle is op dit bestand opnieuw gedaan.",
)
def internal_error(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell which rule crashed, whose fault that is and what to do."""
    for crash in context.crashes:
        which = f"Controle {crash.rule}" if crash.rule else "De controle van dit bestand"
        error = f" ({crash.error})" if crash.error else ""
        done = "Er is niets gelezen" if crash.refuses else "De andere controles zijn wel gedaan"
        yield internal_error.finding(
            f"{which} is vastgelopen{error}. Dat is een fout van ons, niet van u. {done}. Meld dit "
            "met het bestand aan de beheerder van normtemplates.",
            refuses=crash.refuses,
        )
