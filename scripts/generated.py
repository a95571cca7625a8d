"""Documents that are made from the code: written, or with ``--check`` only compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_END = "<!-- einde -->"
_DOCS = Path(__file__).parents[1] / "docs"


def document(name: str) -> Path:
    """Give the path of a document in docs/."""
    return _DOCS / name


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Give a Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in x) + " |" for x in lines)


def with_tables(target: Path, tables: Mapping[str, str]) -> str:
    """Give a document with its prose as it is and ``tables`` between their marks."""
    text = target.read_text(encoding="utf-8")
    for mark, made in tables.items():
        begin = f"<!-- {mark} -->\n"
        if text.count(begin) != 1:
            raise SystemExit(f"{target}: the mark {mark} must be there once")
        before, _, rest = text.partition(begin)
        after = rest.partition(_END)[2]
        text = f"{before}{begin}\n{made}\n\n{_END}{after}"
    return text


def settle(target: Path, made: str, script: str, arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    if "--check" in arguments:
        if target.is_file() and target.read_text(encoding="utf-8") == made:
            return 0
        print(f"docs/{target.name} is out of date: run scripts/{script}", file=sys.stderr)
        return 1
    target.write_text(made, encoding="utf-8")
    return 0
