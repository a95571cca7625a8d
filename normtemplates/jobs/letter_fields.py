"""Which of the given values a kind of letter has a place for.

A place that one organisation's letter leaves out is no fault: its value is just not used there. A
value that no letter of the kind can ever show is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from normtemplates.definitions import Definitions
from normtemplates.dutch import enumerate_nl
from normtemplates.errors import LetterError, RequestError
from normtemplates.letters import BLANKS, LetterTemplate, template_names
from normtemplates.letters.blanks import BLANK_BY_KEY, labels_of


def refuse_strangers(
    definitions: Definitions,
    norm: str,
    templates: Mapping[str, LetterTemplate],
    values: Mapping[str, str],
    rows: Iterable[tuple[str, Mapping[str, str]]],
    *,
    own: bool = False,
) -> None:
    """Raise ``RequestError`` for values that the letters never have a place for.

    ``templates`` are those of the batch by kind of letter, ``values`` are for all of them, ``rows``
    for one letter each, with its kind. With ``own`` the template is the operator's, who can give
    it a place. ``norm`` is the code of the norm.
    """
    lost: dict[str, set[str]] = {}
    everywhere = frozenset().union(*(one.blanks for one in templates.values()))
    first = next(iter(templates), "")
    for kind, given, known in (
        (first, values, everywhere),
        *((kind, row, templates[kind].blanks) for kind, row in rows),
    ):
        keys = {key for key, text in given.items() if text.strip()} & BLANK_BY_KEY.keys()
        if keys - known:
            lost.setdefault(kind, set()).update(keys - known)
    if lost:
        raise RequestError(
            fault
            for kind, keys in lost.items()
            for fault in _faults(definitions, norm, kind, templates[kind], keys, own=own)
        )


def _faults(
    definitions: Definitions,
    norm: str,
    kind: str,
    template: LetterTemplate,
    keys: Collection[str],
    *,
    own: bool,
) -> Iterator[str]:
    if own:
        yield (
            f"In de sjabloon is geen plek voor {labels_of(keys)}. Laat dit gegeven weg, of maak "
            "in de sjabloon een inhoudsbesturingselement met deze naam als label."
        )
        return
    elsewhere = dict(_blanks_by_kind(definitions, norm))
    for key in (blank.key for blank in BLANKS if blank.key in keys):
        kinds = [f"een {one}" for one, blanks in elsewhere.items() if key in blanks]
        where = f"Dat staat alleen in {enumerate_nl(kinds)}. " if kinds else ""
        yield (
            f"{labels_of([key])}: een {kind} heeft dit gegeven niet. {where}Laat het weg. Een "
            f"{kind} heeft wel: {labels_of(template.blanks)}."
        )


def _blanks_by_kind(definitions: Definitions, norm: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the blanks of every kind of letter that there is for a norm."""
    paths = {
        path.stem
        for folder in ("letters", f"letters/{norm}")
        for path in definitions.templates.listing(folder, "*.docx")
    }
    for kind in sorted(paths):
        for root in definitions.templates.roots:
            found = [root / name for name in template_names(norm, kind)]
            path = next((one for one in found if one.is_file()), None)
            if path is not None:
                break
        else:
            continue
        try:
            yield kind, LetterTemplate(path.read_bytes(), path.name).blanks
        except (LetterError, OSError):
            continue  # somebody's own, and not what was asked for
