"""Where data are found, and how the shipped set is copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from normtemplates import resources
from normtemplates.errors import OutputError, RequestError
from normtemplates.resources import copy_shipped, search_path, shipped


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "eigen" / "rounds").mkdir(parents=True)
    return tmp_path / "eigen"


def test_the_own_folder_comes_first_and_replaces_by_path(own: Path) -> None:
    path = search_path(own)
    shipped_round = path.find("rounds/nulmeting-2025.toml")
    assert shipped_round == shipped() / "rounds" / "nulmeting-2025.toml"
    mine = own / "rounds" / "nulmeting-2025.toml"
    mine.write_text("x", encoding="utf-8")
    assert path.find("rounds/nulmeting-2025.toml") == mine
    assert path.root_of(mine) == own
    assert path.root_of(shipped_round) == shipped()
    assert path.root_of(own.parent) is None


def test_a_listing_adds_up_and_sorts_and_leaves_out_what_is_no_data(own: Path) -> None:
    for name in ("a.toml", "nulmeting-2025.toml", "~$a.toml", ".b.toml", "c.txt"):
        (own / "rounds" / name).write_text("x", encoding="utf-8")
    (own / "rounds" / "map.toml").mkdir()
    listing = search_path(own).listing("rounds", "*.toml")
    mine = [path.name for path in listing if path.is_relative_to(own)]
    assert mine == ["a.toml", "nulmeting-2025.toml"]
    names = [path.name for path in listing]
    assert names == sorted(set(names))
    assert search_path(own).listing("weg", "*") == ()


@pytest.mark.parametrize(
    "relative",
    [
        "weg.toml",
        "",
        "rounds",
        "../eigen/rounds/a.toml",
        "/etc/hosts",
        "rounds\\a.toml",
        "C:a",
        "a\0",
    ],
)
def test_what_is_not_there_or_outside_is_not_found(relative: str, own: Path) -> None:
    (own / "rounds" / "a.toml").write_text("x", encoding="utf-8")
    with pytest.raises(RequestError, match="bestaat niet"):
        search_path(own).find(relative)


def test_an_own_folder_must_be_there(own: Path) -> None:
    with pytest.raises(RequestError, match="normtemplates start"):
        search_path(own / "weg")
    (own / "bestand").write_text("", encoding="utf-8")
    with pytest.raises(RequestError):
        search_path(own / "bestand")


def test_messages_name_a_shipped_file_from_templates_on(own: Path) -> None:
    path = search_path(own)
    assert path.shown(shipped() / "rounds" / "x.toml") == "templates/rounds/x.toml"
    assert path.shown(own / "rounds" / "x.toml") == str(own / "rounds" / "x.toml")


def test_the_data_are_found_without_installation(tmp_path: Path, root: Path) -> None:
    """A copy of the checkout, run from elsewhere with nothing installed for it."""
    for folder in ("normtemplates", "templates"):
        shutil.copytree(
            root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    script = "from normtemplates.resources import shipped; print(shipped())"
    found = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path / "templates",
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == tmp_path / "templates"


def test_installed_data_win_over_a_folder_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another package may well put a folder ``templates`` into site-packages."""
    for folder in ("templates", "normtemplates/templates"):
        (tmp_path / folder / "norms").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "normtemplates" / "resources.py"))
    assert shipped.__wrapped__() == tmp_path / "normtemplates" / "templates"


def test_data_that_are_nowhere_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "a" / "b.py"))
    with pytest.raises(RequestError, match="opnieuw"):
        shipped.__wrapped__()


# -- copying ----------------------------------------------------------------------------


def tree(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_copy_holds_all_data_and_no_code(tmp_path: Path) -> None:
    to = tmp_path / "nieuw" / "dieper"
    copied = copy_shipped(to)
    data = {
        name
        for name in tree(shipped())
        if name.endswith((".toml", ".csv", ".docx", ".html")) and "~$" not in name
    }
    assert set(copied.written) == tree(to)
    assert data <= tree(to)
    assert copied.kept == ()
    assert not [name for name in tree(to) if name.endswith((".py", ".pyc", ".new"))]
    for name in copied.written:
        assert (to / name).read_bytes() == (shipped() / name).read_bytes()
    assert search_path(to).find("rounds/nulmeting-2025.toml").is_relative_to(to)


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "rounds" / "nulmeting-2025.toml"
    mine.parent.mkdir()
    mine.write_text("van mij", encoding="utf-8")
    first = copy_shipped(tmp_path)
    assert first.kept == ("rounds/nulmeting-2025.toml",)
    assert mine.read_text(encoding="utf-8") == "van mij"
    second = copy_shipped(tmp_path)
    assert second.written == ()
    assert set(second.kept) == {*first.written, *first.kept}


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "eigen" / "rounds" / "mijn.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("van mij", encoding="utf-8")
    whole = shutil.copyfile
    calls = 0

    def full(source: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 3:
            Path(target).write_bytes(b"half")
            raise OSError(28, "No space left on device", str(target))
        return whole(source, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OutputError, match="de schijf is vol"):
        copy_shipped(tmp_path / "eigen")
    assert tree(tmp_path) == {"eigen/rounds/mijn.toml"}
    assert [p for p in tmp_path.rglob("*") if p.is_dir() and not any(p.iterdir())] == []


def test_an_interrupted_copy_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfile", stop)
    with pytest.raises(KeyboardInterrupt):
        copy_shipped(tmp_path / "eigen")
    assert not (tmp_path / "eigen").exists()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="bestand is een bestand, geen map"):
        copy_shipped(tmp_path / "bestand")
    with pytest.raises(OutputError):
        copy_shipped(tmp_path / "bestand" / "dieper")
    (tmp_path / "registers").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="registers is een bestand, geen map"):
        copy_shipped(tmp_path)
    assert tree(tmp_path) == {"bestand", "registers"}


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match="Kies een map waarin u mag schrijven"):
        copy_shipped(tmp_path / "nieuw")


def test_a_folder_with_nothing_of_ours_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "iets-anders").mkdir()
    with pytest.raises(RequestError, match="staat niets dat hier hoort"):
        search_path(tmp_path)
