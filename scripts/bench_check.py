"""Measure the check on mutations of a good return: what it finds, where, and what it says in vain.

Per family of mutations: how many of the expected findings are said of the right cell (recall),
how many of those that are said at all stand at the right cell, and how many other findings
(fout or waarschuwing) are false alarms. Status 1 unless recall is 100 % and no alarm is false.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from attrs import define

from tests.mutations.judge import Outcome, judge, judge_base
from tests.mutations.kind import Kind
from tests.mutations.kinds import BASES, KINDS, cases


@define
class Tally:
    """Sums over the mutations of one family."""

    files: int = 0
    expected: int = 0
    found: int = 0
    elsewhere: int = 0
    alarms: int = 0
    surplus: int = 0

    def add(self, expected: int, outcome: Outcome) -> None:
        """Add one checked file."""
        self.files += 1
        self.expected += expected
        self.found += expected - len(outcome.missed)
        self.elsewhere += outcome.elsewhere
        self.alarms += outcome.alarms
        self.surplus += len(outcome.extra) - outcome.alarms

    def join(self, others: Iterable[Tally]) -> Tally:
        """Add up others."""
        for one in others:
            self.files += one.files
            self.expected += one.expected
            self.found += one.found
            self.elsewhere += one.elsewhere
            self.alarms += one.alarms
            self.surplus += one.surplus
        return self

    def line(self, name: str, kinds: int) -> str:
        """Give the row of the table."""
        recall = _share(self.found, self.expected)
        right_cell = _share(self.found, self.found + self.elsewhere)
        return (
            f"{name:<18} {kinds:>5} {self.files:>5} {self.expected:>8} {recall:>7} "
            f"{right_cell:>10} {self.alarms:>12} {self.surplus:>11}"
        )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> int:
    """Print the table and give the status."""
    tallies = {"(nothing done)": Tally(), **{kind.family: Tally() for kind in KINDS}}
    harmless = Tally()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for base in BASES:
            outcome = judge_base(base, place)
            tallies["(nothing done)"].add(0, outcome)
            wrong += _told("(nothing done)", base, outcome)
        for kind, base in cases():
            outcome = judge(kind, base, place)
            tallies[kind.family].add(len(kind.expected), outcome)
            if kind.harmless:
                harmless.add(len(kind.expected), outcome)
            wrong += _told(f"{kind.family}: {kind.name}", base, outcome)
    print(
        f"{'family':<18} {'kinds':>5} {'files':>5} {'expected':>8} {'recall':>7} "
        f"{'right cell':>10} {'false alarms':>12} {'other infos':>11}"
    )
    for name, tally in tallies.items():
        print(tally.line(name, _kinds_of(name)))
    every = Tally().join(tallies.values())
    print(harmless.line("of which harmless", sum(kind.harmless for kind in KINDS)))
    print(every.line("together", len(KINDS)))
    if wrong:
        print("", *wrong, sep="\n")
    return int(every.found != every.expected or every.alarms > 0)


def _kinds_of(family: str) -> int:
    kinds: list[Kind] = [kind for kind in KINDS if kind.family == family]
    return len(kinds)


def _told(name: str, base: str, outcome: Outcome) -> list[str]:
    return [
        f"{name} ({base}): {what} {one.severity.value} {one.code} {one.sheet} {one.cell}"
        for what, every in (("missed", outcome.missed), ("extra", outcome.extra))
        for one in every
    ]


if __name__ == "__main__":
    sys.exit(main())
