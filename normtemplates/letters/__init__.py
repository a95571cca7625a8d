"""Letters: a Word template and the facts of one organisation make one .docx.

A template is searched by norm and kind (:func:`template_names`), made ready once
(:class:`LetterTemplate`) and filled per organisation (:func:`make_letter`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from normtemplates.letters.blanks import BLANKS, Blank
from normtemplates.letters.template import LetterTemplate
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round

__all__ = ["BLANKS", "Blank", "LetterTemplate", "make_letter", "template_names"]


def make_letter(
    template: bytes | Path,
    organisation: Organisation,
    round_: Round,
    values: Mapping[str, str] | None = None,
) -> bytes:
    """Give the letter of ``organisation`` in ``round_`` as a .docx file.

    ``template`` is a Word template or the path of one. ``values`` are what only the
    organisation knows (:data:`BLANKS`); what is not given stays a content control with its
    prompt. The same arguments give the same bytes.

    Raises ``LetterError`` when the template or the values are wrong, ``OSError`` when the path
    cannot be read.
    """
    if isinstance(template, Path):
        ready = _ready(template.read_bytes(), template.name)
    else:
        ready = _ready(template, "De sjabloon")
    return ready.letter(organisation, round_, values or {})


def template_names(norm: str, kind: str) -> tuple[str, str]:
    """Give where a template of a kind of letter may lie, best first, as paths of data.

    ``letters/<norm>/<kind>.docx`` carries the model text of one norm; ``letters/<kind>.docx``
    serves every norm that has none of its own.
    """
    return f"letters/{norm}/{kind}.docx", f"letters/{kind}.docx"


@lru_cache(maxsize=8)
def _ready(data: bytes, name: str) -> LetterTemplate:
    return LetterTemplate(data, name)
