"""An officer's entry is in force at once, holds and never blocks, and takes nothing from what was entered before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from interdiction.engine.decide import payment as decided
from interdiction.engine.emergency import EMERGENCY, enter
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.imports import import_edition
from interdiction.engine.payment import screen_payments
from interdiction.errors import UsageError
from interdiction.model import Disposition, Party, Payment, PaymentParty, Role

AT = datetime(2015, 1, 2, 16, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.open(tmp_path / "home", create=True)


def test_an_entry_is_found_at_once_under_each_of_its_names_and_numbers(home: Home) -> None:
    party = Party(
        kind="person",
        names=["RI, Myong Su", "Lee Myung-soo; the elder"],
        birth_dates=["1934-02-20"],
        countries=["kp"],
        identifiers=["passport:836110034@kp"],
    )
    entered = enter(home, [party], why="named in the announcement", by="Jo Kane", at=AT)
    assert entered.report.current
    with Engine.open(home.path) as engine:
        for asked in (
            Party(names=["Ri Myong Su"]),
            Party(names=["Lee Myung-soo, the elder"]),
            Party(names=["X"], identifiers=["passport:836110034@kp"]),
        ):
            hit = engine.screen(asked)[0]
            assert hit.listing == entered.listings[0]
            assert [one.measures for one in hit.designations] == [("internal",)]
        listing = engine.force().listings.listing(0)
    assert listing.remarks == "Entered by Jo Kane at 2015-01-02T16:00:00+00:00: named in the announcement"
    assert listing.designations[0].listed_on == date(2015, 1, 2)


def test_what_it_hits_is_held_and_never_blocked_even_with_an_equal_number(home: Home) -> None:
    enter(home, [Party(names=["Acme Ltd"], identifiers=["lei:529900ABCDEFGHIJKL01"])], why="tip", by="Jo", at=AT)
    party = Party(names=["Acme Ltd"], identifiers=["lei:529900ABCDEFGHIJKL01"])
    one = Payment("P1", (PaymentParty(Role.CREDITOR, party, "creditor"),))
    with Engine.open(home.path) as engine:
        policy = engine.policy.for_institution("us")
        hits = screen_payments(engine, engine.force(), [one])[0]
        decision = decided(engine.force(), policy, hits, on=AT.date())
    assert decision.disposition is Disposition.HOLD
    assert decision.hits


def test_later_entries_of_the_same_day_and_of_another_stand_beside_the_first(home: Home) -> None:
    names = ["Alpha Trading", "Beta Shipping", "Gamma Bank"]
    for number, name in enumerate(names):
        enter(home, [Party(names=[name])], why="tip", by="Jo", at=AT + timedelta(hours=10 * number))
    with Engine.open(home.path) as engine:
        assert all(engine.screen(name) for name in names)
        assert len(engine.force().listings) == 3
    with home.reading() as reader:
        assert [one.added for one in reader.editions(EMERGENCY)] == [1, 1, 1]
        assert {one.removed for one in reader.editions(EMERGENCY)} == {0}


@pytest.mark.parametrize(
    ("names", "why", "by", "code"),
    [(["X"], "", "Jo", "why-required"), (["X"], "tip", " ", "by-required"), ([" ;"], "tip", "Jo", "no-name")],
)
def test_an_entry_says_who_and_why_and_names_somebody(
    home: Home, names: list[str], why: str, by: str, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        enter(home, [Party(names=[name.replace(";", "") for name in names])], why=why, by=by, at=AT)
    assert caught.value.code == code


def test_a_publishers_list_and_an_own_table_take_no_entries(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="publisher"):
        enter(home, [Party(names=["X"])], why="tip", by="Jo", at=AT, list_key="ofac-sdn")
    table = tmp_path / "refused.csv"
    table.write_text("name\nSomebody Else\n", encoding="utf-8")
    import_edition(home, "own-refused", [table], at=AT, on=AT.date())
    with pytest.raises(UsageError, match="table of your own"):
        enter(home, [Party(names=["X"])], why="tip", by="Jo", at=AT, list_key="own-refused")
