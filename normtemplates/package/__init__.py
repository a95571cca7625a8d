"""Is this file safe to open? Looked at as raw bytes, before any parser of office files.

:func:`inspect` says what is wrong with a file as values of
:class:`~normtemplates.model.submission.Trouble`; what a person should do about it is for the
rules of family NT1. The kinds of trouble are a closed set, :data:`KINDS`:

========================  ====================================================================
``empty``                 no bytes, or nothing but blanks
``owner-file``            the ``~$`` file beside an open document (:func:`owner_file`)
``password``              encrypted with a password
``label``                 encrypted by a sensitivity label or rights management
``old-excel``             a BIFF workbook in a compound file (.xls)
``binary-excel``          a binary workbook in a zip (.xlsb)
``ods``                   an OpenDocument spreadsheet
``excel``                 a workbook, where a Word document was asked for
``word``                  a Word or OpenDocument text, where a workbook was asked for
``powerpoint``            a presentation
``pdf``                   a PDF
``csv``                   separated values
``html``                  a web page, also one that is called .xls
``image``                 a picture or photograph
``zip-other``             a zip or other archive without an Office file
``unknown``               something else; the detail says what where that is known
``macros``                macros under any name; not fatal
``active``                links to other files, embedded files, ActiveX, data connections,
                          custom ribbon, add-ins; not fatal
``damaged``               the zip, a CRC, or the XML of a part is broken
``compression``           too many members, too large inflated, or packed too tightly
``limits``                beyond what can be looked through (size, cells, names…), or the check
                          outlasted or killed its worker
``ambiguous``             two programs could read two different files in it
``unsafe-xml``            a DOCTYPE, another encoding, too deep, too long, too many
``sheet-missing``         a sheet that the workbook names has no worksheet (from the reader)
========================  ====================================================================

All are fatal but ``macros`` and ``active``: nothing is taken from the file. ``old-excel``,
``ods`` and ``binary-excel`` are fatal here as well; the caller may give the file to another
reader, for an .ods or .xlsb after the same checks of the zip and its XML.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from attrs import field, frozen

from normtemplates.model.submission import Trouble
from normtemplates.package.magic import owner_file
from normtemplates.package.opened import Opened
from normtemplates.package.troubles import Kind, TroubleError, shown

__all__ = ["KINDS", "Kind", "Opened", "Package", "TroubleError", "inspect", "owner_file", "shown"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""Every kind of trouble, in the order of the table above."""


@frozen
class Package:
    """The parts of a package by name (without leading ``/``), inflated, and what was wrong.

    ``parts`` is empty when one of ``troubles`` is fatal.
    """

    parts: dict[str, bytes] = field(factory=dict)
    troubles: tuple[Trouble, ...] = ()


def inspect(data: bytes, *, kind: Literal["xlsx", "docx"]) -> Package:
    """Look at every byte of a file and give its parts if it is safe; never raises.

    Every member is inflated once, counted and CRC-checked, and every XML member passes the
    gate, whether anybody will read it or not. ``kind`` is what the file should be.
    """
    try:
        opened = Opened(data, kind, keep=True)
        opened.finish()
    except TroubleError as refused:
        return Package(troubles=(refused.trouble,))
    return Package(opened.kept, opened.troubles)
