"""The parts of `/reconcile` beside the queries: what is known of candidates, put into columns, and shown in a box."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

import msgspec

from interdiction.api.yente.schemata import PARENTS
from interdiction.errors import InputError, UsageError
from interdiction.lists.readers.ftm_words import IDENTIFIERS, NAMES
from interdiction.model import Problem
from interdiction.names.countries import name as country_name

if TYPE_CHECKING:
    from interdiction.api.answering import Answering

MOST: Final = 100
"""Entities of one request."""
_COUNTRIES: Final = frozenset({"country", "nationality", "citizenship", "flag", "jurisdiction"})
_OF_ALL: Final = (*NAMES, "country", "address", "topics", "programId", "notes", *IDENTIFIERS)
_OF_PEOPLE: Final = (
    "birthDate", "deathDate", "birthPlace", "nationality", "citizenship", "gender", "title", "position", "firstName",
    "lastName",
)  # fmt: skip
_OF_KIND: Final = {
    "Person": _OF_PEOPLE,
    "Organization": ("incorporationDate", "jurisdiction"),
    "Company": ("incorporationDate", "jurisdiction"),
    "Vessel": ("flag", "pastFlags", "type", "tonnage", "buildDate", "callSign"),
    "Airplane": ("model", "operator", "buildDate"),
}
PROPERTIES: Final = tuple(dict.fromkeys((*_OF_ALL, *(one for several in _OF_KIND.values() for one in several))))
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
SETTINGS: Final = [
    {
        "name": "limit", "label": "Limit", "type": "number", "default": 0,
        "help_text": "How many values to give for each entity; 0: all.",
    },
    {
        "name": "render", "label": "Values", "type": "select", "default": "caption",
        "choices": [{"id": "caption", "name": "in words"}, {"id": "raw", "name": "as codes"}],
        "help_text": "Whether countries are named or given by their codes.",
    },
]  # fmt: skip


class _Settings(msgspec.Struct, frozen=True):
    limit: int = 0
    render: str = "caption"


class _Column(msgspec.Struct, frozen=True):
    id: str
    settings: _Settings = _Settings()


class _Extend(msgspec.Struct, frozen=True):
    ids: list[str]
    properties: list[_Column]


_EXTEND: Final = msgspec.json.Decoder(_Extend)


def named(id_: str) -> dict[str, Any]:
    """Give a schema or a property as the protocol names it."""
    words = _WORD.sub(" ", id_)
    return {"id": id_, "name": words[:1].upper() + words[1:].lower(), "description": None}


def proposed(schema: str | None, limit: int) -> list[str]:
    """Give the properties that entities of a schema may have; of every schema where none is named."""
    if schema is None:
        return list(PROPERTIES)[:limit]
    if schema not in PARENTS:
        raise UsageError(
            f"no schema is called {schema[:60]!r}", where="type", mend=f"use one of {', '.join(PARENTS)}",
            code="parameter",
        )  # fmt: skip
    kinds = (schema, *PARENTS[schema])
    return list(dict.fromkeys((*_OF_ALL, *(one for kind in kinds for one in _OF_KIND.get(kind, ())))))[:limit]


def extended(answering: Answering, raw: bytes) -> dict[str, Any]:
    """Give values of properties of entities, a row for each. Raises `InputError` (`body`), `UsageError`.

    A property nobody has heard of is left out and said; an entity that is not in force has an empty row.
    """
    try:
        asked = _EXTEND.decode(raw)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(
            f"the extension cannot be read: {error}",
            where="extend",
            mend='send {"ids": ["ofac-sdn:9345"], "properties": [{"id": "birthDate"}]}',
            code="body",
        ) from error
    if len(asked.ids) > MOST:
        raise UsageError(
            f"{len(asked.ids)} entities are too many: {MOST} at most",
            where="ids",
            mend="send them in several requests",
            code="too-many-queries",
        )  # fmt: skip
    columns = [one for one in asked.properties if one.id in PROPERTIES]
    rows: dict[str, dict[str, list[dict[str, str]]]] = {}
    for id_ in asked.ids:
        at = answering.ordinal(id_)
        said = {} if at is None else answering.entity(answering.force.listings.listing(at))["properties"]
        rows[id_] = {} if at is None else {one.id: _values(one, said.get(one.id, ())) for one in columns}
    problems = [
        Problem("unknown-property", f"no property is called {one.id[:60]!r}", mend="see /extend/property")
        for one in asked.properties
        if one.id not in PROPERTIES
    ]
    meta = [{"id": one.id, "name": named(one.id)["name"]} for one in columns]
    return {"meta": meta, "rows": rows, "problems": msgspec.to_builtins(problems)}


def _values(column: _Column, values: Any) -> list[dict[str, str]]:
    found = [value for value in values if isinstance(value, str)]
    if column.settings.limit > 0:
        found = found[: column.settings.limit]
    if column.settings.render == "caption" and column.id in _COUNTRIES:
        found = [country_name(value) for value in found]
    return [{"str": value} for value in found]


def preview(answering: Answering, id_: str) -> bytes:
    """Give a small page about an entity, with nothing in it that runs. Raises `UsageError` (`unknown-listing`)."""
    from interdiction.api.yente.entities import listing_of

    whole = answering.entity(listing_of(answering, id_))
    rows = "".join(
        f"<tr><th>{escape(named(name)['name'])}</th><td>{escape('; '.join(map(str, values)))}</td></tr>"
        for name, values in whole["properties"].items()
        if name in PROPERTIES
    )
    title = escape(whole["caption"])
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<h1>{title}</h1><p>{escape(whole['schema'])}, {escape(', '.join(whole['datasets']))}, {escape(id_)}</p>"
        f"<table>{rows}</table></body></html>"
    )
    return page.encode("utf-8")
