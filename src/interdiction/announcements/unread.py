"""What the rules did not read, for a person to read: words of an order without an act, acts that name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interdiction.announcements.accounts import Text
from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import ActKind, Label, Modality, Said
from interdiction.model.order import Cited

_NAMING: Final = frozenset({ActKind.DESIGNATE, ActKind.IDENTIFY, ActKind.DELIST})
_DONE: Final = frozenset({Modality.DONE, Modality.ANNOUNCED})


def unnamed(text: Text) -> Iterator[Cited]:
    """Give each sentence that puts somebody on a list or takes him off, and in which nobody was read, named or counted.

    "The following individuals have been added:" stands before a list; a draft that lacks the list has to say so.
    """
    empty: dict[int, bool] = {}
    named = [target.words.span for act in text.account.acts for target in act.targets if target.named]
    for act in text.account.acts:
        if act.kind in _NAMING and act.modality in _DONE:
            nobody = not act.counts and not any(target.named for target in act.targets)
            empty[act.sentence] = empty.get(act.sentence, True) and nobody
    for index in sorted(one for one, nobody in empty.items() if nobody):
        span = text.account.sentences[index].span
        # "Harlan can kiss his villa goodbye after Britain put him on its list": he is read for an act told before.
        if not any(span.start <= one.start < span.end for one in named):
            yield text.cite(Said(text.words(index), span), index)


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
