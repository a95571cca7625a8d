"""What a file is that is no zip file, told from its first bytes and never from its name."""

from __future__ import annotations

import re
from typing import Final

from normtemplates.package import biff, compound
from normtemplates.package.troubles import Kind, TroubleError

ZIP: Final = b"PK\x03\x04"
_ZIP_WITHOUT_MEMBERS: Final = b"PK\x05\x06"

_STARTS: Final[tuple[tuple[bytes, Kind, str], ...]] = (
    (b"%PDF-", "pdf", "Dit is een pdf."),
    (b"{\\rtf", "word", "Dit is een tekstdocument (rtf)."),
    (b"\x89PNG\r\n\x1a\n", "image", "Dit is een afbeelding (png)."),
    (b"\xff\xd8\xff", "image", "Dit is een foto (jpg)."),
    (b"GIF8", "image", "Dit is een afbeelding (gif)."),
    (b"II*\x00", "image", "Dit is een afbeelding (tiff)."),
    (b"MM\x00*", "image", "Dit is een afbeelding (tiff)."),
    (b"Rar!\x1a\x07", "zip-other", "Dit is een ingepakt bestand (rar)."),
    (b"7z\xbc\xaf\x27\x1c", "zip-other", "Dit is een ingepakt bestand (7z)."),
    (b"\x1f\x8b\x08", "zip-other", "Dit is een ingepakt bestand (gz)."),
    (_ZIP_WITHOUT_MEMBERS, "zip-other", "Dit is een zipbestand zonder inhoud."),
    # BIFF2-4 workbooks stand in no compound file; nothing that we use reads them.
    (b"\x09\x00\x04\x00", "unknown", "Dit is een zeer oud Excel-bestand (van vóór 1993)."),
    (b"\x09\x02\x06\x00", "unknown", "Dit is een zeer oud Excel-bestand (van vóór 1993)."),
    (b"\x09\x04\x06\x00", "unknown", "Dit is een zeer oud Excel-bestand (van vóór 1993)."),
)

_HTML: Final = re.compile(
    rb"<(!doctype\s+html|html|head|body|table|meta|style|script|div|p)[\s>]"
    rb"|mime-version:.*multipart/related",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_LOOKED_AT: Final = 4096  # bytes of a text that are looked at to see what it is


def owner_file(name: str, data: bytes) -> bool:
    """Tell whether this is the ``~$`` file that Office keeps beside an open document.

    It holds a user name and no answers. ``name`` is the base name; a real workbook that was
    renamed to begin with ``~$`` is no owner file.
    """
    return name.startswith("~$") and not data.startswith((ZIP, compound.MAGIC))


def identify(data: bytes) -> TroubleError | None:
    """Say what a file is that is no zip file; ``None`` when it begins as a zip file."""
    if data.startswith(ZIP):
        return None
    if not data.strip(b"\x00\t\n\r "):
        detail = "Dit bestand bevat alleen lege tekens." if data else "Dit bestand is leeg."
        return TroubleError("empty", detail)
    if data.startswith(compound.MAGIC):
        return _compound(data)
    for start, kind, detail in _STARTS:
        if data.startswith(start):
            return TroubleError(kind, detail)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return TroubleError("image", "Dit is een afbeelding (webp).")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return TroubleError("image", "Dit is een foto (heic).")
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return TroubleError("image", "Dit is een afbeelding (bmp).")
    if data.startswith(b"MZ") and b"\x00" in data[:64]:
        return TroubleError("unknown", "Dit is een programma, geen werkblad.")
    if b"%PDF-" in data[:1024]:  # readers accept what stands before it (ISO 32000, annex H)
        return TroubleError("pdf", "Dit is een pdf.")
    return _text(data)


def _compound(data: bytes) -> TroubleError:
    found = compound.names(data)
    if "EncryptedPackage" in found:
        # [MS-OFFCRYPTO] 2.2 (rights management) and 2.3 (password): both wrap the package in
        # one stream and name the transform that encrypts it.
        rights = {"DRMEncryptedDataSpace", "DRMEncryptedTransform"} & found
        plain = {"StrongEncryptionDataSpace", "StrongEncryptionTransform"} & found
        if rights or ("LabelInfo" in found and not plain):
            return TroubleError(
                "label", "Dit bestand is versleuteld met een vertrouwelijkheidslabel."
            )
        return TroubleError("password", "Dit bestand is beveiligd met een wachtwoord.")
    if {"\x09DRMContent", "\x09DRMViewerContent"} & found:
        return TroubleError("label", "Dit bestand is versleuteld met een vertrouwelijkheidslabel.")
    if {"Workbook", "Book"} & found:
        if biff.encrypted(data):
            return TroubleError("password", "Dit bestand is beveiligd met een wachtwoord.")
        return TroubleError("old-excel", "Dit is een oud Excel-bestand (xls).")
    if "WordDocument" in found:
        return TroubleError("word", "Dit is een oud Word-bestand (doc).")
    if "PowerPoint Document" in found:
        return TroubleError("powerpoint", "Dit is een oude presentatie (ppt).")
    if "__properties_version1.0" in found:
        return TroubleError("unknown", "Dit is een e-mailbericht uit Outlook.")
    return TroubleError("unknown", "Dit is geen Excel-bestand.")


def _text(data: bytes) -> TroubleError:
    """Tell HTML, XML, separated values and plain text apart; all else is unknown."""
    head = data[:_TEXT_LOOKED_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        # Windows-1252 as Latin-1: only separators and control characters are looked at.
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    text = text.lstrip()
    plain = text.encode("utf-8", "replace")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return TroubleError("unknown", "Dit is een Excel-bestand in het oude xml-formaat van 2003.")
    if b"urn:oasis:names:tc:opendocument" in plain:
        return TroubleError("unknown", "Dit is een OpenDocument-bestand in één stuk (fods).")
    if _HTML.search(plain):
        return TroubleError("html", "Dit is een webpagina (html).")
    if any(character < " " and character not in "\t\n\r\f" for character in text):
        return TroubleError("unknown", "Dit is geen Excel-bestand.")
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if len(data) > _TEXT_LOOKED_AT and len(lines) > 1:
        lines.pop()  # it may have been cut in two
    for separator in ";\t," if len(lines) > 1 else ";\t":  # one line with commas is a sentence
        if lines and all(separator in line for line in lines):
            return TroubleError("csv", "Dit is een tekstbestand met losse waarden (csv).")
    return TroubleError("unknown", "Dit is een tekstbestand.")
