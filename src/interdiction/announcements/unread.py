"""What the rules did not read: sentences with a word of an order in which no act was found, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

from interdiction.announcements.accounts import Text
from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import Label, Said
from interdiction.model.order import Cited


def unread(text: Text, patterns: Patterns) -> Iterator[Cited]:
    """Give each sentence that speaks of an order and tells of no act that a rule could read."""
    if patterns.speaks_of is None:
        return
    for sentence in text.account.sentences:
        if sentence.repeats is not None or {Label.ACT, Label.FURNITURE} & set(sentence.labels):
            continue
        words = text.words(sentence.index)
        if patterns.speaks_of.search(words):
            yield text.cite(Said(words, sentence.span), sentence.index)
