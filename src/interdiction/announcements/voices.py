"""Whether words that could be an act are one, and on which side those stand whom it means: voice and grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import ActPattern, Patterns

_PARTICIPLE: Final = re.compile(r"\w+(?:ed|en|ck|put)\b", re.IGNORECASE)
_BE: Final = frozenset(
    {"is", "are", "was", "were", "been", "being", "be", "remain", "remains", "remained", "get", "got"}
)
_HAVE: Final = frozenset({"has", "have", "had", "having"})
_OF_A_NOUN: Final = frozenset({"the", "a", "an", "this", "its", "his", "her", "their", "any", "each", "such"})
"""Words behind which a word in -ing is a noun: "the delisting request"."""
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "we", "who", "which", "then", "that"})
_NUMBERED: Final = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|dozens)\s+(?:[\w-]+\s+){0,4}\Z",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens", re.IGNORECASE)
_AGENT: Final = re.compile(
    r"\s+(?:(?:itself|themselves|jointly|today|yesterday|earlier|first|also)\s+)?by\s+", re.IGNORECASE
)
_BY: Final = re.compile(r"\bby\s+")
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
_WORD: Final = re.compile(r"[\w'-]+\Z")
_NEXT_WORD: Final = re.compile(r",?\s+(?:[\"'(]\s*)?([\w-]+)")
_CLAUSE: Final = re.compile(r"[;:]|\b(?:but|while|although|though|because|if|that)\b")
_PRONOUN: Final = re.compile(
    r"(?:\A|[.;,]\s|\b(?:and|that|which)\s)\s*(?:also\s|today\s)?(?:it|they|we)\s+\Z", re.IGNORECASE
)
"""A pronoun at the head of a clause, which stands for an authority."""
_OBLIQUE: Final = re.compile(r"\b(?:under|of|in|to|from|against|with|on|for|by|at|and)\s+(?:the\s+)?\Z", re.IGNORECASE)
_CODE: Final = 3
"""Letters of what may be a code of a country and is a word."""
_LONGEST_AGENT: Final = 60
"""Characters between a verb and its "by"."""


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
    if pattern.behind and not doer_in_front(text, phrase.start, mentions, patterns, shares=shares):
        return None
    after = _NEXT_WORD.match(text, phrase.end) if pattern.unless is not None else None
    lone = after is None and pattern.side == "after"
    if pattern.unless is not None and (lone or (after is not None and pattern.unless.fullmatch(after[1]) is not None)):
        return None
    if phrase.stands == "before":
        return _passive(text, phrase, patterns)
    words = text[phrase.start : phrase.end]
    first = words.split(maxsplit=1)[0]
    if pattern.head:
        phrase = msgspec.structs.replace(phrase, head=phrase.start + len(first))
    if first == words and first.endswith("ing") and word_before(text, phrase.start, patterns)[0] in _OF_A_NOUN:
        return None
    if not _PARTICIPLE.fullmatch(first) or _stands_apart(text, phrase, mentions, patterns):
        return phrase
    return _alone(text, phrase, mentions, patterns) if words == first and phrase.stands == "after" else None


def _stands_apart(text: str, phrase: Phrasing, mentions: Sequence[Mention], patterns: Patterns) -> bool:
    """Tell a phrase of several words, or that means nobody, from one that only qualifies: "those on the list"."""
    words = text[phrase.start : phrase.end].split()
    before, _ = word_before(text, phrase.start, patterns)
    if phrase.stands == "none":
        return before not in patterns.qualifying or words[0].casefold() == "as"
    if len(words) == 1:
        return False
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
    if before in _PRONOUNS or acting is not None:
        return phrase
    return msgspec.structs.replace(phrase, side="before") if _DATED.match(text, phrase.end) else None


def _passive(text: str, phrase: Phrasing, patterns: Patterns) -> Phrasing | None:
    """Give a passive without its auxiliaries; none for "the entities being added" and "which is not listed"."""
    words = list(re.finditer(r"[\w'-]+", text[phrase.start : phrase.end]))
    place = 0
    while place + 1 < len(words) and (words[place][0].casefold() in _BE | _HAVE | patterns.how):
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
    return msgspec.structs.replace(phrase, start=start, head=head)


def agent(
    text: str, end: int, mentions: Sequence[Mention], patterns: Patterns, *, directly: bool = False
) -> Mention | None:
    """Give the issuer behind "by": "were put on the list today by OFAC"; `directly`: right behind the verb."""
    by = _AGENT.match(text, end) if directly else _BY.search(text, end, end + _LONGEST_AGENT)
    if by is None:
        return None
    return next((one for one in issuers(text, mentions, patterns) if by.end() <= one.start <= by.end() + 4), None)


def issuers(text: str, mentions: Sequence[Mention], patterns: Patterns) -> list[Mention]:
    """Give the issuers of a sentence that are no adjective: not the one of "U.S. persons"."""
    return [one for one in mentions if one.sort is Sort.ISSUER and not _qualifies(text, one, patterns)]


def _qualifies(text: str, issuer: Mention, patterns: Patterns) -> bool:
    after = _NEXT_WORD.match(text, issuer.end)
    return after is not None and after[1] in patterns.qualified


def subject(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give the issuer that stands in front of a verb in its clause."""
    low = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    before = [
        one
        for one in issuers(text, mentions, patterns)
        if low <= one.start and one.end <= start and not text.startswith(("'s", "' "), one.end)
    ]
    return before[-1] if before else None


