"""What a check says: findings, and the report that carries them."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen


class Severity(Enum):
    """How bad a finding is; the values are the words that people read."""

    FOUT = "fout"  # must be mended
    WAARSCHUWING = "waarschuwing"  # look again
    INFO = "info"

    @property
    def rank(self) -> int:
        """Give 0 for the worst."""
        return list(Severity).index(self)


class ReportStatus(Enum):
    """What may happen with a returned workbook."""

    AKKOORD = "akkoord"
    TE_CORRIGEREN = "te corrigeren"
    GEWEIGERD = "geweigerd"


@frozen
class Finding:
    """One thing wrong or doubtful.

    ``message`` is a Dutch sentence that says what and what to do; where stands in
    ``sheet``, ``cell`` (address, ``None`` for a whole sheet or file), ``requirement``
    (number) and ``field`` (key). ``refuses`` says that no answer was taken from the file.
    """

    code: str
    severity: Severity
    message: str
    sheet: str | None = None
    cell: str | None = None
    requirement: str | None = None
    field: str | None = None
    refuses: bool = False


@frozen
class Report:
    """The result of checking one file.

    ``path`` is as the operator gave it; ``organisation`` a CBS code or ``None`` when
    unknown; ``round`` a round's name or ``None``. ``correction`` is the name of the workbook that
    was made to mend it in, ``None`` when there is none.
    """

    path: str
    status: ReportStatus
    findings: tuple[Finding, ...]
    organisation: str | None = None
    organisation_name: str | None = None
    round: str | None = None
    correction: str | None = None


class Standing(Enum):
    """How an organisation stands in a round: the status of what counts, or why nothing does."""

    AKKOORD = "akkoord"
    TE_CORRIGEREN = "te corrigeren"
    GEWEIGERD = "geweigerd"
    DUBBEL = "dubbel ingeleverd"
    NIET = "niet ingeleverd"


@frozen
class HandedIn:
    """What one organisation of a round sent: the paths of its files, and the one that counts.

    ``counts`` is ``None`` when none does.
    """

    organisation: str
    organisation_name: str
    standing: Standing
    paths: tuple[str, ...] = ()
    counts: str | None = None


@frozen
class RoundReport:
    """Reports of several files of one round, and what is to say of the round itself.

    ``round`` is its name, ``None`` when it cannot be told; ``organisations`` are then empty, else
    all that take part, in the order of the register.
    """

    reports: tuple[Report, ...]
    round: str | None = None
    findings: tuple[Finding, ...] = field(factory=tuple)
    organisations: tuple[HandedIn, ...] = ()


def status_of(findings: tuple[Finding, ...]) -> ReportStatus:
    """Give the status that follows from ``findings``."""
    if any(f.refuses for f in findings):
        return ReportStatus.GEWEIGERD
    if any(f.severity is Severity.FOUT for f in findings):
        return ReportStatus.TE_CORRIGEREN
    return ReportStatus.AKKOORD
