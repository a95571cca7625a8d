"""Every exception that this package raises on purpose.

What is wrong with a returned workbook is a finding, never an exception. What is wrong with
our own definitions or with what the operator asked is one of these; the command line prints
its lines and ends with ``exit_code``.
"""

from __future__ import annotations

from collections.abc import Iterable


class NormtemplatesError(Exception):
    """Base of all; carries one or more faults, each a line a person can act on."""

    exit_code = 2

    def __init__(self, faults: str | Iterable[str]) -> None:
        """Take one fault or several; each says where, what, and what to do."""
        self.faults: tuple[str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))


class DefinitionError(NormtemplatesError):
    """A norm, round, register or text file under ``templates/`` is wrong."""


class RequestError(NormtemplatesError):
    """The operator asked for something that does not exist (organisation, round, path)."""


class OutputError(NormtemplatesError):
    """A file or folder could not be written (folder not writable, disk full)."""


class LetterError(NormtemplatesError):
    """A letter template or the values for it are wrong."""
