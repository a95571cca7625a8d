"""The little that is kept of a file for the rules about a round: digests, never a text.

A worker makes it, so that a thousand returns take no more memory than ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Final

from normtemplates.layout.keys import key
from normtemplates.layout.recognise import Found, Recognised
from normtemplates.model.answers import EMPTY, Value
from normtemplates.model.norm import FieldKind
from normtemplates.model.returned import Facts
from normtemplates.model.submission import Submission
from normtemplates.rules.cells import structure_known

#: Bytes of the digest of one row.
ROW_SIZE: Final = 8

# Letters from which two people do not write the same by chance; spaces do not count.
_FEWEST_LETTERS: Final = 20
_TEXT: Final = FieldKind.TEXT


def facts_of(submission: Submission, recognised: Recognised | None) -> Facts:
    """Give the facts of a file that was read."""
    stamp = recognised.stamp if recognised else None
    found = recognised.found if recognised else None
    return Facts(
        stamped=stamp.organisation if stamp else None,
        modified=submission.modified,
        answers=_digest(_everything(found), 16) if found else b"",
        rows=b"".join(_rows(found)) if found else b"",
        structure=structure_known(submission),
    )


def _everything(found: Found) -> Iterator[str]:
    """Give all that was answered, in an order that does not depend on the file."""
    fixed = found.layout.presets()
    for slot in found.layout.rows:
        number = slot.requirement.number
        yield number
        yield from _parts((fixed if slot.locked else found.answers).row(number))
    yield from _parts(found.answers.cover)


def _rows(found: Found) -> Iterator[bytes]:
    """Give a digest of each open row in which somebody wrote words of their own.

    A text that was there when the overview was issued is nobody's own; one that stands on many
    rows counts on the first of them alone.
    """
    issued = found.layout.presets()
    texts = [one.field.key for one in found.layout.answer_columns if one.field.kind is _TEXT]
    seen: set[str] = set()
    for slot in found.layout.rows:
        number = slot.requirement.number
        if slot.locked:
            continue
        answers, given = found.answers.row(number), issued.row(number)
        own = {key(answers.get(one, EMPTY)) for one in texts}
        own -= {key(given.get(one, EMPTY)) for one in texts} | seen
        if any(len(text) >= _FEWEST_LETTERS for text in own):
            yield _digest((number, *_parts(answers)), ROW_SIZE)
        seen |= own


def _parts(values: Mapping[str, Value]) -> Iterator[str]:
    for name in sorted(values):
        if text := key(values[name]):
            yield name
            yield text


def _digest(parts: Iterator[str] | tuple[str, ...], size: int) -> bytes:
    made = blake2b(digest_size=size)
    for part in parts:
        made.update(part.encode("utf-8", "surrogatepass"))
        made.update(b"\0")
    return made.digest()
