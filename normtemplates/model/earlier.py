"""What a workbook shows of the round before, for one organisation."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Predecessor:
    """What one of several organisations that merged answered, as a person reads it.

    ``rows`` go by requirement number and then by field key; what was empty lacks.
    """

    name: str
    rows: Mapping[str, Mapping[str, str]] = field(factory=dict)


@frozen
class Earlier:
    """The answers of the round before that stand beside this round's, in locked cells.

    ``title`` is what that round is called in running text. ``statuses`` are the texts of the
    column with last round's status and ``explanations`` last round's explanation, both by the
    numbers of this round's norm; where nothing was answered they lack.
    ``predecessors`` are those of a merged organisation; empty for any other.
    """

    title: str
    statuses: Mapping[str, str] = field(factory=dict)
    explanations: Mapping[str, str] = field(factory=dict)
    predecessors: tuple[Predecessor, ...] = ()
