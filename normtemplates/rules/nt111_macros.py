"""NT111: the file holds macros."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

_ADVICE = (
    "Ze horen niet in het overzicht en zijn niet uitgevoerd. Sla de werkmap op als ‘Excel-werkmap"
    " (.xlsx)’, zonder macro’s, en stuur dat bestand."
)


@rule(
    "NT111",
    "macros",
    Severity.WAARSCHUWING,
    finds="In het bestand zitten macro’s.",
    why=(
        "Het overzicht zoals het is verstuurd heeft geen macro’s. Macro’s kunnen schadelijk zijn;"
        " ze zijn niet uitgevoerd."
    ),
    remedy="Sla de werkmap op als .xlsx; daarin passen geen macro’s.",
    good=(Case("Een ingevuld overzicht."),),
    bad=(
        Case(
            "Een werkmap met macro’s.",
            lambda book: book.trouble("macros", "Dit bestand bevat macro’s.", fatal=False),
            ("",),
        ),
    ),
    known_misses=(
        (
            "Wat de macro doet wordt niet bekeken: ook een onschuldige macro geeft deze "
            "waarschuwing."
        ),
    ),
    troubles=("macros",),
    mended="In dit bestand zitten geen macro’s.",
)
def macros(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each trouble of this kind."""
    yield from macros.trouble(submission, _ADVICE)
