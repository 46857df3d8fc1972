"""The worst misses: damaged names that most resemble what is listed and were still not a hit, with their reckoning."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from interdiction.assurance.held import Held
from interdiction.assurance.recall import written
from interdiction.assurance.scores import UNIT
from interdiction.assurance.trials import Trial, is_withheld, without_scripts
from interdiction.model import Listing
from interdiction.names.compare import compare
from interdiction.names.weights import Weights
from interdiction.screening.hits import evidence


class Line(msgspec.Struct, frozen=True):
    """One line of the reckoning: what it moved the score by, and in words why."""

    effect: float
    sentence: str


class Miss(msgspec.Struct, frozen=True):
    """A listed party that was not a hit under a damaged name.

    `found` is what screening gave, 0 where it gave nothing; `score` is what the judge gives the two side by side.
    Where the judge alone would have made a hit, the names were too unlike to be candidates: `lost_by` is then
    `retrieval`.
    """

    damage: str
    listing: str
    listed: str
    damaged: str
    likeness: float
    found: float
    score: float
    lost_by: str
    reckoning: tuple[Line, ...]


def worst(
    trials: Sequence[Trial],
    scores: Sequence[int],
    listings: Sequence[Listing],
    held: Held,
    weights: Weights,
    *,
    most: int,
    each: int = 3,
) -> tuple[Miss, ...]:
    """Give the likest misses first: at most `most`, and `each` of a class."""
    lost = [at for at, score in enumerate(scores) if score < held.at(trials[at].at)]
    alike = {at: _alike(trials[at]) for at in lost}
    taken: list[int] = []
    counted: dict[str, int] = {}
    for at in sorted(lost, key=lambda at: (-alike[at], at)):
        damage = trials[at].damage
        if counted.get(damage, 0) < each and len(taken) < most:
            counted[damage] = counted.get(damage, 0) + 1
            taken.append(at)
    return tuple(_reckoned(trials[at], scores[at], listings[trials[at].at], alike[at], held, weights) for at in taken)


def _alike(trial: Trial) -> float:
    """Tell how much of the letters agree, 0 to 1: how hard the miss is to explain, not how the judge sees it."""
    ours = " ".join(name.text for name in trial.party.names)
    return round(SequenceMatcher(None, _plain(ours), _plain(trial.name), autojunk=False).ratio(), 3)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _reckoned(trial: Trial, found: int, listing: Listing, alike: float, held: Held, weights: Weights) -> Miss:
    theirs = without_scripts(listing.party) if is_withheld(trial) else listing.party
    said = compare(trial.party, theirs, weights=weights)
    lines = tuple(Line(round(one.effect, 4), one.sentence or one.finding) for one in evidence(said) if one.effect)
    lost_by = "retrieval" if round(said.score * UNIT) >= held.at(trial.at) else "the judge"
    return Miss(trial.damage, listing.id, trial.name, written(trial), alike, found / UNIT, said.score, lost_by, lines)
