"""The routes of `/entities`: one listing with what stands around it, nested or a page at a time."""

from __future__ import annotations

from typing import Any

from litestar import get

from interdiction.api.answering import Answering
from interdiction.api.kinds import InPath, Limit, Offset, Serving, Switch, in_thread
from interdiction.api.permits import EVERYBODY, allow
from interdiction.api.yente.adjacent import PROPERTIES, Entity, around
from interdiction.errors import UsageError
from interdiction.model import Listing
from interdiction.model.access import Scope

_ALLOWED = allow(EVERYBODY, Scope.LISTS)


def listing_of(answering: Answering, uid: str) -> Listing:
    """Give a listing that is in force. Raises `UsageError` (`unknown-listing`)."""
    at = answering.ordinal(uid)
    if at is None:
        raise UsageError(
            f"no entity in force has the id {uid[:100]!r}",
            where="entity_id",
            mend="take an id from /match or /search; GET /v1/lists/listings/ID tells the life of one that left",
            code="unknown-listing",
        )
    return answering.force.listings.listing(at)


def with_those_around(answering: Answering, listing: Listing) -> Entity:
    """Give an entity with those around it inside its properties."""
    whole = answering.entity(listing)
    said: dict[str, Any] = {**whole["properties"], **around(answering, listing)}
    return {**whole, "properties": said}


@get(
    "/entities/{entity_id:str}", opt=_ALLOWED, tags=["compatible"], operation_id="entity",
    summary="One listing, with what stands around it",
)  # fmt: skip
@in_thread
def entity(service: Serving, entity_id: InPath, nested: Switch = True) -> Entity:
    """Give one entity; with `nested` its sanctions, documents, addresses and ties stand in its properties."""
    answering = service.hall.current()
    listing = listing_of(answering, entity_id)
    return with_those_around(answering, listing) if nested else answering.entity(listing)


@get(
    "/entities/{entity_id:str}/adjacent", opt=_ALLOWED, tags=["compatible"],
    operation_id="adjacent", summary="What stands around a listing, by property",
)  # fmt: skip
@in_thread
def adjacent(service: Serving, entity_id: InPath, limit: Limit = 10, offset: Offset = 0) -> dict[str, Any]:
    """Give the entities around one, a page of each property."""
    answering = service.hall.current()
    listing = listing_of(answering, entity_id)
    pages = {name: _page(found, limit, offset) for name, found in around(answering, listing).items()}
    return {"entity": answering.entity(listing), "adjacent": pages}


@get(
    "/entities/{entity_id:str}/adjacent/{name:str}", opt=_ALLOWED, tags=["compatible"],
    operation_id="adjacent_property", summary="What stands around a listing under one property",
)  # fmt: skip
@in_thread
def adjacent_property(
    service: Serving, entity_id: InPath, name: InPath, limit: Limit = 10, offset: Offset = 0
) -> dict[str, Any]:
    """Give the entities around one under one property. 404 for a property that holds none ever."""
    answering = service.hall.current()
    listing = listing_of(answering, entity_id)
    if name not in PROPERTIES:
        raise UsageError(
            f"no property {name[:60]!r} holds entities",
            where="name",
            mend=f"use one of {', '.join(sorted(PROPERTIES))}",
            code="unknown-property",
        )
    return _page(around(answering, listing).get(name, []), limit, offset)


def _page(found: list[Entity], limit: int, offset: int) -> dict[str, Any]:
    return {
        "limit": limit,
        "offset": offset,
        "total": {"value": len(found), "relation": "eq"},
        "results": found[offset : offset + limit],
    }


ROUTES = (entity, adjacent, adjacent_property)
