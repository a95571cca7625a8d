"""Every kind of organisation is addressed in its own words, also one that nobody foresaw."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from tests.letters.reading import Letter
from tests.third.book import CITY, PROVINCE, SHARED, WATER, Cli, own_folder

ROOT = Path(__file__).parents[2]
NAMES = {"gemeente": CITY, "provincie": PROVINCE, "waterschap": WATER}
NAMES["gemeenschappelijke-regeling"] = SHARED
#: Words that belong to one kind alone, as people there say them; in no norm of ours but 2.2.
OWN_WORDS = {
    "gemeente": (
        "gemeente", "gemeentelijk", "gemeenten", "gemeenteraad", "raad", "raads", "raadslid",
        "raadsleden", "college", "collegebesluit", "burgemeester", "wethouders", "griffier",
        "gemeentesecretaris", "raadsinformatiebrief", "municipality",
    ),
    "provincie": (
        "provincie", "provinciaal", "provinciale", "staten", "statenlid", "statenleden",
        "gedeputeerde", "commissaris", "statengriffier", "provinciesecretaris", "statenbrief",
    ),
    "waterschap": ("waterschap", "waterschappen", "dijkgraaf"),
    "veer": ("veerdienst", "kapitein"),
}  # fmt: skip
FERRY = """
[[kind]]
code = "veerdienst"
letter = "informatiebrief"
[kind.terms]
organisation = "veerdienst"
the_organisation = "de veerdienst"
council = "vergadering van reizigers"
the_council = "de vergadering van reizigers"
council_short = "vergadering"
the_council_short = "de vergadering"
member = "reiziger"
members = "reizigers"
salutation = "Geachte reizigers,"
board_salutation = "Geachte bemanning,"
board = "de bemanning"
board_full = "de bemanning"
board_signature = "de bemanning"
leader = "kapitein"
secretary = "stuurman"
clerk = "omroeper"
signatory = "kapitein"
duty = "artikel 3 van de Voorbeeldwet"
"""


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def texts_of_book(path: Path) -> Iterable[str]:
    """Every text in a workbook: cells, prompts, headers, footers and properties."""
    book = openpyxl.load_workbook(path)
    yield from (str(v) for v in vars(book.properties).values() if v)
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value is not None)
        for rule in sheet.data_validations.dataValidation:
            yield from map(str, (rule.prompt, rule.promptTitle, rule.error, rule.errorTitle))
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield from re.findall("<oddFooter>(.*?)</oddFooter>", package.read(name).decode())


def texts_of_letter(path: Path) -> list[str]:
    """Every text in a letter: body, footer, the names of its blanks and its properties."""
    letter = Letter(path.read_bytes())
    return [letter.text(), *(c.alias for c in letter.controls()), *letter.core().values()]


def official(norm: Path) -> set[str]:
    """What stands in the norm itself and speaks as the norm does, to whomever."""
    data = tomllib.loads(norm.read_text(encoding="utf-8"))
    said = {data[key] for key in ("title", "note", "source", "issuer") if key in data}
    for theme in data["theme"]:
        said |= {theme["title"], theme["introduction"]}
        for one in theme["requirement"]:
            said |= {one[key] for key in ("text", "footnote", "heading") if key in one}
            grounds = [one.get("applies_to", {}), *one.get("not_fitting", ())]
            said |= {ground["ground"] for ground in grounds if ground}
    return said


def strange(texts: Iterable[str], kind: str, said: set[str]) -> list[tuple[str, str]]:
    """Give the words of another kind, each with the text that it stands in."""
    others = {w for other, words in OWN_WORDS.items() if other != kind for w in words}
    sentences = sorted(said, key=len, reverse=True)
    anyhow = re.compile("|".join(map(re.escape, sentences)), re.I)
    found = []
    for text in texts:
        rest = anyhow.sub(" ", text)
        start = re.fullmatch(r"[\d.a-z]+ · (.+) …", rest)  # a long sentence, cut off
        if start and any(sentence.startswith(start[1]) for sentence in sentences):
            continue
        found += [(word, text) for word in sorted(words_of(rest) & others)]
    return found


@pytest.fixture(scope="module")
def said(cli: Cli) -> set[str]:
    return official(cli.own / "norms" / "afspraken" / "2031.toml")


def test_a_strange_word_is_seen(issued: Path, said: set[str]) -> None:
    city = list(texts_of_book(issued / CITY))
    found = {word for word, _ in strange(city, "waterschap", said)}
    assert {"gemeente", "gemeenteraad", "raadsleden", "college"} <= found


@pytest.mark.parametrize("kind", NAMES)
def test_a_workbook_speaks_to_its_own_kind(issued: Path, said: set[str], kind: str) -> None:
    path = issued / NAMES[kind]
    texts = list(texts_of_book(path))
    assert len(texts) > 200
    assert strange(texts, kind, said) == []


@pytest.mark.parametrize("kind", NAMES)
def test_findings_speak_to_their_own_kind(
    cli: Cli, issued: Path, said: set[str], kind: str
) -> None:
    out = cli.run("check", issued / NAMES[kind], "--corrections", f"herstel-{kind}", code=1)
    page = cli.run(
        "check", issued / NAMES[kind], "--format", "html", "--output", f"{kind}.html", code=1
    )
    html = (cli.where / f"{kind}.html").read_text(encoding="utf-8")
    body = re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.S)
    (mended,) = (cli.where / f"herstel-{kind}").glob("*.xlsx")
    assert strange([out, page, body, *texts_of_book(mended)], kind, said) == []


@pytest.mark.parametrize("kind", NAMES)
def test_letters_speak_to_their_own_kind(cli: Cli, issued: Path, said: set[str], kind: str) -> None:
    code = NAMES[kind].split("-")[1]
    folder = cli.where / f"brieven-{kind}"
    words = ("--organisation", code, "--out", folder)
    cli.run("letter", "make", *words)
    cli.run("letter", "make", "--kind", "aanbiedingsbrief", *words)
    cli.run(
        "letter", "make", "--kind", "terugkoppelbrief", "--return", issued / NAMES[kind], *words
    )
    made = sorted(folder.glob("*.docx"))
    assert len(made) == 3
    for path in made:
        assert strange(texts_of_letter(path), kind, said) == [], path.name


def test_a_kind_that_is_in_no_file_that_is_shipped(tmp_path: Path) -> None:
    shipped = (p for p in (ROOT / "templates").rglob("*") if p.suffix in (".toml", ".csv"))
    assert not any("veerdienst" in p.read_text(encoding="utf-8") for p in shipped)
    cli = Cli(own_folder(tmp_path / "eigen"), tmp_path)
    (cli.own / "registers" / "kinds-veer.toml").write_text(FERRY, encoding="utf-8")
    register = cli.own / "registers" / "afspraken.csv"
    text = register.read_text(encoding="utf-8")
    row = "VD00,veerdienst,Voorbeeldpont,Voorbeeldpont,bureau-voorbeeld,,Voorbeeldland,,,,\n"
    register.write_text(text + row, encoding="utf-8")
    cli.run("build", "--organisation", "VD00")
    folder = next((tmp_path / "build").iterdir())
    book = next(folder.glob("*.xlsx"))
    texts = list(texts_of_book(book))
    norm_says = official(cli.own / "norms" / "afspraken" / "2031.toml")
    assert strange(texts, "veer", norm_says) == []
    assert "Gezien door de vergadering van reizigers" in texts
    assert "Vastgesteld door de bemanning op" in texts
    (path,) = folder.glob("informatiebrief-VD00-voorbeeldpont.docx")
    assert strange(texts_of_letter(path), "veer", norm_says) == []
    assert "Geachte reizigers," in Letter(path.read_bytes()).text()
    said = cli.run("check", book, code=1)
    assert "veerdienst Voorbeeldpont" in said


WATER_ROW = "WS0000,waterschap,Voorbeeldwater,Voorbeeldwater,bureau-voorbeeld,,,,,,"
ROUND = """
name = "water"
title = "meting"
norm = "{code}"
edition = "{edition}"
register = "water"
reference_date = {ambition}
"""


@pytest.mark.parametrize(
    "norm", sorted((ROOT / "templates" / "norms").glob("*/*.toml")), ids=lambda p: p.parent.name
)
def test_a_shipped_norm_speaks_to_a_province_and_a_water_authority_too(
    tmp_path: Path, norm: Path
) -> None:
    cli = Cli(own_folder(tmp_path / "eigen"), tmp_path)
    rows = (cli.own / "registers" / "afspraken.csv").read_text(encoding="utf-8").splitlines()
    province = next(row for row in rows if row.startswith("PV00"))
    register = cli.own / "registers" / "water.csv"
    register.write_text(f"{rows[0]}\n{province}\n{WATER_ROW}\n", encoding="utf-8")
    data = tomllib.loads(norm.read_text(encoding="utf-8"))
    (cli.own / "rounds" / "water.toml").write_text(ROUND.format_map(data), encoding="utf-8")
    cli.run("build", "--round", "water", "--what", "workbooks")
    norm_says = official(norm) | {
        one["guidance"]
        for theme in data["theme"]
        for one in theme["requirement"]
        if "guidance" in one
    }
    for kind, code in (("provincie", "PV00"), ("waterschap", "WS0000")):
        (book,) = (tmp_path / "build" / "water").glob(f"*-{code}-*.xlsx")
        out = cli.run("check", book, code=1)
        letters = ("--organisation", code, "--round", "water", "--out", code)
        cli.run("letter", "make", "--kind", "aanbiedingsbrief", *letters)
        feedback = ("letter", "make", "--kind", "terugkoppelbrief", "--return", book)
        cli.run(*feedback, "--organisation", code, "--out", code)
        texts = [out, *texts_of_book(book)]
        for path in (tmp_path / code).glob("*.docx"):
            texts += texts_of_letter(path)
        assert strange(texts, kind, norm_says) == []
