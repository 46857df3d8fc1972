"""Who asserts, denies, doubts, accuses or declines to comment on what, and through whom it reaches the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import Stance

_WHO_CLAUSE: Final = re.compile(r",\s+(?:who|which)\s[^,]*,\s*\Z")
_AUX: Final = re.compile(r"(?:\s|,)+(?:(?:has|have|had|also|still|then|later|too|again|never|firmly|further|,)\s*)*\Z")
_NEXT: Final = re.compile(r"\A[\s,]+(?:by\s+)?")
_THAT: Final = re.compile(r"\A\s*(?:that\s+)?")
_CLAUSE_END: Final = re.compile(
    r",\s+(?:but|despite|which|while|calling|according to|using an)\b|,?\s+and\s+[a-z]+(?:ed|said)\b|\s+despite\b|;"
)
_PRONOUN: Final = re.compile(r"\b(?:they|he|she|it|we|who)\s+\Z", re.IGNORECASE)
_LEAD: Final = re.compile(r"\A(?:[\s,\"]|but\s|and\s)+")
_AT: Final = re.compile(r"\bat\s+")
_OPENING: Final = re.compile(r"\A\W*(?:while|by|after|despite)?\s*\Z", re.IGNORECASE)
_GAPS: Final = frozenset({" ", "\n", " Secretary ", " Department Secretary ", " Minister "})
_FEW: Final = 2
_DROPPED: Final = frozenset({Stance.NO_COMMENT, Stance.NO_ANSWER})


class FoundClaim(msgspec.Struct, frozen=True):
    """A claim in the characters of its sentence: places of the speaker, of what is said, of the word of speech."""

    stance: Stance
    verb: tuple[int, int]
    speaker: tuple[int, int]
    speaker_value: str
    about: tuple[int, int]
    quoted: bool
    through: tuple[tuple[int, int], ...]
    hedge: tuple[int, int] | None
    evidence: tuple[tuple[int, int], ...]


def claims_in(
    text: str, mentions: Sequence[Mention], quotes: Sequence[tuple[int, int]], patterns: Patterns
) -> list[FoundClaim]:
    """Give the claims of a sentence, in the order of their words of speech.

    A word of speech inside a quotation belongs to the quotation; one without a speaker is no claim.
    """
    through = tuple(match.span() for match in patterns.through.finditer(text))
    verbs: list[tuple[int, int, Stance]] = []
    for stance, pattern in patterns.speech:
        for match in pattern.finditer(text):
            inside = any(low <= match.start() < high for low, high in quotes)
            agency = any(low <= match.start() < high for low, high in through)
            inside = inside or any(one.start <= match.start() < one.end for one in mentions)
            if not inside and not (agency and stance is Stance.ASSERT) and not _PRONOUN.search(text[: match.start()]):
                verbs.append((match.start(), match.end(), stance))
    kept: list[tuple[int, int, Stance]] = []
    for one in sorted(verbs, key=lambda one: one[0] - one[1]):
        if not any(one[0] < other[1] and other[0] < one[1] for other in kept):
            kept.append(one)
    kept.sort()
    found: list[FoundClaim] = []
    for place, (start, end, stance) in enumerate(kept):
        before = kept[place - 1][1] if place else 0
        after = kept[place + 1][0] if place + 1 < len(kept) else len(text)
        speaker = None
        if stance is Stance.NO_ANSWER:
            speaker = _asked(text, end, mentions)
        elif found and _shares(text, found[-1].verb[1], start):
            speaker = found[-1].speaker, found[-1].speaker_value
        speaker = speaker or _speaker(text, start, end, before, mentions, patterns)
        if speaker is None:
            continue
        said_from = max((high for low, high in through if high <= max(start, 0)), default=0)
        about = _about(text, (start, end), speaker[0], max(before, said_from), after, stance)
        if stance is Stance.DOUBT and speaker[0][0] >= end and found:
            about = found[-1].about
        low, high = about
        found.append(
            FoundClaim(
                stance=stance,
                verb=(start, end),
                speaker=speaker[0],
                speaker_value=speaker[1],
                about=about,
                quoted=any(q_low < high and low < q_high for q_low, q_high in quotes),
                through=through,
                hedge=next((match.span() for match in patterns.hedges.finditer(text)), None),
                evidence=tuple(match.span() for match in patterns.evidence.finditer(text)),
            )
        )
    return found or _agency(text, mentions, through, quotes)


def _agency(
    text: str, mentions: Sequence[Mention], through: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]
) -> list[FoundClaim]:
    """Give the claim of a sentence that only an agency vouches for: "..., CNBC reported"."""
    for start, end in through:
        named = [one for one in mentions if start <= one.start and one.end <= end and one.sort is Sort.NAME]
        if named:
            low, high = _trim(text, 0, start) if start > len(text) // 2 else _trim(text, end, len(text))
            quoted = any(q_low < high and low < q_high for q_low, q_high in quotes)
            speaker = (named[0].start, named[0].end)
            return [FoundClaim(Stance.ASSERT, (start, end), speaker, named[0].value, (low, high), quoted, (), None, ())]
    return []


def _asked(text: str, end: int, mentions: Sequence[Mention]) -> tuple[tuple[int, int], str] | None:
    """Give whom nobody could be reached at: "no one answered the phone at North Korea's UN Mission"."""
    at = _AT.search(text, end)
    if at is None:
        return None
    near = [one for one in mentions if one.start >= at.end() and not re.search(r"[,.;]", text[at.end() : one.end])]
    if not near:
        return None
    return (near[0].start, near[-1].end), text[near[0].start : near[-1].end]


def _speaker(
    text: str, start: int, end: int, before: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give who speaks: what stands in front of the verb, else what stands right behind it ("said the officials")."""
    if text[start:end].split(maxsplit=1)[0].endswith("ing"):
        found = _subject(text, before, start, end, mentions)
        if found is not None:
            return found
    head = text[before:start]
    aux = _AUX.search(head)
    low = before + (aux.start() if aux else len(head))
    clause = _WHO_CLAUSE.search(text[before:start])
    found = _ending_at(text, before, low, mentions, patterns)
    if found is None and clause is not None:
        found = _ending_at(text, before, before + clause.start(), mentions, patterns)
    if found is None:
        found = _beginning_at(text, end, mentions, patterns)
    return found


