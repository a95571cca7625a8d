"""Rounds: which one is taken, who belongs to it, and every fault of its file."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError, RequestError
from normtemplates.layout import layout_of
from normtemplates.model.norm import DateBound
from normtemplates.resources import search_path, shipped

GOOD = """\
name = "een"
title = "1-meting"
norm = "noord-holland"
edition = "2025"
register = "noord-holland"
previous = "nulmeting-2025"
reference_date = 2026-04-01
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "rounds").mkdir()
    return tmp_path


def write(own: Path, text: str = GOOD, name: str = "een") -> Path:
    path = own / "rounds" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_fictional_round_of_the_tests_is_the_default_there(templates: Path) -> None:
    definitions = Definitions(templates)
    round_ = definitions.round()
    assert round_.name == "voorbeeld-2025"
    assert [o.full_name for o in round_.organisations] == ["gemeente Voorbeeldstad"]
    assert round_.organisations[0].region.email == "info@riec-voorbeeld.example"
    assert round_.return_date == date(2025, 4, 1)
    assert definitions.round_for_norm("noord-holland") is round_
    names = [r.name for r in definitions.rounds()]
    assert names == [
        "brabant-2023", "nulmeting-2025", "samenvoeging-2026", "samenvoeging-2027",
        "vervolgmeting-2026", "voorbeeld-2025", "voorbeeld-2026",
        "voorbeeld-brabant-2023",
    ]  # fmt: skip
    assert definitions.round("nulmeting-2025").norm is round_.norm


def test_a_second_round_without_return_date(own: Path) -> None:
    write(own)
    definitions = Definitions(own)
    round_ = definitions.round("een")
    assert not round_.first
    assert round_.return_date is None
    assert round_.date_of(DateBound.RETURN) == date(2026, 4, 1)
    assert definitions.round().name == "nulmeting-2025"  # the default is another


def test_without_a_default_the_latest_round_of_a_norm(own: Path) -> None:
    quiet = (shipped() / "rounds" / "nulmeting-2025.toml").read_text(encoding="utf-8")
    write(own, quiet.replace("default = true", ""), "nulmeting-2025")
    write(own, GOOD.replace("2026-04-01", "2026-04-02"))  # a day after the shipped example
    definitions = Definitions(own)
    assert definitions.round_for_norm("noord-holland").name == "een"
    with pytest.raises(RequestError, match="Bekend zijn: brabant-2023, een, nulmeting-2025"):
        definitions.round()


def test_two_defaults_in_one_folder(own: Path) -> None:
    for name in ("een", "twee"):
        write(own, GOOD.replace('"een"', f'"{name}"') + "default = true\n", name)
    with pytest.raises(DefinitionError, match="een, twee zeggen alle"):
        Definitions(own).round()


def test_only_who_existed_on_the_reference_date(own: Path) -> None:
    shutil.copytree(shipped() / "registers", own / "registers")
    register = own / "registers" / "noord-holland.csv"
    text = register.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("GM1696"))
    register.write_text(
        text.replace(line, line.replace("2002-01-01,,", "2002-01-01,2026-12-31,")),
        encoding="utf-8",
    )
    write(own, GOOD.replace("2026-04-01", "2026-12-31"))
    write(own, GOOD.replace("2026-04-01", "2027-01-01").replace('"een"', '"twee"'), "twee")
    definitions = Definitions(own)
    assert definitions.round("een").organisation("GM1696") is not None
    assert definitions.round("twee").organisation("GM1696") is None
    assert len(definitions.round("twee").organisations) == 44


@pytest.mark.parametrize(
    ("old", "new", "key", "piece"),
    [
        ('"een"', '"Een"', "name", "kan geen naam zijn"),
        ('"een"', '"twee"', "name", "het bestand ‘een.toml’"),
        ('title = "1-meting"\n', "", "title", "ontbreekt"),
        ('title = "1-meting"', 'title = "1-meting "', "title", "eindigt met een spatie"),
        ("reference_date = 2026-04-01", 'reference_date = "2026"', "reference_date", "een datum"),
        ("2026-04-01", "2026-04-01\nreturn_date = 2026-03-31", "return_date", "vóór de peildatum"),
        ("2026-04-01", "2026-04-01\nreturn_day = 2026-04-02", "return_day", "‘return_date’?"),
        ('"noord-holland"\nedition', '"noord-holand"\nedition', "norm", "‘noord-holland’?"),
        ('edition = "2025"', 'edition = "2031"', "edition", "De editie ‘2031’ bestaat niet"),
        ('register = "noord-holland"', 'register = "xx"', "register", "Bekend zijn: brabant, noo"),
        ('"nulmeting-2025"', '"nulmeting-2024"', "previous", "Bedoelt u ‘nulmeting-2025’?"),
        ('"nulmeting-2025"', '"een"', "previous", "haar eigen vorige"),
        ("2026-04-01", "2025-04-01", "previous", "ligt niet vóór die"),
    ],
)
def test_each_fault_of_a_round(old: str, new: str, key: str, piece: str, own: Path) -> None:
    assert old in GOOD
    path = write(own, GOOD.replace(old, new, 1))
    with pytest.raises(DefinitionError) as caught:
        Definitions(own).round("een")
    faults = caught.value.faults
    assert len(faults) == 1, faults
    assert faults[0].startswith(str(path))
    assert f"sleutel ‘{key}’" in faults[0]
    assert piece in faults[0]


