"""Blanks: open as content controls, filled as plain text, checked all at once."""

from __future__ import annotations

import attrs
import pytest

from normtemplates.errors import LetterError
from normtemplates.letters import BLANKS, Blank, make_letter
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.conftest import VALUES, Make
from tests.letters.reading import Letter, with_body

#: Values that a document or a template would take for something else.
AWKWARD = [
    "A & B <x>",
    "</w:t></w:r></w:p>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{_{ norm.title }_}",
    "{# weg #}",
    "“kop” en ‘staart’ en \"recht\" en 'recht'",
    "&amp; &lt;",
    "]]>",
    "é ë ĳ ’s-Hertogenbosch 😀",
    "a  b   c",
    "\\1 \\g<0> %s %(x)s {0}",
]

KEYS = (
    "decision_date, letter_date, reference, portfolio_holder, team, issuer_team, contact, "
    "secretary_name, leader_name, reply_date, done_text en plans_text"
)
FAULTS = f"""\
‘decison_date’: dit gegeven kent een brief niet. Bedoelt u decision_date? U kunt geven: {KEYS}.
letter_date: in Datum van de brief staat ‘gisteren’; dat is geen datum. Schrijf bijvoorbeeld \
2025-01-14, 14-01-2025 of 14 januari 2025.
reference: in Kenmerk staan 41 tekens; er passen er hooguit 40. Maak de tekst korter.
team: in Team staan tekens die niet in een brief passen. Geef één regel gewone tekst.
secretary_name: in Naam van de secretaris staan 61 tekens; er passen er hooguit 60. Maak de \
tekst korter.
‘vreemd’: dit gegeven kent een brief niet. U kunt geven: {KEYS}."""


def test_what_is_not_given_is_a_control_with_a_prompt(
    make: Make, municipality: Organisation, province: Organisation
) -> None:
    for organisation in (municipality, province):
        controls = make(organisation).controls()
        assert {c.tag for c in controls} == VALUES.keys()
        labels = {b.key: b.label for b in BLANKS}
        for control in controls:
            assert control.prompt
            assert control.alias == labels[control.tag]
            assert control.text.startswith("[")
            assert control.text.endswith("]")


def test_a_prompt_stands_out_by_its_style_and_what_one_types_does_not(
    make: Make, municipality: Organisation
) -> None:
    document = make(municipality).parts["word/document.xml"].decode()
    assert document.count('<w:rStyle w:val="Invulplek"/>') == len(VALUES)
    for control in document.split("<w:sdtPr>")[1:]:
        properties = control.partition("</w:sdtPr>")[0]
        assert "<w:rPr>" not in properties


@pytest.mark.parametrize("blank", [b for b in BLANKS if b.key in VALUES], ids=lambda b: b.key)
def test_each_value_replaces_its_own_control(
    make: Make, municipality: Organisation, blank: Blank
) -> None:
    before = make(municipality)
    after = make(municipality, **{blank.key: VALUES[blank.key]})
    assert {c.tag for c in before.controls()} - {c.tag for c in after.controls()} == {blank.key}
    assert "Invulplek" in after.parts["word/document.xml"].decode()


def test_an_empty_value_is_not_given(make: Make, municipality: Organisation) -> None:
    empty = make(municipality, **{b.key: "  " for b in BLANKS})
    assert empty.data == make(municipality).data


def test_spaces_around_a_value_are_dropped(make: Make, municipality: Organisation) -> None:
    assert make(municipality, team="  Team A ").data == make(municipality, team="Team A").data


@pytest.mark.parametrize("text", AWKWARD)
def test_a_value_arrives_as_it_was_typed(make: Make, municipality: Organisation, text: str) -> None:
    keys = ("reference", "portfolio_holder", "team", "secretary_name", "leader_name")
    letter = make(municipality, **dict.fromkeys(keys, text[:40]))
    lines = letter.text().split("\n")
    for line in (f"Kenmerk\t{text}", f"Team\t{text}", f"{text}\t{text}"):
        assert line[:150] in lines
    assert len(letter.paragraphs()) == len(make(municipality).paragraphs())


@pytest.mark.parametrize("name", [*AWKWARD, "’s-Hertogenbosch", "Nuenen, Gerwen en Nederwetten"])
def test_a_name_from_the_register_arrives_as_it_is(
    round_: Round, municipality: Organisation, council_template: bytes, name: str
) -> None:
    organisation = attrs.evolve(municipality, name=name, running_name=name)
    letter = Letter(make_letter(council_template, organisation, round_))
    assert f"Aan\tde gemeenteraad van {name}" in letter.text()
    assert letter.core()["title"].endswith(f" – gemeente {name}")
    assert letter.core()["creator"] == f"gemeente {name}"
    assert letter.paragraphs("word/footer1.xml")[0].text.startswith(f"gemeente {name} · ")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2025-01-14", "14 januari 2025"),
        ("14-01-2025", "14 januari 2025"),
        ("1-2-2025", "1 februari 2025"),
        ("3 maart 2025", "3 maart 2025"),
        (" 2025-12-01 ", "1 december 2025"),
    ],
)
def test_a_date_is_written_out(
    make: Make, municipality: Organisation, given: str, shown: str
) -> None:
    assert f"Datum\t{shown}" in make(municipality, letter_date=given).text()


