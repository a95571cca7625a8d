"""The registry: what a rule is, how rules are found, and how they are run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final, Literal

from attrs import evolve, frozen

from normtemplates.errors import RequestError
from normtemplates.layout.conditions import Condition
from normtemplates.layout.places import address, coordinates
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.shown import shown
from normtemplates.model.submission import Sheet, Submission
from normtemplates.rules.context import Broken, Context, Crash

#: The rule that tells of the crash of another one; it runs last.
INTERNAL_ERROR: Final = "NT900"

#: Codes of rules that are gone; a code never comes back with another meaning.
RETIRED: Final[frozenset[str]] = frozenset()

_TROUBLE = "Er is iets mis met dit bestand."
_CODE = re.compile(r"NT[1-9]\d\d")
_NAME = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_MODULE = re.compile(r"(nt\d+)_\w+")

Check = Callable[[Submission, Context], Iterator[Finding]]


class RegistryError(ValueError):
    """A rule of ours is not fit to be registered; always a mistake in the rule's module."""


def _untouched(example: object) -> None:
    """Leave the workbook or folder of the examples as it is: nothing wrong with it."""


@frozen
class Case:
    """One example: what ``change`` does to what is sound, and where findings then stand.

    That is a workbook (:class:`~normtemplates.rules.examples.Book`) for a rule about one file,
    and a folder (:class:`~normtemplates.rules.example_folder.Folder`) for one about a round.
    ``title`` is Dutch, for the manual. ``places`` name one place for each finding, as
    ``Book.place`` reads them, or the file in the folder, ``""`` for the round itself; none for a
    good example.
    """

    title: str
    change: Callable[[Any], object] = _untouched
    places: tuple[str, ...] = ()


@frozen(eq=False, kw_only=True)
class Rule:
    """What every rule has; it is a :class:`FileRule` or a :class:`~.round.RoundRule`.

    ``finds``, ``why``, ``remedy`` and ``known_misses`` are Dutch, for the manual. ``severity`` is
    the worst that its findings have. ``withholds`` says that no report may show what stands in the
    cells that its findings are on. ``mended`` is a Dutch sentence that says what a correction
    workbook did about a finding that is not true of it any more; ``""`` where it does nothing.

    Raises :class:`RegistryError` when something is missing or not in form.
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    remedy: str
    good: tuple[Case, ...]
    bad: tuple[Case, ...]
    known_misses: tuple[str, ...] = ()
    withholds: bool = False
    mended: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that is not fit to be registered."""
        if not _CODE.fullmatch(self.code):
            raise RegistryError(f"{self.code!r} is no code: write NT and three digits")
        if self.code in RETIRED:
            raise RegistryError(f"{self.code} was the code of another rule; take a new one")
        if not _NAME.fullmatch(self.name):
            raise RegistryError(f"{self.code}: {self.name!r} is no kebab-case name")
        for part in ("finds", "why", "remedy"):
            if not getattr(self, part).strip():
                raise RegistryError(f"{self.code} does not say {part!r}")
        if not self.good or not self.bad:
            raise RegistryError(f"{self.code} needs good and bad examples")
        if any(case.places for case in self.good):
            raise RegistryError(f"{self.code}: a good example has no finding")
        if not all(case.places for case in self.bad):
            raise RegistryError(f"{self.code}: a bad example says where its findings stand")

    def finding(
        self,
        message: str,
        *,
        sheet: str | None = None,
        cell: tuple[int, int] | None = None,
        requirement: str | None = None,
        field: str | None = None,
        severity: Severity | None = None,
        refuses: bool = False,
    ) -> Finding:
        """Give a finding of this rule; ``cell`` is row and column, ``severity`` may be milder."""
        return Finding(
            self.code,
            severity or self.severity,
            message,
            sheet=sheet,
            cell=address(*cell) if cell else None,
            requirement=requirement,
            field=field,
            refuses=refuses,
        )


