"""Whether words that could be an act are one, and on which side those stand whom it means: voice and grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import ActPattern, Patterns
from interdiction.announcements.subjects import (
    agent,
    country_in_front,
    doer_in_front,
    is_adverb,
    subject,
    word_before,
)

_PARTICIPLE: Final = re.compile(r"\w+(?:ed|en|ck|put)\b", re.IGNORECASE)
_BE: Final = frozenset(
    {"is", "are", "was", "were", "been", "being", "be", "remain", "remains", "remained", "get", "got"}
)
_HAVE: Final = frozenset({"has", "have", "had", "having"})
_OF_A_NOUN: Final = frozenset({"the", "a", "an", "this", "its", "his", "her", "their", "any", "each", "such"})
"""Words behind which a word in -ing is a noun: "the delisting request"."""
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "we", "you", "who", "which", "then", "that"})
_NUMBERED: Final = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|dozens)\s+(?:[\w-]+\s+){0,4}\Z",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens", re.IGNORECASE)
_DATED: Final = re.compile(
    r"\s+(?:pursuant\s+to|under|(?:in|on|since|effective)\s+(?:(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|\d))",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"\b(?:(?:is|are|was|were)\s+not(?:\s+\w+)?|(?<!is )(?<!are )(?<!was )(?<!were )(?<!of )(?<!risk )being)\s+\Z",
    re.IGNORECASE,
)
"""What is not the case, or only qualifies: "which is not designated", "the entities being added"."""
_WHOM: Final = re.compile(r"(?:,\s+(?:which|whom)|\bwhom)\s+(?:the\s+)?[A-Z][\w.]*(?:\s+[\w.]+){0,4}\s+\Z")
_OBJECT: Final = re.compile(r"\s+(?:[A-Z]|\d|(?:the|its|his|her|their|two|three|four|five|six|seven|eight|nine|ten)\s)")
"""Behind a verb, what is its object and no adverb: "Ada Quill sanctioned Orvel Bank"."""
_LED: Final = re.compile(
    r"(?:(?:will|has|have|had|to|may|could|would|might|can|should|must|shall|not)\s+)+(?=[a-z]+(?:\s|\Z))",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?:\s+(?:today|quietly|so far|this week|by [A-Z]\w+|yesterday|in full|too))?:\s*")
_BEFORE_NAME: Final = re.compile(r"(?:[a-z]+\s+){0,3}")
"""What may stand between a colon and a name that it opens a list with."""
_NEXT_WORD: Final = re.compile(r",?\s+(?:[\"'(]\s*)?([\w-]+)")
_ADD: Final = frozenset({"add", "adds", "added", "adding"})
_THAT: Final = re.compile(r"\s+that\s+(?!(?:bank|company|firm|vessel|ship|person|entity|group|name)\b)")
"""What makes adding speech: "officials added that the ten were chosen"."""


class Phrasing(msgspec.Struct, frozen=True):
    """A phrase of an act in the characters of its sentence."""

    start: int
    end: int
    pattern: ActPattern
    side: str = ""
    head: int = 0
    """Where the words that are shown end; 0 for the end of the phrase."""

    @property
    def stands(self) -> str:
        """Give on which side of the phrase those stand whom it means."""
        return self.side or self.pattern.side


def voiced(
    text: str, phrase: Phrasing, mentions: Sequence[Mention], patterns: Patterns, *, shares: bool
) -> Phrasing | None:
    """Give the phrase with its voice; none where it only qualifies a noun or nobody does it.

    "Persons designated by the Council" has those whom it means in front; "the designated persons" is no act. `shares`
    says that another act of an authority stands before it in the sentence: "removed one and added two".
    """
    pattern = phrase.pattern
    if pattern.behind and (
        _is_title(text, phrase.start) or not doer_in_front(text, phrase.start, mentions, patterns, shares=shares)
    ):
        return None
    after = _NEXT_WORD.match(text, phrase.end) if pattern.unless is not None and not _whom(text, phrase.start) else None
    lone = after is None and pattern.side == "after" and not _whom(text, phrase.start)
    if pattern.unless is not None and (lone or (after is not None and pattern.unless.fullmatch(after[1]) is not None)):
        return None
    if phrase.stands == "before":
        return _passive(text, phrase, patterns)
    led = _LED.match(text, phrase.start, phrase.end)
    if led:  # how the text speaks of the act is read in front of its verb
        phrase = msgspec.structs.replace(phrase, start=led.end())
    words = text[phrase.start : phrase.end]
    first = words.split(maxsplit=1)[0]
    if pattern.head:
        phrase = msgspec.structs.replace(phrase, head=phrase.start + len(first))
    said = first == words and first in _ADD and _THAT.match(text, phrase.end)
    if said or (
        first == words and first.endswith("ing") and word_before(text, phrase.start, patterns)[0] in _OF_A_NOUN
    ):
        return None
    if not _PARTICIPLE.fullmatch(first) or _stands_apart(text, phrase, mentions, patterns):
        return phrase
    return _alone(text, phrase, mentions, patterns) if words == first and phrase.stands == "after" else None


def _whom(text: str, start: int) -> bool:
    """Tell a verb whose object stands in front of it: "whom Washington named in June"."""
    return _WHOM.search(text, 0, start) is not None


def _is_title(text: str, start: int) -> bool:
    """Tell a capital letter within a sentence in small letters, as titles and labels have it: "and Prohibiting"."""
    before = text[:start].split()
    titled = text[start].isupper() and text[start + 1 : start + 2].islower()
    return bool(before) and titled and before[-1][:1].islower()


def _stands_apart(text: str, phrase: Phrasing, mentions: Sequence[Mention], patterns: Patterns) -> bool:
    """Tell a phrase of several words, or that means nobody, from one that only qualifies: "those on the list"."""
    words = text[phrase.start : phrase.end].split()
    before, _ = word_before(text, phrase.start, patterns)
    if phrase.stands == "none" and phrase.pattern.behind and before in _BE:
        return False  # "exports will be prohibited"
    if phrase.stands == "none":
        return before not in patterns.qualifying or words[0].casefold() == "as"
    if len(words) == 1:
        return False
    if before in _BE and phrase.stands == "within":
        return False  # "They are barred from entering": what holds, and nothing that is done
    qualifies = before in _BE or before in patterns.qualifying
    if not qualifies and not (before in patterns.anybody and phrase.stands == "within"):
        return True
    return doer_in_front(text, phrase.start, mentions, patterns)


def _alone(text: str, phrase: Phrasing, mentions: Sequence[Mention], patterns: Patterns) -> Phrasing | None:
    """Give a participle of one word with its voice."""
    before, at = word_before(text, phrase.start, patterns)
    passive = msgspec.structs.replace(phrase, side="before")
    after = _NEXT_WORD.match(text, phrase.end)
    noun = after is not None and after[1].casefold() in patterns.anybody and before not in _BE | _HAVE
    named = _LABEL.match(text, phrase.end)
    opens = named is not None and any(
        one.sort is Sort.NAME and _BEFORE_NAME.fullmatch(text, named.end(), one.start) for one in mentions
    )
    if opens:
        return msgspec.structs.replace(phrase, side="after")  # "Sanctioned today: Ivo Harlan"
    label = text.startswith(":", phrase.end) or (noun and not doer_in_front(text, phrase.start, mentions, patterns))
    general = before in patterns.anybody and not _NUMBERED.search(text[:at])
    state = before in _BE and _STATE.search(text[: phrase.start]) is not None
    if label or general or state or (before in patterns.qualifying and before not in _BE):
        return None
    if before in _BE:
        return passive
    if before not in _HAVE and (
        _NUMBER.fullmatch(before) or agent(text, phrase.end, mentions, patterns, directly=True)
    ):
        return passive
    return _active(text, phrase, before, mentions, patterns)


def _active(
    text: str, phrase: Phrasing, before: str, mentions: Sequence[Mention], patterns: Patterns
) -> Phrasing | None:
    """Give a participle that somebody does, or that a day behind it makes a passive: "entities added on 3 March"."""
    if before in _HAVE:
        return phrase
    # "Mali Listed on: 6 Nov. 2025": a capital letter within a sentence is that of a label.
    if text[phrase.start].isupper() and text[: phrase.start].strip():
        return None
    acting = subject(text, phrase.start, mentions, patterns) or country_in_front(text, phrase.start, mentions, patterns)
    named = any(one.sort is Sort.NAME and one.end + 1 == phrase.start for one in mentions)
    if before in _PRONOUNS or acting is not None or (named and _OBJECT.match(text, phrase.end)):
        return phrase
    return msgspec.structs.replace(phrase, side="before") if _DATED.match(text, phrase.end) else None


def _is_led(word: str, patterns: Patterns) -> bool:
    return word in _BE | _HAVE or is_adverb(word, patterns)


def _passive(text: str, phrase: Phrasing, patterns: Patterns) -> Phrasing | None:
    """Give a passive without its auxiliaries; none for "the entities being added" and "which is not listed"."""
    words = list(re.finditer(r"[\w'-]+", text[phrase.start : phrase.end]))
    place = 0
    while place + 1 < len(words) and (_is_led(words[place][0].casefold(), patterns)):
        place += 1
    led = [word[0].casefold() for word in words[:place]]
    if not led:
        return phrase
    before, _ = word_before(text, phrase.start, patterns)
    if led[0] == "being" and before not in _BE | {"not", "of", "risk"}:
        return None
    if "not" in led and not {"being", "been"}.intersection(led):
        return None
    if led[0].startswith(("remain", "stay")):
        return phrase
    start, head = phrase.start + words[place].start(), phrase.start + words[place].end()
    if not _PARTICIPLE.match(text, start):
        return phrase
    return msgspec.structs.replace(phrase, start=start, head=head)
