"""The shipped norm, register and round say what their sources say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.model.norm import DateBound, Norm, Role

SECOND = Path(__file__).with_name("second_transcription_noord_holland_2025.txt")

# CBS codes of 2025 by region, taken over by hand from the facts, not from the register.
RIEC_AMSTERDAM_AMSTELLAND = "0358 0362 0363 0384 0437 0451"
RIEC_MIDDEN_NEDERLAND = "0376 1942 0402 0406 0417 1696"
RIEC_NOORD_HOLLAND = (
    "0361 0373 0383 0400 1980 0498 0388 0399 1911 0405 1598 0420 0432 0441 0532 0448 "  # noord
    "0385 0415 0431 0439 0852 0880 0479 "  # Zaanstreek-Waterland
    "0375 0377 0392 0394 0396 0397 0450 0453 0473"  # Kennemerland
)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return Definitions()


@pytest.fixture(scope="module")
def norm(definitions: Definitions) -> Norm:
    return definitions.norm("noord-holland", "2025")


def test_every_word_equals_an_independent_transcription(norm: Norm) -> None:
    ours: list[tuple[str, ...]] = []
    for theme in norm.themes:
        ours.append((f"# {theme.number}", theme.title, theme.introduction))
        ours += [(r.number, r.text) for r in theme.requirements]
    lines = SECOND.read_text(encoding="utf-8").splitlines()
    assert ours == [tuple(line.split("\t")) for line in lines if line]
    assert [len(theme.requirements) for theme in norm.themes] == [5, 11, 10, 7, 12, 2]


def test_only_what_the_sentences_say_recurs_or_builds(norm: Norm) -> None:
    assert [r.number for r in norm.requirements if r.recurring] == ["2.3"]
    assert {r.number: r.builds_on for r in norm.requirements if r.builds_on} == {
        "2.5": ("2.1",),
        "4.4": ("4.3",),
        "4.5": ("4.3",),
        "5.6": ("5.5",),
        "5.7": ("5.5",),
        "5.9": ("5.8",),
    }
    unfit = [r.number for r in norm.requirements if r.not_fitting_for("provincie")]
    assert unfit == ["5.2", "5.8", "5.9"]
    assert not any(r.not_fitting_for("gemeente") for r in norm.requirements)


def test_scale_and_columns_are_those_of_the_design(norm: Norm) -> None:
    assert [(s.label, s.role) for s in norm.statuses] == [
        ("Uitgevoerd", Role.DONE),
        ("In ontwikkeling", Role.PARTLY),
        ("Ontbreekt", Role.MISSING),
        ("Niet van toepassing", Role.NOT_APPLICABLE),
    ]
    assert [field.header for field in norm.fields] == [
        "Nr",
        "Norm",
        "Vorige status",
        "Status",
        "Controle",
        "Toelichting",
        "Bewijs of vindplaats",
        "Laatst vastgesteld of uitgevoerd",
        "Actie",
        "Eigenaar (functie)",
        "Gereed uiterlijk",
        "Prioriteit",
    ]
    partly, missing, unfit = Role.PARTLY, Role.MISSING, Role.NOT_APPLICABLE
    assert {f.key: f.required_for for f in norm.fields if f.required_for} == {
        "explanation": (partly, missing, unfit),
        "evidence": (Role.DONE,),
        "done_on": (Role.DONE,),
        "action": (partly, missing),
        "owner": (partly, missing),
        "due_on": (partly, missing),
        "priority": (missing,),
    }


def test_the_round(definitions: Definitions) -> None:
    round_ = definitions.round()
    assert round_.name == "nulmeting-2025"
    assert round_.first
    assert round_.date_of(DateBound.RETURN) == date(2025, 4, 1)
    assert round_.date_of(DateBound.AMBITION) == date(2027, 12, 31)
    assert len(round_.organisations) == 45
    assert definitions.round_for_norm("noord-holland") is round_


def test_the_register_holds_the_codes_of_the_facts_by_region(definitions: Definitions) -> None:
    by_region: dict[str, set[str]] = {}
    for organisation in definitions.register("noord-holland"):
        by_region.setdefault(organisation.region.key, set()).add(organisation.code)
    assert by_region == {
        "riec-amsterdam-amstelland": {f"GM{c}" for c in RIEC_AMSTERDAM_AMSTELLAND.split()},
        "riec-midden-nederland": {f"GM{c}" for c in RIEC_MIDDEN_NEDERLAND.split()},
        "riec-noord-holland": {f"GM{c}" for c in RIEC_NOORD_HOLLAND.split()},
        "provincie-noord-holland": {"PV27"},
    }
    assert sum(map(len, by_region.values())) == 44 + 1


def test_the_register_in_its_order_and_names(definitions: Definitions) -> None:
    register = definitions.register("noord-holland")
    municipalities = [o for o in register if o.kind.code == "gemeente"]
    names = [o.running_name for o in municipalities]
    assert names == sorted(names)
    assert [o.code for o in register if o not in municipalities] == [register[-1].code]
    assert {o.name: o.running_name for o in register if o.name != o.running_name} == {
        "Bergen (NH.)": "Bergen",
        "Laren (NH.)": "Laren",
    }
    assert register[-1].full_name == "provincie Noord-Holland"


def test_mergers_that_are_done_and_one_that_is_planned(definitions: Definitions) -> None:
    register = {o.code: o for o in definitions.register("noord-holland")}
    assert {o.code: o.predecessors for o in register.values() if o.predecessors} == {
        "GM0439": ("GM0370",),
        "GM1980": ("GM0398", "GM0416"),
        "GM0363": ("GM0457",),
    }
    assert "GM0393" in register["GM0394"].note  # not verified, so only a note
    wijdemeren = register["GM1696"]
    assert wijdemeren.valid_to is None
    assert "niet bevestigd" in wijdemeren.note
    assert wijdemeren.valid_on(date(2027, 6, 1))


def test_the_addressees_are_those_of_the_colofon(definitions: Definitions) -> None:
    addressees = {o.region for o in definitions.register("noord-holland")}
    assert {(r.name, r.email, r.post, r.riec) for r in addressees} == {
        (
            "RIEC Noord-Holland",
            "info@riec-noord-holland.nl",
            "Postbus 511, 2003 PB Haarlem",
            True,
        ),
        (
            "RIEC Amsterdam-Amstelland",
            "riecaa@politie.nl",
            "Postbus 2287, 1000 CG Amsterdam",
            True,
        ),
        ("RIEC Midden-Nederland", "info@riec-mn.nl", "Postbus 8300, 3503 RH Utrecht", True),
        (
            "provincie Noord-Holland",
            "weerbaar@noord-holland.nl",
            "Dreef 3, 2012 HR Haarlem",
            False,
        ),
    }
