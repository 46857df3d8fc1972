"""Draft orders kept, confirmed or rejected: what a confirmed one names is screened at once, until the list has it.

1. A draft that nobody confirmed changes nothing.
2. Confirmed from the press, whom it names goes on `own-announced`, which holds and never blocks. Confirmed from an
   authority's own text it is actual notice: `own-notice-us`, -eu, -uk or -un, whose measure is the freeze.
3. Nobody leaves those lists by himself: when the official list follows, an officer sees it (`follow`) and decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.cases.people import another
from interdiction.engine.emergency import enter
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.proposing import aliases_of
from interdiction.errors import UsageError
from interdiction.lists.sources import NOTICE
from interdiction.model import Kind, Name, NameQuality, Party
from interdiction.model.announcement import Origin
from interdiction.model.order import (
    DraftOrder,
    DraftTarget,
    OrderAct,
    OrderEvent,
    Pending,
    PendingState,
    Resolved,
)
from interdiction.model.signed import require_signed
from interdiction.names.thresholds import Channel

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home

ANNOUNCED: Final = "own-announced"
_LAWS: Final = frozenset({"us", "eu", "uk", "un"})
_STRONG: Final = 0.85
"""From this score on a listing is the announced party without a second look at its name."""
MOST_DAYS: Final = 7
"""Days after which an announced party that no list has is an alarm."""


def keep(home: Home, draft: DraftOrder, at: datetime, by: str = "") -> OrderEvent:
    """Keep a draft for an officer to decide on. Raises `UsageError` (`no-order`) for one that found no order."""
    if not draft.found:
        raise UsageError(
            f"there is no order to keep: {draft.why}",
            where="--keep",
            mend="keep a draft that found one",
            code="no-order",
        )
    return _record(home, OrderEvent(0, OrderAct.KEPT, at, by, draft=draft))


def confirm(
    home: Home, order: int, *, by: str, why: str, at: datetime, law: str = "", only: Collection[str] = ()
) -> OrderEvent:
    """Bring whom the order names, and no list has, into force as pending listings.

    `law` (us, eu, uk, un) says whose authority acted, which an official text needs to bind; `only` chooses names.
    Raises `UsageError`: `unknown-order`, `decided-order`, `by-required`, `why-required`, `law-required`,
    `nobody-named`, `unknown-name`.
    """
    draft = _open_draft(home, order)
    require_signed("a decision on an order", by, why)
    official = all(source.origin is Origin.OFFICIAL for source in draft.sources)
    if official and law not in _LAWS:
        raise UsageError(
            "an authority's own text binds by its law, which is not named", where="--law",
            mend="add --law us, eu, uk or un", code="law-required",
        )  # fmt: skip
    chosen = _chosen(draft, only)
    key = f"{NOTICE}{law}" if official else ANNOUNCED
    act = draft.instrument.value if draft.instrument else "announced"
    entered = enter(
        home,
        [_party(target) for target in chosen],
        why=f"order O-{order}: {why}",
        by=by,
        at=at,
        list_key=key,
        programme=f"announced: {act}",
        legal_basis=act,
    )
    names = tuple(target.name for target in chosen)
    return _record(home, OrderEvent(order, OrderAct.CONFIRMED, at, by, why, entered.listings, names))


def reject(home: Home, order: int, *, by: str, why: str, at: datetime) -> OrderEvent:
    """Decide that a draft is no order to act on. Raises `UsageError` as `confirm` does."""
    _open_draft(home, order)
    require_signed("a decision on an order", by, why)
    return _record(home, OrderEvent(order, OrderAct.REJECTED, at, by, why))


def review(home: Home, order: int, *, by: str, why: str, at: datetime) -> OrderEvent:
    """Look as a second person at what a first one brought into force: it held at once, and goes on to hold.

    Who disagrees takes the entries out. Raises `UsageError`: `not-confirmed`, `same-person`, `by-required`,
    `why-required`.
    """
    require_signed("a review of an order", by, why)
    with home.reading() as reader:
        last = next(iter(reversed(reader.order_events(order))), None)
    if last is None or last.act is not OrderAct.CONFIRMED:
        raise UsageError(
            f"O-{order} has nothing that waits for a second person",
            where="ORDER",
            mend="see interdict orders list",
            code="not-confirmed",
        )
    another(by, last.by, "the review")
    return _record(home, OrderEvent(order, OrderAct.REVIEWED, at, by, why))


def orders(home: Home) -> list[tuple[OrderEvent, OrderEvent | None]]:
    """Give every kept draft with the last thing done with it."""
    with home.reading() as reader:
        found = reader.order_events()
    last = {event.order: event for event in found if event.act is not OrderAct.KEPT}
    return [(event, last.get(event.order)) for event in found if event.act is OrderAct.KEPT]


def pending(engine: Engine, at: datetime, *, most_days: int = MOST_DAYS) -> list[Pending]:
    """Give everybody who was announced and how the official lists stand to him on the day of `at`."""
    with engine.home.reading() as reader:
        confirmed = [one for one in reader.order_events() if one.act is OrderAct.CONFIRMED]
    parties = [Party(id=name, names=[name]) for one in confirmed for name in one.names]
    if not parties:
        return []
    force = engine.force()
    answers = iter(force.screener.screen(parties, threshold=engine.thresholds(Channel.CHECK)))
    found: list[Pending] = []
    for one in confirmed:
        days = (at.date() - one.at.date()).days
        for listing, name in zip(one.listings, one.names, strict=True):
            hits = [hit for hit in next(answers).hits if not hit.listing.startswith("own-")]
            if hits:
                state = PendingState.LISTED if hits[0].score >= _STRONG else PendingState.DIFFERING
                note = "take the entry out once somebody has looked" if state is PendingState.LISTED else hits[0].why
                best = hits[0]
                found.append(Pending(one.order, listing, name, state, days, best.listing, best.score, note))
                continue
            late = days > most_days
            state = PendingState.MISSING if late else PendingState.WAITING
            note = "no official list has followed: ask whether the announcement was right" if late else ""
            found.append(Pending(one.order, listing, name, state, days, note=note))
    return found


def _open_draft(home: Home, order: int) -> DraftOrder:
    with home.reading() as reader:
        events = reader.order_events(order)
    if not events or events[0].draft is None:
        raise UsageError(
            f"no order is called O-{order}", where="ORDER", mend="see interdict orders list", code="unknown-order"
        )
    if len(events) > 1:
        done = events[-1]
        raise UsageError(
            f"O-{order} was {done.act.value} by {done.by} on {done.at:%d %B %Y}", where="ORDER",
            mend="read the text again and keep it as a new draft", code="decided-order",
        )  # fmt: skip
    return events[0].draft


def _chosen(draft: DraftOrder, only: Collection[str]) -> Sequence[DraftTarget]:
    """Give whom to enter: by choice, else everybody who is named and whom no list in force knows, but whom it lets go.

    Whom a program proposed is entered only where an officer names him.
    """
    named = {target.name: target for target in draft.targets if target.named}
    if only:
        named = {**_proposed(draft), **named}
    unknown = sorted(set(only) - named.keys())
    if unknown:
        raise UsageError(
            f"the order names nobody {unknown[0]!r}", where="--only", mend=f"use one of {', '.join(named)}",
            code="unknown-name",
        )  # fmt: skip
    waiting = {one.name for one in named.values() if one.resolved is Resolved.UNLISTED and not one.apart}
    chosen = [one for one in named.values() if one.name in (only or waiting)]
    if not chosen:
        raise UsageError(
            "everybody whom the order names is on a list in force already, or let go", where="ORDER",
            mend="nothing is pending; choose names with --only to hold them all the same", code="nobody-named",
        )  # fmt: skip
    return chosen


def _proposed(draft: DraftOrder) -> dict[str, DraftTarget]:
    """Give whom a program proposed as targets, with the aliases that it proposed for them."""
    return {
        one.said.quote: DraftTarget(
            one.said.quote,
            named=True,
            kind=Kind(one.kind) if one.kind else None,
            resolved=Resolved.OPEN,
            said=(one.said,),
            aliases=tuple(alias.said for alias in aliases_of(one, draft.proposals)),
            doubt=f"proposed by {one.by}",
        )
        for one in draft.proposals
        if one.slot == "target"
    }


def _party(target: DraftTarget) -> Party:
    names = [Name(target.name), *(Name(alias.value, NameQuality.STRONG) for alias in target.aliases)]
    return Party(kind=target.kind, names=names)


def _record(home: Home, event: OrderEvent) -> OrderEvent:
    from interdiction.store import orders as table

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        return table.insert(connection, msgspec.structs.replace(event, by=event.by.strip(), why=event.why.strip()))
