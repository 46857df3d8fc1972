"""An account as rows of sentence, slot, value and place: what golden files hold, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from interdiction.model.announcement import Account, Act, Said


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
    for act in account.acts:
        yield from _act(act)
    yield from (_at(one.sentence, "measure", one.words) for one in account.effects)
    yield from (_at(one.sentence, "statement", one.words) for one in account.statements)
    for slot, several in (
        ("criterion", account.criteria),
        ("reason", account.reasons),
        ("instrument", account.instruments),
        ("day", account.days),
        ("place", account.places),
    ):
        for said in several:
            yield _at(_index(account, said), slot, said, "" if slot in {"criterion", "reason"} else None)
    for one in account.names:
        value = f"{one.words.value} {one.kind.value if one.kind else ''}".strip()
        yield _at(_index(account, one.words), "name", one.words, value)
    for claim in account.claims:
        yield _at(claim.sentence, "claim", claim.about, f"{claim.stance.value} {claim.speaker.value}")
        yield from (_at(claim.sentence, "through", said, "") for said in claim.through)


def _act(act: Act) -> Iterator[Row]:
    yield _at(act.sentence, "act", act.words, f"{act.kind.value} {act.modality.value}")
    for slot, said in (("issuer", act.issuer), ("delegate", act.delegate)):
        if said is not None:
            yield _at(act.sentence, slot, said)
    for target in act.targets:
        yield _at(act.sentence, "target" if target.named else "described", target.words, None if target.named else "")
        yield from (_at(act.sentence, "alias", alias) for alias in target.aliases)
    for count in act.counts:
        kind = count.kind.value if count.kind else ""
        yield _at(act.sentence, "count", count.words, f"{count.number} {kind}".strip())


def _at(sentence: int, slot: str, said: Said, value: str | None = None) -> Row:
    return Row(sentence, slot, said.value if value is None else value, said.span.start, said.span.end)


def _index(account: Account, said: Said) -> int:
    inside = (one for one in account.sentences if one.span.start <= said.span.start < one.span.end)
    return next(one.index for one in inside)