def _ending_at(
    text: str, low: int, high: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give the speaker whose words end at `high`."""
    while high > low and text[high - 1] in " ,\n":
        high -= 1
    nouns = [match for match in patterns.speakers.finditer(text, low, high) if match.end() == high]
    if nouns:
        begin = _phrase_start(text, low, nouns[-1].start(), patterns)
        return (begin, high), " ".join(text[begin:high].split())
    for one in mentions:
        if one.end == high and one.start >= low and one.sort is not Sort.INSTRUMENT:
            return (one.start, one.end), _speaker_name(text, one)
    return None


def _speaker_name(text: str, mention: Mention) -> str:
    return mention.value if mention.sort in {Sort.ISSUER, Sort.NAME} else text[mention.start : mention.end]


def _phrase_start(text: str, low: int, noun: int, patterns: Patterns) -> int:
    """Give where a noun phrase begins: "Many cyber security" experts, "senior U.S." officials."""
    begin = noun
    for match in reversed(list(re.finditer(r"[^\s,;\"]+", text[low:noun]))):
        between = text[low + match.end() : begin]
        if between.strip() or match[0].casefold() in patterns.joining:
            break
        begin = low + match.start()
        if match[0].casefold() in {"the", "a", "an", "one", "many", "some", "several"}:
            break
    return begin


def _subject(
    text: str, low: int, high: int, end: int, mentions: Sequence[Mention]
) -> tuple[tuple[int, int], str] | None:
    """Give the subject of a participle: "The United States, on Friday, imposed ..., insisting that", "While denying
    any role, North Korea has ..."."""
    if _OPENING.match(text[:high]):
        comma = text.find(", ", end)
        after = [one for one in mentions if one.start == comma + len(", ") and one.sort is not Sort.INSTRUMENT]
        return ((after[0].start, after[0].end), _speaker_name(text, after[0])) if after and comma > 0 else None
    if not re.search(r",\s*\Z", text[low:high]):
        return None
    for one in mentions:
        if one.sort is Sort.ISSUER and one.start >= low and one.end <= high:
            return (one.start, one.end), one.value
    return None


def _beginning_at(
    text: str, end: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give the speaker behind the verb: said the officials; said Adam J. Szubin; doubts by the cyber community."""
    gap = _NEXT.match(text[end:])
    low = end + (gap.end() if gap else 0)
    named = next(
        (one for one in mentions if low <= one.start <= low + 1 and one.sort in {Sort.ISSUER, Sort.NAME}), None
    )
    phrase = re.match(r"(?:[\w.'-]+\s+){0,4}?(?=([\w-]+))", text[low:])
    noun = next((match for match in patterns.speakers.finditer(text, low, low + 60)), None)
    if noun is not None and phrase is not None and "," not in text[low : noun.start()]:
        person = next((one for one in mentions if one.sort is Sort.NAME and one.start == noun.end() + 1), None)
        if person is not None:
            return (person.start, person.end), person.value
        words = text[low : noun.start()].casefold().split()
        if not patterns.joining.intersection(words):
            return (low, noun.end()), " ".join(text[low : noun.end()].split())
    if named is not None:
        person = next((one for one in mentions if one.sort is Sort.NAME and text[named.end : one.start] in _GAPS), None)
        if named.sort is Sort.ISSUER and person is not None:
            named = person
        return (named.start, named.end), _speaker_name(text, named)
    titled = re.match(r"(?:[A-Z][\w.]*\s+)+", text[low:])
    if titled:
        for one in mentions:
            if one.sort is Sort.NAME and low <= one.start <= low + titled.end():
                return (one.start, one.end), one.value
    return None


def _shares(text: str, low: int, high: int) -> bool:
    """Tell whether a second verb has the subject of the first: "have said ..., and questioned how"."""
    return re.search(r"\band\s+\Z", text[low:high]) is not None


def _about(
    text: str, verb: tuple[int, int], speaker: tuple[int, int], before: int, after: int, stance: Stance
) -> tuple[int, int]:
    """Give what is said: behind the verb, or in front of it where the speaker ends the sentence."""
    start, end = verb
    behind = speaker[0] >= end
    tail = text[max(end, speaker[1]) :].strip(' .\n"')
    lead = _LEAD.match(text[before:start])
    before += lead.end() if lead else 0
    front = text[before : min(speaker[0], start)].rstrip()
    closes = behind or not tail or text[end:].lstrip().startswith((",", ".", "in a ", "to "))
    if stance is Stance.ASSERT and closes and front.endswith((",", ',"', ",'")) and len(front.split()) > _FEW:
        return _trim(text, before, before + len(front))
    if behind and _OPENING.match(text[:start]) and text[start:end].endswith("ing"):
        return _trim(text, end, speaker[0])
    low = speaker[1] if behind else end
    that = _THAT.match(text[low:])
    low += that.end() if that else 0
    stop = _CLAUSE_END.search(text, low, after)
    high = stop.start() if stop else min(len(text), max(after, low))
    if stop is None and after < len(text):
        high = _before_next(text, low, after)
    low, high = _trim(text, low, high)
    if low >= high:
        return _trim(text, 0, start) if stance not in _DROPPED else verb
    return low, high


def _before_next(text: str, low: int, high: int) -> int:
    cut = max(text.rfind(",", low, high), text.rfind(" and ", low, high))
    return cut if cut > low else high


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low] in ' ,\n"':
        low += 1
    while high > low and text[high - 1] in ' ,.\n"':
        high -= 1
    return low, high
