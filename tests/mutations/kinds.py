"""The table: every kind of thing that is done to a good return, with all that must be said of it.

The expected findings follow from what each mutation means to a person and from the layout that
the file was issued with. Where they are open to debate, ``why`` says how it was decided. Each
kind is done to two files: one that LibreOffice saved and one as our writer, like Excel, writes.
"""

from __future__ import annotations

from tests.mutations import answers, attention, files, programs, settings, sheets, structure, values
from tests.mutations.kind import Kind

KINDS: tuple[Kind, ...] = (
    *answers.KINDS,
    *values.KINDS,
    *attention.KINDS,
    *structure.KINDS,
    *sheets.KINDS,
    *files.KINDS,
    *programs.KINDS,
    *settings.KINDS,
)

BASES = ("returned", "issued")


def cases() -> list[tuple[Kind, str]]:
    """Give each kind with each file that it is done to."""
    return [(kind, base) for kind in KINDS for base in BASES if kind.only in (None, base)]
