"""What Microsoft's SDK and LibreOffice make of the letters."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import attrs
import pytest

from normtemplates.letters import make_letter
from normtemplates.letters.lint import lint
from normtemplates.model.round import Round
from tests.clients.fixtures import require
from tests.clients.office import Office
from tests.clients.sdk import Validator
from tests.letters.conftest import VALUES, TemplateOf
from tests.letters.reading import Letter

pytestmark = pytest.mark.clients

#: The longest that people have, and that still looks well.
LONG = {
    "decision_date": "30 september 2025",
    "letter_date": "30 september 2025",
    "reference": "Z/25/123456-0001234567-2025-0000000001",
    "portfolio_holder": "burgemeester M.A.C. van den Oever-Bloemendaal (openbare orde en "
    "veiligheid), wethouder bedrijfsvoering",
    "team": "Team Openbare Orde, Veiligheid, Toezicht, Handhaving en Crisisbeheersing",
    "secretary_name": "mr. drs. A.B.C. van der Heijden-de Jong",
    "leader_name": "prof. dr. C.D.E. van Schimmelpenninck van der Oye",
}


@pytest.fixture(scope="module")
def letters(
    round_: Round, template_of: TemplateOf, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Letters of both kinds: empty, filled in, and as long as they get."""
    folder = tmp_path_factory.mktemp("letters")
    made: dict[str, Path] = {}
    for code in ("GM0358", "PV27"):
        organisation = round_.organisation(code)
        assert organisation
        long_name = "Nuenen, Gerwen en Nederwetten" if code == "GM0358" else "Noord-Holland"
        longest = attrs.evolve(organisation, running_name=long_name)
        template = template_of(organisation.kind.letter)
        for name, sender, values in (
            ("empty", organisation, {}),
            ("filled", organisation, VALUES),
            ("long", longest, LONG),
        ):
            path = folder / f"{code}-{name}.docx"
            path.write_bytes(make_letter(template, sender, round_, values))
            made[path.stem] = path
    return made


@pytest.fixture(scope="module")
def pdfs(letters: dict[str, Path], office: Office) -> dict[str, Path]:
    """The letters as tagged PDF, made as ``--pdf`` makes them."""
    options = {"PDFUACompliance": True, "ExportFormFields": False}
    return {
        name: office.convert(path, path.with_suffix(".pdf"), options)
        for name, path in letters.items()
    }


def test_the_sdk_finds_nothing(
    letters: dict[str, Path], sdk: Validator, template_of: TemplateOf, tmp_path: Path
) -> None:
    paths = [*letters.values()]
    for kind in ("raadsinformatiebrief", "statenbrief"):
        paths.append(tmp_path / f"{kind}.docx")
        paths[-1].write_bytes(template_of(kind))
    found = sdk.complaints_by_file(paths)
    assert found == {path: [] for path in paths}


@pytest.mark.parametrize("code", ["GM0358", "PV27"])
@pytest.mark.parametrize("name", ["empty", "filled", "long"])
def test_three_pages_with_the_signature_on_the_last(
    pdfs: dict[str, Path], code: str, name: str
) -> None:
    require(None if shutil.which("pdftotext") else "pdftotext is not installed (poppler-utils)")
    pages = (
        subprocess.run(
            ["pdftotext", "-layout", pdfs[f"{code}-{name}"], "-"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        .stdout.replace("\u00a0", " ")
        .split("\f")[:-1]
    )
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"pagina {number} van 3" in page
    assert "Geachte" in pages[0]
    last = pages[2]
    for said in ("Tot slot: een blijvende inzet", "Hoogachtend,", "secretaris"):
        assert said in last
        assert said not in pages[0] + pages[1]
    # No heading is the last line of a page: what comes after it is more than a footer.
    headings = ("Inhoud van de norm", "Waarom is deze", "Wat betekent de norm", "Planning en uit")
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert not lines[-2].startswith(headings)


@pytest.mark.parametrize("code", ["GM0358", "PV27"])
@pytest.mark.parametrize("name", ["empty", "filled"])
def test_the_pdf_is_accessible(pdfs: dict[str, Path], code: str, name: str) -> None:
    """PDF/UA-1: tagged, with a title and a language, tables with headers."""
    require(None if find_spec("page") else "page-validation is not installed")
    report = import_module("page").validate_pdf(pdfs[f"{code}-{name}"])
    assert [f"{f.rule_id}: {f.message}" for f in report.failures] == []
    assert report.is_compliant


def test_libreoffice_keeps_the_blanks(
    letters: dict[str, Path], office: Office, tmp_path: Path
) -> None:
    """Somebody without Word fills them in too.

    LibreOffice 7.4 forgets the tags: after it the brackets alone tell what is open.
    """
    saved = Letter(office.convert(letters["GM0358-empty"], tmp_path / "saved.docx").read_bytes())
    before = Letter(letters["GM0358-empty"].read_bytes())
    assert [(c.text, c.prompt) for c in saved.controls()] == [
        (c.text, True) for c in before.controls()
    ]


def test_a_template_saved_in_libreoffice_has_lost_its_labels(
    office: Office, tmp_path: Path, council_template: bytes
) -> None:
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(council_template)
    saved = office.convert(path, tmp_path / "bewaard.docx").read_bytes()
    codes = [one.code for one in lint(saved)]
    assert codes.count("labels") == 1
    assert codes.count("blank") == 7
