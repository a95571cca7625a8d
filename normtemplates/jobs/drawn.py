"""What letters are drawn from besides the norm: overviews that came back, and the house texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from normtemplates.definitions import Definitions
from normtemplates.dutch import enumerate_nl, number_word
from normtemplates.errors import RequestError
from normtemplates.jobs.check import CheckContext, Checked, check_context, checked_file
from normtemplates.jobs.correct import correction_name
from normtemplates.jobs.inbox import files_in
from normtemplates.jobs.made import Making
from normtemplates.jobs.names import OVERVIEW_FILE, file_name
from normtemplates.jobs.returned import Reader
from normtemplates.layout import layout_of
from normtemplates.layout.corrections import Task
from normtemplates.layout.wording import text_values
from normtemplates.letters.feedback import (
    FeedbackNames,
    GroupNames,
    mend_count,
    places_in_words,
)
from normtemplates.letters.progress import Answered, ProgressNames, progress_names, told_by_counts
from normtemplates.letters.workbook import StepNames, WorkbookNames
from normtemplates.model.finding import Finding, Report, ReportStatus, Severity
from normtemplates.model.norm import Norm, called, is_part
from normtemplates.model.organisation import Organisation, Region
from normtemplates.model.returned import Return, which_counts
from normtemplates.model.round import Round
from normtemplates.model.shown import shown, visible
from normtemplates.model.texts import Texts, fill
from normtemplates.report import words
from normtemplates.report.answers import AnswerRow
from normtemplates.rules import withheld_codes
from normtemplates.rules.nt502_personal_data import kinds_of_data

_SENDER: Final = "de afzender van deze brief"
_QUOTED = re.compile("‘[^’]*’")


@frozen
class Returned:
    """One overview that came back from ``organisation``, with the outcome of its check.

    ``rows`` are its answers; there are none unless it is akkoord. ``tasks`` is what its correction
    workbook says, ``None`` when there is no such workbook.
    """

    path: Path
    organisation: Organisation
    report: Report
    rows: Sequence[AnswerRow] = field(default=(), repr=False)
    tasks: Sequence[Task] | None = field(default=None, repr=False)


@frozen
class Returns:
    """The overviews of one round that count.

    ``unplaced`` are lines on files of which nobody is the sender, ``passed_over`` on those in the
    place of which another one of the same organisation counts.
    """

    round: Round
    files: tuple[Returned, ...]
    unplaced: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def read_returns(
    definitions: Definitions, paths: Sequence[Path], round_name: str | None = None
) -> Returns:
    """Check the files in ``paths`` (a folder stands for those in it) and give what they are.

    Without ``round_name`` the round is the one that they are all of. Of several files of one
    organisation the one counts that counts in a check. Raises ``RequestError`` with every path
    that is no good, when nobody can tell which of several files counts, or when no file can be told
    to be of anybody.
    """
    context = evolve(
        check_context(definitions, round_name), making=Making(answers=True, tasks=definitions.texts)
    )
    faults: list[str] = []
    files = files_in(paths, (), faults)
    outcomes: list[Checked] = []
    with Reader() as reader:
        for path in files:
            try:
                outcomes.append(checked_file(path, context, reader))
            except RequestError as error:
                faults += error.faults
    faults += [one.extras.fault for one in outcomes if one.extras.fault]
    if faults:
        raise RequestError(faults)
    round_ = _round_of(outcomes, context)
    sent: dict[str, list[tuple[Path, Checked]]] = {}
    unplaced: list[str] = []
    for path, outcome in zip(files, outcomes, strict=True):
        report = outcome.report
        organisation = round_.organisation(report.organisation or "")
        if organisation is None:
            unplaced.append(
                f"{visible(str(path))}: van wie dit bestand is, is niet te zien. Hiervoor is geen "
                f"brief gemaakt. {_first_message(report)}".rstrip()
            )
        else:
            sent.setdefault(organisation.code, []).append((path, outcome))
    returned: list[Returned] = []
    passed_over: list[str] = []
    for code, came in sent.items():
        organisation = round_.organisation(code)
        assert organisation is not None
        named = enumerate_nl(visible(str(path)) for path, _ in came)
        if (chosen := _counting(came)) is None:
            faults.append(f"{named} zijn van {organisation.full_name}. Geef er één.")
            continue
        path, outcome = chosen
        extras = outcome.extras
        returned.append(Returned(path, organisation, outcome.report, extras.rows, extras.tasks))
        if len(came) > 1:
            passed_over.append(
                f"{named} zijn van {organisation.full_name}. De brief komt uit "
                f"{visible(str(path))}: dat telt."
            )
    if faults:
        raise RequestError(faults)
    if not returned:
        raise RequestError(unplaced)
    return Returns(round_, tuple(returned), tuple(unplaced), tuple(passed_over))


def _counting(came: Sequence[tuple[Path, Checked]]) -> tuple[Path, Checked] | None:
    """Give which of the files of one organisation counts; ``None`` when nobody can tell.

    One that no answer was taken from counts only when there is nothing else.
    """
    returns = [(one, Return(one[1].report, one[1].facts)) for one in came]
    taken = [pair for pair in returns if pair[1].taken] or returns[-1:]
    counts, _ = which_counts([one for _, one in taken])
    return next((pair for pair, one in taken if one is counts), None)


def _round_of(outcomes: Iterable[Checked], context: CheckContext) -> Round:
    if context.wanted:
        return context.wanted
    names = {outcome.report.round for outcome in outcomes} - {None}
    if len(names) > 1:
        known = enumerate_nl(sorted(map(str, names)))
        raise RequestError(
            f"Deze overzichten zijn van verschillende rondes: {known}. Kies er een met --round."
        )
    name = names.pop() if names else None
    return next((r for r in context.rounds if r.name == name), context.rounds[0])


def _first_message(report: Report) -> str:
    worst = sorted(report.findings, key=lambda f: f.severity.rank)
    return words.message(worst[0]) if worst else ""


# -- what the letters say ------------------------------------------------------------------


def workbook_of(round_: Round, organisation: Organisation, texts: Texts) -> WorkbookNames:
    """Give the names for a letter that goes along with a workbook; ``texts`` are the house's."""
    values = text_values(layout_of(round_.norm, round_, organisation))
    steps = tuple(
        StepNames(fill(step["lead"], values), fill(step["text"], values))
        for step in texts["start"]["steps"]
    )
    region = organisation.region
    return WorkbookNames(
        file_name=file_name(OVERVIEW_FILE, organisation, ".xlsx"),
        steps=steps,
        step_count_word=number_word(len(steps)),
        return_to=region.name if region.email or region.post else _SENDER,
    )


