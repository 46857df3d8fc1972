from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from interdiction.engine.editions import ImportReport, import_edition, in_force, iter_listings
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from interdiction.errors import HomeError, NoListError
from interdiction.store.database import alembic_config
from interdiction.store.reading import opened

from .conftest import AT, sdn_row

TEN = [sdn_row(uid) for uid in range(1, 11)]
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def code_of(open_it: Callable[[], object]) -> str:
    with pytest.raises(HomeError) as caught:
        open_it()
    assert caught.value.mend
    assert caught.value.exit_code == 5
    return caught.value.code


def test_no_home_is_no_list_in_force(tmp_path: Path) -> None:
    with pytest.raises(NoListError):
        Home.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_fresh_home_has_no_list_in_force(home: Home) -> None:
    with pytest.raises(NoListError):
        in_force(home)


def test_a_home_is_made_once_and_opened_again(tmp_path: Path) -> None:
    Home.open(tmp_path / "a" / "b", create=True)
    assert Home.open(tmp_path / "a" / "b").path == tmp_path / "a" / "b"


def test_a_home_that_was_just_being_made_is_finished(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / "VERSION.77").touch()
    (tmp_path / "config.toml").touch()
    Home.open(tmp_path, create=True)
    assert (tmp_path / "VERSION").read_text() == "1\n"


