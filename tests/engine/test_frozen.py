from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.engine.frozen import ListingFile, write_listings
from interdiction.errors import IndexFileError
from interdiction.model import Listing, Party


def listings(*names: str) -> list[Listing]:
    return [Listing(list="ofac-sdn", uid=str(at), party=Party(names=[name])) for at, name in enumerate(names)]


def test_every_listing_reads_back_as_it_was_written(tmp_path: Path) -> None:
    some = listings("KIM, Yong Chol", "김영철", "")
    write_listings(tmp_path / "a.listings", some)
    file = ListingFile(tmp_path / "a.listings")
    assert [file.listing(at) for at in range(len(file))] == some


def test_a_list_of_nobody_is_a_whole_file(tmp_path: Path) -> None:
    write_listings(tmp_path / "a.listings", [])
    assert len(ListingFile(tmp_path / "a.listings")) == 0


@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    path = tmp_path_factory.mktemp("flip") / "a.listings"
    write_listings(path, listings("KIM, Yong Chol", "JANG, Yong Son"))
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(IndexFileError):
        ListingFile(path)


@given(cut=st.integers(min_value=1))
def test_a_cut_file_is_refused(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.listings"
    write_listings(path, listings("KIM, Yong Chol", "JANG, Yong Son"))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 1 - cut % len(data)])
    with pytest.raises(IndexFileError):
        ListingFile(path)


def test_an_ordinal_outside_the_file_is_an_index_error(tmp_path: Path) -> None:
    write_listings(tmp_path / "a.listings", listings("A"))
    with pytest.raises(IndexError):
        ListingFile(tmp_path / "a.listings").listing(1)
