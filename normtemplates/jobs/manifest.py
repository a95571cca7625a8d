"""``manifest.json``: which files of a round were issued, to whom, and with which bytes.

A later run adds to it. An entry stays as long as its file is there, with the sha256 that was
issued: a file that somebody changed since then shows by having another one.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from normtemplates import __version__
from normtemplates.errors import RequestError
from normtemplates.jobs.lock import locked
from normtemplates.jobs.output import write_file
from normtemplates.model.round import Round

NAME = "manifest.json"
SCHEMA = "normtemplates/manifest/1"
WORKBOOK = "workbook"  # the kind of a workbook; a letter's kind is its own


@frozen
class Entry:
    """One file that was issued.

    ``path`` is relative to the folder of the manifest, ``organisation`` a CBS code, ``kind``
    is :data:`WORKBOOK` or the kind of letter.
    """

    path: str
    organisation: str
    kind: str
    sha256: str

    @classmethod
    def of(cls, path: str, organisation: str, kind: str, data: bytes) -> Entry:
        """Give the entry of a file with the bytes ``data``."""
        return cls(path, organisation, kind, hashlib.sha256(data).hexdigest())

    def unchanged_in(self, folder: Path) -> bool:
        """Tell whether the file is there with the bytes that were issued."""
        try:
            data = (folder / self.path).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(data).hexdigest() == self.sha256


@frozen
class Manifest:
    """What stands in one ``manifest.json``."""

    norm: str
    edition: str
    round: str
    files: tuple[Entry, ...] = ()

    def guards(self, folder: Path, name: str, data: bytes) -> bool:
        """Tell whether writing ``data`` to ``name`` in ``folder`` would lose somebody's work.

        That is when a file stands there that is not as it was issued, nor as it would become:
        someone filled it in, or put another file in its place.
        """
        try:
            now = (folder / name).read_bytes()
        except OSError:
            return False  # not there, or no file: writing says what is wrong with it
        issued = {entry.sha256 for entry in self.files if entry.path == name}
        return now != data and hashlib.sha256(now).hexdigest() not in issued

    def kept(self, folder: Path, name: str) -> str:
        """Say that a file that :meth:`guards` guards was left alone, and why."""
        issued = any(entry.path == name for entry in self.files)
        why = (
            "is veranderd nadat het is gemaakt, en is daarom niet vervangen"
            if issued
            else "bestaat al met een andere inhoud, en is niet vervangen"
        )
        return f"{folder / name} {why}. Verplaats het, of geef --overwrite om het te vervangen."

    def of_round(self, round_: Round) -> bool:
        """Tell whether this is the manifest of ``round_``, of the same edition of its norm."""
        return self._identity == _identity(round_)

    @property
    def _identity(self) -> tuple[str, str, str]:
        return self.norm, self.edition, self.round


def read_manifest(folder: Path) -> Manifest | None:
    """Give the manifest in ``folder``, or ``None`` when there is none.

    Raises ``RequestError`` when there is one that cannot be read.
    """
    path = folder / NAME
    try:
        text = path.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise RequestError(f"{folder}: de naam is te lang. Kies een kortere.") from error
        raise RequestError(
            f"{path} kon niet worden gelezen. Controleer of u het bestand mag openen."
        ) from error
    except UnicodeDecodeError as error:
        raise RequestError(_broken(path)) from error
    try:
        return _manifest(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RequestError(_broken(path)) from error


def manifest_for(folder: Path, round_: Round) -> Manifest:
    """Give the manifest of ``round_`` in ``folder``; an empty one when there is none.

    Raises ``RequestError`` when it cannot be read, or is that of another round or edition.
    """
    found = read_manifest(folder)
    if found is None:
        norm, edition, name = _identity(round_)
        return Manifest(norm, edition, name)
    if not found.of_round(round_):
        raise RequestError(
            f"In de map {folder} staan al bestanden van {found.round} ({found.norm}, editie "
            f"{found.edition}). Kies een andere map met --out, of verplaats die bestanden."
        )
    return found


def add_to_manifest(folder: Path, round_: Round, issued: Iterable[Entry]) -> None:
    """Note in ``folder`` that the files ``issued`` of ``round_`` were made.

    What the manifest says at this moment is kept, so that a run which ended meanwhile or ends just
    now is not forgotten; only entries whose file is gone fall away. The same files give the same
    bytes.
    Raises as :func:`manifest_for` and ``write_file`` do.
    """
    norm, edition, name = _identity(round_)
    with locked(folder):
        entries = {entry.path: entry for entry in manifest_for(folder, round_).files}
        entries |= {entry.path: entry for entry in issued}
        document = {
            "schema": SCHEMA,
            "version": __version__,
            "norm": norm,
            "edition": edition,
            "round": name,
            "files": [
                attrs.asdict(entries[path]) for path in sorted(entries) if (folder / path).is_file()
            ],
        }
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        write_file(folder / NAME, text.encode())


def _identity(round_: Round) -> tuple[str, str, str]:
    return round_.norm.code, round_.norm.edition, round_.name


def _manifest(document: Any) -> Manifest:
    """Read a parsed document; raises when it is no manifest of this schema."""
    if document["schema"] != SCHEMA:
        raise ValueError(document["schema"])
    norm, edition, name = (_text(document[key]) for key in ("norm", "edition", "round"))
    return Manifest(norm, edition, name, tuple(_entry(one) for one in document["files"]))


def _entry(one: Any) -> Entry:
    entry = Entry(**{field.name: _text(one[field.name]) for field in attrs.fields(Entry)})
    if Path(entry.path).name != entry.path:  # never look outside the folder
        raise ValueError(entry.path)
    return entry


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _broken(path: Path) -> str:
    return (
        f"{path} is beschadigd of van een andere versie van normtemplates. Verplaats of verwijder "
        "dit bestand, en probeer het opnieuw."
    )
