"""Who speaks behind a colon: quoted words, turns of a debate or an interview, the lines of a live page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_HEAD: Final = re.compile(
    r"\W*(?:\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|CET))?\s*[\u2013\u2014-]?\s*)?"
    r"(?P<who>[^:;\"()]{1,90}?)(?:\s*\((?P<within>[^()]{1,60})\))?(?P<rest>,\s[^:\"]{2,60})?\s*:(?=\s|\Z)"
)
_TURN: Final = re.compile(r"(?m)^(?P<who>[^\W\d_][^:;\"()\n]{0,60}?)(?:\s*\((?P<within>[^()\n]{1,60})\))?:[ \t]+\S")
_NAME: Final = re.compile(r"(?:[^\W\d_][\w.'\u2019-]*\s+){0,6}[^\W\d_][\w.'\u2019-]*")
_FINITE: Final = re.compile(
    r"\b(?!(?:United|Allied|Red)\b)[A-Za-z]+ed\b|\d[\d.]*\s+[A-Z]{2}|\b(?:also|today|reasons|amend|amends|is|are|was|were|has|have|had|will|would|may|shall|must|can|be|been|following|include|includes|including)\b",
    re.IGNORECASE,
)
_LEAST_TURNS, _LEAST_WORDS, _INTERVIEW = 3, 2, 2
"""Turns that make a debate, words of what is said in one, and the names of an interview."""
_JOINING: Final = 3
"""Letters of a word that joins others in a name: "for", "of"."""
_QUESTION: Final = frozenset({"q", "question", "questions", "asked", "reporter", "moderator", "journalist"})
_MOST_COLONS: Final = 2
_PROPER: Final = re.compile(r"[A-Z]")
_TITLED: Final = re.compile(r"\b(?:Minister|Secretary|President|Chair|Chairman|Spokesperson|Spokesman|Speaker)\b")


class Turns:
    """Whose turn it is in a debate or an interview, asked sentence by sentence; nobody's in any other text.

    In an interview whose first question and answer alone carry names, the paragraphs behind them take turns.
    """

    def __init__(self, text: str, patterns: Patterns) -> None:
        heads = [match for match in _TURN.finditer(text) if _is_turn(match, text, patterns)]
        found = heads if len(heads) == _INTERVIEW else [match for match in heads if _stands_out(match)]
        names = [match["who"].strip() for match in found]
        self.names: frozenset[str] = frozenset()
        self._asker = ""
        self._alternate = False
        if len(names) == _INTERVIEW and len(set(names)) == _INTERVIEW and _asks(found[0], text):
            self.names, self._asker, self._alternate = frozenset(names), names[0], True
        elif len(names) >= _LEAST_TURNS and (len(set(names)) < len(names) or any(one["within"] for one in found)):
            self.names = frozenset(names)
        self._now, self._paragraph, self._answers = "", -1, ""

    def take(self, who: str, paragraph: int) -> None:
        """Give the turn to a name."""
        self._now, self._paragraph = who, paragraph
        if who != self._asker:
            self._answers = who

    @staticmethod
    def only_asks(who: str) -> bool:
        """Tell a name that is nobody's: "Q", "QUESTION"."""
        return who.strip(" .").casefold() in _QUESTION

    def answering(self, paragraph: int, *, question: bool) -> bool:
        """Tell whether the sentence of a paragraph is said by whoever answers or debates, not by who asks."""
        if not self.names or not self._now:
            return False
        if paragraph != self._paragraph:
            if not self._alternate:
                return False
            asks = question or self._now != self._asker
            self._now, self._paragraph = (self._asker if asks else self._answers), paragraph
        return self._now != self._asker and self._now.casefold() not in _QUESTION


def _asks(match: re.Match[str], text: str) -> bool:
    end = text.find("\n", match.end())
    return text[match.end() : end if end > 0 else len(text)].rstrip().endswith("?")


def spoken_behind(
    text: str, mentions: Sequence[Mention], patterns: Patterns, turns: frozenset[str]
) -> tuple[tuple[int, int], str, int] | None:
    """Give who speaks in what stands behind the first colon of a sentence, and where that begins.

    Somebody does where a quotation follows, where a noun stands that may speak ("Trinidad's energy minister: ..."), and
    where the text is a debate. A label of an entry is nobody.
    """
    found = _HEAD.match(text)
    if found is None or found.end() >= len(text):
        return None
    low, high = found.span("who")
    who = " ".join(text[low:high].split())
    turn = who in turns
    if not turn and not _is_speaker(text, found, mentions, patterns):
        return None
    if turn and found["within"] and _TITLED.search(who) and _NAME.fullmatch(found["within"]):
        low, high = found.span("within")  # "The Minister for Europe (Ada Quill):"
    return (low, high), " ".join(text[low:high].split()), found.end()


def _is_turn(match: re.Match[str], text: str, patterns: Patterns) -> bool:
    who = match["who"].strip()
    label = f"{who}:"
    line = text[match.end() - 1 : text.find("\n", match.end()) if "\n" in text[match.end() :] else len(text)]
    if patterns.entry_labels.match(label, 0):
        return False
    words = [word for word in who.split() if len(word) > _JOINING]
    named = _NAME.fullmatch(who) is not None and all(word[0].isupper() for word in words)
    return named and len(line.split()) >= _LEAST_WORDS and not _FINITE.search(who)


def _stands_out(match: re.Match[str]) -> bool:
    """Tell the head of a turn that is a name of several words, or is set as one: "MR. QUILL", "Quill (Lab)", "Q"."""
    who = match["who"].strip()
    several = len(who.split()) > 1
    return several or who.isupper() or "." in who or match["within"] is not None or who in {"Question", "Answer"}


def _is_speaker(text: str, found: re.Match[str], mentions: Sequence[Mention], patterns: Patterns) -> bool:
    """Tell whether the words in front of a colon name somebody who speaks."""
    low, high = found.span("who")
    who = text[low:high]
    quoted = re.match(r"\s*\"", text[found.end() :]) is not None
    if text.count(":") > _MOST_COLONS + found.group(0).count(":") or _FINITE.search(who) or not _PROPER.search(who):
        return False
    if patterns.papers.search(who) or re.match(r"\s*[(+\d]|\s*https?:", text[found.end() :]):
        return False
    if patterns.entry_labels.match(f"{who}:", 0) or (len(who.split()) < 2 and not quoted):
        return False
    noun = any(low <= match.start() < high for match in patterns.speakers.finditer(text, low, high))
    named = any(
        one.start <= low + 4 and one.sort in {Sort.NAME, Sort.ISSUER, Sort.COUNTRY} and one.end <= high
        for one in mentions
    )
    through = any(match.start() < high for match in patterns.citing.finditer(text, low, found.end()))
    return through or (noun and (quoted or len(text) - found.end() > len(who) / 2)) or (named and quoted)
