"""Every fault of a template as Word users make them, each with its place and all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from normtemplates.cli.main import main
from normtemplates.definitions import Definitions
from normtemplates.letters.lint import lint
from normtemplates.model.finding import Finding, Severity
from normtemplates.model.organisation import Organisation
from tests.letters.reading import with_parts

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_OLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"


@pytest.fixture(scope="module")
def organisations() -> tuple[Organisation, ...]:
    known = Definitions()
    return tuple(one for name in known.registers for one in known.register(name))


def control(tag: str, title: str = "") -> Any:
    """Give a content control as Word writes it."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{tag}"/>'
        "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>[vul in]</w:t></w:r></w:sdtContent>"
        "</w:sdt>"
    )


def house_style() -> DocxDocument:
    """Give a template that a communication adviser could have made in Word."""
    document = Document()
    document.core_properties.title = "Brief {{ norm.title }}"
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "nl-NL")
    document.add_paragraph("Aan {{ terms.the_council }} van {{ organisation.name }}")
    document.add_paragraph("Datum ")._p.append(control("letter_date"))
    document.add_paragraph("{{ terms.salutation }}")
    document.add_heading("De norm", 1)
    document.add_paragraph("Wij informeren u over de {{ norm.title }}:")
    document.add_paragraph("{%p for theme in themes %}")
    document.add_paragraph("{{ loop.index }}. {{ theme.title }}", style="List Number")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("Hoogachtend,")
    document.add_paragraph("{{ terms.board_signature }} van {{ organisation.name }}")
    return document


def saved(document: DocxDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def looked_at(
    document: DocxDocument, organisations: Collection[Organisation] = (), own: Collection[str] = ()
) -> list[tuple[str, str, str]]:
    return [(f.code, f.sheet or "", f.message) for f in lint(saved(document), organisations, own)]


def add(*texts: str) -> Callable[[DocxDocument], None]:
    def change(document: DocxDocument) -> None:
        anchor = document.paragraphs[4]
        for text in texts:
            anchor.insert_paragraph_before(text)

    return change


def runs(paragraph: Paragraph, *texts: str) -> None:
    for text in texts:
        paragraph.add_run(text)


def test_a_good_template_has_no_fault(organisations: tuple[Organisation, ...]) -> None:
    assert looked_at(house_style(), organisations) == []


@pytest.mark.parametrize(
    "path", sorted(Path("templates/letters").rglob("*.docx")), ids=lambda path: path.as_posix()
)
def test_the_shipped_templates_have_no_fault(
    path: Path, organisations: tuple[Organisation, ...]
) -> None:
    assert lint(path.read_bytes(), organisations) == ()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ norm.titel }}", "name", "‘norm.titel’ bestaat niet. Bedoelt u norm.title."),
        ("{{ organisatie.name }}", "name", "Bedoelt u organisation."),
        ("{{ terms.mayor }}", "name", "‘terms.mayor’ bestaat niet."),
        ("{{ themes }}", "name", "‘themes’ is een lijst."),
        ("{{ norm }}", "name", "‘norm’ is geen tekst maar een groep."),
        ("{{ norm.title.size }}", "name", "‘norm.title’ heeft geen ‘size’."),
        ("{% for x in norm.title %}{% endfor %}", "name", "‘norm.title’ is geen lijst;"),
        ("{% for t in themes %}{{ t.naam }}{% endfor %}", "name", "‘t.naam’ bestaat niet."),
        ("{% if norm.wat %}ja{% endif %}", "name", "‘norm.wat’ bestaat niet."),
        ("{{ norm.title", "tag-open", "‘{{ norm.title’ houdt niet op"),
        ("{% if norm.website %}ja", "block-open", "heeft geen einde"),
        ("ja{% endif %}", "block-open", "heeft geen begin"),
        ("{% else %}", "block-open", "‘else’ staat niet in een if"),
        ("norm.title }}", "braces", "‘}}’ hoort bij geen tag"),
        ("{ norm.title }", "braces", "‘{ norm.title }’ heeft aan elke kant één accolade te weinig"),
        ("{{ norm.title | }}", "tag-wrong", "is niet te lezen"),
        ("{{ norm.title|weg }}", "tag-forbidden", "‘|weg’ kan een brief niet"),
        ("{% include 'x' %}", "tag-forbidden", "begint met een woord dat een brief niet kent"),
        ("{{ cycler() }}", "tag-forbidden", "iets met ( )"),
        ("{{ norm.__class__ }}", "tag-forbidden", "‘__class__’ is geen gegeven van een brief"),
        ("Beste {%p if norm.website %} lezer", "text-lost", "valt weg"),
        ("{%tr if norm.website %}", "block-place", "staat niet in een tabel"),
    ],
)
def test_a_wrong_tag(text: str, code: str, said: str) -> None:
    document = house_style()
    add(text)(document)
    found = [one for one in looked_at(document) if one[0] == code]
    assert found, looked_at(document)
    assert said in found[0][2]
    assert found[0][1].startswith("alinea 5")


