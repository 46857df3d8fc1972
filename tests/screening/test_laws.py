"""What holds of every score: the list does not matter, nor which side is which; an agreeing fact never lowers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.compare import compare, compare_many
from interdiction.names.index import NameIndex
from interdiction.screening.screener import RETRIEVAL

NAMES = [
    "Kim Yong Chol",
    "KIM, Young Chul",
    "Kim Yong Su",
    "ALFA BANK",
    "SPARTA IV",
    "Ivanov, Ivan Ivanovich",
    "김영철",
]
parties = st.fixed_dictionaries(
    {"names": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)},
    optional={
        "kind": st.sampled_from(["person", "organisation", "vessel"]),
        "birth_dates": st.lists(
            st.sampled_from(["1962-02-18", "1962-02-19", "1962", "~1947", "1985-05-05"]), max_size=2
        ),
        "nationalities": st.lists(st.sampled_from(["kp", "us", "ru"]), max_size=2, unique=True),
        "residences": st.lists(st.sampled_from(["kp", "cn"]), max_size=1),
        "gender": st.sampled_from(["male", "female"]),
        "identifiers": st.lists(
            st.sampled_from(["passport:1234567@kp", "passport:7654321@kp", "tax_id:7707083893@ru", "imo:9187629"]),
            max_size=2,
            unique=True,
        ),
    },
)


@given(parties, parties)
def test_the_score_is_the_same_from_both_sides(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    one, other = compare(Party(**ours), Party(**theirs)), compare(Party(**theirs), Party(**ours))
    assert (one.score, one.band, one.standing) == (other.score, other.band, other.standing)


@given(parties, parties, st.sampled_from(["birth_dates", "nationalities", "identifiers", "gender"]))
def test_an_agreeing_fact_never_lowers(ours: dict[str, Any], theirs: dict[str, Any], field: str) -> None:
    agreeing = {"birth_dates": "1971-03-04", "nationalities": "ir", "identifiers": "passport:998877665@ir"}
    before = compare(Party(**ours), Party(**theirs)).score
    if field == "gender":
        if "gender" in ours or "gender" in theirs:
            return
        more: list[dict[str, Any]] = [{**one, "gender": "male"} for one in (ours, theirs)]
    else:
        more = [{**one, field: [*one.get(field, []), agreeing[field]]} for one in (ours, theirs)]
    assert compare(Party(**more[0]), Party(**more[1])).score >= before


def test_the_same_facts_give_the_same_score_on_every_list_and_on_none(tmp_path: Path) -> None:
    listed = Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"], nationalities=["kp"])
    asked = [
        Party(names=["Kim Young Chul"], birth_dates=["1962"]),
        Party(names=["Kim Yong Chol"], nationalities=["us"], gender="male"),
    ]
    scores = set()
    for name, others in (("long", 200), ("short", 0)):
        crowd = [(f"ofac-sdn:{at}", Party(names=[f"Kim Number{at} Chol"])) for at in range(others)]
        NameIndex.build(tmp_path / name, [("un:1", listed), *crowd, ("eu:1", listed)])
        rows = NameIndex.open(tmp_path / name).judge(party_batch(asked), retrieval=RETRIEVAL, threshold=0.0).rows()
        scores |= {(row.query, row.score, row.band) for row in rows if row.key in {"un:1", "eu:1"}}
    alone = compare_many(asked, [listed, listed], threshold=0.0)
    assert scores == {(at, row.score, row.band) for at, row in enumerate(alone)}
    assert len(scores) == 2


@pytest.mark.parametrize("facts", [{}, {"birth_dates": ["1962-02-18"]}, {"identifiers": ["passport:1234567@kp"]}])
def test_no_score_sticks_at_one(facts: dict[str, list[str]]) -> None:
    party = Party(kind="person", names=["KIM, Yong Chol"], nationalities=["kp"], gender="male", **facts)  # type: ignore[arg-type]
    assert compare(party, party).score < 1
