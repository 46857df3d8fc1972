"""A logistic sum whose coefficients are not negative and stay near 1, found by Newton's steps.

The sum is convex, so there is one best answer and the same rows always give it. Rows are sparse; no library needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from interdiction.names.thresholds import DEFAULT

_STEEPEST = 40.0
"""Odds that change by more than e⁴ for a tenth of the score are chance in a small sample."""
_FLATTEST = 5.0
_STEPS = 60
_CLOSE = 1e-9
_ALL = "score"


class Model:
    """How many times as much each feature should weigh, and how the score becomes odds."""

    def __init__(self, times: Mapping[str, float], constant: float, scale: float) -> None:
        self.times = dict(times)
        self.constant = constant
        self.scale = scale

    def loss(self, rows: Sequence[Mapping[str, float]], matches: Sequence[bool]) -> float:
        """Give the mean surprise, in nats, at decisions."""
        sums = [
            self.constant + self.scale * sum(self.times.get(name, 1.0) * x for name, x in row.items()) for row in rows
        ]
        return sum(_surprise(z if match else -z) for z, match in zip(sums, matches, strict=True)) / len(rows)


def fit(rows: Sequence[Mapping[str, float]], matches: Sequence[bool], names: Sequence[str], held: float) -> Model:
    """Fit how many times as much each of `names` should weigh; every other feature keeps its weight.

    `held` is how strongly each is held to 1, the judge as it is.
    """
    scale = _scale(rows, matches)
    return _fit(rows, matches, names, held, scale)


def _scale(rows: Sequence[Mapping[str, float]], matches: Sequence[bool]) -> float:
    """Give by how much the score as it is moves the odds."""
    totals = [{_ALL: sum(row.values())} for row in rows]
    return min(max(_fit(totals, matches, [_ALL], 1e-4, 1.0).times[_ALL], _FLATTEST), _STEEPEST)


def _fit(
    rows: Sequence[Mapping[str, float]], matches: Sequence[bool], names: Sequence[str], held: float, scale: float
) -> Model:
    place = {name: at for at, name in enumerate(names, start=1)}
    known = [scale * sum(x for name, x in row.items() if name not in place) for row in rows]
    sparse = [[(0, 1.0), *((place[name], scale * x) for name, x in row.items() if name in place)] for row in rows]
    data = list(zip(known, sparse, matches, strict=True))
    now = [-DEFAULT * scale, *([1.0] * len(names))]
    value = _value(now, data, held)
    for _ in range(_STEPS):
        slope, curve = _slopes(now, data, held)
        free = [at for at in range(len(now)) if at == 0 or now[at] > 0 or slope[at] < 0]
        step = _solve([[curve[i][j] for j in free] for i in free], [-slope[i] for i in free])
        found = _downhill(now, dict(zip(free, step, strict=True)), value, data, held)
        if found is None:
            break
        now, better = found
        value, gained = better, value - better
        if gained < _CLOSE:
            break
    return Model(dict(zip(names, now[1:], strict=True)), now[0], scale)


_Data = list[tuple[float, list[tuple[int, float]], bool]]


def _downhill(
    now: list[float], step: Mapping[int, float], value: float, data: _Data, held: float
) -> tuple[list[float], float] | None:
    """Give the next place and its value, the step halved until it helps; nothing below nothing."""
    length = 1.0
    while length > 1e-6:
        tried = list(now)
        for at, move in step.items():
            tried[at] = now[at] + length * move if at == 0 else max(0.0, now[at] + length * move)
        better = _value(tried, data, held)
        if better < value:
            return tried, better
        length /= 2
    return None


def _value(now: list[float], data: _Data, held: float) -> float:
    total = sum((one - 1) ** 2 for one in now[1:]) * held / 2
    for known, row, match in data:
        z = known + sum(now[at] * x for at, x in row)
        total += _surprise(z if match else -z)
    return total


def _slopes(now: list[float], data: _Data, held: float) -> tuple[list[float], list[list[float]]]:
    size = len(now)
    slope = [0.0, *(held * (one - 1) for one in now[1:])]
    curve = [[(held + 1e-9 if i else 1e-9) * (i == j) for j in range(size)] for i in range(size)]
    for known, row, match in data:
        sure = _share(known + sum(now[at] * x for at, x in row))
        bend = sure * (1 - sure)
        for at, x in row:
            slope[at] += (sure - match) * x
            for other, y in row:
                curve[at][other] += bend * x * y
    return slope, curve


def _surprise(z: float) -> float:
    return math.log1p(math.exp(-z)) if z > -30 else -z


def _share(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -30 else math.exp(z)


def _solve(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Solve a symmetric system by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, wanted, strict=True)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        pivot = rows[at]
        for row in rows[at + 1 :]:
            times = row[at] / pivot[at]
            if times:
                for column in range(at, size + 1):
                    row[column] -= times * pivot[column]
    found = [0.0] * size
    for at in range(size - 1, -1, -1):
        found[at] = (rows[at][size] - sum(rows[at][j] * found[j] for j in range(at + 1, size))) / rows[at][at]
    return found
