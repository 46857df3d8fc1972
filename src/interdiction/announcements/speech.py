"""What sentences say one after another: a quotation that goes on, words behind a colon, a denial before its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.acts import FoundAct
from interdiction.announcements.claims import claims_in
from interdiction.announcements.mentions import Mention
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.sentences import Part
from interdiction.announcements.speakers import opener
from interdiction.announcements.stances import FoundClaim, is_empty_denial, stance_of
from interdiction.model.announcement import Claim, Label, Modality, Said, Stance

_TOLD: Final = frozenset({Modality.DONE, Modality.ANNOUNCED, Modality.HYPOTHETICAL})
_QUOTED_SHARE: Final = 0.6
"""How much of a sentence is quotation where it is nothing else."""


class Speech:
    """Collects the claims of one text; `said` gives words of a sentence with their place in the document."""

    def __init__(self, patterns: Patterns, said: Callable[[Part, int, int], Said]) -> None:
        self.claims: list[Claim] = []
        self._patterns, self._place = patterns, said
        self._opener: Said | None = None
        """Who speaks in what follows a colon."""
        self._from = (-1, -1)
        """The sentence with the colon, and the paragraph of what follows."""
        self._denied = False
        """The last claim was a denial that did not say of what."""

    def open(self, part: Part) -> None:
        """Keep who speaks behind the colon of a sentence."""
        opened = opener(part.text)
        if opened is not None:
            self._opener = self._place(part, *opened[0])
            self._from = part.index, -1

    def read(self, part: Part, mentions: Sequence[Mention], acts: Sequence[FoundAct]) -> Iterator[Label]:
        """Keep the claims of a sentence, and give what it is for them."""
        done = [(act.start, act.end) for act in acts if act.modality in _TOLD]
        last = self.claims[-1].speaker.value if self.claims else ""
        opened = opener(part.text) if self._from[0] == part.index else None
        if opened is not None:
            if opened[2] < len(part.text):
                yield self._goes_on(part, opened[2], len(part.text), self._opener)
            return
        found = claims_in(part.text, mentions, part.quotes, self._patterns, acts=done, last=last)
        for claim in found:
            self._keep(part, claim)
            yield Label.DENIAL if claim.stance is Stance.DENY else Label.CLAIM
        if found:
            return
        if self._follows(part):
            yield self._goes_on(part, 0, len(part.text), self._opener)
        elif self._is_more(part):
            yield self._goes_on(part, *part.quotes[0], None)

    def _keep(self, part: Part, claim: FoundClaim) -> None:
        speaker = self.claims[-1].speaker if claim.speaker is None else self._place(part, *claim.speaker)
        if claim.speaker is not None and speaker.value != claim.speaker_value:
            speaker = msgspec.structs.replace(speaker, value=claim.speaker_value)
        stance = claim.stance
        # "He denied the allegations. "I never met them," he said.": the words are the denial.
        quoted = claim.quoted and claim.speaker is None and stance in {Stance.ASSERT, Stance.DENY}
        if self._denied and quoted:
            self.claims.pop()
            stance = Stance.DENY
        self._denied = is_empty_denial(part.text, claim)
        self.claims.append(
            Claim(
                speaker=speaker,
                stance=stance,
                about=self._place(part, *claim.about),
                sentence=part.index,
                through=tuple(self._place(part, *one) for one in claim.through),
                hedge=self._place(part, *claim.hedge) if claim.hedge else None,
                quoted=claim.quoted,
                evidence=tuple(self._place(part, *one) for one in claim.evidence),
            )
        )

    def _goes_on(self, part: Part, low: int, high: int, speaker: Said | None) -> Label:
        """Keep what the last speaker goes on to say, or whoever a colon opened for."""
        last = self.claims[-1] if speaker is None else None
        through = last.through if last is not None else ()
        who = speaker or self.claims[-1].speaker
        stance = stance_of(part.text[low:high], self._patterns)
        self.claims.append(Claim(who, stance, self._place(part, low, high), part.index, through, quoted=True))
        return Label.CLAIM

    def _follows(self, part: Part) -> bool:
        """Tell the paragraph behind a colon, and what is quoted behind that."""
        if self._opener is None:
            return False
        index, paragraph = self._from
        first = paragraph < 0 and part.index == index + 1
        if first or (part.index == index + 1 and part.paragraph == paragraph):
            self._from = part.index, part.paragraph
            return True
        self._opener = None
        return False

    def _is_more(self, part: Part) -> bool:
        """Tell whether a sentence is all quotation and goes on with what the last speaker said."""
        quoted = sum(high - low for low, high in part.quotes)
        near = bool(self.claims) and part.index - self.claims[-1].sentence == 1 and self.claims[-1].quoted
        return near and quoted >= _QUOTED_SHARE * len(part.text)
