"""An index that follows its file: the new build when it can be trusted, the old one whenever it cannot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from interdiction.errors import IndexFileError
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.names.live import LiveIndex

BOTH = party_batch([Party(names=["Kim Yong Chol"]), Party(names=["Ryu Jin"])])


def build(path: Path, *names: str) -> None:
    NameIndex.build(path, [(f"x:{name}", Party(names=[name])) for name in names])


def found(index: NameIndex) -> list[str]:
    return [row.key for row in index.judge(BOTH).rows()]


def test_a_new_build_is_taken_up_and_the_old_one_goes_on_for_who_holds_it(tmp_path: Path) -> None:
    build(tmp_path / "x", "KIM, Yong Chol")
    live = LiveIndex(tmp_path / "x")
    old = live.current()
    assert live.current() is old
    build(tmp_path / "x", "RYU, Jin")
    assert found(live.current()) == ["x:RYU, Jin"]
    assert found(old) == ["x:KIM, Yong Chol"]
    assert live.refusal is None


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    beside = path.with_name("beside")
    beside.write_bytes(data)
    beside.replace(path)


def emptied(path: Path) -> None:
    beside = path.with_name("beside")
    beside.write_bytes(b"")
    beside.replace(path)


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "code"), [(damaged, "index-damaged"), (emptied, "index-damaged"), (removed, "index-missing")]
)
def test_what_cannot_be_trusted_never_replaces_a_good_index_and_is_reported_once(
    tmp_path: Path, harm: Callable[[Path], None], code: str
) -> None:
    build(tmp_path / "x", "KIM, Yong Chol")
    told: list[IndexFileError] = []
    live = LiveIndex(tmp_path / "x", on_refusal=told.append)
    harm(tmp_path / "x")
    for _ in range(3):
        assert found(live.current()) == ["x:KIM, Yong Chol"]
    assert [one.code for one in told] == [code]
    assert told == [live.refusal]
    build(tmp_path / "x", "RYU, Jin")
    assert found(live.current()) == ["x:RYU, Jin"]
    assert live.refusal is None
    harm(tmp_path / "x")
    live.current()
    assert [one.code for one in told] == [code, code]


def test_without_a_first_index_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        LiveIndex(tmp_path / "x")
    (tmp_path / "x").write_bytes(b"INTDNAME")
    with pytest.raises(IndexFileError):
        LiveIndex(tmp_path / "x")


def test_readers_in_threads_see_whole_indexes_only_while_it_is_replaced_again_and_again(tmp_path: Path) -> None:
    builds = (["x:KIM, Yong Chol"], ["x:RYU, Jin"], ["x:KIM, Yong Chol", "x:RYU, Jin"])
    names = [tuple(key[2:] for key in keys) for keys in builds]
    build(tmp_path / "x", *names[0])
    live = LiveIndex(tmp_path / "x")
    done, answers, faults = threading.Event(), list[list[str]](), list[BaseException]()

    def read() -> None:
        try:
            while not done.is_set():
                answers.append(found(live.current()))
        except BaseException as error:  # noqa: BLE001 - carried to the thread that asserts
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(40):
        if turn % 5 == 4:
            damaged(tmp_path / "x")
        build(tmp_path / "x", *names[turn % 3])
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert answers
    assert all(answer in builds for answer in answers)
    assert found(live.current()) == builds[39 % 3]
