"""Every name of the lists in force, asked as it is published: no sample, and each must be a hit on its own listing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from interdiction.assurance.held import Held
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.scores import UNIT, screened
from interdiction.assurance.subject import Progress, is_strong, silent
from interdiction.model import Listing, Party
from interdiction.names.index import NameIndex

SHOWN = 25
"""Lost names that are listed one by one; the counts are of all."""


class LostName(msgspec.Struct, frozen=True):
    """A listed name that is no hit on its own listing; `score` is 0 where screening gave none of 0.50 or more."""

    listing: str
    name: str
    quality: str
    score: float


class EveryName(msgspec.Struct, frozen=True):
    """How many of the names are found, by whether they may make a hit alone; `lost` are the first that are not."""

    strong: Share
    weak: Share
    lost: tuple[LostName, ...]


def every_name(
    index: NameIndex, listings: Sequence[Listing], held: Held, step: Progress = silent, threads: int = 0
) -> EveryName:
    """Ask every name with the kind of its party and nothing else. Rows that could not be read are left out."""
    asked = [(at, name) for at, listing in enumerate(listings) if not listing.unread for name in listing.party.names]
    parties = [Party(kind=listings[at].party.kind, names=[name.text]) for at, name in asked]
    scores = [0] * len(asked)
    for pair in screened(index, parties, "every name", step, threads):
        if pair.party == asked[pair.row][0]:
            scores[pair.row] = pair.score
    told = [
        (name, score >= held.at(at), LostName(listings[at].id, name.text, name.quality.value, score / UNIT))
        for (at, name), score in zip(asked, scores, strict=True)
    ]
    strong, weak = ([found for name, found, _ in told if is_strong(name) is wanted] for wanted in (True, False))
    lost = [one for _, found, one in told if not found]
    return EveryName(share(sum(strong), len(strong)), share(sum(weak), len(weak)), tuple(lost[:SHOWN]))
