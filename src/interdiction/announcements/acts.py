"""What an authority did: acts with issuer, instrument, day, those whom they mean, and how the text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.authorities import authorities_in
from interdiction.announcements.counts import counts_in
from interdiction.announcements.days import Day, days_in
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.references import Reference, reference
from interdiction.announcements.targets import Phrase, items
from interdiction.announcements.voices import (
    Phrasing,
    agent,
    authority_in_front,
    country_in_front,
    doer_in_front,
    issuers,
    voiced,
)
from interdiction.model.announcement import ActKind, Modality

_BEFORE_VERB: Final = 70
"""Characters in front of a verb in which a word turns it into something not done."""
_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:but|and|while|which|who|where)\b|\b(?:but|while|although|though)\b")
_RELATIVE: Final = re.compile(r",?\s+(?:which|whom|that)\s+\Z")
_OF_SOMEBODY: Final = frozenset({ActKind.DESIGNATE, ActKind.IDENTIFY, ActKind.DELIST})
_GOES_ON: Final = re.compile(
    r"(?:that|which|who)\s+(?:(?!\bwhich\b|\bwho\b)[^,;:]){3,80},(?=\s+(?:and|as well as|a|an|the)\s)"
)
"""A clause about one item, up to the comma behind which the list goes on."""
_SEMICOLON: Final = re.compile(";")
_ITEM: Final = re.compile(
    r";\s+(?:and\s+|as well as\s+)?(?:(?:the|his|her|its|their|an?)\s+)?(?:[a-z-]+\s+){0,5}[A-Z0-9\"]"
    r"(?:(?!\b(?:said|says|was|were|is|are|has|had|have|will|would|may|did|told)\b)[^;])*(?:;|\.?\Z|\bto\s|\bpursuant\b|\bfor\b)"
)
"""Behind a semicolon, what goes on with a list: "added Orvel Bank; Tessaly Trading; and Ivo Harlan to the list"."""
_ALONG: Final = re.compile(r"\b(?:along with|together with|as well as|as were)\s", re.IGNORECASE)
_BASE: Final = re.compile(r"(?:designate|blacklist)\b", re.IGNORECASE)
_LISTS: Final = re.compile(r":\s*\Z|\b(?:following|below)\b")
"""A sentence that opens a list of those whom it means."""
_OF_ITSELF: Final = frozenset({Modality.CONSIDERED, Modality.WARNED})
"""How the words of an act may speak of it themselves: "considers a ban"."""
_WARNED: Final = frozenset({ActKind.SPONSOR})
_OF_IT: Final = ("'s", "' ", " Sanctions List", " sanctions list")
_OBLIQUE: Final = re.compile(
    r"\b(?:(?:authori[sz]|empower|direct|requir|urg|ask)\w*|of|in|to|from|against|outside|within|with|on|for|between|into|if|at|through|than|under)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""In front of an issuer that is no subject: "following a judgment of the General Court"."""
_ANNOUNCED: Final = re.compile(r"(?:announc|unveil)", re.IGNORECASE)
_FIRST: Final = "first time"
_EXPOSED: Final = re.compile(r"(?:risk|could|may|might|would|can|expos)", re.IGNORECASE)
_SO: Final = re.compile(r",\s+(?:thereby\s+|thus\s+)?\Z")
_JOINED: Final = re.compile(
    r"(?:,?\s+(?:and|together with|along with|in concert with|in coordination with|as well as)\s+|,\s+)"
)
_THESE: Final = re.compile(r"\w+\s+of\s+(?:these|those|this)\b", re.IGNORECASE)
_HAS: Final = re.compile(r"\b(?:has|have|had)\s+\Z")
_NOUN: Final = re.compile(r"\w+(?:ion|ions|ings|ing|al) of\b", re.IGNORECASE)
_ITS: Final = re.compile(r"\s+(?:the|its|their|his|her|all|two|these|those)?\s*")
"""Between a verb and the act in a noun that is its object: "removing the designations of"."""
_OR: Final = re.compile(r"\s+or\s+")
_ABLE: Final = re.compile(
    r"\b(?:ability|power|powers|able|authority|wish|request|seek|seeks)\s+to\b(?:\s+[^.;]{1,60}\band(?:\s+to)?)?\s+\Z"
)
_ING: Final = re.compile(r"\w+ing\b")
"""What follows from an act, and is no further one: "added him to its list, imposing an asset freeze"."""
_INTO: Final = re.compile(r"\b(?:to|on|onto|in|under|from|off)\b", re.IGNORECASE)
_ACROSS: Final = re.compile(
    r"[;\"]|:\s|,\s+(?:but|which|who|where|while|or|amend\w*|remov\w*|delet\w*|add(?:s|ed)?)\b"
    r"|\b(?:but|while|although|though|who|which)\b"
    r"|(?<!\bnot )\bto\s+(?:prolong|extend|renew|lift|ease|revoke|remov|suspend|delist|end|annul|terminat)\w*\b",
    re.IGNORECASE,
)
"""What no phrase of an act reaches across."""


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
    together: tuple[Mention, ...] = ()
    """Other issuers that act with the first: "The United States and Britain imposed"."""
    goes_on: bool = False
    """Only says more of the act before: "Among them are"."""
    refers: Reference | None = None
    """What stands for those whom it means: "both were designated"."""


