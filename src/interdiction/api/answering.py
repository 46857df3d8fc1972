"""What is in force, made ready to answer over the network: scopes by data set, bodies encoded once, days of change.

An `Answering` never changes: a new edition makes a new one, and whoever holds the old one finishes on it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

import msgspec

from interdiction.config import Config
from interdiction.engine.alarms import alarms
from interdiction.engine.force import Force
from interdiction.engine.home import Home
from interdiction.engine.inforce import EditionInForce
from interdiction.engine.together import all_clusters
from interdiction.errors import UsageError
from interdiction.lists.ftm_export import entities
from interdiction.lists.readers.ftm_words import SCHEMATA
from interdiction.lists.sources import Sources
from interdiction.model import Listing, ListSource, Problem, to_json

COLLECTIONS: Final = {
    "default": "All lists in force, our own among them",
    "sanctions": "All official lists in force",
}
"""Data sets that stand for several lists, as clients of yente name them."""
_ENCODE: Final = msgspec.json.Encoder().encode
_SEQ_OF_A_DAY: Final = 100_000
"""Editions of a list are numbered by their day (store/editions.py)."""
_KEPT: Final = 20_000
"""Encoded bodies kept: who is hit once is often hit again."""


class Seen(msgspec.Struct, frozen=True, gc=False):
    """Since when a listing is on its list, and since when it stands as it does."""

    first: date
    change: date


class Said(msgspec.Struct, frozen=True):
    """What the answers of a day rest on: the editions as JSON, and what a reader must know of them."""

    day: date
    editions: msgspec.Raw
    alarms: tuple[Problem, ...]


class Body(msgspec.Struct, frozen=True):
    """One listing as an entity: its JSON without the closing brace, and what filters ask of it."""

    head: bytes
    schema: str
    changed: str
    listing: Listing


class Answering:
    """One state of the lists, by which any number of requests are answered at once."""

    def __init__(self, home: Home, force: Force, config: Config, as_of: date | None = None) -> None:
        self.home, self.force, self.config, self.as_of = home, force, config, as_of
        self._said: Said | None = None
        self.editions: dict[str, EditionInForce] = {one.list: one for one in force.editions}
        register = Sources.load()
        self.sources: dict[str, ListSource] = {key: register.get(key) for key in self.editions}
        self.names: dict[str, str] = {key: source.yente or key for key, source in self.sources.items()}
        self._keys = {name: key for key, name in self.names.items()} | {key: key for key in self.editions}
        self._bodies: dict[int, Body] = {}
        self.kept: dict[Hashable, Any] = {}
        """What routes derive once from this state and keep with it."""
        official = frozenset(key for key, one in self.sources.items() if one.jurisdiction != "internal")
        self._collections = {"default": frozenset(self.editions), "sanctions": official}

    def scope(self, dataset: str) -> frozenset[str]:
        """Give the lists of a data set. Raises `UsageError` (`unknown-dataset`)."""
        found = self._collections.get(dataset)
        if found is not None:
            return found
        key = self._keys.get(dataset)
        if key is None:
            raise UsageError(
                f"no data set is called {dataset[:80]!r}",
                where="dataset",
                mend=f"use one of {', '.join((*COLLECTIONS, *self.names.values()))}",
                code="unknown-dataset",
            )
        return frozenset((key,))

    def ordinal(self, listing: str) -> int | None:
        """Give the place of a listing in the index; `None` where it is not in force."""
        try:
            return self.force.screener.index.party(listing)
        except KeyError:
            return None

    def body(self, at: int) -> Body:
        """Give a listing as an entity, by its place in the index."""
        found = self._bodies.get(at)
        if found is None:
            if len(self._bodies) >= _KEPT:
                self._bodies.clear()
            found = self._bodies[at] = self._made(self.force.listings.listing(at))
        return found

    def entity(self, listing: Listing) -> dict[str, Any]:
        """Give the entity of a listing with what the data set knows of it, as builtins."""
        if listing.unread:
            name = listing.party.primary_name
            plain: dict[str, Any] = {
                "id": listing.id, "caption": name, "schema": "LegalEntity", "properties": {"name": [name]},
                "datasets": [self.names[listing.list]], "referents": [], "target": True,
            }  # fmt: skip
        else:
            plain = next(entities(listing, self.sources[listing.list]))
        seen = self.seen.get(listing.id)
        edition = self.editions[listing.list].on
        plain["referents"] = list(self.referents.get(listing.id, ()))
        plain["first_seen"] = _instant(seen.first if seen else edition)
        plain["last_seen"] = _instant(edition)
        plain["last_change"] = _instant(seen.change if seen else edition)
        return plain

    def _made(self, listing: Listing) -> Body:
        plain = self.entity(listing)
        return Body(_ENCODE(plain)[:-1], plain["schema"], plain["last_change"], listing)

    @cached_property
    def referents(self) -> Mapping[str, tuple[str, ...]]:
        """The other listings of the same party, by listing."""
        return {
            one: tuple(other for other in cluster.listings if other != one)
            for cluster in all_clusters(self.force)
            for one in cluster.listings
        }

    @cached_property
    def seen(self) -> Mapping[str, Seen]:
        """Since when each listing is on its list and stands as it does, by listing."""
        found: dict[str, Seen] = {}
        with self.home.reading() as reader:
            for edition in self.editions.values():
                for one in reader.stretches(edition.list):
                    if one.from_seq > edition.seq:
                        continue
                    key, day = f"{edition.list}:{one.uid}", date.fromordinal(one.from_seq // _SEQ_OF_A_DAY)
                    before = found.get(key)
                    found[key] = Seen(before.first if before else day, day)
        return found

    def said_on(self, day: date) -> Said:
        """Give what every answer of a day says of what it rests on, made once for the day."""
        found = self._said
        if found is None or found.day != day:
            editions = [
                {
                    "list": one.list,
                    "dataset": self.names[one.list],
                    "edition": one.edition,
                    "sha256": one.sha256,
                    "age_days": (day - one.on).days,
                }
                for one in self.editions.values()
            ]
            found = self._said = Said(
                day, msgspec.Raw(to_json(editions)), tuple(alarms(self.force.editions, day, self.config))
            )
        return found

    @cached_property
    def etag(self) -> str:
        """What tells this state from others."""
        return f'"{self.force.place.name}"'

    def schema_of(self, listing: Listing) -> str:
        """Give the schema that a listing is shown as."""
        return SCHEMATA[listing.party.kind]


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
