"""The clock set back while the service runs: what comes then is taken, stands behind what was, and the log says so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from interdiction.engine.audit import verify
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from tests.api.conftest import served

NOON = datetime(2015, 1, 2, 18, tzinfo=UTC)
QUERY = {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}


def test_entries_stay_in_their_order_when_the_clock_steps_back_and_that_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    instants = {"first": NOON, "later": NOON - timedelta(days=2), "last": NOON + timedelta(hours=1)}
    monkeypatch.setenv("INTERDICT_NOW", NOON.isoformat())
    client = served(home.path, open_to_all=True)
    for name, at in instants.items():
        monkeypatch.setenv("INTERDICT_NOW", at.isoformat())
        client.match({"q": {**QUERY, "id": name}}, record="true")
    asyncio.run(client.service.stop())
    with kept(home) as decisions:
        found = [(one.name, one.at) for one in decisions.records()]
    assert found == list(instants.items())
    log = verify(home)
    assert log.count == 0
    ((seq, back),) = [(one.seq, one.what) for one in log.notes]
    with home.reading() as reader:
        from interdiction.store.audit import AuditLog

        days = {one.seq: one.at[:10] for one in AuditLog(reader.connection).entries()}
    assert (days[seq], days[seq - 1]) == ("2014-12-31", "2015-01-02")
    assert "2 days" in back
