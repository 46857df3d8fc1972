"""How far a share counted in a sample may be from the truth: Wilson's interval, and exact upper bounds.

Wilson (1927) for shares: it keeps near its level where the share is close to 1, as recall is, and never leaves 0 to 1.
The bound of misses is exact for a sample without replacement from a known number of pairs (hypergeometric), so it
holds for the smallest sample as well.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

import msgspec

Z95 = 1.959963984540054
"""The normal quantile of 0.975: two-sided 95 %."""
CONFIDENCE = Fraction(95, 100)


class Share(msgspec.Struct, frozen=True):
    """`found` of `of`, with the 95 % interval of the share. All are `None` where nothing was counted."""

    found: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def share(found: int, of: int) -> Share:
    """Give the share with Wilson's 95 % interval, to four decimals."""
    if of == 0:
        return Share(found, 0, None, None, None)
    low, high = wilson(found, of)
    return Share(found, of, round(found / of, 4), round(low, 4), round(high, 4))


def wilson(found: int, of: int, z: float = Z95) -> tuple[float, float]:
    """Give Wilson's score interval of `found` of `of`. Raises `ValueError` where those are no share."""
    if not 0 <= found <= of or of == 0:
        raise ValueError(f"{found} of {of} is not a share")
    p, square = found / of, z * z
    middle = p + square / (2 * of)
    reach = z * sqrt(p * (1 - p) / of + square / (4 * of * of))
    whole = 1 + square / of
    low = 0.0 if found == 0 else (middle - reach) / whole
    high = 1.0 if found == of else (middle + reach) / whole
    return max(0.0, low), min(1.0, high)


def most_misses(missed: int, sample: int, population: int) -> int:
    """Give the most misses that `population` may hold when `missed` of a random `sample` are: one-sided, 95 %.

    The greatest number M for which so few misses in the sample would still be as likely as 5 %. Counted in whole
    numbers, so the bound is exact. Raises `ValueError` where the numbers do not fit one another.
    """
    if not 0 <= missed <= sample <= population:
        raise ValueError(f"{missed} of {sample} of {population}")
    low, high = missed, population - (sample - missed)
    while low < high:
        middle = (low + high + 1) // 2
        if _at_most(missed, sample, middle, population) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle - 1
    return low


def _at_most(missed: int, sample: int, bad: int, population: int) -> Fraction:
    """Give the chance of at most `missed` bad ones in a sample when `bad` of the population are."""
    ways = sum(comb(bad, k) * comb(population - bad, sample - k) for k in range(missed + 1))
    return Fraction(ways, comb(population, sample))
