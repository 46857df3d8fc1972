"""How tokens were laid against each other, and what is said of numbers that are not written as their type is."""

from __future__ import annotations

import pytest

from interdiction.model import Party
from interdiction.names.translations import translated
from interdiction.screening.comparison import compare
from tests.screening.conftest import Make


@pytest.mark.parametrize(
    ("ours", "theirs", "kind", "found"),
    [
        ("Kim Yong Chol", "KIM, Yong Chol", "person", "equal"),
        ("Kim Young Chol", "KIM, Yong Chol", "person", "variant"),
        ("Yuzhny Banque", "YUZHNY BANK", "organisation", "translation"),
        ("Kim Yongchol", "KIM, Yong Chol", "person", "joined"),
        ("J. Kony", "KONY, Joseph", "person", "initial"),
        ("Kim Yong Chol Park", "KIM, Yong Chol", "person", "extra"),
        ("Kim Chol", "KIM, Yong Chol", "person", "missing"),
        ("김영철", "KIM, Yong Chol", "person", "transliteration"),
        ("Gurbanguly Berdimuhaemdow", "BERDIMUHAMEDOW, Gurbanguly", "person", "typo"),
        ("Abu Tarkanzi", "TARGANZI, Abu", "person", "sound"),
        ("ARVAND STEEL COMPLEX", "ARVAND FOOLAD COMPLEX", "organisation", "akin"),
    ],
)
def test_each_kind_of_alignment_is_named(ours: str, theirs: str, kind: str, found: str) -> None:
    (name, *_) = compare(ours, theirs, kind=kind).evidence
    assert found in {token.kind for token in name.tokens}
    assert name.sentence


def test_a_translation_is_a_family_of_common_words_and_a_spelling_is_not() -> None:
    assert translated("bank", "banque")
    assert not translated("bank", "fond")
    assert not translated("yong", "young")


def test_a_malformed_number_of_the_list_is_said_beside_the_hit(screener: Make) -> None:
    listed = Party(kind="vessel", names=["SPARTA"], identifiers=["imo:9268711"])
    (answer,) = screener(listed).screen([Party(kind="vessel", names=["Sparta"], identifiers=["imo:9268710"])])
    (hit,) = answer.hits
    assert "on the list, imo 9268711: its check digit is wrong" in hit.not_known
    assert not [one for one in hit.evidence if one.finding == "conflict"]
    (same,) = screener(listed).screen([Party(kind="vessel", names=["Other"], identifiers=["imo:9268711"])])
    assert same.hits[0].band.value == "certain"