def progress_of(returned: Returned, round_: Round, *, detail: bool = False) -> ProgressNames:
    """Give the names for a progress letter.

    Raises ``RequestError`` when the overview is not akkoord.
    """
    report = returned.report
    if report.status is not ReportStatus.AKKOORD:
        raise RequestError(
            f"{visible(report.path)}: het overzicht van {returned.organisation.full_name} is "
            f"{report.status.value} ({words.counts(report.findings)}). Deze brief komt uit een "
            "overzicht dat akkoord is. ‘normtemplates check’ zegt wat er te herstellen is."
        )
    answers = _answers(returned, round_)
    return progress_names(returned.organisation, round_, answers, detail=detail)


def told_to_all(returned: Returned, round_: Round) -> str:
    """Say what the counts of a public progress letter tell of single norms; ``""`` for nothing."""
    themes = told_by_counts(round_, _answers(returned, round_))
    if not themes:
        return ""
    organisation = returned.organisation
    where = "het thema" if len(themes) == 1 else "de thema’s"
    return (
        f"{organisation.code} ({organisation.full_name}): in {where} "
        f"{enumerate_nl(f'‘{one}’' for one in themes)} hebben alle normen die passen dezelfde "
        "status, en zij zijn niet uitgevoerd. Wie de aantallen leest, weet dat dus van elke norm, "
        "en de brief is openbaar. Bespreek dat vóór verzending."
    )


def _answers(returned: Returned, round_: Round) -> dict[str, Answered]:
    due, action = round_.norm.due_field, round_.norm.action_field
    answers = {}
    for row in returned.rows:
        day = row.values.get(due.key) if due else None
        answers[row.requirement] = Answered(
            row.status,
            row.status_label,
            date.fromisoformat(day) if day else None,
            (row.texts.get(action.key) if action else None) or "",
        )
    return answers


