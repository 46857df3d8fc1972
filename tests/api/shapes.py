"""The answers of yente 5.5 as they are documented: every key with a value of its type, made up for these tests.

`*` stands for any key. `None` is what may be null. A list shows what each of its members is.
"""

from __future__ import annotations

from typing import Any

ENTITY: dict[str, Any] = {
    "id": "x",
    "caption": "x",
    "schema": "Person",
    "properties": {"*": ["x"]},
    "datasets": ["x"],
    "referents": ["x"],
    "target": True,
    "first_seen": "2015-01-02T00:00:00",
    "last_seen": "2015-01-02T00:00:00",
    "last_change": "2015-01-02T00:00:00",
}
TOTAL = {"value": 1, "relation": "eq"}
FEATURE = {"detail": None, "score": 0.5, "query": None, "candidate": None}
ASKED = {"id": None, "schema": "Person", "properties": {"*": ["x"]}}
MATCH = {
    "responses": {
        "*": {
            "status": 200,
            "results": [{**ENTITY, "score": 0.5, "explanations": {"*": FEATURE}, "match": True}],
            "total": TOTAL,
            "query": ASKED,
        }
    },
    "limit": 5,
}
SEARCH = {
    "limit": 10,
    "offset": 0,
    "total": TOTAL,
    "results": [ENTITY],
    "facets": {"*": {"label": "x", "values": [{"name": "x", "label": "x", "count": 1}]}},
}
NESTED = {**ENTITY, "properties": {"*": [None]}}
PAGE = {"limit": 10, "offset": 0, "total": TOTAL, "results": [None]}
ADJACENT = {"entity": ENTITY, "adjacent": {"*": PAGE}}
CATALOG = {
    "datasets": [
        {
            "name": "x", "title": "x", "version": "x", "index_version": "x", "index_current": True, "load": True,
            "updated_at": "2015-01-02T00:00:00", "last_export": "2015-01-02T00:00:00", "children": ["x"],
            "entities_url": None,
        }
    ],
    "current": ["x"],
    "outdated": ["x"],
    "index_stale": False,
}  # fmt: skip
DESCRIBED = {"description": "x", "coefficient": 1.0, "url": None}
ALGORITHMS = {
    "algorithms": [
        {
            "name": "x",
            "description": "x",
            "features": {"*": DESCRIBED},
            "docs": {
                "name": "x",
                "description": "x",
                "config": {"*": {"type": "x", "description": "x", "default": None}},
                "features": {"*": DESCRIBED},
            },
        }
    ],
    "default": "best",
    "best": "x",
}
TYPE = {"id": "x", "name": "x", "description": None}
PLACE = {"service_url": "x", "service_path": "x"}
MANIFEST = {
    "versions": ["0.2"],
    "name": "x",
    "identifierSpace": "x",
    "schemaSpace": "x",
    "view": {"url": "x"},
    "documentation": "x",
    "batchSize": 3,
    "preview": {"url": "x", "width": 430, "height": 600},
    "suggest": {"entity": PLACE, "type": PLACE, "property": PLACE},
    "extend": {"propose_properties": PLACE, "property_settings": [{"name": "x", "label": "x", "type": "x"}]},
    "defaultTypes": [TYPE],
}
CANDIDATE = {"id": "x", "name": "x", "description": None, "type": [TYPE], "score": 0.5, "match": True}
RECONCILED = {"*": {"result": [CANDIDATE]}}
SUGGESTED = {"code": "x", "status": "x", "prefix": "x"}
ENTITIES_SUGGESTED = {**SUGGESTED, "result": [{"id": "x", "name": "x", "description": None, "type": [TYPE]}]}
NAMED_SUGGESTED = {**SUGGESTED, "result": [TYPE]}
EXTENDED = {"meta": [{"id": "x", "name": "x"}], "rows": {"*": {"*": [{"str": "x"}]}}}
PROPOSED = {"limit": 10, "type": "x", "properties": [TYPE]}
OK = {"status": "ok"}

SHAPES: dict[str, tuple[str, str, dict[str, Any], Any]] = {
    "match": (
        "POST", "/match/default",
        {"json": {"queries": {"q1": {"schema": "Person", "properties": {
            "name": ["Jang Yong Son"], "birthDate": ["1957-02-20"], "nationality": ["kp"]}}}}}, MATCH,
    ),
    "search": ("GET", "/search/default", {"params": {"q": "jang", "facets": ["topics", "datasets"]}}, SEARCH),
    "entity": ("GET", "/entities/ofac-sdn:17615", {"params": {"nested": "true"}}, NESTED),
    "adjacent": ("GET", "/entities/ofac-sdn:17615/adjacent", {}, ADJACENT),
    "adjacent_property": ("GET", "/entities/ofac-sdn:17615/adjacent/sanctions", {}, PAGE),
    "catalog": ("GET", "/catalog", {}, CATALOG),
    "manifest": ("GET", "/manifest", {}, CATALOG),
    "algorithms": ("GET", "/algorithms", {}, ALGORITHMS),
    "reconcile": ("GET", "/reconcile/default", {}, MANIFEST),
    "reconcile_queries": (
        "POST", "/reconcile/default", {"data": {"queries": '{"q0": {"query": "Jang Yong Son", "type": "Person"}}'}},
        RECONCILED,
    ),
    "extend": (
        "POST", "/reconcile/default",
        {"data": {"extend": '{"ids": ["ofac-sdn:17615"], "properties": [{"id": "name"}, {"id": "birthDate"}]}'}},
        EXTENDED,
    ),
    "propose": ("GET", "/reconcile/default/extend/property", {"params": {"type": "Person"}}, PROPOSED),
    "suggest_entity": (
        "GET", "/reconcile/default/suggest/entity", {"params": {"prefix": "jang"}}, ENTITIES_SUGGESTED,
    ),
    "suggest_type": ("GET", "/reconcile/default/suggest/type", {"params": {"prefix": "per"}}, NAMED_SUGGESTED),
    "suggest_property": (
        "GET", "/reconcile/default/suggest/property", {"params": {"prefix": "birth"}}, NAMED_SUGGESTED,
    ),
    "healthz": ("GET", "/healthz", {}, OK),
    "readyz": ("GET", "/readyz", {}, OK),
}  # fmt: skip
"""An example of each documented request with the shape of its answer."""

MORE: dict[str, set[str]] = {
    "match": {"algorithm", "as_of", "editions", "problems"},
    "match.responses.*": {"problems", "suppressed"},
    "match.responses.*.results[]": {
        "edition", "band", "basis", "matched_name", "weak_only", "why", "not_known", "evidence", "designations",
    },
    "search": {"as_of", "editions", "problems"},
    "catalog.datasets[]": {"list", "publisher", "licence", "edition", "sha256", "state"},
    "manifest.datasets[]": {"list", "publisher", "licence", "edition", "sha256", "state"},
    "reconcile.extend.property_settings[]": {"default", "help_text", "choices"},
    "extend": {"problems"},
    "suggest_entity.result[]": {"notable"},
}  # fmt: skip
"""What we say beside it, by the place in the answer."""
