"""A round is built whole, the same every time, and one fault does not spoil the rest."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import zipfile
from pathlib import Path

import attrs
import pytest

from normtemplates.definitions import Definitions
from normtemplates.errors import DefinitionError, LetterError, NormtemplatesError, RequestError
from normtemplates.excel.writer import write_workbook
from normtemplates.jobs import build
from normtemplates.jobs.build import BuildRequest, BuildResult, build_round
from normtemplates.jobs.letters import LetterRequest, make_letters
from normtemplates.jobs.manifest import read_manifest
from normtemplates.layout.plan import WorkbookPlan
from tests.jobs.surroundings import contents

BOOK = "implementatieoverzicht-GM0000-voorbeeldstad.xlsx"
LETTER = "raadsinformatiebrief-GM0000-voorbeeldstad.docx"
AALSMEER, ALKMAAR, PROVINCE = "GM0358", "GM0361", "PV27"


@pytest.fixture(scope="module")
def city(templates: Path) -> Definitions:
    return Definitions(templates)


@pytest.fixture(scope="module")
def shipped() -> Definitions:
    return Definitions()


@pytest.fixture(scope="module")
def round_built(shipped: Definitions, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The shipped round, built in one process."""
    out = tmp_path_factory.mktemp("one")
    return build_round(shipped, BuildRequest(out=out))


def lines(raised: pytest.ExceptionInfo[NormtemplatesError]) -> tuple[str, ...]:
    return raised.value.faults


