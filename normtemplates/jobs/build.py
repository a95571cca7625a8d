"""``build``: the workbooks and letters of a round, and the manifest that lists them.

Everything that can be wrong with the definitions and with what was asked is raised before the
first file is made. After that one organisation that fails does not keep the others from theirs.

Helper processes only make bytes; this one writes them, in the order of the round. So the result
does not depend on how many there are, and stopping them leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal

from attrs import field, frozen

from normtemplates.definitions import Definitions
from normtemplates.errors import NormtemplatesError, OutputError, RequestError
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.before import NOTHING_BEFORE, Before, read_before
from normtemplates.jobs.faults import Faults
from normtemplates.jobs.letter_check import refuse_template
from normtemplates.jobs.letters import announces, find_template
from normtemplates.jobs.manifest import (
    WORKBOOK,
    Entry,
    Manifest,
    add_to_manifest,
    manifest_for,
)
from normtemplates.jobs.names import OUTPUT, OVERVIEW_FILE, file_name, pdf_name, round_folder
from normtemplates.jobs.output import FolderError, output_folder, write_file
from normtemplates.jobs.processes import how_many, in_order
from normtemplates.jobs.recipients import recipients
from normtemplates.layout import layout_of
from normtemplates.layout.lint import check_plan
from normtemplates.layout.plan import WorkbookPlan
from normtemplates.layout.renew import Start
from normtemplates.layout.workbook import workbook_plan
from normtemplates.letters import LetterTemplate
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.texts import Texts
from normtemplates.office import NO_PDF, find_office, pdfs_of

What = Literal["workbooks", "letters"]
#: Told how many organisations of how many are done.
Progress = Callable[[int, int], object]

_LEFT_OUT = "Daarom zonder brieven; met --what workbooks,letters komen ze er toch bij."
# Starting a process costs as much as making the files of this many organisations.
_WORTH_A_PROCESS = 40


@frozen
class BuildRequest:
    """What to build.

    ``norm`` and ``round`` are codes; with neither it is the default round. ``organisations``
    are CBS codes, empty for the whole round. ``password`` protects the sheets. ``jobs`` is the
    number of processes, ``None`` for as many as help; a script that asks for more than one
    must keep its own work behind ``if __name__ == "__main__"``. With ``pdf`` each letter has a PDF
    beside it. A file that somebody changed after it was made is only replaced with ``overwrite``.
    ``what`` is ``None`` for what fits the round: the letters announce the norm, so a later round
    has workbooks alone. ``previous`` is the folder with the overviews of the round before, which
    the workbooks start from; ``None`` for empty ones.
    """

    norm: str | None = None
    round: str | None = None
    organisations: Sequence[str] = ()
    what: Sequence[What] | None = None
    password: str | None = field(default=None, repr=False)
    out: Path = OUTPUT
    jobs: int | None = 1
    overwrite: bool = False
    pdf: bool = False
    previous: Path | None = None


@frozen
class Failure:
    """A file that could not be made or written, and why: each fault a line in Dutch."""

    organisation: Organisation
    kind: str
    faults: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Give the faults as lines that name the organisation and the file."""
        what = OVERVIEW_FILE if self.kind == WORKBOOK else self.kind
        who = f"{self.organisation.full_name} ({self.organisation.code})"
        return tuple(f"{who} · {what} · {fault}" for fault in self.faults)


