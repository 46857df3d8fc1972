from __future__ import annotations

from interdiction.model import Band, Party
from interdiction.screening.notes import notes
from tests.screening.conftest import Make

ELDER = Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["~1947"])
YOUNGER = Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"], nationalities=["kp"])


def test_answers_come_in_the_order_of_the_questions(screener: Make) -> None:
    answers = screener(ELDER, YOUNGER).screen([Party(names=["Nobody Atall"]), Party(id="c", names=["Kim Yong Chol"])])
    assert [[hit.query_id for hit in one.hits] for one in answers] == [[], ["c", "c"]]


def test_no_question_has_no_answer(screener: Make) -> None:
    assert screener(ELDER).screen([]) == []


def test_a_list_of_nobody_meets_nobody(screener: Make) -> None:
    assert screener().screen([Party(names=["Kim Yong Chol"])])[0].hits == ()


def test_namesakes_that_nothing_parts_are_said_to_be_so(screener: Make) -> None:
    (answer,) = screener(ELDER, YOUNGER).screen([Party(names=["Kim Yong Chol"])])
    (note,) = notes(answer.hits)
    assert "name alone cannot separate ofac-sdn:1, ofac-sdn:2" in note


def test_a_birth_date_parts_namesakes_and_nothing_is_said(screener: Make) -> None:
    (answer,) = screener(ELDER, YOUNGER).screen([Party(names=["Kim Yong Chol"], birth_dates=["1962-02-18"])])
    assert [hit.listing for hit in answer.hits] == ["ofac-sdn:2", "ofac-sdn:1"]
    assert notes(answer.hits) == ()


def test_the_effects_of_the_evidence_add_up_to_the_score(screener: Make) -> None:
    (answer,) = screener(YOUNGER).screen([Party(names=["Young-chul Kim"], birth_dates=["1962-02-18"])])
    for hit in answer.hits:
        assert abs(sum(one.effect for one in hit.evidence) - hit.score) < 0.001


def test_an_exact_name_with_its_birth_date_is_certain_and_says_why(screener: Make) -> None:
    (answer,) = screener(YOUNGER).screen([Party(names=["Kim Yong Chol"], birth_dates=["1962-02-18"])])
    (hit,) = answer.hits
    assert hit.band is Band.CERTAIN
    assert "born on the same day (1962-02-18)" in hit.why
    assert [one.finding for one in hit.evidence if one.kind == "name"] == ["equal"]


def test_every_word_of_the_core_has_a_sentence(screener: Make) -> None:
    listed = Party(
        kind="person",
        names=["PETROV, Ivan Nikolaevich"],
        birth_dates=["1970-05-04"],
        nationalities=["ru"],
        gender="male",
        identifiers=["passport:750000001@ru"],
    )
    asked = [
        Party(names=["Ivan Petrov"], birth_dates=[born], nationalities=[country], gender=gender, identifiers=[number])
        for born in (
            "1970-05-04",
            "1970",
            "1970-04-05",
            "1970-05-14",
            "1970-11-30",
            "1971-01-01",
            "~1971",
            "1950-01-01",
        )
        for country, gender, number in (("ru", "male", "passport:750000001@ru"), ("us", "female", "passport:99@ru"))
    ]
    spoke = [
        one for answer in screener(listed).screen(asked, threshold=0.5) for hit in answer.hits for one in hit.evidence
    ]
    assert {one.kind for one in spoke} >= {"name", "birth_date", "nationality", "gender", "identifier"}
    assert [(one.kind, one.finding) for one in spoke if not one.sentence or "{" in one.sentence] == []
