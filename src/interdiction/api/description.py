"""The description of every route for programs that make clients of it (OpenAPI 3.1), with examples."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig

_QUERY: Final = {"schema": "Person", "properties": {"name": ["Jang Yong Son"], "nationality": ["kp"]}}
_PARTY: Final = {"id": "c-17", "kind": "person", "names": ["Jang Yong Son"], "birth_dates": ["1957-02-20"]}
_STEP: Final = {
    "type": "decided", "listing": "ofac-sdn:17615", "outcome": "false", "reason": "in-words", "why": "born in 1981",
}  # fmt: skip
EXAMPLES: Final[dict[str, Any]] = {
    "match": {"queries": {"q1": _QUERY}},
    "check": {"party": _PARTY, "record": True},
    "screen": {"parties": [_PARTY, {"id": "c-18", "names": ["Ann Bell"]}]},
    "step": _STEP,
    "outcome": {"listing": "ofac-sdn:17615", "outcome": "true", "reason": "in-words", "why": "the same passport"},
    "put_customer": {"names": ["Jang Yong Son"], "kind": "person", "birth_dates": ["1957-02-20"]},
    "patch_customer": {"behind": [{"role": "director", "names": ["Kil Jong Hun"]}]},
    "run_book": {"sources": ["crm"]},
    "remove_book": {"why": "the branch was sold"},
    "open_case": {"decision": "D-12"},
    "close_same": {"listing": "ofac-sdn:17615", "accept": "1f3a5c7e9b2d4f60", "why": "another date of birth"},
    "approve_same": {"same": "1f3a5c7e9b2d4f60", "why": "passports seen"},
    "sample": {"name": "2026-11", "share": 0.05},
    "make_report": {"kind": "us-blocked-property", "subjects": ["B-1"], "details": {"submitter_name": "A Bank"}},
    "report_filed": {"receipt": "ORS-2026-17"},
    "replay": {"decisions": ["D-12"]},
    "lookback": {"since": "2026-11-01", "record": True},
    "decide_order": {"confirm": True, "why": "the text of the authority itself", "law": "us"},
    "review_order": {"why": "read against the gazette"},
    "ask_clearance": {"case": "C-7", "listing": "ofac-sdn:17615", "reason": "in-words", "why": "another date of birth"},
    "approve_clearance": {"why": "passport seen"},
    "revoke_clearance": {"why": "the listing has another passport now"},
    "add_key": {"name": "core banking", "role": "analyst", "scopes": ["screen"]},
    "add_webhook": {"url": "https://hooks.example.org/cases", "events": ["case.step"]},
}
"""An example of the body of an operation, by its id."""
_TEXT: Final = {"type": "string"}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1, "default": 0.7}
_PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 500, "default": 5},
    "threshold": _SHARE,
    "cutoff": _SHARE,
    "algorithm": {**_TEXT, "default": "best"},
    "changed_since": _TEXT,
    "as_of": {**_TEXT, "format": "date"},
    "record": {"type": "boolean", "default": False},
    **{
        name: {"type": "array", "items": _TEXT}
        for name in ("include_dataset", "exclude_dataset", "exclude_schema", "topics", "exclude_entity_ids")
    },
}
_BODIES: Final[dict[str, dict[str, Any]]] = {
    "screen_stream": {
        "application/x-ndjson": _TEXT,
        "application/vnd.apache.arrow.stream": {**_TEXT, "format": "binary"},
    },
    "add_book": {
        "text/csv": _TEXT,
        "application/x-ndjson": _TEXT,
        "application/octet-stream": {**_TEXT, "format": "binary"},
    },
    "attach": {"application/octet-stream": {**_TEXT, "format": "binary"}},
    "payments": {"application/octet-stream": {**_TEXT, "format": "binary"}},
    "reconcile_queries": {"application/x-www-form-urlencoded": {"type": "object", "properties": {"queries": _TEXT}}},
}
"""The bodies that routes read by themselves, by operation."""
_MATCHED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["queries"],
    "properties": {
        "queries": {
            "type": "object",
            "maxProperties": 100,
            "additionalProperties": {
                "type": "object",
                "required": ["schema"],
                "properties": {"schema": _TEXT, "properties": {"type": "object"}, "id": _TEXT},
            },
        },
        "weights": {"type": "object", "additionalProperties": {"type": "number"}},
        "config": {"type": "object"},
    },
}


@cache
def description(handlers: Sequence[Any]) -> dict[str, Any]:
    """Give the description of these routes; the answering application itself serves no pages of the framework."""
    app = Litestar(
        route_handlers=list(handlers),
        dependencies={"service": Provide(_nobody, sync_to_thread=False)},
        openapi_config=OpenAPIConfig(title="Interdiction", version="1"),
    )
    said = app.openapi_schema.to_schema()
    for path in list(said["paths"]):
        if path == "/schema" or path.startswith("/schema/"):
            del said["paths"][path]
    for path in said["paths"].values():
        for operation in path.values():
            _complete(operation)
    schemes = said.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["bearer"] = {"type": "http", "scheme": "bearer", "description": "A key or a token (docs/roles.md)."}
    said["security"] = [{"bearer": []}]
    return dict(said)


def _nobody() -> None:
    """Stand for the service: this application answers nothing."""


def _complete(operation: dict[str, Any]) -> None:
    uid = operation["operationId"]
    if uid == "match":
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _MATCHED}}}
        operation.setdefault("parameters", []).extend(
            {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in _PARAMETERS.items()
        )
    for kind, schema in _BODIES.get(uid, {}).items():
        body = operation.setdefault("requestBody", {"required": True, "content": {}})
        body["content"][kind] = {"schema": schema}
    if uid in EXAMPLES:
        operation["requestBody"]["content"]["application/json"]["example"] = EXAMPLES[uid]
