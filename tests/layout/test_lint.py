"""Each rule of the lint finds its planted breach, says where, and leaves good plans alone."""

from __future__ import annotations

import ast
import inspect
import math
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType, ModuleType
from typing import Any

import pytest
from attrs import evolve

from normtemplates.errors import DefinitionError
from normtemplates.jobs import build as build_job
from normtemplates.layout import formula_lint
from normtemplates.layout import lint as lint_module
from normtemplates.layout.conditions import IsDate, MaxLength, NoError, Placeholder, Required
from normtemplates.layout.formula_lint import FUNCTIONS, facts_of
from normtemplates.layout.keys import key_formula
from normtemplates.layout.kinds import CellRule
from normtemplates.layout.lint import check_plan, lint
from normtemplates.layout.look import ANSWER, NEEDED_ACCENT, SENTENCE_CELL, Style
from normtemplates.layout.plan import (
    AccentPlan,
    ChartPlan,
    ColumnPlan,
    Content,
    Formula,
    Link,
    PrintPlan,
    Rich,
    Series,
    SheetPlan,
    ValidationPlan,
    WorkbookPlan,
)
from normtemplates.layout.slots import RowCells
from normtemplates.model.submission import Area
from tests.excel.writer_plans import chain, full_plan, sample_plan, workbook
from tests.layout.samples import definitions, texts

Plant = Callable[[WorkbookPlan], None]
LOCKED = Style()
SMILE = "\N{GRINNING FACE}"
B2 = Area(2, 2, 2, 2)


def good_plan() -> WorkbookPlan:
    """Give a small plan without fault: an answer in B2, a chart, a filter, a list."""
    sheet = SheetPlan("Blad", filter=Area(1, 1, 9, 3), freeze=(2, 1))
    sheet.put(1, 1, "Kop", SENTENCE_CELL)
    sheet.put(2, 2, None, ANSWER)
    sheet.put(9, 3, Formula("LEN($B2)", 0), LOCKED)
    sheet.columns.append(ColumnPlan(1, 3, 20))
    sheet.heights[1] = (20, True)
    rule = CellRule("list", source="lijst")
    sheet.validations.append(
        ValidationPlan((Area(2, 2, 2, 2),), rule, "Kies", "Kies.", "Nee", "Nee.")
    )
    sheet.accents.append(AccentPlan(Area(2, 2, 2, 2), "LEN($B2)=0", NEEDED_ACCENT))
    series = (Series("Reeks", "=Blad!$A$1:$A$9", "=Blad!$C$1:$C$9", "#0B3F66", "#FFFFFF"),)
    sheet.charts.append(ChartPlan(12, 1, 400, 200, "bar", "Titel", "Wat te zien is.", series))
    sheet.notes.append((2, 2, "Kijk hier nog eens."))
    names = {"lijst": "_lijsten!$A$1:$A$2", "merk": '"a · b"'}
    return workbook(sheet, SheetPlan("_lijsten", hidden=True), names=names, properties={"a": "b"})


@pytest.mark.parametrize("build", [good_plan, sample_plan, full_plan])
def test_a_good_plan_passes(build: Callable[[], WorkbookPlan]) -> None:
    assert lint(build()) == []
    check_plan(build())


def put(content: Content, style: Style = LOCKED) -> Plant:
    """Put something in Blad!C3."""
    return lambda plan: plan.sheets[0].put(3, 3, content, style)


def formula(text: str) -> Plant:
    return put(Formula(text, 0))


def sheet(**changes: object) -> Plant:
    def plant(plan: WorkbookPlan) -> None:
        for name, value in changes.items():
            setattr(plan.sheets[0], name, value)

    return plant


def book(**changes: object) -> Plant:
    def plant(plan: WorkbookPlan) -> None:
        for name, value in changes.items():
            setattr(plan, name, value)

    return plant


def validation(**changes: object) -> Plant:
    def plant(plan: WorkbookPlan) -> None:
        for name, value in changes.items():
            setattr(plan.sheets[0].validations[0], name, value)

    return plant


def chart(**changes: object) -> Plant:
    def plant(plan: WorkbookPlan) -> None:
        for name, value in changes.items():
            setattr(plan.sheets[0].charts[0], name, value)

    return plant