def test_the_files_of_an_organisation_and_the_manifest(city: Definitions, tmp_path: Path) -> None:
    result = build_round(city, BuildRequest(out=tmp_path))
    folder = tmp_path / "voorbeeld-2025"
    assert (result.folder, result.failures, result.exit_code) == (folder, (), 0)
    assert set(contents(folder)) == {BOOK, LETTER, "manifest.json"}
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["files"] == [
        {
            "path": name,
            "organisation": "GM0000",
            "kind": kind,
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
        for name, kind in ((BOOK, "workbook"), (LETTER, "raadsinformatiebrief"))
    ]


def test_a_whole_round(round_built: BuildResult, shipped: Definitions) -> None:
    """Every organisation of the round has a workbook and the letter of its kind."""
    assert round_built.failures == ()
    expected = {
        (o.code, kind)
        for o in shipped.round("nulmeting-2025").organisations
        for kind in ("workbook", o.kind.letter)
    }
    assert len(expected) == 90
    assert {(entry.organisation, entry.kind) for entry in round_built.written} == expected
    files = contents(round_built.folder)
    assert set(files) == {"manifest.json", *(entry.path for entry in round_built.written)}
    assert "statenbrief-PV27-noord-holland.docx" in files
    manifest = read_manifest(round_built.folder)
    assert manifest is not None
    assert [entry.path for entry in manifest.files] == sorted(set(files) - {"manifest.json"})
    for entry in manifest.files:
        data = files[entry.path]
        assert data is not None
        assert entry.sha256 == hashlib.sha256(data).hexdigest()
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_more_processes_give_the_same_bytes(
    round_built: BuildResult, shipped: Definitions, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    result = build_round(
        shipped, BuildRequest(out=tmp_path, jobs=2), lambda *done: told.append(done)
    )
    assert contents(result.folder) == contents(round_built.folder)
    assert result.written == round_built.written
    assert told == [(done, 45) for done in range(1, 46)]
    assert multiprocessing.active_children() == []


def test_again_over_its_own_output_gives_the_same_bytes(
    round_built: BuildResult, shipped: Definitions
) -> None:
    before = contents(round_built.folder)
    build_round(shipped, BuildRequest(out=round_built.folder.parent))
    build_round(
        shipped,
        BuildRequest(organisations=[ALKMAAR], what=["letters"], out=round_built.folder.parent),
    )
    assert contents(round_built.folder) == before


def test_some_organisations_and_one_kind_are_added_to_the_manifest(
    shipped: Definitions, tmp_path: Path
) -> None:
    def entries(*codes: str, what: tuple[build.What, ...]) -> list[tuple[str, str]]:
        request = BuildRequest(organisations=codes, what=what, out=tmp_path)
        manifest = read_manifest(build_round(shipped, request).folder)
        assert manifest is not None
        return [(entry.organisation, entry.kind) for entry in manifest.files]

    assert entries(PROVINCE, what=("letters",)) == [(PROVINCE, "statenbrief")]
    assert entries(ALKMAAR, AALSMEER, what=("workbooks",)) == [
        (AALSMEER, "workbook"),
        (ALKMAAR, "workbook"),
        (PROVINCE, "statenbrief"),
    ]
    (tmp_path / "nulmeting-2025" / "statenbrief-PV27-noord-holland.docx").unlink()
    assert entries(AALSMEER, what=("letters",)) == [
        (AALSMEER, "workbook"),
        (ALKMAAR, "workbook"),
        (AALSMEER, "raadsinformatiebrief"),
    ]


def test_a_norm_or_a_round_can_be_named(city: Definitions, tmp_path: Path) -> None:
    for request in (
        BuildRequest(norm="noord-holland", out=tmp_path),
        BuildRequest(round="voorbeeld-2025", out=tmp_path),
        BuildRequest(norm="noord-holland", round="voorbeeld-2025", out=tmp_path),
    ):
        assert build_round(city, request).folder.name == "voorbeeld-2025"
    with pytest.raises(RequestError, match="hoort bij de norm noord-holland, niet bij brabant"):
        build_round(city, BuildRequest(norm="brabant", round="voorbeeld-2025", out=tmp_path))


def test_a_password_protects_the_sheets_and_stands_nowhere_else(
    city: Definitions, tmp_path: Path
) -> None:
    result = build_round(city, BuildRequest(out=tmp_path, password="geheim-woord"))
    for data in contents(result.folder).values():
        assert data is not None
        assert b"geheim-woord" not in data
    with zipfile.ZipFile(result.folder / BOOK) as book:
        assert b' password="' in book.read("xl/worksheets/sheet1.xml")


# -- what was asked or defined is wrong: nothing is made ---------------------------------


def test_an_unknown_organisation(shipped: Definitions, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    before = contents(tmp_path)
    request = BuildRequest(organisations=["GM9999", AALSMEER, "Alkmaar"], out=tmp_path)
    with pytest.raises(RequestError) as raised:
        build_round(shipped, request)
    unknown, name = lines(raised)
    assert unknown.startswith("‘GM9999’ hoort niet bij de ronde nulmeting-2025.")
    assert "Bedoelt u GM0361 (Alkmaar)?" in name
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "asked", [BuildRequest(round="nulmeting-2052"), BuildRequest(norm="zeeland")]
)
def test_an_unknown_round_or_norm(
    shipped: Definitions, tmp_path: Path, asked: BuildRequest
) -> None:
    with pytest.raises(RequestError, match="bestaat niet"):
        build_round(shipped, attrs.evolve(asked, out=tmp_path))
    assert contents(tmp_path) == {}


def own_templates(folder: Path, templates: Path) -> Path:
    """Copy the definitions of Voorbeeldstad to ``folder``, to damage them."""
    for path in templates.rglob("*"):
        if path.is_file():
            copy = folder / path.relative_to(templates)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return folder


def test_definitions_with_faults_build_nothing_and_all_faults_are_named(
    tmp_path: Path, templates: Path, root: Path
) -> None:
    own = own_templates(tmp_path / "own", templates)
    (own / "workbook").mkdir()
    texts = (root / "templates" / "workbook" / "texts.toml").read_text("utf-8")
    (own / "workbook" / "texts.toml").write_text(texts + '\n[wrong]\nkey = "x"\n', "utf-8")
    round_file = own / "rounds" / "voorbeeld-2025.toml"
    round_file.write_text(round_file.read_text("utf-8") + "colour = 1\nsize = 2\n", "utf-8")
    out = tmp_path / "out"
    with pytest.raises(DefinitionError) as raised:
        build_round(Definitions(own), BuildRequest(out=out))
    said = "\n".join(lines(raised))
    assert "texts.toml" in said
    assert "colour" in said
    assert "size" in said
    assert not out.exists()


def test_a_text_that_excel_would_cut_builds_nothing(
    tmp_path: Path, templates: Path, root: Path
) -> None:
    """What our own lint finds is found before the first file."""
    own = own_templates(tmp_path / "own", templates)
    (own / "norms" / "noord-holland").mkdir(parents=True)
    norm = (root / "templates" / "norms" / "noord-holland" / "2025.toml").read_text("utf-8")
    longer = norm.replace("prompt_title = ", 'prompt_title = "' + "te lang " * 9 + '" #', 1)
    assert longer != norm
    (own / "norms" / "noord-holland" / "2025.toml").write_text(longer, "utf-8")
    with pytest.raises(DefinitionError):
        build_round(Definitions(own), BuildRequest(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_letter_template_with_a_fault_builds_nothing(tmp_path: Path, templates: Path) -> None:
    own = own_templates(tmp_path / "own", templates)
    (own / "letters").mkdir()
    (own / "letters" / "raadsinformatiebrief.docx").write_bytes(b"no document")
    with pytest.raises(LetterError, match="Dit is een tekstbestand"):
        build_round(Definitions(own), BuildRequest(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    only_books = BuildRequest(out=tmp_path / "out", what=["workbooks"])
    assert build_round(Definitions(own), only_books).exit_code == 0


def test_a_broken_manifest_stops_before_anything_is_replaced(
    city: Definitions, tmp_path: Path
) -> None:
    folder = build_round(city, BuildRequest(out=tmp_path, password="x")).folder
    (folder / "manifest.json").write_text("{", "utf-8")
    before = contents(folder)
    with pytest.raises(RequestError, match=r"manifest\.json is beschadigd"):
        build_round(city, BuildRequest(out=tmp_path))
    assert contents(folder) == before


# -- one organisation fails, the others go on --------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_in_the_place_of_a_file_costs_that_file_only(
    shipped: Definitions, round_built: BuildResult, tmp_path: Path, jobs: int
) -> None:
    name = "implementatieoverzicht-GM0361-alkmaar.xlsx"
    in_the_way = tmp_path / "nulmeting-2025" / name
    in_the_way.mkdir(parents=True)
    (in_the_way / "mine").write_bytes(b"mine")
    request = BuildRequest(organisations=[AALSMEER, ALKMAAR, PROVINCE], out=tmp_path, jobs=jobs)
    result = build_round(shipped, request)
    (failure,) = result.failures
    (line,) = failure.lines
    assert line == (
        f"gemeente Alkmaar (GM0361) · implementatieoverzicht · {in_the_way} is een map; hier "
        "hoort een bestand. Verplaats of hernoem de map, en probeer het opnieuw."
    )
    assert result.exit_code == 2
    after, whole = contents(result.folder), contents(round_built.folder)
    assert len(result.written) == 5
    assert set(after) == {e.path for e in result.written} | {
        "manifest.json",
        name,
        f"{name}/mine",
    }
    for entry in result.written:
        assert after[entry.path] == whole[entry.path]
    manifest = read_manifest(result.folder)
    assert manifest is not None
    assert set(manifest.files) == set(result.written)


def test_a_mistake_of_ours_costs_that_file_only(
    shipped: Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_for_alkmaar(plan: WorkbookPlan) -> bytes:
        if "Alkmaar" in plan.title:
            raise ZeroDivisionError("by zero")
        return write_workbook(plan)

    monkeypatch.setattr(build, "write_workbook", fails_for_alkmaar)
    request = BuildRequest(organisations=[AALSMEER, ALKMAAR, PROVINCE], out=tmp_path)
    result = build_round(shipped, request)
    (line,) = (line for failure in result.failures for line in failure.lines)
    assert line.startswith("gemeente Alkmaar (GM0361) · implementatieoverzicht · onverwachte fout")
    assert "ZeroDivisionError: by zero" in line
    assert len(result.written) == 5


def test_a_helper_that_dies_is_one_clear_line(shipped: Definitions, tmp_path: Path) -> None:
    """What was written until then stays, and the manifest lists it."""

    def kill(done: int, total: int) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(NormtemplatesError, match="hulpproces is onverwacht gestopt"):
        build_round(shipped, BuildRequest(out=tmp_path, jobs=2), kill)
    folder = tmp_path / "nulmeting-2025"
    manifest = read_manifest(folder)
    assert manifest is not None
    assert set(contents(folder)) == {"manifest.json", *(e.path for e in manifest.files)}
    assert 0 < len(manifest.files) < 90


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_keeps_the_manifest_true(
    shipped: Definitions, tmp_path: Path, jobs: int
) -> None:
    codes = [o.code for o in shipped.round("nulmeting-2025").organisations[:8]]
    request = BuildRequest(organisations=codes, out=tmp_path)
    folder = build_round(shipped, attrs.evolve(request, password="x")).folder
    before = contents(folder)

    def interrupt(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_round(shipped, attrs.evolve(request, jobs=jobs), interrupt)
    assert multiprocessing.active_children() == []
    after = contents(folder)
    assert set(after) == set(before)
    # Three workbooks and the manifest; a letter has no password.
    assert len([name for name in after if after[name] != before[name]]) == 3 + 1
    manifest = read_manifest(folder)
    assert manifest is not None
    assert len(manifest.files) == 2 * len(codes)
    assert all(entry.unchanged_in(folder) for entry in manifest.files)


def test_a_file_that_somebody_filled_in_is_left_alone(tmp_path: Path) -> None:
    request = BuildRequest(organisations=["GM0358"], out=tmp_path)
    folder = build_round(Definitions(), request).folder
    workbook = next(folder.glob("*.xlsx"))
    workbook.write_bytes(b"their answers")
    again = build_round(Definitions(), request)
    assert workbook.read_bytes() == b"their answers"
    assert [failure.kind for failure in again.failures] == ["workbook"]
    assert "--overwrite" in " ".join(again.failures[0].faults)
    assert again.exit_code == 2
    replaced = build_round(Definitions(), attrs.evolve(request, overwrite=True))
    assert not replaced.failures
    assert workbook.read_bytes()[:2] == b"PK"


def test_letters_that_are_made_while_a_build_is_at_work_are_noted(
    city: Definitions, tmp_path: Path
) -> None:
    """No manifest is there yet; after both, the letters can be made again with other words."""
    round_ = city.round("voorbeeld-2025")
    folder = tmp_path / "voorbeeld-2025"

    def meanwhile(done: int, of: int) -> None:
        assert read_manifest(folder) is None
        make_letters(city, round_, LetterRequest(), folder)

    build_round(city, BuildRequest(what=("workbooks",), out=tmp_path), meanwhile)
    manifest = read_manifest(folder)
    assert manifest
    assert {entry.path for entry in manifest.files} == {BOOK, LETTER}
    make_letters(city, round_, LetterRequest(values={"team": "Veiligheid"}), folder)
