"""What there is to ask: data sets with their editions, and the one algorithm with everything that can speak in it."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post

from interdiction.api.answering import COLLECTIONS, Answering
from interdiction.api.kinds import Serving, in_thread
from interdiction.api.permits import ADMINISTERING, EVERYBODY, allow
from interdiction.api.yente.explain import FEATURES
from interdiction.api.yente.params import ALGORITHMS, OUR_ALGORITHM
from interdiction.engine.inforce import EditionInForce
from interdiction.model.access import Scope

_AGE: Final = "max-age=300"


def catalog(answering: Answering) -> dict[str, Any]:
    """Give the data sets: one for each list, then the collections."""
    lists = [_dataset(answering, key, one) for key, one in sorted(answering.editions.items())]
    newest = max(one.on for one in answering.editions.values()).isoformat()
    version = answering.force.place.name
    names = [one["name"] for one in lists]
    for name, title in COLLECTIONS.items():
        children = [answering.names[key] for key in sorted(answering.scope(name))]
        lists.append(_entry(name, title, version, newest, children=children))
    return {
        "datasets": lists,
        "current": [*names, *COLLECTIONS],
        "outdated": [],
        "index_stale": False,
    }


def _dataset(answering: Answering, key: str, edition: EditionInForce) -> dict[str, Any]:
    source = answering.sources[key]
    address = next(iter(source.addresses.values()), None)
    plain = _entry(answering.names[key], source.title, edition.edition, edition.on.isoformat(), address=address)
    return {
        **plain,
        "list": key,
        "publisher": {"name": source.publisher, "country": source.jurisdiction},
        "licence": source.licence,
        "edition": edition.edition,
        "sha256": edition.sha256,
        "state": edition.state.value,
    }


def _entry(
    name: str, title: str, version: str, day: str, *, children: list[str] | None = None, address: str | None = None
) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "version": version,
        "index_version": version,
        "index_current": True,
        "load": True,
        "updated_at": f"{day}T00:00:00",
        "last_export": f"{day}T00:00:00",
        "children": children or [],
        "entities_url": address,
    }


def cached(request: Request[Any, Any, Any], value: object) -> Response[Any]:
    """Answer with an entity tag; 304 where the client has it already."""
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": _AGE}
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in asked or "*" in asked:
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


@get(
    "/catalog", opt=allow(EVERYBODY, Scope.LISTS), sync_to_thread=False, tags=["compatible"], operation_id="catalog",
    summary="Data sets and their editions",
)  # fmt: skip
def get_catalog(request: Request[Any, Any, Any], service: Serving) -> Response[Any]:
    """Give the data sets that may be asked, with the edition of each."""
    return cached(request, catalog(service.hall.current()))


@get("/manifest", opt=allow(EVERYBODY, Scope.LISTS), sync_to_thread=False, include_in_schema=False)
def manifest(request: Request[Any, Any, Any], service: Serving) -> Response[Any]:
    """Give the catalog under its older name."""
    return cached(request, catalog(service.hall.current()))


@get(
    "/algorithms", opt=allow(EVERYBODY, Scope.SCREEN), sync_to_thread=False, tags=["compatible"],
    operation_id="algorithms", summary="The judge and what can speak in it",
)  # fmt: skip
def algorithms(service: Serving) -> dict[str, Any]:
    """Give the one algorithm. The names clients know are accepted, and answered by it."""
    url = "docs/judging.md"
    features = {name: {"description": said, "coefficient": 1.0, "url": url} for name, said in FEATURES.items()}
    weights = service.hall.engine.weights.reference
    described = f"The judge of this engine (docs/judging.md), weights {weights}. Scores run from 0 to 1."
    ours = _algorithm(OUR_ALGORITHM, described, features)
    others = [_algorithm(name, f"Answered by {OUR_ALGORITHM}.", features) for name in ALGORITHMS]
    return {"algorithms": [ours, *others], "default": "best", "best": OUR_ALGORITHM}


def _algorithm(name: str, described: str, features: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "description": described,
        "features": features,
        "docs": {"name": name, "description": described, "config": {}, "features": features},
    }


@post(
    "/updatez", opt=allow(ADMINISTERING, Scope.ADMIN), status_code=200, tags=["compatible"],
    operation_id="updatez", summary="Look for new lists now",
)  # fmt: skip
@in_thread
def updatez(service: Serving) -> dict[str, str]:
    """Look for what has come into force; the service does so by itself twice a second."""
    service.renew()
    return {"status": "ok"}


ROUTES = (get_catalog, manifest, algorithms, updatez)
