from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.engine.raw import RawFiles, sha256
from interdiction.errors import HomeError


@pytest.fixture
def raw(tmp_path: Path) -> RawFiles:
    return RawFiles(tmp_path / "raw")


def edition(day: int) -> bytes:
    return b"".join(b'%d,"PARTY %d","NPWMD",-0- \r\n' % (n, n * 7919 % 10_007) for n in range(4000)) + b"%d\x1a" % day


def test_bytes_come_back_as_they_were(raw: RawFiles) -> None:
    for data in (b"", b"\x00\xff", edition(1)):
        assert raw.read(raw.keep(data)) == data


def test_a_days_edition_takes_a_hundredth_of_the_first(raw: RawFiles, tmp_path: Path) -> None:
    first = raw.keep(edition(1))
    second = raw.keep(edition(2), first)
    sizes = [(tmp_path / "raw" / f"{digest}.zst").stat().st_size for digest in (first, second)]
    assert sizes[1] * 100 < sizes[0] * 2
    assert raw.read(second) == edition(2)


def test_a_long_chain_of_editions_can_be_read_back(raw: RawFiles) -> None:
    digests = [raw.keep(edition(0))]
    for day in range(1, 50):
        digests.append(raw.keep(edition(day), digests[-1]))
    assert [raw.read(digest) for digest in digests[::7]] == [edition(day) for day in range(0, 50, 7)]


def test_the_same_bytes_are_kept_once(raw: RawFiles, tmp_path: Path) -> None:
    assert raw.keep(b"same") == raw.keep(b"same", raw.keep(b"other"))
    assert len(list((tmp_path / "raw").iterdir())) == 2


def test_an_earlier_file_that_is_gone_is_done_without(raw: RawFiles) -> None:
    assert raw.read(raw.keep(b"data", "0" * 64)) == b"data"


def test_sweeping_deletes_strays_and_keeps_what_others_lean_on(raw: RawFiles, tmp_path: Path) -> None:
    first = raw.keep(edition(1))
    second = raw.keep(edition(2), first)
    stray = raw.keep(b"of an import that never committed")
    (tmp_path / "raw" / "half.part").write_bytes(b"half")
    raw.sweep({second})
    assert {path.stem for path in (tmp_path / "raw").iterdir()} == {first, second}
    assert raw.read(second) == edition(2)
    assert stray not in {first, second}


@pytest.mark.parametrize("kept", [slice(0, -5), slice(0, 0), slice(0, 40), slice(3, None)])
def test_a_file_that_was_cut_is_damaged(raw: RawFiles, tmp_path: Path, kept: slice) -> None:
    digest = raw.keep(edition(1))
    path = tmp_path / "raw" / f"{digest}.zst"
    path.write_bytes(path.read_bytes()[kept])
    with pytest.raises(HomeError) as caught:
        raw.read(digest)
    assert caught.value.code == "damaged"


def test_a_damaged_earlier_file_keeps_no_new_one_out(raw: RawFiles, tmp_path: Path) -> None:
    first = raw.keep(edition(1))
    (tmp_path / "raw" / f"{first}.zst").write_bytes(b"")
    second = raw.keep(edition(2), first)
    assert raw.read(second) == edition(2)
    raw.keep(b"stray")
    raw.sweep({first, second})
    assert raw.read(second) == edition(2)


def test_a_damaged_file_that_is_kept_again_is_put_right_and_so_is_what_leans_on_it(
    raw: RawFiles, tmp_path: Path
) -> None:
    first = raw.keep(edition(1))
    second = raw.keep(edition(2), first)
    path = tmp_path / "raw" / f"{first}.zst"
    path.write_bytes(path.read_bytes()[:-5])
    assert not raw.whole(second)
    assert raw.keep(edition(1), second) == first
    assert (raw.read(first), raw.read(second)) == (edition(1), edition(2))


def test_a_file_under_another_files_name_is_damaged(raw: RawFiles, tmp_path: Path) -> None:
    first, second = raw.keep(b"first"), raw.keep(b"second")
    (tmp_path / "raw" / f"{first}.zst").write_bytes((tmp_path / "raw" / f"{second}.zst").read_bytes())
    with pytest.raises(HomeError) as caught:
        raw.read(first)
    assert caught.value.code == "damaged"


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=6))
def test_any_chain_of_any_bytes_comes_back(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    raw = RawFiles(tmp_path_factory.mktemp("raw"))
    earlier: str | None = None
    for data in contents:
        earlier = raw.keep(data, earlier)
        assert earlier == sha256(data)
    assert [raw.read(sha256(data)) for data in contents] == contents
