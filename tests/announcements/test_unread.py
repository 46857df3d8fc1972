"""What the rules miss is pointed at: hardly a sentence that holds a labelled act is neither read nor pointed at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from interdiction.announcements.accounts import Text
from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.announcements.unread import unnamed, unread
from interdiction.model.announcement import Label

HERE = Path(__file__).resolve().parent
MOST_SILENT = 0.05
"""Of the sentences that hold a labelled act."""
MOST_SENTENCES = 0.35
"""Of all sentences: whoever is sent to every second one reads none."""


def labelled() -> Iterator[tuple[Text, list[int]]]:
    for path in sorted(path for folder in ("written", "development") for path in (HERE / folder).glob("*.json")):
        text = Text(*read_account(path.with_suffix(".txt").read_bytes(), path.stem, load_patterns()))
        rows = json.loads(path.read_text(encoding="utf-8"))
        yield text, [row["start"] for row in rows if row["slot"] == "act" and not row.get("optional")]


def test_hardly_an_act_is_neither_read_nor_pointed_at() -> None:
    holding = silent = sentences = sent = 0
    for text, acts in labelled():
        places = {one.sentence for one in unread(text, load_patterns())}
        sentences += len(text.account.sentences)
        sent += len(places)
        for one in text.account.sentences:
            if any(one.span.start <= act < one.span.end for act in acts):
                holding += 1
                silent += Label.ACT not in one.labels and one.index not in places
    assert holding
    assert silent <= MOST_SILENT * holding
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


@pytest.mark.parametrize(
    ("words", "nobody"),
    [
        ("The following individuals have been added to OFAC's SDN List:", True),
        ("OFAC designated Oren Baskal today.", False),
        ("OFAC sanctioned six individuals today.", False),
        ("OFAC has not designated anybody.", False),
    ],
)
def test_an_act_that_lists_somebody_and_names_nobody_is_pointed_at(words: str, nobody: bool) -> None:
    text = Text(*read_account(words.encode(), "a.txt", load_patterns()))
    assert [one.sentence for one in unnamed(text)] == ([0] if nobody else [])
