"""The zip file: one directory that leaves no doubt, and members that are inflated by count.

Every program that opens the file must see the same members with the same bytes. Where two
programs could differ (two directories, two names, overlapping members) it is refused, after
PKWARE's APPNOTE 4.3 and ECMA-376 part 2, 7.3.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple

from normtemplates.package.troubles import TroubleError

MAX_FILE_SIZE: Final = 40 * 1024 * 1024
"""Bytes of the file as it lies on disk: beside the inflated members it fits in a worker."""

MAX_MEMBERS: Final = 1_000
"""Members of the zip; an overview has some 25, a large workbook a few hundred."""

MAX_MEMBER_SIZE: Final = 100 * 1024 * 1024
"""Inflated bytes of one member: a parser needs several times as much memory."""

MAX_TOTAL_SIZE: Final = 200 * 1024 * 1024
"""Inflated bytes of all members together: what a worker of 300 MB can hold."""

MAX_RATIO: Final = 100
"""Inflated bytes for one packed byte; office XML stays under 50, a bomb reaches 1 000."""

RATIO_FREE_SIZE: Final = 100 * 1024
"""Up to here the ratio does not count: a small member of blanks harms nobody."""

_END: Final = struct.Struct("<4sHHHHIIH")
_END_64_PLACE: Final = struct.Struct("<4sIQI")
_END_64: Final = struct.Struct("<4sQHHIIQQQQ")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")

_END_MARK: Final = b"PK\x05\x06"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_STRUCTURE_MARKS: Final = (_CENTRAL_MARK, b"PK\x03\x04", _END_MARK)
_FULL_32: Final = 0xFFFFFFFF  # "see the zip64 field" (APPNOTE 4.4.8)
_FULL_16: Final = 0xFFFF

_ENCRYPTED: Final = 0x2041  # bits 0 (encrypted), 6 (strong), 13 (directory masked)
_STREAMED: Final = 0x0008  # bit 3: sizes and CRC follow the data
_UTF_8: Final = 0x0800  # bit 11

_LARGE: Final = 16 * 1024 * 1024  # bytes of a member that is counted before it is inflated
_PIECE: Final = 64 * 1024

_STORED: Final = 0
_DEFLATED: Final = 8
_ZIP64_FIELD: Final = 0x0001
_UNICODE_NAME_FIELD: Final = 0x7075

_TWO_WAYS: Final = "Het zipbestand is op meer dan één manier te lezen."
_INCOMPLETE: Final = "Het bestand is beschadigd of onvolledig."


class Member(NamedTuple):
    """One file in the zip: its name as a part name, where its data begin, and its sizes."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


def members(data: bytes) -> dict[str, Member]:
    """Read the directory: name -> member, folders left out, in the order of the directory.

    Raises:
        TroubleError: the directory is damaged, ambiguous or beyond a limit.
    """
    if len(data) > MAX_FILE_SIZE:
        raise TroubleError("limits", "Het bestand is te groot.")
    count, offset, size = _end(data)
    if count > MAX_MEMBERS:
        raise TroubleError("compression", "Het bestand bevat te veel onderdelen.")
    found: dict[str, Member] = {}
    folded: set[str] = set()
    spans: list[tuple[int, int]] = []
    total = 0
    place = offset
    for _ in range(count):
        if place + _CENTRAL.size > offset + size:
            raise TroubleError("damaged", _INCOMPLETE)
        member, header, place = _member(data, place, offset)
        spans.append((header, member.start + member.packed))
        total += member.size
        if total > MAX_TOTAL_SIZE:
            raise TroubleError("compression", "Het bestand wordt uitgepakt veel te groot.")
        key = member.name.rstrip("/").casefold()
        if key in folded:
            raise TroubleError("ambiguous", "Een onderdeel komt twee keer voor.", member.name)
        folded.add(key)
        if not member.name.endswith("/"):
            found[member.name] = member
        elif member.size:
            raise TroubleError("ambiguous", "Een map heeft een eigen inhoud.", member.name)
    if place != offset + size:
        raise TroubleError("ambiguous", _TWO_WAYS)
    _no_overlap(data, spans, offset)
    return found