@frozen(eq=False, kw_only=True)
class FileRule(Rule):
    """A rule about one file.

    ``conditions`` are the classes of condition that it answers for, on rows of the overview, on
    the cover fields, or on ``both``; ``troubles`` the kinds of trouble with the file.
    """

    check: Check
    conditions: tuple[type[Condition], ...] = ()
    on: Literal["rows", "cover", "both"] = "both"
    troubles: tuple[str, ...] = ()

    def broken(self, context: Context) -> Iterator[Finding]:
        """Give a finding for each broken condition of the classes that this rule answers for."""
        for kind in self.conditions:
            for one in context.broken(kind):
                if self.on != ("cover" if one.number else "rows"):
                    yield self.at(one, one.condition.describe(one.row))

    def at(self, broken: Broken, message: str) -> Finding:
        """Give a finding on the cell of a broken condition."""
        return self.finding(
            message,
            sheet=broken.sheet.name,
            cell=(broken.cell.row, broken.cell.column),
            requirement=broken.number,
            field=broken.condition.field,
            severity=broken.condition.severity,
        )

    def trouble(
        self, submission: Submission, advice: str | Mapping[str, str], mild: str = ""
    ) -> Iterator[Finding]:
        """Give a finding for each trouble with the file that this rule answers for.

        ``advice`` says what to do, by kind where kinds differ; ``mild`` is said in its place when
        the file could be read all the same.
        """
        for one in submission.troubles:
            if one.kind in self.troubles:
                do = advice if isinstance(advice, str) else advice[one.kind]
                if mild and not one.fatal:
                    do = mild
                severity = Severity.FOUT if one.fatal else Severity.WAARSCHUWING
                message = f"{one.detail or _TROUBLE} {do}"
                yield self.finding(message, severity=severity, refuses=one.fatal)

    def on_sheet(self, sheet: Sheet, message: str) -> Finding:
        """Give a finding on a whole sheet."""
        return self.finding(message, sheet=sheet.name)


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    finds: str,
    why: str,
    remedy: str,
    good: tuple[Case, ...],
    bad: tuple[Case, ...],
    known_misses: tuple[str, ...] = (),
    withholds: bool = False,
    mended: str = "",
    conditions: tuple[type[Condition], ...] = (),
    on: Literal["rows", "cover", "both"] = "both",
    troubles: tuple[str, ...] = (),
) -> Callable[[Check], FileRule]:
    """Make a rule about one file of the function below it; see :class:`FileRule` for the parts."""

    def register(check: Check) -> FileRule:
        return FileRule(
            code=code,
            name=name,
            severity=severity,
            finds=finds,
            why=why,
            remedy=remedy,
            good=good,
            bad=bad,
            known_misses=known_misses,
            withholds=withholds,
            mended=mended,
            check=check,
            conditions=conditions,
            on=on,
            troubles=troubles,
        )

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule, sorted by code."""
    return discover(import_module(__package__))


@cache
def file_rules() -> tuple[FileRule, ...]:
    """Give the rules about one file, sorted by code."""
    return tuple(one for one in all_rules() if isinstance(one, FileRule))


@cache
def withheld_codes() -> frozenset[str]:
    """Give the codes of the rules whose findings are on cells that no report may show."""
    return frozenset(one.code for one in all_rules() if one.withholds)


@cache
def mended_texts() -> Mapping[str, str]:
    """Give what a correction workbook does about the findings of each rule, by its code."""
    return {one.code: one.mended for one in all_rules() if one.mended}


def rule_of(code: str) -> Rule:
    """Give the rule called ``code``; case does not count.

    Raises :class:`~normtemplates.errors.RequestError` when there is none.
    """
    for one in all_rules():
        if one.code == code.strip().upper():
            return one
    raise RequestError(
        f"De regel ‘{shown(code, 20)}’ bestaat niet. Alle regels staan in normtemplates rule list."
    )


def discover(package: ModuleType) -> tuple[Rule, ...]:
    """Give the rules in the modules ``nt###_…`` of ``package``, sorted by code.

    Raises :class:`RegistryError` when such a module does not hold exactly one rule with the
    code of its own name, or when two rules share a code or a name.
    """
    found: list[Rule] = []
    for info in iter_modules(package.__path__):
        if not (named := _MODULE.fullmatch(info.name)):
            continue
        module = import_module(f"{package.__name__}.{info.name}")
        rules = [one for one in vars(module).values() if isinstance(one, Rule)]
        if [one.code.lower() for one in rules] != [named[1]]:
            raise RegistryError(f"{info.name}.py must hold one rule, {named[1].upper()}")
        found += rules
    return in_order(found)


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Sort rules by code; raise :class:`RegistryError` for a code or name that is there twice."""
    found = sorted(rules, key=lambda one: one.code)
    for key in ("code", "name"):
        seen: set[str] = set()
        for one in found:
            value = getattr(one, key)
            if value in seen:
                raise RegistryError(f"the {key} {value} is there twice")
            seen.add(value)
    return tuple(found)


def run(
    submission: Submission, context: Context, rules: tuple[FileRule, ...] | None = None
) -> tuple[Finding, ...]:
    """Give all findings on ``submission`` in one pass: those on the file, then by place.

    A rule that crashes is told of by ``NT900``, and the others go on. A file that nothing was
    taken from and that no rule refused is refused here: it must never pass as checked.
    """
    found: list[Finding] = []
    crashes: list[Crash] = []
    every = file_rules() if rules is None else rules
    for one in every:
        if one.code != INTERNAL_ERROR:
            _run(one, submission, context, found, crashes)
    if context.found is None and not any(finding.refuses for finding in found):
        crashes.append(Crash("", "", refuses=True))
    told = evolve(context, crashes=(*context.crashes, *crashes))
    for one in every:
        if one.code == INTERNAL_ERROR:
            found += one.check(submission, told)
    order = {sheet.name: place for place, sheet in enumerate(submission.sheets)}
    # What is not there has no cell; it is told where it belongs.
    slots = context.found.layout.rows if context.found else ()
    rows = {slot.requirement.number: slot.row for slot in slots}
    return tuple(sorted(found, key=lambda finding: _place(finding, order, rows)))


def _run(
    one: FileRule,
    submission: Submission,
    context: Context,
    found: list[Finding],
    crashes: list[Crash],
) -> None:
    try:
        for finding in one.check(submission, context):
            found.append(finding)  # one by one: what came before a crash is kept
    except MemoryError:
        raise  # the worker's business: nothing after this can be trusted
    except Exception as error:
        crashes.append(Crash(one.code, type(error).__name__))


def _place(
    finding: Finding, order: dict[str, int], rows: Mapping[str, int]
) -> tuple[int, int, int, str]:
    if finding.sheet is None:
        return (-1, 0, 0, finding.code)
    row, column = rows.get(finding.requirement or "", 0), 0
    if finding.cell:
        row, column = coordinates(finding.cell)
    return (order.get(finding.sheet, len(order)), row, column, finding.code)
