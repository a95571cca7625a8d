"""Finished letters, as people send them on: what is open, left over or of somebody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from normtemplates.cli.main import main
from normtemplates.definitions import Definitions
from normtemplates.letters import make_letter
from normtemplates.letters.check import Checked, check
from normtemplates.model.finding import Severity
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.conftest import VALUES, TemplateOf

Edit = Callable[[DocxDocument], object]


@pytest.fixture(scope="module")
def rounds() -> tuple[Round, ...]:
    return Definitions().rounds()


@pytest.fixture(scope="module")
def finished(round_: Round, municipality: Organisation, council_template: bytes) -> bytes:
    return make_letter(council_template, municipality, round_, VALUES)


def edited(data: bytes, *edits: Edit) -> bytes:
    """Give the letter after somebody worked in it."""
    document = Document(BytesIO(data))
    for edit in edits:
        edit(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def replace(old: str, new: str) -> Edit:
    """Type ``new`` over ``old`` wherever it stands in one run."""

    def edit(document: DocxDocument) -> None:
        texts: Any = document.element.body.iter("{*}t")
        hits = [t for t in texts if old in (t.text or "")]
        assert hits, old
        for text in hits:
            text.text = text.text.replace(old, new)

    return edit


def codes(checked: Checked) -> list[str]:
    return [one.code for one in checked.findings]


def test_a_finished_letter_has_no_finding(
    finished: bytes, rounds: tuple[Round, ...], round_: Round, municipality: Organisation
) -> None:
    checked = check(finished, rounds)
    assert checked.findings == ()
    assert checked.organisation == municipality
    assert checked.round
    assert checked.round.name == round_.name


def test_every_letter_knows_whose_it_is(
    rounds: tuple[Round, ...], template_of: TemplateOf, round_: Round
) -> None:
    for organisation in round_.organisations:
        data = make_letter(template_of(organisation.kind.letter), organisation, round_, VALUES)
        checked = check(data, rounds)
        assert (organisation.code, codes(checked)) == (organisation.code, [])
        assert checked.organisation
        assert checked.organisation.code == organisation.code


def test_every_blank_that_is_open(
    rounds: tuple[Round, ...], round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    checked = check(make_letter(council_template, municipality, round_), rounds)
    assert codes(checked) == ["blank-open"] * 7
    said = " ".join(one.message for one in checked.findings)
    for label in ("Datum van de brief", "Kenmerk", "Portefeuillehouder", "Team", "secretaris"):
        assert label in said


@pytest.mark.parametrize(
    "text",
    [
        "Het college heeft op XX datum XX besloten.",
        "Zaak [zaaknummer of kenmerk].",
        "Op xx-xx-2025 besluit het college.",
        "Behandeld door ______.",
        "De heer .........",
        "De datum is n.t.b. en volgt.",
    ],
)
def test_a_prompt_that_is_left(finished: bytes, rounds: tuple[Round, ...], text: str) -> None:
    checked = check(edited(finished, lambda d: d.add_paragraph(text)), rounds)
    (found,) = checked.findings
    assert found.code == "prompt"
    assert found.sheet
    assert found.sheet.startswith("alinea ")


def test_what_only_looks_like_a_prompt(finished: bytes, rounds: tuple[Round, ...]) -> None:
    text = "Raadslid[en] lezen artikel XX van 2019 [1], en wat volgt … dat volgt."
    checked = check(edited(finished, lambda d: d.add_paragraph(text)), rounds)
    assert codes(checked) == []


@pytest.mark.parametrize("text", ["{{ norm.title }}", "{%p endif %}", "norm }} over"])
def test_braces_that_are_left(finished: bytes, rounds: tuple[Round, ...], text: str) -> None:
    assert codes(check(edited(finished, lambda d: d.add_paragraph(text)), rounds)) == ["braces"]


def test_the_name_of_another_organisation(finished: bytes, rounds: tuple[Round, ...]) -> None:
    signed = edited(finished, replace("wethouders van Aalsmeer", "wethouders van Diemen"))
    found = check(signed, rounds).findings  # where the letter is from, and who signs
    assert {(one.code, one.severity) for one in found} == {("other", Severity.FOUT)}
    assert len(found) == 2
    for one in found:
        assert "burgemeester en wethouders van Diemen’ is niet gemeente Aalsmeer" in one.message

    def mention(document: DocxDocument) -> None:
        document.paragraphs[16].insert_paragraph_before("Dit doen wij met de gemeente Uithoorn.")

    (one,) = check(edited(finished, mention), rounds).findings
    assert (one.code, one.severity) == ("other", Severity.WAARSCHUWING)


def test_a_letter_checked_as_that_of_another(
    finished: bytes, rounds: tuple[Round, ...], province: Organisation
) -> None:
    found = check(finished, rounds, province).findings
    assert {one.code for one in found} == {"other"}
    assert any("provincie Noord-Holland wordt nergens genoemd" in f.message for f in found) or any(
        "is niet provincie Noord-Holland" in f.message for f in found
    )


def test_dates(finished: bytes) -> None:
    rounds = Definitions().rounds()
    brabant = next(r for r in rounds if r.norm.issued)
    assert brabant.norm.issued
    before = edited(finished, replace("21\u00a0januari\u00a02025", "17 mei 2022"))
    found = check(before, rounds, round_=brabant).findings
    dates = [one for one in found if one.code == "date"]
    assert "17 mei 2022 ligt vóór de norm van 18 mei 2022" in dates[0].message
    assert dates[0].severity is Severity.FOUT
    late = edited(finished, replace("14\u00a0januari\u00a02025", "30 januari 2025"))
    (found_one,) = check(late, rounds).findings
    assert "de brief ligt vóór het besluit" in found_one.message
    wrong = edited(finished, replace("21\u00a0januari\u00a02025", "31 februari 2025"))
    (found_one,) = check(wrong, rounds).findings
    assert "‘31 februari 2025’ is geen bestaande datum" in found_one.message


def test_a_theme_that_is_missing(finished: bytes, rounds: tuple[Round, ...], round_: Round) -> None:
    theme = round_.norm.themes[2]
    (found,) = check(edited(finished, replace(theme.title, "Iets anders")), rounds).findings
    assert found.code == "themes"
    assert f"thema {theme.number} ‘" in found.message.lower()


def test_what_is_left_of_the_work_in_word(finished: bytes, rounds: tuple[Round, ...]) -> None:
    def work(document: DocxDocument) -> None:
        document.paragraphs[12].add_run("geheim").font.hidden = True
        document.add_comment(document.paragraphs[14].runs, "Klopt dit?", "P. Persoon", "P")
        document.paragraphs[13]._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="9" w:author="P. Persoon"><w:r><w:delText>weg'
                "</w:delText></w:r></w:del>"
            )
        )

    checked = check(edited(finished, work), rounds)
    assert sorted(codes(checked)) == ["comments", "hidden", "tracked"]
    assert {one.severity for one in checked.findings} == {Severity.FOUT}
    assert "Persoon" not in str(checked.findings)


def test_a_letter_of_nobody(rounds: tuple[Round, ...]) -> None:
    document = Document()
    document.add_paragraph("Beste lezer, hoe gaat het?")
    out = BytesIO()
    document.save(out)
    assert {"who", "round"} <= set(codes(check(out.getvalue(), rounds)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "Dit is een pdf."),
        (Path("tests/returned/goed.xlsx").read_bytes(), "Dit is een Excel-bestand."),
        (b"PK\x03\x04", "beschadigd"),
    ],
)
def test_what_is_no_word_document(data: bytes, said: str, rounds: tuple[Round, ...]) -> None:
    (found,) = check(data, rounds).findings
    assert found.code == "no-word"
    assert said in found.message


def test_the_command(finished: bytes, tmp_path: Path) -> None:
    run = CliRunner().invoke
    good, bad = tmp_path / "goed.docx", tmp_path / "fout.docx"
    good.write_bytes(finished)
    bad.write_bytes(edited(finished, lambda d: d.add_paragraph("XX datum XX")))
    assert run(main, ["letter", "check", str(good)]).exit_code == 0
    result = run(main, ["letter", "check", str(good), str(bad), "--format", "json"])
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["schema"] == "normtemplates/letters/1"
    assert [(f["organisation"], len(f["findings"])) for f in said["files"]] == [
        ("GM0358", 0),
        ("GM0358", 1),
    ]
    assert said["files"][1]["findings"][0]["code"] == "prompt"
    for words in (
        [str(tmp_path / "weg.docx")],
        [str(good), "--organisation", "GM9999"],
        [str(good), "--round", "onzin"],
    ):
        result = run(main, ["letter", "check", *words])
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr
