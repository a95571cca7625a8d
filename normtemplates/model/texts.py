"""House texts: sentences from ``templates/workbook/texts.toml`` with names to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from normtemplates.errors import DefinitionError

#: Sections of the text file, each a table of sentences, lists and further tables.
Texts = Mapping[str, Any]

_NAME = re.compile(r"\{([a-z_]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put ``values`` in the place of ``{name}``.

    Only whole names: no attributes, no formats, so that a text file can do nothing but text.
    Raises :class:`DefinitionError` for a name that is not in ``values``.
    """

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            known = ", ".join(sorted(values))
            raise DefinitionError(
                f"In de tekst ‘{text[:60]}’ staat {{{name}}}. Bekend zijn: {known}."
            )
        return values[name]

    return _NAME.sub(replace, text)


def filled(texts: Texts, values: Mapping[str, str]) -> Texts:
    """Give ``texts`` with ``values`` in every sentence; other names stay, to be filled in later."""
    return {key: _filled(value, values) for key, value in texts.items()}


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        if "{" not in value:
            return value
        return _NAME.sub(lambda found: values.get(found[1], found[0]), value)
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    return {key: _filled(item, values) for key, item in value.items()}
