"""Which hits are one party on several lists: the clusters of what is in force, derived once for each build.

They are kept beside the index and derived anew wherever that copy is missing or not ours; nothing rests on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable

import msgspec

from interdiction.engine.force import Force, ready
from interdiction.engine.home import Home
from interdiction.engine.progress import Progress
from interdiction.lists.clusters import COMPATIBLE, SPELLING, Cluster, clusters
from interdiction.model import Hit
from interdiction.model.codec import decoder, to_json
from interdiction.names.compare import compare
from interdiction.names.weights import Weights

VERSION = 2
"""The rules of `lists.clusters`; raise it whenever they change. Scores that change are noticed without (`_made_by`)."""

_PROBES = (
    ("KANG, Ryong", "KANG RYONG"),
    ("KIM, Yong Chol", "Kim Yong Chul"),
    ("RI Won Ho", "LI WON HO"),
    ("Muhindo Akili MUNDOS", "Akili MUNDOS"),
    ("KOREA MINING DEVELOPMENT TRADING CORPORATION", "Korea Mining Dev. Trading Corp"),
    ("Mohammed Al-Haj", "MUHAMMAD ALHAJJ"),
)
"""Pairs of names whose scores lie on both sides of what clusters ask for."""


class _Kept(msgspec.Struct, frozen=True):
    made_by: str
    clusters: tuple[Cluster, ...]


_DECODER = decoder(_Kept)


def all_clusters(force: Force) -> tuple[Cluster, ...]:
    """Give every cluster of the listings in force; none where one list alone is and nobody put two together."""
    if len(force.editions) < 2 and not force.pairings:
        return ()
    path, made_by = force.place.with_suffix(".clusters"), _made_by(force)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        kept = _DECODER.decode(path.read_bytes())
        if kept.made_by == made_by:
            return kept.clusters
    found = clusters((force.listings.listing(at) for at in range(len(force.listings))), force.pairings)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):  # a home that cannot be written derives them each time
        draft.write_bytes(to_json(_Kept(made_by, found)))
        draft.replace(path)
    return found


def _made_by(force: Force) -> str:
    """Name what clusters are made by: the rules, the scores of names, and what people said."""
    scores = [f"{compare(one, other).score:.6f}" for one, other in _PROBES]
    return hashlib.sha256(to_json([VERSION, COMPATIBLE, SPELLING, scores, force.pairings])).hexdigest()[:32]


def prepare(home: Home, weights: Weights, *, progress: Progress | None = None) -> None:
    """Make the index and the clusters of what is in force now: whoever asks next finds them."""
    all_clusters(ready(home, weights, progress=progress))


def together(force: Force, hits: Iterable[Hit]) -> tuple[Cluster, ...]:
    """Give the clusters that some of these hits belong to, in the order of the hits."""
    return of_listings(force, (hit.listing for hit in hits))


def of_listings(force: Force, listings: Iterable[str]) -> tuple[Cluster, ...]:
    """Give the clusters that some of these listings belong to, in their order."""
    order = dict.fromkeys(listings)
    if not order:
        return ()
    of = {listing: one for one in all_clusters(force) for listing in one.listings}
    return tuple({of[listing].id: of[listing] for listing in order if listing in of}.values())
