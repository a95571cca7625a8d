"""Write the tables in docs/briefsjablonen.md from the code; ``--check`` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from normtemplates.definitions import Definitions
from normtemplates.letters.blanks import BLANKS
from normtemplates.letters.context import names
from normtemplates.letters.faults import LETTER, TEMPLATE, Kind
from normtemplates.letters.sandbox import FILTER_MEANINGS

_END = "<!-- einde -->"
TARGET = Path(__file__).parents[1] / "docs" / "briefsjablonen.md"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Give a Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in x) + " |" for x in lines)


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


def document() -> str:
    """Give the whole document: the prose as it is, the tables as the code has them."""
    text = TARGET.read_text(encoding="utf-8")
    for mark, made in tables().items():
        begin = f"<!-- {mark} -->\n"
        if text.count(begin) != 1:
            raise SystemExit(f"{TARGET}: the mark {mark} must be there once")
        before, _, rest = text.partition(begin)
        after = rest.partition(_END)[2]
        text = f"{before}{begin}\n{made}\n\n{_END}{after}"
    return text


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    made = document()
    if "--check" in arguments:
        if TARGET.read_text(encoding="utf-8") == made:
            return 0
        print("docs/briefsjablonen.md is out of date: run scripts/docs-letters", file=sys.stderr)
        return 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