def test_a_tag_over_runs_is_mended_but_not_over_a_link() -> None:
    document = house_style()
    paragraph = document.paragraphs[4]
    runs(paragraph, " {{ no", "rm.iss", "uer }} ")
    paragraph.runs[-2].bold = True
    assert looked_at(document) == []
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "hier")
    run = OxmlElement("w:r")
    run.text = "norm.website"
    link.append(run)
    runs(paragraph, "{{ ")
    paragraph._p.append(link)
    runs(paragraph, " }}")
    ((code, place, said),) = looked_at(document)
    assert (code, place[:8]) == ("tag-split", "alinea 5")
    assert "loopt een koppeling" in said


def test_a_tag_over_two_paragraphs() -> None:
    document = house_style()
    add("Zie {{ norm.title", "en }} verder")(document)
    ((code, place, said),) = looked_at(document)
    assert (code, place) == ("tag-split", "alinea 5 (‘Zie {{ norm.title’)")
    assert "loopt door in de volgende alinea" in said


def test_a_block_over_paragraphs_asks_for_p() -> None:
    document = house_style()
    add("Eerst {% if norm.website %}", "dan {% endif %}")(document)
    ((code, _, said),) = looked_at(document)
    assert code == "block-place"
    assert "{%p if … %}" in said


def test_a_block_that_ends_in_a_table() -> None:
    document = house_style()
    add("{%p if norm.website %}")(document)
    table = document.add_table(1, 1)
    table.rows[0].cells[0].text = "{%p endif %}"
    document.paragraphs[5]._p.addnext(table._tbl)
    found = looked_at(document)
    assert [one[0] for one in found] == ["table-header", "block-place"]


def test_headers_footers_tables_and_properties_have_places() -> None:
    document = house_style()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ a }}"
    section.footer.paragraphs[0].text = "{{ b }}"
    document.core_properties.title = "{{ c }}"
    table = document.add_table(2, 1)
    table.rows[1].cells[0].text = "{{ d }}"
    document.paragraphs[6]._p.addprevious(table._tbl)
    places = {one[1] for one in looked_at(document) if one[0] == "name"}
    assert places == {
        "koptekst, alinea 1 (‘{{ a }}’)",
        "voettekst, alinea 1 (‘{{ b }}’)",
        "eigenschappen, titel",
        "tabel 1, rij 2",
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "de naam van de organisatie"),
        (1, "de datum van de brief"),
        (2, "de aanhef"),
        (4, "de naam van de norm"),
        (8, "de slotgroet"),
        (9, "de ondertekening"),
    ],
)
def test_what_every_letter_has(number: int, said: str) -> None:
    document = house_style()
    if number == 0:
        document.paragraphs[9].text = "{{ terms.board_signature }}"
    body: Any = document.element.body
    body.remove(document.paragraphs[number]._p)
    ((code, _, message),) = looked_at(document)
    assert code == "required"
    assert f"ontbreekt {said}" in message


