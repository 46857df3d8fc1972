"""What an authority did: acts with issuer, instrument, day, those whom they mean, and how the text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.counts import counts_in
from interdiction.announcements.days import Day, days_in
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.targets import Phrase, items
from interdiction.model.announcement import ActKind, Modality

_BEFORE_VERB: Final = 70
"""Characters in front of a verb in which a word turns it into something not done."""
_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:but|and|while|which|who|where)\b|\b(?:but|while|although|though)\b")
_RELATIVE: Final = re.compile(r",?\s+(?:which|whom|that)\s+\Z")
_BY: Final = re.compile(r"\A\s+by\s+\Z")
_GOES_ON: Final = re.compile(
    r"(?:that|which|who)\s+(?:(?!\bwhich\b|\bwho\b)[^,;:]){3,80},(?=\s+(?:and|as well as|a|an|the)\s)"
)
"""A clause about one item, up to the comma behind which the list goes on."""
_ALONG: Final = re.compile(r"\b(?:along with|together with|as well as|as were)\s", re.IGNORECASE)
_BASE: Final = re.compile(r"(?:designate|blacklist)\b", re.IGNORECASE)
_WARNED: Final = frozenset({ActKind.SPONSOR})


class FoundAct(msgspec.Struct, frozen=True):
    """An act in the characters of its sentence."""

    kind: ActKind
    modality: Modality
    start: int
    end: int
    issuer: Mention | None
    delegate: Mention | None
    instrument: Mention | None
    day: Day | None
    targets: tuple[Phrase, ...]
    counts: tuple[tuple[int, str | None, int, int], ...]
    """Number, kind, and the place of the words."""


def acts_in(text: str, mentions: Sequence[Mention], patterns: Patterns) -> list[FoundAct]:
    """Give the acts that a sentence tells of, in their order."""
    found: list[tuple[int, int, ActKind, str]] = []
    for kind, side, pattern in patterns.acts:
        found += [(match.start(), match.end(), kind, side) for match in pattern.finditer(text)]
    kept: list[tuple[int, int, ActKind, str]] = []
    for one in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if not any(one[0] < other[1] and other[0] < one[1] for other in kept):
            kept.append(one)
    kept.sort()
    acts = [_act(text, one, _next(one, kept, text), mentions, patterns) for one in kept]
    return [act for act in acts if act is not None]


_Place = tuple[int, int, ActKind, str]


def _next(phrase: _Place, phrases: Sequence[_Place], text: str) -> int:
    return next((one[0] for one in phrases if one[0] >= phrase[1]), len(text))


def _act(text: str, phrase: _Place, until: int, mentions: Sequence[Mention], patterns: Patterns) -> FoundAct | None:
    start, end, kind, side = phrase
    counted: list[tuple[int, str | None, int, int]] = []
    relative = _RELATIVE.search(text[: _subject_start(start, mentions)])
    targets: list[Phrase] = []
    if relative is not None:
        targets = items(text, _clause_start(text, relative.start()), relative.start(), mentions, patterns, last=True)
    elif side != "none":
        for low, high in _reach(text, start, end, until, side, patterns):
            targets += items(text, low, high, mentions, patterns)
            counted += counts_in(text, low, high, patterns, mentions)
    else:
        counted += counts_in(text, 0, len(text), patterns, mentions)
    if kind is ActKind.SPONSOR and not targets:
        targets = items(text, start, end, mentions, patterns)[:1] or [
            Phrase(one.start, one.end, text[one.start : one.end], named=False, countries=(one,))
            for one in mentions
            if one.sort is Sort.COUNTRY and start <= one.start < end
        ]
    issuer = _issuer(text, start, end, mentions)
    counts = tuple(counted)
    if text[:end].endswith(("include", "are")) and not any(one.named for one in targets):
        return None  # "Those named include North Koreans": it names nobody
    nothing = not targets and not counts
    if nothing and side != "none" and kind in {ActKind.DESIGNATE, ActKind.IDENTIFY, ActKind.DELIST}:
        return None
    if kind is ActKind.DESIGNATE and not counts and not any(one.named for one in targets) and side != "none":
        kind = ActKind.IMPOSE
    delegate = None
    if kind is ActKind.AUTHORISE:
        delegate = next((one for one in mentions if start <= one.start < end and one.sort is Sort.ISSUER), None)
    return FoundAct(
        kind=kind,
        modality=_modality(text, start, patterns, kind),
        start=start,
        end=end,
        issuer=issuer,
        delegate=delegate,
        instrument=_nearest(start, [one for one in mentions if one.sort is Sort.INSTRUMENT]),
        day=_nearest_day(start, days_in(text)),
        targets=tuple(targets),
        counts=counts,
    )


def _subject_start(start: int, mentions: Sequence[Mention]) -> int:
    """Give where the verb's own subject begins, when it is an issuer that stands right in front of it."""
    for one in mentions:
        if one.sort is Sort.ISSUER and one.end <= start <= one.end + 2:
            return one.start
    return start


