"""What is remembered between payments changes no decision, and never grows without bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from interdiction import payments
from interdiction.enforcement import places, position, rails, whole
from interdiction.enforcement import words as folded
from interdiction.engine import Engine, decide
from interdiction.engine import payment as screened
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.model import to_json
from interdiction.names import countries
from interdiction.payments import draft
from interdiction.payments.iso20022 import plain
from tests.payments.test_alerts import ROWS
from tests.payments.test_iso20022 import initiation, message, transfer

ON = date(2026, 11, 22)
REMEMBERED: list[Any] = [
    countries._meaning,
    draft._numbered,
    draft.country_at_end,
    folded._short,
    places._of_numbers,
    plain._numbered,
    plain._only,
    position._bics,
    rails._way,
    screened._of_numbers,
    whole._listed,
]
MESSAGES = [
    message(transfer(), transfer(2, creditor="CHANGGWANG SINYONG CORPORATION")),
    message(transfer(3, debtor="Ministry of Finance of the DPRK", creditor="Bank of Pyongyang")),
    message(transfer(4).replace("HELSFIHH", "HELSKPHH")),
    message(transfer(5, more="<RmtInf><Ustrd>COAL FROM NAMPO, NORTH KOREA</Ustrd></RmtInf>")),
    initiation(("First", 2), ("Second", 1)),
]
Decide = Callable[[bytes], list[bytes]]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decide]:
    """Give the decisions on a message as bytes."""
    folder = tmp_path_factory.mktemp("remembered")
    (folder / "sdn.csv").write_bytes(("\r\n".join(ROWS) + "\r\n\x1a").encode("cp1252"))
    home = Home.open(folder / "home", create=True)
    import_edition(home, "ofac-sdn", [folder / "sdn.csv"], at=datetime(2026, 11, 22, tzinfo=UTC), on=date(2015, 1, 2))
    with Engine.open(folder / "home") as engine:
        force, policy = engine.force(), engine.policy

        def decide_on(raw: bytes) -> list[bytes]:
            found = screened.screen_payments(engine, force, list(payments.stream(raw).payments))
            return [to_json(decide.payment(force, policy, one, on=ON)) for one in found]

        yield decide_on


def test_a_decision_is_the_same_whatever_was_remembered_before_it(decided: Decide) -> None:
    fresh = []
    for raw in MESSAGES:
        for one in REMEMBERED:
            one.cache_clear()
        fresh.append(decided(raw))
    assert [decided(raw) for raw in MESSAGES] == fresh
    assert [decided(raw) for raw in reversed(MESSAGES)] == fresh[::-1]
    assert len({one for several in fresh for one in several}) > len(MESSAGES)


@pytest.mark.parametrize("one", REMEMBERED, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_what_is_remembered_is_bounded(one: Any) -> None:
    assert one.cache_info().maxsize is not None
