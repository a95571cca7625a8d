"""A TOML table -> values of the model, through cattrs.

cattrs stops at nothing: it reports every value that does not fit. To report faults of meaning
in the same go, the values that do not fit are replaced by a stand-in and the table is
structured again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from enum import Enum
from types import GenericAlias, NoneType
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn

from normtemplates.definitions.toml import Document, Place
from normtemplates.definitions.wording import listed, quoted, suggestion

T = TypeVar("T")

# Structuring again must come to an end; each pass repairs one level of nesting at least.
_PASSES = 10


def structure(document: Document, cls: type[T]) -> T:
    """Give ``document`` as a value of the attrs class ``cls``.

    Faults of form are noted in the document; what they make unusable is a stand-in in the
    value, so use it only after :meth:`Document.raise_faults`.
    """
    data = deepcopy(document.data)
    for _ in range(_PASSES):
        try:
            return _CONVERTER.structure(data, cls)
        except BaseValidationError as error:
            for problem in _problems(error, ()):
                problem.note(document)
                problem.repair(data)
    document.raise_faults()
    raise AssertionError("structuring does not end")  # pragma: no cover


class _WrongValueError(ValueError):
    """A value of the wrong kind; the message is a Dutch sentence."""


@attrs.frozen
class _Problem:
    """One value that cattrs refused; ``kind`` is its type, ``spare`` that it may be left out."""

    place: Place
    error: BaseException
    kind: Any = None
    spare: bool = False

    def note(self, document: Document) -> None:
        if isinstance(self.error, ForbiddenExtraKeysError):
            known = _keys_of(self.error.cl)
            for key in sorted(self.error.extra_fields):
                tail = suggestion(key, known) or f" Bekend zijn: {listed(known)}."
                document.unknown_key((*self.place, key), f"Deze sleutel is onbekend.{tail}")
        elif isinstance(self.error, KeyError):
            document.unusable(self.place, "Deze sleutel ontbreekt. Voeg hem toe.")
        else:
            document.unusable(self.place, str(self.error))

    def repair(self, data: dict[str, Any]) -> None:
        target: Any = data
        if isinstance(self.error, ForbiddenExtraKeysError):
            for step in self.place:
                target = target[step]
            for key in self.error.extra_fields:
                del target[key]
            return
        for step in self.place[:-1]:
            target = target[step]
        if self.spare:
            target.pop(self.place[-1], None)
        else:
            target[self.place[-1]] = _stand_in(self.kind)


def _problems(error: BaseException, place: Place) -> Iterator[_Problem]:
    """Give what is wrong in ``error``, with the place of each."""
    if isinstance(error, ClassValidationError):
        with_note, without = error.group_exceptions()
        for inner, note in with_note:
            attribute = attrs.fields_dict(error.cl)[note.name]
            spare = attribute.default is not attrs.NOTHING
            at = (*place, attribute.alias or attribute.name)
            yield from _inner(inner, at, note.type, spare)
        for inner in without:
            yield _Problem(place, inner)
    elif isinstance(error, IterableValidationError):
        for inner, item in error.group_exceptions()[0]:
            yield from _inner(inner, (*place, item.index), item.type, False)


def _inner(error: BaseException, place: Place, kind: Any, spare: bool) -> Iterator[_Problem]:
    if isinstance(error, ClassValidationError | IterableValidationError):
        yield from _problems(error, place)
    else:
        yield _Problem(place, error, kind, spare)


def _keys_of(cls: type) -> list[str]:
    return [field.alias or field.name for field in attrs.fields(cls)]


def _stand_in(kind: Any) -> Any:
    """Give raw data that structure as ``kind``."""
    origin = get_origin(kind) or kind
    if origin is tuple:
        return []
    if origin in (str, bool, int, float):
        return origin()
    if origin is date:
        return date(2000, 1, 1)
    if isinstance(origin, type) and issubclass(origin, Enum):
        return list(origin)[-1].value
    return None if NoneType in get_args(kind) else {}


def _plain(kinds: tuple[type, ...], never: tuple[type, ...], what: str) -> Callable[..., Any]:
    """Make a hook that takes only values of ``kinds`` and none of ``never``."""

    def hook(value: Any, _: Any) -> Any:
        if isinstance(value, kinds) and not isinstance(value, never):
            return value
        raise _WrongValueError(f"Hier staat {_described(value)}; {what}.")

    return hook


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "een tabel"
    if isinstance(value, list):
        return "een lijst"
    return quoted(str(value).lower() if isinstance(value, bool) else value)


def _enum_hook(value: Any, kind: Any) -> Enum:
    words = [member.value for member in kind]
    if value in words:
        member: Enum = kind(value)
        return member
    tail = suggestion(value, words) if isinstance(value, str) else ""
    raise _WrongValueError(f"{_described(value)} kan hier niet. Kies uit: {listed(words)}.{tail}")


def _class_hook(cls: Any, converter: Converter) -> Callable[..., Any]:
    inner = make_dict_structure_fn(
        cls,
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_use_alias=True,
        _cattrs_detailed_validation=True,
    )

    def hook(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise _WrongValueError(f"Hier staat {_described(value)}; hier hoort een tabel.")
        return inner(value, kind)

    return hook


def _tuple_hook(kind: Any, converter: Converter) -> Callable[..., Any]:
    items = GenericAlias(list, get_args(kind)[0])
    inner = converter.get_structure_hook(items)

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise _WrongValueError(
                f"Hier staat {_described(value)}; hier hoort een lijst tussen [ en ]."
            )
        return tuple(inner(value, items))

    return hook


def _is_tuple(kind: Any) -> bool:
    return bool(get_origin(kind) is tuple)


def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    text = _plain((str,), (), "hier hoort tekst tussen aanhalingstekens")
    number = _plain((int, float), (bool,), "hier hoort een getal")
    day = _plain(
        (date,), (datetime,), "hier hoort een datum als 2025-04-01, zonder aanhalingstekens"
    )
    converter.register_structure_hook(str, text)
    converter.register_structure_hook(bool, _plain((bool,), (), "hier hoort true of false"))
    converter.register_structure_hook(int, _plain((int,), (bool,), "hier hoort een heel getal"))
    converter.register_structure_hook(float, number)
    converter.register_structure_hook(date, day)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, Enum), _enum_hook
    )
    converter.register_structure_hook_factory(attrs.has)(_class_hook)
    converter.register_structure_hook_factory(_is_tuple)(_tuple_hook)
    return converter


_CONVERTER = _converter()
