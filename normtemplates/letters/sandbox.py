"""Where the tags of a template run: what they may do, and for how long.

A template comes from elsewhere. Its tags may print a name, go through a list and choose; what
else jinja knows (calls, arithmetic that grows, variables, macros, other files) is refused before
anything is compiled. What is left can only be long, so turns and characters are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from normtemplates.dutch import one_of, sentence_start
from normtemplates.letters.context import DRAWN, names, prefix_of

#: Turns of all loops together in one part of a letter; a long feedback letter takes a thousand.
MAX_TURNS: Final = 100_000
#: Characters of one part of a letter; a long one has half a million.
MAX_LETTER: Final = 8_000_000
#: Characters of one part of a template, tags in it, and characters of one tag.
MAX_PART: Final = 8_000_000
MAX_TAGS: Final = 2_000
MAX_TAG: Final = 500
#: Blocks inside each other; Python itself compiles some twenty.
MAX_DEPTH: Final = 10

#: The filters that a template may use, with what they do, in Dutch.
FILTER_MEANINGS: Final[Mapping[str, str]] = {
    "sentence_start": "begint met een hoofdletter, ook bij ’s-Hertogenbosch en IJsselstein",
    "upper": "alles in hoofdletters",
    "lower": "alles in kleine letters",
    "capitalize": "de eerste letter een hoofdletter, de rest klein",
    "trim": "zonder spaties aan het begin en het einde",
    "length": "hoeveel er in een lijst staan",
    "first": "het eerste uit een lijst",
    "last": "het laatste uit een lijst",
    "map": "van elk in een lijst één gegeven: themes|map(attribute='title')",
    "join": "een lijst achter elkaar: themes|map(attribute='title')|join(', ')",
    "default": "wat er moet staan als een gegeven leeg is: norm.website|default('–', true)",
}
_NODES: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.Concat,
    nodes.Tuple,
    nodes.List,
)
_BUDGET: Final = " budget"  # no tag can write a name with a space in it
_COUNTED: Final = "_counted"


class TooLongError(Exception):
    """A template goes on for longer than any letter does."""


class _Budget:
    """What may still be used in one part of one letter."""

    def __init__(self) -> None:
        self.turns = MAX_TURNS

    def counted(self, values: Iterable[object]) -> Iterator[object]:
        for value in values:
            self.turns -= 1
            if self.turns < 0:
                raise TooLongError
            yield value


class _Unknown(jinja2.StrictUndefined):
    """A name that a template uses and that does not exist; says so in Dutch."""

    @property
    def _undefined_message(self) -> str:
        wanted = str(self._undefined_name)
        if wanted.isdigit():  # a place in a list
            return f"staat [{wanted}], en zo lang is de lijst niet. Kies een kleiner getal"
        if wanted in DRAWN and self._undefined_obj is missing:
            return f"staat ‘{wanted}’, en daar is nu niets voor. Geef een overzicht met --return"
        # A name of its own, or one inside another: `organisation`, or `name` in it.
        inside = self._undefined_obj is not missing
        prefix = prefix_of(self._undefined_obj) if inside else ""
        return f"staat een naam die niet bestaat: ‘{wanted}’. {name_hint(wanted, prefix, inside)}"


def name_hint(wanted: str, prefix: str, inside: bool) -> str:
    """Say which name is meant by ``wanted``, or what there is to choose from.

    ``inside`` says that it stands behind a dot, ``prefix`` what stands before that where it is
    known (``norm.``).
    """
    known = [name for name, _ in names() if name.startswith(prefix)]
    by_part: dict[str, list[str]] = {}
    for name in known:
        part = name.rpartition(".")[2] if inside else name.partition(".")[0]
        by_part.setdefault(part, []).append(name if inside else part)
    near = [n for part in get_close_matches(wanted, by_part, n=1) for n in by_part[part]]
    return f"Bedoelt u {one_of(dict.fromkeys(near))}" if near else f"Kies uit {one_of(known)}"


def environment() -> jinja2.Environment:
    """Give the environment in which templates run: no loader, no globals, all text escaped."""
    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=_Unknown)
    sandbox.globals.clear()
    own = {"sentence_start": sentence_start, "join": _join}
    sandbox.filters = {
        name: own[name] if name in own else FILTERS[name] for name in FILTER_MEANINGS
    }
    sandbox.filters[_COUNTED] = _counted
    return sandbox


def not_allowed(tree: nodes.Node) -> str:
    """Say in Dutch what in parsed tags goes beyond what a letter may do; ``""`` for nothing."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        said = _not_allowed(node)
        if said:
            return said
        if isinstance(node, nodes.For | nodes.If):
            depth += 1
            if depth > MAX_DEPTH:
                return "te veel blokken in elkaar"
        waiting += ((child, depth) for child in node.iter_child_nodes())
    return ""


def _not_allowed(node: nodes.Node) -> str:
    if not isinstance(node, _NODES):
        return f"‘{_WORDS.get(type(node).__name__, type(node).__name__.lower())}’ mag niet"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return f"‘{node.attr}’ is geen gegeven van een brief"
    if isinstance(node, nodes.Getitem):
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if not isinstance(key, int | str) or str(key).startswith("_"):
            return "tussen [ ] mag alleen een getal of een gewone naam staan"
    if isinstance(node, nodes.Name) and node.name in ("self", "super", "caller", "varargs"):
        return f"‘{node.name}’ is geen gegeven van een brief"
    if isinstance(node, nodes.For) and node.recursive:
        return "‘recursive’ mag niet"
    if isinstance(node, nodes.Filter):
        if node.node is None or node.name not in FILTER_MEANINGS:
            return f"‘|{node.name}’ kan een brief niet"
        if node.name == "map" and not _plain_map(node):
            return "‘|map’ kan alleen als |map(attribute='naam')"
    return ""


_WORDS: Final = {
    "Call": "iets met ( )",
    "Mul": "vermenigvuldigen",
    "Pow": "machtsverheffen",
    "Assign": "set",
    "AssignBlock": "set",
    "CallBlock": "call",
    "FromImport": "import",
}


def _plain_map(node: nodes.Filter) -> bool:
    if node.args or [one.key for one in node.kwargs] != ["attribute"]:
        return False
    value = node.kwargs[0].value
    return isinstance(value, nodes.Const) and bool(
        re.fullmatch(r"[a-z][a-z0-9_]*", str(value.value))
    )


def limited(tree: nodes.Template) -> nodes.Template:
    """Have the turns of every loop in ``tree`` counted; gives ``tree`` itself."""
    assert tree.environment is not None  # set by its parse
    for loop in list(tree.find_all(nodes.For)):
        counted = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
        counted.set_environment(tree.environment)
        loop.iter = counted
    return tree


def render(template: jinja2.Template, context: Mapping[str, object]) -> str:
    """Give what ``template`` makes of ``context``.

    Raises ``TooLongError`` when that takes longer than any letter does, and what jinja raises.
    """
    pieces: list[str] = []
    length = 0
    for piece in template.generate({**context, _BUDGET: _Budget()}):
        length += len(piece)
        if length > MAX_LETTER:
            raise TooLongError
        pieces.append(piece)
    return "".join(pieces)


@jinja2.pass_context
def _counted(context: Any, values: Iterable[object]) -> Iterator[object]:
    budget: _Budget = context.resolve(_BUDGET)
    return budget.counted(values)


@jinja2.pass_eval_context
def _join(context: Any, values: Iterable[object], between: str = "") -> str:
    if isinstance(values, str):  # letter by letter: in a chain that grows without end
        raise SecurityError("‘|join’ is voor een lijst")
    joined: str = do_join(context, values, between)
    return joined
