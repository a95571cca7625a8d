"""A TOML file with its places: read once, and every fault knows its line."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Any

from normtemplates.definitions.wording import quoted
from normtemplates.errors import DefinitionError

#: Where something stands: keys and, from 0, positions (``("theme", 1, "title")``).
Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=\s*(.*)$")
_TRIPLE = ('"""', "'''")

# How a message calls an item of a list of tables, and the key that names it.
_ITEMS = {
    "theme": ("thema", "number"),
    "requirement": ("norm", "number"),
    "scale": ("status", "key"),
    "field": ("kolom", "key"),
    "cover": ("vak", "key"),
    "not_fitting": ("past niet bij", "kind"),
    "kind": ("soort", "code"),
}

# How people save a file of this kind as UTF-8.
_SAVED_BY = {
    ".csv": " (in Excel: ‘CSV UTF-8’)",
    ".toml": " (in Kladblok: Opslaan als, codering ‘UTF-8’)",
}


class Document:
    """One TOML file and what is wrong with it.

    ``shown`` is how messages name the file; ``data`` is the table as read.
    """

    def __init__(self, shown: str, text: str) -> None:
        """Parse ``text``; raises ``DefinitionError`` when it is no TOML."""
        self.shown = shown
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(_no_toml(shown, text, str(error))) from error
        self._lines = _line_index(text)
        self._faults: list[tuple[int, str]] = []
        self._unusable: list[Place] = []

    def fault(self, place: Place, message: str) -> None:
        """Note a fault of meaning; silent where the value itself was unusable already."""
        if not self.is_unusable(place):
            self._add(place, message)

    def unusable(self, place: Place, message: str) -> None:
        """Note that the value at ``place`` is missing or of the wrong kind, once."""
        if not self.is_unusable(place):
            self._unusable.append(place)
            self._add(place, message)

    def unknown_key(self, place: Place, message: str) -> None:
        """Note a key that nobody reads."""
        self._add(place, message)

    def is_unusable(self, place: Place) -> bool:
        """Tell whether the value at ``place``, or what it stands in, was unusable."""
        return any(place[: len(known)] == known for known in self._unusable)

    def unsure(self, table: str, key: str) -> bool:
        """Tell whether ``key`` of some item of ``table`` was unusable.

        A rule over all items can say nothing then.
        """
        return any(
            known[:1] == (table,) and (len(known) <= 2 or known[-1] == key)
            for known in self._unusable
        )

    def line(self, place: Place) -> int:
        """Give the line of ``place``, else of what it stands in; 0 when there is none."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 0)

    @property
    def faults(self) -> tuple[str, ...]:
        """Give the faults as lines for a person, in the order of the file."""
        return tuple(text for _, text in sorted(self._faults, key=lambda fault: fault[0]))

    def raise_faults(self) -> None:
        """Raise all faults as one ``DefinitionError``; nothing when there are none."""
        if self._faults:
            raise DefinitionError(self.faults)

    def _add(self, place: Place, message: str) -> None:
        line = self.line(place)
        file = f"{self.shown}:{line}" if line else self.shown
        self._faults.append((line, " · ".join((file, *self._named(place), message))))

    def _named(self, place: Place) -> list[str]:
        """Give the steps to ``place`` in words: ``thema 2``, ``norm 2.10``, ``sleutel ‘x’``."""
        names: list[str] = []
        keys: list[str] = []  # those since the last item of a list of tables
        value: Any = self.data
        for step in place:
            value = _at(value, step)
            if isinstance(step, str):
                keys.append(step)
            elif isinstance(value, dict) or keys[-1] in _ITEMS:
                names.append(_item_name(".".join(keys), step, value))
                keys.clear()
            else:
                names += [_key_name(keys), f"waarde {step + 1}"]
                keys.clear()
        return [*names, _key_name(keys)] if keys else names


def read_toml(path: Path, shown: str) -> Document:
    """Read the TOML file at ``path``, called ``shown`` in messages.

    Raises ``DefinitionError`` when it cannot be read, is not UTF-8 or is no TOML.
    """
    return Document(shown, read_text(path, shown))


def read_text(path: Path, shown: str) -> str:
    """Give the text of a UTF-8 file; a byte order mark (Windows editors) is dropped.

    Raises ``DefinitionError`` when it cannot be read or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            f"{shown} · Het bestand kon niet worden gelezen. Controleer of u het mag openen."
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in raw and not raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise DefinitionError(
                f"{shown} · Dit is geen tekst, maar bijvoorbeeld een bestand van Word of Excel. "
                "Controleer of dit het goede bestand is."
            ) from error
        line = raw.count(b"\n", 0, error.start) + 1
        how = _SAVED_BY.get(path.suffix.lower(), "")
        raise DefinitionError(
            f"{shown}:{line} · Het bestand is geen UTF-8. Bewaar het opnieuw als UTF-8{how}."
        ) from error


def _at(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _key_name(keys: list[str]) -> str:
    return f"sleutel {quoted('.'.join(keys))}"


def _item_name(table: str, position: int, item: Any) -> str:
    word, key = _ITEMS.get(table, (f"[[{table}]]", ""))
    name = item.get(key) if isinstance(item, dict) else None
    if not isinstance(name, str) or not name:
        return f"[[{table}]] {position + 1}"
    return f"{word} {name}" if name[0].isdigit() else f"{word} {quoted(name)}"


def _no_toml(shown: str, text: str, error: str) -> str:
    """Give one line for a syntax error; what the parser says is English, and is left out."""
    where = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", error)
    line = where.group(1) if where and where.group(1) else str(text.count("\n") + 1)
    column = f", kolom {where.group(2)}" if where and where.group(2) else ""
    return (
        f"{shown}:{line}{column} · Hier klopt de schrijfwijze niet. Controleer "
        "aanhalingstekens, haakjes en het =-teken op deze regel en erboven."
    )


def _line_index(text: str) -> dict[Place, int]:
    """Give the line of every table and plain key; good enough to point, never to parse."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    here: Place = ()
    inside = ""  # the quotes of a string that runs over lines
    for number, line in enumerate(text.split("\n"), start=1):
        if inside:
            inside = "" if inside in line else inside
        elif header := _HEADER.match(line):
            here = _table(header.group(2).split("."), counts, many=header.group(1) == "[[")
            lines[here] = number
        elif key := _KEY.match(line):
            lines.setdefault((*here, key.group(1)), number)
            inside = next((q for q in _TRIPLE if key.group(2).count(q) == 1), "")
    return lines


def _table(parts: list[str], counts: dict[Place, int], *, many: bool) -> Place:
    place: Place = ()
    for part in parts[:-1]:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place] - 1)
    place = (*place, parts[-1])
    if not many:
        return place
    counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1)
