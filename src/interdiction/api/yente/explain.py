"""The evidence of a hit in the words of the compatible surface: one explanation for each thing that spoke."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from interdiction.model import Evidence

FEATURES: Final = {
    "name_match": "The names, token by token: what agrees, in which spelling, and what is left over.",
    "weak_name_match": "As name_match, where only a weak alias of the list speaks: never enough to act on alone.",
    "name_structure": "What the build of the two names took: parts missing, another order, another legal form.",
    "birth_date": "The dates of birth, in the precision each has.",
    "nationality": "Nationalities and citizenships.",
    "country": "Countries that the parties are tied to.",
    "gender": "The gender, where both sides state it.",
    "identifier": "Numbers of documents, registers, ships, wallets.",
    "party_kind": "Whether both are people, organisations, ships, aircraft or wallets.",
    "ownership": "That the party is reached through its owners.",
}
"""What can speak, by the name of its explanation."""
_NAMES: Final = {"name": "name_match", "weak_name": "weak_name_match"}
_SILENT: Final = frozenset({"neither"})
"""Findings that say nothing about either side: they are in the evidence, and explain nothing."""


class Explanation(msgspec.Struct, frozen=True, gc=False):
    """One thing that spoke: in words, what it moved the score by, and both values."""

    detail: str | None
    score: float
    query: str | None
    candidate: str | None


def explanations(evidence: Iterable[Evidence]) -> dict[str, Explanation]:
    """Give what spoke; a kind that spoke more than once is numbered from its second time on."""
    found: dict[str, Explanation] = {}
    for one in evidence:
        if one.finding in _SILENT:
            continue
        name = _NAMES.get(one.kind, one.kind)
        key, times = name, 1
        while key in found:
            times += 1
            key = f"{name}_{times}"
        found[key] = Explanation(one.sentence or None, one.effect, _text(one.ours), _text(one.theirs))
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
