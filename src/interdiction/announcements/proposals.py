"""Proposals of a user's own program, weighed: none counts whose words do not stand there, none makes a party a target.

What stands is shown as proposed, apart from what the rules read, and is never confirmed by itself. The checks are those
that hold for the rules: an authority, a name of the list `never`, whoever is only accused or denied, is no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from interdiction.announcements.accounts import Text, folded
from interdiction.announcements.asking import MOST
from interdiction.announcements.counts import number_in
from interdiction.announcements.days import days_in
from interdiction.announcements.ground import Ground
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.sentences import Part
from interdiction.model.announcement import Act, ActKind, Modality, Said, Span
from interdiction.model.order import Cited, Proposed, Refused
from interdiction.model.proposal import (
    ActProposal,
    AliasProposal,
    ClaimProposal,
    CountProposal,
    DayProposal,
    InstrumentProposal,
    IssuerProposal,
    MeasureProposal,
    Proposal,
    Sheet,
    TargetProposal,
    Words,
)

_LONGEST: Final = 2000
"""Characters of a proposed value; a claim is a few sentences at most."""
_LONGEST_NAME: Final = 200
_DONE: Final = frozenset({Modality.DONE, Modality.ANNOUNCED})
_AIMED: Final = frozenset(
    {
        ActKind.DESIGNATE,
        ActKind.IDENTIFY,
        ActKind.IMPOSE,
        ActKind.AMEND,
        ActKind.DELIST,
        ActKind.LICENSE,
        ActKind.EXTEND,
    }
)
"""Kinds of acts that mean somebody."""
_NOT_MEANT: Final = re.compile(
    r"\b(?:not|never|neither|nor|no)\s+(?:[\w']+\s+){0,3}?"
    r"(?:designat\w+|sanction\w*|list\w*|blacklist\w*|add\w*|named|target\w*|subject)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w+")
_NEAR: Final = 2
"""Words between a "not" and the act that it denies."""
_WIDEST: Final = 3
"""Sentences that a speaker may stand away from what he says."""


class Weighed(msgspec.Struct, frozen=True):
    """What stood, what was refused and why, and how many the rules had read themselves."""

    proposed: tuple[Proposed, ...] = ()
    refused: tuple[Refused, ...] = ()
    known: int = 0


class _UnfitError(Exception):
    """A proposal does not stand: the check it failed and why."""

    def __init__(self, check: str, why: str) -> None:
        super().__init__(why)
        self.check, self.why = check, why


def weigh(text: Text, sheet: Sheet, patterns: Patterns) -> Weighed:
    """Hold each proposal against the document and the rules. Never raises: what does not stand is refused."""
    return _Weighing(text, sheet, patterns).weighed()


class _Weighing:
    def __init__(self, text: Text, sheet: Sheet, patterns: Patterns) -> None:
        self._text, self._sheet, self._patterns = text, sheet, patterns
        self._ground = Ground(text, patterns)
        self._account = text.account
        self._proposed: list[Proposed] = []
        self._refused: list[Refused] = []
        self._known = 0

    def weighed(self) -> Weighed:
        read: list[Proposal] = []
        for place, raw in enumerate(self._sheet.proposals):
            if place == MOST:
                left = len(self._sheet.proposals) - MOST
                self._refuse(None, _UnfitError("too-many", f"{left} more than the {MOST} that are looked at"))
                break
            try:
                read.append(msgspec.json.decode(raw, type=Proposal))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self._refuse(None, _UnfitError("form", f"proposal {place}: {error}"[:200]))
        # Acts come first and aliases last: a target points to its act, an alias to its target.
        for one in sorted(read, key=_turn):
            try:
                made = self._stands(one)
            except _UnfitError as error:
                self._refuse(one, error)
                continue
            if made is None or made in self._proposed:
                self._known += 1
            else:
                self._proposed.append(made)
        return Weighed(tuple(self._proposed), tuple(self._refused), self._known)

    def _refuse(self, one: Proposal | None, error: _UnfitError) -> None:
        by, file, why = self._sheet.by, self._account.file, _printable(error.why)
        if one is None:
            self._refused.append(Refused(by, file, error.check, why))
        else:
            words = _printable(" ".join(one.words[:_LONGEST_NAME].split()))
            self._refused.append(Refused(by, file, error.check, why, _slot(one), words, one.start))

    def _stands(self, one: Proposal) -> Proposed | None:
        """Give what a proposal is worth; none where the rules have read the same."""
        span, part = self._place(Words(one.words, one.start))
        match one:
            case ActProposal():
                return self._act(one, span, part)
            case TargetProposal():
                return self._target(one, span, part)
            case AliasProposal():
                return self._alias(one, span, part)
            case ClaimProposal():
                return self._claim(one, span, part)
        return self._plain(one, span, part)

    def _place(self, one: Words) -> tuple[Span, Part]:
        """Give the place and the sentence of words that stand where they are said to stand."""
        original = self._text.original
        if not one.words.strip() or one.words != one.words.strip() or len(one.words) > _LONGEST:
            raise _UnfitError("form", f"the words are empty, begin or end with a space, or are more than {_LONGEST}")
        span = Span(one.start, one.start + len(one.words))
        if one.start < 0 or span.end > len(original):
            raise _UnfitError("range", f"the document has {len(original)} characters")
        if original[span.start : span.end] != one.words:
            raise _UnfitError("words", "these words do not stand there")
        if _cuts(original, span.start) or _cuts(original, span.end):
            raise _UnfitError("part-word", "they begin or end within a word")
        if not self._ground.visible(span):
            raise _UnfitError("hidden", "a reader of the document does not see them as they stand")
        part = self._ground.part(span)
        if part is None:
            raise _UnfitError("no-sentence", "they stand in no sentence, or in several")
        if part.furniture:
            raise _UnfitError("furniture", "they belong to what the publisher adds to every page")
        if part.repeats is not None:
            raise _UnfitError("repeated", f"their sentence repeats sentence {part.repeats}: point there")
        return span, part

    def _act(self, one: ActProposal, span: Span, part: Part) -> Proposed | None:
        same = [act for act in self._account.acts if _meet(act.words.span, span)]
        if any(act.kind is one.act and (act.modality in _DONE) == (one.modality in _DONE) for act in same):
            return None
        if one.modality in _DONE:
            undone = next((act for act in same if act.modality not in _DONE), None)
            if undone is not None:
                raise _UnfitError("contradicted", f"the rules read this act as {undone.modality.value}, not as done")
            if self._ground.is_told(part, span):
                raise _UnfitError("told", "it stands only in what somebody says")
            undone_by = self._undone(part, self._ground.within(part, span))
            if undone_by is not None:
                raise _UnfitError("contradicted", f"the words beside it make it {undone_by.value}, not done")
        note = f"the rules read: {same[0].kind.value}" if same else ""
        return self._made(one, span, part, f"{one.act.value} {one.modality.value}", note=note)

    def _undone(self, part: Part, place: tuple[int, int]) -> Modality | None:
        """Give what the words of the act and those before it in its clause make of it, where it was not done."""
        low = max(part.text.rfind(mark, 0, place[0]) for mark in ",;:") + 1
        clause = part.text[low : place[1]]
        for modality, pattern in self._patterns.modality:
            for match in pattern.finditer(clause):
                near = len(clause[match.end() : max(match.end(), place[0] - low)].split()) <= _NEAR
                if modality not in _DONE and (near or modality is not Modality.DENIED):
                    return modality
        return None

    def _target(self, one: TargetProposal, span: Span, part: Part) -> Proposed | None:
        said = folded(one.words)
        targets = [(act, target) for act in self._account.acts for target in act.targets]
        if any(act.modality in _DONE and _same(target.words, span, said) for act, target in targets):
            return None
        self._may_be_named(one.words, span, part)
        undone = [act for act, target in targets if act.modality not in _DONE and _same(target.words, span, said)]
        if undone:
            raise _UnfitError("denied", f"the text names it only as {undone[0].modality.value}")
        if self._ground.is_told(part, span):
            raise _UnfitError("told", "it is named only in what somebody says")
        if _NOT_MEANT.search(part.text) or any(
            act.modality is Modality.DENIED and act.sentence == part.index for act in self._account.acts
        ):
            raise _UnfitError("denied", "the sentence says that somebody was not named")
        act = self._act_of(one.act)
        return self._made(one, span, part, one.party or "", of=act)

    def _may_be_named(self, words: str, span: Span, part: Part) -> None:
        """Raise for what can be nobody's name, is an authority's, or is on the list of those never meant."""
        tokens = [word.casefold() for word in _WORD.findall(words)]
        patterns = self._patterns
        common = patterns.leading | patterns.posts | patterns.joining | patterns.not_names | patterns.not_parties
        plain = all(token in common for token in tokens)
        lettered = any(sign.isupper() or sign.isdigit() or (sign.isalpha() and not sign.isascii()) for sign in words)
        if len(words) > _LONGEST_NAME or plain or not lettered:
            raise _UnfitError("no-name", "they are nobody's name")
        if self._ground.is_issuer(part, span):
            raise _UnfitError("issuer", "they name an authority")
        said = f" {folded(words)} "
        if any(f" {folded(never)} " in said for never in patterns.never):
            raise _UnfitError("never", "the patterns file says that this is never a target")

    def _act_of(self, words: Words) -> Cited:
        """Give the words of the act that means a target: one that was read, or proposed and stood, and was done."""
        span, part = self._place(words)
        read = (act for act in self._account.acts if _meet(act.words.span, span))
        if any(_aims(act) for act in read) and self._undone(part, self._ground.within(part, span)) is None:
            return self._cite(span, part)
        for one in self._proposed:
            if one.slot == "act" and one.said.file == self._account.file and _meet(one.said.span, span):
                kind, _, modality = one.kind.partition(" ")
                if ActKind(kind) in _AIMED and Modality(modality) in _DONE:
                    return self._cite(span, part)
        raise _UnfitError("no-act", "no act that was done and means somebody stands where it points")

    def _alias(self, one: AliasProposal, span: Span, part: Part) -> Proposed | None:
        target, where = self._place(one.target)
        said = folded(one.target.words)
        named = [target for act in self._account.acts if act.modality in _DONE for target in act.targets]
        if any(_meet(alias.span, span) for each in named for alias in each.aliases):
            return None
        read = any(_same(each.words, target, said) for each in named if each.named)
        if not read and not any(
            each.slot == "target" and (each.said.span == target or folded(each.said.quote) == said)
            for each in self._proposed
        ):
            raise _UnfitError("no-target", "nobody who is a target stands where it points")
        self._may_be_named(one.words, span, part)
        if self._ground.is_told(part, span):
            raise _UnfitError("told", "it stands only in what somebody says")
        return self._made(one, span, part, of=self._cite(target, where))

    def _claim(self, one: ClaimProposal, span: Span, part: Part) -> Proposed | None:
        if any(claim.stance is one.stance and _meet(claim.about.span, span) for claim in self._account.claims):
            return None
        speaker, where = self._place(one.speaker)
        if abs(where.index - part.index) > _WIDEST:
            raise _UnfitError("no-speaker", f"the speaker stands more than {_WIDEST} sentences away")
        return self._made(one, span, part, one.stance.value, of=self._cite(speaker, where))

    def _plain(self, one: Proposal, span: Span, part: Part) -> Proposed | None:
        """Weigh a value that only has to stand there; numbers and days are read from the words by the rules."""
        account = self._account
        value = kind = ""
        read: Iterable[Said] = account.criteria
        match one:
            case CountProposal():
                number = number_in(one.words)
                if number is None:
                    raise _UnfitError("no-number", "no number stands in the words")
                value, kind = str(number), one.party or ""
                read = (count.words for act in account.acts for count in act.counts)
            case DayProposal():
                days = days_in(one.words)
                if len(days) != 1:
                    raise _UnfitError("no-day", "the words name no day, or several")
                value, read = str(days[0].on(account.published) or days[0].said.casefold()), account.days
            case MeasureProposal():
                kind, read = one.measure or "", (effect.words for effect in account.effects)
            case IssuerProposal():
                read = (act.issuer for act in account.acts if act.issuer)
            case InstrumentProposal():
                read = account.instruments
        if any(_meet(said.span, span) for said in read):
            return None
        return self._made(one, span, part, kind, value=value)

    def _made(
        self,
        one: Proposal,
        span: Span,
        part: Part,
        kind: str = "",
        *,
        of: Cited | None = None,
        value: str = "",
        note: str = "",
    ) -> Proposed:
        return Proposed(self._sheet.by, _slot(one), self._cite(span, part, value), str(kind), of, note=note)

    def _cite(self, span: Span, part: Part, value: str = "") -> Cited:
        words = " ".join(self._text.original[span.start : span.end].split())
        return Cited(self._account.file, span, value or words, words, part.index)


def _turn(one: Proposal) -> int:
    return 0 if isinstance(one, ActProposal) else 2 if isinstance(one, AliasProposal) else 1


def _slot(one: Proposal) -> str:
    return str(one.__struct_config__.tag)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _same(said: Said, span: Span, name: str) -> bool:
    return _meet(said.span, span) or folded(said.value) == name


def _aims(act: Act) -> bool:
    return act.kind in _AIMED and act.modality in _DONE


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place lies within a word. Scripts that write no spaces have no such places."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and before.isascii() and after.isascii()