@pytest.mark.parametrize(
    "given",
    ["morgen", "14/01/2025", "14-01-25", "2025-02-30", "1890-01-01", "2150-01-01", "45658", "0"],
)
def test_what_is_no_date_is_a_fault(make: Make, municipality: Organisation, given: str) -> None:
    with pytest.raises(LetterError, match="dat is geen datum"):
        make(municipality, letter_date=given)


def test_all_faults_are_said_at_once(make: Make, municipality: Organisation) -> None:
    with pytest.raises(LetterError) as error:
        make(
            municipality,
            decison_date="2025-01-14",
            letter_date="gisteren",
            reference="x" * 41,
            team="regel 1\nregel 2",
            secretary_name="x" * 61,
            leader_name="goed",
            vreemd="x",
        )
    assert error.value.exit_code == 2
    assert "\n".join(error.value.faults) == FAULTS


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\r", "\t", "\u2028", "\u202e", "\ufffe"])
def test_a_character_that_has_no_place_in_a_letter(
    make: Make, municipality: Organisation, character: str
) -> None:
    with pytest.raises(LetterError, match="tekens die niet in een brief passen"):
        make(municipality, team=f"a{character}b")


def test_a_kenmerk_of_forty_characters_fits(make: Make, municipality: Organisation) -> None:
    assert "x" * 40 in make(municipality, reference="x" * 40).text()


def test_a_value_without_a_place_is_a_fault(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    template = with_body(council_template, "<w:p/>")
    with pytest.raises(LetterError) as error:
        make_letter(template, municipality, round_, {"team": "A", "reference": "B"})
    (fault,) = error.value.faults
    assert "geen plek voor reference (Kenmerk) en team (Team)" in fault


CONTROL = (
    "<w:sdt><w:sdtPr>{properties}<w:tag w:val='team'/><w:showingPlcHdr/></w:sdtPr>"
    "<w:sdtContent>{content}</w:sdtContent></w:sdt>"
)
PROMPT = "<w:r><w:rPr><w:rStyle w:val='Invulplek'/></w:rPr><w:t>[team]</w:t></w:r>"
CELL = "<w:tc><w:tcPr><w:tcW w:w='100' w:type='dxa'/></w:tcPr><w:p>" + PROMPT + "</w:p></w:tc>"
TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid>{rows}</w:tbl><w:p/>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<w:p><w:r><w:t>Team: </w:t></w:r>"
            + CONTROL.format(properties="", content=PROMPT)
            + "</w:p>",
            ["Team: Team A"],
            id="in a line",
        ),
        pytest.param(
            CONTROL.format(
                properties="",
                content="<w:p><w:pPr><w:pStyle w:val='Briefkop'/></w:pPr>" + PROMPT + "</w:p>",
            ),
            ["Team A"],
            id="a paragraph",
        ),
        pytest.param(
            TABLE.format(rows="<w:tr>" + CONTROL.format(properties="", content=CELL) + "</w:tr>"),
            ["Team A", ""],
            id="a cell",
        ),
        pytest.param(
            TABLE.format(rows=CONTROL.format(properties="", content="<w:tr>" + CELL + "</w:tr>")),
            ["Team A", ""],
            id="a row",
        ),
        pytest.param(
            "<w:p>"
            + CONTROL.format(properties="", content=PROMPT)
            + "<w:r><w:t> en </w:t></w:r>"
            + CONTROL.format(properties="", content=PROMPT)
            + "</w:p>",
            ["Team A en Team A"],
            id="twice",
        ),
    ],
)
def test_a_control_may_stand_anywhere(
    round_: Round,
    municipality: Organisation,
    council_template: bytes,
    body: str,
    expected: list[str],
) -> None:
    template = with_body(council_template, body)
    letter = Letter(make_letter(template, municipality, round_, {"team": "Team A"}))
    assert [p.text for p in letter.paragraphs()] == expected
    document = letter.parts["word/document.xml"].decode()
    assert "sdt" not in document
    assert "Invulplek" not in document


def test_a_control_can_prescribe_how_its_text_looks(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    body = "<w:p>" + CONTROL.format(properties=bold, content=PROMPT) + "</w:p>"
    template = with_body(council_template, body)
    document = (
        Letter(make_letter(template, municipality, round_, {"team": "A"}))
        .parts["word/document.xml"]
        .decode()
    )
    assert '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">A</w:t></w:r>' in document


def test_a_control_of_somebody_else_is_left_alone(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    other = CONTROL.format(properties="", content=PROMPT).replace("team", "vraag")
    template = with_body(council_template, f"<w:p>{other}</w:p>")
    (control,) = Letter(make_letter(template, municipality, round_)).controls()
    assert (control.tag, control.text) == ("vraag", "[vraag]")


def test_letters_share_no_value(
    make: Make,
    round_: Round,
    municipality: Organisation,
    province: Organisation,
    council_template: bytes,
) -> None:
    """The template is made ready once; nothing of one letter may reach the next."""
    first = make(municipality, **VALUES)
    alone = make_letter(bytes(bytearray(council_template)), municipality, round_)
    for organisation in round_.organisations[:10]:
        letter = make(organisation)
        assert len(letter.controls()) == len(VALUES)
        for value in ("Z/25/123456", "Orde & Veiligheid", "de Vries", "Jansen", "januari"):
            assert value not in letter.text()
    assert make(municipality).data == alone
    second = {key: f"{key} B" for key in VALUES if not key.endswith("_date")}
    text = make(province, **second).text()
    assert not [value for value in VALUES.values() if f"\t{value}\n" in text]
    assert make(municipality, **VALUES).data == first.data
