"""One document to an `Account`: its sentences, and what each of them says, every value with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

import msgspec

from interdiction.announcements.acts import FoundAct, acts_in
from interdiction.announcements.days import Day, days_in
from interdiction.announcements.entries import Entry, entries
from interdiction.announcements.grounds import clause_end, grounds_in, is_undone
from interdiction.announcements.kinds import kind_of
from interdiction.announcements.mentions import Mention, Sort, find, is_letterhead
from interdiction.announcements.page import Page, read_page
from interdiction.announcements.parties import Line
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.rebuttals import rebutted
from interdiction.announcements.sentences import Part, split
from interdiction.announcements.short_titles import ShortTitles
from interdiction.announcements.speech import Speech
from interdiction.announcements.told import Told, told
from interdiction.announcements.unreal import as_spoken, is_elsewhere
from interdiction.model import Kind
from interdiction.model.announcement import (
    Account,
    Act,
    Count,
    Effect,
    Label,
    Mentioned,
    Origin,
    Said,
    Sentence,
    Span,
    Statement,
    Target,
)

_PLACED: Final = re.compile(r"\b(?:in|from|near|at)\s+\Z")
_LIST: Final = re.compile(r"[\s,]*(?:and|or)?[\s,]*")
_FIRST: Final = "first time"
_STATE: Final = 2
"""Letters of a country's domain."""
_HEAD: Final = 2000
"""Characters in which a dateline stands, and the lines and words of one."""
_FIRST_LINES, _DATELINE_WORDS = 4, 8
_FIRST_PARTS, _HEADLINE_WORDS = 8, 25
"""Sentences of a text among which its headlines are, and the words of one."""


def read_account(
    raw: bytes, file: str, patterns: Patterns, *, published: date | None = None, origin: Origin | None = None
) -> tuple[Account, str]:
    """Read one document; give the account and the decoded text that its places count in.

    `published` is the day of publication, when it is known otherwise than from the document itself; without it
    "Friday" stays a word. `origin` says whether the text is official; without it only the address of a known
    authority's page does. Raises `InputError` for what is no text.
    """
    page = read_page(raw, file)
    day = published or _published(page) or _dated(page, patterns)
    reader = _Reader(page, patterns, day, origin or _origin(page, patterns))
    return reader.account(hashlib.sha256(raw).hexdigest()), page.original


def _published(page: Page) -> date | None:
    said = page.headers.get("date", "")
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(said).date()
    except (ValueError, TypeError):
        return None


def _dated(page: Page, patterns: Patterns) -> date | None:
    """Give the day that a dateline states: "Washington, 2 January 2015"."""
    for part in islice(split(page.text[:_HEAD], patterns), _FIRST_LINES):
        days = [day.fixed for day in days_in(part.text) if day.fixed]
        if days and len(part.text.split()) <= _DATELINE_WORDS:
            return days[0]
    return None


def _origin(page: Page, patterns: Patterns) -> Origin:
    # Whoever writes an e-mail writes its sender; the address of a page is written by whoever fetched it.
    labels = (urlsplit(page.headers.get("url", "")).hostname or "").lower().split(".")
    ends = [".".join(labels[place:]) for place in range(len(labels))]
    # "gov.*" is the domain of the governments of any state: gov.uk, gov.au.
    ends += [".".join((*labels[place:-1], "*")) for place in range(len(labels) - 1) if len(labels[-1]) == _STATE]
    known = any(end in patterns.official for end in ends)
    return Origin.OFFICIAL if known else Origin.PRESS


