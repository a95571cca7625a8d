"""Check all hostile files with the real command, everything on, and judge what it said and did."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.clients import fills
from tests.hostile.case import Case
from tests.hostile.table import cases
from tests.jobs.surroundings import environment
from tests.mutations.kind import base

SECONDS = 10
"""What one file may take at most."""

MEMORY = 300
"""MB that a worker may have at most."""

GOOD = "goed.xlsx"


class Result(NamedTuple):
    """What was said of one file and what it took; ``lost`` when it cost its worker.

    ``seconds`` and ``peak`` (MB) are 0 then: nobody lived to tell.
    """

    status: str
    codes: frozenset[str]
    rows: str
    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    lost: bool = False


class Outcome(NamedTuple):
    """All results by row of the table, what was wrong with each, and with the run as a whole."""

    results: Mapping[Case, Result]
    wrong: Mapping[Case, str]
    faults: tuple[str, ...]
    cpu: float


def run(folder: Path, chosen: Iterable[Case] | None = None) -> Outcome:
    """Write the files into ``folder``, which is empty, check them, and judge.

    What was too slow for its worker is checked once more, apart: it may have been the machine that
    was busy.
    """
    rows = tuple(cases() if chosen is None else chosen)
    results, faults = _check(folder / "alle", {f"{n:04}.xlsx": case for n, case in enumerate(rows)})
    slow = {
        f"{n:04}.xlsx": case
        for n, case in enumerate(rows)
        if (found := results.get(f"{n:04}.xlsx")) and found.lost and not case.kills
    }
    if slow:
        again, more = _check(folder / "opnieuw", slow)
        results |= again
        faults += more
    honest = results.get(GOOD)
    if honest is None or honest.status != "akkoord" or not honest.rows:
        faults.append(f"the good return: {honest}")
        honest = Result("", frozenset(), "none")
    found_of = {case: results.get(f"{n:04}.xlsx") for n, case in enumerate(rows)}
    wrong = {case: _wrong(case, result, honest) for case, result in found_of.items()}
    return Outcome(
        {case: result for case, result in found_of.items() if result},
        {case: what for case, what in wrong.items() if what},
        tuple(faults),
        sum(one.cpu for one in results.values()),
    )


def _check(folder: Path, files: Mapping[str, Case]) -> tuple[dict[str, Result], list[str]]:
    """Check files and the good return with one command: results by name, and what it did wrong."""
    for part in ("in", "uit", "home", "tmp"):
        (folder / part).mkdir(parents=True)
    for name, case in files.items():
        (folder / "in" / name).write_bytes(case.make())
    (folder / "in" / GOOD).write_bytes(base("issued"))
    before = _listed(folder)
    log = folder.with_name(folder.name + ".log")
    done = subprocess.run(
        [
            *_without_network(), sys.executable, "-m", "tests.hostile.measured", str(log),
            "check", "--templates", str(fills.TEMPLATES), "--round", fills.ROUND,
            "--jobs", "2", "--format", "html", "--output", "uit/verslag.html",
            "--corrections", "uit/correcties", "--answers", "uit/antwoorden.csv", "--with-texts",
            "in",
        ],
        cwd=folder,
        env={**environment(), "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )  # fmt: skip
    results, network = _read(log)
    faults = [*_harm(folder, before), *network]
    shown = done.stdout + done.stderr
    if done.returncode not in (0, 1) or "Traceback" in shown or "onverwachte fout" in shown:
        faults.append(f"status {done.returncode}: {shown[-2000:]}")
    return results, faults


def _without_network() -> list[str]:
    """Give a command that takes all networks away, where the system lets us."""
    tried = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        return []
    allowed = subprocess.run([*tried, "true"], capture_output=True, check=False).returncode == 0
    return tried if allowed else []


def _listed(folder: Path) -> dict[str, tuple[int, int]]:
    """Give size and time of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _harm(folder: Path, before: Mapping[str, tuple[int, int]]) -> list[str]:
    """Tell of what was written where nothing should be, or is not what was asked for."""
    after = _listed(folder)
    made = {name for name in after if name.startswith("uit/")}
    told = [f"changed or made: {name}" for name in after.keys() - made if
            after[name] != before.get(name)]  # fmt: skip
    told += [f"gone: {name}" for name in before.keys() - after.keys()]
    report = {"uit/verslag.html", "uit/antwoorden.csv"}
    told += [f"not made: {name}" for name in report - made]
    told += [
        f"made as well: {name}"
        for name in made - report
        if not name.startswith(("uit/correcties/correctie", "uit/antwoorden"))
    ]
    return told


def _read(log: Path) -> tuple[dict[str, Result], list[str]]:
    found: dict[str, Result] = {}
    network = []
    for line in log.read_text("utf-8").splitlines() if log.exists() else ():
        entry = json.loads(line)
        if "network" in entry:
            network.append(f"network: {entry['network']}")
            continue
        name = entry.pop("name")
        found[name] = Result(**{**entry, "codes": frozenset(entry["codes"])})
    return found, network


def _wrong(case: Case, result: Result | None, honest: Result) -> str:
    """Say what is wrong with what was said of a file; nothing when all is well."""
    if result is None or not result.status:
        return "nothing was said of it"
    said = f"{result.status} {' '.join(sorted(result.codes))}"
    if "NT900" in result.codes:
        return f"a rule broke: {said}"
    if result.lost and not case.kills:
        return f"it cost its worker: {said}"
    if result.seconds > SECONDS or result.peak > MEMORY:
        return f"{result.seconds:.1f} s and {result.peak} MB"
    if case.refused != (result.status == "geweigerd") and (case.refused or case.read):
        return f"{'not' if case.refused else 'yet'} refused: {said}"
    if case.codes and not case.codes & result.codes:
        return f"no {' or '.join(sorted(case.codes))}: {said}"
    if result.status == "akkoord" and result.rows != honest.rows:
        return f"akkoord with other answers: {said}"
    return ""
