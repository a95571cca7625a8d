"""A norm is data: no line of Python in the package names one that we ship."""

from __future__ import annotations

from pathlib import Path

import normtemplates
from normtemplates.definitions import Definitions

PACKAGE = Path(normtemplates.__file__).parent


def test_no_line_of_python_names_a_norm() -> None:
    norms = {round_.norm for round_ in Definitions().rounds()}
    names = {
        name.casefold()
        for norm in norms
        for name in (norm.code, norm.code.replace("-", "_"), norm.title, norm.name_in_text)
    }
    assert len(names) >= 4
    named = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if any(name in line.casefold() for name in names)
    ]
    assert named == []