class _Reader:
    """Collects what the sentences of one page say."""

    def __init__(self, page: Page, patterns: Patterns, published: date | None, origin: Origin) -> None:
        self._page, self._patterns, self._published = page, patterns, published
        self._origin, self._official = origin, origin is Origin.OFFICIAL
        self._elsewhere = is_elsewhere(page.text, patterns)
        self._sentences: list[Sentence] = []
        self._lines: list[tuple[Part, Line]] = []
        self._entries: list[Entry] = []
        self._effects: list[Effect] = []
        self._criteria: list[Said] = []
        self._reasons: list[Said] = []
        self._statements: list[Statement] = []
        self._instruments: list[Said] = []
        self._days: list[Said] = []
        self._names: list[tuple[int, Mentioned]] = []
        self._places: list[Said] = []
        self._speech = Speech(patterns, self._value, page.text)
        self._letterhead: list[Said] = []
        self._short = ShortTitles()
        self._issuers: list[str] = []
        """Issuers that the text named so far, in full."""

    def account(self, sha256: str) -> Account:
        """Give everything that was read."""
        self._entries = entries(self._page.columns(), self._patterns)
        for part in split(self._page.text, self._patterns):
            labels = () if part.repeats is not None else self._read(part)
            self._sentences.append(Sentence(part.index, self._span(part, 0, len(part.text)), labels, part.repeats))
        acts = tuple(self._acts(official=self._official))
        return Account(
            file=self._page.file,
            origin=self._origin,
            published=self._published,
            sentences=tuple(self._sentences),
            acts=acts,
            effects=tuple(self._effects),
            criteria=tuple(self._criteria),
            reasons=tuple(self._reasons),
            statements=tuple(self._statements),
            instruments=tuple(self._instruments),
            days=tuple(self._days),
            names=tuple(one for _, one in self._names),
            places=tuple(self._places),
            claims=rebutted(self._speech.claims, acts, self._patterns),
            letterhead=tuple(self._letterhead),
            problems=self._page.problems,
            sha256=sha256,
        )

    def _read(self, part: Part) -> tuple[Label, ...]:
        """Give what the sentence is for, and keep what it says."""
        if not any(letter.isalpha() for letter in part.text):
            self._days += [self._day(part, day) for day in days_in(part.text)]
            return (Label.FURNITURE,)
        if part.furniture or _is_dateline(part):
            return (Label.FURNITURE,)
        self._patterns.book.gather(part.text)
        self._speech.open(part)
        mentions = self._short.added(part.text, find(part.text, self._patterns, heading=part.heading))
        self._mentioned(part, mentions)
        labels: dict[Label, None] = {}
        headline = part.heading or self._is_headline(part)
        acts = acts_in(part.text, mentions, self._patterns, headline=headline)
        acts = as_spoken(part.text, acts, self._patterns, official=self._official)
        acted = min((act.end for act in acts), default=None)
        line = Line(part.start, part.text, part.paragraph, mentions, acts, issuers=len(self._issuers))
        line.heading, line.headline = part.heading, headline
        here = [one for one in self._entries if one.start < part.end and part.start < one.until]
        line.entry, line.formal = bool(here), any(one.formal for one in here)
        self._lines.append((part, line))
        if line.acts:
            labels[Label.ACT] = None
        if part.heading:
            self._speech.sign(part)
            return tuple(labels) or (Label.BACKGROUND,)
        for label in (*self._facts(part, mentions, acted), *self._said(part, line)):
            labels[label] = None
        return tuple(labels) or (Label.BACKGROUND,)

    def _is_headline(self, part: Part) -> bool:
        """Tell a headline in small letters: one of the first lines, alone and without a full stop."""
        short = part.index < _FIRST_PARTS and len(part.text.split()) <= _HEADLINE_WORDS
        return short and not part.text.rstrip('"').endswith((".", "!", "?", ":", ";"))

    def _mentioned(self, part: Part, mentions: Sequence[Mention]) -> None:
        for one in mentions:
            said = Said(one.value, self._span(part, one.start, one.end))
            if one.sort is Sort.ISSUER:
                if part.index < _FIRST_PARTS and is_letterhead(part.text, one):
                    self._letterhead.append(said)
                self._issuers += [one.value] if one.issuer is not None and one.issuer.country else []
            elif one.sort is Sort.INSTRUMENT:
                self._instruments.append(said)
            elif one.sort is Sort.NAME and not self._cut(part, one.end) and not _is_place(part.text, one):
                if any(low <= one.start < high for other in mentions for _, low, high in other.aliases):
                    continue
                aliases = tuple(Said(value, self._span(part, low, high)) for value, low, high in one.aliases)
                kind = one.kind or kind_of(part.text, one.start, one.end, self._patterns)
                self._names.append((part.index, Mentioned(said, kind, aliases)))
        self._days += [self._day(part, day) for day in days_in(part.text)]

    def _cut(self, part: Part, end: int) -> bool:
        """Tell a word at which the document breaks off: "Created by the North Korean Gove"."""
        return part.end == len(self._page.text.rstrip()) and end == len(part.text) and not part.heading

    def _day(self, part: Part, day: Day) -> Said:
        fixed = day.on(self._published)
        said = str(fixed) if fixed else day.said.casefold().removeprefix("on ")
        return Said(said, self._span(part, day.start, day.end))

    def _facts(self, part: Part, mentions: Sequence[Mention], acted: int | None) -> Iterator[Label]:
        """Keep measures, criteria, reasons and statements; `acted` is where the sentence's first act ends."""
        text, patterns = part.text, self._patterns
        taken: list[tuple[int, int]] = []
        found = patterns.lexicons.measures.finditer(text)
        for (says, measure), match in sorted(found, key=lambda one: one[1].start() - one[1].end()):
            if not any(low < match.end() and match.start() < high for low, high in taken):
                taken.append(match.span())
                if not is_undone(text, match.start(), match.end(), patterns):
                    self._effects.append(Effect(measure, Said(says, self._span(part, *match.span())), part.index))
                    yield Label.MEASURE
        first = any(about == _FIRST and pattern.search(text) for about, pattern in patterns.statements)
        read = 0
        for start, end in grounds_in(text, acted, patterns, part.quotes):
            if start >= read:
                read = clause_end(text, end, mentions)
                self._criteria.append(self._value(part, start, read))
                yield Label.CRITERION
        # "Never before for an attack on a company": what it was never done for is no reason of this order.
        for match in () if first else patterns.reasons.finditer(text):
            self._reasons.append(self._value(part, match.start(), clause_end(text, match.end(), mentions)))
            yield Label.REASON
        for about, pattern in patterns.statements:
            for match in pattern.finditer(text):
                words = Said(about, self._span(part, *match.span()))
                self._statements.append(Statement(about, words, part.index))
                yield Label.STATEMENT

    def _said(self, part: Part, line: Line) -> Iterator[Label]:
        for place in _places(part.text, line.mentions, self._patterns):
            self._places.append(Said(place.value, self._span(part, place.start, place.end)))
            yield Label.PLACE
        before = len(self._speech.claims)
        # What a headline says somebody says stands below it with its words; an entry of a list says nothing by itself.
        if not (line.headline or (line.formal and not part.quotes)):
            yield from self._speech.read(part, line.mentions, line.acts)
        line.speakers = [claim.speaker.value for claim in self._speech.claims[before:]]

    def _span(self, part: Part, low: int, high: int) -> Span:
        return self._page.span(part.start + low, part.start + high)

    def _value(self, part: Part, low: int, high: int) -> Said:
        while low < high and part.text[low] in ' "\n,':
            low += 1
        while high > low and part.text[high - 1] in ' "\n,.':
            high -= 1
        return Said(" ".join(part.text[low:high].split()), self._span(part, low, high))

    def _mention(self, part: Part, mention: Mention | None, told: int = 0) -> Said | None:
        """Give an issuer; "the Department" is the one that the text named last."""
        if mention is None:
            return None
        value = mention.value
        if value.casefold() == "we":
            value = self._issuers[told - 1] if 0 < told <= len(self._issuers) else value
        if mention.issuer is not None and not mention.issuer.country:
            word = value.rsplit(maxsplit=1)[-1]
            value = next((one for one in reversed(self._issuers[:told]) if word in one), value)
        return Said(value, self._span(part, mention.start, mention.end))

    def _acts(self, *, official: bool) -> list[Act]:
        """Give the acts with everybody whom they mean; what only goes on with an act is one with it."""
        if self._elsewhere:
            return []
        lines = [line for _, line in self._lines]
        targets = told(lines, self._entries, self._patterns, official=official)
        found: list[Act] = []
        for number, (part, line) in enumerate(self._lines):
            for place, act in enumerate(line.acts):
                if (number, place) in targets:
                    found.append(self._act(part, line, act, targets[number, place]))
                elif found:
                    counts = (*found[-1].counts, *self._counts(part, act))
                    found[-1] = msgspec.structs.replace(found[-1], counts=counts)
        return found

    def _act(self, part: Part, line: Line, act: FoundAct, targets: Sequence[Told]) -> Act:
        day = self._day(part, act.day) if act.day is not None else None
        return Act(
            kind=act.kind,
            modality=act.modality,
            words=self._value(part, act.start, act.end),
            sentence=part.index,
            issuer=self._mention(part, act.issuer, line.issuers),
            together=tuple(said for one in act.together if (said := self._mention(part, one, line.issuers))),
            delegate=self._mention(part, act.delegate),
            instrument=self._mention(part, act.instrument),
            day=day,
            targets=tuple(self._target(one) for one in targets),
            counts=self._counts(part, act),
        )

    def _counts(self, part: Part, act: FoundAct) -> tuple[Count, ...]:
        return tuple(
            Count(number, Kind(kind) if kind else None, self._value(part, low, high))
            for number, kind, low, high in act.counts
        )

    def _target(self, one: Told) -> Target:
        part, phrase = self._lines[one.line][0], one.phrase
        aliases = [Said(value, self._span(part, low, high)) for value, low, high in phrase.aliases]
        aliases += [Said(value, self._span(self._lines[line][0], low, high)) for value, line, low, high in one.aliases]
        return Target(
            words=Said(phrase.value, self._span(part, phrase.start, phrase.end)),
            named=phrase.named,
            kind=phrase.kind,
            role=self._value(part, *phrase.role) if phrase.role else None,
            countries=tuple(Said(one.value, self._span(part, one.start, one.end)) for one in phrase.countries),
            aliases=tuple(aliases),
        )


def _is_place(text: str, name: Mention) -> bool:
    """Tell a place by the word in front of it: "from Port Vale"; an organisation may stand there as well."""
    return name.kind is None and _PLACED.search(text[: name.start]) is not None


def _is_dateline(part: Part) -> bool:
    """Tell a line that only says where the story comes from: "Honolulu:"."""
    return part.text.endswith(":") and len(part.text.split()) <= 3 and part.text.split()[-1][0].isupper()


def _places(text: str, mentions: Sequence[Mention], patterns: Patterns) -> Iterator[Mention]:
    """Give the countries that stand in a list behind "operate in"."""
    for match in patterns.places.finditer(text):
        at = match.end()
        while True:
            gap = _LIST.match(text, at)
            at = gap.end() if gap else at
            country = next((one for one in mentions if one.start == at and one.sort is Sort.COUNTRY), None)
            if country is None:
                break
            yield country
            at = country.end
