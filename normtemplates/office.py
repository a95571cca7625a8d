"""LibreOffice, in the background: Word documents become accessible PDFs.

One start for a whole batch, with a profile of its own in a private temporary folder that is gone
afterwards, whatever happens: the user's own LibreOffice, open or not, is not touched, and no
letter stays behind. What comes out is tagged (PDF/UA-1), and a place to fill in stays text.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from normtemplates.errors import NormtemplatesError

#: Seconds that a start may take, and that each document may add to it.
START_SECONDS: Final = 90.0
DOCUMENT_SECONDS: Final = 10.0

#: What to say of a document that LibreOffice made no PDF of.
NO_PDF: Final = (
    "LibreOffice kon van deze brief geen pdf maken. Open de brief in Word, kijk of zij goed is, en "
    "bewaar haar daar als pdf."
)

_PER_START: Final = 1_000  # documents on one command line; Windows takes 32 767 characters
_END_SECONDS: Final = 10.0
_FILTER: Final = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportFormFields":{"type":"boolean","value":"false"}}'
)
# A document from elsewhere runs nothing and fetches nothing while it is converted.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
# Where LibreOffice 7.4 and its like write when a PDF was made, and what they call that making.
_MOMENT: Final = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_XMP_MOMENT: Final = re.compile(rb"(?<=<xmp:CreateDate>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_NAMED: Final = re.compile(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])")
_NOT_THERE: Final = (
    "LibreOffice is niet gevonden, en --pdf heeft het nodig. Installeer LibreOffice "
    "(www.libreoffice.org), of laat --pdf weg en bewaar de brieven in Word als pdf."
)


class OfficeError(NormtemplatesError):
    """LibreOffice is not there, does not start, or does not get ready."""


def find_office() -> Path:
    """Give the program of LibreOffice.

    It is searched on the path and in the folders in which Windows and macOS have it. Raises
    ``OfficeError`` when it is not there.
    """
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    folders = [Path("/Applications/LibreOffice.app/Contents/MacOS")]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        if root := os.environ.get(variable):
            folders.append(Path(root) / "LibreOffice" / "program")
    for folder in folders:
        for name in ("soffice.exe", "soffice"):
            if (folder / name).is_file():
                return folder / name
    raise OfficeError(_NOT_THERE)


def pdfs_of(
    documents: Sequence[bytes],
    day: date,
    *,
    start_seconds: float = START_SECONDS,
    document_seconds: float = DOCUMENT_SECONDS,
) -> list[bytes | None]:
    """Give each of the Word ``documents`` as a PDF; ``None`` for one that could not be converted.

    ``day`` is when they say that they were made, instead of today: so the same document is the
    same PDF tomorrow. Raises ``OfficeError`` when LibreOffice is missing or does not get ready
    within ``start_seconds`` and ``document_seconds`` for each document.
    """
    program = find_office()
    made: list[bytes | None] = []
    for first in range(0, len(documents), _PER_START):
        batch = documents[first : first + _PER_START]
        with tempfile.TemporaryDirectory(
            prefix="normtemplates-", ignore_cleanup_errors=True
        ) as folder:
            seconds = start_seconds + document_seconds * len(batch)
            found = _converted(program, Path(folder), batch, seconds)
            made += [pdf and _dated(pdf, day) for pdf in found]
    return made


def _converted(
    program: Path, folder: Path, documents: Sequence[bytes], seconds: float
) -> list[bytes | None]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    names = [f"{number}.docx" for number in range(len(documents))]
    for name, data in zip(names, documents, strict=True):
        (folder / name).write_bytes(data)
    # Relative names keep the command line short.
    command = [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", _FILTER, "--outdir", "pdf", *names),
    ]
    code = _run(command, folder, seconds)
    made = [_whole(folder / "pdf" / f"{number}.pdf") for number in range(len(documents))]
    if code and not any(made):
        raise OfficeError(
            f"LibreOffice kon geen pdf maken (code {code}). Start LibreOffice één keer gewoon, en "
            "probeer het opnieuw."
        )
    return made


def _whole(path: Path) -> bytes | None:
    """Give the PDF at ``path``; ``None`` when it is not there or not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:] else None


def _dated(pdf: bytes, day: date) -> bytes:
    """Put ``day`` for the moment of making, and in the trailer a name that follows from the rest.

    Nothing changes its length, so that the table of places holds.
    """
    pdf = _MOMENT.sub(f"{day:%Y%m%d}000000".encode(), pdf)
    pdf = _XMP_MOMENT.sub(f"{day.isoformat()}T00:00:00".encode(), pdf)
    body, mark, trailer = pdf.rpartition(b"trailer")
    name = hashlib.sha256(body).hexdigest()[:32].upper().encode()
    return body + mark + _NAMED.sub(name, trailer)


def _run(command: Sequence[str], folder: Path, seconds: float) -> int:
    """Run LibreOffice and give its exit code; whatever happens, none of it runs on.

    It has a group of its own: the program on the path is mostly a script that starts others,
    and Ctrl-C in the terminal is for us to hear.
    """
    own = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))
    environment = {**os.environ, **own, "TZ": "UTC"}
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    else:
        group = {"start_new_session": True}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **group,  # type: ignore[call-overload]
        )
    except OSError as error:
        raise OfficeError(
            f"LibreOffice ({command[0]}) kon niet starten: {error.strerror}. Installeer het "
            "opnieuw, of laat --pdf weg."
        ) from error
    try:
        return int(process.wait(seconds))
    except subprocess.TimeoutExpired as error:
        raise OfficeError(
            f"LibreOffice is na {seconds:.0f} seconden niet klaar en is gestopt. Sluit andere "
            "programma’s en probeer het opnieuw, of laat --pdf weg."
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with everything that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
