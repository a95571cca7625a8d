"""Every fault that a norm file can have is named, once, with its place and line."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import attrs
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError
from normtemplates.model.norm import HAND_OVER_KEYS
from normtemplates.report.answers import AnswerRow
from tests.definitions.small import GOOD, Change, faults_of, line_of, spoiled

SECOND_STATUS = GOOD[GOOD.index('[[scale]]\nkey = "past-niet"') : GOOD.index("[[part_scale]]")]
SECOND_THEME = GOOD[GOOD.index('[[theme]]\nnumber = "2"') :]
BLOCKS = Path(__file__).with_name("norm_faults.txt").read_text(encoding="utf-8").split("\n==")[1:]


def test_the_small_norm_is_good(tmp_path: Path) -> None:
    assert faults_of(GOOD, tmp_path) == ()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0].strip())
def test_one_fault_is_named_once_with_its_place(block: str, tmp_path: Path) -> None:
    head, *lines = re.sub(r"<<(.)\*(\d+)>>", lambda m: m[1] * int(m[2]), block).split("\n")
    place, _, piece = head.removeprefix("0").strip().partition(" ⇒ ")
    old = "".join(f"{line[2:]}\n" for line in lines if line.startswith("-"))
    new = "".join(f"{line[2:]}\n" for line in lines if line.startswith(("+", ">")))
    text = spoiled((old, new))

    faults = faults_of(text, tmp_path)

    assert len(faults) == 1, faults
    assert place in faults[0]
    assert piece in faults[0]
    if named := [line[2:] for line in lines if line.startswith(">")]:
        line = line_of(text, named[0], after=text.index(new))
        assert faults[0].startswith(f":{line} · "), faults
    elif head.startswith("0"):
        assert faults[0].startswith(" · "), faults


def test_all_faults_show_in_one_go_in_the_order_of_the_file(tmp_path: Path) -> None:
    changes: list[tuple[Change, str, str]] = [
        (('code = "proef"', 'code = "De Proef"'), "sleutel ‘code’", "kan geen code zijn"),
        (('issuer = "provincie Voorbeeld"', 'isuer = "x"'), "sleutel ‘isuer’", "‘issuer’?"),
        (("ambition = 2027-12-31", 'ambition = "2027"'), "sleutel ‘ambition’", "een datum"),
        (('letter = "G"', 'letter = "GG"'), "status ‘gedaan’", "één letter"),
        (('tint = "#DDE1E6"', 'tint = "grijs"'), "status ‘past-niet’", "geen kleur"),
        (('header = "Controle"', 'header = "Norm"'), "kolom ‘check’", "staat er al"),
        (("max_length = 200", 'max_length = "200"'), "kolom ‘explanation’", "heel getal"),
        (("recurring_only = true", "recuring = true"), "kolom ‘done_on’", "‘recurring_only’?"),
        (('["Ja", "Nog niet"]', "[]"), "vak ‘discussed’", "niets te kiezen"),
        (('text = "Wij doen dit"', 'text = " Wij doen dit"'), "norm 1.1", "begint of eindigt"),
        (('recurrence = "P1Y"', 'recurence = "P1Y"'), "norm 1.2", "‘recurrence’?"),
        (('builds_on = ["1.1"]', 'builds_on = ["9.9"]'), "norm 1.2", "bestaat niet"),
        (('max_age = "P5Y"', 'max_age = "P5"'), "thema 2 · norm 2.9", "geen termijn"),
        (('kind = "provincie"', 'kind = "planeet"'), "‘planeet’", "is onbekend"),
        (('number = "2.10"', 'number = "2.1"'), "norm 2.1 ", "komt na 2.9"),
    ]
    text = spoiled(*(change for change, _, _ in changes))

    faults = faults_of(text, tmp_path)

    for _, place, piece in changes:
        assert [f for f in faults if place in f and piece in f], (place, piece, faults)
    # A key that is misspelt and needed is two faults: unknown, and missing.
    assert len(faults) == len(changes) + 1
    lines = [int(f.split(" ")[0].strip(":")) for f in faults if f.startswith(":")]
    assert lines == sorted(lines)
    assert len(lines) == len(changes)


def test_a_circle_is_named_at_each_of_its_norms(tmp_path: Path) -> None:
    text = spoiled(('text = "Wij doen dit"', 'text = "Wij doen dit"\nbuilds_on = ["1.2"]'))
    faults = faults_of(text, tmp_path)
    assert [f.split(" · ")[2] for f in faults] == ["norm 1.1", "norm 1.2"]
    assert "in een kring op zichzelf, via 1.2." in faults[0]


def test_a_norm_without_themes_says_so(tmp_path: Path) -> None:
    text = "theme = []\n" + GOOD[: GOOD.index("[[theme]]")]
    assert [f for f in faults_of(text, tmp_path) if "heeft geen thema’s" in f]


def test_a_theme_of_the_wrong_shape(tmp_path: Path) -> None:
    start = '[[theme]]\nnumber = "2"\ntitle = "T"\nintroduction = "I"\n'
    empty = faults_of(spoiled((SECOND_THEME, f"{start}requirement = []\n")), tmp_path)
    assert len(empty) == 1
    assert "thema 2 · sleutel ‘requirement’ · Dit thema heeft geen normen." in empty[0]
    text = spoiled((SECOND_THEME, f'{start}requirement = ["x"]\n'))
    shape = faults_of(text, tmp_path)
    assert len(shape) == 1
    assert shape[0].startswith(f":{line_of(text, 'requirement = ')} · thema 2 · [[requirement]] 1")
    assert "Hier staat ‘x’; hier hoort een tabel." in shape[0]
    extra = faults_of(spoiled((SECOND_THEME, "[theme.extra]\n")), tmp_path)
    assert len(extra) == 1
    assert "thema 1 · sleutel ‘extra’" in extra[0]


def test_themes_out_of_order_or_twice(tmp_path: Path) -> None:
    twice = faults_of(spoiled(('number = "2"\n', 'number = "1"\n')), tmp_path)
    assert "Thema 1 komt na thema 1." in twice[0]


def test_a_scale_needs_a_status_for_what_is_done(tmp_path: Path) -> None:
    faults = faults_of(spoiled(('role = "done"', 'role = "partly"')), tmp_path)
    assert len(faults) == 2
    assert faults[0] == (' · sleutel ‘scale’ · Geen status heeft role = "done". Voeg er een toe.')
    assert "kolom ‘done_on’ · sleutel ‘required_for’ · waarde 1 · Geen status heeft" in faults[1]


def test_not_fitting_needs_a_status_for_it(tmp_path: Path) -> None:
    text = spoiled(
        (SECOND_STATUS, ""),
        ('required_for = ["not_applicable"]', 'required_for = ["done"]'),
    )
    faults = faults_of(text, tmp_path)
    assert len(faults) == 1
    assert 'role = "not_applicable"' in faults[0]


def test_sub_items_need_a_scale_of_their_own(tmp_path: Path) -> None:
    scale = GOOD[GOOD.index("[[part_scale]]") : GOOD.index("[[field]]")]
    (fault,) = faults_of(spoiled((scale, "")), tmp_path)
    assert "De norm heeft onderdelen (zoals 1.2.1)" in fault
    assert "Voeg [[part_scale]] toe" in fault


@pytest.mark.parametrize("value", ["5", '""', "[]", "{}", "[[1]]"])
def test_whatever_stands_in_a_file_is_a_fault_and_never_a_crash(value: str, tmp_path: Path) -> None:
    path = tmp_path / "proef.toml"
    definitions = Definitions()
    lines = GOOD.split("\n")
    for number, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if equals:
            spoilt = [*lines[:number], f"{key} = {value}", *lines[number + 1 :]]
            path.write_text("\n".join(spoilt), encoding="utf-8")
            with suppress(DefinitionError):
                definitions.norm_from(path)


def test_what_cannot_be_judged_is_not_judged(tmp_path: Path) -> None:
    """A role that cannot be read may be the one that seems to be missing."""
    faults = faults_of(spoiled(('role = "done"', 'role = "af"')), tmp_path)
    assert len(faults) == 1
    faults = faults_of(spoiled(('kind = "check"', 'kind = "controle"')), tmp_path)
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('website = "www.example.org"', 'website = ""'),
        ("ambition = 2027-12-31\n", ""),
        ('introduction = "Nog iets."', 'introduction = "Nog iets.\\n\\nEn nog iets."'),
        ('text = "Wij doen het laatste"', 'text = "Wij coördineren én ‘doen’ 50 % – €"'),
    ],
)
def test_what_is_allowed(old: str, new: str, tmp_path: Path) -> None:
    assert faults_of(spoiled((old, new)), tmp_path) == ()


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b'code = "x"\ntitle = "open\n', ":2, kolom"),
        (b'code = "x"\ncode = "y"\n', ":2, kolom"),
        (b'code = "x"\ntitle = "caf\xe9"\n', ":2 · Het bestand is geen UTF-8"),
        (b'code = """open\n\n', ":3 · Hier klopt"),
    ],
)
def test_a_file_that_is_no_toml_says_where(raw: bytes, where: str, tmp_path: Path) -> None:
    path = tmp_path / "stuk.toml"
    path.write_bytes(raw)
    with pytest.raises(DefinitionError) as caught:
        Definitions().norm_from(path)
    assert len(caught.value.faults) == 1
    assert f"{path}{where}" in caught.value.faults[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert Definitions().norm_from(path).code == "proef"


def test_windows_line_ends_keep_their_lines(tmp_path: Path) -> None:
    text = spoiled(('max_age = "P5Y"', 'max_age = "P5"'))
    path = tmp_path / "dos.toml"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    with pytest.raises(DefinitionError) as caught:
        Definitions().norm_from(path)
    assert caught.value.faults[0].startswith(f"{path}:{line_of(text, 'P5')} · ")


def test_a_line_number_survives_strings_over_lines(tmp_path: Path) -> None:
    long = 'introduction = """\nWaar het over gaat:\n[[theme]]\nnumber = 3\n"""'
    text = spoiled(
        ('introduction = "Waar het over gaat."', long), ('max_age = "P5Y"', 'max_age = "P5"')
    )
    faults = faults_of(text, tmp_path)
    assert faults[0].startswith(f":{line_of(text, 'P5')} · thema 2 · norm 2.9")


def column(text: str, key: str) -> str:
    """The block of one column of a norm."""
    start = text.index(f'[[field]]\nkey = "{key}"')
    return text[start : text.index("\n[[", start + 1) + 1]


def test_the_status_stands_between_the_sentence_and_what_is_said_of_it(tmp_path: Path) -> None:
    for first, second, said in (
        ("text", "status", 'kind = "status" staat vóór die met kind = "sentence"'),
        ("status", "check", 'kind = "check" staat vóór die met kind = "status"'),
    ):
        left, right = column(GOOD, first), column(GOOD, second)
        faults = faults_of(GOOD.replace(left + right, right + left, 1), tmp_path)
        assert sum(said in fault for fault in faults) == 1, faults


def test_a_ground_needs_a_column_to_stand_in(tmp_path: Path) -> None:
    faults = faults_of(GOOD.replace(column(GOOD, "explanation"), ""), tmp_path)
    assert ["kan de reden tonen" in fault for fault in faults] == [True], faults


def test_no_column_is_called_as_the_hand_over_calls_its_own() -> None:
    own = {one.name for one in attrs.fields(AnswerRow)} - {"values", "texts"}
    assert own == HAND_OVER_KEYS
