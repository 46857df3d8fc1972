"""Names that stand in the sentences behind a number: those of "ten officials", when ten are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.patterns import Patterns
from interdiction.model import Kind
from interdiction.model.announcement import Act, Count, Mentioned, Modality, Target

_REACH: Final = 8
"""Sentences behind a number in which those counted may be named."""
_MOST_PARTS: Final = 4
"""Words of a person's name whose kind nothing else tells."""


def with_names(acts: Sequence[Act], names: Sequence[tuple[int, Mentioned]], patterns: Patterns) -> list[Act]:
    """Give the acts, each number with the names behind it where exactly as many are named as were counted.

    `names` are the names of the text with the index of their sentence. A number that has its names already, or
    whose sentences name more or fewer, is left as it is: nobody becomes a target by standing near one.
    """
    found: list[Act] = []
    for act in acts:
        later = [other.sentence for other in acts if other.sentence > act.sentence and (other.counts or other.targets)]
        until = min([act.sentence + _REACH + 1, *later])
        near = [(sentence, one) for sentence, one in names if act.sentence < sentence < until]
        open_counts = [] if any(one.named for one in act.targets) else act.counts
        if act.modality in {Modality.DONE, Modality.ANNOUNCED}:
            targets = [target for count in open_counts for target in _counted(count, near, patterns)]
            act = msgspec.structs.replace(act, targets=(*act.targets, *targets)) if targets else act  # noqa: PLW2901
        found.append(act)
    return found


def _counted(count: Count, near: Sequence[tuple[int, Mentioned]], patterns: Patterns) -> list[Target]:
    """Give the names, sentence after sentence, once there are exactly as many as were counted."""
    if count.kind not in {Kind.PERSON, Kind.ORGANISATION, Kind.VESSEL} or count.number < _LEAST:
        return []
    fitting: dict[str, Mentioned] = {}
    for place, (sentence, one) in enumerate(near):
        if _fits(one, count.kind, patterns):
            fitting.setdefault(one.words.value.casefold(), one)
        ends = place + 1 == len(near) or near[place + 1][0] != sentence
        if ends and len(fitting) == count.number:
            return [
                Target(words=one.words, named=True, kind=count.kind, aliases=one.aliases) for one in fitting.values()
            ]
    return []


_LEAST: Final = 2
"""One name behind "one individual" may be anybody's."""


def _fits(name: Mentioned, kind: Kind, patterns: Patterns) -> bool:
    said = name.words.value
    if said.casefold().strip(".") in patterns.never:
        return False
    if kind is not Kind.PERSON:
        return name.kind is kind
    words = said.split()
    shaped = 1 < len(words) <= _MOST_PARTS and not any(letter.isdigit() for letter in said)
    return name.kind is Kind.PERSON or (name.kind is None and shaped)


def in_full(acts: Sequence[Act], names: Sequence[tuple[int, Mentioned]]) -> list[Act]:
    """Give the acts with targets of one word by their whole names: "Harlan" of "Ivo Harlan", named before."""
    return [
        msgspec.structs.replace(act, targets=tuple(_full(act, target, names) for target in act.targets)) for act in acts
    ]


def _full(act: Act, target: Target, names: Sequence[tuple[int, Mentioned]]) -> Target:
    said = target.words.value
    if not target.named or len(said.split()) > 1:
        return target
    for sentence, one in names:
        words = one.words.value.split()
        if sentence < act.sentence and len(words) > 1 and said in words and one.kind is not Kind.ORGANISATION:
            whole = msgspec.structs.replace(target.words, value=one.words.value)
            kind = target.kind or one.kind or Kind.PERSON
            return msgspec.structs.replace(target, words=whole, kind=kind, aliases=target.aliases or one.aliases)
    return target
