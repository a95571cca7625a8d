"""Whatever happens to a worker, the other things get done and no process stays behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from normtemplates.errors import NormtemplatesError
from normtemplates.jobs import isolate
from normtemplates.jobs.isolate import Done, Limits, Lost, Pool
from tests.jobs import harm
from tests.jobs.surroundings import ROOT, environment, living, wait_until

LIMITS = Limits(seconds=3, memory=120)


def children() -> list[int]:
    """The children of this process, also the dead that nobody collected."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = path.read_text("utf-8").rpartition(")")[2].split()[1]
            command = path.with_name("cmdline").read_bytes()
            if int(parent) == os.getpid() and b"resource_tracker" not in command:
                found.append(int(path.parent.name))
    return found


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    before = set(children())
    yield
    assert multiprocessing.active_children() == []
    assert set(children()) <= before


def outcomes(things: list[str], processes: int = 1, limits: Limits = LIMITS) -> list[object]:
    with Pool(harm.do, "so", processes, limits) as pool:
        return [
            outcome.reason if isinstance(outcome, Lost) else outcome.value
            for outcome in pool.map(things)
        ]


@pytest.mark.parametrize("processes", [1, 3])
def test_each_way_to_go_wrong_among_good_things(
    processes: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """One that hangs, eats, leaves, aborts, panics and raises: each is one outcome, in order."""
    expected = {
        "good 1": "so good 1",
        "sleep": "time",
        "good 2": "so good 2",
        "eat 200": "memory",
        "good 3": "so good 3",
        "exit": "crash",
        "leave": "crash",
        "abort": "crash",
        "swallow": "crash",
        "good 4": "so good 4",
        "panic": "crash",
        "raise": "error",
        "good 5": "so good 5",
    }
    assert outcomes(list(expected), processes) == list(expected.values())
    assert capfd.readouterr() == ("", "")  # what dies says nothing on the operator's screen


def test_what_fits_in_memory_is_done() -> None:
    assert outcomes(["eat 70", "eat 70", "eat 70"]) == [str(70 * 1024 * 1024)] * 3


def test_what_a_library_prints_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes(["shout"]) == ["so shout"]
    assert capfd.readouterr() == ("", "")


def test_a_worker_is_used_again_until_it_dies() -> None:
    first, second, _, third, fourth = outcomes(["pid", "pid", "exit", "pid", "pid"])
    assert first == second != third == fourth
    assert str(os.getpid()) not in (first, third)


def test_the_worker_waits_between_two_rounds() -> None:
    with Pool(harm.do, "so") as pool:
        (first,) = pool.map(["pid"])
        (second,) = pool.map(["pid"])
        assert first == second
        assert list(pool.map([])) == []


def test_a_worker_that_died_while_it_waited_is_nobodys_fault() -> None:
    with Pool(harm.do, "so") as pool:
        (first,) = pool.map(["pid"])
        assert isinstance(first, Done)
        os.kill(int(first.value), signal.SIGKILL)
        # Not /proc: this process may hear of it a little later than that shows it.
        wait_until(
            lambda: int(first.value) not in [p.pid for p in multiprocessing.active_children()]
        )
        assert list(pool.map(["good"])) == [Done("so good")]


def test_stopping_halfway_ends_what_is_busy() -> None:
    with Pool(harm.do, "so", 2) as pool:
        going = pool.map(["good", "sleep", "sleep"])
        assert next(going) == Done("so good")
        begin = time.monotonic()
        going.close()
        assert list(pool.map(["good 2"])) == [Done("so good 2")]
    assert time.monotonic() - begin < LIMITS.seconds


def test_workers_that_cannot_start(capfd: pytest.CaptureFixture[str]) -> None:
    """Not the fault of any file, and not tried for ever."""
    with (
        Pool(harm.do, harm.Poison()) as pool,  # type: ignore[arg-type]
        pytest.raises(NormtemplatesError, match="Er kon geen hulpproces starten"),
    ):
        list(pool.map(["good"]))
    capfd.readouterr()  # three times a traceback


def test_a_worker_that_does_not_get_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate, "_START", 0.0)
    with (
        Pool(harm.do, "so") as pool,
        pytest.raises(NormtemplatesError, match="Er kon geen hulpproces starten"),
    ):
        list(pool.map(["good"]))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("everybody", [False, True], ids=["parent", "group"])
def test_the_end_of_the_parent_is_the_end(
    tmp_path: Path, end: signal.Signals, everybody: bool
) -> None:
    """With Ctrl-C, which reaches all processes of a terminal, and with a kill of the parent."""
    mark = tmp_path / "busy"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.harm", str(mark)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        wait_until(mark.exists, run)
        begin = time.monotonic()
        (os.killpg if everybody else os.kill)(run.pid, end)
        _, stderr = run.communicate(timeout=10)
    assert run.returncode == -end
    wait_until(lambda: not living(run.pid))
    assert time.monotonic() - begin < 5
    assert stderr.count("Traceback") == (end is signal.SIGINT)