def inflate(data: bytes, member: Member) -> bytes:
    """Give a member's bytes, counted against its declared size and checked by its CRC.

    The declared size was held against the limits by :func:`members`, so no more than that is
    ever made.

    Raises:
        TroubleError: the data do not agree with the directory.
    """
    packed = memoryview(data)[member.start : member.start + member.packed]
    if member.deflated:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            if member.size > _LARGE:
                length, plain = _counted(inflater, packed, member.size), b""
            else:
                plain = inflater.decompress(packed, member.size + 1)
                length = len(plain)
            if length > member.size:
                raise TroubleError(
                    "compression", "Een onderdeel is groter dan opgegeven.", member.name
                )
            if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
                raise TroubleError("damaged", "Een onderdeel is beschadigd.", member.name)
            if member.size > _LARGE:
                plain = zlib.decompress(packed, -zlib.MAX_WBITS, member.size)
        except zlib.error:
            raise TroubleError("damaged", "Een onderdeel is beschadigd.", member.name) from None
    else:
        plain = bytes(packed)
    if len(plain) != member.size or zlib.crc32(plain) != member.crc:
        raise TroubleError("damaged", "Een onderdeel is beschadigd.", member.name)
    return plain


def _counted(inflater: zlib._Decompress, packed: memoryview, limit: int) -> int:
    """Inflate piece by piece and keep nothing: give the length, or one beyond ``limit``.

    A large member is counted first and inflated into one block then; gathered from pieces it
    would take its size twice.
    """
    length = 0
    for place in range(0, len(packed), _PIECE):
        rest = bytes(packed[place : place + _PIECE])
        while rest and length <= limit and not inflater.eof:
            length += len(inflater.decompress(rest, 16 * _PIECE))
            rest = inflater.unconsumed_tail
        if inflater.eof and place + _PIECE < len(packed):
            raise zlib.error("data behind the end")
    return length


def _end(data: bytes) -> tuple[int, int, int]:
    """Find the one end record: number of members, offset and size of the directory."""
    place = data.rfind(_END_MARK, max(0, len(data) - _END.size - _FULL_16))
    if place < 0 or place + _END.size > len(data):
        raise TroubleError("damaged", _INCOMPLETE)
    _, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(data, place)
    if place + _END.size + comment != len(data):
        raise TroubleError("damaged", _INCOMPLETE)
    end_of_directory = place
    extended = place - _END_64_PLACE.size
    if extended >= 0 and data.startswith(b"PK\x06\x07", extended):
        plain = (here, count, size, offset)
        here, count, size, offset, end_of_directory = _end_64(data, extended)
        for old, new in zip(plain, (here, count, size, offset), strict=True):
            if old not in (new, _FULL_16, _FULL_32):
                raise TroubleError("ambiguous", _TWO_WAYS)
    if disk or first_disk or here != count:
        raise TroubleError("ambiguous", "Het zipbestand is in delen gesplitst.")
    if offset + size != end_of_directory:
        if data.startswith(_CENTRAL_MARK, offset):
            raise TroubleError("ambiguous", _TWO_WAYS)
        raise TroubleError("damaged", _INCOMPLETE)  # bytes were lost or added on the way
    if any(mark in data[place + _END.size :] for mark in _STRUCTURE_MARKS):
        raise TroubleError("ambiguous", _TWO_WAYS)
    return count, offset, size


def _end_64(data: bytes, place: int) -> tuple[int, int, int, int, int]:
    """Read the zip64 end record (APPNOTE 4.3.14); give its five figures as :func:`_end` does."""
    _, disk, start, disks = _END_64_PLACE.unpack_from(data, place)
    here_it_is = start + _END_64.size <= place and data.startswith(b"PK\x06\x06", start)
    if disk or disks > 1 or not here_it_is:
        raise TroubleError("ambiguous", _TWO_WAYS)
    _, length, _, _, disk, first_disk, here, count, size, offset = _END_64.unpack_from(data, start)
    if disk or first_disk or start + 12 + length != place:
        raise TroubleError("ambiguous", _TWO_WAYS)
    return here, count, size, offset, start


