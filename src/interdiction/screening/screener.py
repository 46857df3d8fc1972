"""Screens parties against the lists in force: one native call for all names, then words for the hits alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Protocol

from interdiction.model import Hit, Listing, Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.screening.hits import hit

THRESHOLD = 0.70
"""The default threshold of the judge, calibrated for one setting for all (docs/judging.md)."""
RETRIEVAL = 0.50
"""All names at this retrieval score or above are candidates; a threshold below it could not be kept."""


class ListingsInForce(Protocol):
    """The listings of one index, by the ordinal of the index's party."""

    def listing(self, at: int) -> Listing:
        """Give the listing with its designations joined."""


class Screener:
    """An index and the listings it speaks of. Holds no state of its own; safe to share between threads."""

    def __init__(self, index: NameIndex, listings: ListingsInForce) -> None:
        self.index = index
        self._listings = listings

    def screen(self, parties: Sequence[Party], *, threshold: float = THRESHOLD, threads: int = 0) -> list[list[Hit]]:
        """Give each party's hits, best first. A party without an id is called by its place, counted from 1."""
        ids = [party.id or str(at) for at, party in enumerate(parties, start=1)]
        hits: list[list[Hit]] = [[] for _ in parties]
        for at, found in self.screen_batch(party_batch(parties), ids.__getitem__, threshold=threshold, threads=threads):
            hits[at] = found
        return hits

    def listing(self, hit: Hit) -> Listing:
        """Give the listing of a hit of this screener, whole. Raises `KeyError` for a listing that is not in force."""
        return self._listings.listing(self.index.party(hit.listing))

    def screen_batch(
        self,
        batch: object,
        query_id: Callable[[int], str],
        *,
        threshold: float = THRESHOLD,
        threads: int = 0,
    ) -> list[tuple[int, list[Hit]]]:
        """Screen an Arrow batch of party columns; give (row, hits) for the rows that have any, in row order."""
        rows = self.index.judge(batch, retrieval=RETRIEVAL, threshold=threshold, threads=threads).rows()
        return [
            (at, [hit(row, self._listings.listing(row.party), query_id(at)) for row in group])
            for at, group in groupby(rows, key=lambda row: row.query)
        ]
