"""Requests that come twice: kept once, answered in the same bytes; another body under the same key is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.api.routes import paying
from interdiction.engine import once
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from interdiction.errors import UsageError
from interdiction.model.access import Role
from tests.api.conftest import AT, Client, Holder

STORES = ("sqlite", "postgresql")
PAYMENT = b"id,debtor,creditor,amount,currency,date\np-1,Ann Bell,Jang Yong Son,10.00,USD,2015-01-02\n"
PATH = "/v1/payments?name=p.csv&record=true"
KEYED = {"idempotency-key": "k-1"}


def runs(home: Path) -> int:
    with kept(Home.open(home)) as decisions:
        return len(decisions.runs())


def test_payments_sent_twice_are_kept_once_and_answered_in_the_same_bytes(holder: Holder, own_home: Path) -> None:
    client = holder(Role.ANALYST)
    first = client("POST", PATH, content=PAYMENT, headers=KEYED)
    again = client("POST", PATH, content=PAYMENT, headers=KEYED)
    assert first.status_code == again.status_code == 200, first.text
    assert first.content == again.content
    assert runs(own_home) == 1


@pytest.mark.parametrize(("path", "body"), [(PATH, PAYMENT + b"\n"), (f"{PATH}&as_of=2015-01-02", PAYMENT)])
def test_other_payments_under_a_used_key_are_refused(holder: Holder, own_home: Path, path: str, body: bytes) -> None:
    client = holder(Role.ANALYST)
    client("POST", PATH, content=PAYMENT, headers=KEYED)
    answer = client("POST", path, content=body, headers=KEYED)
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    assert runs(own_home) == 1


def test_a_key_is_that_of_its_caller(holder: Holder, own_home: Path) -> None:
    first = holder(Role.ANALYST)
    second = Client(first.service, first.door, holder(Role.APPROVER).key)
    first("POST", PATH, content=PAYMENT, headers=KEYED)
    assert second("POST", PATH, content=PAYMENT + b"\n", headers=KEYED).status_code == 200
    assert runs(own_home) == 2


def test_a_request_that_failed_may_be_sent_again(
    holder: Holder, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = holder(Role.ANALYST)

    def fails(*_: Any, **__: Any) -> Any:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(paying, "decided_on", fails)
        assert client("POST", PATH, content=PAYMENT, headers=KEYED).status_code == 500
    done = client("POST", PATH, content=PAYMENT, headers=KEYED)
    assert done.status_code == 200, done.text
    assert done.json()["records"]


def test_a_request_that_is_worked_on_is_not_worked_on_twice(own_home: Path) -> None:
    home = Home.open(own_home)
    assert once.claim(home, "key:1", "k", "aa", AT) is None
    with pytest.raises(UsageError) as caught:
        once.claim(home, "key:1", "k", "aa", AT + timedelta(minutes=9))
    assert caught.value.code == "in-progress"
    with pytest.raises(UsageError) as caught:
        once.claim(home, "key:1", "k", "bb", AT)
    assert caught.value.code == "key-reused"
    assert once.claim(home, "key:1", "k", "aa", AT + timedelta(minutes=11)) is None, "its process was killed"
    once.unclaim(home, "key:1", "k")
    assert once.claim(home, "key:1", "k", "bb", AT) is None


def test_recorded_payments_say_who_sent_them(holder: Holder, own_home: Path) -> None:
    holder(Role.ANALYST)("POST", PATH, content=PAYMENT)
    with kept(Home.open(own_home)) as decisions:
        ((run, _),) = decisions.runs()
    assert run.by == "analyst"


def test_a_clearance_is_approved_only_as_it_was_read(holder: Holder) -> None:
    analyst = holder(Role.ANALYST)
    approver = Client(analyst.service, analyst.door, holder(Role.APPROVER).key)
    party = {"id": "c-1", "names": ["Jang Yong Son"], "kind": "person"}
    analyst("POST", "/v1/check", json={"party": party, "record": True})
    listing, step = "ofac-sdn:17615", "/v1/cases/C-1/steps"
    said = {"listing": listing, "why": "another man"}
    analyst("POST", step, json={"type": "decided", "outcome": "false", "reason": "in-words", **said})
    assert approver("POST", step, json={"type": "approved", **said}).status_code == 201
    asked = analyst("POST", "/v1/clearances", json={"case": "C-1", "reason": "in-words", **said})
    assert asked.status_code == 201, asked.text
    path = "/v1/clearances/CL-1"
    tag = approver("GET", path).headers["etag"]
    assert approver("GET", path, headers={"if-none-match": tag}).status_code == 304
    refused = approver("POST", f"{path}/approve", json={"why": "seen"}, headers={"if-match": '"another"'})
    assert (refused.status_code, refused.json()["code"]) == (412, "changed")
    assert approver("POST", f"{path}/approve", json={"why": "seen"}, headers={"if-match": tag}).status_code == 200
    late = analyst("POST", f"{path}/revoke", json={"why": "a doubt"}, headers={"if-match": tag})
    assert late.status_code == 412
    assert analyst("POST", f"{path}/revoke", json={"why": "a doubt"}).status_code == 200
    assert analyst("GET", "/v1/clearances/CL-9").status_code == 404


def test_an_order_that_is_not_there_has_no_entity_tag(holder: Holder) -> None:
    client = holder(Role.APPROVER)
    assert client("GET", "/v1/orders/O-9").status_code == 404