def _reach(text: str, start: int, end: int, until: int, side: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places in which those whom a verb means stand; a colon may open a list of them behind a description."""
    if side == "before":
        yield _clause_start(text, start), start
        more = _ALONG.search(text, end, until)
        if more:
            yield more.end(), min(_stop(text, more.end(), patterns), until)
        return
    stop = min(_stop(text, end, patterns), until)
    yield end, stop
    colon = text.find(": ", end, until)
    if colon >= stop:
        yield colon + 1, min(_stop(text, colon + 1, patterns), until)


def _stop(text: str, start: int, patterns: Patterns) -> int:
    """Give where the object of a verb ends: at a reason, a criterion, another clause or the end of the sentence.

    A clause about one item of a list ends at its comma: "a dealer that exports missiles, and the Tangun company".
    """
    at = start
    while True:
        ends = [len(text)]
        for pattern in (patterns.stops, patterns.criteria, patterns.reasons):
            match = pattern.search(text, at + 1)
            if match:
                ends.append(match.start())
        ends += [place for mark in (";", " -- ", " \u2014 ") if (place := text.find(mark, at)) >= 0]
        stop = min(ends)
        again = _GOES_ON.match(text, stop)
        if not again:
            return stop
        at = again.end()


def _clause_start(text: str, end: int) -> int:
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, end)]
    return max(starts, default=0)


def _issuer(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """Give who acts: the last issuer in front of the verb that is no genitive, else the one behind "by"."""
    before = [
        one
        for one in mentions
        if one.sort is Sort.ISSUER and one.end <= start and not text[one.end :].startswith(("'s", "' "))
    ]
    giving = [one for one in before if one.issuer is not None and one.issuer.gives]
    if giving:
        return giving[-1]
    for one in mentions:
        if one.sort is Sort.ISSUER and one.start >= end and _BY.match(text[end : one.start]):
            return one
    return None


def _modality(text: str, start: int, patterns: Patterns, kind: ActKind) -> Modality:
    low = max(_clause_start(text, start), start - _BEFORE_VERB)
    before = text[low:start]
    for modality, pattern in patterns.modality:
        for match in pattern.finditer(before):
            if modality is Modality.DENIED and not _near(before, match.end()):
                continue
            return modality
    if kind in _WARNED and "consider" in text[:start]:
        return Modality.CONSIDERED
    # "Designate him": whoever asks for it has not done it.
    return Modality.HYPOTHETICAL if _BASE.match(text, start) else Modality.DONE


def _near(before: str, end: int) -> bool:
    return len(before[end:].split()) <= 2


def _nearest(start: int, mentions: Sequence[Mention]) -> Mention | None:
    behind = [one for one in mentions if one.start >= start]
    if behind:
        return behind[0]
    return mentions[-1] if mentions else None


def _nearest_day(start: int, days: Sequence[Day]) -> Day | None:
    return min(days, key=lambda one: abs(one.start - start), default=None)
