"""The names in an OLE compound file, what old or encrypted Office files are made of, and a stream.

After [MS-CFB]: 2.2 header, 2.3 FAT, 2.6 directory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER: Final = struct.Struct("<8s16xHHHHH6xIIIIIIIII")
_NO_SECTOR: Final = 0xFFFFFFFA  # this and higher are marks, not sectors ([MS-CFB] 2.1)
_ENTRY: Final = 128  # bytes of one directory entry ([MS-CFB] 2.6.1)
_SHORTEST: Final = 4096  # bytes from which a stream has sectors of its own ([MS-CFB] 2.2)

MAX_DIRECTORY_SECTORS: Final = 4096
"""Sectors of the directory that are followed: more than 16 000 names, and no endless chain."""


def names(data: bytes) -> frozenset[str]:
    """Give the names of all streams and storages in a compound file.

    Of a damaged one, give those of the well-known names that occur anywhere in its bytes:
    a torn file should still be called what it is. Never raises.
    """
    found = _directory(data)
    return found or frozenset(name for name in _WELL_KNOWN if name.encode("utf-16-le") in data)


_WELL_KNOWN: Final = (
    "EncryptedPackage",
    "DRMEncryptedDataSpace",
    "DRMEncryptedTransform",
    "StrongEncryptionDataSpace",
    "WordDocument",
    "PowerPoint Document",
    "Workbook",
)


def stream(data: bytes, name: str, most: int) -> bytes:
    """Give the first ``most`` bytes of a stream, fewer where it ends or cannot be followed.

    A stream of less than 4 KiB, which stands elsewhere, is given as empty. Never raises.
    """
    header = _header(data)
    entry = next((one for one in _entries(data, header) if one.name == name), None)
    if header is None or entry is None or entry.size < _SHORTEST:
        return b""
    most = min(most, entry.size)
    sectors = islice(_chain(data, header, entry.first), -(-most // header.size))
    found = bytearray()
    for start in sectors:
        found += data[start : start + header.size]
    return bytes(found[:most])


class _Header(NamedTuple):
    """The size of a sector, the first sector of the directory, and those of the FAT."""

    size: int
    first: int
    fat: tuple[int, ...]


class _Entry(NamedTuple):
    name: str
    first: int
    size: int


def _header(data: bytes) -> _Header | None:
    """Read the header; ``None`` for one that cannot be."""
    if len(data) < 512:
        return None
    header = _HEADER.unpack_from(data)
    shift, first = header[4], header[8]
    if shift not in (9, 12):
        return None
    # The first 109 FAT sectors are named in the header: 7 MB at 512 bytes a sector. Beyond
    # it things are taken as far as they go; Office writes the directory at the front.
    return _Header(1 << shift, first, struct.unpack_from("<109I", data, 76))


def _directory(data: bytes) -> frozenset[str]:
    """Give the names in the directory; an empty set when it cannot be followed."""
    return frozenset(one.name for one in _entries(data, _header(data)))


def _entries(data: bytes, header: _Header | None) -> Iterator[_Entry]:
    if header is None:
        return
    for start in islice(_chain(data, header, header.first), MAX_DIRECTORY_SECTORS):
        for offset in range(start, start + header.size, _ENTRY):
            length = struct.unpack_from("<H", data, offset + 64)[0]
            if 2 <= length <= 64 and data[offset + 66] in (1, 2, 5):
                name = data[offset : offset + length - 2].decode("utf-16-le", "replace")
                yield _Entry(name, *struct.unpack_from("<II", data, offset + 116))


def _chain(data: bytes, header: _Header, first: int) -> Iterator[int]:
    """Give the offsets of the sectors from ``first`` on, as far as they can be followed."""
    size, sector = header.size, first
    seen: set[int] = set()
    while True:
        start = (sector + 1) * size
        if sector >= _NO_SECTOR or start + size > len(data) or sector in seen:
            return
        seen.add(sector)
        yield start
        page, slot = divmod(sector, size // 4)
        if page >= len(header.fat) or header.fat[page] >= _NO_SECTOR:
            return
        place = (header.fat[page] + 1) * size + slot * 4
        if place + 4 > len(data):
            return
        sector = struct.unpack_from("<I", data, place)[0]
