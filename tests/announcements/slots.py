"""An account as rows of sentence, slot, value and place: what golden files hold, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from interdiction.model.announcement import Account, Said


class Row(NamedTuple):
    """One value read: `value` is empty where it would only repeat the sentence."""

    sentence: int
    slot: str
    value: str
    start: int
    end: int


def rows(account: Account) -> list[Row]:
    """Give every value of an account, in the order of its sentences."""
    return sorted(_rows(account))


def _rows(account: Account) -> Iterator[Row]:
    def at(sentence: int, slot: str, said: Said, value: str | None = None) -> Row:
        return Row(sentence, slot, said.value if value is None else value, said.span.start, said.span.end)

    def index(said: Said) -> int:
        inside = (one for one in account.sentences if one.span.start <= said.span.start < one.span.end)
        return next(one.index for one in inside)

    for act in account.acts:
        number = act.sentence
        yield at(number, "act", act.words, f"{act.kind.value} {act.modality.value}")
        for slot, said in (("issuer", act.issuer), ("delegate", act.delegate), ("instrument", act.instrument)):
            if said is not None:
                yield at(number, slot, said)
        if act.day is not None:
            yield at(number, "day", act.day)
        for target in act.targets:
            yield at(number, "target" if target.named else "described", target.words, "" if not target.named else None)
            for alias in target.aliases:
                yield at(number, "alias", alias)
        for count in act.counts:
            yield at(number, "count", count.words, f"{count.number} {count.kind.value if count.kind else ''}".strip())
    for effect in account.effects:
        yield at(effect.sentence, "measure", effect.words)
    for slot, several in (("criterion", account.criteria), ("reason", account.reasons)):
        for said in several:
            yield at(index(said), slot, said, "")
    for place in account.places:
        yield at(index(place), "place", place)
    for statement in account.statements:
        yield at(statement.sentence, "statement", statement.words)
    for claim in account.claims:
        yield at(claim.sentence, "claim", claim.about, f"{claim.stance.value} {claim.speaker.value}")
        for said in claim.through:
            yield at(claim.sentence, "through", said, "")
