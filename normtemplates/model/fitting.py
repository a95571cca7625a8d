"""For which kinds of organisation a requirement is meant."""

from __future__ import annotations

from attrs import frozen


@frozen
class NotFitting:
    """A requirement that does not fit one kind of organisation.

    Its status is pre-set to the scale's not-applicable status with ``ground`` as the
    explanation; ``locked`` says that the organisation cannot change that. ``ours`` marks a
    reading of ours that no source gives.
    """

    kind: str
    ground: str
    locked: bool = False
    ours: bool = True


@frozen
class AppliesTo:
    """The only ``kinds`` of organisation that a sentence speaks to, and the ``ground``.

    For any other kind the answer is fixed: not applicable, with ``ground`` as explanation.
    """

    kinds: tuple[str, ...]
    ground: str
