from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import IndexFileError
from interdiction.model import Address, Name, NameQuality, Party, Vessel
from interdiction.names import compare as comparing
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex, core_version

LISTED = (
    (
        "ofac-sdn:12211",
        Party(kind="person", names=["KIM, Yong Chol", "KIM, Young Cheol"], birth_dates=["~1947", "~1946"]),
    ),
    (
        "ofac-sdn:17614",
        Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"], nationalities=["kp"]),
    ),
    ("ofac-sdn:17616", Party(kind="person", names=["RYU, Jin"], identifiers=["passport:563410081@kp"])),
    (
        "ofac-sdn:9345",
        Party(
            kind="organisation",
            names=[Name("KOREA MINING DEVELOPMENT TRADING CORPORATION"), Name("KOMID", NameQuality.WEAK)],
            addresses=[Address(city="Pyongyang", country="kp")],
        ),
    ),
    ("un:1", Party(kind="vessel", names=["SPARTA IV"], identifiers=["imo:9187629"], vessel=Vessel(flag="ru"))),
    ("un:2", Party(kind="wallet", identifiers=["wallet:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"])),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path = tmp_path_factory.mktemp("index") / "test.names"
    built = NameIndex.build(path, LISTED, build_id="test")
    assert (built.parties, built.names, built.problems) == (6, 7, ())
    return NameIndex.open(path)


def test_two_men_of_one_name_are_both_shown_and_the_birthday_ranks_them(index: NameIndex) -> None:
    rows = index.judge(party_batch([Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1962-02-18"])])).rows()
    assert [(row.key, row.band) for row in rows] == [("ofac-sdn:17614", "certain"), ("ofac-sdn:12211", "possible")]
    assert [(fact.kind, fact.finding) for fact in rows[1].facts] == [
        ("birth_date", "conflict"),
        ("identifier", "neither"),
    ]


def test_without_facts_namesakes_stand_level_in_the_order_of_their_keys(index: NameIndex) -> None:
    rows = index.judge(party_batch([Party(kind="person", names=["Kim Yong Chol"])])).rows()
    assert [row.key for row in rows] == ["ofac-sdn:12211", "ofac-sdn:17614"]
    assert rows[0].score == rows[1].score


def test_an_equal_identifier_is_found_without_any_likeness_of_names(index: NameIndex) -> None:
    query = Party(names=["Someone Entirely Else"], identifiers=["passport:563 410 081"])
    (row,) = index.judge(party_batch([query])).rows()
    assert (row.key, row.basis, row.band) == ("ofac-sdn:17616", "identifier", "certain")


def test_a_wallet_without_a_name_is_found(index: NameIndex) -> None:
    (row,) = index.judge(party_batch([Party(identifiers=["wallet:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"])])).rows()
    assert (row.key, row.basis, row.name) == ("un:2", "identifier", "")


def test_a_weak_alias_is_marked_and_its_row_says_which_name(index: NameIndex) -> None:
    (row,) = index.judge(party_batch([Party(names=["KOMID"])])).rows()
    assert (row.weak_only, row.name, row.band) == (True, "KOMID", "possible")


def test_the_effects_of_a_row_add_up_to_its_score(index: NameIndex) -> None:
    query = Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1962-02-18"], nationalities=["us"])
    for row in index.judge(party_batch([query])).rows():
        assert sum(line.effect for line in (*row.structure, *row.facts)) == pytest.approx(row.score, abs=1e-4)


def test_ordinals_and_keys_answer_each_other(index: NameIndex) -> None:
    assert [index.party(key) for key, _ in LISTED] == [0, 1, 2, 3, 4, 5]
    assert index.key(2) == "ofac-sdn:17616"
    with pytest.raises(KeyError):
        index.party("ofac-sdn:1")
    for wrong in (-1, 6):
        with pytest.raises(IndexError):
            index.key(wrong)


def test_the_same_listings_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        NameIndex.build(tmp_path / name, LISTED, build_id="same")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    NameIndex.build(tmp_path / "x", [])
    assert NameIndex.open(tmp_path / "x").judge(party_batch([Party(names=["Kim"])])).rows() == []


def test_no_rows_are_answered_with_no_rows(index: NameIndex) -> None:
    assert index.judge(party_batch([])).rows() == []


def test_a_missing_file_and_a_cut_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        NameIndex.open(tmp_path / "x")
    NameIndex.build(tmp_path / "x", LISTED)
    (tmp_path / "x").write_bytes((tmp_path / "x").read_bytes()[:-1])
    with pytest.raises(IndexFileError):
        NameIndex.open(tmp_path / "x")


def test_problems_of_the_book_are_kept_beside_the_hits(index: NameIndex) -> None:
    book = pl.DataFrame({"name": ["Kim Yong Chol"], "births": ["not a date"]})
    judged = index.judge(book)
    assert judged.problems == ((0, "births", "not a date"),)
    assert len(judged) == 2


def test_a_stream_that_can_be_read_once_is_judged(index: NameIndex) -> None:
    pa = pytest.importorskip("pyarrow")
    assert len(index.judge(pa.table({"name": ["Kim Yong Chol"]}).to_reader())) == 2


def test_the_core_says_its_version() -> None:
    assert core_version().count("/") == 2


PARTS = st.sampled_from(
    [
        "Kim",
        "Yong",
        "Chol",
        "Young",
        "Ryu",
        "Jin",
        "KOMID",
        "Korea",
        "Mining",
        "Sparta",
        "IV",
        "Trading",
        "Corp",
        "김영철",
        "bin",
        "al",
        "J.",
    ]
)
NAMES = st.lists(PARTS, min_size=1, max_size=5).map(" ".join)
BIRTHS = st.lists(st.sampled_from(["1962-02-18", "~1947", "1962", "1971-01-01"]), max_size=2)
COUNTRIES = st.lists(st.sampled_from(["kp", "us", "cn"]), max_size=2)
PARTIES = st.builds(
    lambda names, births, nationalities, kind: Party(
        kind=kind, names=names, birth_dates=births, nationalities=nationalities
    ),
    st.lists(NAMES, max_size=2),
    BIRTHS,
    COUNTRIES,
    st.sampled_from([None, "person", "organisation"]),
)


@given(st.lists(PARTIES, max_size=6))
def test_scores_lie_between_0_and_1_and_hits_at_the_threshold_or_above(index: NameIndex, parties: list[Party]) -> None:
    for row in index.judge(party_batch(parties)).rows():
        assert 0.7 <= row.score <= 1
        assert 0 <= row.name_score <= 0.97
        assert row.band in {"certain", "strong", "possible"}


@given(st.lists(PARTIES, max_size=6))
def test_threads_batch_size_and_the_kind_of_table_change_nothing(index: NameIndex, parties: list[Party]) -> None:
    batch = party_batch(parties)
    whole = index.judge(batch, threads=1).rows()
    assert index.judge(batch, threads=3).rows() == whole
    assert index.judge(pl.DataFrame(batch)).rows() == whole
    single = [row for party in parties for row in index.judge(party_batch([party])).rows()]
    assert [(row.key, row.score, row.facts) for row in single] == [(row.key, row.score, row.facts) for row in whole]


@given(PARTIES, st.sampled_from([party for _, party in LISTED]))
def test_a_pair_scores_the_same_with_and_without_an_index(index: NameIndex, ours: Party, theirs: Party) -> None:
    found = {row.party: row for row in index.judge(party_batch([ours]), retrieval=0.01, threshold=0.0).rows()}
    at = [party for _, party in LISTED].index(theirs)
    if at in found:
        # Without an index every name is judged, with one only those that retrieval found: below its reach
        # (0.5) a name that it never looked at may be the better of two poor ones.
        alone = comparing.compare(ours, theirs).score
        assert found[at].score == alone or max(found[at].score, alone) < 0.5


@given(PARTIES, PARTIES)
def test_two_parties_score_alike_from_both_sides(ours: Party, theirs: Party) -> None:
    assert _score([ours], [theirs]) == _score([theirs], [ours])


def _score(ours: Iterable[Party], theirs: Iterable[Party]) -> list[float]:
    return [comparing.compare(a, b).score for a, b in zip(ours, theirs, strict=True)]
