"""Everything that is issued is valid: the Open XML SDK and our own lint find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtemplates.definitions import Definitions
from normtemplates.jobs.build import BuildRequest, build_round
from normtemplates.layout import layout_of
from normtemplates.layout.lint import lint
from normtemplates.layout.workbook import workbook_plan
from tests.clients.sdk import Validator

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole default round: 45 workbooks and 45 letters."""
    out = tmp_path_factory.mktemp("issued")
    result = build_round(Definitions(), BuildRequest(out=out))
    assert not result.failures
    return out


def test_there_is_a_workbook_and_a_letter_for_everyone(issued: Path) -> None:
    assert len(list(issued.rglob("*.xlsx"))) == 45
    assert len(list(issued.rglob("*.docx"))) == 45
    assert len(list(issued.rglob("statenbrief-*.docx"))) == 1


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_the_open_xml_sdk_finds_no_error(issued: Path, suffix: str, sdk: Validator) -> None:
    files = sorted(issued.rglob(f"*.{suffix}"))
    assert len(files) == 45
    complaints = sdk.complaints_by_file(files)
    assert complaints.keys() == set(files)
    assert {path.name: found for path, found in complaints.items() if found} == {}


def test_our_lint_finds_nothing() -> None:
    definitions = Definitions()
    round_ = definitions.round()
    for organisation in round_.organisations:
        layout = layout_of(round_.norm, round_, organisation)
        assert lint(workbook_plan(layout, layout.presets(), definitions.texts)) == []
