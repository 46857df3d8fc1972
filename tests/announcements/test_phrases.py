"""What the language of phrases means, and what of it is refused."""

from __future__ import annotations

import pytest

from interdiction.announcements.phrases import Phrases, number
from interdiction.errors import DataError

CLASSES = {"act": ("added", "put <place>"), "place": ("up", "down on")}


def found(phrase: str, text: str) -> list[str]:
    return [one[0] for one in Phrases([phrase], "test", classes=CLASSES).finditer(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("[has|have] listed", "It has listed, have listed, listed", ["has listed", "have listed", "listed"]),
        ("account[s] of", "the account of A, the accounts of B, accounted of", ["account of", "accounts of"]),
        ("the Treasury [X]'s", "the Treasury's, the Treasury X's", ["the Treasury's", "the Treasury X's"]),
        ("is [now] [also] down", "is down, is now down, is also down, is now also down", ["is down", "is now down",
         "is also down", "is now also down"]),
        ("put ... [back] on", "put on, put it on, put it back on", ["put on", "put it on", "put it back on"]),
        ("in a letter [to us]", "in a letter, in a letter to us", ["in a letter", "in a letter to us"]),
        ("Regulation (EU) #", "Regulation (EU) 2024/1485 and Regulation EU 3", ["Regulation (EU) 2024/1485"]),
        ("was (put|added [back]) on", "was added back on, was put on, was added on", ["was added back on", "was put on",
         "was added on"]),
        ("took ... action", "took a lot of other action; took; action", ["took a lot of other action"]),
        ("was <act> it", "was put down on it, was added it", ["was put down on it", "was added it"]),
        ("for *ing", "for bribing and for a ring, foring", ["for bribing"]),
        ("ban", "urban, ban., a.ban, ban-", ["ban", "ban"]),
    ],
)  # fmt: skip
def test_a_phrase_is_found_as_it_is_written(phrase: str, text: str, wanted: list[str]) -> None:
    assert found(phrase, text) == wanted


def test_a_longer_phrase_goes_before_a_shorter_one() -> None:
    phrases = Phrases(["sanctions", "sanctions on oil"], "test")
    assert [one[0] for one in phrases.finditer("sanctions on oil, Sanctions")] == ["sanctions on oil", "Sanctions"]


def test_each_phrase_keeps_its_number() -> None:
    phrases = Phrases(["E.O. #", "Order #"], "test", exact=True)
    assert [number(one) for one in phrases.finditer("E.O. 13687 and Order 8, order 9")] == ["13687", "8"]


def test_the_places_that_bound_a_search_bound_what_is_found() -> None:
    phrases = Phrases(["was added"], "test")
    assert phrases.search("it was added, it was added", 5) is not None
    assert phrases.search("it was added", 0, 8) is None


@pytest.mark.parametrize("phrase", ["was (a|b", "an [open", "<nobody>", "<ring>", ", and"])
def test_what_cannot_be_read_is_refused_with_its_file(phrase: str) -> None:
    with pytest.raises(DataError, match="a phrase cannot be read") as refused:
        Phrases([phrase], "own.yml", classes={"ring": ("<ring>",)})
    assert "own.yml" in str(refused.value)
