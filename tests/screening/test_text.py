from __future__ import annotations

import pytest

from interdiction.model import Basis, Name, NameQuality, Party, Suppression
from interdiction.screening.ordinary import says_nobody
from interdiction.screening.text import Text, screen_texts
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


@pytest.mark.parametrize("strong", ["REACH SHIPPING LINES", "REACH SHIPPING PESCA", "REACH SHIPPING MARINE SERVICES"])
def test_a_weak_alias_that_is_nearly_a_strong_name_is_not_lost_between_the_two_thresholds(
    screener: Make, strong: str
) -> None:
    names = [Name(strong), Name("REACH SHIPPING", NameQuality.WEAK)]
    listed = Party(kind="organisation", names=names, countries=["hk"])
    text = "freight REACH SHIPPING for May"
    alone, with_country = screen_texts(screener(listed), [Text("a", text), Text("b", text, ["hk"])])
    assert [hit.listing for hit in (*alone.suppressed, *alone.hits)] == ["ofac-sdn:1"]
    assert [hit.listing for hit in with_country.hits] == ["ofac-sdn:1"]


KONTRAKT = Party(kind="organisation", names=["KONTRACT OOO"], countries=["ru"])


@pytest.mark.parametrize(
    "text", ["payment under kontrakt 17", "KONTRAKT of supply", "invoice and kontrakt for services"]
)
def test_ordinary_words_of_a_text_say_nobody_and_are_counted(screener: Make, text: str) -> None:
    (found,) = screen_texts(screener(KONTRAKT), [Text("p", text)])
    assert found.hits == ()
    assert [hit.suppressed for hit in found.suppressed] == [Suppression.ORDINARY_WORDS]


@pytest.mark.parametrize(
    ("text", "countries"),
    [("to KONTRACT OOO for parts", []), ("kontrakt 17", ["ru"]), ("Kontrakt", []), ("under KONTRACT 17", [])],
)
def test_a_legal_form_a_second_fact_or_nothing_else_makes_ordinary_words_a_name(
    screener: Make, text: str, countries: list[str]
) -> None:
    (found,) = screen_texts(screener(KONTRAKT), [Text("p", text, countries)])
    assert [hit.matched_name for hit in found.hits] == ["KONTRACT OOO"]


@pytest.mark.parametrize(
    ("words", "name", "nobody"),
    [
        ("bank of contract", "AF BANK", True),
        ("bank of contract", "Bank of Contract LLC", False),
        ("Контракт", "KONTRAKT OOO", False),
        ("bank melli", "BANK MELLI", False),
        ("supply llc", "SUPPLY LLC", False),
        ("17", "MS-17", False),
        ("", "KONTRAKT OOO", False),
    ],
)
def test_which_words_say_nobody(words: str, name: str, nobody: bool) -> None:
    assert says_nobody(words, name) is nobody


EMMA = Party(kind="vessel", names=["EMMA"], countries=["pa"])
LENA_LLC = Party(kind="organisation", names=["LENA LLC"], countries=["ru"])


@pytest.mark.parametrize(
    "listed", [EMMA, Party(kind="organisation", names=["EMMA LLC"]), Party(kind="aircraft", names=["Emma"])]
)
@pytest.mark.parametrize("text", ["rent March Emma Huber flat 12", "salary EMMA 03/2024", "gift for Emma and family"])
def test_a_name_that_many_bear_says_no_ship_and_no_firm(screener: Make, listed: Party, text: str) -> None:
    (found,) = screen_texts(screener(listed), [Text("p", text)])
    assert found.hits == ()
    assert [hit.suppressed for hit in found.suppressed] == [Suppression.COMMON_NAME]


