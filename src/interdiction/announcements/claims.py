"""Who asserts, denies, doubts, accuses or declines to comment on what, and through whom it reaches the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.hearsay import according, hearsay, in_view, nouns, submitted
from interdiction.announcements.loose import loose_quotes
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.scope import also_said, scope
from interdiction.announcements.speakers import PRONOUN, asked, pronoun_at, speaker_of, who_clause
from interdiction.announcements.spoken_words import spoken_words
from interdiction.announcements.stances import FoundClaim, is_own_act, refined
from interdiction.announcements.wordspan import trimmed
from interdiction.model.announcement import Stance

Place = tuple[int, int]

_SHORT: Final = re.compile(r"\s+(?:that\s+)?(?:[\w'-]+\s+){1,4}")
_FRONT: Final = 60
"""Characters in front of a word of speech in which a pronoun stands."""
_NOBODY: Final = frozenset({"neither", "none", "attempts", "efforts"})
"""With which words of speech begin that hold their own speaker: "Neither company responded"."""


def claims_in(
    text: str,
    mentions: Sequence[Mention],
    quotes: Sequence[Place],
    patterns: Patterns,
    *,
    acts: Sequence[Place] = (),
    last: str = "",
) -> list[FoundClaim]:
    """Give the claims of a sentence, in the order of their words of speech.

    A word of speech inside a quotation belongs to the quotation; one without a speaker is no claim, and neither is what
    an authority tells of its own acts (`acts`, their places). `last` is who spoke last, for "he told reporters".
    """
    heard = _Heard(text, mentions, quotes, patterns, acts, last)
    found = heard.spoken()
    apart: list[FoundClaim] = []
    for one in (
        *according(text, mentions, heard.through, patterns),
        *in_view(text, patterns, mentions),
        *nouns(text, mentions, quotes, patterns),
        *submitted(text),
        *hearsay(text, mentions, quotes),
    ):
        if not is_own_act(text, one, mentions, acts, patterns) and not any(
            other.about[0] < one.about[1] and one.about[0] < other.about[1] for other in (*found, *apart)
        ):
            apart.append(one)
    several = [*apart, *found] or _agency(text, mentions, heard.through, quotes)
    return [*several, *loose_quotes(text, mentions, quotes, several, patterns, last=last)]


class _Heard:
    """One sentence while its words of speech are read."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        quotes: Sequence[Place],
        patterns: Patterns,
        acts: Sequence[Place],
        last: str,
    ) -> None:
        self._text, self._mentions, self._quotes, self._patterns = text, mentions, quotes, patterns
        self._acts, self._last = acts, last
        self.through = tuple(match.span() for match in patterns.through.finditer(text))

    def spoken(self) -> list[FoundClaim]:
        """Give the claims of the words of speech."""
        text = self._text
        kept = spoken_words(text, self._mentions, self._quotes, self.through, self._patterns, self._last)
        found: list[FoundClaim] = []
        for place, (start, end, stance) in enumerate(kept):
            before = max((one.verb[1] for one in found), default=0)
            after = kept[place + 1][0] if place + 1 < len(kept) else len(text)
            if found and stance is Stance.NO_COMMENT and _SHORT.fullmatch(text, found[-1].verb[1], start):
                # "said the department does not preview sanctions": one claim, and it says nothing.
                whole = found[-1].about[0], trimmed(text, start, after)[1]
                found[-1] = msgspec.structs.replace(found[-1], stance=stance, about=whole)
            elif not (found and text[start:end].endswith('"')):  # "accused the US and called it ...": one claim
                speaker = self._speaker(start, end, before, stance, found)
                if speaker is not None:
                    found += self._claims((start, end), stance, speaker, (before, after), found)
        return found

    def _speaker(
        self, start: int, end: int, before: int, stance: Stance, found: Sequence[FoundClaim]
    ) -> tuple[Place | None, str] | None:
        """Give who speaks with a word of speech; without a place for whoever spoke last."""
        text = self._text
        speaker: tuple[Place | None, str] | None = None
        told_of = who_clause(text, before, start, self._mentions, self._patterns)
        if told_of is not None or PRONOUN.search(text, max(0, start - _FRONT), start):
            return told_of or (None, self._last)
        if stance is Stance.NO_ANSWER:
            speaker = asked(text, end, self._mentions)
        elif found and text[start:end].split(maxsplit=1)[0].endswith("ing") and text[:start].endswith(", "):
            speaker = found[-1].speaker, found[-1].speaker_value  # "has denounced the list, saying that"
        elif found and (_shares(text, found[-1].verb[1], start) or text.startswith("adding that", start)):
            speaker = found[-1].speaker, found[-1].speaker_value
        speaker = speaker or speaker_of(text, start, end, before, self._mentions, self._patterns)
        if speaker is not None and self._patterns.no_speakers.search(speaker[1]) is not None:
            return None
        if speaker is None and text[start:end].split(maxsplit=1)[0].casefold() in _NOBODY:
            return (start, end), " ".join(text[start:end].split())
        return speaker

    def _claims(
        self,
        verb: Place,
        stance: Stance,
        speaker: tuple[Place | None, str],
        between: Place,
        found: Sequence[FoundClaim],
    ) -> Iterator[FoundClaim]:
        """Give the claim of a word of speech, and one more for each "and that" of its words."""
        text, patterns = self._text, self._patterns
        said_from = max((high for low, high in self.through if high <= max(verb[0], 0)), default=0)
        spoken = speaker[0] or pronoun_at(text, verb[0])
        about = scope(text, verb, spoken, max(between[0], said_from), between[1], stance)
        if stance is Stance.NO_ANSWER and spoken[0] >= verb[1]:
            about = verb  # whom nobody reached stands behind the verb, and said nothing
        if stance is Stance.DOUBT and spoken[0] >= verb[1] and found:
            about = found[-1].about
        for low, high in also_said(text, about):
            claim = FoundClaim(
                stance=stance,
                verb=verb,
                speaker=speaker[0],
                speaker_value=speaker[1],
                about=(low, high),
                quoted=any(start < high and low < end for start, end in self._quotes),
                through=self.through,
                hedge=next((match.span() for match in patterns.hedges.finditer(text)), None),
                evidence=tuple(match.span() for match in patterns.evidence.finditer(text)),
            )
            if not is_own_act(text, claim, self._mentions, self._acts, patterns):
                yield refined(text, claim, self._mentions, patterns)


def _agency(
    text: str, mentions: Sequence[Mention], through: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]
) -> list[FoundClaim]:
    """Give the claim of a sentence that only an agency vouches for: "..., CNBC reported"."""
    for start, end in through:
        named = [one for one in mentions if start <= one.start and one.end <= end and one.sort is Sort.NAME]
        if named:
            low, high = trimmed(text, 0, start) if start > len(text) // 2 else trimmed(text, end, len(text))
            quoted = any(q_low < high and low < q_high for q_low, q_high in quotes)
            speaker = (named[0].start, named[0].end)
            return [FoundClaim(Stance.ASSERT, (start, end), speaker, named[0].value, (low, high), quoted, (), None, ())]
    return []


def _shares(text: str, low: int, high: int) -> bool:
    """Tell whether a second verb has the subject of the first: "have said ..., and questioned how"."""
    return re.search(r"\band\s+\Z", text[low:high]) is not None
