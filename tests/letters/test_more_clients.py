"""What Microsoft's SDK and LibreOffice make of the letters of every norm and of every kind."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs.drawn import read_returns
from normtemplates.jobs.letters import LetterRequest, find_template, make_letters
from normtemplates.layout.kinds import likely_date
from normtemplates.layout.workbook import workbook_plan
from normtemplates.letters import LetterTemplate
from normtemplates.letters.sample import samples
from normtemplates.model.answers import Answers, Value, date_value, text_value
from normtemplates.model.round import Round
from tests.clients import fills
from tests.clients.fixtures import require
from tests.clients.office import Office
from tests.clients.sdk import Validator
from tests.letters.reading import Letter

pytestmark = pytest.mark.clients

#: A name that another province has too, clipped names and the longest, by round.
NAMES = {"nulmeting-2025": ["GM0373"], "brabant-2023": ["GM0796", "GM0820"]}


@pytest.fixture(scope="module")
def letters(
    templates: Path, returned: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """Letters of each kind for municipalities and a province of each norm, and of real returns."""
    out = tmp_path_factory.mktemp("letters")
    known = Definitions()
    made: list[Path] = []

    def make(definitions: Definitions, round_: Round, where: str, request: LetterRequest) -> None:
        made.extend(make_letters(definitions, round_, request, out / where))

    for name in ("nulmeting-2025", "brabant-2023"):
        round_ = known.round(name)
        kinds = {o.kind.code: o.code for o in round_.organisations}
        codes = [next(o.code for o in round_.organisations if o.kind.code == k) for k in kinds]
        for kind in (None, "aanbiedingsbrief"):
            make(known, round_, name, LetterRequest([*codes, *NAMES[name]], kind))
        for code in codes:
            organisation = round_.organisation(code)
            assert organisation
            kind = organisation.kind.letter
            generic = known.templates.find(f"letters/{kind}.docx")
            make(known, round_, f"{name}-generic", LetterRequest([code], kind, generic))
    fiction = Definitions(templates)
    for kind, file in (
        ("voortgangsbrief", "goed.xlsx"),
        ("terugkoppelbrief", "met-fouten.xlsx"),
    ):
        came = read_returns(fiction, [returned / file])
        request = LetterRequest(kind=kind, returned=came.files)
        make(fiction, came.round, "returned", request)
    layout = fills.voorbeeldstad(fills.WITH_PARTS)
    rows = fills.right_answers_with_parts(layout)
    answers = Answers(
        {number: {key: typed(text) for key, text in row.items()} for number, row in rows.items()},
        {key: typed(text) for key, text in fills.COVER_WITH_PARTS.items()},
    )
    with_parts = out / "onderdelen.xlsx"
    with_parts.write_bytes(write_workbook(workbook_plan(layout, answers, fiction.texts)))
    for path, where in ((returned / "goed.xlsx", "returned"), (with_parts, "parts")):
        came = read_returns(fiction, [path])
        for detail in (False, True):
            if where == "parts" or detail:
                request = LetterRequest(kind="voortgangsbrief", returned=came.files, detail=detail)
                make(fiction, came.round, where, request)
    # Each norm and kind of organisation, with everything in it and with as little as can be.
    rounds = [known.round(name) for name in NAMES]
    for number, sample in enumerate(samples(rounds, ())):
        for kind in ("voortgangsbrief", "terugkoppelbrief"):
            path = find_template(known.templates, sample.round.norm.code, kind)
            template = LetterTemplate(path.read_bytes(), kind)
            drawn = {name: sample.drawn[name] for name in template.draws_on}
            made.append(out / f"{kind}-{number}.docx")
            made[-1].write_bytes(template.letter(sample.organisation, sample.round, {}, drawn))
    return tuple(made)


def typed(text: str) -> Value:
    """What typing ``text`` gives: a date where it looks like one."""
    day = likely_date(text_value(text))
    return date_value(day) if day else text_value(text)


@pytest.fixture(scope="module")
def pdfs(letters: tuple[Path, ...], office: Office) -> dict[Path, Path]:
    """The letters as tagged PDF, made as ``--pdf`` makes them."""
    options = {"PDFUACompliance": True, "ExportFormFields": False}
    return {path: office.convert(path, path.with_suffix(".pdf"), options) for path in letters}


def test_the_sdk_finds_nothing(letters: tuple[Path, ...], sdk: Validator) -> None:
    templates = sorted(Definitions().templates.roots[-1].glob("letters/**/*.docx"))
    assert len(set(letters)) == len(letters) == 39
    assert len(templates) == 10
    paths = [*letters, *templates]
    assert sdk.complaints_by_file(paths) == {path: [] for path in paths}


def test_every_pdf_is_accessible(pdfs: dict[Path, Path]) -> None:
    require(None if find_spec("page") else "page-validation is not installed")
    validate = import_module("page").validate_pdf
    found = {
        path.name: [f"{f.rule_id}: {f.message}" for f in validate(pdf).failures]
        for path, pdf in pdfs.items()
    }
    assert found == {name: [] for name in found}


def test_no_heading_is_left_alone_and_the_signature_is_not(pdfs: dict[Path, Path]) -> None:
    require(None if shutil.which("pdftotext") else "pdftotext is not installed (poppler-utils)")
    for path, pdf in pdfs.items():
        done = subprocess.run(
            ["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True
        )
        pages = done.stdout.replace("\u00a0", " ").split("\f")[:-1]
        headings = {h for h in Letter(path.read_bytes()).of_style("Heading1") if h}
        for number, page in enumerate(pages, 1):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            assert f"pagina {number} van {len(pages)}" in lines[-1], path.name
            assert lines[-2] not in headings, path.name
            greeting = next((n for n, x in enumerate(lines) if x.startswith("Hoogachtend")), None)
            assert greeting != 0, path.name
            assert greeting is None or any("secretaris" in x for x in lines[greeting:]), path.name
