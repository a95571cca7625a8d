"""Write docs/regels.md from the rules themselves; ``--check`` only compares."""

from __future__ import annotations

import sys

from normtemplates.rules.manual import manual
from scripts.generated import document, settle

TARGET = document("regels.md")


def run(arguments: list[str]) -> int:
    """Write or compare; 1 when the document on disk is not the one that the code gives."""
    return settle(TARGET, manual(), "docs-rules", arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
