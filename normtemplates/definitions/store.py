"""All definitions behind one door: loaded when asked for, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from normtemplates.definitions.norms import NORMS, load_norm
from normtemplates.definitions.registers import load_kinds, load_regions, load_register
from normtemplates.definitions.rounds import Known, RoundFile, load_round, read_round
from normtemplates.definitions.texts import Texts, load_texts
from normtemplates.definitions.toml import Document
from normtemplates.definitions.wording import listed, quoted, suggestion
from normtemplates.errors import DefinitionError, RequestError
from normtemplates.model.norm import Norm
from normtemplates.model.organisation import Organisation, OrganisationKind, Region
from normtemplates.model.round import Round
from normtemplates.resources import TemplatePath, search_path

T = TypeVar("T")


class Definitions:
    """Norms, rounds, registers and texts of one set of folders.

    Everything is read on first use and kept; a file that changes later is not seen. Whatever
    is wrong with a file is raised as ``DefinitionError`` with all its faults; asking for
    something that is not there is a ``RequestError``.
    """

    def __init__(self, templates: TemplatePath | Path | None = None) -> None:
        """Take where to look; ``None`` for only the shipped data.

        A single folder is one of the user's own, searched before the shipped data.
        """
        path = templates if isinstance(templates, TemplatePath) else search_path(templates)
        self.templates = path
        self._norms: dict[tuple[str, str], Norm] = {}
        self._loading: list[tuple[str, str]] = []  # editions that are being loaded for a later one
        self._rounds: dict[str, Round] = {}
        self._round_files: dict[str, tuple[Document, RoundFile]] = {}
        self._registers: dict[str, tuple[Organisation, ...]] = {}

    # -- norms --------------------------------------------------------------------------

    @cached_property
    def editions(self) -> Mapping[str, tuple[str, ...]]:
        """Give the editions of every norm by its code, oldest first."""
        found: dict[str, list[str]] = {}
        for path in self.templates.listing(NORMS, "*/*.toml"):
            found.setdefault(path.parent.name, []).append(path.stem)
        return {code: tuple(sorted(found[code], key=_natural)) for code in sorted(found)}

    def norm(self, code: str, edition: str | None = None) -> Norm:
        """Give the norm ``code``; ``edition`` ``None`` for the newest."""
        known = _one_of("De norm", code, self.editions)
        chosen = known[-1] if edition is None else edition
        if chosen not in known:
            raise RequestError(
                f"Van {quoted(code)} bestaat editie {quoted(chosen)} niet. Wel: {listed(known)}."
            )
        key = (code, chosen)
        if key not in self._norms:
            path = self.templates.find(f"{NORMS}/{code}/{chosen}.toml")
            self._norms[key] = self.norm_from(path)
        return self._norms[key]

    def norms(self) -> tuple[Norm, ...]:
        """Give every edition of every norm, by code and edition."""
        pairs = [(code, edition) for code, known in self.editions.items() for edition in known]
        return _all(lambda pair: self.norm(*pair), pairs)

    def norm_from(self, path: Path) -> Norm:
        """Give the norm in the file at ``path``, wherever that lies.

        Raises ``RequestError`` when there is no such file.
        """
        if not path.is_file():
            raise RequestError(f"{path} is geen bestand. Controleer het pad.")
        return load_norm(path, self.templates.shown(path), self.kinds, self._edition_before)

    def _edition_before(self, code: str, edition: str) -> Norm:
        if (code, edition) in self._loading:
            raise RequestError("De edities volgen elkaar in een kring op. Verbreek die.")
        self._loading.append((code, edition))
        try:
            return self.norm(code, edition)
        finally:
            self._loading.pop()

    def lineage(self, norm: Norm) -> tuple[Norm, ...]:
        """Give the editions that led to ``norm``, oldest first and itself last."""
        found = [norm]
        while (edition := found[0].previous_edition) is not None:
            found.insert(0, self.norm(norm.code, edition))
        return tuple(found)

    # -- organisations ------------------------------------------------------------------

    @cached_property
    def kinds(self) -> Mapping[str, OrganisationKind]:
        """Give the kinds of organisation by code, from every ``registers/kinds*.toml``."""
        return load_kinds(self._shown(self.templates.listing("registers", "kinds*.toml")))

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """Give the addressees by key, from every ``registers/regions*.csv``."""
        return load_regions(self._shown(self.templates.listing("registers", "regions*.csv")))

    @cached_property
    def registers(self) -> tuple[str, ...]:
        """Give the names of the registers of organisations."""
        files = self.templates.listing("registers", "*.csv")
        return tuple(path.stem for path in files if not path.stem.startswith("regions"))

    def register(self, name: str) -> tuple[Organisation, ...]:
        """Give all organisations of the register ``name``, in its order."""
        if name not in self._registers:
            if name not in self.registers:
                raise RequestError(_no_such("Het register", name, self.registers))
            path = self.templates.find(f"registers/{name}.csv")
            self._registers[name] = load_register(
                path, self.templates.shown(path), self.kinds, self.regions
            )
        return self._registers[name]

    # -- rounds -------------------------------------------------------------------------

    @cached_property
    def _round_paths(self) -> Mapping[str, Path]:
        return {path.stem: path for path in self.templates.listing("rounds", "*.toml")}

    def round(self, name: str | None = None) -> Round:
        """Give the round ``name``; ``None`` for the default round.

        A default round in an own folder wins over the shipped one.
        """
        if name is None:
            name = self._default(self._all_files())
            if name is None:
                raise RequestError(
                    "Geen enkele ronde is de standaard. Kies er een met --round, of zet "
                    "default = true in het bestand van de ronde. Bekend zijn: "
                    f"{listed(self._round_paths)}."
                )
        if name not in self._rounds:
            document, content = self._file(name)
            self._rounds[name] = load_round(document, content, self._known)
        return self._rounds[name]

    def round_for_norm(self, code: str) -> Round:
        """Give the default round of the norm ``code``, else its latest one."""
        _one_of("De norm", code, self.editions)
        files = [file for file in self._all_files() if file.norm == code]
        if not files:
            raise RequestError(
                f"Voor de norm {quoted(code)} is er geen ronde. Maak er een in de map rounds."
            )
        latest = max(files, key=lambda file: (file.reference_date, file.name))
        return self.round(self._default(files) or latest.name)

    def rounds(self) -> tuple[Round, ...]:
        """Give all rounds, by name."""
        return _all(self.round, list(self._round_paths))

    def _file(self, name: str) -> tuple[Document, RoundFile]:
        if name not in self._round_files:
            path = _one_of("De ronde", name, self._round_paths)
            self._round_files[name] = read_round(path, self.templates.shown(path))
        return self._round_files[name]

    def _all_files(self) -> tuple[RoundFile, ...]:
        return _all(lambda name: self._file(name)[1], list(self._round_paths))

    def _default(self, files: Iterable[RoundFile]) -> str | None:
        """Give the name of the default among ``files``, in the first folder that has one."""
        named = [file.name for file in files if file.default]
        for root in self.templates.roots:
            here = [n for n in named if self.templates.root_of(self._round_paths[n]) == root]
            if len(here) > 1:
                raise DefinitionError(
                    f"{self.templates.shown(root)} · De rondes {listed(here)} zeggen alle "
                    "default = true. Laat dat bij één staan."
                )
            if here:
                return here[0]
        return None

    @cached_property
    def _known(self) -> Known:
        return Known(
            editions=self.editions,
            norm=self.norm,
            lineage=self.lineage,
            registers=self.registers,
            register=self.register,
            rounds=tuple(self._round_paths),
            round_file=lambda name: self._file(name)[1],
        )

    # -- texts --------------------------------------------------------------------------

    @cached_property
    def texts(self) -> Texts:
        """Give the house texts of the workbook, by section and key."""
        path = self.templates.find("workbook/texts.toml")
        return load_texts(path, self.templates.shown(path))

    def _shown(self, paths: Iterable[Path]) -> list[tuple[Path, str]]:
        return [(path, self.templates.shown(path)) for path in paths]


def _natural(text: str) -> list[tuple[int, str]]:
    """Give a sort key that puts ``2025-2`` before ``2025-10``."""
    parts = re.split(r"(\d+)", text)
    return [(int(p), "") if p.isdigit() else (-1, p) for p in parts]


def _no_such(what: str, word: str, known: Iterable[str]) -> str:
    names = list(known)
    tail = suggestion(word, names) or f" Bekend zijn: {listed(names)}."
    return f"{what} {quoted(word)} bestaat niet.{tail}"


def _one_of(what: str, word: str, known: Mapping[str, T]) -> T:
    if word not in known:
        raise RequestError(_no_such(what, word, known))
    return known[word]


S = TypeVar("S")


def _all(load: Callable[[S], T], keys: Iterable[S]) -> tuple[T, ...]:
    """Load every key; raises the faults of all that fail, each once."""
    loaded: list[T] = []
    faults: dict[str, None] = {}
    for key in keys:
        try:
            loaded.append(load(key))
        except DefinitionError as error:
            faults.update(dict.fromkeys(error.faults))
    if faults:
        raise DefinitionError(faults)
    return tuple(loaded)
