"""The FollowTheMoney entities beside the parties: sanctions, addresses, documents, ties, posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Final

import msgspec

from interdiction.lists.readers import places
from interdiction.lists.readers.dates import exact_day, partial_date
from interdiction.lists.readers.documents import OTHER, TYPES
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.ftm_words import IDENTIFIERS, LINKS, MEASURES
from interdiction.lists.readers.reading import Problems
from interdiction.model import Address, Designation, Grade, Identifier, Measure, Relation

Said = Mapping[str, list[str]]

_MEASURES: Final = tuple((re.compile(pattern, re.IGNORECASE), measure) for pattern, measure in MEASURES)
_SANCTION: Final = frozenset({"program", "programId", "authority", "startDate", "listingDate", "provisions", "entity"})
"""Properties of a sanction that the designation holds; the rest are details."""
_ADDRESS: Final = {"street": "street", "city": "city", "region": "region", "state": "region",
                   "postalCode": "postal_code", "country": "country", "remarks": "remarks"}  # fmt: skip
_ENDS: Final = frozenset(end for row in LINKS.values() for end in row[:2])


class Beside(msgspec.Struct, frozen=True):
    """One entity that is no party, with the party in which it was nested, if it was."""

    schema: str
    uid: str
    said: Said
    parent: str


class Links:
    """Everything that belongs to parties, kept until all of them are read."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.addresses_of: dict[str, list[str]] = {}
        self._addresses: dict[str, Said] = {}
        self._others: list[Beside] = []
        self._posts: dict[str, Said] = {}

    def add(self, schema: str, uid: str, said: Said, parent: str) -> None:
        """Keep one entity."""
        if schema == "Address":
            self._addresses[uid] = said
        elif schema == "Position":
            self._posts[uid] = said
        else:
            self._others.append(Beside(schema, uid, said, parent))

    def give(self, drafts: Mapping[str, Draft], names: Mapping[str, str]) -> None:
        """Give every entity to its parties; those of none are reported."""
        alone = 0
        for uid, addresses in self.addresses_of.items():
            for place in addresses:
                drafts[uid].addresses.extend(_address(self._addresses.get(place, {})))
        for one in self._others:
            if one.schema in LINKS:
                alone += not _tie(one, drafts, names)
            else:
                owners = [drafts[uid] for uid in self._owners(one) if uid in drafts]
                alone += not owners
                for draft in owners:
                    self._attach(draft, one)
        if alone:
            self.problems.add(
                "dangling",
                f"{alone} entities belong to parties that the file does not have",
                grade=Grade.PUBLISHED,
                mend="of a delta file: import the whole data set now and then",
            )

    def _owners(self, one: Beside) -> list[str]:
        key = {"Sanction": "entity", "Occupancy": "holder"}.get(one.schema, "holder")
        return list(one.said.get(key, ())) or ([one.parent] if one.parent else [])

    def _attach(self, draft: Draft, one: Beside) -> None:
        if one.schema == "Sanction":
            _sanction(draft, one.said)
        elif one.schema == "Occupancy":
            posts = [text for post in one.said.get("post", ()) for text in self._posts.get(post, {}).get("name", ())]
            draft.functions.extend(posts)
            draft.detail("occupancy", _words(one.said, {"holder", "post"}))
        else:
            _paper(draft, one)


def _words(said: Said, without: set[str] | frozenset[str]) -> str:
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in said.items() if name not in without and values)


def _address(said: Said) -> Iterator[Address]:
    fields: dict[str, str] = {}
    for name, values in said.items():
        field = _ADDRESS.get(name)
        if field is not None and values:
            known = fields.get(field)
            fields[field] = f"{known}, {', '.join(values)}" if known else ", ".join(values)
    rest = _words(said, {*_ADDRESS, "full"})
    if "country" in fields:
        fields["country"] = places.country(fields["country"]) or fields["country"]
    if not fields or fields.keys() == {"country"}:
        fields["street"] = ", ".join(said.get("full", ()))
    if rest:
        fields["remarks"] = "; ".join(part for part in (fields.get("remarks"), rest) if part)
    found = {field: text for field, text in fields.items() if text}
    if found:
        yield Address(**found)


def _sanction(draft: Draft, said: Said) -> None:
    """Make a designation of each programme of a sanction; its id where it has one, else its words."""
    tags = said.get("programId") or said.get("program") or said.get("authority") or []
    listed = _first(said.get("listingDate", ())) or _first(said.get("startDate", ()))
    started = _first(said.get("startDate", ()))
    measures = tuple(dict.fromkeys(one for text in said.get("provisions", ()) for one in _measures(text)))
    for tag in tags:
        draft.programmes.append(tag)
        draft.designations += (
            Designation(
                tag,
                authority="; ".join(said.get("authority", ())) or None,
                measures=measures,
                listed_on=listed,
                effective_at=datetime.combine(started, time(), UTC) if started else None,
                legal_basis="; ".join(said.get("program", ())) or None,
            ),
        )
    for text in said.get("provisions", ()):
        draft.detail("sanction provisions", text)
    for name, values in said.items():
        for text in values if name not in _SANCTION else ():
            draft.detail(f"sanction {name}", text)


def _measures(text: str) -> Iterator[Measure]:
    return (measure for pattern, measure in _MEASURES if pattern.search(text))


def _first(values: list[str] | tuple[str, ...]) -> date | None:
    return min((day for one in values if (day := exact_day(one)) is not None), default=None)


def _paper(draft: Draft, one: Beside) -> None:
    """Read a passport or another document."""
    said = one.said
    kind = next(iter(said.get("type", ())), "")
    word = "passport" if one.schema == "Passport" else TYPES.get(kind) or IDENTIFIERS.get(kind, (OTHER, None))[0]
    label = ", ".join((*said.get("type", ()), *said.get("authority", ()))) or one.schema
    land = next(iter(said.get("country", ())), None)
    days = [partial_date(values[0]) if (values := said.get(name, [])) else None for name in ("startDate", "endDate")]
    for number in said.get("number", ()):
        # The number stands among the party's own as well, where nothing says who issued it and when.
        own = [at for at in draft.identifiers if (at.value, at.country, at.issued) == (number, None, None)]
        for bare in [at for at in own if word in {at.type, OTHER}]:
            draft.identifiers.remove(bare)
            word = bare.type
        draft.identifiers.append(Identifier(word, number, places.country(land), days[0], days[1], label))
    rest = _words(said, {"holder", "number", "type", "authority", "country", "startDate", "endDate"})
    draft.detail(one.schema, rest)


def _tie(one: Beside, drafts: Mapping[str, Draft], names: Mapping[str, str]) -> bool:
    """Tie both ends of a link to each other; false where the file has neither."""
    first, second, forward, back, words = LINKS[one.schema]
    ends = one.said.get(first, ()), one.said.get(second, ())
    ended = bool(one.said.get("endDate")) or "former" in one.said.get("status", ())
    told = [text for name in words for text in one.said.get(name, ())]
    told.append(_words(one.said, {*words, *_ENDS, "sourceUrl"}))
    note = "; ".join(text for text in told if text) or None
    known = False
    for mine, others, kind in ((*ends, forward), (ends[1], ends[0], back)):
        for uid in mine:
            if uid in drafts:
                known = True
                drafts[uid].relations.extend(
                    Relation(kind, names.get(other, other), other, note, ended) for other in others
                )
    return known
