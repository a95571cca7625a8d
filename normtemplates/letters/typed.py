"""Which names a tag uses, held against what a template may use: without making a letter."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen
from jinja2 import nodes

from normtemplates.letters.context import DRAWN, LetterContext, prefix_of
from normtemplates.letters.sandbox import name_hint
from normtemplates.model.organisation import KIND_TERMS

_LOOP: Final = frozenset({"index", "index0", "first", "last", "length"})


@frozen
class ListOf:
    """A list of things of one kind."""

    item: Any


class WrongNameError(Exception):
    """A tag uses a name that is not there, or in a way that cannot be; says so in Dutch."""


#: What a name can stand for: text (or a number), the words of a kind of organisation, a loop.
TEXT: Final = str
_TERMS: Final = "terms"
_LOOP_NAMES: Final = "loop"
Scope = Mapping[str, Any]


def outside() -> dict[str, Any]:
    """Give the names that every tag can use."""
    return {**_fields(LetterContext), **DRAWN}


def for_scope(loop: nodes.For, scope: Scope) -> dict[str, Any]:
    """Give the names inside ``loop``; raises ``WrongNameError`` when it goes through no list."""
    found = kind_of(loop.iter, scope)
    if not isinstance(found, ListOf):
        raise WrongNameError(f"‘{written(loop.iter)}’ is geen lijst; daar kan for niet doorheen")
    if not isinstance(loop.target, nodes.Name):
        raise WrongNameError("for geeft elk onderdeel één naam: for theme in themes")
    return {**scope, loop.target.name: found.item, _LOOP_NAMES: _LOOP_NAMES}


def check_printed(node: nodes.Node, scope: Scope) -> None:
    """See that ``node`` can be printed; raises ``WrongNameError``."""
    found = kind_of(node, scope)
    if isinstance(found, ListOf):
        raise WrongNameError(
            f"‘{written(node)}’ is een lijst. Ga erdoorheen met for, of gebruik |join(', ')"
        )
    if found is not TEXT:
        name = written(node)
        raise WrongNameError(f"‘{name}’ is geen tekst maar een groep. {_choices(name, found)}")


def _choices(name: str, found: Any) -> str:
    known = sorted(KIND_TERMS) if found == _TERMS else list(_fields(found))
    return f"Kies bijvoorbeeld {name}.{known[0]}"


def kind_of(node: nodes.Node, scope: Scope) -> Any:
    """Give what ``node`` stands for; raises ``WrongNameError``."""
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            raise WrongNameError(
                f"de naam ‘{node.name}’ bestaat niet. {name_hint(node.name, '', inside=False)}"
            )
        return scope[node.name]
    if isinstance(node, nodes.Getattr):
        return _member(node.node, node.attr, scope)
    if isinstance(node, nodes.Getitem):
        key = node.arg.value if isinstance(node.arg, nodes.Const) else ""
        found = kind_of(node.node, scope)
        if isinstance(found, ListOf) and isinstance(key, int):
            return found.item
        return _member(node.node, str(key), scope)
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _filtered(node, node.node, scope)
    if isinstance(node, nodes.List | nodes.Tuple):
        for child in node.iter_child_nodes():
            kind_of(child, scope)
        return ListOf(TEXT)
    found = TEXT
    for child in node.iter_child_nodes():
        inside = kind_of(child, scope)
        if isinstance(node, nodes.CondExpr) and child is node.expr1:
            found = inside
    return found


def _filtered(node: nodes.Filter, source: nodes.Node, scope: Scope) -> Any:
    found = kind_of(source, scope)
    if node.name in ("first", "last") and isinstance(found, ListOf):
        return found.item
    if node.name == "map" and isinstance(found, ListOf):
        value = node.kwargs[0].value
        name = str(value.value) if isinstance(value, nodes.Const) else ""
        return ListOf(_inside(found.item, name, "map"))
    return found if node.name == "default" else TEXT


def _member(node: nodes.Node, name: str, scope: Scope) -> Any:
    return _inside(kind_of(node, scope), name, written(node))


def _inside(found: Any, name: str, said: str) -> Any:
    if found == _LOOP_NAMES and name in _LOOP:
        return TEXT
    if found == _TERMS and name in KIND_TERMS:
        return TEXT
    if isinstance(found, type) and attrs.has(found):
        fields = _fields(found)
        if name in fields:
            return fields[name]
        hint = name_hint(name, prefix_of(found), inside=True)
        raise WrongNameError(f"de naam ‘{said}.{name}’ bestaat niet. {hint}")
    if found == _TERMS:
        hint = ", ".join(sorted(KIND_TERMS))
        raise WrongNameError(f"de naam ‘{said}.{name}’ bestaat niet. Kies uit {hint}")
    raise WrongNameError(f"‘{said}’ heeft geen ‘{name}’")


def _fields(part: type) -> dict[str, Any]:
    return {
        name: _kind(get_args(hint)[0] if get_origin(hint) is Annotated else hint)
        for name, hint in get_type_hints(part, include_extras=True).items()
    }


def _kind(hint: Any) -> Any:
    if isinstance(hint, types.GenericAlias) and get_origin(hint) is tuple:
        return ListOf(_kind(get_args(hint)[0]))
    if isinstance(hint, type) and attrs.has(hint):
        return hint
    return _TERMS if get_origin(hint) is Mapping else TEXT


def written(node: nodes.Node) -> str:
    """Give ``node`` as somebody wrote it: ``norm.title``; ``…`` for what is no name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    return "…"