def acts_in(text: str, mentions: Sequence[Mention], patterns: Patterns, *, headline: bool = False) -> list[FoundAct]:
    """Give the acts that a sentence tells of, in their order."""
    everybody = sorted([*mentions, *authorities_in(text, mentions, patterns)], key=lambda one: one.start)
    history = [match.end() for about, found in patterns.statements if about == _FIRST for match in found.finditer(text)]
    found: list[Phrasing] = []
    for pattern, match in patterns.lexicons.acts.finditer(text):
        # "The first time the US imposed sanctions over": what was never done before is told, not done.
        told = any(end <= match.start() and "," not in text[end : match.start()] for end in history)
        if (headline or not pattern.heading) and not told and not _ACROSS.search(match[0]):
            found.append(Phrasing(match.start(), match.end(), pattern))
    found.sort(key=lambda one: (one.start, one.start - one.end))
    kept: list[Phrasing] = []
    for one in found:
        if kept and one.start < kept[-1].end and one.end - one.start <= kept[-1].end - kept[-1].start:
            continue
        voice = voiced(text, one, everybody, patterns, shares=_shares(kept, everybody))
        if voice is None or _named_within(one, mentions):
            continue
        if kept and _ING.match(text, one.start) and _SO.search(text[: one.start]):
            continue
        if kept and _OR.fullmatch(text[kept[-1].end : one.start]):
            continue
        if kept and _NOUN.match(text, one.start) and _ITS.fullmatch(text[kept[-1].end : one.start]):
            continue
        if kept and voice.start < kept[-1].end:
            kept.pop()
        kept.append(voice)
    kept = [one for place, one in enumerate(kept) if not _told_of(text, one, kept[place + 1 :])]
    verbs = [one for one in kept if not (one.pattern.heading and one.stands == "none")]
    kept = verbs or kept
    acts = [_act(text, one, _next(one, kept, text), mentions, everybody, patterns) for one in kept]
    return [act for act in acts if act is not None]


def _told_of(text: str, phrase: Phrasing, later: Sequence[Phrasing]) -> bool:
    """Tell an act in a noun that is only what another is told of: "The designation of the bank was revoked"."""
    if _NOUN.match(text, phrase.start) is None:
        return False
    if _THESE.match(text, phrase.start) is not None:
        return True
    return bool(later) and later[0].stands == "before" and _CLAUSE.search(text, phrase.end, later[0].start) is None


def _named_within(phrase: Phrasing, mentions: Sequence[Mention]) -> bool:
    """Tell words of a name: the Office of Financial Sanctions Implementation."""
    named = (Sort.ISSUER, Sort.INSTRUMENT)
    return any(one.sort in named and one.start <= phrase.start and phrase.end <= one.end for one in mentions)


def _shares(kept: Sequence[Phrasing], mentions: Sequence[Mention]) -> bool:
    """Tell whether an authority acted before in the sentence, and may go on to act: "added two and removed one"."""
    return bool(kept) and any(one.sort is Sort.ISSUER and one.start < kept[-1].start for one in mentions)


def _next(phrase: Phrasing, phrases: Sequence[Phrasing], text: str) -> int:
    return next((one.start for one in phrases if one.start >= phrase.end), len(text))


def _act(
    text: str,
    phrase: Phrasing,
    until: int,
    mentions: Sequence[Mention],
    everybody: Sequence[Mention],
    patterns: Patterns,
) -> FoundAct | None:
    start, end, kind, side = phrase.start, phrase.end, phrase.pattern.kind, phrase.stands
    counted: list[tuple[int, str | None, int, int]] = []
    relative = _RELATIVE.search(text[: _subject_start(start, everybody)])
    targets: list[Phrase] = []
    if relative is not None and side != "none":
        targets = items(text, _clause_start(text, relative.start()), relative.start(), mentions, patterns, last=True)
    elif side != "none":
        from_ = phrase.head if phrase.head and side == "after" else end
        for low, high in _reach(text, start, from_, until, side, patterns):
            targets += items(text, low, high, mentions, patterns)
            counted += counts_in(text, low, high, patterns, mentions)
    else:
        counted += counts_in(text, 0, len(text), patterns, mentions)
    if side == "after" and kind in _OF_SOMEBODY | {ActKind.IMPOSE} and not counted and until == len(text):
        counted += counts_in(text, end, len(text), patterns, mentions)
    if kind is ActKind.SPONSOR and not targets:
        targets = items(text, start, end, mentions, patterns)[:1] or [
            Phrase(one.start, one.end, text[one.start : one.end], named=False, countries=(one,))
            for one in mentions
            if one.sort is Sort.COUNTRY and start <= one.start < end
        ]
    issuer = _issuer(text, start, side, everybody, patterns)
    counts = tuple(counted)
    if text[:end].endswith(("include", "are")) and not any(one.named for one in targets):
        return None  # "Those named include North Koreans": it names nobody
    refers = None
    if not any(one.named for one in targets):
        refers = reference(text, _clause_start(text, start), start, end, patterns)
    plain = side == "within" or (side == "after" and " " not in text[start:end])
    plain = plain and _NOUN.match(text, start) is None and _HAS.search(text, 0, start) is None
    nothing = not targets and not counts and refers is None and plain and kind in _OF_SOMEBODY
    if nothing and not doer_in_front(text, start, everybody, patterns, shares=True) and not _LISTS.search(text):
        return None
    if not targets and not counts and _ABLE.search(text[:start]):
        return None
    delegate = None
    if kind is ActKind.AUTHORISE:
        delegate = next((one for one in mentions if start <= one.start < end and one.sort is Sort.ISSUER), None)
    return FoundAct(
        kind=kind,
        modality=_modality(text, start, end, patterns, kind),
        start=start,
        end=phrase.head or end,
        issuer=issuer,
        delegate=delegate,
        instrument=_nearest(start, [one for one in mentions if one.sort is Sort.INSTRUMENT]),
        day=_nearest_day(start, days_in(text)),
        targets=tuple(targets),
        counts=counts,
        together=_together(text, start, issuer, everybody, patterns),
        goes_on=side == "more",
        refers=refers,
    )


