"""Which hits are one party on several lists: the clusters of what is in force, derived once for each build.

They are kept beside the index and derived anew wherever that copy is missing or not ours; nothing rests on it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable

import msgspec

from interdiction.engine.force import Force, ready
from interdiction.engine.home import Home
from interdiction.engine.progress import Progress
from interdiction.lists.clusters import Cluster, clusters
from interdiction.model import Hit
from interdiction.model.codec import decoder, to_json
from interdiction.names.weights import Weights

VERSION = 1
"""The rules of `lists.clusters`; raise it whenever they change."""


class _Kept(msgspec.Struct, frozen=True):
    version: int
    clusters: tuple[Cluster, ...]


_DECODER = decoder(_Kept)


def all_clusters(force: Force) -> tuple[Cluster, ...]:
    """Give every cluster of the listings in force; none where one list alone is."""
    if len(force.editions) < 2:
        return ()
    path = force.place.with_suffix(".clusters")
    with contextlib.suppress(OSError, msgspec.DecodeError):
        kept = _DECODER.decode(path.read_bytes())
        if kept.version == VERSION:
            return kept.clusters
    found = clusters(force.listings.listing(at) for at in range(len(force.listings)))
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):  # a home that cannot be written derives them each time
        draft.write_bytes(to_json(_Kept(VERSION, found)))
        draft.replace(path)
    return found


def prepare(home: Home, weights: Weights, *, progress: Progress | None = None) -> None:
    """Make the index and the clusters of what is in force now: whoever asks next finds them."""
    all_clusters(ready(home, weights, progress=progress))


def together(force: Force, hits: Iterable[Hit]) -> tuple[Cluster, ...]:
    """Give the clusters that some of these hits belong to, in the order of the hits."""
    order = list(dict.fromkeys(hit.listing for hit in hits))
    if not order:
        return ()
    of = {listing: one for one in all_clusters(force) for listing in one.listings}
    return tuple({of[listing].id: of[listing] for listing in order if listing in of}.values())
