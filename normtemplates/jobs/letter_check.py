"""``letter lint`` and ``letter check``: files in, findings out, each file in a worker.

What somebody made of a file can keep a parser busy for hours or ask for all memory; in a worker
that is one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from attrs import frozen

from normtemplates.definitions import Definitions
from normtemplates.errors import LetterError, RequestError
from normtemplates.jobs.inbox import absent, unreadable
from normtemplates.jobs.isolate import Done, Limits, Lost, Pool
from normtemplates.jobs.recipients import recipients
from normtemplates.letters.check import Checked, check
from normtemplates.letters.faults import LETTER, TEMPLATE, Kind, finding
from normtemplates.letters.lint import lint
from normtemplates.model.finding import Finding, Report, Severity, status_of
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.package import owner_file

_LIMITS: Final = Limits()
_TEMPORARY: Final = "Dit is het tijdelijke bestand naast een document dat openstaat."

T = TypeVar("T")


@frozen
class _Known:
    """What workers look things up in."""

    rounds: tuple[Round, ...]
    others: tuple[Organisation, ...]
    organisation: Organisation | None = None
    round: Round | None = None
    own: tuple[str, ...] = ()


def lint_templates(
    definitions: Definitions,
    paths: Sequence[Path],
    own: Collection[str] = (),
    round_: Round | None = None,
) -> tuple[Report, ...]:
    """Look at the templates in ``paths``; ``own`` is the code of whom they are for, if one.

    Letters for trial are of ``round_``, of one of each norm when it is ``None``.

    Raises ``RequestError`` when a path is not there or an organisation is not known.
    """
    others = _everyone(definitions)
    _known_codes(others, own)
    known = _Known((round_,) if round_ else definitions.rounds(), others, own=tuple(own))
    reports = []
    for path, found in zip(paths, _all(_lint, known, _read(paths)), strict=True):
        findings = (_lost(TEMPLATE, found),) if isinstance(found, Lost) else found
        reports.append(Report(str(path), status_of(findings), findings))
    return tuple(reports)


def check_letters(
    definitions: Definitions,
    paths: Sequence[Path],
    organisation: str | None = None,
    round_name: str | None = None,
) -> tuple[Report, ...]:
    """Look at the finished letters in ``paths``; what is ``None`` follows from the letter.

    Raises ``RequestError`` when a path is not there, or a round or organisation is not known.
    """
    rounds = definitions.rounds()
    others = _everyone(definitions)
    asked = definitions.round(round_name) if round_name else None
    sender = None
    if organisation and asked:
        (sender,) = recipients(asked, [organisation])
    elif organisation:
        _known_codes(others, [organisation])
        sender = next(one for one in others if one.code == organisation)
    known = _Known(rounds, others, sender, asked)
    reports = []
    for path, one in zip(paths, _all(_check, known, _read(paths)), strict=True):
        checked = Checked((_lost(LETTER, one),)) if isinstance(one, Lost) else one
        reports.append(
            Report(
                str(path),
                status_of(checked.findings),
                checked.findings,
                organisation=checked.organisation.code if checked.organisation else None,
                organisation_name=checked.organisation.full_name if checked.organisation else None,
                round=checked.round.name if checked.round else None,
            )
        )
    return tuple(reports)


def refuse_template(
    definitions: Definitions,
    path: Path,
    own: Collection[str],
    round_: Round,
    *,
    strict: bool = False,
) -> None:
    """Raise ``LetterError`` with every fault of the template at ``path`` for letters of ``round_``.

    It is looked at in a worker, so that one that comes from elsewhere takes no time and memory of
    this process. One that is shipped is known. For whom it is, is told by ``own``, or by a round of
    one organisation. That it lacks what a letter mostly has is a fault only when ``strict``.
    """
    if _shipped(definitions, path):
        return
    codes = own or [one.code for one in round_.organisations]
    (report,) = lint_templates(definitions, [path], codes if len(codes) == 1 else (), round_)
    faults = [
        one
        for one in report.findings
        if one.severity is Severity.FOUT and (strict or one.code != "required")
    ]
    if faults:
        raise LetterError(
            f"{path} · {f.sheet} · {f.message}" if f.sheet else f"{path} · {f.message}"
            for f in faults
        )


def _shipped(definitions: Definitions, path: Path) -> bool:
    """Tell whether the template at ``path`` is one of ours, or a copy that nobody changed."""
    *own, shipped = definitions.templates.roots
    if path.is_relative_to(shipped):
        return True
    root = next((one for one in own if path.is_relative_to(one)), None)
    try:
        return root is not None and (
            path.read_bytes() == (shipped / path.relative_to(root)).read_bytes()
        )
    except OSError:
        return False


def _everyone(definitions: Definitions) -> tuple[Organisation, ...]:
    return tuple(one for name in definitions.registers for one in definitions.register(name))


def _known_codes(others: Sequence[Organisation], codes: Collection[str]) -> None:
    known = {one.code for one in others}
    if unknown := [code for code in codes if code not in known]:
        raise RequestError(
            f"‘{code}’ staat in geen register. Geef een CBS-code, zoals {min(known, default='')}."
            for code in unknown
        )


def _read(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    faults: list[str] = []
    files: list[tuple[str, bytes]] = []
    for path in paths:
        try:
            files.append((path.name, path.read_bytes()))
        except FileNotFoundError:
            faults.append(absent(path))
        except OSError:
            faults.append(unreadable(path))
    if faults:
        raise RequestError(faults)
    return files


def _all(
    work: Callable[[_Known, tuple[str, bytes]], T],
    known: _Known,
    files: Sequence[tuple[str, bytes]],
) -> list[T | Lost]:
    """Give what ``work`` makes of each file; ``Lost`` for one that outlasts its worker."""
    with Pool(work, known, limits=_LIMITS) as pool:
        return [one.value if isinstance(one, Done) else one for one in pool.map(files)]


def _lost(kinds: Mapping[str, Kind], lost: Lost) -> Finding:
    """Say of a file that there is no outcome, and whose fault that is."""
    code = "internal" if lost.reason == "error" else "limits"
    return finding(kinds, code, kinds[code].meaning)


def _lint(known: _Known, file: tuple[str, bytes]) -> tuple[Finding, ...]:
    name, data = file
    if owner_file(name, data):
        return (finding(TEMPLATE, "no-word", _TEMPORARY),)
    return lint(data, known.others, known.own, known.rounds)


def _check(known: _Known, file: tuple[str, bytes]) -> Checked:
    name, data = file
    if owner_file(name, data):
        return Checked((finding(LETTER, "no-word", _TEMPORARY),))
    return check(data, known.rounds, known.organisation, known.round, known.others)
