"""Recall: of the damaged names, the share whose own listing is still a hit, by class, list, kind and script."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from interdiction.assurance.damage.classes import CLASSES, DamageClass
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.trials import Trial

FEW = 30
"""A row that rests on fewer trials is marked: its interval is wide, and its share says little."""


class AtBudget(msgspec.Struct, frozen=True):
    """Recall at the threshold that an alert budget allows."""

    per_thousand: float
    recall: Share


class Row(msgspec.Struct, frozen=True):
    """One row of a table of recall. `reason` says why nothing could be counted."""

    key: str
    recall: Share
    at_budget: tuple[AtBudget, ...]
    reason: str = ""


class ClassRow(msgspec.Struct, frozen=True):
    """One class of damage: what it stands for, one example, and its recall."""

    key: str
    family: str
    says: str
    must: bool
    name: str
    damaged: str
    recall: Share
    at_budget: tuple[AtBudget, ...]
    reason: str = ""


Budgets = Sequence[tuple[float, int | None]]
"""An alert budget per thousand, and the threshold it allows in ten-thousandths; `None` where none does."""


def by_class(trials: Sequence[Trial], scores: Sequence[int], threshold: int, budgets: Budgets) -> tuple[ClassRow, ...]:
    """Give one row a class, in the order of the classes."""
    rows = []
    for one in CLASSES:
        places = [at for at, trial in enumerate(trials) if trial.damage == one.key]
        example = trials[places[0]] if places else None
        rows.append(
            ClassRow(
                key=one.key,
                family=one.family,
                says=one.says,
                must=one.must,
                name=example.name if example else "",
                damaged=written(example) if example else "",
                recall=_at([scores[at] for at in places], threshold),
                at_budget=_budgets([scores[at] for at in places], budgets),
                reason="" if places else _why_none(one),
            )
        )
    return tuple(rows)


def by(
    key: Callable[[Trial], str], trials: Sequence[Trial], scores: Sequence[int], threshold: int, budgets: Budgets
) -> tuple[Row, ...]:
    """Give one row for each value of `key`, those with most trials first."""
    groups: dict[str, list[int]] = {}
    for trial, score in zip(trials, scores, strict=True):
        groups.setdefault(key(trial), []).append(score)
    return tuple(
        row(name, some, threshold, budgets)
        for name, some in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def row(key: str, scores: Sequence[int], threshold: int, budgets: Budgets) -> Row:
    """Give one row of some trials."""
    return Row(key, _at(scores, threshold), _budgets(scores, budgets))


def written(trial: Trial) -> str:
    """Give the damaged party as a reader sees it: its names, then its facts."""
    names = " | ".join(name.text for name in trial.party.names)
    born = [f"born {day}" for day in trial.party.birth_dates]
    numbers = [f"{one.type} {one.value}" for one in trial.party.identifiers]
    return ", ".join([names, *born, *numbers])


def _at(scores: Sequence[int], threshold: int) -> Share:
    return share(sum(score >= threshold for score in scores), len(scores))


def _budgets(scores: Sequence[int], budgets: Budgets) -> tuple[AtBudget, ...]:
    return tuple(
        AtBudget(budget, share(0, 0) if threshold is None else _at(scores, threshold)) for budget, threshold in budgets
    )


def _why_none(one: DamageClass) -> str:
    return f"no party of the lists in force can suffer this: {one.says}"
