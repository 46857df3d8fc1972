"""`/match`: queries by example against the lists in force, all of a request in one native call.

Results are bytes put together from bodies that were encoded once and from what the judge said of this pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any, Final

import msgspec

from interdiction.api.answering import Answering, Body
from interdiction.api.yente.explain import Explanation, explanations
from interdiction.api.yente.params import OUR_ALGORITHM, MatchParams
from interdiction.api.yente.schemata import is_a
from interdiction.errors import InputError, UsageError
from interdiction.lists.ftm_query import Question, question
from interdiction.model import Designation, Evidence, Grade, Hit, Problem
from interdiction.names.batch import party_batch
from interdiction.names.thresholds import LOWEST, Thresholds
from interdiction.screening.asked import problems as asked_problems
from interdiction.screening.screener import Screened, cut_short

MOST_QUERIES: Final = 100
_TOPIC: Final = "sanction"
_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)
_NOBODY: Final = Screened()


class QueryIn(msgspec.Struct, frozen=True):
    """One query: an entity as FollowTheMoney writes it, of which only what is known is stated."""

    schema: str
    properties: dict[str, Any] = {}
    id: str | None = None


class MatchBody(msgspec.Struct, frozen=True):
    """The body of a match. `weights` and `config` belong to other judges; what is asked of them is said, not done."""

    queries: dict[str, QueryIn]
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


_BODY: Final = msgspec.json.Decoder(MatchBody)


class _Tail(msgspec.Struct, frozen=True):
    """What a result says of this pair: first what yente has, then what it lacks."""

    score: float
    explanations: dict[str, Explanation]
    match: bool
    edition: str
    band: str
    basis: str
    matched_name: str
    weak_only: bool
    why: str
    not_known: str
    evidence: tuple[Evidence, ...]
    designations: tuple[Designation, ...]


class _Total(msgspec.Struct, frozen=True, gc=False):
    value: int
    relation: str = "eq"


class _Echo(msgspec.Struct, frozen=True):
    id: str | None
    schema: str
    properties: dict[str, list[str]]


class _Answer(msgspec.Struct, frozen=True):
    status: int
    results: list[msgspec.Raw]
    total: _Total
    query: _Echo
    problems: list[Problem]
    suppressed: list[dict[str, Any]]
    decision: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """What was decided and kept, where that was asked for."""


class _Answers(msgspec.Struct, frozen=True):
    responses: dict[str, _Answer]
    limit: int
    algorithm: str
    as_of: str | None
    editions: msgspec.Raw
    problems: list[Problem]


class Asked(msgspec.Struct, frozen=True):
    """A request that was read: the queries by their keys and what of the request was not used."""

    dataset: str
    params: MatchParams
    keys: tuple[str, ...]
    queries: tuple[QueryIn, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def read(dataset: str, params: MatchParams, body: bytes) -> Asked:
    """Read the body. Raises `InputError` (`body`), `UsageError` (`too-many-queries`, `unknown-schema`, `config`)."""
    try:
        said = _BODY.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(
            f"the body cannot be read: {error}",
            where="body",
            mend='send {"queries": {"q1": {"schema": "Person", "properties": {"name": ["..."]}}}}',
            code="body",
        ) from error
    return read_said(dataset, params, said)


def read_said(dataset: str, params: MatchParams, said: MatchBody) -> Asked:
    """Take a body that was decoded. Raises as `read` does."""
    if not said.queries:
        raise UsageError("there is no query", where="queries", mend="send one at least", code="no-queries")
    if len(said.queries) > MOST_QUERIES:
        raise UsageError(
            f"{len(said.queries)} queries are too many: {MOST_QUERIES} at most",
            where="queries",
            mend="send them in several requests, or use POST /v1/screen, which has no such limit",
            code="too-many-queries",
        )
    if said.config:
        raise UsageError(
            f"no algorithm here has a setting {next(iter(said.config))[:60]!r}",
            where="config",
            mend="leave config out; the numbers of the judge are set in the home (docs/judging.md)",
            code="unknown-setting",
        )
    keys, queries = tuple(said.queries), tuple(said.queries.values())
    questions = tuple(
        question(one.schema, one.properties, key=f"queries.{key}", uid=one.id) for key, one in said.queries.items()
    )
    return Asked(dataset, params, keys, queries, questions, tuple(_beside(params, said.weights)))


def _beside(params: MatchParams, weights: dict[str, float]) -> Iterable[Problem]:
    """Say what of the request was not done as asked."""
    if weights:
        yield _said("weights", "weights of features are not applied: this judge has none of these features", "weights")
    if params.algorithm not in {"best", OUR_ALGORITHM}:
        yield _said("algorithm", f"{params.algorithm} is not here; {OUR_ALGORITHM} answered", "algorithm")
    if params.lowest < LOWEST:
        message = f"results below {LOWEST:g} are not shown: there answers are not complete"
        yield _said("threshold", message, "cutoff" if params.cutoff < params.threshold else "threshold")
    for name in params.unknown:
        yield _said("parameter", f"no parameter is called {name!r}; it was passed over", name)


def _said(code: str, message: str, node: str) -> Problem:
    return Problem(code=code, message=message, grade=Grade.PUBLISHED, node=node)


def screen(answering: Answering, asked: Asked, threads: int = 0) -> list[Screened]:
    """Screen every query of a request in one native call."""
    threshold = Thresholds.of(max(LOWEST, asked.params.lowest))
    parties = [one.party for one in asked.questions]
    found = answering.force.screener.screen_batch(
        party_batch(parties), asked.keys, threshold=threshold, threads=threads
    )
    return [found.get(at, _NOBODY) for at in range(len(parties))]


def write(
    answering: Answering,
    asked: Asked,
    screened: list[Screened],
    today: date,
    decisions: Sequence[dict[str, Any]] = (),
) -> bytes:
    """Give the answer as bytes; `decisions` are what was kept of each query."""
    said_today = answering.said_on(answering.as_of or today)
    chosen = Chosen(answering, asked.dataset, asked.params)
    kept: Iterable[dict[str, Any] | msgspec.UnsetType] = decisions or repeat(msgspec.UNSET, len(screened))
    answers = {
        key: _answer(chosen, query, said, one, decision)
        for key, query, said, one, decision in zip(
            asked.keys,
            asked.queries,
            asked.questions,
            screened,
            kept,
            strict=True,
        )
    }
    whole = _Answers(
        answers,
        asked.params.limit,
        OUR_ALGORITHM,
        answering.as_of.isoformat() if answering.as_of else None,
        said_today.editions,
        [*asked.problems, *said_today.alarms],
    )
    return _ENCODER.encode(whole)


class Chosen:
    """Which hits a request wants to see."""

    def __init__(self, answering: Answering, dataset: str, params: MatchParams) -> None:
        lists = answering.scope(dataset)
        for name in params.include_dataset:
            lists &= answering.scope(name)
        for name in params.exclude_dataset:
            lists -= answering.scope(name)
        self.answering, self.params, self.lists = answering, params, lists
        self.all = lists == frozenset(answering.editions) and not (
            params.exclude_schema or params.topics or params.changed_since or params.exclude_entity_ids
        )
        self._without = frozenset(params.exclude_entity_ids)

    def body(self, hit: Hit) -> Body | None:
        """Give the body of a hit that is wanted; `None` for another."""
        key = hit.listing.partition(":")[0]
        if key not in self.lists:
            return None
        at = self.answering.ordinal(hit.listing)
        if at is None:
            return None
        body = self.answering.body(at)
        return body if self.all or self._wanted(body, hit.listing) else None

    def _wanted(self, body: Body, listing: str) -> bool:
        params = self.params
        if params.topics and _TOPIC not in params.topics:
            return False
        if any(is_a(body.schema, schema) for schema in params.exclude_schema):
            return False
        if params.changed_since and not body.changed > params.changed_since:
            return False
        if not self._without:
            return True
        return self._without.isdisjoint((listing, *self.answering.referents.get(listing, ())))


def _answer(
    chosen: Chosen,
    query: QueryIn,
    said: Question,
    screened: Screened,
    decision: dict[str, Any] | msgspec.UnsetType,
) -> _Answer:
    params, matching = chosen.params, 0
    results: list[msgspec.Raw] = []
    for hit in screened.hits:
        if hit.score < params.lowest:
            continue
        body = chosen.body(hit)
        if body is None:
            continue
        matching += hit.score >= params.threshold
        if len(results) < params.limit:
            results.append(result(chosen.answering, hit, body, params.threshold))
    problems = [*said.problems, *asked_problems(said.party)]
    if screened.truncated:
        problems.append(cut_short())
    return _Answer(
        200,
        results,
        _Total(matching),
        _Echo(query.id, query.schema, said.properties),
        problems,
        [{"id": one.listing, "score": one.score, "why": one.why} for one in screened.suppressed if chosen.body(one)],
        decision,
    )


def result(answering: Answering, hit: Hit, body: Body, threshold: float) -> msgspec.Raw:
    """Give one result: the body, and behind it what was said of this pair."""
    tail = _Tail(
        hit.score,
        explanations(hit.evidence),
        hit.score >= threshold,
        answering.editions[hit.listing.partition(":")[0]].edition,
        hit.band.value,
        hit.basis.value,
        hit.matched_name,
        hit.weak_only,
        hit.why,
        hit.not_known,
        hit.evidence,
        hit.designations,
    )
    return msgspec.Raw(b"%b,%b" % (body.head, _ENCODER.encode(tail)[1:]))
