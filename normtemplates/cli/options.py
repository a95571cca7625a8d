"""The option that every command takes, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from normtemplates.definitions import Definitions

C = TypeVar("C", bound=Callable[..., Any] | click.Command)

_KEY = "normtemplates.templates"


def templates_option(command: C) -> C:
    """Give ``command`` the option ``--templates DIR``.

    It may stand before the name of the command, after it, or in ``NORMTEMPLATES_DIR``; the
    nearest to the end of the line counts. The command gets no argument for it: it asks for
    :func:`definitions`.
    """
    return click.option(
        "--templates",
        metavar="DIR",
        type=click.Path(path_type=Path),
        envvar="NORMTEMPLATES_DIR",
        show_envvar=True,
        expose_value=False,
        callback=_remember,
        help="Search this folder before the shipped norms, registers, rounds and letters.",
    )(command)


def templates_folder() -> Path | None:
    """Give the folder that the running command was given, or ``None``."""
    folder: Path | None = click.get_current_context().meta.get(_KEY)
    return folder


def definitions() -> Definitions:
    """Give the definitions for the running command.

    Raises ``RequestError`` when the folder that was given does not exist.
    """
    from normtemplates.definitions import Definitions
    from normtemplates.resources import search_path

    return Definitions(search_path(templates_folder()))


def _remember(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Keep the folder where groups and commands share it; the environment yields."""
    named = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    if value is not None and (named or _KEY not in ctx.meta):
        ctx.meta[_KEY] = value
