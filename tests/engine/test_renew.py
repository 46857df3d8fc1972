"""An engine that stays open for days: it takes up new editions, and keeps what it has where the home fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from interdiction.config import Config
from interdiction.engine.editions import ImportReport
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.errors import HomeError, NoListError
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit
from tests.engine.conftest import AT, sdn_row

Bring = Callable[..., ImportReport]


def engine_of(home: Home) -> Engine:
    return Engine(home, Config.read(home.path))


def test_an_edition_that_came_meanwhile_is_taken_up_only_when_asked_for(home: Home, bring: Bring) -> None:
    bring(1, [sdn_row(1, "KIM, Yong Chol")])
    engine = engine_of(home)
    assert engine.renew() is None
    before = engine.force()
    bring(2, [sdn_row(1, "KIM, Yong Chol"), sdn_row(2, "RYU, Jin")])
    assert engine.force() is before
    assert engine.screen("Ryu Jin") == []
    assert engine.renew() is None
    assert [hit.listing for hit in engine.screen("Ryu Jin")] == ["ofac-sdn:2"]
    assert before.screener.index.parties == 1


def test_nothing_is_opened_again_while_nothing_changes(home: Home, bring: Bring) -> None:
    bring(1, [sdn_row(1)])
    engine = engine_of(home)
    engine.renew()
    engine.renew()
    opened = engine.force()
    engine.renew()
    assert engine.force() is opened


def test_what_is_open_stays_open_when_the_store_changes_and_no_list_does(home: Home, bring: Bring) -> None:
    bring(1, [sdn_row(1, "KIM, Yong Chol")])
    engine = engine_of(home)
    engine.renew()
    opened = engine.force()
    with home.writing(1, lists=False) as database, database.transaction() as connection:
        audit.log(connection, [Deed(AT, AuditKind.SCREENED, "Q-1", {}, "the test")])
        assert engine.renew() is None, "somebody looks while a writer is at work"
    home.manifest.unlink()  # nobody has said that the frozen copy is current still
    assert engine.renew() is None
    assert engine.force() is opened
    assert home.manifest.exists()
    home.forget_index()
    bring(2, [sdn_row(1, "KIM, Yong Chol"), sdn_row(2, "RYU, Jin")])
    assert engine.renew() is None
    assert [hit.listing for hit in engine.screen("Ryu Jin")] == ["ofac-sdn:2"]


def test_a_store_that_is_damaged_takes_nothing_out_of_force_and_is_reported_once(home: Home, bring: Bring) -> None:
    bring(1, [sdn_row(1, "KIM, Yong Chol")])
    engine = engine_of(home)
    engine.renew()
    whole = (home.path / "store.sqlite").read_bytes()
    (home.path / "store.sqlite").write_bytes(b"not a database at all" * 500)
    home.forget_index()
    refusal = engine.renew()
    assert isinstance(refusal, HomeError)
    assert refusal.code == "damaged"
    assert engine.renew() is None
    assert [hit.listing for hit in engine.screen("Kim Yong Chol")] == ["ofac-sdn:1"]
    (home.path / "store.sqlite").write_bytes(whole)
    assert engine.renew() is None
    assert [edition.on for edition in engine.force().editions] == [date(2015, 1, 1)]


def test_a_home_where_nothing_ever_was_in_force_has_nothing_to_keep(home: Home) -> None:
    with pytest.raises(NoListError):
        engine_of(home).renew()
