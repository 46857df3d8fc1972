"""An entry that an officer takes out is in force no more, and what it was, who took it out and why are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interdiction.engine.confirmed import CONFIRMED
from interdiction.engine.emergency import EMERGENCY, enter
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.taking_out import take_out, taken_out
from interdiction.errors import UsageError
from interdiction.model import Party

AT = datetime(2015, 1, 2, 16, tzinfo=UTC)
LATER = AT + timedelta(days=3)
RI, ACME, OTHER = Party(names=["RI, Myong Su", "Lee Myung-soo"]), Party(names=["Acme Ltd"]), Party(names=["Zorzal AG"])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home.open(tmp_path / "home", create=True)
    enter(made, [RI, ACME, OTHER], why="tip", by="Jo Kane", at=AT)
    return made


def hits(home: Home, name: str, **more: object) -> list[str]:
    with Engine.open(home.path) as engine:
        return [hit.listing for hit in engine.screen(Party(names=[name]), **more)]  # type: ignore[arg-type]


def test_an_entry_is_out_at_once_and_a_day_before_it_is_still_in(home: Home) -> None:
    left = take_out(home, ["Lee Myung-soo"], by="A. Officer", why="another man", at=LATER)
    assert [one.name for one in left.taken_out] == ["RI, Myong Su"]
    assert (left.report.edition.removed, left.report.current) == (1, True)
    assert hits(home, "Ri Myong Su") == []
    assert hits(home, "Ri Myong Su", as_of=AT.date()) == [left.taken_out[0].listing]
    assert len(hits(home, "Acme Ltd")) == len(hits(home, "Zorzal AG")) == 1


def test_who_took_it_out_when_and_why_are_kept(home: Home) -> None:
    take_out(home, ["Acme Ltd"], by="A. Officer", why="a tip\nthat was wrong", at=LATER)
    enter(home, [Party(names=["Fourth GmbH"])], why="tip", by="Jo", at=LATER)
    (one,) = taken_out(home)
    assert one.words == "Taken out by A. Officer at 2015-01-05T16:00:00+00:00: a tip that was wrong"


def test_the_last_entries_may_go_too(home: Home) -> None:
    take_out(home, ["Acme Ltd", "Zorzal AG"], by="A. Officer", why="checked", at=LATER)
    left = take_out(home, ["RI, Myong Su"], by="A. Officer", why="checked", at=LATER)
    assert left.report.edition.listings == 0
    assert hits(home, "Acme Ltd") == []
    entered = enter(home, [ACME], why="again", by="Jo", at=LATER)
    assert hits(home, "Acme Ltd") == list(entered.listings)


@pytest.mark.parametrize(
    ("entry", "by", "why", "into", "code"),
    [
        ("Acme Ltd", " ", "x", EMERGENCY, "by-required"),
        ("Acme Ltd", "Jo", "", EMERGENCY, "why-required"),
        ("Acme", "Jo", "x", EMERGENCY, "no-such-entry"),
        ("Acme Ltd", "Jo", "x", CONFIRMED, "no-such-entry"),
        ("Acme Ltd", "Jo", "x", "ofac-sdn", "own-list"),
        ("Acme Ltd", "Jo", "x", "own-notice-us", "own-list"),
    ],
)
def test_what_cannot_be_taken_out_is_refused(home: Home, entry: str, by: str, why: str, into: str, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        take_out(home, [entry], by=by, why=why, at=LATER, list_key=into)
    assert raised.value.code == code
    assert len(hits(home, "Acme Ltd")) == 1


def test_a_name_that_two_entries_bear_is_asked_back(home: Home) -> None:
    enter(home, [ACME], why="another", by="Jo", at=LATER)
    with pytest.raises(UsageError) as raised:
        take_out(home, ["ACME LTD"], by="Jo", why="x", at=LATER)
    assert raised.value.code == "several-entries"


def test_what_is_out_cannot_be_taken_out_again(home: Home) -> None:
    take_out(home, ["Acme Ltd"], by="Jo", why="x", at=LATER)
    with pytest.raises(UsageError) as raised:
        take_out(home, ["Acme Ltd"], by="Jo", why="x", at=LATER)
    assert raised.value.code == "no-such-entry"
