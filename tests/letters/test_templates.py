"""Templates from elsewhere: strange, broken or hostile, they never do more than a letter may."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from normtemplates.errors import LetterError
from normtemplates.letters import LetterTemplate, make_letter, template_names
from normtemplates.letters.context import DRAWN, names
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from tests.letters.reading import Letter, with_body, with_line, with_parts

#: Without a bound each of these takes gigabytes, hours or the interpreter's stack.
BOMBS = [
    "{{ 'a' * 10000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a'|center(10000000000) }}",
    "{{ '%010000000000d'|format(1) }}",
    "{{ '{:010000000000d}'.format(1) }}",
    "{% set a = 'x' ~ 'x' %}{% set b = a ~ a %}",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for a in themes recursive %}{{ loop(themes) }}{% endfor %}",
    "{% for x in themes %}" * 9 + "x" + "{% endfor %}" * 9,
    "{% for x in themes %}" * 9 + "{% endfor %}" * 9,
    "{% for x in 'abcdefghij' %}" * 9 + "{% endfor %}" * 9,
    "{% if norm %}" * 200 + "{% endif %}" * 200,
    "{{ " + "(" * 240 + "1" + ")" * 240 + " }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ norm.title }}" * 2001,
    "{{" * 50_000,
    "{% if " * 50_000,
    "{%p " * 20_000 + "%}",
    "<w:t>{{ x" * 20_000,
]
HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ norm.__class__.__init__.__globals__ }}",
    "{{ norm['__class__'] }}",
    "{{ norm|attr('__class__') }}",
    "{{ terms.__init__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ ''.format.__self__.__class__ }}",
    "{{ '{0.__class__.__mro__}'.format(norm) }}",
    "{{ themes[0].__class__.__base__ }}",
    "{{ (themes|map(attribute='__class__')|list)[0].mro() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ terms.update({'salutation': 'Hoi'}) }}",
    "{{ terms.clear() }}",
    "{% include '/etc/passwd' %}",
    "{% include ['/etc/passwd'] ignore missing %}",
    "{% import '/etc/passwd' as x %}",
    "{% from '/etc/passwd' import x %}",
    "{% extends '/etc/passwd' %}",
    "{{ 1 / 0 }}",
    "{{ themes[99] }}",
    "{{ themes.title }}",
    "{{ norm.title() }}",
    "{% for x in norm.title.nothing %}{% endfor %}",
    "{%p include '/etc/passwd' %}",
    "{{ norm.title|weg }}",
    "{{ norm.title|safe }}",
    "{{ themes|map('upper') }}",
    "{{ norm.title|join('xxxxxxxx')|join('xxxxxxxx') }}",
    *BOMBS,
]


def with_header(template: bytes, text: str) -> bytes:
    letter = Letter(template)
    footer = letter.parts["word/footer1.xml"].decode()
    changed = footer.replace("{{ organisation.full_name }}", text)
    assert changed != footer
    return with_parts(template, {"word/footer1.xml": changed.encode()})


def refused(template: bytes, organisation: Organisation, round_: Round) -> str:
    with pytest.raises(LetterError) as error:
        make_letter(template, organisation, round_)
    (fault,) = error.value.faults
    return fault


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.timeout(20)
def test_a_hostile_template_is_refused(
    round_: Round, municipality: Organisation, council_template: bytes, text: str
) -> None:
    fault = refused(with_line(council_template, text), municipality, round_)
    assert fault.startswith(("De sjabloon: in de tekst ", "De sjabloon: in de tekst, bij ‘"))
    assert len(fault) < 1500
    for secret in ("root:", "uid=", "<class", "_frozen", "site-packages"):
        assert secret not in fault


@pytest.mark.parametrize("text", ["{{ ''.__class__ }}", "{{ onbekend }}"])
def test_the_footer_and_the_properties_run_in_the_same_sandbox(
    round_: Round, municipality: Organisation, council_template: bytes, text: str
) -> None:
    footer = with_header(council_template, text)
    assert re.search("in de voettekst(, bij ‘.*’,)? staat", refused(footer, municipality, round_))
    core = Letter(council_template).parts["docProps/core.xml"].decode()
    changed = core.replace("{{ norm.title }}", text).encode()
    assert changed != core.encode()
    properties = with_parts(council_template, {"docProps/core.xml": changed})
    fault = refused(properties, municipality, round_)
    assert re.search("in de eigenschappen(, bij ‘.*’,)? staat", fault)


def test_what_a_template_prints_is_text(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    line = "{{ '<w:br/>' }} & {{ terms.member|upper }} {{ norm.count }} {{ \"{{ x }}\" }}"
    letter = Letter(make_letter(with_line(council_template, line), municipality, round_))
    assert [p.text for p in letter.paragraphs()] == ["<w:br/> & RAADSLID 47 {{ x }}"]


def test_every_documented_name_can_be_used(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    listed = [name for name, _ in names()]
    assert len(listed) == len(set(listed))
    of_drawn = re.compile(rf"({'|'.join(DRAWN)}|step|status|line|moment|row|part|group)[.]")
    plain = [name for name in listed if not re.match(rf"theme[.]|{of_drawn.pattern}", name)]
    inner = [name for name in listed if name.startswith("theme.")]
    line = (
        " · ".join(f"{{{{ {name} }}}}" for name in plain)
        + "{% for theme in themes %}"
        + " · ".join(f"{{{{ {name} }}}}" for name in inner)
        + "{% endfor %}"
    )
    letter = Letter(make_letter(with_line(council_template, line), municipality, round_))
    text = letter.text()
    for said in ("31 december 2027", "GM0358", "RIEC Amsterdam-Amstelland", "zes", "provincie"):
        assert said in text


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("’s-Hertogenbosch", "’s-Hertogenbosch doet mee."),
        ("'s-Gravenhage", "'s-Gravenhage doet mee."),
        ("ijsselstein", "IJsselstein doet mee."),
        ("de Bilt", "De Bilt doet mee."),
    ],
)
def test_a_name_at_the_start_of_a_sentence(
    round_: Round, municipality: Organisation, council_template: bytes, name: str, start: str
) -> None:
    organisation = attrs.evolve(municipality, running_name=name)
    line = with_line(council_template, "{{ organisation.name|sentence_start }} doet mee.")
    assert Letter(make_letter(line, organisation, round_)).paragraphs()[0].text == start


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ norm.titel }}", "‘titel’. Bedoelt u norm.title."),
        ("{{ organization.name }}", "‘organization’. Bedoelt u organisation."),
        ("{{ letter_date }}", "‘letter_date’"),
        ("{{ terms.mayor }}", "‘mayor’"),
        ("{{ qqqq }}", "‘qqqq’. Kies uit norm.title, "),
        ("{% if qqqq %}x{% endif %}", "‘qqqq’"),
        ("{% for x in qqqq %}x{% endfor %}", "‘qqqq’"),
    ],
)
def test_an_unknown_name_is_a_fault_with_a_suggestion(
    round_: Round, municipality: Organisation, council_template: bytes, text: str, said: str
) -> None:
    fault = refused(with_line(council_template, text), municipality, round_)
    assert f"in de tekst, bij ‘{text.partition('}')[0]}" in fault
    assert "’, staat een naam die niet bestaat: " in fault
    assert said in fault


@pytest.mark.parametrize(
    "text",
    ["{{ norm.title", "{% if x %}", "{% endfor %}", "{{ }}", "{% wat %}"],
)
def test_a_tag_that_cannot_be_read_is_quoted(
    round_: Round, municipality: Organisation, council_template: bytes, text: str
) -> None:
    body = f"<w:p><w:r><w:t>Eerst.</w:t></w:r></w:p><w:p><w:r><w:t>Zie {text}</w:t></w:r></w:p>"
    fault = refused(with_body(council_template, body), municipality, round_)
    assert "in de tekst staat een tag die niet klopt, bij ‘Zie {" in fault


def test_a_block_over_two_paragraphs_is_a_fault_that_says_what_to_write(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    """Left to itself docxtpl would leave out the rest of the letter without a word."""
    body = (
        "<w:p><w:r><w:t>Eerst {% if not round.return_date %}</w:t></w:r></w:p>"
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid><w:tr><w:tc>"
        "<w:p><w:r><w:t>en dan {% endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    fault = refused(with_body(council_template, body), municipality, round_)
    assert "Schrijf dan {%p if … %} en {%p endif %}" in fault


def test_what_word_makes_of_a_tag_is_understood(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    body = (
        "<w:p><w:r><w:t>{{ norm</w:t></w:r><w:proofErr w:type='spellStart'/>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>.edition }} {% if terms.member == ‘raadslid’ %}ja"
        "{% endif %}</w:t></w:r></w:p>"
    )
    letter = Letter(make_letter(with_body(council_template, body), municipality, round_))
    assert [p.text for p in letter.paragraphs()] == ["2025 ja"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"Geachte raadsleden,", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 200],
)
def test_what_is_no_word_document(data: bytes) -> None:
    with pytest.raises(LetterError, match=r"sjabloon.docx: dit is geen Word-document \(.docx\)"):
        LetterTemplate(data, "sjabloon.docx")


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ],
)
def test_macros_dotx_and_workbooks_are_no_template(council_template: bytes, kind: str) -> None:
    types = Letter(council_template).parts["[Content_Types].xml"].decode()
    changed = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind
    )
    assert changed != types
    with pytest.raises(LetterError, match="dit is geen Word-document"):
        LetterTemplate(with_parts(council_template, {"[Content_Types].xml": changed.encode()}))


def test_a_package_without_its_list_of_contents(council_template: bytes) -> None:
    with pytest.raises(LetterError, match="dit is geen Word-document"):
        LetterTemplate(with_parts(council_template, {}, ["[Content_Types].xml"]))


def test_a_document_that_is_cut_off(council_template: bytes) -> None:
    for length in range(0, len(council_template), 997):
        with pytest.raises(LetterError):
            LetterTemplate(council_template[:length])


def test_a_document_that_swells(council_template: bytes) -> None:
    huge = with_parts(council_template, {"word/media/image1.png": b"\0" * 60_000_000})
    with pytest.raises(LetterError, match="te groot"):
        LetterTemplate(huge)


def test_entities_are_not_followed(
    round_: Round, municipality: Organisation, council_template: bytes, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    document = Letter(council_template).parts["word/document.xml"].decode()
    head, _, rest = document.partition("?>")
    declared = f'{head}?><!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{rest}'
    declared = declared.replace("Geachte", "&x;").replace("{{ terms.salutation }}", "&x;")
    template = with_parts(council_template, {"word/document.xml": declared.encode()})
    fault = refused(template, municipality, round_)
    assert "DOCTYPE" in fault
    assert "geheim" not in fault


def test_who_edited_the_template_does_not_reach_the_letter(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    core = Letter(council_template).parts["docProps/core.xml"].decode()
    changed = core.replace(
        "</cp:coreProperties>",
        "<dc:creator>P. Persoon</dc:creator><cp:lastModifiedBy>P. Persoon</cp:lastModifiedBy>"
        "<cp:revision>7</cp:revision></cp:coreProperties>",
    )
    template = with_parts(council_template, {"docProps/core.xml": changed.encode()})
    letter = Letter(make_letter(template, municipality, round_))
    assert b"Persoon" not in b"".join(letter.parts.values())
    assert letter.core()["creator"] == "gemeente Aalsmeer"


def test_a_template_without_a_title_gets_one(
    round_: Round, municipality: Organisation, council_template: bytes
) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties"/>'
    )
    template = with_parts(council_template, {"docProps/core.xml": core.encode()})
    letter = Letter(make_letter(template, municipality, round_))
    assert letter.core() == {
        "title": "Noord-Hollandse Norm Weerbare Overheid – gemeente Aalsmeer",
        "creator": "gemeente Aalsmeer",
        "created": "2025-04-01T00:00:00Z",
        "modified": "2025-04-01T00:00:00Z",
    }


def test_a_template_can_be_a_path(
    round_: Round, municipality: Organisation, council_template: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "huisstijl.docx"
    path.write_bytes(council_template)
    assert make_letter(path, municipality, round_) == make_letter(
        council_template, municipality, round_
    )
    path.write_bytes(with_line(council_template, "{{ x }}"))
    assert refused_path(path, municipality, round_).startswith("huisstijl.docx: ")


def refused_path(path: Path, organisation: Organisation, round_: Round) -> str:
    with pytest.raises(LetterError) as error:
        make_letter(path, organisation, round_)
    return error.value.faults[0]


def test_where_a_template_lies() -> None:
    assert template_names("noord-holland", "statenbrief") == (
        "letters/noord-holland/statenbrief.docx",
        "letters/statenbrief.docx",
    )
