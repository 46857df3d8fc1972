"""From decided alerts to numbers: fitted with care, measured on decisions they were not fitted to, never past the law.

Invariants:
1. The same decisions and weights give the same numbers; a row's fold depends on its place alone.
2. No effect changes its sign: an agreeing fact never lowers. Which facts may sink a name is no number and stays.
3. What is reported of the new numbers was judged by the core, each decision with numbers fitted without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from interdiction.errors import DataError
from interdiction.fitting.decisions import Decisions
from interdiction.fitting.features import NUMBERS, features, numbers
from interdiction.fitting.logistic import Model, fit
from interdiction.names.compare import compare_many
from interdiction.names.judged import JudgedRow
from interdiction.names.weights import Weights

FOLDS: Final = 5
HELD: Final = (1.0, 10.0, 100.0)
"""How strongly a coefficient is held to the judge as it is; the one that predicts best is taken."""
SEEN: Final = 10
"""Decisions in which a finding must have spoken before its number is touched."""
LEAST: Final = 0.05
"""What moves by less is left as it is: a sample cannot tell."""
FARTHEST: Final = 4.0
"""A number becomes at most so many times as large or as small: a sample is not the world."""
_STEPS: Final = len(HELD) + FOLDS

Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, whole: int) -> None:
    """Say nothing of the progress."""


class Change(msgspec.Struct, frozen=True):
    """One number: its place in the weights file, what it was and becomes, and in how many decisions it spoke."""

    number: str
    before: float
    after: float
    decisions: int


class Moved(msgspec.Struct, frozen=True):
    """One decision whose alert comes or goes with the new numbers."""

    row: int
    ours: str
    theirs: str
    match: bool
    before: float
    after: float


class Fitted(msgspec.Struct, frozen=True):
    """What was fitted, and what it changes at the threshold: measured on decisions that each fit had not seen."""

    decisions: int
    matches: int
    threshold: float
    held: float
    loss_before: float
    loss_after: float
    """Mean surprise at a decision, in nats; the numbers as they are, with a coefficient of their own for the score."""
    true_before: int
    true_after: int
    """Alerts that were them."""
    false_before: int
    false_after: int
    """Alerts that were not."""
    changes: tuple[Change, ...]
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    weights: str
    """Version and hash of what was fitted from."""


def fitted(
    decisions: Decisions, weights: Weights, threshold: float, step: Progress = silent
) -> tuple[Fitted, dict[str, float]]:
    """Fit numbers to decisions; give what it changes, and the new numbers by their place (`fact.birth_equal`).

    `step` hears of every fit that is done: what it is, how many, of how many.
    """
    step("judging", 0, _STEPS)
    judged = compare_many(decisions.ours, decisions.theirs, threshold=threshold, weights=weights)
    rows = [features(row) for row in judged]
    matches = decisions.matches
    spoke = Counter(name for row in rows for name, effect in row.items() if name in NUMBERS and effect)
    names = sorted(name for name, times in spoke.items() if times >= SEEN)
    folds = [[at for at in range(len(rows)) if at % FOLDS == fold] for fold in range(FOLDS)]
    by_held: dict[float, tuple[list[Model], float]] = {}
    for done, one in enumerate(HELD, start=1):
        by_held[one] = _crossed(rows, matches, names, one, folds)
        step("fitting", done, _STEPS)
    held = min(HELD, key=lambda one: (by_held[one][1], -one))
    models, loss = by_held[held]
    later: dict[int, JudgedRow] = {}
    for done, (fold, model) in enumerate(zip(folds, models, strict=True), start=len(HELD) + 1):
        trial = weights.changed(_numbers(model, names, weights))
        some = compare_many(
            [decisions.ours[at] for at in fold],
            [decisions.theirs[at] for at in fold],
            threshold=threshold,
            weights=trial,
        )
        later |= dict(zip(fold, some, strict=True))
        step("judging again", done, _STEPS)
    whole = _numbers(fit(rows, matches, names, held), names, weights)
    _, plain = _crossed(rows, matches, [], held, folds)
    return _report(decisions, judged, later, threshold, held, (plain, loss), whole, weights, spoke), whole


def _crossed(
    rows: Sequence[Mapping[str, float]],
    matches: Sequence[bool],
    names: Sequence[str],
    held: float,
    folds: Sequence[Sequence[int]],
) -> tuple[list[Model], float]:
    """Give the model fitted without each fold, and the mean loss over the folds they had not seen."""
    models, total = [], 0.0
    for fold in folds:
        out = set(fold)
        rest = [at for at in range(len(rows)) if at not in out]
        model = fit([rows[at] for at in rest], [matches[at] for at in rest], names, held)
        total += model.loss([rows[at] for at in fold], [matches[at] for at in fold]) * len(fold)
        models.append(model)
    return models, total / len(rows)


def _numbers(model: Model, names: Sequence[str], weights: Weights) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in names:
        times = min(max(model.times[name], 1 / FARTHEST), FARTHEST)
        if abs(times - 1) < LEAST:
            continue
        for place, value in numbers(weights.judge, [name]).items():
            wanted = [round(value + (value * times - value) * way, 4) for way in (1, 0.8, 0.6, 0.4, 0.2)]
            found[place] = next((one for one in wanted if _allowed(weights, {**found, place: one})), value)
    return found


def _allowed(weights: Weights, found: Mapping[str, float]) -> bool:
    """Tell whether the core takes these numbers: it knows the range of each."""
    try:
        compare_many([], [], weights=weights.changed(found))
    except DataError:
        return False
    return True


def _report(
    decisions: Decisions,
    judged: Sequence[JudgedRow],
    later: Mapping[int, JudgedRow],
    threshold: float,
    held: float,
    losses: tuple[float, float],
    whole: Mapping[str, float],
    weights: Weights,
    spoke: Mapping[str, int],
) -> Fitted:
    matches = decisions.matches
    alert = [row.standing == "hit" for row in judged]
    again = [later[at].standing == "hit" for at in range(len(judged))]

    def moved(at: int) -> Moved:
        ours, theirs = decisions.ours[at].primary_name, decisions.theirs[at].primary_name
        return Moved(decisions.rows[at], ours, theirs, matches[at], judged[at].score, later[at].score)

    def count(alerts: Sequence[bool], match: bool) -> int:
        return sum(one and was is match for one, was in zip(alerts, matches, strict=True))

    feature = {place: name for name, places in NUMBERS.items() for place in places}
    old = numbers(weights.judge, {feature[place] for place in whole})
    return Fitted(
        decisions=len(matches),
        matches=sum(matches),
        threshold=threshold,
        held=held,
        loss_before=round(losses[0], 4),
        loss_after=round(losses[1], 4),
        true_before=count(alert, True),
        true_after=count(again, True),
        false_before=count(alert, False),
        false_after=count(again, False),
        changes=tuple(
            Change(place, old[place], value, spoke[feature[place]])
            for place, value in sorted(whole.items())
            if value != old[place]
        ),
        gained=tuple(moved(at) for at in range(len(judged)) if again[at] and not alert[at]),
        lost=tuple(moved(at) for at in range(len(judged)) if alert[at] and not again[at]),
        weights=weights.reference,
    )