def printed(**changes: object) -> Plant:
    return lambda plan: setattr(plan.sheets[0], "print", PrintPlan(**changes))  # type: ignore[arg-type]


def name(key: str, text: str = "Blad!$A$1") -> Plant:
    return lambda plan: plan.names.update({key: text})


def series(**changes: str) -> Plant:
    def plant(plan: WorkbookPlan) -> None:
        one = plan.sheets[0].charts[0]
        one.series = (one.series[0]._replace(**changes),)

    return plant


def accent(area: Area, text: str = "LEN($B2)=0") -> Plant:
    one = AccentPlan(area, text, NEEDED_ACCENT)
    return lambda plan: plan.sheets[0].accents.append(one)


def more_sheets(*names: str) -> Plant:
    return lambda plan: setattr(plan, "sheets", [*plan.sheets, *map(SheetPlan, names)])


def nested(levels: int) -> str:
    return "NOT(" * levels + "TRUE" + ")" * levels


BREACHES: dict[str, tuple[Plant, str]] = {
    # -- the workbook
    "no visible sheet": (sheet(hidden=True), "workbook: no sheet is visible"),
    "no sheet at all": (book(sheets=[]), "workbook: no sheet is visible"),
    "long sheet name": (more_sheets("x" * 32), "the sheet name has 32 characters, more than 31"),
    "astral sheet name": (more_sheets(SMILE * 16), "the sheet name has 32 characters"),
    "sheet name with a slash": (more_sheets("a/b"), "a/b: Excel does not take this"),
    "sheet name with a bracket": (more_sheets("a[b"), "a[b: Excel does not take this"),
    "sheet name with an apostrophe": (more_sheets("ab'"), "ab': Excel does not take this"),
    "reserved sheet name": (more_sheets("History"), "History: Excel does not take this"),
    "empty sheet name": (more_sheets(" "), "the sheet name is empty"),
    "sheet name twice": (more_sheets("BLAD"), "BLAD: another sheet has this name"),
    "sheet name with control": (more_sheets("a\x01"), "the sheet name cannot have '\\x01'"),
    "name with a space": (name("a b"), "name a b: Excel does not take this as a name"),
    "name like a cell": (name("AB12"), "name AB12: Excel does not take this as a name"),
    "name like R1C1": (name("r1c1"), "name r1c1: Excel does not take this as a name"),
    "name like R": (name("R"), "name R: Excel does not take this as a name"),
    "long name": (name("x" * 256), "Excel does not take this as a name"),
    "reserved name": (name("_xlnm.Print_Area"), "Excel does not take this as a name"),
    "name twice": (name("LIJST"), "two defined names differ in case only"),
    "name of a missing sheet": (name("weg", "Weg!$A$1"), "name weg: no sheet is called weg"),
    "name with a long text": (name("t", f'"{"x" * 256}"'), "name t: a text in the formula has 256"),
    "long property": (book(properties={"a": "x" * 256}), "property a: the value has 256"),
    "long property key": (book(properties={"k" * 256: "x"}), "the key has 256 characters"),
    "property with control": (book(properties={"a": "\x02"}), "property a: the value cannot have"),
    "title with control": (book(title="a\x02"), "workbook: the title cannot have"),
    "long company": (book(company="x" * 256), "workbook: the company has 256 characters"),
    "password": (book(password="geheim€"), "passwords than plain ASCII"),
    # -- cells
    "long text": (put("x" * 32_768), "Blad!C3: the text has 32768 characters, more than 32767"),
    "long astral text": (put(SMILE * 16_384), "Blad!C3: the text has 32768 characters"),
    "long rich text": (put(Rich((("x" * 20_000, True),) * 2)), "Blad!C3: the text has 40000"),
    "long value": (put(Formula("LEN($A1)", "x" * 32_768)), "Blad!C3: the text has 32768"),
    "not a number": (put(math.nan), "Blad!C3: nan is no number that a cell can hold"),
    "infinite": (put(-math.inf), "Blad!C3: -inf is no number that a cell can hold"),
    "infinite value": (put(Formula("SUM($A1)", math.inf)), "Blad!C3: inf is no number"),
    "cell twice": (lambda plan: plan.sheets[0].put(1, 1, "x", LOCKED), "Blad!A1: the cell is"),
    "row 0": (lambda plan: plan.sheets[0].put(0, 1, "x", LOCKED), "lies outside the sheet"),
    "row too far": (
        lambda plan: plan.sheets[0].put(1_048_577, 1, "x", LOCKED), "lies outside the sheet",
    ),
    "column too far": (
        lambda plan: plan.sheets[0].put(1, 16_385, "x", LOCKED), "lies outside the sheet",
    ),
    "link without target": (put(Link("Blad!A1", "x")), "Blad!C3: 'Blad!A1' is no #Sheet!A1"),
    "link to a file": (put(Link("external:c:/x.xlsx", "x")), "is no #Sheet!A1, https:// or"),
    "link to a missing sheet": (put(Link("#Weg!A1", "x")), "Blad!C3: no sheet is called weg"),
    "long link": (put(Link(f"https://{'x' * 2080}", "x")), "the link has 2088 characters"),
    "long tip": (put(Link("#Blad!A1", "x", "t" * 256)), "the tip has 256 characters"),
    "link text with control": (put(Link("#Blad!A1", "\x01")), "the text of the link cannot have"),
    # -- formulas
    "empty formula": (formula(""), "Blad!C3: the formula is empty or begins with ="),
    "formula with =": (formula("=LEN($A1)"), "the formula is empty or begins with ="),
    "long formula": (formula("&".join(["$A1"] * 2049)), "the formula has 8195 characters"),
    "nested formula": (formula(nested(65)), "nested 65 levels deep, more than 64"),
    "long literal": (formula(f'LEN("{"x" * 256}")'), "a text in the formula has 256 characters"),
    "long astral literal": (formula(f'LEN("{SMILE * 128}")'), "a text in the formula has 256"),
    "open literal": (formula('LEN("x)'), "a text in the formula has no end"),
    "open bracket": (formula("LEN($A1"), "the brackets of the formula do not match"),
    "brackets the wrong way": (formula(")LEN($A1("), "the brackets of the formula do not match"),
    "function": (formula("TRIM($A1)"), "function TRIM is not among the allowed ones"),
    "function in a function": (formula("IF(VLOOKUP($A1,$B:$C,2),1,2)"), "function VLOOKUP"),
    "function in lower case": (formula("len($A1)"), "function len is not among"),
    "function without its prefix": (formula("UNICHAR(160)"), "function UNICHAR is not among"),
    "wide character": (formula("LEN(CHAR(160))"), "CHAR above 31 depends on the machine"),
    "undefined short name": (formula("LEN(we)"), "Blad!C3: no name is defined as we"),
    "undefined name": (formula("LEN(weg)"), "Blad!C3: no name is defined as weg"),
    "missing sheet": (formula("LEN(Weg!$A$1)"), "Blad!C3: no sheet is called weg"),
    "missing quoted sheet": (formula("LEN('Weg ''t'!$A$1)"), "no sheet is called weg 't"),
    "array": (formula("SUM({1,2})"), "the formula cannot have '{'"),
    "broken reference": (formula("SUM(#REF!)"), "the formula cannot have '#'"),
    "other workbook": (formula("SUM([1]Blad!$A$1)"), "the formula cannot have '['"),
    "control in a formula": (formula('LEN("\x01")'), "the formula cannot have '\\x01'"),
    "return in a formula": (formula('LEN("\r")'), "the formula cannot have '\\r'"),
    "half a character": (formula('LEN("\ud800")'), "the formula cannot have '\\ud800'"),
    "text compared": (formula('IF($A1="ja",1,2)'), "compares text with = or <>"),
    "text compared with <>": (formula('IF($A1<>"",1,2)'), "compares text with = or <>"),
    "text compared from the left": (formula('IF("ja"=$A1,1,2)'), "compares text with = or <>"),
    "row outside": (formula("LEN($A1048577)"), "$A1048577 lies outside a sheet"),
    "row 0 in a formula": (formula("LEN($A0)"), "$A0 lies outside a sheet"),
    "column outside": (formula("LEN(XFE$1)"), "XFE$1 lies outside a sheet"),
    "match of a text": (formula("MATCH($A1,$B$1:$B$9,0)"), "MATCH may only look for a number"),
    "match of a literal": (formula('MATCH("x",$B$1:$B$9,0)'), "MATCH may only look for a number"),
    "match in order": (formula("MATCH(3,$B$1:$B$9)"), "MATCH may only look for a number"),
    "link to a web page": (formula('HYPERLINK("https://x.nl","x")'), "HYPERLINK may only lead"),
    "link to a typed place": (formula('HYPERLINK($A1,"x")'), "HYPERLINK may only lead"),
    # -- validations
    "long prompt title": (validation(prompt_title="x" * 33), "Blad!B2: the prompt's title has 33"),
    "long prompt": (validation(prompt="x" * 256), "Blad!B2: the prompt has 256 characters"),
    "long stop title": (validation(stop_title="x" * 33), "the stop message's title has 33"),
    "long stop": (validation(stop="x" * 225), "the stop message has 225 characters, more than 224"),
    "no prompt": (validation(prompt=""), "Blad!B2: the prompt is empty"),
    "no stop": (validation(stop=" "), "Blad!B2: the stop message is empty"),
    "prompt with control": (validation(prompt="a\x07"), "the prompt cannot have '\\x07'"),
    "list as a literal": (validation(rule=CellRule("list", source='"a,b"')), "splits its"),
    "list as a range": (validation(rule=CellRule("list", source="$A$1:$A$9")), "splits its"),
    "undefined list": (validation(rule=CellRule("list", source="weg")), "no name is defined as"),
    "dates the wrong way": (
        validation(rule=CellRule("date", first=date(2026, 1, 1), last=date(2025, 1, 1))),
        "Blad!B2: the first date lies after the last",
    ),
    "no length": (validation(rule=CellRule("textLength", longest=0)), "no text has 0 characters"),
    "no area": (validation(areas=()), "Blad: the validation has no area"),
    "area the wrong way": (validation(areas=(Area(3, 2, 2, 2),)), "lies outside the sheet"),
    "unlocked without validation": (put(None, ANSWER), "Blad!C3: an unlocked cell without"),
    "validation on a locked cell": (
        validation(areas=(Area(2, 2, 3, 2),)), "Blad!B3: a validation on a locked cell",
    ),
    "two validations": (validation(areas=(B2, B2)), "Blad!B2: the cell has two validations"),
    "unlocked default": (sheet(default_style=ANSWER), "Blad: the default style unlocks every cell"),
    # -- conditional formats
    "accent with a bad formula": (accent(B2, "ISBLANK($B2)"), "Blad!B2: function ISBLANK is not"),
    "accent on a missing sheet": (accent(B2, "LEN(Weg!$A$1)=0"), "Blad!B2: no sheet is called weg"),
    "accent below": (accent(Area(9, 1, 10, 1)), "Blad!A9: the conditional format lies outside"),
    "accent beside": (accent(Area(1, 1, 1, 4)), "Blad!A1: the conditional format lies outside"),
    "accent the wrong way": (accent(Area(3, 1, 2, 1)), "the conditional format lies outside"),
    # -- charts
    "no alt text": (chart(alt=" "), "Blad!A12: the chart's alt text is empty"),
    "alt text with control": (chart(alt="a\x01"), "the chart's alt text cannot have"),
    "no chart title": (chart(title=""), "Blad!A12: the chart's title is empty"),
    "formula as a chart title": (chart(title="=Blad!$A$1"), "must be a text, no formula"),
    "no series": (chart(series=()), "Blad!A12: the chart has no series"),
    "no size": (chart(width=0), "lies outside the sheet or has no size"),
    "series of a missing sheet": (series(values="=Weg!$A$1:$A$9"), "no sheet is called weg"),
    "series without a sheet": (series(values="=$A$1:$A$9"), "is no reference to a sheet"),
    "series without =": (series(categories="Blad!$A$1:$A$9"), "is no reference to a sheet"),
    "name of a missing sheet in a series": (series(name="=Weg!$A$1"), "no sheet is called weg"),
    "empty series name": (series(name=""), "the name of the series is empty"),
    # -- notes
    "empty note": (sheet(notes=[(1, 1, "")]), "Blad!A1: the note is empty"),
    "long note": (sheet(notes=[(1, 1, "x" * 32_768)]), "Blad!A1: the text has 32768 characters"),
    "two notes": (sheet(notes=[(1, 1, "a"), (1, 1, "b")]), "Blad!A1: the cell has two notes"),
    "note outside": (sheet(notes=[(0, 1, "a")]), "Blad: a note lies outside the sheet"),
    # -- measures and view
    "wide column": (sheet(columns=[ColumnPlan(1, 1, 256)]), "is 256 characters wide, more than"),
    "column plan outside": (sheet(columns=[ColumnPlan(1, 16_385, 9)]), "columns 1 to 16385 lie"),
    "columns the wrong way": (sheet(columns=[ColumnPlan(2, 1, 9)]), "columns 2 to 1 lie outside"),
    "two widths": (
        sheet(columns=[ColumnPlan(1, 3, 9), ColumnPlan(3, 4, 9)]), "columns 3 to 4 have two widths",
    ),
    "high row": (sheet(heights={4: (410, True)}), "row 4 is 410 points high, more than 409"),
    "flat row": (sheet(heights={4: (0, True)}), "row 4 is 0 points high"),
    "row height outside": (sheet(heights={0: (20, True)}), "row 0 lies outside the sheet"),
    "selected outside": (sheet(selected=(0, 1)), "the selected cell lies outside the sheet"),
    "nothing frozen": (sheet(freeze=(1, 1)), "there is nothing to freeze"),
    "filter outside": (sheet(filter=Area(2, 1, 1, 1)), "the filter lies outside the sheet"),
    # -- print
    "long footer": (printed(footer="x" * 256), "Blad: the footer has 256 characters"),
    "footer with control": (printed(footer="&L\x01"), "Blad: the footer cannot have"),
    "print area": (printed(area=Area(1, 1, 0, 1)), "the print area lies outside the sheet"),
    "repeated rows": (printed(repeat_rows=(3, 2)), "the rows to repeat lie outside the sheet"),
    "scale": (printed(scale=9), "a scale of 9 % is not between 10 and 400"),
    "break while fitting": (printed(breaks_before=(9,)), "Excel ignores breaks when it fits"),
    "break before row 1": (printed(scale=68, breaks_before=(1,)), "a page break lies outside"),
    "margin": (printed(margins=(-1.0, 0.0, 0.0, 0.0)), "a margin or a number of pages is negative"),
}  # fmt: skip


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_found(breach: str) -> None:
    plant, expected = BREACHES[breach]
    plan = good_plan()
    plant(plan)
    found = lint(plan)
    assert any(expected in line for line in found), found


