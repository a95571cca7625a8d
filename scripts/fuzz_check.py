"""Fuzz the gate, the reader, recognition and the rules by coverage; see scripts/fuzz.

What counts as wrong: any exception, more than ten seconds or 600 MB, a fatal trouble beside
sheets, a reader that takes what the gate refuses, a rule that breaks (NT900), and a fast lane that
reads anything else than the slow one.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from unittest import mock

import atheris

with atheris.instrument_imports(include=["normtemplates"]):
    from normtemplates.excel import _sheet, reader
    from normtemplates.excel.reader import read_bytes
    from normtemplates.layout.recognise import recognise
    from normtemplates.model.finding import ReportStatus, status_of
    from normtemplates.package import inspect
    from normtemplates.rules import Context, run
    from normtemplates.rules.example_norm import NEXT_ROUND, ROUND

from scripts.fuzz_seeds import books, joined, rebuilt, split

_ROUNDS = (ROUND, NEXT_ROUND)
_TOKEN = re.compile(rb"<[^<>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb'"[^"<>]*"')
_VALUES = (
    b"", b"0", b"1", b"-1", b"01", b" 1 ", b"2", b"1048576", b"1048577", b"4294967296", b"1e999",
    b"NaN", b"9" * 300, b"true", b"ja", b"A1", b"XFD1048576", b"XFE1", b"A:XFD", b"1:1048576",
    b"A1:XFD1048576", b"s", b"str", b"b", b"e", b"d", b"inlineStr", b"list", b"hidden", b"rId1",
    b"rId2", b"../../x", b"/xl/workbook.xml", b"2025-02-30", b"_x0000_", b"_xD800_", b"&#0;",
    b"&x;", b"&#x10FFFF;", b"\xed\xa0\x80", b"\xef\xbf\xbe", "\u202e".encode(), b"%2e%2e",
    b"x" * 40_000, b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)  # fmt: skip
_PIECES = (
    b"<!DOCTYPE a>", b"<!-- -->", b"<![CDATA[x]]>", b"<?x?>", b"]]>", b"</sheetData>", b"<c/>",
    b"<row/>", b'<c r="A1"/>', b"<v>", b"</v>", b"<f/>", b"<is><t>x</t></is>", b"<extLst/>",
    b"<a>" * 300, b'<a xmlns="x"/>', b"\x00", b"\r\n", b"\xfe\xff",
)  # fmt: skip


def check(data: bytes) -> None:
    """Look at the bytes of a file as the check does, and hold the answers against each other."""
    submission = read_bytes("overzicht.xlsx", data)
    assert bool(submission.sheets) != submission.fatal, "sheets beside a fatal trouble"
    if not submission.fatal:  # a refusal is looked at in the slow lane already
        package = inspect(data, kind="xlsx")
        assert package.parts, "the reader takes what the gate refuses"
        with (
            mock.patch.object(_sheet, "split_rows", return_value=None),
            mock.patch.object(reader, "plain_strings", return_value=None),
        ):
            assert read_bytes("overzicht.xlsx", data) == submission, "the lanes differ"
    recognised = None if submission.fatal else recognise(submission, _ROUNDS)
    findings = run(submission, Context(recognised, _ROUNDS))
    assert not any(one.code == "NT900" for one in findings), findings
    if recognised is None or recognised.found is None:
        status = status_of(findings)
        assert status is ReportStatus.GEWEIGERD, f"nothing was taken, yet it is {status.value}"


def changed(data: bytes, size: int, seed: int) -> bytes:
    """Change the XML of an input at its tags, attributes and texts; now and then any byte."""
    rnd = random.Random(seed)
    number, part, content = split(data)
    if rnd.random() < 0.03:
        number = rnd.randrange(len(books()))
        part = rnd.choice(list(books()[number]))
        content = books()[number][part]
    for _ in range(rnd.choice((1, 1, 1, 2, 4))):
        content = rnd.choice(_WAYS)(content, rnd)
    return joined(number, part, content)[:size]


def _any_byte(content: bytes, rnd: random.Random) -> bytes:
    return bytes(atheris.Mutate(content, len(content) + 64))


def _attribute(content: bytes, rnd: random.Random) -> bytes:
    return _replaced(content, _ATTRIBUTE, b'"' + rnd.choice(_VALUES) + b'"', rnd)


def _attribute_bytes(content: bytes, rnd: random.Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(content))
    if not found:
        return content
    one = rnd.choice(found)
    inner = bytes(atheris.Mutate(one[0][1:-1], len(one[0]) + 8))
    return content[: one.start() + 1] + inner + content[one.end() - 1 :]


def _swapped(content: bytes, rnd: random.Random) -> bytes:
    """Give an attribute the value of another."""
    found = list(_ATTRIBUTE.finditer(content))
    return _replaced(content, _ATTRIBUTE, rnd.choice(found)[0], rnd) if found else content


def _token_away(content: bytes, rnd: random.Random) -> bytes:
    return _replaced(content, _TOKEN, b"", rnd)


def _token_other(content: bytes, rnd: random.Random) -> bytes:
    """Put a tag or text of any part in the place of another."""
    parts = rnd.choice(books())
    source = rnd.choice((content, parts[rnd.choice(list(parts))]))
    found = list(_TOKEN.finditer(source[:20_000]))
    return _replaced(content, _TOKEN, rnd.choice(found)[0], rnd) if found else content


def _token_twice(content: bytes, rnd: random.Random) -> bytes:
    found = list(_TOKEN.finditer(content))
    if not found:
        return content
    first = rnd.randrange(len(found))
    last = min(len(found) - 1, first + rnd.choice((0, 0, 2, 5)))
    span = content[found[first].start() : found[last].end()]
    return content[: found[last].end()] + span + content[found[last].end() :]


def _text(content: bytes, rnd: random.Random) -> bytes:
    return _replaced(content, re.compile(rb"(?<=>)[^<]+"), rnd.choice(_VALUES), rnd)


def _piece(content: bytes, rnd: random.Random) -> bytes:
    found = list(_TOKEN.finditer(content))
    place = rnd.choice(found).start() if found else 0
    return content[:place] + rnd.choice(_PIECES) + content[place:]


def _renamed(content: bytes, rnd: random.Random) -> bytes:
    names = re.compile(rb"(?<=[</ ])[A-Za-z:]{1,30}(?=[ />=])")
    found = list(names.finditer(content))
    return _replaced(content, names, rnd.choice(found)[0], rnd) if found else content


def _encoded(content: bytes, rnd: random.Random) -> bytes:
    try:
        return content.decode().encode(rnd.choice(("utf-16", "utf-16-le", "utf-8-sig")))
    except UnicodeDecodeError:
        return content


def _replaced(content: bytes, what: re.Pattern[bytes], by: bytes, rnd: random.Random) -> bytes:
    found = list(what.finditer(content))
    if not found:
        return content
    one = rnd.choice(found)
    return content[: one.start()] + by + content[one.end() :]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _any_byte, _attribute, _attribute, _attribute_bytes, _swapped, _token_away, _token_other,
    _token_twice, _text, _piece, _renamed, _renamed, _encoded,
)  # fmt: skip


def main() -> None:
    """Fuzz the target that is named first, with libFuzzer's arguments behind it."""
    target = sys.argv.pop(1)
    books()  # made once, and not in the time of the first input
    if target == "part":
        atheris.Setup(sys.argv, lambda data: check(rebuilt(data)), custom_mutator=changed)
    else:
        atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
