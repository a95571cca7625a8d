"""NT413: a step back since the round before, and nothing says why."""

from __future__ import annotations

from collections.abc import Iterator

from normtemplates.layout.step_back import StepBack
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule


@rule(
    "NT413",
    "step-back-unexplained",
    Severity.WAARSCHUWING,
    finds=(
        "Er is minder op orde dan in de vorige ronde, en de toelichting is nog die van toen of is "
        "leeg."
    ),
    why=(
        "Een stap terug kan: een medewerker vertrok, een regeling verliep. Wie dat leest, wil "
        "weten waardoor. Vaak is ook de verkeerde status gekozen."
    ),
    remedy="Schrijf in de toelichting wat er is veranderd, of kies de status die klopt.",
    good=(
        Case(
            "Wat in ontwikkeling was, is dat nog, met dezelfde toelichting.",
            lambda book: book.a_round_later(
                n1_3=("In ontwikkeling", "De training is klaar, maar nog niet verplicht.")
            ),
        ),
        Case(
            "Een stap terug met een nieuwe toelichting.",
            lambda book: book.a_round_later(n1_3=("Uitgevoerd", "De training was verplicht.")),
        ),
        Case(
            "Een stap vooruit.",
            lambda book: book.a_round_later(n1_1=("Ontbreekt", "Er was nog geen besluit.")),
        ),
    ),
    bad=(
        Case(
            "Uitgevoerd werd In ontwikkeling; de toelichting is die van toen.",
            lambda book: book.a_round_later(
                n1_3=("Uitgevoerd", "De training is klaar, maar nog niet verplicht.")
            ),
            ("1.3/explanation",),
        ),
        Case(
            "In ontwikkeling werd Ontbreekt, zonder nieuwe toelichting.",
            lambda book: book.a_round_later(
                n2_1=("In ontwikkeling", "Er is nog geen meldpunt gekozen.")
            ),
            ("2.1/explanation",),
        ),
    ),
    known_misses=(
        "Een toelichting die anders is maar niets uitlegt, valt niet op.",
        "Niet als de organisatie uit een samenvoeging komt en de vorige statussen verschillen.",
        "Niet als het overzicht zonder de antwoorden van de vorige ronde is gemaakt.",
    ),
    conditions=(StepBack,),
)
def step_back_unexplained(submission: Submission, context: Context) -> Iterator[Finding]:
    """Tell of each broken condition of this kind."""
    yield from step_back_unexplained.broken(context)
