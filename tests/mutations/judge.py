"""Check a mutated return as an operator would, and compare what is said with what must be."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from normtemplates.jobs.check import CheckContext, check_context, check_workbook
from normtemplates.model.finding import Severity
from tests.clients import fills
from tests.mutations.kind import Expected, Kind, base, mutated

#: The file that is checked, in the folder that is given.
FILE = "overzicht.xlsx"

# In the return that LibreOffice saved, the same texts stand at many norms.
_OF_THE_RETURN = "NT503"


class Outcome(NamedTuple):
    """What was expected and not said, and what was said and not expected."""

    missed: tuple[Expected, ...]
    extra: tuple[Expected, ...]

    @property
    def exact(self) -> bool:
        """Tell whether exactly the expected was said."""
        return not self.missed and not self.extra

    @property
    def alarms(self) -> int:
        """Count the unexpected findings that ask somebody to do something."""
        return sum(one.severity is not Severity.INFO for one in self.extra)

    @property
    def elsewhere(self) -> int:
        """Count the missed findings that were said, but of another place."""
        codes = Counter(one.code for one in self.extra)
        return (Counter(one.code for one in self.missed) & codes).total()


@cache
def _context() -> CheckContext:
    return check_context(fills.definitions(), fills.ROUND)


def said_of(data: bytes, base_name: str, folder: Path) -> Counter[Expected]:
    """Give all findings on a file."""
    path = folder / FILE
    path.write_bytes(data)
    return Counter(
        Expected(one.severity, one.code, one.sheet, one.cell)
        for one in check_workbook(path, _context()).findings
        if not (base_name == "returned" and one.code == _OF_THE_RETURN)
    )


def judge(kind: Kind, base_name: str, folder: Path) -> Outcome:
    """Do the mutation, check the file, compare."""
    said = said_of(mutated(kind, base_name), base_name, folder)
    wanted = Counter(kind.expected)
    return Outcome(tuple((wanted - said).elements()), tuple((said - wanted).elements()))


def judge_base(base_name: str, folder: Path) -> Outcome:
    """Check the file that nothing was done to."""
    return Outcome((), tuple(said_of(base(base_name), base_name, folder).elements()))