def _together(
    text: str, start: int, issuer: Mention | None, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[Mention, ...]:
    """Give the issuers that are joined to the one that acts, and are others than it."""
    found: list[Mention] = []
    chain = [one for one in issuers(text, mentions, patterns) if one.end <= start]
    if issuer is None or issuer not in chain:
        return ()
    last = issuer
    for one in reversed(chain[: chain.index(issuer)]):
        if not _JOINED.fullmatch(text[one.end : last.start]):
            break
        last = one
        if one.value != issuer.value:
            found.append(one)
    return tuple(reversed(found))


def _subject_start(start: int, mentions: Sequence[Mention]) -> int:
    """Give where the verb's own subject begins, when it is an issuer that stands right in front of it."""
    for one in mentions:
        if one.sort is Sort.ISSUER and one.end <= start <= one.end + 2:
            return one.start
    return start


def _reach(text: str, start: int, end: int, until: int, side: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places in which those whom a verb means stand; a colon may open a list of them behind a description."""
    if side == "within":
        into = [match.start() for match in _INTO.finditer(text, start, end)]
        yield start + len(text[start:end].split(maxsplit=1)[0]), into[-1] if into else end
        return
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
        ends += [place for mark in (" -- ", " \u2014 ") if (place := text.find(mark, at)) >= 0]
        ends += [match.start() for match in _SEMICOLON.finditer(text, at) if not _ITEM.match(text, match.start())][:1]
        stop = min(ends)
        again = _GOES_ON.match(text, stop)
        if not again:
            return stop
        at = again.end()


def _clause_start(text: str, end: int) -> int:
    starts = [match.end() for match in _CLAUSE.finditer(text, 0, end)]
    return max(starts, default=0)


def _issuer(text: str, start: int, side: str, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give who acts: behind "by", else the last issuer in front of the verb that is no genitive."""
    behind = agent(text, start, mentions, patterns)
    if behind is not None and side in {"before", "none"}:
        return behind
    before = [
        one
        for one in issuers(text, mentions, patterns)
        if one.end <= start and not text[one.end :].startswith(_OF_IT) and not _OBLIQUE.search(text, 0, one.start)
    ]
    giving = [one for one in before if one.issuer is not None and one.issuer.gives]
    if giving or behind is not None or side in {"before", "more"}:
        return giving[-1] if giving else behind
    return authority_in_front(text, start, mentions, patterns) or country_in_front(text, start, mentions, patterns)


def _modality(text: str, start: int, end: int, patterns: Patterns, kind: ActKind) -> Modality:
    """Give how the text speaks of an act: by the words in front of it in its clause, and by its own."""
    low = max(_clause_start(text, start), start - _BEFORE_VERB)
    before = text[low:start]
    if _EXPOSED.match(text, start) and kind is not ActKind.AUTHORISE:
        return Modality.HYPOTHETICAL
    for modality, pattern in patterns.modality:
        for match in pattern.finditer(before):
            if modality is Modality.DENIED and not _near(before, match.end()):
                continue
            if match[0] == "May" and before[match.end() :].lstrip()[:1].isdigit():
                continue  # the month
            return modality
        if modality in _OF_ITSELF and pattern.search(text, start, end):
            return modality
    if kind in _WARNED and "consider" in text[:start]:
        return Modality.CONSIDERED
    # "Designate him": whoever asks for it has not done it.
    if _BASE.match(text, start):
        return Modality.HYPOTHETICAL
    return Modality.ANNOUNCED if _ANNOUNCED.match(text, start) else Modality.DONE


def _near(before: str, end: int) -> bool:
    return len(before[end:].split()) <= 2


def _nearest(start: int, mentions: Sequence[Mention]) -> Mention | None:
    behind = [one for one in mentions if one.start >= start]
    if behind:
        return behind[0]
    return mentions[-1] if mentions else None


def _nearest_day(start: int, days: Sequence[Day]) -> Day | None:
    return min(days, key=lambda one: abs(one.start - start), default=None)