@pytest.mark.parametrize(
    "text",
    [
        "hire of M/V Emma in May",
        "MV EMMA hire",
        "vessel: EMMA",
        "EMMA (IMO 9123456)",
        "Emma, B/L 77120",
        "bunkers for Emma",
    ],
)
def test_a_word_of_shipping_makes_a_ship_of_it(screener: Make, text: str) -> None:
    (found,) = screen_texts(screener(EMMA), [Text("p", text)])
    assert [hit.matched_name for hit in found.hits] == ["EMMA"]


@pytest.mark.parametrize(
    "text",
    [
        "salary from Lena Ltd",
        "OOO Lena invoice 7",
        "messrs. Lena for parts",
        "Lena Trading invoice 7",
        "to Lena L.L.C. invoice 7",
    ],
)
def test_a_word_of_firms_beside_it_makes_a_firm_of_it(screener: Make, text: str) -> None:
    (found,) = screen_texts(screener(LENA_LLC), [Text("p", text)])
    assert [hit.matched_name for hit in found.hits] == ["LENA LLC"]


def test_what_says_a_ship_says_no_firm_and_the_other_way_round(screener: Make) -> None:
    ship, firm = screen_texts(screener(LENA_LLC, EMMA), [Text("a", "M/V Lena hire"), Text("b", "to Emma Ltd, rent")])
    assert (ship.hits, firm.hits) == ((), ())


def test_a_country_or_nothing_else_makes_a_common_name_a_hit(screener: Make) -> None:
    texts = [Text("a", "salary EMMA 03/2024", ["pa"]), Text("b", " Emma "), Text("c", "salary EMMA to Panama")]
    assert [len(one.hits) for one in screen_texts(screener(EMMA), texts)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NOAH STAR", "salary Noah Star 03/2024"),
        ("AL SHAHID CORPORATION", "facture, SHAHID CORPORATIO, solde"),
        ("ZORZAL", "rent Zorzal"),
    ],
)
def test_a_name_of_two_words_and_a_rare_one_stand_in_a_text_as_before(screener: Make, name: str, text: str) -> None:
    (found,) = screen_texts(screener(Party(kind="vessel", names=[name])), [Text("p", text)])
    assert [hit.matched_name for hit in found.hits] == [name]


def test_people_of_one_common_name_stand_in_a_text_as_before(screener: Make) -> None:
    (found,) = screen_texts(screener(Party(kind="person", names=["HASSAN"])), [Text("p", "salary Hassan 03/2024")])
    assert [hit.matched_name for hit in found.hits] == ["HASSAN"]


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
    (found,) = screen_texts(screener(komid), [Text("p", "word " * 30_000)])
    assert found.truncated


def test_each_text_gets_its_own_answer(screener: Make, komid: Party) -> None:
    texts = [Text(str(at), "KOMID" if at % 2 else "invoice 7 of May") for at in range(6)]
    assert [bool(one.hits) for one in screen_texts(screener(komid), texts)] == [False, True] * 3


def test_a_hit_says_where_in_the_text_the_name_stands(screener: Make, komid: Party) -> None:
    text = "\U0001f6a2 für Müller: Korea Mining\nDevelopment Trading Corp, 2nd"
    (found,) = screen_texts(screener(komid), [Text("p", text)])
    ((start, end),) = [hit.span for hit in found.hits if hit.span]
    assert text[start:end] == "Korea Mining\nDevelopment Trading Corp"


def test_a_name_typed_with_a_lone_surrogate_near_it_keeps_its_place(screener: Make, komid: Party) -> None:
    text = "\ud800 \udfff Korea Mining Development Trading Corp"
    (found,) = screen_texts(screener(komid), [Text("p", text)])
    assert [text[slice(*hit.span)] for hit in found.hits if hit.span] == ["Korea Mining Development Trading Corp"]


def test_a_listing_named_twice_is_one_hit_at_its_best_place(screener: Make, komid: Party) -> None:
    text = "Korea Mning Development Trading; Korea Mining Development Trading Corp"
    (found,) = screen_texts(screener(komid), [Text("p", text)])
    assert [hit.span for hit in found.hits] == [(33, 70)]
