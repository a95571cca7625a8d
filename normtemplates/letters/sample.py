"""Invented values for a letter that nobody sends: what a template makes of them shows its faults.

Nobody's overview is in it. Everything that a letter can say is there once, and once it is not:
lists that are empty and blanks that are open make other letters than full ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import evolve, frozen

from normtemplates.letters.blanks import BLANKS
from normtemplates.letters.feedback import FeedbackNames, GroupNames, mend_count
from normtemplates.letters.progress import Answered, ProgressNames, progress_names
from normtemplates.letters.workbook import StepNames, WorkbookNames
from normtemplates.model.norm import Role
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

#: Who the letter is of: a name that no register has.
NAME: Final = "Voorbeeldstad"
CODE: Final = "XX0000"
_TEXT: Final = "Voorbeeld van een tekst"


@frozen
class Sample:
    """What one letter is drawn from; ``title`` says in Dutch which letter that is."""

    title: str
    organisation: Organisation
    round: Round
    values: Mapping[str, str]
    drawn: Mapping[str, object]


def samples(rounds: Iterable[Round], blanks: Collection[str]) -> Iterator[Sample]:
    """Give a full letter and a bare one for each kind of organisation in each norm.

    ``blanks`` are the keys of those that the template has a place for.
    """
    norms = {round_.norm.code: round_ for round_ in rounds}
    for round_ in norms.values():
        senders = {one.kind.code: one for one in round_.organisations}
        for sender in senders.values():
            organisation = evolve(sender, code=CODE, name=NAME, running_name=NAME)
            for full in (True, False):
                how = "met alles erin" if full else "met zo min mogelijk erin"
                yield Sample(
                    f"een proefbrief ({sender.kind.code}, {round_.norm.title}, {how})",
                    organisation,
                    round_,
                    sample_values(round_, blanks) if full else {},
                    {
                        "workbook": sample_workbook(organisation),
                        "progress": sample_progress(organisation, round_, detail=full),
                        "feedback": sample_feedback(organisation, round_, refused=not full),
                    },
                )


def sample_values(round_: Round, blanks: Collection[str]) -> dict[str, str]:
    """Give a value for each of ``blanks``, by key."""
    day = round_.reference_date.isoformat()
    return {b.key: day if b.dated else _TEXT[: b.length] for b in BLANKS if b.key in blanks}


def sample_answers(round_: Round, *, done: bool = False) -> dict[str, Answered]:
    """Give an answer to each norm, by number: all statuses in turn, or with ``done`` all the first.

    Actions end in the years after the round.
    """
    norm = round_.norm
    answers: dict[str, Answered] = {}
    for place, requirement in enumerate(norm.requirements):
        scale = norm.scale_for(requirement)
        finished = [status for status in scale if status.role is Role.DONE]
        status = finished[0] if done and finished else scale[place % len(scale)]
        due: date | None = None
        if status.role in (Role.PARTLY, Role.MISSING):
            due = round_.reference_date + timedelta(days=60 + place * 17)
        action = f"{_TEXT} over een actie" if due else ""
        answers[requirement.number] = Answered(status.key, status.label, due, action)
    return answers


def sample_progress(
    organisation: Organisation, round_: Round, *, detail: bool = False
) -> ProgressNames:
    """Give ``progress`` of :func:`sample_answers`; without ``detail`` everything is done."""
    answers = sample_answers(round_, done=not detail)
    return progress_names(organisation, round_, answers, detail=detail)


def sample_feedback(
    organisation: Organisation, round_: Round, *, refused: bool = False
) -> FeedbackNames:
    """Give ``feedback`` with one point for each norm; ``refused`` for one on the file alone."""
    numbers = [r.number for r in round_.norm.requirements]
    groups = tuple(GroupNames(f"Norm {number}", (_TEXT, _TEXT)) for number in numbers)
    mend = (GroupNames("Het bestand", (_TEXT,)),) if refused else groups
    region = organisation.region
    return FeedbackNames(
        refused=refused,
        mend=mend,
        mend_count=mend_count(len(mend)),
        look=() if refused else groups,
        correction="" if refused else f"correctie-{CODE}.xlsx",
        mended="" if refused else f"bij norm {numbers[0]}",
        return_to=region.name,
        ask=region.name,
    )


def sample_workbook(organisation: Organisation) -> WorkbookNames:
    """Give ``workbook`` with two steps."""
    steps = (StepNames(_TEXT, _TEXT), StepNames(_TEXT, _TEXT))
    return WorkbookNames(f"overzicht-{CODE}.xlsx", steps, "twee", organisation.region.name)
