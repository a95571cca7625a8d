"""Measure the main work in CPU time, each against a yardstick in the same run.

Machines and moments differ, so only ratios are compared: ours and the yardstick run in turn,
several times, and the medians are divided.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from normtemplates.definitions import Definitions
from normtemplates.excel import writer
from normtemplates.jobs.check import check_context, check_workbook
from normtemplates.layout import layout_of
from normtemplates.layout.lint import check_plan
from normtemplates.layout.plan import Formula, Item, Link, Rich
from normtemplates.layout.workbook import workbook_plan
from normtemplates.letters import LetterTemplate, make_letter, template_names
from normtemplates.letters.progress import Answered, progress_names
from normtemplates.model.organisation import Organisation

ROOT = Path(__file__).parents[1]
ROUNDS = 9
BATCH = 5
DUE = date(2025, 12, 31)


def cpu(work: Callable[[], object], times: int = BATCH) -> float:
    """Give the CPU milliseconds of one call of ``work``."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) * 1000 / times


def pair(ours: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """Run both in turn; give the medians of each and of the ratio, pair by pair."""
    ours(), other()  # warm up
    first, second = [], []
    for _ in range(ROUNDS):
        first.append(cpu(ours))
        second.append(cpu(other))
    ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
    return statistics.median(first), statistics.median(second), ratio


# -- a straight script with the same calls ---------------------------------------------------------

STRAIGHT = """
import datetime, io, json
import xlsxwriter

def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)

def build(data):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    made = [book]
    def real(value):
        if isinstance(value, list):
            return [real(v) for v in value]
        if isinstance(value, dict):
            if "made" in value:
                return made[value["made"]]
            if "date" in value:
                return datetime.datetime.fromisoformat(value["date"])
            return {k: real(v) for k, v in value.items()}
        return value
    for owner, name, args, named in data:
        made.append(getattr(made[owner], name)(*map(real, args), **real(named)))
    book.close()
    return target.getvalue()
"""


class Recorder:
    """Writes down every public XlsxWriter call that our writer makes for one workbook.

    Calls that XlsxWriter makes by itself inside another are left out; cells, which our writer
    puts straight into the table, are written down as the public calls that they stand for.
    """

    def __init__(self) -> None:
        """Start with the workbook as object 0."""
        self.calls: list[tuple[int, str, list[Any], dict[str, Any]]] = []
        self._numbers: dict[int, int] = {}
        self._kept: list[object] = []
        self._depth = 0

    def call(self, owner: object, name: str, *args: Any, **named: Any) -> int:
        """Write one call down; give the number of what it makes."""
        if not self._kept:
            self.made(0, owner)
        number = self._numbers[id(owner)]
        self.calls.append((number, name, self._json(args), self._json(named)))
        return len(self.calls)

    def made(self, number: int, value: object) -> None:
        """Remember the object that call ``number`` made."""
        self._numbers[id(value)] = number
        self._kept.append(value)

    def _json(self, value: Any) -> Any:
        if id(value) in self._numbers:
            return {"made": self._numbers[id(value)]}
        if isinstance(value, dict):
            return {key: self._json(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._json(one) for one in value]
        if isinstance(value, date):
            return {"date": value.isoformat()}
        return value

    def watch(self, patch: Callable[[type, str, Any], None]) -> None:
        """Put this recorder around the public methods of XlsxWriter's classes."""
        for kind, names in WATCHED.items():
            for name in names:
                patch(kind, name, self._around(name, getattr(kind, name)))

    def _around(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(owner: Any, *args: Any, **named: Any) -> Any:
            its_own = name == "add_format" and args and args[0].keys() & {"xf_index", "hyperlink"}
            if self._depth or its_own:  # the constructor of a workbook makes these again
                return method(owner, *args, **named)
            if isinstance(owner, Chart) and id(owner) not in self._numbers:
                options = {"type": "bar" if isinstance(owner, ChartBar) else "column"}
                book = self._kept[0]
                self.made(self.call(book, "add_chart", {**options, "subtype": "stacked"}), owner)
            number = self.call(owner, name, *args, **named)
            self._depth += 1
            try:
                value = method(owner, *args, **named)
            finally:
                self._depth -= 1
            if name in ("add_worksheet", "add_format"):
                self.made(number, value)
            return value

        return recorded

    def cells(self, drawer: Any, items: list[Item], sheet: Any) -> None:
        """Write down the cells of one sheet as public calls."""
        for row, column, content, style in items:
            at = (row - 1, column - 1)
            chosen = drawer._format(style)
            if isinstance(content, Formula):
                self.call(sheet, "write_formula", *at, f"={content.text}", chosen, content.value)
            elif isinstance(content, Link):
                continue  # watched already
            elif isinstance(content, Rich):
                self.call(sheet, "write_string", *at, "".join(t for t, _ in content.runs), chosen)
            elif isinstance(content, str) and content:
                self.call(sheet, "write_string", *at, content, chosen)
            elif isinstance(content, int | float):
                self.call(sheet, "write_number", *at, content, chosen)
            else:
                self.call(sheet, "write_blank", *at, None, chosen)


WATCHED: dict[type, tuple[str, ...]] = {
    Workbook: (
        "add_worksheet", "add_format", "define_name", "set_properties", "set_custom_property",
        "set_size",
    ),
    Worksheet: (
        "set_column", "set_row", "freeze_panes", "autofilter", "conditional_format",
        "data_validation", "insert_chart", "set_selection", "hide", "hide_gridlines", "protect",
        "set_landscape", "set_portrait", "set_paper", "fit_to_pages", "set_print_scale",
        "repeat_rows", "print_area", "set_h_pagebreaks", "set_margins", "set_footer", "write_url",
        "activate",
    ),
    Chart: (
        "add_series", "set_x_axis", "set_y_axis", "set_title", "set_legend", "set_chartarea",
        "set_size",
    ),
}  # fmt: skip


def straight_script(definitions: Definitions, folder: Path) -> Path:
    """Write a script that makes the same workbook with the same calls and nothing of ours."""
    recorder = Recorder()
    before: list[tuple[type, str, Any]] = []

    def patch(kind: type, name: str, value: Any) -> None:
        before.append((kind, name, getattr(kind, name)))
        setattr(kind, name, value)

    drawer = writer._Writer
    original = drawer._cells

    def cells(self: Any, items: list[Item], sheet: Any) -> None:
        recorder.cells(self, items, sheet)
        original(self, items, sheet)

    recorder.watch(patch)
    patch(drawer, "_cells", cells)
    try:
        draw(definitions, definitions.round().organisations[0])
    finally:
        for kind, name, value in reversed(before):
            setattr(kind, name, value)
    (folder / "calls.json").write_text(json.dumps(recorder.calls), encoding="utf-8")
    script = folder / "straight.py"
    script.write_text(STRAIGHT, encoding="utf-8")
    return script


# -- ours ------------------------------------------------------------------------------------------


def draw(definitions: Definitions, organisation: Organisation) -> bytes:
    """Make one workbook as the build does: plan, lint, write."""
    round_ = definitions.round()
    layout = layout_of(round_.norm, round_, organisation)
    plan = workbook_plan(layout, layout.presets(), definitions.texts)
    check_plan(plan)
    return writer.write_workbook(plan)


def line(what: str, ours: float, other: float | None, ratio: float | None, aim: str) -> None:
    """Print one row of the table."""
    compared = f"{other:9.2f}" if other is not None else " " * 9
    shown = f"{ratio:6.2f}" if ratio is not None else " " * 6
    print(f"{what:<58} {ours:9.2f} {compared} {shown}   {aim}")


def bench_workbook(definitions: Definitions) -> None:
    """One workbook against the straight script."""
    organisations = definitions.round().organisations[:44]
    turn = iter(organisations * 1000)
    with tempfile.TemporaryDirectory() as name:
        script = straight_script(definitions, Path(name))
        spec = importlib.util.spec_from_file_location("straight", script)
        assert spec
        assert spec.loader
        straight = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(straight)
        calls = straight.load(script.with_name("calls.json"))
        figures = pair(lambda: draw(definitions, next(turn)), lambda: straight.build(calls))
    line("workbook: ours / straight XlsxWriter script", *figures, "<= 1.20")


def bench_check(definitions: Definitions) -> None:
    """One full check in process against only opening the same file with openpyxl."""
    path = ROOT / "tests" / "returned" / "goed.xlsx"
    context = check_context(Definitions(ROOT / "tests" / "templates"), "voorbeeld-2025")
    data = path.read_bytes()
    figures = pair(
        lambda: check_workbook(path, context),
        lambda: openpyxl.load_workbook(io.BytesIO(data)),
    )
    line("check: ours, everything / openpyxl.load_workbook, opening", *figures, "<= 0.33")


def bench_letter(definitions: Definitions) -> None:
    """One letter of a round, and the heaviest one: tables, a chart and its picture."""
    round_ = definitions.round()
    turn = iter(round_.organisations[:44] * 1000)
    kind = round_.organisations[0].kind.letter
    names = template_names(round_.norm.code, kind)
    template = next(path for n in names if (path := ROOT / "templates" / n).is_file())
    make_letter(template, next(turn), round_)
    times = [cpu(lambda: make_letter(template, next(turn), round_)) for _ in range(ROUNDS)]
    line("letter (ms CPU)", statistics.median(times), None, None, "<= 10 ms")

    path = definitions.templates.find("letters/voortgangsbrief.docx")
    progress = LetterTemplate(path.read_bytes())
    scale = itertools.cycle(round_.norm.statuses)
    answers = {
        r.number: Answered(s.key, s.label, DUE, "Werkwijze in elk team bespreken")
        for r, s in zip(round_.norm.requirements, scale, strict=False)
    }

    def one(*, detail: bool) -> bytes:
        organisation = next(turn)
        drawn = {"progress": progress_names(organisation, round_, answers, detail=detail)}
        return progress.letter(organisation, round_, {}, drawn)

    for detail, name in ((False, "with tables and chart"), (True, "with every open norm named")):
        work = functools.partial(one, detail=detail)
        work()
        times = [cpu(work) for _ in range(ROUNDS)]
        figure = statistics.median(times)
        line(f"progress letter {name} (ms CPU)", figure, None, None, "<= 10 ms")


def bench_help() -> None:
    """The command line's own start."""
    command = [sys.executable, "-m", "normtemplates", "--help"]
    times = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        after = os.times()
        used = after.children_user + after.children_system
        times.append((used - before.children_user - before.children_system) * 1000)
    line(
        "normtemplates --help (ms CPU, whole process)",
        statistics.median(times),
        None,
        None,
        "<= 200 ms",
    )


def main() -> None:
    """Print the table."""
    definitions = Definitions()
    print(f"XlsxWriter {xlsxwriter.__version__}, openpyxl {openpyxl.__version__}, ", end="")
    print(f"Python {sys.version.split()[0]}; median of {ROUNDS} runs of {BATCH}, in turn\n")
    print(f"{'':<58} {'ours ms':>9} {'other ms':>9} {'ratio':>6}   aim")
    bench_workbook(definitions)
    bench_check(definitions)
    bench_letter(definitions)
    bench_help()


if __name__ == "__main__":
    main()
