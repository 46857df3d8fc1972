"""A match from its bytes to its bytes: short ones in the loop, long ones and days of the past in a thread beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from interdiction.api.clock import now
from interdiction.api.recording import Repeatable, recorded
from interdiction.api.yente import match
from interdiction.api.yente.params import MatchParams, match_params
from interdiction.model.access import Caller
from interdiction.names.thresholds import Channel

if TYPE_CHECKING:
    from interdiction.api.answering import Answering
    from interdiction.api.service import Service
    from interdiction.engine.recorded import Found

_SHORT: Final = 4
"""Queries answered without handing over to a thread: that costs as much as one of them."""


async def match_answer(
    service: Service, dataset: str, query: bytes, body: bytes, caller: Caller, key: str | None = None
) -> tuple[bytes, int]:
    """Give the answer and the number of its queries; `key` is its idempotency key.

    Raises what `match.read`, `Hall.on` and `recorded` raise.
    """
    params = match_params(query)
    if params.as_of is not None:
        answering = await asyncio.to_thread(service.hall.on, params.as_of)
    else:
        answering = service.hall.current()
    answering.scope(dataset)
    asked = match.read(dataset, params, body)
    count = len(asked.keys)
    if params.record:
        repeatable = Repeatable(caller, key, b"match", dataset.encode(), query, body)
        return await _recorded(service, answering, asked, repeatable), count
    if count <= _SHORT:
        answer, hits = _answered(answering, asked)
    else:
        answer, hits = await asyncio.to_thread(_answered, answering, asked)
    service.metrics.screened(count, hits)
    return answer, count


def _answered(answering: Answering, asked: match.Asked) -> tuple[bytes, int]:
    screened = match.screen(answering, asked, threads=1 if len(asked.keys) <= _SHORT else 0)
    return match.write(answering, asked, screened, now().date()), sum(len(one.hits) for one in screened)


async def _recorded(service: Service, answering: Answering, asked: match.Asked, repeatable: Repeatable) -> bytes:
    """Decide at the policy's floor and keep it; the answer shows what was asked for, and the number of the decision."""
    floor = service.hall.engine.thresholds(Channel.CHECK)

    def answer(found: Sequence[Found], numbers: Sequence[int]) -> bytes:
        decisions = [
            {"id": f"D-{number}", "consequence": one.decision.consequence.value, "hits": len(one.decision.hits)}
            for number, one in zip(numbers, found, strict=True)
        ]
        service.metrics.screened(len(found), sum(len(one.screened.hits) for one in found))
        return match.write(answering, asked, [one.screened for one in found], now().date(), decisions)

    parties = [one.party for one in asked.questions]
    return await recorded(
        service, answering, repeatable, parties, narrowed(asked.dataset, asked.params, floor.lowest), answer
    )


def narrowed(dataset: str, params: MatchParams, floor: float) -> Iterator[str]:
    """Name what a caller did not want to see of what is decided on."""
    if dataset != "default":
        yield f"dataset={dataset}"
    if params.lowest > floor:
        yield f"threshold={params.lowest:g}"
    yield f"limit={params.limit}"
    for name in ("include_dataset", "exclude_dataset", "exclude_schema", "topics", "exclude_entity_ids"):
        values: tuple[str, ...] = getattr(params, name)
        if values:
            yield f"{name}={','.join(values)}"
    if params.changed_since:
        yield f"changed_since={params.changed_since}"
