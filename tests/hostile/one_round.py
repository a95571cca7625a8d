"""One return with twelve mistakes that have nothing to do with each other, each of another rule."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from normtemplates.layout.places import START
from tests.mutations.book import Book
from tests.mutations.judge import said_of
from tests.mutations.kind import (
    LAYOUT,
    Do,
    Expected,
    all_of,
    at,
    base,
    clear,
    cover,
    fout,
    number,
    numbers,
    on_start,
    put,
    typed,
    warn,
)

_DONE, _PARTLY, _MISSING = (
    tuple(numbers(s)) for s in ("Uitgevoerd", "In ontwikkeling", "Ontbreekt")
)


def _mistakes() -> dict[str, tuple[Do, Expected]]:
    done, partly, missing = iter(_DONE[3:]), iter(_PARTLY[2:]), iter(_MISSING[1:])
    a, b, c, d, e = (next(done) for _ in range(5))
    p, q, r, s = (next(partly) for _ in range(4))
    m, n = next(missing), next(missing)
    text = LAYOUT.row_by_number[e].requirement.text
    return {
        "no status": (clear(*(at(a, f) for f in ("status",))), fout("NT301", at(a, "status"))),
        "no action": (clear(at(p, "action")), fout("NT302", at(p, "action"))),
        "a placeholder": (put(at(q, "action"), "n.t.b."), fout("NT303", at(q, "action"))),
        "no team": (clear(cover("team"), sheet=START), on_start("NT304", "team")),
        "another word": (put(at(m, "priority"), "Heel hoog"), fout("NT401", at(m, "priority"))),
        "no date": (put(at(r, "due_on"), "eind 2027"), fout("NT402", at(r, "due_on"))),
        "too early": (number(at(n, "due_on"), "45000"), fout("NT404", at(n, "due_on"))),
        "a formula": (
            lambda book: book.sheet("Overzicht").formula(at(b, "evidence"), "A1", "iets"),
            fout("NT407", at(b, "evidence")),
        ),
        "an error": (typed(at(c, "evidence"), "e", "#REF!"), fout("NT408", at(c, "evidence"))),
        "too long": (put(at(s, "owner"), "Adviseur " * 30), fout("NT409", at(s, "owner"))),
        "a number of a person": (
            put(at(d, "evidence"), "Zie dossier van 111222333"), warn("NT502", at(d, "evidence")),
        ),
        "another norm": (
            put(LAYOUT.address(e, "text"), text + " Meestal."),
            fout("NT207", LAYOUT.address(e, "text")),
        ),
    }  # fmt: skip


_ALL = _mistakes()
MISTAKES: Mapping[str, Expected] = {name: expected for name, (_, expected) in _ALL.items()}
"""Each mistake, and the finding that it must give."""


def said_in_one_round(folder: Path) -> set[Expected]:
    """Make all mistakes in one good return, check it once, and give all that is said."""
    book = Book(base("issued"))
    all_of(*(do for do, _ in _ALL.values()))(book)
    return set(said_of(book.data(), "issued", folder))


__all__ = ["MISTAKES", "said_in_one_round"]
