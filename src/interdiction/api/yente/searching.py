"""The route of `/search`: listings by words of their text and by how alike their names are, with filters and facets.

The question is a name or a number, words separated by blanks. Words joined by AND, OR and quotation marks are
understood as far as that goes; every other sign of the query language of search servers is taken as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final, Literal

from litestar import get
from litestar.params import FromQuery, QueryParameter

from interdiction.api.answering import Answering
from interdiction.api.kinds import InPath, Offset, Serving, Switch, Words, in_thread
from interdiction.api.permits import EVERYBODY, allow
from interdiction.api.yente.params import CHANGED
from interdiction.api.yente.schemata import PARENTS, is_a
from interdiction.api.yente.shelf import TOPIC, Row, containing, fold, rows
from interdiction.errors import UsageError
from interdiction.model import Party
from interdiction.model.access import Scope
from interdiction.names.countries import name as country_name
from interdiction.names.normalise import fold as romanised
from interdiction.names.thresholds import LOWEST, Thresholds

FACETS: Final = ("countries", "topics", "datasets", "schema", "identifiers", "genders")
_DEFAULT_FACETS: Final = ["countries", "topics", "datasets"]
_LABELS: Final = {
    "countries": "Countries", "topics": "Topics", "datasets": "Data sources", "schema": "Entity types",
    "identifiers": "Identifiers", "genders": "Genders",
}  # fmt: skip
_FIELDS: Final = {
    "country": "countries", "nationality": "countries", "topic": "topics", "dataset": "datasets", "gender": "genders",
}  # fmt: skip
"""Other words for what is counted."""
_MOST_FACET_VALUES: Final = 300
_WORD: Final = re.compile(r"\w+")
_OPERATORS: Final = frozenset({"and", "or", "not"})
_SORTS: Final[dict[str, Callable[[Answering, Row], str]]] = {
    "first_seen": lambda answering, row: _seen(answering, row, "first"),
    "last_change": lambda answering, row: _seen(answering, row, "change"),
    "last_seen": lambda answering, row: answering.editions[row.list].on.isoformat(),
    "caption": lambda answering, row: fold(answering.body(row.at).listing.party.primary_name),
}


def _seen(answering: Answering, row: Row, field: str) -> str:
    found = answering.seen.get(row.id)
    return "" if found is None else str(getattr(found, field))


@get(
    "/search/{dataset:str}", opt=allow(EVERYBODY, Scope.SCREEN), tags=["compatible"],
    operation_id="search", summary="Listings by words and by likeness",
)  # fmt: skip
@in_thread
def search(
    service: Serving,
    dataset: InPath,
    q: Annotated[str, QueryParameter(max_length=1000, description="A name, a number, or nothing for all.")] = "",
    schema: FromQuery[str] = "Thing",
    include_dataset: Words = None,
    exclude_dataset: Words = None,
    exclude_schema: Words = None,
    countries: Words = None,
    topics: Words = None,
    datasets: Words = None,
    filter: Words = None,  # noqa: A002 - the name that clients send: field:value, such as gender:female
    facets: Words = None,
    sort: Words = None,
    changed_since: Annotated[str | None, QueryParameter(pattern=CHANGED)] = None,
    limit: Annotated[int, QueryParameter(ge=0, le=500)] = 10,
    offset: Offset = 0,
    fuzzy: Switch = True,
    simple: Switch = False,
    target: FromQuery[bool | None] = None,
    filter_op: FromQuery[Literal["OR", "AND"]] = "OR",
) -> dict[str, Any]:
    """Search. Raises `UsageError` for a data set, schema, facet, filter or order that is not here."""
    answering = service.hall.current()
    if schema not in PARENTS:
        raise UsageError(
            f"no schema is called {schema[:60]!r}", where="schema", mend=f"use one of {', '.join(PARENTS)}",
            code="unknown-schema",
        )  # fmt: skip
    lists = answering.scope(dataset)
    for name in include_dataset or ():
        lists &= answering.scope(name)
    for name in exclude_dataset or ():
        lists -= answering.scope(name)
    wanted = [*_filters(filter or ()), *(("countries", one) for one in countries or ())]
    wanted += [*(("topics", one) for one in topics or ()), *(("datasets", one) for one in datasets or ())]
    if target is False:
        lists = frozenset()  # every listing is a target
    without = exclude_schema or ()

    def fits(row: Row) -> bool:
        return (
            row.list in lists
            and is_a(row.schema, schema)
            and not any(is_a(row.schema, one) for one in without)
            and _holds(answering, row, wanted, every=filter_op == "AND")
            and (changed_since is None or f"{_seen(answering, row, 'change')}T00:00:00" > changed_since)
        )

    found = [row for row in _found(answering, q, fuzzy=fuzzy and not simple, narrow=simple) if fits(row)]
    found = _sorted(answering, found, sort or ())
    return {
        "limit": limit,
        "offset": offset,
        "total": {"value": len(found), "relation": "eq"},
        "results": [_entity(answering, row) for row in found[offset : offset + limit]],
        "facets": {name: _facet(answering, name, found) for name in _asked_facets(facets)},
    }


def _entity(answering: Answering, row: Row) -> dict[str, Any]:
    return answering.entity(answering.force.listings.listing(row.at))


def _found(answering: Answering, q: str, *, fuzzy: bool, narrow: bool) -> list[Row]:
    """Give what a question finds: names that are alike first, best first, then texts that hold its words."""
    shelf = rows(answering)
    text = q.replace('"', " ").strip()
    if text in {"", "*", "*:*"}:
        return shelf
    every = narrow or " OR " not in f" {q} "
    readings = [[word for word in one.split() if word not in _OPERATORS] for one in (fold(text), romanised(text))]
    plain = {row.at: row for said in readings if said for row in containing(shelf, said, every=every)}
    scores: dict[int, float] = {}
    if fuzzy:
        party = Party(names=(" ".join(readings[0]) or text,))
        for hit in answering.force.screener.screen([party], threshold=Thresholds.of(LOWEST))[0].hits:
            at = answering.ordinal(hit.listing)
            if at is not None:
                scores[at] = max(hit.score, scores.get(at, 0.0))
    found = plain | {at: shelf[at] for at in scores}
    words = [frozenset(said) for said in readings]

    def order(row: Row) -> tuple[float, float, int]:
        """Whole words first, then likeness: who types a family name wants those who bear it."""
        spoken = frozenset(_WORD.findall(row.text))
        return (-any(said and said <= spoken for said in words), -scores.get(row.at, 0.0), row.at)

    return sorted(found.values(), key=order)


def _filters(filters: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for one in filters:
        field, colon, value = one.partition(":")
        name = field.removeprefix("properties.")
        if not colon or name not in {*FACETS, *_FIELDS, "id"}:
            raise UsageError(
                f"no filter is {one[:60]!r}",
                where="filter",
                mend=f"write field:value with one of {', '.join(FACETS)}",
                code="parameter",
            )
        found.append((name, value))
    return found


def _holds(answering: Answering, row: Row, wanted: list[tuple[str, str]], *, every: bool) -> bool:
    """Several values of one field widen, or with AND narrow; several fields always narrow."""
    hold = all if every else any
    fields = dict.fromkeys(name for name, _ in wanted)
    return all(
        hold(value in _values(answering, row, field) for name, value in wanted if name == field) for field in fields
    )


def _values(answering: Answering, row: Row, field: str) -> tuple[str, ...]:
    found: tuple[str | None, ...] = {
        "countries": row.countries,
        "topics": (TOPIC,),
        "datasets": (answering.names[row.list],),
        "schema": (row.schema,),
        "identifiers": row.identifiers,
        "id": (row.id,),
        "genders": (row.gender,),
    }[_FIELDS.get(field, field)]
    return tuple(one for one in found if one)


def _asked_facets(facets: list[str] | None) -> list[str]:
    strange = [name for name in facets or () if name not in FACETS]
    if strange:
        raise UsageError(
            f"nothing is counted by {strange[0][:60]!r}", where="facets", mend=f"use {', '.join(FACETS)}",
            code="parameter",
        )  # fmt: skip
    return _DEFAULT_FACETS if facets is None else list(dict.fromkeys(facets))


def _facet(answering: Answering, name: str, found: list[Row]) -> dict[str, Any]:
    counted = Counter(value for row in found for value in _values(answering, row, name))
    values = [
        {"name": value, "label": country_name(value) if name == "countries" else value, "count": count}
        for value, count in counted.most_common(_MOST_FACET_VALUES)
    ]
    return {"label": _LABELS[name], "values": values}


def _sorted(answering: Answering, found: list[Row], sort: Iterable[str]) -> list[Row]:
    for one in reversed(list(sort)):
        field, _, way = one.partition(":")
        key = _SORTS.get(field)
        if key is None or way not in {"", "asc", "desc"}:
            raise UsageError(
                f"no order is {one[:60]!r}",
                where="sort",
                mend=f"write field:asc or field:desc with {', '.join(_SORTS)}",
                code="parameter",
            )
        found = sorted(found, key=lambda row, key=key: key(answering, row), reverse=way == "desc")  # type: ignore[misc]
    return found


ROUTES = (search,)
