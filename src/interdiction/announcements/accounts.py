"""Several tellings laid side by side: which are of one event, what they agree on, and how many origins say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from interdiction.model.announcement import Account, Act, Modality, Said, Span
from interdiction.model.order import Cited, Point, Relation
from interdiction.names import countries

_NEAR: Final = timedelta(days=7)
_SHARED: Final = 2
"""How many kinds of likeness make two accounts tell of one event."""
_RUN: Final = 6
"""Words in a row that two papers write alike only when they have them from one origin."""
_SOME: Final = re.compile(r"\b(?:include[sd]?|including|among (?:them|others)|some of|such as)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")


class Text(msgspec.Struct, frozen=True):
    """An account with the document it was read from, so that its places can be shown as words."""

    account: Account
    original: str

    def cite(self, said: Said, sentence: int | None = None) -> Cited:
        """Give a value with its words."""
        number = self.sentence_of(said.span) if sentence is None else sentence
        quote = " ".join(self.original[said.span.start : said.span.end].split())
        return Cited(self.account.file, said.span, said.value, quote, number)

    def sentence_of(self, span: Span) -> int:
        """Give the index of the sentence that holds a place."""
        return next((one.index for one in self.account.sentences if one.span.start <= span.start < one.span.end), -1)

    def words(self, sentence: int) -> str:
        """Give a sentence."""
        span = self.account.sentences[sentence].span
        return " ".join(self.original[span.start : span.end].split())


def events(texts: Sequence[Text]) -> list[tuple[Text, ...]]:
    """Put together the accounts that tell of one event, in their order."""
    groups: list[list[Text]] = []
    for text in texts:
        home = next((group for group in groups if any(_alike(text, other) for other in group)), None)
        if home is None:
            groups.append([text])
        else:
            home.append(text)
    return [tuple(group) for group in groups]


def _alike(one: Text, other: Text) -> bool:
    first, second = one.account, other.account
    if first.published and second.published and abs(first.published - second.published) > _NEAR:
        return False
    likeness = (
        _counts(first) & _counts(second),
        _named(first) & _named(second),
        _aims(first) & _aims(second),
        _places(first) & _places(second),
        _quotes(one) & _quotes(other),
    )
    return sum(bool(shared) for shared in likeness) >= _SHARED


def _counts(account: Account) -> set[tuple[int, str]]:
    return {(count.number, str(count.kind)) for act in account.acts for count in act.counts}


def _named(account: Account) -> set[str]:
    return {folded(target.words.value) for act in account.acts for target in act.targets if target.named}


def _aims(account: Account) -> set[str]:
    return {country.value for act in account.acts for target in act.targets for country in target.countries}


def _places(account: Account) -> set[str]:
    return {place.value for place in account.places}


def _quotes(text: Text) -> set[str]:
    return {folded(text.cite(claim.about).quote) for claim in text.account.claims if claim.quoted}


def folded(words: str) -> str:
    """Give words without case and punctuation."""
    return " ".join(_WORD.findall(words.casefold()))


def origins(cited: Iterable[Cited], texts: Sequence[Text]) -> int:
    """Count independent origins: what two papers write in the same words, or have from one speaker, is of one."""
    by_file = {text.account.file: text for text in texts}
    kept: list[tuple[str, set[str]]] = []
    for one in cited:
        text = by_file[one.file]
        words, speakers = folded(text.words(one.sentence)), _speakers(text, one.sentence)
        if not any(speakers & others or _share_run(words, other) for other, others in kept):
            kept.append((words, speakers))
    return len(kept)


def _speakers(text: Text, sentence: int) -> set[str]:
    """Give who vouches for a sentence: its speakers and the agencies it came through."""
    found: set[str] = set()
    for claim in text.account.claims:
        if claim.sentence == sentence:
            said = [claim.speaker.value, *(text.cite(one).value.removeprefix("according to ") for one in claim.through)]
            found |= {folded(one).removeprefix("the ").replace("u s ", "us ") for one in said}
    return found


def _share_run(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    runs = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    return any(tuple(others[at : at + _RUN]) in runs for at in range(len(others) - _RUN + 1))


def points(texts: Sequence[Text]) -> list[Point]:
    """Lay the accounts of one event side by side, slot by slot."""
    found: list[Point] = []
    for slot, values in _slots(texts).items():
        for value, cited in values.items():
            files = {one.file for one in cited}
            relation = Relation.AGREE if len(files) > 1 or len(texts) == 1 else Relation.ONLY
            found.append(Point(slot, value, relation, tuple(cited), origins(cited, texts)))
    if len(texts) > 1:
        found += _sets(texts)
        found += _contradictions(texts)
    return found


def _slots(texts: Sequence[Text]) -> dict[str, dict[str, list[Cited]]]:
    slots: dict[str, dict[str, list[Cited]]] = {}

    def put(slot: str, value: str, cited: Cited) -> None:
        slots.setdefault(slot, {}).setdefault(value, []).append(cited)

    for text in texts:
        for act in text.account.acts:
            if act.modality in {Modality.DONE, Modality.ANNOUNCED}:
                for count in act.counts:
                    put(
                        "count",
                        f"{count.number} {count.kind.value if count.kind else 'targets'}",
                        text.cite(count.words),
                    )
                for target in act.targets:
                    if target.named:
                        put("target", _merged(target.words.value, slots.get("target", {})), text.cite(target.words))
                if act.instrument:
                    put("instrument", act.instrument.value, text.cite(act.instrument))
                if act.day:
                    put("day", act.day.value, text.cite(act.day))
        for effect in text.account.effects:
            put("measure", effect.words.value, text.cite(effect.words))
        for statement in text.account.statements:
            put("statement", statement.about, text.cite(statement.words))
    return slots


def _merged(name: str, others: Iterable[str]) -> str:
    """Give the spelling under which a name stands already, when only its legal form or case differs."""
    bare = folded(name)
    return next((other for other in others if folded(other) == bare), name)


def _sets(texts: Sequence[Text]) -> list[Point]:
    """Say how the countries in which targets are active stand to each other: the same, part of, or other ones."""
    sets = [(text, {place.value for place in text.account.places}) for text in texts if text.account.places]
    found: list[Point] = []
    for place, (text, ours) in enumerate(sets):
        for other, theirs in sets[place + 1 :]:
            small, large = (text, other) if len(ours) <= len(theirs) else (other, text)
            less, more = (ours, theirs) if small is text else (theirs, ours)
            relation, note = _relation(small, less, more)
            cited = [text.cite(one) for one in text.account.places] + [other.cite(one) for one in other.account.places]
            names = ", ".join(sorted(countries.name(code) for code in more))
            if small is not large:
                found.append(Point("places", names, relation, tuple(cited), origins(cited, texts), note))
    return found


def _relation(small: Text, less: set[str], more: set[str]) -> tuple[Relation, str]:
    if less == more:
        return Relation.AGREE, ""
    if less < more:
        said = any(_SOME.search(small.words(small.sentence_of(place.span))) for place in small.account.places)
        note = f"{small.account.file} names {len(less)} of {len(more)}"
        return (Relation.INCLUDES, f"{note} and says that they are some") if said else (Relation.DIFFERS, note)
    return Relation.DIFFERS, f"{', '.join(sorted(less - more))} only in {small.account.file}"


def _contradictions(texts: Sequence[Text]) -> list[Point]:
    """Say where two accounts count the same kind of target differently."""
    found: list[Point] = []
    by_kind: dict[str, dict[int, list[Cited]]] = {}
    for text in texts:
        for act in _done(text.account.acts):
            for count in act.counts:
                if count.kind is not None:
                    by_kind.setdefault(count.kind.value, {}).setdefault(count.number, []).append(text.cite(count.words))
    for kind, numbers in by_kind.items():
        files = {number: {one.file for one in cited} for number, cited in numbers.items()}
        apart = [
            number
            for number in numbers
            if any(not files[number] & files[other] for other in numbers if other != number)
        ]
        if len(apart) > 1:
            cited = [one for number in sorted(apart) for one in numbers[number]]
            value = " or ".join(str(number) for number in sorted(apart))
            found.append(Point(f"count of {kind}", value, Relation.DIFFERS, tuple(cited), origins(cited, texts)))
    return found


def _done(acts: Iterable[Act]) -> list[Act]:
    return [act for act in acts if act.modality in {Modality.DONE, Modality.ANNOUNCED}]
