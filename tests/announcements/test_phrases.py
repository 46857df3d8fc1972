"""What the language of phrases means, what of it is refused, and that native code finds what plain expressions find."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interdiction.announcements.page import read_page
from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.phrases import Book, Found, Lexicon, Phrases, number
from interdiction.announcements.sentences import split
from interdiction.errors import DataError
from tests.reference import phrases as reference

CLASSES = {"act": ("added", "put <place>"), "place": ("up", "down on")}
FILE = Path(__file__).resolve().parents[2] / "src" / "interdiction" / "data" / "announcement_patterns.yml"
WRITTEN = Path(__file__).resolve().parent / "written"


def search(*phrases: str, exact: bool = False) -> Phrases:
    return Book("own.yml", CLASSES).phrases(phrases, exact=exact)


def found(phrase: str, text: str) -> list[str]:
    return [one[0] for one in search(phrase).finditer(text)]


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
    phrases = search("sanctions", "sanctions on oil")
    assert [one[0] for one in phrases.finditer("sanctions on oil, Sanctions")] == ["sanctions on oil", "Sanctions"]


def test_each_phrase_keeps_its_number() -> None:
    phrases = search("E.O. #", "Order #", exact=True)
    assert [number(one) for one in phrases.finditer("E.O. 13687 and Order 8, order 9")] == ["13687", "8"]


def test_the_places_that_bound_a_search_bound_what_is_found() -> None:
    phrases = search("was added")
    assert phrases.search("it was added, it was added", 5) is not None
    assert phrases.search("it was added", 0, 8) is None


@pytest.mark.parametrize("phrase", ["was (a|b", "an [open", "<nobody>", "<ring>", ", and", "", "[a]"])
def test_what_cannot_be_read_is_refused_with_its_file(phrase: str) -> None:
    with pytest.raises(DataError, match="a phrase cannot be read") as refused:
        Book("own.yml", {"ring": ("<ring>",)}).phrases([phrase]).search("ring")
    assert "own.yml" in str(refused.value)


def test_the_first_meaning_goes_before_the_others_and_none_overlaps_itself() -> None:
    book = Book("own.yml")
    one, other = book.phrases(["bank[s]", "bank of banks"]), book.phrases(["banks"])
    lexicon: Lexicon[str] = book.lexicon([("other", other), ("one", one)])
    assert [(value, hit.span()) for value, hit in lexicon.finditer("bank of banks")] == [
        ("one", (0, 13)),
        ("other", (8, 13)),
    ]
    assert (lexicon.fullmatch("banks"), lexicon.fullmatch("bank"), lexicon.fullmatch("the bank")) == (
        "other",
        "one",
        None,
    )


def test_half_of_a_pair_of_characters_counts_as_one() -> None:
    (hit,) = search("the bank").finditer("\udc80\udc80 the bank \ud800")
    assert (hit.span(), hit[0]) == ((3, 11), "the bank")


WORDS = ("a", "was", "added", "on", "the", "U.S.", "bank", "of", "in")
PIECES = st.sampled_from(
    (*WORDS, "[now]", "(a|was|on the)", "[of|in the]", "...", "..", "bank[s]", "<act>", "#", "*ing", "(EU)", "bank's")
)
PHRASES = st.builds(lambda first, rest: " ".join((first, *rest)), st.sampled_from(WORDS), st.lists(PIECES, max_size=5))
PLAIN = st.sampled_from(
        (*WORDS, "now", "s", "banks", "ing", "adding", "put", "up", "down", "5", "13/2-b.", ";", "-", "(", "EU)", "The",
         "ADDED", "Bank's", "É", "_", ".", "bank's", "\n", "x-was")
)  # fmt: skip
GAPS = st.sampled_from((" ", " ", " ", "", "  "))
TEXTS = st.lists(st.tuples(PLAIN, GAPS), max_size=30).map(lambda pairs: "".join(word + gap for word, gap in pairs))


def told(hit: Found | None) -> tuple[int, int, str, str | None] | None:
    return None if hit is None else (*hit.span(), hit[0], number(hit))


@given(st.lists(PHRASES, min_size=1, max_size=5), TEXTS, st.booleans(), st.integers(0, 40), st.integers(0, 80))
def test_native_code_finds_what_plain_expressions_find(
    phrases: list[str], text: str, exact: bool, low: int, high: int
) -> None:
    ours, plain = search(*phrases, exact=exact), reference.Phrases(phrases, exact=exact, classes=CLASSES)
    assert [told(one) for one in ours.finditer(text)] == [reference.told(one) for one in plain.finditer(text)]
    between = [reference.told(one) for one in plain.finditer(text, low, high)]
    assert [told(one) for one in ours.finditer(text, low, high)] == between
    assert told(ours.search(text, low, high)) == (between[0] if between else None)
    assert told(ours.match(text, low)) == reference.told(plain.match(text, low))
    assert told(ours.fullmatch(text)) == reference.told(plain.fullmatch(text))


def test_every_table_of_the_file_is_found_in_texts_as_plain_expressions_find_it() -> None:
    file = yaml.safe_load(FILE.read_bytes())
    tables = [one["words"] for name in ("issuers", "acts", "measures", "speech", "references") for one in file[name]]
    tables += [file[name] for name in ("criteria", "reasons", "stops", "places", "presents", "including", "hedges")]
    book = Book("own.yml", file["words"])
    pairs = [(book.phrases(words), reference.Phrases(words, classes=file["words"])) for words in tables]
    for path in sorted(WRITTEN.glob("*.txt"))[:5]:
        for part in split(read_page(path.read_bytes(), path.name).text, load_patterns()):
            for ours, plain in pairs:
                assert [told(one) for one in ours.finditer(part.text)] == [
                    reference.told(one) for one in plain.finditer(part.text)
                ]
