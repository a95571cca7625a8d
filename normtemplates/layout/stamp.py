"""The stamp: which norm, edition, round and organisation a workbook was issued for.

It stands in four places, because programs lose different ones on saving: the hidden sheet
``_meta``, a defined name, the custom document properties, and in sight on Start.
"""

from __future__ import annotations

import re

from attrs import fields, frozen

from normtemplates.layout.contract import Layout
from normtemplates.layout.places import META, START
from normtemplates.model.submission import Submission

STAMP_NAME = "nt_stempel"
PROPERTY_PREFIX = "normtemplates_"
VISIBLE_PREFIX = "Kenmerk van dit overzicht: "


@frozen
class Stamp:
    """What a stamp says; every part is text as it stands in the file."""

    norm: str
    edition: str
    round: str
    organisation: str
    layout: str
    fingerprint: str

    @property
    def text(self) -> str:
        """Give the stamp as one line."""
        return " · ".join(
            (self.norm, self.edition, self.round, self.organisation, self.layout, self.fingerprint)
        )

    @classmethod
    def read(cls, text: str) -> Stamp | None:
        """Read the line back; ``None`` when it is no stamp."""
        parts = [part.strip() for part in text.split("·")]
        if len(parts) != len(fields(cls)) or not all(PART.fullmatch(part) for part in parts):
            return None
        return cls(*parts)


#: What a part of a stamp may be.
PART = re.compile(r"[\w.-]{1,80}")


def stamp_of(layout: Layout) -> Stamp:
    """Give the stamp of a layout; the fingerprint is cut to its first 16 digits."""
    return Stamp(
        norm=layout.norm.code,
        edition=layout.norm.edition,
        round=layout.round.name,
        organisation=layout.organisation.code,
        layout=layout.edition,
        fingerprint=layout.fingerprint[:16],
    )


def pairs(stamp: Stamp) -> list[tuple[str, str]]:
    """Give the parts of a stamp by name, in order."""
    return [(one.name, getattr(stamp, one.name)) for one in fields(Stamp)]


def stamps_in(submission: Submission) -> dict[str, Stamp]:
    """Give every whole stamp in a returned file, by the place where it stood.

    The places are ``"_meta"``, ``"name"``, ``"properties"`` and ``"start"``.
    """
    found: dict[str, Stamp] = {}
    if meta := submission.sheet(META):
        rows = {meta.text(row, 1): meta.text(row, 2) for row in range(1, len(meta.cells) + 2)}
        _add(found, "_meta", rows)
    named = submission.names.get(STAMP_NAME, "").strip().strip('"')
    if stamp := Stamp.read(named):
        found["name"] = stamp
    prefix = len(PROPERTY_PREFIX)
    own = {k[prefix:]: v for k, v in submission.properties.items() if k.startswith(PROPERTY_PREFIX)}
    _add(found, "properties", own)
    if start := submission.sheet(START):
        for cell in start.cells.values():
            if cell.text.startswith(VISIBLE_PREFIX):
                if stamp := Stamp.read(cell.text.removeprefix(VISIBLE_PREFIX)):
                    found["start"] = stamp
                break
    return found


def _add(found: dict[str, Stamp], place: str, parts: dict[str, str]) -> None:
    names = [one.name for one in fields(Stamp)]
    if all(name in parts for name in names):
        stamp = Stamp.read(" · ".join(parts[name] for name in names))
        if stamp:
            found[place] = stamp
