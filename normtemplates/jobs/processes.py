"""The same work for many things, in this process or spread over several.

The results come in the order of the things, whatever the number of processes. Helper processes
hand back values and touch no files, so that they can be ended at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from normtemplates.errors import NormtemplatesError

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

_MOST = 60  # Windows can wait for 63 at once


def how_many(asked: int | None, things: int, worth: int) -> int:
    """Give how many processes to use for so many things; 1 is this process itself.

    ``asked`` is what the operator wants, ``None`` for one on each processor as long as there
    are ``worth`` things for each.
    """
    wanted = min(os.cpu_count() or 1, things // worth) if asked is None else asked
    return max(1, min(wanted, things, _MOST))


def in_order(
    work: Callable[[S, T], R], shared: S, things: Sequence[T], processes: int
) -> Generator[R, None, None]:
    """Give ``work(shared, thing)`` for each thing in order.

    With more than one process ``work`` must be a function of a module, and all it takes and
    gives must pickle; ``shared`` goes to each process once. Close the generator when you stop
    halfway: then the helpers end after the thing that they have in hand. Raises
    ``NormtemplatesError`` when one of them died.
    """
    if processes == 1:
        for thing in things:
            yield work(shared, thing)
        return
    pool = ProcessPoolExecutor(
        processes,
        multiprocessing.get_context("spawn"),  # the only way that all systems have
        initializer=_start,
        initargs=(work, shared),
    )
    try:
        with children_unhurt():
            futures = [pool.submit(_one, thing) for thing in things]
        for future in futures:
            yield future.result()
    except BrokenProcessPool as error:
        raise NormtemplatesError(
            "Een hulpproces is onverwacht gestopt. Probeer het opnieuw met --jobs 1."
        ) from error
    finally:
        # What runs at this moment ends by itself, within one thing's time. Killed halfway, a
        # helper could leave half a result in the pipe, and the pool would wait for the rest.
        pool.shutdown(cancel_futures=True)


@contextmanager
def children_unhurt() -> Iterator[None]:
    """Keep Ctrl-C, which reaches every process of a terminal, from the ones that start here.

    They are this process's to end. On Windows, which has no such mask, they look away
    themselves as soon as they run.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # started later it would lift the mask again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- in a helper process ----------------------------------------------------------------

_job: tuple[Callable[[Any, Any], Any], Any]


def _start(work: Callable[[Any, Any], Any], shared: object) -> None:
    """Make a helper process ready."""
    global _job
    _job = work, shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Leave no process behind when the one that started it was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _one(thing: object) -> Any:
    work, shared = _job
    return work(shared, thing)
