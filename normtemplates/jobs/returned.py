"""Reading one file that came back, whatever its format: .xlsx here, all others in a worker.

Our own reader of .xlsx has limits of its own and may work in this process. The one for other
formats can end the process that it runs in, so it gets one to itself.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final, Self

from normtemplates.excel.other import other_format, read_other
from normtemplates.excel.reader import read_workbook
from normtemplates.jobs.isolate import Limits, Lost, Pool, Reason, inside
from normtemplates.model.submission import Submission, Trouble

_DETAILS: Final[dict[Reason, str]] = {
    "time": "Het nakijken van dit bestand duurde te lang.",
    "memory": "Het nakijken van dit bestand kostte te veel geheugen.",
    "crash": "Het nakijken van dit bestand liep vast.",
}


class WorkerError(Exception):
    """The other reader raised what it should not: a mistake of ours, not of the file."""


class Reader:
    """Reads files of any format; a context manager that leaves no process behind.

    The worker starts with the first file that needs one and serves the others too.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        """Take the limits for a file of another format."""
        self._workers: Pool[None, Path, Submission] = Pool(_in_worker, None, limits=limits)

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker."""
        self._workers.__exit__(kind, problem, trace)

    def read(self, path: Path) -> Submission:
        """Read the file at ``path``; whatever is in it is a trouble, never an exception.

        Raises:
            OSError: the file cannot be read.
            NormtemplatesError: no worker can be started.
            WorkerError: a mistake of ours.
        """
        submission = read_workbook(path)
        if not other_format(submission):
            return submission
        if inside():
            return read_other(path)
        (outcome,) = self._workers.map([path])
        return lost(path, outcome) if isinstance(outcome, Lost) else outcome.value


def lost(path: Path, outcome: Lost) -> Submission:
    """Give what is known of a file that could not be read within the limits: that alone.

    Raises:
        WorkerError: that was not the file's fault.
    """
    if outcome.reason == "error":
        raise WorkerError(path.name)
    return Submission(path.name, troubles=(Trouble("limits", _DETAILS[outcome.reason]),))


def _in_worker(_: None, path: Path) -> Submission:
    return read_other(path)
