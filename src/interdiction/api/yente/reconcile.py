"""The routes of `/reconcile`: the reconciliation protocol of OpenRefine (version 0.2), over the same screening."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from interdiction.api.answering import Answering
from interdiction.api.kinds import InPath, Serving, Word, in_thread
from interdiction.api.permits import EVERYBODY, allow
from interdiction.api.yente.extending import PROPERTIES, SETTINGS, extended, named, preview, proposed
from interdiction.api.yente.match import MatchBody, QueryIn, read_said, screen
from interdiction.api.yente.params import MatchParams
from interdiction.api.yente.schemata import PARENTS
from interdiction.errors import InputError
from interdiction.model.access import Scope
from interdiction.names.thresholds import LOWEST

_ALLOWED = allow(EVERYBODY, Scope.SCREEN)
_DEFAULT_LIMIT: Final = 5


class _Property(msgspec.Struct, frozen=True):
    pid: str
    v: Any = None


class _Query(msgspec.Struct, frozen=True):
    query: str
    type: str | list[str] | None = None
    limit: int | None = None
    properties: list[_Property] = []


_QUERIES: Final = msgspec.json.Decoder(dict[str, _Query])


@get("/reconcile/{dataset:str}", opt=_ALLOWED, tags=["compatible"], operation_id="reconcile",
     summary="What this service reconciles, or the answers to queries in the address")  # fmt: skip
@in_thread
def manifest(
    request: Request[Any, Any, Any], service: Serving, dataset: InPath, queries: Word = None, extend: Word = None
) -> dict[str, Any]:
    """Describe the service, or answer `queries` or `extend`."""
    answering = service.hall.current()
    answering.scope(dataset)
    if queries is not None:
        return answers(answering, dataset, queries.encode())
    if extend is not None:
        return extended(answering, extend.encode())
    root = str(request.base_url).rstrip("/")
    # What stood behind the question mark goes on to every part of the service, as clients expect.
    more = f"?{request.url.query}" if request.url.query else ""
    base = f"{root}/reconcile/{dataset}"
    return {
        "versions": ["0.2"],
        "name": f"Interdiction: {dataset}",
        "identifierSpace": f"{base}/",
        "schemaSpace": "https://followthemoney.tech/",
        "view": {"url": f"{root}/entities/{{{{id}}}}"},
        "documentation": "https://reconciliation-api.github.io/specs/0.2/",
        "batchSize": 25,
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "suggest": {
            "entity": {"service_url": base, "service_path": f"/suggest/entity{more}"},
            "type": {"service_url": base, "service_path": f"/suggest/type{more}"},
            "property": {"service_url": base, "service_path": f"/suggest/property{more}"},
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": f"/extend/property{more}"},
            "property_settings": SETTINGS,
        },
        "defaultTypes": [named(name) for name in ("Person", "Organization", "Vessel", "Airplane", "LegalEntity")],
    }


@post("/reconcile/{dataset:str}", opt=_ALLOWED, status_code=200, tags=["compatible"], operation_id="reconcile_queries",
      summary="Reconcile queries, as a form field `queries`")  # fmt: skip
async def reconcile(request: Request[Any, Any, Any], service: Serving, dataset: InPath) -> dict[str, Any]:
    """Answer `queries` or `extend`, which come as a field of a form."""
    form = await request.form()
    asked = form.get("extend")
    if asked:
        service.hall.current().scope(dataset)
        return extended(service.hall.current(), str(asked).encode())
    return answers(service.hall.current(), dataset, str(form.get("queries", "")).encode())


def answers(answering: Answering, dataset: str, raw: bytes) -> dict[str, Any]:
    """Give the candidates of every query, best first."""
    try:
        queries = _QUERIES.decode(raw)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(
            f"the queries cannot be read: {error}",
            where="queries",
            mend='send {"q0": {"query": "a name"}}',
            code="body",
        ) from error
    if not queries:
        return {}
    params = MatchParams(limit=_DEFAULT_LIMIT, threshold=LOWEST, cutoff=LOWEST)
    asked = read_said(dataset, params, MatchBody({key: _asked(one) for key, one in queries.items()}))
    lists = answering.scope(dataset)
    found = {}
    for (key, one), screened in zip(queries.items(), screen(answering, asked), strict=True):
        hits = [hit for hit in screened.hits if hit.listing.partition(":")[0] in lists]
        found[key] = {"result": [_candidate(answering, hit) for hit in hits[: one.limit or _DEFAULT_LIMIT]]}
    return found


def _asked(one: _Query) -> QueryIn:
    types = [one.type] if isinstance(one.type, str) else one.type or []
    schema = next((name for name in types if name in PARENTS), "LegalEntity")
    said: dict[str, Any] = {item.pid: item.v for item in one.properties if item.v is not None}
    name = said.get("name", [])
    said["name"] = [one.query, *(name if isinstance(name, list) else [name])]
    return QueryIn(schema, said)


def _candidate(answering: Answering, hit: Any) -> dict[str, Any]:
    at = answering.ordinal(hit.listing)
    schema = "LegalEntity" if at is None else answering.body(at).schema
    return {
        "id": hit.listing,
        "name": hit.listed_name,
        "description": hit.why,
        "type": [named(schema)],
        "score": round(hit.score, 4),
        "match": hit.band.value == "certain",
    }


Prefix = Annotated[str, QueryParameter(max_length=200, description="A beginning.")]


@get("/reconcile/{dataset:str}/suggest/entity", opt=_ALLOWED, tags=["compatible"],
     operation_id="suggest_entity", summary="Listings for a beginning of a name")  # fmt: skip
@in_thread
def suggest_entity(service: Serving, dataset: InPath, prefix: Prefix = "") -> dict[str, Any]:
    """Suggest listings whose text holds the words of the beginning."""
    from interdiction.api.yente.shelf import containing, fold, rows

    answering = service.hall.current()
    lists, words = answering.scope(dataset), fold(prefix).split()
    found = (row for row in containing(rows(answering), words, every=True) if row.list in lists) if words else iter(())
    first = [row for _, row in zip(range(10), found, strict=False)]
    bodies = [(row, answering.body(row.at)) for row in first]
    return {"code": "/api/status/ok", "status": "200 OK", "prefix": prefix,
            "result": [{"id": row.id, "name": body.listing.party.primary_name, "description": row.list,
                        "type": [named(body.schema)], "notable": [named(body.schema)]}
                       for row, body in bodies]}  # fmt: skip


@get("/reconcile/{dataset:str}/suggest/property", opt=_ALLOWED, sync_to_thread=False, tags=["compatible"],
     operation_id="suggest_property", summary="Properties that are compared")  # fmt: skip
def suggest_property(service: Serving, dataset: InPath, prefix: Prefix = "") -> dict[str, Any]:
    """Suggest properties."""
    service.hall.current().scope(dataset)
    return _named(prefix, PROPERTIES)


@get("/reconcile/{dataset:str}/suggest/type", opt=_ALLOWED, sync_to_thread=False, tags=["compatible"],
     operation_id="suggest_type", summary="Schemata of parties")  # fmt: skip
def suggest_type(service: Serving, dataset: InPath, prefix: Prefix = "") -> dict[str, Any]:
    """Suggest schemata."""
    service.hall.current().scope(dataset)
    return _named(prefix, tuple(PARENTS))


def _named(prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    found = [name for name in names if name.lower().startswith(prefix.lower())]
    return {"code": "/api/status/ok", "status": "200 OK", "prefix": prefix,
            "result": [named(name) for name in found]}  # fmt: skip


Most = Annotated[int, QueryParameter(ge=1, le=500, description="How many to propose at most.")]


@get("/reconcile/{dataset:str}/extend/property", opt=_ALLOWED, sync_to_thread=False, tags=["compatible"],
     operation_id="propose_property", summary="Properties that entities may be extended with")  # fmt: skip
def propose_property(
    service: Serving,
    dataset: InPath,
    schema: Annotated[str | None, QueryParameter(name="type", description="A schema, such as Person.")] = None,
    limit: Most = 100,
) -> dict[str, Any]:
    """Propose properties for entities of a schema."""
    service.hall.current().scope(dataset)
    return {"limit": limit, "type": schema or "", "properties": [named(name) for name in proposed(schema, limit)]}


@get("/reconcile/{dataset:str}/preview", opt=_ALLOWED, tags=["compatible"], operation_id="preview",
     summary="A small page about a listing")  # fmt: skip
@in_thread
def preview_page(
    service: Serving, dataset: InPath, listing: Annotated[str, QueryParameter(name="id", max_length=300)]
) -> Response[bytes]:
    """Show a listing in a box."""
    answering = service.hall.current()
    answering.scope(dataset)
    headers = {"content-security-policy": "default-src 'none'; sandbox"}
    return Response(preview(answering, listing), media_type="text/html; charset=utf-8", headers=headers)


ROUTES = (propose_property, preview_page, manifest, reconcile, suggest_entity, suggest_property, suggest_type)
