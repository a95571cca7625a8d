"""Work on things that may do harm, each in a worker process with a time and memory limit.

Workers are reused. One that outlasts its time, needs too much memory or dies is replaced; what
it worked on is a :class:`Lost` among the outcomes, and the others go on. Workers start with
spawn, the only way that all systems have; where a system knows no limit on memory (Windows,
macOS) only the time counts.

No library does it for us: Pebble's pool, the nearest, has no limit on memory, and what remains is
short.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final, Generic, Literal, Self, TypeVar

from attrs import field, frozen, mutable

from normtemplates.errors import NormtemplatesError
from normtemplates.jobs.processes import children_unhurt, end_with_parent

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

#: Why there is no outcome: it took too long, needed too much, or killed its worker; or ``work``
#: raised an exception, which is a mistake of ours.
Reason = Literal["time", "memory", "crash", "error"]

_MIB: Final = 1024 * 1024
_START: Final = 60.0  # seconds that a worker may take to start, with a virus scanner looking on
_STARTS: Final = 3  # workers in a row that may fail to start
_END: Final = 5.0  # seconds to wait for a process that was killed

_NO_START: Final = (
    "Er kon geen hulpproces starten. Sluit andere programma’s en probeer het opnieuw."
)


@frozen
class Limits:
    """What one thing may take: seconds, and MiB on top of what the worker itself needs.

    A worker needs some 60 itself, so that it stays under 300 in all.
    """

    seconds: float = 10.0
    memory: int = 230


@frozen
class Done(Generic[R]):
    """The outcome of the work on one thing."""

    value: R


@frozen
class Lost:
    """The work on one thing has no outcome, and why."""

    reason: Reason


class Pool(Generic[S, T, R]):
    """Workers that do ``work(shared, thing)``; a context manager that leaves none behind.

    ``work`` must be a function of a module, and all it takes and gives must pickle; ``shared``
    goes to each worker once. Workers start when there is something to do.
    """

    def __init__(
        self,
        work: Callable[[S, T], R],
        shared: S,
        processes: int = 1,
        limits: Limits | None = None,
    ) -> None:
        """Have up to so many processes."""
        self._job = (work, shared, limits or Limits())
        self._processes = processes
        self._workers: list[_Worker] = []
        self._failed = 0

    def __enter__(self) -> Self:
        """Leave the start of workers to the first thing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers at once."""
        self._end(list(self._workers))

    def map(self, things: Sequence[T]) -> Generator[Done[R] | Lost, None, None]:
        """Give the outcome of each thing in order.

        Raises:
            NormtemplatesError: no worker can be started.
        """
        to_do = deque(range(len(things)))
        outcomes: dict[int, Done[R] | Lost] = {}
        turn = 0
        try:
            while turn < len(things):
                self._fill(len(to_do))
                self._hand_out(to_do, things)
                for place, outcome in self._next():
                    outcomes[place] = outcome
                while turn in outcomes:
                    yield outcomes.pop(turn)
                    turn += 1
        finally:
            self._end([worker for worker in self._workers if worker.place is not None])

    def _fill(self, to_do: int) -> None:
        """Start workers, as many as there is work for."""
        busy = sum(worker.place is not None for worker in self._workers)
        while len(self._workers) < min(self._processes, busy + to_do):
            if self._failed >= _STARTS:
                raise NormtemplatesError(_NO_START)
            try:
                with children_unhurt():  # and Ctrl-C waits until the worker is in the list
                    self._workers.append(_started(*self._job))
            except OSError:
                self._failed += 1

    def _hand_out(self, to_do: deque[int], things: Sequence[T]) -> None:
        """Give each worker that has nothing to do something."""
        for worker in list(self._workers):
            if not to_do:
                return
            if not worker.ready or worker.place is not None:
                continue
            try:
                if not worker.process.is_alive():
                    raise BrokenPipeError
                worker.connection.send(things[to_do[0]])
            except OSError:  # it died with nothing in its hands
                self._fail(worker)
                continue
            worker.place = to_do.popleft()
            worker.until = time.monotonic() + self._job[2].seconds

    def _next(self) -> list[tuple[int, Done[R] | Lost]]:
        """Wait until a worker says something or its time is over; give what came out."""
        active = [w for w in self._workers if w.place is not None or not w.ready]
        if not active:
            return []
        left = min(worker.until for worker in active) - time.monotonic()
        speaking = wait([worker.connection for worker in active], max(0.0, left))
        now = time.monotonic()
        found: list[tuple[int, Done[R] | Lost]] = []
        for worker in active:
            if worker.connection in speaking:
                outcome, again = _heard(worker.connection)
            elif now >= worker.until:
                outcome, again = Lost("time"), False
            else:
                continue
            if worker.place is not None:
                found.append((worker.place, outcome))
                worker.place = None
                if not again:
                    self._end([worker])
            elif again:
                worker.ready = True
                self._failed = 0
            else:
                self._fail(worker)
        return found

    def _fail(self, worker: _Worker) -> None:
        self._failed += 1
        self._end([worker])

    def _end(self, workers: list[_Worker]) -> None:
        """Kill workers, and collect them so that no dead process stays behind."""
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join(_END)
            worker.connection.close()
            with suppress(ValueError):  # it cannot be killed now; it ends with this process
                worker.process.close()
            self._workers.remove(worker)


@mutable(eq=False)
class _Worker:
    """A process, our end of its connection, and what it has in its hands until when."""

    process: multiprocessing.process.BaseProcess
    connection: Connection
    until: float
    ready: bool = False
    place: int | None = field(default=None)


def _started(work: Callable[[Any, Any], Any], shared: object, limits: Limits) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    try:
        with theirs:
            process = context.Process(
                target=_serve, args=(theirs, work, shared, limits), daemon=True
            )
            process.start()
    except BaseException:
        ours.close()
        raise
    return _Worker(process, ours, time.monotonic() + _START)


def _heard(connection: Connection) -> tuple[Any, bool]:
    """Give an outcome and whether the worker goes on; one that died says nothing more."""
    try:
        outcome, again = connection.recv()
    except Exception:  # the end of the connection, or half a message
        return Lost("crash"), False
    return outcome, again


# -- in a worker ------------------------------------------------------------------------

_inside = False


def inside() -> bool:
    """Tell whether this process is a worker, where harm may be done."""
    return _inside


def _serve(
    connection: Connection, work: Callable[[Any, Any], Any], shared: object, limits: Limits
) -> None:
    """Do the work on what comes in, until there is nobody at the other end."""
    global _inside
    _inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    _keep_quiet()
    begin = _address_space()
    connection.send((None, True))
    while True:
        try:
            thing = connection.recv()
        except (EOFError, OSError):
            return
        outcome: Done[Any] | Lost
        again = False
        try:
            _limit_memory(limits.memory)
            outcome = Done(work(shared, thing))
            again = True
        except MemoryError:
            outcome = Lost("memory")
        except Exception:
            outcome, again = Lost("error"), True
        except BaseException:  # a panic in Rust is no Exception
            outcome = Lost("crash")
        _limit_memory(None)
        grown = _address_space() - begin
        connection.send((outcome, again and grown < limits.memory * _MIB // 2))
        outcome = Lost("crash")  # let go of the large one while waiting


def _keep_quiet() -> None:
    """Keep what a crashing library prints off the operator's screen, and leave no core dump."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, stream)
    os.close(nowhere)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_memory(more: int | None) -> None:
    """Let this process take so many MiB more than it has now; ``None`` for as much as it wants.

    Does nothing where the system has no such limit, or does not tell how much a process has.
    """
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = most
        if more is not None and (used := _address_space()):
            wanted = used + more * _MIB
            if most != resource.RLIM_INFINITY:
                wanted = min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def _address_space() -> int:
    """Give the bytes of address space of this process; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - read before every file
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0
