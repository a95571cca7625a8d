"""What a new edition did with the old one's numbers: read, checked and told in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from normtemplates.cli.main import main
from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError
from normtemplates.model.editions import along
from tests.definitions.editions import two_editions


def test_where_each_number_went(tmp_path: Path) -> None:
    two_editions(tmp_path)
    known = Definitions(tmp_path)
    editions = known.lineage(known.norm("proef"))
    assert [norm.edition for norm in editions] == ["2025", "2026"]
    assert along(editions) == {
        "1.1": ("1.2",),
        "1.2": ("1.3", "1.4"),
        "1.3": ("1.5",),
        "1.4": ("1.5",),
        "1.5": (),
        "1.6": ("1.6",),
    }


def test_one_edition_leads_to_itself(tmp_path: Path) -> None:
    two_editions(tmp_path)
    old = Definitions(tmp_path).norm("proef", "2025")
    assert along([old]) == {number: (number,) for number in old.by_number}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('old = ["1.1"]', 'old = ["1.9"]', "Norm ‘1.9’ bestaat niet in de vorige editie."),
        ('new = ["1.2"]', 'new = ["7.2"]', "Norm ‘7.2’ bestaat niet in deze editie."),
        ('new = ["1.3", "1.4"]', 'new = ["1.3", "1.3"]', "Nummer 1.3 staat er twee keer."),
        ('old = ["1.3", "1.4"]\nnew = ["1.5"]', 'old = ["1.3", "1.4"]\nnew = ["1.5", "1.6"]',
         "Hier gaan meer normen naar meer normen."),
        ('previous_edition = "2025"', 'previous_edition = "2020"', "editie ‘2020’ niet"),
        ('previous_edition = "2025"', 'previous_edition = "2026"', "niet zichzelf opvolgen"),
        ('previous_edition = "2025"\n', "", "previous_edition ontbreekt"),
        ('number = "1.6"', 'number = "1.7"', "Waar bleven 1.6 van editie 2025?"),
    ],
)  # fmt: skip
def test_a_fault_in_the_changes(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = two_editions(tmp_path, (old, new))
    with pytest.raises(DefinitionError) as caught:
        Definitions(tmp_path).norm_from(path)
    (fault,) = caught.value.faults
    assert said in fault


def test_all_faults_in_the_changes_show_at_once(tmp_path: Path) -> None:
    path = two_editions(
        tmp_path, ('old = ["1.1"]', 'old = ["9.1"]'), ('new = ["1.3", "1.4"]', 'new = ["8.8"]')
    )
    with pytest.raises(DefinitionError) as caught:
        Definitions(tmp_path).norm_from(path)
    assert len(caught.value.faults) == 2
    assert all("[[change]]" in fault for fault in caught.value.faults)


def test_editions_in_a_circle(tmp_path: Path) -> None:
    path = two_editions(tmp_path)
    old = path.with_name("2025.toml")
    text = old.read_text(encoding="utf-8")
    old.write_text(text.replace("[[scale]]", 'previous_edition = "2026"\n\n[[scale]]', 1), "utf-8")
    with pytest.raises(DefinitionError):
        Definitions(tmp_path).norm("proef")


def test_the_difference_in_words(tmp_path: Path) -> None:
    two_editions(tmp_path)
    result = CliRunner().invoke(
        main, ["norm", "diff", "proef/2025", "proef/2026", "--templates", str(tmp_path)]
    )
    assert result.exit_code == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Norm 1.1 heet nu 1.2.",
        "- Norm 1.2 is gesplitst in 1.3 en 1.4. Het waren twee dingen.",
        "- De normen 1.3 en 1.4 zijn samengevoegd tot 1.5.",
        "- Norm 1.5 is vervallen: ‘Wij sturen een fax’. Niemand heeft nog een fax.",
        "- Norm 1.6: eerst ‘Wij blijven dit doen’, nu ‘Wij blijven dit altijd doen’.",
        "- Norm 1.1 is nieuw: ‘Wij beginnen ergens’.",
    ]


def test_an_edition_that_is_not_there(tmp_path: Path) -> None:
    two_editions(tmp_path)
    arguments = ["norm", "diff", "proef/2025", "proef/1999", "--templates", str(tmp_path)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Wel: 2025, 2026." in result.stderr
