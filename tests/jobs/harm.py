"""Work that goes wrong in every way that a worker must stand; no imports that take long."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from normtemplates.jobs.isolate import Lost, Pool


def do(shared: str, thing: str) -> str:
    """Do what ``thing`` says; anything but harm is given back with ``shared`` before it."""
    match thing.partition(" ")[0]:
        case "sleep":
            time.sleep(600)
        case "eat":
            return f"{len(bytearray(int(thing[4:]) * 1024 * 1024))}"
        case "swallow":  # as a library does that has no memory left
            try:
                bytearray(10_000 * 1024 * 1024)
            except MemoryError:
                os.abort()
        case "exit":
            os._exit(0)
        case "leave":
            sys.exit(0)
        case "abort":
            os.abort()
        case "panic":
            raise KeyboardInterrupt
        case "raise":
            raise ValueError(thing)
        case "shout":
            os.write(1, b"loud\n")
            os.write(2, b"louder\n")
        case "pid":
            return str(os.getpid())
        case "touch":
            Path(thing[6:]).write_text(str(os.getpid()), "utf-8")
            time.sleep(600)
    return f"{shared} {thing}"


class Poison:
    """Does not come out of its pickle: a worker that takes it in cannot start."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return _poisoned, ("",)


def _poisoned(_: str) -> NoReturn:
    raise RuntimeError


def main(mark: str) -> None:
    """Keep a worker busy for ever; ``mark`` is the file that it makes first."""
    with Pool(do, "so", 2) as pool:
        for outcome in pool.map([f"touch {mark}", "sleep", "good"]):
            assert not isinstance(outcome, Lost)


if __name__ == "__main__":
    main(sys.argv[1])
