from __future__ import annotations

from interdiction.model import Basis, Party
from interdiction.screening.text import LONGEST_TEXT, Text, screen_texts
from tests.screening.conftest import Make


def test_a_name_inside_a_sentence_is_found(screener: Make, komid: Party) -> None:
    text = "second instalment to Korea Mining Development Trading Corp for the pumps"
    (found,) = screen_texts(screener(komid), [Text("p", text)])
    assert [(hit.listing, hit.basis, hit.query_id) for hit in found.hits] == [("ofac-sdn:1", Basis.TEXT, "p")]


def test_a_weak_alias_inside_a_longer_text_is_kept_apart_and_never_dropped(screener: Make, komid: Party) -> None:
    (found,) = screen_texts(screener(komid), [Text("p", "komid order 44, spare parts")])
    assert found.hits == ()
    assert [hit.matched_name for hit in found.suppressed] == ["KOMID"]


def test_a_second_fact_makes_a_weak_alias_a_hit(screener: Make, komid: Party) -> None:
    with_country, with_word = screen_texts(
        screener(komid), [Text("a", "KOMID order 44", ["kp"]), Text("b", "KOMID order 44 to North Korea")]
    )
    assert [hit.weak_only for hit in (*with_country.hits, *with_word.hits)] == [True, True]


def test_a_text_that_is_nothing_but_the_weak_alias_is_a_name(screener: Make, komid: Party) -> None:
    (found,) = screen_texts(screener(komid), [Text("p", " KOMID ")])
    assert [hit.matched_name for hit in found.hits] == ["KOMID"]


def test_part_of_a_name_inside_a_text_is_not_the_name(screener: Make) -> None:
    listed = Party(kind="person", names=["KIM, Yong Chol"])
    (found,) = screen_texts(screener(listed), [Text("p", "greetings to the Kim family of Yong village")])
    assert found.hits == ()


def test_an_empty_text_holds_nobody(screener: Make, komid: Party) -> None:
    assert [one.hits for one in screen_texts(screener(komid), [Text("a", ""), Text("b", " \n\t")])] == [(), ()]


def test_a_text_beyond_the_limit_says_that_it_was_cut(screener: Make, komid: Party) -> None:
    (found,) = screen_texts(screener(komid), [Text("p", "word " * (LONGEST_TEXT + 1))])
    assert found.truncated


def test_each_text_gets_its_own_answer(screener: Make, komid: Party) -> None:
    texts = [Text(str(at), "KOMID" if at % 2 else "invoice 7 of May") for at in range(6)]
    assert [bool(one.hits) for one in screen_texts(screener(komid), texts)] == [False, True] * 3
