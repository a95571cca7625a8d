"""What the files of a round are called, and where they go."""

from __future__ import annotations

from pathlib import Path

from normtemplates.dutch import slug
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

#: Where output goes when nobody says otherwise; each round has its own folder there.
OUTPUT = Path("build")

#: What the workbook of an organisation is called.
OVERVIEW_FILE = "implementatieoverzicht"


def file_name(what: str, organisation: Organisation, suffix: str) -> str:
    """Give the name of a file for one organisation.

    ``what`` is the kind of document, ``suffix`` the end with its dot:
    ``raadsinformatiebrief-GM0358-aalsmeer.docx``. The code makes it unique; the name is there
    for people and falls away where it has no letter that a file name can hold.
    """
    parts = (what, organisation.code, slug(organisation.running_name))
    return "-".join(part for part in parts if part) + suffix


def pdf_name(name: str) -> str:
    """Give the name of the PDF that lies beside the document ``name``."""
    return str(Path(name).with_suffix(".pdf"))


def round_folder(round_: Round, out: Path = OUTPUT) -> Path:
    """Give the folder of ``round_`` in the output folder ``out``."""
    return out / round_.name
