"""Two editions of the small norm: one norm renumbered, one split, two joined, one dropped."""

from __future__ import annotations

from pathlib import Path

from tests.definitions.small import GOOD, Change, spoiled

_THEMES = GOOD.index("[[theme]]")

OLD_THEMES = """\
[[theme]]
number = "1"
title = "Eerste thema"
introduction = "Waar het over gaat."

[[theme.requirement]]
number = "1.1"
text = "Wij doen dit"

[[theme.requirement]]
number = "1.2"
text = "Wij doen dat en het andere"

[[theme.requirement]]
number = "1.3"
text = "Wij leggen het vast"

[[theme.requirement]]
number = "1.4"
text = "Wij bewaren het"

[[theme.requirement]]
number = "1.5"
text = "Wij sturen een fax"

[[theme.requirement]]
number = "1.6"
text = "Wij blijven dit doen"
"""

NEW_THEMES = """\
[[theme]]
number = "1"
title = "Eerste thema"
introduction = "Waar het over gaat."

[[theme.requirement]]
number = "1.1"
text = "Wij beginnen ergens"

[[theme.requirement]]
number = "1.2"
text = "Wij doen dit"

[[theme.requirement]]
number = "1.3"
text = "Wij doen dat"

[[theme.requirement]]
number = "1.4"
text = "Wij doen het andere"

[[theme.requirement]]
number = "1.5"
text = "Wij leggen het vast en bewaren het"

[[theme.requirement]]
number = "1.6"
text = "Wij blijven dit altijd doen"
"""

CHANGES = """\
[[change]]
old = ["1.1"]
new = ["1.2"]

[[change]]
old = ["1.2"]
new = ["1.3", "1.4"]
note = "Het waren twee dingen."

[[change]]
old = ["1.3", "1.4"]
new = ["1.5"]

[[change]]
old = ["1.5"]
new = []
note = "Niemand heeft nog een fax."

"""

OLD = GOOD[:_THEMES] + OLD_THEMES
_NAMED = 'edition = "2025"', 'edition = "2026"\nprevious_edition = "2025"'
NEW = spoiled(_NAMED)[: spoiled(_NAMED).index("[[theme]]")] + CHANGES + NEW_THEMES


def two_editions(folder: Path, *changes: Change) -> Path:
    """Write both editions under ``folder``, the new one with ``changes``, and give its path."""
    home = folder / "norms" / "proef"
    home.mkdir(parents=True, exist_ok=True)
    text = NEW
    for old, new in changes:
        assert old in text, f"not in the norm: {old!r}"
        text = text.replace(old, new, 1)
    (home / "2025.toml").write_text(OLD, encoding="utf-8")
    path = home / "2026.toml"
    path.write_text(text, encoding="utf-8")
    return path
