"""A returned workbook as a value: :func:`read_workbook` reads a file, :func:`read_bytes` bytes.

One expat pass per part, through the gate of :mod:`normtemplates.package`. What is wrong with
the file is a :class:`~normtemplates.model.submission.Trouble` in the answer, never an
exception; a fatal one leaves the submission without sheets. Transitional and Strict files,
any prefix, UTF-8 and UTF-16 are read alike; every sheet that the workbook names is there, in
its order, or the file is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from normtemplates.excel._cells import Shared
from normtemplates.excel._plain import plain_strings
from normtemplates.excel._purse import Purse
from normtemplates.excel._sheet import read_comments, read_sheet
from normtemplates.excel._strings import shared_strings
from normtemplates.excel._styles import NO_STYLES, locked_by_format
from normtemplates.excel._workbook import (
    SheetEntry,
    read_core,
    read_properties,
    read_workbook_part,
)
from normtemplates.model.submission import Sheet, Submission, Trouble
from normtemplates.package import Opened, TroubleError, owner_file, shown
from normtemplates.package.archive import MAX_FILE_SIZE
from normtemplates.package.relations import Relationship

_SHEETS_WITHOUT_CELLS: Final = frozenset(
    {"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}
)
"""Sheets that hold no answers; they pass the gate, and macro sheets are a trouble of their own."""

_STARTS: Final = Trouble(
    "macros", "Een naam in dit bestand start iets bij het openen of sluiten.", fatal=False
)


def read_workbook(path: Path) -> Submission:
    """Read the workbook at ``path``; its base name becomes the name of the submission.

    Raises:
        OSError: the file cannot be read. Whatever is in it is never an exception.
    """
    with path.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)  # one more is enough to know that it is too large
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> Submission:
    """Read a workbook from its bytes; ``name`` is the file's base name."""
    if owner_file(name, data):
        detail = "Dit is het hulpbestand dat Office naast een geopend bestand zet."
        return Submission(name, troubles=(Trouble("owner-file", detail),))
    try:
        return _read(name, data)
    except TroubleError as refused:
        return Submission(name, troubles=(refused.trouble,))


def _read(name: str, data: bytes) -> Submission:
    opened = Opened(data, "xlsx")
    purse = Purse()
    book = read_workbook_part(opened.take(opened.main), opened.main, purse)
    relations = opened.relationships(opened.main)
    strings_part = _one(opened, relations, "sharedStrings")
    styles_part = _one(opened, relations, "styles")
    shared = Shared(
        _strings(opened, strings_part) if strings_part else {},
        locked_by_format(opened.take(styles_part), styles_part) if styles_part else NO_STYLES,
        purse,
    )
    sheets = tuple([_sheet(opened, entry, relations, shared) for entry in book.sheets])
    root = opened.relationships("")
    core = _one(opened, root, "metadata/core-properties")
    custom = _one(opened, root, "custom-properties")
    title, modified = read_core(opened.take(core), core, shared.purse) if core else ("", None)
    properties = read_properties(opened.take(custom), custom, shared.purse) if custom else {}
    opened.finish()
    return Submission(
        name,
        sheets,
        book.names,
        properties,
        title,
        book.date1904,
        book.structure_locked,
        (_STARTS, *opened.troubles) if book.starts else opened.troubles,
        modified,
    )


def _strings(opened: Opened, part: str) -> dict[str, str]:
    """Read the shared strings, the fast way where they are plain.

    Raises:
        TroubleError: the part is unsafe or damaged, or holds too much.
    """
    data = opened.take(part)
    found = plain_strings(data, part)
    return shared_strings(data, part) if found is None else found


def _one(opened: Opened, relations: dict[str, Relationship], kind: str) -> str | None:
    """Give the one part that relationships of this kind lead to, ``None`` when there is none.

    Raises:
        TroubleError: there are two, or the part is not in the package.
    """
    found = [one for one in relations.values() if one.kind == kind]
    if not found:
        return None
    part = None if found[0].external else opened.find(found[0].target)
    if len(found) > 1 or part is None:
        raise TroubleError("damaged", "Een verwijzing tussen onderdelen klopt niet.")
    return part


def _sheet(
    opened: Opened, entry: SheetEntry, relations: dict[str, Relationship], shared: Shared
) -> Sheet:
    """Read the one part that a sheet of the workbook stands for.

    Raises:
        TroubleError: there is none, it serves another sheet too, or it is unsafe or damaged.
    """
    relation = relations.get(entry.relation)
    part = None
    if relation is not None and not relation.external:
        part = opened.find(relation.target)
    if relation is None or part is None:
        raise TroubleError("sheet-missing", f"Het blad ‘{shown(entry.name)}’ ontbreekt.")
    if relation.kind in _SHEETS_WITHOUT_CELLS:
        return Sheet(entry.name, entry.state, {}, False)
    if relation.kind != "worksheet":
        raise TroubleError("sheet-missing", f"Het blad ‘{shown(entry.name)}’ is geen werkblad.")
    content = read_sheet(opened.take(part), part, shared)
    return Sheet(
        entry.name,
        entry.state,
        content.cells,
        content.protected,
        tuple(content.validations),
        tuple(content.merges),
        content.hidden_rows,
        tuple(content.hidden_columns),
        _comments(opened, part, shared.purse),
        content.filtered,
    )


def _comments(opened: Opened, part: str, purse: Purse) -> tuple[tuple[int, int], ...]:
    """Give the cells of a sheet that have a comment, of either kind, once each and in order.

    Raises:
        TroubleError: a part with comments is unsafe or damaged.
    """
    found: set[tuple[int, int]] = set()
    for relation in opened.relationships(part).values():
        if relation.kind in ("comments", "threadedComment") and not relation.external:
            comments = opened.find(relation.target)
            if comments is None:
                raise TroubleError("damaged", "Een verwijzing tussen onderdelen klopt niet.")
            threaded = relation.kind == "threadedComment"
            found.update(read_comments(opened.take(comments), comments, purse, threaded=threaded))
    return tuple(sorted(found))
