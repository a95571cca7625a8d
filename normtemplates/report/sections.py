"""What the HTML page says, as plain values: everything a template for it may use.

All texts are safe to show: short, on one line, with nothing hidden in them. Only escaping them
is left to the template's environment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from attrs import field, frozen

from normtemplates.layout.neighbourhood import NearRow, Neighbourhood, together
from normtemplates.model.finding import (
    Finding,
    Report,
    ReportStatus,
    RoundReport,
    Severity,
    Standing,
)
from normtemplates.model.norm import called
from normtemplates.model.shown import shown
from normtemplates.report import words
from normtemplates.report.lines import NOT_COUNTED, Line, handed_in, lines_of

#: What stands around each finding, by the path of its report.
Neighbourhoods = Mapping[str, Mapping[Finding, Neighbourhood]]

_NAME_LENGTH: Final = 100
_CELL_LENGTH: Final = 300
_PATH_LENGTH: Final = 255
_SHORT: Final = 20  # a code, a number, an address
_UNKNOWN: Final = "Organisatie onbekend"

_SEVERITY_NAMES: Final = {
    Severity.FOUT: ("Fout", "Fouten"),
    Severity.WAARSCHUWING: ("Waarschuwing", "Waarschuwingen"),
    Severity.INFO: ("Info", "Info"),
}


@frozen
class Choice:
    """Something to filter by: a severity or a status, and how many there are."""

    key: str
    label: str
    number: int


@frozen
class Cell:
    """A cell of a table.

    ``gap`` says that columns were left out before it, ``side`` that it only stands beside the
    marked one, and can be missed where room is short.
    """

    text: str
    marked: bool
    gap: bool
    side: bool
    formula: bool = False
    withheld: bool = False


@frozen
class Row:
    """A row of a table by its number in the file; ``marked`` has the marked cell."""

    number: int
    marked: bool
    cells: tuple[Cell, ...]


@frozen
class Table:
    """The neighbourhood of a finding; ``letters`` are the heads of its columns."""

    caption: str
    letters: tuple[Cell, ...]
    headers: tuple[Row, ...]
    rows: tuple[Row, ...]


@frozen
class Place:
    """One of the cells of an item that stands for several findings."""

    cell: str
    norm: str


@frozen
class Item:
    """One finding, or several that say the same in one column (then with ``places``).

    ``where`` are the parts of its heading: sheet and cell, norm, column.
    """

    id: str
    where: tuple[str, ...]
    message: str
    code: str
    label: str
    table: Table | None
    places: tuple[Place, ...] = field(default=())


@frozen
class Group:
    """The findings of one severity."""

    key: str
    title: str
    number: int
    items: tuple[Item, ...]


@frozen
class File:
    """The outcome for one file. ``verdict`` is what it is, ``advice`` what to do next."""

    id: str
    name: str
    organisation: str
    round: str
    key: str
    status: str
    verdict: str
    advice: str
    counts: str
    mistakes: int
    warnings: int
    notes: int
    groups: tuple[Group, ...]


@frozen
class Entry:
    """A line of the table; ``file`` is ``None`` where nothing was handed in (``key`` says so too).

    ``note`` says that the file does not count; it is ``""`` when it does.
    """

    organisation: str
    key: str
    status: str
    note: str
    file: File | None


@frozen
class Page:
    """All of a report; ``organisations`` counts the different ones that are known.

    ``entries`` are the lines of the table, none when there is but one file and no round.
    ``handed_in`` says of how many organisations there is something, ``""`` without a round.
    ``example`` is the code of one of the findings, ``""`` when there is none.
    """

    title: str
    counts: str
    handed_in: str
    round: str
    entries: tuple[Entry, ...]
    files: tuple[File, ...]
    organisations: int
    statuses: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    round_groups: tuple[Group, ...]
    example: str


def page_of(round_report: RoundReport, neighbourhoods: Neighbourhoods) -> Page:
    """Lay out ``round_report``: files in the order of the table, worst findings first."""
    reports = round_report.reports
    paths = [one.path for one in reports]
    names = dict(zip(paths, _file_names(paths), strict=True))
    files: list[File] = []
    entries: list[Entry] = []
    for line in lines_of(round_report):
        if one := line.report:
            near = neighbourhoods.get(one.path, {})
            files.append(_file(len(files) + 1, names[one.path], one, near, line.counts))
        entries.append(_entry(line, files[-1] if line.report else None))
    everything = [f for report in reports for f in report.findings] + [*round_report.findings]
    return Page(
        title=_title(files),
        counts=words.status_counts(report.status for report in reports),
        handed_in=handed_in(round_report),
        entries=tuple(entries) if len(entries) > 1 else (),
        round=shown(round_report.round or "", _NAME_LENGTH),
        files=tuple(files),
        organisations=len({report.organisation for report in reports} - {None}),
        statuses=tuple(_statuses(entries)),
        severities=tuple(_severities(everything)),
        round_groups=_groups("ronde", round_report.findings, {}, "De ronde"),
        example=shown(everything[0].code, _SHORT) if everything else "",
    )


def _title(files: Sequence[File]) -> str:
    if len(files) != 1:
        return f"Controle van {len(files) or 'geen'} bestanden"
    whose = files[0].organisation
    return f"Controle van {files[0].name if whose == _UNKNOWN else f'het overzicht van {whose}'}"


def _file_names(paths: Sequence[str]) -> list[str]:
    """Give the paths from where they begin to differ: where they lie says who checked them."""
    parts = [PurePath(path).parts for path in paths]
    common = 0
    shortest = min((len(one) for one in parts), default=0)
    while common < shortest - 1 and len({one[common] for one in parts}) == 1:
        common += 1
    return [_ending("/".join(one[common:])) for one in parts]


def _ending(path: str) -> str:
    """Give a path of bounded length; the end has the name of the file."""
    cut = len(path) > _PATH_LENGTH
    return words.path(f"…{path[1 - _PATH_LENGTH :]}" if cut else path)


def _statuses(entries: Sequence[Entry]) -> Iterator[Choice]:
    for status in (*(one.value for one in ReportStatus), Standing.NIET.value):
        if number := sum(entry.status == status for entry in entries):
            yield Choice(_key(status), status.capitalize(), number)


def _severities(findings: Sequence[Finding]) -> Iterator[Choice]:
    for severity in Severity:
        if number := sum(finding.severity is severity for finding in findings):
            yield Choice(severity.value, _SEVERITY_NAMES[severity][1], number)


def _key(status: str) -> str:
    return status.replace(" ", "-")


def _entry(line: Line, file: File | None) -> Entry:
    return Entry(
        shown(line.organisation or _UNKNOWN, _NAME_LENGTH),
        _key(line.status),
        line.status,
        "" if line.counts else NOT_COUNTED,
        file,
    )


def _file(
    number: int, name: str, report: Report, near: Mapping[Finding, Neighbourhood], counts: bool
) -> File:
    verdict, _, advice = words.verdict(report, counts=counts).partition(". ")
    severities = [finding.severity for finding in report.findings]
    return File(
        id=f"bestand-{number}",
        name=name,
        organisation=shown(report.organisation_name or _UNKNOWN, _NAME_LENGTH),
        round=shown(report.round or "", _NAME_LENGTH),
        key=_key(report.status.value),
        status=report.status.value,
        verdict=verdict,
        advice=advice,
        counts=words.counts(report.findings),
        mistakes=severities.count(Severity.FOUT),
        warnings=severities.count(Severity.WAARSCHUWING),
        notes=severities.count(Severity.INFO),
        groups=_groups(f"bestand-{number}", report.findings, near, "Het bestand"),
    )


def _groups(
    prefix: str,
    findings: Iterable[Finding],
    near: Mapping[Finding, Neighbourhood],
    whole: str,
) -> tuple[Group, ...]:
    return tuple(
        Group(
            key=severity.value,
            title=words.HEADINGS[severity],
            number=len(group),
            items=tuple(
                _item(f"{prefix}-{severity.value}-{number}", alike, near, whole)
                for number, alike in enumerate(words.alike(group), start=1)
            ),
        )
        for severity, group in words.by_severity(findings)
    )


def _item(
    id_: str, alike: Sequence[Finding], near: Mapping[Finding, Neighbourhood], whole: str
) -> Item:
    first = alike[0]
    around = [near[one] for one in alike if one in near]
    several = len(alike) > 1
    one_table = together(around) if len(around) == len(alike) else None
    column = around[0].column if around else ""
    spot = f"{len(alike)} vakken" if several else _cell(first)
    caption = f"De {spot} met hun regels" if several else f"Wat er rond {spot} staat"
    return Item(
        id=id_,
        where=tuple(_where(first, spot, column, several, whole)),
        message=words.message(first),
        code=shown(first.code, _SHORT),
        label=_SEVERITY_NAMES[first.severity][0],
        table=_table(one_table, caption if first.cell else "De regel in het overzicht"),
        places=tuple(
            Place(shown(one.cell or "", _SHORT), called(shown(one.requirement or "", _SHORT)))
            for one in (alike if several else ())
        ),
    )


def _cell(finding: Finding) -> str:
    return f"vak {shown(finding.cell, _SHORT)}" if finding.cell else ""


def _where(finding: Finding, spot: str, column: str, several: bool, whole: str) -> Iterator[str]:
    if finding.sheet is None:
        yield whole
    else:
        sheet = shown(finding.sheet, words.SHEET_LENGTH)
        yield f"Blad {sheet}, {spot}" if spot else f"Blad {sheet}"
    if finding.requirement and not several:
        yield called(shown(finding.requirement, _SHORT))
    if column:
        yield shown(column, _NAME_LENGTH)


def _table(near: Neighbourhood | None, caption: str) -> Table | None:
    if near is None:
        return None
    marked = {cell.column for line in near.rows for cell in line.cells if cell.marked}
    letters = tuple(
        Cell(letter, letter in marked, gap, letter in near.beside)
        for letter, gap in zip(near.letters, near.gaps, strict=True)
    )
    # When a header is all that there is to show, it is what the table is about.
    heads = [line for line in near.rows if line.header and len(near.rows) > 1]
    return Table(
        caption=caption,
        letters=letters,
        headers=tuple(_row(line, letters) for line in heads),
        rows=tuple(_row(line, letters) for line in near.rows if line not in heads),
    )


def _row(line: NearRow, letters: Sequence[Cell]) -> Row:
    cells = tuple(
        Cell(
            shown(cell.text, _CELL_LENGTH),
            cell.marked,
            letter.gap,
            letter.side,
            cell.formula,
            cell.withheld,
        )
        for cell, letter in zip(line.cells, letters, strict=True)
    )
    return Row(line.row, any(cell.marked for cell in cells), cells)
