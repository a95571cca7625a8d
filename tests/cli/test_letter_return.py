"""``letter make --kind … --return``: letters drawn from overviews that came back."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from normtemplates.cli.main import main
from normtemplates.layout.places import OVERVIEW
from tests.letters.reading import Letter, W, text_of, with_parts

Run = Callable[..., Result]

PROGRESS = "voortgangsbrief-GM0000-voorbeeldstad.docx"
DETAIL = "voortgangsbrief-vertrouwelijk-GM0000-voorbeeldstad.docx"
FEEDBACK = "terugkoppelbrief-GM0000-voorbeeldstad.docx"


@pytest.fixture
def run(templates: Path, tmp_path: Path) -> Run:
    def make(*words: str | Path) -> Result:
        first = ["letter", "make", "--templates", str(templates), "--out", str(tmp_path / "uit")]
        return CliRunner().invoke(main, [*first, *map(str, words)])

    return make


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def undated(path: Path, old: str = "", new: str = "") -> bytes:
    """Give the workbook as a program leaves it that writes no date, with other words in it."""
    with zipfile.ZipFile(path) as package:
        core = package.read("docProps/core.xml").decode()
        texts = package.read("xl/sharedStrings.xml").decode()
    bare = re.sub("<dcterms:(modified|created).*?</dcterms:\\1>", "", core)
    assert bare != core
    assert old in texts
    changed = {"docProps/core.xml": bare, "xl/sharedStrings.xml": texts.replace(old, new)}
    return with_parts(path.read_bytes(), {name: text.encode() for name, text in changed.items()})


def test_of_two_versions_the_letter_is_of_the_one_that_counts_in_a_check(
    run: Run, out: Path, returned: Path, templates: Path, tmp_path: Path
) -> None:
    retour = tmp_path / "retour"
    retour.mkdir()
    for name in ("goed.xlsx", "met-fouten.xlsx"):
        (retour / name).write_bytes(undated(returned / name))
    result = run("--kind", "voortgangsbrief", "--return", retour)
    assert result.exit_code == 0
    # Neither says when it was saved, and one alone has no fout.
    assert f"De brief komt uit {retour / 'goed.xlsx'}: dat telt." in result.stderr
    assert (out / PROGRESS).exists()
    answers = tmp_path / "antwoorden.jsonl"
    words = ["check", "--templates", str(templates), "--answers", str(answers), str(retour)]
    CliRunner().invoke(main, words)
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()[1:]]
    counted = hashlib.sha256((retour / "goed.xlsx").read_bytes()).hexdigest()
    assert {row["source_sha256"] for row in rows} == {counted}


def test_of_two_versions_nobody_can_tell_apart_there_is_no_letter(
    run: Run, out: Path, returned: Path, tmp_path: Path
) -> None:
    paths = (tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    old = "Teamleider Veiligheid"
    for path, new in zip(paths, (old, "Teamleider Zorg"), strict=True):
        path.write_bytes(undated(returned / "met-fouten.xlsx", old, new))
    words = [word for path in paths for word in ("--return", path)]
    result = run("--kind", "terugkoppelbrief", *words)
    assert result.exit_code == 2
    assert "a.xlsx en " in result.stderr
    assert "Geef er één." in result.stderr
    assert not out.exists()


def test_a_progress_letter(run: Run, out: Path, returned: Path) -> None:
    path = returned / "goed.xlsx"
    result = run("--kind", "voortgangsbrief", "--return", path)
    assert (result.exit_code, result.stdout) == (0, f"De brief staat in {out / PROGRESS}.\n")
    text = Letter((out / PROGRESS).read_bytes()).text()
    # Counted in the workbook itself, by another library.
    sheet = openpyxl.load_workbook(path)[OVERVIEW]
    header = next(r for r in sheet.iter_rows() if any(c.value == "Status" for c in r))
    place = next(n for n, c in enumerate(header) if c.value == "Status")
    statuses = [row[place] for row in sheet.iter_rows(values_only=True)]
    for label in ("Uitgevoerd", "In ontwikkeling", "Ontbreekt", "Niet van toepassing"):
        assert re.search(rf"\b{statuses.count(label)}( normen?)? op ‘{label}’", text)


def all_open_in_communication(path: Path, to: Path) -> Path:
    """Give both norms of theme 6 the answers of the one that is “Ontbreekt”."""
    book = openpyxl.load_workbook(path)
    sheet = book[OVERVIEW]
    rows = {str(row[0].value): row for row in sheet.iter_rows() if row[0].value in ("6.1", "6.2")}
    (model,) = (row for row in rows.values() if row[2].value == "Ontbreekt")
    (other,) = (row for row in rows.values() if row[2].value == "Uitgevoerd")
    for cell, source in list(zip(other, model, strict=True))[2:]:
        if cell.column != 4:  # Controle is a formula
            cell.value = source.value
    book.save(to)
    return to


def test_it_warns_when_the_counts_tell_of_each_norm(
    run: Run, out: Path, returned: Path, tmp_path: Path
) -> None:
    """“Communicatie: Ontbreekt 2 van 2” says how each of them stands, and the letter is public."""
    words = ("--kind", "voortgangsbrief", "--return")
    plain = run(*words, returned / "goed.xlsx")
    assert (plain.exit_code, plain.stderr) == (0, "")
    path = all_open_in_communication(returned / "goed.xlsx", tmp_path / "open.xlsx")
    result = run(*words, path, "--overwrite")
    assert result.exit_code == 0
    assert "GM0000 (gemeente Voorbeeldstad): in het thema ‘Communicatie’" in result.stderr
    assert "Bespreek dat vóór verzending." in result.stderr
    assert "Communicatie" not in run(*words, path, "--detail").stderr


def test_detail_has_a_name_of_its_own(run: Run, out: Path, returned: Path) -> None:
    words = ("--kind", "voortgangsbrief", "--return", returned / "goed.xlsx")
    assert run(*words).exit_code == 0
    assert run(*words, "--detail").exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == sorted([PROGRESS, DETAIL])
    assert "Vertrouwelijk" in Letter((out / DETAIL).read_bytes()).text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "voortgangsbrief"], "Geef dat met --return."),
        (["--kind", "terugkoppelbrief"], "Geef dat met --return."),
        (["--kind", "voortgangsbrief", "--return", "fout"], "is te corrigeren (19 fouten"),
        (["--return", "goed"], "Laat --return weg"),
        (["--kind", "terugkoppelbrief", "--detail", "--return", "goed"], "Laat --detail weg"),
        (["--kind", "voortgangsbrief", "--return", "weg.xlsx"], "weg.xlsx bestaat niet"),
    ],
)
def test_a_fault_writes_nothing(
    run: Run, out: Path, returned: Path, words: list[str], said: str
) -> None:
    files = {"goed": returned / "goed.xlsx", "fout": returned / "met-fouten.xlsx"}
    result = run(*(files.get(word, word) for word in words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not out.exists()


def test_the_overview_of_another_organisation(
    run: Run, out: Path, returned: Path, templates: Path, tmp_path: Path
) -> None:
    own = tmp_path / "gegevens"
    shutil.copytree(templates, own)
    register = own / "registers" / "voorbeeld.csv"
    line = "GM0001,gemeente,Anderstad,Anderstad,riec-voorbeeld,Voorbeeldregio,Noord-Holland,,,,\n"
    register.write_text(register.read_text(encoding="utf-8") + line, encoding="utf-8")
    words = ("--templates", own, "--kind", "voortgangsbrief", "--organisation", "GM0001")
    result = run(*words, "--return", returned / "goed.xlsx")
    assert result.exit_code == 2
    assert "is van gemeente Voorbeeldstad, niet van gemeente Anderstad" in result.stderr
    assert not out.exists()


def test_the_letter_after_a_check(run: Run, out: Path, returned: Path) -> None:
    """It says what the sheet Herstellen of the workbook says that it names, and no more."""
    path = returned / "met-fouten.xlsx"
    assert run("--kind", "terugkoppelbrief", "--return", path).exit_code == 0
    letter = Letter((out / FEEDBACK).read_bytes())
    text = letter.text()
    assert "RIEC Voorbeeld, info@riec-voorbeeld.example" in text
    assert "Vertrouwelijk" in text
    assert letter.core()["creator"] == "provincie Noord-Holland"
    # Norm by norm, in the order of the norm, and in the words of the check.
    tables = list(letter.tree().iter(f"{W}tbl"))
    heads = [text_of(next(row.iter(f"{W}tc"))) for row in tables[0].iter(f"{W}tr")]
    assert heads[:2] == ["Waar", "Blad Start"]
    numbers = [[int(n) for n in h.removeprefix("Norm ").split(".")] for h in heads[2:]]
    assert numbers == sorted(numbers)
    checked = CliRunner().invoke(
        main,
        ["check", str(path), "--corrections", str(out), "--templates",
         str(Path(__file__).parents[1] / "templates")],
    )  # fmt: skip
    assert checked.exit_code == 1
    (correction,) = out.glob("correctie-*.xlsx")
    assert correction.name in text
    rows = [
        tuple(str(cell or "") for cell in row)
        for row in openpyxl.load_workbook(correction)["Herstellen"].iter_rows(values_only=True)
    ]
    bands = [
        n for n, row in enumerate(rows) if row[1].startswith(("Nog te doen", "In dit", "Goed"))
    ]
    to_do, mended, known = (
        rows[a + 1 : b] for a, b in zip(bands, [*bands[1:], len(rows)], strict=True)
    )
    assert rows[bands[0]][1] == "Nog te doen: 9 fouten en 1 waarschuwing"
    assert "Er moeten nog negen punten worden hersteld." in text
    for table, kind, count in ((tables[0], "Fout", 9), (tables[1], "Waarschuwing", 1)):
        said = [
            p for c in table.iter(f"{W}tc") for p in map(text_of, c.iter(f"{W}p")) if " · " in p
        ]
        asked = [row for row in to_do if row[1] == kind]
        assert len(said) == len(asked) == count
        for row in asked:
            # The letter leaves out what was done at the cell as well.
            cell = f"ak {row[2].rpartition('!')[2]}"
            (one,) = [s for s in said if s.partition(" · ")[0].endswith(cell)]
            assert row[5].endswith(one.partition(" · ")[2])
    (gone,) = [p for p in text.split("\n") if p.startswith("Wat er verder mis was")]
    named = {row[3] for row in mended if row[3]}
    assert named == {"1.5", "2.4", "2.7", "2.8", "2.9", "4.2"}
    assert set(re.findall(r"\d\.\d+", gone)) == named
    assert "op de bladen Start en Overzicht" in gone
    # What the sheet calls mended is nowhere asked for again.
    for word in ("niet meer beveiligd", "Zet de zin terug", "nieuw overzicht", "dat u stuurde"):
        assert word not in text
    assert known


def test_an_overview_that_is_akkoord(run: Run, out: Path, returned: Path) -> None:
    assert run("--kind", "terugkoppelbrief", "--return", returned / "goed.xlsx").exit_code == 0
    letter = Letter((out / FEEDBACK).read_bytes())
    assert "het is akkoord. U hoeft niets te herstellen." in letter.text()
    assert not list(letter.tree().iter(f"{W}tbl"))
    assert "correctie-" not in letter.text()


def test_a_folder_with_a_file_of_nobody(
    run: Run, out: Path, returned: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "retour"
    folder.mkdir()
    shutil.copy(returned / "goed.xlsx", folder)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 scan")
    result = run("--kind", "terugkoppelbrief", "--return", folder)
    assert result.exit_code == 2
    assert "scan.pdf: van wie dit bestand is, is niet te zien." in result.stderr
    assert [p.name for p in out.iterdir()] == [FEEDBACK]


def test_data_on_a_person_is_not_repeated(
    run: Run, out: Path, returned: Path, tmp_path: Path
) -> None:
    """Not even where another rule quotes the same cell."""
    book = openpyxl.load_workbook(returned / "goed.xlsx")
    sheet = book[OVERVIEW]
    header = next(r for r in sheet.iter_rows() if any(c.value == "Status" for c in r))
    status = next(c.column for c in header if c.value == "Status")
    explanation = next(c.column for c in header if c.value == "Toelichting")
    number = next(c.column for c in header if c.value == "Nr")
    row = next(r for r in range(1, sheet.max_row) if str(sheet.cell(r, number).value) == "1.1")
    sheet.cell(row, status).value = "Bel 06-12345678 of jan@gmail.com"
    sheet.cell(row, explanation).value = "Melding van 111222333 loopt nog bij ons team"
    path = tmp_path / "vol.xlsx"
    book.save(path)
    assert run("--kind", "terugkoppelbrief", "--return", path).exit_code == 0
    letter = Letter((out / FEEDBACK).read_bytes())
    everything = " ".join(p.decode() for n, p in letter.parts.items() if n.endswith(".xml"))
    for secret in ("12345678", "jan@", "gmail", "111222333"):
        assert secret not in everything
    assert "lijkt een burgerservicenummer te staan" in letter.text()
    assert "Norm 1.1" in letter.text()


def test_the_letter_that_goes_along_says_what_the_workbook_says(
    run: Run, out: Path, templates: Path
) -> None:
    assert run("--kind", "aanbiedingsbrief").exit_code == 0
    letter = Letter((out / "aanbiedingsbrief-GM0000-voorbeeldstad.docx").read_bytes())
    built = CliRunner().invoke(
        main, ["build", "--templates", str(templates), "--what", "workbooks", "--out", str(out)]
    )
    assert built.exit_code == 0
    (path,) = out.rglob("*.xlsx")
    cells = {str(c.value) for r in openpyxl.load_workbook(path)["Start"].iter_rows() for c in r}
    steps = letter.of_style("Stappen")
    assert len(steps) == 5
    for step in steps:
        assert any(step.startswith(cell) or cell in step for cell in cells if len(cell) > 30), step
    text = letter.text()
    assert path.name in text
    assert "uiterlijk 1 april 2025 terugsturen" in text
    assert "info@riec-voorbeeld.example" in text


def test_a_round_without_an_address(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main,
        ["letter", "make", "--round", "brabant-2023", "--kind", "aanbiedingsbrief",
         "--organisation", "GM0796", "--out", str(tmp_path)],
    )  # fmt: skip
    assert result.exit_code == 0
    letter = Letter((tmp_path / "aanbiedingsbrief-GM0796-s-hertogenbosch.docx").read_bytes())
    text = letter.text()
    assert "voor de gemeente ’s-Hertogenbosch" in text
    assert "de afzender van deze brief" in text
    for word in ("@", "Postbus"):
        assert word not in text
    # What no source gives is a place to fill in, wherever the letter speaks of it.
    tags = [control.tag for control in letter.controls()]
    assert (tags.count("reply_date"), tags.count("contact"), tags.count("issuer_team")) == (2, 2, 2)
    assert "team" not in tags
    # 57 norms, of which some have sub-items: 73 lines in all.
    assert "57 normen in vijf thema’s" in text
    assert "samen 16" in text
    assert 57 + 16 == 73


def test_the_letters_of_the_issuer_say_so(run: Run, out: Path, returned: Path) -> None:
    words = ("--set", "issuer_team=Team Weerbaar", "--return", returned / "met-fouten.xlsx")
    assert run("--kind", "aanbiedingsbrief", *words[:2]).exit_code == 0
    assert run("--kind", "terugkoppelbrief", *words).exit_code == 0
    for path in out.glob("*.docx"):
        letter = Letter(path.read_bytes())
        (footer,) = letter.paragraphs("word/footer1.xml")
        assert footer.text.startswith("Provincie Noord-Holland · ")
        assert "Voorbeeldstad" not in footer.text
        text = letter.text()
        assert "Geacht college," in text
        assert text.count("Team Weerbaar") == 2
        assert "Postbus" not in text
        # An address has no article, so none is wanted before it.
        assert not re.search(r"\b(naar|aan|met|voor) (RIEC|provincie)\b", text)
    result = run("--kind", "aanbiedingsbrief", "--set", "team=Team van de gemeente")
    assert result.exit_code == 2
    assert "een aanbiedingsbrief heeft dit gegeven niet" in result.stderr
    assert "issuer_team (Team van de uitvraag)" in result.stderr


def test_that_the_overviews_are_not_given_is_said_once(run: Run, out: Path) -> None:
    words = ("--round", "brabant-2023", "--kind", "voortgangsbrief")
    result = run(*words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "Een voortgangsbrief komt uit een ingevuld overzicht. Geef dat met --return." in line
    one = run(*words, "--organisation", "GM0758")
    assert "overzicht van gemeente Breda. Geef dat met --return." in one.stderr
    assert not out.exists()
