"""A progress bar on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with how many of how many are done.

    The bar goes to stderr, appears with the first call and never when stderr is no terminal.
    """
    with ExitStack() as stack:
        bars: list[click._termui_impl.ProgressBar[int]] = []

        def show(done: int, total: int) -> None:
            if not sys.stderr.isatty():
                return
            if not bars:
                bars.append(click.progressbar(length=total, label=label, file=sys.stderr))
                stack.push(bars[0])  # first: Ctrl-C in the next line must not hide the cursor
                bars[0].__enter__()
            bars[0].update(done - bars[0].pos)

        yield show
