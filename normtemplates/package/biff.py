"""The records of an old Excel workbook (.xls), as far as they say what no library tells.

After [MS-XLS] 2.1.4: a stream is a row of records, each with a type, a length and its data.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final

from normtemplates.package import compound

#: The names that the stream of a workbook has, from Excel 97 on and before.
STREAMS: Final = ("Workbook", "Book")

_HEAD: Final = struct.Struct("<HH")
_FILE_PASS: Final = 0x002F  # 2.4.117: how all that follows is encrypted
_BEFORE_PASS: Final = 8  # records that stand before it at most ([MS-XLS] 2.1.7.20.3: two)
_START: Final = 4096  # bytes that hold them


def records(stream: bytes, place: int = 0) -> Iterator[tuple[int, int, int]]:
    """Give type, offset and length of the data of each whole record from ``place`` on."""
    while place + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, place)
        place += 4
        if place + length > len(stream):
            return
        yield kind, place, length
        place += length


def encrypted(data: bytes) -> bool:
    """Tell whether the workbook in a compound file can be read only with a password.

    One that Excel encrypted with its own default password, which it asks nobody for, counts too:
    no other program opens that either.
    """
    start = next(filter(None, (compound.stream(data, name, _START) for name in STREAMS)), b"")
    return any(kind == _FILE_PASS for kind, _, _ in islice(records(start), _BEFORE_PASS))
