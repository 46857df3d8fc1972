"""What sentences say one after another: a quotation that goes on, words behind a colon, a denial before its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.acts import FoundAct
from interdiction.announcements.claims import claims_in
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.sentences import Part
from interdiction.announcements.speakers import opener
from interdiction.announcements.stances import FoundClaim, is_empty_denial, stance_of
from interdiction.announcements.turns import Turns, spoken_behind
from interdiction.model import Kind
from interdiction.model.announcement import Claim, Label, Modality, Said, Stance

_TOLD: Final = frozenset({Modality.DONE, Modality.ANNOUNCED, Modality.HYPOTHETICAL})
_REFERS: Final = ("his ", "her ", "its ", "their ", "he", "she", "it", "they")
"""With which whoever speaks for the last speaker is named: "its general counsel"."""
_PRONOUN: Final = re.compile(r"\b(?:he|she|they|it)\b(?=\s+(?:\w+\s+){0,2}[a-z])", re.IGNORECASE)
_NARRATOR: Final = frozenset({"I", "We", "we"})
"""Who writes the text; what he thinks is no claim of a speaker in it."""
_NOT_SO: Final = re.compile(
    r"\W*(?:No[.,]|(?:It|This|That) (?:is|was) not\b"
    r"|(?:It|This|That) (?:is|was) (?:incorrect|inaccurate|false|wrong|untrue))"
)
_WHETHER: Final = re.compile(r"\b(?:true|right|correct|so|said|reported|rumou?rs?|really|media|press)\b", re.IGNORECASE)
_AS_SAID: Final = re.compile(r"\bas (?:stated|reported|claimed|alleged|said|suggested)\b")
_FIRST: Final = frozenset({"I", "We"})
_SIGNED: Final = re.compile(
    r"\W*(?P<who>[A-Z\u00c0-\u00de][\w.'\u2019-]*(?:\s+(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*|of|de|al|van|von|der|bin|el)){1,5})(?:,\s[^.;:]{3,120})?\.?"
)
"""A line that is a name, with or without an office: "Ada Quill, Minister of Trade"."""
_RECENT: Final = 2
"""Sentences back to which a quotation without a speaker goes on with the last one."""
_RHETORICAL: Final = re.compile(
    r"\W*(?:Is it not|Isn't|Is that not|Does (?:he|she|the \w+) not|Are we not|Why (?:on earth|should))", re.IGNORECASE
)
"""A question that says what it doubts."""
_COURTESY: Final = re.compile(
    r"\W*(?:I (?:am (?:very )?grateful|thank|congratulate|beg)|Thank|Good (?:morning|afternoon|evening)"
    r"|Sorry|Yes\W*\Z|Okay|Hello|Welcome|My (?:right )?hon|The (?:right )?hon|To ask|Order[.,]"
    r"|Mr\.? Speaker|Madam)",
    re.IGNORECASE,
)
_SAYS: Final = 4
"""Words of a quotation that says something by itself."""
_QUOTED_SHARE: Final = 0.6
"""How much of a sentence is quotation where it is nothing else."""


class Speech:
    """Collects the claims of one text; `said` gives words of a sentence with their place in the document."""

    def __init__(self, patterns: Patterns, said: Callable[[Part, int, int], Said], text: str = "") -> None:
        self.claims: list[Claim] = []
        self._turns = Turns(text, patterns)
        self._turn: Said | None = None
        """Whose turn of a debate it is."""
        self._patterns, self._place = patterns, said
        self._opener: Said | None = None
        """Who speaks in what follows a colon."""
        self._from = (-1, -1)
        """The sentence with the colon, and the paragraph of what follows."""
        self._last: Said | None = None
        """Whom a pronoun in front of a word of speech stands for."""
        self._named: dict[bool, Said] = {}
        """Whom the paragraph named last: True for who may be a person."""
        self._named_in = (-1, -1)
        """The sentence and paragraph of it."""
        self._spoke_in = -1
        """The paragraph in which the turn was read last."""
        self._asked = ""
        """The question right in front of a sentence."""
        self._authority: Said | None = None
        """The authority that the text named last."""
        self._waiting: list[Part] = []
        """Sentences of a quotation whose speaker its end will name."""
        self._paragraph = -1
        self._denied = False
        """The last claim was a denial that did not say of what."""

    def open(self, part: Part) -> None:
        """Keep who speaks behind the colon of a sentence."""
        opened = opener(part.text)
        if opened is not None:
            self._opener = self._place(part, *opened[0])
            self._from = part.index, -1

    def sign(self, part: Part) -> None:
        """Heed a heading: below a quotation it may be the name of who said it."""
        if self._waiting:
            self._heard_out(part, ())

    def read(self, part: Part, mentions: Sequence[Mention], acts: Sequence[FoundAct]) -> Iterator[Label]:
        """Keep the claims of a sentence, and give what it is for them."""
        done = [(act.start, act.end) for act in acts if act.modality in _TOLD]
        self._last = self._last_speaker(part)
        last = self._last.value if self._last is not None else ""
        self._heard(part, mentions)
        opened = opener(part.text) if self._from[0] == part.index else None
        if opened is not None:
            if opened[2] < len(part.text):
                yield self._goes_on(part, opened[2], len(part.text), self._opener)
            return
        spoken = spoken_behind(part.text, mentions, self._patterns, self._turns.names)
        if spoken is not None:
            (low, high), _, start = spoken
            speaker = self._place(part, low, high)
            turn = part.text[: start - 1].split("(")[0].strip(" :")
            if turn in self._turns.names:
                self._turn = speaker
                self._turns.take(turn, part.paragraph)
                yield from self._in_turn(part, start, mentions, done, first=True)
            else:
                yield self._goes_on(part, start, len(part.text), speaker)
            return
        if self._turns.answering(part.paragraph, question=part.text.rstrip().endswith("?")):
            yield from self._in_turn(part, 0, mentions, done, first=self._spoke_in != part.paragraph)
            return
        if (label := self._set_apart(part)) is not None:
            yield label
            return
        found = claims_in(part.text, mentions, part.quotes, self._patterns, acts=done, last=last)
        self._heard_out(part, found)
        found = [claim for claim in found if claim.speaker_value not in _NARRATOR]
        for claim in found:
            self._keep(part, claim)
            yield Label.DENIAL if claim.stance is Stance.DENY else Label.CLAIM
        if found:
            return
        if self._follows(part):
            yield self._goes_on(part, 0, len(part.text), self._opener)
        elif self._is_more(part):
            yield self._goes_on(part, *part.quotes[0], None)
        elif self._last is not None and self._is_quotation(part):
            yield self._goes_on(part, *part.quotes[0], self._last)

    def _set_apart(self, part: Part) -> Label | None:
        """Keep a short answer, and what waits for its speaker."""
        if self._answers(part):
            return Label.DENIAL
        if self._opens(part):
            self._waiting.append(part)
            return Label.CLAIM
        return None

    def _answers(self, part: Part) -> bool:
        """Keep the "It is not." behind a question whether something is true; a word of whoever the text named last."""
        asked, self._asked = self._asked, part.text if part.text.rstrip().endswith("?") else ""
        denies = _NOT_SO.match(part.text) is not None and (
            _WHETHER.search(asked) is not None or _AS_SAID.search(part.text)
        )
        if not denies or self._authority is None:
            return False
        about = self._place(part, 0, len(part.text))
        self.claims.append(Claim(self._authority, Stance.DENY, about, part.index))
        return True

    def _opens(self, part: Part) -> bool:
        """Tell the first sentences of a quotation that a paragraph begins with, and that ends in another sentence."""
        same = bool(self._waiting) and self._waiting[-1].paragraph == part.paragraph
        goes_on = same and '"' not in part.text.rstrip().removesuffix('"')
        spoke = self.claims[-1].sentence == part.index - 1 if self.claims else False
        first = part.text.startswith('"') and part.text.count('"') == 1 and part.paragraph != self._paragraph
        self._paragraph = part.paragraph
        announced = self._opener is not None and part.index == self._from[0] + 1
        return goes_on or (first and not announced and not (spoke and self.claims[-1].quoted and part.quotes[0][0] > 0))

    def _heard_out(self, part: Part, found: Sequence[FoundClaim]) -> None:
        """Give the sentences that waited to whoever the end of their quotation names, else to who spoke last."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        closing = found[0] if found and waiting[-1].paragraph == part.paragraph else None
        speaker: Said | None = None
        if closing is not None and closing.speaker is not None:
            value = closing.speaker_value
            speaker = msgspec.structs.replace(self._place(part, *closing.speaker), value=value)
        elif waiting[-1].text.rstrip().endswith('"') and (signed := _SIGNED.fullmatch(part.text)) is not None:
            speaker = self._place(part, *signed.span("who"))  # the line below a quotation that says whose it is
        elif self.claims and waiting[0].index - self.claims[-1].sentence <= _RECENT:
            speaker = self.claims[-1].speaker
        if speaker is None:
            return
        stances = [stance_of(one.text, self._patterns) for one in waiting]
        if closing is not None and closing.quoted:
            stances.append(closing.stance)
        stance = next((one for one in stances if one is not Stance.ASSERT), Stance.ASSERT)
        for one in waiting:
            about = self._place(one, 0, len(one.text))
            self.claims.append(Claim(speaker, stance, about, one.index, quoted=True))

    def _last_speaker(self, part: Part) -> Said | None:
        """Give whom "he said" stands for: who spoke last, or whom the paragraph named where nobody spoke in it yet."""
        spoke = self.claims[-1] if self.claims else None
        pronoun = _PRONOUN.search(part.text)
        if spoke is None or (spoke.sentence < self._named_in[0] and self._named_in[1] == part.paragraph):
            person = pronoun is not None and pronoun[0].casefold() in {"he", "she"}
            named = self._named.get(person) if pronoun is not None else None
            if named is not None:
                return named
        return spoke.speaker if spoke is not None else None

    def _heard(self, part: Part, mentions: Sequence[Mention]) -> None:
        """Keep the first name of a sentence, for the pronouns of those behind it."""
        for one in mentions:
            if one.sort is Sort.ISSUER and one.issuer is not None and one.issuer.gives:
                self._authority = msgspec.structs.replace(self._place(part, one.start, one.end), value=one.value)
            if one.sort is Sort.ISSUER and self._named_in[1] != part.paragraph:
                self._named.clear()
                said = self._place(part, one.start, one.end)
                self._named[False] = msgspec.structs.replace(said, value=one.value)
                self._named_in = part.index, part.paragraph
            if one.sort is Sort.NAME and not (one.value.endswith("ing") and " " not in one.value):
                said = msgspec.structs.replace(self._place(part, one.start, one.end), value=one.value)
                if self._named_in[1] != part.paragraph:
                    self._named.clear()
                if one.kind in {None, Kind.PERSON}:
                    self._named[True] = said
                if one.kind is not Kind.PERSON and (False not in self._named or self._named_in[0] != part.index):
                    self._named[False] = said
                self._named_in = part.index, part.paragraph
                return

    def _in_turn(
        self, part: Part, low: int, mentions: Sequence[Mention], acts: Sequence[tuple[int, int]], *, first: bool
    ) -> Iterator[Label]:
        """Keep what a sentence of somebody's turn claims: its first, and each that takes a stance.

        What he tells of acts is the act, what he asks is no claim unless the asking doubts, courtesies are none.
        """
        text = part.text[low:].strip()
        self._spoke_in = part.paragraph
        last = self._last.value if self._last is not None else ""
        found = claims_in(part.text, mentions, part.quotes, self._patterns, acts=acts, last=last)
        told = [one for one in found if one.verb[0] >= low and one.about[0] >= low]
        for claim in told:
            self._keep(part, claim)
            if claim.speaker_value in _FIRST and self._turn is not None:
                self.claims[-1] = msgspec.structs.replace(self.claims[-1], speaker=self._turn)
            yield Label.DENIAL if claim.stance is Stance.DENY else Label.CLAIM
        if (
            told
            or self._turn is None
            or self._turns.only_asks(self._turn.value)
            or any(start >= low for start, _ in acts)
        ):
            return
        stance = stance_of(text, self._patterns)
        doubts = _RHETORICAL.match(text) is not None
        asks = text.rstrip().endswith("?") or _COURTESY.match(text) is not None
        if not (doubts if asks else first or stance is not Stance.ASSERT):
            return
        if first and (asks and not doubts):
            return
        stance = Stance.DOUBT if doubts else stance
        accused = (
            bool(self.claims)
            and self.claims[-1].stance is Stance.ACCUSE
            and part.index - self.claims[-1].sentence <= _RECENT
        )
        if first and accused and stance is Stance.ASSERT:
            stance = Stance.DENY  # the answer to what the question held against him
        self.claims.append(Claim(self._turn, stance, self._place(part, low, len(part.text)), part.index, quoted=True))
        yield Label.DENIAL if stance is Stance.DENY else Label.CLAIM

    def _keep(self, part: Part, claim: FoundClaim) -> None:
        speaker = self._place(part, *claim.speaker) if claim.speaker is not None else self._last
        if speaker is None:
            return
        if claim.speaker is not None and speaker.value != claim.speaker_value:
            speaker = msgspec.structs.replace(speaker, value=claim.speaker_value)
        stance = claim.stance
        # "He denied the allegations. "I never met them," he said.": the words are the denial.
        refers = claim.speaker is None or claim.speaker_value.casefold().startswith(_REFERS)
        quoted = claim.quoted and refers and stance in {Stance.ASSERT, Stance.DENY}
        if self._denied and quoted:
            self.claims.pop()
            stance = Stance.DENY
        silent = self.claims[-1] if self.claims and stance is Stance.NO_COMMENT and claim.quoted else None
        if silent is not None and silent.stance is stance and not silent.quoted and part.index - silent.sentence == 1:
            self.claims.pop()  # "Whitehall refused to be drawn. "We never speculate," it said."
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
        stance = stance_of(part.text, self._patterns, low, high)
        if last is not None and not part.text.startswith('"'):
            # A quotation of several sentences does one thing.
            if last.stance is Stance.ASSERT and last.quoted and last.sentence == part.index - 1:
                self.claims[-1] = msgspec.structs.replace(last, stance=stance)
            else:
                stance = last.stance
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

    def _is_quotation(self, part: Part) -> bool:
        """Tell a sentence that is all quotation, behind another in which somebody spoke or is named."""
        spoke = self.claims[-1].sentence if self.claims else -1
        near = spoke == part.index - 1 or self._named_in == (part.index - 1, part.paragraph)
        quoted = sum(high - low for low, high in part.quotes)
        words = len(part.text.split())
        return near and words >= _SAYS and part.text.startswith('"') and quoted >= _QUOTED_SHARE * len(part.text)

    def _is_more(self, part: Part) -> bool:
        """Tell whether a sentence is all quotation and goes on with what the last speaker said."""
        quoted = sum(high - low for low, high in part.quotes)
        near = bool(self.claims) and part.index - self.claims[-1].sentence == 1 and self.claims[-1].quoted
        return near and quoted >= _QUOTED_SHARE * len(part.text)
