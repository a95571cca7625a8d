"""Files appear whole or not at all, and the reason is one clear line."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from normtemplates.errors import OutputError
from normtemplates.jobs.output import FolderError, check_writable, output_folder, write_file
from tests.jobs.surroundings import contents, environment, small_disk

LIMITED = Path(__file__).with_name("limited.py")
WRITE = """
import sys
from pathlib import Path
from normtemplates.errors import OutputError
from normtemplates.jobs.output import write_file
try:
    write_file(Path(sys.argv[1]), b"x" * 5000)
except OutputError as error:
    print(type(error).__name__, *error.faults)
"""


def limited(limit: str, path: Path) -> str:
    """Write to ``path`` in a process with a limit, and give what it says."""
    return subprocess.run(
        [sys.executable, LIMITED, limit, "-c", WRITE, path],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.strip()


def write_nothing(path: Path) -> None:
    write_file(path, b"")


def said(error: pytest.ExceptionInfo[OutputError]) -> str:
    (line,) = error.value.faults
    return line


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    write_file(tmp_path / "a.xlsx", b"one")
    write_file(tmp_path / "a.xlsx", b"two")
    assert contents(tmp_path) == {"a.xlsx": b"two"}


def test_a_file_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "a.xlsx", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real" / "report.json")
    write_file(link, b"one")
    write_file(link, b"two")
    assert link.is_symlink()
    assert contents(tmp_path / "real") == {"report.json": b"two"}


def test_what_is_no_file_on_disk_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        check_writable(pipe)
        write_file(pipe, b"one")
        assert os.read(reader, 10) == b"one"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    before = contents(tmp_path)
    for attempt in (check_writable, write_nothing):
        with pytest.raises(
            OutputError, match=r"a\.xlsx is een map; hier hoort een bestand"
        ) as error:
            attempt(tmp_path / "a.xlsx")
        assert not isinstance(error.value, FolderError)
    assert contents(tmp_path) == before


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"mine")
    before = contents(tmp_path)
    with pytest.raises(FolderError) as error:
        write_file(tmp_path / "build" / "round" / "a.xlsx", b"")
    assert said(error) == f"{tmp_path / 'build'} is een bestand, geen map. Kies een andere map."
    for folder in (tmp_path / "build", tmp_path / "build" / "round"):
        with pytest.raises(FolderError) as error, output_folder(folder):
            pass
        assert said(error) == f"{tmp_path / 'build'} is een bestand, geen map. Kies een andere map."
    assert contents(tmp_path) == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for attempt in (check_writable, write_nothing):
        with pytest.raises(FolderError, match=r"De map .*nergens bestaat niet. Maak de map"):
            attempt(tmp_path / "nergens" / "a.xlsx")
    assert contents(tmp_path) == {}


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    for attempt in (check_writable, write_nothing):
        with pytest.raises(OutputError, match="de naam is te lang") as error:
            attempt(tmp_path / ("a" * 300))
        assert not isinstance(error.value, FolderError)
    with (
        pytest.raises(FolderError, match="de naam is te lang"),
        output_folder(tmp_path / "new" / ("a" * 300)),
    ):
        pass
    assert contents(tmp_path) == {}


def test_a_path_that_is_too_long_for_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says that it is not there, although the folder is."""

    def refuse(source: object, target: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "The system cannot find the path", source)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match="de naam is te lang"):
        write_file(tmp_path / "a.xlsx", b"new")
    assert contents(tmp_path) == {}


def test_the_longest_name_that_fits_is_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("a" * 255), b"one")
    assert contents(tmp_path) == {"a" * 255: b"one"}


def test_a_folder_in_which_one_may_not_write(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"mine")
    folder.chmod(0o555)
    assert limited("obedient", folder / "a.xlsx") == (
        f"FolderError In de map {folder} mag u niet schrijven. Kies een andere map."
    )
    folder.chmod(0o755)
    assert contents(folder) == {"a.xlsx": b"mine"}


def test_a_disk_without_room(tmp_path: Path) -> None:
    with small_disk(tmp_path, "16k") as disk:
        write_file(disk / "a.xlsx", b"mine")
        with pytest.raises(FolderError, match="de schijf is vol"):
            write_file(disk / "a.xlsx", b"x" * 100_000)
        with (
            pytest.raises(FolderError, match="de schijf is vol"),
            output_folder(disk / "new"),
        ):
            write_file(disk / "new" / "b.xlsx", b"x" * 100_000)
        assert contents(disk) == {"a.xlsx": b"mine"}


def test_a_file_that_may_not_grow_so_large(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    assert limited("file-size=1000", tmp_path / "a.xlsx") == (
        f"FolderError {tmp_path / 'a.xlsx'} kon niet worden geschreven: "
        "het bestand is groter dan hier mag."
    )
    assert contents(tmp_path) == {"a.xlsx": b"mine"}


def test_a_file_that_is_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that a program has open."""
    (tmp_path / "a.xlsx").write_bytes(b"mine")

    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", source)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match="Staat het bestand nog open, bijvoorbeeld in Excel"):
        write_file(tmp_path / "a.xlsx", b"new")
    assert contents(tmp_path) == {"a.xlsx": b"mine"}


def test_any_other_fault_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=r"kon niet worden geschreven \(Input/output error\)"):
        write_file(tmp_path / "a.xlsx", b"new")
    assert contents(tmp_path) == {}


def test_an_interrupt_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")

    def interrupt(source: object, target: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.xlsx", b"new")
    assert contents(tmp_path) == {"a.xlsx": b"mine"}


def test_checking_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"mine")
    check_writable(tmp_path / "a.json")
    check_writable(tmp_path / "b.json")
    assert contents(tmp_path) == {"a.json": b"mine"}


def test_an_output_folder_that_stays_empty_goes_again(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with output_folder(tmp_path / "there"), output_folder(tmp_path / "new" / "inner"):
        assert (tmp_path / "new" / "inner").is_dir()
    assert contents(tmp_path) == {"there": None}
    with output_folder(tmp_path / "new" / "inner"):
        write_file(tmp_path / "new" / "inner" / "a", b"")
    assert set(contents(tmp_path)) == {"there", "new", "new/inner", "new/inner/a"}
