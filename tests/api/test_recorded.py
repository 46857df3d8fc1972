"""Recorded screenings: clearances count as in a book, and what is kept does not hang on who was kept beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import casework, clearances
from interdiction.engine.clearing import Standing
from interdiction.engine.home import Home
from interdiction.engine.recorded import Entry, Question, keep
from interdiction.engine.records import kept
from interdiction.engine.replay import Inputs, replay
from interdiction.model import Outcome, Party, Record
from interdiction.model.case import Approved, Decided
from interdiction.store.audit import AuditLog
from tests.api.conftest import AT, Client, served

STORES = ("sqlite", "postgresql")
JANG = {"names": ["Jang Yong Son"], "kind": "person", "nationalities": ["kp"]}
LISTING = "ofac-sdn:17615"
FIRST, SECOND = "A. First", "B. Second"


def recorded(client: Client, *parties: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client("POST", "/v1/screen", json={"parties": parties, "record": True})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["result"]
    return found


def records(home: Path) -> list[Record]:
    with kept(Home.open(home)) as decisions:
        return list(decisions.records())


def replays(client: Client, number: str) -> bool:
    engine = client.service.hall.engine
    with kept(engine.home) as decisions:
        record = decisions.get(int(number.removeprefix("D-")))
        run = decisions.run(record.run)
        inputs = Inputs(run, decisions.file(run.input.sha256))
    return replay(engine, record, run, inputs).same


def clear(client: Client, home: Path) -> int:
    """Let two people find false what is open, and clear it; give the number of the clearance."""
    place, engine = Home.open(home), client.service.hall.engine
    for one in casework.queue(place, AT):
        case = one.case.number
        for pair in one.case.pairs:
            casework.take(place, case, Decided(pair.listing, Outcome.FALSE, "in-words", "another"), by=FIRST, at=AT)
            casework.take(place, case, Approved(pair.listing, "agreed"), by=SECOND, at=AT)
        casework.carry_out(engine, case, at=AT)
        asked = clearances.ask(engine, case, LISTING, by=FIRST, at=AT, reason="other-birth", why="born in 1990")
        clearances.approve(place, asked.number, by=SECOND, why="seen the passport", at=AT)
    return asked.number


@pytest.mark.parametrize("name", [{"id": "c-17"}, {}], ids=["by its id", "by what is known of it"])
def test_a_cleared_pair_is_kept_beside_the_hits_of_a_recorded_screening(
    own_home: Path, clock: None, name: dict[str, str]
) -> None:
    client = served(own_home, open_to_all=True)
    (before,) = recorded(client, {**JANG, **name})
    assert [(hit["listing"], before["consequence"]) for hit in before["hits"]] == [(LISTING, "review")]
    clear(client, own_home)
    (after,) = recorded(client, {**JANG, **name})
    assert (after["hits"], after["consequence"]) == ([], "none")
    (hit,) = after["suppressed"]
    assert (hit["listing"], hit["suppressed"]) == (LISTING, "clearance")
    assert hit["why"].startswith("cleared by CL-1 until ")
    assert [one.suppressed for one in records(own_home)[-1].suppressed] == ["clearance"]
    assert replays(client, after["decision"])


def test_a_clearance_counts_no_more_where_the_customer_is_described_otherwise(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    recorded(client, {**JANG, "id": "c-17"})
    clear(client, own_home)
    same, otherwise, other = recorded(
        client, {**JANG, "id": "c-17"}, {**JANG, "id": "c-17", "birth_dates": ["1957-02-20"]}, {**JANG, "id": "c-18"}
    )
    assert (same["hits"], [hit["listing"] for hit in other["hits"]]) == ([], [LISTING])
    assert otherwise["hits"][0]["why"].startswith("CL-1 clears it no more: the customer is described otherwise; ")
    assert all(replays(client, one["decision"]) for one in (same, otherwise, other))


def test_a_clearance_ends_with_its_revocation_while_the_service_runs(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    recorded(client, {**JANG, "id": "c-17"})
    number = clear(client, own_home)
    assert recorded(client, {**JANG, "id": "c-17"})[0]["hits"] == []
    clearances.revoke(Home.open(own_home), number, by=FIRST, why="asked again", at=AT)
    assert recorded(client, {**JANG, "id": "c-17"})[0]["hits"] != []


def test_a_match_that_is_recorded_shows_no_cleared_pair(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    query = {"id": "c-17", "schema": "Person", "properties": {"name": ["Jang Yong Son"]}}

    def asked() -> Any:
        return client.match({"q": query}, record="true")["responses"]["q"]

    assert asked()["decision"]["hits"] == 1
    clear(client, own_home)
    after = asked()
    assert (after["results"], after["decision"]["hits"], after["decision"]["consequence"]) == ([], 0, "none")
    assert [one["id"] for one in after["suppressed"]] == [LISTING]


def test_clearances_are_read_again_only_where_a_step_was_taken(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    standing = Standing(Home.open(own_home))
    with client.service.journal.writer.transaction() as connection:
        first = standing.read(connection, AT)
        assert standing.read(connection, AT) is first
    recorded(client, {**JANG, "id": "c-17"})
    clear(client, own_home)
    with client.service.journal.writer.transaction() as connection:
        second = standing.read(connection, AT)
    assert not first
    assert second


def test_a_decision_does_not_hang_on_who_was_decided_on_beside_it(own_home: Path, clock: None) -> None:
    client = served(own_home, open_to_all=True)
    asked: list[dict[str, Any]] = [
        {"names": ["Nobody Atall"]},
        JANG,
        {"id": "c-2", "names": ["Nobody Else"], "nationalities": ["Atlantis"]},
        {"names": ["Nobody Third"], "countries": ["Iran"]},
        {"id": "c-3", "names": ["Nobody Fourth"], "birth_dates": ["1962-02-18"]},
    ]
    together = recorded(client, *asked)
    alone = [recorded(client, one)[0] for one in asked]
    said = {one.id: json.loads(bytes(one.decision)) for one in records(own_home)}
    assert [said[one["decision"]] for one in together] == [said[one["decision"]] for one in alone]
    assert len({one["customer"] for one in said.values()}) == len(asked)
    assert all(replays(client, one["decision"]) for one in together)


def test_what_callers_leave_out_is_logged_with_every_decision_and_once_for_all_alike(
    own_home: Path, clock: None
) -> None:
    service = served(own_home, open_to_all=True).service
    engine, writer = service.hall.engine, service.journal.writer
    asked = [("ann", ("limit=5",)), ("ann", ("limit=5",)), ("bob", ("limit=5",)), ("ann", ()), ("ann", ("limit=1",))]
    entries = [
        Entry((Question(Party(names=["Nobody Atall"]), who, left_out),), lambda _, __: b"", f"key:{who}")
        for who, left_out in asked
    ]
    keep(engine, writer, service.hall.current().force, entries, Standing(engine.home), at=AT, on=AT.date())
    with engine.home.reading() as reader:
        said = [json.loads(entry) for _, entry, _ in AuditLog(reader.connection).lines()]
    narrowed = [(one["by"], one["body"]) for one in said if one["kind"] == "request-narrowed"]
    assert narrowed == [
        ("ann", {"narrowed": ["limit=5"], "decisions": ["D-1", "D-2"]}),
        ("bob", {"narrowed": ["limit=5"], "decisions": ["D-3"]}),
        ("ann", {"narrowed": ["limit=1"], "decisions": ["D-5"]}),
    ]
