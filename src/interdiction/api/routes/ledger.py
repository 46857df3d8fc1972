"""The routes of the ledger, to be read: what is held, one property with its life, the balance of every account.

Entries are made by the command alone: each is an officer's act on money, with documents at hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery

from interdiction.api.answers import answer, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, Switch, in_thread
from interdiction.api.permits import LOOKING, allow
from interdiction.engine.blocked import books, one_of
from interdiction.engine.records import number_of
from interdiction.ledger import Held, balances, book, standing
from interdiction.ledger import due as interest_due
from interdiction.model.access import Scope

_ALLOWED = allow(LOOKING, Scope.REPORTS)
Day = FromQuery[date | None]


@get("/v1/ledger", opt=_ALLOWED, tags=["ledger"], operation_id="ledger", summary="What is held")
@in_thread
def held(service: Serving, on: Day = None, every: Switch = False) -> Response[bytes]:
    """Give what is held at the end of a day (now unless said); with `every` also what is held no longer."""
    today = now().date()
    with books(service.hall.engine.home) as stored:
        found = book(stored.entries())
    shown = found if every else standing(found, on)
    return answer(envelope("ledger.show", on, on or today, (), [_item(one, on, today) for one in shown]))


@get("/v1/ledger/balance", opt=_ALLOWED, tags=["ledger"], operation_id="balance", summary="The balance of each account")
@in_thread
def balance(service: Serving, on: Day = None) -> Response[bytes]:
    """Give the balance of every account by unit at the end of a day."""
    with books(service.hall.engine.home) as stored:
        entries = stored.entries()
    result = {"balances": balances(entries, on), "items": len(standing(book(entries), on))}
    return answer(envelope("ledger.balance", on, on or now().date(), (), result))


@get("/v1/ledger/{held_property:str}", opt=_ALLOWED, tags=["ledger"], operation_id="held_property",
     summary="One property with every entry")  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, held_property: InPath, on: Day = None) -> Response[bytes]:
    """Give one property, such as B-3, with its whole life."""
    today = now().date()
    with books(service.hall.engine.home) as stored:
        found = one_of(book(stored.entries()), number_of(held_property, "B"))
    return tagged(request, envelope("ledger.show", on, on or today, (), _item(found, on, today)))


def _item(one: Held, on: date | None, today: date) -> dict[str, Any]:
    return {"id": one.id, "balance": one.balance(on), "interest_due": interest_due(one, on or today), "held": one}


ROUTES = (held, balance, show)
