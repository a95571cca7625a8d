"""What came back for a round: which of several files of one organisation counts, and who is left.

A round never counts an organisation twice. The last one that was saved counts, since that is what
the organisation has to say now, even when it is not right yet. Files that say the same are one.
When nobody can tell which is the last, the only one without a fout counts; when there are more of
those, none does until a person has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from attrs import frozen

from normtemplates.model.finding import Report, ReportStatus, Standing
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

#: Why a file counts, or (``unknown``) none does: it is the only one, the others say the same, it
#: was saved last, or it is the only one without a fout.
Ground = Literal["only", "same", "last", "sound", "unknown"]


@frozen
class Facts:
    """What is kept of a file besides its report: little, for a thousand files stay in memory.

    ``stamped`` is the code of the organisation that its stamp names, ``modified`` when a program
    saved it last, as the file says; each ``None`` when unknown. ``answers`` is a digest of all
    answers and ``rows`` one of eight bytes for each row with words of their own (``rules/facts.py``
    makes both); empty when no answer was taken. ``structure`` says that more than its values was
    read: protection, lists and formulas.
    """

    stamped: str | None = None
    modified: datetime | None = None
    answers: bytes = b""
    rows: bytes = b""
    structure: bool = True


#: What is known of a file that nothing was taken from.
NO_FACTS: Final = Facts()


@frozen(eq=False)
class Return:
    """One file that came back: its report and its facts."""

    report: Report
    facts: Facts = NO_FACTS

    @property
    def taken(self) -> bool:
        """Tell whether answers were taken from it."""
        return self.report.status is not ReportStatus.GEWEIGERD


@frozen(eq=False)
class Turnout:
    """What one organisation of a round sent.

    ``returns`` are the files that answers were taken from, ``refused`` the others that are known
    to be its. ``counts`` is the one of ``returns`` that counts, ``None`` for none, and ``ground``
    says why.
    """

    organisation: Organisation
    returns: tuple[Return, ...]
    refused: tuple[Return, ...]
    counts: Return | None
    ground: Ground

    @property
    def standing(self) -> Standing:
        """Give how the organisation stands in the round."""
        if self.counts:
            return Standing(self.counts.report.status.value)
        if self.returns:
            return Standing.DUBBEL
        return Standing.GEWEIGERD if self.refused else Standing.NIET


def turnout(round_: Round, returns: Iterable[Return]) -> tuple[Turnout, ...]:
    """Give what each organisation of ``round_`` sent, in the order of the round.

    A file that was refused is of no round: it goes with its sender, where that is known.
    """
    taken: dict[str | None, list[Return]] = {}
    refused: dict[str | None, list[Return]] = {}
    for one in returns:
        if not one.taken:
            refused.setdefault(one.report.organisation, []).append(one)
        elif one.report.round == round_.name:
            taken.setdefault(one.report.organisation, []).append(one)
    every = []
    for organisation in round_.organisations:
        here = tuple(taken.get(organisation.code, ()))
        sent = tuple(refused.get(organisation.code, ()))
        every.append(Turnout(organisation, here, sent, *which_counts(here)))
    return tuple(every)


def which_counts(returns: Sequence[Return]) -> tuple[Return | None, Ground]:
    """Give which of the files of one organisation counts, and why; see the top of this module."""
    if len(returns) < 2:
        return (returns[0] if returns else None), "only"
    if len({_says(one) for one in returns}) == 1:
        return _best(returns), "same"
    known = [one.facts.modified for one in returns if one.facts.modified]
    if len(known) == len(returns):
        last = [one for one in returns if one.facts.modified == max(known)]
        if len({_says(one) for one in last}) == 1:
            return _best(last), "last"
    sound = [one for one in returns if one.report.status is ReportStatus.AKKOORD]
    if len({_says(one) for one in sound}) == 1:
        return _best(sound), "sound"
    return None, "unknown"


def _says(one: Return) -> object:
    """Give what is equal for files that say the same."""
    return one.facts.answers or id(one)


def _best(returns: Sequence[Return]) -> Return:
    """Give one without a fout, then one of known structure, with the fewest findings, the first."""
    return min(
        returns,
        key=lambda one: (
            one.report.status is not ReportStatus.AKKOORD,
            not one.facts.structure,
            len(one.report.findings),
        ),
    )
