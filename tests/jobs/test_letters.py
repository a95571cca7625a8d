"""Which letters are made, from which template, into which files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import LetterError, OutputError, RequestError
from normtemplates.jobs.letters import (
    DrawnLetter,
    LetterRequest,
    drawn_letters,
    find_template,
    make_letters,
)
from normtemplates.jobs.manifest import Entry, add_to_manifest, read_manifest
from normtemplates.jobs.names import file_name, round_folder
from normtemplates.model.organisation import Organisation
from normtemplates.model.round import Round
from normtemplates.resources import TemplatePath, search_path
from tests.jobs.surroundings import contents
from tests.letters.reading import Letter, with_line

COUNCIL = "raadsinformatiebrief-GM0358-aalsmeer.docx"
STATES = "statenbrief-PV27-noord-holland.docx"
NOT_IN = "hoort niet bij de ronde nulmeting-2025."


@pytest.fixture(scope="module")
def known() -> Definitions:
    return Definitions()


@pytest.fixture(scope="module")
def round_(known: Definitions) -> Round:
    return known.round("nulmeting-2025")


def named(letters: tuple[DrawnLetter, ...]) -> dict[str, bytes]:
    return {letter.name: letter.data for letter in letters}


@pytest.fixture
def draw(known: Definitions, round_: Round) -> Callable[..., dict[str, bytes]]:
    def drawn(**request: object) -> dict[str, bytes]:
        return named(drawn_letters(known, round_, LetterRequest(**request)))  # type: ignore[arg-type]

    return drawn


Draw = Callable[..., dict[str, bytes]]


def own_template(folder: Path, relative: str, text: str) -> Path:
    """Put a template with one line of text at ``relative`` in ``folder``."""
    shipped = search_path().find("letters/noord-holland/raadsinformatiebrief.docx")
    path = folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(with_line(shipped.read_bytes(), text))
    return path


# -- which letters --------------------------------------------------------------------------


def test_the_whole_round_each_to_its_own_council(draw: Draw, round_: Round) -> None:
    letters = draw()
    assert len(letters) == len(round_.organisations) == 45
    assert sum(name.startswith("raadsinformatiebrief-GM") for name in letters) == 44
    assert STATES in letters
    assert COUNCIL in letters


def test_the_organisations_that_are_asked_for_in_the_order_of_the_round(draw: Draw) -> None:
    assert list(draw(organisations=["PV27", "GM0358", "GM0358"])) == [COUNCIL, STATES]


def test_every_unknown_organisation_is_named(draw: Draw) -> None:
    with pytest.raises(RequestError) as error:
        draw(organisations=["GM0358", "GM9999", "aalsmeer", "gm0361", "GM9999"])
    assert error.value.exit_code == 2
    assert error.value.faults == (
        f"‘GM9999’ {NOT_IN} Geef een CBS-code uit het register van deze ronde.",
        f"‘aalsmeer’ {NOT_IN} Bedoelt u GM0358 (Aalsmeer)?",
        f"‘gm0361’ {NOT_IN} Bedoelt u GM0361 (Alkmaar)?",
    )


def test_a_kind_leaves_out_the_organisations_that_it_does_not_fit(draw: Draw) -> None:
    assert list(draw(kind="statenbrief")) == [STATES]
    assert len(draw(kind="raadsinformatiebrief")) == 44


def test_a_kind_that_does_not_fit_the_organisation_that_is_asked_for(draw: Draw) -> None:
    with pytest.raises(RequestError, match="hierbij hoort geen raadsinformatiebrief"):
        draw(kind="raadsinformatiebrief", organisations=["GM0358", "PV27"])


def test_a_kind_that_fits_nobody_in_the_round(templates: Path) -> None:
    own = Definitions(templates)
    with pytest.raises(RequestError, match="bij geen enkele organisatie een statenbrief"):
        drawn_letters(own, own.round("voorbeeld-2025"), LetterRequest(kind="statenbrief"))


@pytest.mark.parametrize("kind", ["onzin", "../../x", "Raadsinformatiebrief", "a/b", "", "c:x"])
def test_a_kind_without_a_template(draw: Draw, kind: str) -> None:
    with pytest.raises(RequestError, match="is er geen sjabloon voor") as error:
        draw(kind=kind, organisations=["GM0358"])
    assert (
        "Er is wel: aanbiedingsbrief, informatiebrief, raadsinformatiebrief, statenbrief, "
        "terugkoppelbrief en voortgangsbrief."
    ) in error.value.faults[0]


# -- which template -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([], "templates/letters/noord-holland/raadsinformatiebrief.docx"),
        (["letters/noord-holland/raadsinformatiebrief.docx"], "noord-holland"),
        (["letters/raadsinformatiebrief.docx"], "letters"),
        (
            [
                "letters/raadsinformatiebrief.docx",
                "letters/noord-holland/raadsinformatiebrief.docx",
            ],
            "noord-holland",
        ),
        (["letters/brabant/raadsinformatiebrief.docx"], "templates"),
    ],
)
def test_the_own_folder_goes_first_and_the_norm_before_all_norms(
    tmp_path: Path, files: list[str], found: str
) -> None:
    for relative in files:
        own_template(tmp_path, relative, "eigen")
    (tmp_path / "letters").mkdir(exist_ok=True)
    path = find_template(search_path(tmp_path), "noord-holland", "raadsinformatiebrief")
    if found.startswith("templates"):
        assert not path.is_relative_to(tmp_path)
    else:
        assert path.is_relative_to(tmp_path)
        assert path.parent.name == found


def test_a_kind_of_letter_of_ones_own(tmp_path: Path) -> None:
    own_template(tmp_path, "letters/uitnodiging.docx", "Aan {{ organisation.full_name }}")
    known = Definitions(tmp_path)
    letters = named(
        drawn_letters(known, known.round("nulmeting-2025"), LetterRequest(kind="uitnodiging"))
    )
    assert len(letters) == 45
    text = Letter(letters["uitnodiging-PV27-noord-holland.docx"]).text()
    assert text.startswith("Aan provincie Noord-Holland\n")


def test_a_template_by_name(draw: Draw, tmp_path: Path) -> None:
    path = own_template(tmp_path, "huisstijl.docx", "Aan {{ organisation.name }}")
    letters = draw(template=path, kind="raadsinformatiebrief")
    assert len(letters) == 44
    assert Letter(letters[COUNCIL]).text().startswith("Aan Aalsmeer\n")
    with pytest.raises(RequestError, match="Eén sjabloon past niet bij raadsinformatiebrief en"):
        draw(template=path)
    assert list(draw(template=path, organisations=["PV27"])) == [STATES]


def test_a_template_that_is_not_there(draw: Draw, tmp_path: Path) -> None:
    for path in (tmp_path / "weg.docx", tmp_path):
        with pytest.raises(RequestError, match=r"bestaat niet\.|kon niet worden gelezen"):
            draw(template=path, organisations=["GM0358"])


def test_a_fault_names_the_template(draw: Draw, tmp_path: Path) -> None:
    path = own_template(tmp_path, "huisstijl.docx", "{{ weg }}")
    with pytest.raises(LetterError) as error:
        draw(template=path, organisations=["GM0358"])
    assert error.value.faults[0].startswith(f"{path} · alinea 1 (‘{{{{ weg }}}}’) · ")
    assert "de naam ‘weg’ bestaat niet" in error.value.faults[0]


def test_templates_can_lie_in_one_folder_alone(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="geen sjabloon voor een ‘statenbrief’"):
        find_template(TemplatePath((tmp_path,)), "noord-holland", "statenbrief")


# -- which files ----------------------------------------------------------------------------


def test_letters_are_written_where_they_are_asked_for(
    known: Definitions, round_: Round, tmp_path: Path
) -> None:
    out = tmp_path / "nieuw" / "brieven"
    request = LetterRequest(["GM0358", "PV27"])
    made = make_letters(known, round_, request, out)
    assert made == (out / COUNCIL, out / STATES)
    assert contents(out) == named(drawn_letters(known, round_, request))


def test_a_fault_writes_nothing_and_leaves_what_was_there(
    known: Definitions, round_: Round, tmp_path: Path
) -> None:
    (tmp_path / COUNCIL).write_bytes(b"mine")
    for request, kind in (
        (LetterRequest(values={"letter_date": "morgen"}), LetterError),
        (LetterRequest(["GM0358", "GM9999"]), RequestError),
    ):
        with pytest.raises(kind):
            make_letters(known, round_, request, tmp_path)
    assert contents(tmp_path) == {COUNCIL: b"mine"}


def test_a_template_that_fails_halfway_writes_nothing(
    known: Definitions, round_: Round, tmp_path: Path
) -> None:
    path = own_template(
        tmp_path, "huisstijl.docx", "{% if organisation.code == 'GM0361' %}{{ weg }}{% endif %}"
    )
    out = tmp_path / "uit"
    with pytest.raises(LetterError):
        make_letters(known, round_, LetterRequest(template=path, kind="raadsinformatiebrief"), out)
    assert not out.exists()


def test_a_folder_that_cannot_be_written(known: Definitions, round_: Round, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_bytes(b"mine")
    with pytest.raises(OutputError, match="is een bestand, geen map"):
        make_letters(known, round_, LetterRequest(["GM0358"]), tmp_path / "bestand")
    assert contents(tmp_path) == {"bestand": b"mine"}


def test_the_manifest_of_the_folder_follows(
    known: Definitions, round_: Round, tmp_path: Path
) -> None:
    """A letter that is made anew in the folder of a build is the letter that was issued."""
    old = Entry.of(COUNCIL, "GM0358", "raadsinformatiebrief", b"old")
    (tmp_path / COUNCIL).write_bytes(b"old")
    add_to_manifest(tmp_path, round_, [old])
    make_letters(known, round_, LetterRequest(["GM0358"], values={"team": "A"}), tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest
    data = (tmp_path / COUNCIL).read_bytes()
    assert manifest.files == (Entry.of(COUNCIL, "GM0358", "raadsinformatiebrief", data),)


def test_the_folder_of_another_round_is_left_alone(
    known: Definitions, round_: Round, tmp_path: Path
) -> None:
    add_to_manifest(tmp_path, attrs.evolve(round_, name="1-meting-2026"), [])
    before = contents(tmp_path)
    with pytest.raises(RequestError, match="1-meting-2026"):
        make_letters(known, round_, LetterRequest(["GM0358"]), tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("running_name", "expected"),
    [
        ("Aalsmeer", "implementatieoverzicht-GM0358-aalsmeer.xlsx"),
        ("’s-Hertogenbosch", "implementatieoverzicht-GM0358-s-hertogenbosch.xlsx"),
        ("Súdwest-Fryslân", "implementatieoverzicht-GM0358-sudwest-fryslan.xlsx"),
        ("../..", "implementatieoverzicht-GM0358.xlsx"),
    ],
)
def test_names_of_files(round_: Round, running_name: str, expected: str) -> None:
    found = round_.organisation("GM0358")
    assert isinstance(found, Organisation)
    organisation = attrs.evolve(found, running_name=running_name)
    assert file_name("implementatieoverzicht", organisation, ".xlsx") == expected


def test_no_two_organisations_share_a_name(round_: Round) -> None:
    names = {file_name("x", o, ".docx").casefold() for o in round_.organisations}
    assert len(names) == len(round_.organisations)
    assert round_folder(round_) == Path("build/nulmeting-2025")
    assert round_folder(round_, Path("elders")) == Path("elders/nulmeting-2025")


def test_a_letter_that_somebody_worked_in_is_left_alone(tmp_path: Path) -> None:
    known = Definitions()
    round_ = known.round("nulmeting-2025")
    request = LetterRequest(organisations=["GM0358"])
    (path,) = make_letters(known, round_, request, tmp_path)
    path.write_bytes(b"finished")
    with pytest.raises(RequestError, match="--overwrite"):
        make_letters(known, round_, request, tmp_path)
    assert path.read_bytes() == b"finished"
    make_letters(known, round_, LetterRequest(["GM0358"], overwrite=True), tmp_path)
    assert path.read_bytes()[:2] == b"PK"


def test_a_finished_letter_is_no_template(tmp_path: Path) -> None:
    known = Definitions()
    round_ = known.round("nulmeting-2025")
    (path,) = make_letters(known, round_, LetterRequest(["GM0358"]), tmp_path)
    with pytest.raises(LetterError, match="geen enkele tag in"):
        drawn_letters(known, round_, LetterRequest(["GM0361"], template=path))


def test_a_name_goes_into_one_letter_only(tmp_path: Path) -> None:
    known = Definitions()
    request = LetterRequest(values={"secretary_name": "A. de Vries"})
    with pytest.raises(RequestError, match="secretary_name hoort bij één organisatie"):
        make_letters(known, known.round("nulmeting-2025"), request, tmp_path)
    names = dict.fromkeys(("reference", "secretary_name", "leader_name"), "A")
    several = "reference, secretary_name en leader_name horen bij één organisatie"
    with pytest.raises(RequestError, match=several):
        make_letters(known, known.round("nulmeting-2025"), LetterRequest(values=names), tmp_path)
    assert not list(tmp_path.iterdir())


# -- a value that a letter has no place for -----------------------------------------------------


def test_a_value_that_the_kind_never_has_is_refused_with_the_kinds_that_have_it(
    draw: Draw,
) -> None:
    with pytest.raises(RequestError) as error:
        draw(
            kind="aanbiedingsbrief",
            organisations=["GM0358", "GM0361"],
            values={"letter_date": "2025-01-21", "decision_date": "2025-01-14"},
            by_code={"GM0361": {"portfolio_holder": "burgemeester", "reference": ""}},
        )
    decision, holder = error.value.faults
    assert decision.startswith(
        "decision_date (Datum van het besluit): een aanbiedingsbrief heeft dit gegeven niet. "
        "Dat staat alleen in een informatiebrief, een raadsinformatiebrief en een statenbrief."
    )
    assert "voortgangsbrief" in holder
    for fault in error.value.faults:
        assert "Een aanbiedingsbrief heeft wel: letter_date (Datum van de brief), " in fault
        assert "inhoudsbesturingselement" not in fault


def test_a_value_that_this_letter_leaves_out_is_not_used(draw: Draw) -> None:
    """The round has a return date of its own, so the letter asks for none."""
    values = {"reply_date": "2031-12-24", "letter_date": "2025-01-21"}
    (letter,) = draw(kind="aanbiedingsbrief", organisations=["GM0358"], values=values).values()
    text = Letter(letter).text()
    assert "21 januari 2025" in text
    assert "2031" not in text


def test_an_own_template_without_a_place(draw: Draw, tmp_path: Path) -> None:
    path = own_template(tmp_path, "eigen.docx", "{{ organisation.name }}")
    with pytest.raises(RequestError, match="In de sjabloon is geen plek voor team "):
        draw(template=path, organisations=["GM0358"], values={"team": "A"})
