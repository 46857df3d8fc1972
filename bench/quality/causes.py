"""What wrong answers are made of: the findings that decided the errors of half A, counted, each with an example.

Half B is never read. A miss is put down to whatever took most from its score, a false alarm to what let it through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.quality.measure import THRESHOLD
from interdiction.model import Evidence, Party, TokenEvidence
from interdiction.names.weights import Weights
from interdiction.screening.comparison import Comparison, compare
from interdiction.screening.sentences import STRUCTURE, UNKNOWN

MOST = 5
LEFT_OVER = {"missing", "extra"}
FOUND_BY = {
    "equal": "every word agrees",
    "whole": "every word agrees or is a known variant",
    "romanised": "agree in a romanisation",
}


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: two parties, and whether they are the same."""

    ours: Party
    theirs: Party
    same: bool


def told(wrong: Sequence[Wrong], weights: Weights) -> list[str]:
    """Count the causes, the most frequent first, each with its number and its first example."""
    counted: Counter[str] = Counter()
    example: dict[str, str] = {}
    for one in wrong:
        said = compare(one.ours, one.theirs, weights=weights)
        why = _missed(said) if one.same else _let_through(said)
        counted[why] += 1
        example.setdefault(why, f"{_matched(said, 'ours')} / {_matched(said, 'theirs')}")
    return [f"{count} × {why} ({example[why]})" for why, count in counted.most_common(MOST)]


def _matched(said: Comparison, side: str) -> str:
    name = next((one for one in said.evidence if one.tokens), None)
    return str(getattr(name, side, None) or getattr(said, side)).replace("|", " ")


def _tokens(said: Comparison) -> Sequence[TokenEvidence]:
    return next((one.tokens for one in said.evidence if one.tokens), ())


def _missed(said: Comparison) -> str:
    if said.score >= THRESHOLD:
        return "side by side a hit, but not retrieved or outweighed in the list"
    if all(one.kind in LEFT_OVER for one in _tokens(said)):
        return "no word agrees"
    took = [one for one in said.evidence if one.effect < 0 and one.finding not in UNKNOWN]
    return _named(min(took, key=lambda one: one.effect)) if took else "the words say too little"


def _let_through(said: Comparison) -> str:
    name = next((one for one in said.evidence if one.tokens), None)
    if name is None:
        return "not by its name"
    if name.finding in FOUND_BY:
        return FOUND_BY[name.finding]
    heavy = max((one for one in name.tokens if one.kind != "equal"), key=lambda one: one.weight, default=None)
    words = {"missing": "a word is left out", "extra": "a word is left out", "joined": "written as one"}
    words |= {"sound": "a word sounds alike", "typo": "a word looks like a slip", "initial": "an initial"}
    return words.get(heavy.kind, heavy.kind) if heavy else "every word agrees"


def _named(one: Evidence) -> str:
    return STRUCTURE.get(one.finding, f"{one.kind.replace('_', ' ')}: {one.finding}")