LIMITS: dict[str, Plant] = {
    "sheet name": more_sheets("x" * 31),
    "text": put("x" * 32_767),
    "astral text": put(SMILE * 16_383 + "x"),
    "literal": formula(f'LEN("{"x" * 255}")'),
    "quotes count once": formula("LEN(" + '"' + "x" * 128 + '""' * 127 + '")'),
    "nesting": formula(nested(64)),
    "formula": formula("&".join(["$A1"] * 2048)),
    "reference": formula("LEN(XFD$1048576)"),
    "stop": validation(stop="x" * 224),
    "prompt": validation(prompt="x" * 255),
    "titles": validation(prompt_title="x" * 32, stop_title="x" * 32),
    "property": book(properties={"a": "x" * 255}),
    "footer": printed(footer="x" * 255),
    "width": sheet(columns=[ColumnPlan(1, 1, 255)]),
    "height": sheet(heights={1: (409, True)}),
    "name": name("x" * 255),
    "control in a cell": put("\x01\ud800"),
    "control in a note": sheet(notes=[(1, 1, "\x01")]),
    "control in an answer": lambda plan: plan.sheets[0].items.__setitem__(
        1, plan.sheets[0].items[1]._replace(content="\x0b")
    ),
    "empty sheet": more_sheets("Leeg"),
    "whole columns": formula("COUNTIF($A:$A,1)"),
    "boolean": formula("IF(TRUE,FALSE,LEN(lijst))"),
    "criterion": formula('COUNTIF($A$1:$A$9,">="&DATE(2025,1,1))'),
    "match of our number": formula("IFERROR(MATCH(3,$B$1:$B$9,0),0)"),
    "link inside": formula('HYPERLINK("#Blad!C"&(LEN($A1)+3),INDEX($A$1:$A$9,2))'),
    "control character": formula("SUBSTITUTE($A1,CHAR(31),_xlfn.UNICHAR(160))"),
}  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS)
def test_what_just_fits_passes(limit: str) -> None:
    plan = good_plan()
    LIMITS[limit](plan)
    assert lint(plan) == []


