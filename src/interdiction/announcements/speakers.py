"""Who speaks: what stands in front of a word of speech, behind it, or who spoke last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_WHO_CLAUSE: Final = re.compile(r",\s+(?:who|which)\s[^,]*,\s*\Z")
_AUX: Final = re.compile(
    r"(?:\s|,)+(?:(?:has|have|had|also|still|then|later|too|again|never|firmly|further|once|repeatedly"
    r"|previously|publicly|consistently|already|himself|herself|reportedly|earlier|both|all|always"
    r"|meanwhile|instead|however|though|likewise|similarly|in turn|there|here|abroad|on the other hand"
    r"|for (?:his|her|its|their) part|by contrast|\w+ly|,)\s*)*\Z"
)
_NEXT: Final = re.compile(r"\A[\s,]+(?:by\s+)?")
_AT: Final = re.compile(r"\bat\s+")
_CAPITALS: Final = re.compile(r"[A-Z][\w'\u2019-]*(?:\s+[A-Z][\w'\u2019-]*)*")
_OPENING: Final = re.compile(r"\A\W*(?:while|by|after|despite)?\s*\Z", re.IGNORECASE)
_OFTEN: Final = (
    r"(?:(?:also|then|later|further|still|has|have|had|too|never|once|already|again|always|now|even"
    r"|instead|himself|herself|itself"
    r"|\w+ly)\s+)*"
)
PRONOUN: Final = re.compile(rf"\b(?:they|he|she|it|we|who)\s+{_OFTEN}\Z", re.IGNORECASE)
"""A pronoun right in front of a word of speech."""
SPEAKS_ON: Final = re.compile(
    r"(?:\b(?=s?he\s)|\A\W*(?:(?:But|And|Later|Still|In an? [\w ]{3,30})\s*,?\s+)?|[,.?!]\"\s+|[,;:]\s+(?:and\s+"
    r"|but\s+)?|\b(?:and|but|as|in which|where)\s+)(?:he|she|they|it)\s+"
    rf"{_OFTEN}\Z",
    re.IGNORECASE,
)
"""A pronoun that stands for who spoke last: "He said", "...," he told reporters"."""
_CLOSES: Final = re.compile(
    r"\s*(?:(?:(?:on|in|at|by|to|via|late|early|during|after|through|from)\s[^,.;\"]{2,60}|(?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)day"
    r"|today|yesterday|overnight|so far|last (?:night|week|month|year|\w+day)|this (?:week|morning"
    r"|afternoon|evening)|immediately|by press time|before deadline|[A-Z][a-z]{2,8}\.? \d{1,2}|reporters"
    r"|Reuters|us|me)\s*)*(?:[,.;]|\Z|and\s|but\s)",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"[;:\"()]|\s[\u2013\u2014-]+\s|,\s+(?:but|and|while|though|although|whereas)\s"
    r"|\b(?:but|that|while|though|although|because|after|before|when|whether|if)\s",
    re.IGNORECASE,
)
_HARD: Final = re.compile(r"[;:\"]")
_DASHED: Final = re.compile(r"\s[\u2013\u2014-]+\s[^\u2013\u2014\"]{2,80}\s[\u2013\u2014-]+\s*\Z")
"""What stands between dashes in front of a word of speech: "Harlan — himself listed in May — said"."""
_OF_WHOM: Final = re.compile(
    r"[\s,]*(?P<who>(?:[A-Z]|(?:the|a|an|one|two|three|some|several|another)\s)[^,;:\"]{2,60}?),?\s+(?:who"
    r"|whose)\s[^;\"]*\Z"
)
"""Who speaks, and what a clause tells of him: "an official who asked not to be named said"."""
_APPOSED: Final = re.compile(
    r"[\s,]*(?P<who>(?:[A-Z\u00c0-\u00de]|(?:the|a|an|one|two|three|some|several|his|her|its"
    r"|their)\s)[^,;:\"]{1,80}?),\s+"
    r"(?:an?|the|its|his|her|their|who|whose|which|[\w-]+)\s[^;\"]*,\s*\Z"
)
_DATELINE: Final = re.compile(r"[A-Z][A-Z.,' ]{2,40}(?:,?\s[^-\u2013\u2014\"]{0,40})?\s[-\u2013\u2014]+\s+")
_PEOPLE: Final = re.compile(r"\b(?:people|persons?|individuals|sources?|men|women|man|woman)\b", re.IGNORECASE)
_NOT_A_SPEAKER: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|may|might|can|must|should|did|does|do|said|told"
    r"|which|it|there)\b",
    re.IGNORECASE,
)
_SPEAKER: Final = re.compile(
    r"(?:[A-Z\u00c0-\u00de]|\d|(?:the|a|an|his|her|their|its|one|two|three|four|five|some|many|several"
    r"|most|both|other|our|my|no|such|others)\b)"
)
_SEVERAL: Final = re.compile(r"[a-z]{4,}s\b")
"""Several who speak, at the head of a clause: "diplomats from two states"."""
_NEAR: Final = 60
"""Characters in front of a word of speech in which a pronoun stands."""
_LONGEST: Final = 16
"""Words of a speaker."""
_BEHIND: Final = re.compile(r"\s+((?:[^\s,.;\"]|(?<=[\s.][A-Z])\.)+(?:\s+(?:[^\s,.;\"]|(?<=[\s.][A-Z])\.)+){0,12})")
_OPENER: Final = re.compile(
    r"\W*(?:Quotes?\s+attribut(?:able|ed)\s+to\s+(?P<named>[^:\"]{3,100})"
    r"|(?P<who>[^:\";]{3,220}?)\s+(?:said|says|commented|told\s+[\w ]{2,30})(?:\s[^:\"]{0,40})?)\s*:(?=\s|\Z)"
)
_WHERE: Final = re.compile(
    r"\W*(?:In|At|On|From|By|After|Before|During|Since|For|Under|Within|Earlier|Later|Meanwhile|Separately"
    r"|Yesterday|Today|Asked|Speaking|Reached|Writing|Addressing|[A-Z][a-z]{2,}ing|Despite|While|As|With)\b"
    r"(?:\s[^,;\":]{1,60})?,\s+"
)
"""What stands in front of a speaker: "In London, a director said", "Asked about it, the minister said"."""
_WHO_SAYS: Final = re.compile(
    r",?\s+(?:who|which)\s+(?:(?:has|have|had|also|once|later|earlier|still|never|always)\s+)*\Z"
)
_OBLIQUE: Final = re.compile(r"\b(?:in|of|at|for|from|to|with|by)\s+(?:the\s+)?\Z")
_HEAD_OF: Final = 4
"""Characters in front of what stands at the head of a sentence: "The"."""
_GAPS: Final = frozenset({" ", "\n", " Secretary ", " Department Secretary ", " Minister "})


