"""Rules about a whole round: what several files say together, and what is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from attrs import field, frozen

from normtemplates.model.finding import Finding, Report, Severity
from normtemplates.model.returned import Return, Turnout, turnout
from normtemplates.model.round import Round
from normtemplates.model.submission import Submission
from normtemplates.rules.context import Context, Crash
from normtemplates.rules.registry import INTERNAL_ERROR, Case, FileRule, Rule, all_rules, rule_of


@frozen(eq=False, slots=False)
class Inbox:
    """All that came back: what the rules about a round look at.

    ``round`` is the one that it is about, ``None`` when that cannot be told; ``rounds`` are all
    rounds known.
    """

    returns: tuple[Return, ...]
    round: Round | None
    rounds: tuple[Round, ...]

    @cached_property
    def turnouts(self) -> tuple[Turnout, ...]:
        """Give what each organisation sent, of the round or else of every round that a file is of.

        In the order of the rounds, and of the organisations in each.
        """
        named = {one.report.round for one in self.returns}
        chosen = (self.round,) if self.round else (r for r in self.rounds if r.name in named)
        return tuple(one for round_ in chosen for one in turnout(round_, self.returns))

    def round_of(self, one: Return) -> Round | None:
        """Give the round that a file should be of: that of the inbox, or its own."""
        own = (r for r in self.rounds if r.name == one.report.round)
        return self.round or next(own, None)


class Told(NamedTuple):
    """A finding, and the report that it belongs to; ``None`` for the round itself."""

    report: Report | None
    finding: Finding


RoundCheck = Callable[[Inbox], Iterator[Told]]


@frozen(eq=False, kw_only=True)
class RoundRule(Rule):
    """A rule about a round; its check sees all files together, but no more of each than facts."""

    check: RoundCheck

    def of(self, one: Return, message: str) -> Told:
        """Give a finding on one of the files."""
        return Told(one.report, self.finding(message))

    def on_round(self, message: str) -> Told:
        """Give a finding on the round itself."""
        return Told(None, self.finding(message))


def round_rule(
    code: str,
    name: str,
    *,
    finds: str,
    why: str,
    remedy: str,
    good: tuple[Case, ...],
    bad: tuple[Case, ...],
    known_misses: tuple[str, ...] = (),
) -> Callable[[RoundCheck], RoundRule]:
    """Make a rule about a round of the function below it.

    It always warns: what is wrong with a round is no fout in anybody's file.
    """

    def register(check: RoundCheck) -> RoundRule:
        return RoundRule(
            code=code,
            name=name,
            severity=Severity.WAARSCHUWING,
            finds=finds,
            why=why,
            remedy=remedy,
            good=good,
            bad=bad,
            known_misses=known_misses,
            check=check,
        )

    return register


@cache
def round_rules() -> tuple[RoundRule, ...]:
    """Give the rules about a round, sorted by code."""
    return tuple(one for one in all_rules() if isinstance(one, RoundRule))


@frozen
class RoundFindings:
    """What the rules say: of the round itself, and of files by the path of their report."""

    round: tuple[Finding, ...] = ()
    files: dict[str, tuple[Finding, ...]] = field(factory=dict)


def run_round(inbox: Inbox, rules: Sequence[RoundRule] | None = None) -> RoundFindings:
    """Give all findings on a round in one pass; a rule that crashes is told of by ``NT900``."""
    told: list[Told] = []
    crashes: list[Crash] = []
    for one in round_rules() if rules is None else rules:
        try:
            for each in one.check(inbox):
                told.append(each)  # one by one: what came before a crash is kept
        except MemoryError:
            raise
        except Exception as error:
            crashes.append(Crash(one.code, type(error).__name__))
    internal = rule_of(INTERNAL_ERROR)
    if crashes and isinstance(internal, FileRule):
        context = Context(None, crashes=tuple(crashes))
        told += (Told(None, f) for f in internal.check(Submission(""), context))
    files: dict[str, tuple[Finding, ...]] = {}
    for report, finding in told:
        if report:
            files[report.path] = (*files.get(report.path, ()), finding)
    return RoundFindings(tuple(f for report, f in told if report is None), files)