def test_a_last_measurement_may_come_after_the_ambition(own: Path) -> None:
    """Then no action can be in time for it any more, so nobody is asked for that."""
    text = GOOD.replace("2026-04-01", "2028-04-01", 1)
    write(own, text)
    late = Definitions(own).round("een")
    in_time = Definitions().round("nulmeting-2025")
    for round_, expected in ((late, False), (in_time, True)):
        layout = layout_of(round_.norm, round_, round_.organisations[0])
        asked = {type(c).__name__ for slot in layout.rows for c in slot.conditions}
        assert ("AimBefore" in asked) is expected


def test_a_round_in_which_nobody_existed(own: Path, templates: Path) -> None:
    shutil.copytree(templates / "registers", own / "registers")
    register = own / "registers" / "voorbeeld.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("Noord-Holland,,,", "Noord-Holland,2030-01-01,,"), "utf-8")
    text = GOOD.replace('register = "noord-holland"', 'register = "voorbeeld"')
    write(own, text)
    with pytest.raises(DefinitionError, match="geen enkele organisatie"):
        Definitions(own).round("een")


def test_a_previous_round_of_another_norm(own: Path) -> None:
    folder = own / "norms" / "ander"
    folder.mkdir(parents=True)
    norm = (shipped() / "norms" / "noord-holland" / "2025.toml").read_text(encoding="utf-8")
    norm = norm.replace('code = "noord-holland"', 'code = "ander"', 1)
    (folder / "2025.toml").write_text(norm, encoding="utf-8")
    write(own, GOOD.replace('norm = "noord-holland"', 'norm = "ander"'))
    with pytest.raises(DefinitionError, match="hoort bij een andere norm"):
        Definitions(own).round("een")


def test_faults_of_round_norm_and_register_show_together(own: Path) -> None:
    (own / "norms" / "noord-holland").mkdir(parents=True)
    (own / "norms" / "noord-holland" / "2025.toml").write_text('code = "x"', encoding="utf-8")
    (own / "registers").mkdir()
    (own / "registers" / "noord-holland.csv").write_text("kop", encoding="utf-8")
    write(own, GOOD.replace("nulmeting-2025", "weg"))
    with pytest.raises(DefinitionError) as caught:
        Definitions(own).round("een")
    text = str(caught.value)
    assert "sleutel ‘previous’" in text
    assert "sleutel ‘title’ · Deze sleutel ontbreekt" in text
    assert "De kop moet zijn" in text


def test_a_previous_round_that_is_wrong_itself(own: Path) -> None:
    write(own, 'name = "nulmeting-2025"', "nulmeting-2025")
    write(own)
    with pytest.raises(DefinitionError, match=r"nulmeting-2025\.toml · sleutel ‘norm’"):
        Definitions(own).round("een")


def test_the_faults_of_all_rounds_show_together_and_once(own: Path) -> None:
    write(own, GOOD.replace("title", "titel"))
    write(own, GOOD.replace('"een"', '"twee"').replace("2025", "1925"), "twee")
    with pytest.raises(DefinitionError) as caught:
        Definitions(own).rounds()
    faults = caught.value.faults
    assert len(faults) == len(set(faults))
    assert any("een.toml:2 · sleutel ‘titel’" in fault for fault in faults)
    assert any("twee.toml:4 · sleutel ‘edition’" in fault for fault in faults)


def test_a_file_that_cannot_be_opened(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    path = write(own)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DefinitionError) as caught:
        Definitions(own).round("een")
    assert caught.value.faults[0].startswith(f"{path} · Het bestand kon niet worden gelezen.")


def test_what_is_asked_for_and_not_there(own: Path) -> None:
    definitions = Definitions(own)
    with pytest.raises(RequestError, match="Bedoelt u ‘nulmeting-2025’"):
        definitions.round("nulmeting-2052")
    with pytest.raises(RequestError, match="Bekend zijn: brabant, noord-holland"):
        definitions.norm("x")
    with pytest.raises(RequestError, match="Bedoelt u ‘noord-holland’"):
        definitions.round_for_norm("noord-hollands")
    with pytest.raises(RequestError, match="Van ‘noord-holland’ bestaat editie ‘1999’ niet"):
        definitions.norm("noord-holland", "1999")
    with pytest.raises(RequestError):
        definitions.norm_from(own / "weg.toml")


def test_a_norm_without_a_round(own: Path) -> None:
    (own / "norms" / "ander").mkdir(parents=True)
    (own / "norms" / "ander" / "2025.toml").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="Voor de norm ‘ander’ is er geen ronde"):
        Definitions(own).round_for_norm("ander")


def test_the_newest_edition_and_a_file_with_another_name(own: Path) -> None:
    folder = own / "norms" / "noord-holland"
    folder.mkdir(parents=True)
    norm = (shipped() / "norms" / "noord-holland" / "2025.toml").read_text(encoding="utf-8")
    for edition in ("2025-2", "2025-10"):
        text = norm.replace('edition = "2025"', f'edition = "{edition}"', 1)
        (folder / f"{edition}.toml").write_text(text, encoding="utf-8")
    definitions = Definitions(search_path(own))
    assert definitions.editions["noord-holland"] == ("2025", "2025-2", "2025-10")
    assert definitions.norm("noord-holland").edition == "2025-10"
    editions = [n.edition for n in definitions.norms() if n.code == "noord-holland"]
    assert editions == ["2025", "2025-2", "2025-10"]
    assert definitions.norm("noord-holland", "2025") in definitions.norms()

    (folder / "2026.toml").write_text(norm, encoding="utf-8")
    with pytest.raises(DefinitionError, match="Maak die gelijk"):
        Definitions(own).norm("noord-holland", "2026")
