"""The names in an OLE compound file: what old or encrypted Office files are made of.

Only the directory is read ([MS-CFB] 2.2 header, 2.3 FAT, 2.6 directory); the streams never.
"""

from __future__ import annotations

import struct
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER: Final = struct.Struct("<8s16xHHHHH6xIIIIIIIII")
_NO_SECTOR: Final = 0xFFFFFFFA  # this and higher are marks, not sectors ([MS-CFB] 2.1)
_ENTRY: Final = 128  # bytes of one directory entry ([MS-CFB] 2.6.1)

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


def _directory(data: bytes) -> frozenset[str]:
    """Follow the chain of directory sectors; an empty set when it cannot be followed."""
    if len(data) < 512:
        return frozenset()
    header = _HEADER.unpack_from(data)
    shift, first = header[4], header[8]
    if shift not in (9, 12):
        return frozenset()
    size = 1 << shift
    # The first 109 FAT sectors are named in the header: 7 MB at 512 bytes a sector. Beyond
    # it the directory is taken as far as it goes; Office writes it at the front.
    fat = struct.unpack_from("<109I", data, 76)
    found = set()
    seen: set[int] = set()
    sector = first
    for _ in range(MAX_DIRECTORY_SECTORS):
        start = (sector + 1) * size
        if sector >= _NO_SECTOR or start + size > len(data) or sector in seen:
            break
        seen.add(sector)
        for offset in range(start, start + size, _ENTRY):
            length = struct.unpack_from("<H", data, offset + 64)[0]
            if 2 <= length <= 64 and data[offset + 66] in (1, 2, 5):
                raw = data[offset : offset + length - 2]
                found.add(raw.decode("utf-16-le", "replace"))
        page, slot = divmod(sector, size // 4)
        if page >= len(fat) or fat[page] >= _NO_SECTOR:
            break
        place = (fat[page] + 1) * size + slot * 4
        if place + 4 > len(data):
            break
        sector = struct.unpack_from("<I", data, place)[0]
    return frozenset(found)
