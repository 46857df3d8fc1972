"""Grounds of listings and measures, in the wordings of many publishers."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Account


def read(text: str) -> Account:
    return read_account(text.encode(), "text.txt", load_patterns())[0]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("OFAC designated Ivo Harlan for having materially assisted Orvel Bank.", "for having materially assisted"),
        ("Ivo Harlan was sanctioned for bribing port officials.", "for bribing port officials"),
        ("Statement of Reasons: Ivo Harlan has acted on behalf of Orvel Bank.", "Ivo Harlan has acted"),
        ("Reasons for listing: involved in serious corruption.", "involved in serious corruption"),
        ("Reason given in the notice for Harlan: owned by a listed person.", "owned by a listed person"),
        ("The stated ground being that he was associated with Orvel Bank, he appealed.", "ground being that he was"),
        ("They were listed by reason of their intentional role in supporting terrorism.", "by reason of their"),
        ("Ivo Harlan, whom it found responsible for attacks on schools, was listed.", "found responsible for"),
        ("The three knowingly engaged in actions that undermine democracy.", "knowingly engaged in"),
        ("There are reasonable grounds to suspect that he is an involved person.", "reasonable grounds to suspect"),
        ("He is therefore responsible for serious human rights violations.", "is therefore responsible"),
        ("Orvel Bank was added as a party at significant risk of diversion.", "as a party at significant risk"),
    ],
)
def test_the_ground_of_a_listing_is_read(text: str, ground: str) -> None:
    (criterion,) = read(text).criteria
    assert criterion.value.startswith(ground)


@pytest.mark.parametrize(
    "text",
    [
        "He left the list, not because he had done nothing.",
        "The Secretary shall determine whether the firms meet the criteria for designation.",
        "The firm is known for shipping grain.",
    ],
)
def test_what_is_no_ground_is_not_read_as_one(text: str) -> None:
    assert read(text).criteria == ()


def test_two_grounds_joined_by_and_are_two() -> None:
    text = "OFAC designated Ivo Harlan for having acted for Orvel Bank and for operating in the energy sector."
    assert len(read(text).criteria) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Whatever the man owns in the country is blocked.", "assets frozen"),
        ("British banks must lock their accounts.", "assets frozen"),
        ("The ministry froze his villas.", "assets frozen"),
        ("Ivo Harlan may not set foot in the country.", "travel ban"),
        ("None may travel to the United States.", "travel ban"),
        ("His work permit and visas were cancelled.", "travel ban"),
        ("No American may trade with him.", "dealings prohibited"),
        ("No funds may be given to Orvel Bank.", "dealings prohibited"),
        ("It is a crime to provide goods to the group.", "dealings prohibited"),
        ("All commercial transactions are now forbidden.", "dealings prohibited"),
        ("The exports shall be stopped immediately.", "exports restricted"),
        ("Specified ships may be detained.", "ports closed"),
        ("The airline is barred from European airspace.", "airspace closed"),
        ("Ivo Harlan is disqualified from acting as a director.", "director disqualified"),
        ("The firm was debarred from public procurement.", "contracts barred"),
        ("Others could face secondary sanctions.", "secondary sanctions"),
        ("The bank is cut off from the dollar financial system.", "barred from the financial system"),
        ("The Council imposed a ban on new investments.", "investment banned"),
    ],
)
def test_a_measure_is_read_in_the_words_that_forbid(text: str, says: str) -> None:
    assert says in {effect.words.value for effect in read(text).effects}


@pytest.mark.parametrize(
    "text",
    [
        "The Office of Financial Sanctions Implementation updated its list.",
        "The Directorate for Export Control and Sanctions answers questions.",
        "They are no longer subject to an asset freeze.",
        "The firm sells dual-use goods.",
    ],
)
def test_names_of_offices_and_lifted_measures_are_none(text: str) -> None:
    assert read(text).effects == ()
