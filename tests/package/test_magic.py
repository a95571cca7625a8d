"""What a file is that is no zip: told from its bytes, whatever its name."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from normtemplates.package import KINDS, inspect, owner_file
from normtemplates.package.compound import names
from tests.package.files import book, compound


def old_excel(*kinds: int, stream: str = "Workbook") -> bytes:
    """An .xls of which nothing is there but a stream that begins with records of these kinds."""
    body = b"".join(struct.pack("<HH", kind, 6) + b"\1\0\2\0\3\0" for kind in kinds)
    return compound("Root Entry", stream, body=body.ljust(4096, b"\0"))


CASES: list[tuple[str, bytes, str]] = [
    ("empty", b"", "leeg"),
    ("empty", b"\x00" * 4096, "lege tekens"),
    ("empty", b"  \r\n", "lege tekens"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    ("pdf", b"\r\n\r\n%PDF-1.4 ...", "pdf"),
    ("word", b"{\\rtf1\\ansi hallo}", "rtf"),
    ("image", b"\x89PNG\r\n\x1a\n....", "png"),
    ("image", b"\xff\xd8\xff\xe0 JFIF", "jpg"),
    ("image", b"GIF89a", "gif"),
    ("image", b"BM\x00\x10\x00\x00\x00\x00\x00\x00\x36", "bmp"),
    ("image", b"II*\x00\x08", "tiff"),
    ("image", b"RIFF\x00\x00\x00\x00WEBPVP8", "webp"),
    ("image", b"\x00\x00\x00\x18ftypheic....", "heic"),
    ("zip-other", b"Rar!\x1a\x07\x00", "rar"),
    ("zip-other", b"7z\xbc\xaf\x27\x1c....", "7z"),
    ("zip-other", b"\x1f\x8b\x08....", "gz"),
    ("zip-other", b"PK\x05\x06" + b"\x00" * 18, "zonder inhoud"),
    ("html", b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>", "webpagina"),
    ("html", b"<table><tr><td>1</td></tr></table>", "webpagina"),
    ("html", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x", "webpagina"),
    ("csv", "Nr;Norm;Status\n1.1;Beleid, kort;één\n".encode("cp1252"), "csv"),
    ("csv", b"a,b\n1,2\n", "csv"),
    ("csv", "Nr\tNorm\n1\tx\n".encode("utf-16"), "csv"),
    ("unknown", b"Beste collega, hierbij het overzicht.", "tekstbestand"),
    ("unknown", b"BMW is geen plaatje", "tekstbestand"),
    ("unknown", b"MZ\x90\x00\x03\x00", "programma"),
    ("unknown", b"\x09\x04\x06\x00\x00\x00\x10\x00", "zeer oud"),
    ("unknown", b"\x01\x02\x03\x04", "geen Excel"),
    (
        "unknown",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "2003",
    ),
    ("unknown", b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:x"/>', "fods"),
    ("old-excel", compound("Root Entry", "Workbook"), "xls"),
    ("old-excel", compound("Root Entry", "Book"), "xls"),
    # BOF and FILEPASS ([MS-XLS] 2.4.117), alone or behind WRITEPROTECT; FILESHARING is no secret.
    ("password", old_excel(0x0809, 0x002F), "wachtwoord"),
    ("password", old_excel(0x0809, 0x0086, 0x002F, stream="Book"), "wachtwoord"),
    ("old-excel", old_excel(0x0809, 0x0086, 0x005B, 0x0042), "xls"),
    ("word", compound("Root Entry", "WordDocument"), "doc"),
    ("powerpoint", compound("Root Entry", "PowerPoint Document"), "ppt"),
    ("unknown", compound("Root Entry", "__properties_version1.0"), "Outlook"),
    ("unknown", compound("Root Entry", "Iets"), "geen Excel"),
    (
        "password",
        compound("Root Entry", "EncryptionInfo", "EncryptedPackage", "StrongEncryptionDataSpace",
                 sectors=2),
        "wachtwoord",
    ),
    ("password", compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "wachtwoord"),
    (
        "password",
        compound("Root Entry", "EncryptedPackage", "LabelInfo", "StrongEncryptionTransform"),
        "wachtwoord",
    ),
    (
        "label",
        compound("Root Entry", "EncryptedPackage", "\x06DataSpaces", "DRMEncryptedDataSpace"),
        "label",
    ),
    ("label", compound("Root Entry", "EncryptedPackage", "\x06DataSpaces", "LabelInfo"), "label"),
    ("label", compound("Root Entry", "\x09DRMContent", "Workbook"), "label"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "word"), CASES)
def test_says_what_it_is(kind: str, data: bytes, word: str) -> None:
    package = inspect(data, kind="xlsx")
    assert package.parts == {}
    (trouble,) = package.troubles
    assert (trouble.kind, trouble.fatal) == (kind, True)
    assert word in trouble.detail
    assert trouble.detail.endswith(".")
    assert kind in KINDS


def test_a_directory_over_several_sectors_is_followed() -> None:
    names = [f"Naam {number}" for number in range(11)]
    data = compound("Root Entry", *names, "Workbook", sectors=4)
    assert inspect(data, kind="xlsx").troubles[0].kind == "old-excel"


def test_an_endless_directory_ends() -> None:
    data = bytearray(compound("Root Entry", "Iets", sectors=2))
    data[512 + 8 : 512 + 12] = (1).to_bytes(4, "little")  # sector 2 leads back to sector 1
    assert inspect(bytes(data), kind="xlsx").troubles[0].kind == "unknown"


def test_a_directory_in_a_circle_is_followed_once() -> None:
    """Found by fuzzing: each sector was read again, up to the limit of the directory."""
    data = bytearray(compound("Root Entry", "Iets", sectors=2))
    data[512 + 8 : 512 + 12] = (1).to_bytes(4, "little")
    looked: list[int] = []

    class Counted(bytes):
        def __getitem__(self, key: Any) -> Any:
            if isinstance(key, int):
                looked.append(key)
            return super().__getitem__(key)

    names(Counted(data))
    assert 0 < len(looked) <= 2 * 512 // 128
    assert len(looked) == len(set(looked))


@pytest.mark.parametrize("length", [8, 100, 511, 512, 600, 1024, 1100])
def test_a_torn_compound_file_is_still_called_what_it_is(length: int) -> None:
    data = compound("Root Entry", "Workbook")[:length] + "Workbook".encode("utf-16-le")
    assert inspect(data, kind="xlsx").troubles[0].kind == "old-excel"


def test_the_owner_file_is_known_by_name_and_content() -> None:
    assert owner_file("~$overzicht.xlsx", b"\x06Jansen" + b" " * 158)
    assert not owner_file("overzicht.xlsx", b"\x06Jansen")
    assert not owner_file("~$overzicht.xlsx", book())
    assert not owner_file("~$overzicht.xls", compound("Workbook"))