@frozen
class BuildResult:
    """What was built: the folder, the files in the order of the round, and what failed.

    ``told`` are lines on what was left out, or made all the same.
    """

    folder: Path
    written: tuple[Entry, ...]
    failures: tuple[Failure, ...] = ()
    before: Before = NOTHING_BEFORE
    what: Sequence[What] = ("workbooks", "letters")
    told: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Give 0, 2 when a file could not be made, 1 for a fout in one of the round before."""
        if self.failures:
            return OutputError.exit_code
        return 1 if self.before.wrong else 0


@frozen
class _Work:
    """All that a process needs; ``letters`` are templates by kind: bytes, and their name."""

    round: Round
    texts: Texts
    password: str | None = field(repr=False)
    workbooks: bool
    letters: Mapping[str, tuple[bytes, str]]
    before: Before = NOTHING_BEFORE
    told: tuple[str, ...] = ()

    @property
    def what(self) -> tuple[What, ...]:
        made: tuple[What, ...] = ("workbooks",) if self.workbooks else ()
        return (*made, "letters") if self.letters else made


@frozen
class _Made:
    """One file in memory."""

    organisation: Organisation
    name: str
    kind: str
    data: bytes


_Outcome = Sequence[_Made | Failure]


def build_round(
    definitions: Definitions, request: BuildRequest, progress: Progress | None = None
) -> BuildResult:
    """Make the files of ``request`` and note them in the manifest of the round.

    What fails for one organisation is in the result, and the others are made all the same.
    Raises ``NormtemplatesError`` with all faults of definitions, templates and request before
    anything is written, and ``OutputError`` when the folder takes no files. However this ends,
    the manifest lists what was written.
    """
    work, chosen = _prepare(definitions, request)
    folder = round_folder(work.round, request.out)
    before = manifest_for(folder, work.round)  # raises when it cannot be added to
    guard = None if request.overwrite else before
    written: list[Entry] = []
    failures: list[Failure] = []
    processes = how_many(request.jobs, len(chosen), _WORTH_A_PROCESS)
    with output_folder(folder):
        try:
            with closing(in_order(_files, work, chosen, processes)) as outcomes:
                for done, outcome in enumerate(outcomes, start=1):
                    _write(folder, outcome, guard, written, failures)
                    if progress:
                        progress(done, len(chosen))
            if request.pdf:
                _write(folder, _pdfs(folder, work.round, written, chosen), guard, written, failures)
        except BaseException:
            with suppress(NormtemplatesError):  # what went wrong first is what counts
                _note(folder, work.round, [e for e in written if e.unchanged_in(folder)])
            raise
        _note(folder, work.round, written)
    return BuildResult(folder, tuple(written), tuple(failures), work.before, work.what, work.told)


def _write(
    folder: Path,
    outcome: _Outcome,
    guard: Manifest | None,
    written: list[Entry],
    failures: list[Failure],
) -> None:
    """Write the files of one organisation; note what was written and what was not."""
    for made in outcome:
        if isinstance(made, Failure):
            failures.append(made)
            continue
        if guard and guard.guards(folder, made.name, made.data):
            failures.append(Failure(made.organisation, made.kind, (guard.kept(folder, made.name),)))
            continue
        entry = Entry.of(made.name, made.organisation.code, made.kind, made.data)
        written.append(entry)  # before: Ctrl-C can come between the file and the note of it
        try:
            write_file(folder / made.name, made.data)
        except OutputError as error:
            written.remove(entry)
            if isinstance(error, FolderError):
                raise
            failures.append(Failure(made.organisation, made.kind, error.faults))


def _pdfs(
    folder: Path, round_: Round, written: Sequence[Entry], chosen: Sequence[Organisation]
) -> _Outcome:
    """Make a PDF of each letter that was written, all in one start of LibreOffice."""
    by_code = {organisation.code: organisation for organisation in chosen}
    letters = [entry for entry in written if entry.kind != WORKBOOK]
    pdfs = pdfs_of([(folder / x.path).read_bytes() for x in letters], round_.reference_date)
    outcome: list[_Made | Failure] = []
    for letter, pdf in zip(letters, pdfs, strict=True):
        organisation = by_code[letter.organisation]
        if pdf is None:
            outcome.append(Failure(organisation, letter.kind, (NO_PDF,)))
        else:
            outcome.append(_Made(organisation, pdf_name(letter.path), letter.kind, pdf))
    return outcome


def _note(folder: Path, round_: Round, written: Sequence[Entry]) -> None:
    if written:
        add_to_manifest(folder, round_, written)


# -- before anything is made ------------------------------------------------------------


def _prepare(
    definitions: Definitions, request: BuildRequest
) -> tuple[_Work, tuple[Organisation, ...]]:
    """Load and check all that is needed; raises every fault at once."""
    faults = Faults()
    what = request.what
    told: tuple[str, ...] = ()
    round_: Round | None = None
    texts: Texts = {}
    chosen: tuple[Organisation, ...] = ()
    letters: dict[str, tuple[bytes, str]] = {}
    with faults:
        round_ = _round(definitions, request)
        if what is None and not round_.first:
            what = ("workbooks",)
            told = (f"{announces(round_)} {_LEFT_OUT}",)
            if request.pdf:
                raise RequestError(told)
        elif what and "letters" in what and not round_.first:
            told = (announces(round_),)
    what = what or ("workbooks", "letters")
    workbooks = "workbooks" in what
    if request.pdf:
        with faults:
            find_office()
    if workbooks:
        with faults:
            texts = definitions.texts
    if round_:
        with faults:
            chosen = recipients(round_, request.organisations)
        addressed = chosen or round_.organisations
        for kind in dict.fromkeys(o.kind.letter for o in addressed if "letters" in what):
            with faults:
                letters[kind] = _template(definitions, round_, kind, request.organisations)
        if workbooks and texts:
            for organisation in {o.kind.code: o for o in addressed}.values():
                with faults:  # what is wrong with one is mostly wrong with all of its kind
                    _plan(round_, texts, organisation)
    before = NOTHING_BEFORE
    if request.previous and not workbooks:
        with faults:
            raise RequestError("--previous is voor werkboeken. Laat het weg of maak die ook.")
    elif request.previous and round_ and texts and chosen:
        with faults:
            before = read_before(definitions, round_, request.previous, chosen, texts)
    faults.raise_all()
    assert round_ is not None
    return _Work(round_, texts, request.password, workbooks, letters, before, told), chosen


def _round(definitions: Definitions, request: BuildRequest) -> Round:
    """Give the round that was asked for."""
    if request.norm is None:
        return definitions.round(request.round)
    if request.round is None:
        return definitions.round_for_norm(request.norm)
    round_ = definitions.round(request.round)
    if round_.norm.code != request.norm:
        raise RequestError(
            f"De ronde {round_.name} hoort bij de norm {round_.norm.code}, niet bij "
            f"{request.norm}. Laat --norm of --round weg."
        )
    return round_


def _template(
    definitions: Definitions, round_: Round, kind: str, own: Collection[str]
) -> tuple[bytes, str]:
    """Give the template for a kind of letter and its name; raises what is wrong with it."""
    path = find_template(definitions.templates, round_.norm.code, kind)
    shown = definitions.templates.shown(path)
    refuse_template(definitions, path, own, round_)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RequestError(
            f"{shown} kon niet worden gelezen. Controleer of u het mag openen."
        ) from error
    _ready(data, shown)
    return data, shown


# -- making the files of one organisation -----------------------------------------------


def _files(work: _Work, organisation: Organisation) -> _Outcome:
    """Make the files of ``organisation``; what goes wrong with one is in its place."""
    outcome: list[_Made | Failure] = []
    if work.workbooks:
        name = file_name(OVERVIEW_FILE, organisation, ".xlsx")
        outcome.append(_one(work, organisation, WORKBOOK, name, _workbook))
    if work.letters:
        kind = organisation.kind.letter
        name = file_name(kind, organisation, ".docx")
        outcome.append(_one(work, organisation, kind, name, _letter))
    return outcome


def _one(
    work: _Work,
    organisation: Organisation,
    kind: str,
    name: str,
    make: Callable[[_Work, Organisation], bytes],
) -> _Made | Failure:
    try:
        return _Made(organisation, name, kind, make(work, organisation))
    except NormtemplatesError as error:
        return Failure(organisation, kind, error.faults)
    except Exception as error:  # a mistake of ours for one must not cost the others theirs
        fault = f"onverwachte fout ({type(error).__name__}: {error}). Meld dit aan de makers."
        return Failure(organisation, kind, (fault,))


def _workbook(work: _Work, organisation: Organisation) -> bytes:
    start = work.before.starts.get(organisation.code)
    return write_workbook(_plan(work.round, work.texts, organisation, work.password, start))


def _plan(
    round_: Round,
    texts: Texts,
    organisation: Organisation,
    password: str | None = None,
    start: Start | None = None,
) -> WorkbookPlan:
    """Draw the workbook of ``organisation``; raises when Excel would refuse or cut something."""
    if start is None:
        layout = layout_of(round_.norm, round_, organisation)
        plan = workbook_plan(layout, layout.presets(), texts, password)
    else:
        layout = start.layout(round_, organisation)
        plan = workbook_plan(layout, start.answers, texts, password, start.unplaced)
    check_plan(plan)
    return plan


def _letter(work: _Work, organisation: Organisation) -> bytes:
    template = _ready(*work.letters[organisation.kind.letter])
    return template.letter(organisation, work.round, {})


@lru_cache(maxsize=8)
def _ready(data: bytes, shown: str) -> LetterTemplate:
    return LetterTemplate(data, shown)
