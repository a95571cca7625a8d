"""The zip itself: bombs, lies, doubt, damage and tricks with names."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from functools import partial

from normtemplates.package import archive
from tests.hostile.case import (
    BOOK,
    COVER,
    CUSTOM,
    OVERVIEW,
    ROOT,
    STRINGS,
    STYLES,
    TYPES,
    Case,
    case,
    good,
    raws,
    spoiled,
)
from tests.package.files import Raw, raw_zip, zipped
from tests.package.test_archive import AMBIGUOUS, BLOB, COMPRESSION, DAMAGED

_MIB = 1024 * 1024


def with_blob(**settings: object) -> bytes:
    """The good return with one more member, made by hand."""
    values: dict[str, object] = {"name": BLOB.encode(), "data": b"inhoud" * 50, **settings}
    # The names in the shared lists are those of a smaller workbook.
    if values["name"] == b"xl/workbook.xml":
        assert BOOK.encode() == values["name"]
    return raw_zip([*raws(), Raw(**values)])  # type: ignore[arg-type]


def blanks(part: str, size: int) -> bytes:
    """The good return, with so many blanks inside a part: sound XML that is a bomb."""
    data = good()[part]
    end = data.rindex(b"</")
    return spoiled({part: data[:end] + b" " * size + data[end:]})


def _zeros(size: int) -> bytes:
    """Zeros, packed, never whole in memory."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = bytes(_MIB)
    return b"".join([deflater.compress(piece) for _ in range(size // _MIB)]) + deflater.flush()


def _bomb(inside: int, said: int) -> bytes:
    return with_blob(data=b"", packed=_zeros(inside), size=said, local_size=said)


def _many(count: int) -> bytes:
    return raw_zip([*raws(), *(Raw(b"x/%d" % n, b"", method=0) for n in range(count))])


def _said_64(count: int) -> bytes:
    """An end record for zip64 that says how many members there are."""

    def before(_: int, size: int, offset: int) -> bytes:
        record = struct.pack(
            "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset
        )
        return record + struct.pack("<4sIQI", b"PK\x06\x07", 0, offset + size, 1)

    return raw_zip(raws(), before_end=before, end=lambda f: f.update(count=0xFFFF, here=0xFFFF))


def _same_kernel(count: int) -> bytes:
    """Many members with the same data: full overlap, as in the well-known bombs."""
    kernel = Raw(b"k", b"", packed=_zeros(_MIB), size=_MIB)
    again = [
        Raw(b"k%d" % n, b"", packed=kernel.packed, size=_MIB, offset=0, local_name=b"k",
            written=False)
        for n in range(count)
    ]  # fmt: skip
    return raw_zip([kernel, *again, *raws()])


def _quoted(count: int) -> bytes:
    """Members that quote the header of the next one as stored deflate data (Fifield, 2019)."""
    inner = Raw(b"b", b"y" * 1000, method=0)
    whole = raw_zip([inner])[: 30 + 1 + 1000]
    outer = Raw(b"a", whole, method=0)
    nested = [
        Raw(b"b%d" % n, b"y" * 1000, method=0, offset=31, written=False) for n in range(count)
    ]
    return raw_zip([outer, *nested, *raws()])


def _nested(depth: int) -> bytes:
    data = zipped({"0.bin": bytes(50_000)})
    for level in range(depth):
        data = zipped({f"{level}.zip": data * 3 if level < 2 else data})
    return spoiled({"xl/media/plaatje.zip": data})


def _moved_end(**fields: int) -> bytes:
    return raw_zip(raws(), end=lambda found: found.update(fields))


def _shifted(name: str, by: int) -> bytes:
    data = raw_zip(raws())

    def end(fields: dict[str, int]) -> None:
        fields[name] += by

    assert raw_zip(raws(), end=end) != data
    return raw_zip(raws(), end=end)


def _after(data: bytes) -> bytes:
    return raw_zip(raws()) + data


def _polyglot(head: bytes) -> bytes:
    return head + raw_zip(raws())


def _named(name: bytes, **settings: object) -> bytes:
    return with_blob(name=name, **settings)


def _starts() -> list[tuple[str, int, int]]:
    """Each part of the good return as one zip: its name, and where its packed data lie."""
    data = raw_zip(raws())
    return [(m.name, m.start, m.packed) for m in archive.members(data).values()]


def _repeated(head: bytes, unit: bytes, count: int) -> bytes:
    return head + unit * count


def _cut(place: int) -> bytes:
    return raw_zip(raws())[:place]


def _flipped(seed: int, first: int, last: int, times: int) -> bytes:
    rnd = random.Random(seed)
    data = bytearray(raw_zip(raws()))
    for place in rnd.sample(range(first, last), times):
        data[place] ^= 1 << rnd.randrange(8)
    return bytes(data)


def cases() -> Iterator[Case]:
    """Give the rows of this part of the table."""
    # -- bombs
    for part in (TYPES, ROOT, BOOK, COVER, OVERVIEW, STRINGS, STYLES, CUSTOM):
        yield case("bomb", f"20 MB of blanks in {part}", partial(blanks, part, 20 * _MIB), "107")
    for name in COMPRESSION:
        yield case("bomb", name, partial(with_blob, **COMPRESSION[name]), "107")
    for size in (1, 50, 99):
        yield case("bomb", f"{size} MB of zeros in a part that nobody reads",
                   partial(_bomb, size * _MIB, size * _MIB), "107")  # fmt: skip
    yield case("bomb", "120 MB that says it is 60", partial(_bomb, 120 * _MIB, 60 * _MIB), "107")
    yield case("bomb", "120 MB that says it is 1 kB", partial(_bomb, 120 * _MIB, 1000), "107")
    for count in (1_000, 10_000, 65_000):
        yield case("bomb", f"{count} members more", partial(_many, count), "107")
    yield case("bomb", "says that it has four thousand million members",
               partial(_said_64, 2**32), "107 106 109")  # fmt: skip
    for count in (1, 900):
        yield case("bomb", f"{count} members on the data of another",
                   partial(_same_kernel, count), "109 107")  # fmt: skip
        yield case("bomb", f"{count} members inside another", partial(_quoted, count), "109")
    yield case("bomb", "a zip in a zip in a zip, ten deep", partial(_nested, 10), refused=False)
    # -- what can be read in two ways
    for name in AMBIGUOUS:
        yield case("ambiguous zip", name, partial(with_blob, **AMBIGUOUS[name]), "109")
    honest = raw_zip(raws())
    hidden = raw_zip([Raw(b"kwaad.bin", b"x")])[:40]
    for name, make, codes in (
        ("another zip behind it", partial(_after, honest), "109"),
        ("a word behind it", partial(_after, b"nog iets"), "106 109"),
        ("an end record in the comment", lambda: raw_zip(raws(), comment=honest[-22:]), "109"),
        ("a zip in the comment", lambda: raw_zip(raws(), comment=hidden), "109"),
        ("a member that the directory leaves out", lambda: raw_zip(raws(), gap=hidden), "109"),
        ("the last member left out of the count", partial(_shifted, "count", -1), "109"),
        ("a disk of its own", partial(_moved_end, disk=1), "109"),
        ("a directory that begins on another disk", partial(_moved_end, first=1), "109"),
        ("fewer members on this disk", partial(_moved_end, here=1), "109"),
        ("a comment that is not there", partial(_moved_end, comment=5), "106"),
        ("a directory that says it is larger", partial(_shifted, "size", 46), "106 109"),
        ("a directory that says it is smaller", partial(_shifted, "size", -46), "106 109"),
        ("a directory that says it lies elsewhere", partial(_shifted, "offset", 8), "106 109"),
        ("a directory beyond the end", partial(_moved_end, offset=2**32 - 2), "106"),
        ("no members in the count", partial(_moved_end, count=0, here=0), "109"),
    ):  # fmt: skip
        yield case("ambiguous zip", name, make, codes)
    # -- sizes that lie, data that are broken
    for name in DAMAGED:
        yield case("broken member", name, partial(with_blob, **DAMAGED[name]), "106")
    for name, settings, codes in (
        ("zip64 sizes without their field", {"size": 2**32 - 1}, "106 107"),
        ("a packed size that reaches into the next", {"packed_size": 5_000}, "106 109"),
        ("a packed size beyond the file", {"packed_size": 2**31}, "106 109"),
        ("a header beyond the file", {"offset": 2**31}, "106"),
        ("a size of nothing", {"size": 0, "local_size": 0}, "107 106"),
        ("deflate that never ends its block", {"packed": b"\x00" * 64}, "106"),
        ("stored with a wrong CRC", {"method": 0, "crc": 7, "local_crc": 7}, "106"),
    ):
        yield case("lying sizes", name, partial(with_blob, **settings), codes)
    # -- paths
    for path in (
        b"xl/../xl/workbook.xml", b"../../../../etc/cron.d/kwaad", b"..\\..\\Startup\\kwaad.bat",
        b"\\\\server\\deel\\x", b"//server/deel", b"C:\\Windows\\x.dll", b"file:///etc/passwd",
        b"xl/.", b"xl/./blob.bin", b"xl/nul\x00.bin", b"", b"/", b"xl/workbook.xml:stroom",
    ):  # fmt: skip
        yield case("path", f"a member called {path!r}", partial(_named, path), "109")
    for path in (b"/etc/passwd", b"CON", b"xl/NUL.xml.bin", b"x" * 60_000, b"~/.bashrc", b"-rf",
                 b"xl/$(reboot).bin", "xl/\u202egpj.exe".encode(), b"xl/%2e%2e/x.bin"):  # fmt: skip
        yield case("path", f"a harmless member called {path[:30]!r}", partial(_named, path),
                   refused=False)  # fmt: skip
    # -- truncation and bit flips
    for name, start, packed in _starts():
        yield case("truncation", f"cut off where {name} begins", partial(_cut, start), "106")
        yield case("truncation", f"cut off in {name}", partial(_cut, start + packed // 2), "106")
    for back in (1, 4, 21, 22, 23, 60, 400):
        yield case("truncation", f"cut off {back} bytes before the end",
                   partial(_cut, len(honest) - back), "106 109")  # fmt: skip
    for place, (name, start, packed) in enumerate(_starts()):
        yield case("bit flips", f"one in the data of {name}",
                   partial(_flipped, place, start, start + packed, 1), "106 107")  # fmt: skip
    for seed in range(20):
        yield case("bit flips", f"300 anywhere, seed {seed}",
                   partial(_flipped, seed, 4, len(honest), 300), "106 107 109 102")  # fmt: skip
    directory = len(honest) - 22 - sum(46 + len(name) for name, *_ in _starts())
    for seed in range(10):
        # Times and permissions stand there as well, and mean nothing.
        yield case("bit flips", f"one in the directory, seed {seed}",
                   partial(_flipped, seed, directory, len(honest), 1), refused=False,
                   read=False)  # fmt: skip
    # -- other files in one
    for name, head, codes in (
        ("a picture in front", b"GIF89a" + bytes(30), "102"),
        ("a PDF in front", b"%PDF-1.7\n", "102"),
        ("a script in front", b"#!/bin/sh\nreboot\n", "102"),
        ("a program in front", b"MZ" + bytes(62), "102"),
        ("a page in front", b"<html><script>alert(1)</script>", "102"),
        ("blanks in front", b"    ", "102 106"),
    ):
        yield case("polyglot", name, partial(_polyglot, head), codes)
    for name, head, unit, count, codes in (
        ("the first four bytes alone", b"PK\x03\x04", b"", 0, "106"),
        ("the same four bytes a million times", b"", b"PK\x03\x04", 1_000_000, "106"),
        ("end records a hundred thousand times", b"PK\x03\x04", b"PK\x05\x06", 100_000, "106 109"),
        ("45 MB", b"PK\x03\x04", b"\x00", 45 * _MIB, "114"),
        ("one zero", b"", b"\x00", 1, "101"),
        ("30 MB of zeros", b"", b"\x00", 30 * _MIB, "101"),
        ("one line of 30 MB", b"", b"a;", 15 * _MIB, "102"),
        ("a web page with a form", b"<html><form action='http://x.example'></form>", b"", 0, "102"),
        ("every byte a thousand times", b"", bytes(range(256)), 1_000, "102"),
    ):
        yield case("no workbook", name, partial(_repeated, head, unit, count), codes)
