"""The wheel: what is in it, and that it works in an empty folder.

It is built from a copy of the checkout, by way of the source package as a release is, so that
nothing that lies about gets in and nothing is left behind.
"""

from __future__ import annotations

import ast
import configparser
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = ("LICENSE", "README.md", "normtemplates", "pyproject.toml", "setup.cfg", "templates")
SCRATCH = ("__pycache__", ".*")
"""What tools leave behind; no file of ours has such a name."""


@pytest.fixture(scope="module")
def config() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, made while ``build/`` holds what setuptools would pack."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    copy.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns(*SCRATCH))
        elif source.exists():
            shutil.copy(source, copy)
    for planted in ("lib/normtemplates/planted.py", "nulmeting-2025/planted.xlsx"):
        path = copy / "build" / planted
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("raise SystemExit('this came out of build/')\n", encoding="utf-8")
    before = sorted((copy / "build").rglob("*"))
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", "../dist", cwd=copy)
    assert sorted((copy / "build").rglob("*")) == before
    (made,) = (folder / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment into which the wheel was installed.

    The libraries are borrowed from the environment of the tests, without its normtemplates.
    """
    folder = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--quiet", "--no-deps", "--no-index", wheel),
    )
    libraries = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    home = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(home, "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    return commands


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that must succeed, without our own folders in its way; return its output."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "NORMTEMPLATES", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


# -- what setup.cfg says ---------------------------------------------------------------------------


def test_the_packages_are_those_that_exist(config: configparser.ConfigParser) -> None:
    listed = config["options"]["packages"].split()
    folders = {path.parent for path in (ROOT / "normtemplates").rglob("__init__.py")}
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert listed == sorted(names | {"normtemplates.templates"})


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "normtemplates").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def distributions(*folders: str) -> set[str]:
    """What everything that the code in these folders imports is called on PyPI."""
    modules = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    ours = {"normtemplates", "tests", "scripts"} | {
        path.stem for path in (ROOT / "scripts").glob("*.py")
    }
    system = {"uno", "com"}
    homes = importlib.metadata.packages_distributions()
    foreign = modules - set(sys.stdlib_module_names) - ours - system
    return required("\n".join(homes.get(name, [name])[0] for name in foreign))


def required(text: str) -> set[str]:
    """The names in a list of requirements, as packages are compared; comments are left out."""
    lines = (line.strip() for line in text.splitlines() if not line.strip().startswith("#"))
    names = (re.split(r"[^A-Za-z0-9._-]", line)[0] for line in lines)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names if name}


def test_what_is_imported_is_required_and_no_more(config: configparser.ConfigParser) -> None:
    assert distributions("normtemplates") == required(config["options"]["install_requires"])


def test_what_the_tests_import_is_in_their_environment(config: configparser.ConfigParser) -> None:
    there = required(config["options"]["install_requires"])
    for extra in ("test", "fuzz"):
        there |= required(config["options.extras_require"][extra])
    assert distributions("scripts", "tests") - there == set()


def test_everything_in_the_environment_is_pinned(config: configparser.ConfigParser) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {name for pin in pins for name in required(pin)}
    listed = required(config["options"]["install_requires"])
    listed |= required(config["options.extras_require"]["test"])
    assert listed - pinned == set()
    assert [name for name, version in pins.items() if "*" in version] == []


def test_nothing_in_build_makes_it_a_package() -> None:
    assert not (ROOT / "build" / "__init__.py").exists()


# -- what is in the wheel --------------------------------------------------------------------------


def files_of(folder: str) -> set[str]:
    """Every file of ours below a folder of the checkout, as a path in the wheel is written."""
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.as_posix()
        for path in paths
        if not any(fnmatch(part, scratch) for part in path.parts for scratch in SCRATCH)
    }


def test_every_source_and_template_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    expected = files_of("normtemplates") | {
        f"normtemplates/{name}" for name in files_of("templates")
    }
    with zipfile.ZipFile(wheel) as package:
        names = {name for name in package.namelist() if ".dist-info/" not in name}
        licences = [name for name in package.namelist() if name.endswith("/LICENSE")]
    assert names == expected
    assert len(licences) == 1


def test_the_wheel_runs_on_any_system(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


# -- what it does ----------------------------------------------------------------------------------


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    where = "import normtemplates; print(normtemplates.__file__)"
    found = run(installed / "python", "-c", where, cwd=tmp_path).strip()
    assert Path(found).is_relative_to(installed.parent)


def test_it_says_its_version(installed: Path, wheel: Path) -> None:
    version = wheel.name.split("-")[1]
    assert version in run(installed / "normtemplates", "--version", cwd=Path("/"))
    assert version in run(installed / "python", "-m", "normtemplates", "--version", cwd=Path("/"))


def test_it_knows_the_shipped_norms(installed: Path) -> None:
    output = run(installed / "normtemplates", "norm", "list", cwd=Path("/"))
    for path in (ROOT / "templates" / "norms").iterdir():
        assert path.name in output


def test_it_gives_the_shipped_templates_away(installed: Path, tmp_path: Path) -> None:
    target = tmp_path / "own"
    run(installed / "normtemplates", "start", target, cwd=Path("/"))
    for path in (ROOT / "templates" / "norms").rglob("*.toml"):
        copy = target / path.relative_to(ROOT / "templates")
        assert copy.read_bytes() == path.read_bytes()


def test_it_builds_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    run(
        *(installed / "normtemplates", "build", "--organisation", "GM0358"),
        *("--out", tmp_path / "out"),
        cwd=tmp_path,
    )
    made = {path.suffix for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {".xlsx", ".docx"} <= made
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
