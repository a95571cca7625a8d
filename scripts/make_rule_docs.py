"""Write docs/regels.md from the rules themselves; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from normtemplates.rules.manual import manual

TARGET = Path(__file__).parents[1] / "docs" / "regels.md"


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the rules give."""
    made = manual()
    if "--check" in arguments:
        if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made:
            return 0
        print("docs/regels.md is out of date: run scripts/make_rule_docs.py", file=sys.stderr)
        return 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
