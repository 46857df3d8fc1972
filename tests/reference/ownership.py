"""The plain oracle of ownership: one set of exact shares, fractions, and a loop until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Holding = tuple[str, str]
"""Owner and owned."""


def reached(
    shares: Mapping[Holding, Fraction], listed: Iterable[str], *, at: Fraction, more: bool, aggregated: bool
) -> set[str]:
    """Give those whom the listed own, directly or through each other, by a test of shares alone."""
    groups = [set(listed)] if aggregated else [{one} for one in listed]
    return set().union(*(_closed(shares, group, at, more) for group in groups))


def _closed(shares: Mapping[Holding, Fraction], start: set[str], at: Fraction, more: bool) -> set[str]:
    found = set(start)
    parties = {owned for _, owned in shares}
    while True:
        new = {
            party
            for party in parties - found
            if _meets(
                sum(
                    (part for (owner, owned), part in shares.items() if owned == party and owner in found), Fraction(0)
                ),
                at,
                more,
            )
        }
        if not new:
            return found
        found |= new


def _meets(held: Fraction, at: Fraction, more: bool) -> bool:
    return held > at if more else held >= at