@pytest.mark.parametrize(
    ("tag", "title", "said"),
    [
        ("letterdate", "", "‘letterdate’ bestaat niet. Bedoelt u letter_date?"),
        ("zomaar", "", "Kies uit decision_date, letter_date"),
        ("", "Kenmerk", "het vak ‘Kenmerk’ heeft geen label. Bedoelt u reference?"),
    ],
)
def test_an_unknown_blank(tag: str, title: str, said: str) -> None:
    document = house_style()
    document.paragraphs[4]._p.append(control(tag, title))
    ((code, place, message),) = looked_at(document)
    assert (code, place[:8]) == ("blank", "alinea 5")
    assert said.casefold() in message.casefold()


def test_a_letter_that_is_finished() -> None:
    document = Document()
    document.add_heading("Brief", 1)
    document.add_paragraph("Geachte raadsleden,")
    assert "finished" in [one[0] for one in looked_at(document)]


@pytest.mark.parametrize(("kept", "where"), [("the loop", "alinea 6"), ("the number", "alinea 5")])
def test_the_names_of_the_themes_are_gone(kept: str, where: str) -> None:
    document = house_style()
    for paragraph in list(document.paragraphs):
        text = paragraph.text
        if "theme.title" in text or (kept == "the number" and text.startswith("{%p")):
            document.element.body.remove(paragraph._p)
    if kept == "the number":
        document.paragraphs[4].text = "De {{ norm.title }} heeft {{ theme_count_word }} thema’s:"
    ((code, place, said),) = looked_at(document)
    assert (code, place.split(" (")[0]) == ("required", where)
    assert "ontbreken de namen van de thema’s: {{ theme.title }}" in said


def test_how_many_themes_there_are_is_no_promise_of_their_names() -> None:
    document = house_style()
    for paragraph in document.paragraphs[5:8]:
        document.element.body.remove(paragraph._p)
    document.paragraphs[4].text = "De {{ norm.title }} heeft {{ theme_count_word }} thema’s."
    assert looked_at(document) == []


def test_every_blank_that_lost_its_label(council_template: bytes) -> None:
    """As LibreOffice saves it; test_clients.py has LibreOffice itself do so."""
    document = Document(BytesIO(council_template))
    for control in document.element.iter(qn("w:sdtPr")):
        for child in list(control):
            if child.tag in (qn("w:tag"), qn("w:alias")):
                control.remove(child)
    found = looked_at(document)
    assert [code for code, *_ in found] == ["labels", "required", *["blank"] * 7]
    assert "in LibreOffice bewaart" in found[0][2]
    hints = [re.findall("waarschijnlijk ([a-z_]+)", said) for *_, said in found[2:]]
    assert hints == [
        ["letter_date"], ["reference"], ["portfolio_holder"], ["team"], ["decision_date"],
        ["secretary_name"], [],
    ]  # fmt: skip


def test_the_name_of_an_organisation(organisations: tuple[Organisation, ...]) -> None:
    document = house_style()
    document.sections[0].footer.paragraphs[0].text = "Gemeente Bergen, Postbus 175"
    add("Huizen en bergen van Best zijn geen gemeenten.")(document)
    ((code, place, said),) = looked_at(document, organisations)
    assert (code, place[:10]) == ("other", "voettekst,")
    assert "‘Gemeente Bergen’ staat vast in de tekst" in said
    assert looked_at(document, organisations, ["GM0373"]) == []  # Bergen (NH.)
    assert looked_at(document, organisations, ["GM0358"]) != []
    assert looked_at(document, organisations, ["GM0373", "GM0358"]) != []


