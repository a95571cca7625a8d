"""NT505: characters that cannot be seen, or that turn text round."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from normtemplates.layout.keys import IGNORED
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import visible
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context
from normtemplates.rules.registry import Case, rule

# Soft hyphen and joiners: what word processors and emoji are made of.
_HARMLESS: Final = frozenset(IGNORED + "\u00ad\u200c\u200d\u2060\x0b\x0c")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co"})


@rule(
    "NT505",
    "hidden-characters",
    Severity.INFO,
    finds="In een antwoord staan tekens die niet te zien zijn of de leesrichting omdraaien.",
    why=(
        "Ze komen soms mee bij plakken. Met zulke tekens kan een tekst er anders uitzien dan zij "
        "is."
    ),
    remedy="Typ de tekst opnieuw als u niet weet waar de tekens vandaan komen.",
    good=(
        Case(
            "Een harde spatie en een nieuwe regel zijn gewoon.",
            lambda book: book.set("2.1", "action", "Eerst\u00a0kiezen,\ndan bekendmaken"),
        ),
    ),
    bad=(
        Case(
            "Een teken dat de leesrichting omdraait.",
            lambda book: book.set("2.1", "action", "Meldpunt \u202eneiznegeh"),
            ("2.1/action",),
        ),
    ),
    known_misses=("Letters uit een ander alfabet die op de onze lijken, vallen niet op.",),
)
def hidden_characters(submission: Submission, context: Context) -> Iterator[Finding]:
    """Name the first such character of every text."""
    for one in context.typed:
        if one.cell.text.isprintable():
            continue
        hidden = next((c for c in one.cell.text if c not in _HARMLESS and _is_hidden(c)), None)
        if hidden:
            yield hidden_characters.finding(
                f"In {one.name} staat een teken dat niet te zien is ({visible(hidden)}). Weet u "
                "niet waar het vandaan komt, typ de tekst dan opnieuw.",
                sheet=one.sheet.name,
                cell=(one.cell.row, one.cell.column),
                requirement=one.number,
                field=one.field.key,
            )


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN
