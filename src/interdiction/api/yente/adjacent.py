"""What stands around an entity: its sanctions, documents, addresses, and its ties in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from interdiction.api.answering import Answering
from interdiction.lists.ftm_export import entities
from interdiction.model import Listing, Relation

Entity = dict[str, Any]

PLACES: Final[Mapping[tuple[str, str], str]] = {
    ("Sanction", "entity"): "sanctions",
    ("Identification", "holder"): "identification",
    ("Passport", "holder"): "identification",
    ("Ownership", "owner"): "ownershipOwner",
    ("Ownership", "asset"): "ownershipAsset",
    ("Directorship", "director"): "directorshipDirector",
    ("Directorship", "organization"): "directorshipOrganization",
    ("Membership", "member"): "membershipMember",
    ("Membership", "organization"): "membershipOrganization",
    ("Employment", "employee"): "employers",
    ("Employment", "employer"): "employees",
    ("Family", "person"): "familyPerson",
    ("Family", "relative"): "familyRelative",
    ("Associate", "person"): "associates",
    ("Associate", "associate"): "associations",
    ("Representation", "agent"): "agencyClient",
    ("Representation", "client"): "agentRepresentation",
    ("Succession", "predecessor"): "successors",
    ("Succession", "successor"): "predecessors",
    ("UnknownLink", "subject"): "unknownLinkTo",
    ("UnknownLink", "object"): "unknownLinkFrom",
}
"""Schema and the end that an entity is, to the property under which FollowTheMoney shows it on that entity."""
PROPERTIES: Final = frozenset(PLACES.values()) | {"addressEntity"}
"""Every property that holds entities."""
_ENDS: Final = frozenset(end for _, end in PLACES)


class _Ties(msgspec.Struct, frozen=True):
    relations: tuple[Relation, ...] = ()


def around(answering: Answering, listing: Listing) -> dict[str, list[Entity]]:
    """Give the entities around a listing by property; the other end of a tie stands in it whole."""
    found: dict[str, list[Entity]] = defaultdict(list)
    for one in _beside(answering, listing, listing.id):
        place = _place(one, listing.id)
        if place is not None:
            found[place].append(one)
    for other in _pointing(answering, listing.id):
        for one in _beside(answering, other, listing.id):
            place = _place(one, listing.id) if one["schema"] not in {"Sanction", "Passport", "Identification"} else None
            if place is not None and place != "addressEntity":
                found[place].append(one)
    return dict(found)


def _beside(answering: Answering, listing: Listing, centre: str) -> Iterator[Entity]:
    """Give what belongs to a listing besides itself, with its days, and with the other end of a tie in it."""
    if listing.unread:
        return
    whole = entities(listing, answering.sources[listing.list])
    next(whole)
    seen = answering.entity(listing)
    for one in whole:
        plain: Entity = {**one, **{name: seen[name] for name in ("first_seen", "last_seen", "last_change")}}
        said = dict(plain["properties"])
        for end in _ENDS & said.keys():
            said[end] = [_end(answering, uid, centre) for uid in said[end]]
        plain["properties"] = said
        yield plain


def _end(answering: Answering, uid: str, centre: str) -> Entity | str:
    at = None if uid == centre else answering.ordinal(uid)
    return uid if at is None else answering.entity(answering.force.listings.listing(at))


def _place(one: Entity, centre: str) -> str | None:
    if one["schema"] == "Address":
        return "addressEntity"
    said = one["properties"]
    return next(
        (place for (schema, end), place in PLACES.items() if schema == one["schema"] and centre in said.get(end, ())),
        None,
    )


def _pointing(answering: Answering, listing: str) -> Iterator[Listing]:
    """Give the listings that name another in a tie; who names whom is read once for each state of the lists."""
    known: dict[str, dict[int, None]] | None = answering.kept.get("pointing")
    if known is None:
        listings, decode = answering.force.listings, msgspec.json.Decoder(_Ties).decode
        known = defaultdict(dict)
        for at in range(len(listings)):
            for tie in decode(listings.stored(at)).relations:
                if tie.listing is not None:
                    known[tie.listing][at] = None
        answering.kept["pointing"] = known
    return (answering.force.listings.listing(at) for at in known.get(listing, ()))
