"""What was stopped before is found by the store: of the last days, still standing, and nothing else is read."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from interdiction.engine import Engine
from interdiction.engine.following import confirm
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from interdiction.engine.story import tell
from interdiction.model import Outcome
from tests.engine.test_records import AT, LATER, pay

STOPPED = ("block", "reject", "retain", "hold")
DAY = timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    tell(tmp_path / "home", AT)
    home = Home.open(tmp_path / "home")
    pay(home)
    return home


def stopped(home: Home, since: datetime, until: datetime) -> list[str]:
    with kept(home) as decisions:
        return [name for name, _ in decisions.stopped(STOPPED, since, until)]


def standing(home: Home) -> list[str]:
    """Give the same by reading every decision."""
    with kept(home) as decisions:
        every = [one for result in STOPPED for one in decisions.records(result=result, last=True)]
    return [one.id for one in every if one.payment is not None]


def test_every_payment_that_was_stopped_is_found_by_result_and_in_order(home: Home) -> None:
    found = stopped(home, AT - 90 * DAY, AT)
    assert found == standing(home)
    assert len(found) > 1


def test_the_first_and_the_last_instant_count_and_no_other_day_does(home: Home) -> None:
    assert stopped(home, AT, AT) == stopped(home, AT - DAY, AT + DAY)
    assert stopped(home, AT + timedelta(microseconds=1), AT + DAY) == []
    assert stopped(home, AT - DAY, AT - timedelta(microseconds=1)) == []


def test_what_another_decision_follows_no_longer_stands(home: Home) -> None:
    assert "D-4" in stopped(home, AT, LATER)
    with Engine.open(home.path) as engine:
        new = confirm(engine, 4, "ofac-sdn:9345", Outcome.TRUE, by="A. Officer", why="the same address", at=LATER)
    assert "D-4" not in stopped(home, AT, LATER)
    assert (new.id in stopped(home, AT, LATER)) == (new.result in STOPPED)
    assert stopped(home, AT, LATER) == standing(home)


def test_the_payment_is_the_one_that_was_decided_on(home: Home) -> None:
    with kept(home) as decisions:
        found = dict(decisions.stopped(STOPPED, AT, AT))
        assert all(decisions.get(int(name[2:])).payment == payment for name, payment in found.items())
    assert found
