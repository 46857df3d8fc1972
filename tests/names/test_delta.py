"""A few listings of an index, asked alone, answer as the whole index does for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction import _core
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex

LISTED = (
    ("ofac-sdn:12211", Party(kind="person", names=["KIM, Yong Chol", "KIM, Young Cheol"], birth_dates=["~1947"])),
    ("ofac-sdn:17614", Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"])),
    ("ofac-sdn:17616", Party(kind="person", names=["RYU, Jin"], identifiers=["passport:563410081@kp"])),
    ("ofac-sdn:9345", Party(kind="organisation", names=["KOREA MINING DEVELOPMENT TRADING CORPORATION", "KOMID"])),
    ("eu:1", Party(kind="organisation", names=["Вымпел", "VYMPEL LLC"])),
    ("un:1", Party(kind="vessel", names=["SPARTA IV"], identifiers=["imo:9187629"])),
)
KEYS = [key for key, _ in LISTED]
WORDS = (
    *("Kim", "김영철", "김", "영철", "金", "英哲", "Yong-Chol", "YONGCHOL", "Chol", "Ryu", "Jin", "K.", "Müller"),
    *("Korea", "Mining", "Trading", "Corp.", "KOMID", "K O M I D", "Вымпел", "Limited", "Liability", "Company"),
    *("Sparta", "4", "IV", "four", "María", "Smith", "عبد", "الرحمن", "", "-", "\ud800"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path = tmp_path_factory.mktemp("index") / "test.names"
    NameIndex.build(path, LISTED, build_id="test")
    return NameIndex.open(path)


@given(
    names=st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), min_size=1, max_size=8),
    keys=st.lists(st.sampled_from(KEYS)),
    threshold=st.sampled_from([0.0, 0.3, 0.5, 0.7, 1.0]),
    threads=st.integers(0, 3),
)
def test_the_candidates_are_those_of_the_index_kept_to_the_listings_asked_for(
    index: NameIndex, names: list[str], keys: list[str], threshold: float, threads: int
) -> None:
    rows = party_batch([Party(names=[name], identifiers=["passport:563410081"]) for name in names])
    parties = [index.party(key) for key in keys]
    few = _core.delta(index._core, parties).retrieve(rows, threshold=threshold, threads=threads)
    every = index._core.retrieve(rows, threshold=threshold).columns()
    kept = [at for at, party in enumerate(every["party"]) if party in parties]
    assert few.columns() == {name: [column[at] for at in kept] for name, column in every.items()}


def test_a_delta_judges_as_the_index_does(index: NameIndex) -> None:
    query = party_batch([Party(names=["Kim Yong Chol"], birth_dates=["1962-02-18"]), Party(names=["KOMID"])])
    delta = index.delta(["ofac-sdn:17614"])
    assert (delta.parties, delta.names) == (1, 1)
    expected = [row for row in index.judge(query).rows() if row.key == "ofac-sdn:17614"]
    assert delta.judge(query).rows() == expected


def test_a_delta_says_which_answers_a_limit_cut(index: NameIndex) -> None:
    query = party_batch([Party(names=["Maria Smith"]), Party(names=["a" * 5000])])
    assert index.delta(KEYS).judge(query).truncated == index.judge(query).truncated == (1,)


def test_a_listing_that_is_not_there_is_no_delta(index: NameIndex) -> None:
    with pytest.raises(KeyError):
        index.delta(["ofac-sdn:1"])


def test_more_rows_than_a_thread_takes_stay_in_order(index: NameIndex) -> None:
    query = party_batch([Party(names=["Ryu Jin" if at % 700 == 0 else "Maria Smith"]) for at in range(5000)])
    one, many = (index.delta(KEYS).judge(query, threads=threads).rows() for threads in (1, 4))
    assert [row.query for row in one] == list(range(0, 5000, 700))
    assert one == many
