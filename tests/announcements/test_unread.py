"""What the rules miss is pointed at: of sentences that hold a labelled act and gave none, nearly all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from interdiction.announcements.accounts import Text
from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.announcements.unread import unread
from interdiction.model.announcement import Label

HERE = Path(__file__).resolve().parent
LEAST_SHARE = 0.90
MOST_SENTENCES = 0.35
"""Of all sentences: whoever is sent to every second one reads none."""


def labelled() -> Iterator[tuple[Text, list[int]]]:
    for path in sorted(path for folder in ("written", "development") for path in (HERE / folder).glob("*.json")):
        text = Text(*read_account(path.with_suffix(".txt").read_bytes(), path.stem, load_patterns()))
        rows = json.loads(path.read_text(encoding="utf-8"))
        yield text, [row["start"] for row in rows if row["slot"] == "act" and not row.get("optional")]


def test_acts_that_no_rule_read_stand_in_sentences_that_a_person_is_sent_to() -> None:
    missed = pointed = sentences = sent = 0
    for text, acts in labelled():
        places = {one.sentence for one in unread(text, load_patterns())}
        sentences += len(text.account.sentences)
        sent += len(places)
        for one in text.account.sentences:
            if Label.ACT not in one.labels and any(one.span.start <= act < one.span.end for act in acts):
                missed += 1
                pointed += one.index in places
    assert pointed >= LEAST_SHARE * missed
    assert sent <= MOST_SENTENCES * sentences


@pytest.mark.parametrize(
    "words", ["The match ended two to one.", "Our office is closed on Friday.", "Subscribe to our letter."]
)
def test_a_sentence_of_other_things_is_not_pointed_at(words: str) -> None:
    text = Text(*read_account(words.encode(), "a.txt", load_patterns()))
    assert list(unread(text, load_patterns())) == []


def test_a_sentence_in_which_an_act_was_read_is_not_pointed_at() -> None:
    text = Text(*read_account(b"OFAC designated Oren Baskal today.", "a.txt", load_patterns()))
    assert text.account.acts
    assert list(unread(text, load_patterns())) == []
