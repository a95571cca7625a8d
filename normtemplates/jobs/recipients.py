"""Who of a round something is for."""

from __future__ import annotations

from collections.abc import Collection

from normtemplates.dutch import one_of
from normtemplates.errors import RequestError
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round


def recipients(round_: Round, codes: Collection[str]) -> tuple[Organisation, ...]:
    """Give the organisations with these CBS codes in the round's order; all without any code.

    Raises ``RequestError`` that names every code which is not in the round.
    """
    faults = [_not_in(round_, code) for code in dict.fromkeys(codes)]
    if any(faults):
        raise RequestError(fault for fault in faults if fault)
    return tuple(o for o in round_.organisations if not codes or o.code in codes)


def _not_in(round_: Round, code: str) -> str:
    """Say that ``code`` is no organisation of the round, or give ``""``."""
    if round_.organisation(code):
        return ""
    wanted = code.casefold()
    meant = [
        f"{o.code} ({o.name})"
        for o in round_.organisations
        if wanted in (o.code.casefold(), o.name.casefold(), o.running_name.casefold())
    ]
    hint = (
        f"Bedoelt u {one_of(meant)}?"
        if meant
        else "Geef een CBS-code uit het register van deze ronde."
    )
    return f"‘{code}’ hoort niet bij de ronde {round_.name}. {hint}"
