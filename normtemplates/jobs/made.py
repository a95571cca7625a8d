"""What a check makes besides its report: correction workbooks, and the hand-over of answers.

The work on one file can be done in a worker (:func:`extras_of`); only :class:`Made` writes, one
file after another, so that nothing but the rows of the hand-over stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from attrs import field, frozen

from normtemplates.errors import OutputError
from normtemplates.jobs.answers import (
    check_answers_path,
    files_of,
    sha256_of,
    write_answers,
)
from normtemplates.jobs.correct import (
    correction_name,
    correction_of_older,
    correction_tasks,
    correction_workbook,
)
from normtemplates.jobs.output import FolderError, output_folder, write_file
from normtemplates.layout.carry import Carried, carry_over
from normtemplates.layout.corrections import Task
from normtemplates.layout.recognise import Recognised
from normtemplates.model.finding import Report, ReportStatus
from normtemplates.model.organisation import Organisation
from normtemplates.model.returned import Return, turnout
from normtemplates.model.round import Round
from normtemplates.model.shown import visible
from normtemplates.model.submission import Submission
from normtemplates.model.texts import Texts
from normtemplates.report.answers import AnswerRow, answer_rows, hand_over, lines_of


@frozen
class Wanted:
    """What the operator asked for.

    ``corrections`` is the folder for correction workbooks, ``answers`` the file of the
    hand-over, each ``None`` for none; ``with_texts`` adds the free texts to it.
    """

    corrections: Path | None = None
    answers: Path | None = None
    with_texts: bool = False

    @property
    def answer_files(self) -> tuple[Path, ...]:
        """Give the files of the hand-over: what is there from an earlier time did not come back."""
        return files_of(self.answers) if self.answers else ()

    def check(self) -> None:
        """Raise ``NormtemplatesError`` before any work is done when it cannot be written."""
        if self.answers:
            check_answers_path(self.answers)


#: Nothing besides the report.
NOTHING_WANTED: Final = Wanted()


@frozen
class Making:
    """What is made of each file; goes to the workers.

    ``texts`` are the house texts, ``None`` when no correction workbooks are wanted;
    ``with_texts`` adds the free texts to the answers; ``carry``
    are the same, ``None`` when no answers are wanted for the round that follows. ``tasks`` are the
    same, ``None`` when nobody asks what there is to do in a correction workbook.
    """

    texts: Texts | None = None
    answers: bool = False
    with_texts: bool = True
    carry: Texts | None = None
    tasks: Texts | None = None


#: What is made of each file when nothing is wanted.
NOTHING_MADE: Final = Making()


@frozen
class Extras:
    """What was made of one file; ``fault`` is a line when a mistake of ours prevented it.

    ``carried`` are its answers on their way to another workbook; ``tasks`` is what a correction
    workbook says of it, ``None`` where there is none or nobody asked.
    """

    correction: bytes | None = None
    rows: tuple[AnswerRow, ...] = field(default=())
    carried: Carried | None = None
    tasks: tuple[Task, ...] | None = None
    fault: str = ""


#: What was made of a file of which nothing is wanted.
NO_EXTRAS: Final = Extras()


def extras_of(
    making: Making,
    path: Path,
    submission: Submission,
    recognised: Recognised | None,
    report: Report,
) -> Extras:
    """Make what is wanted of one file that was checked; a mistake of ours is a line, no more."""
    found = recognised.found if recognised else None
    older = recognised.older if recognised else None
    if found is None and older is None:
        return NO_EXTRAS
    correction: bytes | None = None
    rows: tuple[AnswerRow, ...] = ()
    tasks: tuple[Task, ...] | None = None
    try:
        if making.texts is not None and older is not None:
            correction = correction_of_older(submission, older, report.findings, making.texts)
        if found is None:
            return Extras(correction)
        if making.texts is not None:
            correction = correction_workbook(submission, found, report.findings, making.texts)
        if making.tasks is not None and report.status is ReportStatus.TE_CORRIGEREN:
            tasks = correction_tasks(found, report.findings, making.tasks)
        if making.answers and report.status is ReportStatus.AKKOORD:
            rows = answer_rows(found, sha256_of(path), with_texts=making.with_texts)
        if making.carry is not None and report.status is not ReportStatus.GEWEIGERD:
            return Extras(correction, rows, carry_over(found, making.carry))
    except MemoryError:
        raise  # the worker's business
    except Exception as error:
        return Extras(
            correction,
            rows,
            fault=f"{visible(str(path))}: onverwachte fout ({type(error).__name__}) bij het maken "
            "van het correctiebestand of de antwoorden. Meld dit aan de makers.",
        )
    return Extras(correction, rows, tasks=tasks)


class Made:
    """Writes what was made while the files come by; a context manager.

    A folder for correction workbooks that stays empty is not left behind. What cannot be written
    is among the ``faults``: it must not cost anybody the report.
    """

    def __init__(self, wanted: Wanted, rounds: Sequence[Round], only: Round | None = None) -> None:
        """Take what is wanted, all rounds known, and the one that was asked for if any."""
        self._wanted, self._rounds, self._only = wanted, rounds, only
        self._returns: list[tuple[Return, Sequence[AnswerRow]]] = []
        self._corrections: dict[str, Path] = {}
        self._name_of: dict[Return, str] = {}
        self._folder = ExitStack()
        self._answers: tuple[Path, ...] = ()
        self._full = False
        self.faults: list[str] = []
        self.told: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Make the folder for the correction workbooks.

        Raises ``FolderError`` when it cannot be made.
        """
        if self._wanted.corrections:
            self._folder.enter_context(output_folder(self._wanted.corrections))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the folder away again when it stayed empty."""
        self._folder.__exit__(kind, problem, trace)

    @property
    def written(self) -> tuple[Path, ...]:
        """Give all files that were written."""
        return (*self._corrections.values(), *self._answers)

    @property
    def corrections(self) -> Mapping[str, str]:
        """Give the names of the correction workbooks, by the path of the file they are made of."""
        return {one.report.path: name for one, name in self._name_of.items()}

    def take(self, one: Return, extras: Extras) -> None:
        """Write the correction workbook of one file, and keep its rows."""
        report = one.report
        if extras.fault:
            self.faults.append(extras.fault)
        self._returns.append((one, extras.rows))
        organisation = self._organisation(report)
        folder = self._wanted.corrections
        if folder and extras.correction and organisation and not self._full:
            name = correction_name(organisation, self._corrections)
            try:
                write_file(folder / name, extras.correction)
            except OutputError as error:
                self.faults += error.faults
                self._full = isinstance(error, FolderError)  # the next one is no use
            else:
                self._corrections[name] = folder / name
                self._name_of[one] = name

    def finish(self) -> None:
        """Write the hand-over when all files have come by, and keep one correction for a sender."""
        for round_ in self._rounds if len(self._name_of) else ():
            for turn in turnout(round_, (one for one, _ in self._returns)):
                if turn.counts and len(turn.returns) > 1:
                    self._keep(turn.counts, turn.returns, turn.organisation)
        if self._wanted.answers:
            over = hand_over(self._returns, self._rounds, self._only)
            self.told = tuple(lines_of(over))
            try:
                self._answers = write_answers(
                    self._wanted.answers, over, with_texts=self._wanted.with_texts
                )
            except OutputError as error:
                self.faults += error.faults

    def _keep(self, counts: Return, returns: Iterable[Return], organisation: Organisation) -> None:
        """Keep of the corrections of one organisation only that of the file that counts."""
        try:
            for one in returns:
                if one is not counts and (name := self._name_of.pop(one, None)):
                    self._corrections.pop(name).unlink(missing_ok=True)
            if (name := self._name_of.pop(counts, None)) is None:
                return
            path = self._corrections.pop(name)
            first = correction_name(organisation, self._corrections)
            self._corrections[first] = path.replace(path.with_name(first))
            self._name_of[counts] = first
        except OSError as error:
            self.faults.append(
                f"{visible(str(error.filename))} hoort bij een bestand dat niet meer telt, en kan "
                "niet worden weggehaald. Haal het zelf weg."
            )

    def _organisation(self, report: Report) -> Organisation | None:
        # A file of an earlier edition is of no round any more, but its sender is known.
        rounds = (r for r in self._rounds if report.round in (None, r.name))
        known = (r.organisation(report.organisation or "") for r in rounds)
        return next((one for one in known if one), None)
