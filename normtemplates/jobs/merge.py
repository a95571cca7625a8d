"""Mail merge: what each organisation's letter is to say, from a table with a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from attrs import frozen

from normtemplates.dutch import enumerate_nl, long_date
from normtemplates.errors import RequestError
from normtemplates.excel.tables import (
    CellProblem,
    Table,
    TableCell,
    TableError,
    TableRow,
    read_csv,
    read_xlsx,
)
from normtemplates.letters.blanks import BLANKS, Blank
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.model.shown import shown, visible

_LARGEST: Final = 20_000_000  # bytes
_CODE, _NAME = "code", "organisation"
# Other words for the two columns that say who a row is about.
_WHO: Final = {
    "code": _CODE,
    "cbscode": _CODE,
    "cbs": _CODE,
    "gemeentecode": _CODE,
    "organisatiecode": _CODE,
    "organisatie": _NAME,
    "organisation": _NAME,
    "gemeente": _NAME,
    "naam": _NAME,
}
_PROBLEMS: Final[Mapping[CellProblem, str]] = {
    "formula": "staat een formule. Plak de uitkomst als waarde.",
    "error": "staat een foutwaarde van Excel. Vul het vak opnieuw in, of maak het leeg.",
    "truth": "staat WAAR of ONWAAR. Vul een tekst of een datum in, of maak het vak leeg.",
}
_NO_TABLE = "Geef een CSV (.csv) of een Excel-bestand (.xlsx) met één rij per organisatie."


@frozen
class Merge:
    """The values of a table: ``by_code`` by CBS code and then by the key of the blank.

    ``path`` is the file as the operator gave it.
    """

    path: Path
    by_code: Mapping[str, Mapping[str, str]]

    def notes(self, round_: Round, with_letter: Sequence[str]) -> Iterator[str]:
        """Say which rows have no letter, and which letters no row; codes in ``with_letter``."""
        without = [code for code in self.by_code if code not in with_letter]
        if without:
            who = enumerate_nl(_who(round_, without))
            yield f"{self.path}: wel een rij, maar nu geen brief: {who}."
        lacking = [code for code in with_letter if code not in self.by_code]
        if lacking:
            yield (
                f"{self.path}: geen rij voor {enumerate_nl(_who(round_, lacking))}. In die brieven "
                "blijven de vakken open."
            )


def read_merge(path: Path, round_: Round) -> Merge:
    """Read the table at ``path`` for the organisations of ``round_``.

    Raises ``RequestError`` with every fault at once, each with the place of its cell.
    """
    shown_path = visible(str(path))
    table = _table(path, shown_path)
    faults: list[str] = []
    columns = _columns(table, faults)
    by_code: dict[str, dict[str, str]] = {}
    seen: dict[str, TableRow] = {}
    if _CODE in columns.values():
        for row in table.rows:
            organisation = _organisation(row, columns, round_, faults)
            if organisation and (before := seen.get(organisation.code)):
                faults.append(
                    f"{row.where}: {organisation.code} staat ook op {before.where}. Laat één rij "
                    "staan."
                )
            elif organisation:
                seen[organisation.code] = row
            values = dict(_values(row, columns, faults))
            if organisation:
                by_code.setdefault(organisation.code, values)
    elif not faults or table.headers:
        faults.append(
            "er is geen kolom met de CBS-code. Zet boven die kolom ‘code’; in elke rij staat dan "
            "bijvoorbeeld GM0358."
        )
    if not faults and not table.rows:
        faults.append("onder de kopregel staat geen enkele rij.")
    if faults:
        raise RequestError(f"{shown_path}, {fault}" for fault in faults)
    return Merge(path, by_code)


def _table(path: Path, shown_path: str) -> Table:
    try:
        if not path.is_file():
            raise RequestError(f"{shown_path} is geen bestand. {_NO_TABLE}")
        if path.stat().st_size > _LARGEST:
            raise RequestError(f"{shown_path} is te groot voor een tabel met gegevens. {_NO_TABLE}")
        data = path.read_bytes()
    except OSError as error:
        raise RequestError(
            f"{shown_path} kon niet worden gelezen. Controleer of u het mag openen, en of het niet "
            "nog open staat in Excel."
        ) from error
    try:
        if path.suffix.lower() == ".csv":
            return read_csv(data)
        return read_xlsx(path.name, data)
    except TableError as error:
        why = error.trouble.detail if error.trouble else "Dit is geen leesbare tabel."
        raise RequestError(f"{shown_path} is niet gelezen. {why} {_NO_TABLE}") from error


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


_BLANKS: Final[Mapping[str, Blank]] = {
    _key(name): blank for blank in BLANKS for name in (blank.key, blank.label)
}


def _columns(table: Table, faults: list[str]) -> dict[int, str | Blank]:
    """Give what each column is: a blank, the code or the name; add what is unknown or twice."""
    columns: dict[int, str | Blank] = {}
    for number, header in enumerate(table.headers):
        wanted = _key(header.text)
        if not wanted:
            for row in table.rows:
                if number < len(row.cells) and row.cells[number].text:
                    faults.append(
                        f"{header.where}: boven deze kolom staat geen kop, maar er staat wel iets "
                        "in. Geef de kolom een kop, of haal haar weg."
                    )
                    break
            continue
        found = _WHO.get(wanted) or _BLANKS.get(wanted)
        if found is None:
            faults.append(f"{header.where}: {_unknown(header.text)}")
        elif found in columns.values():
            faults.append(f"{header.where}: de kolom ‘{shown(header.text)}’ staat er twee keer.")
        else:
            columns[number] = found
    if not table.headers:
        faults.append("er staat niets in. " + _NO_TABLE)
    return columns


def _unknown(text: str) -> str:
    """Say that a header is unknown, with what may be meant."""
    names = {_key(name): name for blank in BLANKS for name in (blank.key, blank.label)}
    names |= {"code": "code", "organisatie": "organisatie"}
    near = get_close_matches(_key(text), names, n=1)
    hint = f"Bedoelt u ‘{names[near[0]]}’? " if near else ""
    known = enumerate_nl(["code", "organisatie", *(blank.label for blank in BLANKS)])
    return f"de kop ‘{shown(text)}’ is onbekend. {hint}Bekend zijn: {known}."


def _organisation(
    row: TableRow, columns: Mapping[int, str | Blank], round_: Round, faults: list[str]
) -> Organisation | None:
    """Give whose row it is; add what is wrong with its code, or a name that is another's."""
    by_column = {what: row.cells[number] for number, what in columns.items() if type(what) is str}
    cell = by_column[_CODE]
    if cell.problem:
        faults.append(f"{cell.where} (code): hier {_PROBLEMS[cell.problem]}")
        return None
    if not cell.text:
        faults.append(f"{cell.where} (code): de code is leeg. Vul de CBS-code in.")
        return None
    organisation = round_.organisation(cell.text)
    if organisation is None:
        faults.append(f"{cell.where} (code): {_not_in(round_, cell.text)}")
        return None
    name = by_column.get(_NAME)
    if name and name.text and not _is_name(name.text, organisation):
        faults.append(
            f"{name.where} (organisatie): hier staat ‘{shown(name.text)}’, maar "
            f"{organisation.code} is {organisation.full_name}. Klopt de code, of zijn er rijen "
            "verschoven?"
        )
    return organisation


