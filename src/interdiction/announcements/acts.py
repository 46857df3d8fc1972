"""What an authority did: acts with issuer, instrument, day, those whom they mean, and how the text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.authorities import authorities_in
from interdiction.announcements.counts import counts_in
from interdiction.announcements.days import Day, days_in
from interdiction.announcements.issuing import issuer_of, together
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.modality import modality_of
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.reach import CLAUSE, clause_start, reach
from interdiction.announcements.references import Reference, reference
from interdiction.announcements.subjects import doer_in_front
from interdiction.announcements.targets import Phrase, items
from interdiction.announcements.voices import Phrasing, voiced
from interdiction.model.announcement import ActKind, Modality

_RELATIVE: Final = re.compile(r",?\s+(?:which|whom|that)\s+\Z")
_THAT: Final = re.compile(
    r"\b(?:sa(?:y|ys|id)|claim\w*|announc\w*|confirm\w*|report\w*|state[sd]?|add(?:s|ed)|not(?:es|ed)|inform\w*|welcom\w*"
    r"|finds?|found|believ\w*|recall\w*|stress\w*|sees?|told\s+\w+|so|such|now|given|provided|learn\w*|show\w*|mean\w*"
    r"|ensur\w*|suppos\w*|imagin\w*|assum\w*|correct|regret\w*|aware|clear|true|rumou?rs?|denied|denies|fact|considering)\s+that\s+\Z",
    re.IGNORECASE,
)
"""Behind these words "that" tells what is said, and stands for nobody."""
_OF_SOMEBODY: Final = frozenset({ActKind.DESIGNATE, ActKind.IDENTIFY, ActKind.DELIST})
_LISTS: Final = re.compile(r":\s*\Z|\b(?:following|below)\b")
"""A sentence that opens a list of those whom it means."""
_ENTRY: Final = re.compile(r"\b(?:entry|entries|listings?|designations?|details|record|names?)\b", re.IGNORECASE)
_MOST: Final = 24
"""Acts of one sentence; the longest of lists tells of three, and what each means is looked for among all names."""
_FIRST: Final = "first time"
_SO: Final = re.compile(r",\s+(?:thereby\s+|thus\s+)?\Z")
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
_ACROSS: Final = re.compile(
    r";|:\s|\bin\s+(?:concert|line|coordination|addition|response)\b|,\s+(?:but|which|who|where|while|or|amend\w*|remov\w*|delet\w*|add(?:s|ed)?)\b"
    r"|\b(?:but|while|although|though|who|which)\b"
    r"|(?<!\bnot )\bto\s+(?:prolong|extend|renew|lift|ease|revoke|remov|suspend|delist|end|annul|terminat)\w*\b"
    r"|\bcorrect\s+that\b|amended\s+to\s+(?:list|add|include|insert|remove)\b",
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
        if (
            (headline or not pattern.heading)
            and not told
            and not _ACROSS.search(match[0])
            and match[0].count('"') % 2 == 0
        ):
            found.append(Phrasing(match.start(), match.end(), pattern))
    found.sort(key=lambda one: (one.start, one.start - one.end))
    kept: list[Phrasing] = []
    for one in found:
        if kept and one.start < kept[-1].end and _is_less(one, kept[-1]):
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
    kept = (verbs or kept)[:_MOST]
    acts = [_act(text, one, _next(one, kept, text), mentions, everybody, patterns) for one in kept]
    return [act for act in acts if act is not None]


def _is_less(one: Phrasing, before: Phrasing) -> bool:
    """Tell a phrase that is shorter than one it overlaps, or that reads on from inside it to its object."""
    inside = one.pattern.head and before.start < one.start
    return inside or one.end - one.start <= before.end - before.start


def _told_of(text: str, phrase: Phrasing, later: Sequence[Phrasing]) -> bool:
    """Tell an act in a noun that is only what another is told of: "The designation of the bank was revoked"."""
    if _NOUN.match(text, phrase.start) is None:
        return False
    if _THESE.match(text, phrase.start) is not None:
        return True
    return bool(later) and later[0].stands == "before" and CLAUSE.search(text, phrase.end, later[0].start) is None


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
    start, end, kind = phrase.start, phrase.end, phrase.pattern.kind
    side = _side(text, phrase)
    counted: list[tuple[int, str | None, int, int]] = []
    relative = _relative(text, start, side, everybody)
    targets: list[Phrase] = []
    if relative is not None and side != "none":
        targets = items(text, clause_start(text, relative.start()), relative.start(), mentions, patterns, last=True)
    elif side != "none":
        from_ = phrase.head if phrase.head and side == "after" else end
        for low, high in reach(text, start, from_, until, side, patterns):
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
    targets = [msgspec.structs.replace(one, named=one.named and kind is not ActKind.AUTHORISE) for one in targets]
    issuer = issuer_of(text, start, side, everybody, patterns)
    counts = tuple(counted)
    if text[:end].endswith(("include", "are")) and not any(one.named for one in targets):
        return None  # "Those named include North Koreans": it names nobody
    refers = None
    if not any(one.named for one in targets):
        object_at = start + len(text[start:end].split(maxsplit=1)[0]) if side == "within" else end
        refers = reference(text, clause_start(text, start), start, object_at, patterns)
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
        modality=modality_of(text, start, end, patterns, kind),
        start=start,
        end=phrase.head or end,
        issuer=issuer,
        delegate=delegate,
        instrument=_nearest(start, [one for one in mentions if one.sort is Sort.INSTRUMENT]),
        day=_nearest_day(start, days_in(text)),
        targets=tuple(targets),
        counts=counts,
        together=together(text, start, issuer, everybody, patterns),
        goes_on=side == "more",
        refers=refers,
    )


def _side(text: str, phrase: Phrasing) -> str:
    """Give where those stand whom a phrase means; "the Regulations were amended" means nobody."""
    amended = phrase.pattern.kind is ActKind.AMEND and phrase.stands == "before"
    return "none" if amended and not _ENTRY.search(text, 0, phrase.start) else phrase.stands


def _relative(text: str, start: int, side: str, mentions: Sequence[Mention]) -> re.Match[str] | None:
    """Give the word that stands for whom an act means: "Orvel Bank, which OFAC had listed".

    In "a rule that adds 37 entities" it is the subject, in "says that OFAC listed them" it stands for nobody.
    """
    own = _subject_start(start, mentions)
    found = _RELATIVE.search(text[:own]) if own < start or side == "before" else None
    return None if found is None or _THAT.search(text, 0, found.end()) else found


def _subject_start(start: int, mentions: Sequence[Mention]) -> int:
    """Give where the verb's own subject begins, when it is an issuer that stands right in front of it."""
    for one in mentions:
        if one.sort is Sort.ISSUER and one.end <= start <= one.end + 2:
            return one.start
    return start


def _nearest(start: int, mentions: Sequence[Mention]) -> Mention | None:
    behind = [one for one in mentions if one.start >= start]
    if behind:
        return behind[0]
    return mentions[-1] if mentions else None


def _nearest_day(start: int, days: Sequence[Day]) -> Day | None:
    return min(days, key=lambda one: abs(one.start - start), default=None)
