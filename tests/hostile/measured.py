"""Run ``normtemplates`` in a process that may use no network, and note what each file costs.

``python -m tests.hostile.measured LOG ARGUMENT…``: the command as ever, with its own workers. Of
each file a line of JSON is added to LOG: what was said of it and what it took, and of every
attempt to use the network too.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import evolve

from normtemplates.jobs import check

_LOG = "NORMTEMPLATES_TEST_LOG"
_NETWORK = ("socket.", "urllib.Request", "ftplib.", "http.client.", "smtplib.")

_checked, _judged = check._checked, check._judged


def _note(**what: object) -> None:
    """Add one line; short ones are written at once, so that two workers do not mix theirs."""
    line = json.dumps(what, ensure_ascii=True) + "\n"
    file = os.open(os.environ[_LOG], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, line.encode())
    os.close(file)


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_NETWORK) and not event.startswith(
        ("socket.__new__", "socket.gethostname")
    ):
        _note(network=event)
        raise PermissionError(event)


def peak() -> int:
    """Give the most memory in MB that this process had since :func:`_forget`, or since it began."""
    with suppress(OSError), Path("/proc/self/status").open(encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) // 1024
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _forget() -> None:
    """Let the peak begin anew, where the system can (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def _said(outcome: object) -> dict[str, Any]:
    if not isinstance(outcome, check.Checked):
        return {"status": "", "codes": [], "rows": ""}
    rows = [evolve(row, source_sha256="") for row in outcome.extras.rows]
    return {
        "status": outcome.report.status.value,
        "codes": sorted({finding.code for finding in outcome.report.findings}),
        "rows": hashlib.sha256(repr(rows).encode()).hexdigest() if rows else "",
    }


def checked(context: check.CheckContext, path: Path, *more: Any) -> Any:
    """Check one file in a worker, as ever."""
    if not getattr(checked, "guarded", False):
        sys.addaudithook(_no_network)
        checked.guarded = True  # type: ignore[attr-defined]
    _forget()
    begin, busy = time.monotonic(), time.process_time()
    outcome = _checked(context, path, *more)
    _note(
        name=path.name,
        seconds=time.monotonic() - begin,
        cpu=time.process_time() - busy,
        peak=peak(),
        **_said(outcome),
    )
    return outcome


def judged(path: Path, *rest: Any) -> Any:
    """Judge a file that cost its worker."""
    outcome = _judged(path, *rest)
    _note(name=path.name, lost=True, **_said(outcome))
    return outcome


def main() -> None:
    """Take the place of what the workers do, and be the command."""
    log, *arguments = sys.argv[1:]
    os.environ[_LOG] = log
    sys.addaudithook(_no_network)
    vars(check).update(_checked=checked, _judged=judged)
    from normtemplates.cli.main import main as command

    sys.argv[1:] = arguments
    command()


if __name__ == "__main__":
    from tests.hostile.measured import main as real

    real()  # under the name by which workers find it
