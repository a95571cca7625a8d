"""Measure the check: what it finds of mutations, what it stands of hostile files, and in one round.

Per family of mutations: how many of the expected findings are said of the right cell (recall),
how many of those that are said at all stand at the right cell, and how many other findings
(fout or waarschuwing) are false alarms. Per family of hostile files: how many must be refused and
are, how many have the code that they must have, and what the worst took. At last a file with
twelve independent mistakes. Status 1 unless recall is 100 %, no alarm is false and nothing is
wrong.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Container, Iterable
from pathlib import Path

from attrs import define

from tests.hostile.judge import MEMORY, SECONDS
from tests.hostile.judge import Outcome as HostileOutcome
from tests.hostile.judge import run as run_hostile
from tests.hostile.one_round import MISTAKES, said_in_one_round
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
    """Print the tables and give the status."""
    return max(_mutations(), _hostile(), _one_round())


def _hostile() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "hostile"
        place.mkdir()
        outcome = run_hostile(place)
    print(
        f"\n{'hostile files':<18} {'files':>5} {'to refuse':>9} {'refused':>7} {'to name':>8} "
        f"{'named':>6} {'lost worker':>11} {'wrong':>6} {'slowest':>8} {'peak':>7}"
    )
    families = dict.fromkeys(case.family for case in outcome.results)
    for family in families:
        print(_hostile_line(family, outcome, {family}))
    print(_hostile_line("together", outcome, families))
    print(
        "0 crashes of the command, 0 tracebacks, "
        f"nothing over {SECONDS} s or {MEMORY} MB, nothing written "
        f"elsewhere, no network; {outcome.cpu:.0f} s CPU in the workers"
        if not outcome.wrong and not outcome.faults
        else ""
    )
    for case, what in outcome.wrong.items():
        print(f"{case.family}: {case.name}: {what}")
    print(*outcome.faults, sep="\n", end="\n" if outcome.faults else "")
    return int(bool(outcome.wrong or outcome.faults))


def _hostile_line(name: str, outcome: HostileOutcome, families: Container[str]) -> str:
    chosen = {case: r for case, r in outcome.results.items() if case.family in families}
    refuse = [r for case, r in chosen.items() if case.refused]
    named = [bool(case.codes & r.codes) for case, r in chosen.items() if case.codes]
    wrong = sum(case in outcome.wrong for case in chosen)
    return (
        f"{name:<18} {len(chosen):>5} {len(refuse):>9} "
        f"{sum(r.status == 'geweigerd' for r in refuse):>7} {len(named):>8} {sum(named):>6} "
        f"{sum(r.lost for r in chosen.values()):>11} {wrong:>6} "
        f"{max(r.seconds for r in chosen.values()):>6.1f} s "
        f"{max(r.peak for r in chosen.values()):>4} MB"
    )


def _one_round() -> int:
    with tempfile.TemporaryDirectory() as folder:
        said = said_in_one_round(Path(folder))
    found = set(said) & set(MISTAKES.values())
    print(f"\none round: {len(found)} of {len(MISTAKES)} independent mistakes in one file, one run")
    return int(said != set(MISTAKES.values()))


def _mutations() -> int:
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
