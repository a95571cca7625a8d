"""``normtemplates start DIR``: a folder to begin from, that then works."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from normtemplates.cli.main import main


def run(*words: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


def test_start_makes_a_folder_that_works(tmp_path: Path) -> None:
    own = tmp_path / "eigen"
    result = run("start", own)
    assert result.exit_code == 0
    count = sum(1 for path in own.rglob("*") if path.is_file())
    assert f"{count} bestanden gezet in {own}." in result.stdout
    norm = own / "norms" / "noord-holland" / "2025.toml"
    text = norm.read_text(encoding="utf-8")
    norm.write_text(text.replace('title = "Noord-Hollandse', 'title = "Onze'), encoding="utf-8")
    assert "Onze Norm Weerbare Overheid" in run("norm", "list", "--templates", own).stdout


def test_start_again_says_what_it_kept(tmp_path: Path) -> None:
    run("start", tmp_path)
    (tmp_path / "registers" / "kinds.toml").unlink()
    result = run("start", tmp_path)
    assert result.exit_code == 0
    round_ = tmp_path / "rounds" / "nulmeting-2025.toml"
    assert f"{round_} bestond al en is niet veranderd." in result.stdout
    assert f"1 bestand gezet in {tmp_path}." in result.stdout


def test_start_works_where_the_environment_already_points(tmp_path: Path) -> None:
    own = tmp_path / "eigen"
    assert run("start", own, env={"NORMTEMPLATES_DIR": str(own)}).exit_code == 0


def test_start_where_a_file_lies_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    result = run("start", tmp_path / "bestand")
    assert result.exit_code == 2
    assert "is een bestand, geen map" in result.stderr
    assert result.stdout == ""


def test_start_needs_a_folder() -> None:
    result = run("start")
    assert result.exit_code == 2
    assert "Missing argument 'DIR'" in result.stderr
