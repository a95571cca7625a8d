"""The Brabant norm, its register and its round say what their sources say."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.model.norm import DateBound, Norm
from normtemplates.resources import shipped

SECOND = Path(__file__).with_name("second_transcription_brabant_2022.txt")

# CBS codes of 2023 by safety region, taken over by hand from the facts, not from the register.
MIDDEN_EN_WEST = (
    "1723 1959 0744 0748 0758 0766 1719 0777 0779 0784 0785 1655 0798 0809 1709 0824 0826 1674 "
    "0840 0851 0855 0867 0873 0879"
)
NOORD = "1721 0755 0757 0797 1982 1991 1948 0828 0796 0845 0865"
ZUIDOOST = (
    "0743 1724 0753 1728 1706 0762 0770 0772 1771 1652 1658 0794 1659 0820 0823 1667 0847 0848 "
    "0858 0861 0866"
)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return Definitions()


@pytest.fixture(scope="module")
def norm(definitions: Definitions) -> Norm:
    return definitions.norm("brabant", "2022")


def test_every_word_equals_an_independent_transcription(norm: Norm) -> None:
    ours: list[tuple[str, ...]] = []
    for theme in norm.themes:
        ours.append((f"# {theme.number}", theme.title, theme.introduction))
        for one in theme.requirements:
            ours += [(f"## {one.heading}",)] if one.heading else []
            ours.append((one.number, one.text))
    lines = SECOND.read_text(encoding="utf-8").splitlines()
    assert ours == [tuple(line.split("\t")) for line in lines if line]


def test_the_counts_of_the_document(norm: Norm) -> None:
    counts = [sum(1 for r in t.requirements if not r.is_part) for t in norm.themes]
    assert counts == [6, 10, 14, 24, 3]
    assert len(norm.requirements) == 73
    assert [r.number for r in norm.requirements if r.is_part] == [
        "3.1.1",
        "3.1.2",
        "3.1.2.a",
        "3.1.2.b",
        "3.1.2.c",
        "3.1.3",
        "3.1.4",
        "3.1.5",
        "3.2.1",
        "3.2.1.a",
        "3.2.1.b",
        "3.2.1.c",
        "3.2.1.d",
        "3.2.2",
        "3.2.2.a",
        "3.2.2.b",
    ]


def test_the_slips_of_the_issuer_stay_and_are_named(norm: Norm) -> None:
    for number, slip in (("4.8", "meeste recente"), ("4.9", "leidinggevendenden")):
        assert slip in norm.by_number[number].text
        assert slip in norm.by_number[number].remark
    assert "een clause met" in norm.by_number["4.11"].text
    assert "clause" in norm.by_number["4.11"].remark
    for number in ("4.22", "4.23", "4.24"):
        assert "thema 5" in norm.by_number[number].remark


def test_no_letter_comes_from_another_alphabet_and_no_footnote_mark_is_left() -> None:
    text = (shipped() / "norms" / "brabant" / "2022.toml").read_text(encoding="utf-8")
    strange = {c for c in text if c.isalpha() and "LATIN" not in unicodedata.name(c)}
    assert not strange
    assert not set("¹²³⁴") & set(text)


def test_only_what_the_sentences_say_recurs_ages_builds_or_is_for_some(norm: Norm) -> None:
    yearly = ["1.1", "1.2", "1.3", "2.9", "3.4", "3.7", "3.12", "3.14", "4.2", "4.9"]
    assert [r.number for r in norm.requirements if r.recurrence] == yearly
    assert {r.recurrence for r in norm.requirements} == {None, "P1Y"}
    assert {r.number: r.max_age for r in norm.requirements if r.max_age} == {
        "4.1": "P5Y",
        "4.8": "P5Y",
    }
    assert {r.number: r.builds_on for r in norm.requirements if r.builds_on} == {
        "2.5": ("2.2", "2.4"),
        "3.3": ("3.2",),
        "3.4": ("3.2",),
        "3.5": ("3.2",),
        "3.7": ("3.6",),
    }
    for kind in ("provincie", "waterschap"):
        cases = {r.number: norm.not_fitting(r, kind) for r in norm.requirements}
        locked = [number for number, case in cases.items() if case and case.locked]
        assert [n for n in locked if n.count(".") == 1] == ["3.1", "3.6", "3.7"]
        assert [n for n in locked if n.count(".") > 1] == [
            r.number for r in norm.requirements if r.number.startswith("3.1.")
        ]
    assert not any(norm.not_fitting(r, "gemeente") for r in norm.requirements)


def test_headings_and_footnotes_stand_where_the_document_has_them(norm: Norm) -> None:
    assert [r.number for r in norm.requirements if r.heading] == (
        ["2.1", "2.8", "3.1", "3.2", "3.6", "3.8", "3.10", "4.1", "4.8", "4.17"]
    )
    assert [r.number for r in norm.requirements if r.footnote] == ["2.10", "4.1"]


def test_the_dates(norm: Norm, definitions: Definitions) -> None:
    assert norm.issued == date(2022, 5, 18)
    assert norm.ambition == date(2024, 12, 30)
    round_ = definitions.round_for_norm("brabant")
    assert round_.norm is norm
    assert round_.reference_date == round_.date_of(DateBound.RETURN) == date(2023, 7, 1)
    assert round_.return_date is None
    assert len(round_.organisations) == 57


def test_columns_are_those_of_the_other_norm(norm: Norm, definitions: Definitions) -> None:
    other = definitions.norm("noord-holland")
    assert [(f.key, f.header, f.kind) for f in norm.fields] == [
        (f.key, f.header, f.kind) for f in other.fields
    ]
    assert [s.label for s in norm.statuses] == [s.label for s in other.statuses]


def test_the_register_holds_the_codes_of_the_facts_and_no_address(definitions: Definitions) -> None:
    by_region: dict[str, set[str]] = {}
    for organisation in definitions.register("brabant"):
        by_region.setdefault(organisation.safety_region, set()).add(organisation.code)
        assert organisation.region.name == "Taskforce-RIEC Brabant-Zeeland"
        assert not organisation.region.email
        assert not organisation.region.post
    assert by_region == {
        "Midden- en West-Brabant": {f"GM{c}" for c in MIDDEN_EN_WEST.split()},
        "Brabant-Noord": {f"GM{c}" for c in NOORD.split()},
        "Brabant-Zuidoost": {f"GM{c}" for c in ZUIDOOST.split()},
        "": {"PV30"},
    }
    assert sum(map(len, by_region.values())) == 56 + 1


def test_names_and_predecessors(definitions: Definitions) -> None:
    register = {o.code: o for o in definitions.register("brabant")}
    assert register["GM0796"].full_name == "gemeente ’s-Hertogenbosch"
    assert register["GM0820"].running_name == "Nuenen, Gerwen en Nederwetten"
    assert {o.code: set(o.predecessors) for o in register.values() if o.predecessors} == {
        "GM1982": {"GM1684", "GM0756", "GM0815", "GM1702", "GM0786"},
        "GM1991": {"GM1685", "GM0856"},
    }
    path = shipped() / "registers" / "brabant.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert all(len(row) == 11 for row in csv.reader(file))
