from __future__ import annotations

import pytest

from interdiction.errors import PartyError, UsageError
from interdiction.model import Party
from interdiction.names.compare import compare
from interdiction.names.normalise import fold, identifier, readings


def test_two_texts_of_a_kind_are_compared() -> None:
    row = compare("Kim Yong Chol", "KIM, Yong-Chol", kind="person")
    assert row.score >= 0.8
    assert row.structure[0].finding == "exact"


def test_an_unknown_kind_is_a_party_error() -> None:
    with pytest.raises(PartyError):
        compare("a", "b", kind="robot")


def test_the_threshold_decides_the_band_and_not_the_score() -> None:
    low, high = (compare("Kim Yong Chol", "KIM, Yong Chol", "person", threshold=at) for at in (0.5, 0.95))
    assert low.score == high.score
    assert (low.band, high.band) == ("strong", "below")
    with pytest.raises(UsageError):
        compare("a", "b", threshold=2)


def test_a_party_without_names_is_compared_by_its_facts() -> None:
    one = Party(identifiers=["lei:5493001KJTIIGC8Y1R12"])
    assert compare(one, one).band == "certain"
    assert compare(Party(), Party()).score == 0


def test_every_fact_names_both_values() -> None:
    ours = Party(names=["A B"], kind="person", birth_dates=["1962-02-18"], nationalities=["kp"], gender="male")
    theirs = Party(names=["A B"], kind="person", birth_dates=["1963/1965"], citizenships=["us"], gender="female")
    facts = {fact.kind: (fact.finding, fact.ours, fact.theirs) for fact in compare(ours, theirs).facts}
    assert facts == {
        "birth_date": ("near", "1962-02-18", "1963/1965"),
        "nationality": ("conflict", "kp", "us"),
        "gender": ("conflict", "male", "female"),
        "identifier": ("neither", "", ""),
    }


def test_identifiers_are_compared_without_their_punctuation() -> None:
    assert identifier("imo", "IMO 9187629") == "9187629"
    assert identifier("passport", "56-34 10081") == "563410081"
    assert identifier("bic", "DEUTDEFFXXX") == identifier("bic", "deutdeff")


def test_readings_are_tokens_in_order() -> None:
    assert readings("KIM, Yong-Chol")[0] == ["kim", "yong", "chol"]
    assert fold("Kím  YONG") == "kim yong"