def asked(text: str, end: int, mentions: Sequence[Mention]) -> tuple[tuple[int, int], str] | None:
    """Give whom nobody could be reached at: "no one answered the phone at North Korea's UN Mission"."""
    at = _AT.search(text, end)
    if at is None:
        return None
    near = [one for one in mentions if one.start >= at.end() and not re.search(r"[,.;]", text[at.end() : one.end])]
    if not near:
        return None
    # The whole phrase, as long as its words are capitalised: "North Korea's UN Mission".
    whole = _CAPITALS.match(text, at.end())
    start, end = whole.span() if whole else (near[0].start, near[-1].end)
    return (start, end), text[start:end]


def speaker_of(
    text: str, start: int, end: int, before: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give who speaks: what stands in front of the verb, else what stands right behind it ("said the officials")."""
    if text[start:end].split(maxsplit=1)[0].endswith("ing"):
        found = _subject(text, before, start, end, mentions)
        if found is not None:
            return found
    apposed = _apposed(text, before, start, mentions, patterns)
    if apposed is not None:
        return apposed
    head = text[before:start]
    aux = _AUX.search(head)
    low = before + (aux.start() if aux else len(head))
    clause = _WHO_CLAUSE.search(text[before:start])
    found = _ending_at(text, before, low, mentions, patterns)
    if found is None and clause is not None:
        found = _ending_at(text, before, before + clause.start(), mentions, patterns)
    behind = text[:start].rstrip().endswith(('"', ",", "'"))
    if found is None and not behind:
        found = subject_before(text, before, start, closing=closes(text, end))
    found = found or _beginning_at(text, end, mentions, patterns)
    if found is None and behind:
        found = subject_before(text, before, start, closing=closes(text, end)) or _phrase_behind(text, end)
    return found


def _apposed(
    text: str, low: int, high: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give whom words between commas describe: "Ada Quill, a partner at a firm, said", "The firm, reached by phone"."""
    begin = max([low, *(match.end() for match in _HARD.finditer(text, low, high))])
    dateline = _DATELINE.match(text, begin, high)
    begin = dateline.end() if dateline else begin
    where = _WHERE.match(text, begin, high)
    found = _APPOSED.match(text, where.end() if where else begin, high)
    if found is None or _NOT_A_SPEAKER.search(found["who"]):
        return None
    start, end = found.span("who")
    named = next((one for one in mentions if one.sort is not Sort.INSTRUMENT and start <= one.start <= start + 4), None)
    speaks = any(True for _ in patterns.speakers.finditer(text, start, end)) or _PEOPLE.search(found["who"])
    if named is not None and named.end >= end:
        return (named.start, named.end), _speaker_name(text, named)
    return ((start, end), " ".join(found["who"].split())) if named is not None or speaks else None


def _ending_at(
    text: str, low: int, high: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give the speaker whose words end at `high`."""
    while high > low and text[high - 1] in " ,\n":
        high -= 1
    nouns = [match for match in patterns.speakers.finditer(text, low, high) if match.end() == high]
    begin = _phrase_start(text, low, nouns[-1].start(), patterns) if nouns else high
    if nouns and not _OBLIQUE.search(text, low, begin):  # not "sources close to" the firm
        return (begin, high), " ".join(text[begin:high].split())
    for one in mentions:
        oblique = _OBLIQUE.search(text, low, one.start) is not None
        if one.end == high and one.start >= low and one.sort is not Sort.INSTRUMENT and not oblique:
            return (one.start, one.end), _speaker_name(text, one)
    return None


def _speaker_name(text: str, mention: Mention) -> str:
    return mention.value if mention.sort in {Sort.ISSUER, Sort.NAME} else text[mention.start : mention.end]


def _phrase_start(text: str, low: int, noun: int, patterns: Patterns) -> int:
    """Give where a noun phrase begins: "Many cyber security" experts, "senior U.S." officials."""
    begin = noun
    for match in reversed(list(re.finditer(r"[^\s,;:\"]+", text[low:noun]))):
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
        first = next((one for one in mentions if one.start <= _HEAD_OF and one.sort is not Sort.INSTRUMENT), None)
        return ((first.start, first.end), _speaker_name(text, first)) if first is not None and not low else None
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


def _phrase_behind(text: str, end: int) -> tuple[tuple[int, int], str] | None:
    """Give the noun phrase behind a word of speech: said Deputy Secretary of the Treasury Ada Quill."""
    found = _BEHIND.match(text, end)
    if found is None or _NOT_A_SPEAKER.search(found[1]) or _SPEAKER.match(found[1]) is None:
        return None
    return found.span(1), " ".join(found[1].split())


def closes(text: str, end: int) -> bool:
    """Tell a word of speech behind which nothing is said: "..., he said on Friday, though"."""
    return _CLOSES.match(text, end) is not None


def pronoun_at(text: str, start: int) -> tuple[int, int]:
    """Give the place of the pronoun in front of a word of speech, or of the word itself."""
    found = PRONOUN.search(text, max(0, start - _NEAR), start)
    return (found.start(), found.end() - 1) if found else (start, start)


def subject_before(text: str, low: int, high: int, *, closing: bool) -> tuple[tuple[int, int], str] | None:
    """Give the noun phrase in front of a word of speech: "Lawyers acting for him", "His counsel, Ada Quill,"."""
    where = _WHERE.match(text, low, high)
    low = where.end() if where else low
    aux = _AUX.search(text[low:high])
    high = low + aux.start() if aux else high
    if text[low:high].rstrip().endswith(")"):
        high = max(low, text.rfind("(", low, high))
    dashed = _DASHED.search(text, low, high)
    high = dashed.start() if dashed else high
    of_whom = _OF_WHOM.match(text, max([low, *(match.end() for match in _HARD.finditer(text, low, high))]), high)
    if of_whom is not None and _NOT_A_SPEAKER.search(of_whom["who"]) is None:
        return of_whom.span("who"), " ".join(of_whom["who"].split())
    begin = max([low, *(match.end() for match in _BOUND.finditer(text, low, high))])
    if (
        closing
        and (comma := text.rfind(", ", begin, high - 1)) > begin
        and not text[begin:high].startswith(("His", "Her", "Their"))
    ):
        begin = comma + 2
    while begin < high and text[begin] in " ,\n\u2022*>\u2013\u2014-":
        begin += 1
    comma = text.find(", ", begin, high)
    end = comma if comma > 0 else high
    while end > begin and text[end - 1] in " ,\n":
        end -= 1
    said = text[begin:end]
    several = _SEVERAL.match(said) is not None and (begin == 0 or text[:begin].rstrip()[-1:] in ';,"')
    speaks = several or _SPEAKER.match(said) is not None
    fits = 0 < len(said.split()) <= _LONGEST and speaks and not _NOT_A_SPEAKER.search(said)
    return ((begin, end), " ".join(said.split())) if fits else None


def who_clause(
    text: str, low: int, start: int, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[tuple[int, int], str] | None:
    """Give of whom a clause tells that he speaks: "the trade minister, who hinted at one"."""
    found = _WHO_SAYS.search(text, low, start)
    if found is None:
        return None
    return _ending_at(text, low, found.start(), mentions, patterns) or subject_before(
        text, low, found.start(), closing=False
    )


def noun_phrase(text: str, low: int, high: int, patterns: Patterns) -> tuple[tuple[int, int], str] | None:
    """Give the first phrase between two places whose noun may speak: "the firm's general counsel"."""
    noun = next(patterns.speakers.finditer(text, low, high), None)
    if noun is None:
        return None
    begin = _phrase_start(text, low, noun.start(), patterns)
    return (begin, noun.end()), " ".join(text[begin : noun.end()].split())


def opener(text: str) -> tuple[tuple[int, int], str, int] | None:
    """Give who speaks in what follows a colon, and where that begins: "Minister Ada Quill said:"."""
    found = _OPENER.match(text)
    if found is None or text.startswith('"'):
        return None
    group = "who" if found["who"] else "named"
    low, high = found.span(group)
    where = _WHERE.match(text, low, high)
    low = where.end() if where else low
    comma = text.find(", ", low, high)
    high = comma if comma > 0 else high
    fits = _SPEAKER.match(text, low) is not None and not _NOT_A_SPEAKER.search(text, low, high)
    return ((low, high), " ".join(text[low:high].split()), found.end()) if fits else None