def _member(data: bytes, place: int, directory: int) -> tuple[Member, int, int]:
    """Read one central header and its local one; also give where they begin and end."""
    (mark, _, _, flags, method, _, _, crc, packed, size, name_length, extra_length,
     comment_length, disk, _, _, header) = _CENTRAL.unpack_from(data, place)  # fmt: skip
    if mark != _CENTRAL_MARK:
        raise TroubleError("damaged", _INCOMPLETE)
    at = place + _CENTRAL.size
    raw = data[at : at + name_length]
    after = at + name_length + extra_length + comment_length
    if after > len(data):
        raise TroubleError("damaged", _INCOMPLETE)
    name = _part_name(raw, flags)
    if extra_length:
        extra = _fields(data[at + name_length : at + name_length + extra_length])
        size, packed, header = _wide(extra.get(_ZIP64_FIELD), size, packed, header)
        other = extra.get(_UNICODE_NAME_FIELD)
        if other is not None and other[5:] != raw and other[5:] != name.encode():
            raise TroubleError("ambiguous", "Een onderdeel heeft twee namen.", name)
    if flags & _ENCRYPTED:
        raise TroubleError("ambiguous", "Een onderdeel is versleuteld.", name)
    if method not in (_STORED, _DEFLATED) or disk:
        raise TroubleError("ambiguous", "Een onderdeel is op een onbekende manier ingepakt.", name)
    if method == _STORED and packed != size:
        raise TroubleError("ambiguous", "De maten van een onderdeel kloppen niet.", name)
    if size > MAX_MEMBER_SIZE:
        raise TroubleError("compression", "Een onderdeel wordt uitgepakt veel te groot.", name)
    if size > RATIO_FREE_SIZE and size > MAX_RATIO * packed:
        raise TroubleError("compression", "Een onderdeel is verdacht sterk ingepakt.", name)
    if header + _LOCAL.size > directory:
        raise TroubleError("damaged", _INCOMPLETE)
    start = _data_start(data, header, raw, (flags, method, crc, packed, size), name)
    if start + packed > directory:
        raise TroubleError("damaged", _INCOMPLETE)
    return Member(name, start, packed, size, crc, method == _DEFLATED), header, after


def _data_start(
    data: bytes, header: int, raw: bytes, central: tuple[int, int, int, int, int], name: str
) -> int:
    """Hold the local header against the central one; give where the data begin."""
    (mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length) = (
        _LOCAL.unpack_from(data, header)
    )
    if mark != b"PK\x03\x04":
        raise TroubleError("damaged", _INCOMPLETE)
    at = header + _LOCAL.size
    if _FULL_32 in (size, packed):
        fields = _fields(data[at + name_length : at + name_length + extra_length])
        size, packed, _ = _wide(fields.get(_ZIP64_FIELD), size, packed, 0)
    same = (
        data[at : at + name_length] == raw
        and method == central[1]
        and (flags ^ central[0]) & (_ENCRYPTED | _UTF_8) == 0
    )
    if same and (crc, packed, size) != central[2:]:
        # A streamed member may leave them empty here; Office and others fill them in later.
        empty = crc in (0, central[2]) and packed in (0, central[3]) and size in (0, central[4])
        same = bool(flags & _STREAMED) and empty
    if not same:
        raise TroubleError("ambiguous", "De zip noemt een onderdeel op twee manieren.", name)
    start: int = at + name_length + extra_length
    return start


def _part_name(raw: bytes, flags: int) -> str:
    """Give the member's name as a part name (ECMA-376 part 2, 6.2.2), without leading ``/``."""
    try:
        # Many writers write UTF-8 without saying so; bytes that are none are code page 437.
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
        if flags & _UTF_8:
            raise TroubleError(
                "ambiguous", "De naam van een onderdeel is ongeldig.", name
            ) from None
    name = name.replace("\\", "/").removeprefix("/")
    steps = name.removesuffix("/").split("/")
    if any(step in ("", ".", "..") for step in steps) or any(c < " " or c == ":" for c in name):
        raise TroubleError("ambiguous", "De naam van een onderdeel is ongeldig.", name or "?")
    return name


def _fields(extra: bytes) -> dict[int, bytes]:
    """Split the extra field (APPNOTE 4.5); what does not fit is padding and left out."""
    found: dict[int, bytes] = {}
    place = 0
    while place + 4 <= len(extra):
        key, length = struct.unpack_from("<HH", extra, place)
        found.setdefault(key, extra[place + 4 : place + 4 + length])
        place += 4 + length
    return found


def _wide(field: bytes | None, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """Take from the zip64 field what did not fit in 32 bits (APPNOTE 4.5.3)."""
    values = [size, packed, header]
    place = 0
    for index, value in enumerate(values):
        if value == _FULL_32:
            if field is None or place + 8 > len(field):
                raise TroubleError("damaged", _INCOMPLETE)
            values[index] = struct.unpack_from("<Q", field, place)[0]
            place += 8
    return values[0], values[1], values[2]


def _no_overlap(data: bytes, spans: list[tuple[int, int]], directory: int) -> None:
    """See that members follow each other, and that nothing like a member hides in between."""
    place = 0
    for first, last in sorted(spans):
        if first < place:
            raise TroubleError("ambiguous", "Onderdelen in de zip liggen over elkaar.")
        if first > place:
            _nothing_hidden(data[place:first])
        place = last
    if place > directory:
        raise TroubleError("ambiguous", "Onderdelen in de zip liggen over elkaar.")
    _nothing_hidden(data[place:directory])


def _nothing_hidden(gap: bytes) -> None:
    if any(mark in gap for mark in _STRUCTURE_MARKS):
        raise TroubleError("ambiguous", _TWO_WAYS)