def test_what_is_left_of_the_work_in_word() -> None:
    document = house_style()
    document.paragraphs[4].add_run("verborgen").font.hidden = True
    document.add_comment(document.paragraphs[3].runs, "Klopt dit?", "P. Persoon", "P")
    document.paragraphs[2]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="P. Persoon"><w:r><w:t> Erbij.</w:t></w:r>'
            "</w:ins>"
        )
    )
    found = looked_at(document)
    assert [(one[0], one[1].split(" (")[0]) for one in found] == [
        ("tracked", "alinea 3"),
        ("comments", "kop ‘De norm’"),
        ("hidden", "alinea 5"),
    ]
    assert "Persoon" not in str(found)


def test_accessibility() -> None:
    document = house_style()
    document.core_properties.title = ""
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-US")
    document.paragraphs[3].style = document.styles["Normal"]
    document.add_table(1, 1)
    picture = Path("docs/pictures").glob("*.png")
    document.add_picture(str(next(picture)))
    found = lint(saved(document))
    assert [(f.code, f.severity) for f in found if f.code != "alt-text"] == [
        ("language", Severity.FOUT),
        ("title", Severity.WAARSCHUWING),
        ("headings", Severity.WAARSCHUWING),
        ("table-header", Severity.WAARSCHUWING),
    ]
    assert [f.severity for f in found if f.code == "alt-text"] == [Severity.WAARSCHUWING]


def test_what_comes_from_elsewhere() -> None:
    document = house_style()
    relate = document.part.relate_to
    relate("https://www.noordhollandsenorm.nl", _HYPERLINK, is_external=True)
    relate("file:///C:/Users/iemand/brief.docx", _HYPERLINK, is_external=True)
    relate("https://volger.example/logo.png", _IMAGE, is_external=True)
    relate("https://elders.example/iets.bin", _OLE, is_external=True)
    codes = [one[0] for one in looked_at(document)]
    assert sorted(codes) == ["active", "active", "local-link"]


def test_macros() -> None:
    data = saved(house_style())
    types = [f.code for f in lint(_with_macros(data))]
    assert "macros" in types


def _with_macros(data: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
    declared = (
        '<Override PartName="/word/vbaProject.bin" '
        'ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    changed = types.replace("</Types>", declared).encode()
    return with_parts(data, {"[Content_Types].xml": changed, "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"", "Dit bestand is leeg."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Dit is geen"),
        (Path("tests/returned/goed.xlsx").read_bytes(), "Dit is een Excel-bestand."),
    ],
)
def test_what_is_no_word_document(data: bytes, said: str) -> None:
    (found,) = lint(data)
    assert found.code == "no-word"
    assert found.message.startswith(said)


def test_all_at_once() -> None:
    document = house_style()
    add("{{ a }} {{ b }}", "{% if c %}", "{ norm.title }", "}}")(document)
    found: tuple[Finding, ...] = lint(saved(document))
    assert [f.code for f in found] == ["name", "name", "name", "block-open", "braces", "braces"]


def test_the_command(tmp_path: Path) -> None:
    document = house_style()
    good = tmp_path / "goed.docx"
    good.write_bytes(saved(document))
    add("{{ norm.titel }}", "{{ x")(document)
    bad = tmp_path / "fout.docx"
    bad.write_bytes(saved(document))
    run = CliRunner().invoke
    assert run(main, ["letter", "lint", str(good)]).exit_code == 0
    result = run(main, ["letter", "lint", str(good), str(bad)])
    assert result.exit_code == 1
    assert "2 fouten." in result.stdout
    assert "Geen bevindingen." in result.stdout
    result = run(main, ["letter", "lint", str(tmp_path / "weg.docx")])
    assert (result.exit_code, result.stdout) == (2, "")
    # Before letters are made with it, all its faults are told; a good one makes a letter.
    words = ["letter", "make", "--organisation", "GM0358", "--out", str(tmp_path / "uit")]
    result = run(main, [*words, "--template", str(bad)])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
    assert not (tmp_path / "uit").exists()
    assert run(main, [*words, "--template", str(good)]).exit_code == 0
