"""The manual and the command that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normtemplates.cli.main import main
from normtemplates.rules import Rule, all_rules, manual


def test_the_manual_on_disk_is_that_of_the_rules(root: Path) -> None:
    written = (root / "docs" / "regels.md").read_text(encoding="utf-8")
    assert written == manual.manual(), "run scripts/docs-rules"


def test_the_generator_sees_what_is_out_of_date(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("docs", root / "scripts" / "make_rule_docs.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TARGET", tmp_path / "regels.md")
    assert script.run(["--check"]) == 1
    assert "out of date" in capsys.readouterr().err
    assert script.run([]) == 0
    assert script.run(["--check"]) == 0
    script.TARGET.write_text("oud", encoding="utf-8")
    assert script.run(["--check"]) == 1


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_page_says_everything(rule: Rule) -> None:
    page = manual.page(rule)
    for part in (rule.code, rule.name, rule.severity.value, rule.finds, rule.why, rule.remedy):
        assert part in page
    for case in (*rule.good, *rule.bad):
        assert f"- {case.title}\n" in page + "\n"
    for miss in rule.known_misses:
        assert f"- {miss}" in page
    assert page.count("\n  > ") == len(rule.bad)


def test_every_link_in_the_manual_leads_to_a_heading() -> None:
    text = manual.manual()
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert len(links) == len(all_rules())
    assert set(links) <= headings


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rule", *arguments])


def test_list() -> None:
    done = call("list")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in all_rules()]
    assert re.search(
        r"^NT301 +fout +status-missing +Bij een norm is geen status", done.stdout, re.M
    )


def test_show() -> None:
    done = call("show", "nt301")
    assert done.exit_code == 0
    assert done.stdout.startswith("# NT301 status-missing\n")
    assert "**Waarom:**" in done.stdout


def test_show_what_is_not_there() -> None:
    done = call("show", "NT999")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("De regel ‘NT999’ bestaat niet.")


def test_help_is_in_english() -> None:
    assert "List the rules" in call("list", "--help").stdout
    assert "NTnnn" in call("show", "--help").stdout
