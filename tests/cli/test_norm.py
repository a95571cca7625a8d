"""``normtemplates norm``: what it prints and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normtemplates.cli.main import main
from normtemplates.resources import shipped
from tests.definitions.small import spoiled

NORM = shipped() / "norms" / "noord-holland" / "2025.toml"


def run(*words: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


def test_list_names_code_edition_and_size() -> None:
    result = run("norm", "list")
    assert result.exit_code == 0
    assert (
        "noord-holland  2025  Noord-Hollandse Norm Weerbare Overheid (6 thema’s, 47 normen)"
        in result.stdout.splitlines()
    )


def test_show_prints_every_sentence_in_order() -> None:
    result = run("norm", "show", "noord-holland")
    assert result.exit_code == 0
    numbers = [
        line.split()[0]
        for line in result.stdout.splitlines()
        if line[:1].isdigit() and "  " in line
    ]
    assert len(numbers) == 47
    assert numbers[:6] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"]
    assert numbers[-3:] == ["5.12", "6.1", "6.2"]
    assert "2. Integriteit & Veilige Werkomgeving" in result.stdout


def test_show_one_requirement_with_what_is_known_of_it() -> None:
    assert "Herhaling: elk jaar" in run("norm", "show", "noord-holland", "2.3").stdout
    card = run("norm", "show", "noord-holland", "5.9", "--edition", "2025").stdout
    assert "Thema 5. Beleid & Handhaving" in card
    assert "Bouwt op: 5.8" in card
    assert "Past niet bij provincie: De bevoegdheid" in card


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        ("3.2", ["3.2 ", "3.2.1 ", "3.2.1.a ", "3.2.2.b "]),
        ("3.2.1.a", ["3.2 ", "3.2.1 ", "3.2.1.a"]),
    ],
)
def test_show_a_sub_item_with_what_it_is_of_and_a_norm_with_its_sub_items(
    number: str, lines: list[str]
) -> None:
    shown = run("norm", "show", "brabant", number).stdout.splitlines()
    assert [one for one in lines if not any(line.startswith(one) for line in shown)] == []
    assert not any(line.startswith("3.3") for line in shown)


def test_show_the_ages_and_pointers_of_a_norm_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "norms" / "proef"
    folder.mkdir(parents=True)
    (folder / "2025.toml").write_text(
        spoiled(
            ('max_age = "P5Y"', 'max_age = "P5Y"\nguidance = "Handreiking, blz. 3"'),
            ('recurrence = "P1Y"', 'recurrence = "P2Y"'),
            ('ground = "Een', 'locked = true\nground = "Een'),
        ),
        encoding="utf-8",
    )
    own = ("--templates", tmp_path, "norm", "show", "proef")
    card = run(*own, "2.9").stdout
    assert "Niet ouder dan: 5 jaar" in card
    assert "Hoe anderen het deden: Handreiking, blz. 3" in card
    assert "kan dit niet doen. (vast)" in card
    assert "Herhaling: elke 2 jaar" in run(*own, "1.2").stdout


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("norm", "show", "noord-holand"), "Bedoelt u ‘noord-holland’?"),
        (("norm", "show", "noord-holland", "2.12"), "Norm ‘2.12’ bestaat niet"),
        (("norm", "show", "noord-holland", "--edition", "1999"), "Wel: 2025."),
        (("--templates", "/weg", "norm", "list"), "De map /weg bestaat niet."),
        (("norm", "list", "--templates", "/weg"), "De map /weg bestaat niet."),
    ],
)
def test_asking_for_what_is_not_there_ends_with_2(words: tuple[str, ...], piece: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert piece in result.stderr
    assert result.stdout == ""


def test_check_of_a_good_norm_ends_with_0() -> None:
    result = run("norm", "check", NORM)
    assert result.exit_code == 0
    assert result.stdout == f"{NORM} is in orde (6 thema’s, 47 normen).\n"


def test_check_of_a_wrong_norm_prints_all_faults_and_ends_with_1(tmp_path: Path) -> None:
    path = tmp_path / "2025.toml"
    text = NORM.read_text(encoding="utf-8")
    text = text.replace("recurrence", "recurence", 1).replace('number = "6.2"', 'number = "6.1"')
    path.write_text(text, encoding="utf-8")
    result = run("norm", "check", path)
    assert result.exit_code == 1
    assert result.stderr == ""
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{path}:")
    assert "thema 2 · norm 2.3 · sleutel ‘recurence’" in first
    assert "Nummer 6.1 staat er al" in second


def test_check_of_no_toml_ends_with_1(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(b"PK\x03\x04\xff")
    result = run("norm", "check", path)
    assert result.exit_code == 1
    assert "geen UTF-8" in result.stdout


@pytest.mark.parametrize(
    ("name", "raw", "said", "not_said"),
    [
        ("2025.toml", b"PK\x03\x04\x00\xff", "Dit is geen tekst", "UTF-8"),
        ("2025.toml", 'title = "café"'.encode("cp1252"), "In Kladblok", "Excel"),
        ("2025.toml", 'title = "café"'.encode("utf-16"), "in Kladblok", "Excel"),
    ],
)
def test_check_of_what_is_no_utf_8_says_how_to_save_such_a_file(
    name: str, raw: bytes, said: str, not_said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    result = run("norm", "check", tmp_path / name)
    assert result.exit_code == 1
    assert said.lower() in result.stdout.lower()
    assert not_said not in result.stdout


def test_check_sees_that_a_code_or_edition_is_not_that_of_its_place(tmp_path: Path) -> None:
    """As ``build`` and ``norm list`` would say; a file that lies elsewhere has any name."""
    folder = tmp_path / "norms" / "proef"
    folder.mkdir(parents=True)
    path = folder / "2022.toml"
    path.write_text(spoiled(('code = "proef"', 'code = "proeve"')), encoding="utf-8")
    result = run("norm", "check", path)
    first, second = result.stdout.splitlines()
    assert result.exit_code == 1
    assert first.startswith(f"{path}:1 ")
    assert "‘proeve’, en de map heet ‘proef’" in first
    assert second.startswith(f"{path}:2 ")
    assert "‘2025’, en het bestand heet ‘2022.toml’" in second
    listed = run("norm", "list", "--templates", tmp_path)
    assert listed.exit_code == 2
    assert "en het bestand heet ‘2022.toml’" in listed.stderr
    elsewhere = tmp_path / "2022.toml"
    path.rename(elsewhere)
    assert run("norm", "check", elsewhere).exit_code == 0


@pytest.mark.parametrize("name", ["weg.toml", ""])
def test_check_of_a_path_that_is_no_file_ends_with_2(name: str, tmp_path: Path) -> None:
    result = run("norm", "check", tmp_path / name)
    assert result.exit_code == 2
    assert "Invalid value for 'FILE.toml'" in result.stderr


def test_the_folder_of_ones_own_from_three_sides(tmp_path: Path, templates: Path) -> None:
    folder = tmp_path / "norms" / "proef"
    folder.mkdir(parents=True)
    (folder / "2025.toml").write_text(spoiled(), encoding="utf-8")
    env = {"NORMTEMPLATES_DIR": str(tmp_path)}
    assert "proef" in run("norm", "list", env=env).stdout
    assert "proef" in run("--templates", tmp_path, "norm", "list").stdout
    assert "proef" in run("norm", "--templates", tmp_path, "list").stdout
    assert "proef" in run("norm", "list", "--templates", tmp_path).stdout
    # What is typed wins over the environment, and the last over the first.
    assert "proef" not in run("--templates", templates, "norm", "list", env=env).stdout
    assert "proef" in run("--templates", templates, "norm", "list", "--templates", tmp_path).stdout
    assert "proef" not in run("norm", "list", env={"NORMTEMPLATES_DIR": ""}).stdout
