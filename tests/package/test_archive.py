"""Hostile and broken zips: what could be read in two ways, or grows without end, is refused."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise

import pytest

from normtemplates.package import archive, inspect
from tests.package.files import Raw, book, raw_zip, raws, workbook, zipped

BLOB = "xl/blob.bin"
LINES = b"".join([b"regel %d\n" % number for number in range(1_300_000)])  # 18 MB, hard to pack


def kind_of(data: bytes) -> str:
    """The one trouble of a file, after which no part may be there; ``""`` when there is none."""
    package = inspect(data, kind="xlsx")
    if not package.troubles:
        return ""
    (trouble,) = package.troubles
    assert trouble.fatal
    assert not package.parts
    return trouble.kind


def with_blob(**settings: object) -> bytes:
    """The small workbook with one more member, made by hand."""
    values: dict[str, object] = {"name": BLOB.encode(), "data": b"inhoud" * 50, **settings}
    return raw_zip([*raws(), Raw(**values)])  # type: ignore[arg-type]


def test_an_honest_zip_is_fine_whatever_made_it() -> None:
    parts = workbook()
    for data in (zipped(parts), zipped(parts, method=0), raw_zip(raws())):
        package = inspect(data, kind="xlsx")
        assert package.troubles == ()
        assert package.parts == parts


def test_part_names_are_normalised() -> None:
    package = inspect(with_blob(name=b"/xl\\blob.bin"), kind="xlsx")
    assert package.parts[BLOB] == b"inhoud" * 50


def test_folders_are_no_parts() -> None:
    data = raw_zip([Raw(b"xl/", b"", method=0), *raws()])
    assert inspect(data, kind="xlsx").parts == workbook()


def test_streamed_members_are_fine() -> None:
    data = b"abc" * 9
    descriptor = struct.pack("<4sIII", b"PK\x07\x08", zlib.crc32(data), 5, len(data))
    assert (
        kind_of(with_blob(data=data, flags=8, local_size=0, local_crc=0, trailer=descriptor)) == ""
    )


def test_zip64_fields_and_end_record_are_fine_when_they_agree() -> None:
    full = 0xFFFFFFFF
    body = b"abc"
    wide = struct.pack("<HHQQ", 1, 16, len(body), len(body))
    settings = {"data": body, "method": 0, "size": full, "packed_size": full}
    member = Raw(BLOB.encode(), **settings, extra=wide, local_extra=wide)  # type: ignore[arg-type]

    def before(count: int, size: int, offset: int) -> bytes:
        record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count,
                             size, offset)  # fmt: skip
        return record + struct.pack("<4sIQI", b"PK\x06\x07", 0, offset + size, 1)

    def saturate(fields: dict[str, int]) -> None:
        fields.update(here=0xFFFF, count=0xFFFF, size=full, offset=full)

    data = raw_zip([*raws(), member], before_end=before, end=saturate)
    assert inspect(data, kind="xlsx").parts[BLOB] == body
    assert kind_of(raw_zip([*raws(), member], before_end=before)) == ""

    def lie(fields: dict[str, int]) -> None:
        fields.update(count=3, here=3)

    assert kind_of(raw_zip([*raws(), member], before_end=before, end=lie)) == "ambiguous"


AMBIGUOUS: dict[str, dict[str, object]] = {
    "the same name": {"name": b"xl/workbook.xml"},
    "the same name in other case": {"name": b"XL/Workbook.XML"},
    "another local name": {"local_name": b"xl/anders.bin"},
    "another local CRC": {"local_crc": 1},
    "another local size": {"local_size": 5},
    "a path outwards": {"name": b"xl/../../kwaad.bin"},
    "a path outwards with backslashes": {"name": b"..\\kwaad.bin"},
    "an empty step": {"name": b"xl//blob.bin"},
    "a drive": {"name": b"C:/blob.bin"},
    "a control character": {"name": b"xl/blob\n.bin"},
    "a name that is no UTF-8 though it says so": {"name": b"xl/\xff.bin", "flags": 0x800},
    "an encryption bit": {"flags": 1},
    "strong encryption": {"flags": 0x40},
    "an unknown method": {"method": 12},
    "a second name": {"extra": struct.pack("<HHBI", 0x7075, 14, 1, 0) + b"xl/b.bin\x00"},
    "another disk": {"disk": 1},
    "stored with two sizes": {"method": 0, "size": 3},
    "over another member": {"offset": 0, "local_name": b"x"},
    "a folder with content": {"name": b"xl/map/"},
}


@pytest.mark.parametrize("what", AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_refused(what: str) -> None:
    assert kind_of(with_blob(**AMBIGUOUS[what])) == "ambiguous"


def test_a_member_inside_another_is_refused() -> None:
    inner = raw_zip([Raw(b"b.bin", b"y" * 10, method=0)])[: 30 + 5 + 10]
    outer = Raw(b"a.bin", b"z" * 20 + inner, method=0)
    shared = Raw(b"b.bin", b"y" * 10, method=0, offset=30 + 5 + 20, written=False)
    apart = Raw(b"b.bin", b"y" * 10, method=0)
    assert kind_of(raw_zip([outer, apart, *raws()])) == ""
    assert kind_of(raw_zip([outer, shared, *raws()])) == "ambiguous"


def test_two_members_with_the_same_data_are_refused() -> None:
    first = Raw(b"a.bin", b"x" * 10, method=0)
    again = Raw(b"a.bin", b"x" * 10, method=0, offset=0, written=False)
    assert kind_of(raw_zip([first, again, *raws()])) == "ambiguous"


@pytest.mark.parametrize("change", [{"comment": 5}, {"disk": 1}, {"first": 1}, {"here": 1}])
def test_an_end_record_that_lies_is_refused(change: dict[str, int]) -> None:
    assert kind_of(raw_zip(raws(), end=lambda fields: fields.update(change))) in (
        "ambiguous",
        "damaged",
    )


def test_a_second_end_record_is_refused() -> None:
    honest = raw_zip(raws())
    assert kind_of(raw_zip(raws(), comment=honest)) == "ambiguous"
    assert kind_of(raw_zip(raws(), comment=b"PK\x05\x06" + bytes(18))) in ("ambiguous", "damaged")
    assert kind_of(honest + honest) == "ambiguous"
    assert kind_of(raw_zip(raws(), comment=b"een gewone opmerking")) == ""


def test_a_member_that_the_directory_does_not_name_is_refused() -> None:
    hidden = raw_zip([Raw(b"kwaad.bin", b"x")])
    assert kind_of(raw_zip(raws(), gap=hidden[:40])) == "ambiguous"
    assert kind_of(raw_zip(raws(), gap=bytes(40))) == ""


def test_bytes_in_front_of_the_zip_are_no_zip() -> None:
    assert kind_of(b"#!/bin/sh\n" + raw_zip(raws())) == "unknown"


COMPRESSION: dict[str, Mapping[str, object]] = {
    "a part that grows a thousandfold": {"data": bytes(5_000_000)},
    "a size that is far too large": {"size": 101 * 1024 * 1024, "local_size": 101 * 1024 * 1024},
    "more than it says": {"data": b"abc" * 1000, "size": 2000, "local_size": 2000},
}


@pytest.mark.parametrize("what", COMPRESSION)
def test_bombs_are_refused(what: str) -> None:
    assert kind_of(with_blob(**COMPRESSION[what])) == "compression"


def test_a_bomb_is_not_inflated_to_see_that_it_is_one() -> None:
    noise = bytes(range(256)) * 64 * 1024  # 16 MB: above the size that is counted first
    deflater = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = deflater.compress(noise * 8) + deflater.flush()
    said = 17 * 1024 * 1024
    data = with_blob(data=b"", packed=bomb, size=said, local_size=said)
    tracemalloc.start()
    try:
        assert kind_of(data) == "compression"
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_many_members_and_large_sums_are_refused() -> None:
    parts = workbook()
    many = {**parts, **{f"x/{number}.bin": b"" for number in range(1_000)}}
    assert kind_of(zipped(many)) == "compression"
    size = 90 * 1024 * 1024
    large = [
        Raw(b"%d.bin" % number, b"", size=size, local_size=size, packed=bytes(2_000_000))
        for number in range(3)
    ]
    assert kind_of(raw_zip([*raws(), *large])) == "compression"


def test_a_file_beyond_all_measure_is_refused_unread() -> None:
    data = book()
    assert kind_of(data + bytes(archive.MAX_FILE_SIZE)) == "limits"


def test_small_members_may_be_packed_tightly() -> None:
    data = book({"xl/leeg.bin": bytes(100 * 1024)})
    assert inspect(data, kind="xlsx").troubles == ()


DAMAGED: dict[str, dict[str, object]] = {
    "a wrong CRC": {"crc": 1, "local_crc": 1},
    "data that are no deflate": {"packed": b"\xff" * 40},
    "too few data": {"packed": b"\x03", "size": 9, "local_size": 9},
    "less than it says": {"data": b"abc", "size": 9, "local_size": 9},
    "data behind the end": {"data": b"abc", "packed": b"KLJ\x06\x00....."},
}


@pytest.mark.parametrize("what", DAMAGED)
def test_broken_members_are_damage_and_named(what: str) -> None:
    (trouble,) = inspect(with_blob(**DAMAGED[what]), kind="xlsx").troubles
    assert (trouble.kind, trouble.part) == ("damaged", BLOB)
    assert BLOB in trouble.detail


def test_a_large_broken_member_is_damage() -> None:
    plain = bytes(range(256)) * 80 * 1024
    deflater = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(plain) + deflater.flush()
    packed += bytes(len(plain) // 90)  # within the ratio, and a second piece behind the end
    assert kind_of(with_blob(data=plain, packed=packed)) == "damaged"
    packed = zlib.compress(LINES, 1, -zlib.MAX_WBITS)
    assert kind_of(with_blob(data=LINES, packed=packed[: len(packed) // 2])) == "damaged"
    assert kind_of(with_blob(data=LINES, packed=packed)) == ""


def test_a_large_honest_member_comes_out_whole() -> None:
    plain = bytes(range(256)) * 80 * 1024
    data = raw_zip([*raws(), Raw(BLOB.encode(), plain, method=0)])
    assert inspect(data, kind="xlsx").parts[BLOB] == plain
    assert inspect(book({BLOB: LINES}), kind="xlsx").parts[BLOB] == LINES


def test_a_torn_file_is_damaged_wherever_it_is_torn() -> None:
    data = book()
    kinds = {kind_of(data[:length]) for length in range(4, len(data), 7)}
    assert kinds == {"damaged"}


def test_lost_or_added_bytes_are_damage() -> None:
    data = book()
    places = range(40, len(data) - 80, 97)
    assert {kind_of(data[:place] + data[place + 3 :]) for place in places} <= {
        "damaged",
        "ambiguous",
    }
    assert {kind_of(data[:place] + b"\r\n" + data[place:]) for place in places} <= {
        "damaged",
        "ambiguous",
    }


def test_names_are_shown_without_harm() -> None:
    name = "xl/\u202egpj.exe" + "a" * 200
    (trouble,) = inspect(with_blob(name=name.encode(), crc=1, local_crc=1), kind="xlsx").troubles
    assert trouble.part is not None
    assert trouble.part.startswith("xl/U+202Egpj.exe")
    assert len(trouble.part) == 60
    assert "\u202e" not in trouble.detail


def test_the_limits_are_those_of_the_design() -> None:
    assert archive.MAX_MEMBERS == 1_000
    assert archive.MAX_TOTAL_SIZE == 200 * 1024**2
    assert archive.MAX_MEMBER_SIZE == 100 * 1024**2
    assert archive.MAX_RATIO == 100
    assert archive.RATIO_FREE_SIZE == 100 * 1024


def test_python_agrees_on_what_is_in_an_accepted_zip() -> None:
    data = raw_zip(raws())
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert {name: other.read(name) for name in other.namelist()} == workbook()
    spans = sorted(archive.members(data).values(), key=lambda member: member.start)
    assert all(one.start + one.packed <= two.start for one, two in pairwise(spans))