def test_all_faults_are_reported_at_once() -> None:
    plan = good_plan()
    for breach in ("long text", "name like a cell", "long stop"):
        BREACHES[breach][0](plan)
    with pytest.raises(DefinitionError) as caught:
        check_plan(plan)
    assert len(caught.value.faults) == 3
    assert list(caught.value.faults) == lint(plan)


def test_the_same_fault_is_said_of_every_cell() -> None:
    plan = good_plan()
    for row in (4, 5):
        plan.sheets[0].put(row, 1, Formula("TRIM($A1)", 0), LOCKED)
    assert [line.split(":")[0] for line in lint(plan)] == ["Blad!A4", "Blad!A5"]


def test_the_formulas_of_the_conditions_pass() -> None:
    cells = RowCells(14, {"a": (3, 12)})
    conditions = [
        NoError("a", "A", "A"), Required("a", "A", "A"), IsDate("a", "A", "A"),
        MaxLength("a", "A", "A", longest=500),
        Placeholder("a", "A", "A", words=("volgt", "x" * 200)),
    ]  # fmt: skip
    formulas = [one.formula(cells) for one in conditions]
    for text in (*formulas, key_formula("$C14"), chain(14)):
        assert facts_of(text).faults == ()


def test_the_allowed_functions_are_those_of_the_design() -> None:
    conditions = (
        "IF AND OR NOT ISERROR IFERROR ISNUMBER ISTEXT LEN SUBSTITUTE LOWER EXACT FIND DATE CHAR "
        "_xlfn.UNICHAR"
    )
    dashboards = "SUM COUNTIF COUNTIFS REPT"
    open_rows = "INDEX MATCH HYPERLINK"  # ours: Start's list, see docs/architecture.md
    assert set(f"{conditions} {dashboards} {open_rows}".split()) == FUNCTIONS


