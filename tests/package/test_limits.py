"""Every limit of the gate: what reaches it passes, one more is refused.

The largest ones are set lower, since what counts is where they stop; that they are as large as they
should be is held by ``test_archive`` and by the hostile files.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from normtemplates.package import archive, gate, inspect
from tests.package.files import (
    TYPES,
    Raw,
    book,
    raw_zip,
    raws,
    types,
    workbook,
    zipped,
)
from tests.package.files import relations as relations_part

ITEM = "customXml/item1.xml"
NOISE = random.Random(5).randbytes(300 * 1024)


def said(data: bytes) -> str:
    """The trouble that refuses a file; ``""`` when it passes."""
    troubles = inspect(data, kind="xlsx").troubles
    return troubles[0].kind if troubles else ""


def item(content: bytes) -> bytes:
    """The small workbook with one XML part more, stored."""
    return zipped({**workbook(), ITEM: content}, method=0)


def members(count: int) -> bytes:
    return zipped({**workbook(), **{f"x/{n}": b"" for n in range(count - len(workbook()))}})


def member(size: int) -> bytes:
    return raw_zip([*raws(), Raw(b"x.bin", bytes(size), method=0)])


def total(size: int) -> bytes:
    return member(size - sum(map(len, workbook().values())))


def file_of(size: int) -> bytes:
    return raw_zip(raws(), comment=b"x" * (size - len(raw_zip(raws()))))


def ratio(size: int) -> bytes:
    """A member of this size that says that it was packed into 2 000 bytes."""
    return raw_zip([*raws(), Raw(b"x.bin", b"", size=size, local_size=size, packed=NOISE[:2_000])])


def small(size: int) -> bytes:
    """A member of blanks, packed a hundredfold and more."""
    return book({"x.bin": bytes(size)})


def deep(count: int) -> bytes:
    return item(b"<a>" * count + b"</a>" * count)


def attributes(count: int) -> bytes:
    return item(b"<a" + b"".join([b" b%d=''" % n for n in range(count)]) + b"/>")


def text(length: int) -> bytes:
    return item(b"<a>" + b"x" * length + b"</a>")


def names(count: int) -> bytes:
    """Different names, in more than one chunk."""
    inside = b"".join([b"<b%d/>" % n for n in range(count - 1)])
    return item(b"<a>" + inside + b" " * gate.CHUNK + b"</a>")


def markup(count: int) -> bytes:
    honest = sum(data.count(b"<") + data.count(b"=") for data in workbook().values())
    return item(b"<a>" + b"<b/>" * (count - honest - 2) + b"</a>")


def types_of(count: int) -> bytes:
    more = "".join([f'<Default Extension="x{n}" ContentType="a/b"/>' for n in range(count - 3)])
    return book({TYPES: types(f"{SHEET}.sheet.main+xml", "xl/workbook.xml", more)})


def references(count: int) -> bytes:
    return book({"x/_rels/y.rels": relations_part(*[("a:b://c", "d")] * count)})


def reference_text(length: int) -> bytes:
    taken = len("rId1" + "a://b")
    return book({"x/_rels/y.rels": relations_part(("a://b", "d" * (length - taken)))})


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LIMITS: dict[str, tuple[object, str, int | None, Callable[[int], bytes], str]] = {
    "members": (archive, "MAX_MEMBERS", None, members, "compression"),
    "one member": (archive, "MAX_MEMBER_SIZE", 200_000, member, "compression"),
    "all members": (archive, "MAX_TOTAL_SIZE", 200_000, total, "compression"),
    "the file": (archive, "MAX_FILE_SIZE", 40_000, file_of, "limits"),
    "size without a ratio": (archive, "RATIO_FREE_SIZE", None, small, "compression"),
    "depth": (gate, "MAX_DEPTH", None, deep, "unsafe-xml"),
    "attributes": (gate, "MAX_ATTRIBUTES", None, attributes, "unsafe-xml"),
    "a text": (gate, "MAX_TEXT", None, text, "unsafe-xml"),
    "names": (gate, "MAX_NAMES", None, names, "unsafe-xml"),
    "types": (gate, "MAX_REFERENCES", 200, types_of, "limits"),
    "relationships": (gate, "MAX_REFERENCES", 200, references, "limits"),
    "text of relationships": (gate, "MAX_REFERENCE_TEXT", 2_000, reference_text, "limits"),
}


@pytest.mark.parametrize("what", LIMITS)
def test_up_to_a_limit_and_no_further(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, lower, make, kind = LIMITS[what]
    if lower is not None:
        monkeypatch.setattr(module, name, lower)
    limit = getattr(module, name)
    assert said(make(limit)) == ""
    assert said(make(limit + 1)) == kind


def test_the_ratio_and_no_further() -> None:
    """A member that is packed as tightly as is allowed is inflated, and found to be broken."""
    limit = archive.MAX_RATIO * 2_000
    assert limit > archive.RATIO_FREE_SIZE
    assert said(ratio(limit)) == "damaged"
    assert said(ratio(limit + 1)) == "compression"


def test_the_markup_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normtemplates.package.opened._MARKUP_COUNTED_FROM", 0)
    monkeypatch.setattr(gate, "MAX_MARKUP", 5_000)
    assert said(markup(5_000)) == ""
    assert said(markup(5_001)) == "limits"


def test_a_long_tag_is_refused_before_it_ends() -> None:
    """Between the limit and two chunks more it depends on where the chunks fall."""
    assert said(item(b"<a b='" + b"x" * (gate.MAX_TOKEN - 100) + b"'/>")) == ""
    assert said(item(b"<a b='" + b"x" * (gate.MAX_TOKEN + 3 * gate.CHUNK) + b"'/>")) == "unsafe-xml"