def doer_in_front(
    text: str, start: int, mentions: Sequence[Mention], patterns: Patterns, *, shares: bool = False
) -> bool:
    """Tell whether an authority, or what it issued, stands in front of a verb with nothing but auxiliaries between."""
    places = {start}
    for at, word in _words_before(text, start):
        if any(one.start <= at < one.end for one in issuers(text, mentions, patterns)):
            return True
        cited = [one for one in mentions if one.sort is Sort.INSTRUMENT and one.start <= at < one.end]
        if (cited and not _OBLIQUE.search(text, 0, cited[0].start)) or (shares and word == "and"):
            return True
        if not cited and word not in patterns.how and word not in patterns.lead_in and not word.isdigit():
            break
        places.add(at)
    lists = (" and", " or") if _PARTICIPLE.match(text, start) else (",", " and", " or")
    if shares and text[:start].rstrip().endswith(lists):
        return True
    if country_in_front(text, start, mentions, patterns) or any(_PRONOUN.search(text[:place]) for place in places):
        return True
    return any(
        place in range(found.end(), found.end() + 3) for found in patterns.doers.finditer(text) for place in places
    )


def _words_before(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Give the words in front of a place, the nearest first, each with where it begins."""
    at = start
    while (found := _WORD.search(text[:at].rstrip(" ,)\n"))) is not None:
        at = found.start()
        yield at, found[0].casefold()


def authority_in_front(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give an authority that no list holds and that is the subject of a verb: "Latvia's cabinet banned"."""
    for at, word in _words_before(text, start):
        found = [one for one in mentions if one.sort is Sort.ISSUER and one.start <= at < one.end]
        if found:
            return found[0]
        if word not in patterns.how and word not in patterns.lead_in and not word.isdigit():
            break
    return None


def country_in_front(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give a country that is the subject of a verb: "Turkey froze the assets of"."""
    for one in reversed(mentions):
        if (
            one.sort is Sort.COUNTRY
            and one.end < start
            and one.end - one.start > _CODE
            and not _OBLIQUE.search(text, 0, one.start)
        ):
            between = re.findall(r"[\w'-]+", text[one.end : start].casefold())
            clear = all(word in patterns.how or word in patterns.lead_in or word.isdigit() for word in between)
            named = " ".join(text[one.start : one.end].split())
            return msgspec.structs.replace(one, value=named) if clear else None
    return None


def word_before(text: str, start: int, patterns: Patterns) -> tuple[str, int]:
    """Give the word in front of a verb, adverbs left out, and where it begins."""
    at = start
    while True:
        found = _WORD.search(text[:at].rstrip())
        if found is None:
            return "", 0
        word = found[0].casefold()
        if word not in patterns.how or word in patterns.qualifying:
            return word, found.start()
        at = found.start()