def feedback_of(returned: Returned, round_: Round) -> FeedbackNames:
    """Give the names for the letter after a check.

    With a correction workbook they say what is still to do in it, as its own sheet does.
    """
    tasks = returned.tasks
    findings = returned.report.findings
    gone: list[Finding] = []
    if tasks is not None:
        findings = tuple(task.finding for task in tasks if not task.mended)
        gone = [task.finding for task in tasks if task.mended]
    mend = [f for f in findings if f.severity is Severity.FOUT]
    look = [f for f in findings if f.severity is Severity.WAARSCHUWING]
    refused = returned.report.status is ReportStatus.GEWEIGERD
    region = returned.organisation.region
    contact = f"{region.name}, {region.email}" if region.email else region.name
    known = region.email or region.post
    said = _Said(round_.norm, findings)
    return FeedbackNames(
        refused=refused,
        mend=_groups(mend, round_.norm, said),
        mend_count=mend_count(len(mend)),
        look=_groups(look, round_.norm, said),
        correction=correction_name(returned.organisation) if tasks is not None else "",
        mended=_where(gone, round_.norm),
        return_to=contact if known else _SENDER,
        ask=_asked(region),
    )


def _asked(region: Region) -> str:
    return f"{region.name}: {region.email}" if region.email else _SENDER


def _groups(findings: Sequence[Finding], norm: Norm, said: _Said) -> tuple[GroupNames, ...]:
    """Give the findings by what they are about: file and sheets first, then norm by norm."""
    groups: dict[str, list[str]] = {}
    order = {number: place for place, number in enumerate(norm.by_number)}
    for one in sorted(findings, key=lambda f: order.get(f.requirement or "", -1)):
        if one.requirement:
            title = called(one.requirement).capitalize()
        else:
            title = f"Blad {shown(one.sheet)}" if one.sheet else "Het bestand"
        place = f"Vak {one.cell} · " if one.cell else ""
        if place and one.requirement and one.sheet:
            place = f"Blad {shown(one.sheet)}, vak {one.cell} · "
        groups.setdefault(title, []).append(f"{place}{said.of(one)}")
    return tuple(GroupNames(title, tuple(texts)) for title, texts in groups.items())


def _where(findings: Iterable[Finding], norm: Norm) -> str:
    """Say in running text what findings are about, each once: sheets, norms and sub-items."""
    found = list(findings)
    about = {f.requirement for f in found}
    numbers = [number for number in norm.by_number if number in about]
    rest = [f for f in found if f.requirement not in norm.by_number]
    return places_in_words(
        whole=any(not f.sheet for f in rest),
        sheets=list(dict.fromkeys(shown(f.sheet) for f in rest if f.sheet)),
        norms=[n for n in numbers if not is_part(n)],
        parts=[n for n in numbers if is_part(n)],
    )


class _Said:
    """The messages of one report as a letter may repeat them.

    A rule that finds data on a person does not repeat them; nor may what another rule says of
    the same cell.
    """

    def __init__(self, norm: Norm, findings: Iterable[Finding]) -> None:
        codes = withheld_codes()
        self._withheld = {(f.sheet, f.cell) for f in findings if f.code in codes and f.cell}
        self._own = {
            *(f.header for f in norm.fields),
            *(f.header for f in norm.cover),
            *(s.label for s in norm.statuses),
            *(choice for f in norm.fields for choice in f.choices),
        }

    def of(self, finding: Finding) -> str:
        message = words.message(finding)
        if (finding.sheet, finding.cell) in self._withheld or any(kinds_of_data(message)):
            return _QUOTED.sub(self._kept, message)
        return message

    def _kept(self, found: re.Match[str]) -> str:
        return found[0] if found[0][1:-1] in self._own else "‘…’"


def drawn_for(
    names: Iterable[str],
    round_: Round,
    organisation: Organisation,
    texts: Texts,
    returned: Returned | None,
    *,
    detail: bool = False,
) -> Mapping[str, object]:
    """Give what a template asks for by ``names``, for one organisation.

    Raises ``RequestError`` when it takes a return and there is none, or one that is not akkoord.
    """
    drawn: dict[str, object] = {}
    for name in names:
        if name == "workbook":
            drawn[name] = workbook_of(round_, organisation, texts)
        elif returned is None:
            raise RequestError(
                f"Een brief voor {organisation.full_name} komt uit een ingevuld overzicht. Geef "
                "dat met --return."
            )
        elif name == "progress":
            drawn[name] = progress_of(returned, round_, detail=detail)
        else:
            drawn[name] = feedback_of(returned, round_)
    return drawn
