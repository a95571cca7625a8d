"""Where shipped and the user's own data lie; the only module that knows.

Data are named by a relative path with forward slashes (``rounds/nulmeting-2025.toml``). The
user's own folder is searched before the shipped one: a file with the same path replaces the
shipped one, others are added.
"""

from __future__ import annotations

import errno
import os
import shutil
from functools import cache
from pathlib import Path, PurePosixPath

from attrs import frozen

from normtemplates.errors import OutputError, RequestError

# Not data: the marker of the package, what Python and editors leave behind.
_NO_DATA = ("__init__.py", "__pycache__")
_TRANSIENT = (".", "~$")


@cache
def shipped() -> Path:
    """Give the folder of the shipped data.

    Raises ``RequestError`` when it is not there, which only a broken installation causes.
    """
    here = Path(__file__).parent
    # Installed, it is normtemplates.templates; in a source checkout it lies beside the package.
    for folder in (here / "templates", here.parent / "templates"):
        if (folder / "norms").is_dir():
            return folder
    raise RequestError(
        "De meegeleverde normen zijn niet gevonden. Installeer normtemplates opnieuw."
    )


@frozen
class TemplatePath:
    """The folders in which data are searched, first one first.

    ``roots`` ends with the shipped folder; see :func:`search_path`.
    """

    roots: tuple[Path, ...]

    def find(self, relative: str) -> Path:
        """Give the file at ``relative``, from the first folder that has it.

        Raises ``RequestError`` when none has it, or when ``relative`` leads out of the folders.
        """
        if _inside(relative):
            for root in self.roots:
                try:
                    if (root / relative).is_file():
                        return root / relative
                except OSError as error:
                    raise RequestError(_unreadable((root / relative).parent)) from error
        searched = " en ".join(self.shown(root) for root in self.roots)
        raise RequestError(f"{relative} bestaat niet (gezocht in {searched}).")

    def listing(self, folder: str, pattern: str) -> tuple[Path, ...]:
        """Give the files in ``folder`` that match the glob ``pattern``, by relative path.

        A file that an earlier folder also has is left out, and so are hidden files and the
        ones that Office puts beside an open document. ``()`` when nothing matches.
        """
        found: dict[str, Path] = {}
        for root in self.roots:
            try:
                for path in (root / folder).glob(pattern):
                    if path.is_file() and not path.name.startswith(_TRANSIENT):
                        found.setdefault(path.relative_to(root).as_posix(), path)
            except OSError as error:
                raise RequestError(_unreadable(root / folder)) from error
        return tuple(found[relative] for relative in sorted(found))

    def root_of(self, path: Path) -> Path | None:
        """Give the folder of this path that holds ``path``, or ``None``."""
        return next((root for root in self.roots if path.is_relative_to(root)), None)

    def shown(self, path: Path) -> str:
        """Give ``path`` as a message names it.

        What the user owns keeps the path that the user gave; a shipped file, which nobody
        edits, is named from ``templates`` on.
        """
        try:
            inside = path.relative_to(shipped())
        except ValueError:
            return str(path)
        return PurePosixPath("templates", inside.as_posix()).as_posix()


def names_of_data() -> list[str]:
    """Give the names of the folders that data lie in, such as ``norms``, in every root."""
    return sorted(p.name for p in shipped().iterdir() if p.is_dir() and p.name not in _NO_DATA)


def search_path(own: Path | None = None) -> TemplatePath:
    """Give the path that searches ``own`` and then the shipped data; ``None`` for only those.

    Raises ``RequestError`` when ``own`` is not a folder.
    """
    if own is None:
        return TemplatePath((shipped(),))
    if not own.is_dir():
        raise RequestError(
            f"De map {own} bestaat niet. Controleer --templates (of NORMTEMPLATES_DIR), of maak "
            f"de map met ‘normtemplates start {own}’."
        )
    known = names_of_data()
    try:
        used = any((own / name).is_dir() for name in known)
    except OSError as error:
        raise RequestError(_unreadable(own)) from error
    if not used:
        raise RequestError(
            f"In de map {own} staat niets dat hier hoort. Er hoort een van deze mappen in: "
            f"{', '.join(known)}. Controleer --templates (of NORMTEMPLATES_DIR)."
        )
    return TemplatePath((own, shipped()))


def _unreadable(path: Path) -> str:
    return f"{path} kon niet worden gelezen. Controleer of u de map mag openen."


@frozen
class Copied:
    """What :func:`copy_shipped` did, as relative paths: new files, and files left alone."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def copy_shipped(to: Path) -> Copied:
    """Copy the shipped data to the folder ``to``, to begin from; make it where needed.

    A file that is there already is never overwritten. When something goes wrong, what this
    call had made is removed again and ``OutputError`` is raised.
    """
    source = shipped()
    made: list[Path] = []  # folders and files, in the order in which they were made
    written: list[str] = []
    kept: list[str] = []
    try:
        _make_folder(to, made)
        for path in sorted(source.rglob("*")):
            relative = path.relative_to(source)
            if any(p in _NO_DATA or p.startswith(_TRANSIENT) for p in relative.parts):
                continue
            target = to / relative
            if path.is_dir():
                _make_folder(target, made)
            elif os.path.lexists(target):
                kept.append(relative.as_posix())
            else:
                _copy_new(path, target, made)
                written.append(relative.as_posix())
    except BaseException as error:
        _undo(made)
        if isinstance(error, OSError):
            raise OutputError(_unwritable(error, to)) from error
        raise
    return Copied(tuple(written), tuple(kept))


def _inside(relative: str) -> bool:
    """Tell whether ``relative`` is a plain path that stays inside its folder."""
    path = PurePosixPath(relative)
    plain = not any(c in relative for c in "\\:\0")
    return plain and bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make ``folder`` and its parents; note in ``made`` which ones were not there."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for new in reversed(missing):
        new.mkdir()
        made.append(new)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "", str(folder))


def _unwritable(error: OSError, to: Path) -> str:
    """Say in one line why a file could not be made, and what to do."""
    where = error.filename2 or error.filename or to
    if error.errno == errno.ENOSPC:
        return f"{where} kon niet worden gemaakt: de schijf is vol. Maak ruimte en probeer opnieuw."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{where} is een bestand, geen map. Kies een andere map."
    return f"{where} kon niet worden gemaakt. Kies een map waarin u mag schrijven."


def _copy_new(source: Path, target: Path, made: list[Path]) -> None:
    """Copy a file to a place that is free; ``target`` appears whole or not at all."""
    beside = target.with_name(f".{target.name}.new")
    made.append(beside)
    shutil.copyfile(source, beside)
    beside.replace(target)
    made[-1] = target


def _undo(made: list[Path]) -> None:
    """Remove what was made, last one first; what resists stays."""
    for path in reversed(made):
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        except OSError:
            continue