def test_a_style_that_is_equal_but_not_the_same_counts_too() -> None:
    plan = good_plan()
    plan.sheets[0].put(3, 3, None, evolve(ANSWER))
    assert "Blad!C3: an unlocked cell without validation" in lint(plan)


def _sentences(module: ModuleType) -> dict[int, str]:
    """The lines of a module that say what is wrong: its rules, by line."""
    tree = ast.parse(inspect.getsource(module))
    said: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            said[node.lineno] = ast.unparse(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "faults.append":
            said[node.lineno] = ast.unparse(node.args[0])
    return said


def _lines_run(work: Callable[[], object]) -> set[tuple[str, int]]:
    """The lines of the lint that ``work`` runs through."""
    files = {lint_module.__file__, formula_lint.__file__}
    seen: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    formula_lint.facts_of.cache_clear()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return seen


def test_no_rule_goes_without_a_planted_breach() -> None:
    """A rule is a line that says what is wrong; each must be said of some planted breach."""

    def all_breaches() -> None:
        for plant, _ in BREACHES.values():
            plan = good_plan()
            plant(plan)
            lint(plan)

    said, silent = _lines_run(all_breaches), _lines_run(lambda: lint(good_plan()))
    rules = {
        (module.__file__, line): sentence
        for module in (lint_module, formula_lint)
        for line, sentence in _sentences(module).items()
    }
    assert len(rules) > 60
    assert [rules[place] for place in sorted(rules) if place not in said] == []
    assert [rules[place] for place in sorted(rules) if place in silent] == []


def test_nothing_is_written_of_a_plan_with_a_breach(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job that makes workbooks asks the lint before the writer, whatever the breach."""
    round_ = definitions().round("voorbeeld-2025")
    written: list[WorkbookPlan] = []
    monkeypatch.setattr(build_job, "write_workbook", written.append)
    for plant, expected in BREACHES.values():
        plan = good_plan()
        plant(plan)
        monkeypatch.setattr(build_job, "workbook_plan", lambda *_, plan=plan: plan)
        work = build_job._Work(round_, texts(), None, workbooks=True, letters={})
        with pytest.raises(DefinitionError) as caught:
            build_job._workbook(work, round_.organisations[0])
        assert any(expected in fault for fault in caught.value.faults)
    assert not written
