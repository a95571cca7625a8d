"""Registers of organisations, regions and kinds -> the model."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from attrs import field, frozen

from normtemplates.definitions.norms import check_texts
from normtemplates.definitions.structure import structure
from normtemplates.definitions.toml import read_text, read_toml
from normtemplates.definitions.wording import form_faults, listed, quoted, suggestion
from normtemplates.errors import DefinitionError
from normtemplates.model.organisation import KIND_TERMS, Organisation, OrganisationKind, Region

REGION_COLUMNS = ("key", "name", "email", "post", "riec")
ORGANISATION_COLUMNS = (
    "code",
    "kind",
    "name",
    "running_name",
    "region",
    "safety_region",
    "province",
    "valid_from",
    "valid_to",
    "predecessors",
    "note",
)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2}[0-9]{2,4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_YES_NO = {"ja": True, "nee": False}


class _Table:
    """The rows of one CSV file, and what is wrong with it; row 1 is the header."""

    def __init__(self, path: Path, shown: str, columns: tuple[str, ...]) -> None:
        self.shown = shown
        self.faults: list[str] = []
        self.rows = self._read(read_text(path, shown), columns)
        if not self.rows and not self.faults:
            self.faults.append(f"{shown} · Er staan geen regels onder de kop. Voeg ze toe.")

    def fault(self, row: int, column: str, message: str) -> None:
        self.faults.append(f"{self.shown} · rij {row} · kolom {quoted(column)} · {message}")

    def _read(self, text: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        # Excel with Dutch settings writes semicolons.
        mark = ";" if ";" in text.partition("\n")[0] else ","
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
        except csv.Error as error:
            self.faults.append(
                f"{self.shown} · De tabel is niet te lezen ({error}). Controleer de "
                "aanhalingstekens."
            )
            return []
        if not lines or tuple(lines[0]) != columns:
            found = f" Er staat: {quoted(mark.join(lines[0]), 200)}." if lines else ""
            self.faults.append(
                f"{self.shown} · rij 1 · De kop moet zijn: {','.join(columns)}.{found}"
            )
            return []
        rows = []
        for number, cells in enumerate(lines[1:], start=2):
            if not any(cells):
                continue
            if len(cells) != len(columns):
                self.faults.append(
                    f"{self.shown} · rij {number} · Er staan {len(cells)} cellen in plaats van "
                    f"{len(columns)}. Zet tekst met een {mark} tussen aanhalingstekens."
                )
                continue
            row = dict(zip(columns, cells, strict=True))
            for column, cell in row.items():
                for sentence in form_faults(cell):
                    self.fault(number, column, sentence)
            rows.append((number, row))
        return rows


@frozen
class _KindsFile:
    """A file ``registers/kinds*.toml``."""

    kinds: tuple[OrganisationKind, ...] = field(alias="kind")


def load_kinds(files: Iterable[tuple[Path, str]]) -> dict[str, OrganisationKind]:
    """Read the kinds of organisation, by code, from files and how messages call them.

    Raises ``DefinitionError`` with all faults of all files.
    """
    found: dict[str, OrganisationKind] = {}
    faults: list[str] = []
    for path, shown in files:
        try:
            document = read_toml(path, shown)
        except DefinitionError as error:
            faults += error.faults
            continue
        content = structure(document, _KindsFile)
        check_texts(document, content)
        for position, kind in enumerate(content.kinds):
            place = ("kind", position)
            if kind.code and not _KEY.fullmatch(kind.code):
                document.fault(
                    (*place, "code"), "Gebruik voor een code kleine letters, cijfers en streepjes."
                )
            if kind.code in found:
                document.fault((*place, "code"), f"De soort {quoted(kind.code)} is er al.")
            if lacking := sorted(KIND_TERMS - set(kind.terms)):
                document.fault(
                    (*place, "terms"),
                    f"Deze woorden ontbreken: {listed(lacking)}. Voeg ze toe, naar het voorbeeld "
                    "van een andere soort in registers/kinds.toml.",
                )
            for term in sorted(set(kind.terms) - KIND_TERMS):
                document.fault(
                    (*place, "terms", term),
                    f"Dit woord is onbekend.{suggestion(term, KIND_TERMS)}",
                )
            found.setdefault(kind.code, kind)
        faults += document.faults
    if faults:
        raise DefinitionError(faults)
    return found


def load_regions(files: Iterable[tuple[Path, str]]) -> dict[str, Region]:
    """Read the addressees, by key, from files and how messages call them.

    Raises ``DefinitionError`` with all faults of all files.
    """
    found: dict[str, Region] = {}
    faults: list[str] = []
    for path, shown in files:
        try:
            table = _Table(path, shown, REGION_COLUMNS)
        except DefinitionError as error:
            faults += error.faults
            continue
        for number, row in table.rows:
            key = row["key"]
            if not _KEY.fullmatch(key):
                table.fault(
                    number,
                    "key",
                    f"{quoted(key)} kan hier niet. Gebruik kleine letters, cijfers en streepjes.",
                )
            elif key in found:
                table.fault(number, "key", f"{quoted(key)} is er al. Geef elk een eigen key.")
            if not row["name"]:
                table.fault(number, "name", "De naam ontbreekt. Vul hem in.")
            if row["email"] and not _EMAIL.fullmatch(row["email"]):
                table.fault(number, "email", f"{quoted(row['email'])} is geen e-mailadres.")
            if row["riec"] not in _YES_NO:
                table.fault(number, "riec", f"Hier staat {quoted(row['riec'])}. Vul ja of nee in.")
            riec = _YES_NO.get(row["riec"], True)
            found.setdefault(key, Region(key, row["name"], row["email"], row["post"], riec))
        faults += table.faults
    if faults:
        raise DefinitionError(faults)
    return found


def load_register(
    path: Path,
    shown: str,
    kinds: Mapping[str, OrganisationKind],
    regions: Mapping[str, Region],
) -> tuple[Organisation, ...]:
    """Read the organisations of one register, in its order.

    Raises ``DefinitionError`` with all faults of the file.
    """
    table = _Table(path, shown, ORGANISATION_COLUMNS)
    codes: dict[str, int] = {}
    organisations = []
    for number, row in table.rows:
        code = row["code"]
        if not _CODE.fullmatch(code):
            table.fault(
                number,
                "code",
                f"{quoted(code)} is geen CBS-code. Schrijf twee hoofdletters en twee tot vier "
                "cijfers, zoals GM0358.",
            )
        elif codes.setdefault(code, number) != number:
            table.fault(
                number,
                "code",
                f"{code} staat al in rij {codes[code]}. Een code komt één keer voor.",
            )
        kind = kinds.get(row["kind"])
        if kind is None:
            table.fault(
                number, "kind", _unknown(row["kind"], kinds, "registers/kinds.toml en kinds-….toml")
            )
        region = regions.get(row["region"])
        if region is None:
            where = "registers/regions.csv en regions-….csv"
            table.fault(number, "region", _unknown(row["region"], regions, where))
        _check_names(table, number, row, kind)
        first = _day(table, number, "valid_from", row["valid_from"])
        last = _day(table, number, "valid_to", row["valid_to"])
        if first and last and last < first:
            table.fault(number, "valid_to", f"{last} ligt vóór valid_from ({first}).")
        predecessors = _predecessors(table, number, row)
        if kind and region:
            organisations.append(
                Organisation(
                    code=code,
                    kind=kind,
                    name=row["name"],
                    running_name=row["running_name"],
                    region=region,
                    safety_region=row["safety_region"],
                    province=row["province"],
                    valid_from=first,
                    valid_to=last,
                    predecessors=predecessors,
                    note=row["note"],
                )
            )
    if table.faults:
        raise DefinitionError(table.faults)
    return tuple(organisations)


def _unknown(word: str, known: Mapping[str, object], where: str) -> str:
    if not word:
        return f"Hier staat niets. Kies uit: {listed(known)} (zie {where})."
    tail = suggestion(word, known) or f" Bekend zijn: {listed(known)} (zie {where})."
    return f"{quoted(word)} is onbekend.{tail}"


def _check_names(
    table: _Table, number: int, row: Mapping[str, str], kind: OrganisationKind | None
) -> None:
    for column in ("name", "running_name"):
        if not row[column]:
            table.fault(number, column, "De naam ontbreekt. Vul hem in.")
    word = kind.terms["organisation"] if kind else ""
    if word and row["running_name"].lower().startswith(f"{word} "):
        table.fault(
            number,
            "running_name",
            f"Laat {quoted(word)} weg: dat komt er in een tekst vanzelf voor.",
        )


def _day(table: _Table, number: int, column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    table.fault(
        number, column, f"{quoted(text)} is geen datum. Schrijf jaar-maand-dag, zoals 2022-01-01."
    )
    return None


def _predecessors(table: _Table, number: int, row: Mapping[str, str]) -> tuple[str, ...]:
    codes = tuple(row["predecessors"].split("|")) if row["predecessors"] else ()
    for position, code in enumerate(codes):
        if not _CODE.fullmatch(code):
            message = f"{quoted(code)} is geen CBS-code. Scheid codes met een |."
        elif code == row["code"]:
            message = f"{code} is de code van deze rij zelf. Haal hem weg."
        elif code in codes[:position]:
            message = f"{code} staat er twee keer. Haal er een weg."
        else:
            continue
        table.fault(number, "predecessors", message)
    return codes