def _is_name(text: str, organisation: Organisation) -> bool:
    names = (organisation.name, organisation.running_name, organisation.full_name)
    return _key(text) in {_key(name) for name in names}


def _not_in(round_: Round, code: str) -> str:
    digits = code.lstrip("0")
    meant = [
        f"{o.code} ({o.name})"
        for o in round_.organisations
        if code.casefold() == o.code.casefold()
        or (digits.isdigit() and o.code.lstrip("GMPVWS").lstrip("0") == digits)
        or _is_name(code, o)
    ]
    hint = f"Bedoelt u {meant[0]}?" if meant else "Geef een CBS-code uit het register."
    return f"‘{shown(code)}’ hoort niet bij de ronde {round_.name}. {hint}"


def _values(
    row: TableRow, columns: Mapping[int, str | Blank], faults: list[str]
) -> Iterator[tuple[str, str]]:
    """Give the values of one row by key; empty cells are no values."""
    for number, blank in columns.items():
        if isinstance(blank, str):
            continue
        cell = row.cells[number]
        fault = _fault(cell, blank)
        if fault:
            faults.append(f"{cell.where} ({blank.label}): hier {fault}")
        elif cell.text:
            yield blank.key, cell.text


def _fault(cell: TableCell, blank: Blank) -> str:
    if cell.problem:
        return _PROBLEMS[cell.problem]
    if cell.day and not blank.dated:
        return (
            f"heeft Excel een datum van gemaakt ({long_date(cell.day)}). Zet het vak op ‘Tekst’ en "
            "vul het opnieuw in."
        )
    return blank.fault_in(cell.text) if cell.text else ""


def _who(round_: Round, codes: list[str]) -> Iterator[str]:
    for code in codes:
        organisation = round_.organisation(code)
        yield f"{organisation.full_name} ({code})" if organisation else code
