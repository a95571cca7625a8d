"""The shipped templates, and the round of the real register."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normtemplates.definitions import Definitions
from normtemplates.letters import make_letter, template_names
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.reading import Letter

#: A value for every blank of a letter to a council, as somebody would give them.
VALUES = {
    "decision_date": "2025-01-14",
    "letter_date": "21-1-2025",
    "reference": "Z/25/123456",
    "portfolio_holder": "burgemeester",
    "team": "Team Openbare Orde & Veiligheid",
    "secretary_name": "mr. A. de Vries",
    "leader_name": "drs. B. Jansen",
}

Make = Callable[..., Letter]
TemplateOf = Callable[[str], bytes]


@pytest.fixture(scope="session")
def round_() -> Round:
    return Definitions().round("nulmeting-2025")


@pytest.fixture(scope="session")
def municipality(round_: Round) -> Organisation:
    found = round_.organisation("GM0358")
    assert found
    return found


@pytest.fixture(scope="session")
def province(round_: Round) -> Organisation:
    found = round_.organisation("PV27")
    assert found
    return found


@pytest.fixture(scope="session")
def template_of(round_: Round) -> TemplateOf:
    """Give the bytes of the shipped template for a kind of letter."""

    def read(kind: str) -> bytes:
        path = Definitions().templates.find(template_names(round_.norm.code, kind)[0])
        return path.read_bytes()

    return read


@pytest.fixture(scope="session")
def council_template(template_of: TemplateOf) -> bytes:
    return template_of("raadsinformatiebrief")


@pytest.fixture(scope="session")
def make(round_: Round, template_of: TemplateOf) -> Make:
    """Make the letter of an organisation to its own council, and read it."""

    def made(organisation: Organisation, **values: str) -> Letter:
        template = template_of(organisation.kind.letter)
        return Letter(make_letter(template, organisation, round_, values))

    return made
