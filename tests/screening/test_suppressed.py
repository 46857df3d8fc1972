"""What only facts took below the threshold is kept, counted and shown; what may do so is little."""

from __future__ import annotations

import pytest

from interdiction.model import Party, Suppression
from interdiction.screening.comparison import compare
from tests.screening.conftest import Make

LISTED = Party(
    kind="person",
    names=["KIM, Yong Chol"],
    birth_dates=["1962-02-18"],
    nationalities=["kp"],
    identifiers=["national_id:111@kp"],
)


def test_a_namesake_born_decades_apart_is_suppressed_by_fact_with_its_reckoning(screener: Make) -> None:
    (answer,) = screener(LISTED).screen([Party(id="c", names=["Kim Yong Chol"], birth_dates=["1985-05-05"])])
    (below,) = answer.suppressed
    assert (answer.hits, below.suppressed, below.query_id) == ((), Suppression.FACT, "c")
    assert below.score < below.threshold == 0.7
    assert [one.finding for one in below.evidence if one.effect < 0] == ["conflict"]
    assert "birth dates conflict" in below.why


@pytest.mark.parametrize(
    "facts",
    [
        {"nationalities": ["us"], "residences": ["de"], "gender": "female"},
        {"birth_dates": ["1962-02-19"]},
        {"birth_dates": ["1963-01-01"]},
        {"birth_dates": ["1985"]},
        {"birth_dates": ["~1985"]},
        {"birth_dates": ["1980/1990"], "nationalities": ["us"]},
        {"identifiers": ["passport:1234567@kp"]},
        {"identifiers": ["national_id:22222@us"]},
        {"birth_dates": ["1985-05-05", "1962-02-18"]},
    ],
)
def test_no_other_fact_takes_an_exact_name_below(screener: Make, facts: dict[str, list[str]]) -> None:
    (answer,) = screener(LISTED).screen([Party(names=["Kim Yong Chol"], **facts)])  # type: ignore[arg-type]
    assert [hit.score >= 0.7 for hit in answer.hits] == [True]
    assert answer.suppressed == ()


@pytest.mark.parametrize(
    "facts", [{"birth_dates": ["1985-05-05"]}, {"identifiers": ["national_id:22222@kp"]}, {"kind": "vessel"}]
)
def test_these_facts_may_and_then_it_is_told(screener: Make, facts: dict[str, list[str]]) -> None:
    (answer,) = screener(LISTED).screen([Party(names=["Kim Yong Chol"], **facts)])  # type: ignore[arg-type]
    assert (len(answer.hits), len(answer.suppressed)) == (0, 1)


def test_a_name_that_is_no_hit_is_not_counted_as_suppressed(screener: Make) -> None:
    (answer,) = screener(LISTED).screen([Party(names=["Kim Yong Su"], birth_dates=["1985-05-05"])])
    assert (answer.hits, answer.suppressed) == ((), ())


def test_comparing_says_it_too() -> None:
    found = compare(Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1985-05-05"]), LISTED)
    assert found.suppressed is Suppression.FACT
    assert compare("Kim Yong Su", LISTED).suppressed is None


def test_what_could_decide_and_is_not_known_is_said(screener: Make) -> None:
    bare, dated = screener(LISTED).screen(
        [Party(names=["Kim Yong Chol"]), Party(names=["Kim Yong Chol"], birth_dates=["1962-02-18"])]
    )
    assert bare.hits[0].not_known == (
        "no date of birth on our side (theirs is 1962-02-18); no identifier on our side (theirs is national_id:111@kp)"
    )
    assert dated.hits[0].not_known == "no identifier on our side (theirs is national_id:111@kp)"
    unknown = [one for one in bare.hits[0].evidence if one.finding == "not_ours"]
    assert [(one.kind, one.effect) for one in unknown] == [("birth_date", 0.0), ("identifier", 0.0)]


def test_numbers_of_two_types_are_said_to_be_not_comparable(screener: Make) -> None:
    (answer,) = screener(LISTED).screen([Party(names=["Kim Yong Chol"], identifiers=["passport:99@kp"])])
    assert "no two identifiers that can be compared" in answer.hits[0].not_known