def test_a_strange_folder_is_never_made_a_home(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert code_of(lambda: Home.open(tmp_path, create=True)) == "not-a-home"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_not_a_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert code_of(lambda: Home.open(tmp_path / "file", create=True)) == "not-a-home"


def test_a_newer_home_is_refused(home: Home) -> None:
    (home.path / "VERSION").write_text("2\n")
    assert code_of(lambda: Home.open(home.path)) == "newer-home"


@pytest.mark.parametrize("content", [b"", b"one", b"\xff\xfe1", b"-1"])
def test_a_version_that_cannot_be_read_is_damage(home: Home, content: bytes) -> None:
    (home.path / "VERSION").write_bytes(content)
    assert code_of(lambda: Home.open(home.path)) == "damaged"


def test_a_home_without_its_version_is_not_started_over(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    (home.path / "VERSION").unlink()
    assert code_of(lambda: Home.open(home.path, create=True)) == "damaged"


def test_a_damaged_store_is_never_an_empty_one(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    (home.path / "store.sqlite").write_bytes(b"\0" * 8192)
    assert code_of(lambda: in_force(home)) == "damaged"
    assert code_of(lambda: bring(2, TEN)) == "damaged"


def test_an_emptied_store_is_never_a_list_with_nobody_on_it(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    (home.path / "store.sqlite").write_bytes(b"")
    assert code_of(lambda: in_force(home)) == "damaged"


@pytest.mark.parametrize("lose", ["empty", "delete"])
def test_a_lost_store_does_not_start_over_beside_its_official_files(
    home: Home, bring: Callable[..., ImportReport], lose: str
) -> None:
    bring(1, TEN)
    (home.path / "store.sqlite").unlink()
    if lose == "empty":
        (home.path / "store.sqlite").touch()
    assert code_of(lambda: in_force(home)) == "damaged"
    assert code_of(lambda: bring(2, TEN)) == "damaged"
    assert home.raw.any()


def test_a_store_that_was_just_being_made_is_no_list(home: Home) -> None:
    (home.path / "store.sqlite").touch()
    with pytest.raises(NoListError):
        in_force(home)


def test_a_second_writer_waits_and_then_gives_up(home: Home) -> None:
    with home.writing(0):
        assert code_of(lambda: home.writing(0.1).__enter__()) == "locked"
    with home.writing(0):
        pass


def test_the_lock_of_a_killed_writer_is_free(home: Home) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from interdiction.engine.home import Home\n"
        "with Home.open(Path(sys.argv[1])).writing(0): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(home.path)], check=False)
    with home.writing(0):
        pass


def test_readers_need_no_lock(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    with home.writing(0):
        assert len(list(iter_listings(home))) == 10


def test_a_commit_changes_the_stamp_even_while_somebody_reads(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    with home.reading():
        before = home.stamp()
        bring(2, [*TEN, sdn_row(11)])
        assert home.stamp() != before


def test_asking_does_not_change_the_stamp(home: Home, bring: Callable[..., ImportReport]) -> None:
    bring(1, TEN)
    before = home.stamp()
    list(iter_listings(home))
    assert home.stamp() == before


def test_an_import_makes_the_built_index_be_asked_for_again(home: Home, bring: Callable[..., ImportReport]) -> None:
    home.index.mkdir()
    home.manifest.write_text("{}")
    bring(1, TEN)
    assert not home.manifest.exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    if not ROOT or sys.platform != "linux":
        pytest.skip("mounting a small file system needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"mount was refused: {mounted.stderr.decode()}")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path, written: Callable[..., Path]) -> None:
    home = Home.open(small_disk / "home", create=True)
    import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT, on=date(2015, 1, 1))
    many = [sdn_row(uid, f"NAME {uid * 7919 % 100_003} {uid * 104_729 % 99_991}") for uid in range(1, 6000)]
    big = written(sdn=many)
    assert code_of(lambda: import_edition(home, "ofac-sdn", [big], at=AT, on=date(2015, 1, 2))) == "full"
    assert len(list(iter_listings(home))) == 10
    report = import_edition(home, "ofac-sdn", [written(sdn=[*TEN, sdn_row(11)])], at=AT, on=date(2015, 1, 3))
    assert (report.edition.added, len(list(iter_listings(home)))) == (1, 11)


def test_a_disk_without_any_room_is_full(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (small_disk / "filler").write_bytes(b"\0" * 2_000_000)
    assert code_of(lambda: Home.open(small_disk / "home", create=True)) == "full"


def test_a_read_only_mount_can_be_asked_but_not_written(small_disk: Path, written: Callable[..., Path]) -> None:
    home = Home.open(small_disk / "home", create=True)
    import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT, on=date(2015, 1, 1))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert len(list(iter_listings(Home.open(home.path)))) == 10
    again = written(sdn=TEN)
    assert code_of(lambda: import_edition(home, "ofac-sdn", [again], at=AT, on=date(2015, 1, 2))) == "read-only"
    assert code_of(lambda: Home.open(small_disk / "other", create=True)) == "read-only"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_reader_without_rights_to_write_sees_the_list(open_folder: Path, written: Callable[..., Path]) -> None:
    if not ROOT:
        pytest.skip("becoming another user needs root")
    home = Home.open(open_folder / "home", create=True)
    import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT, on=date(2015, 1, 1))
    script = (
        "import os, sys; from pathlib import Path; from interdiction.engine.home import Home\n"
        "from interdiction.engine.editions import iter_listings, import_edition\n"
        "import interdiction.store.reading, interdiction.store.database, interdiction.lists.detect\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "home = Home.open(Path(sys.argv[1])); print(len(list(iter_listings(home))))\n"
        "try:\n"
        "    with home.writing(0): pass\n"
        "except Exception as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home.path)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["10", "read-only"], done.stderr


def test_a_log_that_a_read_only_reader_cannot_fold_is_an_error_not_an_older_list(
    small_disk: Path, written: Callable[..., Path], tmp_path: Path
) -> None:
    home = Home.open(small_disk / "home", create=True)
    import_edition(home, "ofac-sdn", [written(sdn=TEN)], at=AT, on=date(2015, 1, 1))
    with home.reading():
        import_edition(home, "ofac-sdn", [written(sdn=[*TEN, sdn_row(11)])], at=AT, on=date(2015, 1, 2))
        log = home.path / "store.sqlite-wal"
        assert log.stat().st_size > 0
        kept = {path.name: path.read_bytes() for path in (home.path / "store.sqlite", log)}
    for name, data in kept.items():
        (home.path / name).write_bytes(data)
    (home.path / "store.sqlite-shm").unlink(missing_ok=True)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    try:
        assert len(list(iter_listings(home))) == 11
    except HomeError as error:
        assert error.code == "read-only"


def test_a_home_of_an_earlier_version_is_brought_to_this_one_by_the_first_question(home: Home) -> None:
    engine = sa.create_engine(f"sqlite:///{home.store}")
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "r0002")
    engine.dispose()
    with pytest.raises(HomeError) as old, opened(home.store):
        pass
    assert old.value.code == "older-home"
    with home.reading() as reader:
        assert reader.editions() == []
    with kept(home) as decisions:
        assert decisions.runs() == []
