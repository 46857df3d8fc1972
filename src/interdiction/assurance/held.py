"""Scores held against the thresholds of the policy, which differ by list and kind, on one common scale.

The threshold that fits everything is the base. A score is moved by what its own threshold stands apart from the base,
so that a pair is a hit where its level is at the base or above, whichever row of the policy is its own. A curve over
the base then moves every threshold by the same amount.
"""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.assurance.scores import FLOOR, UNIT, units
from interdiction.model import Listing
from interdiction.names.thresholds import Thresholds


class Held:
    """The thresholds of a run for the listings in force, by ordinal. `floor` is the lowest level that is complete."""

    def __init__(self, thresholds: Thresholds, listings: Sequence[Listing]) -> None:
        self.told = str(thresholds)
        self.base = units(thresholds.rows[-1].at)
        self._at = [units(thresholds.at(one.id, one.party.kind)) for one in listings]
        self.floor = FLOOR + max(0, self.base - min(self._at, default=self.base))

    def at(self, party: int) -> int:
        """Give the threshold of a listing."""
        return self._at[party]

    def level(self, party: int, score: int) -> int:
        """Give the score of a pair on the common scale; 0 stays 0, as nothing was found."""
        return max(0, min(UNIT, score + self.base - self._at[party])) if score else 0
