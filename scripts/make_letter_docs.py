"""Write the tables in docs/briefsjablonen.md from the code; ``--check`` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from normtemplates.definitions import Definitions
from normtemplates.letters.blanks import BLANKS
from normtemplates.letters.context import names
from normtemplates.letters.faults import LETTER, TEMPLATE, Kind
from normtemplates.letters.sandbox import FILTER_MEANINGS
from scripts.generated import document, settle, table, with_tables

TARGET = document("briefsjablonen.md")


def faults(kinds: Mapping[str, Kind]) -> str:
    """Give the table of what can be wrong."""
    head = ("code", "hoe erg", "wat er is", "wat u doet")
    rows = [(f"`{c}`", k.severity.value, k.meaning, _safe(k.remedy)) for c, k in kinds.items()]
    return table(head, rows)


def _safe(text: str) -> str:
    """Keep GitHub from taking ``>`` and tags for markup."""
    return re.sub(r"(\{[{%].*?[%}]\})", r"`\1`", text)


def tables() -> dict[str, str]:
    """Give every table by its mark."""
    blanks = [
        (f"`{b.key}`", b.label, "een datum" if b.dated else f"hooguit {b.length} tekens")
        for b in BLANKS
    ]
    kinds = Definitions().kinds
    shown = [kinds[code] for code in ("gemeente", "provincie")]
    terms = [(f"`terms.{word}`", *(k.terms[word] for k in shown)) for word in shown[0].terms]
    return {
        "vakken": table(("label", "wat erin komt", "vorm"), blanks),
        "namen": table(("naam", "wat het is"), [(f"`{n}`", meaning) for n, meaning in names()]),
        "woorden": table(("naam", "gemeente", "provincie"), terms),
        "bewerkingen": table(
            ("bewerking", "wat zij doet"), [(f"`{n}`", m) for n, m in FILTER_MEANINGS.items()]
        ),
        "sjabloonfouten": faults(TEMPLATE),
        "brieffouten": faults(LETTER),
    }


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    return settle(TARGET, with_tables(TARGET, tables()), "docs-letters", arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
