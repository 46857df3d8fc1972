"""Screens parties against the lists in force: one native call for all names, then words for the hits alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

import msgspec

from interdiction.model import Hit, Listing, Party, Problem
from interdiction.names.batch import party_batch
from interdiction.names.index import Judged, JudgedRow, NameIndex
from interdiction.names.thresholds import Thresholds
from interdiction.screening.asked import problems
from interdiction.screening.hits import hit

THRESHOLD = 0.70
"""The default threshold of the judge, calibrated for one setting for all (docs/judging.md)."""
RETRIEVAL = 0.40
"""All names at this retrieval score or above are candidates; docs/decisions/004 weighs it."""


Asked = Thresholds | float
"""One threshold for all, or those of a channel of the policy."""


class ListingsInForce(Protocol):
    """The listings of one index, by the ordinal of the index's party."""

    def listing(self, at: int) -> Listing:
        """Give the listing with its designations joined."""


class Ids(Protocol):
    """The ids of the rows, by their place: a list, or a column of a table."""

    def __getitem__(self, at: int, /) -> str: ...


class Screened(msgspec.Struct, frozen=True):
    """The hits of one party, best first. `truncated` says that a limit cut the work: there may be more, so hold.

    `suppressed` are no hits: their names alone would have made them hits, and facts took them below.
    """

    hits: tuple[Hit, ...] = ()
    suppressed: tuple[Hit, ...] = ()
    truncated: bool = False
    problems: tuple[Problem, ...] = ()
    """What of the question could not be used; rows of a table carry theirs in the table."""


class Screener:
    """An index and the listings it speaks of. Holds no state of its own; safe to share between threads."""

    def __init__(self, index: NameIndex, listings: ListingsInForce) -> None:
        self.index = index
        self._listings = listings

    def screen(
        self,
        parties: Sequence[Party],
        *,
        threshold: Asked = THRESHOLD,
        threads: int = 0,
        ids: Sequence[str] | None = None,
    ) -> list[Screened]:
        """Answer for each party, in order, by `ids`; else a party without an id is called by its place, from 1."""
        ids = ids or [party.id or str(at) for at, party in enumerate(parties, start=1)]
        found = self.screen_batch(party_batch(parties), ids, threshold=threshold, threads=threads)
        return [
            msgspec.structs.replace(found.get(at, _NOBODY), problems=problems(party))
            for at, party in enumerate(parties)
        ]

    def screen_batch(
        self, batch: object, ids: Ids, *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> dict[int, Screened]:
        """Screen an Arrow batch of party columns; give the rows that have hits or were cut short, by their place."""
        judged = self.index.judge(batch, retrieval=RETRIEVAL, threshold=threshold, suppressed=True, threads=threads)
        return self._answered(judged, ids)

    def screen_stream(
        self, table: object, ids: Ids, *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> Iterator[tuple[int, dict[int, Screened]]]:
        """As `screen_batch`, piece by piece in order, each with the number of rows done: only hits take memory.

        An interrupt gets through between pieces, and so does whoever stops reading.
        """
        parts = self.index.stream(table, retrieval=RETRIEVAL, threshold=threshold, suppressed=True, threads=threads)
        for part in parts:
            yield part.first + part.height, self._answered(part, ids)

    def _answered(self, judged: Judged, ids: Ids) -> dict[int, Screened]:
        found = {at: Screened(truncated=True) for at in judged.truncated}
        for at, rows in groupby(judged.rows(), key=lambda row: row.query):
            judgements = [self.hit(row, ids[at]) for row in rows]
            hits = tuple(one for one in judgements if one.suppressed is None)
            suppressed = tuple(one for one in judgements if one.suppressed is not None)
            found[at] = Screened(hits, suppressed, truncated=at in found)
        return dict(sorted(found.items()))

    def hit(self, row: JudgedRow, query_id: str) -> Hit:
        """Give the hit of a judged row, or what facts suppressed."""
        return hit(row, self._listings.listing(row.party), query_id)

    def rows_on(
        self, batch: object, listings: Iterable[str], *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> set[int]:
        """Give the places of the rows with a hit on one of these listings, a suppressed one, or a truncated answer.

        Raises `KeyError` for a listing that is not in force.
        """
        delta = self.index.delta(listings)
        judged = delta.judge(
            batch, retrieval=RETRIEVAL, threshold=threshold, suppressed=True, evidence=False, threads=threads
        )
        return {*judged.truncated, *judged.arrow.columns()["query"]}

    def listing(self, hit: Hit) -> Listing:
        """Give the listing of a hit of this screener, whole. Raises `KeyError` for a listing that is not in force."""
        return self._listings.listing(self.index.party(hit.listing))


_NOBODY = Screened()


def cut_short(where: str = "", line: int = 0) -> Problem:
    """Give the problem of an answer that a limit cut: it may lack names, so whoever it is about is held."""
    return Problem(
        code="work-limit",
        message="the name is too long or too common for a complete answer; there may be more hits",
        file=where,
        line=line,
        node="name",
        mend="shorten the name to what identifies the party and screen it again",
    )
