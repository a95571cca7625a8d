"""Check a thousand returns of one round, and tell time and memory as the number grows.

The round is the shipped one with a register of organisations that do not exist. Every tenth sends
nothing, every tenth has something to mend, every tenth sends a second version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from normtemplates.definitions import Definitions
from normtemplates.definitions.registers import ORGANISATION_COLUMNS
from normtemplates.excel.writer import write_workbook
from normtemplates.layout import Layout, layout_of
from normtemplates.layout.workbook import workbook_plan
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.norm import FieldKind, Role

ROOT = Path(__file__).parents[1]
KIND = "gemeente"
PAUSE = 0.1  # seconds between two looks at the memory


def main() -> int:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        round_name = prepare(place / "templates", number * 10 // 9)
        start = time.process_time()
        files = generate(place, round_name, number)
        print(f"{files} returns written in {time.process_time() - start:.0f} s CPU; load ", end="")
        print(f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
        print(
            f"{'files':>6} {'jobs':>5} {'wall s':>8} {'CPU s':>8} {'ms a file':>10} {'peak MiB':>9}"
        )
        for part in (number // 10, number // 2, number):
            for jobs in (1, 2):
                print(measure(place, round_name, part, jobs), flush=True)
        print("\nthe same without --answers")
        for part in (number // 10, number):
            print(measure(place, round_name, part, 2, handing_on=False), flush=True)
    return 0


def prepare(templates: Path, number: int) -> str:
    """Write a register of so many organisations and a round for it; give the round's name."""
    shipped = Definitions().round()
    source = next(one for one in shipped.organisations if one.kind.code == KIND)
    (templates / "registers").mkdir(parents=True)
    (templates / "rounds").mkdir()
    lines = [",".join(ORGANISATION_COLUMNS)]
    for n in range(number):
        who = f"Voorbeeldplaats {n}"
        lines.append(f"GM{n:04},{KIND},{who},{who},{source.region.key},,,,,,")
    (templates / "registers" / "meting.csv").write_text("\n".join(lines) + "\n", "utf-8")
    norm = shipped.norm
    text = f"""
name = "meting"
title = "meting"
norm = "{norm.code}"
edition = "{norm.edition}"
register = "meting"
reference_date = {shipped.reference_date}
"""
    (templates / "rounds" / "meting.toml").write_text(text, "utf-8")
    return "meting"


def generate(place: Path, round_name: str, number: int) -> int:
    """Write so many returns into ``in/``, in an order that a part of them can be taken from."""
    definitions = Definitions(place / "templates")
    round_ = definitions.round(round_name)
    folder = place / "in"
    folder.mkdir()
    written = 0
    for n, organisation in enumerate(round_.organisations):
        if n % 10 == 9 or written >= number:
            continue
        layout = layout_of(round_.norm, round_, organisation)
        for version in range(1 + (n % 10 == 0)):
            if written < number:
                plan = workbook_plan(layout, answers(layout, n, version), definitions.texts)
                (folder / f"{written:05}.xlsx").write_bytes(write_workbook(plan))
                written += 1
    return written


def answers(layout: Layout, n: int, version: int) -> Answers:
    """Fill every row in words of this organisation; every tenth forgets one."""
    norm, day = layout.norm, layout.round.reference_date
    statuses = norm.statuses_of(Role.DONE, Role.PARTLY, Role.MISSING)
    rows: dict[str, dict[str, Value]] = {}
    for place, slot in enumerate(layout.rows):
        number = slot.requirement.number
        status = statuses[(place + n) % len(statuses)]
        row = {layout.status_key: text_value(status.label)}
        for one in norm.fields:
            if status.role not in one.required_for:
                continue
            if one.kind is FieldKind.DATE:
                later = one.not_before is not None
                row[one.key] = date_value(day + timedelta(days=90 if later else -30 - version))
            elif one.kind is FieldKind.CHOICE:
                row[one.key] = text_value(one.choices[n % len(one.choices)])
            else:
                row[one.key] = text_value(
                    f"{one.header} bij norm {number} van plaats {n}.{version}"
                )
        rows[number] = row
    if n % 10 == 5:
        rows.pop(layout.rows[0].requirement.number)
    cover = {}
    for one in norm.cover:
        if one.kind is FieldKind.DATE:
            cover[one.key] = date_value(date(day.year, 1, 14))
        elif one.kind is FieldKind.CHOICE:
            cover[one.key] = text_value(one.choices[0])
        else:
            cover[one.key] = text_value("team@voorbeeldplaats.example")
    return Answers(rows, cover)


def measure(
    place: Path, round_name: str, number: int, jobs: int, *, handing_on: bool = True
) -> str:
    """Check the first so many with the command itself; give a line of the table.

    With ``handing_on`` the answers are written too.
    """
    folder = place / f"part-{number}"
    if not folder.exists():
        folder.mkdir()
        for file in sorted((place / "in").iterdir())[:number]:
            os.link(file, folder / file.name)
    command = [sys.executable, "-m", "normtemplates", "check", str(folder), "--round", round_name]
    command += ["--templates", str(place / "templates"), "--format", "json", "--jobs", str(jobs)]
    command += ["--output", str(place / "report.json")]
    if handing_on:
        command += ["--answers", str(place / "answers.jsonl")]
    before, start = os.times(), time.monotonic()
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    peak = 0
    while running.poll() is None:
        peak = max(peak, memory(running.pid))
        time.sleep(PAUSE)
    wall, after = time.monotonic() - start, os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    if running.returncode not in (0, 1):  # some have something to mend
        raise SystemExit(f"exit code {running.returncode}")
    if jobs == 2:
        shutil.rmtree(folder)
    return (
        f"{number:>6} {jobs:>5} {wall:>8.1f} {used:>8.1f} {used * 1000 / number:>10.1f} "
        f"{peak / 1024:>9.0f}"
    )


def memory(pid: int) -> int:
    """Give the KiB of a process and of all below it, what they share counted once each."""
    children: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "status").read_text("utf-8")
            except OSError:  # it ended
                continue
            values = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
            sizes[int(entry.name)] = int(values.get("VmRSS", "0").split()[0])
            children.setdefault(int(values["PPid"]), []).append(int(entry.name))
    waiting, total = [pid], 0
    while waiting:
        one = waiting.pop()
        total += sizes.get(one, 0)
        waiting += children.get(one, [])
    return total


if __name__ == "__main__":
    sys.exit(main())
