"""How messages of a rule about a round call files: short, and told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from normtemplates.model.returned import Return
from normtemplates.model.shown import shown

_LONGEST = 120


def file_names(returns: Sequence[Return]) -> dict[str, str]:
    """Give by path the name of each file between quotes; the whole path where names are equal."""
    paths = [one.report.path for one in returns]
    count = Counter(PurePath(path).name for path in paths)
    names = {path: PurePath(path).name for path in paths}
    return {
        path: f"‘{shown(name if count[name] == 1 else path, _LONGEST)}’"
        for path, name in names.items()
    }
