"""What ``letter lint`` finds by making letters for trial."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document as DocxDocument

from normtemplates.definitions import Definitions
from normtemplates.letters import LetterTemplate
from normtemplates.letters.blanks import BLANK_BY_KEY
from normtemplates.letters.context import DRAWN
from normtemplates.letters.lint import lint
from normtemplates.letters.sample import samples
from normtemplates.model.finding import Severity
from normtemplates.model.norm import Role
from normtemplates.model.round import Round
from tests.letters.test_lint import add, control, house_style, saved

Change = Callable[[DocxDocument], None]


@pytest.fixture(scope="module")
def rounds() -> tuple[Round, ...]:
    return Definitions().rounds()


def table(*cells: tuple[str, ...]) -> Change:
    """Put in a table of one column; each cell has these paragraphs."""

    def change(document: DocxDocument) -> None:
        made = document.add_table(len(cells), 1)
        for row, texts in zip(made.rows, cells, strict=True):
            first, *others = texts
            row.cells[0].text = first
            for text in others:
                row.cells[0].add_paragraph(text)
        document.paragraphs[5]._p.addnext(made._tbl)

    return change


NESTED = (
    *(f"{{%p for a{depth} in themes %}}" for depth in range(9)),
    "x",
    *["{%p endfor %}"] * 9,
)


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        pytest.param(add(*NESTED), "alinea 13 (", "een lijst veel te lang door", id="nine loops"),
        pytest.param(
            add("Hoi", "{{ norm.count|join(', ') }}"),
            "alinea 6 (‘{{ norm.count|join(', ') }}’)",
            "bij ‘{{ norm.count|join(', ') }}’, staat een tag die niet uit te voeren is",
            id="a filter that fails",
        ),
        pytest.param(
            add("a {% if norm.count < 'x' %}b{% endif %}"),
            "alinea 5 (",
            "bij ‘{% if norm.count < 'x' %}’, staat een tag die niet uit te voeren is",
            id="what cannot be compared",
        ),
        pytest.param(
            add("Eerst", "{%p for t in themes %}", "{{ themes[12].title }}", "{%p endfor %}"),
            "alinea 7 (‘{{ themes[12].title }}’)",
            "zo lang is de lijst niet",
            id="beyond a list",
        ),
        pytest.param(
            table(("{%p if progress.norms %}", "x", "{%p endif %}")),
            None,
            "met zo min mogelijk erin) lukt niet: een cel houdt geen alinea over",
            id="an empty cell",
        ),
        pytest.param(
            table(("{%tr for n in progress.norms %}",), ("{{ n.text }}",), ("{%tr endfor %}",)),
            None,
            "een tabel houdt geen enkele rij over",
            id="a table without rows",
        ),
    ],
)
def test_what_only_shows_in_a_letter(
    rounds: tuple[Round, ...], change: Change, place: str | None, said: str
) -> None:
    document = house_style()
    change(document)
    assert not [one for one in lint(saved(document)) if one.severity is Severity.FOUT]
    found = [one for one in lint(saved(document), rounds=rounds) if one.code == "trial"]
    assert found
    assert all(said in one.message for one in found)
    # Told once, however many letters it spoils.
    assert len({(one.sheet, one.message) for one in found}) == len(found) <= 2
    assert (found[0].sheet or "").startswith(place) if place else found[0].sheet is None


def test_a_blank_that_not_every_letter_has_is_no_fault(rounds: tuple[Round, ...]) -> None:
    document = house_style()
    add("{%p if not norm.title %}", "Besloten op ", "{%p endif %}")(document)
    document.paragraphs[5]._p.append(control("decision_date"))
    assert lint(saved(document), rounds=rounds) == ()


@pytest.mark.parametrize(
    "path", sorted(Path("templates/letters").rglob("*.docx")), ids=lambda path: path.as_posix()
)
def test_the_shipped_templates_stand_the_trial(path: Path, rounds: tuple[Round, ...]) -> None:
    assert lint(path.read_bytes(), rounds=rounds) == ()


def test_the_trial_says_everything_once_and_once_not(rounds: tuple[Round, ...]) -> None:
    """All statuses, lists with and without something in them, for each norm and each kind."""
    made = list(samples(rounds, BLANK_BY_KEY))
    norms = {one.norm.code for one in rounds}
    kinds = {(r.norm.code, o.kind.code) for r in rounds for o in r.organisations}
    assert len(made) == 2 * len(kinds)
    assert {(one.round.norm.code, one.organisation.kind.code) for one in made} == kinds
    assert len(norms) >= 2
    for full, bare in zip(made[::2], made[1::2], strict=True):
        assert full.drawn.keys() == bare.drawn.keys() == DRAWN.keys()
        assert full.values.keys() == BLANK_BY_KEY.keys()
        assert not bare.values
        progress: object = full.drawn["progress"]
        roles = {status.role for status in full.round.norm.statuses}
        assert roles == set(Role)
        assert all(status.count != "–" for status in progress.statuses)  # type: ignore[attr-defined]
        assert progress.norms  # type: ignore[attr-defined]
        assert not bare.drawn["progress"].norms  # type: ignore[attr-defined]
        assert full.organisation.running_name == "Voorbeeldstad"
    for one in made:  # no blank has a value that it does not take
        text = (Path("templates/letters") / "voortgangsbrief.docx").read_bytes()
        keys = {"done_text", "plans_text", "letter_date"}
        values = {key: value for key, value in one.values.items() if key in keys}
        assert LetterTemplate(text).letter(one.organisation, one.round, values, one.drawn)
